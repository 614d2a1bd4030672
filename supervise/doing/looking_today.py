"""Today: who needs somebody now, gathered from a day as the engine sees it and from the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from supervise.doing.looking_board import Seen, booking_of
from supervise.doing.looking_gaps import explanations_of, late_under, not_held_in
from supervise.doing.looking_words import then
from supervise.policies import Rulebook
from supervise.sessions import Session
from supervise.store import Store
from supervise.store.lists import ActionThere, Lists, NotEvidenced, rows_of_any
from supervise.today import (
    ActionNow,
    AwayNow,
    BoardRow,
    DraftWaiting,
    DueNow,
    GapNow,
    Passed,
    Today,
    Unevidenced,
)
from supervise.workdays import Day

_AT_ONCE = 1000
"""As many sessions as are looked at in one go."""


class Waiting:
    """What waits as at a day, of everyone or of `people`, with everybody's name."""

    def __init__(
        self, store: Store, day: Day, rulebook: Rulebook, people: Iterable[str] | None = None
    ) -> None:
        self.store, self.day, self.rulebook = store, day, rulebook
        self.lists = Lists(store.database, day, people)
        self.names: dict[str, str] = {}
        self._kinds: dict[str, frozenset[str]] = {}

    def learn(self, ids: Iterable[str | None]) -> None:
        """Look up the names of these people, as far as they are not known yet."""
        unknown = {id for id in ids if id} - self.names.keys()
        if unknown:
            found = self.store.rows_by_id("person", sorted(unknown))
            self.names.update({id: row["name"] for id, row in found.items()})

    def actions(self) -> list[ActionNow]:
        """The open actions, the earliest due first."""
        found = self.lists.open_actions()
        self.learn(action.person for action in found)
        return [self._action(action) for action in found]

    def _action(self, action: ActionThere) -> ActionNow:
        late = 0 if action.due_on is None else max(self.day - action.due_on, 0)
        return ActionNow(
            action.id, action.text, action.person, self.names[action.person], action.owner,
            action.due_on, late, action.carried, action.session, action.session_on,
        )  # fmt: skip

    def unevidenced(self) -> list[Unevidenced]:
        """Held sessions without all of their evidence, the oldest first: of kinds that a clock of their
        day counts, and kept here."""
        found: list[Unevidenced] = []
        waiting = (
            session
            for session in self.lists.not_evidenced()
            if session.kind in self._counted(session.held_on)
        )
        while some := list(islice(waiting, _AT_ONCE)):
            self.learn(id for session in some for id in (session.person, session.supervisor))
            found += map(self._unevidenced, some)
        return found

    def _counted(self, day: Day) -> frozenset[str]:
        """The kinds of session that some clock of a day's policy counts."""
        policy = self.rulebook.on(day)
        if policy is None:
            return frozenset()
        if policy.id not in self._kinds:
            self._kinds[policy.id] = frozenset().union(*(clock.counts for clock in policy.clocks))
        return self._kinds[policy.id]

    def _unevidenced(self, session: NotEvidenced) -> Unevidenced:
        return Unevidenced(
            session.id, session.person, self.names[session.person], session.kind, session.held_on, session.missing,
            self.names.get(session.supervisor) if session.supervisor else None, self.day - session.held_on,
        )  # fmt: skip

    def passed(self) -> list[Passed]:
        """Planned days that are over with nothing entered, the oldest first."""
        found = self.lists.planned(last=self.day - 1)
        self.learn(session.person for session in found)
        bookings = [booking_of(session, self.names) for session in found]
        return [Passed(booking, self.day - booking.on) for booking in bookings]


def today_of(store: Store, seen: Seen) -> Today:
    """Who needs somebody now: of a team, those in it on the day."""
    rulebook, day = seen.clockwork.rulebook, seen.day
    people = None if seen.team is None else seen.people
    waiting = Waiting(store, day, rulebook, people)
    waiting.names.update(seen.service.names)
    rows = seen.rows(waiting.lists.booked(seen.booked))
    planned = waiting.lists.planned(day, weeks_of(day)[1])
    actions = waiting.actions()
    away = _away(seen, rows)
    elsewhere = {each.row.subject for each in away}
    return Today(
        day,
        seen.team,
        len(rows),
        sum(row.rule is not None for row in rows),
        _gaps(store, seen, [row for row in rows if row.subject not in elsewhere]),
        _due(seen, rows, actions),
        tuple(booking_of(session, waiting.names) for session in planned),
        tuple(waiting.passed()),
        tuple(waiting.unevidenced()),
        tuple(action for action in actions if action.days_overdue),
        away,
        tuple(row for row in rows if row.supervisor is None and row.status != "no_rule"),
        tuple(DraftWaiting(draft.id, draft.updated_at) for draft in waiting.lists.drafts()),
    )


def weeks_of(day: Day) -> tuple[Day, Day]:
    """The Sundays with which the week of a day, and the one after it, end."""
    sunday = day + (-day) % 7
    return sunday, sunday + 7


def _gaps(store: Store, seen: Seen, rows: Iterable[BoardRow]) -> tuple[GapNow, ...]:
    """Everybody with a gap, the longest first."""
    late = [row for row in rows if row.status == "gap"]
    intervals = {row.subject: seen.interval(row.subject) for row in late}
    people = [row.person for row in late]
    since = min((each.anchor for each in intervals.values() if each), default=seen.day)
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in Lists(store.database, seen.day, people).not_held(since, seen.day):
        sessions[session.person].append(session)
    explained = defaultdict(list)
    for each in rows_of_any(store.database, "explanation", "person_id", people):
        explained[each["person_id"]].append(each)
    found = []
    for row in late:
        interval = intervals[row.subject]
        assert interval is not None and interval.late_by is not None, "a gap has an interval"
        first = interval.spell.first_in_scope(interval.late_by + 1)
        assert first is not None, "a gap has a first late day"
        reasons = explanations_of(explained[row.person], seen.clockwork.clock, first, seen.day)
        found.append(
            GapNow(
                row,
                first,
                not_held_in(
                    interval, sessions[row.person], seen.clockwork.rulebook, seen.clockwork.clock
                ),
                tuple(reason.reason for reason in reasons),
                late_under(interval.spell, first, seen.day, seen.service.names),
            )
        )
    return tuple(sorted(found, key=lambda gap: (-gap.row.days_late, gap.row.name, gap.row.subject)))


def _due(seen: Seen, rows: Iterable[BoardRow], actions: Iterable[ActionNow]) -> tuple[DueNow, ...]:
    """Everybody due by the end of next week whose day has not made a gap yet, the earliest first."""
    this_week, end = weeks_of(seen.day)
    carried: dict[str, list[int]] = defaultdict(list)
    for action in actions:
        carried[action.person].append(action.carried)
    found = []
    for row in rows:
        if row.due is not None and row.due <= end and row.status != "gap":
            times = carried.get(row.person, [])
            after = then(seen.spell(row.subject), seen.day)
            found.append(DueNow(row, row.due <= this_week, after, len(times), max(times, default=0)))
    return tuple(sorted(found, key=lambda each: (each.row.due or 0, each.row.name, each.row.subject)))


def _away(seen: Seen, rows: Iterable[BoardRow]) -> tuple[AwayNow, ...]:
    """Those away whose clock is not stopped by it; who has a gap first."""
    away = [row for row in rows if row.away and row.status != "absent"]
    if not away:
        return ()
    from supervise.explain import Explainer  # late: mostly nobody is

    explainer = Explainer(seen.clockwork, seen.service)
    standings = {each.subject: each for each in seen.standings}
    found = []
    for row in away:
        told = explainer.away(standings[row.subject], seen.facts(row.subject))
        found.append(AwayNow(row, " ".join(told)))
    return tuple(sorted(found, key=lambda each: (-each.row.days_late, each.row.name, each.row.subject)))
