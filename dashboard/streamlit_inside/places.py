"""The paths of Streamlit's server."""

CORE = "/_stcore/"
HEALTH, STREAM = f"{CORE}health", f"{CORE}stream"
UPLOADS = f"{CORE}upload_file/"  # then the session and the file
NEEDED = frozenset({"health", "stream", "upload_file"})  # all that the pages need below CORE
MEDIA = "/media/"  # downloads and pictures of a session
PROTOCOL, COOKIE, TOKEN = "streamlit", "_streamlit_xsrf", "X-Xsrftoken"  # of the WebSocket, and of uploads
