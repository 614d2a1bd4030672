"""The memory of a process. It stands by itself, for a window that is measured imports nothing more than this."""

from __future__ import annotations

import sys
from pathlib import Path


def peak() -> int:
    """The most memory that this process has held, in bytes; 0 where we cannot tell (Windows)."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":  # whose getrusage also counts what the parent held when it started us
        status = Path("/proc/self/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
