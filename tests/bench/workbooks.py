"""Workbooks to measure with, made from the template: 500 small ones, and one with 200,000 rows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipelines.contract.reference import Reference
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.submissions.template import template

ROWS, _DIFFERENT = 34, 25
_GROUPS = ("TRUC_TIEP", "LD_PHONG", "LD_VU")
_GIVEN = ("Thị Minh", "Văn An", "Hữu Phước", "Thúy Hằng", "Quốc Bảo", "Đức Đạt", "Ngọc Ánh", "Xuân Trường", "Kim Oanh")
_RATINGS = ("HTTNV", "HTTNV", "HTXSNV", "HTNV")


def small(folder: Path, reference: Reference, count: int = 500) -> list[Path]:
    """Unit workbooks of seven sheets with 34 rows each; some two dozen different ones, each copied under many names."""
    paths = []
    for number in range(count):
        path = folder / f"nho-{number:04d}.xlsx"
        if number < _DIFFERENT:
            template.write(path, reference, UNIT_REPORT, "V01", "2025", rows=content(number, ROWS))
        else:
            path.write_bytes(paths[number % _DIFFERENT].read_bytes())
        paths.append(path)
    return paths


def large(path: Path, reference: Reference, rows: int = 200_000) -> Path:
    """One unit workbook with this many rows on `Khen thưởng` (17 columns) and a staff of 400."""
    rows_of = content(0, 400) | {"awards": _awards(0, rows, 400)}
    return template.write(path, reference, UNIT_REPORT, "V02", "2025", rows=rows_of)  # type: ignore[arg-type]


def content(seed: int, rows: int, year: int = 2025) -> dict[str, object]:
    """Rows for `template.write` without a single problem; `seed` keeps the people of two workbooks apart."""
    span = range(1, rows + 1)
    staff = [
        {
            "person_code": f"CB{seed:02d}{n:04d}",
            "full_name": f"Nguyễn {_GIVEN[(seed + n) % len(_GIVEN)]} {n}",
            "position_group": _GROUPS[n % 7 // 5],
            "job_title": "Chuyên viên",
            "team": f"Phòng {n % 4}",
            "arrived_on": date(2001 + (7 * seed + n) % 12, 1 + n % 12, 1 + (seed + 3 * n) % 28),
            "rating": _RATINGS[n % 4],
        }
        for n in span
    ]
    exemplars = [
        {
            "exemplar_code": f"DH{n}",
            "exemplar_name": f"Mô hình số {n}",
            "exemplar_kind": "MO_HINH",
            "field": "Tiếp công dân",
            "found_on": date(year, 3, 1),
            "developed_on": date(year, 5, 1),
            "adopter_count": n,
        }
        for n in span
    ]
    initiatives = [
        {
            "initiative_code": f"SK{n}",
            "title": f"Sáng kiến số {n}",
            "person_code": f"CB{seed:02d}{n:04d}",
            "initiative_level": "CO_SO",
            "recognised_on": date(year, 6, 2),
        }
        for n in span
    ]
    targets = [
        {
            "target_code": f"CT{n}",
            "content": f"Chỉ tiêu số {n}",
            "measure_unit": "%",
            "direction": "TANG",
            "planned": 90,
            "achieved": 91.5,
        }
        for n in span
    ]
    return {
        "info": [{"prepared_by": "Trần Văn Lập", "prepared_on": date(year, 12, 1), "collective_rating": "HTTNV"}],
        "staff": staff,
        "collectives": [
            {"team_code": f"P{n}", "team_name": f"Phòng {n}", "headcount": max(1, len(staff) // 4), "rating": "HTTNV"}
            for n in range(4)
        ],
        "targets": targets,
        "campaigns": [],
        "initiatives": initiatives,
        "awards": list(_awards(seed, rows, rows, year)),
        "exemplars": exemplars,
    }


def _awards(seed: int, rows: int, staff: int, year: int = 2025) -> Iterator[dict[str, object]]:
    for n in range(1, rows + 1):
        yield {
            "proposal_code": f"V-{year}-{n:06d}",
            "achievement_year": year,
            "recipient": "CA_NHAN",
            "recipient_code": f"CB{seed:02d}{1 + n % staff:04d}",
            "award": ("LDTT", "GK", "CSTDCS")[n % 3],
            "award_kind": "THUONG_XUYEN",
            "achievement": f"Hoàn thành nhiệm vụ số {n % 997}",
            "council_on": date(year, 11, 10),
            "votes_for": 9,
            "council_size": 9,
            "published_on": date(year, 11, 12),
            "submitted_on": date(year, 11, 20),
            "result": "DA_KHEN",
            "decision_no": f"{n % 500}/QĐ",
            "decided_on": date(year, 12, 5),
        }
