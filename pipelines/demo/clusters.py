"""A cluster's workbook: what its members' own years add up to, scores, pledges, campaigns, exemplars."""

from collections import Counter
from datetime import date

from pipelines.contract.vocabulary import LEADER_GROUPS
from pipelines.demo import phrases, work
from pipelines.demo.patterns import DIFFERS, size_of
from pipelines.demo.world import UnitYear, World

Row = dict[str, object]
_UNSPLIT = 0.05  # of the members' years are counted without position groups
_KEPT_SPLIT = {"T38", "T83"}  # where leaders first is planted the groups stay visible


def roles(world: World, cluster_code: str, year: int) -> tuple[str, str]:
    """Head and deputy of a cluster: they take turns by year."""
    members = world.members(cluster_code, year)
    return members[year % len(members)], members[(year + 1) % len(members)]


def sheets(world: World, cluster_code: str, year: int) -> dict[str, list[Row]]:
    """All rows of a cluster workbook by sheet key."""
    members = [world.years[code, year] for code in world.members(cluster_code, year)]
    head, deputy = roles(world, cluster_code, year)
    named = {head: "TRUONG", deputy: "PHO"}
    return {
        "cluster_members": [_member(one, named.get(one.unit.unit_code, "THANH_VIEN")) for one in members],
        "cluster_scores": world.cluster_scores[cluster_code, year],
        "cluster_awards": [row for one in members for row in _counts(world, one)],
        "pledges": _pledges(world, cluster_code, year),
        "campaigns": _campaigns(world, cluster_code, year, members),
        "exemplars": [
            {"unit_code": one.unit.unit_code} | row for one in members for row in one.sheets["exemplars"]
        ],
    }  # fmt: skip


def _member(one: UnitYear, role: str) -> Row:
    """Counts of the people there on 31/12.

    Where a difference is planted, one more HTXSNV than the unit itself reports.
    """
    here = [rated for rated in one.rated if rated.stay.left_on is None]
    ratings = Counter(rated.rating for rated in here)
    counts = {
        "staff_count": len(here), "leader_count": sum(rated.stay.group in LEADER_GROUPS for rated in here),
        "htxsnv_count": ratings["HTXSNV"], "httnv_count": ratings["HTTNV"], "htnv_count": ratings["HTNV"],
        "khtnv_count": ratings["KHTNV"], "cxl_count": ratings["CXL"],
    }  # fmt: skip
    if more := int(size_of(DIFFERS, one.unit.unit_code, one.year)):
        counts["htxsnv_count"] += more
        counts["staff_count"] += more
    return {"unit_code": one.unit.unit_code, "role": role, **counts}


def _counts(world: World, one: UnitYear) -> list[Row]:
    """Rows of `Khen thưởng`: one a title, kind and position group; sometimes the groups are not told apart."""
    rng = world.rng("counts", one.unit.unit_code, one.year)
    unsplit = rng.random() < _UNSPLIT and one.unit.unit_code not in _KEPT_SPLIT
    groups = {rated.stay.code: rated.stay.group for rated in one.rated}
    proposed: Counter[tuple[str, ...]] = Counter()
    awarded: Counter[tuple[str, ...]] = Counter()
    for row in one.sheets["awards"]:
        group = groups.get(str(row["recipient_code"]), "") if row["recipient"] == "CA_NHAN" and not unsplit else ""
        key = (str(row["award"]), str(row["award_kind"]), str(row["recipient"]), group)
        proposed[key] += 1  # a state award decided late is counted again in the year it comes
        awarded[key] += row["result"] == "DA_KHEN"
    rows: list[Row] = []
    for name, count in proposed.items():
        counted: Row = {"unit_code": one.unit.unit_code, "proposed_count": count, "awarded_count": awarded[name]}
        rows.append(counted | dict(zip(("award", "award_kind", "recipient", "position_group"), name, strict=True)))
    return rows


def _pledges(world: World, cluster_code: str, year: int) -> list[Row]:
    """What all pledged, and most years something one member pledged for itself."""
    rng = world.rng("pledges", cluster_code, year)
    whose: list[str | None] = [None] * rng.randint(4, 6)
    if rng.random() < 0.7:
        whose[-1] = rng.choice(world.members(cluster_code, year))
    rows: list[Row] = []
    for number, ((content, level), unit_code) in enumerate(zip(phrases.PLEDGES, whose, strict=False), start=1):
        target = float(level if level < 10 else round(level * rng.uniform(0.95, 1.05)))
        most = 100.0 if "%" in content else 99.0
        outcome = round(min(most, target * rng.gauss(1.02, 0.08)), 0 if level < 10 else 1)
        rows.append(
            {"pledge_code": f"{cluster_code}-GU{number:02d}", "content": content, "unit_code": unit_code}
            | {"target": min(most, target), "outcome": outcome if rng.random() < 0.95 else None}
        )
    return rows


def _campaigns(world: World, cluster_code: str, year: int, members: list[UnitYear]) -> list[Row]:
    """The cluster's own campaigns and one of some members."""
    people = sum(len(one.rated) for one in members)
    rows: list[Row] = []
    for launched in range(max(2014, year - 4), year + 1):
        rng = world.rng("campaigns", cluster_code, launched)
        for campaign in work.new_campaigns(rng, cluster_code, launched, ("CUM",)):
            if campaign.last_year >= year:
                row = work.campaign_row(world.rng("campaign", campaign.code, year), campaign, year, people)
                rows.append({"unit_code": None} | row)
    for one in members:
        rows += [{"unit_code": one.unit.unit_code} | row for row in one.sheets["campaigns"][:1]]
    return rows


def info(world: World, cluster_code: str, year: int) -> Row:
    """Values of `Thông tin` that the template does not fill in."""
    head, deputy = roles(world, cluster_code, year)
    signed = date(year, 2, world.rng("signed", cluster_code, year).randint(10, 28))
    return {"lead_unit_code": head, "deputy_unit_code": deputy, "pledge_signed_on": signed}
