"""Settings, retention: how long records are kept, holds on them, and deleting for good what is due."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QWidget

from supervise import wording
from supervise.doing.retention import MOST_YEARS, WHY_NO_PERIOD, Retention
from supervise.errors import NotAllowed
from supervise.fields import KINDS
from supervise.store import Change
from supervise.store.retention import Leaver
from supervise.ui.bits import button, label, notice, row
from supervise.ui.desk import Desk
from supervise.ui.forms import Field, Form
from supervise.ui.pages.settings_section import ScrollSection, part
from supervise.ui.tables import Column, Table, TableView
from supervise.workdays import FOREVER

_ROWS = 7
"""As many rows of people as are shown at once."""

_SERVICE = (
    "This is a service store: what is deleted here would come back with the team’s next export. Delete it in the "
    "team’s own store, then make a new service store from the teams’ new exports."
)
_WHAT = (
    "Nothing is deleted by itself. Deleting takes everything that belongs to a person: facts, records, history, "
    "unfinished notes, who looked. What others’ records say stays as it was signed. It cannot be undone."
)
_KEY = (
    "One step is left after the last deletion: the store needs a new key, so that what was deleted opens nowhere any "
    "more. The passphrase and the recovery sheet stay as they are."
)


class Line(NamedTuple):
    """Somebody who has left, and what there is of them."""

    leaver: Leaver
    takes: str
    is_due: bool

    @property
    def due(self) -> str:
        """From when on their records may be deleted."""
        if self.leaver.due_on is None:
            return "not decided"
        return wording.day(self.leaver.due_on) + (" (due)" if self.is_due else "")

    @property
    def hold(self) -> str:
        """Since when there is a hold."""
        return f"since {wording.day(self.leaver.hold.since)}" if self.leaver.hold else "–"


COLUMNS = (
    Column("Name", lambda each: each.leaver.name, bold=True, width=26),
    Column(
        "Left on",
        lambda each: wording.day(each.leaver.left_on),
        sort=lambda each: each.leaver.left_on,
        width=14,
    ),
    Column("Due on", lambda each: each.due, sort=lambda each: each.leaver.due_on or FOREVER, width=20),
    Column("Hold", lambda each: each.hold, width=20),
    Column("What there is", lambda each: each.takes, tip=lambda each: each.takes),
)


class RetentionSection(ScrollSection):
    """How long records are kept, and what is due."""

    title = "Retention"
    cares_about = frozenset(kind.name for kind in KINDS) | {"hold", "removal"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.why_not = notice(_SERVICE)
        for each in (self.why_not, self._afterwards(), self._period(), self._people()):
            self.body.addWidget(each)

    @property
    def work(self) -> Retention:
        """Retention in the store."""
        return Retention(self.desk.workspace.here, practice=self.desk.is_practice)

    # How it is laid out

    def _period(self) -> QFrame:
        self.now = label("", wrap=True)
        years = Field(
            name="years", label="&Years after leaving", kind="count", required=True, high=MOST_YEARS
        )
        self.form = Form([years], self.desk.workspace.today)
        self.set = button("&Set", self.set_years, name="Set the years")
        self.unset = button("&Not decided", self.unset_years)
        return part("How long records are kept", self.now, label(WHY_NO_PERIOD, quiet=True, wrap=True), self.form,
                    row(self.set, self.unset, None))  # fmt: skip

    def _people(self) -> QFrame:
        self.table = Table(COLUMNS, lambda each: each.leaver.id, self)
        self.view = TableView(self.table, "People who have left", self)
        self.view.selectionModel().currentRowChanged.connect(self._show_buttons)
        self.reason = label("", wrap=True)
        self.hold = button("&Put a hold on…", self.put_hold)
        self.lift = button("&Take the hold off", self.lift_hold)
        self.delete = button("&Delete for good…", self.ask_to_delete)
        self.without = label("", quiet=True, wrap=True)
        return part("People who have left", label(_WHAT, quiet=True, wrap=True), self.view, self.reason,
                    row(self.hold, self.lift, self.delete, None), self.without)  # fmt: skip

    def _afterwards(self) -> QFrame:
        self.step = label(_KEY, wrap=True)
        self.key = button("&Give it a new key…", self.ask_for_key, main=True)
        self.copies = label("", wrap=True)
        self.delete_copies = button("D&elete these copies…", self.ask_to_delete_copies)
        self.after = part("After the last deletion", self.step, row(self.key, None), self.copies,
                          row(self.delete_copies, None))  # fmt: skip
        return self.after

    # Showing

    def refresh(self) -> None:
        """Read who has left, and what is still to be done."""
        work, years = self.work, self.work.years()
        self.why_not.setVisible(self.desk.workspace.is_service)
        self.now.setText(_period_said(years))
        self.table.show([Line(each, work.takes(each.id), work.is_due(each)) for each in work.leavers()])
        if self.table.records and self.view.chosen() is None:
            self.view.choose(self.table.key(self.table.records[0]))
        lines = min(max(len(self.table.records), 2), _ROWS) + 1.6
        self.view.setFixedHeight(round(self.view.verticalHeader().defaultSectionSize() * lines))
        without = work.without_leaving_date()
        self.without.setText(f"In no post any more and without a leaving date, so that the years never begin: "
                             f"{wording.joined(without)}.")  # fmt: skip
        self.without.setVisible(bool(without))
        self._show_after(work)
        self._show_buttons()

    def _show_after(self, work: Retention) -> None:
        found, wants_key = work.copies(), work.left_to_do().new_key and not self.desk.is_practice
        said = [f"{each.path.name} ({'second place, ' if each.is_elsewhere else ''}{work.copy_said(each)})"
                for each in found]  # fmt: skip
        away = (
            " The second place is away: there may be more in it." if work.second_place_is_away() else ""
        )
        self.copies.setText(
            f"Made before it, and still holding what was deleted: {'; '.join(said)}.{away}"
        )
        for each in (self.step, self.key):
            each.setVisible(wants_key)
        for each in (self.copies, self.delete_copies):
            each.setVisible(bool(found))
        self.after.setVisible(wants_key or bool(found))

    def _show_buttons(self, *_: object) -> None:
        chosen, may = self.chosen(), self.may_change
        hold = chosen.leaver.hold if chosen else None
        self.reason.setText(f"The hold: {hold.reason} (by {hold.by})" if hold else "")
        self.reason.setVisible(hold is not None)
        self.hold.setEnabled(may and chosen is not None and hold is None)
        self.lift.setEnabled(may and hold is not None)
        self.delete.setEnabled(may and chosen is not None and chosen.is_due)
        for made in (self.form, self.set, self.unset, self.key, self.delete_copies):
            made.setEnabled(may)

    def chosen(self) -> Line | None:
        """Who is chosen in the list."""
        found: Line | None = self.view.chosen()
        return found

    def chosen_person(self) -> str | None:
        """The same, by their id."""
        found = self.chosen()
        return found.leaver.id if found else None

    def open_on(self, subject: object) -> None:
        """Choose a person in the list."""
        self.view.choose(subject)

    def start_here(self) -> QWidget | None:
        """In the list, or on the years."""
        return self.view if self.table.records else self.form.first()

    # Doing

    def set_years(self) -> None:
        """Set the period that was typed."""
        if (values := self.form.values()) is not None:
            self._set(values["years"])

    def unset_years(self) -> None:
        """No period any more."""
        self._set(None)

    def _set(self, years: int | None) -> None:
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.work.set_years(years)
            self.desk.notifier.note(_period_said(years))
            self.form.set_value("years", None)
            self.read()

    def _wanted(self) -> Line:
        self.desk.refuse_if_not_today()
        if (chosen := self.chosen()) is None:
            raise NotAllowed("Nobody is chosen yet.", "Choose somebody in the list, then try again.")
        return chosen

    def put_hold(self) -> None:
        """Ask for the reason of a hold."""
        from supervise.ui.dialogs.retention import HoldDialog

        with self.desk.trying():
            HoldDialog(self.desk, self.window(), self._wanted().leaver).show_over()

    def lift_hold(self) -> None:
        """Take the hold off."""
        with self.desk.trying():
            self.desk.did(self.work.lift(self._wanted().leaver.id))

    def ask_to_delete(self) -> None:
        """Show what goes, and have the name typed."""
        from supervise.ui.dialogs.retention import DeleteDialog

        with self.desk.trying():
            dialog = DeleteDialog(self.desk, self.window(), self.work.look(self._wanted().leaver.id))
            dialog.deleted.connect(self._deleted)
            dialog.show_over()

    def _deleted(self, change: Change) -> None:
        self.desk.did(change, "Deleted for good.")
        self.desk.changed.emit(self.cares_about)
        if not self.key.isHidden():
            self.ask_for_key()

    def ask_for_key(self) -> None:
        """Ask for the secrets that a new key is made for."""
        from supervise.ui.dialogs.retention import NewKeyDialog

        with self.desk.trying():
            self.desk.refuse_if_not_today()
            dialog = NewKeyDialog(self.desk, self.window())
            dialog.given.connect(self.read)
            dialog.show_over()

    def ask_to_delete_copies(self) -> None:
        """Ask whether the copies are to go."""
        from supervise.ui.dialogs.dialog import Question

        n = len(self.work.copies())
        them = wording.counted(n, "copy", "copies")
        Question(
            self.desk, self.window(), f"Delete {them}?",
            "First a backup is made as things are now, and tried. Then these copies are deleted: what was deleted "
            "before cannot be brought back from them.",
            does="Delete them", then=partial(self._delete_copies, n),
        ).show_over()  # fmt: skip

    def _delete_copies(self, n: int) -> None:
        backed, kept = self.work.delete_copies()
        said = f"Backed up to {backed.path.name}; {wording.counted(n - len(kept), 'copy', 'copies')} deleted."
        left = (
            f" These could not be deleted: {wording.joined([path.name for path in kept])}."
            if kept
            else ""
        )
        self.desk.notifier.note(said + left)
        self.read()


def _period_said(years: int | None) -> str:
    if years is None:
        return "It is not decided how long records are kept, so that nobody’s are due."
    return f"Records are kept for {wording.counted(years, 'year')} after somebody has left."
