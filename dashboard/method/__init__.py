"""The page *Phương pháp*."""
