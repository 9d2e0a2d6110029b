"""`Chấm điểm`: member × criterion, as the member, its peers and the cluster scored it."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet

SHEET = Sheet(
    key="cluster_scores",
    title="Chấm điểm",
    english="Scores",
    table="cluster_scores",
    unique=(("unit_code", "criterion_code"),),
    scales=((("max_score", "self_score", "cross_score", "final_score"), ""),),
    columns=(
        Column("unit_code", "Mã đơn vị", "Unit code", Kind.CODE, "Đơn vị được chấm.", "Unit scored.", required=True, refers=Refers.MEMBERS, width=40),
        Column("criterion_code", "Mã tiêu chí", "Criterion code", Kind.CODE, "Mã tiêu chí trong bảng điểm của cụm.", "Code in the cluster's scoring table.", required=True),
        Column("criterion_name", "Tên tiêu chí", "Criterion", Kind.TEXT, "Tên tiêu chí.", "Name of the criterion.", required=True, width=36),
        Column("score_kind", "Loại điểm", "Kind", Kind.CHOICE, "Cơ bản, thưởng hay trừ.", "Basic, bonus or penalty.", required=True, vocabulary="score_kind"),
        Column("max_score", "Điểm tối đa", "Maximum", Kind.NUMBER, "Điểm tối đa của tiêu chí.", "Maximum of the criterion.", required=True, minimum=0),
        Column("self_score", "Tự chấm", "Self", Kind.NUMBER, "Điểm tự chấm; điểm trừ ghi số âm hoặc 0.", "Own score; penalties are negative or 0.", required=True),
        Column("cross_score", "Chấm chéo", "Peers", Kind.NUMBER, "Điểm chấm chéo.", "Score by peers."),
        Column("final_score", "Cụm chấm", "Final", Kind.NUMBER, "Điểm cụm chấm.", "Score by the cluster."),
    ),
)  # fmt: skip
