"""Pipelines: Excel submissions checked to the cell, kept for ever, built into DuckDB."""

__version__ = "0.2.0"
