"""Receipts as the journal keeps them, for tests that need no file behind them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipelines import __version__
from pipelines.records.bodies import ReceiptBody

_PLAIN = ReceiptBody(
    receipt_no=1,
    sha256="a",
    file_name="bao_cao.xlsx",
    received_at=datetime(2025, 12, 1, 3, tzinfo=UTC),
    size=1,
    status="accepted",
    form="BaoCaoDonVi",
    unit_code="V01",
    cluster_code="",
    period="2025",
    version=1,
    template_version="1",
    product_version=__version__,
    reference_digest="",
    sender="",
    synthetic=False,
    errors=0,
    warnings=0,
    notes=0,
    findings=(),
)


def receipt(receipt_no: int, **other: Any) -> ReceiptBody:
    """An accepted report of unit V01 of 2025, but for what is given."""
    return replace(_PLAIN, receipt_no=receipt_no, **other)
