"""`Chỉ tiêu`: what the unit registered and what came of it (plan 40-KH/BNCTW, II.2.a)."""

from pipelines.contract.shape import Column, Kind, Sheet

SHEET = Sheet(
    key="targets",
    title="Chỉ tiêu",
    english="Targets",
    table="targets",
    unique=(("target_code",),),
    scales=((("planned", "achieved"), "measure_unit"),),
    columns=(
        Column("target_code", "Mã chỉ tiêu", "Target code", Kind.CODE, "Mã riêng của chỉ tiêu.", "Own code.", required=True),
        Column("content", "Nội dung", "Content", Kind.TEXT, "Nội dung chỉ tiêu đã đăng ký.", "What was registered.", required=True, width=40),
        Column("measure_unit", "Đơn vị tính", "Unit of measure", Kind.TEXT, "Ví dụ: %, vụ việc, báo cáo.", "For example %, cases, reports.", required=True),
        Column("direction", "Chiều", "Direction", Kind.CHOICE, "Tăng là tốt hay giảm là tốt.", "Whether higher or lower is better.", required=True, vocabulary="direction"),
        Column("planned", "Đăng ký", "Registered", Kind.NUMBER, "Số đã đăng ký đầu năm.", "Number registered.", required=True),
        Column("achieved", "Kết quả", "Result", Kind.NUMBER, "Số đạt được. Để trống nếu chưa có kết quả.", "Number reached; empty if not known yet."),
        Column("note", "Ghi chú", "Note", Kind.TEXT, "Ghi chú tự do.", "Free text.", private=True, width=24),
    ),
)  # fmt: skip
