"""The tables of a paper as a workbook: a sheet for each, and a first one that says what they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from supervise.doing.papers.paper import Told
from supervise.doing.showing_tables import NOT_ENCRYPTED
from supervise.exchange.tables_out import Cell, OutTable
from supervise.reports.figures import Picture
from supervise.reports.tables import Cell as PaperCell
from supervise.reports.tables import Column, TableTold, Value
from supervise.wording import OnDay, Standing, moment

if TYPE_CHECKING:
    from supervise.reports.page import Printed

_LONGEST_NAME = 31
"""Characters in the name of a sheet, as Excel has it."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def workbook(told: Told, printed: Printed) -> list[OutTable]:
    """The sheets of a paper that is told: what it is, what its figures mean, and its tables."""
    stories = list(told.stories if told.with_tables is None else told.with_tables)
    made = [OutTable("About", ("What", "Which"), list(_about(told, printed)))]
    if meanings := [pair for story in stories for pair in story.meanings]:
        made.append(OutTable("Meanings", ("What", "What it means"), meanings))
    names = {table.name.casefold() for table in made}
    for table in (table for story in stories for table in story.tables if table.rows):
        titles = [title for column in table.columns for title in column.out or (column.name,)]
        made.append(OutTable(_sheet_name(table.name, names), titles, list(_rows(table))))
    return made


def _about(told: Told, printed: Printed) -> Iterator[tuple[str, Cell]]:
    first, last = printed.period or (None, None)
    pairs: tuple[tuple[str, Cell], ...] = (
        ("Paper", told.name), ("Service", printed.service), ("Team", printed.team),
        ("From", first and OnDay(first)), ("To", last and OnDay(last)),
        ("As at", printed.as_at and OnDay(printed.as_at)),
        ("Known at", printed.known_at and OnDay(printed.known_at)),
        ("Policy", printed.policy), ("Source", printed.source),
        ("Printed", f"{moment(printed.at)} by {printed.by}"), ("History code", printed.chain_head[:16]),
        ("Marking", printed.marking), ("Handling", NOT_ENCRYPTED),
        ("Practice", "Its people are made up." if printed.practice else None),
    )  # fmt: skip
    return (pair for pair in pairs if pair[1])


def _rows(table: TableTold) -> Iterator[Sequence[Cell]]:
    for row in table.rows:
        yield [
            cell
            for column, value in zip(table.columns, row, strict=True)
            for cell in _cells(column, value)
        ]


def _cells(column: Column, value: Value) -> Sequence[Cell]:
    """What stands in the place of a paper's cell: values, and a status in words."""
    words: Cell
    if isinstance(value, PaperCell):
        if value.out:
            return value.out
        words = value.spoken or value.text
    elif isinstance(value, Standing):
        words = value.word
    elif isinstance(value, Picture):
        words = value.alt
    else:
        words = value
    return [words, *[None] * (len(column.out) - 1)]


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name for a sheet that is allowed and not taken yet, in any case of its letters."""
    whole = " ".join(_NOT_IN_NAMES.sub(" ", wanted).split()).strip("'") or "Table"
    name, number = whole[:_LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{whole[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name
