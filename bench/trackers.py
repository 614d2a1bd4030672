"""Trackers: from a workbook to the plan of taking it in, against openpyxl that only reads its cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench import ours, peer_openpyxl
from bench.measuring import COLLECTOR_OFF, Line, Size, Taken, alone, alternate, timed
from bench.memory import peak
from bench.service import AS_AT
from bench.table import Held, Measured
from bench.tracker_files import LOG, MATRIX, MONTHS, NAMES, SHARED, make, path_of, workers_in_matrix
from supervise.collecting import without_collecting
from supervise.exchange.grids import grids_of
from supervise.exchange.plan import Stored
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.reading import tracker_of
from supervise.policies import DEFAULT_CLOCK
from supervise.trackers import How, Known, plan_of

READING, UNDERSTANDING, PLANNING = "reading the cells", "understanding", "planning"
"""The parts of it: cells as plain grids, what they say, and what would be stored."""

_OURS, _PARTS, _PEER, _UNGUARDED = "ours", "parts", "peer", "unguarded"
_SESSIONS_A_ROW = 60  # a log of 10,000 rows beside a service of 600,000 sessions
_FEWEST = 50

_NOTHING = Stored(
    rows=lambda kind: (), ids=lambda kind: set(), policies={}, protected=lambda kind, id: None,
    signed=lambda id: False, former=lambda kind: (),
)  # fmt: skip
_EMPTY = Known(_NOTHING, sessions=lambda people: (), store_id="")

Answer = TypeVar("Answer")


def measured(folder: Path, size: Size, seed: int) -> Measured:
    """Make trackers in a folder and measure everything about them. RuntimeError if one is misread."""
    rows = rows_for(size)
    alone(make, folder, rows, seed)
    alone(refuse_misread, folder, rows)
    asked = alternate(
        {
            _OURS: partial(plan, folder),
            _PEER: partial(peer_openpyxl.read_all, folder),
            _PARTS: partial(plan_in_parts, folder),
            _UNGUARDED: partial(peer_openpyxl.read_all_unguarded, folder),
        },
        size.rounds,
    )
    memory = [
        Held(said, max(each.peak for each in asked[who]), who == _OURS)
        for who, said in ((_OURS, "trackers"), (_PEER, "(trackers by openpyxl)"))
    ]
    return Measured([_promised(asked, rows)], _others(asked, rows), memory)


def rows_for(size: Size) -> int:
    """How many rows the log has beside a service of that size."""
    return max(size.sessions // _SESSIONS_A_ROW, _FEWEST)


def plan(folder: Path) -> Taken:
    """The plan of taking in each workbook into an empty store."""
    seconds = {}
    for name in NAMES:
        with ours.in_memory() as here:
            seconds[name] = timed(partial(here.plan_import, path_of(folder, name)))
    return Taken(seconds, peak())


def plan_in_parts(folder: Path) -> Taken:
    """The log's once more, part by part; the collector of cycles waits, as it does for the whole."""
    path, today = path_of(folder, LOG), AS_AT.toordinal()
    how = How(Answers(), DEFAULT_CLOCK, today)
    with without_collecting():
        reading, grids = _timed_and_kept(lambda: grids_of(path))
        understanding, tracker = _timed_and_kept(lambda: tracker_of(path, grids, how.answers, today))
        planning = timed(lambda: plan_of(_EMPTY, tracker, how))
    return Taken({READING: reading, UNDERSTANDING: understanding, PLANNING: planning}, peak())


def _timed_and_kept(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    answers: list[Answer] = []
    seconds = timed(lambda: answers.append(ask()))
    return seconds, answers[0]


def refuse_misread(folder: Path, rows: int) -> None:
    """RuntimeError unless each line of the workbooks is taken, as a session of a log or a post of a matrix:
    else nothing here is worth measuring."""
    for name, kind, wanted in (
        (LOG, "session", rows), (SHARED, "session", rows), (MATRIX, "post", workers_in_matrix(rows)),
    ):  # fmt: skip
        with ours.in_memory() as here:
            found = here.plan_import(path_of(folder, name))
        if found.problems or found.added.get(kind) != wanted:
            raise RuntimeError(
                f"The {name} has {wanted} lines, of which {found.added.get(kind, 0)} are taken and "
                f"{len(found.problems)} refused."
            )


def _promised(asked: dict[str, list[Taken]], rows: int) -> Line:
    whole, read = _seconds(asked, _OURS, LOG), _seconds(asked, _PEER, LOG)
    return Line(_log(rows), whole, "openpyxl", read, ("≤ 2", 2))


def _others(asked: dict[str, list[Taken]], rows: int) -> list[Line]:
    matrix = f"A matrix of {workers_in_matrix(rows):,} × {MONTHS}"
    openpyxl, unguarded = "openpyxl", "openpyxl, no defusedxml"
    return [
        Line(what, _seconds(asked, who, ours), against, _seconds(asked, peer, theirs))
        for what, who, ours, against, peer, theirs in (
            *(
                (f"A tracker: {part}", _PARTS, part, openpyxl, _PEER, LOG)
                for part in (READING, UNDERSTANDING, PLANNING)
            ),
            (_log(rows), _OURS, LOG, f"openpyxl, {COLLECTOR_OFF}", _PEER, COLLECTOR_OFF),
            (_log(rows), _OURS, LOG, unguarded, _UNGUARDED, LOG),
            ("The same with shared texts", _OURS, SHARED, openpyxl, _PEER, SHARED),
            ("The same with shared texts", _OURS, SHARED, unguarded, _UNGUARDED, SHARED),
            (matrix, _OURS, MATRIX, openpyxl, _PEER, MATRIX),
        )
    ]


def _log(rows: int) -> str:
    return f"A tracker of {rows:,} rows"


def _seconds(asked: dict[str, list[Taken]], who: str, what: str) -> list[float]:
    return [taken.seconds[what] for taken in asked[who]]
