"""The page *Trước phiên họp*: proposals against the rules."""
