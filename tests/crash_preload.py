"""Loaded by the process that those to be killed are copied from: the workbooks they hand in are read once."""

from tests.crash_jobs import read_ahead

read_ahead()
