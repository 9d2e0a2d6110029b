"""The command line in the reader's language, for every verb and every mistake; what is typed is taken as
it is meant.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import typer

from pipelines import encodings
from pipelines.access import sees_all
from pipelines.cli import arguments, console
from pipelines.cli import usage as command_words
from pipelines.cli.entry import app, main
from pipelines.cli.usage import in_words
from pipelines.problems import ReporterUnclear
from pipelines.settings import PROJECT, Home
from pipelines.texts import VIETNAM, day
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import current
from pipelines.warehouse.door import queries
from tests.conftest import Typed
from tests.support.homes.handed_in import HandedIn, person
from tests.support.workbooks.filled_books import REFERENCE

WHOLE = typer.main.get_command(in_words(app))
VERBS = WHOLE.commands  # type: ignore[attr-defined]
# Words Typer and the libraries under it would say.
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|try|for help|missing|no such|invalid|value|required|default|show this|"
    r"unexpected|extra|got|valid|integer|should be|input|did you mean|path|text|choose|aborted|traceback)\b",
    re.IGNORECASE,
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Typed:
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "home"))

    return typed


def _english(text: str) -> list[str]:
    """Leftovers but for what is typed: the program, its verbs, options and their values."""
    typed = (
        r"python -m pipelines|--?[a-z-]+|“[^”]*”|\b(" + "|".join(VERBS) + r")\b|\S+\.\w{2,4}\b|--year|history|year|h1"
    )
    return ENGLISH.findall(re.sub(typed, " ", text))


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_every_help_is_in_vietnamese_and_tells_every_option(run: Typed, verb: str) -> None:
    code, out, aside = run(*filter(None, [verb]), "--help")
    assert (code, aside, _english(out)) == (0, "", [])
    for word in ("Cách dùng", "Tùy chọn", "Hiện hướng dẫn này."):
        assert word in out
    if verb:
        for param in VERBS[verb].params:
            assert param.param_type_name == "argument" or param.opts[0] in out
            assert str(getattr(param, "help", "")) in out


def _mistakes(verb: str) -> list[list[str]]:
    """Every way of calling a verb wrongly that its parameters allow."""
    params = VERBS[verb].params
    wrong = [[verb, "--khong-co"], [verb, "-z"]]
    needed = [param for param in params if param.required]
    full = [verb]
    for param in needed:
        number = param.type_descriptor.annotation in (int, float)
        full += [*([param.opts[0]] if param.param_type_name == "option" else []), "1" if number else "x"]
    if needed:
        wrong.append([verb])
    if all(param.nargs == 1 for param in params):
        wrong.append([*full, "thua", "nua"])
    for param in params:
        if param.param_type_name == "option" and getattr(param, "is_flag", False):
            wrong.append([*full, f"{param.opts[0]}=1"])
        elif param.param_type_name == "option":
            wrong.append([*full, param.opts[0]])
        if param.type_descriptor.annotation in (int, float):
            place = [param.opts[0]] if param.param_type_name == "option" else []
            wrong += [[verb, *place, "chữ"], [*full, *place, "-9"]] if place else [[verb, "chữ"]]
    return wrong


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_mistake_is_told_in_vietnamese_with_where_to_look_and_nothing_is_done(
    run: Typed, verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(VERBS[verb], "callback", lambda **_: done.append(verb))
    monkeypatch.setattr(typer.main, "get_command", lambda _: WHOLE)
    for words in _mistakes(verb):
        code, out, aside = run(*words)
        if done:  # a number below none is good for some
            done.clear()
            continue
        assert (code, out) == (2, ""), words
        assert _english(aside) == [] and f"Xem hướng dẫn: python -m pipelines {verb} --help" in aside, aside
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tempate", "--year", "2025"], "Không có lệnh “tempate”. Có phải: template?"),
        (["xyz"], "Không có lệnh “xyz”. Các lệnh: template, check"),
        (["template", "--yaer", "2025"], "không có tùy chọn “--yaer”. Có: --year."),
        (["template"], "Thiếu --year SỐ. Năm báo cáo."),
        (["template", "--year", "hai"], "--year: “hai” không dùng được; cần một số nguyên."),
        (["template", "--year"], "Sau --year phải ghi một giá trị."),
        (["status", "--json=1"], "--json không nhận giá trị."),
        (["status", "2025"], "Thừa: 2025."),
        (["evaluate", "--worlds", "-1"], "(từ 0 đến …)"),
        (["build", "--as-of", "31/02/2025"], "“31/02/2025” không phải ngày. Viết như 31/12/2025 hoặc 2025-12-31."),
        (["build", "--as-of", "hôm qua"], "không phải ngày"),
    ],
)
def test_a_mistake_is_told_with_what_was_meant(run: Typed, tmp_path: Path, words: list[str], said: str) -> None:
    Home(tmp_path / "home").ready()
    code, _, aside = run(*words)
    assert code == 2 and said in aside and _english(aside.replace("template, check", "")) == []


def test_a_choice_and_what_nobody_foresaw_have_words_too() -> None:
    small = typer.Typer()

    @small.command()
    def pick(kind: str = typer.Option("a")) -> None:
        raise typer._click.exceptions.UsageError("english")

    @small.command()
    def other() -> None: ...

    assert command_words.run(in_words(small)) == 2


@pytest.mark.parametrize("text", ["31/12/2025", "31-12-2025", "31.12.2025", "2025-12-31", " 31/12/2025 "])
def test_a_day_is_written_as_in_the_workbooks_or_by_the_standard(text: str) -> None:
    assert arguments.day(text) == date(2025, 12, 31)
    assert arguments.moment(text) == datetime(2026, 1, 1, tzinfo=VIETNAM) - timedelta(microseconds=1)


def test_an_instant_is_one_and_nothing_is_nothing() -> None:
    assert arguments.moment("") is None
    assert arguments.moment("2025-12-31 08:00") == datetime(2025, 12, 31, 8, tzinfo=VIETNAM)
    assert arguments.period(" 2025h1 ") == "2025H1"


@pytest.mark.parametrize(
    ("text", "code"),
    [("v10", "V10"), ("Văn phòng", "V10"), ("van phong", "V10"), ("VĂN  PHÒNG", "V10"), ("c01", "C01"), ("t01", "T01")],
)
def test_a_unit_is_known_by_code_or_name_without_case_and_accents(text: str, code: str) -> None:
    assert arguments.reporter(REFERENCE, text, {"C01": "Cụm thi đua số 1"}, date(2025, 12, 31)) == code


def test_a_name_that_means_several_or_none_is_answered_with_the_list() -> None:
    offered = {"V01": "Vụ 1", "C01": "Cụm thi đua số 1"}
    with pytest.raises(ReporterUnclear) as several:
        arguments.reporter(REFERENCE, "thanh uy", offered, date(2025, 12, 31))
    assert several.value.facts["known"].count("\n") >= 2 and "Ban Nội chính Thành ủy" in several.value.facts["known"]
    with pytest.raises(ReporterUnclear) as none:
        arguments.reporter(REFERENCE, "Vụ không có", offered, date(2025, 12, 31))
    assert none.value.facts["known"].splitlines()[0] == "V01 Vụ 1"


def test_help_names_the_program_as_it_was_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called = {"/opt/x/bin/thidua": "thidua", "/opt/x/pipelines/__main__.py": "python -m pipelines"}
    for place, name in called.items():
        for words in ((), ("status",)):
            monkeypatch.setattr(sys, "argv", [place, *words, "--help"])
            with pytest.raises(SystemExit):
                main()
            assert capsys.readouterr().out.startswith(f"Cách dùng: {' '.join((name, *words))} ")


def _typed(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    own = os.environ | {"THIDUA_HOME": str(home)} | environment
    return subprocess.run([sys.executable, "-m", "pipelines", *words], cwd=PROJECT, env=own, capture_output=True)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period that is long over, with one report in it."""
    desk = HandedIn(tmp_path_factory.mktemp("words") / "office")
    desk.unit("V01", "2024", {"staff": [person("A")], "awards": []}, on=date(2024, 12, 2))
    build(desk.home)
    return desk.home.root


def test_what_goes_into_a_file_is_not_folded_and_no_encoding_ends_it(office: Path) -> None:
    whole = _typed(office, "status", "--period", "2024", PYTHONIOENCODING="utf-8").stdout.decode()
    lines = whole.splitlines()
    assert len(lines) > 20 and all(re.match(r"(V|C|M|T)\d\d ", line) for line in lines[2:] if line.strip())
    for encoding in ("cp1258", "cp1252", "ascii", "latin-1", "cp437"):
        done = _typed(office, "status", "--period", "2024", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0 and b"Traceback" not in done.stderr, encoding
        assert len(done.stdout.splitlines()) == len(lines)
        assert "?" not in done.stdout.decode(encoding)
    told = json.loads(_typed(office, "status", "--period", "2024", "--json", PYTHONIOENCODING="ascii").stdout)
    assert "Vụ 1 (mẫu)" in {row["reporter_name"] for row in told["reporters"]}


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("ascii", 'Don vi "e a" - H17'), ("cp1252", "Don vi “e ã” – H17"), ("cp1258", "Đơn vị “ế ã” – H17")],
)
def test_letters_an_encoding_lacks_come_as_near_as_it_can(encoding: str, told: str) -> None:
    shown = "".join(c if encodings._fits(c, encoding) else encodings._shown(c, encoding) for c in "Đơn vị “ế ã” – H17")
    assert encodings._fits(shown, encoding) and unicodedata.normalize("NFC", shown) == told


def test_days_late_of_what_is_missing_are_counted_to_today(
    office: Path, run: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = current(Home(office))
    before = queries.board(version, sees_all(), "2024").set_index("reporter_code")
    due = before.loc["V02", "due_on"]
    assert before.loc["V02", "days_late"] < 30  # by the last entry of the journal
    later = queries.board(version, sees_all(), "2024", date(2026, 3, 1)).set_index("reporter_code")
    assert later.loc["V02", "days_late"] == (date(2026, 3, 1) - due.date()).days
    assert later.loc["V01", "days_late"] == before.loc["V01", "days_late"] == 0
    monkeypatch.setenv("THIDUA_HOME", str(office))
    told = json.loads(run("status", "--period", "2024", "--json")[1])
    rows = {row["reporter_code"]: row for row in told["reporters"]}
    assert rows["V02"]["days_late"] > 300 and rows["V01"]["days_late"] == 0 and day(due.date(), "vi")


def test_templates_and_versions_are_told_as_json(
    office: Path, run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(office))
    out = tmp_path / "out"
    told = json.loads(
        run("template", "--unit", "van phong", "--year", "2025", "--period", "H1", "--out", str(out), "--json")[1]
    )
    assert told == {"templates": [{"reporter": "V10", "period": "2025H1", "file": str(out / "V10_2025H1.xlsx")}]}
    now = json.loads(run("current", "--json")[1])
    assert now == {
        name: str(value)
        for name, value in (
            ("version", current(Home(office)).name),
            ("facts", current(Home(office)).facts),
            ("people", current(Home(office)).people),
        )
    }
    then = json.loads(run("build", "--as-of", "01/01/2000", "--json")[1])
    assert not then["is_current"] and json.loads(run("current", "--json")[1]) == now
    assert run("current", "--version", then["version"])[1].strip() == then["facts"]
    assert run("current", "--version", "khong-co")[0] == 2


def test_progress_without_a_terminal_is_a_few_lines_beside_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    with console.progress("Đang nhận") as step:
        for done in range(1, 101):
            step(done, 100)
    with console.progress("Đang nhận") as step:
        step(1, 3)
    out, aside = capsys.readouterr()
    assert out == "" and aside.splitlines() == [f"Đang nhận: {done}/100" for done in (25, 50, 75, 100)]
