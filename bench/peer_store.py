"""The pandas peer on the same encrypted store: it reads the facts it needs, makes frames and finds the gaps.

pandas is imported late, so that only its own process holds it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from bench.bare import connection
from bench.measuring import AGAIN, OPENED, Taken, timed
from bench.memory import peak
from bench.service import AS_AT

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

READING, FRAMES, GAPS = "reading", "frames", "gaps"

#: What the peer needs, in the order of its columns; of the sessions those held, as our own engine does.
_ASKED = {
    "people": "SELECT id, employed_from, left_on, records_from FROM person",
    "posts": 'SELECT person_id, role, supervisor_id, "from", "to" FROM post',
    "absences": 'SELECT person_id, kind, "from", "to" FROM absence',
    "sessions": "SELECT person_id, kind, status, held_on FROM session"
    " WHERE status = 'held' AND kind = 'one_to_one' AND held_on <= ?",
}

Rows = list[tuple[Any, ...]]


def gaps(path: Path, key: bytes) -> Taken:
    """Every gap: from the file as soon as it is open, again, and that again in parts."""
    _load()
    with connection(path, key) as database:
        seconds = {OPENED: timed(lambda: find(database)), AGAIN: timed(lambda: find(database))}
        seconds[READING] = timed(lambda: read(database))
        rows = read(database)
    seconds[FRAMES] = timed(lambda: frames(rows))
    tables = frames(rows)
    seconds[GAPS] = timed(lambda: _gaps(tables))
    return Taken(seconds, peak())


def _load() -> None:
    """What the peer's modules work out when they are imported is not timed, nor is our like."""
    import bench.peer_pandas  # noqa: F401


def find(database: dbapi2.Connection) -> pd.DataFrame:
    """The gaps that the peer finds in the store."""
    return _gaps(frames(read(database)))


def read(database: dbapi2.Connection) -> dict[str, Rows]:
    """The facts as plain rows."""
    return {
        name: database.execute(sql, [AS_AT.isoformat()] * sql.count("?")).fetchall()
        for name, sql in _ASKED.items()
    }


def frames(rows: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """Those rows as the peer takes them."""
    import pandas as pd

    from bench.peer_facts import COLUMNS, typed

    return {name: typed(pd.DataFrame(rows[name], columns=COLUMNS[name]), name) for name in _ASKED}


def _gaps(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    from bench.peer_pandas import gaps

    return gaps(**tables, as_at=AS_AT)


def gaps_told(path: Path, key: bytes) -> list[dict[str, Any]]:
    """Every gap as plain data: days as ISO text, None where there is none."""
    import pandas as pd

    with connection(path, key) as database:
        found = find(database)
    for name in found.columns:
        if pd.api.types.is_datetime64_any_dtype(found[name]):
            texts = found[name].dt.strftime("%Y-%m-%d").astype(object)
            found[name] = texts.where(found[name].notna(), None)
    told: list[dict[str, Any]] = found.astype(object).to_dict("records")
    return told
