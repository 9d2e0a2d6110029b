"""Accepting with warnings overridden: the personnel department has looked at them, and says so with a reason."""

from dataclasses import dataclass, replace

from pipelines.desk.decisions import deciding, given
from pipelines.desk.desk import Desk
from pipelines.desk.receipts import ACCEPTED, UNCHANGED, WARNED, Receipt
from pipelines.locks import OnWait
from pipelines.problems import PeriodClosed
from pipelines.records.actor import Actor
from pipelines.records.bodies import Override
from pipelines.warehouse.viewer import Viewer

RECORDED, ALREADY, NOTHING = "recorded", "already", "nothing"


@dataclass(frozen=True)
class Overriding:
    """What came of it.

    `outcome`: "recorded"; "already" overridden before; "nothing" to override; "" for a file not accepted.

    `warnings` of the version that counts. The reason is kept only where it is "recorded".
    """

    receipt: Receipt
    outcome: str = ""
    warnings: int = 0


def accept(
    desk: Desk, actor: Actor, viewer: Viewer, data: bytes, file_name: str, reason: str, on_wait: OnWait = None
) -> Overriding:
    """Receive a file and let it count without reservation; a file that counts already keeps its receipt and gets no
    other.

    Its warnings stay on record. Errors are not overridden: such a file is returned, as `receive` does. `ReasonMissing`,
    `PeriodClosed`. Killed between the two entries it is accepted with warnings, and the same call completes it.
    """
    reason = given(reason)
    checked = desk.check(data, file_name, viewer)
    receipt = None if checked.status == UNCHANGED else desk.accept(checked, actor)
    number = checked.earlier if receipt is None else receipt.checked.earlier or receipt.receipt_no
    with deciding(desk.home, on_wait) as (journal, ledger):
        body = ledger.receipts[int(number or 0)]
        receipt = receipt or Receipt(checked, body.receipt_no, body.received_at)
        if body.status not in (ACCEPTED, WARNED):
            return Overriding(receipt)
        if body.status == ACCEPTED or number in ledger.overridden:
            return Overriding(receipt, NOTHING if body.status == ACCEPTED else ALREADY, body.warnings)
        if body.period in ledger.closed:
            raise PeriodClosed(period=body.period)
        journal.append(Override(body.receipt_no, reason), actor)
        receipt = replace(receipt, checked=replace(receipt.checked, status=ACCEPTED))
        return Overriding(receipt, RECORDED, body.warnings)
