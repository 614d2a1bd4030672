"""The history: what was changed, when, by whom; and the story of one row."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from supervise.fields import KINDS, SESSION, Kind
from supervise.sessions import Entered
from supervise.store.changes import PURGE
from supervise.store.database import Database, scalar, stream
from supervise.store.rows import BATCH, Image, Row, fetch, kind_of, row_of
from supervise.workdays import Day, day

#: So many rows of the log are looked at before the window may breathe.
_AT_ONCE = 2_000

#: What stands where the words of a change have been deleted by law.
GONE = "(deleted)"


#: The kinds of fact that make up records: sessions, and whatever belongs to one.
_OF_RECORDS = (
    SESSION.name,
    *(kind.name for kind in KINDS if any(field.refers == SESSION.name for field in kind.fields)),
)


class Line(NamedTuple):
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


class Entry(NamedTuple):
    """One row in one change: what it was and what it became; None where it was not there."""

    change: int
    n: int
    kind: str
    id: str
    before: Image | None
    after: Image | None


class Step(NamedTuple):
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


_SAID = (
    "SELECT body -> '$.after' FROM payload WHERE row_kind = 'purge' AND row_id = change.number || '/0'"
)
"""What stands in place of the words of a change that were deleted by law (`purge`)."""

_LINES = f"""
    SELECT number, at, day, kind, undoes, length(digests) / 32 - 1, coalesce(body, ({_SAID}))
    FROM change LEFT JOIN payload ON change = number AND n = 0
"""


def lines(database: Database, limit: int = 200, before: int | None = None) -> list[Line]:
    """The newest lines first; `before` goes on from an earlier page's last number."""
    sql = _LINES + " WHERE (? IS NULL OR number < ?) ORDER BY number DESC LIMIT ?"
    return _lines(database, sql, before, before, limit)


def line(database: Database, number: int) -> Line | None:
    """That line, if there is one."""
    return next(iter(_lines(database, _LINES + " WHERE number = ?", number)), None)


def first_after(database: Database, day: str) -> int | None:
    """The number of the first line of a later day (ISO), if there is one."""
    number: int | None = scalar(database, "SELECT min(number) FROM change WHERE day > ?", day)
    return number


def lines_of(database: Database, numbers: Sequence[int]) -> list[Line]:
    """Those lines, newest first."""
    asked = json.dumps(list(numbers))
    sql = _LINES + " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC"
    return _lines(database, sql, asked)


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
    said: dict[str, Any] = json.loads(body or "{}") or {}
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


def rows_of(database: Database, number: int, limit: int = BATCH, after: int = 0) -> list[Entry]:
    """What a change did, first things first; `after` goes on from an earlier page's last `n`. What it deleted by
    law has nothing to tell."""
    sql = """
        SELECT n, body FROM payload WHERE change = ? AND n > ? AND row_kind <> 'purge'
        AND coalesce(body ->> '$.before', body ->> '$.after') IS NOT NULL ORDER BY n LIMIT ?
    """
    found = database.execute(sql, [number, after, limit]).fetchall()
    return [entry(number, n, body) for n, body in found]


def kinds_of(database: Database, number: int) -> dict[str, int]:
    """How many rows of each kind a change altered."""
    sql = "SELECT row_kind, count(*) FROM payload WHERE change = ? AND n > 0 GROUP BY row_kind"
    return dict(database.execute(sql, [number]).fetchall())


def sought(
    database: Database, person: str | None, says: Callable[[Line], bool]
) -> Generator[tuple[int, int], None, list[int]]:
    """Slow work: the numbers of the lines about a person (anybody, if None) for which `says` holds,
    newest first. Yields how far it has come, of how far it has to go."""
    whole = scalar(database, "SELECT count(*) FROM payload") or 0
    about = None if person is None else (yield from _about(database, person, whole))
    found: list[int] = []
    before: int | None = None
    while some := lines(database, BATCH, before):
        before = some[-1].number
        found += [each.number for each in some if (about is None or each.number in about) and says(each)]
        yield whole, whole
    return found


_ABOUT = """
    SELECT change, n, (row_kind = 'person' AND row_id = :person)
        OR :person IN (body ->> '$.before.person_id', body ->> '$.after.person_id')
        OR coalesce(body ->> '$.after.session_id', body ->> '$.before.session_id') IN
            (SELECT id FROM session WHERE person_id = :person)
    FROM payload WHERE n > 0 AND (change, n) < (:change, :n) ORDER BY change DESC, n DESC LIMIT :most
"""


def _about(
    database: Database, person: str, whole: int
) -> Generator[tuple[int, int], None, frozenset[int]]:
    """The changes that altered a person's row, or one that belongs to them."""
    found: set[int] = set()
    change, n, looked_at = 2**62, 0, 0
    while True:
        asked = {"person": person, "change": change, "n": n, "most": _AT_ONCE}
        some = database.execute(_ABOUT, asked).fetchall()
        if not some:
            return frozenset(found)
        found |= {number for number, _, is_about in some if is_about}
        change, n = some[-1][:2]
        looked_at += len(some)
        yield looked_at, whole


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
        if step.line.kind == PURGE:  # which only says again what the row is
            continue
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


def edited_rows(database: Database, kinds: Iterable[str]) -> set[tuple[str, str]]:
    """Kind and id of every row of these kinds for which `edited_here` holds, by one statement."""
    asked = list(kinds)
    sql = f"""
        SELECT DISTINCT row_kind, row_id, number FROM payload JOIN change ON number = payload.change
        WHERE row_kind IN ({", ".join("?" * len(asked))}) AND change.kind NOT IN ('import', 'undo', 'redo')
    """
    undone = undone_by(database).keys()
    return {(kind, id) for kind, id, number in stream(database, sql, asked) if number not in undone}


def corrections(database: Database, kinds: Iterable[str]) -> Iterator[Correction]:
    """Every alteration and removal of rows of these kinds, oldest first."""
    asked = list(kinds)
    sql = f"""
        SELECT own.row_kind, own.row_id, own.body, day, coalesce(said.body, ({_SAID})) ->> '$.by'
        FROM payload AS own JOIN change ON number = own.change
        LEFT JOIN payload AS said ON said.change = number AND said.n = 0
        WHERE own.row_kind IN ({", ".join("?" * len(asked))}) AND own.body ->> '$.before' IS NOT NULL
        ORDER BY own.change, own.n
    """
    for kind, id, body, on, by in stream(database, sql, asked):
        yield Correction(kind, row_of(kind_of(kind), id, json.loads(body)["before"]), on, by or GONE)
