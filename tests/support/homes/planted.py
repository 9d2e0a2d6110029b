"""What the demo of the fixture `received` was planted with."""

from pipelines.demo import patterns

YEARS = range(2023, 2026)  # those of the fixture: the merger of 2025 and two years before it


def of(pattern: str) -> list[patterns.Planted]:
    """Every unit planted with a pattern in these years."""
    return [one for one in patterns.planted_between(YEARS[0], YEARS[-1]) if one.pattern == pattern]
