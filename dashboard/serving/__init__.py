"""The server around the pages: the door, the first document, Streamlit's own scripts in Vietnamese, what runs beside the readers."""
