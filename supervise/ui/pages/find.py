"""Finding people, notes, actions and reasons by words typed in the field above."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.finding import MOST, Findings, Hit, find
from supervise.ui.bits import button, heading, label, row
from supervise.ui.delegates import MARGIN, LinesDelegate, draw_ground
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.pages.page import FACTS, Page
from supervise.ui.tables import RECORD, Column, Table, TableView

Index = QModelIndex | QPersistentModelIndex
_LINES = 2


class MarkedDelegate(QStyledItemDelegate):
    """The words around what was found, on two lines at most, with what was found in bold."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        draw_ground(painter, option)
        hit = index.data(RECORD)
        area = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        layout = laid_out(hit, option.font, area.width())
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(self.desk.theme["on_chosen" if chosen else "ink"])
        layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - _height(layout)) / 2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of letters."""
        letters = option.fontMetrics
        return QSize(letters.averageCharWidth() * 40, letters.height() * _LINES)


def laid_out(hit: Hit, font: QFont, width: int) -> QTextLayout:
    """The text in lines; what does not fit into two of them stands in the tool tip."""
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    layout = QTextLayout(hit.text, font)
    ranges = []
    for first, after in hit.marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = first, after - first, bold
        ranges.append(part)
    layout.setFormats(ranges)
    options = QTextOption()
    options.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(options)
    layout.beginLayout()
    height = 0.0
    for _ in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return sum(layout.lineAt(at).height() for at in range(layout.lineCount()))


class FindPage(Page):
    """What was found, people first. Words and results stay until others are looked for."""

    name, title, guide = "find", "Search", "help-find"
    cares_about = FACTS | {
        "session_section", "late_entry", "statement", "action", "explanation", "agreement", "template",
    }  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.words, self.most = "", MOST
        self.heading = heading("Search")
        self.line = label("", quiet=True, wrap=True)
        self.empty = label("", wrap=True)
        columns = (
            Column("Who and where", _who, second=_where, bold=True, tip=_tip, width=34),
            Column("Words", lambda hit: hit.text, tip=lambda hit: _escaped(hit.text)),
        )
        self.table = Table(columns, lambda hit: (hit.kind, hit.id), self)
        self.view = TableView(self.table, "What was found")
        self.view.setItemDelegate(LinesDelegate(desk, self.view))
        self.view.setItemDelegateForColumn(1, MarkedDelegate(desk, self.view))
        self.view.opened.connect(self._open)
        self.more = button("Show more", self._show_more, link=True)
        self._lay_out()

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(18, 14, 18, 14)
        around.setSpacing(4)
        for part in (self.heading, self.line, self.empty):
            around.addWidget(part)
        around.addWidget(self.view, 1)
        around.addLayout(row(self.more, None))
        around.addStretch(0)  # takes the room while there is no list
        self._show_nothing("Type words in the field at the top (Ctrl+F) and press Enter.")

    def open_on(self, subject: object) -> None:
        """Look for those words."""
        self.words, self.most = str(subject), MOST
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())
        self.read()

    def refresh(self) -> None:
        """Look again for the same words."""
        if not self.words:
            return
        found = find(self.desk.workspace.here, self.words, self.most)
        said = " ".join(self.words.split())
        self.heading.setText(f"“{_short(said)}”")
        self.table.show((*found.people, *found.places))
        self.more.setVisible(found.more)
        if not self.table.records:
            self._show_nothing(
                f"Nothing found for “{_short(said)}”. Search looks for whole words and beginnings of words, "
                "and for all of them together: try fewer, or the first letters of one."
            )
            return
        self._show_found(found)

    def _show_nothing(self, sentence: str) -> None:
        self.empty.setText(sentence)
        self.empty.show()
        for part in (self.view, self.more, self.line):
            part.hide()
        announce(self.empty, sentence)

    def _show_found(self, found: Findings) -> None:
        self.empty.hide()
        self.view.show()
        counts = []
        if found.people:
            counts.append(wording.counted(len(found.people), "person", "people"))
        if found.places:
            counts.append(wording.counted(len(found.places), "place"))
        said = wording.joined(counts)
        if found.more:
            said = f"The best of more: {said}"
        late = (
            ""
            if self.desk.view.is_today
            else " Search looks through everything, also what came after that day."
        )
        self.line.setText(f"{said}. Enter opens one.{late}")
        self.line.show()
        if not self.view.currentIndex().isValid():
            self.view.selectRow(0)
        announce(self.line, self.line.text())

    def _show_more(self) -> None:
        self.most *= 4
        self.read()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, hit: Hit) -> None:
        self.desk.go(hit.page, hit.subject)

    def chosen_person(self) -> str | None:
        """Whom the chosen row is about."""
        hit = self.view.chosen()
        return hit.person if hit else None

    def start_here(self) -> QWidget | None:
        """On the first thing found."""
        return self.view if self.table.records else None


def _who(hit: Hit) -> str:
    return hit.name or hit.where


def _where(hit: Hit) -> str:
    """ "Action · 14 Mar 2017"."""
    return f"{hit.where} · {wording.day(hit.on)}" if hit.on else hit.where


def _tip(hit: Hit) -> str:
    return _escaped(f"{_who(hit)}: {_where(hit)}")


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}…"


def _escaped(text: str) -> str:
    """A tool tip is plain text whatever stands in it."""
    from html import escape

    return f"<p>{escape(text)}</p>"
