"""What every process that is to be killed begins with: modules loaded and workbooks read once, in the process they are copied from."""

from pipelines.warehouse import build
from tests import crash_jobs

__all__ = ["build", "crash_jobs"]

crash_jobs.read_ahead()
