"""Searching people, notes, actions and reasons."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QFont

from supervise.ui.pages.find import FindPage, laid_out
from supervise.workdays import day
from tests.making import NASTY
from tests.ui.driving import ME, Driver, unnamed


@pytest.fixture
def gone(practice: Driver) -> list[tuple[str, Any]]:
    """Where the window was asked to go, instead of going there."""
    asked: list[tuple[str, Any]] = []
    practice.desk.asked_for.disconnect(practice.window.open_page)
    practice.desk.asked_for.connect(lambda name, subject: asked.append((name, subject)))
    return asked


def looks_for(practice: Driver, words: str) -> FindPage:
    practice.presses("Ctrl+F")
    practice.types(words)
    practice.presses("Return")
    page = practice.window.front
    assert isinstance(page, FindPage)
    return page


def test_a_name_is_found_without_its_accents_and_enter_opens_the_person(
    practice: Driver, gone: list[tuple[str, Any]]
) -> None:
    page = looks_for(practice, "wisniewski")
    practice.sees("“wisniewski”", "1 person", "Tomasz Wiśniewski", "Social worker · Safeguarding East")
    person = page.chosen_person()
    practice.presses("Return")
    assert gone == [("person", person)]


def test_people_come_before_what_was_written(practice: Driver) -> None:
    page = looks_for(practice, "morgan")
    kinds = [hit.kind for hit in page.table.records]
    assert kinds[0] == "person" and kinds == sorted(kinds, key=lambda kind: kind != "person")


def test_what_was_written_is_found_with_its_day_and_person_and_opens_the_session(
    practice: Driver, gone: list[tuple[str, Any]]
) -> None:
    page = looks_for(practice, "court skills")
    practice.sees("Rhiannon Pugh", "Booked on the next court skills day.")
    hit = page.table.records[0]
    assert [hit.text[a:b] for a, b in hit.marks] == ["court", "skills"] and hit.on is not None
    practice.presses("Return")
    assert gone == [("session", hit.subject)]
    assert practice.workspace.store.row("session", hit.subject) is not None


def test_words_and_results_stay_when_one_comes_back(practice: Driver) -> None:
    page = looks_for(practice, "court")
    practice.presses("Down", times=3)
    chosen = page.view.chosen()
    practice.opens("guide")
    practice.opens("find")
    practice.sees("“court”")
    assert page.view.chosen() == chosen


def test_nothing_found_says_how_search_works(practice: Driver) -> None:
    page = looks_for(practice, "qwertz")
    practice.sees("Nothing found for “qwertz”.", "beginnings of words")
    assert not page.view.isVisible() and page.chosen_person() is None
    looks_for(practice, "court")
    practice.sees_not("Nothing found")


def test_before_anything_was_looked_for_it_says_where_to_type(practice: Driver) -> None:
    practice.opens("find")
    practice.sees("Type words in the field at the top (Ctrl+F) and press Enter.")


def test_on_another_day_everything_is_still_searched_and_that_is_said(practice: Driver) -> None:
    practice.looks_at(day=day("2025-03-31"))
    looks_for(practice, "wisniewski")
    practice.sees("Tomasz Wiśniewski", "also what came after that day")


def test_when_there_are_more_than_can_be_shown_it_says_so_and_shows_them(practice: Driver) -> None:
    page = looks_for(practice, "the")
    assert len([hit for hit in page.table.records if hit.kind != "person"]) == 50
    practice.sees("The best of more: ")
    practice.clicks("Show more")
    assert len(page.table.records) > 50


def test_what_is_written_later_is_found_at_once(practice: Driver) -> None:
    page = looks_for(practice, "zebra")
    practice.sees("Nothing found")
    session = next(practice.workspace.store.rows("session"))
    with practice.workspace.store.change("Note", by=ME) as change:
        change.put("session", {"id": session["id"], "reason": "A zebra on the bypass"})
    practice.desk.did(change)
    practice.settle()
    assert [hit.text for hit in page.table.records] == ["A zebra on the bypass"]


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_is_only_words(practice: Driver, text: str) -> None:
    practice.opens("find", text)
    practice.sees("“")


def test_what_was_found_is_bold_on_two_lines_at_most(practice: Driver) -> None:
    page = practice.opens("find", "court")
    hit = page.table.records[0]._replace(text="court " * 200, marks=((0, 5),))
    layout = laid_out(hit, practice.window.font(), 300)
    assert layout.lineCount() == 2
    assert [part.format.fontWeight() for part in layout.formats()] == [QFont.Weight.Bold]


def test_a_screen_reader_can_name_everything(practice: Driver) -> None:
    page = practice.opens("find", "court")
    assert unnamed(page) == []
