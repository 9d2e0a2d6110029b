"""What tests read from a page that `AppTest` runs if `AppTest` has no property for it."""

from streamlit.testing.v1 import AppTest


def html(page: AppTest) -> list[str]:
    """The body of every `st.html` on the page, from top to bottom."""
    return [element.proto.body for element in page.get("html")]
