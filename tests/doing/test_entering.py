"""Days and times as people type them, and what a form says before it saves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise import wording
from supervise.doing.entering import Problem, how_read, problems, read_day, read_time
from supervise.doing.typed import one_line
from supervise.store import Store, memory_store
from supervise.workdays import FIRST_DAY, FOREVER, iso
from tests.making import ME, TODAY, now

THURSDAY = TODAY.toordinal()  # 31 October 2019

DAYS = st.integers(FIRST_DAY, FOREVER)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 Mar 2017", (2017, 3, 14)), ("14 March 2017", (2017, 3, 14)), ("14/3/17", (2017, 3, 14)),
        ("14.03.2017", (2017, 3, 14)), ("14-3-2017", (2017, 3, 14)), ("2017-03-14", (2017, 3, 14)),
        ("14th Mar. 2017", (2017, 3, 14)), ("14mar17", (2017, 3, 14)), ("Tue, 14 Mar 2017", (2017, 3, 14)),
        ("1 sept 19", (2019, 9, 1)), ("14/3", (2019, 3, 14)), ("14 March", (2019, 3, 14)),
        ("3/4/2017", (2017, 4, 3)), ("today", (2019, 10, 31)), ("Yesterday", (2019, 10, 30)),
        ("tomorrow", (2019, 11, 1)), ("Thu", (2019, 10, 31)), ("fri", (2019, 11, 1)), ("weds", (2019, 11, 6)),
        ("this Monday", (2019, 10, 28)), ("next Thu", (2019, 11, 7)), ("next Mon", (2019, 11, 4)),
        ("last Mon", (2019, 10, 28)), ("last Thursday", (2019, 10, 24)), ("+7", (2019, 11, 7)),
        ("-1", (2019, 10, 30)), ("+2 weeks", (2019, 11, 14)), ("1/2/68", (1968, 2, 1)),
        ("1/2/39", (2039, 2, 1)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed: str, meant: tuple[int, int, int]) -> None:
    assert read_day(typed, THURSDAY) == date(*meant).toordinal()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "no date"), ("soon", "cannot be read"), ("3/25/2017", "no month 25: the day comes first"),
        ("29/2", "no 29 February in 2019"), ("31 Apr 2017", "no 31 April"), ("14", "cannot be read"),
        ("14/3/201", "cannot be read"), ("Mar 14 2017", "cannot be read"), ("+99999", "too far away"),
        ("1/1/1017", "too far away"), ("14/3/0000", "no 14 March"), ("١٤/٣/٢٠١٧", "cannot be read"),
        ("Wed 14 Mar 2017", "is a Tuesday, not a Wednesday"), ("x" * 100_000, "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_one_short_sentence(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        read_day(typed, THURSDAY)
    assert len(str(refused.value)) < 150


def test_a_year_that_was_not_typed_is_told() -> None:
    assert how_read("14/3", THURSDAY) == "Thursday 14 March 2019 (this year)"
    assert how_read("Thu 14 Mar", THURSDAY) == "Thursday 14 March 2019 (this year)"
    assert how_read("14/3/17", THURSDAY) == "Tuesday 14 March 2017"
    assert how_read("2019-3-4", THURSDAY) == "Monday 4 March 2019"
    assert how_read("tomorrow", THURSDAY) == "Friday 1 November 2019"


@settings(deadline=None)
@given(when=DAYS, today=DAYS)
def test_a_day_as_it_is_printed_reads_as_itself(when: int, today: int) -> None:
    it = date.fromordinal(when)
    printed = [wording.day(when), wording.full_day(when), wording.long_day(when), iso(when),
               f"{it.day}/{it.month}/{it.year}", f"{it.day:02}.{it.month:02}.{it.year}"]  # fmt: skip
    assert {read_day(text, today) for text in printed} == {when}
    assert {how_read(text, today) for text in printed} == {wording.long_day(when)}


@settings(deadline=None)
@given(typed=st.text(max_size=25), today=DAYS)
def test_whatever_is_typed_is_a_day_that_prints_and_reads_back_or_is_refused(
    typed: str, today: int
) -> None:
    try:
        found = read_day(typed, today)
    except ValueError:
        return
    assert FIRST_DAY <= found <= FOREVER
    assert read_day(wording.day(found), today) == found


@settings(deadline=None)
@given(
    when=st.tuples(st.integers(1, 12), st.integers(1, 31), st.integers(1950, 2150)),
    sign=st.sampled_from("/.- "),
)
def test_figures_are_never_read_the_american_way(when: tuple[int, int, int], sign: str) -> None:
    first, second, year = when
    try:
        found = date.fromordinal(read_day(f"{first}{sign}{second}{sign}{year}", THURSDAY))
    except ValueError:
        assert second > 12 or first > 28
    else:
        assert (found.day, found.month, found.year) == when


@settings(deadline=None)
@given(
    today=st.integers(FIRST_DAY + 30, FOREVER - 30),
    weekday=st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
)
def test_weekdays_lie_where_they_are_said_to(today: int, weekday: str) -> None:
    monday = today - (today - 1) % 7
    assert today <= read_day(weekday, today) < today + 7
    assert monday <= read_day(f"this {weekday}", today) < monday + 7
    assert read_day(f"next {weekday}", today) == read_day(f"this {weekday}", today) + 7
    assert today - 7 <= read_day(f"last {weekday}", today) < today
    assert (
        len({read_day(f"{when}{weekday}", today) % 7 for when in ("", "this ", "next ", "last ")}) == 1
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10", "10:00"), ("10:30", "10:30"), ("1030", "10:30"), ("930", "09:30"), ("2pm", "14:00"),
        ("2.30 p.m.", "14:30"), ("14.00", "14:00"), ("12am", "00:00"), ("12 pm", "12:00"), ("noon", "12:00"),
        ("02:30", "02:30"), ("9", "09:00"), ("10h15", "10:15"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "2", "2:30", "24:00", "13pm", "0am", "10:75", "1075", "late", "+7"]
)
def test_what_is_no_time_or_two_of_them_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="Write it like 10:30 or 2pm"):
        read_time(typed)


@settings(deadline=None)
@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_as_it_is_kept_reads_as_itself(hour: int, minute: int) -> None:
    assert read_time(f"{hour:02}:{minute:02}") == f"{hour:02}:{minute:02}"


# --- What a form says


@pytest.fixture
def store() -> Store:
    """Ada in a post under Rita, away for a fortnight, with an agreed frequency and a case."""
    made = memory_store(now)
    with made.change("Begin", by=ME) as change:
        change.put("person", {"id": "R", "name": "Rita Okafor", "left_on": "2019-06-30"})
        change.put(
            "person", {"id": "A", "name": "Ada Brown", "staff_no": "77", "employed_from": "2017-01-02"}
        )
        change.put("person", {"id": "B", "name": "Ben Sole"})
        post = {"person_id": "A", "team": "Duty", "role": "social_worker", "from": "2017-01-02"}
        change.put("post", {**post, "id": "P", "supervisor_id": "R"})
        away = {"person_id": "A", "kind": "sickness", "from": "2019-05-01", "to": "2019-05-14"}
        change.put("absence", {**away, "id": "X"})
        change.put("variation", {"person_id": "A", "clock": "one_to_one", "every": "6 weeks",
                                 "from": "2019-01-01"})  # fmt: skip
        change.put("case_allocation", {"person_id": "A", "case_ref": "C-1", "from": "2019-01-01"})
    return made


def told(found: list[Problem]) -> list[str]:
    return [problem.sentence for problem in found if not problem.forbids]


def forbidden(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.field, problem.sentence) for problem in found if problem.forbids]


def test_what_is_missing_or_cannot_be_is_forbidden_field_by_field(store: Store) -> None:
    row = {"person_id": "A", "team": " ", "role": "social_worker", "basis": "temp", "from": "2019-02-30",
           "fte": -1.0, "supervisor_id": "nobody"}  # fmt: skip
    found = problems("post", row, store)
    assert [field for field, _ in forbidden(found)] == ["team", "basis", "supervisor_id", "fte", "from"]
    assert ("team", "The team is needed.") in forbidden(found)
    assert told(found) == []


def test_an_end_before_its_beginning_is_forbidden_with_both_days(store: Store) -> None:
    row = {"person_id": "A", "kind": "study", "from": "2019-04-05", "to": "2019-04-03"}
    said = "The last day, 3 Apr 2019, is before the first day, 5 Apr 2019."
    assert forbidden(problems("absence", row, store)) == [("to", said)]


def test_a_held_session_needs_its_day(store: Store) -> None:
    row = {"person_id": "A", "kind": "one_to_one", "status": "held"}
    assert forbidden(problems("session", row, store)) == [("held_on", "The day it was held is needed.")]


def test_nobody_is_their_own_supervisor(store: Store) -> None:
    assert forbidden(problems("post", {"id": "P", "supervisor_id": "A"}, store)) == [
        ("supervisor_id", "Nobody can be their own supervisor.")
    ]


@pytest.mark.parametrize("year", [1917, 2117])
def test_a_day_a_hundred_years_off_is_told_and_not_forbidden(store: Store, year: int) -> None:
    found = problems("agreement", {"person_id": "A", "signed_on": f"{year}-04-03"}, store)
    assert told(found) == [f"The day of signing, 3 Apr {year}, is far away. Is the year right?"]
    assert forbidden(found) == []


@pytest.mark.parametrize(
    ("name", "like"),
    [("ADA BROWN", "Ada Brown (Duty) has this name"), ("Ada Browne", "Ada Brown (Duty) has nearly this name"),
     ("A. Brown", "Ada Brown (Duty) has nearly this name")],
)  # fmt: skip
def test_somebody_who_may_be_here_already_is_told(store: Store, name: str, like: str) -> None:
    assert told(problems("person", {"name": name}, store)) == [f"{like}. Is it the same person?"]


def test_a_name_that_stays_is_not_asked_about_again(store: Store) -> None:
    assert problems("person", {"id": "A", "name": "Ada Brown", "email": "ada@example.org"}, store) == []


def test_a_number_that_another_has_is_told(store: Store) -> None:
    assert told(problems("person", {"id": "B", "staff_no": "77"}, store)) == [
        "Ada Brown has the same staff number."
    ]


def test_what_goes_on_after_somebody_left_is_told(store: Store) -> None:
    with store.change("More", by=ME) as change:
        change.put("post", {"person_id": "A", "team": "Duty", "role": "nqsw", "from": "2020-01-06"})
        change.put("session", {"id": "S", "person_id": "A", "kind": "one_to_one", "status": "planned",
                               "planned_on": "2019-12-05"})  # fmt: skip
    assert told(problems("person", {"id": "A", "left_on": "2019-11-29"}, store)) == [
        "There is a post from 6 Jan 2020, after that day; it will not count.",
        "1 session is booked for them after that day.",
    ]
    assert told(problems("person", {"id": "R", "left_on": "2019-11-29"}, store)) == [
        "1 person has them as supervisor after that day."
    ]


def test_posts_that_overlap_or_begin_too_early_or_under_somebody_gone_are_told(store: Store) -> None:
    row = {
        "person_id": "A",
        "team": "Assessment",
        "role": "nqsw",
        "from": "2016-01-04",
        "supervisor_id": "R",
    }
    assert told(problems("post", row, store)) == [
        "There is a post in Duty from 2 Jan 2017 with no end yet; on days in both the later-begun one holds.",
        "This is before the first day with the council, 2 Jan 2017.",
        "Rita Okafor left on 30 Jun 2019.",
    ]


def test_a_post_after_leaving_is_told(store: Store) -> None:
    row = {"person_id": "R", "team": "Duty", "role": "team_manager", "from": "2019-08-01"}
    assert told(problems("post", row, store)) == [
        "They left on 30 Jun 2019, so that this would not count. If they are back, correct that day."
    ]


def test_absences_that_overlap_are_told_without_their_kind(store: Store) -> None:
    row = {"person_id": "A", "kind": "study", "from": "2019-05-14", "to": "2019-05-20"}
    (said,) = told(problems("absence", row, store))
    assert said == "They are recorded as away already, from 1 May 2019 to 14 May 2019."
    assert problems("absence", {**row, "id": "X"}, store) == []
    assert problems("absence", {**row, "from": "2019-05-15"}, store) == []


def test_a_second_variation_and_a_clock_that_no_policy_has_are_told(store: Store) -> None:
    row = {"person_id": "A", "clock": "one_to_one", "every": "2 weeks", "from": "2019-10-01"}
    assert told(problems("variation", row, store)) == [
        "Every 6 weeks is agreed from 1 Jan 2019 with no end yet; on days in both the later-begun one holds.",
        "No policy here has the clock “one_to_one”. There is none yet.",
    ]
    (wrong,) = forbidden(problems("variation", {**row, "every": "now and then"}, store))
    assert wrong[0] == "every"
    assert "2 weeks" in wrong[1]


def test_a_case_that_another_has_is_told(store: Store) -> None:
    row = {"person_id": "B", "case_ref": "C-1", "from": "2019-03-01"}
    assert told(problems("case_allocation", row, store)) == [
        "Ada Brown has this case already, from 1 Jan 2019 with no end yet."
    ]


@pytest.mark.parametrize("name", ["?", "-", ".", "…", "’", "☺", "42"])
def test_a_name_without_a_letter_is_asked_for_kindly(store: Store, name: str) -> None:
    assert said(store, "person", name=name) == [
        ("name", f"“{name}” has no letters. Write the name as people say it.", True)
    ]


def test_somebody_called_by_a_sign_is_in_nobodys_way(store: Store) -> None:
    with store.change("Put", by=ME) as change:
        change.put("person", {"id": "q", "name": "?"})
    assert said(store, "person", name="Una Rae") == []
    assert said(store, "person", id="q", name="?", staff_no="12") == []


@pytest.mark.parametrize("length", [201, 1_000_000])
def test_a_name_of_more_than_two_hundred_characters_is_refused(store: Store, length: int) -> None:
    found = said(store, "person", name="n" * length)
    assert [(field, forbids) for field, _, forbids in found] == [("name", True)]
    assert f"{length:,} characters" in found[0][1] and len(found[0][1]) < 100
    assert said(store, "person", name="Zz" * 100) == []


@pytest.mark.parametrize("mark", ["\x07", "\x1b", "\x9b", "\u202e", "\u2069", "\u200f", "\ud83d"])
def test_a_character_that_nobody_sees_is_not_part_of_what_was_typed(store: Store, mark: str) -> None:
    assert one_line(f" {mark}Una{mark}\t R{mark}ae\n") == "Una Rae"
    assert said(store, "person", name=f"Una {mark}Rae") == []
    assert said(store, "person", name=mark) == [("name", "The name is needed.", True)]


def test_letters_that_are_written_with_joiners_stay() -> None:
    for name in ("می\u200cخواهم", "👩\u200d💻", "Zażółć", "tŷ"):
        assert one_line(name) == name


def said(store: Store, kind: str, **row: str) -> list[tuple[str, str, bool]]:
    return [(each.field, each.sentence, each.forbids) for each in problems(kind, row, store)]
