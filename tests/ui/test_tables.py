"""The one table model: it keeps Qt's rules, and what is chosen stays chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from supervise.ui.tables import RECORD, Column, Table, TableView

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    days: int


COLUMNS = (
    Column("Person", lambda person: person.name, second=lambda person: f"no. {person.id}"),
    Column("Days", lambda person: str(person.days), sort=lambda person: person.days, right=True),
)
PEOPLE = [Person(1, "Ada", 12), Person(2, "Zoë", 3), Person(3, "Bilal", 101)]


@pytest.fixture
def table() -> Table:
    made = Table(COLUMNS, lambda person: person.id)
    made.show(PEOPLE)
    return made


def names(table: Table) -> list[str]:
    return [person.name for person in table.records]


def test_it_keeps_every_rule_of_a_model(table: Table, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table)
    table.sort(1, DOWN)
    table.filter("a")
    table.show([*PEOPLE, Person(4, "Dai", 0)])
    qtmodeltester.check(table)


def test_it_sorts_by_what_is_meant_and_not_by_how_it_is_written(table: Table) -> None:
    table.sort(1, UP)
    assert names(table) == ["Zoë", "Ada", "Bilal"]
    table.sort(1, DOWN)
    assert names(table) == ["Bilal", "Ada", "Zoë"]
    table.sort(-1, UP)
    assert names(table) == ["Ada", "Zoë", "Bilal"]


def test_it_shows_only_what_has_every_word_in_any_column(table: Table) -> None:
    table.filter("NO. 101")
    assert names(table) == ["Bilal"]
    table.filter("a 12")
    assert names(table) == ["Ada"]
    table.filter("")
    assert len(table.records) == 3


def test_it_says_what_it_shows_to_who_cannot_see_it(table: Table) -> None:
    index = table.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Person: Ada, no. 1"
    assert index.data(RECORD) is PEOPLE[0]


@given(st.lists(st.integers(0, 50), unique=True), st.lists(st.integers(0, 50), unique=True))
def test_showing_other_records_shows_them_and_no_other(before: list[int], after: list[int]) -> None:
    table = Table(COLUMNS, lambda person: person.id)
    table.sort(1, UP)
    table.show([Person(n, f"P{n}", -n) for n in before])
    table.show([Person(n, f"P{n}", -n) for n in after])
    assert [person.id for person in table.records] == sorted(after, reverse=True)
    assert table.rowCount() == len(after)


def test_what_is_chosen_stays_chosen_when_the_records_are_shown_anew(table: Table, qtbot: QtBot) -> None:
    view = TableView(table, "People")
    qtbot.addWidget(view)
    view.show()
    assert view.choose(3)
    table.sort(0, DOWN)
    assert view.chosen() == PEOPLE[2]
    table.show([replace(PEOPLE[2], name="Bilal H"), PEOPLE[0]])
    assert view.chosen().name == "Bilal H"
    table.show([PEOPLE[0]])
    assert view.chosen() == PEOPLE[0]
    assert not view.choose(99)


def test_copied_rows_suit_a_spreadsheet_and_are_no_formula(table: Table, qtbot: QtBot) -> None:
    table.show([Person(7, "=1+1", 4), Person(8, "Ann\nTab\tby", 5)])
    view = TableView(table, "People")
    qtbot.addWidget(view)
    view.selectAll()
    assert view.copied() == "Person\tDays\n'=1+1\t4\nAnn Tab by\t5"
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.copied()


def test_enter_opens_the_row(table: Table, qtbot: QtBot) -> None:
    view = TableView(table, "People")
    qtbot.addWidget(view)
    opened: list[Person] = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    view.choose(2)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [PEOPLE[1]]
