"""What may name a child or family, and the prose that must pass in silence. All names are made up."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.fields import KINDS
from supervise.identifying import DATE_OF_BIRTH, NAME, NHS_NUMBER, suspects
from supervise.places import resource
from tests.making import NASTY_PROSE

STAFF = ("Niamh Clarke", "Tomasz Wiśniewski", "Nguyễn Thị Lan", "Adaeze Nwosu", "Sam O’Hara-Bell")
TEAMS = ("Safeguarding East", "Leaving Care")
CASES = ("CS-10427", "40112", "Hollis-2019", "9434765919")

#: A sentence, and what in it may say who a child is, in order.
TELLING = [
    # Numbers
    ("NHS no 943 476 5870 is on the referral.", ["943 476 5870"]),
    ("Chased health for 4010232137 again.", ["4010232137"]),
    ("Numbers 401-023-2137 and 943 476 5870 were muddled.", ["401-023-2137", "943 476 5870"]),
    # Days of birth
    ("The youngest, dob 12/3/2014, starts school.", ["dob 12/3/2014"]),
    ("D.O.B.: 03.04.09 was wrong on the form.", ["D.O.B.: 03.04.09"]),
    ("Date of birth 2011-05-30 to be checked.", ["Date of birth 2011-05-30"]),
    ("The baby was born on 4 March and is doing well.", ["born on 4 March"]),
    ("Born 21st of June 2016, the fourth in the family.", ["Born 21st of June 2016"]),
    ("born March 3rd, 2012", ["born March 3rd, 2012"]),
    ("Two of them (12/03/2014 DOB) are placed apart.", ["12/03/2014 DOB"]),
    # Families
    ("Stretched since the transfer of the Beech Road sibling group.", ["Beech Road sibling group"]),
    ("Beech Road family: visits in date.", ["Beech Road family"]),
    ("We went over the Harcastle children at length.", ["Harcastle children"]),
    ("The Harcastle family moved again.", ["Harcastle family"]),
    ("Worried about the Penn-Gower siblings.", ["Penn-Gower siblings"]),
    ("The O’Dowda household is calmer.", ["O’Dowda household"]),
    ("She holds the Żukowska case alone.", ["Żukowska case"]),
    ("The van Rooyen twins are in a new school.", ["Rooyen twins"]),
    # Children and those around them
    ("Pre-birth assessment for Baby Jones is late.", ["Baby Jones"]),
    ("The plan for unborn Jarrold was agreed.", ["unborn Jarrold"]),
    ("Rang the mum of Tyler twice.", ["mum of Tyler"]),
    ("Tyler’s mum did not answer.", ["Tyler’s mum"]),
    ("Mia's foster carer gave notice.", ["Mia's foster"]),
    ("His brother Kayden has joined a gang.", ["brother Kayden"]),
    ("A girl called Maisie told her teacher.", ["girl called Maisie"]),
    ("The boy named Jo was missing again.", ["boy named Jo"]),
    ("Seen with children Ella and Mia on Friday.", ["children Ella"]),
    ("Mrs Harcastle complained about the delay.", ["Mrs Harcastle"]),
    ("Dad Wayne wants contact.", ["Dad Wayne"]),
    ("Her daughter Chloe Penn was excluded.", ["daughter Chloe Penn"]),
    # First name and surname
    ("Contact for Kayden Harcastle is supervised.", ["Kayden Harcastle"]),
    ("Kayden Harcastle was seen alone.", ["Kayden Harcastle"]),
    ("On Monday Kayden Harcastle came to the office.", ["Kayden Harcastle"]),
    ("Discussed: Mia van Rooyen, who is doing well.", ["Mia van Rooyen"]),
    ("Met\nKayden Harcastle\nat home.", ["Kayden Harcastle"]),
    ("Seen: Zofia Żukowska (seven).", ["Zofia Żukowska"]),
    ("Niamh took Kayden Harcastle swimming.", ["Kayden Harcastle"]),
    (
        "dob 1/2/2015; Tyler’s dad; 943 476 5870.",
        ["dob 1/2/2015", "Tyler’s dad", "943 476 5870"],
    ),
]

#: What people write in supervision, and what must not be remarked on.
SILENT = [
    "Seventeen children, two in proceedings.",
    "Niamh feels stretched; visits are in date but recording is a week behind.",
    "Agreed to hold allocations until 27 March and to protect Thursday mornings for recording.",
    "Niamh Clarke and Tomasz Wiśniewski will do the joint visit to CS-10427.",
    "Niamh’s mother is unwell, so Thursdays need some give.",
    "Lan has seen the parents in CS-10427 and in 40112.",
    "Sam O’Hara-Bell is covering duty.",
    "We used Signs of Safety to map the worries.",
    "Read Working Together before the Child Protection Conference.",
    "Registration with Social Work England is due in November.",
    "The Children Act and the Public Law Outline were looked at again.",
    "Family Group Conference booked for Tuesday.",
    "The Family Court asked for a statement by Friday 12 May 2017.",
    "Early Help have closed; Children’s Services remain involved.",
    "Booked on Safer Recruitment and on Research in Practice.",
    "Cafcass and the Guardian agree with the plan.",
    "Saw mum Thursday and dad Friday, both at home.",
    "Mum and Dad are talking again.",
    "Baby is thriving and Mum is proud.",
    "Child A and Child B have different views.",
    "Looked After Children reviews are all in date.",
    "The Polish family needs an interpreter.",
    "Older children do better in that placement.",
    "All children were seen alone.",
    "Half of the families on the list have a written plan.",
    "The team moved from Kings Road to the Civic Centre.",
    "Parking at Beech Road is a nuisance.",
    "She lives in Milton Keynes and works from home.",
    "Safeguarding East and Leaving Care share a duty rota.",
    "Annual leave from 3 June 2017 to 14 June 2017.",
    "The idea was born in a team meeting.",
    "Supervision was held on 12/03/2017 for 95 minutes.",
    "Call me on 07700 900123 or 01632 960000.",
    "The order number is 1234567890, the reference 0000000000.",
    "Case 9434765919 was closed, as was Hollis-2019.",
    "Appraisal due by 31 March; DBS renewed on 4 April.",
    "TOIL stands at seven hours; no sickness since January.",
    "What went well? What was hard? What surprised you?",
    "Reflection: we stayed with one visit that felt flat.",
    "Theory into practice: attachment as a lens, and where it stops helping.",
    "Next date: Wednesday 12 April, Room 3.",
    "Everyone’s family comes first this week.",
    "The worker’s case file was audited; the manager’s view was the same.",
    "Today’s case discussion took half an hour.",
    "Yesterday’s school visit went ahead.",
    "Ofsted rang. NHS colleagues and the Police came to the Strategy Meeting.",
    "Three Houses and Words and Pictures worked with the younger one.",
    "A hard week: two removals and a complaint.",
    "Feels settled. Settling in was slow. Asked Leeds for the file.",
    "The Independent Reviewing Officer wants a Pathway Plan.",
    "",
    "   \n\n",
]


def told(text: str) -> list[str]:
    return [each.words for each in suspects(text, STAFF, CASES, TEAMS)]


@pytest.mark.parametrize(("text", "expected"), TELLING, ids=lambda each: str(each)[:40])
def test_what_may_say_who_a_child_is_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", SILENT, ids=lambda each: each[:40])
def test_ordinary_prose_passes_in_silence(text: str) -> None:
    assert told(text) == []


def test_there_is_enough_to_go_by() -> None:
    assert len(TELLING) + len(SILENT) >= 60


def test_each_kind_has_a_sentence_with_the_words_and_what_to_do() -> None:
    (number,) = suspects("943 476 5870")
    (birth,) = suspects("dob 12/3/2014")
    (name,) = suspects("the Beech Road  sibling group")
    assert [each.kind for each in (number, birth, name)] == [NHS_NUMBER, DATE_OF_BIRTH, NAME]
    assert number.sentence.startswith(
        "This looks like an NHS number (“943 476 5870”). Use the case number"
    )
    assert birth.sentence.startswith("This looks like a date of birth (“dob 12/3/2014”).")


def test_the_prose_of_the_practice_service_passes_in_silence() -> None:
    """It was written by somebody else, and names nobody but staff."""

    def rows(sheet: str) -> list[dict[str, str]]:
        with resource("practice", f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    staff, teams = [row["name"] for row in rows("people")], {row["team"] for row in rows("posts")}
    prose = [
        row[field.name]
        for kind in KINDS
        for row in rows(kind.sheet)
        for field in kind.fields
        if field.prose and row.get(field.name)
    ]
    assert len(prose) > 500
    assert [each.words for text in prose for each in suspects(text, staff, (), teams)] == []


def test_only_a_right_check_digit_makes_an_nhs_number() -> None:
    wrong = [f"943476587{n}" for n in range(10) if n != 0]
    assert told(" ".join(wrong)) == []
    assert told("9434765870 94347658701 x9434765870") == ["9434765870"]


def test_staff_teams_and_case_references_are_spared_and_others_are_not() -> None:
    text = "Adaeze Nwosu saw Hollis-2019 with Safeguarding East."
    assert [each.words for each in suspects("Adaeze Nwosu came.")] == ["Adaeze Nwosu"]
    assert told(text) == []


@given(st.text(max_size=300) | st.sampled_from(NASTY_PROSE))
def test_any_text_is_read_and_the_places_are_in_it_in_order(text: str) -> None:
    found = suspects(text, STAFF, CASES)
    ends = 0
    for each in found:
        assert ends <= each.start < each.end <= len(text)
        assert " ".join(text[each.start : each.end].split()) == each.words
        ends = each.end


@given(st.lists(st.sampled_from([text for text, _ in TELLING] + SILENT), max_size=8))
def test_sentences_on_lines_of_their_own_do_not_change_one_another(texts: list[str]) -> None:
    expected = [each.words for text in texts for each in suspects(text, STAFF, CASES, TEAMS)]
    assert told("\n".join(texts)) == expected


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "Aa " * n,
    lambda n: "Baby " * n,
    lambda n: "Aa Road " * n,
    lambda n: "mum of " * n,
    lambda n: "Aa’s " * n,
    lambda n: "dob " * n,
    lambda n: "born on the " * n,
    lambda n: "1" * n,
    lambda n: "12/3/" * n,
    lambda n: "943 476 " * n,
    lambda n: "-’" * n,
    lambda n: "A" + "a’a" * n,
    lambda n: "Aa de " * n,
    lambda n: " " * n + "Aa",
    lambda n: "Aa\n" * n,
]


def steps(text: str) -> int:
    """How many lines of Python it takes to read a text."""
    count = 0

    def line(_: Any, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        suspects(text, STAFF, CASES)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda make: make(2).strip())
def test_twice_the_text_is_twice_the_work(hostile: Callable[[int], str]) -> None:
    assert steps(hostile(400)) <= 2.2 * steps(hostile(200)) + 200


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda make: make(2).strip())
def test_a_hundred_thousand_hostile_characters_are_read(hostile: Callable[[int], str]) -> None:
    text = hostile(100_000 // len(hostile(1)) + 1)
    assert all(each.end <= len(text) for each in suspects(text))
