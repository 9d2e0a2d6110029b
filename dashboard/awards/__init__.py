"""The page *Khen thưởng*: who awards more than its peers, of what, to whom."""
