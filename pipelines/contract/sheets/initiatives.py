"""`Sáng kiến`: one row an author (law of 2022, article 3.4)."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet

SHEET = Sheet(
    key="initiatives",
    title="Sáng kiến",
    english="Initiatives",
    table="initiatives",
    unique=(("initiative_code", "person_code"),),
    columns=(
        Column("initiative_code", "Mã sáng kiến", "Initiative code", Kind.CODE, "Mã riêng; nhiều tác giả thì mỗi tác giả một dòng cùng mã.", "Own code; one row an author.", required=True),
        Column("title", "Tên sáng kiến", "Title", Kind.TEXT, "Tên sáng kiến, đề tài.", "Title.", required=True, private=True, width=40),
        Column("person_code", "Mã cán bộ", "Author", Kind.CODE, "Tác giả: chọn trong danh sách cán bộ.", "Author: choose from the staff list.", required=True, refers=Refers.PEOPLE, private=True, width=26),
        Column("initiative_level", "Cấp công nhận", "Level", Kind.CHOICE, "Cấp đã công nhận.", "Level of recognition.", required=True, vocabulary="initiative_level", width=22),
        Column("recognised_on", "Ngày công nhận", "Recognised on", Kind.DATE, "Ngày của quyết định công nhận.", "Date of the decision."),
        Column("decision_no", "Số quyết định", "Decision no.", Kind.TEXT, "Số của quyết định công nhận.", "Number of the decision."),
    ),
)  # fmt: skip
