"""What is measured of the window really is the window, with everybody and every word in it. Nothing is timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import ours
from bench.measuring import ROOT, Size, environment
from bench.rows_file import pack
from bench.table import Report
from bench.window_large import LETTERS
from bench.windows import TEAM, measured

_TODAY = """
import json, sys
from pathlib import Path
from bench.after_paint import then
from bench.window_app import gone, opened
from PySide6.QtWidgets import QLabel, QPushButton

app = opened(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))

def tell():
    page = app.window.front
    seen = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    print(json.dumps({
        "page": page.name, "says": page.heading.text(), "seen": seen,
        "names": [row.card.name for row in page.cards.rows],
        "has keyboard": page.cards.rows[0].hasFocus(), "teams": app.window.top.team.count(),
    }))
    gone(app)

sys.stdout.reconfigure(line_buffering=True)
then(app.window, tell)
app.qt.exec()
"""

_LARGE = """
import json, sys
from pathlib import Path
from bench import window_large
from bench.after_paint import then
from bench.window_app import gone, opened

app = opened(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))

def tell():
    found = window_large.measured(app)
    page, edit = app.window.pages["team"], app.window.focusWidget()
    print(json.dumps({
        "found": found, "people": len(page.table.records), "last": page.view.currentIndex().row(),
        "written": edit.words(), "drafts": len(app.window.desk.workspace.store.drafts.list()),
        "front": app.window.front.name,
    }))
    gone(app)

sys.stdout.reconfigure(line_buffering=True)
then(app.window, tell)
app.qt.exec()
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder with a service of forty people, and the key of its store."""
    folder = tmp_path_factory.mktemp("service")
    pack(folder, 40, 2_000, 1)
    key = ours.create(folder)
    ours.take_in(folder)
    return folder, key


def told(code: str, service: tuple[Path, bytes]) -> dict[str, object]:
    """What a contestant's own process tells of what it shows."""
    folder, key = service
    words = [sys.executable, "-c", code, str(ours.store_path(folder)), key.hex()]
    where = {
        **environment(),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=where)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def test_what_is_measured_of_the_start_is_a_today_page_that_can_be_used(
    service: tuple[Path, bytes],
) -> None:
    page = told(_TODAY, service)
    assert page["page"] == "today" and page["has keyboard"] is True
    names = page["names"]
    assert isinstance(names, list) and len(names) > 5
    assert {page["says"], names[0]} <= set(page["seen"])  # type: ignore[call-overload]
    assert page["teams"] == 5  # everyone, and the four teams of forty people


def test_what_is_measured_of_the_large_window_is_done_to_everybody(service: tuple[Path, bytes]) -> None:
    window = told(_LARGE, service)
    found, people = window["found"], window["people"]
    assert isinstance(found, dict) and isinstance(people, int)
    assert set(found) == {"team", "sort", "filter", "scroll", "type"}
    assert all(taken > 0 for taken in found.values())
    assert (
        20 < people <= 40 and window["last"] == people - 1
    )  # the filter was emptied, and the end was reached
    written = window["written"]
    assert isinstance(written, str) and len(written) >= LETTERS
    assert "She said that she would ring the school on Monday morning." in written
    assert window["front"] == "session" and window["drafts"] == 0


def test_a_tiny_run_makes_its_lines(service: tuple[Path, bytes]) -> None:
    folder, key = service
    window = measured(folder, key, Size(people=40, sessions=2_000, rounds=1))
    assert [(line.what, line.against, len(line.ours), line.promised and line.promised[0]) for line in window.lines] == [
        ("Window: Today, 12 people", "an empty window", 4, "≤ 2"),
        ("Window: Team, 40 people", "", 1, "≤ 500 ms"),
        ("Team: sort, slowest", "", 1, "≤ 100 ms"),
        ("Team: filter, slowest", "", 1, "≤ 100 ms"),
        ("Team: scroll, longest frame", "", 1, "≤ 16 ms"),
        ("Record: type, longest frame", "", 1, "≤ 16 ms"),
    ]  # fmt: skip
    assert [(line.what, len(line.ours), len(line.theirs)) for line in window.others] == [
        ("Window: its door", 4, 4)
    ]
    twelve, large, empty = window.memory
    assert (twelve.promised, large.promised) == (
        ("≤ 2 × empty", 2 * empty.peak),
        ("≤ 4 × empty", 4 * empty.peak),
    )
    assert twelve.ours and large.ours and not empty.ours and empty.kept is None
    assert (
        max(map(len, Report([], window.lines, window.others, window.memory).plain().splitlines())) <= 100
    )
    assert TEAM == 13
