"""Reading a page of the guide."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from supervise import guide


class Reader(QTextBrowser):
    """A page of the guide. Its links lead to other pages of it and nowhere else; what would lead out of
    the program stands there as words."""

    wanted = Signal(str)  # a page's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: str | None = None
        self.setOpenLinks(False)
        self.setAccessibleName("The guide")
        self.anchorClicked.connect(self._follow)

    def show_page(self, page_id: str) -> None:
        """Show that page from its beginning; one that is shown already stays where it is."""
        if page_id != self._page:
            self._page = page_id
            self._show()

    def show_again(self) -> None:
        """Put it together anew, in the colours of now."""
        if self._page is not None:
            at = self.verticalScrollBar().value()
            self._show()
            self.verticalScrollBar().setValue(at)

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing is fetched, from anywhere."""
        return

    def show_markdown(self, text: str) -> None:
        """Show a text in which only links between pages of the guide lead anywhere; the address of any
        other stands behind its words."""
        kinds = QTextDocument.MarkdownFeature
        self.document().setMarkdown(text, kinds.MarkdownDialectGitHub | kinds.MarkdownNoHTML)
        for cursor, address in reversed(
            list(links(self.document()))
        ):  # places before it stay as they are
            if guide.linked(address) is not None:
                underlined = QTextCharFormat()
                underlined.setFontUnderline(True)  # a link is known by more than its colour
                cursor.mergeCharFormat(underlined)
            else:
                words = cursor.selectedText()
                said = words if address.removesuffix("/").endswith(words) else f"{words} ({address})"
                cursor.insertText(said, QTextCharFormat())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _show(self) -> None:
        assert self._page is not None
        self.show_markdown(guide.text(self._page))

    def _follow(self, url: QUrl) -> None:
        if (page_id := guide.linked(url.toString())) is not None:
            self.wanted.emit(page_id)


def links(document: QTextDocument) -> Iterator[tuple[QTextCursor, str]]:
    """Every link, as a cursor around it and its address."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().isAnchor():
                cursor = QTextCursor(document)
                cursor.setPosition(piece.position())
                cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                yield cursor, piece.charFormat().anchorHref()
            pieces += 1
        block = block.next()
