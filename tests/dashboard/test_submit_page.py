"""The page *Nộp báo cáo*: a wrong file comes back with its problems, a right one counts once it is confirmed, and only
once.
"""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.serving import running
from dashboard.streamlit_inside.trying import html
from pipelines.access import sees_all
from pipelines.contract.workbooks import CLUSTER_REPORT
from pipelines.records.bodies import from_json
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.texts import catalogue
from tests import ROOT
from tests.support import TESTER
from tests.support.workbooks import hostile
from tests.support.workbooks.filled_books import UNIT_ROWS, book
from tests.support.workbooks.other_formats import as_ods

RIGHT, WRONG = book(), book(cells={("Khen thưởng", "Q4"): "31/2/2025", ("Cán bộ", "H5"): "Tốt lắm"})
Opened = Callable[..., AppTest]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    yield Home(tmp_path).ready()
    running.shut_down()


@pytest.fixture
def opened(home: Home) -> Opened:
    def run(lang: str = "vi") -> AppTest:
        page = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=60)
        page.run().switch_page("submit/page.py")
        page.session_state["lang"] = lang
        return page.run()

    return run


def send(page: AppTest, data: bytes, name: str = "bao_cao.xlsx") -> AppTest:
    page.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
    assert not page.exception and not [e for e in page.error if "sự cố" in str(e.value)]
    return page


def confirm(page: AppTest) -> AppTest:
    page.checkbox[0].check().run()
    page.button(key="submit.send").click().run()
    assert not page.exception
    return page


def receipts(home: Home) -> list[dict]:
    return [event.body for event in Journal(home.journal).events() if event.kind == "receipt"]


def listed(page: AppTest) -> str:
    """Everything shown as HTML."""
    return "\n".join(html(page))


def told(page: AppTest) -> str:
    """Everything said in boxes and captions."""
    boxes = [*page.info, *page.success, *page.warning, *page.error]
    return "\n".join(f"{getattr(box, 'title', '')} {box.value}" for box in [*boxes, *page.caption, *page.markdown])


def unescaped(page: AppTest) -> str:
    """The same as a reader sees it."""
    return told(page).replace("\\", "")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_workbook_is_entered_as_returned_once_and_comes_back_marked(
    lang: str, home: Home, opened: Opened
) -> None:
    page = send(opened(lang), WRONG)
    for _ in range(3):
        page.run()
    [receipt] = receipts(home)
    assert (receipt.status, receipt.errors, receipt.file_name) == ("returned", 2, "bao_cao.xlsx")
    assert (home.returned / "000001 bao_cao - đã đánh dấu.xlsx").exists()
    assert ">Q4<" in listed(page) and ">31/2/2025<" in listed(page)
    assert catalogue(lang)["submit.copy.marked"] in {button.label for button in page.get("download_button")}
    assert not page.checkbox  # nothing to confirm
    assert receipt.sha256 in listed(page)


def test_of_a_wrong_ods_the_list_alone_comes_back_and_the_page_says_so(home: Home, opened: Opened) -> None:
    page = send(opened(), as_ods(WRONG), "bao_cao.ods")
    assert [body.status for body in receipts(home)] == ["returned"]
    assert catalogue("vi")["submit.copy.report.what"] in told(page)
    assert catalogue("vi")["submit.copy.report"] in {button.label for button in page.get("download_button")}
    assert catalogue("vi")["submit.result.returned.report"] in told(page)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_right_workbook_counts_only_once_confirmed_and_is_entered_exactly_once(
    lang: str, home: Home, opened: Opened
) -> None:
    page = send(opened(lang), RIGHT)
    page.run()
    assert receipts(home) == []
    assert catalogue(lang)["submit.result.accepted.what"] in told(page), (
        "nobody may take a checked file for one handed in"
    )
    assert page.button(key="submit.send").disabled
    confirm(page)
    for _ in range(3):
        page.run()
    [receipt] = receipts(home)
    assert receipt.status.startswith("accepted") and receipt.version == 1
    assert receipt.sha256 in listed(page) and "Vụ 1 (mẫu) (V01)" in listed(page)
    assert not page.checkbox and page.session_state["period"] == "2025"


def test_what_cannot_be_accepted_gets_a_clear_sentence_and_a_remedy(home: Home, opened: Opened) -> None:
    Journal(home.journal).append(
        from_json("period_closed", {"period": "2025", "version": "20260101T000000Z-000001"}), TESTER
    )
    page = opened()
    texts = catalogue("vi")
    for data, code in (
        (b"%PDF-1.7 ...", "file.pdf"),
        (book(without=("Thông tin", "Cán bộ", "Tập thể", "Khen thưởng", "Chỉ tiêu"), more=("A",)), "workbook.not_ours"),
        (book(info={"unit_code": "V99"}), "info.unit_unknown"),
        (RIGHT, "period.closed"),
    ):
        send(page, data)
        assert texts[f"finding.{code}.fix"].split("{")[0][:20] in unescaped(page), code
    assert [body.status for body in receipts(home)] == ["refused", "returned", "returned", "returned"]


def test_the_same_file_again_and_another_units_file_are_said_before_anything_is_entered(
    home: Home, opened: Opened
) -> None:
    page = confirm(send(opened(), RIGHT))
    page.button(key="submit.again").click().run()
    send(page, RIGHT)
    assert "biên nhận số 1" in unescaped(page) and len(receipts(home)) == 1 and not page.checkbox
    page.selectbox(key="template_period").set_value("2025").run()
    page.selectbox(key="template_reporter").set_value("V02").run()
    send(page, book(info={"unit_name": ""}))
    assert catalogue("vi")["submit.other.reporter"].split("{")[0] in unescaped(page)
    assert len(receipts(home)) == 1
    send(page, book(info={"unit_code": "V99"}))
    assert catalogue("vi")["submit.other.reporter"].split("{")[0] not in unescaped(page), "a unit that does not exist"


def test_a_correction_says_row_by_row_what_it_changes(home: Home, opened: Opened) -> None:
    page = confirm(send(opened(), RIGHT))
    page.button(key="submit.again").click().run()
    gone, kept, changed = UNIT_ROWS["staff"]
    rows = {"staff": [kept, changed | {"rating": "HTXSNV"}, gone | {"person_code": "CB009"}]}
    send(page, book(rows=rows | {"initiatives": [], "awards": []}))
    assert "thêm 1 dòng" in unescaped(page) and ">CB009<" in listed(page) and ">HTXSNV<" in listed(page)
    confirm(page)
    assert [body.version for body in receipts(home)] == [1, 2]


def test_an_earlier_version_sent_again_is_told_before_it_is_confirmed_and_on_the_receipt(
    home: Home, opened: Opened
) -> None:
    page, desk = opened(), running.desk()
    for data in (RIGHT, book(info={"prepared_by": "Người khác"})):
        desk.accept(desk.check(data, "a.xlsx", sees_all()), TESTER)
    send(page, RIGHT)
    assert "lần nộp thứ 2 (biên nhận số 2) sẽ không còn được dùng" in unescaped(page)
    assert "Lần nộp thứ 2 (biên nhận số 2) không còn được dùng" in listed(confirm(page))


def test_a_version_that_came_in_meanwhile_is_shown_before_it_is_replaced(home: Home, opened: Opened) -> None:
    page = send(opened(), RIGHT)
    running.desk().accept(
        running.desk().check(book(info={"prepared_by": "Người khác"}), "khac.xlsx", sees_all()), TESTER
    )
    confirm(page)
    assert len(receipts(home)) == 1
    assert "vừa được nộp" in unescaped(page) and ">Người khác<" in listed(page)
    confirm(page)
    assert [body.version for body in receipts(home)] == [1, 2]


def test_a_cluster_hands_in_and_the_figures_follow(home: Home, opened: Opened) -> None:
    page = confirm(send(opened(), book(CLUSTER_REPORT)))
    assert "Cụm thi đua số 1" in unescaped(page)
    for _ in range(60):
        if "Số liệu đã có báo cáo này" in unescaped(page):
            break
        sleep(0.5)
        page.run()
    assert "Số liệu đã có báo cáo này" in unescaped(page)


def test_names_and_values_of_a_file_are_shown_letter_by_letter(home: Home, opened: Opened) -> None:
    page = send(opened(), book(cells={("Cán bộ", "H5"): "<b>:red[x]</b>"}), "*a* [b](c).xlsx")
    assert "&lt;b&gt;:red[x]&lt;/b&gt;" in listed(page) and r"\*a\* \[b\](c).xlsx" in told(page)


@pytest.mark.slow
def test_every_hostile_file_is_answered_calmly_and_entered_as_refused(home: Home, opened: Opened) -> None:
    page = opened()
    for number, (name, (make, code)) in enumerate(hostile.REFUSED.items(), start=1):
        said = unescaped(send(page, make(), name))
        assert catalogue("vi")[f"finding.{code}"].split("{")[0] in said, name
        assert f"biên nhận số {number};" in said and not page.checkbox
    assert {body.status for body in receipts(home)} == {"refused"}


def test_a_clock_that_was_set_back_is_told_before_anything_is_sent(home: Home, opened: Opened) -> None:
    assert not opened().warning
    Journal(home.journal).append(
        from_json("pin", {"name": "a", "version": "v"}), TESTER, datetime.now(UTC) + timedelta(days=2)
    )
    assert "Đồng hồ" in str(opened().warning[0].value)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("vi", ["Biểu mẫu báo cáo - Vụ 1 (mẫu) - Năm 2025.xlsx", "bao_cao - đã đánh dấu.xlsx", "Biên nhận số 1.html",
                "Những thay đổi của báo cáo, Vụ 1 (mẫu) - Năm 2025.xlsx"]),
        ("en", ["Report form - Vụ 1 (mẫu) - Year 2025.xlsx", "bao_cao - marked.xlsx", "Receipt no. 1.html",
                "Changes of a report, Vụ 1 (mẫu) - Year 2025.xlsx"]),
    ],
)  # fmt: skip
def test_what_the_page_hands_out_has_names_in_the_readers_language(
    lang: str, names: list[str], home: Home, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, object] = {}
    draw = st.download_button

    def button(label: str, data: object, file_name: str, **more: object) -> object:
        offered[file_name] = data
        return draw(label, data, file_name=file_name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", button)
    page = opened(lang)
    page.session_state["template_period"], page.session_state["template_reporter"] = "2025", "V01"
    send(page, WRONG)
    send(page, RIGHT)
    assert set(names) <= set(offered), list(offered)
    changes = offered[names[-1]]
    assert callable(changes)
    sheet = openpyxl.load_workbook(io.BytesIO(changes())).active
    assert sheet is not None and sheet["A1"].value == catalogue(lang)["imprint.agency"]
