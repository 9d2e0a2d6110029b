"""What the awards page may be asked: which peers, which award, which position group, which unit."""

from dataclasses import dataclass

from pipelines.contract.vocabulary import POSITION_GROUP
from pipelines.texts import say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import THEN, Organisation
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer

ANY = "ANY"  # any individual award that says something of the year's merit
_NEARLY_EVERYONES = "LDTT"
_COVERED = 0.5  # of the people of a group, so that "any award" may be offered for it


@dataclass(frozen=True)
class Chosen:
    """What the page looks at. `award` a code of the catalogue or `ANY`; `stratum` and `unit` "" for all.

    With `organisation` NOW units are those of today, with the figures of all they were made of; groups are the same
    either way.
    """

    period: str
    group: str
    award: str
    stratum: str = ""
    unit: str = ""
    organisation: Organisation = THEN

    @property
    def metric(self) -> str:
        return "any_award_rate" if self.award == ANY else "award_rate"

    @property
    def breakdown(self) -> str:
        return "" if self.award == ANY else self.award

    @property
    def question(self) -> Question:
        """What `comparisons.funnel` is asked."""
        return Question(
            self.metric, self.period, self.group, self.breakdown, self.stratum, organisation=self.organisation
        )

    @property
    def who(self) -> str:
        """The unit, or its whole group."""
        return self.unit or self.group


def peer_groups(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    """Peer groups of a period, code -> name, in the order of the lists of units."""
    named = queries.groups(version, viewer, period).set_index("code")["name" if lang == "vi" else "english"]
    codes = dict.fromkeys(queries.units(version, viewer, period)["peer_group"])
    return {code: named[code] for code in codes if code in named.index}


def offered(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> dict[str, str]:
    """Awards to look at, code -> name: `ANY` where it can be computed for most people of the group, then the
    catalogue's.

    An award to people only; the first is the one most people of the group got, "advanced worker" aside.
    """
    catalogue = queries.award_catalogue(version, viewer, period)
    kept = catalogue[catalogue["recipient"].isin(["", "CA_NHAN"])]
    names = dict(zip(kept["award"], kept["name" if lang == "vi" else "english"], strict=True))
    got = queries.metric(version, viewer, "award_rate", [period], [group]).set_index("breakdown")
    base = got["denominator"].max()
    every = queries.metric(version, viewer, "any_award_rate", [period], [group])["denominator"].max()
    if every >= _COVERED * base:
        return {ANY: say("awards.any", lang), **names}
    counted = got["numerator"].drop(_NEARLY_EVERYONES, errors="ignore").dropna()
    first = str(counted.idxmax()) if len(counted) else next(iter(names), "")
    return {first: names[first], **names} if first in names else names


def strata(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> dict[str, str]:
    """Position groups of a peer group's people, code -> name, "" for all first."""
    held = queries.metric(version, viewer, "award_rate", [period], [group], strata=None)["stratum"]
    named = position_names(lang).items()
    return {"": say("awards.everybody", lang)} | {code: name for code, name in named if code in set(held)}


def names_of_units(
    version: Version, viewer: Viewer, period: str, group: str, lang: str, organisation: Organisation = THEN
) -> dict[str, str]:
    """Units of a peer group, then or now, code -> name, "" for the whole group first."""
    units = comparisons.units(version, viewer, period, organisation)
    kept = units[units["peer_group"] == group]
    return {"": say("awards.whole_group", lang)} | dict(zip(kept["unit_code"], kept["unit_name"], strict=True))


def award_names(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    """Every award in force, code -> name, and "" for any of them."""
    catalogue = queries.award_catalogue(version, viewer, period)
    names = dict(zip(catalogue["award"], catalogue["name" if lang == "vi" else "english"], strict=True))
    return {"": say("awards.any", lang)} | names


def position_names(lang: str) -> dict[str, str]:
    """Position groups, code -> name, in their order."""
    return {code.code: code.label if lang == "vi" else code.english for code in POSITION_GROUP}
