"""Dates for the coming weeks: nobody on a day that is not theirs, and everyone in time who can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.cadence import Clockwork, Facts, Gap
from supervise.people import Absence, Person, Post, Variation
from supervise.policies import Rulebook
from supervise.policy_files import read_policy
from supervise.presence import Presence, Week, presence_of, weekdays
from supervise.proposing import Need, Proposal, Slot, propose
from supervise.workdays import FOREVER, Day, bank_holidays, is_working_day, nth_working_day
from tests.making import MONTHLY, Row

TODAY = date(2017, 3, 20).toordinal()
"""A Monday, four weeks before Easter Monday."""
FIRST = TODAY + 1
SAM, MAX = "Sam", "Max"

POLICY = """\
policy = { id = "p", title = "All kinds" }
absence = { suspends = { sickness = 28, maternity = 0 }, return_within_working_days = 5 }
supervisor = { new_supervisor_within_working_days = 10 }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
grace_working_days = 3
[[clock.rule]]
title = "Newly qualified"
roles = ["nqsw"]
since = "employed_from"
until = "6 weeks"
every = "1 week"
[[clock.rule]]
title = "Newly qualified, later"
roles = ["nqsw"]
every = "2 weeks"
first_within = "1 week"
[[clock.rule]]
title = "Agency"
bases = ["agency"]
every = "10 working days"
[[clock.rule]]
title = "Managers"
roles = ["team_manager"]
every = "1 calendar month"
[[clock.rule]]
title = "Everyone"
every = "1 month"
"""
NO_GRACE = POLICY.replace("grace_working_days = 3\n", "")


def clockwork(weeks: int = 8, policy: str = POLICY) -> Clockwork:
    return Clockwork(Rulebook([read_policy(policy, "p")]), "one_to_one", TODAY + 7 * weeks)


def need(
    name: str = "Ada",
    *,
    held: Sequence[Day] = (),
    role: str = "social_worker",
    absences: Sequence[Absence] = (),
    every: str | None = None,
    supervisor: str | None = SAM,
    booked: Sequence[Day] = (),
    days: str | None = None,
) -> Need:
    """Somebody in post since 2016."""
    start = date(2016, 1, 4).toordinal()
    facts = Facts(Person(name, name), [Post(start, FOREVER, "East", role, None, supervisor)])
    facts.held["one_to_one"] = list(held)
    facts.absences = list(absences)
    if every:
        facts.variations = [Variation(clock="one_to_one", every=every, first=start)]
    week = (start, FOREVER, Week(days, weekdays(days) if days else None))
    return Need(facts, Presence(facts.absences, [week]), list(booked))


def dates(
    *needs: Need,
    weeks: int = 8,
    a_day: int = 2,
    policy: str = POLICY,
    supervisors: Mapping[str, Presence] | None = None,
    taken: Mapping[Slot, int] | None = None,
) -> Proposal:
    wound = clockwork(weeks, policy)
    return propose(needs, wound, FIRST, supervisors=supervisors or {}, taken=taken or {}, a_day=a_day)


def day(text: str) -> Day:
    return date.fromisoformat(f"2017-{text}").toordinal()


def said(proposal: Proposal) -> list[str]:
    return [f"{each.name} {date.fromordinal(each.on):%m-%d}" for each in proposal.dates]


# --- Examples


def test_each_session_is_on_its_due_day_and_the_next_reckoned_from_it() -> None:
    proposal = dates(need(held=[day("02-28")]))
    assert said(proposal) == ["Ada 03-28", "Ada 04-28"]
    assert [(each.due, each.late_by) for each in proposal.dates] == [
        (day("03-28"), day("03-31")),
        (day("04-28"), day("05-04")),
    ]
    assert not proposal.cannot and not proposal.notes


def test_a_weekend_or_bank_holiday_is_passed_over_to_the_day_before() -> None:
    assert said(dates(need(held=[day("03-17")]), weeks=5)) == ["Ada 04-13"]  # the 17th is Easter Monday
    assert said(dates(need(held=[day("02-26")]), weeks=2)) == ["Ada 03-24"]  # the 26th is a Sunday


def test_days_away_and_days_not_worked_are_left_free() -> None:
    away = [Absence("annual_leave", day("03-27"), day("03-28"))]
    assert said(dates(need(held=[day("02-28")], absences=away), weeks=2)) == ["Ada 03-24"]
    assert said(dates(need(held=[day("02-28")], days="Wed to Fri"), weeks=2)) == ["Ada 03-24"]
    supervisors = {SAM: Presence([Absence("other", day("03-20"), day("03-28"))])}
    assert said(dates(need(held=[day("02-28")]), weeks=2, supervisors=supervisors)) == ["Ada 03-29"]


def test_a_full_day_sends_the_next_to_the_day_before() -> None:
    team = [need(name, held=[day("02-28")]) for name in ("Ada", "Ben", "Cai")]
    assert said(dates(*team, weeks=2)) == ["Cai 03-27", "Ada 03-28", "Ben 03-28"]
    taken = {(SAM, day("03-28")): 2, (SAM, day("03-27")): 1, (MAX, day("03-27")): 9}
    assert said(dates(team[0], weeks=2, taken=taken)) == ["Ada 03-27"]


def test_two_supervisors_have_a_day_each() -> None:
    team = [need(name, held=[day("02-28")], supervisor=s) for name, s in (("Ada", SAM), ("Ben", MAX))]
    assert said(dates(*team, weeks=2, a_day=1)) == ["Ada 03-28", "Ben 03-28"]


def test_somebody_moves_where_one_cannot_do_another_day() -> None:
    """Placed one after the other on the latest free day, Ben would find his only day taken."""
    ada = need("Ada", held=[day("02-22")])
    ben = need("Ben", held=[day("02-22")], days="Wed")
    assert said(dates(ada, ben, weeks=1, a_day=1, policy=NO_GRACE)) == ["Ada 03-21", "Ben 03-22"]


def test_somebody_moved_earlier_is_due_again_earlier() -> None:
    ada = need("Ada", held=[day("03-16")], every="6 days")
    ben = need("Ben", held=[day("02-22")], days="Wed")
    assert said(dates(ada, weeks=1, policy=NO_GRACE)) == ["Ada 03-22"]
    both = dates(ada, ben, weeks=1, a_day=1, policy=NO_GRACE)
    assert said(both) == ["Ada 03-21", "Ben 03-22", "Ada 03-27"]


def test_nobody_moves_where_that_would_make_their_next_one_late() -> None:
    """The documented limit: moving both of Ada's would do, and is not tried."""
    ada = need("Ada", held=[day("03-17")], every="1 week")
    ben = need("Ben", held=[day("03-02")], absences=[Absence("other", day("03-25"), day("04-03"))],
               days="Fri")  # fmt: skip
    proposal = dates(ada, ben, weeks=2, a_day=1, policy=NO_GRACE)
    assert said(proposal) == ["Ada 03-24", "Ada 03-31"]
    assert [each.person for each in proposal.cannot] == ["Ben"]


def test_a_booking_is_respected_and_the_rhythm_goes_on_from_it() -> None:
    proposal = dates(need(held=[day("02-28")], booked=[day("03-23")]))
    assert said(proposal) == ["Ada 03-23", "Ada 04-21"]  # the 23rd is a Sunday
    assert [each.booked for each in proposal.dates] == [True, False]


def test_a_booking_too_late_has_one_proposed_before_it() -> None:
    proposal = dates(need(held=[day("02-28")], booked=[day("04-10")]), weeks=5)
    assert said(proposal) == ["Ada 03-28", "Ada 04-10"]
    assert not proposal.cannot


def test_a_return_from_absence_within_the_weeks_has_its_own_date() -> None:
    away = [Absence("sickness", day("02-01"), day("04-02"))]
    (first, *_) = dates(need(held=[day("01-10")], absences=away)).dates
    assert (first.on, first.due, first.late_by) == (day("04-07"), day("04-07"), day("04-12"))


def test_days_of_grace_are_used_when_no_day_before_is_left() -> None:
    away = [Absence("study", day("03-01"), day("03-29"))]
    proposal = dates(need(held=[day("02-28")], absences=away), weeks=2)
    assert said(proposal) == ["Ada 03-30"]
    assert not proposal.cannot and proposal.dates[0].is_in_time


# --- What cannot be kept


def sentences(proposal: Proposal) -> list[str]:
    return [each.sentence for each in proposal.cannot]


def test_what_is_late_already_takes_the_earliest_day_that_makes_nobody_late() -> None:
    ada, ben = need("Ada", held=[day("01-10")]), need("Ben", held=[day("02-21")])
    proposal = dates(ada, ben, weeks=1, a_day=1, policy=NO_GRACE)
    assert said(proposal) == ["Ben 03-21", "Ada 03-22"]
    assert sentences(proposal) == [
        "Ada was due on 10 Feb 2017 and late after 10 Feb 2017. The earliest free day is 22 Mar 2017."
    ]
    assert proposal.cannot[0].earliest == day("03-22")
    assert not proposal.dates[1].is_in_time


def test_why_it_cannot_be_kept_is_said_without_the_kind_of_absence() -> None:
    away = [Absence("sickness", day("03-24"), day("04-04"))]
    supervisors = {SAM: Presence([Absence("maternity", FIRST, day("03-22"))])}
    ada = need(held=[day("02-28")], absences=away)
    proposal = dates(ada, weeks=3, supervisors=supervisors, taken={(SAM, day("03-23")): 2})
    assert sentences(proposal) == [
        "Ada is due on 28 Mar 2017 and late after 31 Mar 2017, but no working day until then is free (6 days "
        "away or not worked, 2 days without the supervisor, 1 day full). The earliest free day is 5 Apr 2017."
    ]


def test_a_booking_that_stays_too_late_is_told() -> None:
    away = [Absence("other", day("03-20"), day("04-07"))]
    proposal = dates(need(held=[day("02-28")], absences=away, booked=[day("04-10")]), weeks=4)
    assert said(proposal) == ["Ada 04-10"]
    (only,) = proposal.cannot
    assert only.sentence.endswith("It is booked for 10 Apr 2017.") and only.earliest == day("04-10")


def test_nobody_to_hold_it_is_told() -> None:
    proposal = dates(need(held=[day("02-28")], supervisor=None))
    assert sentences(proposal) == [
        "Ada: no supervisor is named in the post, so no date can be proposed."
    ]
    assert not proposal.dates


def test_somebody_away_without_a_day_of_return_is_told() -> None:
    proposal = dates(need(held=[day("03-10")], absences=[Absence("sickness", day("03-13"))]))
    assert sentences(proposal) == [
        "Ada is away and no day of return is entered: nothing is proposed until it is."
    ]


def test_no_day_at_all_is_told() -> None:
    taken = {(SAM, each): 2 for each in range(FIRST, FIRST + 60)}
    proposal = dates(need(held=[day("03-01")]), weeks=2, taken=taken)
    assert sentences(proposal) == [
        "Ada is due on 1 Apr 2017, but no working day up to 3 Apr 2017 is free (10 days full)."
    ]


def test_working_days_that_cannot_be_read_are_told() -> None:
    (note,) = dates(need(held=[day("02-28")], days="alternate Fridays")).notes
    assert "“alternate Fridays”" in note


def test_nobody_needs_anything_where_no_rule_asks() -> None:
    only_managers = MONTHLY.replace('title = "Everyone"', 'title = "Managers"\nroles = ["team_manager"]')
    proposal = dates(need(booked=[day("04-04")]), policy=only_managers)
    assert said(proposal) == ["Ada 04-04"] and proposal.dates[0].due is None
    assert not proposal.cannot


# --- Working days, as people write them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, Tue, Wed", {0, 1, 2}),
        ("Monday to Thursday", {0, 1, 2, 3}),
        ("mon–wed and FRI", {0, 1, 2, 4}),
        ("Tues/Thurs; Weds.", {1, 2, 3}),
        ("Sat - Mon", {5, 6, 0}),
        ("Mo Tu", {0, 1}),
        ("T", None),
        ("alternate Fridays", None),
        ("Mon-Wed-Fri", None),
        ("3 days", None),
        ("  ", None),
        ("Mon-", None),
    ],
)
def test_weekdays_are_read_or_left_alone(text: str, expected: set[int] | None) -> None:
    assert weekdays(text) == expected


@given(st.text())
def test_any_text_is_read_or_left_alone(text: str) -> None:
    found = weekdays(text)
    assert found is None or (found and found <= set(range(7)))


def test_the_post_that_began_later_says_which_days_are_worked() -> None:
    posts: list[Row] = [
        {"team": "East", "role": "sw", "from": "2016-01-01", "to": None, "days": "Mon"},
        {"team": "East", "role": "sw", "from": "2017-01-01", "to": "2017-03-31", "days": "Tue"},
    ]
    presence = presence_of(posts, [{"kind": "other", "from": "2017-03-28", "to": None}])
    assert not presence.works(day("03-27")) and presence.works(day("04-03"))
    assert presence.works(day("03-28")) and presence.is_away_without_end(day("03-28"))
    assert presence.is_there(day("03-21")) and not presence.is_there(day("03-28"))


# --- Properties

ROLES = ("nqsw", "social_worker", "team_manager")
KINDS = ("annual_leave", "sickness", "maternity", "study")


def person_of(random: Random, name: str) -> Need:
    """Somebody with a rule, a week, absences, bookings and perhaps an end of their own."""
    start = TODAY - random.choice((1, 10, 60, 400))
    supervisor = random.choice((SAM, SAM, SAM, MAX))
    turns = TODAY + random.choice((5, 20))
    ends = random.choice((FOREVER, FOREVER, FOREVER, TODAY + random.randint(1, 70)))
    basis = random.choice((None, "agency"))
    role = random.choice(ROLES)
    posts = [Post(start, ends, "East", role, basis, supervisor)]
    if random.random() < 0.2 and turns < ends:
        posts = [
            posts[0]._replace(last=turns - 1),
            posts[0]._replace(first=turns, supervisor=random.choice((SAM, MAX))),
        ]
    facts = Facts(Person(name, name, employed_from=start), posts)
    facts.held["one_to_one"] = sorted(random.sample(range(TODAY - 45, TODAY + 1), random.randint(0, 3)))
    facts.absences = absences_of(random)
    if random.random() < 0.2:
        every = random.choice(("3 days", "1 week", "5 working days", "6 weeks", "1 calendar month"))
        facts.variations = [Variation(clock="one_to_one", every=every, first=start)]
    booked = sorted(random.sample(range(TODAY, TODAY + 56), random.choice((0, 0, 1, 2))))
    text = random.choice((None, None, "Mon, Tue, Wed", "Wed-Fri", "now and then"))
    week = Week(text, weekdays(text) if text else None)
    return Need(facts, Presence(facts.absences, [(start, FOREVER, week)]), booked)


def absences_of(random: Random) -> list[Absence]:
    found = []
    for _ in range(random.choice((0, 0, 1, 2))):
        start = TODAY + random.randint(-40, 40)
        last = random.choice((start, start + 4, start + 13, start + 35, FOREVER))
        found.append(Absence(random.choice(KINDS), start, last))
    return found


class World:
    """A team, when its supervisors are there, and what they have booked already."""

    def __init__(self, number: int) -> None:
        random = Random(number)
        self.a_day = random.choice((1, 1, 2, 3))
        self.team = [person_of(random, f"P{n}") for n in range(random.randint(1, 7))]
        self.supervisors = {SAM: Presence(absences_of(random))}
        self.taken = Counter({(SAM, TODAY + random.randint(1, 56)): 1 for _ in range(6)})
        for each in self.team:
            self.taken.update((SAM, on) for on in each.booked)
        self.clockwork = clockwork(random.choice((2, 8)), random.choice((POLICY, NO_GRACE)))
        self.proposal = propose(
            self.team,
            self.clockwork,
            FIRST,
            supervisors=self.supervisors,
            taken=self.taken,
            a_day=self.a_day,
        )

    def gaps_if_held(self, who: Need) -> list[Gap]:
        """The gaps of somebody, had everything booked and proposed been held."""
        facts = who.facts
        days = {each.on for each in self.proposal.dates if each.person == facts.person.id}
        held = {"one_to_one": sorted({*facts.held["one_to_one"], *who.booked, *days})}
        then = Facts(facts.person, facts.posts, facts.absences, facts.variations, held)
        return self.clockwork.gaps(then)


worlds = st.integers(0, 2**32).map(World)


@settings(max_examples=150, deadline=None)
@given(worlds)
def test_nobody_is_asked_for_more_than_they_can_hold(world: World) -> None:
    new = Counter((each.supervisor, each.on) for each in world.proposal.dates if not each.booked)
    assert all(
        n + world.taken[supervisor or "", on] <= world.a_day for (supervisor, on), n in new.items()
    )


@settings(max_examples=150, deadline=None)
@given(worlds)
def test_no_date_is_on_a_day_that_is_not_theirs(world: World) -> None:
    team = {each.facts.person.id: each for each in world.team}
    for each in world.proposal.dates:
        assert FIRST <= each.on <= world.clockwork.as_at
        if each.booked:
            continue
        who = team[each.person]
        assert is_working_day(each.on) and each.on not in bank_holidays()
        assert not any(a.first <= each.on <= a.last for a in who.facts.absences)
        assert who.presence.works(each.on)
        (post,) = (post for post in who.facts.posts if post.first <= each.on <= post.last)
        assert each.supervisor == post.supervisor is not None
        assert world.supervisors.get(post.supervisor, Presence()).is_there(each.on)


@settings(max_examples=300, deadline=None)
@given(worlds)
def test_the_engine_finds_nobody_late_of_whom_it_is_not_said(world: World) -> None:
    told = {each.person for each in world.proposal.cannot}
    for who in world.team:
        late = [gap for gap in world.gaps_if_held(who) if gap.last_late_day >= FIRST]
        assert not late or who.facts.person.id in told


@settings(max_examples=150, deadline=None)
@given(worlds)
def test_bookings_are_kept_and_every_date_is_one_of_its_own(world: World) -> None:
    shown = Counter((each.person, each.on) for each in world.proposal.dates)
    assert all(n == 1 for n in shown.values())
    booked = {(each.person, each.on) for each in world.proposal.dates if each.booked}
    for who in world.team:
        posts = who.facts.posts
        for on in who.booked:
            in_post = any(post.first <= on <= post.last for post in posts)
            if FIRST <= on <= world.clockwork.as_at and in_post:
                assert (who.facts.person.id, on) in booked


# --- One session each: as many in time as there can be

LAST = TODAY + 9
"""With a session at least every ten days nobody needs two until then."""


class Few:
    """Up to six people who need one session each in nine days, and days on which each is away."""

    def __init__(self, number: int) -> None:
        random = Random(number)
        self.a_day = random.choice((1, 1, 2))
        self.team, self.windows = [], []
        for n in range(random.randint(1, 6)):
            every = random.randint(10, 20)
            held = TODAY - random.randint(max(every - 10, 0), every + 2)
            off = random.sample(range(FIRST, LAST + 1), random.choice((0, 0, 3, 5)))
            absences = [Absence("other", each, each) for each in off]
            self.team.append(need(f"P{n}", held=[held], absences=absences, every=f"{every} days"))
            if held + every <= LAST:
                self.windows.append(self._window(nth_working_day(held + every, 1), off))
        wound = Clockwork(Rulebook([read_policy(NO_GRACE, "p")]), "one_to_one", LAST)
        self.proposal = propose(self.team, wound, FIRST, supervisors={}, taken={}, a_day=self.a_day)

    def _window(self, latest: Day, off: Sequence[Day]) -> list[Day]:
        days = range(FIRST, min(latest, LAST) + 1)
        return [day for day in days if is_working_day(day) and day not in off]

    def most(self, at: int = 0, used: tuple[Day, ...] = ()) -> int:
        """The most that can be in time, by trying everything."""
        if at == len(self.windows):
            return 0
        best = self.most(at + 1, used)
        for day in self.windows[at]:
            if used.count(day) < self.a_day:
                best = max(best, 1 + self.most(at + 1, (*used, day)))
        return best


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32).map(Few))
def test_as_many_are_in_time_as_trying_everything_finds(few: Few) -> None:
    in_time = [each for each in few.proposal.dates if each.is_in_time]
    assert len(in_time) == few.most()
    if few.most() == len(few.windows):
        assert not few.proposal.cannot
