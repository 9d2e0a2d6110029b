"""Random steps of what happens to a data folder: workbooks, corrections, withdrawals, older bytes again, decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from pipelines.records.bodies import ReceiptBody, from_json
from pipelines.records.ledger import ACCEPTED, Ledger
from pipelines.warehouse.connection import current
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, Row, award, member, member_award, person

# V06 went into V15 and V07 into V14 in 2020; T42 sends a workbook of its own and stands in that of its cluster.
UNITS = ("V01", "V06", "V07", "V14", "V15", "T42")
YEARS = ("2019", "2020", "2021")
DAY = date(2021, 12, 1)  # of everything: a day later another period might open, which calls for a build from nothing
_AT = datetime(2021, 12, 1, 3, tzinfo=UTC)
Step = tuple[str, Any]


def _rows(key: str, most: int = 3, **columns: Any) -> st.SearchStrategy[list[Row]]:
    """Rows of a sheet, no two with one code; a column given as a tuple has one of its values."""
    values = {name: st.sampled_from(one) if isinstance(one, tuple) else st.just(one) for name, one in columns.items()}
    return st.lists(st.fixed_dictionaries(values), max_size=most, unique_by=lambda row: row[key])


_STAFF = _rows(
    "person_code",
    5,
    person_code=("A", "B", "C", "D", None),
    full_name=("Nguyễn An", "Lê Bình"),
    position_group=("TRUC_TIEP", "LD_VU"),
    rating=("HTXSNV", "HTNV", "CXL"),
    left_on=(None, "2020-05-31"),
    team=(None, "P1"),
    discipline=(None, "KHIEN_TRACH"),
)
_AWARDS = _rows(
    "proposal_code",
    proposal_code=("1", "2", "3"),
    achievement_year=(2012, 2019, 2020, 2021),
    recipient=("CA_NHAN", "CA_NHAN", "TAP_THE"),
    recipient_code=("A", "B", "C", "D", "P1"),
    award=("CSTDCS", "GK", "LDTT", "CSTDB", "TTLDTT"),
    award_kind=("THUONG_XUYEN", "THUONG_XUYEN", "DOT_XUAT", "NIEN_HAN"),
    achievement="Hoàn thành tốt",
    achieved_on=(None, "2020-02-01"),
    published_on=(None, "2020-02-10"),
    submitted_on=(None, "2020-02-12"),
    result=("DA_KHEN", "DA_KHEN", "DE_NGHI", "KHONG_DAT"),
    decided_on=(None, "2020-02-20"),
)
_OTHERS = {
    "collectives": _rows("team_code", team_code=("A", "P1"), team_name="Phòng", headcount=5, rating="HTTNV"),
    "targets": _rows(
        *("target_code", 2),
        target_code=("A", "B"), content=("Kiểm tra", "Tỷ lệ CSTĐCS"), measure_unit="%", direction="TANG", planned=(5, 100),
        achieved=(None, 6),
    ),
    "initiatives": _rows(
        *("initiative_code", 2),
        initiative_code=("1", "2"), title="Sổ tay", person_code=("A", "B", "E"), initiative_level=("CO_SO", "CHUA"),
    ),
    "campaigns": _rows(
        *("campaign_code", 2),
        campaign_code=("A", "B"), campaign_name="Thi đua", campaign_mode="THEO_DOT", scope="CO_QUAN",
        launched_on="2020-01-15", closed_on=(None, "2020-11-25"),
    ),
    "exemplars": _rows(
        *("exemplar_code", 2),
        exemplar_code=("A", "B"), exemplar_name="Mô hình", exemplar_kind="MO_HINH", found_on=("2019-05-01", "2020-12-20"),
        summarised_on=(None, "2020-06-01"),
    ),
}  # fmt: skip
_MEMBERS = _rows(
    "unit_code",
    unit_code=("T42", "T40", "T38"),
    role="THANH_VIEN",
    staff_count=10,
    leader_count=(0, 2),
    **{"htxsnv_count": 1, "httnv_count": 9, "htnv_count": 0, "khtnv_count": 0, "cxl_count": 0},
)
_MEMBER_AWARDS = _rows(
    "unit_code",
    unit_code=("T42", "T40", "T38"),
    award=("CSTDCS", "GK"),
    award_kind="THUONG_XUYEN",
    recipient="CA_NHAN",
    position_group=(None, "LD_VU"),
    proposed_count=3,
    awarded_count=(1, 3),
)
_SCORES = _rows(
    "criterion_code",
    **{"unit_code": ("T42", "T40"), "criterion_code": ("1", "2"), "criterion_name": "Công tác", "score_kind": "CHUAN"},
    **{"max_score": 30, "self_score": (28.5, 29.1), "cross_score": (None, 27.3), "final_score": (26.7, 28.1)},
)
_UNIT_BOOK = st.fixed_dictionaries({"staff": _STAFF, "awards": _AWARDS}, optional=_OTHERS)
_CLUSTER_BOOK = st.fixed_dictionaries(
    {"cluster_members": _MEMBERS, "cluster_awards": _MEMBER_AWARDS}, optional={"cluster_scores": _SCORES}
)
_STATUS = st.sampled_from((*ACCEPTED, ACCEPTED[0], "returned"))
_ANY = st.integers(0, 99)  # which of those there are
UNIT_STEP = st.tuples(
    st.just("unit"), st.tuples(st.sampled_from(UNITS), st.sampled_from((*YEARS, "2020H1")), _UNIT_BOOK, _STATUS)
)
CLUSTER_STEP = st.tuples(st.just("cluster"), st.tuples(st.just("C04"), st.sampled_from(YEARS), _CLUSTER_BOOK, _STATUS))
STEP: st.SearchStrategy[Step] = st.one_of(
    UNIT_STEP,
    UNIT_STEP,
    CLUSTER_STEP,
    st.tuples(st.sampled_from(("withdraw", "withdraw", "again", "close", "open", "pin", "link")), _ANY),
)


def _told(code: str, period: str, *awards: Row, found: str = "") -> Step:
    """An accepted workbook of A and B with these awards, and an exemplar found on a day."""
    exemplar = {"exemplar_code": "A", "exemplar_name": "Mô hình", "exemplar_kind": "MO_HINH", "found_on": found}
    rows = {"staff": [person("A"), person("B")], "awards": awards, "exemplars": [exemplar] if found else []}
    return "unit", (code, period, rows, "accepted")


_LATE, _REVOKED = award("1", "A", year=2019), award("1", "A", year=2019, result="THU_HOI")
_CLOSE, _OPEN, _WITHDRAW_LAST = ("close", 0), ("open", 0), ("withdraw", -1)  # 2019
_CLUSTER = {"cluster_members": [member("T42", 10)], "cluster_awards": [member_award("T42", 2)]}
# What a build upon the one before could get wrong, each told as (before the first build, after it).
DANGEROUS: dict[str, tuple[list[Step], list[Step]]] = {
    "a correction after closing": ([_told("V01", "2020", _LATE)], [_CLOSE, _told("V01", "2020"), _told("V01", "2020", _REVOKED)]),
    "a withdrawal after closing": ([_told("V01", "2020", _LATE)], [_CLOSE, _WITHDRAW_LAST, _told("V02", "2021"), _OPEN]),
    "a correction that is taken back": (
        [_told("V01", "2020"), _told("V01", "2020", _LATE)], [_CLOSE, _WITHDRAW_LAST, _WITHDRAW_LAST, _told("V01", "2020", _LATE)],
    ),
    "a late decision, then corrected": ([], [_CLOSE, _told("V01", "2021", _LATE), _told("V01", "2021", _REVOKED), _WITHDRAW_LAST]),
    "of a six-month workbook": ([], [_told("V01", "2020H1", _LATE), _CLOSE, _told("V01", "2020H1", _REVOKED)]),
    "an exemplar found last year": (
        [_told("V01", "2020", found="2019-12-20")], [_told("V01", "2021", found="2019-12-20"), _told("V01", "2020"), _CLOSE, _WITHDRAW_LAST],
    ),
    "one person under two codes": (
        [_told("V01", "2020", award("1", "A", year=2020))], [("link", 1), _told("V01", "2021", award("2", "B", year=2020)), _CLOSE],
    ),
    "a unit that went into another": (
        [_told("V07", "2019", _LATE, found="2019-05-01")],
        [_told("V14", "2020", _REVOKED, found="2019-05-01"), _told("V07", "2019", found="2019-05-01"), _CLOSE, _WITHDRAW_LAST],
    ),
    "two kinds of workbook of one unit": (
        [_told("T42", "2020", _LATE)],
        [("cluster", ("C04", "2020", _CLUSTER, "accepted")), _told("T42", "2020"), ("withdraw", -2), _CLOSE],
    ),
}  # fmt: skip


def take(desk: HandedIn, step: Step) -> None:
    """Do what a step says as far as the desk would let it happen: a closed period takes nothing."""
    kind, what = step
    ledger = Ledger().follow(desk.journal.events())
    if kind in ("unit", "cluster"):
        code, period, rows, status = what
        if period not in ledger.closed:
            hand_in = desk.unit if kind == "unit" else desk.cluster
            hand_in(code, period, rows, status=status, on=DAY)
    elif kind in ("withdraw", "again"):
        bodies = [one for one in ledger.receipts.values() if one.status in ACCEPTED and one.period not in ledger.closed]
        if kind == "withdraw":
            bodies = [one for one in bodies if one.receipt_no not in ledger.withdrawn]
        if bodies:
            _decide(desk, ledger, kind, bodies[what % len(bodies)])
    elif kind == "pin":
        desk.journal.append(
            from_json("pin", {"name": f"Hội đồng {ledger.seq}", "version": current(desk.home).name}), TESTER, _AT
        )
    elif kind == "link":
        old, new = ("BNC|A", "BNC|B") if what % 2 else ("BNC|C", "T42|A")
        if not ledger.links and not ledger.closed:
            desk.journal.append(
                from_json("person_link", {"old": old, "new": new, "from": "2020-07-01", "reason": "một người"}),
                TESTER,
                _AT,
            )
    else:
        _close_or_open(desk, ledger, kind, YEARS[what % len(YEARS)])


def _decide(desk: HandedIn, ledger: Ledger, kind: str, body: ReceiptBody) -> None:
    if kind == "withdraw":
        desk.journal.append(from_json("withdrawal", {"receipt_no": body.receipt_no, "reason": "nhầm"}), TESTER, _AT)
    elif ledger.current_with(body.sha256):
        again = replace(body, receipt_no=ledger.next_receipt_no(), status="unchanged")
        desk.journal.append(again, TESTER, _AT)
    else:
        version = ledger.next_version(body.reporter, body.period)
        desk.journal.append(replace(body, receipt_no=ledger.next_receipt_no(), version=version), TESTER, _AT)


def _close_or_open(desk: HandedIn, ledger: Ledger, kind: str, period: str) -> None:
    if kind == "close" and period not in ledger.closed:
        desk.journal.append(
            from_json("period_closed", {"period": period, "version": current(desk.home).name}), TESTER, _AT
        )
    elif kind == "open" and period in ledger.closed:
        desk.journal.append(from_json("period_opened", {"period": period, "reason": "sửa"}), TESTER, _AT)
