"""Accepting with warnings overridden: the personnel department has looked at them, and says so with a reason."""

from dataclasses import replace

from pipelines.desk.decisions import OnWait, deciding, given
from pipelines.desk.desk import Desk
from pipelines.desk.receipts import ACCEPTED, WARNED, Receipt
from pipelines.problems import PeriodClosed


def accept(desk: Desk, data: bytes, file_name: str, reason: str, on_wait: OnWait = None) -> Receipt:
    """Receive a file and let it count without reservation; a file that counts already keeps its receipt.

    Its warnings stay on record. Errors are not overridden: such a file is returned, as `receive` does. `ReasonMissing`,
    `PeriodClosed`. Killed between the two entries it is accepted with warnings, and the same call completes it.
    """
    reason = given(reason)
    receipt = desk.accept(desk.check(data, file_name))
    number = receipt.checked.earlier or receipt.receipt_no
    with deciding(desk.home, on_wait) as (journal, ledger):
        body = ledger.receipts[number]
        if body["status"] == WARNED and number not in ledger.overridden:
            if body["period"] in ledger.closed:
                raise PeriodClosed(period=body["period"])
            journal.append("override", {"receipt_no": number, "reason": reason})
    return replace(receipt, checked=replace(receipt.checked, status=ACCEPTED)) if body["status"] == WARNED else receipt
