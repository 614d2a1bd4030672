"""Searching: people without their accents, and what was written about them."""

from __future__ import annotations

import pytest

from supervise.doing.finding import find, marks, plain, words_of
from tests.making import ME, NASTY, TODAY, put, workspace

PEOPLE = [
    {"id": "p1", "name": "Tomasz Zając", "staff_no": "SW-0042"},
    {"id": "p2", "name": "Łucja Brzęk", "staff_no": "7001"},
    {"id": "p3", "name": "East Anglia Jones", "left_on": "2019-05-01"},
]
POSTS = [
    {
        "person_id": "p1",
        "team": "North",
        "role": "social_worker",
        "from": "2015-01-05",
        "to": "2018-12-31",
    },
    {"person_id": "p1", "team": "East", "role": "nqsw", "from": "2019-01-01"},
    {
        "person_id": "p2",
        "team": "West",
        "role": "team_manager",
        "from": "2019-01-01",
        "to": "2019-06-30",
    },
    {"person_id": "p3", "team": "West", "role": "student", "from": "2019-01-01"},
]
SESSION = {
    "id": "s1",
    "person_id": "p1",
    "kind": "one_to_one",
    "status": "held",
    "held_on": "2019-09-02",
}


@pytest.fixture
def here():
    made = workspace()
    put(made, {"person": PEOPLE, "post": POSTS, "session": [SESSION]})
    return made.here


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zajac", ["Tomasz Zając"]), ("ZAJĄC tom", ["Tomasz Zając"]), ("Zaja\u0328c", ["Tomasz Zając"]),
        ("lucja", ["Łucja Brzęk"]), ("brz", ["Łucja Brzęk"]), ("sw-0042", ["Tomasz Zając"]),
        ("0042", ["Tomasz Zając"]), ("7001", ["Łucja Brzęk"]), ("west brz", ["Łucja Brzęk"]),
        ("north", []), ("ajac", []), ("zajac brz", []), ("", []), ("—", []),
    ],
)  # fmt: skip
def test_people_are_found_by_name_staff_number_and_team(here, typed, names):
    assert [hit.name for hit in find(here, typed).people] == names


def test_those_with_the_name_come_before_those_of_the_team(here):
    assert [hit.name for hit in find(here, "east").people] == ["East Anglia Jones", "Tomasz Zając"]


def test_a_person_is_told_by_post_team_and_end(here):
    said = {hit.name: hit.text for hit in find(here, "east").people + find(here, "brz").people}
    assert said == {
        "Tomasz Zając": "Newly qualified social worker · East · staff number SW-0042",
        "East Anglia Jones": "Student · West · until 1 May 2019",
        "Łucja Brzęk": "Team manager · West · staff number 7001 · until 30 Jun 2019",
    }


def test_each_place_says_whose_it_is_from_when_and_what_to_open(here):
    of, days = {"session_id": "s1"}, {"from": "2019-02-01", "to": "2019-03-01"}
    with here.store.change("Write", by=ME) as change:
        change.put("session", {"id": "s1", "notes": "The Bóbr valley"})
        change.put(
            "session_section",
            {**of, "position": 1, "part": "personal", "heading": "Workload", "text": "bobry"},
        )
        change.put("action", {**of, "id": "a1", "person_id": "p1", "text": "Count the bobr"})
        change.put("explanation", {"person_id": "p2", "clock": "c", **days, "reason": "bobr"})
        change.put(
            "template", {"template": "t", "position": 1, "heading": "Wellbeing", "prompt": "bobr?"}
        )
    found = {hit.kind: hit for hit in find(here, "bobr").places}
    assert {kind: (hit.page, hit.subject, hit.name, hit.where) for kind, hit in found.items()} == {
        "session": ("session", "s1", "Tomasz Zając", "Supervision"),
        "session_section": ("session", "s1", "Tomasz Zając", "Workload"),
        "action": ("session", "s1", "Tomasz Zając", "Action"),
        "explanation": ("person", "p2", "Łucja Brzęk", "Reason for a gap"),
        "template": ("settings", "templates", "", "Template, Wellbeing"),
    }
    marked = {kind: [hit.text[a:b] for a, b in hit.marks] for kind, hit in found.items()}
    assert marked["session"] == ["Bóbr"] and marked["session_section"] == ["bobry"]
    assert found["session"].on == TODAY.replace(month=9, day=2).toordinal()


def test_that_there_is_more_is_said(here):
    with here.store.change("Write", by=ME) as change:
        for n in range(5):
            change.put("action", {"id": f"a{n}", "session_id": "s1", "person_id": "p1", "text": "Count"})
    assert len(find(here, "count", 3).places) == 3 and find(here, "count", 3).more
    assert len(find(here, "count", 5).places) == 5 and not find(here, "count", 5).more


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_is_only_words_and_what_is_marked_begins_with_one(here, text):
    find(here, text)
    words = words_of(text)
    for first, after in marks(text, words) if words else ():
        assert plain(text[first:after]).startswith(tuple(words))
