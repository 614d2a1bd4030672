"""Settings, backups: what there is, a second place for copies, looking everything over, and restoring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from supervise import beginning, wording
from supervise.store import aside, backups, elsewhere, looking_back, thinning
from supervise.store.safe_keeping import backed_up_state
from supervise.ui.bits import button, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.pages.settings_checks import ChecksPart
from supervise.ui.pages.settings_section import ScrollSection, part
from supervise.ui.tables import Column, Table, TableView

_ROWS = 6
"""How many backups the list shows before it scrolls."""

_PRACTICE = (
    "This is practice: everybody here is made up, so that nothing is backed up on closing and no copy "
    "elsewhere is needed. In your own store all of this works."
)
_MEMORY = "This store is kept in memory only. It has no file, so that there is nothing to back up."


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup beside the store, or a store that restoring put aside."""

    path: Path
    when: datetime | None
    size: int

    @property
    def why(self) -> str:
        """Why it was made, by its file's name; "" for a name that is not one of ours."""
        if self.is_store:
            return "the store of before, kept when another was put in its place"
        return thinning.why_made(self.path)

    @property
    def is_store(self) -> bool:
        """Whether it is no backup but a store that was put aside."""
        return aside.put_aside_at(self.path) is not None

    @property
    def said(self) -> str:
        """When it was made, as this computer's clock has it."""
        if self.when is None:
            return self.path.name
        here = self.when.astimezone()
        return f"{wording.day(here.toordinal())} {here:%H:%M}"


def kept(paths: Sequence[Path]) -> list[Kept]:
    """What is to be said of backups; one that has just gone is left out."""
    found = []
    for path in paths:
        try:
            size = path.stat().st_size
        except OSError:
            continue
        found.append(Kept(path, looking_back.made_at(path), size))
    return found


def _order(each: Kept) -> str:
    """The newest first; what does not say when it was made comes last."""
    return each.when.astimezone(UTC).isoformat() if each.when else ""


def size_said(size: int) -> str:
    """ "340 kB", "12.5 MB"."""
    return f"{max(size / 1000, 1):,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


COLUMNS = (
    Column("Made", lambda each: each.said, sort=_order, width=24),
    Column("Size", lambda each: size_said(each.size), sort=lambda each: each.size, width=12),
    Column("Why", lambda each: each.why),
)


class BackupsSection(ScrollSection):
    """How safe what was written is."""

    title = "Backups"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.why_not = notice("")
        self.body.addWidget(self.why_not)
        self.body.addWidget(self._list())
        self.body.addWidget(self._second_place())
        self.checks = ChecksPart(desk)
        self.checks.told.connect(self._told)
        self._is_told = False
        self.area.verticalScrollBar().rangeChanged.connect(self._show_findings)
        self.body.addWidget(self.checks)

    @property
    def _store_has_files(self) -> bool:
        return self.desk.workspace.store.is_on_disk

    # How it is laid out

    def _list(self) -> QFrame:
        self.state = label("", wrap=True)
        self.table = Table(COLUMNS, lambda each: each.path.name, self)
        self.view = TableView(self.table, "Backups beside the store", self)
        self.view.opened.connect(self._restore_kept)
        self.make = button("&Back up now", self.back_up, main=True)
        self.restore = button("&Restore…", self.restore_chosen)
        self.restore_other = button("Restore from a fi&le…", self._ask_for_backup)
        return part("Backups beside the store", self.state, self.view,
                     row(self.make, self.restore, self.restore_other, None))  # fmt: skip

    def _second_place(self) -> QFrame:
        self.place = label("", wrap=True)
        self.place_note = notice("")
        self.choose_place = button("&Choose a folder…", self._ask_for_place)
        self.no_place = button("&No longer", self._give_up_place, name="No longer copy backups there")
        why = label(
            "A copy in a second place outlives this computer: on another disk, on a shared drive, or in a "
            "folder that OneDrive or the like keeps in step. It is encrypted, and opens with the passphrase only.",
            quiet=True, wrap=True,
        )  # fmt: skip
        return part("A second place", self.place, self.place_note, why,
                     row(self.choose_place, self.no_place, None))  # fmt: skip

    # Showing

    def refresh(self) -> None:
        """Read what backups there are."""
        on_disk = self._store_has_files
        practice = self.desk.is_practice
        self.why_not.setText(_PRACTICE if practice and on_disk else _MEMORY)
        self.why_not.setVisible(practice or not on_disk)
        for made in (self.make, self.restore, self.restore_other, self.choose_place):
            made.setEnabled(on_disk)
        self.table.show(self._there() if on_disk else [])
        if self.table.records and self.view.chosen() is None:
            backup = (each for each in self.table.records if not each.is_store)
            self.view.choose(self.table.key(next(backup, self.table.records[0])))
        lines = min(max(len(self.table.records), 2), _ROWS) + 1.6
        self.view.setFixedHeight(round(self.view.verticalHeader().defaultSectionSize() * lines))
        self.state.setText(self._said())
        self._show_place()

    def _there(self) -> list[Kept]:
        places = self.desk.workspace.store.places
        found = kept([*backups.list_backups(places), *aside.list_put_aside(places)])
        return sorted(found, key=_order, reverse=True)

    def _said(self) -> str:
        if not self._store_has_files:
            return "No backup."
        state = backed_up_state(self.desk.workspace.store, self.desk.now())
        if state.when is None:
            return "Not backed up yet. It is done by itself when the window is closed, and daily while it is open."
        count = wording.counted(sum(not each.is_store for each in self.table.records), "backup")
        last = f"The newest of {count} was made on {wording.moment(state.when.astimezone())}."
        return f"{last} Older ones that nobody asked for are thinned by themselves."

    def _show_place(self) -> None:
        store = self.desk.workspace.store
        folder = elsewhere.second_place(store) if self._store_has_files else None
        self.no_place.setVisible(folder is not None)
        self.place_note.hide()
        if folder is None:
            self.place.setText("None is chosen: if this computer is lost, so are the records.")
            return
        state = backed_up_state(store, self.desk.now())
        if state.elsewhere_when is None:
            copied = "Nothing has been copied there yet."
        else:
            behind = state.days_without_copy_elsewhere
            copied = f"Last copied there on {wording.moment(state.elsewhere_when.astimezone())}."
            copied += (
                f" What was entered since has been without a copy for {wording.days(behind)}."
                if behind
                else ""
            )
        self.place.setText(f"{folder}. {copied}")
        if elsewhere.is_on_the_same_disk(store, folder):
            self.place_note.setText(
                "That folder is on the same disk as the store. Unless it is kept in step with somewhere else, "
                "a copy in it would be lost together with this computer."
            )
            self.place_note.show()

    def start_here(self) -> QWidget | None:
        """On the button that makes one."""
        return self.make

    # Backing up

    def back_up(self) -> None:
        """Make a backup now, try it, and copy it to the second place."""
        with self.desk.trying():
            backed = beginning.back_up(self.desk.workspace.store)
            said = f"Backed up to {backed.path.name}. It was opened again, and is whole."
            if backed.elsewhere:
                said += f" A copy is in {backed.elsewhere.parent}."
            self.desk.notifier.note(f"{said} {backed.trouble}" if backed.trouble else said)
            self._show_anew()
            self.view.choose(backed.path.name)

    def _show_anew(self) -> None:
        self.read()
        self.desk.deeds.window.show_state()

    # The second place

    def _ask_for_place(self) -> None:
        asks = QFileDialog(self.window(), "A second place for backups")
        asks.setFileMode(QFileDialog.FileMode.Directory)
        asks.setOption(QFileDialog.Option.ShowDirsOnly)
        asks.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asks.fileSelected.connect(self.choose)
        asks.open()

    def choose(self, folder: str) -> None:
        """Have backups copied to that folder, and copy one at once."""
        with self.desk.trying():
            elsewhere.set_second_place(self.desk.workspace.store, Path(folder))
            self.back_up()

    def _give_up_place(self) -> None:
        with self.desk.trying():
            elsewhere.set_second_place(self.desk.workspace.store, None)
            self.desk.notifier.note("Backups are no longer copied there. The copies there now stay.")
            self._show_anew()

    def _told(self) -> None:
        self._is_told = True

    def _show_findings(self, *_: int) -> None:
        """Scroll to what was found, once there is room for it."""
        if self._is_told:
            self._is_told = False
            self.area.ensureWidgetVisible(self.checks)

    # Restoring

    def restore_chosen(self) -> None:
        """Restore the backup chosen in the list; without one, ask for a file."""
        chosen = self.view.chosen()
        if chosen is None:
            self._ask_for_backup()
        else:
            self._restore_kept(chosen)

    def _restore_kept(self, chosen: Kept) -> None:
        self.ask_to_restore(str(chosen.path))

    def _ask_for_backup(self) -> None:
        folder = elsewhere.second_place(self.desk.workspace.store)
        asks = QFileDialog(self.window(), "Restore a backup", str(folder or ""), "Backups (*.zip)")
        asks.setFileMode(QFileDialog.FileMode.ExistingFile)
        asks.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asks.fileSelected.connect(self.ask_to_restore)
        asks.open()

    def ask_to_restore(self, path: str) -> None:
        """Show what differs between that backup and what is here now, and put it back if that is wanted."""
        from supervise.ui.dialogs.restoring import RestoreDialog

        with self.desk.trying():
            RestoreDialog(self.desk, self.window(), Path(path)).show_over()
