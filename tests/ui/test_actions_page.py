"""What was promised: open actions, how often carried, done in one key."""

from __future__ import annotations

from pytestqt.modeltest import ModelTester

from tests.ui.driving import Driver


def test_overdue_actions_come_first_and_say_how_often_they_were_carried(practice: Driver) -> None:
    practice.looks_at("Leaving Care")
    page = practice.opens("actions")
    first = page.model.records[0]
    assert first.days_overdue == max(action.days_overdue for action in page.model.records) > 0
    practice.sees("open action", "overdue", "4 times", "Yusuf Iqbal")


def test_space_says_done_and_undo_takes_it_back(practice: Driver) -> None:
    page = practice.opens("actions")
    before, text = len(page.model.records), page.table.chosen().text
    practice.presses("Space")
    assert len(page.model.records) == before - 1
    practice.does("undo")
    assert len(page.model.records) == before and text in practice.reads()


def test_only_what_is_overdue_can_be_shown_and_words_narrow_it(practice: Driver) -> None:
    page = practice.opens("actions")
    every = len(page.model.records)
    page.overdue.setChecked(True)
    assert 0 < len(page.model.records) < every
    page.overdue.setChecked(False)
    page.words.setText("housing tenancy")
    assert {record.name for record in page.model.records} == {"Yusuf Iqbal"}


def test_on_another_day_nothing_is_ticked_off(practice: Driver) -> None:
    practice.looks_at(day=practice.hands.today() - 3)
    page = practice.opens("actions")
    before = len(page.model.records)
    practice.presses("Space")
    assert len(page.model.records) == before
    assert "Go back to today" in practice.hears()


def test_an_empty_list_says_where_actions_come_from(empty: Driver) -> None:
    empty.opens("actions")
    empty.sees("Nothing is open", "written up")


def test_the_model_keeps_the_rules(practice: Driver, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(practice.opens("actions").model)
