"""Lists of cards under headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from supervise.ui.bits import button, emptied, heading, row
from supervise.ui.card import STACKED_ABOVE, Card, CardRow, Deed
from supervise.ui.desk import Desk

__all__ = ["STACKED_ABOVE", "Card", "CardList", "CardRow", "Cards", "Deed"]

T = TypeVar("T")

SHOWN = 30
"""As many cards of one list as are made at once; a button shows all the others."""

AT_ONCE = 14
"""As many pieces as are made before a list is first drawn: as many as can be seen. The others follow at once,
so many at a time."""


class Cards(Sequence[Card]):
    """The cards of some things, each made when it is looked at: of hundreds mostly a few are."""

    def __init__(self, things: Sequence[T], make: Callable[[T], Card]) -> None:
        self._things: Sequence[object] = things
        self._make: Callable[..., Card] = make

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> Card: ...
    @overload
    def __getitem__(self, at: slice) -> list[Card]: ...
    def __getitem__(self, at: int | slice) -> Card | list[Card]:
        """A card, or a new list of those in a slice."""
        if isinstance(at, slice):
            return [self._make(thing) for thing in self._things[at]]
        return self._make(self._things[at])


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
        self._all: list[tuple[str, Sequence[Card]]] = []
        self._whole: set[str] = set()
        self._names: dict[int, dict[str, str]] = {}
        self._to_make: Iterator[QWidget] = iter(())
        self._is_whole = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._make_some)

    def show_lists(self, lists: Iterable[tuple[str, Sequence[Card]]]) -> None:
        """Show these lists, leaving out empty ones; the card that had the keyboard keeps it."""
        self._all = [(title, cards) for title, cards in lists if cards]
        self._fill()

    def _fill(self) -> None:
        had, stood = self._had()
        is_first = not self.rows
        before = [(made.title, made.card.name, made.card.person) for made in self.rows]
        if had is not None and (focus := self.window().focusWidget()) is not None:
            focus.clearFocus()  # else it would go from card to card while these are taken away
        self.rows.clear()
        emptied(self._layout)
        shown = [
            (title, cards[:] if title in self._whole else cards[:SHOWN]) for title, cards in self._all
        ]
        self._names = _names(shown)
        self._to_make = (
            piece
            for (title, cards), (_, every) in zip(shown, self._all, strict=True)
            for piece in self._pieces(title, cards, len(every))
        )
        if is_first:
            self._make(AT_ONCE)
        else:  # whoever had scrolled down stays there
            self._make()
        if had is not None and self.rows:
            at = min(had, len(self.rows) - 1)
            same = [
                n
                for n, made in enumerate(self.rows)
                if (made.title, made.card.name, made.card.person) == before[had]
            ]
            self.rows[min(same, key=lambda n: abs(n - had), default=at)].stand_at(stood if same else "")

    def _had(self) -> tuple[int | None, str]:
        """Which card has the keyboard, and where in it; a dialog may stand over the window meanwhile."""
        for at, made in enumerate(self.rows):
            if (stood := made.stands_at()) is not None:
                return at, stood
        return None, ""

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
            if isinstance(piece, QPushButton):
                self._layout.addLayout(row(piece, None))
            else:
                self._layout.addWidget(piece)
        self._is_whole = len(pieces) != at_most

    def _pieces(self, title: str, cards: Sequence[Card], many: int) -> Iterator[QWidget]:
        """A list: its heading, its cards, and a button if they are not as many as there are."""
        if title:
            above = heading(title, 2)
            above.setContentsMargins(0, 8, 0, 0)
            yield above
        for card in cards:
            made = CardRow(self._desk, card, self, self._names[id(card)], title)
            made.entered.connect(self.entered)
            self.rows.append(made)
            yield made
        if len(cards) < many:
            yield button(f"Show all {many:,}", lambda: self._show_whole(title), link=True)

    def _show_whole(self, title: str) -> None:
        """All of that list; the keyboard goes to the first that was not shown."""
        shown = sum(made.title == title for made in self.rows)
        self._whole.add(title)
        self._fill()
        [made for made in self.rows if made.title == title][shown].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from card to card."""
        from PySide6.QtCore import Qt

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


def _names(lists: Sequence[tuple[str, Sequence[Card]]]) -> dict[int, dict[str, str]]:
    """What the buttons of each card (by its id as an object) are called, so that no two sound the same: where
    a name repeats, the words of the card or the title of its list come after it."""
    among = Counter(
        (each.text, card.name) for _, cards in lists for card in cards for each in card.deeds
    )
    found: dict[int, dict[str, str]] = {}
    for title, cards in lists:
        here = Counter((each.text, card.name) for card in cards for each in card.deeds)
        for card in cards:
            found[id(card)] = names = {}
            for text, name in ((each.text, card.name) for each in card.deeds):
                more = [card.words] if here[text, name] > 1 else []
                more += [title] if among[text, name] > here[text, name] and title else []
                names[text] = f"{text} {', '.join((name, *more))}"
    return found
