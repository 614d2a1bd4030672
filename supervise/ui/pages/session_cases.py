"""Cases that were talked through: by reference, and when that was put on the child's own file.

What is decided about a child belongs there. Texts about a case are asked for only where the service has said
why they are kept here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.sheet import Sheet, SheetDiscussion
from supervise.ui.bits import button, column, label, row
from supervise.ui.desk import Desk
from supervise.ui.flow import Flow
from supervise.ui.forms import DayEdit
from supervise.ui.pages.session_actions import in_order
from supervise.ui.pages.session_editor import PlainEdit, titled
from supervise.ui.pages.session_flow import beside, scrolling
from supervise.ui.pages.session_watch import Around, TextPart, Watch

_TEXTS = (("analysis", "What we think"), ("decision", "What is decided"), ("rationale", "Why"))


class CaseRow(QFrame):
    """One case: its reference, and the day on which its file was written."""

    changed = Signal()
    gone = Signal()

    def __init__(
        self, desk: Desk, case: SheetDiscussion, around: Around, parent: QWidget, *, texts: bool
    ) -> None:
        super().__init__(parent)
        self._desk, self.case = desk, case
        self.ref = QComboBox()
        self.ref.setEditable(True)
        self.ref.addItems(list(around.cases))
        self.ref.setEditText(case.case_ref)
        self.ref.setAccessibleName("Case reference")
        self.on_file = DayEdit(desk.workspace.today)
        self.on_file.said.hide()
        self.on_file.edit.setPlaceholderText("not yet")
        self.on_file.set_day(case.recorded_on_file)
        self.on_file.edit.setAccessibleName("Recorded on the child’s file on")
        self.wrong = label("", wrap=True)
        self.wrong.setProperty("trouble", True)
        self.wrong.hide()
        self.off = button("Remove", self.gone.emit, link=True, name="Remove this case")
        self.texts: dict[str, PlainEdit] = {}
        self.watches: list[Watch] = []
        self._lay_out(around, texts=texts or any(case.texts))
        self.fit()
        self.ref.editTextChanged.connect(self._typed)
        self.on_file.changed.connect(self._typed)
        self.on_file.edit.editingFinished.connect(self._say_day)

    def _lay_out(self, around: Around, *, texts: bool) -> None:
        flow, upper = Flow(gap=8), QWidget(self)
        for words, target in (("Case", self.ref), ("on file", self.on_file)):
            named = QLabel(words)
            named.setBuddy(target)
            flow.addWidget(beside(upper, named, target))
        flow.addWidget(self.off)
        upper.setLayout(flow)
        whole = column(upper, self.wrong, spacing=4)
        for name, said in _TEXTS if texts else ():
            edit = PlainEdit(said, getattr(self.case, name) or "")
            edit.textChanged.connect(self.changed)
            watch = Watch(self._desk, edit, said, around, self)
            self.texts[name] = edit
            self.watches.append(watch)
            for each in (label(said, quiet=True), edit, watch):
                whole.addWidget(each)
        self.setLayout(whole)

    def fit(self) -> None:
        """As large as what is typed there needs in these letters."""
        one = self.fontMetrics().averageCharWidth()
        self.ref.setMinimumWidth(one * 14)
        self.on_file.edit.setFixedWidth(one * 13 + 18)
        for edit in self.texts.values():
            edit.setFixedHeight(edit.fontMetrics().lineSpacing() * 3 + 12)

    def _typed(self, *_: object) -> None:
        self.case.case_ref = self.ref.currentText()
        try:
            self.case.recorded_on_file = self.on_file.day()
        except ValueError:
            self.case.recorded_on_file = None
        self.changed.emit()

    def _say_day(self) -> None:
        try:
            on = self.on_file.day()
        except ValueError as error:
            self.wrong.setText(str(error))
        else:
            self.wrong.setText("")
            if on is not None and self.on_file.edit.text() != wording.day(on):
                self.on_file.set_day(on)
        self.wrong.setVisible(bool(self.wrong.text()))

    def is_wrong(self) -> bool:
        """Whether its day cannot be read; that is said."""
        self._say_day()
        return not self.on_file.is_readable()

    def gather(self) -> None:
        """Bring the texts into the sheet."""
        for name, edit in self.texts.items():
            if edit.document().isModified():
                setattr(self.case, name, edit.words() or None)


class CasesPart(QWidget):
    """The heading for case discussions: the cases, and below them the words under that heading, if the
    agenda has such a heading (`text`)."""

    changed = Signal()
    looked = Signal()

    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        around: Around,
        text: TextPart | None,
        reason: str | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._around, self._texts = desk, sheet, around, reason is not None
        self.text = text
        self.title = text.title if text else "Case discussions"
        self.rows: list[CaseRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        why = (
            f"What is decided is kept here too: {reason}" if reason else
            "By reference. What is decided about a child belongs on the child’s own file."
        )  # fmt: skip
        self.more = button("Add a case", self.add_row, link=True)
        cases = column(label(why, quiet=True, wrap=True), self._list, row(self.more, None), spacing=4)
        self._holder: QWidget
        if text is None:
            area, self._holder = scrolling(self, f"{self.title}, with fields")
            cases.addStretch(1)
            cases.setContentsMargins(9, 9, 9, 9)
            cases.insertWidget(0, titled(self.title, None, self._holder))
            self._holder.setLayout(cases)
            self.setLayout(column(area, spacing=0))
        else:
            self._holder = text.box
            text.box.layout().insertLayout(1, cases)  # type: ignore[union-attr]
            self.setLayout(column(text, spacing=0))
            text.changed.connect(self.changed)
            text.looked.connect(self.looked)
        for case in sheet.discussions:
            self._add(case)

    def count(self) -> int:
        """How many cases there are, empty lines apart."""
        return sum(not each.is_blank for each in self._sheet.discussions)

    def add_row(self) -> None:
        """An empty line for another case."""
        case = SheetDiscussion()
        self._sheet.discussions.append(case)
        self._add(case)
        self.rows[-1].ref.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, case: SheetDiscussion) -> None:
        made = CaseRow(self._desk, case, self._around, self._holder, texts=self._texts)
        made.changed.connect(self.changed)
        made.gone.connect(partial(self._take, made))
        self._list.addWidget(made)
        if self.rows:
            in_order(self.rows[-1].off, made.ref)
        in_order(made.ref, made.on_file.edit, made.off, *made.texts.values(), self.more)
        self.rows.append(made)

    def _take(self, made: CaseRow) -> None:
        self._sheet.discussions.remove(made.case)
        self.rows.remove(made)
        for watch in made.watches:
            watch.let_go()
        made.hide()
        made.deleteLater()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def gather(self) -> None:
        """Bring what stands in texts into the sheet."""
        for made in self.rows:
            made.gather()

    def first_wrong(self) -> QWidget | None:
        """The first day that cannot be read, or None."""
        wrong = [made for made in self.rows if made.is_wrong()]
        return wrong[0].on_file if wrong else None

    def start_here(self) -> QWidget:
        """Where the keyboard begins: in the words, if there are to be any."""
        if self.text is not None:
            return self.text.edit
        return self.rows[0].ref if self.rows else self.more

    def let_go(self) -> None:
        """It is about to go."""
        for made in self.rows:
            for watch in made.watches:
                watch.let_go()
        if self.text is not None:
            self.text.let_go()


def refs_of(cases: Sequence[tuple[str, int, int]], on: int) -> tuple[str, ...]:
    """The references of the cases (reference, first day, last day) that somebody has on a day, in order."""
    return tuple(dict.fromkeys(sorted(ref for ref, first, last in cases if first <= on <= last)))
