"""A day as the engine sees it, and the rows that tell of it: made once, read by every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from supervise import answers, wording
from supervise.cadence import RUNNING, CaseFacts, Clockwork, Facts, Interval, Spell, Standing
from supervise.cadence.facts import Tenure, runs, tenures
from supervise.cadence.spells import suspensions
from supervise.cadence.standing import NOT_IN_POST, interval_at
from supervise.doing.looking_words import how_often, left_out_why, phase_of, role_of
from supervise.people import Post
from supervise.policies import Rule
from supervise.service import Service
from supervise.sessions import Session
from supervise.today import Board, BoardRow, Booking, LeftOut
from supervise.workdays import Day


class Seen:
    """Where everyone (or every case) of a service stands on a clockwork's day; `team` keeps to one."""

    def __init__(self, clockwork: Clockwork, service: Service, team: str | None = None) -> None:
        self.clockwork, self.service, self.team = clockwork, service, team
        self.day = clockwork.as_at
        self.is_case = clockwork.rulebook.per(clockwork.clock) == "case"
        self.everyone = answers.standings(clockwork, service)
        self.standings = [
            each for each in self.everyone
            if each.tenure is not None and (team is None or each.tenure.post.team == team)
        ]  # fmt: skip

    @property
    def people(self) -> list[str]:
        """The ids of those in post, or of the holders of the cases, each once."""
        return list(dict.fromkeys(each.tenure.person for each in self.standings if each.tenure))

    def facts(self, subject: str) -> Facts | CaseFacts:
        """What is known of a person or a case."""
        return self.service.cases[subject] if self.is_case else self.service.facts[subject]

    def name(self, person: str) -> str:
        """What a person is called."""
        return self.service.name(person) or person

    def spell(self, subject: str) -> Spell:
        """The spell of a subject that is in post on the day."""
        spell = self.clockwork.timeline(self.facts(subject)).spell_at(self.day)
        assert spell is not None, "in post on that day"
        return spell

    def interval(self, subject: str) -> Interval | None:
        """The interval that holds the day; None where the clock does not run yet."""
        days = self.clockwork.counting_days(self.facts(subject).held)
        return interval_at(self.clockwork, self.spell(subject), days, self.day)

    def board(self, booked: Iterable[Session] = ()) -> Board:
        """The board; `booked` are the sessions of the bookings, to tell times from."""
        bookings = self.bookings(booked)
        policy = self.clockwork.rulebook.on(self.day)
        return Board(
            self.day,
            self.clockwork.clock,
            self.team,
            policy.title if policy else None,
            tuple(self.row(each, bookings) for each in self.standings),
            tuple(self._left_out()),
        )

    @property
    def booked(self) -> list[tuple[str, Day]]:
        """Who is booked, and for which day: what there is to look up of the bookings."""
        return [
            (each.tenure.person, each.booked_on)
            for each in self.standings
            if each.tenure and each.booked_on is not None
        ]

    def rows(self, booked: Iterable[Session] = ()) -> list[BoardRow]:
        """The rows alone."""
        bookings = self.bookings(booked)
        return [self.row(each, bookings) for each in self.standings]

    # Rows

    def bookings(self, booked: Iterable[Session]) -> dict[tuple[str, Day], Booking]:
        """The first booking of a kind that counts, by person and day."""
        clock = self.clockwork.rulebook.clock_on(self.clockwork.clock, self.day)
        found: dict[tuple[str, Day], Booking] = {}
        for session in booked:
            if clock and session.kind in clock.counts:
                booking = booking_of(session, self.service.names)
                found.setdefault((booking.person, booking.on), booking)
        return found

    def row(self, each: Standing, bookings: Mapping[tuple[str, Day], Booking]) -> BoardRow:
        """The row of a standing in post."""
        assert each.tenure is not None, "only who is in post has a row"
        post, person, day = each.tenure.post, each.tenure.person, self.day
        phase, every = self._phase(each, each.tenure)
        interval = self.interval(each.subject) if each.status == "gap" else None
        booking = bookings.get((person, each.booked_on)) if each.booked_on else None
        return BoardRow(
            each.subject, person, self.name(person), post.team, post.role, post.basis, phase,
            post.supervisor, self.service.name(post.supervisor) or post.supervisor,
            each.last_held, None if each.last_held is None else day - each.last_held,
            each.due, each.late_by, each.status, interval.days_late if interval else 0,
            each.rule, every or None, each.away, each.booked_on, each.booked_in_time, booking,
        )  # fmt: skip

    def _phase(self, each: Standing, tenure: Tenure) -> tuple[str, str]:
        """What stands below the name, and the frequency as policies write it ("" where there is none).

        Most people's rule never changes with time: what is said of one is said of all of their role."""
        head = wording.words(tenure.plan) if tenure.plan else role_of(tenure.post)
        rule = self._plain.get(each.rule or "") if each.status in RUNNING else None
        if rule is not None:
            return f"{head} · {how_often(rule.every)}", str(rule.every)
        if each.status == "no_rule":
            return f"{head} · no rule", ""
        every = self.spell(each.subject).at(self.day).every
        return f"{head} · {self._stopped_or_timed(each)}", str(every or "")

    @cached_property
    def _plain(self) -> dict[str, Rule]:
        """The rules of the day that do not change with time, by title, where only one has it."""
        clock = self.clockwork.rulebook.clock_on(self.clockwork.clock, self.day)
        rules = clock.rules if clock else ()
        titles = [rule.title for rule in rules]
        return {
            rule.title: rule
            for rule in rules
            if titles.count(rule.title) == 1 and not rule.since and rule.title != "Agreed variation"
        }

    def _stopped_or_timed(self, each: Standing) -> str:
        facts = self.facts(each.subject)
        if each.status == "absent" and isinstance(facts, Facts):
            spans = suspensions(facts.absences, self.clockwork.rulebook, self.day)
            since = max(first for first, last in spans if first <= self.day <= last)
            return f"clock stopped since {wording.day(since)}"
        if each.status == "not_recorded" and each.tenure and each.tenure.known_from is not None:
            return f"records begin {wording.day(each.tenure.known_from)}"
        person = facts.person if isinstance(facts, Facts) else None
        return phase_of(self.spell(each.subject), person, self.day)

    # Who is not there

    def _left_out(self) -> list[LeftOut]:
        """Those not in post; of a team, those whose last post was in it, or else the one to come. Cases
        with nobody in post belong to no team."""
        out = [each.subject for each in self.everyone if each.status == NOT_IN_POST]
        if self.is_case:
            why = "With nobody in post"
            return [LeftOut(ref, ref, why) for ref in out if self.team is None]
        people = [self.service.facts[subject] for subject in out]
        return [
            LeftOut(
                facts.person.id, facts.person.name, left_out_why(facts.person, facts.posts, self.day)
            )
            for facts in people
            if self.team is None or team_nearest(facts, self.day) == self.team
        ]


def booking_of(session: Session, names: Mapping[str, str]) -> Booking:
    """The booking that a planned session is."""
    assert session.planned_on is not None, "a booking has a day"
    return Booking(
        session.id, session.person, names.get(session.person, session.person), session.kind,
        session.planned_on, session.planned_start, session.place, session.supervisor,
    )  # fmt: skip


def post_on(facts: Facts, day: Day) -> Post | None:
    """The post that holds a day (cadence, section 1): between two posts of a spell the earlier one."""
    for run in runs(tenures(facts)):
        for tenure in run:
            if tenure.first <= day <= tenure.last:
                return tenure.post
    return None


def team_nearest(facts: Facts, day: Day) -> str | None:
    """The team of the last post before a day on which somebody is in none, or else of the next one."""
    pieces = tenures(facts)
    before = [piece for piece in pieces if piece.last < day]
    nearest = before[-1:] or pieces[:1]
    return nearest[0].post.team if nearest else None
