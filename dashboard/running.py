"""What happens once a server, before the first reader comes."""

from dashboard import frames
from pipelines.problems import NoCurrentBuild
from pipelines.warehouse import queries
from pipelines.warehouse.viewer import sees_all


def warm_up() -> None:
    """Import what is slow and open the figures."""
    import plotly.graph_objects  # noqa: F401  (a second and a half that the first reader would wait for)

    try:
        version = frames.current()
    except NoCurrentBuild:
        return
    queries.freshness(version, sees_all())
