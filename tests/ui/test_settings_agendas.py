"""Settings, agendas: templates edited in place, saved as one change, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester

from supervise.doing.agendas import agenda_for
from supervise.doing.sheet import Heading
from supervise.doing.templates import BUILT_IN, Template, Templates
from supervise.store import Store, memory_store
from supervise.ui.pages.settings_agendas import AgendasSection, Line
from supervise.ui.pages.settings_agendas_table import HEADING, PART, PROMPT, Headings
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import ADA, SAM, put, small_team

OURS = (
    Heading(heading="Wellbeing", prompt="How are you?"),
    Heading(heading="Cases", part="case"),
    Heading(heading="Learning"),
)


@pytest.fixture
def store(hands: Hands) -> Store:
    return small_team(hands)


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    driver = opened(store)
    Templates(driver.workspace.here).save("One-to-one", "East", OURS)
    return driver


def section(driver: Driver) -> AgendasSection:
    page = driver.opens("settings", "agendas")
    assert isinstance(page.front, AgendasSection)
    return page.front


def stored(driver: Driver, name: str = "One-to-one", team: str | None = "East") -> list[str]:
    found = Templates(driver.workspace.here).named(name, team)
    return [each.heading for each in found.headings] if found else []


def stands_on(shown: AgendasSection, row: int, column: int = HEADING) -> None:
    shown.editor.view.setFocus()
    shown.editor.view.setCurrentIndex(shown.editor.headings.index(row, column))


def chosen(shown: AgendasSection) -> Template:
    line: Line | None = shown.view.chosen()
    assert line is not None
    return line.template


def changes(driver: Driver) -> list[str]:
    return [line.label for line in driver.workspace.history()]


# Showing


def test_the_list_names_each_template_whose_it_is_and_the_one_that_is_built_in(seat: Driver) -> None:
    shown = section(seat)
    seat.sees(
        "One-to-one | East | 3",
        f"One-to-one | comes with Supervise, where no other fits | {len(BUILT_IN.headings)}",
        "A change counts for new records only",
        "Wellbeing | How are you? | The worker",
        "Cases |  | Cases",
    )
    shown.view.setFocus()
    seat.presses("Down")
    seat.sees("Leave, health and safety")
    assert not shown.remove.isEnabled() and not shown.editor.headings.may_change
    stands_on(shown, 0)
    seat.presses("Delete")
    assert shown.editor.headings.headings == BUILT_IN.headings


# Editing in place


def test_headings_are_edited_moved_added_and_removed_by_keys_and_saved_as_one_change(
    seat: Driver,
) -> None:
    shown = section(seat)
    stands_on(shown, 0)
    seat.presses("Alt+Down", 2)
    seat.presses("Alt+Down")
    assert [each.heading for each in shown.editor.headings.headings] == [
        "Cases",
        "Learning",
        "Wellbeing",
    ]
    seat.presses("Alt+Up")
    assert shown.editor.view.currentIndex().row() == 1
    seat.presses("F2")
    seat.types("How you are")
    seat.presses("Return")
    seat.clicks("Add a heading")
    seat.types("Team")
    seat.presses("Return")
    stands_on(shown, 0)
    seat.presses("Delete")
    assert stored(seat) == ["Wellbeing", "Cases", "Learning"], "nothing is stored yet"
    before = changes(seat)
    seat.clicks("Save the template")
    assert stored(seat) == ["How you are", "Team", "Learning"]
    assert seat.hears() == "Change the template “One-to-one” of East."
    assert len(changes(seat)) == len(before) + 1
    assert [each.heading for each in agenda_for(seat.workspace.store, ADA, seat.hands.today(), "one_to_one")] \
        == ["How you are", "Team", "Learning"]  # fmt: skip
    seat.does("undo")
    assert stored(seat) == ["Wellbeing", "Cases", "Learning"]
    seat.sees("Wellbeing | How are you? | The worker")


def test_a_part_is_chosen_from_a_list(seat: Driver) -> None:
    shown = section(seat)
    stands_on(shown, 2, PART)
    seat.presses("Return")
    box = shown.editor.view.indexWidget(shown.editor.view.currentIndex())
    assert isinstance(box, QComboBox) and box.currentText() == "The worker"
    box.setCurrentIndex(1)
    shown.editor.view.end_editing()
    seat.clicks("Save the template")
    found = Templates(seat.workspace.here).named("One-to-one", "East")
    assert found is not None and found.headings[2] == Heading(heading="Learning", part="case")


def test_a_prompt_of_several_lines_stays_as_it_is_when_nobody_types_in_it(seat: Driver) -> None:
    templates = Templates(seat.workspace.here)
    templates.save("One-to-one", "East", [Heading(heading="A", prompt="One\ntwo")])
    shown = section(seat)
    stands_on(shown, 0, PROMPT)
    seat.presses("F2")
    assert isinstance(seat.where(), QLineEdit)
    seat.presses("Return")
    assert not shown.editor.is_edited


def test_what_cannot_be_saved_is_told_and_stays_on_the_screen(seat: Driver) -> None:
    shown = section(seat)
    seat.clicks("Add a heading")
    seat.presses("Return")
    seat.clicks("Save the template")
    assert "Heading 4 is empty." in seat.hears()
    assert len(shown.editor.headings.headings) == 4 and len(stored(seat)) == 3
    seat.opens("actions")
    assert seat.window.front is not None and seat.window.front.name == "settings", (
        "it must be seen first"
    )
    shown.view.setFocus()
    seat.presses("Down")
    assert chosen(shown).team == "East"
    assert len(shown.editor.headings.headings) == 4
    seat.clicks("Put back what is stored")
    assert [each.heading for each in shown.editor.headings.headings] == [
        "Wellbeing",
        "Cases",
        "Learning",
    ]
    seat.opens("actions")
    assert seat.window.front.name == "actions"


def test_leaving_keeps_what_was_edited_even_in_a_cell_that_is_still_open(seat: Driver) -> None:
    shown = section(seat)
    stands_on(shown, 2)
    seat.presses("F2")
    seat.types("Growing")
    seat.opens("actions")
    assert stored(seat) == ["Wellbeing", "Cases", "Growing"]
    assert seat.hears() == "Change the template “One-to-one” of East."
    seat.opens("settings", "agendas")
    stands_on(shown, 2)
    seat.presses("F2")
    seat.types("Learning")
    shown.view.setFocus()
    seat.presses("Down")
    assert stored(seat) == ["Wellbeing", "Cases", "Learning"]
    assert chosen(shown) == BUILT_IN
    seat.sees("Leave, health and safety")


# New ones


def test_a_new_template_for_a_team_begins_from_the_built_in_headings(seat: Driver) -> None:
    post = {"person_id": SAM, "team": "Managers", "role": "team_manager", "from": "2024-01-01"}
    put(seat.workspace.store, "post", post)
    shown = section(seat)
    seat.looks_at(team="Managers")
    seat.clicks("New template")
    assert seat.where() is shown.editor.name and shown.editor.team.currentText() == "Managers"
    seat.sees("A new template, not saved yet", "Called after a role or a kind of session (")
    seat.types("Newly qualified")
    seat.clicks("Save the template")
    assert stored(seat, "Newly qualified", "Managers") == [each.heading for each in BUILT_IN.headings]
    assert chosen(shown) == Template("Newly qualified", "Managers", BUILT_IN.headings)
    assert not shown.editor.naming.isVisible()


def test_a_copy_is_for_every_team_unless_one_says_whose(seat: Driver) -> None:
    shown = section(seat)
    seat.clicks("Copy as a new one")
    assert shown.editor.team.currentText() == "Every team"
    seat.clicks("Save the template")
    assert stored(seat, "One-to-one", None) == ["Wellbeing", "Cases", "Learning"]


def test_a_name_that_is_taken_is_never_written_over(seat: Driver) -> None:
    shown = section(seat)
    seat.clicks("Copy as a new one")
    shown.editor.team.setCurrentIndex(shown.editor.team.findData("East"))
    seat.clicks("Save the template")
    assert "There is a template “One-to-one” for East already." in seat.hears()
    assert shown.editor.is_new
    seat.clicks("Put back what is stored")
    seat.sees("One-to-one, East")
    assert not shown.editor.is_new


def test_a_new_one_in_which_nothing_was_written_is_let_go(seat: Driver) -> None:
    section(seat)
    before = changes(seat)
    seat.clicks("New template")
    seat.opens("actions")
    assert seat.window.front is not None and seat.window.front.name == "actions"
    assert changes(seat) == before


def test_a_template_is_removed_and_brought_back(seat: Driver) -> None:
    shown = section(seat)
    seat.clicks("Remove the template chosen")
    seat.sees("Remove “One-to-one” for East?", "It has 3 headings.")
    seat.clicks("Remove")
    assert stored(seat) == [] and seat.hears() == "Remove the template “One-to-one” of East."
    assert chosen(shown) == BUILT_IN
    seat.does("undo")
    assert len(stored(seat)) == 3


# Where nothing can be changed


def test_on_another_day_and_in_a_service_store_they_are_only_read(
    seat: Driver, opened: Callable[..., Driver], hands: Hands
) -> None:
    shown = section(seat)
    seat.looks_at(day=seat.hands.today() - 30)
    seat.sees("To change anything, go back to today (Ctrl+D).", "Wellbeing | How are you? | The worker")
    for made in (shown.new, shown.copy, shown.remove, shown.editor.save_button, *shown.editor.deeds):
        assert not made.isEnabled(), made.text()
    driver = opened(memory_store(hands, service=True))
    shown = section(driver)
    driver.sees("This is a service store", "Leave, health and safety")
    assert not shown.new.isEnabled() and not shown.copy.isEnabled()


# Everybody can use it


def test_the_model_keeps_the_rules(qtmodeltester: ModelTester) -> None:
    model = Headings()
    model.show(OURS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.add(1)
    assert model.headings[1] == Heading(heading="", part="personal")
    assert not model.move(0, -1) and not model.move(3, 1)
    assert model.move(0, 3) and model.move(3, -3)
    model.remove(1)
    assert model.headings == OURS
    assert not model.setData(model.index(0, PART), "nonsense")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(
    opened: Callable[..., Driver], store: Store, percent: int
) -> None:
    driver = opened(store, percent=percent)
    shown = section(driver)
    assert unnamed(shown) == []
    driver.clicks("New template")
    assert unnamed(shown) == []
    assert shown.area.horizontalScrollBar().maximum() == 0
    assert (driver.window.width(), driver.window.height()) == (1090, 610)
