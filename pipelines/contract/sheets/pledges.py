"""`Giao ước`: what the members of a cluster pledged (plan 40-KH/BNCTW, II.6)."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet

SHEET = Sheet(
    key="pledges",
    title="Giao ước",
    english="Pledges",
    table="pledges",
    unique=(("pledge_code", "unit_code"),),
    scales=((("target", "outcome"), "content"),),
    columns=(
        Column("pledge_code", "Mã nội dung", "Pledge code", Kind.CODE, "Mã riêng của nội dung giao ước.", "Own code.", required=True),
        Column("content", "Nội dung", "Content", Kind.TEXT, "Nội dung giao ước.", "What was pledged.", required=True, width=40),
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Để trống nếu mọi thành viên cùng giao ước.", "Empty: all members.", refers=Refers.MEMBERS, width=40),
        Column("target", "Chỉ tiêu", "Target", Kind.NUMBER, "Số đã giao ước.", "Number pledged.", required=True),
        Column("outcome", "Kết quả", "Result", Kind.NUMBER, "Số đạt được.", "Number reached."),
    ),
)  # fmt: skip
