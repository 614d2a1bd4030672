"""Who looked at or printed what: a list that only grows, apart from the history of changes."""

import json
from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple

from supervise.store.changes import Now
from supervise.store.database import Database


class Look(NamedTuple):
    """One thing looked at or printed: when (UTC), by whom, what was done, and the row if it was one."""

    at: str
    by: str
    what: str
    kind: str | None = None
    id: str | None = None


class Access:
    """The access list of a store."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def note(self, by: str, what: str, kind: str | None = None, id: str | None = None) -> None:
        """Adds a line: `what` is "viewed", "printed" or the like."""
        moment = self._now().astimezone(UTC).isoformat(timespec="seconds")
        sql = 'INSERT INTO access (at, "by", what, kind, row_id) VALUES (?, ?, ?, ?, ?)'
        self._database.execute(sql, [moment, by, what, kind, id])

    def about(self, ids: Iterable[str]) -> list[Look]:
        """Every line about one of these rows, the newest first."""
        sql = """
            SELECT at, "by", what, kind, row_id FROM access
            WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY n DESC
        """
        found = self._database.execute(sql, [json.dumps(sorted(ids))]).fetchall()
        return [Look(at=at, by=by, what=what, kind=kind, id=id) for at, by, what, kind, id in found]

    def list(self, limit: int = 200) -> list[Look]:
        """The newest lines first."""
        sql = 'SELECT at, "by", what, kind, row_id FROM access ORDER BY n DESC LIMIT ?'
        return [
            Look(at=at, by=by, what=what, kind=kind, id=id)
            for at, by, what, kind, id in self._database.execute(sql, [limit]).fetchall()
        ]
