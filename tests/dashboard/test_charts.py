"""Charts: what is drawn, what is written beside it, and the address every selectable point carries."""

import json
from collections.abc import Callable
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from dashboard.charts import caterpillar, control, counts, funnel, grid, leaders, lines, ratings, room, stages
from dashboard.charts.figure import Look, config
from pipelines import palette
from tests.support.pages import chart_frames as frames

VI, DARK_EN = Look("vi"), Look("en", dark=True)


def _funnel(look: Look) -> go.Figure:
    points, limits, common = frames.funnel_points()
    return funnel.funnel(points, look, limits, common)


CHARTS: dict[str, Callable[[Look], go.Figure]] = {
    "lines": lambda look: lines.years(frames.year_lines(), look),
    "ratings": lambda look: ratings.bars(frames.rating_rows(), look),
    "caterpillar": lambda look: caterpillar.rates(frames.unit_rates(), look, 0.16, "mức chung"),
    "funnel": _funnel,
    "heat": lambda look: grid.heat(frames.heat_rows(), look),
    "at_least_one": lambda look: grid.at_least_one(frames.exemplar_rows(), look),
    "stages": lambda look: stages.bars(frames.stage_rows(), look),
    "counts": lambda look: counts.stacked(frames.kind_rows(), look),
    "leaders": lambda look: leaders.dumbbell(frames.leader_rows(), look),
}


def _points(figure: go.Figure) -> list[list[str]]:
    return [list(point) for trace in figure.data if trace.customdata is not None for point in trace.customdata]


def _units(trace: go.Scatter) -> list[str]:
    return [address[1] for address in trace.customdata]


def _texts(figure: go.Figure) -> str:
    return json.dumps(figure.to_plotly_json(), ensure_ascii=False, default=list)


@pytest.mark.parametrize("look", [VI, DARK_EN], ids=["vi light", "en dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_point_carries_its_address_and_nothing_else_answers(name: str, look: Look) -> None:
    figure = CHARTS[name](look)
    addresses = _points(figure)
    assert addresses and all(len(address) == 5 for address in addresses)
    assert all(isinstance(part, str) for address in addresses for part in address)
    for trace in figure.data:
        if trace.customdata is not None:
            assert len(trace.customdata) == len(trace.x) == len(trace.y)
            assert trace.hoverinfo == "text"
        else:
            assert trace.hoverinfo == "skip"
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert not figure.layout.showlegend


def test_light_and_dark_differ_in_ink_only() -> None:
    for draw in CHARTS.values():
        light, dark = draw(Look("vi")), draw(Look("vi", dark=True))
        assert light.layout.font.color != dark.layout.font.color
        assert _points(light) == _points(dark)


def test_vietnamese_figures_have_a_decimal_comma_and_equal_decimals() -> None:
    text = _texts(CHARTS["caterpillar"](VI))
    assert "50,0% (9/18)" in text and "14,3% (2/14)" in text and "0,0% (0/3)" in text
    assert "50.0% (9/18)" in _texts(CHARTS["caterpillar"](DARK_EN))
    assert CHARTS["lines"](VI).layout.separators == ",."


def test_a_unit_that_has_not_reported_is_named_and_never_a_zero() -> None:
    figure = CHARTS["caterpillar"](VI)
    assert "chưa có số liệu" in [note.text for note in figure.layout.annotations]
    assert "Văn phòng" in figure.layout.yaxis.ticktext
    assert "V90" not in {address[1] for address in _points(figure)}


def test_sorted_intervals_show_which_units_differ_from_the_common_level() -> None:
    figure = CHARTS["caterpillar"](VI)
    marks = figure.data[-1]
    assert list(marks.x) == sorted(marks.x, reverse=True)
    assert marks.customdata[0][1] == "V08" and marks.marker.color[0] == VI.data
    assert set(marks.marker.color[1:]) == {VI.quiet}
    assert marks.marker.symbol[_units(marks).index("V07")] == "circle-open"  # three people


def test_rows_may_have_levels_of_their_own_and_the_marked_unit_is_set_off() -> None:
    frame = frames.unit_rates().assign(level=0.2)
    figure = caterpillar.rates(frame, VI, marked="V08")
    levels = figure.data[0]
    assert levels.hoverinfo == "skip" and set(levels.x) == {0.2} and len(levels.x) == 12
    place = frame.index[frame["unit_code"] == "V08"][0]
    assert [(shape.y0, shape.y1) for shape in figure.layout.shapes] == [(place - 0.5, place + 0.5)]


def test_the_marked_unit_of_the_funnel_has_a_ring_and_its_name() -> None:
    points, limits, common = frames.funnel_points()
    figure = funnel.funnel(points, VI, limits, common, "V03")
    ring = next(trace for trace in figure.data if trace.marker.size == 22)
    assert len(ring.x) == 1 and any(note.text == "Vụ 3 (mẫu)" for note in figure.layout.annotations)
    assert not len(next(t for t in CHARTS["funnel"](VI).data if t.marker.size == 22).x)


def test_a_share_above_one_is_drawn_and_not_cut() -> None:
    frame = frames.unit_rates()
    frame.loc[0, ["value", "numerator", "low", "high"]] = [1.15, 23, None, None]
    assert caterpillar.rates(frame, VI).layout.xaxis.range[1] > 1.15


def test_leaders_have_both_counts_beside_them() -> None:
    texts = [note.text for note in CHARTS["leaders"](VI).layout.annotations]
    assert "1/4 · 4/15" in texts and not any(text.endswith("4/22") for text in texts)
    awarded = CHARTS["leaders"](VI).data[1]
    assert awarded.marker.color[0] == VI.quiet and awarded.marker.color[1] == VI.data  # four, five awarded


def test_a_line_is_not_smoothed_and_a_missing_year_is_a_gap() -> None:
    figure = CHARTS["lines"](VI)
    drawn = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width]
    assert len(drawn) == 3 and all(trace.line.shape in (None, "linear") and not trace.connectgaps for trace in drawn)
    assert sum(value != value for value in drawn[2].y) == 1
    assert "2018" not in {address[2] for address in _points(figure) if address[1] == "BNCTU"}


def test_names_at_the_end_of_lines_do_not_overlap() -> None:
    heights = lines.apart([0.50, 0.51, 0.52, 0.99], 0.06)
    assert heights == sorted(heights)
    assert all(later - earlier >= 0.06 - 1e-9 for earlier, later in pairwise(heights))
    assert lines.apart([0.2, 0.8], 0.06) == pytest.approx([0.2, 0.8])
    assert lines.apart([0.52, 0.50], 0.1) == pytest.approx([0.56, 0.46])
    assert max(lines.apart([1.0, 1.0, 1.0], 0.1)) == pytest.approx(1)


def test_bars_of_ratings_stand_in_order_and_an_unreported_year_says_so() -> None:
    figure = CHARTS["ratings"](VI)
    assert [trace.customdata[0][3] for trace in figure.data] == ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
    assert figure.layout.barmode == "stack" and figure.layout.yaxis.ticktext == ("2025", "2024", "2023", "2022", "2021")
    assert any(note.text == "chưa nộp số liệu này" and note.y == 2 for note in figure.layout.annotations)


def test_the_funnel_marks_outside_by_shape_and_name() -> None:
    marks = CHARTS["funnel"](VI).data[-1]
    place = _units(marks).index("V08")
    assert marks.marker.symbol[place] == "triangle-up" and marks.marker.color[place] == VI.alert
    assert marks.marker.symbol[_units(marks).index("V07")] == "circle-open"
    assert any(note.text == "Vụ 8 (mẫu)" for note in CHARTS["funnel"](VI).layout.annotations)
    assert "cần xem" in marks.hovertext[place]


def test_equal_points_of_the_funnel_stand_side_by_side() -> None:
    marks = CHARTS["funnel"](VI).data[-1]
    spots = set(zip(marks.x, marks.y, strict=True))
    assert len(spots) == len(marks.x)
    points, _, _ = frames.funnel_points()
    sizes = points.set_index("unit_code")["denominator"]
    assert all(abs(x - sizes[address[1]]) < 0.5 for x, address in zip(marks.x, marks.customdata, strict=True))


def test_a_frame_to_select_lies_around_every_cell_of_the_heat_map_and_is_clear_inside() -> None:
    cells, numbers, around = CHARTS["heat"](VI).data
    assert (cells.type, numbers.type, around.type) == ("heatmap", "scatter", "bar")
    places = list(zip(cells.x, cells.y, strict=True))
    assert places == list(zip(numbers.x, numbers.y, strict=True))
    assert places == [(x, base + 0.5) for x, base in zip(around.x, around.base, strict=True)]
    assert around.marker.color == "rgba(0,0,0,0)" and around.selected.marker.color is None
    assert (around.marker.opacity, around.selected.marker.opacity, around.unselected.marker.opacity) == (0, 1, 0)
    assert cells.showscale is False and "chưa có" in numbers.text and "14,3%" in numbers.text
    assert len(places) == 12 * 12 - 6  # the last unit began in 2020


def test_a_row_of_the_heat_map_says_of_how_many_and_few_people_get_no_colour() -> None:
    rows = frames.heat_rows()
    small = (rows["unit_code"] == "V02") & (rows["period"] == "2020")
    rows.loc[small, ["numerator", "denominator", "value"]] = [3, 4, 0.75]
    doubtful = (rows["unit_code"] == "V03") & (rows["period"] == "2020")
    rows.loc[doubtful, ["numerator", "denominator", "value"]] = [18, 16, 1.125]
    figure = grid.heat(rows, VI)
    names, cells = figure.layout.yaxis.ticktext, figure.data[0]
    assert names[0].endswith("(n=14)") and names[1].endswith("(n=4–15)")
    place = list(small).index(True)
    assert cells.z[place] is None or cells.z[place] != cells.z[place]
    assert figure.data[1].text[place] == "3/4" and figure.data[1].text[list(doubtful).index(True)] == "18/16"
    assert max(z for z in cells.z if z is not None and z == z) == 1  # the deepest is a year that can be judged


def test_one_exemplar_a_year_tells_none_from_no_report() -> None:
    cells, numbers, _ = CHARTS["at_least_one"](VI).data
    shown = dict(zip(numbers.text, cells.z, strict=True))
    assert shown["0"] == 0 and shown["1"] == shown["4"] == 1 and shown["?"] != shown["?"]
    assert "? chưa nộp báo cáo" in CHARTS["at_least_one"](VI).layout.annotations[0].text


@pytest.mark.parametrize("look", [VI, Look("vi", dark=True)])
def test_a_number_can_be_read_on_every_cell_between_two_colours_of_the_scale(look: Look) -> None:
    scale = palette.SEQUENTIAL[8:0:-1] if look.dark else palette.SEQUENTIAL[:9]
    for step in range(201):
        part = step / 200 * (len(scale) - 1)
        ends = (scale[int(part)], scale[min(int(part) + 1, len(scale) - 1)])
        first, last = ([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in ends)
        cell = "#" + "".join(f"{round(a + (b - a) * (part % 1)):02x}" for a, b in zip(first, last, strict=True))
        assert palette.contrast(grid._ink(scale, step / 200, look), cell) >= palette.READABLE


@pytest.mark.parametrize("ground", [*palette.CATEGORICAL, *palette.DARK_CATEGORICAL, palette.RED, palette.DARK_RED])
def test_words_can_be_read_on_every_colour_of_the_palette(ground: str) -> None:
    assert palette.contrast(palette.ink_on(ground), ground) >= palette.READABLE


def test_quiet_words_can_be_read_on_every_ground() -> None:
    for quiet, grounds in (
        (palette.GREY, (palette.GROUND, palette.GROUND_2)), (palette.DARK_GREY, (palette.DARK_GROUND, palette.DARK_GROUND_2))
    ):  # fmt: skip
        assert min(palette.contrast(quiet, ground) for ground in grounds) >= palette.READABLE
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21) and palette.contrast("#777777", "#ffffff") < 4.5


def test_stages_say_how_many_came_from_the_stage_before() -> None:
    assert list(CHARTS["stages"](VI).data[0].text) == [
        "92", "61  (66,3% của khâu trước)", "27  (44,3% của khâu trước)", "9  (33,3% của khâu trước)"
    ]  # fmt: skip


def test_counts_end_in_their_sum_and_tell_nothing_found_from_nothing_heard() -> None:
    figure = CHARTS["counts"](VI)
    ends = {note.y: note.text for note in figure.layout.annotations if note.xref != "paper"}
    assert ends == {0: "5", 1: "0", 2: "chưa nộp số liệu này"}
    assert [list(trace.x) for trace in figure.data] == [[3], [2]]


def test_leaders_have_both_shares_and_say_what_cannot_be_computed() -> None:
    figure = CHARTS["leaders"](VI)
    assert {address[0] for address in _points(figure)} == {"leader_award_share", "leader_staff_share"}
    assert any(note.text == "không tính được (cần danh sách người)" for note in figure.layout.annotations)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_once_because_its_labels_have_room(name: str) -> None:
    layout = CHARTS[name](VI).layout
    assert not layout.xaxis.automargin and not layout.yaxis.automargin
    assert layout.margin.l >= max(room.width(label, 12) for label in layout.yaxis.ticktext or ["10%"])


def test_plotly_speaks_vietnamese_without_fetching_anything() -> None:
    assert config("vi")["locales"]["vi"]["format"]["decimal"] == ","
    assert len(config("vi")["locales"]["vi"]["format"]["months"]) == 12
    assert "locale" not in config("en")
    assert "http" not in json.dumps(config("vi"))


def test_each_year_of_the_control_chart_stands_over_its_n_and_a_limit_at_zero_is_not_drawn() -> None:
    lines = frames.year_lines()
    years = lines[lines["unit_code"] == lines["unit_code"].iloc[0]].assign(
        center=0.2, lower=0.0, upper=0.5, outside=False
    )
    drawn = control.years(years, Look("vi"))
    known = years.dropna(subset=["value"]).iloc[0]
    assert drawn.layout.xaxis.ticktext[0] == f"{known['period']}<br>1.000"
    assert [line.y0 for line in drawn.layout.shapes] == [0.2, 0.5]
    assert len(control.years(years.assign(lower=0.05), Look("vi")).layout.shapes) == 3
