"""No settings file of whoever runs the tests has a say in them."""

import os
import tempfile
from pathlib import Path

os.environ["THIDUA_SETTINGS"] = str(Path(tempfile.gettempdir()) / f"thidua-tests-{os.getpid()}.env")
