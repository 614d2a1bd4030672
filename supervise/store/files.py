"""Writing the small files that stand beside a store, so that a kill at any moment leaves old or new."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from supervise.errors import DiskFull, FileTrouble, StoreReadOnly, SuperviseError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def plain_file_error(error: OSError) -> SuperviseError:
    """The same trouble in words: no room, no permission, or anything else that files do."""
    if error.errno in _FULL:
        return DiskFull("There is no room left on the disk that holds the store.")
    if error.errno in _FORBIDDEN:
        return StoreReadOnly("The store, or the folder it is in, cannot be written to.")
    which = Path(str(error.filename)).name if error.filename else "A file beside the store"
    return FileTrouble(f"{which} could not be read or written.")


@contextlib.contextmanager
def files_told_plainly() -> Iterator[None]:
    """Tells what goes wrong with files in the block in words with a remedy."""
    try:
        yield
    except OSError as error:
        raise plain_file_error(error) from error


def write_safely(path: Path, content: bytes) -> None:
    """Puts the content at `path`, readable by its owner only: by a temporary file in the same folder,
    synced and renamed. OSError if that fails; what stood there then still does."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Waits until what was written to the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until renames in that folder are on the disk. Windows does so by itself and has no way to ask."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
