"""`template` for a code that gets none: what the unit is, and who reports instead."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.contract.reference import period_of
from pipelines.desk import templates
from pipelines.texts import say_problem
from tests.conftest import Typed
from tests.support.workbooks.filled_books import REFERENCE

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Run:
    """`template` into an empty folder: exit code, and what is said beside the result."""
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "home"))

    def call(*arguments: str) -> tuple[int, str]:
        code, _, said = typed("template", "--out", tmp_path / "out", *arguments)
        return code, " ".join(said.split())

    return call


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--unit", "T44", "--year", "2025"), "(T44) đã kết thúc hoạt động ngày 30/06/2025"),
        (("--unit", "t44", "--year", "2025"), "Đơn vị kế thừa báo cáo thay: M45."),
        (("--unit", "T01", "--year", "2025"), "báo cáo qua cụm thi đua, không có biểu mẫu riêng"),
        (("--unit", "T01", "--year", "2025"), "--cluster C01"),
        (("--unit", "M25", "--year", "2024"), "(M25) hoạt động từ ngày 01/07/2025"),
        (("--unit", "V99", "--year", "2025"), "Không rõ “V99” là đơn vị hay cụm nào"),
        (("--unit", "V01", "--year", "1999"), "Không có kỳ báo cáo “1999”. Viết như 2025 (cả năm)"),
    ],
)
def test_who_gets_no_template_is_told_why_and_who_reports_instead(run: Run, asked: tuple[str, ...], said: str) -> None:
    code, told = run(*asked)
    assert code == 2 and said in told


def test_a_code_in_small_letters_is_the_same_code(run: Run, tmp_path: Path) -> None:
    assert run("--unit", " v01", "--cluster", "c01", "--year", "2025")[0] == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"V01_2025.xlsx", "C01_2025.xlsx"}


def test_the_short_form_of_an_earlier_year_is_for_units_alone(run: Run) -> None:
    assert run("--cluster", "C01", "--year", "2020", "--period", "history")[0] == 2


def test_a_unit_that_need_not_report_is_told_so() -> None:
    units = tuple(replace(u, obliged=False) if u.unit_code == "V01" else u for u in REFERENCE.units)
    period = period_of(REFERENCE, "2025")
    assert period is not None
    problem = templates.why_none(replace(REFERENCE, units=units), period, "V01")
    for lang, said in (("vi", "không thuộc diện phải báo cáo"), ("en", "need not report")):
        assert said in say_problem(problem.code, problem.facts, lang)
