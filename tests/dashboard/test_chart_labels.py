"""Labels beside a chart: short names, and the room a browser needs for them."""

import pytest

from dashboard.charts import room
from dashboard.charts.figure import short


def test_names_beside_a_chart_lose_what_they_share_and_are_never_too_long() -> None:
    assert short(["Ban Nội chính Tỉnh ủy Hà Giang", "Ban Nội chính Thành ủy Hà Nội"]) == [
        "Tỉnh ủy Hà Giang",
        "Thành ủy Hà Nội",
    ]
    assert short(["Vụ 1", "Vụ 2"]) == ["Vụ 1", "Vụ 2"]
    assert short(["Văn phòng"]) == ["Văn phòng"]
    units = ["Tỉnh ủy Lai Châu", "Tỉnh ủy Sơn La", "Thành ủy Huế"]
    assert short(["Vụ 1", *(f"Ban Nội chính {name}" for name in units)]) == ["Vụ 1", *units]
    assert len(short(["Vụ Nghiên cứu tổng hợp và Cải cách tư pháp", "Văn phòng"])[0]) == 30


@pytest.mark.parametrize(
    ("text", "measured"),  # by a browser, at 12 pixels
    [
        ("Chiến sĩ thi đua Bộ, ban, ngành, tỉnh", 207.7),
        ("Lãnh đạo khác từ phó phòng trở lên", 207.3),
        ("Vụ Nghiên cứu tổng hợp (mẫu) (n=10–14)", 240.1),
        ("Provincial committees (n=962)", 183.4),
        ("2025 (n=1.235)", 93.0),
        ("10%", 26.8),
    ],
)
def test_room_for_a_label_is_what_a_browser_needs(text: str, measured: float) -> None:
    assert -5 <= room.width(text, 12) - measured <= 8
