"""Units of one group by any figure: a range of ranks each, like beside like, nobody ranked who cannot be."""

import pytest

from pipelines.access import sees_all
from pipelines.analysis import ranks
from pipelines.problems import Unknown
from pipelines.warehouse import connection
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer
from tests.support.homes.compared import YEARS, three_years

ALL = sees_all()


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return connection.current(three_years(tmp_path_factory.mktemp("ranked")))


def test_units_carry_the_ranks_their_shares_allow(version: Version) -> None:
    found = comparisons.compared(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS"))
    rows = found.rows.set_index("unit_code")
    judged = [unit for unit in rows.index if unit in YEARS and unit != "V05"]  # of V05's four people none is judged
    wanted = ranks.of_shares([YEARS[u][2][1] for u in judged], [YEARS[u][2][0] for u in judged])
    assert rows.loc[judged, "first"].tolist() == wanted.first.tolist()
    assert rows.loc[judged, "last"].tolist() == wanted.last.tolist()
    assert (rows.loc["V04", "first"], rows.loc["V04", "last"], found.ranked) == (1, 1, 6)
    assert rows.loc["V05", "first"] != rows.loc["V05", "first"] and rows.index[0] == "V05"
    assert rows.loc["V10", "state"] == "not_submitted" and rows.loc["V10", "last"] != rows.loc["V10", "last"]
    assert found.level == pytest.approx(34 / 146)


def test_counts_have_intervals_and_ranks_too(version: Version) -> None:
    found = comparisons.compared(version, ALL, Question("exemplar_count", "2025", peer_group="VU", breakdown="MO_HINH"))
    rows = found.rows.set_index("unit_code")
    assert not found.is_share and found.level == pytest.approx(2 / 7)  # two of the seven that reported have one
    assert rows.loc["V01", ["value", "first", "last"]].tolist() == [1, 1, 7]
    assert rows.loc["V01", "low"] == pytest.approx(0.0253, abs=1e-4) and rows.loc["V01", "band"] == "common"


def test_nobody_is_ranked_by_a_base_of_one(version: Version) -> None:
    found = comparisons.compared(version, ALL, Question("submitted_on_time", "2025", peer_group="VU"))
    assert found.ranked == 0 and found.rows["first"].isna().all() and len(found.rows) == 13


def test_a_period_nobody_reported_has_rows_and_no_level(version: Version) -> None:
    found = comparisons.compared(version, ALL, Question("award_rate", "2024", peer_group="BNCTU", breakdown="CSTDCS"))
    assert found.level != found.level and found.ranked == 0 and set(found.rows["state"]) == {"not_submitted"}


def test_a_metric_nobody_knows_is_said_to_be_unknown(version: Version) -> None:
    with pytest.raises(Unknown):
        comparisons.compared(version, ALL, Question("happiness", "2025", peer_group="VU"))


def test_every_share_and_count_of_the_version_is_offered_with_the_groups_figure(version: Version) -> None:
    told = queries.offered(version, ALL, "2025", "VU").set_index(["metric", "breakdown"])
    assert told.index.is_unique and set(told["kind"]) == {"ratio", "count"}
    known = queries.metric(version, ALL, "award_rate", ["2025"], ["VU"]).set_index("breakdown")["value"]
    assert told.loc["award_rate", "value"].to_dict() == known.to_dict()
    assert told.loc[("rating_share", "HTXSNV"), "english"] == "Outstanding"
    assert told.loc[("any_award_rate", ""), "name"] == ""
    one = Viewer("unit", ("V01",), False)
    province = queries.groups(version, ALL, "2025").set_index("kind").loc["province", "code"].iloc[0]
    assert queries.offered(version, one, "2025", province)["value"].isna().all()
