"""The sessions that count, one by one: those that `compliance.measures` counts (floor 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from supervise.cadence import CaseFacts, Clockwork, Facts, Timeline
from supervise.policies import Clock
from supervise.service import Service
from supervise.sessions import Session
from supervise.workdays import Day


class Counting(NamedTuple):
    """A session held that counts, the `team` that it fell to, and the `clock` of its day."""

    session: Session
    on: Day
    team: str
    clock: Clock


def sessions_of(service: Service, facts: Facts | CaseFacts) -> Iterable[Session]:
    """All sessions that were read of somebody, or about a case."""
    if isinstance(facts, CaseFacts):
        return service.discussed.get(facts.case_ref, ())
    return service.sessions.get(facts.person.id, ())


def counting(
    clockwork: Clockwork,
    timeline: Timeline,
    sessions: Iterable[Session],
    days: Collection[Day],
    team: str | None,
) -> Iterator[Counting]:
    """Those of somebody's sessions (or of those about a case) that were held on one of these `days` and count, of a
    team or of any. The days are those of `Clockwork.counting_days`, as far as they are asked about."""
    book = clockwork.rulebook
    for session in sessions:
        on = session.held_on
        if session.status != "held" or on is None or on not in days:
            continue
        clock, spell = book.clock_on(clockwork.clock, on), timeline.spell_at(on)
        if clock is None or spell is None or session.kind not in clock.counts:
            continue
        its = spell.at(on).tenure.post.team
        if team in (None, its):
            yield Counting(session, on, its, clock)
