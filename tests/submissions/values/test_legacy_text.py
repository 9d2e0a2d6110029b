"""TCVN3 and VNI become Unicode, letter by letter and word by word; what is no such text is never touched."""

import csv
import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font

from pipelines.contract.checks import Severity
from pipelines.contract.vocabulary import AWARD, VOCABULARIES
from pipelines.records.parsed import Parsed
from pipelines.submissions import reader
from pipelines.submissions.values.choices import choice_reader, codes_of
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.legacy_text import OF_TCVN3, OF_VNI, TCVN3, VNI, converted, may_be_legacy
from pipelines.submissions.values.syllables import is_syllable
from pipelines.texts import FOLDER, catalogue
from tests import ROOT
from tests.support.workbooks.filled_books import REFERENCE, book, found, read
from tests.support.workbooks.other_formats import WRITERS

TO_TCVN3 = {letter: sign for sign, letter in OF_TCVN3.items()}
TO_VNI = {letter: signs for signs, letter in OF_VNI.items() if signs in (signs.lower(), signs.upper())}
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
SMALL -= set("aeiouy")


def tcvn3(text: str) -> str:
    """As a keyboard driver of those years wrote it: no capital with a tone."""
    return "".join(TO_TCVN3.get(letter) or TO_TCVN3.get(letter.lower(), letter) for letter in text)


def vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


def _phrases() -> list[str]:
    """Everything Vietnamese the product says or lists, in pieces."""
    lines = [unicodedata.normalize("NFC", text) for text in catalogue("vi").values()]
    for path in sorted((ROOT / "data" / "reference").glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            lines += [cell for row in csv.reader(file) for cell in row]
    return sorted({piece.strip() for line in lines for piece in re.split(r'[.,:;()|“”"{}–…·]', line)})


PHRASES = _phrases()
VIETNAMESE = [
    one for one in PHRASES if re.fullmatch(r"[\w\s/-]{12,}", one) and any(letter in SMALL for letter in one.lower())
]
NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Quỳnh", "Phạm Đức Đạt", "Đặng Thị Thúy Hằng", "Võ Trường Giang"]


def test_both_tables_hold_every_letter_once() -> None:
    assert set(OF_TCVN3.values()) == SMALL | set("ĂÂÊÔƠƯĐ") and len(OF_TCVN3) == 74
    assert set(OF_VNI.values()) == SMALL | {letter.upper() for letter in SMALL}
    assert all(ord(sign) < 0x100 for signs in (*OF_TCVN3, *OF_VNI) for sign in signs)
    assert len({OF_VNI[signs] for signs in OF_VNI}) == len(TO_VNI)


def test_bytes_are_those_of_the_standard() -> None:
    """Some letters of TCVN 5712:1993 (VN3) by their code."""
    for code, letter in {
        0xA7: "Đ",
        0xAE: "đ",
        0xB8: "á",
        0xC6: "ặ",
        0xD4: "ễ",
        0xDC: "ĩ",
        0xED: "ớ",
        0xF9: "ự",
        0xFE: "ỵ",
    }.items():
        assert OF_TCVN3[chr(code)] == letter
    for signs, letter in {
        "aù": "á",
        "aë": "ặ",
        "eã": "ễ",
        "ó": "ĩ",
        "ôù": "ớ",
        "öï": "ự",
        "î": "ỵ",
        "ñ": "đ",
        "AÅ": "Ẩ",
    }.items():
        assert OF_VNI[signs] == letter


@pytest.mark.parametrize(("write", "encoding"), [(tcvn3, TCVN3), (vni, VNI)])
def test_what_was_written_in_an_old_encoding_comes_back(write: object, encoding: str) -> None:
    assert len(VIETNAMESE) > 300
    back = {one: converted(write(one)) for one in (*VIETNAMESE, *NAMES)}  # type: ignore[operator]
    wrong = {
        one: told
        for one, told in back.items()
        if told and (told.encoding, told.text.lower()) != (encoding, one.lower())
    }
    assert wrong == {}
    silent = [one for one, told in back.items() if told is None]
    assert len(silent) < len(back) / 50, silent  # a word or two may be Vietnamese in either encoding: no guess is made
    assert all(back[name] and back[name].text == name for name in NAMES)  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["NFC", "NFD"])
def test_ordinary_vietnamese_is_never_converted(encoding: str) -> None:
    texts = [
        unicodedata.normalize(encoding, one) for one in (*PHRASES, *NAMES, "Hoà", "thuỷ", "hoá học", "Lá", "Cà Mau")
    ]
    assert len(texts) > 1_000 and [one for one in texts if converted(one)] == []
    assert [
        one for one in texts if encoding == "NFC" and may_be_legacy(one) and not re.search("[«»×÷±§°²·¶µ]", one)
    ] == []


@pytest.mark.parametrize("path", sorted((FOLDER / "en").glob("*.po")), ids=lambda path: path.stem)
def test_english_is_never_converted(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if converted(line)] == []


OTHERS = [
    "Müller", "François Citroën", "naïve café résumé", "señor Peña, El Niño", "Björn Ødegård", "Größe", "São Paulo",
    "5 µm", "½ lít", "3×4", "25 m² ± 2", "20 °C", "§ 5", "© 2025", "«văn bản»", "«abc»", "® ™", "1ª", "thi\u00addua", "", "V01 | Vụ 1",
    "12/QĐ-BCA", "CB001", "T-007/2025", "№ 7", "Nguyễn Văn ¸n", "££££", "¿Qué?", "İstanbul", "naïf", "100 £",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_other_letters_and_signs_are_left_alone(text: str) -> None:
    assert converted(text) is None


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(max_codepoint=0xFF), max_size=20))
def test_whatever_is_converted_was_no_vietnamese_before_and_is_now(text: str) -> None:
    told = converted(text)
    if told:
        words = [word for word in re.findall(r"[^\W\d_]+", told.text) if not word.isascii()]
        assert words and sum(map(is_syllable, words)) >= 0.8 * len(words)
        assert may_be_legacy(text)


def test_the_font_decides_where_letters_alone_cannot() -> None:
    assert converted("Cã") is None
    assert converted("Cã", ".VnTime") == ("Có", TCVN3) and converted("soá", "VNI-Times") == ("số", VNI)
    assert converted("nguyÔn v¨n an", ".VnTimeH") == ("NGUYỄN VĂN AN", TCVN3)
    assert converted("NGUYÔN V¨N AN") == ("NGUYỄN VĂN AN", TCVN3)
    for text in ("Nguyễn Văn An", "Hà", "CB001", "an"):  # Unicode in an old font, and nothing to convert
        assert converted(text, ".VnTime") is None


def _value(parsed: Parsed, letter: str, row: int, sheet: str = "Cán bộ") -> tuple[str, str | None]:
    [cell] = [
        c for c in parsed.cells.to_pylist() if (c["sheet"], c["column_letter"], c["excel_row"]) == (sheet, letter, row)
    ]
    return cell["raw"], cell["value"]


@pytest.mark.parametrize("kind", ["xlsx", *WRITERS])
def test_a_cell_is_converted_with_a_warning_and_kept_as_written(kind: str) -> None:
    data = book(cells={("Cán bộ", "B5"): "TrÇn ThÞ B×nh", ("Cán bộ", "K6"): "Ñaûng vieân"})
    parsed = reader.parse({"xlsx": bytes, **WRITERS}[kind](data), f"a.{kind}", REFERENCE)
    assert _value(parsed, "B", 5) == ("TrÇn ThÞ B×nh", "Trần Thị Bình")
    assert _value(parsed, "K", 6) == ("Ñaûng vieân", "Đảng viên")
    name, note = (f for f in parsed.findings if f.code == "text.legacy_encoding")
    assert (name.cell, name.value, name.severity) == ("B5", "TrÇn ThÞ B×nh", Severity.WARNING)
    assert name.params == {"encoding": TCVN3, "read_as": "Trần Thị Bình"} and note.params["encoding"] == VNI


def test_the_font_of_the_file_is_heard() -> None:
    data = book(cells={("Cán bộ", "D4"): "cã"})
    assert _value(read(data), "D", 4) == ("cã", "cã")
    parsed = read(
        data, {"Cán bộ": {"legacy_fonts": {"D4": ".VnTimeH", "A4": ".VnTime", "F4": ".VnTime", "B4": ".VnTime"}}}
    )
    assert _value(parsed, "D", 4) == ("cã", "CÓ") and found(parsed, "text.legacy_encoding").cell == "D4"
    assert _value(parsed, "A", 4) == ("CB001", "CB001") and _value(parsed, "B", 4)[1] == "Nguyễn Văn An"


@pytest.mark.parametrize("kind", ["xlsx", *WRITERS])
def test_the_font_stands_in_the_file_of_every_format(kind: str) -> None:
    file, target = load_workbook(BytesIO(book(cells={("Cán bộ", "D4"): "cã"}))), BytesIO()
    file["Cán bộ"]["D4"].font = Font(name=".VnTime")
    file.save(target)
    data = {"xlsx": bytes, **WRITERS}[kind](target.getvalue())
    assert _value(reader.parse(data, f"a.{kind}", REFERENCE), "D", 4) == ("cã", "có")


def test_headers_sheet_names_labels_totals_and_choices_in_an_old_encoding_are_understood() -> None:
    cells = {
        ("Cán bộ", "B3"): tcvn3("Họ và tên"), ("Cán bộ", "H4"): tcvn3("Hoàn thành tốt nhiệm vụ"), ("Cán bộ", "C5"): vni("Lãnh đạo cấp vụ, sở"),
        ("Thông tin", "A8"): vni("Năm"), ("Tập thể", "A5"): tcvn3("Tổng cộng"),
    }  # fmt: skip
    parsed = read(book(cells=cells, named={"Khen thưởng": tcvn3("Khen thưởng"), "Sáng kiến": vni("Sáng kiến")}))
    assert parsed.period == "2025" and (_value(parsed, "H", 4)[1], _value(parsed, "C", 5)[1]) == ("HTTNV", "LD_VU")
    assert parsed.sheets["awards"] == parsed.sheets["initiatives"] == "filled"
    told = [f.code for f in parsed.findings]
    assert sorted(set(told)) == ["row.total", "text.legacy_encoding"] and told.count("text.legacy_encoding") == 2


def test_a_code_is_never_converted() -> None:
    parsed = read(book(cells={("Tập thể", "A4"): "§é1", ("Khen thưởng", "D5"): "§é1"}))
    assert "text.legacy_encoding" not in {f.code for f in parsed.findings}


def test_a_choice_in_an_old_encoding_is_known_whatever_its_font_and_a_warning_says_how_it_was_read() -> None:
    """Every label and synonym of every list, written as TCVN3 and as VNI without a font that would say so."""
    for name in (*VOCABULARIES, AWARD):
        codes = codes_of(name, REFERENCE)
        read_choice = choice_reader(codes)
        for code, text in [(one, text) for one in codes for text in (one.label, *one.synonyms)]:
            for table in (TO_TCVN3, TO_VNI):
                written = "".join(table.get(letter, table.get(letter.lower(), letter)) for letter in text)
                typed = read_choice(written)
                assert typed.value == code.code, written
                is_changed = fold(written) != fold(text)
                assert not is_changed or [one.code for one in typed.problems] == ["text.legacy_encoding"], written


def test_a_choice_that_no_encoding_explains_stays_unknown() -> None:
    typed = choice_reader(codes_of("rating", REFERENCE))("RÊt tèt")
    assert (typed.value, [one.code for one in typed.problems]) == (None, ["choice.unknown"])
