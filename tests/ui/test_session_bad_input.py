"""What must not cost a word: full disks, pasted pictures, other scripts, endless notes, days that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest

from supervise.doing.sheet import Sheet, read_sheet
from supervise.doing.writing import Writing
from supervise.ui.pages.session_editor import PlainEdit
from supervise.ui.pages.session_flow import Columns
from supervise.ui.pages.session_parts import AGREED
from tests.making import LONG_NOTE, NASTY_PROSE
from tests.ui.driving import Driver, Hands, practice_store
from tests.ui.test_session import MARCUS, TOMASZ, YUSUF, drafts, goes_to, held_today, view, within

PARAGRAPHS = ("Długa notatka. " * 20 + "\n") * 334
"""A hundred thousand characters as people write them."""


@contextmanager
def full_disk(driver: Driver) -> Iterator[None]:
    """No page more in the store than there are."""
    database = driver.workspace.store.database
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        database.execute("PRAGMA max_page_count = 1000000")


def begins(driver: Driver, person: str = MARCUS) -> PlainEdit:
    """A record with its length, the keyboard in the first words; gives their editor."""
    driver.opens("session", ("new", person))
    driver.types("95")
    driver.presses("Tab")
    edit = driver.where()
    assert isinstance(edit, PlainEdit)
    return edit


def pastes(edit: PlainEdit, *, text: str = "", html: str = "", picture: bool = False) -> None:
    """Put something in as the clipboard would."""
    held = QMimeData()
    if text:
        held.setText(text)
    if html:
        held.setHtml(html)
    if picture:
        held.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    if edit.canInsertFromMimeData(held):
        edit.insertFromMimeData(held)


# --- A full disk


def test_a_full_disk_leaves_the_words_on_the_screen_and_says_what_to_do(practice: Driver) -> None:
    edit = begins(practice)
    with full_disk(practice):
        edit.insertPlainText(LONG_NOTE)
        practice.presses("Ctrl+S")
        practice.sees("What you have written is not saved yet", "free some space", "tried again")
        assert edit.words() == LONG_NOTE and drafts(practice) == []
        practice.opens("today")
        assert practice.window.front.name == "session"  # type: ignore[union-attr]
        assert "this page stays open" in practice.hears()
        practice.window.close()
        assert practice.window.isVisible()
    practice.presses("Ctrl+S")
    practice.sees("Draft saved")
    practice.sees_not("not saved yet")
    assert drafts(practice)[0].sections[0].text == LONG_NOTE


def test_after_a_full_disk_it_is_tried_again_without_a_key(practice: Driver) -> None:
    edit = begins(practice)
    with full_disk(practice):
        edit.insertPlainText(LONG_NOTE)
        practice.presses("Ctrl+S")
        assert drafts(practice) == []
    within(practice, 6_000, lambda: bool(drafts(practice)))
    practice.sees("Draft saved")


def test_a_disk_that_is_full_while_finishing_changes_nothing(practice: Driver) -> None:
    edit = begins(practice)
    edit.insertPlainText(LONG_NOTE)
    practice.presses("Ctrl+S")
    with full_disk(practice):
        practice.presses("Ctrl+Return", 2)
        assert practice.window.foot.property("trouble")
        assert edit.words() == LONG_NOTE
        assert not list(practice.workspace.store.rows("session", person_id=MARCUS, held_on="2026-03-18"))
    practice.presses("Ctrl+Return")
    assert practice.workspace.record(held_today(practice, MARCUS)).sections[0].text == LONG_NOTE


# --- What is pasted


def test_pasted_letters_lose_their_dress_and_pictures_never_get_in(practice: Driver) -> None:
    edit = begins(practice)
    pastes(edit, html="<h1>Plan</h1><p><b>Visit</b> on <i>Tuesday</i><img src='x.png'> at ten</p>")
    assert edit.words() == "Plan\nVisit on Tuesday at ten"
    pastes(edit, picture=True)
    pastes(edit, text=" and more", html="<b> and more</b>", picture=True)
    assert edit.words() == "Plan\nVisit on Tuesday at ten and more"
    practice.presses("Ctrl+Z")
    assert edit.words() == "Plan\nVisit on Tuesday at ten"


def test_a_file_that_is_dropped_on_the_words_is_none_of_them(practice: Driver) -> None:
    edit = begins(practice)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile("/nowhere/tracker.xlsx")])
    held.setText("file:///nowhere/tracker.xlsx")
    assert not edit.canInsertFromMimeData(held)
    edit.insertFromMimeData(held)
    assert edit.words() == ""


@pytest.mark.parametrize("text", NASTY_PROSE, ids=range(len(NASTY_PROSE)))
def test_whatever_is_pasted_is_recorded_as_it_was_pasted(practice: Driver, text: str) -> None:
    edit = begins(practice)
    pastes(edit, text=text)
    practice.presses("Ctrl+Return", 2)
    kept = practice.workspace.record(held_today(practice, MARCUS)).sections[0].text or ""
    lines = text.removeprefix("\ufeff")  # the clipboard itself takes a byte order mark away
    lines = lines.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    assert kept == lines


def test_nothing_at_all_is_no_letter(practice: Driver) -> None:
    edit = begins(practice)
    pastes(edit, text="a\0b")
    assert edit.words() == "ab"


# --- Scripts


def test_words_from_right_to_left_and_combining_marks_stay_as_they_were_typed(practice: Driver) -> None:
    edit = begins(practice)
    arabic, vietnamese = "قال إن الأسبوع كان صعبا", "Đức: e\u0302\u0301 và a\u0309"
    edit.insertPlainText(f"{arabic}\n{vietnamese}")
    assert edit.document().firstBlock().textDirection() is Qt.LayoutDirection.RightToLeft
    assert edit.document().lastBlock().textDirection() is Qt.LayoutDirection.LeftToRight
    practice.presses("Ctrl+Return", 2)
    record = practice.workspace.record(held_today(practice, MARCUS))
    assert record.sections[0].text == f"{arabic}\n{vietnamese}"
    practice.sees(arabic)


# --- Endless notes


@pytest.mark.parametrize("note", [LONG_NOTE, PARAGRAPHS], ids=["one paragraph", "paragraphs"])
def test_a_hundred_thousand_characters_are_kept_found_again_and_finished(
    practice: Driver, note: str
) -> None:
    edit = begins(practice)
    edit.insertPlainText(note)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    practice.types("End.")
    within(practice, 1_000, lambda: bool(drafts(practice)))
    practice.waits_until(lambda: not view(practice).keeper.is_dirty)
    assert drafts(practice)[0].sections[0].text == note + "End."
    practice.presses("Ctrl+Return", 2)
    record = practice.workspace.record(held_today(practice, MARCUS))
    assert record.sections[0].text == (note + "End.")


def test_while_keys_come_in_nothing_but_the_letters_is_done(practice: Driver) -> None:
    edit = begins(practice)
    edit.insertPlainText(PARAGRAPHS)
    practice.presses("Ctrl+S")
    kept = drafts(practice)[0].sections[0].text
    seen = view(practice).parts.all[view(practice).parts.first()].watch._seen  # type: ignore[union-attr]
    for _ in range(30):
        QTest.keyClick(edit, Qt.Key.Key_X)
    assert drafts(practice)[0].sections[0].text == kept
    assert view(practice).sheet.sections[0].text == kept
    assert view(practice).parts.all[view(practice).parts.first()].watch._seen is seen  # type: ignore[union-attr]


def test_words_that_nobody_edited_come_back_to_the_letter() -> None:
    odd = "a\N{NO-BREAK SPACE}b\u2028c\r\nd"
    sheet = Sheet(person=MARCUS, notes=odd)
    assert read_sheet(sheet.to_json()).notes == odd


def test_a_record_is_altered_only_where_somebody_wrote(practice: Driver) -> None:
    odd = "10\N{NO-BREAK SPACE}visits\u2028and a line"
    writing = Writing(practice.workspace.here)
    sheet = writing.begin(MARCUS, practice.hands.today())
    sheet.sections[1].text, sheet.place, sheet.minutes = odd, "  Quiet room ", 95
    writing.finish(sheet)
    practice.opens("session", sheet.session)
    practice.clicks("Change…")
    practice.presses("Tab")
    practice.types("One thing more.")
    practice.presses("Ctrl+Return", 2)
    again = practice.workspace.record(sheet.session)
    assert [each.text for each in again.sections[:2]] == ["One thing more.", odd]
    assert again.session.place == "  Quiet room "


# --- Fields that cannot be read


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("Alt+L", "31 Feb", "There is no 31 February"),
        ("Alt+L", "14 Mar 1890", "too far away to be right"),
        ("Alt+L", "someday", "cannot be read as a date"),
        ("Alt+T", "25:99", "no such time"),
        ("Alt+M", "an hour", "whole number such as 90"),
        ("Alt+M", "99999999999", "whole number such as 90"),
        ("Alt+M", "²", "whole number such as 90"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_typed_and_is_not_finished(
    practice: Driver, key: str, typed: str, said: str
) -> None:
    begins(practice)
    practice.types("Words.")
    practice.presses(key)
    field: Any = practice.where()
    field.selectAll()
    field.insert(typed)
    field.textEdited.emit(typed)
    practice.presses("Tab")
    practice.sees(said)
    practice.presses("Ctrl+Return", 2)
    practice.sees(said, "Finish")
    where: Any = practice.where()
    assert where is field and where.text() == typed
    assert not list(practice.workspace.store.rows("session", person_id=MARCUS, held_on="2026-03-18"))


def test_a_day_a_hundred_years_off_is_asked_about(practice: Driver) -> None:
    begins(practice)
    practice.types("Words.")
    practice.presses("Alt+L")
    practice.where().selectAll()  # type: ignore[attr-defined]
    practice.types("18 Mar 1925")
    practice.presses("Ctrl+Return", 2)
    practice.sees("more than a hundred years away")
    assert practice.where().accessibleName() == "Held on"


def test_the_day_of_an_action_that_cannot_be_read_holds_up_finishing(practice: Driver) -> None:
    begins(practice)
    practice.types("Words.")
    goes_to(practice, AGREED)
    practice.types("Ring housing")
    practice.presses("Tab", 2)
    practice.types("soonish")
    goes_to(practice, "Workload")
    practice.presses("Ctrl+Return", 2)
    practice.sees("“soonish” cannot be read as a date", "Finish")
    assert practice.where().accessibleName() == "This action: by when"


def test_an_empty_record_can_be_finished_by_who_means_it(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Ctrl+Return", 2)
    record = practice.workspace.record(held_today(practice, MARCUS))
    assert record.session.minutes is None and record.session.interrupted is None
    practice.sees("Nothing was written under")


# --- Small windows and large letters


def test_at_200_percent_everything_stands_below_one_another_and_nothing_is_cut_off(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    large = opened(practice_store(hands), percent=200)
    large.opens("session", ("new", YUSUF))
    page = view(large)
    assert page.middle.is_stacked and page.area.horizontalScrollBar().maximum() == 0
    large.opens("session", "PS0030")
    found = large.window.front.findChild(Columns)  # type: ignore[union-attr]
    assert isinstance(found, Columns) and found.is_stacked


def test_letters_that_grow_while_one_writes_take_no_word_away(practice: Driver) -> None:
    edit = begins(practice, TOMASZ)
    practice.types("Words before. ")
    narrow = view(practice).head.minutes.width()
    practice.window.dress_wanted.connect(lambda: _grow(practice))
    practice.does("larger")
    practice.types("Words after.")
    assert edit.words() == "Words before. Words after."
    assert view(practice).head.minutes.width() > narrow


def _grow(driver: Driver) -> None:
    from PySide6.QtWidgets import QApplication

    from supervise.ui.look import dress
    from supervise.ui.theme import theme_called

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dress(app, theme_called("light"), 175)
