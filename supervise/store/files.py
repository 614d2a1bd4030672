"""Writing the small files that stand beside a store, so that a kill at any moment leaves old or new."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from supervise.errors import DiskFull, FileTrouble, StoreReadOnly, SuperviseError
from supervise.whole_files import FULL, whole_file

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def plain_file_error(error: OSError) -> SuperviseError:
    """The same trouble in words: no room, no permission, or anything else that files do."""
    if error.errno in FULL:
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
    """Puts the content at `path`, whole or not at all. OSError if that fails; what stood there then still
    does."""
    with whole_file(path) as file:
        file.write(content)


def sync_file(path: Path) -> None:
    """Waits until what was written to the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
