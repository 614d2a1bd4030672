"""Reading a policy in plain words, and choosing one: of those here, of those that come with the program, or
in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QTextBrowser, QWidget

from supervise import wording
from supervise.doing.policy_words import describe
from supervise.doing.rules import Rules
from supervise.policies import Policy
from supervise.ui.bits import button, label, row

LINES = 12
"""Lines of letters that stand in a reader at least."""


class PolicyReader(QTextBrowser):
    """A policy in plain words: headings, with sentences under each. Never read as markup."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.document().setIndentWidth(18)

    def minimumSizeHint(self) -> QSize:
        """A few lines of the letters of now."""
        return QSize(100, self.fontMetrics().lineSpacing() * LINES)

    def sizeHint(self) -> QSize:
        """As little as may be; it takes the room there is."""
        return self.minimumSizeHint()

    def show_policy(self, policy: Policy | None) -> None:
        """Show what that policy says, from its beginning; None: nothing."""
        self.show_lines(describe(policy) if policy else [])

    def show_lines(self, parts: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show headings, and the sentences under each."""
        self.clear()
        cursor = QTextCursor(self.document())
        for at, (title, sentences) in enumerate(parts):
            self._heading(cursor, title, is_first=at == 0)
            points = QTextListFormat()
            points.setStyle(QTextListFormat.Style.ListDisc)
            points.setIndent(1)
            for n, sentence in enumerate(sentences):
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
                if n == 0:
                    made = cursor.createList(points)
                else:
                    made.add(cursor.block())
                cursor.insertText(sentence)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _heading(self, cursor: QTextCursor, title: str, *, is_first: bool) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setHeadingLevel(3)
        block.setTopMargin(0 if is_first else self.fontMetrics().height() * 0.6)
        letters.setFontWeight(QFont.Weight.Bold)
        if is_first:
            cursor.setBlockFormat(block)
            cursor.setCharFormat(letters)
        else:
            cursor.insertBlock(block, letters)
        cursor.insertText(title)


class PolicyChoice(QWidget):
    """A policy to choose: those here, those that come with the program, or a file."""

    chosen = Signal()

    def __init__(self, words: str, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.replace("&", "")
        self.box = QComboBox()
        self.box.setAccessibleName(self._words)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(20)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for policy in reversed(rules.policies()):
            self.box.addItem(f"Here, {in_force(policy)}: {policy.title}", policy)
        for preset in rules.presets():
            self.box.addItem(f"Comes with Supervise: {preset.title}", preset.path)
        self.box.currentIndexChanged.connect(self._tell)
        before = label(words)
        before.setBuddy(self.box)
        self.file = button("A file…", self._ask_for_file, name=f"{self._words}: a file")
        layout = row(before, self.box, self.file)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def source(self) -> Policy | Path | None:
        """What is chosen: a policy of those here, or the file of another."""
        found: Policy | Path | None = self.box.currentData()
        return found

    def choose(self, at: int) -> None:
        """Choose the one at that place, if there are so many."""
        self.box.setCurrentIndex(min(at, self.box.count() - 1))

    def choose_file(self, path: str) -> None:
        """Choose that file."""
        file = Path(path)
        at = next((n for n in range(self.box.count()) if self.box.itemData(n) == file), -1)
        if at < 0:
            self.box.addItem(f"File: {file.name}", file)
            at = self.box.count() - 1
        if self.box.currentIndex() == at:
            self.chosen.emit()  # the same file once more: it may say something else by now
        self.box.setCurrentIndex(at)

    def _tell(self, _: int) -> None:
        self.chosen.emit()

    def _ask_for_file(self) -> None:
        asks = QFileDialog(self.window(), self._words, "", "Policies (*.toml);;Every file (*)")
        asks.setFileMode(QFileDialog.FileMode.ExistingFile)
        asks.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asks.fileSelected.connect(self.choose_file)
        asks.open()


def in_force(policy: Policy) -> str:
    """ "from 1 Apr 2020", or "always in force"."""
    begins = policy.effective_from
    return "always in force" if begins is None else f"from {wording.day(begins)}"


def read_source(source: Policy | Path, rules: Rules) -> Policy:
    """The policy chosen. BadPolicy or FileTrouble if its file cannot be used."""
    return source if isinstance(source, Policy) else rules.read(source)
