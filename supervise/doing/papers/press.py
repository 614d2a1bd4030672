"""Papers written: to a file, into memory to be looked at, or their tables to a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from supervise.doing.here import Here
from supervise.doing.papers.carried import carried
from supervise.doing.papers.paper import STEPS, About, Paper, Steps, Told, part_of
from supervise.errors import BadQuestion, NotAllowed

if TYPE_CHECKING:
    from supervise.reports.page import Printed

Rows = Sequence[tuple[str, str | None]]
"""What somebody looks at with a paper, by kind and id."""

_TOLD = 600
"""The steps of a paper that pass while it is told; the others pass while it is set."""


class Press:
    """Writes papers from an open store. `practice` says that it holds made-up people."""

    def __init__(self, here: Here, *, practice: bool = False) -> None:
        self.here, self._practice = here, practice

    def save(self, paper: Paper, about: About, to: Path, *, at: datetime) -> Steps[None]:
        """Write a paper as a PDF, or its tables as a workbook if the name ends in .xlsx, and note in the access
        log that it was printed.

        The file appears with the last step; closing the generator before leaves none. BadQuestion if something
        is not there or was not said; DiskFull or FileTrouble if the file cannot be written.
        """
        told = yield from self._tell(paper, about)
        if to.suffix.lower() == ".xlsx":
            yield from self._save_tables(told, paper, to, at)
        else:
            from supervise.reports.page import writing

            setting = writing(told.stories, told.name, self._printed(told, at), to, stories=told.count)
            yield from part_of(setting, _TOLD, STEPS)
        self._note("printed", told.rows)

    def make(self, paper: Paper, about: About, out: BinaryIO, *, at: datetime) -> Steps[Rows]:
        """The same PDF into a file that is kept in memory, noted as looked at; gives what `sent` is told when
        it goes to a printer."""
        from supervise.reports.page import printing

        told = yield from self._tell(paper, about)
        setting = printing(told.stories, told.name, self._printed(told, at), out, stories=told.count)
        yield from part_of(setting, _TOLD, STEPS)
        return self._note("viewed", told.rows)

    def sent(self, rows: Rows) -> None:
        """Note in the access log that a paper which was made went to a printer."""
        self._note("printed", rows)

    def _tell(self, paper: Paper, about: About) -> Steps[Told]:
        for name in paper.needs:
            if getattr(about, name) is None:
                raise BadQuestion("Something is missing for this paper.", f"Say its {name}.")
        return (yield from part_of(paper.tell(self.here, about), 0, _TOLD))

    def _save_tables(self, told: Told, paper: Paper, to: Path, at: datetime) -> Steps[None]:
        from supervise.doing.papers.workbook import workbook
        from supervise.exchange.tables_out import write_tables

        if not paper.has_tables:
            raise NotAllowed(f"“{paper.title}” has no tables.", "Save it as a PDF.")
        yield from part_of(write_tables(to, workbook(told, self._printed(told, at))), _TOLD, STEPS)

    def _printed(self, told: Told, at: datetime) -> Printed:
        from supervise.reports.page import Printed

        its = carried(self.here)
        return Printed(
            at=at, by=self.here.me, chain_head=self.here.store.head(), marking=its.marking,
            service=its.service, practice=self._practice, **told.says,
        )  # fmt: skip

    def _note(self, what: str, rows: Iterable[tuple[str, str | None]]) -> Rows:
        noted = list(rows)
        for kind, id in noted:
            self.here.store.access.note(self.here.me, what, kind, id)
        return noted
