"""The same window on a real screen, or rather on a virtual one: Qt's own drawing on X11, keys and focus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: The journeys that are walked again there.
AGAIN = ("tests/journeys/test_first_start.py", "tests/ui/test_today.py", "tests/ui/test_window.py")


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="there is no virtual screen (Xvfb) here")
def test_journeys_go_the_same_way_on_a_screen() -> None:
    command = ["xvfb-run", "-a", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *AGAIN]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
