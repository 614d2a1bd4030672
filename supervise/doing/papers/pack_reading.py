"""What an inspection pack reads of a period besides its compliance, some people at a time (floor 3).

The sessions that count are those of the measures, one by one; whatever of them is missing is kept to be listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import CaseFacts, Clockwork, Facts, Timeline
from supervise.cadence.spells import ABSENT, NO_RULE, NOT_RECORDED
from supervise.doing.counting import Counting, counting, sessions_of
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.looking_gaps import Reason
from supervise.doing.papers.paper import Steps
from supervise.doing.showing import AT_ONCE
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_people import GapShown
from supervise.explain import Explainer
from supervise.people import Post
from supervise.reports.pack_told import (
    GapGiven,
    HeldSession,
    Missing,
    Passed,
    ReasonGiven,
    Unseen,
)
from supervise.service import Service, post_of
from supervise.sessions import Session, missing_evidence
from supervise.store.facts import FactsReader
from supervise.store.held import everyone, sessions_held
from supervise.store.lists import Lists, all_cases, ever_in, rows_of_any
from supervise.store.written import written
from supervise.workdays import Day

_WHY = {ABSENT: "clock stopped", NOT_RECORDED: "no records", NO_RULE: "no rule"}
_NO_POST = "on days outside of a post"


class Counted(NamedTuple):
    """A session that counts, by what puts it in order."""

    held_on: Day
    person: str
    id: str


class PackReading:
    """The sessions of a period that count, and what is missing. `found` is what the compliance page shows."""

    def __init__(self, here: Here, found: Compliance) -> None:
        self._here, self._found = here, found
        self._clockwork = here.clockwork(found.clock, found.as_at)
        self._first, self._end, self._team = found.first, found.end, found.team
        self._names: dict[str, str] = {}
        self._ids = set[str]()
        self._alone: dict[str, tuple[int, Counter[str]]] = {}
        self._lacking: list[HeldSession] = []
        self._others = Counter[str]()
        self.counted: list[Counted] = []

    def steps(self) -> Steps[Missing]:
        """Read everybody, or every case; `counted` and `others` are whole afterwards."""
        subjects = self._subjects()
        for at in range(0, len(subjects), AT_ONCE):
            yield at, len(subjects)
            self._see(self._part(subjects[at : at + AT_ONCE]))
        self.counted.sort()
        self._lacking.sort(key=lambda each: (each.held_on, each.name.casefold()))
        return Missing(
            held=tuple(self._lacking), passed=tuple(self._passed(subjects)), unseen=tuple(self._unseen())
        )

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """How many sessions were held that do not count, by what they are, the most first."""
        return tuple(self._others.most_common())

    def name(self, person: str) -> str:
        """What somebody is called."""
        if person not in self._names:
            self._names[person] = self._here.name(person)
        return self._names[person]

    def _named(self, person: str | None) -> str | None:
        return None if person is None else self.name(person)

    def _subjects(self) -> Sequence[str]:
        database = self._here.store.database
        if self._found.is_case:
            return all_cases(database)
        return everyone(database) if self._team is None else ever_in(database, self._team)

    def _part(self, subjects: Sequence[str]) -> Service:
        store, clockwork = self._here.store, self._clockwork
        if self._found.is_case:
            return case_service(store, subjects, clockwork.as_at)
        part = FactsReader(store.database, clockwork.as_at, people=subjects).history(
            clockwork.rulebook, clockwork.clock
        )
        part.sessions = sessions_held(store.database, self._first, self._end, subjects)
        return part

    # Sessions

    def _see(self, part: Service) -> None:
        """Take in the sessions of some, each once: a session may be about several cases."""
        self._names.update(part.names)
        fresh: dict[str, tuple[Session, str]] = {}
        for facts in part.subjects("case" if self._found.is_case else "person"):
            found = self._counting(part, facts)
            if not found:
                self._see_alone(facts)
            fresh |= {
                each.session.id: (each.session, each.team)
                for each in found
                if each.session.id not in self._ids
            }
        self._ids.update(fresh)
        words = written(self._here.store.database, fresh)
        for session, team in fresh.values():
            on, kept = session.held_on or 0, session.record_kept
            self.counted.append(Counted(on, session.person, session.id))
            of, missing = words[session.id], () if kept else missing_evidence(session, self._end)
            if kept or missing or not of.has_words:
                name, supervisor = self.name(session.person), self._named(of.supervisor)
                self._lacking.append(
                    HeldSession(name, team, on, supervisor, of.has_words, missing, kept)
                )

    def _counting(self, part: Service, facts: Facts | CaseFacts) -> list[Counting]:
        """The sessions held that count in the period. Of a person's others it is noted how many there are."""
        clockwork, timeline = self._clockwork, self._clockwork.timeline(facts)
        sessions = sessions_of(part, facts)
        days = {on for on in clockwork.counting_days(facts.held) if self._first <= on <= self._end}
        found = list(counting(clockwork, timeline, sessions, days, self._team))
        if not isinstance(facts, CaseFacts):
            counted = {each.session.id for each in found}
            self._others.update(
                self._why_not(each)
                for each in sessions
                if each.id not in counted and self._is_ours(timeline, each)
            )
        return found

    def _is_ours(self, timeline: Timeline, session: Session) -> bool:
        """Whether it was held in the period, with somebody of the team or outside of every post."""
        on = session.held_on
        if session.status != "held" or on is None or not self._first <= on <= self._end:
            return False
        spell = timeline.spell_at(on)
        return self._team is None or spell is None or spell.at(on).tenure.post.team == self._team

    def _why_not(self, session: Session) -> str:
        on = session.held_on or 0
        clock = self._clockwork.rulebook.clock_on(self._clockwork.clock, on)
        if clock is not None and session.kind in clock.counts:
            return _NO_POST
        return f"of the kind “{wording.words(session.kind)}”"

    # Who has none

    def _see_alone(self, facts: Facts | CaseFacts) -> None:
        """Note on how many days somebody without a session was in scope, and on how many not, and why."""
        in_scope, stopped = 0, Counter[str]()
        for stretch in (
            each for spell in self._clockwork.timeline(facts).spells() for each in spell.stretches
        ):
            here = min(stretch.last, self._end) - max(stretch.first, self._first) + 1
            if here <= 0 or self._team not in (None, stretch.tenure.post.team):
                continue
            if stretch.stopped:
                stopped[_WHY[stretch.stopped]] += here
            else:
                in_scope += here
        self._alone[_subject(facts)] = in_scope, stopped

    def _unseen(self) -> Iterator[Unseen]:
        for each in self._found.people:
            if each.subject in self._alone:
                in_scope, stopped = self._alone[each.subject]
                yield Unseen(each.name, each.about, in_scope, tuple(stopped.most_common()))

    # What was planned

    def _passed(self, people: Sequence[str]) -> Iterator[Passed]:
        """Planned days of the period that are over with nothing entered, of kinds that count, and of who was in
        the team on the day."""
        database, clockwork = self._here.store.database, self._clockwork
        whom = None if self._found.is_case or self._team is None else people
        last = min(self._end, clockwork.as_at - 1)
        planned = Lists(database, clockwork.as_at, whom).planned(self._first, last)
        posts: dict[str, list[Post]] = defaultdict(list)
        for row in rows_of_any(database, "post", "person_id", {each.person for each in planned}):
            posts[row["person_id"]].append(post_of(row))
        for session in planned:
            on = session.planned_on
            clock = None if on is None else clockwork.rulebook.clock_on(clockwork.clock, on)
            if on is None or clock is None or session.kind not in clock.counts:
                continue
            teams = {post.team for post in posts[session.person] if post.first <= on <= post.last}
            if self._team is None or self._team in teams:
                team = self._team or min(teams, default=None)
                yield Passed(self.name(session.person), team, on, self._named(session.supervisor))


def _subject(facts: Facts | CaseFacts) -> str:
    return facts.case_ref if isinstance(facts, CaseFacts) else facts.person.id


# Gaps


def gaps_given(here: Here, found: Compliance) -> Steps[tuple[GapGiven, ...]]:
    """Every gap of the period with the engine's sentences, and who gave which reason when."""
    clockwork = here.clockwork(found.clock, found.as_at)
    explainer = Explainer(clockwork, Service({}, names=_names(here, clockwork, found.gaps)))
    given: list[GapGiven] = []
    for at, shown in enumerate(found.gaps):
        if at % AT_ONCE == 0:
            yield at, len(found.gaps)
        gap = shown.gap
        given.append(
            GapGiven(
                shown.of_case or shown.name, gap.tenure.post.team, gap.first_late_day, gap.last_late_day,
                gap.days_late, shown.ended, shown.late_under, tuple(explainer.gap(gap)),
                tuple(_reason(here, each) for each in shown.reasons),
            )
        )  # fmt: skip
    return tuple(given)


def _names(here: Here, clockwork: Clockwork, gaps: Sequence[GapShown]) -> dict[str, str]:
    """What everybody is called of whom a gap's sentences may speak."""
    tenures = [stretch.tenure for shown in gaps for stretch in shown.gap.interval.spell.stretches]
    ids = {each.person for each in tenures} | {each.post.supervisor for each in tenures}
    rows = here.store.rows_by_id("person", sorted(each for each in ids if each))
    return {id: row["name"] for id, row in rows.items()}


def _reason(here: Here, each: Reason) -> ReasonGiven:
    kind = "explanation" if each.kind == "explained" else "session"
    entered = here.store.who_set(kind, each.id, "reason")
    return ReasonGiven(each.kind, each.first, each.last, each.reason, each.text, each.by, entered)
