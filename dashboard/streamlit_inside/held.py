"""What the running server keeps of the files that a session has sent."""

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def sizes(session: str, but: str) -> list[int]:
    """Bytes of each file that is kept for a session, without the file that is replaced."""
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return [len(file.data) for name, file in [*manager.file_storage.get(session, {}).items()] if name != but]
