"""The page *Điển hình, mô hình*."""
