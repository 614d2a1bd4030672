"""Hostile words on paper: every letter of them, or the box with its code number, and no markup."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from supervise.records import Action, Discussion, LateEntry, Record, Section, Statement
from supervise.reports.lettering import Lettering, lines
from supervise.reports.page import Printed
from tests.reports.papers import HELD, PRINTED, write_record
from tests.reports.reading_marks import marks_of
from torture.found import Found
from torture.words import hostile

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")

_LONGEST_NAME = 200

_PIECES, _LEAST = 4, 5
"""A cell of a table may go on over the end of a page, where its lines are read between those of its neighbours: so
many pieces are looked for, of so many letters at least."""


def through_paper(found: Found, folder: Path, count: int, chance: random.Random) -> None:
    """In every field of a record that takes words, paper after paper."""
    tried = 0
    while tried < count:
        said: list[str] = []
        record = _record(said, chance)
        printed = replace(PRINTED, by=_name(said, chance), service=_name(said, chance))
        read = _read(record, folder, printed)
        for each in said:
            found.judge("paper", [f"{each!r} is not on the paper"] if not printed_in(each, read) else [])
        tried += len(said)


def _read(record: Record, folder: Path, printed: Printed) -> str:
    """Every letter in the order in which it is drawn, mark by mark: readers that go by where letters stand put some
    in another order, beside one that has no width for instance."""
    to = folder / "record.pdf"
    for _ in write_record(record, to, printed):
        pass
    marks = [marks_of(page).marks for page in PdfReader(to).pages]
    told = "".join(each[at].words for each in marks for at in sorted(each))
    return _seen("".join(told.split()))


def printed_in(said: str, read: str) -> bool:
    """Whether every line of it can be read on the paper, whatever the spaces; over the end of a page in
    pieces. What is written from right to left is printed letter by letter, in an order that readers differ in."""
    return all(_line_in(line, read) for line in lines(said))


def _line_in(line: str, read: str) -> bool:
    wanted = _seen("".join(Lettering().line(line).split()))
    if _RIGHT_TO_LEFT.search(wanted):
        return set(wanted) <= set(read)
    pieces = 0
    while wanted and pieces < _PIECES:
        at = max(at for at in range(len(wanted) + 1) if wanted[:at] in read)
        if at < min(_LEAST, len(wanted)):
            return False
        wanted, pieces = wanted[at:], pieces + 1
    return not wanted


def _seen(text: str) -> str:
    """Without what nobody sees: joiners, marks of width nothing, and hyphens that show at the end of a line only."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf")


def _said(said: list[str], chance: random.Random) -> str:
    said.append(hostile(chance))
    return said[-1]


def _name(said: list[str], chance: random.Random) -> str:
    """As long as a name can be at the foot of a page; a longer one ends in "…" there."""
    said.append(hostile(chance)[:_LONGEST_NAME].strip() or "x")
    return said[-1]


def _record(said: list[str], chance: random.Random) -> Record:
    """A record with hostile words wherever words go, which are added to those said."""

    def words() -> str:
        return _said(said, chance)

    return Record(
        session=HELD._replace(place=words(), notes=words(), reason=words()),
        worker=words(), supervisor=words(), team=words(), role=words(),
        sections=[Section(position=n, part="case", heading=words(), text=words()) for n in range(6)],
        actions=[Action(id=str(n), text=words(), owner=words()) for n in range(4)],
        discussions=[
            Discussion(case_ref=words(), analysis=words(), decision=words(), rationale=words())
            for _ in range(3)
        ],
        late_entries=[LateEntry(entered_on=1, text=words(), by=words()) for _ in range(2)],
        statements=[Statement(text=words(), by=words()) for _ in range(2)],
    )  # fmt: skip
