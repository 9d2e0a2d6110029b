"""`Phong trào`: campaigns of a unit, and (with the member unit) of a cluster."""

from dataclasses import replace

from pipelines.contract.shape import Column, Kind, Refers, Sheet

_COLUMNS = (
    Column("campaign_code", "Mã phong trào", "Campaign code", Kind.CODE, "Mã riêng; phong trào nhiều năm giữ nguyên mã.", "Own code; kept while the campaign lives.", required=True),
    Column("campaign_name", "Tên phong trào", "Campaign", Kind.TEXT, "Tên phong trào thi đua.", "Name of the campaign.", required=True, width=36),
    Column("campaign_mode", "Phương thức", "Mode", Kind.CHOICE, "Thường xuyên, theo đợt hay theo chuyên đề.", "Regular, in rounds or thematic.", required=True, vocabulary="campaign_mode", width=16),
    Column("scope", "Phạm vi", "Scope", Kind.CHOICE, "Phạm vi tổ chức.", "Scope.", required=True, vocabulary="scope", width=22),
    Column("launched_on", "Ngày phát động", "Launched on", Kind.DATE, "Ngày phát động; có thể trước năm báo cáo.", "May precede the year.", required=True),
    Column("reviewed_on", "Ngày sơ kết", "Reviewed on", Kind.DATE, "Ngày sơ kết.", "Date of the interim review."),
    Column("closed_on", "Ngày tổng kết", "Closed on", Kind.DATE, "Ngày tổng kết.", "Date of the final review."),
    Column("participant_count", "Số người tham gia", "Participants", Kind.INTEGER, "Số người tham gia.", "Number of participants.", minimum=0),
    Column("outcome", "Kết quả", "Outcome", Kind.TEXT, "Kết quả chính.", "Main outcome.", private=True, width=32),
)  # fmt: skip

SHEET = Sheet(
    key="campaigns",
    title="Phong trào",
    english="Campaigns",
    table="campaigns",
    unique=(("campaign_code",),),
    date_orders=(("launched_on", "reviewed_on", "closed_on"),),
    columns=_COLUMNS,
)
CLUSTER_SHEET = replace(
    SHEET,
    columns=(
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Để trống nếu của cả cụm.", "Empty: the whole cluster.", refers=Refers.MEMBERS, width=40),
        *_COLUMNS,
    ),
)  # fmt: skip
