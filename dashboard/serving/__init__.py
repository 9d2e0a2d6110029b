"""The server around the pages: the door, the HTML document, changes to Streamlit's scripts, background work."""
