"""The window itself: pages and back, the lock, undo, a file dropped on it, and what lacks being said."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from supervise.doing.diary import Diary
from supervise.ui.actions import ACTIONS
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
