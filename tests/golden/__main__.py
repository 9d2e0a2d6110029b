"""Write the golden file anew: the demo of 2023–2025 is received into a folder of its own and built."""

import sys
import tempfile
from pathlib import Path

from pipelines.platform import write_whole
from pipelines.settings import Home
from pipelines.warehouse.connection import current
from tests import golden
from tests.conftest import receive_demo

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        receive_demo(Path(folder), "2023-2025")
        write_whole(golden.PATH, golden.summary(current(Home(Path(folder)))).encode())
    sys.stdout.write(f"{golden.PATH}\n")
