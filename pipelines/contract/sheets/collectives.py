"""`Tập thể`: rooms and teams inside the unit."""

from pipelines.contract.shape import Column, Kind, Sheet

SHEET = Sheet(
    key="collectives",
    title="Tập thể",
    english="Collectives",
    table="collectives",
    unique=(("team_code",),),
    columns=(
        Column("team_code", "Mã tập thể", "Team code", Kind.CODE, "Mã riêng của phòng, tổ; giữ nguyên qua các năm.", "Own code, the same every year.", required=True),
        Column("team_name", "Tên tập thể", "Team name", Kind.TEXT, "Tên phòng, tổ.", "Name of the room or team.", required=True, width=30),
        Column("headcount", "Số người", "Headcount", Kind.INTEGER, "Số người ngày 31/12.", "People on 31 December.", required=True, minimum=0),
        Column("rating", "Mức xếp loại", "Rating", Kind.CHOICE, "Mức xếp loại của tập thể.", "Rating of the collective.", required=True, vocabulary="rating", width=28),
    ),
)  # fmt: skip
