"""One change is one transaction, one line of history and one step of undo.

Inside `with making(…) as change:` rows are put and removed; on leaving, everything is committed together
with its line in the log, or, if anything went wrong, nothing is. A change that alters nothing leaves no
line (one that gave the store new keys leaves one). The log keeps every row as it was before and after (see
`chain` for how it is sealed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from supervise.errors import NotAllowed
from supervise.fields import Kind
from supervise.store import chain
from supervise.store.database import Dangling, Database, scalar
from supervise.store.rows import (
    BATCH,
    GATHERED,
    Row,
    batches,
    blank,
    cleaned,
    dangling_rows,
    fetch,
    image_of,
    kind_of,
    listed,
    names,
    new_id,
)
from supervise.store.settings import Settings

PURGE = "purge"
"""The kind of a change that deletes by law. Its entries are of this kind too and name, as their id, the
entry that went: "12/3" is entry 3 of change 12."""

GATHER = "gather"
"""The kind of a change that takes a team's export into a service store, or takes it out again. Beside undo
and redo of such a change, and deletion by law, nothing else alters the facts of a service store."""

KEYS = "keys"
"""The kind of a change that gave the store new keys: a line without rows, for it alters what opens them."""

FOR_GOOD = {
    PURGE: "What has been deleted by law cannot be brought back.",
    KEYS: "New keys cannot be taken back: the former ones are gone.",
}
"""The kinds of change that cannot be undone, and why."""

_ALTER_GATHERED = (GATHER, "undo", "redo", PURGE)

Now = Callable[[], datetime]
"""The clock: a moment with its time zone, or one in local time."""


def today(database: Database, now: Now) -> str:
    """The day on which something is entered now: the clock's, but never before the log's last day, so
    that a clock set back cannot make anything look entered earlier than it was."""
    last = scalar(database, "SELECT day FROM change ORDER BY number DESC LIMIT 1")
    return max(now().date().isoformat(), last or "")


def head(database: Database) -> bytes:
    """The last link of the chain."""
    return scalar(database, "SELECT link FROM change ORDER BY number DESC LIMIT 1") or chain.START


class Change:
    """A change being made. `number` is its line in the history, None while (or if) nothing differs;
    `in_service` says that it is one of a service store."""

    def __init__(self, database: Database, number: int, label: str, kind: str, day: str) -> None:
        self.label = label
        self.kind = kind
        self.day = day
        self.in_service = Settings(database).is_service
        self._database = database
        self._number = number
        self._counts: Counter[str] = Counter()
        self._digests = bytearray(chain.SIZE)  # the first is that of payload 0, which is written last
        self._open = True

    @property
    def touched(self) -> frozenset[str]:
        """The kinds of fact that this change altered."""
        return frozenset(self._counts)

    @property
    def number(self) -> int | None:
        """Its number in the history; None if it altered nothing."""
        return self._number if self._counts or self.kind == KEYS else None

    def put(self, kind: str, row: Mapping[str, Any], *, recorded: bool = False) -> str:
        """Puts one row in, or alters the one of that id, and gives the id. See `put_all`."""
        of = kind_of(kind)
        id = row.get("id") or new_id()
        self._put_batch(of, [cleaned(of, {**row, "id": id})], recorded)
        return id

    def put_all(self, kind: str, rows: Iterable[Mapping[str, Any]], *, recorded: bool = False) -> None:
        """Puts rows in, each new or in place of the one of the same id, and skips those that would alter
        nothing. Fields not named stay as they are. A row without an id gets one.

        `recorded` says that this is being entered here: every row that differs gets today as its
        `recorded_on`. Without it the `recorded_on` given is kept, nothing included.

        The sections, actions and discussions of a session that comes in already signed must be put
        before it: after it they are refused. NotAllowed if a row's own rules forbid it, ValueError for a
        field or a value that its kind cannot hold.
        """
        of = kind_of(kind)
        for some in batches(rows, BATCH):
            self._put_batch(
                of, [cleaned(of, {**row, "id": row.get("id") or new_id()}) for row in some], recorded
            )

    def remove(self, kind: str, id: str) -> None:
        """Takes one row away; nothing happens if it is not there."""
        self.remove_all(kind, [id])

    def remove_all(self, kind: str, ids: Iterable[str]) -> None:
        """Takes the rows of these ids away. NotAllowed if a row is locked."""
        of = kind_of(kind)
        for some in batches(ids, BATCH):
            with self._all_or_nothing():
                self._refuse_if_gathered(of)
                there = fetch(self._database, of, some)
                gone = [there[id] for id in dict.fromkeys(some) if id in there]
                self._run_many(f"DELETE FROM {of.name} WHERE id = ?", [(row["id"],) for row in gone])
                self._log(of, [(row["id"], row, None) for row in gone])

    def open_purge_door(self, session_ids: Iterable[str]) -> None:
        """Lets the whole signed records of these sessions be removed, until this change is over."""
        self._run_many("INSERT OR IGNORE INTO purge_door VALUES (?)", [(id,) for id in session_ids])

    def delete_for_good(
        self, entries: Iterable[tuple[int, int]], said: Mapping[int, Mapping[str, Any]] | None = None
    ) -> None:
        """Deletes entries of the history, words, names and all, as (number of the change, number of the
        entry), and notes which, so that their absence is known to be rightful; `said` is what stands in place of
        the words of a change, by its number. Only in a change of the kind PURGE, which cannot be undone. The
        rows themselves are for `purge` to remove."""
        if self.kind != PURGE:
            raise RuntimeError("only a purge deletes for good")
        with self._all_or_nothing():
            gone = list(entries)
            self._run_many("DELETE FROM payload WHERE change = ? AND n = ?", gone)
            after = {(number, 0): what for number, what in (said or {}).items()}
            notes = [
                {"kind": PURGE, "id": f"{number}/{n}", "before": None, "after": after.get((number, n))}
                for number, n in gone
            ]
            self._write_entries(PURGE, notes)

    def restate(self, kind: str, ids: Iterable[str]) -> None:
        """Logs rows as they stand (or do not), without what they were, in place of entries deleted for good."""
        of, wanted = kind_of(kind), list(ids)
        there = fetch(self._database, of, wanted)
        self._log(of, [(id, None, there.get(id)) for id in wanted])

    def _put_batch(self, kind: Kind, rows: Sequence[Row], recorded: bool) -> None:
        with self._all_or_nothing():
            self._refuse_if_gathered(kind)
            known = fetch(self._database, kind, [row["id"] for row in rows])
            new: list[Row] = []
            entries: list[tuple[str, Row | None, Row]] = []
            for row in rows:
                id = row["id"]
                before = known.get(id)
                after = {**(before or blank(kind)), **row}
                if after == before:
                    continue
                if recorded:
                    after["recorded_on"] = self.day
                if before is None:
                    new.append(after)
                else:
                    self._insert(kind, new)
                    self._update(kind, before, after)
                known[id] = after
                entries.append((id, before, after))
            self._insert(kind, new)
            self._log(kind, entries)

    def _refuse_if_gathered(self, kind: Kind) -> None:
        """NotAllowed in a service store, for its facts, unless this is a change that may alter them."""
        if self.in_service and kind.name in GATHERED and self.kind not in _ALTER_GATHERED:
            raise NotAllowed(
                "This is a service store: its facts come from the teams’ exports and cannot be changed here.",
                "Have it changed in the team’s own store, and import that team’s next export.",
            )

    def _insert(self, kind: Kind, rows: list[Row]) -> None:
        marks = ", ".join("?" * len(names(kind)))
        sql = f"INSERT INTO {kind.name} ({listed(kind)}) VALUES ({marks})"
        self._run_many(sql, [tuple(row.values()) for row in rows])
        rows.clear()

    def _update(self, kind: Kind, before: Row, after: Row) -> None:
        differ = [name for name in names(kind) if after[name] != before[name]]
        settings = ", ".join(f'"{name}" = ?' for name in differ)
        values = [*(after[name] for name in differ), after["id"]]
        self._database.execute(f"UPDATE {kind.name} SET {settings} WHERE id = ?", values)

    def _log(self, kind: Kind, entries: Sequence[tuple[str, Row | None, Row | None]]) -> None:
        """Adds one payload for each row: what it was and what it is."""
        images = (
            (id, before and image_of(before), after and image_of(after)) for id, before, after in entries
        )
        bodies = [{"kind": kind.name, "id": id, "before": was, "after": now} for id, was, now in images]
        self._write_entries(kind.name, bodies)

    def _write_entries(self, kind: str, bodies: Sequence[dict[str, Any]]) -> None:
        if bodies:
            self._write_payloads(
                len(self._digests) // chain.SIZE, [chain.canonical(body) for body in bodies]
            )
            self._counts[kind] += len(bodies)

    def _write_payloads(self, first: int, bodies: Sequence[str]) -> None:
        payloads = list(zip(chain.nonces(len(bodies)), bodies, strict=True))
        self._run_many(
            "INSERT INTO payload (change, n, nonce, body) VALUES (?, ?, ?, ?)",
            [(self._number, n, nonce, body) for n, (nonce, body) in enumerate(payloads, first)],
        )
        digests = b"".join(chain.digest(nonce, body) for nonce, body in payloads)
        self._digests[first * chain.SIZE : first * chain.SIZE + len(digests)] = digests

    def _run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._database.executemany(sql, rows)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """A batch that fails may have been done by half, so the change it belongs to is over as well."""
        if not self._open:
            raise RuntimeError("this change is over")
        self._open = False
        yield
        self._open = True

    def seal(self, at: str, by: str, undoes: Sequence[int]) -> bool:
        """Writes the change's own line, which ends it. False, and no line, if it altered nothing."""
        if not self._open:
            raise RuntimeError("part of this change failed and nobody let that be known")
        self._open = False
        if self.number is None:
            return False
        said = {"label": self.label, "by": by, "kinds": dict(self._counts)}
        self._write_payloads(0, [chain.canonical(said)])
        list_of_undone = chain.canonical(list(undoes)) if undoes else None
        metadata = chain.Metadata(self._number, at, self.day, self.kind, list_of_undone)
        digests = bytes(self._digests)
        link = chain.link(head(self._database), metadata, digests)
        self._database.execute("DELETE FROM purge_door")
        self._database.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)", [*metadata, link, digests]
        )
        return True


@contextmanager
def making(
    database: Database, now: Now, label: str, *, by: str, kind: str, undoes: Sequence[int] = ()
) -> Iterator[Change]:
    """The block in which a change is made; what it yields is used up when the block ends.

    NotAllowed if a rule forbids it (`Dangling` if it would leave a reference to nothing), DiskFull if
    there is no room: then nothing has changed.
    """
    if database.in_transaction:
        raise RuntimeError("a change inside a change")
    moment = now().astimezone(UTC).isoformat(timespec="seconds")
    database.execute("BEGIN IMMEDIATE")
    try:
        last = scalar(database, "SELECT max(number) FROM change") or 0
        change = Change(database, last + 1, label, kind, today(database, now))
        yield change
        if change.seal(moment, by, undoes):
            _commit(database)
        else:
            database.execute("ROLLBACK")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _commit(database: Database) -> None:
    try:
        database.execute("COMMIT")
    except Dangling as dangling:
        raise Dangling(dangling_rows(database)) from dangling
