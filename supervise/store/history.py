"""The history: what was changed, when, by whom; and the story of one row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from supervise.fields import KINDS, SESSION, Kind
from supervise.sessions import Entered
from supervise.store.database import stream
from supervise.store.rows import BATCH, Image, Row, fetch, kind_of, row_of
from supervise.workdays import Day, day

#: What stands where the words of a change have been deleted by law.
GONE = "(deleted)"


#: The kinds of fact that make up records: sessions, and whatever belongs to one.
_OF_RECORDS = (
    SESSION.name,
    *(kind.name for kind in KINDS if any(field.refers == SESSION.name for field in kind.fields)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the history. `at` is the moment in UTC, `touched` the kinds of fact it altered, `rows`
    how many alterations it made, `undone_by` the change that undid it, if that still holds."""

    number: int
    at: str
    day: Day
    by: str
    label: str
    kind: str
    touched: frozenset[str]
    rows: int
    undoes: tuple[int, ...] = ()
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row in one change: what it was and what it became; None where it was not there."""

    change: int
    n: int
    kind: str
    id: str
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in the story of a row: who made it what it then was."""

    line: Line
    before: Row | None
    after: Row | None


class Correction(NamedTuple):
    """A row that was altered or removed: as it was before, the day of that (ISO), and by whom."""

    kind: str
    before: Row
    day: str
    by: str


_LINES = """
    SELECT number, at, day, kind, undoes, length(digests) / 32 - 1, body
    FROM change LEFT JOIN payload ON change = number AND n = 0
"""


def lines(database: Database, limit: int = 200, before: int | None = None) -> list[Line]:
    """The newest lines first; `before` goes on from an earlier page's last number."""
    sql = _LINES + " WHERE (? IS NULL OR number < ?) ORDER BY number DESC LIMIT ?"
    return _lines(database, sql, before, before, limit)


def line(database: Database, number: int) -> Line | None:
    """That line, if there is one."""
    return next(iter(_lines(database, _LINES + " WHERE number = ?", number)), None)


def _lines(database: Database, sql: str, *parameters: object) -> list[Line]:
    undone = undone_by(database)
    return [_line(undone, *values) for values in database.execute(sql, parameters).fetchall()]


def _line(
    undone: dict[int, int],
    number: int,
    at: str,
    on: str,
    kind: str,
    undoes: str | None,
    rows: int,
    body: str | None,
) -> Line:
    said: dict[str, Any] = json.loads(body) if body else {}
    return Line(
        number=number, at=at, day=day(on), by=said.get("by", GONE), label=said.get("label", GONE), kind=kind,
        touched=frozenset(said.get("kinds", ())), rows=rows, undoes=tuple(json.loads(undoes or "[]")),
        undone_by=undone.get(number),
    )  # fmt: skip


def undone_by(database: Database) -> dict[int, int]:
    """For each change that is undone at present, the change that undid it. What undid it does not count
    once it has been undone itself (that is, redone)."""
    found: dict[int, int] = {}
    sql = "SELECT number, undoes FROM change WHERE undoes IS NOT NULL ORDER BY number DESC"
    for number, undoes in database.execute(sql).fetchall():
        if number not in found:
            found |= dict.fromkeys(json.loads(undoes), number)
    return found


def entries(database: Database, number: int) -> Iterator[Entry]:
    """What a change did, last first. Other statements may run meanwhile."""
    n: int | None = None
    while True:
        sql = "SELECT n, body FROM payload WHERE change = ? AND n > 0 AND n < ? ORDER BY n DESC LIMIT ?"
        some = database.execute(sql, [number, 2**62 if n is None else n, BATCH]).fetchall()
        if not some:
            return
        for n, body in some:
            yield entry(number, n, body)


def sessions_touched(database: Database, numbers: Iterable[int]) -> set[str]:
    """The sessions whose rows, or rows of whose records, these changes altered."""
    sql = f"""
        SELECT row_kind, row_id, body ->> '$.before.session_id', body ->> '$.after.session_id'
        FROM payload WHERE change = ? AND n > 0 AND row_kind IN ({", ".join("?" * len(_OF_RECORDS))})
    """
    found: set[str] = set()
    for number in numbers:
        for kind, id, before, after in stream(database, sql, [number, *_OF_RECORDS]):
            found |= {id} if kind == SESSION.name else {before, after} - {None}
    return found


def entry(change: int, n: int, body: str) -> Entry:
    """A payload of a row, read."""
    said = json.loads(body)
    return Entry(
        change=change, n=n, kind=said["kind"], id=said["id"], before=said["before"], after=said["after"]
    )


def story(database: Database, kind: str, id: str) -> list[Step]:
    """Everything that ever happened to one row, newest first."""
    of = kind_of(kind)
    sql = "SELECT change, n, body FROM payload WHERE row_kind = ? AND row_id = ? ORDER BY change DESC, n DESC"
    found = [entry(*values) for values in database.execute(sql, [kind, id]).fetchall()]
    made = {number: line(database, number) for number in dict.fromkeys(each.change for each in found)}
    return [
        Step(line=told, before=_whole(of, id, each.before), after=_whole(of, id, each.after))
        for each in found
        if (told := made[each.change]) is not None
    ]


def _whole(kind: Kind, id: str, image: Image | None) -> Row | None:
    return None if image is None else row_of(kind, id, image)


def who_set(database: Database, kind: str, id: str, field: str) -> Entered | None:
    """Who gave a field the value it has now, and on which day that was entered: the latest change that
    made it so. None if it holds nothing, or if the row is not there."""
    row = fetch(database, kind_of(kind), [id]).get(id)
    if row is None or row[field] is None:
        return None
    for step in story(database, kind, id):
        was = None if step.before is None else step.before[field]
        if step.after is not None and step.after[field] == row[field] != was:
            return Entered(by=step.line.by, on=step.line.day)
    return None


def edited_here(database: Database, kind: str, id: str) -> bool:
    """Whether a change that still holds, and is no import, made or altered the row."""
    sql = """
        SELECT DISTINCT number FROM payload JOIN change ON number = payload.change
        WHERE row_kind = ? AND row_id = ? AND change.kind NOT IN ('import', 'undo', 'redo')
    """
    edits = {number for (number,) in database.execute(sql, [kind, id]).fetchall()}
    return not edits <= undone_by(database).keys()


def corrections(database: Database, kinds: Iterable[str]) -> Iterator[Correction]:
    """Every alteration and removal of rows of these kinds, oldest first."""
    asked = list(kinds)
    sql = f"""
        SELECT own.row_kind, own.row_id, own.body, day, said.body ->> '$.by'
        FROM payload AS own JOIN change ON number = own.change
        LEFT JOIN payload AS said ON said.change = number AND said.n = 0
        WHERE own.row_kind IN ({", ".join("?" * len(asked))}) AND own.body ->> '$.before' IS NOT NULL
        ORDER BY own.change, own.n
    """
    for kind, id, body, on, by in stream(database, sql, asked):
        yield Correction(kind, row_of(kind_of(kind), id, json.loads(body)["before"]), on, by or GONE)
