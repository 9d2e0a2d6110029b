"""What is planted in which unit, in sizes as the signals' own simulations use them. Every other unit is left honest."""

from dataclasses import dataclass

HIGH_RATE = "high_award_rate"  # size: shift of the award log-odds
ROTATION = "rotation"  # size: share of the awards that go to whoever has waited longest
LEADERS = "leaders_first"  # size: odds ratio of leaders (elsewhere HONEST_LEADER_ODDS)
EXCELLENT = "everyone_excellent"  # size: share rated HTXSNV
RISING = "rising_awards_flat_results"  # size: rise of the award log-odds a year
UNPUBLISHED = "publication_missing"  # size: share of proposals without a date of posting
LATE_PUBLISHED = "publication_late"  # size: share posted only after submission
DIFFERS = "cluster_differs_from_own"  # size: people counted differently by cluster and unit

HONEST_LEADER_ODDS = 1.8


@dataclass(frozen=True)
class Planted:
    """One planted pattern: first and last year included."""

    pattern: str
    unit_code: str
    first: int
    last: int
    size: float
    note: str


PLANTED = (
    Planted(HIGH_RATE, "T11", 2014, 2025, 2.2, "Khen rộng rãi suốt các năm, chủ yếu bằng Giấy khen"),
    Planted(HIGH_RATE, "T22", 2014, 2025, 1.2, "Tỷ lệ khen cao hơn mức chung"),
    Planted(HIGH_RATE, "T36", 2014, 2024, 1.2, "Tỷ lệ khen cao; đơn vị kết thúc khi hợp nhất"),
    Planted(HIGH_RATE, "T75", 2017, 2024, 2.2, "Khen rộng rãi từ 2017; đơn vị kết thúc khi hợp nhất"),
    Planted(HIGH_RATE, "V02", 2014, 2025, 1.2, "Vụ có tỷ lệ khen cao hơn các vụ khác"),
    Planted(ROTATION, "V04", 2014, 2025, 1.0, "Khen lần lượt theo thời gian chờ"),
    Planted(ROTATION, "V09", 2014, 2025, 0.7, "Phần lớn khen lần lượt theo thời gian chờ"),
    Planted(ROTATION, "T46", 2014, 2025, 1.0, "Khen lần lượt; đơn vị tự báo cáo"),
    Planted(ROTATION, "T52", 2014, 2024, 0.7, "Phần lớn khen lần lượt; đơn vị kết thúc khi hợp nhất"),
    Planted(LEADERS, "V05", 2014, 2025, 9.0, "Ưu tiên lãnh đạo khi xét khen"),
    Planted(LEADERS, "T38", 2014, 2025, 9.0, "Ưu tiên lãnh đạo khi xét khen"),
    Planted(LEADERS, "T83", 2014, 2024, 9.0, "Ưu tiên lãnh đạo; đơn vị kết thúc khi hợp nhất"),
    Planted(EXCELLENT, "V11", 2016, 2025, 0.95, "Gần như cả đơn vị hoàn thành xuất sắc"),
    Planted(EXCELLENT, "T11", 2016, 2025, 0.95, "Khen rộng rãi, lại gần như cả đơn vị hoàn thành xuất sắc"),
    Planted(EXCELLENT, "T14", 2014, 2025, 0.95, "Gần như cả đơn vị hoàn thành xuất sắc"),
    Planted(EXCELLENT, "T27", 2018, 2024, 0.95, "Gần như cả đơn vị hoàn thành xuất sắc; kết thúc khi hợp nhất"),
    Planted(RISING, "V10", 2014, 2025, 0.18, "Khen tăng đều, kết quả chỉ tiêu không tăng"),
    Planted(RISING, "T20", 2014, 2025, 0.18, "Khen tăng đều, kết quả không tăng"),
    Planted(UNPUBLISHED, "V12", 2018, 2025, 0.6, "Nhiều đề nghị không có ngày công khai"),
    Planted(LATE_PUBLISHED, "V03", 2021, 2025, 0.5, "Nhiều đề nghị công khai sau khi trình"),
    Planted(DIFFERS, "T46", 2025, 2025, 1, "Cụm ghi thừa một người so với báo cáo của đơn vị"),
    Planted(DIFFERS, "T48", 2022, 2022, 1, "Cụm ghi thừa một người so với báo cáo của đơn vị"),
)


def size_of(pattern: str, unit_code: str, year: int) -> float:
    """Size of a pattern in a unit and year; 0 where it was not planted."""
    return next(
        (p.size for p in PLANTED if p.pattern == pattern and p.unit_code == unit_code and p.first <= year <= p.last),
        0.0,
    )


def odds_shift(unit_code: str, year: int) -> float:
    """What the planted patterns add to the award log-odds of everybody in the unit."""
    rising = next((p for p in PLANTED if p.pattern == RISING and p.unit_code == unit_code), None)
    slope = rising.size * (year - (rising.first + rising.last) / 2) if rising else 0.0
    return size_of(HIGH_RATE, unit_code, year) + slope


def planted_between(first: int, last: int) -> list[Planted]:
    """The patterns that can be seen in a span of years, cut to it."""
    return [
        Planted(p.pattern, p.unit_code, max(p.first, first), min(p.last, last), p.size, p.note)
        for p in PLANTED
        if p.first <= last and p.last >= first
    ]
