"""A row of a list as a card: who, the status, a few quiet words, and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QVBoxLayout, QWidget

from supervise import wording
from supervise.ui.bits import Pill, button, emptied, heading, label, row
from supervise.ui.desk import Desk

SHOWN = 30
"""As many cards of one list as are made at once; a button shows all the others."""

AT_ONCE = 16
"""As many pieces as are made before a list is first drawn: as many as can be seen. The others follow at once,
so many at a time."""

STACKED_ABOVE = 130
"""Percent of the usual letters above which a card's parts stand below one another."""


class Deed(NamedTuple):
    """What a card's button says and does."""

    text: str
    does: Callable[[], object]
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says. `person` is whom it is about; `before` stands in bold before the name ("Wed 15");
    `why` opens the reasons; `deed` is its one button, `more` are smaller ones."""

    name: str
    words: str
    person: str | None = None
    before: str = ""
    status: str | None = None
    why: Callable[[], object] | None = None
    deed: Deed | None = None
    more: tuple[Deed, ...] = ()
    second: str = ""

    @property
    def spoken(self) -> str:
        """The whole of it for a screen reader."""
        status = wording.STATUS[self.status].word if self.status else ""
        return ", ".join(filter(None, (self.before, self.name, status, self.words, self.second)))


class CardRow(QFrame):
    """A card that the keyboard can stand on: up and down go on, Enter does what its button does."""

    entered = Signal(object)  # the Card

    def __init__(self, desk: Desk, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(card.spoken)
        who = row(spacing=6)
        for text in (card.before, card.name):
            if text:
                who.addWidget(heading(text, 3))
        if card.status:
            who.addWidget(Pill(desk, card.status))
        words: QWidget = label(card.words, quiet=True, wrap=True)
        deeds = row(*self._buttons(), spacing=6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 4, 10, 4)
        whole.setSpacing(2)
        second = label(card.second, quiet=True, wrap=True) if card.second else None
        if desk.memory["text_percent"] > STACKED_ABOVE:
            who.addStretch(1)
            deeds.insertStretch(0, 1)
            parts: tuple[QWidget | QLayout | None, ...] = (who, words, second, deeds)
        else:
            who.addWidget(words, 1)
            who.addLayout(deeds)
            parts = (who, second)
        for part in parts:
            if isinstance(part, QWidget):
                whole.addWidget(part)
            elif part is not None:
                whole.addLayout(part)

    def _buttons(self) -> Iterator[QWidget]:
        card = self.card
        if card.why:
            yield button("Why?", card.why, link=True, name=f"Why? {card.name}")
        for deed in card.more:
            yield button(deed.text, deed.does, link=True, name=f"{deed.text} {card.name}")
        if card.deed:
            name = f"{card.deed.text} {card.name}"
            yield button(card.deed.text, card.deed.does, main=card.deed.main, name=name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard stands here."""
        self._mark(True)
        self.entered.emit(self.card)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone on."""
        self._mark(False)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the keyboard here."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _mark(self, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.card.deed:
            self.card.deed.does()
        else:
            super().keyPressEvent(event)


_WIDE, _LEFT = Qt.AlignmentFlag(0), Qt.AlignmentFlag.AlignLeft


class CardList(QWidget):
    """Lists of cards under headings; up and down go from one to the next across all of them."""

    entered = Signal(object)  # the Card

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[CardRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(5)
        self._all: list[tuple[str, list[Card]]] = []
        self._whole: set[str] = set()
        self._to_make: Iterator[QWidget] = iter(())
        self._is_whole = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._make_some)

    def show_lists(self, lists: Iterable[tuple[str, Iterable[Card]]]) -> None:
        """Show these lists, leaving out empty ones; the card that had the keyboard keeps it."""
        self._all = [(title, list(cards)) for title, cards in lists]
        self._fill()

    def _fill(self) -> None:
        had = next((at for at, made in enumerate(self.rows) if made.hasFocus()), None)
        name = self.rows[had].card.name if had is not None else None
        is_first = not self.rows
        self.rows.clear()
        emptied(self._layout)
        self._to_make = (
            piece for title, cards in self._all if cards for piece in self._pieces(title, cards)
        )
        if is_first:
            self._make(AT_ONCE)
        else:  # whoever had scrolled down stays there
            self._make()
        if had is not None and self.rows:
            same = (made for made in self.rows if made.card.name == name)
            next(same, self.rows[min(had, len(self.rows) - 1)]).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What can be seen has been drawn: go on with what is further down."""
        super().paintEvent(event)
        if not self._is_whole:
            self._soon.start()

    def _make_some(self) -> None:
        self._make(AT_ONCE)
        if not self._is_whole:
            self._soon.start()

    def _make(self, at_most: int | None = None) -> None:
        """Add the next pieces, all of them if no number is given."""
        pieces = list(islice(self._to_make, at_most))
        for piece in pieces:
            self._layout.addWidget(piece, 0, _LEFT if isinstance(piece, QPushButton) else _WIDE)
        self._is_whole = len(pieces) != at_most

    def _pieces(self, title: str, cards: list[Card]) -> Iterator[QWidget]:
        """A list: its heading, its cards, and a button for those that are not shown."""
        if title:
            above = heading(title, 2)
            above.setContentsMargins(0, 8, 0, 0)
            yield above
        shown = cards if title in self._whole else cards[:SHOWN]
        for card in shown:
            made = CardRow(self._desk, card)
            made.entered.connect(self.entered)
            self.rows.append(made)
            yield made
        if len(shown) < len(cards):
            yield button(f"Show all {len(cards):,}", lambda: self._show_whole(title), link=True)

    def _show_whole(self, title: str) -> None:
        self._whole.add(title)
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from card to card."""
        self._make()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        at = next((n for n, made in enumerate(self.rows) if made.hasFocus()), None)
        if event.key() in steps and at is not None:
            to = at + steps[Qt.Key(event.key())]
            if 0 <= to < len(self.rows):
                self.rows[to].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.rows[0] if self.rows else None
