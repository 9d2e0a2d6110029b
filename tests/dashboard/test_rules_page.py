"""The page on the rules: which are in force on a day, how far they are met, and each case with its cell, in modest
words.
"""

from datetime import date

import pytest

from dashboard.rules import frames as rule_frames
from dashboard.rules import wording as rule_words
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, year
from tests.support.pages.opened_pages import opened, words


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    desk = HandedIn(tmp_path_factory.mktemp("page"))
    awards = [award("1", "A", "LDTT", 2024), award("2", "B", "LDTT", 2024), award("3", "C", "LDTT", 2024)]
    staff = [person("A"), person("B", rating="HTNV"), person("C", rating="CXL")]
    desk.unit("V01", "2024", year(*staff, awards=awards))
    build(desk.home)
    return desk.home


def test_the_list_is_that_of_the_day_with_what_it_came_to(version: Version) -> None:
    told = rule_frames.in_force(version, ALL, date(2024, 12, 31), "", "2024", "vi").set_index("rule_id")
    assert told.loc["LDTT_XEP_LOAI", ["met", "breach", "unknown"]].tolist() == [1, 1, 1]
    assert told.loc["LDTT_XEP_LOAI", "span"] == "từ 01/01/2024" and not told.loc["LDTT_XEP_LOAI", "is_fact"]
    assert told.loc["LDTT_XEP_LOAI", "sealed"] == catalogue("vi")["rules.unconfirmed"]
    earlier = rule_frames.in_force(version, ALL, date(2023, 12, 31), "statutory", "2024", "vi").set_index("rule_id")
    assert set(earlier["status"]) == {"statutory"} and "BKB_DIEU_KIEN" not in earlier.index
    assert earlier.loc["LDTT_XEP_LOAI", "span"].endswith("31/12/2023") and earlier["breach"].isna().all()


def test_a_case_says_what_is_short_and_where_it_stands(version: Version) -> None:
    told = rule_frames.cases(version, ALL, "2024", "LDTT_XEP_LOAI", "vi")
    assert told[["subject", "verdict", "told", "place"]].to_numpy().tolist() == [
        ["Nguyễn Văn B", "✕ Chưa đủ điều kiện", "thực tế 0, yêu cầu 1", "Khen thưởng!F6"],
        ["Nguyễn Văn C", "? Chưa đủ căn cứ", "thực tế 0, yêu cầu 1", "Khen thưởng!F7"],
    ]


def test_the_page_opens_with_the_rules_of_the_periods_last_day(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "rules", period="2024")
    assert not page.exception
    assert page.date_input[0].value == date(2024, 12, 31)
    assert "LĐTT: xếp loại HTTNV trở lên trong năm" in page.dataframe[0].value["name"].tolist()
    assert "để tham khảo" in words(page) and "vi phạm" not in words(page)


def test_a_rule_in_full_says_where_it_comes_from_and_who_confirmed_it(version: Version) -> None:
    told = rule_frames.in_force(version, ALL, date(2024, 12, 31), "", "2024", "vi").set_index("rule_id")
    about = dict(rule_words.about(told.loc["LDTT_XEP_LOAI"], "vi"))
    assert about["Căn cứ"].startswith("Luật Thi đua") and about["Xác nhận"] == catalogue("vi")["rules.unconfirmed"]
    benchmark = dict(rule_words.about(told.loc["CSTDCS_LDTT"], "vi"))
    assert (
        benchmark["Căn cứ"] == catalogue("vi")["rules.basis.none"] and benchmark["Tình trạng"] == "Mức tham khảo nội bộ"
    )
