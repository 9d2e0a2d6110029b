"""`Khen thưởng` of a cluster workbook: counts, not people."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet

SHEET = Sheet(
    key="cluster_awards",
    title="Khen thưởng",
    english="Awards",
    table="cluster_awards",
    unique=(("unit_code", "award", "award_kind", "recipient", "position_group"),),
    at_most=(("awarded_count", "proposed_count"),),
    columns=(
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Đơn vị có người, tập thể được khen.", "Unit.", required=True, refers=Refers.MEMBERS, width=40),
        Column("award", "Danh hiệu, hình thức", "Award", Kind.CHOICE, "Danh hiệu thi đua hoặc hình thức khen thưởng.", "Title or form.", required=True, vocabulary="award", width=32),
        Column("award_kind", "Loại hình", "Kind", Kind.CHOICE, "Loại hình khen thưởng.", "Kind of commendation.", required=True, vocabulary="award_kind", width=24),
        Column("recipient", "Đối tượng", "Recipient", Kind.CHOICE, "Cá nhân hay tập thể.", "Individual or collective.", required=True, vocabulary="recipient", width=12),
        Column("position_group", "Nhóm chức vụ", "Position group", Kind.CHOICE, "Chỉ với cá nhân; để trống nếu không tách được.", "Individuals only; empty if not split.", vocabulary="position_group", width=30),
        Column("proposed_count", "Số đề nghị", "Proposed", Kind.INTEGER, "Số đề nghị.", "Number proposed.", required=True, minimum=0),
        Column("awarded_count", "Số được khen", "Awarded", Kind.INTEGER, "Số được khen.", "Number awarded.", required=True, minimum=0),
    ),
)  # fmt: skip
