"""Faults in the statements of the warehouse: which rows count, where, and what they add up to."""

from tests.faults import Fault, within

_CURRENT, _METRICS, _VIEWS = (
    f"pipelines/warehouse/sql/{name}" for name in ("20_current", "30_metrics", "40_views")
)  # fmt: skip
_HOME = "reporting_dates"


def _of(file: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("figures", file, tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        f"{_CURRENT}/1_home.sql",
        _HOME,
        ("coalesce(arrived_on, DATE '0001-01-01') DESC", "coalesce(arrived_on, DATE '0001-01-01')"),
        ("coalesce(arrived_on, DATE '0001-01-01') DESC,", ""),
    ),
    *_of(
        f"{_CURRENT}/2_reporting.sql",
        "reporting_dates decisions",
        ("u.valid_to >= p.due_on", "u.valid_to > p.due_on"),
        ("ON u.obliged AND u.valid_from <= p.due_on", "ON u.obliged AND u.valid_from < p.due_on"),
        ("m.valid_to >= p.due_on", "m.valid_to > p.due_on"),
        ("AND own.period = o.period", ""),
        ("AND NOT is_withdrawn", ""),
    ),
    *_of(
        f"{_CURRENT}/3_awards.sql",
        "reporting_dates award_history metric_cases",
        ("w.period_kind = 'h1' AND a.achievement_year = w.year THEN", "w.period_kind = 'h1' THEN"),
        ("later.period > awards.period", "later.period >= awards.period"),
        ("AND later.person_key = awards.person_key", ""),
    ),
    *_of(
        f"{_CURRENT}/5_breakdowns.sql",
        "rule_metrics",
        ("r.valid_to >= p.ends_on", "r.valid_to >= p.starts_on"),
    ),
    *_of(
        f"{_CURRENT}/8_ceilings.sql",
        "rule_metrics",
        ("c.code IN ('HTXSNV', 'HTTNV', 'HTNV', 'KHTNV', 'CXL')", "c.code IN ('HTXSNV', 'HTTNV', 'HTNV', 'KHTNV')"),
        ("SELECT unit_code, period, award, person_key, amount,", "SELECT unit_code, period, award, person_key, 1,"),
    ),
    *_of(
        f"{_METRICS}/cap_use.sql",
        "rule_metrics",
        ("lag(allowed, 1, 0)", "lag(allowed, 1, 1)"),
    ),
    *_of(
        f"{_METRICS}/collective_award_rate.sql",
        "work_metrics",
        ("AND p.award_kind = 'THUONG_XUYEN'", ""),
    ),
    *_of(
        f"{_METRICS}/leader_award_share.sql",
        "metric_cases",
        (
            "(part = 'den' OR is_leader(position_group))\nUNION",
            "(part = 'den' OR position_group IN ('LD_BO', 'LD_VU'))\nUNION",
        ),
    ),
    *_of(
        f"{_METRICS}/leader_staff_share.sql",
        "metrics",
        ("is_leader(position_group)", "position_group IN ('LD_BO', 'LD_VU')"),
    ),
    *_of(
        f"{_METRICS}/published_first_share.sql",
        "work_metrics",
        ("submitted_on IS NOT NULL AND", "published_on IS NOT NULL AND"),
    ),
    *_of(
        f"{_METRICS}/rating_share.sql",
        "metrics",
        ("htxsnv_count + httnv_count + htnv_count + khtnv_count", "htxsnv_count + httnv_count + htnv_count"),
    ),
    *_of(
        f"{_METRICS}/target_met_share.sql",
        "work_metrics",
        ("t.direction = 'GIAM' AND t.achieved <= t.planned", "t.direction = 'GIAM' AND t.achieved < t.planned"),
    ),
    *_of(
        f"{_METRICS}/timely_share.sql",
        "rule_metrics",
        ("AND p.result = 'DA_KHEN'", ""),
    ),
    *_of(
        f"{_METRICS}/initiative_rate.sql",
        "work_metrics",
        ("i.initiative_level, i.initiative_code\n", "i.initiative_level, i.initiative_code, i.person_key\n"),
    ),
    *_of(
        f"{_VIEWS}/3_submission_status.sql",
        "reporting_dates",
        ("coalesce(c.status, b.status, 'not_submitted')", "coalesce(b.status, c.status, 'not_submitted')"),
    ),
]  # fmt: skip
