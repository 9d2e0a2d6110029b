"""The page on the data: a figure followed from its cell to its point, tables to take away, versions and what built
them.
"""

import io
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.data import frames as data_frames
from dashboard.data import wording as data_words
from dashboard.shell import listing
from pipelines.access import sees_all
from pipelines.problems import Unknown
from pipelines.records.bodies import from_json
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.building import kept
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.metrics import metric_hash, metrics
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.homes.reported import small_year
from tests.support.pages.opened_pages import opened, words

ALL = sees_all()
NAMES = "Nguyễn Văn"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_year(tmp_path_factory.mktemp("small"))


def test_every_metric_has_its_words_and_its_statement(version: Version) -> None:
    names = queries.metrics(version, ALL)["metric"].tolist()
    assert names == sorted(metrics())
    for lang in ("vi", "en"):
        told = data_words.definitions(names, lang)
        assert told["means"].str.len().min() > 20 and told["name"].is_unique
    assert queries.statements(version, ALL) == metric_hash()


def test_a_figure_is_followed_from_its_cell_to_the_total(version: Version) -> None:
    found = data_frames.example(version, ALL, "award_rate", "2025")
    assert found is not None
    rows = queries.evidence(
        version, ALL, Question("award_rate", "2025", breakdown=found.whole["breakdown"], unit="ALL")
    )
    assert found.row["cell"] == rows.iloc[0]["cell"] and found.row["unit_code"] == found.unit["unit_code"]
    assert found.whole["numerator"] == rows.loc[rows["part"] == "num", "amount"].sum()
    volume = queries.volume(version, ALL, "award_rate", "2025")
    assert volume["workbooks"] == 4  # V01, V02, V03 and C01; V04 was returned
    steps = data_words.way(queries.cells(version, ALL, "award_rate"), volume, found, "vi")
    assert [heading[:2] for heading, _, _ in steps] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert steps[0][2] == f"V01_2025.xlsx › Khen thưởng › {found.row['cell']}: CSTDCS"
    assert "Khen thưởng › Danh hiệu, hình thức" in steps[0][1][0] and "25,0% (3/12)" in steps[3][2]
    assert "<script>" not in listing.flow([("<script>", ["<b>"], "&")])


def test_a_period_without_a_figure_has_no_example(version: Version) -> None:
    assert data_frames.example(version, ALL, "exemplar_count", "2024") is None
    steps = data_words.way(queries.cells(version, ALL, "exemplar_count"), queries.volume(version, ALL, "exemplar_count", "2024"), None, "en")  # fmt: skip
    assert {example for _, _, example in steps} == {""}


def test_rows_are_taken_without_names_unless_wanted_and_allowed(version: Version) -> None:
    for names, viewer in ((False, ALL), (True, replace(ALL, may_see_people=False))):
        told = data_frames.taken(version, viewer, "table.staff", None, names)
        assert "full_name" not in told and not told.astype(str).apply(lambda c: c.str.contains(NAMES)).any().any()
    told = data_frames.taken(version, ALL, "table.staff", "2025", True)
    assert told["full_name"].str.startswith(NAMES).all() and set(told["period"]) == {"2025"}
    assert len(told) == 12 + 2 + 1  # V01, V02, V03: rows that count, not V04's


def test_whose_row_an_award_is_stands_beside_its_key_when_names_are_wanted(version: Version) -> None:
    told = data_frames.taken(version, ALL, "table.awards", "2025", True)
    people = told["person_key"].notna()
    assert people.any() and told.loc[people, "full_name"].str.startswith(NAMES).all()
    assert data_frames.headings(told, "table.awards", "vi")["full_name"].label == "Họ và tên"
    assert "full_name" not in data_frames.taken(version, ALL, "table.awards", "2025", False)


def test_all_metrics_are_told_without_marks_for_other_places() -> None:
    for lang in ("vi", "en"):
        assert not data_words.definitions(sorted(metrics()), lang)["means"].str.contains("*", regex=False).any()


def test_a_viewer_of_some_units_takes_only_their_rows(version: Version) -> None:
    one = Viewer("unit", ("V02",), True)
    assert set(queries.table_rows(version, one, "staff")["unit_code"]) == {"V02"}
    values = queries.metric_rows(version, one, "award_rate")
    assert set(values.loc[values["unit_kind"] == "unit", "unit_code"]) == {"V02"}


def test_a_finding_stands_in_the_facts_with_its_workbook_and_row(version: Version) -> None:
    told = frame(
        version, ALL, "SELECT unit_code, cluster_code, period, sheet, cell, excel_row FROM findings ORDER BY ALL"
    )
    assert told.values.tolist() == [
        ["V02", "", "2025", "Cán bộ", "C7", 7],
        ["V04", "", "2025", "Cán bộ", "C7", 7],
        ["V04", "", "2025", "Khen thưởng", "F17", 17],
    ]


def test_a_table_nobody_knows_is_said_to_be_unknown(version: Version) -> None:
    for name in ("builds", "people.staff", "staff f; DROP TABLE staff"):
        with pytest.raises(Unknown):
            queries.table_rows(version, ALL, name)


def test_parquet_and_excel_hold_the_same_rows(version: Version) -> None:
    told = data_frames.taken(version, ALL, "values.award_rate", "2025", False)
    back = pd.read_parquet(io.BytesIO(data_frames.parquet(told, ["Vụ Tổ chức - Cán bộ"])))
    pd.testing.assert_frame_equal(back, told)
    shape = data_frames.headings(told, "values.award_rate", "vi")
    assert (shape["numerator"].kind, shape["value"].kind, shape["unit_name"].kind) == ("count", "exact", "text")
    awards = data_frames.taken(version, ALL, "table.awards", "2025", False)
    shape = data_frames.headings(awards, "table.awards", "vi")
    assert (shape["award"].label, shape["achievement_year"].kind) == ("Danh hiệu, hình thức", "year")


def test_versions_say_what_made_them_and_what_keeps_them(home: Home, version: Version) -> None:
    later = build(home)
    Journal(home.journal).append(from_json("pin", {"name": "họp hội đồng", "version": version.name}), TESTER)
    told = kept.kept(home).set_index("version")
    assert list(told.index) == [later.name, version.name]
    assert told["is_current"].tolist() == [True, False]
    assert told.loc[version.name, "pins"] == "họp hội đồng" and told.loc[later.name, "pins"] == ""
    assert told["journal_seq"].tolist() == [Ledger().follow(Journal(home.journal).events()).seq - 1] * 2
    (home.warehouse / "20200101T000000Z-000001").mkdir()  # a build that has just begun
    assert list(kept.kept(home)["version"]) == [later.name, version.name]
    words = data_words.versions(kept.kept(home), "vi")
    assert words["state"].tolist() == ["đang dùng", "ghim: họp hội đồng"] and words["metric_hash"].str.len().eq(8).all()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_part_of_the_page_opens(lang: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "data", lang=lang, metric="rating_share")
    assert not page.exception and catalogue(lang)["dictionary.metric.rating_share.means"] in words(page)
    assert any("SELECT" in part.value for part in page.code)
    for part, key in (("take", "data.take.pseudonyms"), ("versions", "data.versions.reading")):
        page.session_state["part"] = part
        page.run()
        assert not page.exception and catalogue(lang)[key] in words(page)


def test_names_are_shown_only_when_asked_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "data", part="take", what="table.staff")
    assert "full_name" not in page.dataframe[0].value and catalogue("vi")["data.take.pseudonyms"] in words(page)
    page.toggle(key="data.names").set_value(True).run()
    assert page.dataframe[0].value["full_name"].str.startswith(NAMES).any()
    assert catalogue("vi")["data.take.names"] in words(page)


def test_a_table_without_rows_says_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "data", part="take", what="table.pledges")
    assert not page.exception and catalogue("vi")["data.take.empty"] in words(page)
