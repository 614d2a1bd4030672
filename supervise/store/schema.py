"""One road to the schema: migrations only. A new store is an old one with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from sqlite3 import complete_statement

from sqlite_utils import Database, Migrations

from supervise.errors import StoreIsNewer

#: The steps in order. Each is a file of that name in `sql/`, frozen once it has been released.
STEPS = ("m0001_everything",)

FOLDER = files("supervise.store") / "sql"


def _step(name: str) -> Callable[[Database], None]:
    def run(database: Database) -> None:
        for statement in _statements((FOLDER / f"{name}.sql").read_text("utf-8")):
            database.execute(statement)

    return run


def _statements(text: str) -> Iterator[str]:
    """The statements of a file, each of which ends at the end of a line."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            yield statement
            statement = ""


def _migrations() -> Migrations:
    migrations = Migrations("supervise")
    for name in STEPS:
        migrations(name=name)(_step(name))
    return migrations


def applied(database: Database) -> tuple[str, ...]:
    """The steps this store has had. None at all: it is no store of ours."""
    return tuple(step.name for step in _migrations().applied(database))


def pending(database: Database) -> tuple[str, ...]:
    """The steps this store still lacks."""
    return tuple(step.name for step in _migrations().pending(database))


def refuse_newer(database: Database) -> None:
    """StoreIsNewer if the store has had a step that this version does not know."""
    if unknown := set(applied(database)) - set(STEPS):
        raise StoreIsNewer(f"A newer version of Supervise wrote this store ({min(unknown)}).")


def migrate(database: Database) -> None:
    """Applies what is lacking, each step whole or not at all."""
    _migrations().apply(database)
