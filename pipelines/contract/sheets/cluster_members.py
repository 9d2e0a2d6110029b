"""`Thành viên`: one row a member unit, with the counts a cluster-only unit reports."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet


def _count(name: str, header: str, english: str, what: str = "") -> Column:
    return Column(
        name,
        header,
        english,
        Kind.INTEGER,
        f"Số người ở đơn vị ngày cuối kỳ: {what or header}. Không có thì ghi 0.",
        f"People there on the last day of the period: {english}; 0 if none.",
        required=True,
        minimum=0,
        width=12,
    )


SHEET = Sheet(
    key="cluster_members",
    title="Thành viên",
    english="Members",
    table="cluster_members",
    unique=(("unit_code",),),
    at_most=(("leader_count", "staff_count"),),
    sums=((("htxsnv_count", "httnv_count", "htnv_count", "khtnv_count", "cxl_count"), "staff_count"),),
    columns=(
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Đơn vị thành viên của cụm.", "Member unit.", required=True, refers=Refers.MEMBERS, width=40),
        Column("role", "Vai trò", "Role", Kind.CHOICE, "Cụm trưởng, cụm phó hay thành viên.", "Role in the cluster.", required=True, vocabulary="role", width=14),
        _count("staff_count", "Số cán bộ", "Staff"),
        _count("leader_count", "Trong đó lãnh đạo", "Of whom leaders"),
        _count("htxsnv_count", "HTXSNV", "Outstanding", "Hoàn thành xuất sắc nhiệm vụ"),
        _count("httnv_count", "HTTNV", "Good", "Hoàn thành tốt nhiệm vụ"),
        _count("htnv_count", "HTNV", "Completed", "Hoàn thành nhiệm vụ"),
        _count("khtnv_count", "KHTNV", "Not completed", "Không hoàn thành nhiệm vụ"),
        _count("cxl_count", "Chưa xếp loại", "Not rated"),
    ),
)  # fmt: skip
