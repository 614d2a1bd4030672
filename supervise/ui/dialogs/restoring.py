"""Restoring a backup: what it holds beside what is here now, then the decision."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget

from supervise import wording
from supervise.errors import NotAllowed, SuperviseError
from supervise.places import Places
from supervise.store import Store, backups, open_store
from supervise.store.files import files_told_plainly
from supervise.ui.background import Job
from supervise.ui.bits import heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.checked import grow
from supervise.ui.dialogs.dialog import Dialog, announce
from supervise.ui.forms import Field, Form

_COUNTED = (("People", "person"), ("Supervisions and bookings", "session"), ("Actions", "action"))
_BREATH = 1_000
"""Rows counted at a time before the window breathes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a store holds: how many of what, when something was last changed and what that was."""

    store_id: str
    counts: tuple[tuple[str, int], ...]
    changed_at: datetime | None
    changed: str


def counting(store: Store) -> Generator[tuple[int, int], None, Held]:
    """Count what a store holds, step by step."""
    counts = []
    for at, (title, kind) in enumerate(_COUNTED):
        n = 0
        for _ in store.rows(kind):
            n += 1
            if n % _BREATH == 0:
                yield at, len(_COUNTED)
        counts.append((title, n))
    newest = next(iter(store.history(1)), None)
    return Held(
        store_id=store.settings.get("store_id") or "",
        counts=tuple(counts),
        changed_at=datetime.fromisoformat(newest.at) if newest else None,
        changed=newest.label if newest else "",
    )


def look_into(backup: Path, secret: str, places: Places, now: Callable[[], datetime]) -> Held:
    """What a backup holds. It is unpacked, still encrypted, into a folder beside the store that is gone
    afterwards. Touches no open store, so that any thread may do it. WrongPassphrase, BadFile or
    StoreIsDamaged if the backup cannot be restored with that secret."""
    prefix = (
        f".{places.store.name}-making-"  # what a kill leaves behind is swept up by the next restoring
    )
    with files_told_plainly():
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=places.store.parent))
    try:
        inside = Places(folder / "backup.store")
        backups.restore(inside, backup, secret, now())
        with open_store(inside, secret, now=now, user="", program="restoring") as store:
            steps = counting(store)
            while True:
                try:
                    next(steps)
                except StopIteration as ended:
                    held: Held = ended.value
                    return held
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class RestoreDialog(Dialog):
    """Asks for a backup's passphrase, shows what it holds beside what is here now, and puts it back if that
    is wanted. What is here now is put aside, never thrown away."""

    def __init__(self, desk: Desk, parent: QWidget, backup: Path) -> None:
        if not desk.workspace.store.is_on_disk:
            raise NotAllowed("This store has no file, so that nothing can be put in its place.")
        made = backups.moment_of(backup)
        when = f"of {wording.moment(made.astimezone())}" if made else backup.name
        super().__init__(
            desk,
            parent,
            f"Restore the backup {when}",
            "First you see what it holds. Nothing is altered until you choose to put it back.",
            does="Look into it",
        )
        self.backup = backup
        self._job: Job | None = None
        self._looked: tuple[Held, str] | None = None
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
        self.held = QGridLayout()
        self.held.setHorizontalSpacing(24)
        self.body.addWidget(self.form)
        self.body.addWidget(self.busy)
        self.body.addLayout(self.held)
        self.finished.connect(self._give_up)

    def start_here(self) -> QWidget | None:
        """On the passphrase."""
        return self.form.inputs["secret"]

    def submit(self) -> bool:
        """Look into it; after that, put it back."""
        if self._looked is not None:
            self.desk.deeds.restore(self.backup, self._looked[1])
            return True
        values = self.form.values()
        if values is None or self._job is not None:
            return False
        secret = values["secret"]
        places, now = self.desk.workspace.store.places, self.desk.now
        self.main.setEnabled(False)
        self.busy.show()
        self._job = self.desk.background.run(
            partial(look_into, self.backup, secret, places, now),
            partial(self._opened, secret),
            self._refused,
        )
        return False

    def _opened(self, secret: str, held: Held) -> None:
        steps = counting(self.desk.workspace.store)
        self._job = self.desk.background.step(steps, partial(self._show, secret, held), self._refused)

    def _show(self, secret: str, held: Held, now: Held) -> None:
        self._rest()
        self._looked = held, secret
        self.form.set_value("secret", "")
        self.form.hide()
        if held.store_id != now.store_id:
            told = (
                "This is a backup of another store. Its people would stand in the place of those here."
            )
            self._tell(notice(told, trouble=True))
        for at, title in enumerate(("", "In the backup", "Here now")):
            self._put(heading(title, 2), 0, at)
        lines = [
            (title, f"{n:,}", f"{m:,}")
            for (title, n), (_, m) in zip(held.counts, now.counts, strict=True)
        ]
        lines.append(("Last changed", _when(held), _when(now)))
        lines.append(("That change", held.changed or "–", now.changed or "–"))
        for at, cells in enumerate(lines, 1):
            for column, words in enumerate(cells):
                self._put(label(words, quiet=column == 0, wrap=column > 0), at, column)
        self.held.setColumnStretch(1, 1)
        self.held.setColumnStretch(2, 1)
        self._tell(
            label(
                "If you put it back, everything is as the backup holds it. What is here now is put aside in "
                "a file beside the store, with its keys, so that this can be taken back too.",
                wrap=True,
            )
        )
        self.main.setText("Put it back")
        grow(self)
        self.close_button.setFocus()
        announce(self, "The backup opens. What it holds is shown beside what is here now.")

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


def _when(held: Held) -> str:
    return wording.moment(held.changed_at.astimezone()) if held.changed_at else "–"
