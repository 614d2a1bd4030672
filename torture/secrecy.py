"""Words typed during a day's use, looked for in the clear wherever a computer keeps things; and sockets, watched.

What somebody has asked for in the clear (an export, a paper) is theirs and stands in a folder that is left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from supervise.fields import KINDS, Field, Holds
from tests.making import write_csv
from tests.store.killing import ROOT
from tests.store.test_secrecy import in_the_clear, written
from torture.found import Found, Say

PASSPHRASE = "zqpassphraseqz turnip glacier"
_OWN = ("brought", "taken")
"""Folders of what somebody brought, or took away, in the clear."""
_INET = re.compile(r"AF_INET6?\b")


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """`count` days."""
    found = Found()
    for day in range(count):
        here = folder / str(day)
        for name in ("home", "temporary", *_OWN):
            (here / name).mkdir(parents=True)
        say(f"Day {day + 1} at the window and at the terminal …")
        words = [PASSPHRASE, *_at_the_window(found, here)]
        words += _at_the_terminal(found, here)
        say("Looking for the words …")
        _look(found, here, words)
    if not _can_trace():
        found.not_tried.append("sockets watched by strace, which is not here or may not trace")
    return found.ended()


def _at_the_window(found: Found, here: Path) -> list[str]:
    said = _run(
        found,
        here,
        "the window",
        ["-m", "torture.window_day", _store(here), str(here / "home")],
        PASSPHRASE,
    )
    return said.split()


def _at_the_terminal(found: Found, here: Path) -> list[str]:
    """A file with a word in every field is brought in, and everything is asked that can be asked."""
    words = _bring(here / "brought")
    paper, export = here / "taken" / "record.pdf", here / "taken" / "export"
    for said in (
        ["import", str(here / "brought"), "--yes"], ["status"], ["gaps"], ["history"],
        ["explain", "zqid1"], ["print", "record", "zqsession1", "-o", str(paper)],
        ["export", str(export)], ["export", f"{export}.xlsx"], ["backup"], ["check"],
    ):  # fmt: skip
        _run(
            found, here, f"supervise {said[0]}", ["-m", "supervise", "--store", _store(here), *said], ""
        )
    return words


def _store(here: Path) -> str:
    return str(here / "data" / "a.store")


def _bring(folder: Path) -> list[str]:
    """A row of every kind with a word in each field that takes one; gives the words."""
    words = []
    for kind in KINDS:
        line = []
        for name in kind.columns:
            field = None if name == kind.id_column else kind.field(name)
            value = (
                f"zq{'id' if kind.name == 'person' else kind.name}1" if field is None else _value(field)
            )
            if field is not None and value == "":
                value = f"zqfile{kind.name}{name}qz".replace("_", "")
                words.append(value)
            line.append(value)
        write_csv(folder / f"{kind.sheet}.csv", [kind.columns, line])
    return words


def _value(field: Field) -> str:
    """A plain value; empty for a word."""
    if field.refers:
        return {"person": "zqid1", "session": "zqsession1"}.get(field.refers, "zqaction1")
    if field.words:
        return field.words[1] if field.name == "status" else field.words[0]
    if field.name in ("every", "clock"):
        return {"every": "2 weeks", "clock": "one_to_one"}[field.name]
    plain = {
        Holds.DAY: "2025-03-03",
        Holds.TIME: "09:30",
        Holds.COUNT: "60",
        Holds.NUMBER: "0.5",
        Holds.YES_NO: "no",
    }
    return plain.get(field.holds, "")


def _run(found: Found, here: Path, what: str, words: Sequence[str], typed: str) -> str:
    """Runs something with a home and a place for temporary files of its own, watched if it can be."""
    trace = here / "trace"
    watched = ["strace", "-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(trace)]
    command = [*(watched if _can_trace() else []), sys.executable, *words]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(here),
        input=typed + "\n",
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        found.judge(f"{what} ran", [done.stderr[-2000:] or f"it ended with {done.returncode}"])
    if trace.exists():
        met = [line for line in trace.read_text("utf-8", "replace").splitlines() if _INET.search(line)]
        found.judge("processes whose sockets were watched", [f"{what}: {line}" for line in met])
        trace.unlink()
    return done.stdout


def _environment(here: Path) -> dict[str, str]:
    home, temporary = str(here / "home"), str(here / "temporary")
    own = {name: f"{home}/{name.lower()}" for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                                      "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}  # fmt: skip
    for folder in own.values():
        Path(folder).mkdir(mode=0o700, exist_ok=True)
    temps = dict.fromkeys(("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"), temporary)
    return {
        **os.environ, **own, **temps, "HOME": home, "QT_QPA_PLATFORM": "offscreen", "SUPERVISE_PASSPHRASE": PASSPHRASE,
        "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*.debug=false;qt.text.font.db=false",
    }  # fmt: skip


def _can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def _look(found: Found, here: Path, words: Sequence[str]) -> None:
    """Every word in every file but those that are somebody's own, by content and by name."""
    files = {
        name: content for name, content in written(here).items() if name.split(os.sep)[0] not in _OWN
    }
    seen: dict[str, list[str]] = {}
    for name, content in files.items():
        for word in (*in_the_clear(list(words), content), *in_the_clear(list(words), name.encode())):
            seen.setdefault(word, []).append(name)
    for word in words:
        found.judge("words looked for", [f"{word} stands in {name}" for name in seen.get(word, ())])
    own = b"".join(content for name, content in written(here).items() if name.startswith(_OWN[1]))
    there = len(in_the_clear(list(words), own))
    found.judge(
        "the search itself", [] if there else ["it does not even find what was exported in the clear"]
    )
    found.remarks.append(
        f"{len(words)} words were looked for in {len(files)} files of the store, backups, home and temporary folder; "
        f"{there} of them were found, as they should be, in what was exported in the clear."
    )
