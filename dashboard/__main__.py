"""`python -m dashboard`: serve the pages on http://localhost:8501 (STREAMLIT_SERVER_PORT for another port)."""

from dashboard.server import app
from pipelines import settings

if __name__ == "__main__":
    app.run(config=settings.server())
