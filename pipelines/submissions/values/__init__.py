"""Cells to typed values: dates, numbers, codes, choices, texts, each with what is wrong with it."""
