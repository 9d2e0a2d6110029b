"""Code lists that the law or the forms fix. Lists that change without a programmer are CSV in `data/reference/`."""

from pipelines.contract.shape import Code

RATING = (
    Code("HTXSNV", "Hoàn thành xuất sắc nhiệm vụ", "Outstanding", ("HTXS", "Xuất sắc", "Hoàn thành xuất sắc")),
    Code("HTTNV", "Hoàn thành tốt nhiệm vụ", "Good", ("HTT", "Tốt", "Hoàn thành tốt")),
    Code("HTNV", "Hoàn thành nhiệm vụ", "Completed", ("HT", "Hoàn thành")),
    Code("KHTNV", "Không hoàn thành nhiệm vụ", "Not completed", ("KHT", "Không hoàn thành")),
    Code("CXL", "Chưa xếp loại", "Not rated", ("Không xếp loại",)),
)
# Rows 06–10 of the official statistics (form 0603): the answer to "leaders or those who do the work?"
POSITION_GROUP = (
    Code("LD_BO", "Lãnh đạo cấp ban, bộ, tỉnh trở lên", "Leaders, ministry or province level and above"),
    Code("LD_VU", "Lãnh đạo cấp vụ, sở", "Leaders, department level", ("Lãnh đạo vụ", "Lãnh đạo sở")),
    Code(
        "LD_PHONG",
        "Lãnh đạo khác từ phó phòng trở lên",
        "Other leaders, from deputy head of room",
        ("Lãnh đạo phòng", "Lãnh đạo cấp phòng"),
    ),
    Code("TRUC_TIEP", "Người trực tiếp công tác, lao động", "Direct staff", ("Trực tiếp", "Người lao động trực tiếp")),
    Code("DOANH_NHAN", "Doanh nhân", "Entrepreneurs"),
)
LEADER_GROUPS = ("LD_BO", "LD_VU", "LD_PHONG")
AWARD_KIND = (
    Code("THUONG_XUYEN", "Thường xuyên (công trạng)", "Regular merit", ("Thường xuyên", "Công trạng")),
    Code("CHUYEN_DE", "Chuyên đề", "Campaign-based", ("Theo chuyên đề",)),
    Code("DOT_XUAT", "Đột xuất", "Ad hoc"),
    Code("DOI_NGOAI", "Đối ngoại", "External relations"),
    Code("CONG_HIEN", "Quá trình cống hiến", "Long contribution", ("Cống hiến",)),
    Code("NIEN_HAN", "Niên hạn", "Seniority"),
    Code("KHANG_CHIEN", "Kháng chiến", "Resistance war"),
)
RECIPIENT = (Code("CA_NHAN", "Cá nhân", "Individual"), Code("TAP_THE", "Tập thể", "Collective"))
RESULT = (
    Code("DE_NGHI", "Đề nghị", "Proposed", ("Đang đề nghị",)),
    Code("DA_KHEN", "Đã khen", "Awarded", ("Đạt", "Đã khen thưởng")),
    Code("KHONG_DAT", "Không đạt", "Not granted"),
    Code("THU_HOI", "Thu hồi", "Revoked"),
)
EXEMPLAR_KIND = (
    Code("CA_NHAN", "Cá nhân", "Individual"),
    Code("TAP_THE", "Tập thể", "Collective"),
    Code("MO_HINH", "Mô hình mới", "New model", ("Mô hình",)),
    Code("CACH_LAM", "Cách làm hay", "Good practice", ("Cách làm",)),
)
STAGE = (
    Code("PHAT_HIEN", "Phát hiện", "Found"),
    Code("BOI_DUONG", "Bồi dưỡng", "Developed"),
    Code("TONG_KET", "Tổng kết", "Reviewed"),
    Code("NHAN_RONG", "Nhân rộng", "Replicated"),
)
INITIATIVE_LEVEL = (
    Code("CO_SO", "Cơ sở", "Grass-roots", ("Cấp cơ sở",)),
    Code("BAN", "Ban, bộ, ngành, tỉnh", "Ministry or province", ("Cấp ban", "Cấp bộ", "Cấp tỉnh")),
    Code("TOAN_QUOC", "Toàn quốc", "National", ("Cấp toàn quốc",)),
    Code("CHUA", "Chưa công nhận", "Not yet recognised"),
)
AWARD_LEVELS = ("NHA_NUOC", "BAN", "CO_SO")  # of the catalogue of awards, from the highest down
DIRECTION = (
    Code("TANG", "Tăng là tốt", "Higher is better", ("Tăng",)),
    Code("GIAM", "Giảm là tốt", "Lower is better", ("Giảm",)),
)
CAMPAIGN_MODE = (
    Code("THUONG_XUYEN", "Thường xuyên", "Regular"),
    Code("THEO_DOT", "Theo đợt", "In rounds", ("Đợt",)),
    Code("CHUYEN_DE", "Theo chuyên đề", "Thematic", ("Chuyên đề",)),
)
SCOPE = (
    Code("TOAN_QUOC", "Toàn quốc", "National"),
    Code("BO_TINH", "Bộ, ngành, địa phương", "Ministry or province"),
    Code("CUM", "Cụm, khối", "Cluster"),
    Code("CO_QUAN", "Cơ quan, đơn vị", "Unit"),
)
DISCIPLINE = (
    Code("KHONG", "Không", "None"),
    Code("KHIEN_TRACH", "Khiển trách", "Reprimand"),
    Code("CANH_CAO", "Cảnh cáo", "Warning"),
    Code("CACH_CHUC", "Cách chức", "Removal from post"),
    Code("KHAC", "Khác", "Other"),
)
ROLE = (
    Code("TRUONG", "Cụm trưởng", "Head of cluster", ("Trưởng cụm", "Trưởng")),
    Code("PHO", "Cụm phó", "Deputy head of cluster", ("Phó cụm", "Phó")),
    Code("THANH_VIEN", "Thành viên", "Member"),
)
SCORE_KIND = (
    Code("CO_BAN", "Cơ bản", "Basic", ("Điểm cơ bản",)),
    Code("THUONG", "Thưởng", "Bonus", ("Điểm thưởng",)),
    Code("TRU", "Trừ", "Penalty", ("Điểm trừ",)),
)
SCORE_SOURCE = (
    Code("self", "Tự chấm", "Self"),
    Code("cross", "Chấm chéo", "Peers"),
    Code("final", "Cụm chấm", "Final"),
)
PERIOD_KIND = (
    Code("year", "Năm", "Year"),
    Code("h1", "6 tháng", "Six months", ("Sáu tháng", "6 tháng đầu năm")),
    Code("history", "Lịch sử", "History"),
)
FORM = (
    Code("BaoCaoDonVi", "BaoCaoDonVi", "Unit report"),
    Code("BaoCaoCum", "BaoCaoCum", "Cluster report"),
)

VOCABULARIES: dict[str, tuple[Code, ...]] = {
    "rating": RATING,
    "position_group": POSITION_GROUP,
    "award_kind": AWARD_KIND,
    "recipient": RECIPIENT,
    "result": RESULT,
    "exemplar_kind": EXEMPLAR_KIND,
    "stage": STAGE,
    "initiative_level": INITIATIVE_LEVEL,
    "direction": DIRECTION,
    "campaign_mode": CAMPAIGN_MODE,
    "scope": SCOPE,
    "discipline": DISCIPLINE,
    "role": ROLE,
    "score_kind": SCORE_KIND,
    "score_source": SCORE_SOURCE,
    "period_kind": PERIOD_KIND,
    "form": FORM,
}
# Vocabulary "award" is not here: it is data/reference/award_catalogue.csv, dated and owned by the organisation.
AWARD = "award"
