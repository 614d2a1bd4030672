"""The one way to the database: keyed, locked for one user, and telling its troubles in words.

Nothing below this module's connection ever raises one of SQLite's own errors for what is not our fault:
a full disk, a lock, damage and refused writes become the errors of `supervise.errors`, and the sentences
that our triggers raise become `NotAllowed`. What still comes through raw (a CHECK that failed, a misspelt
statement) is a bug, and its text names columns but never what was in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast
from urllib.parse import quote

from sqlcipher3 import dbapi2

from supervise.errors import (
    DiskFull,
    NotAllowed,
    StoreInUse,
    StoreIsDamaged,
    StoreReadOnly,
    StoreTrouble,
    SuperviseError,
)

if TYPE_CHECKING:
    import sqlite_utils

#: SQLite's families of result codes (sqlite.org/rescode.html): the low byte of an error's code.
BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, CONSTRAINT, NOTADB = (
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    19,
    26,
)

_THEIRS: dict[int, tuple[type[SuperviseError], str]] = {
    BUSY: (StoreInUse, "The store is open elsewhere."),
    LOCKED: (StoreInUse, "The store is open elsewhere."),
    READONLY: (StoreReadOnly, "The store cannot be written to."),
    CANTOPEN: (StoreReadOnly, "The store, or the folder it is in, cannot be opened for writing."),
    IOERR: (StoreTrouble, "The disk that holds the store did not read or write as asked."),
    CORRUPT: (StoreIsDamaged, "The store is damaged: it does not read back as it was written."),
    NOTADB: (StoreIsDamaged, "The store is damaged: it does not open with its key."),
    FULL: (DiskFull, "There is no room left for the store."),
}

#: SQLCipher will not write once it has met a page that is not as it was written; SQLite takes that for a lack of
#: memory, and cannot be asked which of the two it is.
_NO_MEMORY = (
    "The store does not read back as it was written, or this computer has no memory left.",
    "Close the program and open it again; if that does not help, restore the newest good backup with "
    "“supervise restore”.",
)

#: What holds for every connection. One exclusive user with a rollback journal and full syncing keeps
#: every acknowledged change through a kill or a power cut; REPLACE must not walk past the triggers;
#: nothing is ever written in the clear beside the store; nothing deleted stays in free pages.
_PRAGMAS = (
    "cipher_log_level = NONE",
    "trusted_schema = off",
    "foreign_keys = on",
    "recursive_triggers = on",
    "locking_mode = exclusive",
    "journal_mode = delete",
    "synchronous = full",
    "secure_delete = on",
    "temp_store = memory",
    "cache_size = -65536",
)


class Dangling(NotAllowed):
    """A change that would leave a reference to nothing: one row refers to another that is not there.

    `rows` are both ends of such references, as (kind, id) pairs, where they are known.
    """

    remedy = "Remove or correct what refers to it first."

    def __init__(self, rows: frozenset[tuple[str, str]] = frozenset()) -> None:
        super().__init__("Something would be left referring to a row that is not there.")
        self.rows = rows


def plain_error(error: dbapi2.Error) -> SuperviseError | None:
    """What a person should hear of a database error; None if it is a bug of ours."""
    family = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if family == CONSTRAINT:
        return _refusal(str(error))
    if family not in _THEIRS:
        return None
    kind, sentence = _THEIRS[family]
    return kind(sentence)


def _refusal(message: str) -> NotAllowed | None:
    """A constraint that failed: SQLite's own words end in "constraint failed", ours are a sentence."""
    if message.startswith("FOREIGN KEY constraint failed"):
        return Dangling()
    if " constraint failed" in message or not message.endswith("."):
        return None
    sentence, _, remedy = message.partition(". ")
    return NotAllowed(sentence.rstrip(".") + ".", remedy)


def _tell(error: dbapi2.Error | MemoryError) -> NoReturn:
    if isinstance(error, MemoryError):
        raise StoreIsDamaged(*_NO_MEMORY) from error
    told = plain_error(error)
    if told is None:
        raise error
    raise told from error


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """A cursor whose troubles are told plainly, those found while reading on included."""

    def execute(self, *args: Any) -> _Cursor:
        try:
            super().execute(*args)
        except (dbapi2.Error, MemoryError) as error:
            _tell(error)
        return self

    def executemany(self, *args: Any) -> _Cursor:
        try:
            super().executemany(*args)
        except (dbapi2.Error, MemoryError) as error:
            _tell(error)
        return self

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except (dbapi2.Error, MemoryError) as error:
            _tell(error)

    def fetchmany(self, *args: Any) -> list[Any]:
        try:
            return cast(list[Any], super().fetchmany(*args))
        except (dbapi2.Error, MemoryError) as error:
            _tell(error)

    def fetchall(self) -> list[Any]:
        try:
            return cast(list[Any], super().fetchall())
        except (dbapi2.Error, MemoryError) as error:
            _tell(error)

    def __iter__(self) -> Iterator[Any]:  # not __next__, which would slow fetchall down row by row
        step = super().__next__
        while True:
            try:
                row = step()
            except StopIteration:
                return
            except (dbapi2.Error, MemoryError) as error:
                _tell(error)
            yield row


class Database(dbapi2.Connection):  # type: ignore[misc]
    """A connection that hands out such cursors. It is in autocommit mode: what belongs together says BEGIN."""

    def cursor(self, *_: Any) -> _Cursor:
        """Another cursor."""
        return cast(_Cursor, super().cursor(_Cursor))

    def execute(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> _Cursor:
        """Run one statement; its rows are read from the cursor that it gives."""
        return self.cursor().execute(sql, parameters)


def with_utilities(database: Database) -> sqlite_utils.Database:
    """The same with what sqlite-utils can do, for migrations and nested transactions. It takes as long to
    import as everything else that a store needs on opening, so that a store opens without it."""
    import sqlite_utils

    return sqlite_utils.Database(database, execute_plugins=False)


def connect(path: Path | None, key: bytes | None) -> Database:
    """A connection to the store at `path`, or to a new one in memory (None, which has no key).

    `key` is the store's own 256-bit key. The file is not looked at before the first statement that
    needs it.
    """
    where = ":memory:" if path is None else str(path)
    try:
        connection: Database = dbapi2.connect(where, timeout=0, isolation_level=None, factory=Database)
    except dbapi2.Error as error:
        _tell(error)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def take(database: Database) -> None:
    """Takes the store's exclusive lock, which is kept until the connection closes, and reads its first
    page. StoreInUse if somebody has it, StoreIsDamaged if the key does not open it."""
    database.execute("BEGIN EXCLUSIVE")
    database.execute("COMMIT")


def give_key(database: Database, key: bytes, former: bytes) -> None:
    """Puts the file under another key, in one transaction. StoreTrouble if the disk did not take it: then it is
    under the former key, as before.

    A change of key that failed leaves SQLCipher writing under the new key what it reads under the former one:
    the next change would damage the store. Asking for the former key at once puts that right, even where that
    fails for the same reason.
    """
    try:
        database.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    except (dbapi2.Error, SuperviseError) as error:
        with suppress(dbapi2.Error, SuperviseError):
            database.execute(f"PRAGMA rekey = \"x'{former.hex()}'\"")
        raise StoreTrouble(
            "The store could not be given its new key. It is as it was, and the secrets of before open it.",
            "See that the disk has at least as much room again as the store takes up, and try once more.",
        ) from error
    if database.execute("PRAGMA cipher_integrity_check").fetchall():
        raise StoreIsDamaged("The store does not read back under its new key.")


def is_locked(path: Path) -> bool:
    """Whether somebody has the file open as their store. A read-only look, without a key: it can neither
    alter the file nor roll a journal back into it."""
    place = path.resolve().as_posix()
    uri = "file://" + ("" if place.startswith("/") else "/") + quote(place) + "?mode=ro"
    with closing(dbapi2.connect(uri, uri=True, timeout=0)) as connection:
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchall()
        except dbapi2.Error as error:
            return bool(error.sqlite_errorcode & 0xFF == BUSY)
    return False


def troubles(database: Database) -> list[str]:
    """What SQLite and SQLCipher find wrong with the file, in their words; empty if nothing."""
    said = [text for (text,) in database.execute("PRAGMA cipher_integrity_check").fetchall()]
    if said:  # then SQLite itself would only stumble over the first of these pages
        return said
    said = [text for (text,) in database.execute("PRAGMA integrity_check(20)").fetchall()]
    return [text for text in said if text != "ok"]


def stream(
    database: Database, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a thousand at a time."""
    cursor = database.execute(sql, parameters)
    while some := cursor.fetchmany(1000):
        yield from some


def scalar(database: Database, sql: str, *parameters: object) -> Any:
    """The first value of the first row, or None."""
    row = database.execute(sql, parameters).fetchone()
    return None if row is None else row[0]
