"""What can go wrong with the machine or with us. Wrong data is never an exception: it is a finding."""


class Problem(Exception):
    """Base of all our exceptions: facts in fields; the sentence comes from the texts (`problem.<code>`)."""

    code = "problem"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = {name: str(value) for name, value in facts.items()}


class NoCurrentBuild(Problem):
    """No warehouse version has been built yet."""

    code = "no_current_build"


class BuildFailed(Problem):
    """A build check found rows that must not exist. Facts: check, rows."""

    code = "build_failed"


class JournalBroken(Problem):
    """The hash chain of the journal does not hold. Facts: seq."""

    code = "journal_broken"


class ArchiveDamaged(Problem):
    """Archived bytes are missing or changed. Facts: sha256."""

    code = "archive_damaged"


class ReferenceInvalid(Problem):
    """A reference file cannot be used. Facts: file, line, what."""

    code = "reference_invalid"


class Unknown(Problem):
    """Something asked for by name does not exist. Facts: what, name."""

    code = "unknown"


class NeverAccepted(Problem):
    """Only a report that was accepted can be withdrawn; this receipt says returned, refused or unchanged. Facts: receipt_no."""

    code = "never_accepted"


class AlreadyWithdrawn(Problem):
    """The report of this receipt was withdrawn before. Facts: receipt_no."""

    code = "already_withdrawn"


class UnitEnded(Problem):
    """The unit ended before the due date. Facts: code, name, ended, heirs (who reports instead)."""

    code = "unit_ended"


class UnitNotBegun(Problem):
    """The unit begins after the due date. Facts: code, name, begins."""

    code = "unit_not_begun"


class ReportsThroughCluster(Problem):
    """The unit sends no workbook of its own. Facts: code, name, cluster."""

    code = "reports_through_cluster"


class NotObliged(Problem):
    """The lists say that the unit need not report. Facts: code, name."""

    code = "not_obliged"


class Busy(Problem):
    """Another process is writing and did not finish in time. Facts: seconds, pid of the one who holds the lock."""

    code = "busy"


class PeriodClosed(Problem):
    """The period is closed: open it again first. Facts: period."""

    code = "period_closed"


class PeriodNotClosed(Problem):
    """Only a closed period can be opened again. Facts: period."""

    code = "period_not_closed"


class ReasonMissing(Problem):
    """A decision needs a reason, a pinned version a name: whoever reads the journal later wants to know."""

    code = "reason_missing"


class PinTaken(Problem):
    """The name already stands for another version. Facts: name, version."""

    code = "pin_taken"


class LinkImpossible(Problem):
    """A staff code cannot mean that person: itself, in a ring, or linked in that year already. Facts: old, new, year."""

    code = "link_impossible"


class PersonInClosedPeriod(PeriodClosed):
    """A link of staff codes would change what a closed period counts: open it first. Facts: period."""

    code = "person_in_closed_period"


class ReadersUnavailable(Problem):
    """No worker process can be started. Facts: reason."""

    code = "readers_unavailable"


class ReporterUnclear(Problem):
    """A unit or cluster is asked for by words that mean none, or several. Facts: name, known (code and name, a line each)."""

    code = "reporter_unclear"


class HomeMissing(Problem):
    """The data folder is not there. Facts: home."""

    code = "home_missing"


class HomeMistyped(Problem):
    """The data folder is not there, but one with almost that name. Facts: home, near."""

    code = "home_mistyped"


class HomeForeign(Problem):
    """A folder that is to be the data folder holds other things, or is a file. Facts: home."""

    code = "home_foreign"


class HomeTaken(Problem):
    """A folder where real work is to begin is the demo's or holds invented reports. Facts: home."""

    code = "home_taken"


class HomeOfWork(Problem):
    """The demo is not received into a data folder of real work. Facts: home."""

    code = "home_of_work"


class ListsLost(Problem):
    """The lists of a data folder in use are gone; the project's own must not take their place. Facts: folder, kept."""

    code = "lists_lost"


class OwnListsMissing(Problem):
    """The lists that come with the program are gone. Facts: folder."""

    code = "own_lists_missing"


class SettingsUnreadable(Problem):
    """A line of the settings file is no setting, or not in UTF-8. Facts: file, line."""

    code = "settings_unreadable"


class SettingUnknown(Problem):
    """The settings file names a setting that there is not. Facts: file, line, name, known (the nearest, or all)."""

    code = "setting_unknown"


class LanguageUnknown(Problem):
    """THIDUA_LANG names no language of ours. Facts: value, known."""

    code = "language_unknown"


class PortWrong(Problem):
    """No port number. Facts: value."""

    code = "port_wrong"


class PortTaken(Problem):
    """The port is in use, or not for us. Facts: value, reason (in the words of the system)."""

    code = "port_taken"


class AddressWrong(Problem):
    """This machine has no such address. Facts: value."""

    code = "address_wrong"
