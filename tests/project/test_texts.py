"""Texts: the same in both languages, every key a program can say is there, and none lies unused."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from string import Formatter

import pytest

from pipelines.texts import FOLDER, catalogue, instant, say_problem, signed
from tests import ROOT

_PREFIX = re.compile(r"[a-z_]+\.(.*\.)?")  # what a built key begins with before its first changing part

PANELS = (
    "exemplars.matrix",
    "exemplars.stages",
    "exemplars.years",
    "exemplars.units",
    "overview.groups",
    "profile.mix",
)
_GIVEN = {
    "receipt",
    "receipt.check",
    "submit.badge",
    "submit.changes.badge",
}  # `<key>.<kind>`, the key given by the caller


def _strings() -> Iterator[tuple[str, bool]]:
    """Every string of the program; of a built one the beginning with "*" for each changing part, and whether it is
    built.
    """
    for folder in ("pipelines", "dashboard"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, False
                elif isinstance(node, ast.JoinedStr):
                    parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
                    yield "".join(map(str, parts)), True


def _said_keys() -> Iterator[str]:
    """Keys that are said outright: say("key", …), here.say("key", …)."""
    for folder in ("pipelines", "dashboard"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = node.func if isinstance(node, ast.Call) else None
                name = getattr(named, "id", getattr(named, "attr", ""))
                if (
                    isinstance(node, ast.Call)
                    and name == "say"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield str(node.args[0].value)


def test_both_languages_have_the_same_keys_with_the_same_places() -> None:
    for path in sorted((FOLDER / "vi").glob("*.po")):
        assert (FOLDER / "en" / path.name).exists(), path.name
    vietnamese, english = catalogue("vi"), catalogue("en")
    assert vietnamese.keys() == english.keys()
    for key, text in vietnamese.items():
        there, here = (
            {name for _, name, _, _ in Formatter().parse(one) if name is not None} for one in (text, english[key])
        )
        assert here == there, key
        assert text and english[key], key


# What readers found to be riddles or talk, and never again: state documents say it otherwise.
TALK = (
    "} nơi khác", "Nơi báo cáo", "nơi báo cáo", "Nơi nào", "dao động thường gặp", "Chắc đến đâu", "Không kiểm gì", "được gài",
    "thế giới mô phỏng", "biết thêm", "nhiều nhất khoảng", "Lúc đó", "Có điều", "đến đâu?", "bất kỳ hình thức", "khen bất kỳ",
    "giữ mãi", "ngược thứ tự {", "lời hứa", "rắc rối",
)  # fmt: skip


def test_vietnamese_is_that_of_state_documents() -> None:
    assert [(key, word) for key, text in catalogue("vi").items() for word in TALK if word in text] == []


def test_titles_are_statements() -> None:
    titles = [key for key in catalogue("vi") if key.endswith(".title") or key in PANELS]
    assert len(titles) > 20
    assert [key for key in titles for lang in ("vi", "en") if catalogue(lang)[key].rstrip().endswith("?")] == []


def test_every_key_that_is_said_has_its_text() -> None:
    said = set(_said_keys())
    assert len(said) > 100 and said <= catalogue("vi").keys()


def test_no_text_lies_unused() -> None:
    whole, built = set[str](), set[str]()
    for text, is_built in _strings():
        (built if is_built else whole).add(text)
    patterns = [
        re.compile(re.escape(one).replace(r"\*", ".+")) for one in built if _PREFIX.match(one.partition("*")[0])
    ]
    unused = [
        key
        for key in catalogue("vi")
        if key not in whole
        and not any(pattern.fullmatch(key) for pattern in patterns)
        and key.rpartition(".")[0] not in _GIVEN
        and f"{key.rpartition('.')[0]}." not in whole  # "charts.place." + place
    ]
    assert unused == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_problem_names_what_is_unknown_in_the_readers_language(lang: str) -> None:
    told = say_problem("unknown", {"what": "period", "name": "1999"}, lang)
    assert "1999" in told and catalogue(lang)["what.period"] in told


def test_a_change_stands_with_its_sign() -> None:
    assert [signed(value, "vi", 1) for value in (2.1, -0.3, 0.0)] == ["+2,1", "−0,3", "±0,0"]


def test_moments_are_those_of_vietnam_wherever_the_server_stands() -> None:
    assert instant(datetime(2026, 1, 31, 18, 30, tzinfo=UTC), "vi") == "01/02/2026 01:30"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_key_is_there_twice_because_one_of_its_texts_would_never_be_read(lang: str) -> None:
    keys = [key for path in (FOLDER / lang).glob("*.po") for key in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.M)]  # fmt: skip
    assert sorted(keys) == sorted(set(keys))
