"""Undo and redo: changes that put rows back as an earlier change found them.

A change can be undone when every row it altered is now as it left it. Otherwise later changes stand in the
way: they are named, and can be undone along with it, newest first, in one go. Nothing is ever merged. A
signed record is never altered by an undo; only a whole one that came in by the change that is being undone
(an import) goes again, through the purge door. In a service store, whose signed records are copies of the
teams' own, whatever an import put in place of something goes back through that door too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from supervise.errors import BadQuestion, LaterChanges, NotAllowed
from supervise.fields import SESSION
from supervise.store import history
from supervise.store.changes import FOR_GOOD, Change, Now, making
from supervise.store.database import Dangling, Database, scalar
from supervise.store.history import Entry
from supervise.store.rows import fetch, image_of, kind_of, row_of


class _TriedOnly(Exception):
    """An undo went well, and is not to be."""


def refusal(database: Database, now: Now, number: int) -> NotAllowed | None:
    """Why undoing that change alone would be refused as things are; None if it would go. It is tried, and
    nothing of it stays."""
    try:
        undo_change(database, now, number, "", only_try=True)
    except _TriedOnly:
        return None
    except NotAllowed as refused:
        return refused
    raise AssertionError("a trial is never the end of it")


def touches_signed(database: Database, number: int) -> bool:
    """Whether a change altered a record that is signed by both now, or a part of it."""
    sessions = json.dumps(sorted(history.sessions_touched(database, [number])))
    sql = "SELECT EXISTS (SELECT 1 FROM locked WHERE session_id IN (SELECT value FROM json_each(?)))"
    return bool(scalar(database, sql, sessions))


def undo_change(
    database: Database,
    now: Now,
    number: int,
    by: str,
    *,
    with_later: bool = False,
    kind: str = "undo",
    label: str | None = None,
    only_try: bool = False,
) -> Change:
    """Undoes the change of that number, as one change; `label` says what that was, if not as its line does;
    `only_try`: see `refusal`.

    LaterChanges if others stand in the way, unless they may be undone too (`with_later`); NotAllowed if it
    has been undone already, if its words have been deleted, or if a signed record would be altered;
    BadQuestion if there is no such change.
    """
    line = history.line(database, number)
    if line is None:
        raise BadQuestion(f"There is no change {number} in the history.")
    if line.undone_by is not None:
        raise NotAllowed("That change has already been undone.")
    if line.kind in FOR_GOOD:
        raise NotAllowed(FOR_GOOD[line.kind])
    roots = {number}
    while True:
        order = _newest_first(database, roots)
        if len(order) > 1 and not with_later:
            raise _in_the_way(database, order[:-1], line.label)
        try:
            return _reverse(database, now, order, by, kind, label or line.label, only_try)
        except Dangling as dangling:
            more = _later_than(database, number, dangling.rows) - set(order)
            if not more:
                raise
            roots |= more


def _newest_first(database: Database, roots: set[int]) -> list[int]:
    """These changes with all that must be undone before them, newest first: every later change of a row
    that one of them altered, and so on. One change alone needs nothing else if its rows are as it left
    them, whatever happened to them in between."""
    if len(roots) == 1 and _is_as_it_left_it(database, min(roots)):
        return list(roots)
    marks = ", ".join("(?)" for _ in roots)
    sql = f"""
        WITH RECURSIVE way (number) AS (
            VALUES {marks} UNION
            SELECT later.change FROM way
            JOIN payload AS own ON own.change = way.number AND own.n > 0
            JOIN payload AS later ON later.row_id = own.row_id AND later.row_kind = own.row_kind
                AND later.change > own.change
        ) SELECT number FROM way ORDER BY number DESC
    """
    return [found for (found,) in database.execute(sql, sorted(roots)).fetchall()]


def _is_as_it_left_it(database: Database, number: int) -> bool:
    """Whether every row the change altered is now as it left it. Only rows altered again are looked at."""
    sql = """
        SELECT own.change, own.n, own.body FROM payload AS own
        WHERE own.change = ? AND own.n > 0 AND EXISTS (
            SELECT 1 FROM payload AS later
            WHERE later.row_id = own.row_id AND later.row_kind = own.row_kind AND later.change > own.change)
        ORDER BY own.n
    """
    left = {
        (entry.kind, entry.id): entry.after
        for entry in _entries(database.execute(sql, [number]).fetchall())
    }
    for kind, some in groupby(sorted(left), key=lambda row: row[0]):
        ids = [id for _, id in some]
        there = fetch(database, kind_of(kind), ids)
        for id in ids:
            image = image_of(there[id]) if id in there else None
            if image != left[kind, id]:
                return False
    return True


def _entries(rows: Iterable[tuple[int, int, str]]) -> Iterator[Entry]:
    return (history.entry(change, n, body) for change, n, body in rows)


def _later_than(database: Database, number: int, rows: Iterable[tuple[str, str]]) -> set[int]:
    """The later changes that altered any of these rows."""
    sql = "SELECT change FROM payload WHERE row_kind = ? AND row_id = ? AND change > ?"
    return {
        change for kind, id in rows for (change,) in database.execute(sql, [kind, id, number]).fetchall()
    }


def _in_the_way(database: Database, numbers: Sequence[int], label: str) -> LaterChanges:
    found = [line for number in numbers if (line := history.line(database, number)) is not None]
    return LaterChanges(
        f"“{label}” cannot be undone by itself: what it changed has been changed again since.",
        "Undo the later changes too, newest first, or leave everything as it is.",
        [(line.number, line.label) for line in found],
    )


def _reverse(
    database: Database, now: Now, order: Sequence[int], by: str, kind: str, label: str, only_try: bool
) -> Change:
    """One change that takes back those of these numbers, newest first; or _TriedOnly in its place."""
    said = f"{kind.capitalize()} “{label}”"
    if len(order) > 1:
        said += f" and {len(order) - 1} later"
    with making(database, now, said, by=by, kind=kind, undoes=order) as change:
        if change.in_service:
            change.open_purge_door(history.sessions_touched(database, order))
        for number in order:
            _refuse_if_deleted(database, number)
            for (of, new), some in groupby(
                history.entries(database, number), lambda e: (e.kind, e.before is None)
            ):
                if new:
                    _take_out(change, of, some)
                else:
                    change.put_all(of, (row_of(kind_of(of), e.id, e.before or {}) for e in some))
        if only_try:
            if _is_dangling(database):
                raise Dangling  # as it would when it is committed
            raise _TriedOnly
    return change


def _is_dangling(database: Database) -> bool:
    """Whether anything refers to nothing, but for the log, whose own line is written last."""
    sql = "SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_check WHERE \"table\" <> 'payload')"
    return bool(scalar(database, sql))


def _take_out(change: Change, kind: str, entries: Iterable[Entry]) -> None:
    """Removes rows that the undone change had put in; a session that came in signed goes as a whole."""
    for entry in entries:
        if kind == SESSION.name and entry.after is not None and _is_signed(entry.after):
            change.open_purge_door([entry.id])
        change.remove(kind, entry.id)


def _is_signed(session: dict[str, object]) -> bool:
    return "worker_signed_on" in session and "supervisor_signed_on" in session


def _refuse_if_deleted(database: Database, number: int) -> None:
    """NotAllowed if some of the change's payloads have been deleted: what it altered is not known then."""
    there = scalar(database, "SELECT count(*) FROM payload WHERE change = ?", number)
    sealed = scalar(database, "SELECT length(digests) / 32 FROM change WHERE number = ?", number)
    if there != sealed:
        raise NotAllowed("That change cannot be undone: part of it has been deleted for good.")
