"""Files that appear only when they are whole.

A report is written beside its place under another name, brought safely to the disk, and renamed at the
very end. Whatever stops it before then, also the person who asked for it, leaves no file, and leaves
one that was there before as it was.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from supervise.errors import DiskFull, FileTrouble


@contextmanager
def fresh_file(to: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes `to` when the block ends well.

    Only its owner may read it. Raises DiskFull when there is no room, and FileTrouble when the folder
    is missing or the file may not be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".supervise-", suffix=".part", dir=to.parent)
    except OSError as trouble:
        raise _told(trouble, to) from trouble
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, to)
    except OSError as trouble:
        raise _told(trouble, to) from trouble
    finally:
        with suppress(OSError):  # after the rename there is nothing left under the other name
            os.unlink(name)


def _told(trouble: OSError, to: Path) -> FileTrouble:
    """The same trouble as a person should hear it."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"There is no room left to write {to}.")
    if trouble.errno in (errno.ENOENT, errno.ENOTDIR):
        return FileTrouble(f"The folder for {to} is not there.", "Choose a folder that exists.")
    if trouble.errno == errno.EISDIR:
        return FileTrouble(f"{to} is a folder.", "Choose a name for the file inside it.")
    return FileTrouble(f"{to} could not be written.")
