"""Restoring a backup: what differs between it and what is here now, then the decision."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget

from supervise import wording
from supervise.errors import NotAllowed, SuperviseError
from supervise.store import Store, aside, looking_back
from supervise.store.history import Line
from supervise.store.looking_back import Beyond, Differs, Past, Trace
from supervise.ui.background import Job
from supervise.ui.bits import heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.checked import grow
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import Field, Form
from supervise.ui.tables import Column, Table, TableView

_ROWS = 5
"""How many changes a list shows before it scrolls."""


def tracing(store: Store) -> Generator[tuple[int, int], None, Trace]:
    """What the open store is known by, as slow work; the window has said what it waits for by then."""
    yield 0, 1
    return looking_back.trace(store.database)


def _day(line: Line) -> str:
    return wording.day(line.day)


def _by(line: Line) -> str:
    return line.by


def _what(line: Line) -> str:
    return line.label


def _number(line: Line) -> int:
    return line.number


_COLUMNS = (
    Column("Day", _day, sort=_number, width=14),
    Column("By", _by, width=20),
    Column("Change", _what),
)


class RestoreDialog(Dialog):
    """Asks for a backup's passphrase, shows what differs between it and what is here now, and puts it back if
    that is wanted. What is here now is put aside, never thrown away."""

    def __init__(self, desk: Desk, parent: QWidget, backup: Path) -> None:
        if not desk.workspace.store.is_on_disk:
            raise NotAllowed("This store has no file, so that nothing can be put in its place.")
        super().__init__(
            desk,
            parent,
            f"Restore {backup_named(backup)}",
            "First you see what differs. Nothing is altered until you choose to put it back.",
            does="Look into it",
        )
        self.backup = backup
        self._job: Job | None = None
        self._looked: str | None = None
        self.form = Form(
            [
                Field(
                    name="secret", label="&Passphrase", kind="secret", required=True,
                    hint="The one this backup was made under, or its recovery key.",
                )
            ],
            desk.workspace.today,
        )  # fmt: skip
        self.busy = label("Opening the backup …", quiet=True)
        self.busy.hide()
        self.changes: list[TableView] = []
        self.held = QGridLayout()
        self.held.setHorizontalSpacing(24)
        self.body.addWidget(self.form)
        self.body.addWidget(self.busy)
        self.finished.connect(self._give_up)

    def start_here(self) -> QWidget | None:
        """On the passphrase."""
        return self.form.inputs["secret"]

    def submit(self) -> bool:
        """Look into it; after that, put it back."""
        if self._looked is not None:
            self.desk.deeds.restore(self.backup, self._looked)
            return True
        values = self.form.values()
        if values is None or self._job is not None:
            return False
        self.main.setEnabled(False)
        self.busy.show()
        secret = values["secret"]
        self._job = self.desk.background.step(
            tracing(self.desk.workspace.store),
            partial(self._look, secret),
            partial(self._look_alone, secret),
        )
        return False

    def _look(self, secret: str, now: Trace) -> None:
        self._open(secret, now, partial(self._opened, secret, now))

    def _look_alone(self, secret: str, why: SuperviseError) -> None:
        """What is here now cannot be read, which is when a backup is needed most."""
        self._open(secret, None, partial(self._opened_alone, secret, why))

    def _open(self, secret: str, now: Trace | None, done: Callable[[Past], None]) -> None:
        places = self.desk.workspace.store.places
        work = partial(looking_back.look_into, self.backup, places, secret, now)
        self._job = self.desk.background.run(work, done, self._refused)

    def _opened(self, secret: str, now: Trace, past: Past) -> None:
        database = self.desk.workspace.store.database
        self._show(secret, looking_back.compare(self.backup, past, database, now))

    def _opened_alone(self, secret: str, why: SuperviseError, past: Past) -> None:
        self._show(secret, looking_back.not_compared(self.backup, past, why))

    # What was found

    def _show(self, secret: str, found: Differs) -> None:
        self._rest()
        self._looked = secret
        self.form.set_value("secret", "")
        self.form.hide()
        said, *warnings = looking_back.differs_words(found)
        self._tell(label(said, wrap=True) if found.same_store else notice(said, trouble=True))
        for warning in warnings:
            self._tell(notice(warning))
        self._list("Would no longer be there", found.leaves)
        self._list("Would come", found.comes)
        self._count(found)
        self._tell(
            label(
                "If you put it back, everything is as the backup holds it, drafts and settings too. What is here "
                "now is put aside in a file beside the store, with its keys. It is listed among the backups then: "
                "restore it from there to take this back.",
                wrap=True,
            )
        )
        self.main.setText("Put it back")
        grow(self)
        self.close_button.setFocus()
        announce(self, f"The backup opens. {said}")

    def _list(self, title: str, beyond: Beyond) -> None:
        if not beyond.count:
            return
        self._tell(heading(title, 2))
        table = Table(_COLUMNS, _number, self)
        table.show(beyond.newest)
        view = TableView(table, title, self)
        view.setWordWrap(True)  # what was changed is to be read whole
        rows = view.verticalHeader()
        rows.setMinimumSectionSize(rows.defaultSectionSize())
        view.horizontalHeader().sectionResized.connect(view.resizeRowsToContents)
        view.setFixedHeight(round(rows.defaultSectionSize() * (min(len(beyond.newest), _ROWS) + 1.6)))
        self.changes.append(view)
        self._tell(view)
        if more := beyond.count - len(beyond.newest):
            self._tell(label(f"and {more:,} more, which are older", quiet=True))

    def _count(self, found: Differs) -> None:
        """How many of what, side by side."""
        past, now = found.past, found.now
        self.body.addLayout(self.held)
        for at, title in enumerate(("", "In the backup", "Here now")):
            self._put(heading(title, 2), 0, at)
        here = dict(now.counts) if now else {}
        lines = [
            (title, f"{n:,}", f"{here[title]:,}" if title in here else "–") for title, n in past.counts
        ]
        lines.append(("Last changed", _when(past), _when(now)))
        lines.append(("That change", _newest(past), _newest(now)))
        for at, cells in enumerate(lines, 1):
            for column, words in enumerate(cells):
                self._put(label(words, quiet=column == 0, wrap=column > 0), at, column)
        self.held.setColumnStretch(1, 1)
        self.held.setColumnStretch(2, 1)

    def _tell(self, said: QWidget) -> None:
        self.body.addWidget(said)
        said.show()

    def _put(self, said: QWidget, line: int, column: int) -> None:
        self.held.addWidget(said, line, column)
        said.show()

    def _refused(self, error: SuperviseError) -> None:
        self._rest()
        self.trouble(str(error))
        self.form.inputs["secret"].setFocus()

    def _rest(self) -> None:
        self._job = None
        self.busy.hide()
        self.main.setEnabled(True)

    def _give_up(self, _: int) -> None:
        if self._job is not None:
            self._job.cancel()


def backup_named(backup: Path) -> str:
    """ "the backup of Tue 4 April 2017 09:12", "the store kept on …"; its file's name, if that says no moment."""
    made = looking_back.made_at(backup)
    if made is None:
        return f"the backup {backup.name}"
    what = "the store kept on" if aside.is_put_aside(backup) else "the backup of"
    return f"{what} {wording.moment(made.astimezone())}"


def _when(trace: Trace | None) -> str:
    if trace is None or trace.newest is None:
        return "–"
    return wording.moment(datetime.fromisoformat(trace.newest.at).astimezone())


def _newest(trace: Trace | None) -> str:
    return trace.newest.label if trace and trace.newest else "–"
