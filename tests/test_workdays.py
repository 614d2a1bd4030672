"""Days, working days in England and sums with them, against plain counting."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise import workdays
from supervise.cadence.facts import LONGEST_PAUSE
from supervise.places import resource
from supervise.workdays import FIRST_DAY, FOREVER, Day
from tests import bank_holidays

THIS_YEAR = 2026
LIBRARY = bank_holidays.from_the_library()

days_of_the_list = st.dates(date(1990, 1, 1), date(2060, 12, 31)).map(date.toordinal)
any_day = st.integers(FIRST_DAY, FOREVER)


def counted(first: Day, last: Day) -> int:
    """Working days one by one."""
    return sum(
        date.fromordinal(when).weekday() < 5 and date.fromordinal(when) not in LIBRARY
        for when in range(first, last + 1)
    )


# --- The list of bank holidays


def test_the_list_is_what_the_library_says() -> None:
    listed = {date.fromordinal(when): name for when, name in workdays.bank_holidays().items()}
    assert listed == LIBRARY


def test_the_file_is_what_its_maker_would_write() -> None:
    assert resource("bank-holidays.txt").read_bytes() == bank_holidays.text().encode()


def test_the_list_reaches_five_years_ahead() -> None:
    last_year = date.fromordinal(max(workdays.bank_holidays())).year
    assert last_year >= THIS_YEAR + 5, "lengthen it: tests/bank_holidays.py"


def test_a_year_without_a_list_is_told() -> None:
    last_year = date.fromordinal(max(workdays.bank_holidays())).year
    assert not workdays.beyond_the_list(date(last_year, 12, 31).toordinal())
    assert workdays.beyond_the_list(date(last_year + 1, 1, 1).toordinal())


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2017-04-14", "Good Friday"),
        ("2017-04-17", "Easter Monday"),
        ("2017-01-02", "in place of a New Year's Day on a Sunday"),
        ("2011-04-29", "a royal wedding"),
        ("2020-05-08", "the early May bank holiday, moved from the 4th"),
        ("2022-06-03", "a jubilee"),
        ("2022-09-19", "a state funeral"),
        ("2017-03-04", "a Saturday"),
        ("2017-03-05", "a Sunday"),
    ],
)
def test_days_known_by_heart_on_which_nobody_works(when: str, why: str) -> None:
    assert not workdays.is_working_day(workdays.day(when)), why


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2020-05-04", "the early May bank holiday was moved away"),
        ("2017-03-17", "St Patrick's Day is none in England"),
        ("2017-01-03", "2 January is none in England, nor in its place"),
        ("2017-11-30", "St Andrew's Day is none in England"),
    ],
)
def test_days_known_by_heart_on_which_people_work(when: str, why: str) -> None:
    assert workdays.is_working_day(workdays.day(when)), why


# --- Working days


@given(days_of_the_list, st.integers(-3, 500))
def test_working_days_are_those_one_would_count(first: Day, length: int) -> None:
    assert workdays.working_days(first, first + length) == counted(first, first + length)


@given(any_day, st.integers(0, 4000), st.integers(0, 4000))
def test_working_days_add_up(first: Day, length: int, more: int) -> None:
    middle, last = min(first + length, FOREVER), min(first + length + more, FOREVER)
    parts = workdays.working_days(first, middle) + workdays.working_days(middle + 1, last)
    assert workdays.working_days(first, last) == parts


@given(any_day, st.integers(1, 3000))
def test_the_nth_working_day_is_the_first_by_which_there_are_n(first: Day, n: int) -> None:
    found = workdays.nth_working_day(first, n)
    if found == FOREVER:
        assert workdays.working_days(first, FOREVER) <= n
    else:
        assert workdays.is_working_day(found)
        assert workdays.working_days(first, found) == n


@given(any_day)
def test_the_working_days_up_to_one_lead_back_to_it(when: Day) -> None:
    if workdays.is_working_day(when):
        assert workdays.nth_working_day(FIRST_DAY, workdays.working_days(FIRST_DAY, when)) == when


def test_the_table_holds_its_first_day_and_its_last() -> None:
    assert workdays.working_days(FIRST_DAY, FIRST_DAY) == 1
    assert workdays.nth_working_day(FIRST_DAY, 1) == FIRST_DAY
    assert workdays.nth_working_day(FOREVER, 1) == FOREVER
    assert workdays.nth_working_day(FOREVER - 1, 50) == FOREVER
    assert workdays.working_days(FOREVER, FOREVER - 1) == 0


def test_what_would_begin_after_the_last_day_is_put_on_it() -> None:
    assert workdays.nth_working_day(FOREVER + 1, 1) == FOREVER
    assert workdays.nth_working_day(FOREVER + 100_000, 7) == FOREVER


@given(days_of_the_list, st.integers(0, 15))
def test_what_lies_between_two_days_leaves_both_out(last: Day, between: int) -> None:
    first = last + between + 1
    assert workdays.no_working_day_between(last, first) == (counted(last + 1, first - 1) == 0)


def test_among_so_many_days_there_is_always_a_working_one() -> None:
    start, end = date(1990, 1, 1).toordinal(), date(2060, 12, 31).toordinal()
    working = [when for when in range(start, end + 1) if workdays.is_working_day(when)]
    assert max(after - before for before, after in pairwise(working)) < LONGEST_PAUSE


# --- Months


@given(any_day, st.integers(0, 400))
def test_months_later_is_the_same_day_number_or_the_months_end(when: Day, months: int) -> None:
    it = date.fromordinal(when)
    year, month = divmod(it.year * 12 + it.month - 1 + months, 12)
    clipped = min(it.day, monthrange(year, month + 1)[1])
    assert workdays.add_months(when, months) == date(year, month + 1, clipped).toordinal()


@pytest.mark.parametrize(
    ("when", "months", "then"),
    [
        ("2017-01-31", 1, "2017-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2017-08-31", 6, "2018-02-28"),
        ("2017-12-31", 2, "2018-02-28"),
        ("2017-02-28", 1, "2017-03-28"),
    ],
)
def test_months_are_clipped(when: str, months: int, then: str) -> None:
    assert workdays.iso(workdays.add_months(workdays.day(when), months)) == then


@given(any_day)
def test_a_month_runs_from_its_first_day_to_its_last(when: Day) -> None:
    first, last = workdays.month_of(when)
    assert first <= when <= last
    assert date.fromordinal(first).day == 1
    assert date.fromordinal(last + 1).day == 1
    assert last - first < 31


@given(days_of_the_list, st.integers(-5, 800))
def test_whole_months_are_those_with_every_day_in_the_period(first: Day, length: int) -> None:
    last = first + length
    months: dict[tuple[int, int], int] = {}
    for when in range(first, last + 1):
        it = date.fromordinal(when)
        months[it.year, it.month] = months.get((it.year, it.month), 0) + 1
    whole = [month for month, days in months.items() if days == monthrange(*month)[1]]
    found = [date.fromordinal(start) for start, _ in workdays.whole_months(first, last)]
    assert [(it.year, it.month) for it in found] == whole
    assert all(
        workdays.month_of(start) == (start, end) for start, end in workdays.whole_months(first, last)
    )


# --- Writing days


@given(any_day)
def test_a_day_is_read_as_it_was_written(when: Day) -> None:
    assert workdays.day(workdays.iso(when)) == when
    assert workdays.iso_or_none(when) == workdays.iso(when)


def test_no_day_is_none() -> None:
    assert workdays.iso_or_none(None) is None


@pytest.mark.parametrize("text", ["", "2017-02-29", "2017-13-01", "01/02/2017", "tomorrow"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[Ii]nvalid|month|day"):
        workdays.day(text)
