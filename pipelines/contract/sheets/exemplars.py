"""`Điển hình`: exemplars and models through the four stages (plan 40-KH/BNCTW, II.2.c: at least one a unit a year)."""

from dataclasses import replace

from pipelines.contract.shape import Column, Kind, Refers, Sheet

_COLUMNS = (
    Column("exemplar_code", "Mã điển hình", "Exemplar code", Kind.CODE, "Mã riêng; giữ nguyên qua các năm khi còn hiệu lực.", "Own code; kept while it lives.", required=True),
    Column("exemplar_name", "Tên điển hình", "Exemplar", Kind.TEXT, "Tên cá nhân, tập thể, mô hình hoặc cách làm.", "Name of the person, collective, model or practice.", required=True, private=True, width=40),
    Column("exemplar_kind", "Loại", "Kind", Kind.CHOICE, "Cá nhân, tập thể, mô hình mới hay cách làm hay.", "Kind of exemplar.", required=True, vocabulary="exemplar_kind"),
    Column("field", "Lĩnh vực", "Field", Kind.TEXT, "Lĩnh vực công tác.", "Field of work.", width=22),
    Column("found_on", "Ngày phát hiện", "Found on", Kind.DATE, "Ngày phát hiện; có thể trước năm báo cáo.", "May precede the year.", required=True),
    Column("developed_on", "Ngày bồi dưỡng", "Developed on", Kind.DATE, "Ngày bắt đầu bồi dưỡng.", "Date development began."),
    Column("summarised_on", "Ngày tổng kết", "Reviewed on", Kind.DATE, "Ngày tổng kết.", "Date of the review."),
    Column("replicated_on", "Ngày nhân rộng", "Replicated on", Kind.DATE, "Ngày nhân rộng.", "Date of replication."),
    Column("adopter_count", "Số nơi áp dụng", "Adopters", Kind.INTEGER, "Số nơi đã áp dụng.", "Places that adopted it.", minimum=0),
    Column("adopters", "Nơi áp dụng", "Adopted by", Kind.TEXT, "Tên các nơi áp dụng.", "Names of the adopters.", private=True, width=30),
    Column("summary", "Tóm tắt", "Summary", Kind.TEXT, "Tóm tắt nội dung, kết quả.", "Summary.", private=True, width=40),
)  # fmt: skip

SHEET = Sheet(
    key="exemplars",
    title="Điển hình",
    english="Exemplars",
    table="exemplars",
    unique=(("exemplar_code",),),
    date_orders=(("found_on", "developed_on", "summarised_on", "replicated_on"),),
    columns=_COLUMNS,
)
CLUSTER_SHEET = replace(
    SHEET,
    columns=(
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Đơn vị có điển hình.", "Unit of the exemplar.", required=True, refers=Refers.MEMBERS, width=40),
        *_COLUMNS,
    ),
)  # fmt: skip
