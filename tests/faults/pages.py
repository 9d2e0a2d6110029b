"""Faults in what the pages show: which rows, in which order, and what is said beside them."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("pages", f"dashboard/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "serving/door",
        "door",
        ("match[1] in self._hosts or", "match[1].startswith(tuple(self._hosts)) or"),
        ("if len(hosts) == 1 else None", "if hosts else None", "the server below takes no request with two hosts"),
        ("usual is not None and place", "place"),
        ("place.removesuffix(usual) == host", "place == host"),
        ("if refused := self._refused(scope):", 'if scope["type"] == "http" and (refused := self._refused(scope)):'),
        ('.partition("/")[0] not in NEEDED', "not in NEEDED"),
        ('headers["cache-control"] = "no-store"', 'headers["cache-control"] = "no-cache"'),
    ),
    *_of(
        "awards/frames",
        "small_units awards_page::any_award_stands_above_the_awards_where_people_are_listed_and_is_left_out_where_not",
        ('(told["metric"] == "any_award_rate") & told["value"].isna()', '(told["metric"] == "any_award_rate")'),
        ('(told["metric"] == "any_award_rate") & told["value"].isna()', 'told["value"].isna()'),
        ('points["distance"].abs().where(points["n"] >= SMALL_UNIT)', 'points["distance"].abs()'),
    ),
    *_of(
        "overview/key_figures",
        "page_frames overview_page::where_nobody_has_reported_no_figure_says_that_somebody_has",
        ('if figures[0].state == "reported":', "if True:"),
        ("sum(min_count=1)", "sum()"),
    ),
    *_of(
        "council/frames",
        "council_rows",
        ('silent = (rows["level"] == "none") & ~rows["testable"]', 'silent = rows["level"] == "none"'),
        ('silent = (rows["level"] == "none") & ~rows["testable"]', 'silent = ~rows["testable"]'),
        ('told[(told["proposal_code"] == "") | (told["result"] == "DA_KHEN")]', "told"),
    ),
    *_of(
        "meeting/frames",
        "council_rows",
        ('counts["unknown"] + counts["reference"]', 'counts["unknown"]'),
    ),
    *_of(
        "board/standing",
        "board_rows",
        ('(kept["days_late"] <= 0), _NEEDS[ON_TIME]', '(kept["days_late"] < 0), _NEEDS[ON_TIME]'),
        ("if standing == MISSING and row.days_late > 0:", "if standing == MISSING:"),
    ),
    *_of(
        "shell/columns",
        "small_units page_frames",
        ("row.denominator < palette.SMALL_UNIT", "row.denominator <= palette.SMALL_UNIT"),
        ('moment if moment.tzinfo else moment.tz_localize("UTC")', 'moment if moment.tzinfo else moment.tz_localize("Asia/Ho_Chi_Minh")'),
    ),
    *_of(
        "compare/frames",
        "page_frames",
        ("_RARE < row.value < _COMMON", "row.value < _COMMON"),
    ),
    *_of(
        "exemplars/frames",
        "page_frames",
        ("return self.reported - self.with_some", "return self.reported"),
        ("if value > 0:\n            break", "if value > 1:\n            break"),
        ('["done", "since"], kind="stable"', '["since"], kind="stable"'),
        ('(told["value"] / before).where(before > 0)', 'told["value"] / before'),
    ),
    *_of(
        "overview/worth_a_look",
        "small_units page_frames",
        ('(rated["denominator"] >= SMALL_UNIT)', '(rated["denominator"] > SMALL_UNIT)'),
        ("more = len(told) - NAMED", "more = len(told) - NAMED - 1"),
    ),
    *_of(
        "shell/filters",
        "page_frames",
        ("if received[row] and received[row]", "if received[row]", "half of what is due is more than nothing wherever something is due"),
    ),
]  # fmt: skip
