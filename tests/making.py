"""Rows for tests: one of everything, filled to the last field with nasty but lawful words; and a
workspace to put them in. Everybody is made up."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from supervise import fields
from supervise.fields import Field, Holds, Kind
from supervise.store import Store, memory_store
from supervise.store.rows import KINDS
from supervise.workspace import Workspace

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TODAY = date(2019, 10, 31)
ME = "R. Okafor"
PASSPHRASE = "correct horse battery staple"

#: A policy with one rule for everybody, and sickness that stops the clock.
MONTHLY = """\
policy = { id = "p", title = "Monthly" }
absence = { suspends = { sickness = 28 } }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
[[clock.rule]]
title = "Everyone"
every = "1 month"
"""

CASE_CLOCK = """\
[[clock]]
name = "cases"
counts = ["one_to_one", "case"]
per = "case"
[[clock.rule]]
title = "All"
every = "1 month"
"""
"""Put after such a policy: a clock for each case."""

#: What people write, paste and mistype, and what spreadsheets and readers stumble over.
NASTY = (
    'She said "no", twice; then: "yes".',
    "First line\nsecond line",
    "As Windows ends lines\r\nand as old Macs did\rlike this",
    "=1+1",
    "-5",
    "+44 1632 960000",
    "@SUM(A1:A9)",
    "'quoted like a spreadsheet'",
    "#N/A",
    "Da iawn: tŷ, ŵyr, môr ☺ 😀 👩🏽‍💻",
    "Zażółć gęślą jaźń, Wiśniewski",
    "Nguyễn Thị Lan và Phạm Minh Đức",
    "مرحبا بالعالم, يوم الأحد",
    "bell \x07, escape \x1b, delete \x7f, next line \x85, separator \u2028.",
    "_x000D_ and _x0041_ and _x005F_ as they stand",
    "a tab\tand a semicolon; and a pipe |",
    "\N{ZERO WIDTH NO-BREAK SPACE}a mark that says nothing, \ufffe and \uffff",
    "2017-03-14",
    "0012",
    "yes",
)
#: Prose may also begin and end as it likes.
NASTY_PROSE = (
    *NASTY,
    "   three spaces before and after   ",
    "\n\na gap above",
    "\tindented",
    "trailing\r\n",
)

LONG_NOTE = "Długa notatka. " * 6_667
"""A little over 100,000 characters: more than a workbook's cell can hold."""


def now() -> datetime:
    """Half past nine on the day of all these tests."""
    return datetime(2019, 10, 31, 9, 30, tzinfo=UTC)


def workspace(store: Store | None = None) -> Workspace:
    """A workspace on that day, on a store in memory if no other is given."""
    return Workspace(store or memory_store(now), today=TODAY.toordinal, me=ME)


def everything() -> Rows:
    """A row for each nasty text and kind, with every field filled, and one with what is required only."""
    made: Rows = {}
    for kind in fields.KINDS:
        rows = [_full_row(kind, n) for n in range(len(NASTY_PROSE))]
        made[kind.name] = [*rows, _bare_row(kind, len(rows))]
    return made


def _full_row(kind: Kind, n: int) -> Row:
    own = {"id": _id(kind, n)} if kind.id_column else {}
    return own | {field.name: _value(kind, field, n) for field in kind.fields}


def _bare_row(kind: Kind, n: int) -> Row:
    """What a row cannot be without."""
    full = _full_row(kind, n)
    kept = {field.name for field in kind.fields if field.required} | {"id"}
    if full.get("status") == "held":
        kept.add("held_on")
    return {name: value if name in kept else None for name, value in full.items()}


def _id(kind: Kind, n: int) -> str:
    return f"{kind.sheet[:1].upper()} {n}: {NASTY[n % len(NASTY)]}".strip()


def _value(kind: Kind, field: Field, n: int) -> Any:
    if field.refers:
        return _id(fields.BY_NAME[field.refers], n if field.required else (n + 1) % len(NASTY_PROSE))
    if field.words:
        return field.words[n % len(field.words)]
    if field.name == "every":
        return ("2 weeks", "1 calendar month", "10 working days")[n % 3]
    if field.prose:
        return NASTY_PROSE[n % len(NASTY_PROSE)]
    later = 400 if field.name in {last for _, last in fields.IN_ORDER} else 0
    return {
        Holds.TEXT: NASTY[n % len(NASTY)].strip(),
        Holds.DAY: date.fromordinal(date(2017, 2, 27).toordinal() + n + later).isoformat(),
        Holds.TIME: f"{n % 24:02}:{n % 60:02}",
        Holds.COUNT: n,
        Holds.NUMBER: n / 7,
        Holds.YES_NO: n % 2 == 0,
    }[field.holds]


def put(here: Workspace, rows: Mapping[str, Iterable[Row]], *, kind: str = "edit") -> None:
    """Put rows in by one change; records before the sessions that may lock them."""
    with here.store.change("Put rows", by=ME, kind=kind) as change:
        for name in sorted(rows, key=lambda name: name == "session"):
            change.put_all(name, rows[name])


def contents(here: Workspace) -> Rows:
    """Every row there is, by kind, without the ids that the store made."""
    found: Rows = {}
    for kind in KINDS:
        rows = [dict(row) for row in here.store.rows(kind.name)]
        if kind.id_column is None and kind.name != "policy":
            for row in rows:
                del row["id"]
        if rows:
            found[kind.name] = rows
    return found


def write_csv(path: Path, rows: Iterable[Sequence[str]], *, encoding: str = "utf-8") -> None:
    """A CSV file as a spreadsheet writes it."""
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
