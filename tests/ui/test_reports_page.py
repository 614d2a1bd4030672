"""The reports page: choose, see it as it will print, save, print."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from supervise.ui.pages.reports_list import REPORTS
from supervise.ui.pages.reports_paper import PageView
from supervise.workdays import day
from tests.ui.driving import Driver, unnamed


def held(driver: Driver, name: str) -> list[dict[str, Any]]:
    """Somebody's sessions that were held, the newest first."""
    (person,) = [row for row in driver.workspace.store.rows("person") if row["name"] == name]
    rows = driver.workspace.store.rows("session", person_id=person["id"])
    found = [row for row in rows if row["status"] == "held"]
    return sorted(found, key=lambda row: str(row["held_on"]), reverse=True)


def shown(driver: Driver, session: str) -> Any:
    """The page with the record of that session."""
    page = driver.opens("reports", session)
    driver.waits_until(lambda: page.pdf is not None)
    driver.settle()
    return page


def test_every_report_has_its_line(practice: Driver) -> None:
    page = practice.opens("reports")
    lines = [page.reports.item(at).text() for at in range(page.reports.count())]
    assert lines == [f"{report.title}: {report.what}" for report in REPORTS]
    assert page.said.text() == "Nobody is chosen yet: choose a person, then a supervision that was held."
    assert not page.save_button.isEnabled() and not page.print_button.isEnabled()


def test_a_record_is_chosen_by_keyboard_and_seen_as_it_will_print(practice: Driver) -> None:
    page = practice.opens("reports")
    assert practice.where() is page.people
    practice.types("Rhiannon")
    sessions = held(practice, "Rhiannon Pugh")
    assert page.chosen_person() == sessions[0]["person_id"]
    assert [page.sessions.itemData(at) for at in range(page.sessions.count())] == [
        row["id"] for row in sessions
    ]
    practice.presses("Tab")
    assert practice.where() is page.sessions
    practice.presses("Down")
    practice.waits_until(lambda: page.pdf is not None)
    practice.settle()
    views = page.findChildren(PageView)
    assert [view.accessibleName() for view in views] == [
        f"Page {at} of {len(views)}" for at in range(1, len(views) + 1)
    ]
    assert "Supervision of Rhiannon Pugh" in views[0].accessibleDescription()
    assert views[0].pixmap().width() > 300
    assert unnamed(page) == []
    assert page.said.text() == f"{len(views)} pages, as it will print."


def test_the_preview_is_the_paper_that_is_saved_and_leaves_no_file(
    practice: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = shown(practice, row["id"])
    assert list(elsewhere.iterdir()) == []
    (looked, *_) = practice.workspace.store.access.list()
    assert (looked.what, looked.kind, looked.id) == ("viewed", "session", row["id"])
    to = tmp_path / "record.pdf"
    page.save_to(to)
    practice.waits_until(lambda: "Written to" in practice.hears())
    assert "not encrypted" in practice.hears()
    assert to.read_bytes() == page.pdf
    (noted, *_) = practice.workspace.store.access.list()
    assert (noted.what, noted.kind, noted.id) == ("printed", "session", row["id"])


def test_what_is_seen_is_printed_page_by_page_and_that_is_noted(
    practice: Driver, tmp_path: Path
) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = shown(practice, row["id"])
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    practice.waits_until(lambda: "to the printer" in practice.hears())
    import pypdfium2  # type: ignore[import-untyped]

    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == len(page.findChildren(PageView))
    darkest = min(bytes(printed[0].render(scale=1, grayscale=True).buffer))
    printed.close()
    assert darkest < 100, "there is ink on the paper"
    (noted, *_) = practice.workspace.store.access.list()
    assert (noted.what, noted.id) == ("printed", row["id"])


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told_and_nothing_is_noted(
    practice: Driver, tmp_path: Path
) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = shown(practice, row["id"])
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "not there" / "printed.pdf"))
    page.print_on(printer)
    practice.waits_until(lambda: "The printer does not answer." in practice.hears())
    (noted, *_) = practice.workspace.store.access.list()
    assert noted.what == "viewed"


def test_printing_needs_something_to_print(practice: Driver) -> None:
    practice.opens("reports")
    practice.does("print_record")
    assert "No report is shown yet." in practice.hears()


def test_another_choice_takes_the_preview_away(practice: Driver) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = shown(practice, row["id"])
    page.people.setFocus()
    page.people.setCurrentIndex(page.people.findText("Declan Moriarty"))
    page.people.activated.emit(page.people.currentIndex())
    practice.settle()
    assert page.pdf is None and page.findChildren(PageView) == []
    assert page.said.text() == "No supervision of theirs has been held by this day."
    assert not page.print_button.isEnabled()


def test_only_what_was_held_by_the_day_and_whoever_is_of_the_team_can_be_chosen(
    practice: Driver,
) -> None:
    rows = held(practice, "Rhiannon Pugh")
    practice.looks_at("Safeguarding East", day(rows[1]["held_on"]))
    page = practice.opens("reports")
    assert page.people.findText("Marcus Bello") == -1
    page.people.setCurrentIndex(page.people.findText("Rhiannon Pugh"))
    page.people.activated.emit(page.people.currentIndex())
    assert page.sessions.itemData(0) == rows[1]["id"]


def test_pages_can_be_gone_through_by_keyboard(practice: Driver) -> None:
    (row, *_) = held(practice, "Rhiannon Pugh")
    page = shown(practice, row["id"])
    page.print_button.setFocus()
    practice.presses("Tab")
    view = page.findChildren(PageView)[0]
    assert practice.where() is view
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_library_that_draws_pages_is_not_there_before_it_is_wanted() -> None:
    import subprocess

    asked = "import sys; import supervise.ui.pages.reports, supervise.ui.pages.compliance; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pypdfium2", "reportlab", "openpyxl"} & set(modules)
