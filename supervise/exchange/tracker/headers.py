"""What the table would be whose header is a certain line: which columns hold what, of which people, weeks
and months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from supervise.exchange.grids import Grid
from supervise.exchange.tracker import names, words
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.header_years import FEW_CELLS, Line, context_of, sources_of, years_over
from supervise.exchange.tracker.layout import (
    IGNORED,
    LOG,
    MATRIX,
    NAMES,
    REGISTER,
    Layout,
    Slot,
    text_of,
)
from supervise.exchange.tracker.periods import Periods, periods_of
from supervise.exchange.tracker.teams import is_own_name
from supervise.exchange.tracker.titles import is_numbered, is_surer, title_means, under_period
from supervise.exchange.tracker.years import Years, years_of

_FEW = 2
"""So many weeks or months make a table of them, whatever the names stand under."""
_OTHER_CHART = ("leave", "sickness", "absence", "absences", "rota", "toil", "caseload", "caseloads", "mileage",
                "holiday", "holidays", "allocations", "training")  # fmt: skip
_OTHER_MEETING = (
    "appraisal",
    "appraisals",
    "pdr",
    "pdp",
    "probation",
    "observation",
    "observations",
    "dbs",
)
_SUPERVISION = ("supervision", "supervisions", "sup", "1 1")


def header_at(
    grid: Grid, at: int, given: Mapping[str, str], years: str, start: int = 0, outer: Sequence[str] = ()
) -> Layout:
    """The layout if the header were that line (and the one above, where its cells are spread).

    `given` are meanings that somebody gave to titles, `years` the years somebody gave the sheet. The lines
    of the table begin with the one at `start`; `outer` are the texts above the sheet's first table.
    """
    line, cells = grid.lines[at]
    before = grid.lines[start:at]
    layout = Layout(grid, IGNORED, line, first=grid.lines[start][0])
    layout.above = above_of(before) or list(outer)
    layout.labels = _labels(some for _, some in before)
    over = before[-1] if before else None
    layout.titles = _titles(cells, over)
    context = years_of(years) if years else context_of(layout, cells, before, is_first=start == 0)
    dates = _give_slots(layout, cells, before, context)
    _name_columns(layout, given, _groups(grid, over) if over else {})
    if dates and not _may_be_dates(layout, cells, before):
        layout.slots = {}
    layout.kind = _kind(layout)
    return layout


def above_of(lines: Sequence[Line]) -> list[str]:
    """The texts over a header, apart from lines that are themselves part of a header."""
    texts = [[text for text in map(text_of, cells) if text] for _, cells in lines]
    return [text for some in texts if len(some) <= FEW_CELLS for text in some]


def has_name_title(cells: Iterable[Any]) -> bool:
    """Whether a line has a title for the names of people. “SW” is one where it comes first, and somebody's
    role after a name."""
    texts = [text for cell in cells if (text := text_of(cell))]
    return any(
        title_means(text) in NAMES and (at == 0 or words.role_in(text) is None)
        for at, text in enumerate(texts)
    )


# The columns


def _give_slots(
    layout: Layout, cells: Sequence[Any], before: Sequence[Line], years: Years | None
) -> bool:
    """Finds the columns of sessions, and tells whether they are titled with whole dates."""
    grid, over = layout.grid, before[-1] if before else None
    own = years_over(grid, over, cells) if over else {}
    periods = periods_of(cells, own, years)
    named = has_name_title(cells) or has_name_title(layout.titles.values())
    if (len(periods.frames) < _FEW and not periods.yearless) and over:
        above = _periods_above(grid, before, years)
        source = sources_of(grid, over, max(len(cells), len(over[1])))
        frames = {at: above.frames[of] for at, of in source.items() if of in above.frames}
        slots = _under(layout.titles, frames)
        if slots or above.yearless:
            layout.slots, layout.yearless = slots, above.yearless and not slots
            return False
    if len(periods.frames) >= _FEW or named:
        layout.slots = {column: Slot(frame) for column, frame in periods.frames.items()}
        layout.yearless = periods.yearless
    return periods.dates


def _periods_above(grid: Grid, before: Sequence[Line], years: Years | None) -> Periods:
    """The weeks or months of the line over the titles; a lone one is the title of the whole table."""
    cells = before[-1][1]
    if sum(cell is not None for cell in cells) == 1 and cells[0] is not None:
        return Periods({})
    own = years_over(grid, before[-2], cells) if len(before) > 1 else {}
    return periods_of(cells, own, years)


def _under(titles: Mapping[int, str], periods: Mapping[int, Frame]) -> dict[int, Slot]:
    """The columns of sessions among those whose titles stand under a week or month."""
    found: dict[int, Slot] = {}
    for column in sorted(titles.keys() & periods.keys()):
        what, kind = under_period(titles[column])
        if what == "session":
            found[column] = Slot(periods[column], kind)
        elif what == "minutes" and (before := found.get(column - 1)):
            found[column - 1] = before._replace(minutes=column)
    return found


def _groups(grid: Grid, over: Line) -> dict[int, str]:
    """The titles that stand over several columns each: “Appraisal | Supervision”."""
    if sum(bool(text_of(cell)) for cell in over[1]) < _FEW:
        return {}
    source = sources_of(grid, over, len(over[1]) + FEW_CELLS)
    return {column: text_of(over[1][at]) for column, at in source.items()}


def _name_columns(layout: Layout, given: Mapping[str, str], groups: Mapping[int, str]) -> None:
    """Gives columns their meanings: those somebody gave, those of their titles, and numbered sessions."""
    lengths = {slot.minutes for slot in layout.slots.values()}
    columns = layout.columns
    for column, title in layout.titles.items():
        meaning = given.get(words.plain(title)) or (
            None if column in layout.slots else title_means(title)
        )
        if column in lengths:
            continue
        group = groups.get(column, "")
        if words.has_word(group, _OTHER_MEETING) and not words.has_word(group, _SUPERVISION):
            layout.unknown.append(column)
        elif meaning == "ignore":
            layout.slots.pop(column, None)
        elif meaning and meaning not in columns:
            columns[meaning] = column
            layout.slots.pop(column, None)
        elif meaning and is_surer(title, layout.title(columns[meaning])):
            layout.unknown.append(columns[meaning])
            columns[meaning] = column
        elif column not in layout.slots:
            if is_numbered(title):
                layout.slots[column] = Slot(None)
            else:
                layout.unknown.append(column)
    if (
        "date" not in columns
        and "outcome" in columns
        and _HELD.fullmatch(layout.title(columns["outcome"]))
    ):
        columns["date"] = columns.pop("outcome")  # “Held” is yes or no only beside a date


_HELD = re.compile(r"held\W*|completed\W*", re.I)


def _titles(cells: Sequence[Any], over: Line | None) -> dict[int, str]:
    """The titles of a line; where it has none, those of the line above, which may be one cell with it."""
    found = {column: text for column, cell in enumerate(cells) if (text := text_of(cell))}
    if over and len(found) > 1:
        for column, cell in enumerate(over[1]):
            if (text := text_of(cell)) and title_means(text):
                found.setdefault(column, text)
    return found


def _labels(lines: Iterable[Sequence[Any]]) -> dict[str, str]:
    """“Name: | Aidan Thwaite | Supervisor: | Moira Calder”: what stands beside labels over a table."""
    found: dict[str, str] = {}
    for cells in lines:
        texts = [text for text in map(text_of, cells) if text]
        for at, text in enumerate(texts):
            label, colon, value = text.partition(":")
            meaning = title_means(label) if colon else None
            value = value.strip() or (texts[at + 1] if at + 1 < len(texts) else "")
            if meaning and value and not value.endswith(":"):
                found.setdefault(meaning, value)
    return found


# What kind of table it is


def _kind(layout: Layout) -> str:
    columns = layout.columns
    if not _has_names(layout) or _is_other_chart(layout):
        return IGNORED
    if layout.slots and "date" not in columns:
        return MATRIX
    if "last" in columns or (
        "date" not in columns and "planned" not in columns and _is_register(columns)
    ):
        return REGISTER
    return LOG if "date" in columns or "planned" in columns else IGNORED


def _is_register(columns: Mapping[str, int]) -> bool:
    return "next" in columns or ("role" in columns and "since" in columns)


_TITLE_WORDS = 4


def _is_other_chart(layout: Layout) -> bool:
    """Whether it is a chart of something else: of leave, perhaps, with the same names and months. Its own
    title says so, not a key or the name of a team."""
    first = layout.above[0] if layout.above else ""
    titles = [layout.grid.sheet, first]
    if any(words.has_word(title, _SUPERVISION) for title in [layout.grid.sheet, *layout.above]):
        return False
    for title in titles:
        part = re.split(r"\s[-–—|]\s|,", title)[0]
        said = [word for word in words.plain(part).split() if word.isalpha()]
        if (
            re.search(r"[:=]", title)
            or len(said) > _TITLE_WORDS
            or words.has_word(title, ("team", "to be"))
        ):
            continue
        if words.has_word(part, _OTHER_CHART):
            return True
    return False


def _may_be_dates(layout: Layout, cells: Sequence[Any], before: Sequence[Line]) -> bool:
    """Whether whole dates in a line may be titles: it titles the names, too, or is the first full line.
    Otherwise they are somebody's sessions."""
    if has_name_title(cells):
        return True
    wide = any(sum(cell is not None for cell in some) > FEW_CELLS for _, some in before)
    name = layout.columns.get("name", 0)
    return not wide and (name not in layout.titles or name in layout.columns.values())


def _has_names(layout: Layout) -> bool:
    """Whether it is known who the sheet is about; a matrix may leave the column of names without a title,
    and the sheet of one person may be named after them."""
    if layout.columns.keys() & NAMES:
        return True
    if "name" in layout.labels and len(layout.columns) > 1:
        return names.named(layout.labels["name"]) is not None
    if own := is_own_name(layout.columns, layout.above, layout.grid.sheet):
        layout.labels["name"] = own
        return True
    first = min(layout.slots, default=0)
    for column in range(first):
        if column not in layout.titles and _mostly_names(layout, column):
            layout.columns["name"] = column
            return True
    return False


_MANY = 200


def _mostly_names(layout: Layout, column: int) -> bool:
    lines = islice((cells for line, cells in layout.grid.lines if line > layout.header), _MANY)
    texts = [text for cells in lines if column < len(cells) and (text := text_of(cells[column]))]
    like = [text for text in texts if re.fullmatch(r"[^\W\d_][\w.'’-]*,? [^\d]+", text)]
    return len(like) * 2 > len(texts) > 1
