"""Who is known by which code: asked without walking through everyone, and kept up with each list that comes or goes."""

from pathlib import Path

import pytest

from pipelines.records.ledger import Ledger
from pipelines.submissions.checks.known import same_name
from pipelines.submissions.rows import parsed_of
from pipelines.submissions.values.directory import Directory, Listed
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, person


def test_the_newest_other_list_names_a_person_and_a_list_that_goes_is_forgotten() -> None:
    people = Directory()
    people.put(("V01", "2023"), 1, [("A", "Lê An"), ("B", "Vũ Bảo")])
    people.put(("V02", "2024"), 2, [("A", "Lê Thị An")])
    assert people.beside(("V03", "2025")) == {"A": "Lê Thị An", "B": "Vũ Bảo"}
    assert people.beside(("V02", "2024")) == {"A": "Lê An", "B": "Vũ Bảo"}
    assert people.beside(("V01", "2024"), own=True) == {"A": "Lê An", "B": "Vũ Bảo"}
    assert people.beside(("V01", "2023"), own=True) == {}
    people.put(("V01", "2023"), 3, [("C", "Lê An")])
    assert people.beside(("V03", "2025")) == {"A": "Lê Thị An", "C": "Lê An"}
    people.drop(("V02", "2024"))
    assert people.beside(("V03", "2025")) == {"C": "Lê An"}


def test_those_who_share_a_name_are_found_as_the_newest_list_names_them() -> None:
    people = Directory()
    people.put(("V01", "2023"), 1, [("A", "Lê Hoà")])
    view = people.beside(("V09", "2025"))
    assert view.alike(same_name, "le hoa") == [] and view.alike(same_name, same_name("", "LÊ Hòa")) == ["A"]
    people.put(("V01", "2024"), 2, [("A", "Lê Hoà Bình"), ("B", "Lê Hoà")])
    assert view.alike(same_name, same_name("", "Lê Hoà")) == ["B"]
    assert people.beside(("V01", "2024")).alike(same_name, same_name("", "Lê Hoà")) == ["A"]
    assert Listed({"Z": "Lê Hoà", "Y": "Lê Hòa"}).alike(same_name, same_name("", "Lê Hoà")) == ["Y", "Z"]


@pytest.mark.parametrize("built", [False, True])
def test_each_list_is_looked_through_once_however_many_workbooks_follow(
    built: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, times, put = HandedIn(tmp_path), list[str](), Directory.put

    def counted(self: Directory, place: tuple[str, str], *more: object) -> None:
        times.append(place[0])
        put(self, place, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Directory, "put", counted)
    units = [unit.unit_code for unit in desk.reference.units if unit.code_scope == "BNC" and unit.valid_to is None]
    units = list(dict.fromkeys(units))[:9]
    for number, unit in enumerate(units):
        if built and number == 4:
            build(desk.home)
        desk.unit(unit, "2025", {"staff": [person(f"A{number}"), person(None, full_name=f"Lê {number}")]})
    assert len(times) <= len(units) + (4 if built else 0)
    ledger = Ledger().follow(desk.journal.events())
    last = parsed_of(desk.archive, ledger.receipts[1].sha256, ledger.receipts[1].reference_digest)
    assert {f"A{n}" for n in range(1, len(units))} <= set(desk.memory.known(last, desk.reference, ledger).people)
