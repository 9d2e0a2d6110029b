"""The page *Hồ sơ đơn vị*."""
