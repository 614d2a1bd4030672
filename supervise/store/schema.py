"""One road to the schema: migrations only. A new store is an old one with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.errors import StoreIsNewer
from supervise.store.database import Database, scalar, with_utilities

if TYPE_CHECKING:
    import sqlite_utils
    from sqlite_utils import Migrations

#: The steps in order. Each is a file of that name in `sql/`, frozen once it has been released.
STEPS = ("m0001_everything",)

#: Where sqlite-utils notes the steps that a store has had, and under which name ours.
_TABLE, _SET = "_sqlite_migrations", "supervise"

FOLDER = Path(__file__).with_name("sql")


def _step(name: str) -> Callable[[sqlite_utils.Database], None]:
    def run(database: sqlite_utils.Database) -> None:
        for statement in _statements((FOLDER / f"{name}.sql").read_text("utf-8")):
            database.execute(statement)

    return run


def _statements(text: str) -> Iterator[str]:
    """The statements of a file, each of which ends at the end of a line."""
    from sqlite3 import complete_statement  # which no store is read with

    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            yield statement
            statement = ""


def _migrations() -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations(_SET)
    for name in STEPS:
        migrations(name=name)(_step(name))
    return migrations


def applied(database: Database) -> tuple[str, ...]:
    """The steps this store has had. None at all: it is no store of ours."""
    if not scalar(database, "SELECT count(*) FROM sqlite_schema WHERE name = ?", _TABLE):
        return ()
    sql = f"SELECT name FROM {_TABLE} WHERE migration_set = ? ORDER BY id"
    return tuple(name for (name,) in database.execute(sql, [_SET]).fetchall())


def pending(database: Database) -> tuple[str, ...]:
    """The steps this store still lacks."""
    had = applied(database)
    return tuple(name for name in STEPS if name not in had)


def refuse_newer(database: Database) -> None:
    """StoreIsNewer if the store has had a step that this version does not know."""
    if unknown := set(applied(database)) - set(STEPS):
        raise StoreIsNewer(f"A newer version of Supervise wrote this store ({min(unknown)}).")


def migrate(database: Database) -> None:
    """Applies what is lacking, each step whole or not at all."""
    _migrations().apply(with_utilities(database))
