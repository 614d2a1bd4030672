"""Verifying a paper: the same words are found, other words are not, and what came later is told."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.doing.papers.carried import LONGEST, MARKED, Carried, carried, choose
from supervise.doing.papers.listed import RECORD
from supervise.doing.papers.paper import About
from supervise.doing.papers.verifying import (
    AT_ONCE,
    NO_RECORD,
    OTHER_WORDS,
    Verified,
    read_code,
    verifying,
)
from supervise.doing.showing import finished
from supervise.errors import BadQuestion
from supervise.reports.content_code import content_code
from supervise.store.records import session_ids, written_records
from supervise.workdays import day, iso
from supervise.workspace import Workspace
from tests.making import ME, NASTY_PROSE, everything, now, put, workspace
from tests.reports.papers import words_of

SESSION = {
    "id": "S1", "person_id": "W1", "kind": "one_to_one", "status": "held", "held_on": "2019-08-01",
    "minutes": 60, "notes": "We spoke of leave.",
}  # fmt: skip
PARTS: dict[str, dict[str, Any]] = {
    "session_section": {"id": "x1", "session_id": "S1", "position": 1, "part": "personal", "heading": "Health"},
    "action": {"id": "x2", "session_id": "S1", "person_id": "W1", "text": "Ring the school."},
    "case_discussion": {"id": "x3", "session_id": "S1", "case_ref": "C-77", "decision": "Keep on."},
    "late_entry": {"id": "x4", "session_id": "S1", "entered_on": "2019-09-02", "text": "One.", "by": "Rose"},
    "statement": {"id": "x5", "session_id": "S1", "text": "I was there at two.", "by": "Ada", "on": "2019-09-03"},
}  # fmt: skip
#: Where words of a record stand that can be corrected: kind, row and field.
WORDS = (
    ("session", "S1", "notes"), ("session_section", "x1", "text"), ("action", "x2", "text"),
    ("case_discussion", "x3", "decision"), ("person", "W1", "name"),
)  # fmt: skip


def ada(**parts: dict[str, Any]) -> Workspace:
    """A record of Ada's, of one of each part if no others are named."""
    here = workspace()
    rows = {kind: [row] for kind, row in (parts or PARTS).items()}
    put(here, {"person": [{"id": "W1", "name": "Ada Mensah"}], "session": [SESSION], **rows})
    return here


def code(here: Workspace, session: str = "S1") -> str:
    return content_code(here.store.record(session))


def found(here: Workspace, typed: str, session: str | None = None) -> Verified:
    return finished(verifying(here.here, typed, session))


def test_the_record_that_says_the_same_is_found_with_its_whose_and_day() -> None:
    here = ada()
    for session in (None, "S1"):
        told = found(here, code(here), session)
        assert told == Verified("S1", "Ada Mensah", day("2019-08-01"), (), session)
        assert told.sentence() == "This paper says what the record says now (Ada Mensah, 1 Aug 2019)."


@given(
    blanks=st.lists(st.text(" \t\n\u00a0", max_size=3), min_size=21, max_size=21), capital=st.booleans()
)
def test_spaces_and_capitals_make_no_difference(blanks: list[str], capital: bool) -> None:
    plain = "3f2a9b0177c4d0e812ab"
    typed = "".join(blank + figure for blank, figure in zip(blanks, [*plain, ""], strict=True))
    assert read_code(typed.upper() if capital else typed) == plain


@pytest.mark.parametrize(("kind", "id", "field"), WORDS)
def test_any_change_of_words_is_no_longer_what_the_paper_says(kind: str, id: str, field: str) -> None:
    here = ada()
    printed = code(here)
    for words in NASTY_PROSE:
        with here.store.change("Correct it", by=ME) as change:
            row = here.store.row(kind, id)
            assert row is not None
            change.put(kind, row | {field: words if kind != "person" else words.strip()})
        assert found(here, printed).sentence() == NO_RECORD
        assert found(here, printed, "S1").sentence() == OTHER_WORDS
        assert found(here, code(here)).session == "S1"


@given(
    later=st.lists(
        st.tuples(st.booleans(), st.integers(0, 300), st.sampled_from(NASTY_PROSE)), max_size=4
    )
)
def test_what_is_added_later_is_told_and_breaks_nothing(later: list[tuple[bool, int, str]]) -> None:
    here = ada()
    printed, first = code(here), day("2019-09-04")
    for is_entry, after, words in sorted(later, key=lambda each: each[1]):
        on = iso(first + after)
        row = {"session_id": "S1", "text": words, "by": "Rose"}
        rows = (
            {"late_entry": [row | {"entered_on": on}]} if is_entry else {"statement": [row | {"on": on}]}
        )
        put(here, rows)
        assert found(here, code(here)).later == ()
    told = found(here, printed)
    assert told.session == "S1" and len(told.later) == len(later)
    if later:
        assert f"said before {len(later)} later entr" in told.sentence()


def test_each_later_entry_is_named_with_its_day_and_writer() -> None:
    here = ada(session_section=PARTS["session_section"])
    printed = code(here)
    put(here, {"late_entry": [PARTS["late_entry"]], "statement": [PARTS["statement"] | {"by": None}]})
    assert found(here, printed).sentence() == (
        "This paper says what the record (Ada Mensah, 1 Aug 2019) said before 2 later entries were added:"
        " a late entry of 2 Sep 2019 by Rose and a statement of 3 Sep 2019."
    )


def test_a_paper_of_one_part_is_known_by_the_code_of_the_whole() -> None:
    here = ada()
    for parts in ("both", "personal", "case"):
        out = BytesIO()
        list(here.press.make(RECORD, About(session="S1", parts=parts), out, at=now()))
        said = " ".join(words_of(out.getvalue()))
        printed = said.partition("Content code ")[2][:24]
        assert found(here, printed).session == "S1"


def test_every_record_is_tried_of_whatever_came_of_its_session_and_in_steps() -> None:
    here = workspace()
    many = 3 * AT_ONCE
    alike = {"person_id": "W1", "kind": "one_to_one"}
    first = day("2019-01-01")
    sessions = [
        alike | {"id": f"S{n}", "status": "held", "held_on": iso(first + n)} for n in range(many)
    ]
    missed = alike | {"id": "M", "status": "missed", "planned_on": "2018-01-01"}
    put(here, {"person": [{"id": "W1", "name": "Ada"}], "session": [*sessions, missed]})
    steps = list(verifying(here.here, "0" * 20))
    assert steps == [(0, many + 1), (AT_ONCE, many + 1), (2 * AT_ONCE, many + 1), (many, many + 1)]
    assert found(here, code(here, "M")).session == "M"
    assert found(here, code(here, "S7")).session == "S7"


def test_many_records_read_at_once_say_what_each_says_alone() -> None:
    here = workspace()
    put(here, everything())
    database = here.store.database
    ids = session_ids(database)
    assert sorted(ids) == sorted(row["id"] for row in here.store.rows("session"))
    together = written_records(database, [*ids, "nobody’s"])
    assert [content_code(each) for each in together] == [code(here, id) for id in ids]


def test_who_verified_a_paper_is_noted() -> None:
    here = ada()
    found(here, code(here))
    found(here, "0" * 20)
    found(here, "0" * 20, "S1")
    assert [(each.by, each.what, each.kind, each.id) for each in here.store.access.list()] == [
        (ME, "verified", "session", "S1"), (ME, "verified", "session", None), (ME, "verified", "session", "S1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ", "There is no code yet"),
        ("3f2a 9b01", "it has 20 figures and letters, and these are 8"),
        ("3f2a 9b01 77c4 d0e8 12ab 1", "these are 21"),
        ("3f2a 9bO1 77c4 dOe8 12al", "“o” and “l” are none of them"),
        ("x" * 100_000, "“x” is none of them"),
        ("٣" * 20, "“٣” is none of them"),
        ("<b>&amp;</b>", "“<”, “>”, “&”, “m” and “p” are none of them"),
    ],
)
def test_what_is_no_code_is_said_plainly(typed: str, sentence: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        read_code(typed)
    assert sentence in str(refused.value) and len(str(refused.value)) < 300


def test_a_session_that_is_not_there_is_told() -> None:
    with pytest.raises(BadQuestion, match="There is no session S9"):
        found(ada(), "0" * 20, "S9")


# What papers carry


def test_papers_carry_a_marking_until_another_is_chosen() -> None:
    here = workspace().here
    assert carried(here) == Carried(MARKED, None)
    choose(here, marking=" PROTECT:\n staff\u202e ", service="Northmere")
    assert carried(here) == Carried("PROTECT: staff", "Northmere")
    choose(here, service="")
    assert carried(here) == Carried("PROTECT: staff", None)


@pytest.mark.parametrize(
    "wrong", [{"marking": " \u200f "}, {"marking": "x" * (LONGEST + 1)}, {"service": "x" * 5_000}]
)
def test_what_papers_cannot_carry_changes_nothing(wrong: dict[str, str]) -> None:
    here = workspace().here
    with pytest.raises(BadQuestion):
        choose(here, **({"marking": "FINE", "service": "Fine"} | wrong))
    assert carried(here) == Carried(MARKED, None)
