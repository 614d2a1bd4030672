"""What the log says of rows that were altered after they came in: by whom, when, and what they were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from supervise.store.rows import Row, kind_of, row_of

_ALTERED = """
    SELECT p.row_kind, p.row_id, p.body, c.day, (SELECT body FROM payload WHERE change = c.number AND n = 0)
    FROM payload p JOIN change c ON c.number = p.change
    WHERE p.row_kind IN ({kinds}) AND p.body ->> '$.before' IS NOT NULL ORDER BY c.number, p.n
"""
_LAST_KIND = """
    SELECT c.kind FROM payload p JOIN change c ON c.number = p.change
    WHERE p.row_kind = ? AND p.row_id = ? ORDER BY c.number DESC LIMIT 1
"""


def corrections(database: Database, kinds: Sequence[str]) -> Iterator[tuple[str, Row, str, str]]:
    """Each time a row of these kinds was altered or removed, oldest first: (kind, the row as it was
    before, the day as ISO text, by whom)."""
    sql = _ALTERED.format(kinds=", ".join("?" * len(kinds)))
    for kind, row_id, body, on, said in database.execute(sql, list(kinds)):
        by = json.loads(said)["by"] if said else ""
        yield kind, row_of(kind_of(kind), row_id, json.loads(body)["before"]), on, by


def edited_here(database: Database, kind: str, row_id: str) -> bool:
    """Whether the last change to a row was made here and not by an import."""
    last = database.execute(_LAST_KIND, [kind, row_id]).fetchone()
    return last is not None and last[0] != "import"
