"""What can go wrong with the machine or with us. Wrong data is never an exception: it is a finding."""

from typing import Any

from pipelines.problems.base import Problem as Problem
from pipelines.problems.machine import DiskFull as DiskFull
from pipelines.problems.machine import FileHeld as FileHeld
from pipelines.problems.machine import Machine as Machine
from pipelines.problems.machine import MemoryShort as MemoryShort
from pipelines.problems.machine import NotAllowed as NotAllowed
from pipelines.problems.machine import of_machine as of_machine


class NoCurrentBuild(Problem):
    """No warehouse version has been built yet."""

    code = "no_current_build"


class VersionUnusable(Problem):
    """The version that counts is gone or cannot be read; a build makes another.

    Facts: version (as CURRENT says), reason.
    """

    code = "version_unusable"


class BaseUnusable(Problem):
    """The version before was not built upon, but everything made from nothing: nothing is lost. Facts: version."""

    code = "base_unusable"


class FilesChanged(Problem):
    """Published files are not what was published. Facts: version, files."""

    code = "files_changed"


class OriginalDamaged(Problem):
    """Archived bytes are missing or changed; what was read from them when they came is proven, and counts.

    Facts: receipt_no, file.
    """

    code = "original_damaged"


class BuildFailed(Problem):
    """A build check found rows that must not exist. Facts: check, rows."""

    code = "build_failed"


class JournalBroken(Problem):
    """The hash chain of the journal does not hold. Facts: seq."""

    code = "journal_broken"


class JournalLost(JournalBroken):
    """The data folder holds received bytes but no journal. Facts: path."""

    code = "journal_lost"


class JournalCut(JournalBroken):
    """The journal has fewer events than it had. Facts: seq (how many there are), known (how many there were)."""

    code = "journal_cut"


class JournalReplaced(JournalBroken):
    """An event is not the one that was written under its number: another journal, or an older copy gone on with.

    Facts: seq.
    """

    code = "journal_replaced"


class JournalFromLater(Problem):
    """An event of a kind or with fields that only a newer version of the program knows. Facts: seq, kind."""

    code = "journal_from_later"


class NotPermitted(Problem):
    """A report of a unit or cluster that this account does not see. Facts: reporter."""

    code = "not_permitted"


class PersonKeyMissing(Problem):
    """The secret behind person keys is gone, and the data folder was built with one before. Facts: path."""

    code = "person_key_missing"


class PersonKeyWrong(Problem):
    """The secret behind person keys is empty, cut short or not the one the journal knows. Facts: path."""

    code = "person_key_wrong"


class ArchiveDamaged(Problem):
    """Archived bytes are missing or changed. Facts: sha256."""

    code = "archive_damaged"


class ReferenceInvalid(Problem):
    """Reference lists cannot be used. `faults`: every place (`contract.list_faults.Fault`).

    Facts: count, faults_vi, faults_en (told).
    """

    code = "reference_invalid"
    faults: tuple[Any, ...] = ()


class Unknown(Problem):
    """Something asked for by name does not exist. Facts: what, name."""

    code = "unknown"


class NeverAccepted(Problem):
    """Only a report that was accepted can be withdrawn; this receipt says returned, refused or unchanged.

    Facts: receipt_no.
    """

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
    """A staff code cannot mean that person: itself, in a ring, or linked in that year already.

    Facts: old, new, year.
    """

    code = "link_impossible"


class AlreadyLinked(Problem):
    """These two staff codes are linked from that day on. Facts: link, its number."""

    code = "already_linked"


class AlreadyUnlinked(Problem):
    """This link was taken back before. Facts: link, its number."""

    code = "already_unlinked"


class PersonInClosedPeriod(PeriodClosed):
    """A link of staff codes would change what a closed period counts: open it first. Facts: period."""

    code = "person_in_closed_period"


class ReadersUnavailable(Problem):
    """No worker process can be started. Facts: reason."""

    code = "readers_unavailable"


class ReporterUnclear(Problem):
    """A unit or cluster is asked for by words that mean none, or several.

    Facts: name, known (code and name, a line each).
    """

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


class NoPlainFile(Problem):
    """A link, a pipe or a device where a file or folder is to be read. Facts: path."""

    code = "no_plain_file"


class PortWrong(Problem):
    """No port number. Facts: value."""

    code = "port_wrong"


class PortTaken(Problem):
    """The port is in use, or not for us. Facts: value, reason (in the words of the system)."""

    code = "port_taken"


class AddressWrong(Problem):
    """This machine has no such address. Facts: value."""

    code = "address_wrong"


class HostWrong(Problem):
    """THIDUA_HOSTS holds something that is no name of a machine. Facts: value."""

    code = "host_wrong"
