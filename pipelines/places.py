"""Where the program's own files lie, in a checkout and installed as a package.

SQL files, texts and what the dashboard serves lie beside the code that reads them. The lists of the organisation
stay in `data/reference/` of a checkout; the wheel carries them as `pipelines/reference/`.
"""

from collections.abc import Mapping
from pathlib import Path

from pipelines.platform import user_data

PACKAGE = Path(__file__).resolve().parent
PROGRAM = PACKAGE.parent  # holds `pipelines` and `dashboard`: processes of the program start here
_CARRIED = PACKAGE / "reference"
IS_INSTALLED = _CARRIED.is_dir()
REFERENCE = _CARRIED if IS_INSTALLED else PROGRAM / "data" / "reference"
COMMAND = "thidua" if IS_INSTALLED else "python -m pipelines"  # what people type


def project(environment: Mapping[str, str]) -> Path:
    """The folder of `.env`, `data/` and `docs/`, to which relative paths belong: the checkout, or one among the user's
    own data.
    """
    return user_data(environment) / "thidua" if IS_INSTALLED else PROGRAM
