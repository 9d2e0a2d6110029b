"""The files of a session that the running server keeps."""

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def sizes(session: str, but: str) -> list[int]:
    """The size in bytes of each file of a session, without the file `but`."""
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return [len(file.data) for name, file in [*manager.file_storage.get(session, {}).items()] if name != but]
