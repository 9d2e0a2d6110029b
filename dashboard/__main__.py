"""`python -m dashboard`: serve the pages on http://localhost:8501 (STREAMLIT_SERVER_PORT for another port)."""

import sys

from pipelines import settings
from pipelines.cli import console
from pipelines.encodings import speak_plainly
from pipelines.problems import Problem


def main() -> None:
    """Look at the settings and the data folder first: what is wrong with them is told before anything slow begins."""
    speak_plainly()
    try:
        settings.check()
        settings.hosts()
        where = settings.server()
        console.new_home()
    except (Problem, OSError) as problem:
        console.problem(problem)
        sys.exit(2)
    from dashboard.serving.server import app

    app.run(config=where)


if __name__ == "__main__":
    main()
