"""Faults in the signals: whom they look at, how much is enough, and what they say."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("signals", f"pipelines/signals/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "award_rate",
        "signal_shapes signals::years_before_a_merger_are_held_against_all_who_were_there_then",
        ('allowed=("allowed", "min")', 'allowed=("allowed", "max")'),
        (".fillna(today.map(group))", ""),
        ('won=known["awarded"] - known["awarded_leaders"]', 'won=known["awarded"]'),
        ('where(awards["rated"] > 0, awards["staff"])', 'where(awards["rated"] >= 0, awards["staff"])'),
        ('places = [told["peer_group"], told["year"]]', 'places = [told["peer_group"]]'),
    ),
    *_of(
        "ceiling_filled",
        "signal_shapes signal_contexts",
        ('one["used"] >= one["allowed"]', 'one["used"] > one["allowed"]'),
    ),
    *_of(
        "cluster_scores",
        "signal_shapes signal_contexts",
        ('scores["own"] - scores["final"]', 'scores["final"] - scores["own"]'),
        ("same | np.isclose", "same & np.isclose"),
        ('groupby(["cluster_code", "year"])["gap"]', 'groupby(["year"])["gap"]'),
    ),
    *_of(
        "council",
        "signal_shapes signal_contexts",
        ('told["p_value"].where(told["testable"])', 'told["p_value"]'),
        ('signals["signal"].isin(COMBINED)', 'signals["signal"].notna()'),
        ('(every["q_combined"] <= WATCH_SHARE) | watched', 'every["q_combined"] <= WATCH_SHARE'),
    ),
    *_of(
        "leaders_first",
        "signal_shapes",
        ("told = told[_is_possible(told)]", "told = told.copy()"),
        ('told["p_value"].where(told["testable"])', 'told["p_value"]'),
    ),
    *_of(
        "rising_awards",
        "signal_shapes",
        ("named = len(codes) >= ENOUGH_PEERS", "named = len(codes) > ENOUGH_PEERS"),
    ),
    *_of(
        "rotation",
        "signal_shapes",
        ('waits.follows & ~people["must_wait"].to_numpy(bool)', "waits.follows"),
        ('(level == EXPLAIN) & ~told["agrees"]', 'level == EXPLAIN'),
        ('few["p_value"] <= AGREES', 'few["p_more"] <= AGREES'),
        ("waits.years, able, waits.service", "waits.years, able"),
    ),
    *_of(
        "shape",
        "signal_shapes signal_contexts",
        ('(frame["year"] > until - years)', '(frame["year"] >= until - years)'),
        ('& (frame["year"] <= until)]', "]"),
        ("q_value <= WATCH_SHARE, WATCH", "q_value < wrong, WATCH"),
        ('told["testable"] = judged["testable"] & enough', 'told["testable"] = judged["testable"]'),
        ('told["n"] * (told["value"] - told["expected"])', 'told["n"] * (told["expected"] - told["value"])'),
    ),
    *_of(
        "wording",
        "signal_shapes signal_contexts",
        ('if row["reason"] == CONTEXT:', 'if row["reason"] != CONTEXT:'),
        ('if row["signal"] == "rotation" else {}', 'if row["signal"] == "leaders_first" else {}'),
    ),
]  # fmt: skip
