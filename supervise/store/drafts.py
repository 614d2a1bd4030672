"""Drafts: unfinished writing, one overwritten row each, outside log, undo, search and export."""

from datetime import UTC
from typing import NamedTuple

from supervise.store.changes import Now
from supervise.store.database import Database, scalar


class Draft(NamedTuple):
    """One draft: its text as the writer's page keeps it, and when it was last kept (UTC)."""

    id: str
    updated_at: str
    body: str


class Drafts:
    """The drafts of a store."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def put(self, id: str, body: str) -> None:
        """Keeps a draft, in place of an earlier one of the same id."""
        moment = self._now().astimezone(UTC).isoformat(timespec="seconds")
        self._database.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", [id, moment, body])

    def get(self, id: str) -> str | None:
        """The text of that draft, or None."""
        text: str | None = scalar(self._database, "SELECT body FROM draft WHERE id = ?", id)
        return text

    def clear(self, id: str) -> None:
        """Throws it away; nothing happens if it is not there."""
        self._database.execute("DELETE FROM draft WHERE id = ?", [id])

    def list(self) -> list[Draft]:
        """All of them, the latest first."""
        found = self._database.execute(
            "SELECT id, updated_at, body FROM draft ORDER BY updated_at DESC, id"
        )
        return [Draft(id=id, updated_at=at, body=body) for id, at, body in found.fetchall()]
