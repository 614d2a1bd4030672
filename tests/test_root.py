"""The composition root: the passphrase leaves the environment, and a crash leaves nothing of the memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from supervise.__main__ import passphrase_taken

ROOT = Path(__file__).parents[1]


def test_the_passphrase_leaves_the_environment_at_once_and_is_handed_out_once() -> None:
    environment = {"SUPERVISE_PASSPHRASE": "violin glacier turnip", "HOME": "/home/a"}
    take = passphrase_taken(environment)
    assert environment == {"HOME": "/home/a"}
    assert [take(), take()] == ["violin glacier turnip", None]
    assert passphrase_taken(environment)() is None


CRASH = """
import os, sys
from supervise.__main__ import leave_no_dump
secret = "violin glacier " + "turnip"
leave_no_dump()
print(open("/proc/self/coredump_filter").read().strip())
sys.stdout.flush()
os.abort()
"""


def test_a_crash_leaves_no_memory_behind(tmp_path: Path) -> None:
    def allow_dumps() -> None:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    done = subprocess.run(
        [sys.executable, "-c", CRASH], cwd=tmp_path, capture_output=True, text=True, check=False,
        preexec_fn=allow_dumps, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode < 0
    assert int(done.stdout, 16) == 0
    assert list(tmp_path.iterdir()) == []
