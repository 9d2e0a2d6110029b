"""The reading door: every question about a version, and what the pages are handed."""
