"""What stands in one workbook that is sent: the unit's or cluster's year, corrected or spoilt as planned."""

from pipelines.contract.reference import unit_on
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.demo import clusters
from pipelines.demo.people import Rank
from pipelines.demo.sending import Sending, due_on, prepared_on
from pipelines.demo.world import World
from pipelines.demo.writing import Content

Row = dict[str, object]
_UNMARKED_SHARE = 0.04
_MAY_BE_BLANK = ("targets", "campaigns", "exemplars")


def content_of(world: World, sending: Sending) -> Content:
    """The content of a workbook on its way."""
    content = _cluster(world, sending) if sending.reporter.startswith("C") else _unit(world, sending)
    sheets = {key: [dict(row) for row in rows] for key, rows in content.sheets.items()}
    if sending.corrected:
        _forget(world, sending, sheets)
    if sending.fault:
        _spoil(sending.fault, sheets)
    blank = _blank(world, sending, sheets)
    return Content(**content.__dict__ | {"sheets": sheets, "unmarked": blank})


def expected(world: World, sending: Sending, first_year: int) -> str:
    """accepted or returned, when workbooks are sent from a year on.

    A state award decided late may go to someone who has left meanwhile: known from an earlier workbook, if one was
    sent.
    """
    if sending.fault:
        return "returned"
    if sending.reporter.startswith("C"):
        return "accepted"
    one, staff = world.years[sending.reporter, sending.year], world.careers.staff.items()
    known = {stay.code for (_, year), stays in staff if first_year <= year < sending.year for stay in stays}
    known |= {rated.stay.code for rated in one.rated}
    people = {str(row["recipient_code"]) for row in one.sheets["awards"] if row["recipient"] == "CA_NHAN"}
    return "accepted" if people <= known else "returned"


def _unit(world: World, sending: Sending) -> Content:
    one = world.years[sending.reporter, sending.year]
    unit = unit_on(world.reference, sending.reporter, due_on(world, sending.year))
    assert unit is not None
    here = [rated.stay for rated in one.rated if rated.stay.left_on is None]
    head = next(stay for stay in here if stay.rank is Rank.HEAD)
    clerk = world.rng("clerk", unit.unit_code, sending.year // 4).choice(here)
    info: Row = {"collective_rating": one.rating, "prepared_by": clerk.person.name, "approved_by": head.person.name}
    names = {rated.stay.code: rated.stay.person.name for rated in one.rated}
    names |= {str(row["team_code"]): str(row["team_name"]) for row in one.sheets["collectives"]}
    names |= {str(row["initiative_code"]): str(row["title"]) for row in one.sheets["initiatives"]}
    names[unit.unit_code] = unit.name
    made = prepared_on(sending)
    info["prepared_on"] = made
    return Content(UNIT_REPORT, unit.unit_code, unit.name, sending.year, info, one.sheets, names, made)


def _cluster(world: World, sending: Sending) -> Content:
    cluster = next(c for c in world.reference.clusters if c.cluster_code == sending.reporter)
    year, made = sending.year, prepared_on(sending)
    head, _ = clusters.roles(world, cluster.cluster_code, year)
    staff = [rated.stay.person.name for rated in world.years[head, year].rated if rated.stay.left_on is None]
    info = clusters.info(world, cluster.cluster_code, year) | {"prepared_by": staff[-1], "prepared_on": made}
    names = {code: world.years[code, year].unit.name for code in world.members(cluster.cluster_code, year)}
    sheets = clusters.sheets(world, cluster.cluster_code, year)
    return Content(CLUSTER_REPORT, cluster.cluster_code, cluster.name, year, info, sheets, names, made)


def _forget(world: World, sending: Sending, sheets: dict[str, list[Row]]) -> None:
    """What a first version lacks and its correction adds: results, a row, decision numbers, a wrong rating."""
    rng = world.rng("forgotten", sending.reporter, sending.year)
    if sending.reporter.startswith("C"):
        sheets["pledges"][-1]["outcome"] = None
        sheets["cluster_awards"].pop(rng.randrange(len(sheets["cluster_awards"])))
        return
    sheets["targets"][-1]["achieved"] = None
    sheets["awards"].pop()
    for row in rng.sample([row for row in sheets["awards"] if row["result"] == "DA_KHEN"], 2):
        row["decision_no"] = None
    good = [row for row in sheets["staff"] if row["rating"] == "HTTNV" and not row["left_on"]]
    rng.choice(good)["rating"] = "HTNV"


def _blank(world: World, sending: Sending, sheets: dict[str, list[Row]]) -> frozenset[str]:
    """Sheets left empty without a mark; nothing else in the workbook rests on them."""
    rng = world.rng("blank", sending.reporter, sending.year)
    forgotten = {key for key, rows in sheets.items() if not rows and rng.random() < 0.2}
    if rng.random() < _UNMARKED_SHARE:
        key = rng.choice([key for key in _MAY_BE_BLANK if key in sheets])
        forgotten.add(key)
    return frozenset(forgotten)


def _spoil(fault: str, sheets: dict[str, list[Row]]) -> None:
    """One clear mistake, as it is really made."""
    if fault == "date":
        for row in sheets["awards"][:3]:
            row["decided_on"] = "31/11/" + str(row["achievement_year"])
    elif fault == "choice":
        for row in sheets["staff"][2:5]:
            row["rating"] = "Khá"
    elif fault == "duplicate":
        sheets["staff"].append(dict(sheets["staff"][-1]))
    elif fault == "sum":
        row = sheets["cluster_members"][1]
        row["staff_count"] = int(str(row["staff_count"])) + 2


def by_hand(world: World, reporter: str, year: int) -> bool:
    """Whether the reporter lays the workbook out by hand: a habit of some years, less common later."""
    share = 0.85 if year < 2020 else 0.72
    return world.rng("habit", reporter, year // 3).random() < share
