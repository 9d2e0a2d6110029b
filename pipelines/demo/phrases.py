"""Sentences of the demo: achievements, initiatives, campaigns, exemplars, targets, criteria.

Invented, of the right sound.
"""

from random import Random

_DID = ("Chủ trì tham mưu", "Tham mưu kịp thời", "Trực tiếp thực hiện", "Phối hợp tốt trong", "Có nhiều đóng góp trong", "Hoàn thành trước hạn", "Đề xuất giải pháp cho", "Tổ chức tốt")  # fmt: skip
_WORK = ("việc theo dõi các vụ án, vụ việc phức tạp", "công tác phòng, chống tham nhũng, lãng phí", "việc xây dựng đề án cải cách tư pháp", "công tác tiếp dân, xử lý đơn thư", "việc kiểm tra, giám sát chuyên đề", "công tác tổ chức cán bộ", "việc tổng kết nghị quyết chuyên đề", "công tác tổng hợp, thông tin báo cáo", "việc số hóa hồ sơ, tài liệu", "công tác tài chính, hậu cần phục vụ hội nghị", "việc thẩm định văn bản pháp luật", "công tác phối hợp với cấp ủy địa phương", "việc rà soát các kết luận thanh tra", "công tác tuyên truyền, biên tập tin, bài")  # fmt: skip
_HOW = ("được tập thể ghi nhận", "bảo đảm chất lượng, tiến độ", "rút ngắn thời gian xử lý", "không để tồn đọng", "được lãnh đạo đánh giá cao", "có sức lan tỏa trong đơn vị", "góp phần hoàn thành nhiệm vụ chung")  # fmt: skip
_SUDDEN = ("Xử lý kịp thời tình huống phức tạp phát sinh", "Phục vụ tốt đoàn kiểm tra đột xuất", "Hoàn thành báo cáo gấp theo yêu cầu của cấp trên", "Tham gia khắc phục hậu quả bão lũ", "Phát hiện, kiến nghị xử lý kịp thời sai sót lớn")  # fmt: skip
_INITIATIVE = ("Giải pháp", "Cải tiến quy trình", "Xây dựng phần mềm", "Bộ biểu mẫu", "Cẩm nang", "Quy trình phối hợp")
_FOR = ("theo dõi tiến độ xử lý vụ việc", "quản lý đơn thư", "tổng hợp số liệu từ địa phương", "lập và lưu trữ hồ sơ", "chuẩn bị tài liệu họp không giấy", "đánh giá cán bộ hằng tháng", "rà soát văn bản trùng lặp", "khai thác kho tài liệu số", "kiểm soát chi tiêu nội bộ", "biên tập và kiểm chứng thông tin", "giám sát kết luận sau thanh tra", "phối hợp liên ngành", "tiếp nhận phản ánh của công dân")  # fmt: skip
_CAMPAIGN = {
    "THUONG_XUYEN": ("Thi đua hoàn thành xuất sắc nhiệm vụ chính trị", "Cán bộ, công chức thi đua thực hiện văn hóa công sở", "Thi đua thực hành tiết kiệm, chống lãng phí", "Thi đua nâng cao chất lượng tham mưu"),
    "THEO_DOT": ("Đợt thi đua chào mừng ngày truyền thống", "Đợt thi đua nước rút hoàn thành kế hoạch", "Đợt thi đua chào mừng đại hội Đảng các cấp", "Đợt thi đua số hóa hồ sơ"),
    "CHUYEN_DE": ("Chuyên đề xử lý dứt điểm vụ việc tồn đọng", "Chuyên đề nâng cao chất lượng báo cáo", "Chung sức xây dựng cơ quan số", "Chuyên đề cải cách hành chính", "Chuyên đề đổi mới tiếp công dân"),
}  # fmt: skip
_MODEL = ("Tổ tư vấn pháp luật cho cơ sở", "Ngày thứ Sáu không văn bản tồn", "Sổ tay nghiệp vụ điện tử", "Phòng họp không giấy", "Mỗi tuần một vụ việc được giải quyết", "Nhóm nòng cốt phân tích dữ liệu", "Một đầu mối tiếp nhận thông tin", "Kèm cặp cán bộ trẻ theo cặp", "Bản tin nội chính hằng tuần", "Đối thoại định kỳ với cơ sở", "Kho mẫu văn bản dùng chung", "Tự kiểm tra chéo giữa các phòng")  # fmt: skip
FIELDS = ("Nội chính", "Phòng, chống tham nhũng", "Cải cách tư pháp", "Tổ chức cán bộ", "Cải cách hành chính", "Chuyển đổi số", "Thông tin, tổng hợp")  # fmt: skip
PLACES = ("các phòng trong đơn vị", "ba vụ của Ban", "bốn ban nội chính tỉnh ủy", "hai cụm thi đua", "văn phòng cấp ủy huyện", "các đảng ủy trực thuộc")  # fmt: skip
# Content, unit of measure, direction, an ordinary level
TARGETS = (
    ("Vụ việc được theo dõi, đôn đốc xử lý", "vụ việc", "TANG", 40),
    ("Báo cáo chuyên đề hoàn thành", "báo cáo", "TANG", 12),
    ("Văn bản tham mưu đúng hạn", "%", "TANG", 95),
    ("Cuộc kiểm tra, giám sát", "cuộc", "TANG", 6),
    ("Đơn thư tồn đọng cuối năm", "đơn", "GIAM", 8),
    ("Cán bộ được bồi dưỡng nghiệp vụ", "lượt người", "TANG", 15),
    ("Văn bản phải sửa lại do sai sót", "%", "GIAM", 4),
    ("Hồ sơ được số hóa", "hồ sơ", "TANG", 300),
    ("Thời gian xử lý văn bản đến", "ngày", "GIAM", 3),
)
# Code, name, kind, maximum
CRITERIA = (
    ("TC01", "Thực hiện nhiệm vụ chính trị, chuyên môn", "CO_BAN", 40),
    ("TC02", "Công tác phòng, chống tham nhũng, lãng phí", "CO_BAN", 15),
    ("TC03", "Công tác cải cách tư pháp", "CO_BAN", 10),
    ("TC04", "Xây dựng Đảng và hệ thống tổ chức", "CO_BAN", 10),
    ("TC05", "Tổ chức phong trào thi đua", "CO_BAN", 10),
    ("TC06", "Phát hiện, nhân rộng điển hình", "CO_BAN", 5),
    ("TC07", "Chế độ thông tin, báo cáo", "CO_BAN", 5),
    ("TC08", "Tham gia hoạt động của cụm", "CO_BAN", 5),
    ("TC09", "Sáng kiến có phạm vi ảnh hưởng", "THUONG", 5),
    ("TC10", "Thành tích đột xuất, đặc biệt", "THUONG", 3),
    ("TC11", "Nộp báo cáo chậm, thiếu", "TRU", 5),
    ("TC12", "Có cán bộ bị kỷ luật", "TRU", 5),
)
PLEDGES = (
    ("Tập thể đạt danh hiệu Tập thể lao động tiên tiến (%)", 90),
    ("Cán bộ hoàn thành tốt nhiệm vụ trở lên (%)", 85),
    ("Mô hình mới, cách làm hay được nhân rộng", 2),
    ("Sáng kiến được công nhận", 3),
    ("Báo cáo định kỳ đúng hạn (%)", 95),
    ("Văn bản tham mưu được cấp ủy chấp thuận (%)", 90),
)


def achievement(rng: Random, year: int, award: str, kind: str) -> str:
    """What an award is given for. Titles of the year use the set phrase everybody uses."""
    if kind == "DOT_XUAT":
        return f"{rng.choice(_SUDDEN)}, năm {year}"
    if award == "LDTT":
        return f"Hoàn thành tốt nhiệm vụ được giao năm {year}, chấp hành tốt chủ trương, nội quy"
    if award == "KNC":
        return "Có quá trình công tác, cống hiến cho ngành"
    return f"{rng.choice(_DID)} {rng.choice(_WORK)} năm {year}, {rng.choice(_HOW)}"


def team_achievement(rng: Random, year: int) -> str:
    """What a collective is praised for."""
    return f"Tập thể đoàn kết, hoàn thành tốt {rng.choice(_WORK)} năm {year}"


def initiative_title(rng: Random) -> str:
    """The title of an initiative."""
    return f"{rng.choice(_INITIATIVE)} {rng.choice(_FOR)}"


def campaign_name(rng: Random, mode: str, year: int, until: int) -> str:
    """The name of a campaign of a mode, with its years."""
    return f"{rng.choice(_CAMPAIGN[mode])} {f'năm {year}' if year == until else f'giai đoạn {year} - {until}'}"


def model_name(rng: Random, kind: str) -> str:
    """The name of a model or a good practice."""
    return f"{'Mô hình' if kind == 'MO_HINH' else 'Cách làm'} “{rng.choice(_MODEL)}”"
