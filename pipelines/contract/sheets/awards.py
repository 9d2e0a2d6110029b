"""`Khen thưởng`: one row a proposal, from the council to the decision."""

from pipelines.contract.shape import Column, Kind, Refers, Sheet

SHEET = Sheet(
    key="awards",
    title="Khen thưởng",
    english="Awards",
    table="awards",
    unique=(("proposal_code",),),
    date_orders=(("council_on", "published_on", "submitted_on", "decided_on"),),
    at_most=(("votes_for", "council_size"),),
    columns=(
        Column("proposal_code", "Mã đề nghị", "Proposal code", Kind.CODE, "Mã riêng của đề nghị; biểu mẫu điền sẵn.", "Own code; filled by the template.", required=True, prefilled=True, width=16),
        Column("achievement_year", "Năm thành tích", "Achievement year", Kind.INTEGER, "Năm của thành tích được khen.", "Year of the achievement.", required=True, prefilled=True, minimum=1990, maximum=2100),
        Column("recipient", "Đối tượng", "Recipient", Kind.CHOICE, "Cá nhân hay tập thể.", "Individual or collective.", required=True, vocabulary="recipient", width=12),
        Column("recipient_code", "Mã cán bộ hoặc mã tập thể", "Staff or team code", Kind.CODE, "Chọn trong danh sách; mã của chính đơn vị cũng được.", "Choose from the list; the unit's own code is valid.", required=True, refers=Refers.RECIPIENTS, private=True, width=28),
        Column("award", "Danh hiệu, hình thức", "Award", Kind.CHOICE, "Danh hiệu thi đua hoặc hình thức khen thưởng.", "Title or form of commendation.", required=True, vocabulary="award", width=32),
        Column("award_kind", "Loại hình", "Kind", Kind.CHOICE, "Loại hình khen thưởng.", "Kind of commendation.", required=True, vocabulary="award_kind", width=24),
        Column("achievement", "Thành tích", "Achievement", Kind.TEXT, "Tóm tắt thành tích.", "Summary of the achievement.", required=True, private=True, width=40),
        Column("achieved_on", "Ngày lập thành tích", "Achieved on", Kind.DATE, "Bắt buộc về nội dung với khen đột xuất; phải trong năm thành tích.", "Must lie in the achievement year.", within="year"),
        Column("initiative_code", "Mã sáng kiến", "Initiative code", Kind.CODE, "Sáng kiến làm căn cứ (nếu có).", "Initiative it rests on, if any.", refers=Refers.INITIATIVES),
        Column("council_on", "Ngày họp Hội đồng", "Council met on", Kind.DATE, "Ngày Hội đồng họp xét.", "Date of the council."),
        Column("votes_for", "Số phiếu đồng ý", "Votes for", Kind.INTEGER, "Số phiếu đồng ý.", "Votes in favour.", minimum=0),
        Column("council_size", "Tổng số thành viên Hội đồng", "Council members", Kind.INTEGER, "Tổng số thành viên Hội đồng.", "Members of the council.", minimum=0),
        Column("published_on", "Ngày công khai", "Posted on", Kind.DATE, "Ngày công khai kết quả xét (trước khi trình).", "Date of posting, before submission."),
        Column("submitted_on", "Ngày trình", "Submitted on", Kind.DATE, "Ngày trình cấp có thẩm quyền.", "Date of submission."),
        Column("result", "Kết quả", "Result", Kind.CHOICE, "Đề nghị, đã khen, không đạt hoặc thu hồi.", "Outcome of the proposal.", required=True, vocabulary="result", width=12),
        Column("decision_no", "Số quyết định", "Decision no.", Kind.TEXT, "Số quyết định khen thưởng.", "Number of the decision."),
        Column("decided_on", "Ngày quyết định", "Decided on", Kind.DATE, "Ngày quyết định; có thể sau năm báo cáo.", "May be after the year."),
    ),
)  # fmt: skip
