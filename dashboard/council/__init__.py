"""The page *Đơn vị cần xem xét*, and what it shares with that of one unit."""
