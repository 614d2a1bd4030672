"""What the store is measured against: SQLCipher by itself, without our tables' rules, log or wrapper.

The connection is like the store's: the same key, one exclusive user, the same cache.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from bench.measuring import AGAIN, COLLECTOR_OFF, OPENED, Taken, once, timed
from bench.memory import peak
from bench.rows_file import unpack
from supervise.fields import BY_NAME

FETCH = """
    SELECT person_id, kind, status, held_on, recorded_on, minutes FROM session ORDER BY person_id, held_on
"""
"""The unit of the promises: every session once, in order, as plain rows."""

#: Those of the store's settings that make it quicker or slower.
_PRAGMAS = (
    "locking_mode = exclusive", "journal_mode = delete", "synchronous = full", "secure_delete = on",
    "temp_store = memory", "cache_size = -65536",
)  # fmt: skip


@contextmanager
def connection(path: Path, key: bytes) -> Iterator[dbapi2.Connection]:
    """A connection to an encrypted file, keyed and locked; what belongs together says BEGIN."""
    with closing(dbapi2.connect(str(path), timeout=0, isolation_level=None)) as made:
        made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            made.execute(f"PRAGMA {pragma}")
        made.execute("BEGIN EXCLUSIVE")
        made.execute("COMMIT")
        yield made


def fetch(path: Path, key: bytes) -> Taken:
    """The fetch, as soon as the file is open, again, and once more without the collector of cycles."""
    with connection(path, key) as database:
        ask = partial(_all, database, FETCH)
        seconds = {OPENED: timed(ask), AGAIN: timed(ask)}
        gc.disable()
        try:
            seconds[COLLECTOR_OFF] = timed(ask)
        finally:
            gc.enable()
    return Taken(seconds, peak())


def insert(folder: Path, key: bytes) -> Taken:
    """All the rows of the folder into bare tables of a file of its own, by one transaction."""
    with connection(folder / "bare.store", key) as database:
        return once(lambda: _insert(database, folder))


def _insert(database: dbapi2.Connection, folder: Path) -> None:
    database.execute("BEGIN")
    for name, kind in BY_NAME.items():
        columns = ", ".join(f'"{field.name}"' for field in kind.fields)
        database.execute(f"CREATE TABLE {name} (id TEXT PRIMARY KEY, {columns})")
    for name, rows in unpack(folder):
        marks = ", ".join("?" * len(rows[0]))
        values = [tuple(row.values()) for row in rows]
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
    database.execute("COMMIT")


def copy(path: Path, key: bytes, to: Path) -> Taken:
    """SQLite's own copy of the file, taken on trust."""
    with connection(path, key) as database:
        return once(lambda: database.execute("VACUUM INTO ?", [str(to)]))


def integrity(path: Path, key: bytes) -> Taken:
    """SQLCipher's and SQLite's own look at the file."""
    looks = ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check")
    with connection(path, key) as database:
        return once(lambda: [_all(database, look) for look in looks])


def versions() -> str:
    """Those of SQLite and SQLCipher."""
    with closing(dbapi2.connect(":memory:")) as database:
        ((cipher,),) = _all(database, "PRAGMA cipher_version")
    return f"SQLite {dbapi2.sqlite_version} in SQLCipher {cipher.split()[0]}"


def _all(database: dbapi2.Connection, sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = database.execute(sql).fetchall()
    return found
