"""What a page shows, gathered: the board, today, one person's story, the guide.

Every question takes a day (today, if none is given) and looks at the store as at that day; nothing is
changed by looking. A team's people are those whose post of the day is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supervise.cadence import Clockwork, standing
from supervise.collecting import without_collecting
from supervise.doing.here import Here
from supervise.doing.looking_board import Seen, booking_of, post_on
from supervise.doing.looking_today import Waiting, today_of
from supervise.errors import BadQuestion
from supervise.policies import DEFAULT_CLOCK
from supervise.service import Service
from supervise.sessions import Session
from supervise.store.facts import FactsReader
from supervise.store.lists import Lists, all_cases, ever_in, ever_under
from supervise.today import ActionNow, Board, Booking, Passed, Today, Unevidenced
from supervise.workdays import Day

if TYPE_CHECKING:  # Today, which the window opens on, needs none of them
    from supervise.doing.looking_guide import Asked, Manager, Week
    from supervise.doing.looking_person import PersonStory
    from supervise.strips import Strip


class Looking:
    """Answers for the pages, from an open store."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    # Pages

    @without_collecting()
    def board(self, day: Day | None = None, team: str | None = None, clock: str | None = None) -> Board:
        """Where everyone stands, or under a case clock every case. BadQuestion for a clock that there is
        not; a team that nobody was ever in has no rows."""
        seen = self._seen(day, team, clock)
        return seen.board(self._booked(seen))

    @without_collecting()
    def today(self, day: Day | None = None, team: str | None = None) -> Today:
        """Who needs somebody now."""
        return today_of(self.store, self._seen(day, team, None))

    def person(self, person: str, day: Day | None = None, clock: str | None = None) -> PersonStory:
        """One person's whole story under a clock that runs per person. BadQuestion if there is nobody of
        that id, or the clock runs per case."""
        from supervise.doing.looking_person import story

        return story(self.store, self._history([person], day, clock), person)

    def strips(
        self, people: Iterable[str], first: Day, last: Day, day: Day | None = None,
        clock: str | None = None, *, clockwork: Clockwork | None = None,
    ) -> dict[str, Strip]:  # fmt: skip
        """The strips of a few people, or cases, by id; those of whom nothing is known are passed over. Whoever
        asks again and again gives the `clockwork`, which learns on the way, instead of day and clock."""
        from supervise.strips import strip

        clockwork = clockwork or self.clockwork(day, clock)
        if _is_case(clockwork):
            cases = self._cases(people, clockwork.as_at).cases
            return {ref: strip(clockwork, facts, first, last) for ref, facts in cases.items()}
        facts_of = self._histories(clockwork, people).facts
        return {id: strip(clockwork, facts, first, last) for id, facts in facts_of.items()}

    def why(self, subject: str, day: Day | None = None, clock: str | None = None) -> list[list[str]]:
        """Why somebody (or a case) stands where they do, then why each gap came to be, the newest first: each
        a list of sentences. BadQuestion if there is nobody of that id."""
        from supervise.explain import Explainer

        clockwork = self.clockwork(day, clock)
        if _is_case(clockwork):
            service = self._cases([subject], clockwork.as_at)
            if subject not in service.cases:
                raise BadQuestion(f"There is no case “{subject}” here.", "Look for it in the list.")
            facts = service.cases[subject]
            explainer = Explainer(clockwork, service)
            told = [explainer.standing(standing(clockwork, facts), facts)]
            return told + [explainer.gap(gap) for gap in reversed(clockwork.gaps(facts))]
        seen = self._history([subject], day, clock)
        person = seen.service.facts[subject]
        explainer = Explainer(seen.clockwork, seen.service)
        told = [explainer.standing(seen.everyone[0], person)]
        return told + [explainer.gap(gap) for gap in reversed(seen.clockwork.gaps(person))]

    # Lists, of everyone, or of a team, some people, or a supervisor's people

    def open_actions(
        self, day: Day | None = None, *, team: str | None = None,
        people: Iterable[str] | None = None, supervisor: str | None = None,
    ) -> list[ActionNow]:  # fmt: skip
        """What was promised and is not done, the earliest due first."""
        return self._waiting(day, team, people, supervisor).actions()

    def unevidenced(
        self, day: Day | None = None, *, team: str | None = None,
        people: Iterable[str] | None = None, supervisor: str | None = None,
    ) -> list[Unevidenced]:  # fmt: skip
        """Held sessions whose record lacks a step, the oldest first."""
        return self._waiting(day, team, people, supervisor).unevidenced()

    def passed(
        self, day: Day | None = None, *, team: str | None = None,
        people: Iterable[str] | None = None, supervisor: str | None = None,
    ) -> list[Passed]:  # fmt: skip
        """Planned days that are over with nothing entered, the oldest first."""
        return self._waiting(day, team, people, supervisor).passed()

    def bookings(
        self, first: Day, last: Day, day: Day | None = None, *, team: str | None = None,
        people: Iterable[str] | None = None, supervisor: str | None = None,
    ) -> list[Booking]:  # fmt: skip
        """What is planned from `first` to `last`, in order of day and time."""
        waiting = self._waiting(day, team, people, supervisor)
        found = waiting.lists.planned(first, last)
        waiting.learn(session.person for session in found)
        return [booking_of(session, waiting.names) for session in found]

    # People

    def members(
        self, day: Day | None = None, *, team: str | None = None, supervisor: str | None = None
    ) -> list[str]:
        """The ids of those whose post of the day is in that team, and under that supervisor."""
        when = self._day(day)
        return [
            id
            for id, facts in self._posts(when, team, supervisor).facts.items()
            if (post := post_on(facts, when))
            and team in (None, post.team)
            and supervisor in (None, post.supervisor)
        ]

    def manager_of(self, team: str | None = None, day: Day | None = None) -> Manager | None:
        """Who supervises most of a team (or of everybody), and since when. None if nobody is named."""
        from supervise.doing.looking_guide import manager_of

        when = self._day(day)
        return manager_of(self._posts(when, team), when, team)

    def supervisor_since(self, person: str, day: Day | None = None) -> Day | None:
        """Since when, without a break, somebody has supervised anybody here. None if they do not."""
        from supervise.doing.looking_guide import supervising_since

        when = self._day(day)
        return supervising_since(self._posts(when, supervisor=person), person, when)

    # The guide

    def guide_people(self, team: str | None = None, day: Day | None = None) -> list[Asked]:
        """What the policy asks for each person who has a rule, and why, in order of name."""
        from supervise.doing.looking_guide import asked_of

        seen = self._seen(day, team, None)
        return asked_of(seen.rows(self._booked(seen)), seen)

    def next_four_weeks(self, team: str | None = None, day: Day | None = None) -> list[Week]:
        """Week by week from this one on, who is due and who is booked."""
        from supervise.doing.looking_guide import WEEKS, weeks_ahead

        seen = self._seen(day, team, None)
        last = seen.day + 7 * WEEKS
        booked = self.bookings(seen.day, last, day, people=None if team is None else seen.people)
        return weeks_ahead(seen.day, seen.rows(self._booked(seen)), booked)

    # Reading

    def _day(self, day: Day | None) -> Day:
        return self.here.today() if day is None else day

    def clockwork(self, day: Day | None, clock: str | None) -> Clockwork:
        """The clock asked for; without a name the usual one, or the first that runs per person. Where there
        is none, nobody has a rule."""
        rulebook = self.here.rulebook()
        if clock is None:
            known = [name for name in rulebook.clock_names() if rulebook.per(name) == "person"]
            clock = DEFAULT_CLOCK if DEFAULT_CLOCK in known else next(iter(known), "")
        else:
            clock = rulebook.clock_called(clock)
        return Clockwork(rulebook, clock, self._day(day))

    def _booked(self, seen: Seen) -> list[Session]:
        """The sessions of the next bookings."""
        return Lists(self.store.database, seen.day).booked(seen.booked)

    def _seen(self, day: Day | None, team: str | None, clock: str | None) -> Seen:
        """Everyone of a team, those who left it too, as the engine sees them on a day."""
        clockwork = self.clockwork(day, clock)
        database = self.store.database
        if _is_case(clockwork):
            return Seen(clockwork, self._cases(all_cases(database), clockwork.as_at), team)
        people = None if team is None else ever_in(database, team)
        reader = FactsReader(database, clockwork.as_at, people=people)
        return Seen(clockwork, reader.standing(clockwork.rulebook, clockwork.clock), team)

    def _cases(self, cases: Iterable[str], when: Day) -> Service:
        """What there is of these cases."""
        from supervise.doing.looking_cases import case_service

        return case_service(self.store, cases, when)

    def _history(self, people: Iterable[str], day: Day | None, clock: str | None) -> Seen:
        """One person's whole history."""
        clockwork = self.clockwork(day, clock)
        service = self._histories(clockwork, people)
        if _is_case(clockwork):
            raise BadQuestion(f"The clock “{clockwork.clock}” runs per case.", "Ask about a case.")
        for person in people:
            if person not in service.facts:
                raise BadQuestion(f"There is nobody “{person}” here.", "Look for them by name.")
        return Seen(clockwork, service)

    def _histories(self, clockwork: Clockwork, people: Iterable[str]) -> Service:
        reader = FactsReader(self.store.database, clockwork.as_at, people=people)
        return reader.history(clockwork.rulebook, clockwork.clock, every_kind=True)

    def _posts(self, day: Day, team: str | None = None, supervisor: str | None = None) -> Service:
        """The posts of everybody who may be asked about."""
        people = None if team is None else ever_in(self.store.database, team)
        if supervisor is not None:
            under = ever_under(self.store.database, supervisor)
            people = under if people is None else sorted(set(people).intersection(under))
        return FactsReader(self.store.database, day, people=people).posts()

    def _waiting(
        self,
        day: Day | None,
        team: str | None,
        people: Iterable[str] | None,
        supervisor: str | None,
    ) -> Waiting:
        when = self._day(day)
        whom = None if people is None else set(people)
        if team is not None or supervisor is not None:
            of = set(self.members(when, team=team, supervisor=supervisor))
            whom = of if whom is None else whom & of
        return Waiting(self.store, when, self.here.rulebook(), whom)


def _is_case(clockwork: Clockwork) -> bool:
    return clockwork.rulebook.per(clockwork.clock) == "case"
