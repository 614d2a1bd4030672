"""Why somebody stands where they do: every sentence readable, every sum right."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date

import pytest

from supervise import sums
from supervise.cadence import RUNNING, Clockwork, Interval, standing
from supervise.explain import Explainer
from supervise.policies import Unit
from supervise.wording import STATUS, full_day
from supervise.workdays import FOREVER, Day, is_working_day, month_of
from tests import worlds
from tests.asking import Asked
from tests.examples import SECOND_POLICY, Example, example, on, post, sick, variation

POLICY = "Policy: The policy of the examples. Source: The specification, section 8."
ADA = "Ada Person: social worker, team North, permanent, supervisor Sam Supervisor."
WORLDS = range(150)


# --- The worked examples


def test_the_example_of_the_specification_word_for_word() -> None:
    assert example(1).gaps()[0] == (
        "Last held 31 January. Everyone, every 1 month: due 28 February. 3 working days’ grace: not late until "
        "after Friday 3 March. Held 20 March, 17 days late."
    )


def test_1_a_gap_that_is_open() -> None:
    assert example(1).why() == (
        f"Gap as at Wednesday 26 April 2017. {ADA} Last held 20 March. Everyone, every 1 month: due 20 April. "
        "3 working days’ grace: not late until after Tuesday 25 April. None held since: a gap since 26 April, "
        f"1 day late so far. {POLICY}"
    )


def test_2_newly_qualified_and_in_grace() -> None:
    assert example(2).why() == (
        "Overdue as at Tuesday 28 March 2017. Ada Person: newly qualified social worker, team North, permanent, "
        "supervisor Sam Supervisor. Last held 10 March. Newly qualified: to six months, every 2 weeks: due "
        "24 March. 3 working days’ grace: not late until after Wednesday 29 March. Past due, but not late yet. "
        + POLICY
    )


def test_3_an_absence_too_short_to_stop_the_clock() -> None:
    assert example(3).gaps() == [
        "Last held 10 January. Everyone, every 1 month: due 10 February. 3 working days’ grace: not late until "
        "after Wednesday 15 February. Held 6 March, 19 days late, 1 of them away."
    ]


def test_4_a_return() -> None:
    assert example(4).gaps() == [
        "Last held 10 January. Back on 18 February, after an absence that stopped the clock. After a return a "
        "session is asked for within 5 working days, that day counted: due 24 February. 3 working days’ grace: "
        "not late until after Wednesday 1 March. Held 6 March, 5 days late."
    ]


def test_5_a_gap_that_an_absence_ended_and_a_return_over_easter() -> None:
    ended, open_now = example(5).gaps()
    assert ended == (
        "Last held 10 January. Everyone, every 1 month: due 10 February. 3 working days’ grace: not late until "
        "after Wednesday 15 February. Then the clock was stopped by an absence: 4 days late by 19 February."
    )
    assert open_now == (
        "Last held 10 January. Back on 15 April, after an absence that stopped the clock. After a return a "
        "session is asked for within 5 working days, that day counted (Monday 17 April is a bank holiday): due "
        "24 April. 3 working days’ grace: not late until after Thursday 27 April. None held since: a gap since "
        "28 April, 6 days late so far."
    )


def test_6_absent_without_saying_why() -> None:
    assert example(6).why() == (
        f"Absent as at Friday 10 March 2017. {ADA} Last held 10 January. An absence stops the clock from "
        f"20 January, with no end yet. {POLICY}"
    )


def test_7_a_new_supervisor_a_departure_and_a_new_start() -> None:
    agency, permanent, again = example(7).gaps()
    assert agency.endswith("due 10 February. 3 working days’ grace: not late until after Wednesday 15 February. "
                           "Held 20 February, 5 days late.")  # fmt: skip
    assert permanent == (
        "Last held 20 February. Tess Supervisor became supervisor on 27 February. With a new supervisor a "
        "session is asked for within 10 working days, that day counted: due 10 March (without that, 20 March). "
        "3 working days’ grace: not late until after Wednesday 15 March. Then the post ended: 44 days late by "
        "28 April."
    )
    assert again == (
        "In post from 5 June; none held yet. Everyone, first session within 2 weeks: due 19 June. 3 working "
        "days’ grace: not late until after Thursday 22 June. None held since: a gap since 23 June, 4 days late "
        "so far."
    )


def test_8_a_stricter_frequency_falls_due_on_its_first_day() -> None:
    assert example(8).gaps() == [
        "Last held 10 January. Agreed variation, every 2 weeks: 24 January was already past when it came into "
        "force: due on the first day that counts, 6 February. 3 working days’ grace: not late until after "
        "Thursday 9 February. None held since: a gap since 10 February, 11 days late so far."
    ]


def test_9_grace_over_easter() -> None:
    assert (
        "Last held 13 March. Everyone, every 1 month: due 13 April. 3 working days’ grace (Friday 14 April and "
        "Monday 17 April are bank holidays): not late until after Thursday 20 April. Past due, but not late yet."
    ) in example(9).why()


def test_10_calendar_months_that_do_not_count() -> None:
    assert example(10).gaps() == [
        "Last held 31 August. Calendar month, every 1 calendar month: September and October do not count (fewer "
        "than 15 days in scope), November counts: due on its last day, 30 November. No grace: not late until "
        "after Friday 30 November. None held since: a gap since 1 December, 3 days late so far."
    ]
    assert (
        example(10).why().endswith("Policy: Policy of 2018. Source: A page of the council's handbook.")
    )


def test_11_due_on_a_sunday() -> None:
    assert example(11).gaps() == [
        "Last held 4 June. Agreed variation, every 6 days: due 10 June. No grace, but 10 June is a Sunday: not "
        "late until after Monday 11 June. None held since: a gap since 12 June, 1 day late so far."
    ]


def test_12_working_days() -> None:
    assert example(12).gaps() == [
        "Last held 4 June. Agency staff, every 10 working days after 4 June: due 18 June. No grace: not late until "
        "after Monday 18 June. None held since: a gap since 19 June, 1 day late so far."
    ]


# --- What else there is to say


def test_stopped_days_are_added_to_the_sum() -> None:
    """Back from an absence under a policy without a return rule."""
    fortnightly = SECOND_POLICY.replace('every = "1 calendar month"', 'every = "2 weeks"')
    away = [sick(on("11 Jun", 2018), on("30 Jun", 2018))]
    told = Example("4 Jun", "9 Jul", policy=fortnightly, year=2018, absences=away).why()
    assert (
        "Calendar month, every 2 weeks: 18 June, plus 20 days with the clock stopped: due 8 July."
        in told
    )


def test_working_days_say_what_they_pass_over() -> None:
    told = Example("17 May", "1 Jun", policy=SECOND_POLICY, year=2018,
                   posts=[post(on("1 May", 2018), basis="agency")]).why()  # fmt: skip
    assert "every 10 working days after 17 May (Monday 28 May is a bank holiday): due 1 June." in told
    assert "Due today." in told


def test_the_first_month_may_count_or_not() -> None:
    early = Example("", "20 Jun", policy=SECOND_POLICY, year=2018).why()
    assert "In post from 1 June; none held yet." in early
    assert (
        "June counts: due on its last day, 30 June. No grace, but 30 June is a Saturday: not late"
        in early
    )
    assert "Due in 10 days." in early
    late = Example("", "20 Jun", policy=SECOND_POLICY, year=2018, posts=[post(on("18 Jun", 2018))]).why()
    assert (
        "June does not count (fewer than 15 days in scope), July counts: due on its last day, 31 July."
        in late
    )


def test_a_year_is_said_where_it_is_not_that_of_the_day() -> None:
    told = Example("4 Jun,28 Jun", on("19 Jan", 2019), policy=SECOND_POLICY, year=2018).why()
    assert told.startswith("Gap as at Saturday 19 January 2019.")
    assert (
        "Last held 28 June 2018. Calendar month, every 1 calendar month: July 2018 counts: due on"
        in told
    )
    assert "None held since: a gap since 1 August 2018, 172 days late so far." in told


def test_an_absence_that_may_still_stop_the_clock_is_foretold() -> None:
    told = Example("10 Jan", "30 Jan", absences=[sick(on("20 Jan"))]).why()
    assert (
        "Away now: if that is not over before 17 February, it stops the clock from 20 January on."
        in told
    )
    known = Example("10 Jan", "30 Jan", absences=[sick(on("20 Jan"), on("2 Feb"))]).why()
    assert "Away now, which does not stop the clock." in known


def test_a_booking_is_in_time_or_too_late() -> None:
    here = example(9)
    here.facts.booked = {"one_to_one": on("20 Apr")}
    assert "Booked for 20 April, in time." in here.why()
    here.facts.booked = {"one_to_one": on("21 Apr")}
    assert "Booked for 21 April, which is too late." in here.why()


def test_a_booking_for_somebody_with_nothing_due_is_just_told() -> None:
    here = example(6)
    here.facts.booked = {"one_to_one": on("20 Apr")}
    assert "Booked for 20 April." in here.why()


def test_nothing_is_due_before_the_post_ends() -> None:
    told = Example("10 Jan", "12 Jan", posts=[post(on("2 Jan"), on("30 Jan"))]).why()
    assert "Last held 10 January. Nothing falls due before the end of this post, 30 January." in told


def test_nothing_is_due_before_a_return() -> None:
    told = Example("10 Jan", "12 Jan", absences=[sick(on("20 Jan"), on("28 Feb"))]).why()
    assert "Last held 10 January. Nothing falls due before the next return, 1 March." in told


def test_grace_is_cut_short_where_the_post_ends() -> None:
    told = Example("31 Jan", "28 Feb", posts=[post(on("2 Jan"), on("1 Mar"))]).why()
    assert (
        "3 working days’ grace, cut short where this time ends: not late until after Wednesday 1 March."
        in told
    )


def test_not_in_post_has_nothing_due() -> None:
    told = Example("10 Jan", "12 Mar", posts=[post(on("2 Jan"), on("30 Jan"))]).why()
    assert (
        told
        == "Not in post as at Sunday 12 March 2017. Not in post on that day, so that nothing is due."
    )


def test_days_before_records_begin_are_not_judged() -> None:
    here = Example("", "12 Mar")
    here.facts.person = here.facts.person._replace(records_from=on("1 Apr"))
    told = here.why()
    assert told.startswith("No records as at Sunday 12 March 2017.")
    assert "Records begin 1 April; what happened before that is not known here." in told


def test_a_first_time_after_records_begin() -> None:
    here = Example("20 Jan", "12 Apr")
    here.facts.person = here.facts.person._replace(records_from=on("1 Apr"))
    assert (
        "Last held 20 January. Records begin 1 April. Everyone, every 1 month: due 1 May." in here.why()
    )


def test_no_rule_says_which_of_three_it_is() -> None:
    of_nqsw = SECOND_POLICY.replace(
        'title = "Calendar month"', 'title = "Calendar month"\nroles = ["nqsw"]'
    )
    told = Example("", "12 Jun", policy=of_nqsw, year=2018).why()
    assert "The policy has no rule for this post on that day, so that nothing is due." in told
    later = SECOND_POLICY.replace('id = "second"', 'id = "second"\neffective_from = 2019-01-01')
    told = Example("", "12 Jun", policy=later, year=2018).why()
    assert told.endswith("No policy is in force on that day, so that nothing is due.")
    other = SECOND_POLICY.replace('name = "one_to_one"', 'name = "another"')
    told = Example("", "12 Jun", policy=other, year=2018).why()
    assert "The policy has no such clock, so that nothing is due." in told


def test_what_people_typed_stays_as_they_typed_it() -> None:
    here = Example(
        "10 Jan", "12 Jan", posts=[post(on("2 Jan"), role="ASYE Lead", basis="", supervisor=None)]
    )
    assert "Ada Person: ASYE Lead, team North, no supervisor named." in here.why()
    assert "S9" in Example("10 Jan", "12 Jan", posts=[post(on("2 Jan"), supervisor="S9")]).why()


def test_a_frequency_beyond_all_days_never_falls_due() -> None:
    told = Example("10 Jan", "12 Jan", variations=[variation("10000 months", on("2 Jan"))]).why()
    assert "Last held 10 January. Nothing falls due as things stand." in told


def test_a_day_whose_bank_holidays_are_not_listed_yet_is_doubtful() -> None:
    told = Example("10 Jan", "12 Jan", variations=[variation("50 months", on("2 Jan"))]).why()
    assert "Bank holidays" not in told
    told = Example("10 Jan", "12 Jan", variations=[variation("600 months", on("2 Jan"))]).why()
    assert "due 10 January 2067." in told
    assert "Bank holidays are not listed so far ahead, so that this day may move." in told


CASE_POLICY = {
    "policy": {"id": "cases", "title": "Cases"},
    "clock": [
        {
            "name": "oversight",
            "counts": ["case"],
            "per": "case",
            "rule": [{"title": "Each case", "every": "1 month"}],
        }
    ],
}


def case_world(*to: str) -> worlds.World:
    row = {"person_id": "P1", "case_ref": "C1", "plan": "cp", "from": "2017-01-02", "to": "".join(to)}
    return {
        "policies": [CASE_POLICY],
        "people": [{"person_id": "P1", "name": "Ada Person"}],
        "posts": [{"person_id": "P1", "team": "North", "role": "social_worker", "from": "2017-01-02"}],
        "absences": [{"person_id": "P1", "kind": "sickness", "from": "2017-02-01"}],
        "cases": [row],
    }


def test_a_case_is_told_as_a_case() -> None:
    assert " ".join(reasons(case_world(), date(2017, 2, 10))) == (
        "Gap as at Friday 10 February 2017. Held by Ada Person: social worker, team North, no supervisor named, "
        "plan child protection. Allocated from 2 January; none held yet. Each case, every 1 month: due "
        "2 February. No grace: not late until after Thursday 2 February. None held since: a gap since "
        "3 February, 8 days late so far. Ada Person is away now, which does not stop this clock. Policy: Cases."
    )


def test_a_case_that_nobody_holds_has_nothing_due() -> None:
    told = " ".join(reasons(case_world("2017-01-31"), date(2017, 2, 10)))
    assert told.endswith("With nobody in post on that day, so that nothing is due.")
    told = " ".join(reasons(case_world("2017-01-31"), date(2017, 1, 20)))
    assert "Nothing falls due before the end of this allocation, 31 January." in told


def reasons(world: worlds.World, as_at: date) -> list[str]:
    asked = Asked(world, as_at, "oversight")
    (facts,) = asked.service.subjects("case")
    return Explainer(asked.clockwork, asked.service).standing(standing(asked.clockwork, facts), facts)


# --- In any world


def every_question() -> Iterator[Asked]:
    """The question of each number, for each clock of its world."""
    for number in WORLDS:
        world, (as_at, known_at, _) = worlds.numbered(number)
        for clock in sorted(
            {clock["name"] for policy in world["policies"] for clock in policy["clock"]}
        ):
            yield Asked(world, as_at, clock, known_at)


def assert_plain(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert all(re.fullmatch(r"[A-ZÀ-Ž0-9].*[^. ]\.", sentence, re.DOTALL) for sentence in sentences), (
        sentences
    )
    assert not re.search(r"None(?! held)|  |\.\.|\( |<|_| 0 days| 1 days|supervise\.", text), text
    kinds = ("sickness", "maternity", "secondment", "annual leave", "suspension", "study")
    assert not any(kind in text for kind in kinds), "an absence's kind is health data"


def test_every_standing_and_every_gap_is_explained_in_plain_sentences() -> None:
    for asked in every_question():
        explainer = Explainer(asked.clockwork, asked.service)
        for facts in asked.service.subjects(asked.rulebook.per(asked.clockwork.clock)):
            found = standing(asked.clockwork, facts)
            told = explainer.standing(found, facts)
            assert_plain(told)
            assert told[0].startswith(f"{STATUS[found.status].word} as at ")
            if found.due is not None:
                assert explainer.day(found.due) in " ".join(told)
            if found.status in RUNNING:
                assert any(sentence.startswith("Policy: ") for sentence in told)
            for gap in asked.clockwork.gaps(facts):
                sentences = explainer.gap(gap)
                assert_plain(sentences)
                assert explainer.day(gap.late_by) in " ".join(sentences)
                assert re.search(rf"\b{gap.days_late:,} days? late", " ".join(sentences))


def test_every_sum_adds_up() -> None:
    """Each sum in words against days counted one by one."""
    for asked in every_question():
        for interval in intervals_of(asked):
            if interval.due is None:
                continue
            if interval.due.since is None:
                assert_sum(interval, sums.by_rule(interval, full_day))
            else:
                assert_within(interval, asked.clockwork)
            assert_grace(interval, sums.grace(interval, full_day))


def intervals_of(asked: Asked) -> Iterator[Interval]:
    clockwork = asked.clockwork
    for facts in asked.service.subjects(asked.rulebook.per(clockwork.clock)):
        yield from clockwork.intervals(clockwork.timeline(facts), clockwork.counting_days(facts.held))


MONTHS = list(month_name)[1:]
DAY = rf"\d+ (?:{'|'.join(MONTHS)}) \d+"


def read(text: str) -> Day:
    number, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(number)).toordinal()


def in_scope(interval: Interval, when: Day) -> bool:
    return interval.spell.first <= when <= interval.spell.last and not interval.spell.at(when).stopped


def works(interval: Interval, first: Day, last: Day) -> int:
    return sum(in_scope(interval, when) and is_working_day(when) for when in range(first, last + 1))


def assert_sum(interval: Interval, told: str) -> None:
    assert interval.due is not None
    words, every = sums.asked(interval)
    assert told.startswith(words)
    assert read(re.findall(DAY, told)[-1]) == interval.due.day
    rest = told.removeprefix(words)
    if every.unit is Unit.CALENDAR_MONTH:
        assert_months(interval, every.n, rest)
    elif every.unit is Unit.WORKING_DAY:
        assert_working_days(interval, every.n, rest)
    else:
        assert_days(interval, every.added_to(interval.anchor), rest)


def assert_days(interval: Interval, plain: Day, told: str) -> None:
    """anchor + frequency + stopped days = due, or less where the frequency came into force later."""
    assert interval.due is not None
    due = interval.due.day
    first = (
        interval.anchor if interval.is_first and interval.segment.begins_spell else interval.anchor + 1
    )
    stopped = sum(not in_scope(interval, when) for when in range(first, due + 1))
    plus = re.search(r"plus (\d+) days? with the clock stopped", told)
    assert int(plus[1] if plus else 0) == stopped
    if found := re.fullmatch(rf": due ({DAY})\.", told):
        assert due == plain == read(found[1])
        return
    assert read(re.findall(DAY, told)[0]) == plain
    if "already past" in told:
        assert plain + stopped < due
        assert_came_into_force(interval)
    else:
        assert plain + stopped == due


def assert_came_into_force(interval: Interval) -> None:
    """The due day is the first in-scope one of its frequency: the day before had another, or none."""
    assert interval.due is not None
    due, spell = interval.due.day, interval.spell
    earlier = next(
        (when for when in range(due - 1, interval.anchor - 1, -1) if in_scope(interval, when)), None
    )
    if earlier is not None and earlier > interval.anchor:
        before, now = spell.at(earlier), spell.at(due)
        assert (before.every, before.rule, before.variation) != (now.every, now.rule, now.variation)


def assert_working_days(interval: Interval, n: int, told: str) -> None:
    assert interval.due is not None
    start = read(re.findall(DAY, told)[0])
    assert start == interval.anchor or not any(
        in_scope(interval, day) for day in range(interval.anchor, start)
    )
    worked = works(interval, start + 1, interval.due.day)
    if "already past" in told:
        assert worked >= n and "holiday" not in told
        assert_came_into_force(interval)
    else:
        assert worked == n
        assert is_working_day(interval.due.day)


def assert_months(interval: Interval, n: int, told: str) -> None:
    assert interval.due is not None
    begins_spell = interval.is_first and interval.segment.begins_spell
    first, last = month_of(interval.anchor)
    counted = []
    while len(counted) < n:
        since = interval.anchor if first <= interval.anchor else first
        days = sum(in_scope(interval, when) for when in range(since, last + 1))
        name = full_day(first).split(" ", 1)[1]
        if days >= 15 and (begins_spell or first > interval.anchor):
            counted.append((first, last))
            assert name in told or n > 3
        first, last = month_of(last + 1)
    closes = max(when for when in range(counted[-1][0], counted[-1][1] + 1) if in_scope(interval, when))
    assert full_day(closes) in told
    if "already past" in told:
        assert closes < interval.due.day
        assert_came_into_force(interval)
    else:
        assert closes == interval.due.day
    assert (" in scope, " in told.replace("days in scope)", "")) == (closes != counted[-1][1])


def assert_within(interval: Interval, clockwork: Clockwork) -> None:
    """The n-th in-scope working day, counting the first itself."""
    assert interval.due is not None and interval.due.since is not None
    policy = interval.spell.at(interval.due.since).policy
    assert policy is not None
    n = {
        "return": policy.return_within_working_days, "new_supervisor": policy.new_supervisor_within_working_days,
    }[interval.due.cause]  # fmt: skip
    assert n is not None
    assert works(interval, interval.due.since, interval.due.day) == n
    assert in_scope(interval, interval.due.day) and is_working_day(interval.due.day)
    if interval.due.by_rule is not None:
        assert interval.due.by_rule > interval.due.day


def assert_grace(interval: Interval, told: str) -> None:
    assert interval.due is not None
    due, latest = interval.due.day, interval.late_by
    if latest is None:
        assert interval.segment.last == FOREVER
        assert "cannot be late" in told
        return
    assert told.endswith(f"{sums.weekday(latest, full_day)}.")
    clock = interval.spell.at(due).clock
    assert clock is not None
    worked = works(interval, due + 1, latest)
    if "No grace" in told:
        assert clock.grace_working_days == 0
        assert (latest == due) or not (is_working_day(due) and in_scope(interval, due))
    elif "cut short" in told:
        assert worked < clock.grace_working_days
        assert latest == interval.segment.last
    else:
        assert worked == clock.grace_working_days
    holidays = re.findall(rf"\w+day ({DAY})(?=[^:]*(?:is a bank holiday|are bank holidays))", told)
    assert all(not is_working_day(read(day)) for day in holidays)


@pytest.mark.parametrize("number", range(1, 13))
def test_the_standing_of_every_example_is_told_with_its_policy(number: int) -> None:
    told = example(number).explainer.standing(example(number).standing(), example(number).facts)
    assert_plain(told)
    assert told[-1].startswith("Policy: ")
    assert " Source: " in told[-1]
