"""The page *Tổng quan*: figures of a year, and what to look at."""
