"""Pytest again and again, without reading other people's packages again: started in a copy of the project and asked line by line.

`python -m tests.faults.runner` takes the arguments of one run as JSON a line and answers with its exit code. The code of the
project is read anew each time, in a process of its own.
"""

import json
import os
import sys
from contextlib import suppress
from importlib import import_module

_SLOW = (
    *("pandas", "pyarrow.parquet", "duckdb", "scipy.stats", "scipy.optimize", "scipy.fft", "openpyxl", "xlsxwriter"),
    *("hypothesis", "playwright.sync_api", "streamlit.testing.v1", "plotly.graph_objects", "typer.testing"),
)


def main() -> None:
    """Answer until the questions end."""
    import pytest

    for name in _SLOW:
        with suppress(ImportError):
            import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _in_silence()
            os._exit(pytest.main(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _in_silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


if __name__ == "__main__":
    main()
