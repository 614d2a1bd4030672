"""Files that appear only when they are whole.

A file is written beside its place under another name, brought safely to the disk, and renamed at the very
end. Whatever stops it before then, also the person who asked for it, leaves no file, and leaves one that
was there before as it was.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from supervise.errors import DiskFull, FileTrouble

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What the system says when there is no room left, on the disk or in somebody's share of it."""


@contextmanager
def whole_file(to: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes `to` when the block ends well. Only its owner may read it.

    What goes wrong is the system's own OSError; `fresh_file` tells it in words.
    """
    handle, name = tempfile.mkstemp(prefix=".supervise-", suffix=".part", dir=to.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, to)
    finally:
        with suppress(OSError):  # after the rename there is nothing left under the other name
            os.unlink(name)
    sync_folder(to.parent)


@contextmanager
def fresh_file(to: Path) -> Iterator[BinaryIO]:
    """The same, with DiskFull when there is no room, and FileTrouble when the folder is missing or the
    file may not be written."""
    try:
        with whole_file(to) as out:
            yield out
    except OSError as trouble:
        raise told(trouble, to) from trouble


def told(trouble: OSError, to: Path) -> FileTrouble:
    """What kept a file from being written, as a person should hear it."""
    if trouble.errno in FULL:
        return DiskFull(f"There is no room left to write {to}.")
    if trouble.errno in (errno.ENOENT, errno.ENOTDIR):
        return FileTrouble(f"The folder for {to} is not there.", "Choose a folder that exists.")
    if trouble.errno == errno.EISDIR:
        return FileTrouble(f"{to} is a folder.", "Choose a name for the file inside it.")
    return FileTrouble(f"{to} could not be written.")


def sync_folder(folder: Path) -> None:
    """Waits until renames in that folder are on the disk. Windows does so by itself and has no way to ask."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
