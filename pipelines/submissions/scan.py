"""What the raw sheet XML says and the cell reader loses: error cells, formulas without value, hidden rows, odd values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SheetScan:
    """One worksheet as its XML has it, by address ("H17"). Everything is empty for an ordinary sheet.

    The cell reader returns nothing for the addresses in `errors`, `uncached` and `unreadable`.
    """

    name: str
    visibility: str = "visible"  # "hidden", "very_hidden"
    cell_count: int = 0  # cells with something in them
    last_row: int = 0
    last_column: int = 0
    errors: dict[str, str] = field(default_factory=dict)  # "#N/A", "#REF!", "#CALC!", …
    uncached: dict[str, str] = field(default_factory=dict)  # formula without a stored value -> the formula
    unreadable: dict[str, str] = field(default_factory=dict)  # a value no reader understands -> as it stands in the XML
    shown: dict[str, str] = field(default_factory=dict)  # number under a format of zeros -> what the cell shows: "007"
    legacy_fonts: dict[str, str] = field(default_factory=dict)  # text cell in a TCVN3 or VNI font -> font name
    duplicates: tuple[str, ...] = ()  # addresses that stand more than once
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()  # "C", "AA"
    merged: tuple[str, ...] = ()  # "A1:C1"
