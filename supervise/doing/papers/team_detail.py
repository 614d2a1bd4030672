"""A team's period in detail, for paper: its sessions one by one, and its measures month by month (floor 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence

from supervise import wording
from supervise.cadence import CaseFacts, Clockwork, Facts
from supervise.doing.counting import Counting, counting, sessions_of
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.showing import AT_ONCE
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_measures import Sums
from supervise.people import Post
from supervise.reports.measured import NotHeld, SessionSeen
from supervise.service import Service, post_of
from supervise.sessions import missing_evidence
from supervise.store.facts import FactsReader
from supervise.store.held import sessions_held
from supervise.store.lists import Lists, all_cases, ever_in
from supervise.workdays import Day, whole_months


class TeamInDetail:
    """What the compliance page does not show: sessions one by one, and the measures month by month."""

    def __init__(self, here: Here, clockwork: Clockwork, found: Compliance, team: str) -> None:
        self.here, self.clockwork, self.team = here, clockwork, team
        self.first, self.end, self.is_case = found.first, found.end, found.is_case
        self.by_month = [
            (first, Sums(clockwork, first, last, team))
            for first, last in whole_months(found.first, found.end)
        ]
        self.sessions: list[SessionSeen] = []
        self.not_held: list[NotHeld] = []
        self._posts: dict[str, list[Post]] = defaultdict(list)
        for row in here.store.rows("post", team=team):
            self._posts[row["person_id"]].append(post_of(row))
        self._names: dict[str, str] = {}

    def steps(self) -> Generator[tuple[int, int], None, None]:
        """Read everybody, some at a time."""
        database = self.here.store.database
        people = ever_in(database, self.team)
        subjects = all_cases(database) if self.is_case else people
        for at in range(0, len(subjects), AT_ONCE):
            asked = subjects[at : at + AT_ONCE]
            part = self._read(asked)
            for done, (_, sums) in enumerate(self.by_month):
                yield at * len(self.by_month) + done * len(asked), len(subjects) * len(self.by_month)
                sums.add(part)
            self._see_sessions(part)
        self.sessions.sort(key=lambda each: (each.held_on, each.name.casefold()))
        self._see_not_held(people)

    @property
    def people(self) -> int:
        """How many people were in the team on a day of the period."""
        return sum(
            any(post.first <= self.end and post.last >= self.first for post in posts)
            for posts in self._posts.values()
        )

    def supervisors(self) -> tuple[str, ...]:
        """Who is named in the team's posts of the period, and from when to when, the earliest first; also
        that for some nobody is."""
        days: dict[str | None, tuple[Day, Day]] = {}
        for post in (post for posts in self._posts.values() for post in posts):
            first, last = max(post.first, self.first), min(post.last, self.end)
            if first <= last:
                known = days.get(post.supervisor, (first, last))
                days[post.supervisor] = min(first, known[0]), max(last, known[1])
        named = [(span, self.name(who)) for who, span in days.items() if who is not None]
        told = [name + self._between(*span) for span, name in sorted(named)]
        return (
            (*told, "for some nobody named" + self._between(*days[None]))
            if None in days
            else tuple(told)
        )

    def _between(self, first: Day, last: Day) -> str:
        begins = f"from {wording.day(first)}" if first > self.first else ""
        ends = f"to {wording.day(last)}" if last < self.end else ""
        return f" ({begins}{' ' if begins and ends else ''}{ends})" if begins or ends else ""

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self._names.setdefault(person, self._names.get(person) or self.here.name(person))

    def _read(self, subjects: Sequence[str]) -> Service:
        store, clockwork = self.here.store, self.clockwork
        if self.is_case:
            return case_service(store, subjects, clockwork.as_at)
        reader = FactsReader(store.database, clockwork.as_at, people=subjects)
        part = reader.history(clockwork.rulebook, clockwork.clock)
        part.sessions = sessions_held(store.database, self.first, self.end, subjects)
        return part

    def _see_sessions(self, part: Service) -> None:
        found = [
            (self._name_of(facts), each.session, each.clock.min_minutes)
            for facts in part.subjects("case" if self.is_case else "person")
            for each in self._counting(part, facts)
        ]
        rows = self.here.store.rows_by_id("session", {session.id for _, session, _ in found})
        for name, session, asked in found:
            supervisor = rows[session.id].get("supervisor_id")
            self.sessions.append(
                SessionSeen(
                    name, session.held_on or 0, self.name(supervisor) if supervisor else None,
                    () if session.record_kept else missing_evidence(session, self.end), session.minutes, asked,
                    bool(rows[session.id].get("interrupted")), bool(session.record_kept),
                )
            )  # fmt: skip

    def _name_of(self, facts: Facts | CaseFacts) -> str:
        return facts.case_ref if isinstance(facts, CaseFacts) else self.name(facts.person.id)

    def _counting(self, part: Service, facts: Facts | CaseFacts) -> Iterator[Counting]:
        """The sessions held that count in the period and fell to the team."""
        days = {on for on in self.clockwork.counting_days(facts.held) if self.first <= on <= self.end}
        timeline = self.clockwork.timeline(facts)
        return counting(self.clockwork, timeline, sessions_of(part, facts), days, self.team)

    def _see_not_held(self, people: Sequence[str]) -> None:
        """Those of kinds that count, of who was in the team on the day."""
        database, clockwork = self.here.store.database, self.clockwork
        for session in Lists(database, clockwork.as_at, people).not_held(self.first, self.end):
            on = session.planned_on if session.planned_on is not None else session.recorded_on
            clock = None if on is None else clockwork.rulebook.clock_on(clockwork.clock, on)
            if on is None or clock is None or session.kind not in clock.counts:
                continue
            if any(post.first <= on <= post.last for post in self._posts.get(session.person, ())):
                self.not_held.append(NotHeld(session.status, session.cancelled_by, session.reason))
