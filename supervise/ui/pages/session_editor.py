"""Plain words under a heading. An editor only says that it has changed: nothing is looked at while keys come in."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QTextDocumentFragment
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QWidget

from supervise.ui.bits import column, heading, label

ENDLESS = 20_000
"""Characters beyond which a paragraph is no longer one that somebody wrote at a stretch."""

BARE = "QPlainTextEdit, QPlainTextEdit:focus { border: none; background: palette(base); padding: 0; }"
_NOT_WORDS = {0: None, 0xFFFC: None}  # nothing at all, and the place where a picture stood


class PlainEdit(QPlainTextEdit):
    """Words and nothing else: letters of another kind, pictures and files never get in. Paragraphs run in
    the direction of their own script. Tab goes on."""

    entered = Signal(bool)  # the keyboard has come, or gone

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._lighten)
        self.show_words(text)

    def _lighten(self) -> None:
        """A paragraph is laid out anew with every key. In one without end the finer points of lettering are
        let go, so that keys are not waited for; scripts that need shaping keep it."""
        letters = self.font()
        if self.textCursor().block().length() > ENDLESS and letters.kerning():
            letters.setKerning(False)
            letters.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
            self.setFont(letters)

    def show_words(self, text: str) -> None:
        """Show other words, which nobody has edited yet."""
        self._shown = text
        self.setPlainText(text)
        self.document().setModified(False)

    def words(self) -> str:
        """What stands there. Words that nobody edited come back to the letter."""
        if not self.document().isModified():
            return self._shown
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def is_empty(self) -> bool:
        """Whether there is nothing but spaces."""
        return self.document().isEmpty() or not self.words().strip()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, also those of a page or letter; never files, which the window takes."""
        return not source.hasUrls() and (source.hasText() or source.hasHtml())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in the words alone."""
        if not self.canInsertFromMimeData(source):
            return
        text = source.text() if source.hasText() else ""
        if not text and source.hasHtml():
            text = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
        self.textCursor().insertText(text.translate(_NOT_WORDS))
        self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come."""
        super().focusInEvent(event)
        self.entered.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone on."""
        super().focusOutEvent(event)
        self.entered.emit(False)


class Box(QFrame):
    """A card around words: it is marked while the keyboard is in them. What stands in it is made with it as
    parent, for taking on another parent is slow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)

    def fill(self, edit: PlainEdit, above: QWidget, *below: QWidget) -> None:
        """The words, with what stands above and below them."""
        edit.setFrameShape(QFrame.Shape.NoFrame)
        edit.setStyleSheet(BARE)
        self.setLayout(column(above, edit, *below, margins=9, spacing=6))
        edit.entered.connect(self._mark)

    def _mark(self, entered: bool) -> None:
        self.setProperty("chosen", entered)
        self.style().unpolish(self)
        self.style().polish(self)


def titled(title: str, prompt: str | None, parent: QWidget) -> QWidget:
    """A heading, and in quiet letters the question that helps to begin."""
    made = QWidget(parent)
    above: list[QLabel] = [heading(title, 2)]
    above[0].setWordWrap(True)
    if prompt:
        above.append(label(prompt, quiet=True, wrap=True))
    made.setLayout(column(*above, spacing=1))
    return made
