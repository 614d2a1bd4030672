"""A record to be read: its words, what shows that it took place, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QTextEdit, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.checking import is_signed
from supervise.doing.evidence import Evidence
from supervise.doing.last_time import LastTime
from supervise.likeness import remark
from supervise.records import Record
from supervise.ui.background import Job
from supervise.ui.bits import button, card, column, heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.flow import Flow
from supervise.ui.pages.person_why_not import why_not
from supervise.ui.pages.session_flow import Columns, scrolling
from supervise.ui.pages.session_head import title_of
from supervise.ui.pages.session_record import HEADING, LINE, QUIET, about, standing, steps, told


class Words(QTextEdit):
    """The words of a record, to be read and copied."""

    def __init__(self, desk: Desk, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The record")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
        self.document().setDocumentMargin(8)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        cursor = QTextCursor(self.document())
        for n, each in enumerate(told(record)):
            block, letters = _formats(desk, self.font(), each.style)
            if n:
                cursor.insertBlock(block, letters)
            else:
                cursor.setBlockFormat(block)
                cursor.setBlockCharFormat(letters)
            cursor.insertText(f"• {each.text}" if each.style == LINE else each.text, letters)
        if self.document().isEmpty():
            cursor.insertText("Nothing was written.")
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _formats(desk: Desk, font: QFont, style: str) -> tuple[QTextBlockFormat, QTextCharFormat]:
    block, letters = QTextBlockFormat(), QTextCharFormat()
    block.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    block.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    gap = font.pointSizeF()
    if style == HEADING:
        block.setTopMargin(gap)
        block.setHeadingLevel(2)
        letters.setFontWeight(QFont.Weight.Bold)
    elif style == QUIET:
        block.setTopMargin(gap)
        letters.setForeground(desk.theme["quiet"])
    return block, letters


class _Beside(Columns):
    """The words, and beside or above them what shows that it took place and what is to be done."""

    below = QBoxLayout.Direction.BottomToTop

    def __init__(self, desk: Desk, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        around, self.side = card(), QWidget(self)
        around.setParent(self)
        self.words = Words(desk, record, around)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setStyleSheet(
            "QTextEdit, QTextEdit:focus { border: none; background: palette(base); padding: 0; }"
        )
        around.setLayout(column(self.words, margins=2))
        self.add(around, 3)
        self.add(self.side, 2)

    def turned(self, stacked: bool) -> None:
        """Below one another the words are higher, for the page scrolls."""
        self.words.setMinimumHeight(self.fontMetrics().lineSpacing() * (14 if stacked else 6))


class ReadingView(QWidget):
    """One session's record, read. `may_write` is whether anything can be done with it now."""

    change_wanted = Signal()
    throw_wanted = Signal()
    later_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        record: Record,
        parent: QWidget,
        *,
        may_write: bool,
        has_draft: bool,
        just_finished: bool,
    ) -> None:
        super().__init__(parent)
        self.desk, self.record = desk, record
        self.session, self.person = record.session.id, record.session.person
        self._day, self._theme = desk.view.day, desk.theme.name
        self._job: Job | None = None
        area, self._inner = scrolling(self, "The record", card=False)
        self._middle = _Beside(desk, record, self._inner)
        self.words = self._middle.words
        self.copied = notice("")
        self.copied.hide()
        self.main: QPushButton | None = None
        self._may_write, self._has_draft, self._just_finished = may_write, has_draft, just_finished
        self._lay_out(area)
        self._look_for_copies()

    @property
    def is_locked(self) -> bool:
        """Whether both have signed."""
        return is_signed(self.record.session)

    # How it is laid out

    def _lay_out(self, area: QWidget) -> None:
        record = self.record
        title = heading(title_of(record.session.kind, record.worker))
        line = label(about(record), quiet=True, wrap=True)
        self._middle.side.setLayout(
            column(*self._offer(), self._evidence(), self.copied, None, spacing=8)
        )
        whole = column(title, line, self._middle, spacing=6)
        whole.setContentsMargins(18, 12, 18, 6)
        whole.setStretchFactor(self._middle, 1)
        self._inner.setLayout(whole)
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 8)
        below.addWidget(area, 1)
        below.addWidget(self._foot())

    def _offer(self) -> list[QWidget]:
        """What is to be done next: sharing, straight after finishing; unfinished writing."""
        found: list[QWidget] = []
        if not self._may_write:
            found.append(label(why_not(self.desk), wrap=True))
            if not self.desk.view.is_today and not self.desk.workspace.is_service:
                back = Flow()
                back.addWidget(button("Back to today", partial(self.desk.view.look_at, None)))
                found.append(QWidget())
                found[-1].setLayout(back)
        if self._has_draft:
            box = card()
            links = Flow(gap=8)
            links.addWidget(button("Go on writing", self.change_wanted.emit, main=True))
            links.addWidget(button("Throw it away…", self.throw_wanted.emit, link=True))
            box.setLayout(column(label("There is unfinished writing to this record.", wrap=True),
                                 links, margins=10))  # fmt: skip
            box.setEnabled(self._may_write)
            found.append(box)
        elif self._just_finished and self._may_write and self.record.session.shared_on is None:
            box = card()
            links = Flow(gap=8)
            name = self.record.worker
            self.main = button(f"Shared with {name} today", self._share_today, main=True)
            links.addWidget(self.main)
            links.addWidget(button("Share later", self.later_wanted.emit))
            said = heading("Finished.", 2)
            asked = label(
                "It counts as evidence once it is shared and both have signed.", quiet=True, wrap=True
            )
            box.setLayout(column(said, asked, links, margins=10))
            found.append(box)
        return found

    def _evidence(self) -> QWidget:
        by = self.desk.view.day
        box = card()
        whole = column(heading("Evidence", 2), label(standing(self.record, by), wrap=True), margins=10)
        if not self.record.session.record_kept:
            for step in steps(self.record, by):
                said = label(
                    f"{'✓' if step.there else '○'} {step.what}: {step.more}", quiet=True, wrap=True
                )
                whole.addWidget(said)
        buttons = Flow(gap=8)
        for made in self._evidence_buttons():
            made.setEnabled(self._may_write)
            buttons.addWidget(made)
        whole.addLayout(buttons)
        box.setLayout(whole)
        return box

    def _evidence_buttons(self) -> list[QPushButton]:
        session, deeds = self.record.session, self.desk.deeds
        if self._has_draft or session.record_kept:
            return []
        found = []
        offers_sharing = self._just_finished and self.main is not None
        if session.shared_on is None and not offers_sharing:
            found.append(button("Share…", partial(deeds.share, session.id), main=not self.is_locked))
        if not self.is_locked:
            is_next = session.shared_on is not None
            found.append(button("Record signatures…", partial(deeds.sign, session.id), main=is_next))
        if self.main is None and found and self._may_write:
            self.main = found[0]
        return found

    def _foot(self) -> QWidget:
        buttons = Flow(gap=8)
        if not self.is_locked:
            change = button("&Change…", self.change_wanted.emit)
            change.setEnabled(self._may_write and not self._has_draft)
            buttons.addWidget(change)
        late = button("Add a &late entry…", partial(self.desk.deeds.add_late, self.session))
        late.setEnabled(self._may_write)
        if self.is_locked:
            buttons.addWidget(late)
        buttons.addWidget(button("P&rint…", partial(self.desk.deeds.write_record, self.session)))
        whole = QWidget()
        layout = column(buttons, spacing=0)
        layout.setContentsMargins(18, 0, 18, 0)
        whole.setLayout(layout)
        return whole

    def says_the_same_as(self, other: object) -> bool:
        """Whether another view would say and offer the same: then this one stays, with its place."""
        return isinstance(other, ReadingView) and self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        letters = self.font().pointSizeF()
        return (self.record, self._may_write, self._has_draft, self._just_finished, self._day,
                self._theme, letters)  # fmt: skip

    def go_to(self, before: ReadingView) -> None:
        """Stand where another view of the same record stood."""
        if before.session == self.session:
            at = before.words.verticalScrollBar().value()
            QTimer.singleShot(0, partial(self.words.verticalScrollBar().setValue, at))

    def start_here(self) -> QWidget:
        """On what is to be done next, or in the words."""
        return self.main or self.words

    # What is done

    def _share_today(self) -> None:
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            here = self.desk.workspace.here
            self.desk.did(Evidence(here).share(self.session, self.desk.today))

    def _look_for_copies(self) -> None:
        """A record that repeats the one before is what inspectors find: it is seen here first."""
        from supervise.doing import last_time

        session, store = self.record.session, self.desk.workspace.store
        if session.held_on is None:
            return
        before = last_time.last_time(store, session.person, session.held_on, session.kind)
        if before is not None:
            now = [(each.heading, each.text) for each in self.record.sections if each.text]
            work = partial(copies, now, before)
            done = partial(self._copied, before)
            self._job = self.desk.background.run(work, done, self.desk.notifier.trouble)

    def _copied(self, before: LastTime, titles: list[str]) -> None:
        self._job = None
        if titles:
            on = wording.day(before.held_on)
            self.copied.setText(f"The same words as on {on} stand under {wording.joined(titles)}.")
            self.copied.show()

    def let_go(self) -> None:
        """It is about to go."""
        if self._job is not None:
            self._job.cancel()


def copies(now: list[tuple[str, str]], before: LastTime) -> list[str]:
    """The headings under which stand the same words as the time before."""
    return [title for title, text in now if remark(text, before.texts.get(title) or "")]
