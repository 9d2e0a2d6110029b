"""Types that Streamlit's functions return but that its public modules do not have."""

from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

__all__ = ["DeletedFile", "DeltaGenerator", "UploadedFile"]
