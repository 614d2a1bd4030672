"""Small things the store remembers by name, outside the history: saved mappings, answers once given."""

from __future__ import annotations

from supervise.store.database import Database, scalar

GATHERS = "gathers"
"""Under this name a service store remembers what it gathers: the teams' exports."""

EXPORTS = "exports"

NEW_KEYS = "new-keys"
"""Under this name a store notes, while it is being given new keys, which and why (`rekeying`)."""

DELETED = "retention-left"
"""Under this name a store remembers what is still to be done after a deletion by law (`purge`)."""


class Settings:
    """The settings of a store: text by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str | None:
        """What is remembered under that name, or None."""
        value: str | None = scalar(self._database, "SELECT value FROM setting WHERE name = ?", name)
        return value

    def put(self, name: str, value: str) -> None:
        """Remembers it, in place of what was remembered before."""
        self._database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [name, value])

    @property
    def is_service(self) -> bool:
        """Whether this is a service store: its facts come from the teams' exports."""
        return self.get(GATHERS) == EXPORTS

    def names(self) -> list[str]:
        """The names under which something is remembered, in order."""
        return [
            name
            for (name,) in self._database.execute("SELECT name FROM setting ORDER BY name").fetchall()
        ]
