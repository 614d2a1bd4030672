"""The store: everything the service knows, encrypted on disk, with a log of every change.

    with open_store(places, secret, now=now, user="R. Okafor", program="the window") as store:
        with store.change("Record supervision with Ada", by="R. Okafor") as change:
            change.put("session", row, recorded=True)

What can go wrong is told as the errors of `supervise.errors`; whatever else is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supervise.places import Places
from supervise.sessions import Entered
from supervise.store import changes, opening, rows, schema, settling
from supervise.store.access import Access
from supervise.store.changes import GATHER, Change, Now
from supervise.store.database import Database, connect
from supervise.store.drafts import Drafts
from supervise.store.inuse import Opening
from supervise.store.keys import new_recovery_key
from supervise.store.opening import Unlocked, refuse_if_missing, unlock
from supervise.store.rows import Row
from supervise.store.settings import EXPORTS, GATHERS, Settings

if TYPE_CHECKING:  # what is not asked for as a rule when a window opens is imported when it is
    from supervise.records import Record
    from supervise.store.history import Correction, Line, Step
    from supervise.store.rekeying import NewKeys, Why
    from supervise.store.search import Found
    from supervise.store.sitting import Sitting

__all__ = [
    "GATHER", "Change", "Now", "Row", "Store", "Unlocked",
    "create_store", "memory_store", "new_recovery_key", "open_store", "refuse_if_missing", "unlock",
]  # fmt: skip


class Store:
    """An open store. Use it in a `with` block, or close it."""

    def __init__(self, database: Database, now: Now, places: Places | None, key: bytes | None) -> None:
        self.database = database
        self.now = now
        self.drafts = Drafts(database, now)
        self.access = Access(database, now)
        self.settings = Settings(database)
        self._places = places
        self._opened = opening.Opened(database, key or b"")
        self._sitting_here: Sitting | None = None
        self._is_open = True
        self.interrupted: str | None = None
        """What to say of a change of keys that an abrupt end had interrupted; None as a rule."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_on_disk(self) -> bool:
        """Whether it has files; a store in memory has none."""
        return self._places is not None

    @property
    def places(self) -> Places:
        """Its files. ValueError for a store in memory, which has none."""
        if self._places is None:
            raise ValueError("a store in memory has no files")
        return self._places

    @property
    def key(self) -> bytes:
        """The key of its file and of its backups."""
        return self._opened.key

    @property
    def is_service(self) -> bool:
        """Whether it is a service store, which gathers the teams' exports."""
        return self.settings.is_service

    @property
    def today(self) -> str:
        """The day (ISO) on which something is entered now; never before the last line of the history."""
        return changes.today(self.database, self.now)

    def keep_at_most(self, mebibytes: int) -> None:
        """How much of its file it keeps in memory. A window is open all day beside other programs, and needs
        less of it than a question to the whole service."""
        self.database.execute(f"PRAGMA cache_size = {-1024 * mebibytes:d}")

    def close(self) -> None:
        """Closes it; the lock goes, and what could be undone in this sitting is history. Closing it again
        does nothing: by then it may be somebody else's."""
        if self._is_open:
            self._is_open = False
            opening.close_database(self._places, self.database)

    # Changing

    @contextmanager
    def change(self, label: str, *, by: str, kind: str = "edit") -> Iterator[Change]:
        """A block that is one change: all of it is committed when the block ends, with one line in the
        history, or nothing is. See `changes.Change` for what can be done in it."""
        with changes.making(self.database, self.now, label, by=by, kind=kind) as change:
            yield change
        self._sitting.made(change)

    @property
    def _sitting(self) -> Sitting:
        from supervise.store.sitting import Sitting  # late: nothing is done yet when a window opens

        self._sitting_here = self._sitting_here or Sitting(self.database, self.now)
        return self._sitting_here

    def undo(self, by: str) -> Change | None:
        """Undoes the last change of this sitting that can be undone; None if there is none. If one after it
        stays, because it signed a record or altered a signed one, NotAllowed says so once, and names what
        the next undo takes back."""
        return self._sitting.undo(by)

    def redo(self, by: str) -> Change | None:
        """Does again what was undone last; None if there is nothing."""
        return self._sitting.redo(by)

    @property
    def next_undo(self) -> str | None:
        """The label of what `undo` would really undo: never that of a change that stays."""
        return self._sitting.next_undo if self._sitting_here else None

    @property
    def can_undo_last(self) -> bool:
        """Whether the last change of this sitting is what `undo` would undo: only then “Undo” belongs beside
        the words that tell of it."""
        return self._sitting_here is not None and self._sitting_here.can_undo_last

    def begin_sitting(self) -> None:
        """From here on, undo goes back as far as here: what was done before belongs to how the store was
        made or filled. The history has it, and can undo it still."""
        self._sitting_here = None

    @property
    def next_redo(self) -> str | None:
        """The label of what `redo` would do again."""
        return self._sitting.next_redo if self._sitting_here else None

    def undo_change(self, number: int, by: str, *, with_later: bool = False) -> Change:
        """Undoes any change of the history whose rows are as it left them. LaterChanges names those that
        stand in the way; `with_later` undoes them too. See `undo.undo_change`."""
        return self._sitting.undo_change(number, by, with_later=with_later)

    # Reading

    def rows(self, kind: str, /, **equal: Any) -> Iterator[Row]:
        """The rows of that kind, or those whose fields are equal to the ones given, ordered by id. What is
        read while a change is being made may or may not show it: read first."""
        return rows.select(self.database, rows.kind_of(kind), equal)

    def row(self, kind: str, id: str) -> Row | None:
        """One row, or None."""
        return rows.fetch(self.database, rows.kind_of(kind), [id]).get(id)

    def rows_by_id(self, kind: str, ids: Iterable[str]) -> dict[str, Row]:
        """Those of the rows named that are there, by id."""
        return rows.fetch(self.database, rows.kind_of(kind), ids)

    def rows_known_at(self, kind: str, day: str) -> Iterator[Row]:
        """The rows as they stood at the end of that day (ISO): the rule is told in `known`."""
        from supervise.store import known  # late: few ask, and a window starts without it

        return known.rows_known_at(self.database, rows.kind_of(kind), day)

    def record(self, session_id: str) -> Record:
        """The whole of one session's record. BadQuestion if there is no such session."""
        from supervise.store import records

        return records.record(self.database, session_id)

    def find(self, words: str, limit: int = 50) -> list[Found]:
        """Where all of these words (or words that begin with them) were written, best first."""
        from supervise.store import search

        return search.find(self.database, words, limit)

    # History

    def history(self, limit: int = 200, before: int | None = None) -> list[Line]:
        """The lines of the history, newest first; `before` goes on from an earlier page."""
        from supervise.store import history

        return history.lines(self.database, limit, before)

    def changes_of(self, kind: str, id: str) -> list[Step]:
        """Everything that ever happened to one row, newest first."""
        from supervise.store import history

        return history.story(self.database, kind, id)

    def who_set(self, kind: str, id: str, field: str) -> Entered | None:
        """Who gave a field its present value, and when; None if it holds nothing."""
        from supervise.store import history

        return history.who_set(self.database, kind, id, field)

    def edited_here(self, kind: str, id: str) -> bool:
        """Whether somebody altered the row here since it came in (or made it here): an import that has the
        same row does not count, nor does what has been undone."""
        from supervise.store import history

        return history.edited_here(self.database, kind, id)

    def corrections(self, kinds: Iterable[str]) -> Iterator[Correction]:
        """Every alteration and removal of rows of these kinds, oldest first, as they were before."""
        from supervise.store import history

        return history.corrections(self.database, kinds)

    def head(self) -> str:
        """The end of the chain, as 64 hexadecimal characters; papers print the first 16."""
        return changes.head(self.database).hex()

    # Files

    def backup(self, label: str) -> Path:
        """Makes a backup, opens it again to be sure of it, and gives its path. The label is one of the
        program's own words: file names can be read by anybody."""
        from supervise.store import backups

        return backups.backup(self, label)

    def rekey(self, passphrase: str, recovery_key: str) -> None:
        """Gives the store a new key, for the present passphrase (WrongPassphrase if it is another) and a
        new recovery key: make that with `new_recovery_key` and have it written down first."""
        from supervise.store import rekeying

        new = rekeying.prepare(self.places, passphrase, passphrase, recovery_key, anew=False)
        for _ in rekeying.changing(self, self._opened, new, None):
            pass

    def giving_new_keys(self, new: NewKeys, why: Why) -> Iterator[tuple[int, int]]:
        """Gives the store new keys, step by step: how many are done, of how many. After the last neither of the
        former secrets opens it, or any backup from then on. See `rekeying`."""
        from supervise.store import rekeying

        return rekeying.changing(self, self._opened, new, why)

    def change_passphrase(self, secret: str, passphrase: str) -> None:
        """Gives the store a new passphrase. `secret` is the present one or the recovery key."""
        opening.change_passphrase(self.places, secret, passphrase)


def create_store(
    places: Places,
    passphrase: str,
    *,
    now: Now,
    user: str,
    program: str,
    service: bool = False,
    recovery_key: str | None = None,
) -> tuple[Store, str]:
    """A new store, open, and its recovery key, which may be given; `service` makes it a service store.
    NotAllowed if there is one already."""
    key = opening.create(places, passphrase, now(), service=service, recovery_key=recovery_key)
    return open_store(places, passphrase, now=now, user=user, program=program), key


def open_store(places: Places, secret: str | Unlocked, *, now: Now, user: str, program: str) -> Store:
    """The store at those places, opened with its passphrase or its recovery key, or with what `unlock` made
    of one of them beforehand.

    A store of an older version is backed up and brought up to date first. NoStore, WrongPassphrase,
    StoreInUse (with who has it), StoreIsDamaged, StoreIsNewer or StoreReadOnly otherwise.
    """
    opened = opening.open_database(places, secret, Opening.by(user, program, now()))
    store = Store(opened.database, now, places, opened.key)
    try:
        settling.bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    settling.end_what_was_begun(store)
    return store


def memory_store(now: Now, *, service: bool = False) -> Store:
    """A real store in memory, without files or key, for tests and for trying things out."""
    database = connect(None, None)
    schema.migrate(database)
    store = Store(database, now, None, None)
    if service:
        store.settings.put(GATHERS, EXPORTS)
    return store
