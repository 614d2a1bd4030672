"""The people whom an import would add, and what was assumed of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from supervise import trackers
from supervise.doing.typed import read_day
from supervise.ui.bits import button
from supervise.ui.pages.bring_in_parts import AskingPart, Part
from supervise.ui.pages.bring_in_shown import Person
from supervise.ui.tables import Column
from supervise.wording import counted, day
from supervise.workdays import Day


class PeoplePart(AskingPart):
    """People who would be added, with what was assumed of each."""

    def __init__(self, today: Callable[[], Day]) -> None:
        super().__init__(
            "Who would be added",
            "What is marked “assumed” does not stand in the file. Choose one or several people and say it.",
            (
                Column("Name", lambda each: each.name, width=19, bold=True),
                Column("Team", lambda each: each.team, width=28),
                Column("Job title", lambda each: each.role, width=36),
                Column("In post since", lambda each: each.since, width=25),
                Column("Records begin", lambda each: each.begins, width=22),
            ),
            today,
            asks="is",
        )
        self.fact = QComboBox()
        self.fact.setAccessibleName("What to say of those chosen")
        for fact, words in trackers.FACTS.items():
            self.fact.addItem(words, fact)
        self.fact.setCurrentIndex(self.fact.findData("begins"))
        self.fact.currentIndexChanged.connect(self.show_chosen)
        self.all = button("Choose everybody", self._choose_all, link=True)
        self.line.insertWidget(0, self.fact)
        self.answers.insertWidget(2, self.all)

    def in_words(self, chosen: Sequence[Any]) -> str:
        """Whom it is about."""
        return (
            f"For {chosen[0].name}:"
            if len(chosen) == 1
            else f"For {counted(len(chosen), 'person', 'people')}:"
        )

    def show_chosen(self) -> None:
        """Ask for the fact that is picked."""
        Part.show_chosen(self)
        names = tuple(each.name for each in self.chosen())
        is_day = self.fact.currentData() in ("since", "begins")
        self._offer(
            (names, self.fact.currentData()), (), "1 Apr 2016" if is_day else "As it ought to be", ""
        )
        self.pick.hide()
        self.back.setVisible(any("(as you said)" in self._now(each) for each in self.chosen()))

    def _now(self, person: Person) -> str:
        said: str = getattr(person, self.fact.currentData())
        return said

    def read(self, typed: str) -> str:
        """A day, or words."""
        if self.fact.currentData() in ("since", "begins"):
            return day(read_day(typed, self._today()))
        return typed

    def pair(self, item: Person) -> tuple[str, str]:
        """The cell that the file does not have."""
        return "cells", trackers.fact_key(item.name, self.fact.currentData())

    def _go_on(self) -> None:
        """Those chosen stay chosen: there may be more to say of them."""

    def _choose_all(self) -> None:
        self.view.selectAll()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
