"""The judge of words itself: it must let every text of ours pass and catch what Streamlit says."""

import pytest

from tests.support.pages.vietnamese import foreign


@pytest.mark.parametrize(
    "said",
    ["Show/hide columns", "Download as CSV", "Made with Streamlit v1.67.0", "Skip to main content", "25MB per file • XLSX",
     "Drag and drop files here", "Close", "Dismiss", "Select all", "No results", "Print", "Wide mode", "Type to search"],
)  # fmt: skip
def test_english_controls_are_caught(said: str) -> None:
    assert foreign(said)


@pytest.mark.parametrize(
    "said",
    ["Quyết định khen thưởng, nghiêng, khuỷu, thuở, quốc, giếng, yêu", "V01_2025.xlsx › Khen thưởng › F17",
     "phiên bản 20261124T221533Z-000007", "Tối đa 20 MB một tệp • XLSX", "CSTDCS", "Ban Nội chính Tỉnh ủy Đắk Lắk"],
)  # fmt: skip
def test_vietnamese_codes_and_names_pass(said: str) -> None:
    assert foreign(said) == []
