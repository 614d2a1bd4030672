"""What a manager new in post asks: what each of my people is owed, and what the next weeks hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supervise.cadence.facts import tenures
from supervise.doing.looking_board import Seen, post_on
from supervise.doing.looking_words import how_long, phases, then
from supervise.explain import Explainer
from supervise.service import Service
from supervise.today import BoardRow, Booking
from supervise.workdays import FOREVER, Day, no_working_day_between

WEEKS = 4


class Asked(NamedTuple):
    """What the policy asks for one person and why. The present phase lasts until `until` (None where no
    end is known), `then` says what comes after it; due and booked stand in the row."""

    row: BoardRow
    until: Day | None
    then: str | None
    why: tuple[str, ...]


class Week(NamedTuple):
    """Monday to Sunday: who is due, the earliest first (in the first week also who was due before it), and
    the bookings."""

    first: Day
    last: Day
    due: tuple[BoardRow, ...]
    booked: tuple[Booking, ...]


class Manager(NamedTuple):
    """Who supervises a team, since when without a break, and that as words: "three weeks"."""

    person: str
    name: str
    since: Day
    how_long: str


def asked_of(rows: Iterable[BoardRow], seen: Seen) -> list[Asked]:
    """What the policy asks for everybody who is in post and has a rule, in order of name."""
    explainer = Explainer(seen.clockwork, seen.service)
    standings = {each.subject: each for each in seen.standings}
    found = []
    for row in rows:
        if row.rule is None:
            continue
        spell = seen.spell(row.subject)
        now = next(phase for phase in phases(spell) if phase.last >= seen.day)
        told = explainer.standing(standings[row.subject], seen.facts(row.subject))
        until = None if now.last == FOREVER else now.last
        found.append(Asked(row, until, then(spell, seen.day), tuple(told)))
    return sorted(found, key=lambda each: (each.row.name, each.row.subject))


def weeks_ahead(day: Day, rows: Iterable[BoardRow], booked: Sequence[Booking]) -> list[Week]:
    """The week of the day and the three after it."""
    due = sorted(
        (row for row in rows if row.due is not None),
        key=lambda row: (row.due or 0, row.name, row.subject),
    )
    monday = day - (day - 1) % 7
    found = []
    for number in range(WEEKS):
        first, last = monday + 7 * number, monday + 7 * number + 6
        since = first if number else 0
        found.append(
            Week(
                first,
                last,
                tuple(row for row in due if since <= (row.due or 0) <= last),
                tuple(booking for booking in booked if first <= booking.on <= last),
            )
        )
    return found


def manager_of(service: Service, day: Day, team: str | None) -> Manager | None:
    """Whoever is named as supervisor by most of a team (or of everybody) on a day, and since when there
    has been nobody's post of it without them. None if nobody is named."""
    named: Counter[str] = Counter()
    for facts in service.facts.values():
        post = post_on(facts, day)
        if post and post.supervisor and (team is None or post.team == team):
            named[post.supervisor] += 1
    if not named:
        return None
    person = min(named, key=lambda each: (-named[each], each))
    since = supervising_since(service, person, day, team)
    assert since is not None, "named on that day"
    return Manager(person, service.name(person) or person, since, how_long(day - since))


def supervising_since(
    service: Service, supervisor: str, day: Day, team: str | None = None
) -> Day | None:
    """The first of the days up to `day` on which, without a working day between, somebody (of a team) has
    had that supervisor. None if nobody has on the day."""
    spans = [
        (tenure.first, tenure.last)
        for facts in service.facts.values()
        for tenure in tenures(facts)
        if tenure.post.supervisor == supervisor and (team is None or tenure.post.team == team)
    ]
    start: Day | None = None
    reach = day + 1
    while found := [
        first
        for first, last in spans
        if first < reach and (last >= reach - 1 or no_working_day_between(last, reach))
    ]:
        start = reach = min(found)
    return start
