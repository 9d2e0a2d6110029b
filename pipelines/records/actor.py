"""Who decides or hands something in. Every event of the journal carries its actor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`subject`: the account, as the operating system or the log-in names it.

    `role`: what the account may do, "all" without roles.
    """

    subject: str
    role: str


PROGRAM = Actor("", "program")  # what nobody decided: a list noticed as changed, a deletion when its time was over
