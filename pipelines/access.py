"""Who acts and who looks, in an office with one user: whoever reaches this machine's account does and sees everything.

The command line and the dashboard ask here and hand on what they get; nothing below them decides for itself.
"""

import getpass

from pipelines.records.actor import Actor
from pipelines.warehouse.viewer import Viewer

_EVERYTHING = "all"  # the one role there is


def acting() -> Actor:
    """The account of the operating system under which the program runs; no name where the system has none for it."""
    try:
        return Actor(getpass.getuser(), _EVERYTHING)
    except (KeyError, OSError):  # an account by number only, as in some containers
        return Actor("", _EVERYTHING)


def sees_all() -> Viewer:
    """The viewer of an office with one user: everything."""
    return Viewer(role=_EVERYTHING)
