"""What the compliance page shows, in one line, to the clipboard, and to a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from supervise import wording
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_later import Changed
from supervise.doing.showing_tables import (
    as_text,
    gaps_table,
    left_out_table,
    measures_table,
    months_table,
)
from supervise.ui.clipboard import put_on_clipboard
from supervise.ui.desk import Desk

_TABLES = (measures_table, months_table, gaps_table, left_out_table)


def about(found: Compliance) -> str:
    """ "North, 1 Apr 2018 – 31 Mar 2019, up to 31 Oct 2018 · 9 people in post · rules: …"."""
    whose = "Everyone" if found.team is None else found.team
    days = f"{wording.day(found.first)} – {wording.day(found.last)}"
    upto = f", up to {wording.day(found.end)}" if found.end < found.last else ""
    n = len(found.people)
    people = wording.counted(n, "case") if found.is_case else wording.counted(n, "person", "people")
    rules = wording.joined([rule.policy.title for rule in found.rules])
    there = "held" if found.is_case else "in post"
    said = f"{whose}, {days}{upto} · {people} {there} · rules: {rules or 'none in force'}"
    return f"{said} · {found.removed}" if found.removed else said


def copy(desk: Desk, found: Compliance, part: int) -> None:
    """Put the table of a part of the page on the clipboard, whole, for a spreadsheet."""
    work = partial(_as_text, found, part)
    desk.background.run(work, partial(_copied, desk), desk.notifier.trouble)


def _as_text(found: Compliance, part: int) -> tuple[str, str]:
    table = _TABLES[part](found)
    return as_text(table), f"{table.name.lower()}, {wording.counted(len(table.rows), 'row')}"


def _copied(desk: Desk, copied: tuple[str, str]) -> None:
    text, what = copied
    put_on_clipboard(text)
    desk.notifier.note(f"Copied {what}, for a spreadsheet.")


def choose_file(parent: QWidget) -> Path | None:
    """Ask where to write; None if that is called off."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Export as seen (the file is not encrypted)", "compliance.xlsx", "Workbook (*.xlsx)"
    )
    return Path(chosen) if chosen else None


def write(desk: Desk, found: Compliance, changed: Sequence[Changed], to: Path) -> None:
    """Write everything that the page shows to a workbook, while the window breathes."""
    from supervise.doing.showing_export import export

    steps = export(desk.workspace.here, found, changed, to)
    desk.background.step(steps, partial(_written, desk), desk.notifier.trouble)


def _written(desk: Desk, path: Path) -> None:
    desk.notifier.note(f"Exported to {path}. That file is not encrypted.")
