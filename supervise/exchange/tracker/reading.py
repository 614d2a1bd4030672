"""A file of somebody's own making, read into a `Tracker`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from supervise import fields, wording
from supervise.errors import BadFile
from supervise.exchange.grids import Grid, grids_of
from supervise.exchange.tracker import names
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.blocks import layouts_of, not_understood
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.found import Question, Tracker
from supervise.exchange.tracker.layout import IGNORED, KINDS, LOG, MATRIX, Layout
from supervise.exchange.tracker.log import read_log
from supervise.exchange.tracker.matrix import read_matrix
from supervise.exchange.tracker.periods import periods_of
from supervise.exchange.tracker.register import read_register
from supervise.exchange.tracker.taking import Taking
from supervise.exchange.tracker.teams import team_of
from supervise.exchange.tracker.years import frame_of, year_among
from supervise.workdays import Day


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
    layouts = [layout for grid in grids for layout in _layouts(grid, answers)]
    initials = _legend(layouts)
    for layout in layouts:
        _read_sheet(tracker, layout, answers, today, initials)
    if not tracker.workers and not tracker.problems:
        if yearless := next((layout for layout in layouts if layout.yearless), None):
            raise _without_year(path, yearless)
        raise BadFile(
            f"{path.name} does not look like a supervision tracker: no column of names with dates, months "
            f"or last supervisions was found.{_seen(grids)}",
            "The manual shows the three kinds that are read, and how to say which column is which.",
        )
    return tracker


def _without_year(path: Path, layout: Layout) -> BadFile:
    sheet = layout.grid.sheet
    where = f"the sheet “{sheet}” of {path.name}" if sheet else path.name
    return BadFile(
        f"It cannot be known of which year the weeks or months of {where} are.",
        "Write the year (2017-18, say) over them or into the sheet's name, or into the mapping; where months "
        "are given with years, see that these follow one another.",
    )


def _seen(grids: Sequence[Grid]) -> str:
    """A sentence about the titles that were there."""
    known, other = max((not_understood(grid) for grid in grids), key=lambda both: len(both[0]))
    if not known:
        return ""
    said = f" It understood {wording.joined([f'“{title}”' for title in known])}"
    unknown = ", ".join(f"“{title}”" for title in other[:_FEW_TITLES])
    return f"{said}, and not {unknown}." if other else f"{said}."


_FEW_TITLES = 8


def _layouts(grid: Grid, answers: Answers) -> list[Layout]:
    said = answers.sheets.get(grid.sheet, "")
    if grid.hidden and not said:
        return [Layout(grid, IGNORED)]
    kind = said if said in KINDS else None
    return layouts_of(grid, answers.titles(), kind, "" if kind else said)


_A_KEY = re.compile(r"\b([A-Z]{2,4}) ?[=:–-] ?([^,;=\n]+)")
_SHORT, _LONGEST = 4, 400  # letters of initials; of a cell that explains some
_ENDS = 20  # lines below a log that may explain initials


def _legend(layouts: Sequence[Layout]) -> dict[str, str]:
    """Initials that some sheet explains. In a log, which may be long, only above and below the sessions."""
    pairs: list[tuple[str, str]] = []
    for layout in layouts:
        lines = layout.grid.lines
        if layout.kind == LOG and len(lines) > 2 * _ENDS:
            lines = [*(each for each in lines if each[0] <= layout.header), *lines[-_ENDS:]]
        for _, cells in lines:
            for a, b in pairwise(cells):
                if isinstance(a, str) and isinstance(b, str) and len(a.strip()) <= _SHORT:
                    pairs.append((a, b))
            for cell in cells:
                if isinstance(cell, str) and _SHORT < len(cell) <= _LONGEST:
                    pairs += [(found[1], found[2]) for found in _A_KEY.finditer(cell)]
    return names.legend(pairs)


def _read_sheet(
    tracker: Tracker, layout: Layout, answers: Answers, today: Day, initials: dict[str, str]
) -> None:
    where = layout.grid.place(0, 0).file
    if layout.first > 1:
        where += f", from line {layout.first}"
    if layout.kind == IGNORED:
        tracker.sheets.append(f"{where} {_why_left_out(tracker, layout, answers)} and was left out.")
        return
    taking = Taking(tracker, layout, answers, today, initials)
    team = team_of(layout)
    if layout.kind == MATRIX:
        read_matrix(taking, team)
    elif layout.kind == LOG:
        read_log(taking, team, _frame(layout))
    else:
        read_register(taking, team, _frame(layout))
    if layout.labels.get("name") == layout.grid.sheet.strip():
        tracker.assumptions.append(f"{where}: the sheet was taken for that of whom it is named after.")
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
    hidden = layouts_of(layout.grid, answers.titles())[0]
    if hidden.kind != IGNORED and sheet not in answers.sheets:
        asks = f"“{sheet}” is hidden, and looks like a {hidden.kind}. Is it to be read? Then answer “{hidden.kind}”."
        tracker.questions.append(Question(asks, "it is left out", "sheets", sheet))
    return "is hidden"


def _frame(layout: Layout) -> Frame | None:
    """The month or year that a sheet's name, or the lines above its header, are of."""
    sheet = layout.grid.sheet
    years = year_among([sheet, *reversed(layout.above)])
    for text in [sheet, *reversed(layout.above)]:
        if months := periods_of([text], {}, years).frames:
            return next(iter(months.values()))
    return frame_of(years) if years else None
