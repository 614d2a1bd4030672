"""What every form and dialog keeps to: nothing chosen for anybody, nothing lost, nothing cut in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from supervise.ui.forms import DayEdit, Field, Form
from supervise.ui.inputs import FULL, LINE
from supervise.ui.theme import NAMES, contrast, palette, theme_called
from tests.ui.driving import START, Driver
from tests.ui.shots import TEAM, scenes

PROSE = "She said that the rota leaves no time to write anything up."


def today() -> int:
    return START.date().toordinal()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """One field of each kind that can begin empty."""
    kinds = (("court", "Court"), ("leave", "Leave"))
    made = Form(
        (
            Field(name="place", label="&Place", hint="Where it is."),
            Field(name="kind", label="&Kind", kind="choice", choices=kinds, required=True),
            Field(name="reason", label="&Reason", kind="choice", choices=kinds, typed=True),
            Field(name="many", label="&How many", kind="count"),
            Field(name="text", label="&More", kind="long"),
            Field(name="on", label="First &day", kind="day"),
        ),
        today,
    )
    qtbot.addWidget(made)
    made.show()
    return made


def pastes(line: QLineEdit | QPlainTextEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    line.setFocus()
    line.paste()


def reads(form: Form) -> str:
    return "\n".join(each.text() for each in form.findChildren(QLabel) if each.isVisible())


# Choices


def test_what_must_be_chosen_is_chosen_by_nobody_else(form: Form) -> None:
    assert form.value("kind") is None
    assert form.values() is None
    assert "Kind is needed." in reads(form)
    form.set_value("kind", "leave")
    values = form.values()
    assert values is not None and values["kind"] == "leave"


@pytest.mark.parametrize(("kind", "field"), [("absence", "kind"), ("variation", "clock")])
def test_a_fact_about_somebody_is_not_saved_with_a_choice_nobody_made(
    practice: Driver, kind: str, field: str
) -> None:
    practice.desk.deeds.edit_row(kind, {"person_id": "W05"})
    practice.settle()
    form = practice.dialog().form
    assert form.inputs[field].hasFocus()
    form.set_value("from", today())
    if kind == "variation":
        form.set_value("every", "6 weeks")
    before = len(list(practice.workspace.store.rows(kind)))
    practice.presses("Ctrl+Return")
    practice.sees("is needed.")
    assert len(list(practice.workspace.store.rows(kind))) == before


def test_the_keyboard_begins_in_the_first_field_that_is_needed_and_empty(form: Form) -> None:
    assert form.first() is form.inputs["kind"]
    form.set_value("kind", "court")
    assert form.first() is form.inputs["place"]
    form.set_value("place", "Room 4")
    assert form.first() is form.inputs["reason"]


# One line


def test_a_line_that_is_full_says_so_and_goes_on_saying_so(form: Form) -> None:
    place = form.inputs["place"]
    assert isinstance(place, QLineEdit)
    pastes(place, "x" * (LINE + 1))
    assert len(place.text()) == LINE and FULL in reads(form)
    form.values()
    assert FULL in reads(form)
    place.backspace()
    form.values()
    assert FULL not in reads(form) and "Where it is." in reads(form)


def test_a_choice_that_can_be_typed_says_when_it_is_full(form: Form) -> None:
    reason = form.inputs["reason"]
    assert isinstance(reason, QComboBox)
    line = reason.lineEdit()
    assert line is not None
    pastes(line, "x" * (LINE + 1))
    assert len(reason.currentText()) == LINE and FULL in reads(form)


def test_what_came_from_elsewhere_is_longer_and_is_not_cut(form: Form) -> None:
    long = "y" * (LINE * 2)
    form.set_value("place", long)
    form.set_value("reason", long)
    assert (form.value("place"), form.value("reason")) == (long, long)


def test_a_full_line_of_a_dialog_that_looks_when_typing_pauses_still_says_so(practice: Driver) -> None:
    practice.does("add_person")
    dialog = practice.dialog()
    pastes(dialog.form.inputs["name"], "x" * (LINE + 1))
    practice.waits_until(lambda: not dialog.pause.isActive())
    practice.sees(FULL)


@pytest.mark.parametrize("typed", ["9" * 5_000, "1001", "-1", "ten", "²"])
def test_no_number_is_made_of_what_is_none(form: Form, typed: str) -> None:
    form.set_value("many", typed)
    with pytest.raises(ValueError, match="whole number from 0 to 1,000"):
        form.value("many")


def test_noughts_before_a_number_do_not_count(form: Form) -> None:
    form.set_value("many", "0007")
    assert form.value("many") == 7
    form.set_value("many", "0")
    assert form.value("many") == 0


def test_a_refusal_repeats_the_beginning_of_what_was_typed_only(practice: Driver) -> None:
    practice.desk.deeds.edit_row("variation", {"person_id": "W05", "from": "2026-03-02"})
    practice.settle()
    form = practice.dialog().form
    form.inputs["clock"].setCurrentIndex(0)
    form.set_value("every", "as often as it can be done " * 7)
    practice.presses("Ctrl+Return")
    practice.sees("as often as it can be done as often as i…")
    said = [each for each in practice.reads().split("\n") if "…" in each]
    assert max(map(len, said)) < LINE


# Long text


def test_letters_without_end_are_laid_out_at_once(form: Form) -> None:
    long = form.inputs["text"]
    assert isinstance(long, QPlainTextEdit)
    words = _seconds(lambda: pastes(long, "word " * 20_000))
    long.clear()
    endless = _seconds(lambda: pastes(long, "x" * 100_000))
    assert len(form.value("text")) == 100_000
    assert endless < 4 * words + 0.1, "one letter after the other is as quick as words are"


def _seconds(does: Any) -> float:
    began = perf_counter()
    does()
    QGuiApplication.processEvents()
    return perf_counter() - began


DIALOGS = {
    "late entry": (lambda seat: seat.desk.deeds.add_late("PS0030"), "text"),
    "gap": (lambda seat: seat.desk.deeds.explain_gap("W05"), "text"),
    "agreement": (lambda seat: seat.desk.deeds.edit_row("agreement", {"person_id": "W05"}), "text"),
    "variation": (lambda seat: seat.desk.deeds.edit_row("variation", {"person_id": "W05"}), "reason"),
}


@pytest.mark.parametrize("which", DIALOGS)
def test_one_esc_does_not_throw_away_what_took_a_while_to_write(practice: Driver, which: str) -> None:
    opens, field = DIALOGS[which]
    opens(practice)  # type: ignore[no-untyped-call]
    practice.settle()
    dialog = practice.dialog()
    dialog.form.inputs[field].setFocus()
    practice.types(PROSE)
    practice.presses("Escape")
    practice.sees("What you have written would be gone.", PROSE)
    dialog.close()
    practice.settle()
    assert practice.dialog() is None


def test_what_was_written_since_is_asked_about_again(practice: Driver) -> None:
    practice.desk.deeds.add_late("PS0030")
    practice.settle()
    practice.types(PROSE)
    practice.presses("Escape")
    practice.types("And more.")
    practice.presses("Escape")
    assert practice.dialog() is not None
    practice.clicks("Cancel")
    assert practice.dialog() is None


def test_a_few_words_or_words_nobody_typed_here_are_let_go(practice: Driver) -> None:
    practice.desk.deeds.add_late("PS0030")
    practice.settle()
    practice.types("Oh no")
    practice.presses("Escape")
    assert practice.dialog() is None
    practice.desk.deeds.add_late("PS0030")
    practice.dialog().form.set_value("text", PROSE)
    practice.presses("Escape")
    assert practice.dialog() is None


def test_somebody_half_entered_and_a_list_pasted_are_not_gone_by_one_esc(practice: Driver) -> None:
    practice.does("add_person")
    practice.types("Ada Brown")
    practice.presses("Escape")
    practice.sees("What you have written would be gone.")
    practice.presses("Escape")
    assert practice.dialog() is None
    from supervise.ui.dialogs.caseload import CaseloadDialog

    CaseloadDialog(practice.desk, practice.window).show_over()
    pastes(practice.dialog().text, "Case number\tWorker\n123456\tBilal Hussain\n")
    practice.presses("Escape")
    practice.sees("What you have written would be gone.")
    practice.presses("Escape")
    assert practice.dialog() is None


# Names, keys and colours


def test_each_calendar_is_named_after_its_field(practice: Driver) -> None:
    practice.desk.deeds.edit_row("absence", {"person_id": "W05"})
    practice.settle()
    days = practice.dialog().findChildren(DayEdit)
    names = [each.findChild(QToolButton).accessibleName() for each in days]
    assert names == [
        "Pick a day from a calendar for First day",
        "Pick a day from a calendar for Last day",
    ]


def test_every_list_to_choose_from_is_heard_with_its_name(practice: Driver) -> None:
    rows = practice.workspace.store.rows("session", status="held", person_id="W14")
    practice.desk.deeds.sign(max(rows, key=lambda row: row["held_on"])["id"])
    practice.settle()
    heard = []
    for box in practice.dialog().findChildren(QComboBox):
        accessible = QAccessible.queryAccessibleInterface(box)
        labels = [each.text(QAccessible.Text.Name) for each, _ in accessible.relations()]
        heard.append((box.accessibleName(), labels))
    assert heard == [("How", ["How"]), ("Worker’s view", ["Worker’s view"])]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_in_an_empty_field_does_not_look_as_if_it_had_been_typed(name: str) -> None:
    worn = theme_called(name)
    assert worn["placeholder"] != worn["ink"]
    assert contrast(worn["placeholder"], worn["paper"]) >= 4.5
    assert contrast(worn["placeholder"], worn["ink"]) >= 1.5
    assert palette(worn).color(QPalette.ColorRole.PlaceholderText) == worn["placeholder"]


def test_an_example_says_that_it_is_one(practice: Driver) -> None:
    practice.opens("person", "W05")
    practice.does("book")
    shown = {
        each.placeholderText()
        for each in practice.dialog().findChildren(QLineEdit)
        if each.placeholderText()
    }
    assert shown and all(each.startswith("such as ") for each in shown)


def test_no_two_things_of_a_dialog_share_a_key(practice: Driver) -> None:
    practice.looks_at(TEAM)
    twice, seen = {}, []
    for name, bring_up in (*scenes(practice), *_stored(practice)):
        if not name.startswith("dialog-"):
            continue
        bring_up()
        practice.settle()
        if (dialog := practice.dialog()) is None:
            continue  # a page answers by itself
        seen.append(name)
        if name == "dialog-add_person":
            practice.clicks("More…")
        keys = list(_keys(dialog))
        if repeated := {key for key in keys if keys.count(key) > 1}:
            twice[name] = repeated
        dialog.done(0)
        practice.settle()
    assert twice == {} and len(seen) > 15


def _stored(practice: Driver) -> Iterator[tuple[str, Any]]:
    """Facts that are there already, which can be removed too."""
    for kind in ("post", "absence", "variation", "agreement", "case_allocation", "explanation"):
        rows = practice.workspace.store.rows(kind)
        for row in list(rows)[:1]:
            yield f"dialog-stored-{kind}", partial(practice.desk.deeds.edit_row, kind, dict(row))


def _keys(dialog: QDialog) -> Iterator[str]:
    """The letter after each single & that can be seen."""
    for each in dialog.findChildren(QLabel) + dialog.findChildren(QAbstractButton):
        if each.isVisible() and (isinstance(each, QAbstractButton) or each.buddy() is not None):
            for key in re.findall("&([^&])", each.text().replace("&&", "")):
                yield key.casefold()


def test_the_name_of_a_field_has_room_for_the_edge_of_its_last_letter(form: Form) -> None:
    for name in form.findChildren(QLabel):
        if name.buddy() is not None:
            assert name.width() > name.fontMetrics().horizontalAdvance(name.text().replace("&", ""))
