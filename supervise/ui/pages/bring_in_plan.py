"""A plan on the screen: what must be answered first, then doubts, then what was assumed, then all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from supervise.exchange.gathered import Gathering
from supervise.ui.bits import column
from supervise.ui.pages.bring_in_items import Item, read_absence, read_layout
from supervise.ui.pages.bring_in_parts import AskingPart, Part
from supervise.ui.pages.bring_in_people import PeoplePart
from supervise.ui.pages.bring_in_shown import Shown
from supervise.ui.tables import Column
from supervise.workdays import Day

_WHERE = Column("Where", lambda each: each.where, width=16)
_WHO = Column("Who", lambda each: each.who, width=20)
_WRITTEN = Column("It says", lambda each: each.written, width=20)
_CELLS = (_WHERE, _WHO, _WRITTEN, Column("Read as", lambda each: each.now, width=36))


class PlanView(QWidget):
    """The lists of a plan. `answered` passes on what somebody said; `skipping` whether the rest is to be
    taken was changed."""

    answered = Signal(list, object)  # pairs of part and key, the answer or None
    skipping = Signal()

    def __init__(self, today: Callable[[], Day]) -> None:
        super().__init__()
        self._make_asking(today)
        self._make_telling()
        self.skip = QCheckBox("&Take the rest, and leave these out")
        self.skip.toggled.connect(self.skipping)
        self.skip.hide()
        asking = (self.questions, self.doubts, self.offers, self.people)
        telling = (self.notes, self.differing, self.lines, self.sure, self.layout_, self.problems)
        self.parts: tuple[Part, ...] = (*asking, *telling)
        self.setLayout(column(*self.parts, self.skip))
        for part in self.parts:
            if isinstance(part, AskingPart):
                part.answered.connect(self.answered)

    def _make_asking(self, today: Callable[[], Day]) -> None:
        self.questions = AskingPart(
            "To answer",
            "What is marked “first” must be answered before anything is brought in.",
            (
                Column("", lambda each: "first" if each.needed and each.given is None else "", width=6),
                Column("Question", lambda each: each.written, width=74),
                Column("Answer", lambda each: each.now),
            ),
            today, asks="Answer:",
        )  # fmt: skip
        self.doubts = AskingPart(
            "In doubt", "Look at each, and correct what was read wrongly.",
            (*_CELLS, Column("Why it is in doubt", lambda each: each.doubt)), today, asks="Read it as",
        )  # fmt: skip
        self.offers = AskingPart(
            "Absences without dates",
            "Give the first and last day of an absence and the clock stops for it; without them it does not.",
            _CELLS, today, asks="From and to:", check=read_absence,
        )  # fmt: skip
        self.people = PeoplePart(today)
        self.sure = AskingPart(
            "Read without doubt", "Cells that were not plainly a date, and how each was read.",
            _CELLS, today, asks="Read it as", folded=True,
        )  # fmt: skip
        self.layout_ = AskingPart(
            "Sheets and columns", "What each sheet was taken for, and the columns of which nothing is taken.",
            (_WHERE, Column("Name", lambda each: each.written, width=36), Column("Taken for", lambda each: each.now)),
            today, asks="It is", check=read_layout, folded=True,
        )  # fmt: skip

    def _make_telling(self) -> None:
        self.notes = Part(
            "To know", "",
            (Column("", lambda each: each.where, width=16), Column("What", lambda each: each.said)),
        )  # fmt: skip
        self.differing = Part(
            "Said otherwise here", "Cells of the file that say something else than what is stored.",
            (
                Column("Whose", lambda each: each.who, width=20), Column("What", lambda each: each.what, width=24),
                Column("Both", lambda each: each.words, width=44), Column("Then", lambda each: each.then),
            ),
        )  # fmt: skip
        self.lines = Part(
            "All that would be added or changed", "",
            (
                Column("What", lambda each: each.what, width=18), Column("Who", lambda each: each.who, width=22),
                Column("When", lambda each: each.when, width=30),
                Column("In words", lambda each: each.words, width=40), Column("Then", lambda each: each.then),
            ),
            folded=True,
        )  # fmt: skip
        self.problems = Part(
            "Cannot be taken", "",
            (Column("Where", lambda each: each.where, width=26), Column("Why", lambda each: each.said)),
        )  # fmt: skip

    def show_plan(self, shown: Shown) -> None:
        """Show it; what is chosen, scrolled to and being typed stays."""
        for part, items in (
            (self.questions, shown.questions), (self.doubts, shown.doubts), (self.offers, shown.offers),
            (self.people, shown.people), (self.notes, shown.notes), (self.differing, shown.differing),
            (self.lines, shown.lines), (self.sure, shown.sure), (self.layout_, shown.layout),
            (self.problems, shown.problems),
        ):  # fmt: skip
            part.show_items(items)
        whole = isinstance(shown.plan, Gathering) and shown.plan.replaces is not None
        self.skip.setVisible(bool(shown.problems) and not whole)
        if self.skip.isHidden():
            self.skip.setChecked(False)

    def show_only(self, layout: Sequence[Item] = (), problems: Sequence[Item] = ()) -> None:
        """Show no plan, but what can be said of a file that was not understood, or what was left out."""
        for part in self.parts:
            part.show_items({self.layout_: layout, self.problems: problems}.get(part, ()))
        self.skip.setChecked(False)
        self.skip.hide()

    def first(self) -> QWidget | None:
        """Where the keyboard begins: at what must be answered, or is in doubt."""
        asked = (part for part in (self.questions, self.doubts) if not part.isHidden())
        return next((part.view for part in asked), None)
