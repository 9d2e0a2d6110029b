"""What the cell reader loses, counted in the file itself: formats, hidden, struck out and unseen cells, of five
formats.
"""
