"""Nothing here talks to a network: no socket of the internet family is ever made, and no name is looked up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

_WATCHED = """
import socket, sys
INTERNET = {socket.AF_INET, socket.AF_INET6}

def hook(event, about):
    if event == "socket.__new__" and about[1] in INTERNET:
        raise SystemExit("a socket of the internet was made")
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "http.client.connect"):
        raise SystemExit(f"{event} was asked for")

sys.addaudithook(hook)
"""
_CHECKS_ITSELF = """
from supervise.__main__ import main
sys.argv = ["supervise", "--self-check"]
main()
"""


def watched(tmp_path: Path, does: str) -> subprocess.CompletedProcess[str]:
    about = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", _WATCHED + does],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=about,
    )  # fmt: skip


def test_a_day_of_work_makes_no_socket_of_the_internet(tmp_path: Path) -> None:
    """Store, import, gaps, PDF, workbook, calendar, backup, and every page of the window."""
    ran = watched(tmp_path, _CHECKS_ITSELF)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "All is well."


def test_one_that_is_made_would_be_noticed(tmp_path: Path) -> None:
    for does in ("socket.socket()", "socket.getaddrinfo('localhost', 80)"):
        assert watched(tmp_path, does).returncode == 1
