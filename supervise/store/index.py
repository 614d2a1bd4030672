"""The search index held against the rows, and made anew from them."""

from __future__ import annotations

from supervise.errors import StoreIsDamaged
from supervise.fields import KINDS, Kind
from supervise.store.database import Database, scalar, with_utilities

_PROSE = tuple(kind for kind in KINDS if any(field.prose for field in kind.fields))


def agrees(database: Database) -> bool:
    """Whether the index holds exactly what people wrote."""
    try:
        database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except StoreIsDamaged:
        return False
    indexed: int = scalar(database, "SELECT count(*) FROM search")
    mapped: int = scalar(database, "SELECT count(*) FROM search_row")
    written = sum(scalar(database, f"SELECT count(*) FROM ({_written(kind)})") for kind in _PROSE)
    return indexed == mapped == written and not any(_missing(database, kind) for kind in _PROSE)


def rebuild(database: Database) -> None:
    """Makes it anew from the rows."""
    with with_utilities(database).atomic():
        database.execute("INSERT INTO search (search) VALUES ('rebuild')")
        database.execute("DELETE FROM search")
        database.execute("DELETE FROM search_row")
        for kind in _PROSE:
            written = f"SELECT '{kind.name}', id FROM ({_written(kind)}) ORDER BY id"
            database.execute(f"INSERT INTO search_row (kind, row_id) {written}")
            database.execute(
                f"INSERT INTO search (rowid, words) SELECT n, words FROM ({_written(kind)}) "
                f"JOIN search_row ON kind = '{kind.name}' AND row_id = id"
            )


def _written(kind: Kind) -> str:
    """What people wrote in rows of that kind, as the triggers of the schema put it together."""
    prose = ", ".join(f'"{field.name}"' for field in kind.fields if field.prose)
    words = f"concat_ws(char(10), {prose}) AS words"
    return f"SELECT id, {words} FROM {kind.name} WHERE coalesce({prose}, NULL) IS NOT NULL"


def _missing(database: Database, kind: Kind) -> bool:
    """Whether something of that kind is not indexed as it was written."""
    sql = f"""
        SELECT EXISTS (SELECT 1 FROM ({_written(kind)}) AS written
        LEFT JOIN search_row ON kind = '{kind.name}' AND row_id = id
        LEFT JOIN search ON search.rowid = n WHERE search.words IS NOT written.words)
    """
    return bool(scalar(database, sql))
