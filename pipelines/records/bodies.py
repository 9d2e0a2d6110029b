"""What the events of the journal say: one frozen dataclass a kind of event, written as JSON and read from it.

Fields that have a default were added later: an event written before them reads as if it had the default. A field or
a kind that is not known here was written by a newer version of the program; `from_json` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, Self

REAL, DEMO = "real", "demo"  # what a data folder is for


class Issued(NamedTuple):
    """The staff code that a row of `Cán bộ` without one has from now on."""

    excel_row: int
    person_code: str
    full_name: str


@dataclass(frozen=True)
class Body:
    """What every kind of event shares. `kind`: its name in the journal."""

    kind: ClassVar[str] = ""

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON has them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The body of `to_json`. `TypeError`: a field is missing, or is none of this kind of event."""
        return cls(**told)


@dataclass(frozen=True)
class ReceiptBody(Body):
    """A file was received.

    `findings`: what the bytes alone do not give again, each as `parsed.finding_to_json` makes it.

    `version` None: the file does not count. `delete_after`: when the bytes of a file that was not accepted may be
    deleted.
    """

    kind = "receipt"
    receipt_no: int
    sha256: str
    file_name: str
    received_at: datetime
    size: int
    status: str
    form: str
    unit_code: str
    cluster_code: str
    period: str
    version: int | None
    template_version: str
    product_version: str
    reference_digest: str
    sender: str
    synthetic: bool
    errors: int
    warnings: int
    notes: int
    findings: tuple[Mapping[str, Any], ...]
    delete_after: datetime | None = None
    issued: tuple[Issued, ...] = ()

    @property
    def reporter(self) -> str:
        """Code of the unit or cluster the receipt belongs to."""
        return self.cluster_code or self.unit_code

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {
            "received_at": self.received_at.isoformat(),
            "findings": list(self.findings),
            "delete_after": self.delete_after.isoformat() if self.delete_after else None,
            "issued": [issued._asdict() for issued in self.issued],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        until = told.get("delete_after")
        typed = {
            "received_at": datetime.fromisoformat(told["received_at"]),
            "findings": tuple(told["findings"]),
            "delete_after": datetime.fromisoformat(until) if until else None,
            "issued": tuple(Issued(**issued) for issued in told.get("issued", ())),
        }
        return cls(**{**told, **typed})


@dataclass(frozen=True)
class Withdrawal(Body):
    """An accepted version was taken back."""

    kind = "withdrawal"
    receipt_no: int
    reason: str


@dataclass(frozen=True)
class Closing(Body):
    """A period was closed. `version`: the warehouse version that is kept with it."""

    kind = "period_closed"
    period: str
    version: str


@dataclass(frozen=True)
class Opening(Body):
    """A closed period was opened again."""

    kind = "period_opened"
    period: str
    reason: str


@dataclass(frozen=True)
class Pin(Body):
    """A warehouse version is kept for ever under a name."""

    kind = "pin"
    name: str
    version: str


@dataclass(frozen=True)
class ReferenceChange(Body):
    """The reference lists in use are another set from now on."""

    kind = "reference"
    digest: str


@dataclass(frozen=True)
class PersonLink(Body):
    """Two codes are one person's.

    `old`, `new`: "code scope|staff code"; up to the year of `since` the old one means the new.
    """

    kind = "person_link"
    old: str
    new: str
    since: date
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"old": self.old, "new": self.new, "from": self.since.isoformat(), "reason": self.reason}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        rest = {name: value for name, value in told.items() if name != "from"}
        return cls(since=date.fromisoformat(told["from"]), **rest)


@dataclass(frozen=True)
class PersonUnlink(Body):
    """A link was taken back. `link`: its number in the journal."""

    kind = "person_unlink"
    link: int
    reason: str


@dataclass(frozen=True)
class Override(Body):
    """Somebody looked at the warnings of a receipt: it counts without reservation."""

    kind = "override"
    receipt_no: int
    reason: str


@dataclass(frozen=True)
class Deletion(Body):
    """Bytes that were never accepted were deleted when their time was over."""

    kind = "deletion"
    sha256: str


@dataclass(frozen=True)
class Review(Body):
    """What the council found when it looked at a unit. `by`: who signs for it."""

    kind = "review"
    unit_code: str
    period: str
    outcome: str
    note: str
    by: str


@dataclass(frozen=True)
class Explanation(Body):
    """What a unit said to what was found."""

    kind = "explanation"
    unit_code: str
    period: str
    text: str
    given_on: date

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {"given_on": self.given_on.isoformat()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        return cls(**{**told, "given_on": date.fromisoformat(told["given_on"])})


@dataclass(frozen=True)
class Beginning(Body):
    """What the data folder is for: `REAL` or `DEMO`."""

    kind = "begun"
    work: str


@dataclass(frozen=True)
class PersonKey(Body):
    """The secret behind person keys. `fingerprint` tells it from another; `reason`: why it replaces an earlier one."""

    kind = "person_key"
    fingerprint: str
    reason: str


KINDS: dict[str, type[Body]] = {
    body.kind: body
    for body in (
        ReceiptBody, Withdrawal, Closing, Opening, Pin, ReferenceChange, PersonLink, PersonUnlink, Override, Deletion,
        Review, Explanation, Beginning, PersonKey,
    )
}  # fmt: skip


def from_json(kind: str, told: Mapping[str, Any]) -> Body:
    """The body of an event of a kind.

    `KeyError`, `TypeError`, `ValueError`: written by a newer version of the program.
    """
    return KINDS[kind].from_json(told)
