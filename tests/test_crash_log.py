"""Faults are written down, and nothing of anybody's with them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supervise import __version__
from supervise.crash_log import NEWEST, noting, short

ROOT = Path(__file__).parents[1]
NAME = "Wilhelmina Brightwell-Ashdown"
MOMENT = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)


def run(code: str, logs: Path) -> subprocess.CompletedProcess[str]:
    """A program of its own: what faulthandler is set to belongs to a whole process."""
    begin = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from supervise.crash_log import catch_everything\n"
        "note = catch_everything(Path(sys.argv[1]), lambda: datetime(2026, 3, 31, 9, 30, tzinfo=UTC))\n"
    )
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", begin + code, str(logs)],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_an_exception_about_a_worker_leaves_no_trace_of_her(tmp_path: Path) -> None:
    logs = tmp_path / "Supervise" / "logs"
    ran = run(
        f"""
def ask(person):
    notes = person + " is away"
    class Trouble(LookupError):
        pass
    raise Trouble(f"{{person}} cannot be found: {{notes}}")
try:
    ask({NAME!r})
except LookupError as error:
    print(note(type(error), error.__traceback__))
""",
        logs,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    (path,) = logs.glob("2026*")
    assert ran.stdout.strip() == str(path)
    assert path.name == "2026-03-31T09-30-00 Trouble.txt"
    said = path.read_text("utf-8")
    assert "Trouble" in said
    assert "<string>, line 11, in <module>\n  <string>, line 9, in ask\n" in said
    assert f"Supervise {__version__}, Python" in said
    for word in NAME.replace("-", " ").split():
        assert [each for each in logs.iterdir() if word.encode() in each.read_bytes()] == []


def test_a_crash_of_the_interpreter_is_told_at_the_next_start(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    ran = run(f"def ask(person): __import__('faulthandler')._sigsegv()\nask({NAME!r})", logs)
    assert ran.returncode != 0
    assert list(logs.glob("2026*")) == []
    assert run("", logs).returncode == 0
    (path,) = logs.glob("2026*")
    assert path.name == "2026-03-31T09-30-00 hard-crash.txt"
    assert "<string>, line 4 in ask" in path.read_text("utf-8")
    assert NAME.encode() not in path.read_bytes()
    assert run("", logs).returncode == 0
    assert list(logs.glob("2026*")) == [path]


def test_only_the_newest_notes_are_kept(tmp_path: Path) -> None:
    (tmp_path / "kept by somebody.txt").touch()
    days = iter(range(NEWEST + 5))
    note = noting(tmp_path, lambda: MOMENT + timedelta(days=next(days)))
    for _ in range(NEWEST + 5):
        note(ValueError, None)
    notes = sorted(path.name for path in tmp_path.glob("20*"))
    assert len(notes) == NEWEST
    assert notes[0] == "2026-04-05T09-30-00 ValueError.txt"
    assert (tmp_path / "kept by somebody.txt").exists()


def test_two_faults_of_one_second_have_notes_of_their_own(tmp_path: Path) -> None:
    note = noting(tmp_path, lambda: MOMENT)
    one, two = note(ValueError, None), note(ValueError, None)
    assert one is not None and two is not None and one != two
    assert "ValueError\n  (nowhere that is known)" in one.read_text("utf-8")


def test_where_nothing_can_be_written_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", "utf-8")
    assert noting(tmp_path / "logs", lambda: MOMENT)(ValueError, None) is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (r"C:\Users\r.okafor\Supervise\supervise\ui\today.py", "supervise/ui/today.py"),
        ("/home/r.okafor/supervise/supervise/store/keys.py", "supervise/store/keys.py"),
        ("/home/r.okafor/venv/lib/site-packages/openpyxl/cell.py", "openpyxl/cell.py"),
        ("/home/r.okafor/python/lib/json/decoder.py", "decoder.py"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
        ("", ""),
    ],
)
def test_paths_say_nothing_of_whose_computer_it_is(path: str, said: str) -> None:
    assert short(path) == said
