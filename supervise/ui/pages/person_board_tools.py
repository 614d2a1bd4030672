"""What stands above the board: whose it is, the filter, the statuses, people or cases."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from supervise import wording
from supervise.policies import Rulebook
from supervise.today import Board
from supervise.ui.bits import heading
from supervise.ui.pages.person_board import NOT_IN_POST


class BoardTools(QWidget):
    """The title with what narrows the table, and `more` buttons; beside one another, or with large letters
    below the title."""

    filtered = Signal(str)
    narrowed = Signal()
    clock_chosen = Signal()

    def __init__(self, *more: QWidget) -> None:
        super().__init__()
        self.heading = heading("Everyone")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter")
        self.words.setAccessibleName("Filter by any word in the table")
        self.words.setToolTip("Show only rows with these words (Ctrl+Shift+F)")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.filtered)
        self.status = QComboBox()
        self.status.setAccessibleName("Status")
        self.status.activated.connect(self.narrowed)
        self.clock = QComboBox()
        self.clock.setAccessibleName("People or cases")
        self.clock.activated.connect(self.clock_chosen)
        self._tools: list[QWidget] = [self.words, self.status, self.clock, *more]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def place(self, *, large: bool) -> None:
        """Put them where there is room."""
        for each in (self.heading, *self._tools):
            self._grid.removeWidget(each)
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        self._grid.addWidget(self.heading, 0, 0, 1, 3 if large else 1)
        for at, each in enumerate(self._tools):
            if large:
                self._grid.addWidget(each, 1 + at // 3, at % 3, Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(each, 0, at + 1)
        self._grid.setColumnStretch(2 if large else 0, 1)
        self._grid.setColumnStretch(0 if large else 2, 0)

    def show_clocks(self, rulebook: Rulebook) -> None:
        """People, and a line for each clock that runs per case; nothing to choose where there is none."""
        chosen = self.clock.currentData()
        cases = [name for name in rulebook.clock_names() if rulebook.per(name) == "case"]
        self.clock.clear()
        self.clock.addItem("People", None)
        for name in cases:
            self.clock.addItem("Cases" if len(cases) == 1 else f"Cases: {wording.words(name)}", name)
        self.clock.setCurrentIndex(max(0, self.clock.findData(chosen)))
        self.clock.setVisible(bool(cases))

    def show_statuses(self, board: Board) -> None:
        """Every status that somebody has, the worst first, with how many."""
        chosen = self.status.currentData()
        self.status.clear()
        self.status.addItem(f"All · {len(board.rows):,}", None)
        for status in reversed(wording.STATUS):
            many = board.having(status) if status != NOT_IN_POST else len(board.left_out)
            if many or status == chosen:
                self.status.addItem(f"{wording.STATUS[status]} · {many:,}", status)
        self.status.setCurrentIndex(max(0, self.status.findData(chosen)))

    @property
    def is_narrow(self) -> bool:
        """Whether not everyone is to be shown."""
        return bool(self.words.text().strip()) or self.status.currentData() is not None

    def widen(self) -> None:
        """Show everyone again."""
        self.status.setCurrentIndex(0)
        self.words.clear()
        self.narrowed.emit()

    def to_filter(self) -> None:
        """The keyboard goes to the filter."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
