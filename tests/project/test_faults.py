"""The mistakes that are put in by hand (`python -m tests.faults`) still fit the code, and name tests that are there."""

from pathlib import Path

import pytest

from tests import ROOT
from tests.faults import Fault
from tests.faults.document import PATH, write
from tests.faults.every import FAULTS, place

PARTS = {"figures", "rules", "analysis", "signals", "reading", "desk", "warehouse", "pages"}


def test_every_fault_has_its_place_in_the_code_once() -> None:
    for fault in FAULTS:
        assert place(ROOT, fault) >= 0


def test_a_fault_whose_text_is_gone_is_named() -> None:
    with pytest.raises(SystemExit, match=r"0 times: README\.md: no such words"):
        place(ROOT, Fault("desk", "README.md", "no such words at all", "", ()))


def test_faults_are_many_in_every_part_and_each_is_told_once() -> None:
    assert len(FAULTS) >= 150 and {fault.part for fault in FAULTS} == PARTS
    assert min(sum(fault.part == part for fault in FAULTS) for part in PARTS) >= 5
    assert len({(fault.file, fault.text, fault.instead) for fault in FAULTS}) == len(FAULTS)


def test_the_tests_that_must_notice_a_fault_are_there() -> None:
    for path, _, test in {test.partition("::") for fault in FAULTS for test in fault.tests}:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {test.partition('[')[0]}" in text, (path, test)


def test_the_page_counts_what_was_missed_and_names_it(tmp_path: Path) -> None:
    faults = [
        Fault("rules", "a.sql", "x >= 1", "x > 1", ()),
        Fault("rules", "a.sql", "AND y", "", ()),
        Fault("desk", "b.py", "a", "b", (), "both are read nowhere"),
    ]
    text = write(tmp_path / "faults.md", faults, faults[:1], "abc1234").read_text(encoding="utf-8")
    assert "2 small mistakes" in text and "abc1234" in text and "| rules | 2 | 1 | 1 |" in text
    assert "- `a.sql`: `` x >= 1 `` → `` x > 1 ``" in text and "AND y" not in text
    assert "- `b.py`: `` a `` → `` b ``: both are read nowhere" in text


def test_the_page_in_docs_names_only_faults_there_are() -> None:
    told = PATH.read_text(encoding="utf-8")
    files = {fault.file for fault in FAULTS}
    assert {line.split("`")[1] for line in told.splitlines() if line.startswith("- `")} <= files
