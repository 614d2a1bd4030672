"""A file of somebody's own making, read into a `Tracker`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from supervise import fields
from supervise.errors import BadFile
from supervise.exchange.grids import Grid, grids_of
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.found import Question, Tracker
from supervise.exchange.tracker.layout import (
    IGNORED,
    KINDS,
    LOG,
    MATRIX,
    Layout,
    layout_of,
)
from supervise.exchange.tracker.log import read_log
from supervise.exchange.tracker.matrix import read_matrix
from supervise.exchange.tracker.periods import frame_of, periods_of, years_of
from supervise.exchange.tracker.register import read_register
from supervise.exchange.tracker.taking import Taking
from supervise.workdays import Day

_NO_TEAM = frozenset(
    [
        "supervision",
        "supervisions",
        "tracker",
        "trackers",
        "register",
        "registers",
        "log",
        "logs",
        "record",
        "records",
        "sheet",
        "sheets",
        "matrix",
        "master",
        "list",
        "data",
        "current",
        "archive",
        "staff",
        "dates",
        "monthly",
        "weekly",
        "one",
        "to",
        "ones",
        "spreadsheet",
        "1",
        "sessions",
        "session",
        "all",
        "team",
        "book",
        "update",
        "updated",
        "year",
        "financial",
        "monitoring",
        "chart",
        "overview",
        "summary",
    ]
)
_MONTH_YEAR = re.compile(r"\b(19|20)\d\d\b|\b\d\d[-/–]\d\d\b")


def is_interchange(grids: Sequence[Grid]) -> bool:
    """Whether a file has a sheet of the interchange (specification: interchange, section 1): its name, and
    a first line with the columns that it needs. A single text file goes by its columns alone."""
    for grid in grids:
        titles = {str(cell).strip().lower() for cell in grid.lines[0][1]} if grid.lines else set()
        for kind in fields.KINDS:
            needed = {kind.id_column} if kind.id_column else set()
            needed |= {field.name for field in kind.fields if field.required}
            if grid.sheet.strip().lower() in ("", kind.sheet) and needed <= titles:
                return True
    return False


def read_tracker(path: Path, answers: Answers, today: Day) -> Tracker:
    """Everything that a file's sheets say, whichever of the three kinds each is.

    FileTrouble or BadFile where the file cannot be read, or holds no tracker. `answers` are what somebody
    has said about its sheets, columns and cells; `today` is the day from which dates lie ahead.
    """
    return tracker_of(path, grids_of(path), answers, today)


def tracker_of(path: Path, grids: Sequence[Grid], answers: Answers, today: Day) -> Tracker:
    """The same for a file whose grids are read already."""
    tracker = Tracker(path.name, answers)
    tracker.notes += [note for grid in grids for note in grid.notes]
    layouts = [_layout(grid, answers) for grid in grids]
    initials = _legend(grids)
    for layout in layouts:
        _read_sheet(tracker, layout, answers, today, initials)
    if not tracker.workers and not tracker.problems:
        raise BadFile(
            f"{path.name} does not look like a supervision tracker: no column of names with dates, months "
            "or last supervisions was found.",
            "The manual shows the three kinds that are read, and how to say which column is which.",
        )
    return tracker


def _layout(grid: Grid, answers: Answers) -> Layout:
    said = answers.sheets.get(grid.sheet, "")
    if grid.hidden and not said:
        return Layout(grid, IGNORED)
    return layout_of(
        grid, answers.titles(), said if said in KINDS else None, "" if said in KINDS else said
    )


def _legend(grids: Sequence[Grid]) -> dict[str, str]:
    """Initials that some sheet explains."""
    pairs = [
        (str(a), str(b))
        for grid in grids
        for _, cells in grid.lines
        for a, b in pairwise(cells)
        if isinstance(a, str) and isinstance(b, str)
    ]
    texts = [
        cell for grid in grids for _, cells in grid.lines for cell in cells if isinstance(cell, str)
    ]
    pairs += [
        (m[1], m[2]) for text in texts for m in re.finditer(r"\b([A-Z]{2,4}) ?[=:–-] ?([^,;=\n]+)", text)
    ]
    return names.legend(pairs)


def _read_sheet(
    tracker: Tracker, layout: Layout, answers: Answers, today: Day, initials: dict[str, str]
) -> None:
    where = layout.grid.place(0, 0).file
    if layout.kind == IGNORED:
        tracker.sheets.append(f"{where} {_why_left_out(tracker, layout, answers)} and was left out.")
        return
    taking = Taking(tracker, layout, answers, today, initials)
    team = _team(layout)
    if layout.kind == MATRIX:
        read_matrix(taking, team)
    elif layout.kind == LOG:
        read_log(taking, team, _frame(layout))
    else:
        read_register(taking, team, _frame(layout))
    tracker.sheets.append(f"{where} was read as a {layout.kind}.")


def _why_left_out(tracker: Tracker, layout: Layout, answers: Answers) -> str:
    """Why a sheet is not read; what would have it read is asked."""
    sheet = layout.grid.sheet
    if layout.yearless:
        asks = f"Of which year are the months of “{sheet or layout.grid.file}”?"
        tracker.questions.append(Question(asks, "the sheet is left out", "sheets", sheet, needed=True))
        return "has months without a year"
    if not layout.grid.hidden:
        return "is no tracker"
    hidden = layout_of(layout.grid, answers.titles())
    if hidden.kind != IGNORED and sheet not in answers.sheets:
        asks = f"“{sheet}” is hidden, and looks like a {hidden.kind}. Is it to be read? Then answer “{hidden.kind}”."
        tracker.questions.append(Question(asks, "it is left out", "sheets", sheet))
    return "is hidden"


def _frame(layout: Layout) -> Frame | None:
    """The month or year that a sheet's name, or the lines above its header, are of."""
    months, _ = periods_of([layout.grid.sheet], {}, years_of(" ".join(layout.above)), layout.grid.file)
    if months:
        return months[0]
    years = years_of(f"{layout.grid.sheet} {' '.join(layout.above)}")
    return frame_of(years) if years else None


def _team(layout: Layout) -> str | None:
    """The team that the lines above the header, nearest first, or the sheet, are named after; or None."""
    if label := layout.labels.get("team"):
        return label
    for text in [*reversed(layout.above), layout.grid.sheet]:
        if ":" in text or len(text.split()) > _LONG:
            continue
        for part in re.split(r"\s[-–—|]\s|,", text):
            if _is_team(part):
                return words.one_line(part)
    return None


_LONG = 12  # words of a title; what is longer explains something


def _is_team(part: str) -> bool:
    """Whether something is left of it without the words for the sheet itself, years and months."""
    if re.search(r"[=().]", part):
        return False
    said = words.plain(_MONTH_YEAR.sub(" ", part)).split()
    left = [word for word in said if word not in _NO_TEAM and words.month_number(word) is None]
    named = any(len(word) > 1 and word.isalpha() for word in left)
    return named and not any(word in _THE_SHEET for word in said)


_THE_SHEET = frozenset(
    ("supervision", "supervisions", "tracker", "register", "updated", "log", "key", "chart", "as")
)
