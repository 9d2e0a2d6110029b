"""`Cán bộ`: everyone on the staff in the period."""

from pipelines.contract.shape import Column, Kind, Sheet

SHEET = Sheet(
    key="staff",
    title="Cán bộ",
    english="Staff",
    table="staff",
    unique=(("person_code",),),
    date_orders=(("arrived_on", "left_on"),),
    columns=(
        Column("person_code", "Mã cán bộ", "Staff code", Kind.CODE, "Mã riêng của từng người, giữ nguyên qua các năm. Không dùng số căn cước. Để trống: hệ thống cấp mã.", "Own code of each person, the same every year. Never a citizen number. Empty: the system issues one.", private=True),
        Column("full_name", "Họ và tên", "Full name", Kind.TEXT, "Họ và tên đầy đủ, có dấu.", "Full name.", required=True, private=True, width=26),
        Column("position_group", "Nhóm chức vụ", "Position group", Kind.CHOICE, "Chọn một trong các nhóm của biểu thống kê.", "One of the groups of the official statistics.", required=True, vocabulary="position_group", width=30),
        Column("job_title", "Chức vụ", "Job title", Kind.TEXT, "Chức vụ ghi trong quyết định.", "As in the decision.", private=True, width=20),
        Column("team", "Phòng, tổ", "Team", Kind.TEXT, "Tên hoặc mã phòng, tổ.", "Name or code of the room or team.", width=18),
        Column("arrived_on", "Ngày đến", "Arrived on", Kind.DATE, "Ngày về đơn vị (dd/mm/yyyy). Để trống nếu từ trước năm báo cáo.", "Empty if before the year."),
        Column("left_on", "Ngày đi", "Left on", Kind.DATE, "Ngày chuyển đi hoặc nghỉ (dd/mm/yyyy). Để trống nếu còn ở đơn vị ngày 31/12.", "Empty if still there on 31 December."),
        Column("rating", "Mức xếp loại", "Rating", Kind.CHOICE, "Mức xếp loại chất lượng; người chưa được xếp loại thì chọn “Chưa xếp loại”.", "Rating; choose “Not rated” for who has none yet.", required=True, vocabulary="rating", width=28),
        Column("discipline", "Hình thức kỷ luật", "Discipline", Kind.CHOICE, "Để trống nếu không bị kỷ luật.", "Empty if none.", vocabulary="discipline", private=True, width=18),
        Column("disciplined_on", "Ngày kỷ luật", "Disciplined on", Kind.DATE, "Ngày của quyết định kỷ luật.", "Date of the decision.", private=True),
        Column("note", "Ghi chú", "Note", Kind.TEXT, "Ghi chú tự do.", "Free text.", private=True, width=24),
    ),
)  # fmt: skip
