"""The desk where workbooks are handed in: checked, archived, receipted; one way for command line and upload page."""

from pipelines.desk.desk import Desk
from pipelines.desk.receipts import Checked, Copy, Receipt

__all__ = ["Checked", "Copy", "Desk", "Receipt"]
