"""A data folder with the whole demo in it, for the parts that measure what readers and clerks meet."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipelines.settings import PROJECT, Home

YEARS = "2014-2025"


def make(root: Path) -> Path:
    """The demo written, received and built as `make run` does it."""
    environment = os.environ | {"THIDUA_HOME": str(root)}
    command = [sys.executable, "-m", "pipelines", "demo", "--years", YEARS]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return root


def copy(source: Path | None, folder: Path) -> Home:
    """A copy to write to."""
    if source is None:
        raise ValueError("a data folder with the demo is needed")
    return Home(Path(shutil.copytree(source, folder / "home"))).ready()
