"""The page *So sánh đơn vị*."""
