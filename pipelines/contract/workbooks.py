"""The kinds of workbook, and which sheets each holds. Template version and earlier layouts live here too."""

from dataclasses import replace

from pipelines.contract.shape import InfoField, Kind, Refers, Sheet, Workbook
from pipelines.contract.sheets import (
    awards,
    campaigns,
    cluster_awards,
    cluster_members,
    cluster_scores,
    collectives,
    exemplars,
    initiatives,
    pledges,
    staff,
    targets,
)

TEMPLATE_VERSION = "1"
INFO_TITLE = "Thông tin"
INFO_TITLE_ENGLISH = "Information"
EMPTY_LABEL = "Không phát sinh: {sheet}"  # one line a sheet on `Thông tin`; "x" in column B = nothing happened
NOT_DATA = (
    "không phải số liệu"  # in the title of a sheet of the sender's own, or above its rows: nothing to be reported there
)
LIST_SHEET = "DanhMuc"  # the template's own hidden list sheet: makes no finding
PROBLEMS_SHEET = "Lỗi cần sửa"  # first sheet of an annotated copy: makes no finding when the copy is sent again

_HEAD = (
    InfoField("form", "Loại biểu mẫu", "Form", Kind.CHOICE, required=True, vocabulary="form", locked=True),
    InfoField("template_version", "Phiên bản biểu mẫu", "Template version", Kind.CODE, required=True, locked=True),
)
_PERIOD = (
    InfoField("year", "Năm", "Year", Kind.INTEGER, required=True),
    InfoField("period_kind", "Kỳ báo cáo", "Period", Kind.CHOICE, required=True, vocabulary="period_kind"),
)

UNIT_REPORT = Workbook(
    code="BaoCaoDonVi",
    title="Báo cáo của đơn vị",
    english="Unit report",
    reporter="unit",
    info=(
        *_HEAD,
        InfoField("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, required=True, refers=Refers.UNITS),
        InfoField("unit_name", "Tên đơn vị", "Unit", Kind.TEXT),
        *_PERIOD,
        InfoField("collective_rating", "Mức xếp loại tập thể", "Rating of the unit", Kind.CHOICE, vocabulary="rating"),
        InfoField("prepared_by", "Người lập", "Prepared by", Kind.TEXT, private=True),
        InfoField("prepared_on", "Ngày lập", "Prepared on", Kind.DATE, required=True),
        InfoField("approved_by", "Người duyệt", "Approved by", Kind.TEXT, private=True),
    ),
    sheets=(
        staff.SHEET,
        collectives.SHEET,
        targets.SHEET,
        campaigns.SHEET,
        initiatives.SHEET,
        awards.SHEET,
        exemplars.SHEET,
    ),
)
CLUSTER_REPORT = Workbook(
    code="BaoCaoCum",
    title="Báo cáo của cụm thi đua",
    english="Cluster report",
    reporter="cluster",
    info=(
        *_HEAD,
        InfoField("cluster_code", "Mã cụm", "Cluster code", Kind.CODE, required=True),
        InfoField("cluster_name", "Tên cụm", "Cluster", Kind.TEXT),
        *_PERIOD,
        InfoField("lead_unit_code", "Cụm trưởng", "Head of cluster", Kind.CODE, required=True, refers=Refers.MEMBERS),
        InfoField("deputy_unit_code", "Cụm phó", "Deputy head", Kind.CODE, refers=Refers.MEMBERS),
        InfoField("pledge_signed_on", "Ngày ký giao ước", "Pledge signed on", Kind.DATE),
        InfoField("prepared_by", "Người lập", "Prepared by", Kind.TEXT, private=True),
        InfoField("prepared_on", "Ngày lập", "Prepared on", Kind.DATE, required=True),
    ),
    sheets=(
        cluster_members.SHEET,
        cluster_scores.SHEET,
        cluster_awards.SHEET,
        pledges.SHEET,
        campaigns.CLUSTER_SHEET,
        exemplars.CLUSTER_SHEET,
    ),
)
# A workbook that brings an earlier year in holds these sheets; what it does not hold is unknown, not zero.
HISTORY_SHEETS = frozenset({"staff", "awards"})
FIRST_YEAR = 1990  # that such a workbook may bring in
WORKBOOKS: dict[str, Workbook] = {book.code: book for book in (UNIT_REPORT, CLUSTER_REPORT)}


def history_of(form: Workbook) -> Workbook:
    """The short form of a workbook, for a year long past."""
    return replace(form, sheets=tuple(sheet for sheet in form.sheets if sheet.key in HISTORY_SHEETS))


def tables() -> dict[str, tuple[Sheet, ...]]:
    """Fact table -> the sheets that feed it (campaigns and exemplars come from both kinds of workbook)."""
    fed: dict[str, tuple[Sheet, ...]] = {}
    for book in WORKBOOKS.values():
        for sheet in book.sheets:
            fed[sheet.table] = (*fed.get(sheet.table, ()), sheet)
    return fed
