"""The page *Dữ liệu*: what figures mean, and taking them away."""
