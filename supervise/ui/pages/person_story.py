"""A person's story: the gaps, each with what is known of it, and every session."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.looking_person import GapStory, PersonStory, SessionLine
from supervise.doing.writing import Writing
from supervise.ui.bits import button, column, emptied, heading, label, row, scrolling
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.pages.person_parts import Facts, Panel, as_tip, may_change
from supervise.ui.pages.person_words import (
    gap_said,
    is_explained,
    own_reason,
    reason_said,
    record_said,
    session_day,
    whose_said,
)
from supervise.ui.tables import Column
from supervise.workdays import Day

SHOWN = 6
"""As many gaps as are told at once; a button tells all the others."""

_GAPS_SHARE = 36
"""The part of the width, in percent, that gaps have beside sessions."""


class ReasonLine(QLineEdit):
    """A line that Esc gives up, before the window takes that key to go back."""

    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Esc for this line."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.given_up.emit()
            return True
        return super().event(event)


class GapCard(QFrame):
    """A gap, with one line for its reason."""

    reason_given = Signal(object, str)  # the GapStory, the reason

    def __init__(self, desk: Desk, story: GapStory, typed: str | None = None) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._desk, self.story = desk, story
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 6, 12, 8)
        self._layout.setSpacing(3)
        said = gap_said(story.gap)
        self._name = f"gap {said}"
        head = heading(wording.capital(said), 3)
        head.setWordWrap(True)
        self._layout.addWidget(head)
        self.line = self._make_line()
        self.give = button("Give a reason…", self.begin, link=True, name=f"Give a reason: {self._name}")
        self.change = button("Change…", self._change, link=True, name=f"Change the reason: {self._name}")
        reason = row(label(self._reason(), wrap=True), self.give, self.change)
        reason.setStretch(0, 1)
        self._layout.addLayout(reason)
        self._layout.addWidget(self.line)
        for sentence in self._sentences():
            self._layout.addWidget(label(sentence, quiet=True, wrap=True))
        self.give.setVisible(may_change(desk) and not is_explained(story))
        self.change.setVisible(may_change(desk) and own_reason(story) is not None)
        if typed is not None:
            self.begin()
            self.line.setText(typed)

    def _reason(self) -> str:
        """The reasons that were given for it."""
        given = [reason_said(each) for each in self.story.reasons if each.kind == "explained"]
        return "\n".join(given) or "No reason given yet."

    def _sentences(self) -> list[str]:
        """Whose its late days were, how many of them the person was away, and what was not held."""
        story, away = self.story, self.story.gap.days_away
        said = [whose_said(story.late_under)]
        said += [f"Away on {wording.days(away)} of them."] if away else []
        return said + [reason_said(each) for each in story.reasons if each.kind != "explained"]

    def _make_line(self) -> QLineEdit:
        line = ReasonLine()
        line.setPlaceholderText("Why was there a gap? One line, then Enter")
        line.setAccessibleName(f"Reason of the {self._name}")
        line.returnPressed.connect(self._give)
        line.given_up.connect(self.end)
        line.hide()
        return line

    def begin(self) -> None:
        """Type the reason, in place."""
        self.give.hide()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Give none after all."""
        self.line.clear()
        self.give.show()
        self.give.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.hide()

    def _give(self) -> None:
        self.reason_given.emit(self.story, self.line.text())

    def _change(self) -> None:
        gap = self.story.gap
        with self._desk.trying():
            self._desk.deeds.explain_gap(gap.tenure.person, gap.first_late_day)

    @property
    def typed(self) -> str | None:
        """What is being typed; None while nothing is."""
        return None if self.line.isHidden() else self.line.text()


class StoryPanel(Panel):
    """Gaps beside sessions, both newest first; with large letters below one another."""

    title = "Story"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: list[GapCard] = []
        self._typed: dict[tuple[str, Day], str] = {}
        self._whole: str | None = None  # the person whose gaps are all told
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(6)
        inner = QWidget()
        inner.setLayout(column(self._gaps, None))
        area = scrolling(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._gaps_said, self._sessions_said = heading("Gaps", 2), heading("Sessions", 2)
        self.left = QWidget()
        self.left.setLayout(column(self._gaps_said, area, spacing=4))
        self.sessions = Facts(desk, _SESSIONS, "Sessions", key=_session_id)
        self.sessions.opened.connect(self._open)
        self.facts.append(self.sessions)
        right = QWidget()
        right.setLayout(column(self._sessions_said, self.sessions, spacing=4))
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.left)
        self.split.addWidget(right)
        for at, share in enumerate((_GAPS_SHARE, 100 - _GAPS_SHARE)):
            self.split.setStretchFactor(at, share)
        self.split.setSizes([10 * _GAPS_SHARE, 1000 - 10 * _GAPS_SHARE])
        self.body.addWidget(self.split, 1)

    def fill(self, story: PersonStory) -> None:
        """The gaps and the sessions."""
        large = self.desk.memory["text_percent"] > STACKED_ABOVE
        self.split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)
        letters = self.fontMetrics()
        self.sessions.setMinimumHeight(letters.height() * 7)
        self.left.setMinimumWidth(letters.averageCharWidth() * 40)
        self.left.setMinimumHeight(letters.height() * 7)
        self._fill_gaps(story)
        self.left.setVisible(bool(story.gaps))
        held = sum(1 for line in story.sessions if line.session.status == "held")
        said = f"{wording.counted(held, 'session')} held" if story.sessions else "No session yet"
        self._sessions_said.setText(said if story.gaps else f"{said} · no gaps")
        several = len({line.supervisor for line in story.sessions}) > 1
        self.sessions.setColumnHidden(_WITH, not several)
        self.sessions.show_records(story.sessions)
        if story.sessions and not self.sessions.currentIndex().isValid():
            self.sessions.setCurrentIndex(self.sessions.table.index(0, 0))

    def _fill_gaps(self, story: PersonStory) -> None:
        """A card for each; what was being typed in one is still there, and so is the keyboard."""
        self._keep_typed()
        had = next((card for card in self.cards if card.line.hasFocus()), None)
        emptied(self._gaps)
        self._gaps_said.setText(wording.counted(len(story.gaps), "gap"))
        shown = story.gaps if self._whole == story.person.id else story.gaps[:SHOWN]
        self.cards = [self._card(each) for each in shown]
        for card in self.cards:
            self._gaps.addWidget(card)
            if had is None or card.story.gap.first_late_day != had.story.gap.first_late_day:
                continue
            if card.typed is not None:
                card.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if len(shown) < len(story.gaps):
            more = button(f"Show all {len(story.gaps)} gaps", self._tell_all, link=True)
            self._gaps.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _card(self, story: GapStory) -> GapCard:
        gap = story.gap
        may = may_change(self.desk) and not is_explained(story)
        typed = self._typed.get((gap.tenure.person, gap.first_late_day)) if may else None
        card = GapCard(self.desk, story, typed)
        card.reason_given.connect(self._explain)
        return card

    def _keep_typed(self) -> None:
        """Lines begun outlive a new look at the page, and another person's."""
        for card in self.cards:
            of = (card.story.gap.tenure.person, card.story.gap.first_late_day)
            self._typed.pop(of, None)
            if card.typed:
                self._typed[of] = card.typed

    def _tell_all(self) -> None:
        assert self.story is not None, "a story is shown"
        self._whole = self.story.person.id
        self._fill_gaps(self.story)

    def _explain(self, story: GapStory, reason: str) -> None:
        """Keep the reason that was typed; what cannot be kept stays in its line."""
        assert self.story is not None, "a story is shown"
        gap, clock = story.gap, self.story.clock
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            change = Writing(self.desk.workspace.here).explain_gap(
                self.story.person.id, clock, gap.first_late_day, gap.last_late_day, reason
            )
            for card in self.cards:
                if card.story is story:
                    card.end()
            self.desk.did(change)

    def _open(self, line: SessionLine) -> None:
        self.desk.go("session", line.session.id)


def _session_id(line: SessionLine) -> str:
    return line.session.id


def _minutes(line: SessionLine) -> str:
    minutes = line.session.minutes
    return "" if minutes is None else str(minutes)


def _day_said(line: SessionLine) -> str:
    day = session_day(line)
    return wording.day(day) if day else "no day"


def _word(name: str, line: SessionLine) -> str:
    return wording.words(getattr(line.session, name))


_SESSIONS = (
    Column("Date", _day_said, session_day, width=16),
    Column("Kind", partial(_word, "kind"), width=14),
    Column("Status", partial(_word, "status"), width=13),
    Column("Minutes", _minutes, lambda line: line.session.minutes or 0, width=13),
    Column("With", lambda line: line.supervisor or "", width=16),
    Column("Record", record_said, tip=lambda line: as_tip(record_said(line))),
)
_WITH = 4
