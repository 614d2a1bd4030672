"""Writing up one supervision: its fields, its headings, last time beside it, and its draft."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.doing import carrying
from supervise.doing.sheet import Sheet
from supervise.doing.writing import Writing
from supervise.ui.bits import column
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.pages.session_actions import done_on
from supervise.ui.pages.session_flow import Columns, scrolling
from supervise.ui.pages.session_foot import WritingFoot
from supervise.ui.pages.session_head import Head
from supervise.ui.pages.session_headings import HeadingBox, HeadingList
from supervise.ui.pages.session_keeping import Keeper
from supervise.ui.pages.session_others import OtherWriting
from supervise.ui.pages.session_parts import Parts
from supervise.ui.pages.session_sides import LastTimeBox, OpenActionsBox


class Middle(Columns):
    """Headings, words and what stands beside them."""

    def __init__(self, desk: Desk, sheet: Sheet, writing: Writing, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.parts = Parts(desk, sheet, writing, self)
        self.headings = HeadingList(desk, [part.title for part in self.parts.all], self)
        self.box = HeadingBox(self.headings, self)
        sides = QWidget(self)
        self.last, self.open = LastTimeBox(sides), OpenActionsBox(sides)
        sides.setLayout(column(self.last, self.open, spacing=8))
        self.open.after = self.last.turn
        for part, share in ((self.headings, 0), (self.box, 0), (self.parts.stack, 3), (sides, 2)):
            self.add(part, share)
        self.turned(False)

    def turned(self, stacked: bool) -> None:
        """Below one another everything is as high as it should be, for the page scrolls; the list of headings
        breaks into lines, or in large letters is a box, so that the words can be seen."""
        line = self.fontMetrics().lineSpacing()
        self.headings.stack(stacked)
        is_box = stacked and self._desk.memory["text_percent"] > STACKED_ABOVE
        self.headings.setVisible(not is_box)
        self.box.setVisible(is_box)
        self.parts.stack.setMinimumHeight(line * 16 if stacked else 0)
        self.last.edit.setMinimumHeight(line * (6 if stacked else 3))
        self.open.area.setMinimumHeight(line * (9 if stacked else 3))


class WritingView(QWidget):
    """One sheet being written. It is made for that sheet, and goes with it."""

    finish_wanted = Signal()
    throw_wanted = Signal()
    print_wanted = Signal()

    def __init__(
        self, desk: Desk, sheet: Sheet, parent: QWidget, *, kept: bool, status: str | None
    ) -> None:
        super().__init__(parent)
        self.desk, self.sheet, self.status = desk, sheet, status
        self.session, self.person = sheet.session, sheet.person
        self.writing = Writing(desk.workspace.here)
        self._looks: tuple[str, ...] = ()
        self._last_asked: tuple[object, ...] | None = None
        self.area, inner = scrolling(self, "The record", card=False)
        self.head = Head(desk, sheet, self.writing, inner)
        self.others = OtherWriting(desk, inner)
        self.middle = Middle(desk, sheet, self.writing, inner)
        self.parts, self.headings = self.middle.parts, self.middle.headings
        self.last, self.open = self.middle.last, self.middle.open
        self.keeper = Keeper(desk, sheet, self.gather, self)
        self.foot = WritingFoot(desk, self, kept=kept, is_held=self.is_held)
        self._lay_out(inner)
        self._connect()
        self.headings.setCurrentRow(self.parts.first())
        self.refresh()

    @property
    def is_held(self) -> bool:
        """Whether this alters a record that is finished."""
        return self.status == "held"

    def _lay_out(self, inner: QWidget) -> None:
        whole = column(self.head, self.others, self.middle, spacing=8)
        whole.setContentsMargins(18, 12, 18, 6)
        whole.setStretchFactor(self.middle, 1)
        inner.setLayout(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addWidget(self.area, 1)
        around.addWidget(self.foot)
        QWidget.setTabOrder(self.foot.finish, self.headings)
        QWidget.setTabOrder(self.headings, self.middle.box)

    def _connect(self) -> None:
        self.head.changed.connect(self._head_changed)
        self.parts.written.connect(self._written)
        self.parts.marked.connect(self._mark)
        self.headings.currentRowChanged.connect(self._go_to)
        self.headings.itemActivated.connect(self._into)
        self.open.done.connect(self._tick)
        self.keeper.kept.connect(self.foot.kept)
        self.keeper.failed.connect(self.foot.not_kept)
        self.foot.finish_wanted.connect(self.try_to_finish)
        self.foot.throw_wanted.connect(self.throw_wanted)
        self.foot.print_wanted.connect(self.print_wanted)

    # What happens while one writes

    def _written(self) -> None:
        self.foot.forget(forbidden_only=True)
        self.keeper.changed()

    def _head_changed(self) -> None:
        self.foot.forget()
        self.keeper.changed()
        self._show_last()

    def gather(self) -> None:
        """Bring everything that stands on the screen into the sheet."""
        self.head.gather()
        self.parts.gather()
        self._mark()

    def _mark(self) -> None:
        for at, (mark, spoken) in enumerate(self.parts.marks()):
            self.headings.mark(at, mark, spoken)
        self.open.show_actions(self.parts.earlier())

    def _tick(self, action_id: str) -> None:
        """Done, from the list at the side; or open after all."""
        for action in self.sheet.actions:
            if action.id == action_id:
                action.done_on = done_on(self.sheet, self.desk) if action.done_on is None else None
        self.parts.refresh_actions()
        self.keeper.changed()
        QTimer.singleShot(0, self._mark)  # the button that was pressed is among those made anew

    # Where one is

    def _go_to(self, at: int) -> None:
        if at >= 0:
            self.parts.stack.setCurrentIndex(at)
            self.last.show_heading(self.parts.all[at].title)

    def _into(self, _: object) -> None:
        self.parts.start_of(self.headings.currentRow()).setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """To the next heading or the one before, and into it."""
        self.headings.step(by)
        self._into(None)
        self.area.ensureWidgetVisible(self.parts.stack)

    def start_here(self, *, in_words: bool) -> QWidget:
        """In the words of a draft that is gone on with; in the length of one that is begun."""
        if in_words:
            return self.parts.start_of(self.headings.currentRow())
        return self.head.minutes

    def show_problem(self, field: str) -> None:
        """Go to the field that something is wrong with."""
        target = self.head.field(field)
        at = self.parts.about(field)
        if target is None and at is not None:
            self.headings.setCurrentRow(at)
            target = self.parts.start_of(at)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(target)

    # What is around it

    def refresh(self) -> None:
        """Read what stands around the sheet: last time's record, what became of actions elsewhere."""
        carrying.bring_up_to_date(self.desk.workspace.store, self.sheet)
        self.parts.refresh_actions()
        self._show_last(anew=True)
        self._mark()

    def fit(self) -> None:
        """The letters may have another size."""
        self.head.fit()
        self.parts.fit()
        self.middle.fit()

    def _show_last(self, *, anew: bool = False) -> None:
        asked = (self.sheet.person, self.sheet.held_on or self.desk.today, self.sheet.kind)
        if anew or asked != self._last_asked:
            self._last_asked = asked
            self.parts.around.last = self.writing.last_time(*asked)
            self.last.show_last(self.parts.around.last)

    def freeze(self, frozen: bool) -> None:
        """Only to be read, while another day is looked at."""
        self.parts.freeze(frozen)
        self.foot.freeze(frozen)
        for each in (self.head, self.open):
            each.setEnabled(not frozen)

    # The end

    def try_to_finish(self) -> None:
        """Finish, if nothing forbids it; what is worth a look is said once before."""
        self.gather()
        self.foot.forget()
        if (wrong := self.head.check()) is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if (found := self.parts.first_wrong()) is not None:
            at, field = found
            self.headings.setCurrentRow(at)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        problems = self.writing.problems(self.sheet)
        forbidden = [each for each in problems if each.forbids]
        looks = tuple(each.sentence for each in problems)
        if forbidden or looks != self._looks:
            self._looks = () if forbidden else looks
            said = tuple(each.sentence for each in forbidden) or looks
            self.foot.say(said, forbids=bool(forbidden))
            if forbidden:
                self.show_problem(forbidden[0].field)
            if problems:
                return
        self.finish_wanted.emit()

    def let_go(self) -> None:
        """It is about to go: nothing more is kept or looked at."""
        self.keeper.stop()
        self.parts.let_go()
