"""The page *Bảng quy định*."""
