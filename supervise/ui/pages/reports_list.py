"""What can go on paper: a table of descriptions. A further report is a further line of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from supervise.ui.desk import Desk

Work = Generator[tuple[int, int], None, Any] | Iterator[tuple[int, int]]
"""Slow work: each step says how many are done of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report. `title` and `what` are its line in the list; `asks` is what it is about ("session"), chosen
    on the page and given to the others as a subject: `make` draws it as a PDF into a file that is kept in
    memory, `save` writes it to a place that somebody chose and notes that in the access log, as `name`
    and `kind` do when it is looked at or sent to a printer."""

    name: str
    title: str
    what: str
    asks: str
    kind: str
    file: str
    make: Callable[[Desk, str, BinaryIO], Work]
    save: Callable[[Desk, str, Path], Work]


def _make_record(desk: Desk, session: str, out: BinaryIO) -> Work:
    """The same paper that `Workspace.print_record` writes to a file."""
    from supervise.reports.page import printing
    from supervise.reports.record import name_of, tell_record

    workspace, at = desk.workspace, desk.now()
    record = workspace.record(session)
    story = tell_record(record, at.toordinal())
    return printing(story, name_of(record, "both"), workspace.printed(at), out)


def _save_record(desk: Desk, session: str, to: Path) -> Work:
    return desk.workspace.print_record(session, to, at=desk.now())


REPORTS = (
    Report(
        name="record",
        title="Supervision record",
        what="one supervision that was held, with its evidence and lines to sign on",
        asks="session",
        kind="session",
        file="supervision-record.pdf",
        make=_make_record,
        save=_save_record,
    ),
)
"""What works now, in the order in which it is listed."""
