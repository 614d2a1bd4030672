"""A manager drops her spreadsheet on the window, puts right what was read wrongly, and brings it in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from supervise import taking_in, trackers
from supervise.exchange.tracker.answers import Answers
from supervise.places import resource
from supervise.store import memory_store
from supervise.ui.pages.bring_in import BringInPage
from supervise.ui.pages.bring_in_items import read_absence
from supervise.ui.pages.bring_in_parts import AskingPart
from supervise.workdays import day
from supervise.workspace import Workspace
from tests.making import write_csv
from tests.ui.driving import ME, Driver, Hands, unnamed

KEPT = Path(__file__).parent.parent / "kept" / "trackers"
TITLES = ["Name", "Job title", "Start date", "Jan-26", "Feb-26", "Mar-26"]
ADA = ["Ada Quill", "SW", "2/5/2016", "17/1", "14/2", None]
BO = ["Bo Marsh", "NQSW", None, "12/1 & 26/1", "sick", "tbc"]


class Manager:
    """Somebody with a spreadsheet in front of the page."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver, self.path = driver, folder / "Duty team.xlsx"
        self.store = driver.workspace.store

    def writes(self, *rows: list[Any], titles: list[str] = TITLES) -> None:
        book = Workbook()
        assert book.active is not None
        book.active.title = "Duty"
        for row in (titles, *rows):
            book.active.append(row)
        book.save(self.path)

    def opens(self, path: Path | None = None) -> None:
        self.driver.opens("bring_in", str(path or self.path))
        self.waits()

    def waits(self) -> None:
        """Until what is shown is what holds."""
        self.driver.waits_until(lambda: not self.page.reading.is_busy)
        self.driver.settle()

    @property
    def page(self) -> BringInPage:
        page = self.driver.window.pages["bring_in"]
        assert isinstance(page, BringInPage)
        return page

    def chooses(self, part: AskingPart, text: str) -> None:
        """The line of a list that says this in some column."""
        for at, record in enumerate(part.table.records):
            if any(text in column.text(record) for column in part.table.columns):
                assert part.view.choose(part.table.key(part.table.records[at]))
                self.driver.settle()
                return
        raise AssertionError(f"no line says “{text}”")

    def says(self, part: AskingPart, text: str) -> None:
        """Types an answer about the chosen line, and presses Enter."""
        part.view.setFocus()
        self.driver.presses("Return")
        part.words.selectAll()
        self.driver.types(text)
        self.driver.presses("Return")
        self.waits()

    def clicks(self, text: str, inside: QWidget | None = None) -> None:
        self.driver.clicks(text, inside or self.page)
        self.waits()

    def brings_in(self) -> None:
        self.clicks("Bring in")
        self.driver.waits_until(self.page.today.isVisible)
        self.waits()

    def sessions(self) -> list[tuple[str, str]]:
        names = {row["id"]: row["name"] for row in self.store.rows("person")}
        return sorted(
            (names[row["person_id"]], row["held_on"] or "") for row in self.store.rows("session")
        )

    def records_from(self) -> dict[str, str | None]:
        return {row["name"]: row["records_from"] for row in self.store.rows("person")}


@pytest.fixture
def manager(empty: Driver, tmp_path: Path) -> Manager:
    return Manager(empty, tmp_path)


# The whole way


def test_a_spreadsheet_dropped_on_the_window_is_shown_and_nothing_is_stored(manager: Manager) -> None:
    manager.writes(ADA, BO)
    window, files = manager.driver.window, QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(manager.path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(9, 9), copy, files, left, none)
    window.dragEnterEvent(entering)
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, files, left, none))
    manager.waits()
    assert entering.isAccepted()
    manager.driver.sees(
        "Bring in Duty team.xlsx",
        "A matrix of 2 people from Jan 2026 to Feb 2026. 4 supervisions would be added.",
        "In doubt (1)", "Absences without dates (1)",
        "2 people, 2 posts, 4 supervisions and 1 reason for a gap would be added.",
    )  # fmt: skip
    assert manager.sessions() == []
    assert unnamed(manager.page) == []


def test_she_corrects_what_is_in_doubt_brings_it_in_and_takes_it_all_back(manager: Manager) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    plan = manager.page.plan
    manager.chooses(plan.doubts, "tbc")
    manager.says(plan.doubts, "9/3/2026")
    manager.driver.sees("as you said: 9/3/2026", "5 supervisions would be added.")
    manager.chooses(plan.offers, "sick")
    manager.says(plan.offers, "30 Jan 2026 to 28 Feb 2026")
    manager.brings_in()
    manager.driver.sees("Brought in 5 supervisions and 2 people from Duty team.xlsx.", "Look at Today")
    assert manager.driver.hears() == "Brought in 5 supervisions and 2 people from Duty team.xlsx."
    assert ("Bo Marsh", "2026-03-09") in manager.sessions()
    (absence,) = manager.store.rows("absence")
    assert (absence["kind"], absence["from"], absence["to"]) == ("sickness", "2026-01-30", "2026-02-28")
    manager.driver.clicks(
        "Undo: Brought in 5 supervisions and 2 people from Duty team.xlsx.", manager.driver.foot
    )
    manager.waits()
    assert manager.sessions() == []
    assert list(manager.store.rows("person")) == []
    manager.driver.sees("It was taken back: nothing of it is stored.", "5 supervisions would be added.")


def test_from_the_file_to_the_stored_sessions_by_keyboard_alone(manager: Manager) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    assert manager.driver.where() is manager.page.plan.doubts.view, (
        "the keyboard begins at what is in doubt"
    )
    manager.driver.presses("Return")
    manager.driver.presses("Ctrl+A")
    manager.driver.types("9/3/2026")
    manager.driver.presses("Return")
    manager.waits()
    for _ in range(60):
        if manager.driver.where() is manager.page.bar.main:
            break
        manager.driver.presses("Tab")
    manager.driver.presses("Space")
    manager.driver.waits_until(manager.page.today.isVisible)
    assert len(manager.sessions()) == 5


def test_after_it_she_is_led_to_today(manager: Manager) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    manager.brings_in()
    manager.driver.clicks("Look at Today")
    assert manager.driver.window.front is manager.driver.window.pages["today"]
    manager.driver.opens("bring_in")
    manager.driver.sees("Drop a spreadsheet on this window", "Choose a file…")


def test_the_same_copy_again_changes_nothing_and_asks_nothing_twice(manager: Manager) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    manager.chooses(manager.page.plan.doubts, "tbc")
    manager.clicks("Leave it out", manager.page.plan.doubts)
    manager.brings_in()
    before = manager.store.head()
    manager.opens()
    manager.driver.sees("There is nothing new in it.", "It is all here already.")
    assert not manager.page.bar.main.isEnabled()
    assert manager.page.plan.doubts.isHidden()
    assert manager.store.head() == before


# What is asked


def test_a_name_nearly_that_of_somebody_here_is_asked_about_first(manager: Manager) -> None:
    manager.writes(ADA)
    manager.opens()
    manager.brings_in()
    manager.writes(["Ada Quil", "SW", None, "20/1", None, None])
    manager.opens()
    manager.driver.sees(
        "Is Ada Quil somebody who is here already: Ada Quill?", "1 question must be answered first"
    )
    assert not manager.page.bar.main.isEnabled()
    manager.clicks("The same as Ada Quill")
    manager.driver.sees("as you said: The same as Ada Quill")
    assert manager.page.plan.problems.isHidden()
    manager.brings_in()
    assert ("Ada Quill", "2026-01-20") in manager.sessions()
    assert len(list(manager.store.rows("person"))) == 1


def test_an_answer_can_be_changed_and_taken_back(manager: Manager) -> None:
    manager.writes(ADA)
    manager.opens()
    manager.brings_in()
    manager.writes(["Ada Quil", "SW", None, "20/1", None, None])
    manager.opens()
    manager.clicks("The same as Ada Quill")
    manager.clicks("Take the answer back")
    manager.driver.sees("1 question must be answered first")
    manager.clicks("Somebody new")
    manager.brings_in()
    assert {row["name"] for row in manager.store.rows("person")} == {"Ada Quill", "Ada Quil"}


def test_two_names_of_the_file_that_are_one_person_become_one(manager: Manager) -> None:
    manager.writes(ADA, ["Ada Quil", None, None, None, None, "3/3"])
    manager.opens()
    manager.driver.sees("Are Ada Quil and Ada Quill one person?")
    manager.clicks("One person")
    manager.brings_in()
    assert [name for name, _ in manager.sessions()] == ["Ada Quill"] * 3
    assert len(list(manager.store.rows("person"))) == len(list(manager.store.rows("post"))) == 1
    manager.opens()
    manager.driver.sees("It is all here already.")


def test_never_or_not_known_is_asked_and_answered_for_several_at_once(manager: Manager) -> None:
    manager.opens(KEPT / "00-register.xlsx")
    questions = manager.page.plan.questions
    assert len(questions.table.records) == 3
    questions.view.selectAll()
    manager.clicks("Not known", questions)
    assert [item.given for item in questions.table.records] == ["not known"] * 3


def test_months_without_a_year_are_told_and_the_year_is_given_in_the_page(manager: Manager) -> None:
    manager.writes(["Ada Quill", "3/4", "2/5", None], titles=["Name", "Apr", "May", "Jun"])
    manager.opens()
    manager.driver.sees("Duty team.xlsx cannot be brought in", "It cannot be known of which year")
    manager.chooses(manager.page.plan.layout_, "Duty")
    manager.says(manager.page.plan.layout_, "last year")
    manager.driver.sees("Choose what the sheet is, or type its years, such as 2016-17.")
    manager.says(manager.page.plan.layout_, "2025")
    manager.driver.sees("A matrix of 1 person from Apr 2025 to May 2025. 2 supervisions would be added.")


def test_a_column_that_is_not_understood_is_given_its_meaning_in_the_page(manager: Manager) -> None:
    manager.writes(
        ["3/2/2026", "Ada Quill"], ["10/2/2026", "Bo Marsh"], titles=["Chat on the", "Person"]
    )
    manager.opens()
    layout = manager.page.plan.layout_
    manager.driver.sees("does not look like a supervision tracker", "or say below what it means")
    assert manager.driver.where() is layout.view
    manager.chooses(layout, "Chat on the")
    manager.clicks("Change: Sheets and columns")
    manager.driver.sees("Say first what it means.")
    layout.pick.setCurrentIndex(layout.pick.findData("date"))
    manager.clicks("Change: Sheets and columns")
    manager.driver.sees("A log of 2 people in Feb 2026. 2 supervisions would be added.")


# What was assumed


def test_what_was_assumed_of_people_is_changed_for_all_of_them_and_holds_for_the_next_copy(
    manager: Manager,
) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    people = manager.page.plan.people
    manager.driver.sees("1 Jan 2026 (assumed)")
    manager.clicks("Choose everybody", people)
    manager.says(people, "1 Feb 2026")
    manager.driver.sees("1 Feb 2026 (as you said)")
    manager.chooses(people, "Bo Marsh")
    people.fact.setCurrentIndex(people.fact.findData("role"))
    manager.says(people, "Senior social worker")
    manager.brings_in()
    assert manager.records_from() == {"Ada Quill": "2026-02-01", "Bo Marsh": "2026-02-01"}
    assert {row["role"] for row in manager.store.rows("post")} == {
        "social_worker",
        "senior_social_worker",
    }
    manager.opens()
    manager.driver.sees("It is all here already.")


def test_a_day_that_is_none_is_told_and_what_was_typed_stays(manager: Manager) -> None:
    manager.writes(ADA)
    manager.opens()
    people = manager.page.plan.people
    manager.chooses(people, "Ada Quill")
    manager.says(people, "soon")
    assert people.wrong.isVisible() and people.words.text() == "soon"


# What cannot be taken


def test_a_file_that_cannot_be_read_is_told_with_a_next_step(manager: Manager) -> None:
    manager.path.write_bytes(b"PK\x03\x04 no workbook")
    manager.opens()
    manager.driver.sees(
        "Duty team.xlsx cannot be brought in", "Nothing was stored.", "Choose another file…"
    )
    assert manager.page.trouble.text()
    manager.writes(ADA)
    manager.clicks("Try again")
    manager.driver.sees("2 supervisions would be added.")


def test_a_fault_of_the_program_while_reading_is_told_and_another_file_can_be_chosen(
    manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Path) -> None:
        raise ZeroDivisionError

    manager.writes(ADA)
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "read_file", breaks)
        manager.opens()
    crash = manager.driver.crashes.pop()
    assert isinstance(crash, ZeroDivisionError) and not manager.driver.crashes
    manager.driver.sees(
        "Duty team.xlsx cannot be brought in",
        "Something went wrong in the program",
        "Choose another file…",
    )
    assert not manager.page.bar.is_slow
    manager.clicks("Try again")
    manager.driver.sees("2 supervisions would be added.")


def test_somebody_here_called_by_a_sign_is_no_obstacle(manager: Manager) -> None:
    with manager.store.change("Add", by=ME) as change:
        change.put("person", {"id": "q", "name": "?"})
    manager.writes(ADA)
    manager.opens()
    manager.driver.sees("2 supervisions would be added.")


def test_a_file_that_has_gone_is_told(manager: Manager) -> None:
    manager.opens()
    manager.driver.sees("There is nothing at", "Check the name and try again.")


def test_the_good_rows_are_taken_without_the_others_if_that_is_chosen(manager: Manager) -> None:
    manager.opens(KEPT / "16-names-and-vacancies.xlsx")
    manager.driver.sees("Cannot be taken (2)", "1 question must be answered first")
    manager.page.plan.skip.click()
    manager.brings_in()
    assert len(manager.sessions()) == 45
    manager.driver.sees("Cannot be taken (2)")


def test_nothing_is_brought_in_while_another_day_is_looked_at(manager: Manager) -> None:
    manager.writes(ADA)
    manager.opens()
    manager.driver.looks_at(day=manager.driver.hands.today() - 7)
    manager.waits()
    manager.driver.sees("You are looking at another day. Go back to today (Ctrl+D)")
    assert not manager.page.bar.main.isEnabled()


# Exports of Supervise


def test_an_export_is_shown_and_brought_in_the_same_way(
    practice: Driver, opened: Callable[..., Driver], hands: Hands, tmp_path: Path
) -> None:
    practice.workspace.export(tmp_path / "out")
    manager = Manager(opened(memory_store(hands)), tmp_path)
    manager.opens(tmp_path / "out")
    manager.driver.sees("Bring in out", "An export of Supervise.")
    manager.brings_in()
    assert len(manager.sessions()) == len(list(practice.workspace.store.rows("session")))


def test_a_service_store_says_which_source_it_is_and_a_newer_export_takes_its_place(
    practice: Driver, opened: Callable[..., Driver], hands: Hands, tmp_path: Path
) -> None:
    practice.workspace.export(tmp_path / "out")
    manager = Manager(opened(memory_store(hands, service=True)), tmp_path)
    manager.opens(tmp_path / "out")
    manager.driver.sees("A new source: “out”", "Read it so")
    manager.brings_in()
    (source,) = manager.driver.workspace.sources()
    assert source.name == "out"
    manager.opens(tmp_path / "out")
    manager.driver.sees("“out” is here already")


def test_a_service_store_takes_no_tracker_and_says_why(
    opened: Callable[..., Driver], hands: Hands, tmp_path: Path
) -> None:
    manager = Manager(opened(memory_store(hands, service=True)), tmp_path)
    manager.writes(ADA)
    manager.opens()
    manager.driver.sees("Duty team.xlsx is no export of Supervise")


# How it goes


def test_what_takes_long_says_so_and_can_be_cancelled(manager: Manager) -> None:
    manager.writes(ADA)
    busy = threading.Event()
    manager.driver.background.run(
        busy.wait, lambda _: None, lambda _: None
    )  # something else is being read
    manager.driver.opens("bring_in", str(manager.path))
    manager.driver.waits_until(lambda: manager.page.bar.is_slow)
    manager.driver.sees("Reading Duty team.xlsx…", "Cancel")
    manager.driver.clicks("Cancel", manager.page)
    busy.set()
    assert manager.page.reading.path is None and not manager.page.reading.is_busy


def test_what_is_being_typed_and_chosen_stays_when_a_new_plan_comes(manager: Manager) -> None:
    manager.writes(ADA, [*BO[:5], "??"], ["Cy Tonks", "SW", None, "tbc", "31/2", "see diary"])
    manager.opens()
    doubts = manager.page.plan.doubts
    manager.chooses(doubts, "31/2")
    doubts.words.setFocus()
    doubts.words.selectAll()
    manager.driver.types("28/2/20")
    manager.page.area.verticalScrollBar().setValue(40)
    manager.page.reading.again()
    manager.waits()
    assert doubts.words.text() == "28/2/20" and manager.driver.where() is doubts.words
    assert [item.written for item in doubts.chosen()] == ["31/2"]
    assert manager.page.area.verticalScrollBar().value() == 40


def test_after_an_answer_the_next_doubt_is_chosen(manager: Manager) -> None:
    manager.writes(ADA, [*BO[:5], "??"], ["Cy Tonks", "SW", None, "tbc", None, None])
    manager.opens()
    doubts = manager.page.plan.doubts
    first, second = (item.written for item in doubts.table.records)
    manager.chooses(doubts, first)
    manager.clicks("Leave it out", doubts)
    assert [item.written for item in doubts.chosen()] == [second]
    assert [item.given for item in doubts.table.records] == ["skip", None]


def test_ten_thousand_rows_make_no_more_widgets_than_two(manager: Manager, tmp_path: Path) -> None:
    manager.writes(ADA, BO)
    manager.opens()
    few = len(manager.page.findChildren(QWidget))
    rows = [
        [f"{n % 28 + 1}/{n % 12 + 1}/2025" if n % 9 else "tbc", f"Ada {chr(65 + n % 26)}quill"]
        for n in range(10_000)
    ]
    write_csv(tmp_path / "large.csv", [["Date", "Worker"], *rows])
    manager.opens(tmp_path / "large.csv")
    assert len(manager.page.plan.doubts.table.records) == 1_112
    assert len(manager.page.findChildren(QWidget)) <= few + 10


@pytest.mark.parametrize("part", ["questions", "doubts", "people", "lines", "notes"])
def test_the_lists_are_sound_models(manager: Manager, part: str, qtmodeltester: Any) -> None:
    manager.opens(KEPT / "16-names-and-vacancies.xlsx")
    qtmodeltester.check(getattr(manager.page.plan, part).table)


SAMPLES = [
    resource("trackers", "duty-team.xlsx"),
    *sorted(path for path in KEPT.iterdir() if path.suffix in (".xlsx", ".csv", ".txt", ".ods", ".xls")),
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_shown_whole_and_brought_in(manager: Manager, path: Path) -> None:
    manager.driver.hands.move(days=249)
    manager.opens(path)
    shown = manager.page.reading.latest
    assert shown is not None and unnamed(manager.page) == []
    assert len(shown.lines) == sum(map(len, shown.plan.rows.values()))
    if shown.problems:
        manager.page.plan.skip.click()
    manager.brings_in()
    assert len(manager.sessions()) == shown.plan.added["session"]


# Beside the window


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_plan_made_of_a_snapshot_is_the_plan_that_asks_the_store(path: Path, hands: Hands) -> None:
    hands.move(days=249)
    with memory_store(hands) as store:
        here = Workspace(store, today=hands.today, me=ME)
        here.carry_out(here.plan_import(path), skip_bad_rows=True)
        for kind, field in (("session", "held_on"), ("post", "team"), ("explanation", "reason")):
            if row := next(iter(store.rows(kind)), None):
                with store.change("Correct it", by=ME) as change:
                    change.put(kind, {**row, field: "2017-03-15" if field == "held_on" else "otherwise"})
        outside = taking_in.read_file(path)
        how = trackers.how_to_read(store, Answers(), "one_to_one", hands.today())
        now = taking_in.plan_for(outside, taking_in.known_now(store), [], how)
        then = taking_in.plan_for(outside, _all_of(taking_in.snapshot(store, outside.kinds)), [], how)
        for part in ("rows", "added", "changed", "kept", "unchanged", "problems", "warnings", "notes"):
            assert getattr(now, part) == getattr(then, part)


def _all_of(steps: Any) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return ended.value


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("30/1/2017 to 28/2/2017", "30/1/2017 to 28/2/2017"),
        ("30 Jan 2017 – 28 Feb 2017", "30/1/2017 to 28/2/2017"),
        ("30.01.17", "30/1/2017"),
    ],
)
def test_the_dates_of_an_absence_are_read_as_people_type_them(typed: str, read: str) -> None:
    assert read_absence(typed, day("2017-03-14")) == read


@pytest.mark.parametrize(
    "typed", ["", "soon", "28/2/2017 to 30/1/2017", "1/1/2017 to 2/1/2017 to 3/1/2017"]
)
def test_an_absence_without_a_first_and_last_day_is_not_taken(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_absence(typed, day("2017-03-14"))
