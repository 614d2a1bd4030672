"""The window itself: pages and back, the lock, undo, a file dropped on it, and what lacks being said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from supervise.doing.diary import Diary
from supervise.doing.staff import Staff
from supervise.ui.actions import ACTIONS
from supervise.ui.pages import PAGES
from tests.ui.driving import Driver


def test_pages_open_by_their_keys_and_esc_goes_back(practice: Driver) -> None:
    practice.opens("today")
    practice.presses("Alt+4")
    assert practice.window.front.name == "actions"
    practice.presses("Alt+7")
    assert practice.window.front.name == "history"
    practice.presses("Esc")
    assert practice.window.front.name == "actions"
    practice.presses("Alt+Left")
    assert practice.window.front.name == "today"
    practice.presses("Esc")
    assert practice.window.front.name == "today"


def test_what_an_action_lacks_is_said(practice: Driver) -> None:
    practice.opens("history")
    practice.presses("Ctrl+B")
    assert practice.dialog() is None
    assert "Nobody is chosen yet" in practice.hears()


def test_nothing_is_changed_while_another_day_is_looked_at(practice: Driver) -> None:
    practice.looks_at(day=practice.hands.today() - 30)
    practice.opens("today")
    for action in ACTIONS:
        if "today" in action.needs:
            practice.does(action.name)
            assert practice.dialog() is None, action.name
            assert "You are looking at another day" in practice.hears(), action.name


def test_a_menu_shows_what_undo_would_be_about(practice: Driver) -> None:
    practice.opens("today")
    Diary(practice.workspace.here).book("W05", practice.hands.today() + 1, "10:00")
    practice.window._show_what_can_be_done()
    assert "Harpreet Kaur Gill" in practice.window.menus.by_name["undo"].text()
    assert not practice.window.menus.by_name["redo"].isEnabled()
    practice.window.menus.let_all()
    practice.presses("Ctrl+Z")
    assert "Undone: Book 19 Mar 2026 with Harpreet Kaur Gill" in practice.hears()
    practice.presses("Ctrl+Shift+Z")
    assert list(practice.workspace.store.rows("session", person_id="W05", status="planned"))


def test_the_lock_hides_everything_and_gives_it_back(practice: Driver) -> None:
    practice.opens("today")
    practice.does("add_person")
    assert practice.dialog() is not None
    practice.window.lock()
    practice.settle()
    assert practice.dialog() is None
    practice.sees("Supervise is locked")
    practice.sees_not("Harpreet", "Safeguarding")
    assert practice.window.windowTitle() == "Supervise, locked"
    practice.presses("Alt+4")
    assert practice.window.front.name == "today"
    practice.clicks("Unlock")
    assert practice.dialog() is not None
    assert practice.window.windowTitle() == "Supervise"


def test_a_file_dropped_on_the_window_is_brought_in(practice: Driver) -> None:
    practice.opens("today")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/no/such/tracker.xlsx")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    practice.window.dropEvent(drop)
    practice.settle()
    practice.waits_until(lambda: not practice.background.is_busy)
    assert practice.window.front.name == "bring_in"
    practice.sees("tracker.xlsx")


def test_text_grows_and_shrinks_by_keys(practice: Driver) -> None:
    practice.opens("today")
    practice.presses("Ctrl++")
    assert practice.memory["text_percent"] == 110
    practice.presses("Ctrl+-", times=2)
    assert practice.memory["text_percent"] == 90
    practice.presses("Ctrl+0")
    assert practice.memory["text_percent"] == 100


def test_midnight_reads_every_page_anew(practice: Driver) -> None:
    page = practice.opens("today")
    before = page.heading.text()
    practice.hands.move(days=40)
    practice.desk.view.changed.emit()
    practice.settle()
    assert page.heading.text() != before
    practice.sees("27 Apr 2026")


@pytest.mark.parametrize("page", PAGES)
def test_the_guide_and_about_open_from_every_page(practice: Driver, page: str) -> None:
    practice.opens(page)
    practice.does("about")
    assert practice.dialog() is not None
    practice.dialog().reject()
    practice.settle()
    practice.does("guide")
    assert practice.window.front.name == "guide"


def test_undo_at_the_foot_is_held_back_on_another_day(practice: Driver) -> None:
    practice.opens("today")
    practice.desk.did(Diary(practice.workspace.here).book("W05", practice.hands.today() + 1).change)
    head = practice.workspace.store.head()
    practice.looks_at(day=practice.hands.today() - 40)
    assert not practice.foot.undo.isVisible()
    practice.foot.undo_wanted.emit()
    assert practice.workspace.store.head() == head


def test_a_team_that_is_gone_is_no_longer_looked_at(practice: Driver) -> None:
    practice.opens("today")
    _, change = Staff(practice.workspace.here).add_person(
        "Zoë Zander", "Zteam", "social_worker", in_post_from=practice.hands.today()
    )
    practice.desk.did(change)
    practice.looks_at("Zteam")
    practice.sees("Zoë Zander")
    practice.presses("Ctrl+Z")
    assert practice.desk.view.team is None
    assert practice.window.top.team.currentText() == "Everyone"


def test_back_goes_to_the_same_person_again(practice: Driver) -> None:
    practice.opens("person", "W05")
    practice.opens("today")
    practice.opens("person", "W02")
    practice.opens("team")
    seen = []
    for _ in range(4):
        practice.presses("Esc")
        front = practice.window.front
        seen.append((front.name, front.chosen_person() if front.name == "person" else None))
    assert seen == [("person", "W02"), ("today", None), ("person", "W05"), ("person", "W05")]


def test_back_goes_from_one_person_to_the_one_before(practice: Driver) -> None:
    practice.opens("person", "W05")
    practice.opens("person", "W02")
    practice.presses("Esc")
    assert practice.window.front.chosen_person() == "W05"


def test_trouble_on_one_page_is_not_said_on_the_next(practice: Driver) -> None:
    practice.opens("history")
    practice.presses("Ctrl+B")
    assert "Open Today or Team" in practice.hears()
    practice.presses("Alt+2")
    assert practice.hears() == ""


def test_the_longest_word_does_not_widen_the_window(practice: Driver) -> None:
    practice.opens("today")
    practice.foot.note("W" * 100_000)
    practice.settle()
    assert practice.window.width() == 1090 and practice.window.minimumSizeHint().width() <= 1090


def test_the_list_of_pages_marks_what_one_is_on(practice: Driver) -> None:
    practice.opens("settings")
    practice.opens("person", "W05")
    marked = [name for name, made in practice.window.side.buttons.items() if made.isChecked()]
    assert marked == ["team"]
    practice.opens("find", "housing")
    assert not any(made.isChecked() for made in practice.window.side.buttons.values())
