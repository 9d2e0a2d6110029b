"""No settings file of whoever runs the tests has a say in them."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]  # of the project
os.environ["THIDUA_SETTINGS"] = str(Path(tempfile.gettempdir()) / f"thidua-tests-{os.getpid()}.env")
