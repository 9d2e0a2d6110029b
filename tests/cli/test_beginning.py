"""Real work and the demo: each has a data folder of its own, and neither takes anything of the other."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import confirmations, demo, settings
from pipelines.contract import reference as lists
from pipelines.desk import Desk
from pipelines.records.bodies import Beginning, from_json
from pipelines.records.inbox import Incoming
from pipelines.records.journal import DEMO, REAL, Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.workers.worker import Readers
from tests.conftest import Typed
from tests.support import TESTER
from tests.support.homes.receipts import receipt
from tests.support.workbooks.filled_books import book


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Typed:
    """One verb where the environment names no data folder: exit code, what is said, what is said beside it."""
    monkeypatch.setenv("THIDUA_SETTINGS", str(tmp_path / "settings.env"))
    monkeypatch.delenv("THIDUA_HOME", raising=False)
    monkeypatch.setattr(settings, "DEMO_HOME", tmp_path / "data" / "demo")
    monkeypatch.setattr(settings, "EARLIER_HOME", tmp_path / "data")

    return typed


def _sent(home: Home, *files: Incoming) -> list[str]:
    with Desk(home, Readers(1)) as desk:
        return [one.checked.status for one in desk.receive(files, TESTER)]


def _book(folder: Path, name: str, **changes: object) -> Incoming:
    (folder / name).write_bytes(book(**changes))  # type: ignore[arg-type]
    return Incoming(folder / name)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[Incoming]:
    """The first two workbooks of a demo, one of them not laid out by the template."""
    folder = tmp_path_factory.mktemp("invented")
    sent = demo.write(folder, range(2025, 2026), demo.DEFAULT_SEED).submissions
    return [Incoming(folder / one.file) for one in sent]


def test_work_begins_in_a_folder_with_the_lists_of_the_program_and_nothing_else(run: Typed, tmp_path: Path) -> None:
    code, out, _ = run("begin", "--home", str(tmp_path / "office" / "thi dua #1"), "--json")
    home = Home(tmp_path / "office" / "thi dua #1")
    told = json.loads(out)
    assert (code, told["home"], told["is_new"]) == (0, str(home.root), True)
    assert [(event.kind, event.body) for event in Journal(home.journal).events()] == [("begun", Beginning(REAL))]
    assert lists.digest(home.reference) == lists.digest(OWN_REFERENCE) and not home.person_key_file.exists()
    assert settings.place() == home.root
    assert run("status")[0] == 2 and run("build")[0] == 0 and run("status")[0] == 0
    assert not (tmp_path / "data").exists()
    code, out, _ = run("begin", "--home", str(home.root))
    assert code == 0 and "giữ nguyên" in out
    assert [event.kind for event in Journal(home.journal).events()] == ["begun", "person_key"]


def test_the_settings_file_keeps_what_else_it_says(run: Typed, tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text("# của phòng\nTHIDUA_LANG=vi\nTHIDUA_HOME=data  # cũ\nTHIDUA_HOME=other\n", encoding="utf-8")
    assert run("begin", "--home", str(tmp_path / "office"))[0] == 0
    home = (tmp_path / "office").as_posix()
    assert file.read_text(encoding="utf-8") == f'# của phòng\nTHIDUA_LANG=vi\nTHIDUA_HOME="{home}"\n'


def test_what_the_environment_names_goes_first_and_begin_says_so(
    run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "other"))
    code, _, aside = run("begin", "--home", str(tmp_path / "office"))
    assert code == 0 and str(tmp_path / "other") in aside and settings.place() == tmp_path / "other"


def test_a_folder_of_a_demo_or_with_other_files_is_no_place_for_real_work(
    run: Typed, tmp_path: Path, invented: list[Incoming]
) -> None:
    home = Home(tmp_path / "seen").ready()
    _sent(home, invented[0])
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "thu.docx").touch()
    for folder in (home.root, settings.DEMO_HOME, tmp_path / "letters", tmp_path / "letters" / "thu.docx"):
        assert run("begin", "--home", str(folder))[0] == 2
    assert not (tmp_path / "settings.env").exists() and not settings.DEMO_HOME.exists()
    assert {path.name for path in (tmp_path / "letters").iterdir()} == {"thu.docx"}
    assert [body.synthetic for body in Ledger().follow(Journal(home.journal).events()).receipts.values()] == [True]


def test_real_and_invented_reports_are_never_in_one_folder(tmp_path: Path, invented: list[Incoming]) -> None:
    real = [_book(tmp_path, "V01.xlsx"), _book(tmp_path, "V01 sua.xlsx", info={"prepared_by": "Người khác"})]
    shown, office = Home(tmp_path / "shown").ready(), Home(tmp_path / "office").ready()
    assert _sent(shown, *invented[:2], *real, invented[2])[2:4] == ["refused", "refused"]
    assert _sent(office, real[0], *invented[:2], real[1]) == ["accepted", "refused", "refused", "accepted"]
    for home, work, codes in ((shown, DEMO, ["file.not_of_a_demo"]), (office, REAL, ["file.of_a_demo"])):
        ledger = Ledger().follow(Journal(home.journal).events())
        assert (ledger.work, home.work) == (work, work)
        refused = [body for body in ledger.receipts.values() if body.status == "refused"]
        assert [[one["code"] for one in body.findings] for body in refused] == [codes, codes]
        assert {body.unit_code for body in refused} == {""} and not any(b.version for b in refused)
        counting = ledger.all_current()
        assert {body.synthetic for body in counting} == {work == DEMO}


def test_a_template_of_the_demo_can_be_handed_in_there_and_nowhere_else(
    run: Typed, tmp_path: Path, invented: list[Incoming], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark outlasts openpyxl; a template of another folder has none."""
    from openpyxl import load_workbook

    shown = Home(tmp_path / "shown").ready()
    _sent(shown, invented[0])
    made = {}
    for name, root in (("shown", shown.root), ("office", tmp_path / "office")):
        monkeypatch.setenv("THIDUA_HOME", str(root))
        out = tmp_path / "made" / name
        assert run("template", "--unit", "V02", "--year", "2024", "--out", str(out))[0] == 0
        load_workbook(out / "V02_2024.xlsx").save(out / "V02_2024.xlsx")
        made[name] = out / "V02_2024.xlsx"
    monkeypatch.setenv("THIDUA_HOME", str(shown.root))
    told = {name: json.loads(run("check", "--json", str(path))[1])["files"][0] for name, path in made.items()}
    assert told["shown"]["status"] != "refused" and told["office"]["status"] == "refused"
    assert "begin --home" in told["office"]["findings"][0]["fix_vi"]


def test_the_place_of_the_demo_takes_no_real_report_even_while_it_is_empty(run: Typed, tmp_path: Path) -> None:
    path = _book(tmp_path, "V01.xlsx").path
    code, out, _ = run("receive", "--no-build", "--json", str(path))
    assert code == 1 and json.loads(out)["files"][0]["findings"][0]["code"] == "file.not_of_a_demo"


def test_a_folder_of_real_work_from_before_is_gone_on_with(
    run: Typed, tmp_path: Path, invented: list[Incoming]
) -> None:
    """Where nothing is named: `data/`, if something real was received there; a demo seen there hides nothing."""
    assert settings.place() == settings.DEMO_HOME
    home = Home(settings.EARLIER_HOME).ready()
    _sent(home, invented[0])
    settings._has_real_work.cache_clear()
    assert settings.place() == settings.DEMO_HOME
    Journal(home.journal).append(receipt(9), TESTER)
    settings._has_real_work.cache_clear()
    assert settings.place() == home.root
    shutil.rmtree(home.root)
    home.root.mkdir()
    home.journal.write_bytes(b"no journal")
    settings._has_real_work.cache_clear()
    assert settings.place() == home.root  # what nobody can read is told, not hidden
    settings._has_real_work.cache_clear()


def test_the_demo_is_not_received_where_real_work_was_begun(run: Typed, tmp_path: Path) -> None:
    assert run("begin", "--home", str(tmp_path / "office"))[0] == 0
    code, out, _ = run("demo", "--if-empty", "--years", "2025")
    assert code == 0 and "phiên bản" in out
    assert run("demo", "--years", "2025")[0] == 2
    assert [event.kind for event in Journal(Home(tmp_path / "office").journal).events()] == ["begun", "person_key"]


def test_the_demo_never_confirms_the_lists_of_the_program(
    run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (OWN_REFERENCE / "rules.csv").read_bytes()
    monkeypatch.setenv("THIDUA_HOME", str(settings.PROJECT / "data"))
    monkeypatch.setattr(Home, "ready", lambda home: home)
    assert run("demo", "--years", "2025")[0] == 2
    assert (OWN_REFERENCE / "rules.csv").read_bytes() == before


def test_a_new_folder_takes_no_confirmation_of_a_demo_from_a_checkout_that_has_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(OWN_REFERENCE, tmp_path / "own")
    confirmations.confirm(own)
    office_own = (own / "rules.csv").read_text(encoding="utf-8").splitlines()
    assert sum("Bộ dữ liệu mẫu" in line for line in office_own) > 30
    monkeypatch.setattr(settings, "OWN_REFERENCE", own)
    home = Home(tmp_path / "home").ready()
    assert lists.digest(home.reference) == lists.digest(OWN_REFERENCE)


def test_a_name_that_is_mistyped_is_told_and_nothing_is_made(
    run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Home(tmp_path / "srv" / "dulieu").ready()
    for wrong, near in (("dulieeu", True), ("duliue", True), ("dlieu", True), ("khac", False), ("a/b/c", False)):
        monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "srv" / wrong))
        for verb in (("status",), ("current",), ("build",), ("links",), ("close", "2025")):
            code, _, aside = run(*verb)
            assert code == 2 and str(tmp_path / "srv" / wrong) in aside
            assert (str(tmp_path / "srv" / "dulieu") in aside) == near
        if near:
            assert run("receive", str(tmp_path))[0] == 2
    assert {path.name for path in (tmp_path / "srv").iterdir()} == {"dulieu"}


def test_a_folder_that_is_missing_or_empty_is_made_ready_by_what_brings_data_in(
    run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Home(tmp_path / "office2025").ready()
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "office2026"))  # numbered on purpose
    code, _, aside = run("template", "--unit", "V01", "--year", "2025", "--out", str(tmp_path / "out"))
    assert code == 0 and str(tmp_path / "office2026") in aside
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "empty"))
    assert run("links")[0] == 0 and (tmp_path / "empty" / "reference").is_dir()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "thu.docx").touch()
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "letters"))
    assert run("doctor")[0] == 2 and len(list((tmp_path / "letters").iterdir())) == 1


def test_lists_that_were_in_use_are_not_replaced_by_others(
    run: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "office").ready()
    assert _sent(home, _book(tmp_path, "V01.xlsx")) == ["accepted"]
    shutil.rmtree(home.reference)
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    code, _, aside = run("doctor")
    kept = next((home.submissions / "reference").iterdir())
    assert code == 2 and str(kept) in aside and not home.reference.exists()
    shutil.copytree(kept, home.reference)
    assert run("doctor")[0] == 0
    monkeypatch.setattr(settings, "OWN_REFERENCE", tmp_path / "nowhere")
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "later"))
    code, _, aside = run("doctor")
    assert code == 2 and "git checkout" in aside


def test_a_journal_says_once_what_it_is_for(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.work() == "" and not journal.holds(REAL)
    journal.append(receipt(1, status="returned"), TESTER, datetime.now(UTC))
    assert journal.work() == ""
    journal.append(from_json("begun", {"work": DEMO}), TESTER)
    journal.append(receipt(2), TESTER)
    assert journal.work() == DEMO and journal.holds(REAL)
