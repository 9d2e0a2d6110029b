"""Loaded by the process that those to be killed are copied from: the workbooks they hand in are read once."""

from pipelines.warehouse.building import build
from tests.support.homes.crash_jobs import read_ahead

build.THREADS = 1  # as in every test, see `conftest`
read_ahead()
