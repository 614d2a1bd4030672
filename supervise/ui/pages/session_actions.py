"""Actions: those agreed now, and those of earlier times that are carried on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.sheet import Sheet, SheetAction
from supervise.ui.bits import button, column, label, row
from supervise.ui.desk import Desk
from supervise.ui.flow import Flow
from supervise.ui.forms import DayEdit
from supervise.ui.pages.session_editor import titled
from supervise.ui.pages.session_flow import beside, scrolling

OFTEN = 3
"""An action that has been carried as often as this is worth a word about why."""


def in_order(*widgets: QWidget) -> None:
    """Tab goes through them in this order."""
    for first, second in pairwise(widgets):
        QWidget.setTabOrder(first, second)


def done_on(sheet: Sheet, desk: Desk) -> int:
    """The day that “Done” means: that of the supervision, if it is not still to come."""
    return min(sheet.held_on or desk.today, desk.today)


class ActionRow(QFrame):
    """One action: what, who, by when. One of an earlier time can be done, or left off this record."""

    changed = Signal()
    gone = Signal()
    wants_more = Signal()

    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        action: SheetAction,
        owners: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self.action = desk, sheet, action
        is_earlier = action.carried_from is not None
        about = f"“{action.text}”" if is_earlier else "this action"
        self.text = QLineEdit(self)
        self.text.setMaxLength(1_000_000)
        self.text.setText(action.text)
        self.text.setPlaceholderText("What was agreed")
        self.text.setAccessibleName("What was agreed")
        self.said = label(action.text, wrap=True)
        self.details = QWidget(self)
        self.owner = QComboBox()
        self._fill_owner(owners, about)
        self.due = DayEdit(desk.workspace.today)
        self.due.said.hide()
        self.due.edit.setPlaceholderText("14/3 or Thu")
        self.due.set_day(action.due_on)
        self.due.edit.setAccessibleName(f"{wording.capital(about)}: by when")
        self.wrong = label("", wrap=True)
        self.wrong.setProperty("trouble", True)
        self.wrong.hide()
        off = "Leave off" if is_earlier else "Remove"
        self.off = button(off, self._off, link=True, name=f"{off} {about}")
        self.done = button("", self._done, name=f"Done: {action.text}")
        self.count = label("", quiet=True)
        self._lay_out(is_earlier)
        self.fit()
        self._connect()
        self.refresh()

    def _fill_owner(self, owners: Sequence[str], about: str) -> None:
        self.owner.setEditable(True)
        self.owner.setAccessibleName(f"{wording.capital(about)}: who")
        self.owner.addItems([""] + [each for each in owners if each])
        self.owner.setEditText(self.action.owner or "")

    def fit(self) -> None:
        """As wide as what is typed there needs in these letters."""
        one = self.fontMetrics().averageCharWidth()
        self.owner.setMinimumWidth(one * 18)
        self.due.edit.setFixedWidth(one * 13 + 18)

    def _lay_out(self, is_earlier: bool) -> None:
        who, when = QLabel("Who"), QLabel("by")
        who.setBuddy(self.owner)
        when.setBuddy(self.due)
        parts = [beside(self.details, who, self.owner), beside(self.details, when, self.due)]
        parts += [beside(self.details, self.count, self.done)] if is_earlier else []
        flow = Flow(gap=10)
        for part in (*parts, self.off):
            flow.addWidget(part)
        self.details.setLayout(flow)
        self.setLayout(
            column(self.said if is_earlier else self.text, self.details, self.wrong, spacing=4)
        )

    def _connect(self) -> None:
        self.text.textEdited.connect(self._typed)
        self.text.returnPressed.connect(self.wants_more)
        self.owner.editTextChanged.connect(self._typed)
        self.due.changed.connect(self._typed)
        self.due.edit.editingFinished.connect(self._say_day)

    def _typed(self, *_: object) -> None:
        if self.text.isModified():
            self.action.text = self.text.text()
        if self.owner.currentText() != (self.action.owner or ""):
            self.action.owner = self.owner.currentText() or None
        try:
            self.action.due_on = self.due.day()
        except ValueError:
            self.action.due_on = None
        self.changed.emit()

    def _say_day(self) -> None:
        """A day is said back as it was understood; what is none stays as it was typed, and is marked."""
        try:
            on = self.due.day()
        except ValueError as error:
            self.wrong.setText(str(error))
        else:
            self.wrong.setText("")
            if on is not None and self.due.edit.text() != wording.day(on):
                self.due.set_day(on)
        self.wrong.setVisible(bool(self.wrong.text()))

    def is_wrong(self) -> bool:
        """Whether its day cannot be read; that is said."""
        self._say_day()
        return not self.due.is_readable()

    def _done(self) -> None:
        self.action.done_on = done_on(self._sheet, self._desk) if self.action.done_on is None else None
        self.changed.emit()

    def _off(self) -> None:
        self._sheet.leave_off(self.action.id)
        self.gone.emit()

    def refresh(self) -> None:
        """Show whether it is done, and how often it was carried."""
        done = self.action.done_on
        self.done.setText("Done" if done is None else "Not done after all")
        said = f"✓ done {wording.day(done)}" if done is not None else carried_said(self.action.carried)
        self.count.setText(said)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        is_earlier = self.action.carried_from is not None
        before, after = ([], [self.done]) if is_earlier else ([self.text], [])
        return [*before, self.owner, self.due.edit, *after, self.off]

    def first(self) -> QWidget:
        """Where one begins to type."""
        return self.stops[0]


def carried_said(carried: int) -> str:
    """ "new", "×4"."""
    return f"×{carried}" if carried else "new"


class ActionsPart(QWidget):
    """A heading with actions: those of earlier times (`earlier`), or those agreed now."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        title: str,
        owners: Sequence[str],
        parent: QWidget,
        *,
        earlier: bool,
    ) -> None:
        super().__init__(parent)
        self.title, self._desk, self._sheet = title, desk, sheet
        self._owners, self._earlier = owners, earlier
        self.rows: list[ActionRow] = []
        prompt = (
            "Done, carried on to this record, or left off it (then it stays open where it is)."
            if earlier else "What was agreed, who does it, and by when."
        )  # fmt: skip
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.none = label("There is nothing open from earlier times.", quiet=True, wrap=True)
        self.more = button("Add another action", self.add_row, link=True)
        area, self._holder = scrolling(self, f"{title}, with fields")
        above = titled(title, prompt, self._holder)
        self._holder.setLayout(
            column(above, self.none, self._list, row(self.more, None), None, margins=9)
        )
        self.setLayout(column(area, spacing=0))
        for action in self.here():
            self._add(action)
        if not earlier and not any(made.action.is_blank for made in self.rows):
            self.add_row()
        self._show()

    def here(self) -> list[SheetAction]:
        """Those of the sheet that belong here."""
        return [each for each in self._sheet.actions if (each.carried_from is not None) == self._earlier]

    def count(self) -> int:
        """How many there are, empty lines apart."""
        return sum(not each.is_blank for each in self.here())

    def add_row(self) -> None:
        """An empty line for another action."""
        action = SheetAction()
        self._sheet.actions.append(action)
        self._add(action)
        self._show()
        if self.isVisible():
            self.rows[-1].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, action: SheetAction) -> None:
        made = ActionRow(self._desk, self._sheet, action, self._owners, self._holder)
        made.changed.connect(self.changed)
        made.gone.connect(partial(self._take, made))
        made.wants_more.connect(self.add_row)
        self._list.addWidget(made)
        if self.rows:
            in_order(self.rows[-1].off, made.first())
        in_order(*made.stops, self.more)
        self.rows.append(made)

    def _take(self, made: ActionRow) -> None:
        self.rows.remove(made)
        made.hide()
        made.deleteLater()
        self._show()
        self.start_here().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        self.none.setVisible(self._earlier and not self.rows)
        self.more.setVisible(not self._earlier)

    def refresh(self) -> None:
        """Something was ticked elsewhere."""
        for made in self.rows:
            made.refresh()

    def first_wrong(self) -> QWidget | None:
        """The first day that cannot be read, or None."""
        wrong = [made for made in self.rows if made.is_wrong()]
        return wrong[0].due if wrong else None

    def start_here(self) -> QWidget:
        """Where the keyboard begins."""
        if self.rows:
            return self.rows[0].first()
        return self if self._earlier else self.more

    def let_go(self) -> None:
        """It is about to go."""
