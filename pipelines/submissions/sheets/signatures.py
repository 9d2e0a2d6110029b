"""Lines under a table that are no data: "Thủ trưởng đơn vị", "Người lập biểu", "Hà Nội, ngày … tháng … năm …"."""

import re

from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.legacy_text import in_unicode

MOST = 3  # cells of such a row
_LONGEST = 80
_OF = r"(?: (?:don vi|co quan|phong|ban|vu|cuc|vien|cum|cum thi dua|bieu|bao cao|tong hop|bieu mau)){0,2}"
_OFFICE = (
    r"thu truong|(?:pho )?(?:vu|cuc|vien|truong) ?truong|(?:pho )?truong phong|(?:pho )?chanh van phong|"
    r"(?:pho )?giam doc|(?:pho )?chu tich|lanh dao"
)
_SIGNED = re.compile(
    rf"(?:(?:t/?m|k/?t|t/?l|tuq)[. ]+)?(?:{_OFFICE}){_OF}"
    rf"|nguoi (?:lap|duyet|bao cao|tong hop|kiem tra|ky){_OF}"
    rf"|xac nhan(?: cua)?(?: {_OFFICE})?{_OF}"
    r"|\(?(?:da )?ky(?: ten)?(?:,? ?(?:va )?(?:ghi ro )?ho(?: va)? ten)?(?:,? ?(?:va )?dong dau)?\)?"
    r"|\(?ky(?: ten)?,? ?dong dau\)?"
    r"|(?:t/?m|k/?t|t/?l|tuq)\. ?[a-z].{1,60}"
    r"|(?:.{1,40}, ?)?ngay[\d .…_]{1,20}thang[\d .…_]{1,20}nam[\d .…_]{0,20}"
)


def is_signature(cell: object) -> bool:
    """Whether a cell is clearly such a line, and nothing else."""
    text = str(cell)
    return 2 <= len(text) <= _LONGEST and _SIGNED.fullmatch(fold(in_unicode(text)).rstrip(" .:…")) is not None
