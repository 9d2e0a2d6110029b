"""Vietnamese names for people who do not exist: surnames by frequency, middle and given names drawn freely."""

from random import Random

# Shares of the population as commonly quoted; the rest of the list is kept for variety.
_SURNAMES = {
    "Nguyễn": 315, "Trần": 109, "Lê": 89, "Phạm": 59, "Hoàng": 45, "Vũ": 30, "Phan": 28, "Trương": 22, "Bùi": 22,
    "Đặng": 21, "Đỗ": 19, "Ngô": 17, "Hồ": 15, "Dương": 14, "Đinh": 12, "Võ": 20, "Huỳnh": 18, "Lý": 9, "Đoàn": 9,
    "Mai": 9, "Trịnh": 9, "Đào": 9, "Lương": 8, "Hà": 8, "Cao": 7, "Tạ": 6, "Lưu": 6, "Châu": 4, "Phùng": 5, "Tô": 5,
    "Vương": 5, "Thái": 5, "Quách": 3, "La": 3, "Nông": 3, "Vi": 3, "Lò": 3, "Quàng": 2, "Chu": 4, "Kiều": 3,
    "Lại": 3, "Ninh": 2, "Từ": 2, "Khổng": 2, "Giang": 2, "Bế": 2, "Triệu": 3, "Thạch": 2, "Danh": 2,
}  # fmt: skip
_MIDDLE_M = ("Văn", "Đức", "Hữu", "Quang", "Minh", "Xuân", "Ngọc", "Thanh", "Quốc", "Anh", "Công", "Đình", "Duy", "Trọng", "Tiến", "Hoàng", "Mạnh", "Viết", "Bá", "Thế", "Khắc", "Trung", "Gia", "Nhật", "Hải", "Vĩnh")  # fmt: skip
_MIDDLE_F = ("Thị", "Thị", "Thị", "Thu", "Ngọc", "Thanh", "Phương", "Minh", "Kim", "Thị Thu", "Thị Ngọc", "Hồng", "Bích", "Mai", "Thùy", "Quỳnh", "Thị Thanh", "Diệu", "Khánh", "Lan", "Thị Minh", "Tuyết", "Hoài", "Như")  # fmt: skip
_GIVEN_M = ("An", "Bách", "Bảo", "Bình", "Chính", "Chung", "Cương", "Cường", "Danh", "Dũng", "Duy", "Dương", "Đại", "Đạt", "Định", "Đông", "Giang", "Hà", "Hải", "Hân", "Hiến", "Hiếu", "Hiệp", "Hòa", "Hoan", "Học", "Huân", "Hùng", "Huy", "Hưng", "Khang", "Khải", "Khánh", "Khoa", "Kiên", "Kỳ", "Lâm", "Lân", "Linh", "Long", "Lộc", "Lợi", "Luân", "Mạnh", "Minh", "Nam", "Nghĩa", "Ngọc", "Nguyên", "Nhân", "Nhật", "Ninh", "Phong", "Phú", "Phúc", "Phương", "Quân", "Quang", "Quế", "Quyết", "Sáng", "Sơn", "Sỹ", "Tài", "Tâm", "Tân", "Thái", "Thành", "Thạch", "Thắng", "Thân", "Thiện", "Thịnh", "Thọ", "Thông", "Thuận", "Thức", "Tiến", "Tiệp", "Toàn", "Toản", "Trí", "Trung", "Trường", "Tú", "Tuân", "Tuấn", "Tùng", "Tuyên", "Văn", "Việt", "Vinh", "Vũ", "Vượng", "Xuân", "Ý")  # fmt: skip
_GIVEN_F = ("An", "Anh", "Ánh", "Bình", "Châm", "Châu", "Chi", "Cúc", "Diễm", "Diệp", "Dung", "Duyên", "Đào", "Giang", "Hà", "Hạnh", "Hằng", "Hảo", "Hậu", "Hiền", "Hiếu", "Hoa", "Hoài", "Hoan", "Hồng", "Huệ", "Huyền", "Hương", "Hường", "Khuyên", "Kiều", "Lam", "Lan", "Lành", "Liên", "Liễu", "Linh", "Loan", "Luyến", "Ly", "Mai", "Miền", "Mơ", "My", "Na", "Nga", "Ngà", "Ngân", "Ngọc", "Nguyệt", "Nhàn", "Nhi", "Nhung", "Như", "Oanh", "Phượng", "Phương", "Quyên", "Quỳnh", "Sen", "Tâm", "Thanh", "Thảo", "Thắm", "Thêu", "Thoa", "Thơ", "Thơm", "Thu", "Thủy", "Thúy", "Thùy", "Thư", "Thương", "Tình", "Trà", "Trang", "Trâm", "Trinh", "Tuyết", "Tươi", "Uyên", "Vân", "Vi", "Vui", "Xuân", "Xuyến", "Yên", "Yến")  # fmt: skip
# Combinations the lists could make that belong to well-known people.
_KNOWN = frozenset({
    "Nguyễn Xuân Phúc", "Phạm Minh Chính", "Nguyễn Hòa Bình", "Trương Hòa Bình", "Phan Văn Giang", "Lê Minh Hưng",
    "Phan Văn Khải", "Nguyễn Văn Linh", "Lê Đức Thọ", "Vương Đình Huệ", "Nguyễn Xuân Thắng", "Nguyễn Duy Ngọc",
    "Phạm Văn Đông", "Trương Thị Mai", "Trần Quốc Vượng", "Hồ Đức Việt", "Nguyễn Minh Phương", "Đinh Thế Huynh",
})  # fmt: skip


def full_name(rng: Random, female: bool) -> str:
    """A full name in the Vietnamese order: surname, middle name, given name (NFC)."""
    surname = rng.choices(list(_SURNAMES), list(_SURNAMES.values()))[0]
    middle = rng.choice(_MIDDLE_F if female else _MIDDLE_M)
    given = rng.choice(_GIVEN_F if female else _GIVEN_M)
    name = f"{surname} {middle} {given}"
    return full_name(rng, female) if name in _KNOWN or middle.split()[-1] == given else name
