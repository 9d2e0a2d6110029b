"""Names and texts full of marks, in every place a page draws: shown letter by letter, in a real browser, in both
languages.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.streamlit_inside.parts import Part
from pipelines.contract.checks import Finding, Severity
from pipelines.desk import decisions, reviews
from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from tests.conftest import Readers
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person
from tests.support.pages.browser import Reader, Server, demo_server

pytestmark = pytest.mark.slow
# Every mark of Markdown, of charts and of Streamlit's own; between two signs that stand nowhere else.
MARKS = (
    "[a](http://b.vn) $x$ 5~7~8 :red[r] *c* _d_ <b>e</b> `f` :material/home: :smile: :streamlit: &amp; -> www.g.vn h@i.vn "
    "# 1. ![j](k) :blue-badge[l] a -- b >= c | 14:05"
)
NAME = f"⟦{MARKS}⟧"
LISTS = ("units.csv", "clusters.csv", "peer_groups.csv", "provinces.csv", "award_catalogue.csv", "rules.csv")
NAMES = ("name", "english")
# All that is written on a page, also in charts, in the tables beside a canvas, in pickers, and read aloud.
_WRITTEN = """() => {
  const told = [document.body.innerText];
  for (const one of document.querySelectorAll('svg text, canvas td, canvas th, option, [role=option]')) told.push(one.textContent);
  for (const one of document.querySelectorAll('input, textarea')) told.push(one.value);
  for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
    for (const one of document.querySelectorAll(`[${name}]`)) told.push(one.getAttribute(name));
  return told;
}"""
# What became of a mark: links, bold and italic letters, code, formulas, icons, lines through.
_MADE = """() => [...document.querySelectorAll(
    'a[href*="b.vn"], a[href*="g.vn"], a[href^="mailto"], img[src*="k"][alt=j], .katex, s, del, [role=img][aria-label="home icon"], code:not(pre code)')]
  .map((one) => one.outerHTML)"""
_IN_CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart) =>
  chart.data.flatMap((trace) => [trace.name, ...[trace.hovertext, trace.text].flat()]))
  .filter((text) => typeof text === 'string' && text.includes('⟦'))"""


def changed_lists(home: Home) -> None:
    """Every name of the lists ends in marks."""
    for file in LISTS:
        path = home.reference / file
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(row | {name: f"{row[name]} {NAME}" for name in NAMES if name in row} for row in rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return written(tmp_path_factory.mktemp("letters"))


def written(root: Path) -> Home:
    """Three years of the units that report themselves and of a cluster, one returned workbook, a note and a pinned
    version.
    """
    changed_lists(Home(root).ready())
    desk = HandedIn(root)
    lasting = [one for one in desk.reference.units if one.reports_by != "cluster" and one.valid_to is None]
    own = [one.unit_code for one in lasting if one.unit_code != "V14"]
    for year in ("2023", "2024", "2025"):
        for unit in own:
            people = [person(f"{unit}{letter}", full_name=f"{letter} {NAME}", rating="HTTNV") for letter in "ABCDEF"]
            leader = person(f"{unit}L", "LD_VU", full_name=f"L {NAME}", rating="HTXSNV")
            awards = [
                award("1", f"{unit}A", year=int(year), achievement=NAME),
                award("2", f"{unit}B", year=int(year), achievement=NAME),
                award("3", f"{unit}L", year=int(year)),
                award("4", f"{unit}C", "CSTDCS", year=int(year), result="DE_NGHI", achievement=NAME),
            ]
            exemplars = [
                {"exemplar_code": "D1", "exemplar_name": NAME, "exemplar_kind": "TAP_THE", "found_on": f"{year}-03-02"}
            ]
            desk.unit(unit, year, {"staff": [*people, leader], "awards": awards, "exemplars": exemplars})
        rows = {
            "cluster_members": [member(code, 12, 2) for code in ("T01", "T04")],
            "cluster_awards": [member_award("T01", 3)],
        }
        desk.cluster("C01", year, rows)
    wrong = Finding("choice.unknown", Severity.ERROR, "Cán bộ", "E5", "Chức vụ", NAME, 1, {"nearest": NAME})
    desk.unit("V14", "2025", {"staff": [], "awards": []}, status="returned", findings=(wrong,), stored=(wrong,))
    version = build(desk.home)
    decisions.pin(desk.home, TESTER, NAME, version.name)
    reviews.review(desk.home, TESTER, "V01", "2025", "explained", f"Ghi chú {NAME}", NAME)
    return desk.home


@pytest.fixture(scope="module")
def hostile(home: Home) -> Iterator[Server]:
    with demo_server(home) as server:
        yield server


def bare(text: str) -> str:
    """Without spaces: a chart breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


def broken(texts: list[str]) -> list[str]:
    """Names that are not shown as written; one that was cut ends in "…"."""
    found = [text.partition("⟧")[0].partition("…")[0] for said in texts if said for text in bare(said).split("⟦")[1:]]
    return [text for text in found if not bare(MARKS).startswith(text)]


def seen(who: Reader) -> int:
    """How many times a name is shown; each as it was written, and no mark of it became anything."""
    who.unfold()
    texts = who.page.evaluate(_WRITTEN)
    assert broken(texts) == [] and who.page.evaluate(_MADE) == []
    hidden = who.page.evaluate(_IN_CHARTS)
    assert [text for text in hidden if "<b>e" in text or ("&lt;b" not in text and "…" not in text)] == []
    return sum(text.count("⟦") for text in texts if text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_shows_names_letter_by_letter(hostile: Server, readers: Readers, lang: str) -> None:
    who = readers(hostile).open(lang=lang, period="2025")
    for place in who.walk():
        assert seen(who) or place in ("phuong-phap", "nop-bao-cao"), place  # nobody is chosen there yet
    assert hostile.failures() == []


def test_what_opens_when_somebody_asks_shows_them_too(hostile: Server, readers: Readers) -> None:
    """One unit on each page, the parts of the page on data, a search among reports, the list of a picker."""
    who = readers(hostile).open("khen-thuong", lang="en", period="2025", unit="V01")
    assert seen(who)
    for place in ("can-xem-xet", "ho-so-don-vi"):
        who.open(place, lang="en", period="2025", unit="V01")
        assert seen(who)
        assert f"Ghi chú {NAME}" in who.page.inner_text("body")
    for part in ("take", "versions"):
        assert seen(who.open("du-lieu", lang="en", part=part)) or part == "take"
    who.open("tinh-hinh-nop", lang="en", period="2025", q="Vu 14")
    assert NAME in who.page.inner_text("body")
    assert seen(who)
    who.open("so-sanh", lang="en", period="2025").page.locator(f"{Part.SELECTBOX} input").last.click()
    who.page.locator("[role=option]").first.wait_for()
    assert broken(who.page.evaluate(_WRITTEN)) == []


def test_a_file_with_such_a_name_is_handed_in(hostile: Server, readers: Readers, tmp_path: Path) -> None:
    file = tmp_path / "⟦[a](b) $x$ 5~7~8 *c* _d_ `f` &amp; #1.xlsx"
    file.write_bytes(b"not a workbook")
    who = readers(hostile).open("nop-bao-cao", template_period="2025", template_reporter="V01")
    assert seen(who)
    who.page.locator(f"{Part.UPLOADER_INPUT}, input[type=file]").first.set_input_files(file)
    who.rest()
    assert who.page.inner_text("body").count(file.name) >= 2
    assert who.page.evaluate(_MADE) == []
