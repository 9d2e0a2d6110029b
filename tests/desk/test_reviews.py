"""Reviews and explanations: kept in the journal, read at once, never touching a figure."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import reviews
from pipelines.problems import ReasonMissing, Unknown
from pipelines.records.journal import Journal
from pipelines.records.ledger import bears
from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.counted.versions import differences
from tests.support.homes.handed_in import HandedIn, award, person


@pytest.fixture
def home(tmp_path: Path) -> Home:
    desk = HandedIn(tmp_path)
    desk.unit("V01", "2025", {"staff": [person("A"), person("B")], "awards": [award("1", "A")]})
    return desk.home


def test_notes_stand_at_once_in_order_and_survive_a_rebuild(home: Home) -> None:
    reviews.review(home, TESTER, "V01", "2025", "follow", "Cần thêm số liệu", "Hội đồng")
    reviews.explain(home, TESTER, "V01", "2025", "Năm kỷ niệm thành lập", date(2026, 3, 2))
    build(home, full=True)
    told = reviews.notes(home, sees_all(), "2025", "V01")
    assert [(one.kind, one.outcome, one.text) for one in told] == [
        ("review", "follow", "Cần thêm số liệu"),
        ("explanation", "", "Năm kỷ niệm thành lập"),
    ]
    assert told[1].on == date(2026, 3, 2)
    assert reviews.notes(home, sees_all(), "2024") == [] == reviews.notes(home, sees_all(), "2025", "V02")


def test_a_note_changes_no_figure_and_asks_for_no_new_version(home: Home) -> None:
    reviews.explain(home, TESTER, "V01", "2025", "Lý do", date(2026, 3, 2))
    before = build(home)
    event = reviews.review(home, TESTER, "V01", "2025", "explained", "Đã rõ", "Hội đồng")
    assert not bears(event) and publish(home, interval=0) == before
    assert differences(before, build(home)) == [] == differences(before, build(home, full=True))


def test_only_who_may_see_a_unit_reads_its_notes(home: Home) -> None:
    reviews.explain(home, TESTER, "V01", "2025", "Lý do", date(2026, 3, 2))
    assert reviews.notes(home, Viewer("unit", ("V02",)), "2025") == []
    assert len(reviews.notes(home, Viewer("unit", ("V01",)), "2025")) == 1


def test_who_may_not_see_people_reads_that_a_note_is_there_and_not_its_text(home: Home) -> None:
    reviews.review(home, TESTER, "V01", "2025", "explained", "Anh A đã giải trình", "Hội đồng")
    [note] = reviews.notes(home, Viewer("x", None, may_see_people=False), "2025")
    assert (note.outcome, note.by, note.text) == ("explained", "Hội đồng", "")


def test_a_note_needs_a_text_a_name_a_unit_and_a_known_outcome(home: Home) -> None:
    with pytest.raises(ReasonMissing):
        reviews.review(home, TESTER, "V01", "2025", "follow", " ", "Hội đồng")
    with pytest.raises(ReasonMissing):
        reviews.review(home, TESTER, "V01", "2025", "follow", "Nội dung", "")
    with pytest.raises(Unknown):
        reviews.explain(home, TESTER, "V99", "2025", "Lý do", date(2026, 3, 2))
    with pytest.raises(Unknown):
        reviews.review(home, TESTER, "V01", "2025", "guilty", "Nội dung", "Hội đồng")
    assert [event.kind for event in Journal(home.journal).events()].count("review") == 0
