"""What the file of a paper is called, until somebody calls it otherwise."""

from __future__ import annotations

import re

from supervise.doing.here import Here
from supervise.doing.papers.paper import About, Paper
from supervise.workdays import Day, iso

LONGEST = 200
"""Bytes of a name: file systems take 255, and some programs put something before or after it."""

_REFUSED = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\s-]+'
)
"""What one file system or another refuses in a name, or shows as something else."""


def file_name(here: Here, paper: Paper, about: About, ending: str = ".pdf") -> str:
    """ "worker-Rhiannon-Pugh-2025-03-01-to-2026-02-28.pdf": the paper, whom it is of, and of which days; of a
    record the day on which it was held."""
    whose, first, last = _whose(here, about), about.first, about.last
    if about.session is not None and (row := here.store.row("session", about.session)):
        whose = here.name(row["person_id"])
        days = row["held_on"] or row["planned_on"] or ""
    else:
        days = _days(first, last) or _days(about.on, about.on)
    room = LONGEST - len(f"{paper.name}--{days}{ending}".encode())
    parts = (paper.name, _short(_plain(whose), room), days)
    return "-".join(part for part in parts if part) + ending


def _whose(here: Here, about: About) -> str:
    if about.person is not None:
        return here.name(about.person)
    return about.team or ""


def _days(first: Day | None, last: Day | None) -> str:
    if first is None or last is None:
        return ""
    return iso(first) if first == last else f"{iso(first)}-to-{iso(last)}"


def _plain(words: str) -> str:
    return _REFUSED.sub("-", words).strip("-. ")


def _short(words: str, room: int) -> str:
    """As much of it as there is room for, without half a letter at its end."""
    return words.encode()[:room].decode("utf-8", "ignore").strip("-. ")
