"""What others wrote is shown letter by letter: no page gives it unescaped to a place that reads Markdown."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from dashboard.charts import caterpillar, counts, grid, leaders, lines, multiples, ranks, ratings
from dashboard.charts.figure import Look
from dashboard.shell.markup import marked, plain
from dashboard.streamlit_inside.kinds import DeltaGenerator
from tests import ROOT

DASHBOARD = ROOT / "dashboard"
# Every element of Streamlit the pages draw: which of its arguments are read as Markdown, by place and name. A new one
# is entered here after a look into its documentation.
LABEL = {0: "label", None: "help"}
HEADING = {0: "body", None: "help"}
NOTE = {0: "body", 1: "title"}
READS = {
    "title": HEADING, "header": HEADING, "subheader": HEADING, "caption": HEADING, "markdown": HEADING,
    "info": NOTE, "success": NOTE, "warning": NOTE, "error": NOTE,
    "expander": LABEL, "popover": LABEL, "button": LABEL, "download_button": LABEL, "form_submit_button": LABEL, "checkbox": LABEL,
    "toggle": LABEL, "slider": LABEL, "text_input": LABEL, "text_area": LABEL, "date_input": LABEL, "file_uploader": LABEL,
    "selectbox": LABEL, "multiselect": LABEL, "segmented_control": LABEL | {3: "format_func"},
    "page_link": {1: "label", None: "help"}, "progress": {1: "text"}, "spinner": {0: "text"},
    "metric": {0: "label", 1: "value", 2: "delta", 12: "delta_description", None: "help"},
}  # fmt: skip
PLAIN = {
    "html",
    "code",
    "dataframe",
    "plotly_chart",
    "container",
    "grid",
    "form",
    "cell",
    "empty",
    "Page",
    "stop",
    "rerun",
}
SAYS, ESCAPES = {"say", "say_all"}, {"plain", "marked", "badges"}


@dataclass
class Scope:
    """A function or a file: the parameters, and what each name is given in it."""

    node: ast.AST
    parameters: set[str]
    outer: "Scope | None" = None
    given: dict[str, list[ast.expr]] = field(default_factory=dict)

    def give(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.given.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple):
            alike = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
            values = value.elts if alike and isinstance(value, ast.Tuple) else [value] * len(target.elts)
            for one, part in zip(target.elts, values, strict=True):
                self.give(one, part)

    def of(self, name: str) -> list[ast.expr]:
        """What a name is given where it is read; nothing is known of a parameter."""
        if name in self.given or name in self.parameters or self.outer is None:
            return self.given.get(name, [])
        return self.outer.of(name)


class Source:
    """One file of the dashboard."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.calls: list[tuple[ast.Call, Scope]] = []
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self._read(tree, Scope(tree, set()))

    def _read(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, ast.FunctionDef):
                told = child.args
                parameters = (*told.args, *told.kwonlyargs, *told.posonlyargs)
                inner = Scope(child, {one.arg for one in parameters}, scope)
                for one in parameters:
                    if (
                        one.annotation and ast.unparse(one.annotation) == "Markdown"
                    ):  # callers are held to it by the types
                        inner.give(ast.Name(one.arg), ast.Constant(""))
            elif isinstance(child, ast.Assign):
                for target in child.targets:
                    scope.give(target, child.value)
            elif isinstance(child, ast.AnnAssign) and "Markdown" in ast.unparse(child.annotation):
                scope.give(child.target, ast.Constant(""))  # only `plain` and `marked` make one: the types say so
            elif isinstance(child, ast.For):
                scope.give(child.target, child.iter)
            elif isinstance(child, ast.Call):
                self.calls.append((child, scope))
            self._read(child, inner)

    def unescaped(self) -> Iterator[str]:
        """The places that read Markdown and are given something that may hold what others wrote."""
        for node, scope in self.calls:
            if not (
                isinstance(node.func, ast.Attribute) and node.func.attr in READS and _is_streamlit(node.func.value)
            ):
                continue
            for place, name in READS[node.func.attr].items():
                told = [one.value for one in node.keywords if one.arg == name]
                told += node.args[place : place + 1] if place is not None else []
                yield from (
                    f"{self.path.name}:{one.lineno} {node.func.attr}({ast.unparse(one)})"
                    for one in told
                    if not safe(one, scope)
                )


def safe(said: ast.expr, scope: Scope, seen: frozenset[str] = frozenset()) -> bool:
    """Whether an expression can be a text of our own or an escaped one only. seen: names that were
    followed on the way.
    """
    match said:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in ESCAPES:
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=[]) if name in SAYS:
            return True  # a sentence of ours, and nothing put into it
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.Name() as parts]):
            return safe(parts, scope, seen)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts) | ast.Dict(values=parts):
            return all(safe(one, scope, seen) for one in parts)
        case ast.ListComp(elt=one) | ast.GeneratorExp(elt=one) | ast.DictComp(value=one) | ast.Lambda(body=one):
            return safe(one, scope, seen)
        case ast.JoinedStr(values=parts):
            return all(safe(one.value, scope, seen) for one in parts if isinstance(one, ast.FormattedValue))
        case ast.IfExp():
            return safe(said.body, scope, seen) and safe(said.orelse, scope, seen)
        case ast.Attribute(value=held, attr="__getitem__"):
            return safe(held, scope, seen)
        case ast.Attribute(attr="markdown"):
            return True  # made by `marked`: a field of the type Markdown
        case ast.Subscript(value=ast.Name(id=name)) if name.strip("_").isupper():
            return True  # a sign of our own
        case ast.Subscript(value=held):
            return safe(held, scope, seen)
        case ast.Name(id=name):
            given = scope.of(name)
            return name in seen or (bool(given) and all(safe(one, scope, seen | {name}) for one in given))
    return False


def _is_streamlit(thing: ast.expr) -> bool:
    """st and the places of the page a function is given."""
    return isinstance(thing, ast.Name) and thing.id in ("st", "place", "way")


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("Vụ 1 (mẫu): 33,3%, +2,1", "Vụ 1 (mẫu): 33,3%, +2,1"),
        ("[a](b) *c* _d_ `e` $f$ 5~7", r"\[a\](b) \*c\* \_d\_ \`e\` \$f\$ 5\~7"),
        (":red[x] :smile: 14:05", r"\::gray[]red\[x\] \::gray[]smile: 14\::gray[]05"),
        ("http://b.vn www.b.vn c@d.vn", r"http\::gray[]//b.vn www:gray[].b.vn c:gray[]@d.vn"),
        ("a -> b -- c >= d ~= e", r"a -:gray[]\> b -:gray[]- c \>:gray[]= d \~:gray[]= e"),
        ("# a\n- b\r\n1. c\n\n===", "\\# a\\\n\\- b\\\n1\\. c\\\n\\==="),
        ("<b>&amp;</b>", r"\<b\>\&amp;\</b\>"),
    ],
)
def test_marks_are_taken_their_meaning_and_nothing_else(written: str, given: str) -> None:
    assert plain(written) == given


def test_a_sentence_of_ours_keeps_its_marks_and_what_is_put_in_has_none() -> None:
    said = marked("profile.standing", "vi", mark="◆", headline="*a* [b](c).", year="2025")
    assert said == r"◆ **\*a\* \[b\](c).** Tính đến hết năm 2025."


HOSTILE = "<b>a</b> &amp; <a href='b'>c</a>"
POINT = {"metric": "award_rate", "unit_code": "V01", "period": "2025", "breakdown": "", "stratum": ""}
ROW = POINT | {
    "label": HOSTILE, "row": HOSTILE, "series": HOSTILE, "part": HOSTILE, "value": 0.5, "numerator": 5.0, "denominator": 10.0,
    "low": 0.2, "high": 0.8, "level": 0.4, "band": "above", "place": "above_998", "state": "reported", "first": 1.0, "last": 2.0,
    "told": "", "unit_name": HOSTILE,
}  # fmt: skip
CHARTS = {
    "caterpillar": lambda frame: caterpillar.rates(frame, Look()),
    "counts": lambda frame: counts.stacked(frame, Look()),
    "grid": lambda frame: grid.heat(frame, Look()),
    "at_least_one": lambda frame: grid.at_least_one(frame, Look()),
    "leaders": lambda frame: leaders.dumbbell(
        pd.concat([frame.assign(part="awarded", ahead=0.1), frame.assign(part="staff", ahead=0.1)]), Look()
    ),
    "lines": lambda frame: lines.years(frame, Look()),
    "multiples": lambda frame: multiples.years(frame, Look()),
    "ranks": lambda frame: ranks.bands(frame, Look(), 2),
    "ratings": lambda frame: ratings.bars(frame.assign(breakdown="HTXSNV"), Look()),
}


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_no_chart_reads_a_name_as_marks(name: str) -> None:
    figure = CHARTS[name](pd.DataFrame([ROW]))
    written = figure.to_json()
    assert "\\u003cb\\u003ea" not in written and "<b>a" not in written and "<a href" not in written
    assert "&lt;b&gt;a&lt;/b&gt;" in written.encode().decode("unicode_escape")


SOURCES = sorted(DASHBOARD.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=[str(one.relative_to(DASHBOARD)) for one in SOURCES])
def test_no_place_that_reads_markdown_is_given_what_others_wrote(path: Path) -> None:
    assert list(Source(path).unescaped()) == []


def test_every_element_the_pages_draw_is_known_here() -> None:
    """One that is new may read Markdown."""
    drawn = {
        node.func.attr
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_streamlit(node.func.value)
    }
    assert {name for name in drawn if hasattr(DeltaGenerator, name)} <= READS.keys() | PLAIN
    assert {name for name in ("toast", "write", "table", "tabs", "radio", "pills", "text") if hasattr(st, name)} - drawn
