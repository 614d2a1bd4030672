"""Where a new store is kept, and where copies of its backups go."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from supervise.places import Places
from supervise.ui.background import Background
from supervise.ui.bits import button, label, notice, row
from supervise.ui.first_made import check_place, check_second_place
from supervise.ui.first_step import Step, choose, pressed_by_enter
from supervise.ui.start import Start


class _FolderStep(Step):
    """A folder, typed or chosen."""

    def __init__(
        self, background: Background, start: Start, title: str, sentence: str, does: str
    ) -> None:
        super().__init__(title, sentence, does=does)
        self._background, self._start = background, start
        self.folder = QLineEdit()
        self.folder.returnPressed.connect(self.go_on)
        words = label("&Folder")
        words.setBuddy(self.folder)
        self.change = pressed_by_enter(button("&Change…", self._choose))
        self.body.addLayout(row(words, self.folder, self.change))

    def _choose(self) -> None:
        choose(self, "Choose a folder", self.folder.setText, at=self.folder.text())

    def start_here(self) -> QWidget | None:
        """In the field."""
        return self.folder

    def typed(self) -> Path:
        """The folder as it was typed, with ~ for one's own."""
        text = self.folder.text().strip()
        return self._start.home / text[2:] if text[:2] in ("~/", "~\\") else Path(text)


class PlaceStep(_FolderStep):
    """Where the records will be."""

    def __init__(self, background: Background, start: Start) -> None:
        super().__init__(
            background, start, "Where will your records be kept?",
            "In one encrypted file on this computer. The usual place is right for most people.", "Next",
        )  # fmt: skip
        self.folder.setText(str(_free(start.places).store.parent))
        self.body.addWidget(
            label(
                "Not in OneDrive, Dropbox or another folder that is kept in step with other computers: that "
                "damages a store. Backups of it are welcome there.",
                quiet=True, wrap=True,
            )
        )  # fmt: skip
        self.laid_out()

    @property
    def places(self) -> Places:
        """The store that will be made."""
        return Places(self.typed() / self._start.places.store.name)

    def go_on(self) -> None:
        """Go on if a store may stand there."""
        if not self.main.isEnabled():
            return
        self.say("")
        self.is_busy(True)
        self.look(self._background, partial(check_place, self._start, self.places.store), self._good)

    def _good(self, _: object) -> None:
        self.is_busy(False)
        self.done.emit()


class SecondPlaceStep(_FolderStep):
    """A second place for backups, which may be skipped."""

    def __init__(self, background: Background, start: Start) -> None:
        super().__init__(
            background, start, "A second place for backups",
            "Each time you close the window a backup is made beside the store. A copy in a second place "
            "outlives this computer: a memory stick, a shared drive, a synchronised folder. Copies are "
            "encrypted.",
            "Use this folder",
        )  # fmt: skip
        self.change.setText("&Choose…")
        self._places = start.places
        self._warned_of = ""
        self.warning = notice("")
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.skip = pressed_by_enter(button("&Skip for now", self._skip))
        self.buttons.insertWidget(1, self.skip)
        self.laid_out()

    def belongs_to(self, places: Places) -> None:
        """Of which store the backups are."""
        self._places = places

    @property
    def chosen(self) -> Path | None:
        """The folder; None if that was skipped."""
        return self.typed() if self.folder.text().strip() else None

    def _skip(self) -> None:
        self.folder.setText("")
        self.say("")
        self.done.emit()

    def go_on(self) -> None:
        """Go on if copies can be put there. Of one on the same disk one is warned, once."""
        if not self.main.isEnabled():
            return
        if self.chosen is None:
            self.say("No folder is chosen yet. Choose one, or skip this for now.")
        elif self._warned_of == str(self.chosen):
            self.done.emit()
        else:
            self.say("")
            self.is_busy(True)
            work = partial(check_second_place, self._start, self._places, self.chosen)
            self.look(self._background, work, self._looked_at)

    def is_busy(self, busy: bool) -> None:
        """Neither way goes on meanwhile."""
        super().is_busy(busy)
        self.skip.setEnabled(not busy)

    def _looked_at(self, warning: str) -> None:
        self.is_busy(False)
        self.warning.setText(f"{warning} Press “Use this folder” again to use it all the same.")
        self.warning.setVisible(bool(warning))
        if warning:
            self._warned_of = str(self.chosen)
            self.start()
        else:
            self.done.emit()


def _free(places: Places) -> Places:
    """The usual place, or, if there is a store already, a folder beside it."""
    store = places.store
    beside = (store.parent / f"store-{n}" / store.name for n in range(2, 1000))
    return places if not store.exists() else Places(next(path for path in beside if not path.exists()))
