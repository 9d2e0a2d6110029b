"""Why a file is not opened: the one exception of the guard, and every limit it holds a file to."""

from pipelines.contract.checks import Finding, Severity

MB = 1 << 20
MAX_PARTS = 2_000
MAX_INFLATED = 300 * MB  # all parts together
MAX_PART = 250 * MB  # a sheet of 200,000 full rows of 17 columns is 185 MB
MAX_RATIO = 200  # inflated to packed, once a part is over RATIO_FROM
RATIO_FROM = 20 * MB
MAX_SHEETS = 200
MAX_MERGES = 20_000
MAX_STYLES = 65_490  # Excel's own limit is 65,490 cell formats
MAX_BOX = 5_000_000  # rows x columns a reader must span on one sheet
MAX_BOX_ALL = 20_000_000
FREE_BOX = 1_000_000  # up to here a sheet may be as empty as it likes
MAX_SPREAD = 50  # beyond: at most so many places a filled cell
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class Refused(Exception):
    """The file must not be opened. Raised in the guard and caught by `guard.inspect`; never leaves the package.

    `value` is what the message may quote: a part, a sheet, a size, a file ending.
    """

    def __init__(self, code: str, value: str = "", sheet: str = "", **params: object) -> None:
        super().__init__(code, value)
        self.finding = Finding(
            code, Severity.ERROR, sheet, "", "", value, params={key: str(given) for key, given in params.items()}
        )
