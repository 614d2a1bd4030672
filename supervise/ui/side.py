"""The list of pages at the left, and the bar above them: whose team, search, and the day."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from supervise import wording
from supervise.ui.bits import heading, plain_tip, row
from supervise.ui.desk import Desk
from supervise.ui.numbers import take_focus

PAGES = (
    ("today", "Today"), ("team", "Team"), ("calendar", "Calendar"), ("actions", "Actions"),
    ("compliance", "Compliance"), ("reports", "Reports"), ("history", "History"), ("settings", "Settings"),
)  # fmt: skip
"""The pages of the list, in the order of Alt+1 to Alt+8."""

BELONGS = {"person": "team", "session": "today"}
"""Pages that are not in the list, and where in it they are looked for."""


_TEAM_LEAST, _TEAM_MOST, _SEARCH_LEAST = 8, 34, 14
"""Letters that are seen of the team at least and at most, and that fit into the search at least."""


class Side(QFrame):
    """The list of pages. A count stands beside those where something waits."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(0)
        name = heading("Supervise", 2)
        name.setContentsMargins(18, 0, 0, 8)
        layout.addWidget(name)
        for page, title in PAGES:
            layout.addWidget(self._button(page, title))
        layout.addStretch(1)
        layout.addWidget(self._button("guide", "Guide"))
        self.fit()

    def _button(self, page: str, title: str) -> QPushButton:
        made = QPushButton()
        made.setFlat(True)
        made.setText(title)
        made.setAccessibleName(title)
        made.setCheckable(True)
        take_focus(made)
        made.clicked.connect(lambda: self.chosen.emit(page))
        self.buttons[page] = made
        self._group.addButton(made)
        return made

    def fit(self) -> None:
        """As wide as the letters need."""
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("Compliance  88") + 44)

    def show_page(self, page: str) -> None:
        """Mark that page, or the one that it belongs to; for a page apart nothing is marked."""
        page = BELONGS.get(page, page)
        self._group.setExclusive(False)
        for name, made in self.buttons.items():
            made.setChecked(name == page)
        self._group.setExclusive(True)

    def show_count(self, page: str, count: int) -> None:
        """How many things wait there; 0 shows nothing."""
        made = self.buttons[page]
        title = dict(PAGES)[page]
        made.setText(f"{title}  {count}" if count else title)
        made.setAccessibleName(f"{title}, {count} waiting" if count else title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the list."""
        from PySide6.QtCore import Qt

        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        if event.key() in steps:
            self.focusNextPrevChild(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class TeamBox(QComboBox):
    """Whose team; a long name is cut with dots where there is no room for it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it. What Qt has of styles, and is only needed to cut a name, takes as long to import as a page."""
        letters = self.fontMetrics()
        if letters.horizontalAdvance(self.currentText()) + 4 * letters.height() < self.width():
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        inside = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = letters.elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, inside.width() - 4
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class Top(QFrame):
    """Whose team, search, and the day."""

    search = Signal(str)
    day_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self._desk = desk
        self.team = TeamBox()
        self.team.setAccessibleName("Whose team")
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.team.activated.connect(self._choose_team)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Search people, notes, actions")
        self.words.setAccessibleName("Search people, notes and actions")
        self.words.setClearButtonEnabled(True)
        self.words.returnPressed.connect(self._search)
        self.day = QToolButton()
        self.day.setProperty("field", True)
        take_focus(self.day)
        self.day.clicked.connect(self.day_wanted)
        layout = row(self.team, self.words, None, self.day, spacing=10)
        layout.setStretchFactor(self.words, 3)
        layout.setContentsMargins(16, 8, 16, 8)
        self.setLayout(layout)
        self.refresh()

    def refresh(self) -> None:
        """The teams there are, and the day looked at."""
        view = self._desk.view
        self.team.clear()
        self.team.addItem("Everyone", None)
        for team in self._desk.workspace.teams():
            self.team.addItem(team, team)
        self.team.setCurrentIndex(max(0, self.team.findData(view.team)))
        self.fit()
        said = wording.long_day(view.day)
        said = f"{said.split()[0][:3]} {wording.day(view.day)}"
        self.day.setText(f"Today, {said} ▾" if view.is_today else f"As at {said} ▾")
        self.day.setAccessibleName(
            f"The day: {'today, ' if view.is_today else ''}{wording.long_day(view.day)}"
        )

    def fit(self) -> None:
        """The search keeps its room; the team's box is as wide as the longest name, as far as there is room."""
        letters = self.fontMetrics()
        one, x = letters.averageCharWidth(), letters.horizontalAdvance("X")
        longest = max(
            letters.horizontalAdvance(self.team.itemText(at)) for at in range(self.team.count())
        )
        self.team.setMinimumContentsLength(1 + min(longest, one * _TEAM_MOST) // x)
        self.team.setMinimumWidth(one * (_TEAM_LEAST + 6))
        self.team.setToolTip(plain_tip(self.team.currentText()))
        self.words.setMinimumWidth(one * (_SEARCH_LEAST + 4))
        self.words.setMaximumWidth(one * 60)

    def changeEvent(self, event: QEvent) -> None:
        """The letters may have another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.layout():
            self.fit()

    def _choose_team(self, at: int) -> None:
        self._desk.view.choose_team(self.team.itemData(at))

    def _search(self) -> None:
        if words := self.words.text().strip():
            self.search.emit(words)
