"""Messages between a page and the server, for readers without a browser (tests and benchmarks)."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

__all__ = ["BackMsg", "ForwardMsg"]
