"""Settings: the file beside the project is read, the environment goes first, what cannot be is told before anything
begins.
"""

import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines import places, platform, settings, settings_file
from pipelines.problems import AddressWrong, LanguageUnknown, PortTaken, PortWrong, SettingsUnreadable, SettingUnknown
from pipelines.settings import NAMES, PROJECT
from tests import ROOT

EXAMPLE = PROJECT / ".env.example"


def _read(tmp_path: Path, text: str | bytes) -> dict[str, str]:
    file = tmp_path / ".env"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings_file.read(file, NAMES)


def test_the_example_lists_every_setting_once_with_its_default_and_may_be_copied_as_it_is(tmp_path: Path) -> None:
    assert settings_file.read(EXAMPLE, NAMES) == NAMES
    names = [line.partition("=")[0] for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert names == list(NAMES)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("THIDUA_HOME=/srv/thi dua", "/srv/thi dua"),
        ("THIDUA_HOME = /srv/x   # ghi chú", "/srv/x"),
        ('export THIDUA_HOME="/srv/a # b"  # c', "/srv/a # b"),
        ("THIDUA_HOME='D:\\thi đua'", "D:\\thi đua"),
        ("THIDUA_HOME=/srv/a#b", "/srv/a#b"),
        ("THIDUA_HOME=", ""),
        ("THIDUA_HOME=  # trống", ""),
    ],
)
def test_a_line_is_read_as_people_write_it_whatever_program_saved_it(tmp_path: Path, line: str, value: str) -> None:
    text = f"# cài đặt\r\n\r\n{line}\r\nKHAC=1\r\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert _read(tmp_path, data)["THIDUA_HOME"] == value


@pytest.mark.parametrize("text", ["THIDUA_LANG=vi\nxin chào\n", 'THIDUA_LANG=vi\nTHIDUA_HOME="a\n'])
def test_a_line_that_is_no_setting_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsUnreadable) as problem:
        _read(tmp_path, text)
    assert problem.value.facts["line"] == "2"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnreadable) as problem:
        _read(tmp_path, b"# a\nTHIDUA_HOME=/srv/\xdd\xc0\n")
    assert problem.value.facts["line"] == "2"


@pytest.mark.parametrize(
    ("name", "near"), [("THIDUA_HOEM", "THIDUA_HOME"), ("STREAMLIT_SERVER_PROT", "STREAMLIT_SERVER_PORT")]
)
def test_a_setting_there_is_not_is_told_with_the_one_that_was_meant(tmp_path: Path, name: str, near: str) -> None:
    with pytest.raises(SettingUnknown) as problem:
        _read(tmp_path, f"{name}=1\n")
    assert problem.value.facts["known"] == near


def _asked(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """From another folder than the project's, with an environment that says no more than this."""
    own = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), "THIDUA_SETTINGS": str(tmp_path / ".env")}
    words = [sys.executable, "-m", *command]
    return subprocess.run(words, cwd=tmp_path, env=own | environment, capture_output=True, text=True)


def test_the_file_is_read_the_environment_goes_first_and_paths_are_of_the_project(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("THIDUA_LANG=en\nTHIDUA_HOME=data/no-such-folder\n", encoding="utf-8")
    done = _asked(tmp_path, "pipelines", "links")
    assert done.returncode == 2 and f"There is no data folder {PROJECT / 'data' / 'no-such-folder'}" in done.stderr
    done = _asked(tmp_path, "pipelines", "links", THIDUA_LANG="vi", THIDUA_HOME=str(tmp_path / "here"))
    assert done.returncode == 2 and f"Không có thư mục dữ liệu {tmp_path / 'here'}" in done.stderr


def test_what_cannot_be_is_told_in_one_sentence_before_the_work(tmp_path: Path) -> None:
    home = {"THIDUA_HOME": str(tmp_path / "home")}
    for room, wrong, said in (
        ("pipelines", {"THIDUA_LANG": "fr"}, "Không có ngôn ngữ “fr”"),
        ("dashboard", {"STREAMLIT_SERVER_PORT": "cổng"}, "“cổng” không phải số cổng"),
        ("dashboard", {"STREAMLIT_SERVER_ADDRESS": "192.0.2.1"}, "Máy này không có địa chỉ “192.0.2.1”"),
    ):
        done = _asked(tmp_path, room, *(["doctor"] if room == "pipelines" else []), **home | wrong)
        assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    (tmp_path / ".env").write_text("THIDUA_LANGUAGE=en\n", encoding="utf-8")
    done = _asked(tmp_path, "dashboard", **home)
    assert done.returncode == 2 and "Có phải THIDUA_LANG?" in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_port_in_use_a_wrong_one_and_an_unknown_language_are_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("STREAMLIT_SERVER_PORT", str(other.getsockname()[1]))
        with pytest.raises(PortTaken):
            settings.server()
    for value in ("0", "65536", "-1", "8501.0", "٣"):
        monkeypatch.setenv("STREAMLIT_SERVER_PORT", value)
        with pytest.raises(PortWrong):
            settings.server()
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "")
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "không.có")
    with pytest.raises(AddressWrong):
        settings.server()
    monkeypatch.setenv("THIDUA_LANG", "EN")
    settings.check()
    assert settings.language() == "en"
    monkeypatch.setenv("THIDUA_LANG", "pháp")
    with pytest.raises(LanguageUnknown):
        settings.check()
    assert settings.language() == "vi"


def test_where_a_users_data_lie_is_said_by_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    assert platform.user_data({"XDG_DATA_HOME": "/srv/data"}) == Path("/srv/data")
    assert platform.user_data({"XDG_DATA_HOME": "data"}) == platform.user_data({}) == tmp_path / ".local" / "share"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert platform.user_data({}) == tmp_path / "Library" / "Application Support"


def test_in_a_checkout_all_lies_in_the_checkout() -> None:
    assert (places.project({"XDG_DATA_HOME": "/srv/data"}), places.REFERENCE) == (ROOT, ROOT / "data" / "reference")
    assert settings.DEMO_HOME == ROOT / "data" / "demo"


def test_where_no_process_can_become_another_it_waits_and_ends_as_that_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows, as far as another system can play it."""
    monkeypatch.setattr(platform, "os", SimpleNamespace(name="nt"))
    seen = "import pathlib, sys; sys.exit(7 if pathlib.Path('here').exists() else 8)"
    (tmp_path / "here").touch()
    with pytest.raises(SystemExit) as ended:
        platform.become([sys.executable, "-c", seen], tmp_path)
    assert ended.value.code == 7
