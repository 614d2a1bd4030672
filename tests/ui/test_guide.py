"""The guide, as a manager three weeks in post meets it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from supervise import guide
from supervise.ui.look import dress
from supervise.ui.pages import guide_parts, guide_reader
from supervise.ui.pages.guide import GuidePage
from supervise.ui.theme import theme_called
from supervise.workdays import day
from tests.ui.driving import Driver, unnamed

TEAM = "Safeguarding East"


@pytest.fixture
def page(practice: Driver) -> GuidePage:
    practice.looks_at(TEAM)
    opened: GuidePage = practice.opens("guide")
    return opened


def shown(page: GuidePage) -> str | None:
    return page.contents.page_id


def test_it_opens_on_my_people_and_says_what_is_asked_and_why(practice: Driver, page: GuidePage) -> None:
    assert shown(page) == "my-people"
    practice.sees(f"{TEAM}, supervised by Nerys Bowen", "Policy: Employer standards 2020")
    practice.sees("Siân Morgan", "every 2 weeks, until 10 May 2026; then monthly from 11 May 2026")
    practice.sees("Newly qualified: to six months, every 2 weeks: due 17 March.")
    practice.sees_not("Zainab Choudhury")


def test_a_team_without_anybody_is_told_what_to_do(empty: Driver) -> None:
    empty.opens("guide")
    empty.sees("Nobody here has a rule yet.")
    empty.opens("guide", "four-weeks")
    empty.sees("0 due, 0 bookings", "Nobody is due, and nothing is booked.")


def test_a_whole_service_is_asked_to_choose_a_team(
    practice: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide_parts, "MANY", 10)
    page = practice.opens("guide", "my-people")
    practice.sees("Choose your team at the top")
    assert page.parts["my-people"].cards.rows == []
    practice.looks_at(TEAM)
    practice.sees("Siân Morgan")


def test_the_next_four_weeks_say_who_is_due_and_who_is_booked(practice: Driver, page: GuidePage) -> None:
    practice.opens("guide", "four-weeks")
    practice.sees(
        "This week, 16 to 22 March", "Next week, 23 to 29 March", "In 2 weeks, 30 March to 5 April"
    )
    practice.sees("due 13 Mar 2026 · not booked yet", "booked Wed 25 Mar 2026")
    practice.sees("Nobody is due, and nothing is booked.")


def test_on_a_past_day_nothing_can_be_booked_from_here(practice: Driver, page: GuidePage) -> None:
    practice.opens("guide", "four-weeks")
    assert "Book…" in practice.buttons(page)
    practice.looks_at(TEAM, day("2025-11-05"))
    assert "Book…" not in practice.buttons(page)
    practice.sees("This week, 3 to 9 November")


def test_steps_are_ticked_off_and_remembered_on_this_computer(practice: Driver, page: GuidePage) -> None:
    practice.memory["steps_done"] = ["book-everyone", "a-step-of-a-newer-guide"]
    practice.opens("guide", "first-month")
    practice.sees("The first month: 8 of 9 steps left")
    assert page.contents.currentItem().text(0) == "The first month: 8 of 9 left"
    practice.clicks("Done: Read why for each gap")
    practice.sees("The first month: 7 of 9 steps left")
    assert page.contents.currentItem().text(0) == "The first month: 7 of 9 left"
    assert practice.memory["steps_done"] == ["why-each-gap", "book-everyone", "a-step-of-a-newer-guide"]
    for step in guide.checklist():
        if step.id not in practice.memory["steps_done"]:
            practice.clicks(f"Done: {step.title}")
    practice.sees("The first month: 9 steps, all done")


def test_a_step_leads_to_its_page_and_a_page_to_others(practice: Driver, page: GuidePage) -> None:
    practice.opens("guide", "first-month")
    practice.clicks("Read “A new supervisor”, about: See each person once")
    assert shown(page) == "new-supervisor"
    practice.sees("A new supervisor")
    practice.opens("guide", "help-today")
    page.reader.setFocus()
    page.reader.moveCursor(QTextCursor.MoveOperation.Start)
    practice.presses("Tab")
    practice.presses("Return")
    assert shown(page) == "cadence", "the first link of the page, by the keyboard alone"


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("today", "help-today"),
        ("help-team", "help-team"),
        ("cadence", "cadence"),
        ("reports", "help-reports"),
    ],
)
def test_f1_from_a_page_opens_its_help(
    practice: Driver, page: GuidePage, subject: str, wanted: str
) -> None:
    practice.opens("guide", subject)
    assert shown(page) == wanted
    assert guide.text(wanted).splitlines()[0].removeprefix("# ") in practice.reads(page.reader)


def test_nothing_leads_out_of_the_program(practice: Driver, page: GuidePage) -> None:
    practice.opens("guide", "cadence")
    asked: list[str] = []
    page.reader.wanted.connect(asked.append)
    page.reader.anchorClicked.emit(QUrl("https://example.org/cadence.md"))
    page.reader.anchorClicked.emit(QUrl("help-nobody.md"))
    assert asked == [] and shown(page) == "cadence"
    assert page.reader.loadResource(2, QUrl("file:///etc/hostname")) is None


def test_a_link_to_the_outside_is_only_words() -> None:
    reader = guide_reader.Reader()
    reader.show_markdown(
        "See [our page](cadence.md), [theirs](https://example.org) or https://example.com."
    )
    ((cursor, address),) = guide_reader.links(reader.document())
    assert address == "cadence.md" and cursor.charFormat().fontUnderline()
    assert reader.toPlainText() == "See our page, theirs (https://example.org) or https://example.com."


def test_every_page_can_be_read_by_going_down_the_list(practice: Driver, page: GuidePage) -> None:
    seen = []
    every = ["my-people", "four-weeks", "first-month", *(page.id for page in guide.pages())]
    for _ in every:
        seen.append(shown(page))
        practice.presses("Down")
    assert seen == every, "the titles of groups are only read over"
    practice.presses("Home")
    practice.presses("Up")
    assert shown(page) == every[0]
    practice.presses("End")
    assert shown(page) == every[-1]


def test_what_is_chosen_is_whom_the_actions_are_about(practice: Driver, page: GuidePage) -> None:
    assert page.chosen_person() is None
    card = page.parts["my-people"].cards.rows[0]
    card.setFocus()
    assert page.chosen_person() == card.card.person
    practice.opens("guide", "cadence")
    assert page.chosen_person() is None


def test_other_colours_reach_the_page_that_is_read(practice: Driver, page: GuidePage) -> None:
    practice.opens("guide", "cadence")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dress(app, theme_called("dark"), 150)
    practice.settle()
    cursor, _ = next(iter(guide_reader.links(page.reader.document())))
    assert cursor.charFormat().foreground().color() == theme_called("dark")["link"]
    assert shown(page) == "cadence"


def test_a_screen_reader_can_name_everything(practice: Driver, page: GuidePage) -> None:
    for part in ("my-people", "four-weeks", "first-month", "cadence"):
        practice.opens("guide", part)
        assert unnamed(page) == []
