"""How days, spans and words are said."""

from __future__ import annotations

import locale
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise import wording
from supervise.fields import KINDS, KNOWN_ROLES

TUESDAY = date(2017, 3, 14).toordinal()


def test_a_day_is_said_in_four_lengths():
    assert wording.day(TUESDAY) == "14 Mar 2017"
    assert wording.day_month(TUESDAY) == "14 March"
    assert wording.full_day(TUESDAY) == "14 March 2017"
    assert wording.long_day(TUESDAY) == "Tuesday 14 March 2017"


def test_a_moment_has_a_short_weekday_and_two_digits_for_the_time():
    assert wording.moment(datetime(2017, 4, 4, 9, 2)) == "Tue 4 April 2017 09:02"


@given(st.dates())
def test_every_day_reads_back(when):
    said = wording.long_day(when.toordinal())
    weekday, number, month, year = said.split()
    assert weekday == wording._WEEKDAYS[when.weekday()]
    assert date(int(year), wording._MONTHS.index(month) + 1, int(number)) == when
    assert wording.day(when.toordinal()) == f"{number} {month[:3]} {year}"


def test_the_language_of_the_machine_changes_nothing():
    before = locale.setlocale(locale.LC_TIME)
    try:
        for other in ("cy_GB.UTF-8", "pl_PL.UTF-8", "de_DE.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_TIME, other)
            except locale.Error:  # not every machine has every language; "C" is always there
                continue
            assert wording.long_day(TUESDAY) == "Tuesday 14 March 2017"
    finally:
        locale.setlocale(locale.LC_TIME, before)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.days(0), "0 days"),
        (wording.days(1), "1 day"),
        (wording.days(17), "17 days"),
        (wording.working_days(1), "1 working day"),
        (wording.working_days(3), "3 working days"),
        (wording.minutes(1), "1 minute"),
        (wording.minutes(90), "90 minutes"),
        (wording.counted(2804, "gap"), "2,804 gaps"),
        (wording.counted(1, "person", "people"), "1 person"),
        (wording.counted(2, "person", "people"), "2 people"),
        (wording.times(1), "once"),
        (wording.times(2), "twice"),
        (wording.times(3), "3 times"),
    ],
)
def test_numbers_agree_with_their_words(said, expected):
    assert said == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_list_is_joined_as_in_a_sentence(items, expected):
    assert wording.joined(items) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("social_worker", "Social worker"),
        ("nqsw", "Newly qualified social worker"),
        ("one_to_one", "One-to-one"),
        ("ad_hoc", "Ad hoc"),
        ("annual_leave", "Annual leave"),
        ("held", "Held"),
        ("cp", "Child protection"),
        ("cin", "Child in need"),
        ("lead_practitioner", "Lead practitioner"),
        ("Family court adviser", "Family court adviser"),
        ("SW_Level_3", "SW_Level_3"),
        ("ySGOL", "ySGOL"),
        ("", ""),
        ("_", "_"),
    ],
)
def test_interchange_words_become_reading_words(written, read):
    assert wording.words(written) == read


def test_every_known_word_is_said_with_a_capital_and_without_underscores():
    known = {word for kind in KINDS for field in kind.fields for word in field.words} | set(KNOWN_ROLES)
    for word in known:
        said = wording.words(word)
        assert said[0].isupper() and "_" not in said, word


def test_each_status_has_a_shape_and_a_word_of_its_own():
    asked = [
        "on_track",
        "due_soon",
        "overdue",
        "gap",
        "absent",
        "not_recorded",
        "no_rule",
        "not_in_post",
    ]
    assert set(wording.STATUS) == set(asked)
    assert str(wording.STATUS["gap"]) == "■ Gap"
    assert [wording.STATUS[one].mark for one in asked] == ["●", "◔", "▲", "■", "⏸", "○", "○", "○"]
    assert len({standing.word for standing in wording.STATUS.values()}) == len(asked)
