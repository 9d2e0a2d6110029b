"""Keys by which titles and names are compared."""

from pipelines.submissions.sheets.headers import title_key
from pipelines.submissions.values.cleaning import fold, name_key


def test_keys_fold_what_people_vary() -> None:
    assert title_key("3. Khen  THƯỞNG ") == title_key("Khen thưởng") == "khen thuong"
    assert fold("Đơn vị") == "don vi"
    assert name_key("Lê HOÀ") == name_key("Lê Hòa") != name_key("Lê Hoa")
