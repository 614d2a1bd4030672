"""What papers about people say, gathered from the store as the plain records that `reports` prints: a worker's
chronology, a handover pack, forms to fill in by hand, the card of a policy.

Every question takes a day (today, if none is given) and looks at the store as at that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from supervise.cadence import Clockwork, Facts, Spell
from supervise.cadence.spells import ABSENT, NO_RULE, NOT_RECORDED
from supervise.doing.agendas import agenda, agenda_for
from supervise.doing.here import Here
from supervise.doing.looking import Looking
from supervise.doing.looking_board import Seen
from supervise.doing.looking_person import GapStory, PersonStory, SessionLine, story
from supervise.doing.looking_words import how_often, phases, then
from supervise.doing.policy_words import describe
from supervise.doing.sheet import Heading
from supervise.errors import BadQuestion
from supervise.people import Variation
from supervise.policies import Policy, Rulebook
from supervise.reports.cadence_card import CadenceCard, example_of
from supervise.reports.forms import AgreementForm, AgreementTold, Promise, RecordForm, Topic
from supervise.reports.handover_told import GapTold, Handed, Handover, LastHeld, Why
from supervise.reports.worker_told import Asked, AwayTold, Chronology, PostTold, SessionTold
from supervise.service import Service
from supervise.store.facts import FactsReader
from supervise.store.lists import ActionThere
from supervise.strips import strip
from supervise.wording import day as said_day
from supervise.wording import words
from supervise.workdays import FOREVER, Day, add_months

SIX_WEEKS = 42
"""How many days ahead a handover looks."""

_STOPPED = {ABSENT: "Clock stopped", NOT_RECORDED: "No records", NO_RULE: "No rule"}


class PeoplePapers:
    """Gathers what papers about people say, from an open store."""

    def __init__(self, here: Here) -> None:
        self.here, self.store, self.looking = here, here.store, Looking(here)

    def chronology(
        self, person: str, first: Day, last: Day, day: Day | None = None, clock: str | None = None,
        *, kinds: bool = True,
    ) -> Chronology:  # fmt: skip
        """Everything recorded of somebody from `first` to `last`; why they were away only with `kinds`, for the
        worker's own paper. BadQuestion for an inverted period, a clock that runs per case, or nobody."""
        if last < first:
            raise BadQuestion("The period ends before it begins.", "Swap the two dates.")
        seen = self._seen(person, day, clock)
        told, facts = story(self.store, seen, person), seen.service.facts[person]
        clockwork, promises = (
            seen.clockwork,
            [*map(_promise, told.open_actions), *map(_promise, told.done_actions)],
        )
        found = Chronology(
            name=told.person.name, clock=clockwork.clock, first=first, last=last, as_at=told.day,
            strip=strip(clockwork, facts, first, last, stands=told.standing),
            asked=tuple(_asked(clockwork, facts, first, last)),
            sessions=tuple(SessionTold(*each) for each in told.sessions if _within(each, first, last)),
            gaps=tuple(_gap(each) for each in told.gaps if _late_in(each, first, last)),
            away=tuple(
                AwayTold(each.first, each.last, each.stops, each.kind) for each in told.absences
                if each.first <= last and each.last >= first
            ),
            posts=tuple(_posts(told)),
            variations=tuple(
                Variation(each.clock, each.often, each.first, each.last, each.reason, each.approved_by)
                for each in told.variations
                if each.clock == clockwork.clock and each.first <= last and each.last >= first
            ),
            agreements=tuple(each for each in _agreements(told) if first <= each.signed_on <= last),
            actions=tuple(each for each in promises if first <= (each.agreed_on or first) <= last),
            before=tuple(
                each for each in promises
                if (each.agreed_on or first) < first <= (each.done_on or first)
            ),
            team=told.row.team if told.row else None,
        )  # fmt: skip
        return found if kinds else found.for_other_eyes()

    def handover(
        self, team: str | None = None, day: Day | None = None, clock: str | None = None,
        *, to: str | None = None,
    ) -> Handover:  # fmt: skip
        """What there is to hand over of a team (None: of everybody) to somebody called `to`."""
        clockwork = self._clockwork(day, clock)
        when, ids = clockwork.as_at, self.looking.members(day, team=team)
        until, since = when + SIX_WEEKS, add_months(when, -12) + 1
        service = self._history(clockwork, ids)
        people = [self._handed(clockwork, service, each, since, until) for each in ids]
        manager, policy = self.looking.manager_of(team, when), clockwork.rulebook.on(when)
        return Handover(
            team=team, clock=clockwork.clock, as_at=when, until=until, gaps_from=since,
            people=tuple(sorted(people, key=lambda each: (each.row.name, each.row.subject))),
            bookings=tuple(self.looking.bookings(when, until, when, people=ids)),
            unevidenced=tuple(self.looking.unevidenced(when, people=ids)),
            manager=manager.name if manager else None, to=to, policy=policy.title if policy else None,
        )  # fmt: skip

    def _handed(
        self, clockwork: Clockwork, service: Service, person: str, since: Day, until: Day
    ) -> Handed:
        seen = Seen(clockwork, Service({person: service.facts[person]}, names=service.names))
        told, spell = story(self.store, seen, person), seen.spell(person)
        assert told.row is not None, "members are in post"
        return Handed(
            row=told.row, why=told.why, then=then(spell, told.day), last=_last_held(told),
            actions=tuple(map(_promise, told.open_actions)),
            agreement=next(_agreements(told), None),
            gaps=tuple(_gap(each).discreet() for each in told.gaps if _late_in(each, since, told.day)),
            ahead=tuple(_ahead(told, spell, until)),
        )  # fmt: skip

    def record_form(
        self, person: str | None = None, team: str | None = None, on: Day | None = None,
        *, kind: str = "one_to_one",
    ) -> RecordForm:  # fmt: skip
        """A record to fill in: for somebody, with their open actions; or empty, with a team's headings. `on` is
        the day of the session; the agenda is that of today where it is None."""
        if person is None:
            headings = agenda(list(self.store.rows("template")), team, None, kind)
            return RecordForm(kind=kind, topics=_topics(headings), team=team, on=on)
        when = self.here.today() if on is None else on
        told = story(self.store, self._seen(person, when, None), person)
        headings = agenda_for(self.store, person, when, kind)
        actions = tuple(map(_promise, told.open_actions))
        return RecordForm(kind=kind, topics=_topics(headings), on=on, actions=actions, **_who(told))

    def agreement(
        self, person: str | None = None, review_on: Day | None = None, day: Day | None = None
    ) -> AgreementForm:
        """An agreement to sign: for somebody, with what the policy asks for on the day and what was agreed
        before; or empty."""
        if person is None:
            return AgreementForm(review_on=review_on)
        seen = self._seen(person, day, None)
        told, clockwork = story(self.store, seen, person), seen.clockwork
        row, policy = told.row, clockwork.rulebook.on(told.day)
        clock = policy.clock(clockwork.clock) if policy else None
        blank = AgreementForm(
            review_on=review_on, text=next((each.text for each in told.agreements), None), **_who(told)
        )
        if row is None or row.every is None or policy is None or clock is None:
            return blank
        return replace(
            blank, often=how_often(row.every), by_rule=row.rule, then=then(seen.spell(person), told.day),
            min_minutes=clock.min_minutes, grace=clock.grace_working_days, policy=policy.title,
        )  # fmt: skip

    def card(
        self, policy: str | None = None, clock: str | None = None, day: Day | None = None
    ) -> CadenceCard:
        """The card of a policy (by id; of the one in force on the day) for one of its clocks. BadQuestion if
        there is none."""
        when, rulebook = self.here.today() if day is None else day, self.here.rulebook()
        named = next((each for each in rulebook.policies if each.id == policy), None)
        chosen = rulebook.on(when) if policy is None else named
        if chosen is None:
            called = f" “{policy}” here" if policy else " in force on that day"
            raise BadQuestion(f"There is no policy{called}.", "Choose one of those in the rules.")
        return _card(chosen, Rulebook([chosen]).clock_called(clock), when)

    def _clockwork(self, day: Day | None, clock: str | None) -> Clockwork:
        clockwork = self.looking.clockwork(day, clock)
        if clockwork.rulebook.per(clockwork.clock) == "case":
            raise BadQuestion(
                f"The clock “{clockwork.clock}” runs per case.", "Choose one that runs per person."
            )
        return clockwork

    def _history(self, clockwork: Clockwork, people: Iterable[str]) -> Service:
        reader = FactsReader(self.store.database, clockwork.as_at, people=people)
        return reader.history(clockwork.rulebook, clockwork.clock, every_kind=True)

    def _seen(self, person: str, day: Day | None, clock: str | None) -> Seen:
        clockwork = self._clockwork(day, clock)
        service = self._history(clockwork, [person])
        if person not in service.facts:
            raise BadQuestion(f"There is nobody “{person}” here.", "Look for them by name.")
        return Seen(clockwork, service)


# From what pages show to what papers say


def _late_in(told: GapStory, first: Day, last: Day) -> bool:
    """Whether a gap has a late day in a period (the same rule as `answers.gaps`)."""
    gap = told.gap
    start, end = max(gap.first_late_day, first), min(gap.last_late_day, last)
    return gap.interval.spell.in_scope(start, end) > 0


def _gap(told: GapStory) -> GapTold:
    gap, reasons = told.gap, tuple(Why(*each[:-1]) for each in told.reasons)
    return GapTold(
        gap.first_late_day, gap.last_late_day, gap.days_late, gap.days_away, gap.ended,
        told.sentences, reasons, told.late_under,
    )  # fmt: skip


def _within(line: SessionLine, first: Day, last: Day) -> bool:
    session = line.session
    return first <= (session.held_on or session.planned_on or session.recorded_on or first) <= last


def _last_held(told: PersonStory) -> LastHeld | None:
    for session, supervisor, _, evidence, *_ in told.sessions:  # the newest first
        if session.status == "held" and session.held_on is not None:
            return LastHeld(session.held_on, session.kind, supervisor, evidence)
    return None


def _promise(action: ActionThere) -> Promise:
    return Promise(
        action.text, action.owner, action.session_on, action.due_on, action.done_on, action.carried
    )


def _agreements(told: PersonStory) -> Iterator[AgreementTold]:
    for each in told.agreements:  # the newest first
        yield AgreementTold(each.supervisor, each.signed_on, each.review_on, each.is_past)


def _posts(told: PersonStory) -> Iterator[PostTold]:
    left = told.person.left_on or FOREVER
    for each in told.posts:
        if each.post.first <= left:
            yield PostTold(each.post._replace(last=min(each.post.last, left)), each.supervisor)


def _asked(clockwork: Clockwork, facts: Facts, first: Day, last: Day) -> Iterator[Asked]:
    """What was asked for on the days of a period in post, days of the same together."""
    found: list[Asked] = []
    for each in (each for spell in clockwork.timeline(facts).spells() for each in spell.stretches):
        start, end = max(each.first, first), min(each.last, last)
        if start > end:
            continue
        policy = each.policy.title if each.policy else "No policy"
        same = ("", "", policy, _STOPPED[each.stopped]) if each.stopped else (
            how_often(each.every) if each.every else "", each.title or "", policy, ""
        )  # fmt: skip
        if found and found[-1][2:] == same and found[-1].last == start - 1:
            start = found.pop().first
        found.append(Asked(start, end, *same))
    yield from found


def _ahead(told: PersonStory, spell: Spell, until: Day) -> Iterator[tuple[Day, str]]:
    """The days of the coming weeks on which something changes."""
    for phase in phases(spell):
        if told.day < phase.first <= until:
            often = how_often(phase.every) if phase.every else "nothing asked"
            yield phase.first, f"From now on {often}"
    if told.day <= spell.last <= until:
        yield spell.last, "Last day in post"
    for away in told.absences:
        if told.day < away.first <= until:
            yield away.first, "Away" + (f" until {said_day(away.last)}" if away.last < FOREVER else "")


def _card(policy: Policy, name: str, when: Day) -> CadenceCard:
    """The card of a policy for its clock of that name, with an example of about that day."""
    clock = policy.clock(name)
    assert clock is not None, "one of its clocks"
    told = {heading: [_parted(each) for each in each_said] for heading, each_said in describe(policy)}
    about, said = told["About this policy"], told[f"Clock “{words(name)}”"]
    end = next(at for at, (what, _) in enumerate(said) if what == "Any other role") + 1
    return CadenceCard(
        policy=policy.title, source=policy.source, clock=name, per=clock.per, in_force=about[3][1],
        counts=said[1][1], asked=tuple(said[2:end]), grace=clock.grace_working_days,
        soon_days=clock.soon_days, stops=tuple(told["Time away"]),
        more=(*(pair for pair in said[end:] if pair[0] == "Length"), *told["Returns and new supervisors"]),
        example=example_of(policy, clock, when),
    )  # fmt: skip


def _who(told: PersonStory) -> dict[str, Any]:
    """Whose a form is, by the fields that all forms have."""
    found, row = {"worker": told.person.name}, told.row
    if row is None:
        return found
    return found | {"role": words(row.role), "team": row.team, "supervisor": row.supervisor_name}


def _topics(headings: Iterable[Heading]) -> tuple[Topic, ...]:
    return tuple(Topic(each.heading, each.prompt, each.part) for each in headings)


def _parted(sentence: str) -> tuple[str, str]:
    what, _, said = sentence.partition(": ")
    return what, said.rstrip(".")
