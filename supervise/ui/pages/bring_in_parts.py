"""The lists of the page "Bring in my tracker": a table each, and below it what can be said of what is
chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from supervise.ui.bits import button, column, emptied, heading, label, notice, row
from supervise.ui.pages.bring_in_items import Check, Choices, Item, as_typed
from supervise.ui.tables import Column, Table, TableView
from supervise.workdays import Day

_MOST_LINES = 6
"""So many lines a list shows at once; the others are scrolled to."""
_LETTERS = 30
"""As many letters fit into a field at least."""
_FEW = 3
"""So many choices are buttons; more are a list."""


class ShortTable(TableView):
    """A table as tall as what is in it, up to a few lines."""

    def __init__(self, model: Table, name: str) -> None:
        super().__init__(model, name)
        self.horizontalScrollBar().rangeChanged.connect(self._stand)

    def fit(self) -> None:
        """Lines and height for the letters of now."""
        super().fit()
        self._stand()

    def _stand(self) -> None:
        lines = min(max(len(self.table.records), 1), _MOST_LINES)
        high = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        high += lines * self.verticalHeader().defaultSectionSize() + 2
        if self.horizontalScrollBar().maximum() > 0:  # its columns do not fit beside one another
            high += self.horizontalScrollBar().sizeHint().height()
        if high != self.height():
            self.setFixedHeight(high)


class Part(QWidget):
    """A heading with a count, a sentence, a table, and the whole of the chosen line below it. Hidden while
    there is nothing in it; a `folded` one shows its table when it is asked for."""

    def __init__(
        self, title: str, sentence: str, columns: Sequence[Column], *, folded: bool = False
    ) -> None:
        super().__init__()
        self._title, self._folded = title, folded
        self.heading = heading(title, 2)
        self.toggle = button("Show", self._turn, link=True, name=f"Show: {title}")
        self.sentence = label(sentence, quiet=True, wrap=True)
        self.table = Table(columns, lambda item: item.key)
        self.view = ShortTable(self.table, title)
        self.whole = label("", wrap=True)
        self.inner = QWidget()
        self._column = column(self.sentence, self.view, self.whole, spacing=4)
        self.inner.setLayout(self._column)
        whole = column(row(self.heading, self.toggle, None), self.inner, spacing=2)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.view.selectionModel().selectionChanged.connect(self.show_chosen)
        self.table.modelReset.connect(self.view.fit)
        self.sentence.setVisible(bool(sentence))
        self.toggle.setVisible(folded)
        self.inner.setVisible(not folded)
        self.hide()

    def show_items(self, items: Sequence[Any]) -> None:
        """Show these; what is chosen and scrolled to stays so."""
        self.heading.setText(f"{self._title} ({len(items):,})")
        self.table.show(items)
        self.setVisible(bool(items))
        if items and not self.view.selectionModel().hasSelection():
            self.view.selectRow(0)
        self.show_chosen()

    def chosen(self) -> list[Any]:
        """The records of the chosen lines."""
        lines = self.view.selectionModel().selectedRows()
        return [self.table.record(index) for index in sorted(lines, key=lambda index: index.row())]

    def show_chosen(self) -> None:
        """Say the whole of what is chosen: a table cuts long sentences short."""
        chosen = self.chosen()
        self.whole.setText(self.in_words(chosen))
        self.whole.setVisible(bool(chosen))

    def in_words(self, chosen: Sequence[Any]) -> str:
        """What is chosen, in words."""
        if len(chosen) != 1:
            return f"{len(chosen):,} lines are chosen." if chosen else ""
        texts = [each.text(chosen[0]) for each in self.table.columns]
        return " · ".join(filter(None, texts))

    def _turn(self) -> None:
        self.fold(not self._folded)

    def fold(self, folded: bool) -> None:
        """Hide the table, or show it."""
        self._folded = folded
        self.inner.setVisible(not folded)
        self.toggle.setText("Show" if folded else "Hide")
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {self._title}")


class AskingPart(Part):
    """A part whose lines can be answered, one or several at once. `check` reads what was typed."""

    answered = Signal(list, object)  # pairs of part and key, the answer or None

    def __init__(
        self, title: str, sentence: str, columns: Sequence[Column], today: Callable[[], Day], *,
        asks: str, check: Check = as_typed, folded: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, sentence, columns, folded=folded)
        self._today, self._check = today, check
        self._choices: Choices = ()
        self._made: list[QPushButton] = []
        self._asked_about: object = None
        self._moves_on = False
        self.buttons = QHBoxLayout()
        self.pick = QComboBox()
        self.pick.setAccessibleName(f"{title}: {asks}")
        self.pick.setPlaceholderText("Choose…")
        self.pick.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.words = QLineEdit()
        self.words.setAccessibleName(f"{title}: {asks}")
        self.words.returnPressed.connect(self._use)
        self.asks = label(asks)
        self.use = button("Change", self._use, name=f"Change: {title}")
        self.back = button("Take the answer back", self._take_back, link=True)
        self.wrong = notice("", trouble=True)
        self.wrong.hide()
        self.line = row(self.asks, self.pick, self.words, self.use)
        self.line.setStretchFactor(self.words, 1)
        self.answers = row(self.line, self.buttons, self.back, None)
        self.setMinimumWidth(1)  # as wide as the page: what does not fit beside goes below
        self._column.addLayout(self.answers)
        self._column.addWidget(self.wrong)
        self.view.opened.connect(self._go_to_answer)

    # What is shown

    def show_items(self, items: Sequence[Any]) -> None:
        """Show these; after an answer, go on to the next line without one."""
        super().show_items(items)
        if self._moves_on:
            self._moves_on = False
            self._go_on()

    def in_words(self, chosen: Sequence[Any]) -> str:
        """What is chosen, in words."""
        return chosen[0].in_words if len(chosen) == 1 else super().in_words(chosen)

    def show_chosen(self) -> None:
        """Say the whole of what is chosen, and what can be answered."""
        super().show_chosen()
        chosen: list[Item] = self.chosen()
        first = chosen[0] if chosen else None
        choices = first.choices if first else ()
        if any(each.choices != choices for each in chosen):
            common = set.intersection(*(set(each.choices) for each in chosen))
            choices = tuple(each for each in choices if each in common)
        hint = first.hint if first and all(each.hint == first.hint for each in chosen) else ""
        about = tuple(each.key for each in chosen)
        self._offer(about, choices, hint, first.offered if first and len(chosen) == 1 else "")
        self.back.setVisible(any(each.given is not None for each in chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit beside goes below."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        typed = not self.words.isHidden()
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS if typed else 0)
        self.answers.setStretch(0, int(typed))
        self.answers.setStretch(self.answers.count() - 1, int(not typed))
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for box in (self.buttons, self.answers):
            box.setDirection(beside)
            if box.sizeHint().width() > self.width() - 8:
                box.setDirection(below)

    def _offer(self, about: object, choices: Choices, hint: str, offered: str) -> None:
        """Offer these choices and a field. What is being typed about the same lines stays."""
        few = len(choices) <= _FEW
        if choices != self._choices:
            self._choices = choices
            self._make_choices(choices if few else (), () if few else choices)
        self.pick.setVisible(not few)
        self.words.setVisible(bool(hint))
        self.words.setPlaceholderText(hint)
        if about != self._asked_about:
            self._asked_about = about
            self.words.setText(offered)
            self.wrong.hide()
        self.use.setVisible(bool(hint) or not few)
        self.asks.setVisible(bool(hint) or not few)
        self._lay_out()

    def _make_choices(self, few: Choices, many: Choices) -> None:
        had_focus = any(made.hasFocus() for made in self._made)
        emptied(self.buttons)
        self._made = [button(words, partial(self._answer, value)) for value, words in few]
        for made in self._made:
            self.buttons.addWidget(made)
        self.pick.clear()
        for value, words in many:
            self.pick.addItem(words, value)
        self.pick.setCurrentIndex(-1)
        if had_focus:
            (self._made[0] if few else self.view).setFocus()

    # What is answered

    def _go_to_answer(self) -> None:
        """Enter on a line goes to where it is answered."""
        for each in (self.words, self.pick, *self._made):
            if each.isVisible():
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                if each is self.words:
                    self.words.selectAll()
                return

    def _use(self) -> None:
        """What was typed or picked."""
        typed = "" if self.words.isHidden() else " ".join(self.words.text().split())
        picked = None if self.pick.isHidden() or typed else self.pick.currentData()
        try:
            if not typed and picked is None:
                raise ValueError("Say first what it means.")
            read = picked if picked is not None else self.read(typed)
        except ValueError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self._answer(read)

    def read(self, typed: str) -> str:
        """What was typed, as an answer. ValueError, in words, if it cannot be one."""
        return self._check(typed, self._today())

    def _take_back(self) -> None:
        self._answer(None)

    def _answer(self, value: str | None) -> None:
        pairs = [pair for each in self.chosen() if (pair := self.pair(each)) is not None]
        if pairs:
            self.wrong.hide()
            self._moves_on = value is not None
            self._asked_about = None
            self.answered.emit(pairs, value)

    def pair(self, item: Any) -> tuple[str, str] | None:
        """Under which part and key a line is answered; None if it cannot be."""
        return (item.part, item.answer) if item.part else None

    def _go_on(self) -> None:
        records: Sequence[Item] = self.table.records
        chosen = self.view.selectionModel().selectedRows()
        at = max((index.row() for index in chosen), default=-1)
        later = [*range(at + 1, len(records)), *range(at + 1)]
        if at >= 0 and all(each.given is not None for each in self.chosen()):
            following = next((n for n in later if records[n].given is None), None)
            if following is not None:
                self.view.selectRow(following)
                self.view.scrollTo(self.table.index(following, 0))
