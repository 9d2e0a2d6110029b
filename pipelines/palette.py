"""Colours, decimals and the smallest unit judged: one place for screen, print and Excel.

The theme repeats them; a test compares.
"""

INK, LINE, GROUND, GROUND_2 = "#1c2430", "#e3e6ea", "#ffffff", "#f5f6f8"
DARK_INK, DARK_LINE, DARK_GROUND, DARK_GROUND_2 = "#e7ebf0", "#2b3440", "#11161d", "#1a212b"
BLUE, RED, GREY = "#1f4e79", "#a3161f", "#646b75"
DARK_BLUE, DARK_RED, DARK_GREY = "#81a8ca", "#d9545c", "#98a1ac"
SEQUENTIAL = (
    "#f2f6fa",
    "#dde8f2",
    "#c2d6e8",
    "#a3c0da",
    "#81a8ca",
    "#5f8fb8",
    "#4277a3",
    "#2c6190",
    "#1f4e79",
    "#143a5c",
)
# Ten or more: with fewer the browser drops the whole list. Neighbours differ in lightness too, for eyes that mix up
# hues.
CATEGORICAL = (
    "#1f4e79", "#c8102e", "#d99a00", "#2a7f62", "#6d4c9f", "#7a7f87", "#5f8fb8", "#c2571a", "#3d9aa1", "#8a6d3b",
)  # fmt: skip
DARK_CATEGORICAL = (
    "#81a8ca", "#e0636d", "#e6b44c", "#63b894", "#a98fd0", "#98a1ac", "#c2d6e8", "#e08a55", "#6fc3c9", "#c2a878",
)  # fmt: skip
DARK_PRIMARY = "#4277a3"  # white words on it can be read
# Ratings from best to worst: one hue for what is expected, orange only for "not completed".
RATING = {"HTXSNV": "#143a5c", "HTTNV": "#5f8fb8", "HTNV": "#c2d6e8", "KHTNV": "#b9501a", "CXL": "#d5d9de"}
# On a dark ground the best is the lightest, so that it stands out there too.
DARK_RATING = {"HTXSNV": "#c2d6e8", "HTTNV": "#5f8fb8", "HTNV": "#2c4f70", "KHTNV": "#d9723a", "CXL": "#4a5563"}
# Excel fills of an annotated copy.
FILL = {"error": "F8D7DA", "warning": "FFF1CC", "note": "E3EEF8"}
RATE_DECIMALS, POINTS_DECIMALS = 1, 1
SMALL_UNIT = 5  # people; a share of fewer is drawn hollow and never called unusual
# A level is told by shape before colour: printed grey it is still read.
LEVEL_MARKS = {"explain": "◆", "watch": "◇", "none": "·", "unknown": "–", "context": "○"}
RULE_MARKS = {"met": "✓", "breach": "✕", "unknown": "?", "not_applicable": "–"}
READABLE = 4.5  # times as light: what WCAG 2 AA asks of words


def contrast(one: str, other: str) -> float:
    """How many times lighter the lighter of two colours is, as WCAG measures it: 1 to 21."""
    less, more = sorted(_luminance(colour) for colour in (one, other))
    return (more + 0.05) / (less + 0.05)


def ink_on(ground: str) -> str:
    """The colour of words on a ground: ink or white where that can be read, else black."""
    return next((ink for ink in (INK, GROUND) if contrast(ink, ground) >= READABLE), "#000000")


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
