"""Faults in the Python of the warehouse: what is loaded, kept, compared and told through the reading door."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("warehouse", f"pipelines/warehouse/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "door/attention",
        "small_units board_rows",
        ('points[points["n"] >= SMALL_UNIT]', 'points[points["n"] > SMALL_UNIT]'),
        ('(told["days_late"] > 0)', '(told["days_late"] >= 0)'),
    ),
    *_of(
        "door/council",
        "council_rows",
        ('told[~told["breakdown"].isin(left_out)]', "told"),
    ),
    *_of(
        "door/figures",
        "reporting_dates",
        ("count(s.received_at) AS received_count", "count(s.receipt_no) AS received_count"),
    ),
    *_of(
        "building/moment",
        "reporting_dates",
        ("if row.year >= first]", "if row.year > first]"),
    ),
    *_of(
        "door/peers",
        "small_units",
        ('judged = values["denominator"] >= SMALL_UNIT', 'judged = values["denominator"] > SMALL_UNIT'),
        ("judged = size >= SMALL_UNIT", "judged = size > SMALL_UNIT"),
        ('judged & (values["low"] > level), "above"', 'judged & (values["value"] > level), "above"'),
        ("if 0 < found.level < 1:", "if 0 < found.level <= 1:", "where everybody has it nobody differs"),
        ('lacking["state"].where(lacking["state"] != "reported", reason)', "reason"),
        ('splits.map({True: "not_applicable", False: "not_computable"})', 'splits.map({True: "not_computable", False: "not_applicable"})'),
    ),
    *_of(
        "door/ranking",
        "small_units",
        ('rows["denominator"] >= SMALL_UNIT', 'rows["denominator"] > SMALL_UNIT'),
    ),
    *_of(
        "door/reporting",
        "reporting_dates",
        ("ORDER BY s.reporter_kind DESC, s.reporter_order, s.unit_code", "ORDER BY s.reporter_kind, s.reporter_order, s.unit_code"),
        ("ORDER BY s.reporter_kind DESC, s.reporter_order, s.unit_code", "ORDER BY s.reporter_kind DESC, s.unit_code"),
    ),
    *_of(
        "door/signal_inputs",
        "signal_frames",
        ("THEN a.denominator END AS awarded", "THEN a.numerator END AS awarded"),
    ),
]  # fmt: skip
