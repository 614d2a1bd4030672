"""The reports page: choose a paper, say what it is about, see it as it will print, save it, print it."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from supervise.doing.papers.listed import PAPERS
from supervise.doing.papers.paper import Paper
from supervise.errors import NotAllowed
from supervise.policy_files import read_policy
from supervise.ui.pages.reports_fields import OF_THE_VIEW
from supervise.ui.pages.reports_out import PDF, XLSX, with_ending
from supervise.ui.pages.reports_shown import AT_ONCE, PageView
from supervise.wording import full_day
from supervise.workdays import day
from tests.making import CASE_CLOCK, MONTHLY, put
from tests.ui.driving import ME, Driver, Hands, unnamed
from tests.ui.test_person import two_managers
from tests.ui.test_printing import printed_on

TEAM = "Safeguarding East"
VISIT = "1 Oct 2025"

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])


def held(driver: Driver, name: str) -> list[dict[str, Any]]:
    """Somebody's sessions that were held, the newest first."""
    (person,) = [row for row in driver.workspace.store.rows("person") if row["name"] == name]
    rows = driver.workspace.store.rows("session", person_id=person["id"])
    found = [row for row in rows if row["status"] == "held"]
    return sorted(found, key=lambda row: str(row["held_on"]), reverse=True)


def drawn(driver: Driver, page: Any) -> Any:
    """The page, once what is asked is drawn."""
    driver.waits_until(lambda: page.made is not None)
    driver.settle()
    return page


def chosen(driver: Driver, name: str) -> Any:
    """The page with that paper chosen from the list, by keys."""
    page = driver.opens("reports")
    assert driver.where() is page.papers
    driver.presses("Home")
    driver.presses("Down", [paper.name for paper in PAPERS].index(name))
    driver.waits_until(lambda: not page._soon.isActive())
    return page


def filled(driver: Driver, paper: Paper) -> Any:
    """That paper, with all that it needs told by keys, and drawn."""
    page = chosen(driver, paper.name)
    asks = {*paper.needs, *paper.may}
    driver.presses("Tab")
    if {"session", "person"} & set(paper.needs):
        assert driver.where() is page.fields.people.box
        driver.types("Rhiannon")
    if "session" in asks:
        driver.presses("Tab")
        driver.presses("Down")
    if "on" in paper.needs:
        page.fields.field("on").target.setFocus()
        driver.types(VISIT)
        driver.presses("Tab")
    return drawn(driver, page)


def answers(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[tuple[str, str, str]]:
    """The system's file dialog answers with that path; gives what it is asked with: title, name and kinds."""
    asked: list[tuple[str, str, str]] = []

    def answer(_: object, title: str, named: str, kinds: str) -> tuple[str, str]:
        asked.append((title, named, kinds))
        return str(path), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def looked(driver: Driver) -> list[tuple[str, str | None, str | None]]:
    return [(each.what, each.kind, each.id) for each in driver.workspace.store.access.list()]


# What there is to choose


def test_every_paper_there_is_has_its_line(practice: Driver) -> None:
    page = practice.opens("reports")
    assert [page.papers.item(at).text() for at in range(page.papers.count())] == [
        paper.title for paper in PAPERS
    ]
    assert practice.where() is page.papers
    assert page.shown.said.text() == (
        "Choose a person and a supervision that was held, and the paper is shown here."
    )
    assert not page.save_button.isEnabled() and not page.print_button.isEnabled()


def test_each_paper_is_asked_with_its_own_fields_and_letters_that_nothing_else_has(
    practice: Driver,
) -> None:
    page = practice.opens("reports")
    for at, paper in enumerate(PAPERS):
        page.papers.setCurrentRow(at)
        practice.settle()
        practice.sees(f"{paper.what[1:]}.")
        asks = {*paper.needs, *paper.may} - set(OF_THE_VIEW)
        seen = {name for each in page.fields.all if each.isVisible() for name in each.names}
        with_person = {"person"} if "session" in asks else set()
        assert seen == (asks | with_person) - {"clock"}, "the practice service has one clock"
        assert page.tables_button.isVisible() == paper.has_tables
        assert unnamed(page) == []
        letters = list(_letters(page))
        assert sorted(letters) == sorted(set(letters)), paper.name
    practice.rests()


def test_a_paper_about_one_person_offers_no_clock_that_runs_per_case(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(two_managers(hands))
    policy = MONTHLY.replace('"p"', '"c", effective_from = 2026-01-01') + CASE_CLOCK
    driver.workspace.add_policies([read_policy(policy, "c.toml")])
    page = driver.opens("reports")
    for paper in PAPERS:
        page.papers.setCurrentRow(PAPERS.index(paper))
        driver.settle()
        box = page.fields.field("clock").box
        clocks = [box.itemData(at) for at in range(box.count())]
        assert clocks == (["one_to_one"] if paper.per_person else ["one_to_one", "cases"]), paper.name
    driver.rests()


def _letters(page: Any) -> Iterator[str]:
    """Those that Alt goes by."""
    for each in page.findChildren(QLabel) + page.findChildren(QAbstractButton):
        if each.isVisible() and (isinstance(each, QAbstractButton) or each.buddy()):
            yield from (found.upper() for found in re.findall(r"&(\w)", each.text()))


# From the choice to the file


@each_paper
def test_each_paper_is_made_by_keyboard_alone(
    practice: Driver, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.looks_at(TEAM)
    page = filled(practice, paper)
    pages = page.made.pages
    document = pypdfium2.PdfDocument(page.made.pdf)
    assert len(document) == pages
    document.close()
    views = page.findChildren(PageView)
    assert [view.accessibleName() for view in views] == [
        f"Page {at} of {pages}" for at in range(1, min(pages, AT_ONCE) + 1)
    ]
    assert all(view.accessibleDescription() for view in views)
    asked = answers(monkeypatch, to := tmp_path / "paper.pdf")
    page.save_button.setFocus()
    practice.presses("Space")
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert "not encrypted" in practice.hears()
    ((title, named, _),) = asked
    assert "not encrypted" in title
    assert named.startswith(f"{paper.name}") and named.endswith(".pdf")
    tells_who_looked = paper.name == "own-data"  # and so that the preview was
    assert to.read_bytes() == page.made.pdf or tells_who_looked
    viewed = [each[1:] for each in looked(practice) if each[0] == "viewed"]
    printed = [each[1:] for each in looked(practice) if each[0] == "printed"]
    assert printed == viewed[: len(printed)]


@pytest.mark.parametrize(
    "paper", [paper for paper in PAPERS if paper.has_tables], ids=lambda paper: str(paper.name)
)
def test_the_tables_of_a_paper_are_saved_as_a_workbook(
    practice: Driver, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.looks_at(TEAM)
    page = filled(practice, paper)
    asked = answers(monkeypatch, tmp_path / "tables")
    page.tables_button.setFocus()
    practice.presses("Space")
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert "not encrypted" in practice.hears() and "not encrypted" in asked[0][0]
    assert asked[0][1].endswith(".xlsx")
    assert len(load_workbook(tmp_path / "tables.xlsx").sheetnames) > 1


def test_the_name_of_a_file_says_what_is_in_it(
    practice: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = drawn(practice, practice.opens("reports", row["id"]))
    asked = answers(monkeypatch, tmp_path / "x.pdf")
    page.save()
    practice.rests()
    assert asked[0][1] == f"record-Rhiannon-Pugh-{row['held_on']}.pdf"


def test_a_name_without_an_ending_gets_one_and_takes_no_other_files_place(tmp_path: Path) -> None:
    there = tmp_path / "paper.PDF"
    assert with_ending(there, PDF) == there
    assert with_ending(tmp_path / "v1.2", XLSX) == tmp_path / "v1.2.xlsx"
    (tmp_path / "v1.2.xlsx").write_text("something else")
    with pytest.raises(NotAllowed, match=r"There is a file v1\.2\.xlsx already"):
        with_ending(tmp_path / "v1.2", XLSX)


def test_a_place_that_cannot_be_written_to_is_told(practice: Driver, tmp_path: Path) -> None:
    page = drawn(practice, chosen(practice, "card"))
    page.save_to(tmp_path / "nowhere" / "card.pdf")
    practice.waits_until(lambda: "is not there" in practice.hears())
    assert page.save_button.isEnabled() and list(tmp_path.iterdir()) == []


# The preview


def test_a_preview_leaves_no_file(
    practice: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = drawn(practice, practice.opens("reports", row["id"]))
    assert list(tmp_path.iterdir()) == []
    assert looked(practice)[0] == ("viewed", "session", row["id"])
    assert page.session_id == row["id"] and page.chosen_person() == row["person_id"]
    assert page.shown.said.text() == f"{page.made.pages} pages, as they will print."


def test_another_choice_takes_the_preview_away(practice: Driver) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = drawn(practice, practice.opens("reports", row["id"]))
    page.fields.people.box.setFocus()
    practice.types("Declan")
    assert page.made is None and page.findChildren(PageView) == []
    assert page.shown.said.text() == "No supervision of theirs has been held by this day."
    assert not page.print_button.isEnabled() and not page.save_button.isEnabled()


def test_what_is_typed_takes_the_preview_away_and_is_drawn_when_it_is_whole(practice: Driver) -> None:
    practice.looks_at(TEAM)
    page = drawn(practice, chosen(practice, "handover"))
    whom = page.fields.field("whom").target
    whom.setFocus()
    practice.types("I")
    assert page.made is None and page.findChildren(PageView) == []
    practice.types("feoma Okonkwo")
    practice.rests()
    assert page.made is None, "nothing is drawn while it is typed"
    practice.presses("Tab")
    assert drawn(practice, page).made.wanted.about.whom == "Ifeoma Okonkwo"
    made = page.made
    whom.setFocus()
    practice.presses("Tab")
    practice.rests()
    assert page.made is made, "what was only passed through is not drawn again"


def test_going_through_the_list_draws_nothing_on_the_way(practice: Driver) -> None:
    practice.looks_at(TEAM)
    page = practice.opens("reports")
    practice.presses("Down", len(PAPERS) - 1)
    drawn(practice, page)
    assert page.made.wanted.paper is PAPERS[-1]
    assert looked(practice) == [], "a card is of nobody, and nothing else was looked at"


def test_a_period_of_ones_own_is_typed_and_what_it_cannot_be_is_told(practice: Driver) -> None:
    practice.looks_at(TEAM)
    page = drawn(practice, chosen(practice, "team"))
    period = page.fields.period.choice
    assert (page.made.wanted.about.first, page.made.wanted.about.last) == (
        day("2025-03-01"), day("2026-02-28"),
    )  # fmt: skip
    period.box.setFocus()
    practice.presses("End")
    assert practice.where() is period.first.edit
    practice.presses("Ctrl+A")
    practice.types("1 Jan 2026")
    assert page.made is None
    practice.presses("Return")
    assert drawn(practice, page).made.wanted.about.first == day("2026-01-01")
    practice.presses("Ctrl+A")
    practice.types("soon")
    practice.presses("Tab")
    practice.rests()
    assert "“soon” cannot be read as a date" in page.shown.said.text()
    assert page.made is None and not page.save_button.isEnabled()
    period.first.set_day(day("2027-01-01"))
    practice.clicks("Show this period")
    practice.rests()
    assert "ends before it begins" in page.shown.said.text()


def test_a_number_that_is_none_is_told_at_once(practice: Driver) -> None:
    page = drawn(practice, chosen(practice, "pack"))
    assert page.made.wanted.about.sample == 10 and page.made.wanted.about.seed is None
    for name, typed in (("sample", "ten"), ("sample", "-1"), ("sample", "9" * 5_000), ("seed", "3.5")):
        field = page.fields.field(name).target
        field.setFocus()
        practice.presses("Ctrl+A")
        practice.types(typed)
        practice.presses("Return")
        assert "type a whole number from 0 to" in page.shown.said.text()
        field.setText("2")
    page.fields.field("seed").target.setText("7")
    page.fields.field("seed").target.setFocus()
    practice.presses("Return")
    about = drawn(practice, page).made.wanted.about
    assert (about.sample, about.seed) == (2, 7)


def test_of_a_long_paper_some_pages_at_a_time_are_pictures(practice: Driver) -> None:
    page = drawn(practice, chosen(practice, "pack"))
    pages = page.made.pages
    assert pages > AT_ONCE
    assert page.shown.said.text() == f"Pages 1 to {AT_ONCE} of {pages}, as they will print."
    assert len(page.findChildren(PageView)) == AT_ONCE
    seen = looked(practice)
    page.shown.after.setFocus()
    practice.presses("Space")
    practice.rests()
    views = page.findChildren(PageView)
    assert practice.where() is views[0]
    assert views[0].accessibleName() == f"Page {AT_ONCE + 1} of {pages}"
    assert len(views) == min(AT_ONCE, pages - AT_ONCE)
    practice.clicks(f"Show the {AT_ONCE} pages before")
    practice.rests()
    assert page.findChildren(PageView)[0].accessibleName() == f"Page 1 of {pages}"
    assert not page.shown.before.isVisible() and looked(practice) == seen


def test_pages_can_be_gone_through_by_keyboard(practice: Driver) -> None:
    page = drawn(practice, chosen(practice, "card"))
    page.verify_button.setFocus()
    practice.presses("Tab")
    view = page.findChildren(PageView)[0]
    assert practice.where() is view
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_what_is_changed_elsewhere_is_drawn_anew(practice: Driver) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = drawn(practice, practice.opens("reports", row["id"]))
    before = page.made
    entry = {
        "session_id": row["id"],
        "entered_on": "2026-03-18",
        "by": ME,
        "text": "Something came later.",
    }
    put(practice.workspace, {"late_entry": [entry]})
    practice.desk.changed.emit(frozenset(("late_entry",)))
    practice.waits_until(lambda: page.made not in (None, before))
    practice.settle()
    words = " ".join(view.accessibleDescription() for view in page.findChildren(PageView))
    assert "Something came later." in words


# The team and the day looked at


def test_the_team_looked_at_comes_first_and_everybody_only_where_a_paper_may_be_of_all(
    practice: Driver,
) -> None:
    page = chosen(practice, "team")
    practice.rests()
    assert page.shown.said.text() == "Choose the team, and the paper is shown here."
    assert page.fields.team.box.findText("Everybody") == -1
    practice.looks_at(TEAM)
    assert drawn(practice, page).made.wanted.about.team == TEAM
    page = chosen(practice, "handover")
    assert drawn(practice, page).made.wanted.about.team == TEAM
    page.fields.team.box.setFocus()
    practice.presses("Home")
    assert drawn(practice, page).made.wanted.about.team is None
    assert page.fields.team.box.currentText() == "Everybody"


def test_whoever_is_chosen_has_a_team_which_is_not_asked_for(practice: Driver) -> None:
    practice.looks_at(TEAM)
    page = drawn(practice, chosen(practice, "record-form"))
    assert page.made.wanted.about[1:3] == (None, TEAM)
    page.fields.people.box.setFocus()
    practice.types("Rhiannon")
    practice.waits_until(lambda: page.made is not None and page.made.wanted.about.person is not None)
    assert page.made.wanted.about.team is None
    assert not page.fields.team.isEnabled()


def test_only_what_was_held_by_the_day_and_whoever_is_of_the_team_can_be_chosen(
    practice: Driver,
) -> None:
    rows = held(practice, "Rhiannon Pugh")
    practice.looks_at(TEAM, day(rows[1]["held_on"]))
    page = practice.opens("reports")
    assert page.fields.people.box.findText("Marcus Bello") == -1
    practice.presses("Tab")
    practice.types("Rhiannon")
    assert page.fields.sessions.box.itemData(0) == rows[1]["id"]


@pytest.mark.parametrize("name", [paper.name for paper in PAPERS if "as_at" in paper.may])
def test_another_day_is_the_day_that_a_paper_is_as_at(practice: Driver, name: str) -> None:
    (paper,) = [each for each in PAPERS if each.name == name]
    practice.looks_at(TEAM)
    assert filled(practice, paper).made.wanted.about.as_at is None
    then = practice.hands.today() - 40
    practice.looks_at(TEAM, then)
    page = practice.window.front
    practice.waits_until(lambda: page.made is not None and page.made.wanted.about.as_at == then)
    practice.settle()
    words = " ".join(view.accessibleDescription() for view in page.findChildren(PageView)).split()
    assert full_day(then) in " ".join(words) or "6 Feb 2026" in " ".join(words)


# Stopping


def test_drawing_can_be_stopped_and_the_paper_saved_without(practice: Driver, tmp_path: Path) -> None:
    practice.looks_at(TEAM)
    page = chosen(practice, "pack")
    practice.waits_until(lambda: page.drawing.is_busy)
    page.drawing.cancel.click()
    practice.rests()
    assert page.made is None and looked(practice) == []
    assert "Stopped before the paper was drawn" in page.shown.said.text()
    assert page.save_button.isEnabled() and not page.print_button.isEnabled()
    page.save_to(tmp_path / "pack.pdf")
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")
    practice.presses("F5")
    drawn(practice, page)


def test_writing_can_be_stopped_and_leaves_no_file(practice: Driver, tmp_path: Path) -> None:
    practice.looks_at(TEAM)
    page = drawn(practice, chosen(practice, "team"))
    seen = looked(practice)
    page.save_to(tmp_path / "team.pdf")
    assert page.writing.is_busy and not page.save_button.isEnabled()
    page.writing.cancel.click()
    practice.rests()
    assert practice.hears() == "Stopped. Nothing was written."
    assert list(tmp_path.iterdir()) == [] and looked(practice) == seen
    assert page.save_button.isEnabled() and page.made is not None


def test_another_choice_does_not_stop_what_is_being_written(practice: Driver, tmp_path: Path) -> None:
    practice.looks_at(TEAM)
    page = drawn(practice, chosen(practice, "team"))
    page.save_to(tmp_path / "team.pdf")
    page.papers.setCurrentRow(0)
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert (tmp_path / "team.pdf").exists()


# Printing


def test_what_is_seen_is_printed_and_that_is_noted(practice: Driver, tmp_path: Path) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = drawn(practice, practice.opens("reports", row["id"]))
    page.print_on(printed_on(tmp_path / "printed.pdf"))
    practice.waits_until(lambda: "to the printer" in practice.hears())
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == page.made.pages
    printed.close()
    assert looked(practice)[0] == ("printed", "session", row["id"])


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told_and_nothing_is_noted(practice: Driver, tmp_path: Path) -> None:
    page = drawn(practice, chosen(practice, "card"))
    seen = looked(practice)
    page.print_on(printed_on(tmp_path / "not there" / "printed.pdf"))
    practice.waits_until(lambda: "The printer would not take it." in practice.hears())
    assert looked(practice) == seen and page.print_button.isEnabled()


def test_printing_needs_something_to_print(practice: Driver) -> None:
    practice.opens("reports")
    practice.does("print_record")
    assert "No paper is shown yet." in practice.hears()


def test_the_record_of_a_session_page_is_printed_from_there(
    practice: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    practice.opens("session", row["id"])
    answers(monkeypatch, tmp_path / "record.pdf")
    practice.presses("Ctrl+P")
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")


def test_the_libraries_that_draw_pages_are_not_there_before_they_are_wanted() -> None:
    import subprocess

    asked = "import sys; import supervise.ui.pages.reports, supervise.ui.pages.compliance; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pypdfium2", "reportlab", "openpyxl", "PySide6.QtPrintSupport"} & set(modules)
