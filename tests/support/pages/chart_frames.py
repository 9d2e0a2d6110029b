"""Hand-made frames as the warehouse gives them, for the charts."""

import pandas as pd

from pipelines.analysis import funnel, intervals

YEARS = [str(year) for year in range(2014, 2026)]
UNITS = {f"V{i:02}": f"Vụ {i} (mẫu)" for i in range(1, 12)} | {
    "V12": "Vụ Nghiên cứu tổng hợp và Cải cách tư pháp (mẫu)"
}
_COUNTS = [2, 3, 3, 2, 4, 1, 0, 9, 2, 2, 1, 5]
_SIZES = [14, 22, 16, 14, 24, 12, 3, 18, 14, 14, 19, 40]


def _address(metric: str, unit: str, period: str, breakdown: str = "", stratum: str = "") -> dict[str, str]:
    return {"metric": metric, "unit_code": unit, "period": period, "breakdown": breakdown, "stratum": stratum}


def _rated(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["value"] = frame["numerator"] / frame["denominator"]
    frame["low"], frame["high"] = intervals.wilson(frame["numerator"], frame["denominator"])
    frame["state"] = ["reported" if value == value else "not_submitted" for value in frame["value"]]
    return frame


def unit_rates() -> pd.DataFrame:
    """One award, one year, twelve units sorted by share and one that has not reported."""
    rows = [
        _address("award_rate", unit, "2025", "CSTDCS") | {"label": name, "numerator": k, "denominator": n}
        for (unit, name), k, n in zip(UNITS.items(), _COUNTS, _SIZES, strict=True)
    ]
    nothing = {"label": "Văn phòng", "numerator": None, "denominator": None}
    frame = _rated([*rows, _address("award_rate", "V90", "2025", "CSTDCS") | nothing])
    frame = frame.sort_values("value", ascending=False, na_position="last").reset_index(drop=True)
    level = sum(_COUNTS) / sum(_SIZES)
    frame["band"] = [
        "above" if row.low > level else "below" if row.high < level else "common" for row in frame.itertuples()
    ]
    return frame


def funnel_points() -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """The same units as funnel points, with their exact limits and common share."""
    points = unit_rates()
    common = sum(_COUNTS) / sum(_SIZES)
    names = {1: "above", -1: "below"}
    known = points.dropna(subset=["value"])
    points["place"] = "inside"
    for confidence, ending in ((0.95, "95"), (0.998, "998")):
        sides = funnel.beyond(known["numerator"], known["denominator"], common, confidence)
        for index, side in zip(known.index, sides, strict=True):
            if side:
                points.loc[index, "place"] = f"{names[int(side)]}_{ending}"
    sizes = pd.Series(range(1, 49), name="n")
    limits = sizes.to_frame()
    for confidence, ending in ((0.95, "95"), (0.998, "998")):
        limits[f"low_{ending}"], limits[f"high_{ending}"] = funnel.limits(sizes, common, confidence)
    return points, limits, common


def year_lines() -> pd.DataFrame:
    """All units and two groups over twelve years; the second group lacks a year."""
    rows = []
    for series, unit, size, base in (
        ("Toàn ngành", "ALL", 1000, 140),
        ("Các vụ", "VU", 230, 34),
        ("Tỉnh ủy", "BNCTU", 770, 105),
    ):
        for i, year in enumerate(YEARS):
            missing = unit == "BNCTU" and year == "2018"
            numbers = (
                {"numerator": None, "denominator": None}
                if missing
                else {"numerator": base + 7 * (i % 4), "denominator": size}
            )
            rows.append(_address("award_rate", unit, year, "CSTDCS") | {"series": series} | numbers)
    return _rated(rows)


def rating_rows() -> pd.DataFrame:
    """Ratings of five years, newest first; one of them without a report."""
    rows: list[dict[str, object]] = []
    for i, year in enumerate(reversed(YEARS[-5:])):
        for rating, count in (
            ("HTXSNV", 190 + 9 * i),
            ("HTTNV", 660 - 20 * i),
            ("HTNV", 120 + 8 * i),
            ("KHTNV", 30 + 3 * i),
        ):
            number = (
                {"numerator": None, "denominator": None}
                if year == "2023"
                else {"numerator": count, "denominator": 1000}
            )
            rows.append(_address("rating_share", "ALL", year, rating) | {"row": year} | number)
    return _rated(rows)


def heat_rows() -> pd.DataFrame:
    """Twelve units × twelve years; the last unit began in 2020 and missed 2022."""
    rows = []
    for place, (unit, name) in enumerate(UNITS.items()):
        for i, year in enumerate(YEARS):
            if unit == "V12" and year < "2020":
                continue
            lost = unit == "V12" and year == "2022"
            numbers = (
                {"numerator": None, "denominator": None}
                if lost
                else {"numerator": (place * 3 + i) % 7, "denominator": 14 + place}
            )
            rows.append(_address("award_rate", unit, year, "CSTDCS") | {"label": name} | numbers)
    return _rated(rows)


def exemplar_rows() -> pd.DataFrame:
    """The same grid as counts of exemplars."""
    frame = heat_rows()
    frame["metric"], frame["breakdown"] = "exemplar_count", ""
    frame["value"] = (frame["numerator"] - 2).clip(lower=0)
    return frame


def stage_rows() -> pd.DataFrame:
    """Four stages of one period."""
    labels = {"PHAT_HIEN": "Phát hiện", "BOI_DUONG": "Bồi dưỡng", "TONG_KET": "Tổng kết", "NHAN_RONG": "Nhân rộng"}
    frame = pd.DataFrame(
        [_address("exemplar_stage", "ALL", "2025", code) | {"label": label} for code, label in labels.items()]
    )
    frame["value"] = [92.0, 61.0, 27.0, 9.0]
    frame["from_before"] = [float("nan"), 61 / 92, 27 / 61, 9 / 27]
    return frame.assign(state="reported")


def kind_rows() -> pd.DataFrame:
    """Exemplars of two kinds in three years: some, none, no report."""
    rows = [
        _address("exemplar_count", "V01", year, kind) | {"row": year, "part": name, "value": value, "state": state}
        for year, state, values in (
            ("2025", "reported", (3.0, 2.0)),
            ("2024", "reported", (0.0, 0.0)),
            ("2023", "not_submitted", (float("nan"), float("nan"))),
        )
        for kind, name, value in zip(("CA_NHAN", "MO_HINH"), ("Cá nhân", "Mô hình mới"), values, strict=True)
    ]
    return pd.DataFrame(rows)


def leader_rows() -> pd.DataFrame:
    """Leaders among the awarded and among the staff, eight units; one cannot be computed."""
    rows: list[dict[str, object]] = []
    for i, (unit, name) in enumerate(list(UNITS.items())[:8]):
        lost = i == 7
        awarded = (
            {"numerator": None, "denominator": None} if lost else {"numerator": 1 + i % 4, "denominator": 4 + i % 3}
        )
        rows.append(_address("leader_award_share", unit, "2025") | {"label": name, "part": "awarded"} | awarded)
        rows.append(
            _address("leader_staff_share", unit, "2025")
            | {"label": name, "part": "staff", "numerator": 4, "denominator": 15 + i}
        )
    frame = _rated(rows)
    return frame.assign(state=frame["state"].replace("not_submitted", "not_computable"))
