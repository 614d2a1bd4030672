"""Where things are done: an open store, the person doing them, and what today is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from supervise.cadence import Clockwork
from supervise.policies import Policy, Rulebook
from supervise.policy_files import read_policy
from supervise.store import Store
from supervise.workdays import Day


@dataclass(frozen=True, slots=True)
class Here:
    """An open store, `today` (a function that gives the present day as a number), and `me`, the name that
    the history shows."""

    store: Store
    today: Callable[[], Day]
    me: str

    def policies(self) -> list[Policy]:
        """The policies of the store, in order of the day from which they are in force."""
        rows = self.store.rows("policy")
        found = [_read(row["toml"], f"policy {row['id']}") for row in rows]
        return sorted(found, key=lambda policy: policy.effective_from or 0)

    def rulebook(self) -> Rulebook:
        """The policies of the store, and which is in force when."""
        return Rulebook(self.policies())

    def clockwork(self, clock: str | None = None, as_at: Day | None = None) -> Clockwork:
        """A clock wound for a day (today, if none is given)."""
        rulebook = self.rulebook()
        return Clockwork(
            rulebook, rulebook.clock_called(clock), self.today() if as_at is None else as_at
        )

    def name(self, person: str) -> str:
        """What a person is called; their id if there is nobody of it."""
        row = self.store.row("person", person)
        return row["name"] if row else person


@lru_cache(maxsize=64)
def _read(toml: str, what: str) -> Policy:
    """A policy never changes once it is read, and every question begins with all of them."""
    return read_policy(toml, what)
