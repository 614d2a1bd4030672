"""What papers are asked with, one field each: a label, what is chosen or typed, and what it says of `About`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from supervise import wording
from supervise.doing.papers.paper import Paper
from supervise.doing.showing import Showing
from supervise.doing.typed import one_line
from supervise.ui.bits import row
from supervise.ui.desk import Desk
from supervise.ui.forms import DayEdit
from supervise.ui.inputs import FieldLabel, LineEdit

LETTERS = 24
"""How wide a box is at least, in letters: names may be longer, and a page is only so wide."""

Titles = Mapping[str, str]
"""What a field is called on single papers, by their names."""


class Asked(QWidget):
    """One field. `names` are the fields of `About` that it says; `chosen` tells that it says something else now,
    `typing` that it is being typed in."""

    names: tuple[str, ...] = ()
    chosen, typing = Signal(), Signal()

    def __init__(self, desk: Desk, title: str, made: QWidget, titles: Titles | None = None) -> None:
        super().__init__()
        self.desk, self._title, self._titles = desk, title, titles or {}
        self.words = FieldLabel(title)
        self.target = made.edit if isinstance(made, DayEdit) else made
        self.words.setBuddy(self.target)
        self.setLayout(row(self.words, made, spacing=6))

    def is_for(self, paper: Paper) -> bool:
        """Whether that paper is asked with it."""
        return any(name in (*paper.needs, *paper.may) for name in self.names)

    def ask_for(self, paper: Paper) -> None:
        """Ask as that paper does: what there is to choose, and what it is called. What was chosen stays so."""
        title = self._titles.get(paper.name, self._title)
        self.words.setText(title)
        self.target.setAccessibleName(title.replace("&", ""))
        self.setVisible(self.is_for(paper))

    def said(self) -> dict[str, Any]:
        """What it says, by the names of `About`. ValueError, in words, for what cannot be read."""
        raise NotImplementedError

    def lacks(self) -> str:
        """What is still to be chosen, in a few words after "Choose"; "" for nothing. Only asked where the paper
        cannot do without it."""
        (name,) = self.names
        what = self.words.text().replace("&", "")
        return "" if self.said().get(name) is not None else f"the {what[0].lower()}{what[1:]}"

    def _say_chosen(self, *_: object) -> None:
        self.chosen.emit()

    def _say_typing(self, *_: object) -> None:
        self.typing.emit()


class Boxed(Asked):
    """A field with a box to choose from."""

    def __init__(self, desk: Desk, title: str, titles: Titles | None = None) -> None:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(LETTERS)
        self.box.setPlaceholderText(f"Choose a {title.replace('&', '').lower()}")
        super().__init__(desk, title, self.box, titles)
        self.box.activated.connect(self._say_chosen)

    def fill(self, items: Iterable[tuple[str, object]], kept: object, *, first: bool) -> None:
        """Offer these, as words and values. The value that is kept stays chosen if it is there; else the first of
        them is chosen, or none."""
        self.box.clear()
        for words, value in items:
            self.box.addItem(words, value)
        at = next((at for at in range(self.box.count()) if self.box.itemData(at) == kept), -1)
        self.box.setCurrentIndex(0 if at < 0 and first and self.box.count() else at)

    def said(self) -> dict[str, Any]:
        """The value chosen."""
        (name,) = self.names
        return {name: self.box.currentData()}


class TeamAsked(Boxed):
    """Of which team: that of the view, until another is chosen."""

    names = ("team",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "&Team")
        self._seen: str | None = None

    def ask_for(self, paper: Paper) -> None:
        """Everybody can be chosen only where a paper may be of everybody."""
        super().ask_for(paper)
        view, teams = self.desk.view.team, self.desk.workspace.teams()
        kept = self.box.currentData()
        is_needed = "team" in paper.needs
        if view != self._seen or (kept is None and (is_needed or self.box.currentIndex() < 0)):
            kept, self._seen = view, view
        if is_needed and kept is None and len(teams) == 1:
            kept = teams[0]
        everybody = [] if is_needed else [("Everybody", None)]
        self.fill([*everybody, *((team, team) for team in teams)], kept, first=not is_needed)


class ClockAsked(Boxed):
    """By which clock, where there is more than one."""

    names = ("clock",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Cloc&k")

    def ask_for(self, paper: Paper) -> None:
        """The usual one first; a paper about one person by one person's clocks only."""
        super().ask_for(paper)
        rulebook = self.desk.workspace.rulebook()
        clocks = Showing(self.desk.workspace.here).clocks()
        if paper.per_person:
            clocks = tuple(each for each in clocks if rulebook.per(each) == "person")
        self.fill([(wording.words(each), each) for each in clocks], self.box.currentData(), first=True)
        self.setVisible(self.is_for(paper) and len(clocks) > 1)


class PolicyAsked(Boxed):
    """Of which policy: the one in force, until another is chosen."""

    names = ("policy",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Po&licy")

    def ask_for(self, paper: Paper) -> None:
        """All there are."""
        super().ask_for(paper)
        policies = [(each.title, each.id) for each in self.desk.workspace.policies()]
        self.fill([("The one in force today", None), *policies], self.box.currentData(), first=True)


class PartsAsked(Boxed):
    """Which part of a record."""

    names = ("parts",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "P&art")
        parts = (
            ("The whole record", "both"), ("Personal part only", "personal"), ("Case part only", "case"),
        )  # fmt: skip
        self.fill(parts, "both", first=True)


class KindsAsked(Asked):
    """Whether it is said why somebody was away."""

    names = ("kinds",)

    def __init__(self, desk: Desk) -> None:
        self.check = QCheckBox("Say wh&y they were away (the worker’s own paper)")
        super().__init__(desk, "", self.check)
        self.words.hide()
        self.check.setChecked(True)
        self.check.toggled.connect(self._say_chosen)

    def ask_for(self, paper: Paper) -> None:
        """Its own words are its name."""
        super().ask_for(paper)
        self.words.hide()
        self.target.setAccessibleName("")

    def said(self) -> dict[str, Any]:
        """Yes or no."""
        return {"kinds": self.check.isChecked()}


class LineAsked(Asked):
    """A line that is typed: a name."""

    def __init__(self, desk: Desk, name: str, title: str) -> None:
        self.line = LineEdit()
        super().__init__(desk, title, self.line)
        self.names = (name,)
        self.line.textEdited.connect(self._say_typing)
        self.line.editingFinished.connect(self._say_chosen)

    def said(self) -> dict[str, Any]:
        """What was typed."""
        return {self.names[0]: one_line(self.line.text()) or None}


class NumberAsked(LineAsked):
    """A whole number that is typed."""

    def __init__(self, desk: Desk, name: str, title: str, most: int, *, example: str = "") -> None:
        super().__init__(desk, name, title)
        self._most = most
        self.line.setPlaceholderText(example)

    def said(self) -> dict[str, Any]:
        """The number, or nothing."""
        typed = "".join(self.line.text().split())
        if not typed:
            return {self.names[0]: None}
        figures = typed.lstrip("0") or "0"
        is_one = typed.isascii() and typed.isdecimal() and len(figures) <= len(str(self._most))
        if not is_one or int(figures) > self._most:
            what = self.words.text().replace("&", "")
            raise ValueError(f"{what}: type a whole number from 0 to {self._most:,}.")
        return {self.names[0]: int(figures)}


class DayAsked(Asked):
    """A day, typed or picked."""

    def __init__(self, desk: Desk, name: str, title: str, titles: Titles | None = None) -> None:
        self.day = DayEdit(desk.workspace.today)
        self.day.edit.setPlaceholderText("14 Mar 2017")  # short: the line has others beside it
        super().__init__(desk, title, self.day, titles)
        self.names = (name,)
        self.day.changed.connect(self._changed)
        self.day.edit.editingFinished.connect(self._say_chosen)

    def _changed(self) -> None:
        """A day that is picked is whole at once; one that is typed not before it is left."""
        (self._say_typing if self.day.edit.isModified() else self._say_chosen)()

    def said(self) -> dict[str, Any]:
        """The day, or nothing."""
        return {self.names[0]: self.day.day()}
