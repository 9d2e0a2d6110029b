"""Which units differ from their peers more than chance explains: one file a signal, numbers from `analysis`.

A signal reads frames of metrics and gives one row a unit; `council` puts them together. Nothing here opens a file.
"""
