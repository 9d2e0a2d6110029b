"""The page *Nộp báo cáo*: templates, uploads, receipts."""
