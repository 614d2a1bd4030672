"""What the tabs of a person's page have in common: a part of the story, and what can be done with its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from html import escape
from typing import Any, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from supervise.doing.looking_person import PersonStory
from supervise.ui.bits import button, heading, row
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.tables import Column, Table, TableView

_ROWS = 10
"""As many rows of a short table as are shown without scrolling in it."""


def may_change(desk: Desk) -> bool:
    """Whether facts can be entered: on today's day, in a store of one's own."""
    return desk.view.is_today and not desk.workspace.is_service


class Facts(TableView):
    """A table of facts of one kind, whose rows can be edited. `kind` is theirs in the store; "" for what is only
    looked at. A short one is as high as its rows."""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], name: str, kind: str = "",
        key: Callable[[Any], Hashable] = lambda record: record.id, *, short: bool = False,
    ) -> None:  # fmt: skip
        self._short = False
        super().__init__(Table(columns, key), name)
        self.table.setParent(self)
        self._desk, self.kind, self._short = desk, kind, short
        self.setItemDelegate(LinesDelegate(desk, self))

    def fit(self) -> None:
        """Rows and columns for the letters of now."""
        super().fit()
        self._fit_height()

    def show_records(self, records: Sequence[Any]) -> None:
        """Show these."""
        self.table.show(records)
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its rows, and as the bar below them where columns go beyond the side."""
        if not self._short:
            return
        rows = min(max(len(self.table.records), 1), _ROWS)
        header = self.horizontalHeader()
        high = header.sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        if header.length() > self.viewport().width():
            high += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(high + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar comes and goes with the width."""
        super().resizeEvent(event)
        self._fit_height()

    def id_chosen(self) -> str | None:
        """The id of the row chosen."""
        chosen = self.chosen()
        return None if chosen is None else str(self.table.key(chosen))


class Panel(QWidget):
    """One tab: it shows its part of a story, whenever it is the one looked at."""

    title: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.story: PersonStory | None = None
        self.facts: list[Facts] = []
        self._changing: list[QWidget] = []
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 8, 4, 4)
        self.body.setSpacing(6)

    def show_story(self, story: PersonStory) -> None:
        """Show this story; what changes something can be used only where that may be."""
        self.story = story
        self.fill(story)
        for each in self._changing:
            each.setEnabled(may_change(self.desk))

    def fill(self, story: PersonStory) -> None:
        """Show this part of it."""
        raise NotImplementedError

    def start_here(self) -> QWidget | None:
        """Where the keyboard begins."""
        return next((each for each in self.facts if each.table.records and each.isVisibleTo(self)), None)

    # What rows are edited by

    def edit_chosen(self) -> bool:
        """F2: edit the row that the keyboard is on. False if there is none."""
        for each in self.facts:
            if each.kind and each.hasFocus() and (id := each.id_chosen()) is not None:
                self.edit(each.kind, id)
                return True
        return False

    def edit(self, kind: str, id: str) -> None:
        """Change a fact. NotAllowed while another day is looked at."""
        self.desk.refuse_if_not_today()
        self.desk.deeds.edit_row(kind, {"id": id})

    def _edit(self, _: object) -> None:
        with self.desk.trying():
            self.edit_chosen()

    def new(self, kind: str, **known: object) -> None:
        """Enter a new fact about this person."""
        assert self.story is not None, "a story is shown"
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.desk.deeds.edit_row(kind, {"person_id": self.story.person.id, **known})

    # Pieces

    def add_facts(
        self, title: str, columns: Sequence[Column], kind: str, *buttons: QPushButton
    ) -> Facts:
        """A heading with what can be done beside it, and the table below; Enter and F2 edit a row."""
        made = Facts(self.desk, columns, title, kind, short=True)
        made.opened.connect(self._edit)
        self.add_titled(title, *buttons)
        self.body.addWidget(made)
        self.facts.append(made)
        return made

    def add_titled(self, title: str, *buttons: QPushButton) -> None:
        """A heading with buttons at the right of it."""
        head: list[QWidget | QLayout | None] = [heading(title, 2), None, *buttons]
        self.body.addLayout(row(*head))

    def changing(self, text: str, does: Callable[[], object]) -> QPushButton:
        """A button that changes something, so that it can be used only today and in a store of one's own."""
        made = button(text, does)
        self._changing.append(made)
        return made


def as_tip(words: str) -> str:
    """Somebody's words as a tool tip, which wraps them and reads nothing in them as markup."""
    return f"<qt>{escape(words)}</qt>" if words else ""
