"""A row of a list as a card: who, the status, a few quiet words, and the one thing to do."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from supervise import wording
from supervise.errors import NotAllowed
from supervise.ui.bits import Pill, button, column, heading, label, row
from supervise.ui.desk import Desk
from supervise.ui.numbers import take_focus

STACKED_ABOVE = 130
"""Percent of the usual letters above which a card's parts stand below one another."""

WHY = "Why?"
"""What the button says that opens the reasons."""

_LONG = 60
"""Letters of a name beyond which it breaks into lines; half as many of large ones."""


_SHORT = 36
"""Letters of the words that always find room in one line of usual letters."""


class Deed(NamedTuple):
    """What a card's button says and does; `forbidden` says why it cannot be used now."""

    text: str
    does: Callable[[], object]
    main: bool = False
    forbidden: str = ""


class Card(NamedTuple):
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
    def deeds(self) -> tuple[Deed, ...]:
        """What its buttons do, in their order."""
        why = (Deed(WHY, self.why),) if self.why else ()
        return (*why, *self.more, *((self.deed,) if self.deed else ()))

    @property
    def spoken(self) -> str:
        """The whole of it for a screen reader."""
        status = wording.STATUS[self.status].word if self.status else ""
        return ", ".join(filter(None, (self.before, self.name, status, self.words, self.second)))


class CardRow(QFrame):
    """A card that the keyboard can stand on: up and down go on, Enter does what its button does. `names` is
    what a screen reader calls its buttons by what they say, `title` the list it is in."""

    entered = Signal(object)  # the Card

    def __init__(
        self, desk: Desk, card: Card, parent: QWidget, names: Mapping[str, str], title: str
    ) -> None:
        super().__init__(parent)
        self.card, self.title = card, title
        self._desk, self._names = desk, names
        self.setProperty("card", True)
        take_focus(self)
        self.setAccessibleName(card.spoken)
        is_large = desk.memory["text_percent"] > STACKED_ABOVE
        who = row(spacing=6)
        for text in filter(None, (card.before, card.name)):
            made = heading(text, 3)
            made.setWordWrap(len(text) > (_LONG // 2 if is_large else _LONG))
            who.addWidget(made)
        if card.status:
            who.addWidget(Pill(card.status))
        wrap = is_large or len(card.words) > _SHORT  # where each line may end takes long to find out
        words = label(card.words, quiet=True, wrap=wrap)
        second = [label(card.second, quiet=True, wrap=True)] if card.second else []
        whole: QBoxLayout = who
        if is_large:
            who.addStretch(1)
            whole = column(who, words, *second, row(None, *self._buttons(), spacing=6), spacing=2)
        else:
            who.addWidget(words, 1)
            for each in self._buttons():
                who.addWidget(each)
            if second:
                whole = column(who, *second, spacing=2)
        whole.setContentsMargins(12, 4, 10, 4)
        self.setLayout(whole)

    def _buttons(self) -> Iterator[QWidget]:
        for deed in self.card.deeds:
            yield self._button(deed, link=deed is not self.card.deed)

    def _button(self, deed: Deed, *, link: bool) -> QPushButton:
        made = button(deed.text, deed.does, main=deed.main, link=link, name=self._names[deed.text])
        if deed.forbidden:
            made.setEnabled(False)
            made.setToolTip(deed.forbidden)
            made.setAccessibleDescription(deed.forbidden)
        return made

    def stands_at(self) -> str | None:
        """What the button says that has the keyboard, "" for the card itself; None if it is elsewhere."""
        focus = self.window().focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            return None
        return focus.text() if isinstance(focus, QPushButton) else ""

    def stand_at(self, text: str) -> None:
        """Put the keyboard on the button that says so, or on the card where there is none to be used."""
        self.show()  # the window would not remember it while a dialog stands over it and this is hidden
        same = (
            each for each in self.findChildren(QPushButton) if each.text() == text and each.isEnabled()
        )
        next(same, self).setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard stands here."""
        self.entered.emit(self.card)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the keyboard here."""
        from PySide6.QtCore import Qt

        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, or says why not."""
        from PySide6.QtCore import Qt

        deed = self.card.deed
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and deed:
            if deed.forbidden:
                self._desk.notifier.trouble(NotAllowed(deed.forbidden))
            else:
                deed.does()
        else:
            super().keyPressEvent(event)
