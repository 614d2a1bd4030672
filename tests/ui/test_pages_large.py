"""Large letters and long names: what matters most can still be seen. Everybody is made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from supervise.ui.pages.person_board import DUE, PERSON, STATUS
from tests.ui.driving import Driver, Hands, practice_store

Opens = Callable[..., Driver]


@pytest.fixture
def large(opened: Opens, hands: Hands) -> Driver:
    """The window in letters twice as large."""
    driver = opened(practice_store(hands), percent=200)
    driver.looks_at("Safeguarding East")
    return driver


def _seen(driver: Driver, widget: QWidget) -> QRect:
    """What of it can be seen in the window."""
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(driver.window, QPoint(0, 0)))


def test_team_shows_who_status_and_due_without_scrolling(large: Driver) -> None:
    view = large.opens("team").view
    for column in (PERSON, STATUS, DUE):
        right = view.columnViewportPosition(column) + view.columnWidth(column)
        assert right <= view.viewport().width(), column
    assert view.columnViewportPosition(STATUS) < view.columnViewportPosition(DUE)


def test_in_the_usual_letters_the_columns_stand_in_their_usual_order(large: Driver) -> None:
    view = large.opens("team").view
    large.memory["text_percent"] = 100
    view.fit()
    header = view.horizontalHeader()
    assert [header.visualIndex(at) for at in range(header.count())] == list(range(header.count()))


def test_five_lines_of_writing_can_be_seen_at_once(large: Driver) -> None:
    view = large.opens("session", ("new", "W02"))._view
    edit = view.parts.start_of(view.headings.currentRow())
    assert _seen(large, edit).height() >= 5 * edit.fontMetrics().lineSpacing()


def test_the_other_fields_are_one_key_away_and_come_by_themselves_where_something_is_wrong(
    large: Driver,
) -> None:
    view = large.opens("session", ("new", "W02"))._view
    head = view.head
    assert not head.start.isVisible() and not head.supervisor.isVisible()
    large.clicks("More…")
    assert head.start.isVisible() and head.place.isVisible() and head.supervisor.isVisible()
    head.start.setFocus()
    large.types("25 o'clock")
    large.clicks("Fewer")
    assert not head.start.isVisible()
    large.presses("Ctrl+Return")
    assert head.start.isVisible() and head.wrong.isVisible()


def test_the_box_of_headings_follows_the_keys_and_leads_them(large: Driver) -> None:
    view = large.opens("session", ("new", "W02"))._view
    box = view.middle.box
    assert box.isVisible() and not view.headings.isVisible()
    large.presses("Ctrl+Down")
    assert box.currentIndex() == view.headings.currentRow()
    large.types("We talked.")
    large.presses("Ctrl+S")
    assert box.currentText().endswith("✓")
    box.setFocus()
    large.presses("Down")
    assert box.currentIndex() == view.headings.currentRow() == view.parts.stack.currentIndex()


@pytest.mark.parametrize("percent", [100, 200])
def test_search_keeps_its_room_whatever_the_team_is_called(
    opened: Opens, hands: Hands, percent: int
) -> None:
    driver = opened(practice_store(hands), percent=percent)
    name = "Children in Need and Child Protection, Upper Valleys and Coast, Second Floor"
    with driver.workspace.store.change("Name a team", by="Nerys Bowen") as change:
        (old,) = [row for row in driver.workspace.store.rows("post", person_id="W02") if not row["to"]]
        change.put("post", {**old, "team": name})
    driver.looks_at(name)
    driver.opens("today")
    top = driver.window.top
    letters = top.words.fontMetrics().averageCharWidth()
    assert top.words.width() >= 14 * letters
    assert top.team.width() >= 8 * letters and name in top.team.toolTip()
    assert driver.window.width() == 1090
