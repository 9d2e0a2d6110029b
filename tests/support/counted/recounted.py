"""The rows behind every metric counted a second time, in plain Python: none of the build's statements is used."""

from collections.abc import Iterator
from typing import Any

from tests.support.counted.source_facts import Place, SourceFacts, once, place

Record = tuple[str, str, str, str, str, float, Place]  # unit, period, breakdown, stratum, part, amount, place
LEADERS = {"LD_BO", "LD_VU", "LD_PHONG"}
RATED = {"HTXSNV": "htxsnv_count", "HTTNV": "httnv_count", "HTNV": "htnv_count", "KHTNV": "khtnv_count"}
STAGES = {
    "PHAT_HIEN": "found_on",
    "BOI_DUONG": "developed_on",
    "TONG_KET": "summarised_on",
    "NHAN_RONG": "replicated_on",
}
REGULAR = "THUONG_XUYEN"


def _says_nothing(row: Any) -> bool:
    """Awards nearly everyone has, or has for years."""
    return row.award in ("LDTT", "KNC") or row.award_kind in ("NIEN_HAN", "CONG_HIEN")


def _staff(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.home.values():
        yield row.unit_code, row.period, "", row.position_group, "den", 1, place(row)
    for row in facts.counted("cluster_members"):
        yield row.unit_code, row.period, "", "", "den", row.staff_count, place(row)


def per_award(facts: SourceFacts, granted: bool) -> Iterator[Record]:
    yield from _staff(facts)
    told = [(home, row) for home, row in facts.personal() if row.award_kind == REGULAR]
    told = [(home, row) for home, row in told if row.result == "DA_KHEN" or not granted]
    for (home, row), amount in once(told, lambda one: (one[0].period, one[0].person_key, one[1].award)):
        yield home.unit_code, home.period, row.award, home.position_group, "num", amount, place(row)
    for row in facts.counted("cluster_awards"):
        if row.recipient == "CA_NHAN" and row.award_kind == REGULAR:
            count = row.awarded_count if granted else row.proposed_count
            yield row.unit_code, row.period, row.award, "", "num", count, place(row)


def _any_award(facts: SourceFacts) -> Iterator[Record]:
    yield from (one for one in _staff(facts) if one[3])  # people only, no counts
    for home, row, amount in _merited(facts):
        yield home.unit_code, home.period, "", home.position_group, "num", amount, place(row)


def _merited(facts: SourceFacts, leaders: bool = False) -> Iterator[tuple[Any, Any, float]]:
    told = [(home, row) for home, row in facts.personal() if row.result == "DA_KHEN" and not _says_nothing(row)]
    told = [(home, row) for home, row in told if not leaders or home.position_group in LEADERS]
    for (home, row), amount in once(told, lambda one: (one[0].period, one[0].person_key)):
        yield home, row, amount


def _leaders_awarded(facts: SourceFacts) -> Iterator[Record]:
    for part, leaders in (("num", True), ("den", False)):
        for home, row, amount in _merited(facts, leaders):
            yield home.unit_code, home.period, "", "", part, amount, place(row)
    for row in facts.counted("cluster_awards"):
        if row.recipient == "CA_NHAN" and row.awarded_count > 0 and not _says_nothing(row):
            parts = [
                "den",
                *(["gap"] if row.position_group is None else ["num"] if row.position_group in LEADERS else []),
            ]
            for part in parts:
                yield row.unit_code, row.period, "", "", part, row.awarded_count, place(row)


def _leaders_there(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.home.values():
        for part in ("den", "num") if row.position_group in LEADERS else ("den",):
            yield row.unit_code, row.period, "", "", part, 1, place(row)
    for row in facts.counted("cluster_members"):
        for part, count in (("num", row.leader_count), ("den", row.staff_count)):
            yield row.unit_code, row.period, "", "", part, count, place(row)


def _ratings(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.home.values():
        if row.rating != "CXL":
            yield row.unit_code, row.period, "", row.position_group, "den", 1, place(row)
            yield row.unit_code, row.period, row.rating, row.position_group, "num", 1, place(row)
    for row in facts.counted("cluster_members"):
        counts = {code: getattr(row, column) for code, column in RATED.items()}
        yield row.unit_code, row.period, "", "", "den", sum(counts.values()), place(row)
        yield from ((row.unit_code, row.period, code, "", "num", count, place(row)) for code, count in counts.items())


def _found(facts: SourceFacts) -> Iterator[Record]:
    for period, row in facts.found():
        one = facts.units.get((row.unit_code, period))
        if one is not None and one.submission is not None:
            yield row.unit_code, period, row.exemplar_kind, "", "num", 1, place(row)


def _stages(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.speaking("exemplars"):
        for stage, column in STAGES.items():
            day = getattr(row, column)
            if day is not None and day <= facts.periods[row.period].ends_on:
                yield row.unit_code, row.period, stage, "", "num", 1, place(row)


def _targets(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.speaking("targets"):
        if facts.is_year(row.period) and None not in (row.achieved, row.planned):
            met = row.achieved >= row.planned if row.direction == "TANG" else row.achieved <= row.planned
            for part in ("den", "num") if met else ("den",):
                yield row.unit_code, row.period, "", "", part, 1, place(row)


def _campaigns(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.speaking("campaigns"):
        span = facts.periods[row.period]
        closed = row.closed_on is not None and row.closed_on <= span.ends_on
        due = row.closed_on >= span.starts_on if closed else row.campaign_mode != "CHUYEN_DE"
        if due and facts.is_year(row.period):
            for part in ("den", "num") if closed else ("den",):
                yield row.unit_code, row.period, "", "", part, 1, place(row)


def _initiatives(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.home.values():
        yield row.unit_code, row.period, "", "", "den", 1, place(row)
    told = [
        (row,)
        for row in facts.speaking("initiatives")
        if row.initiative_level != "CHUA"
        and (row.recognised_on is None or row.recognised_on.year == facts.periods[row.period].year)
    ]
    for (row,), amount in once(
        told, lambda one: (one[0].submission_id, one[0].initiative_level, one[0].initiative_code)
    ):
        yield row.unit_code, row.period, row.initiative_level, "", "num", amount, place(row)


def _collectives(facts: SourceFacts) -> Iterator[Record]:
    there = facts.collectives()
    for unit, period, _, where in there:
        yield unit, period, "", "", "den", 1, where
    known = {(unit, period, code) for unit, period, code, _ in there}
    for period, row, amount in teams_awarded(facts):
        if (row.unit_code, period, row.team_code) in known:
            yield row.unit_code, period, row.award, "", "num", amount, place(row)


def teams_awarded(facts: SourceFacts) -> Iterator[tuple[str, Any, float]]:
    told = [
        (p, row)
        for p, row in facts.proposed()
        if row.team_code and row.award_kind == REGULAR and row.result == "DA_KHEN"
    ]
    for (period, row), amount in once(told, lambda one: (one[1].unit_code, one[0], one[1].award, one[1].team_code)):
        yield period, row, amount


def _posted(facts: SourceFacts) -> Iterator[Record]:
    for period, row in facts.proposed():
        if row.submitted_on is not None:
            first = row.published_on is not None and row.published_on <= row.submitted_on
            for part in ("den", "num") if first else ("den",):
                yield row.unit_code, period, "", "", part, 1, place(row)


def _on_time(facts: SourceFacts) -> Iterator[Record]:
    first: dict[tuple[str, str], Any] = {}
    for row in facts.table("submissions"):
        if row.status.startswith("accepted") and not row.is_withdrawn:
            who = (row.reporter_code, row.period)
            first[who] = min(row.received_on, first.get(who, row.received_on))
    dated = {row.submission_id: row for row in facts.info("prepared_on")}
    for (unit, period), one in facts.units.items():
        if one.submission is not None:
            by = first[one.cluster if one.route == "cluster" else unit, period]
            for part in ("den", "num") if by <= facts.periods[period].due_on else ("den",):
                yield unit, period, "", "", part, 1, place(dated[one.submission])


def _pledges(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.table("pledges"):
        for (unit, period), one in facts.units.items():
            mine = one.member_submission == row.submission_id and row.unit_code in ("", unit)
            if mine and facts.is_year(period) and row.outcome is not None:
                for part in ("den", "num") if row.outcome >= row.target else ("den",):
                    yield unit, period, "", "", part, 1, place(row)


def _scores(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.of_members("cluster_scores"):
        for source in ("self", "cross", "final"):
            points = getattr(row, f"{source}_score")
            yield row.unit_code, row.period, source, "", "gap" if points is None else "num", points or 0, place(row)


def _gap(facts: SourceFacts) -> Iterator[Record]:
    for row in facts.of_members("cluster_scores"):
        known = row.cross_score is not None
        points = round(row.self_score - row.cross_score, 6) if known else 0
        yield row.unit_code, row.period, "", "", "num" if known else "gap", points, place(row)


COUNTS = {
    "any_award_rate": _any_award,
    "award_rate": lambda facts: per_award(facts, granted=True),
    "campaign_closed_share": _campaigns,
    "cluster_score": _scores,
    "cluster_score_gap": _gap,
    "collective_award_rate": _collectives,
    "exemplar_count": _found,
    "exemplar_stage": _stages,
    "initiative_rate": _initiatives,
    "leader_award_share": _leaders_awarded,
    "leader_staff_share": _leaders_there,
    "pledge_met_share": _pledges,
    "proposal_rate": lambda facts: per_award(facts, granted=False),
    "published_first_share": _posted,
    "rating_share": _ratings,
    "submitted_on_time": _on_time,
    "target_met_share": _targets,
}
