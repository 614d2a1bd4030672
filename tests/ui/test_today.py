"""Today, as a manager between two meetings sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from supervise.beginning import back_up
from supervise.doing.diary import Diary
from supervise.doing.looking import Looking
from supervise.doing.sheet import SheetAction
from supervise.doing.staff import Staff
from supervise.doing.writing import Writing
from supervise.places import Places
from supervise.store import create_store, memory_store
from supervise.store.elsewhere import set_second_place
from supervise.store.settings import EXPORTS, GATHERS
from supervise.ui.cards import CardRow
from tests.ui.driving import ME, Driver, Hands, practice_store, unnamed


def test_the_sentence_on_top_says_what_the_lists_below_hold(practice: Driver) -> None:
    practice.looks_at("Safeguarding East")
    page = practice.opens("today")
    today = Looking(practice.workspace.here).today(practice.hands.today(), "Safeguarding East")
    assert page.heading.text() == today.sentence
    assert f"{len(today.gaps)} gaps" in today.sentence
    names = [made.card.name for made in page.cards.rows]
    assert names[: len(today.gaps)] == [gap.row.name for gap in today.gaps]


def test_gaps_come_first_and_each_row_has_one_obvious_button(practice: Driver) -> None:
    practice.looks_at("Safeguarding East")
    page = practice.opens("today")
    practice.sees("Gaps", "Harpreet Kaur Gill", "Held, not evidenced", "Actions overdue", "Away now")
    assert all(made.card.deed for made in page.cards.rows)
    mains = [made.card for made in page.cards.rows if made.card.deed and made.card.deed.main]
    assert mains and mains[0].name == page.cards.rows[0].card.name


def test_up_and_down_go_through_all_the_lists(practice: Driver) -> None:
    practice.looks_at("Safeguarding East")
    page = practice.opens("today")
    assert page.cards.rows[0].hasFocus() and page.chosen_person() == page.cards.rows[0].card.person
    for row in page.cards.rows[1:]:
        practice.presses("Down")
        assert row.hasFocus()
    practice.presses("Up", times=len(page.cards.rows) + 3)
    assert page.cards.rows[0].hasFocus()


def test_a_new_manager_does_not_inherit_the_late_days(practice: Driver) -> None:
    since = practice.hands.today() - 9
    Staff(practice.workspace.here).change_supervisor(["W05"], "M04", since)
    practice.looks_at("Safeguarding East")
    practice.opens("today")
    practice.sees("days under Nerys Bowen and 10 days under Hywel Tudor")


def test_a_manager_new_in_post_is_shown_the_guide(practice: Driver) -> None:
    practice.looks_at("Assessment West")
    practice.opens("today")
    practice.sees("supervised by Ifeoma Okonkwo, three weeks in post. F1 opens the guide")


def test_done_on_an_overdue_action_takes_it_away_and_undo_brings_it_back(practice: Driver) -> None:
    practice.looks_at("Leaving Care")
    page = practice.opens("today")
    action = next(made for made in page.cards.rows if made.card.deed and made.card.deed.text == "Done")
    text = action.card.name
    practice.clicks(f"Done {text}")
    practice.sees_not(text)
    practice.clicks("Undo")
    practice.sees(text)


def test_counts_stand_beside_the_pages_where_something_waits(practice: Driver) -> None:
    practice.opens("today")
    assert (
        practice.window.side.buttons["today"].accessibleName()
        == practice.window.side.buttons["today"].text().replace("  ", ", ") + " waiting"
    )
    assert any(digit in practice.window.side.buttons["actions"].text() for digit in "123456789")


def test_another_day_is_told_in_a_band_and_changes_nothing(practice: Driver) -> None:
    practice.looks_at("Leaving Care", practice.hands.today() - 7)
    page = practice.opens("today")
    practice.sees("As at 11 March 2026", "nothing can be changed")
    done = next((m for m in page.cards.rows if m.card.deed and m.card.deed.text == "Done"), None)
    assert done is not None
    before = practice.workspace.store.head()
    practice.clicks(f"Done {done.card.name}")
    assert practice.workspace.store.head() == before and practice.hears() == ""
    done.setFocus()
    practice.presses("Return")
    assert practice.workspace.store.head() == before
    assert "Go back to today" in practice.hears()


def test_an_empty_store_says_so_kindly(empty: Driver) -> None:
    empty.opens("today")
    empty.sees("Nobody is in post here on this day")


def test_every_control_has_a_name_for_a_screen_reader(practice: Driver) -> None:
    practice.opens("today")
    assert unnamed(practice.window) == []


def test_midnight_turns_the_page_without_a_restart(practice: Driver) -> None:
    practice.opens("today")
    practice.sees("Wed 18 Mar 2026")
    practice.hands.move(days=1)
    practice.desk.view.changed.emit()
    practice.settle()
    practice.sees("Thu 19 Mar 2026")


CHANGING = {
    "Book…",
    "Give the reason…",
    "It was missed…",
    "Cancelled…",
    "Done",
    "Share…",
    "Record signature…",
}


def _buttons(page: Any) -> list[QPushButton]:
    return [each for row in page.cards.rows for each in row.findChildren(QPushButton)]


def _where(page: Any) -> tuple[CardRow, str]:
    """The card that has the keyboard, and what its button there says."""
    focus = page.window().focusWidget()
    row = next(each for each in page.cards.rows if each is focus or each.isAncestorOf(focus))
    return row, focus.text() if isinstance(focus, QPushButton) else ""


def _stands_on(page: Any, button: str) -> CardRow:
    row: CardRow = next(
        row for row in page.cards.rows for each in row.findChildren(QPushButton) if each.text() == button
    )
    next(each for each in row.findChildren(QPushButton) if each.text() == button).setFocus()
    return row


def test_reading_anew_leaves_the_keyboard_on_the_button_of_the_card(practice: Driver) -> None:
    practice.looks_at("Safeguarding East")
    page = practice.opens("today")
    for button in ("Why?", "Book…", "Open"):
        before = _stands_on(page, button).card
        practice.presses("F5")
        row, text = _where(page)
        assert (row.card.name, row.card.words, text) == (before.name, before.words, button)
        assert QApplication.focusWidget() is page.window().focusWidget()


def test_a_button_that_is_gone_leaves_the_keyboard_on_its_card(practice: Driver) -> None:
    page = practice.opens("today")
    row = _stands_on(page, "Give the reason…")
    before = row.card
    practice.presses("Space")
    practice.types("Off sick")
    practice.presses("Return")
    assert practice.dialog() is None
    row, text = _where(page)
    assert (row.card.name, text) == (before.name, "") and not row.card.more
    assert page.window().focusWidget() is row


def test_a_card_that_is_gone_leaves_the_keyboard_on_the_next(practice: Driver) -> None:
    practice.looks_at("Leaving Care")
    page = practice.opens("today")
    at = page.cards.rows.index(_stands_on(page, "Done"))
    after = page.cards.rows[at + 1].card.name
    practice.presses("Space")
    row, _ = _where(page)
    assert page.cards.rows.index(row) == at and row.card.name == after


@pytest.mark.parametrize("is_service", [False, True])
def test_what_would_be_refused_cannot_be_pressed_and_says_why(
    opened: Callable[..., Driver], hands: Hands, is_service: bool
) -> None:
    store = memory_store(hands)
    driver = opened(practice_store(hands, store))
    if is_service:
        store.settings.put(GATHERS, EXPORTS)
    else:
        driver.looks_at(None, hands.today() - 7)
    page = driver.opens("today")
    driver.presses("F5")
    made = _buttons(page)
    assert {each.text() for each in made} & CHANGING
    for each in made:
        assert each.isEnabled() is (each.text() not in CHANGING), each.text()
        if not each.isEnabled():
            assert each.toolTip() == each.accessibleDescription() != ""


def test_what_can_be_done_today_has_no_reason_against_it(practice: Driver) -> None:
    page = practice.opens("today")
    assert all(each.isEnabled() and not each.accessibleDescription() for each in _buttons(page))


def test_no_two_buttons_sound_the_same(practice: Driver) -> None:
    writing = Writing(practice.workspace.here)
    for person in ("W19", "W15"):
        sheet = writing.begin(person, practice.hands.today() - 40)
        sheet.minutes = 90
        sheet.actions.append(SheetAction(text="Ask about the flat", due_on=practice.hands.today() - 9))
        sheet.sections[0].text = "We talked about the flat."
        writing.finish(sheet)
    page = practice.opens("today")
    practice.presses("Down", times=2)
    names = [each.accessibleName() for each in _buttons(page)]
    assert sum("Done Ask about the flat" in each for each in names) == 2
    assert len(set(names)) == len(names), sorted(each for each in names if names.count(each) > 1)


def test_a_store_without_a_copy_off_this_computer_says_so(
    opened: Callable[..., Driver], hands: Hands, tmp_path: Path
) -> None:
    store, _ = create_store(
        Places(tmp_path / "s.store"), "kept by nobody else", now=hands, user=ME, program="a test"
    )
    seat = opened(practice_store(hands, store))
    seat.opens("today")
    seat.waits_until(lambda: "No copy off this computer yet" in seat.reads())
    seat.sees("Safe keeping")
    (tmp_path / "elsewhere").mkdir()
    set_second_place(store, tmp_path / "elsewhere")
    back_up(store)
    seat.presses("F5")
    seat.sees_not("Safe keeping")
    hands.move(days=8)
    seat.desk.did(Diary(seat.workspace.here).book("W05", hands.today() + 1).change)
    seat.waits_until(lambda: "No copy off this computer for 8 days" in seat.reads())
