"""Where things are done: an open store, the person doing them, and what today is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from supervise.cadence import Clockwork
from supervise.errors import BadQuestion
from supervise.policies import Policy, Rulebook
from supervise.policy_files import read_policy
from supervise.store import Store
from supervise.store.facts import teams
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.records import Record


class Here(NamedTuple):
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

    def refuse_unknown_team(self, team: str | None) -> None:
        """BadQuestion if there is, and was, no such team; None is everybody."""
        if team is not None and team not in (known := teams(self.store.database)):
            are = f"The teams are {', '.join(known)}." if known else "There are no teams here yet."
            raise BadQuestion(f"There is no team “{team}” here.", are)

    def name(self, person: str) -> str:
        """What a person is called; their id if there is nobody of it."""
        row = self.store.row("person", person)
        return row["name"] if row else person

    def record(self, session_id: str) -> Record:
        """One session's whole record, with the length that the policy of its day asks for. BadQuestion if there
        is no such session."""
        from dataclasses import replace

        record = self.store.record(session_id)
        session = record.session
        held = session.held_on or session.planned_on
        policy = self.rulebook().on(held) if held is not None else None
        lengths = [
            clock.min_minutes
            for clock in (policy.clocks if policy else ())
            if session.kind in clock.counts and clock.min_minutes
        ]
        return replace(record, min_minutes=max(lengths, default=None))


@lru_cache(maxsize=64)
def _read(toml: str, what: str) -> Policy:
    """A policy never changes once it is read, and every question begins with all of them."""
    return read_policy(toml, what)
