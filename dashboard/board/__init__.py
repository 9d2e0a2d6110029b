"""The page *Tình hình nộp*: who has reported, and what was found."""
