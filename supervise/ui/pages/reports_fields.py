"""Every field that a paper is asked with, of which those of the paper chosen are seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.papers.paper import About, Paper
from supervise.errors import BadQuestion
from supervise.ui.bits import column
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.reports_asked import (
    Asked,
    ClockAsked,
    DayAsked,
    KindsAsked,
    LineAsked,
    NumberAsked,
    PartsAsked,
    PolicyAsked,
    TeamAsked,
)
from supervise.ui.pages.reports_choices import PeriodAsked, PersonAsked, SessionAsked

MOST_RECORDS = 10_000
MOST_SEED = 999_999_999_999_999_999
SAMPLE = 10
"""How many records a pack has, until somebody says another number."""

OF_THE_VIEW = ("as_at",)
"""What no field asks, because the window is on it: the day looked at."""


class Fields(QWidget):
    """What is asked for a paper. `chosen` tells that the answer is another one now, `typing` that something is
    being typed, so that what is shown is not what is asked for any more."""

    chosen, typing = Signal(), Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._paper: Paper | None = None
        self.people = PersonAsked(desk)
        self.sessions = SessionAsked(desk, self.people)
        self.team, self.period = TeamAsked(desk), PeriodAsked(desk)
        sample = NumberAsked(desk, "sample", "&Number of records", MOST_RECORDS)
        sample.line.setText(str(SAMPLE))
        self.all: tuple[Asked, ...] = (
            self.people, self.sessions, self.team, self.period, ClockAsked(desk), PartsAsked(desk),
            DayAsked(desk, "on", "Da&y of the supervision", {"since": "Da&y of the visit"}),
            DayAsked(desk, "review", "&Day of the review"), LineAsked(desk, "whom", "&Who takes over"),
            PolicyAsked(desk), sample,
            NumberAsked(desk, "seed", "&Drawn with number", MOST_SEED, example="the store’s own"), KindsAsked(desk),
        )  # fmt: skip
        for each in self.all:
            each.chosen.connect(self._chosen)
            each.typing.connect(self.typing)
        self.setLayout(column(flowing(*self.all), self.period.free, spacing=6))

    def field(self, name: str) -> Asked:
        """The field that says that."""
        return next(each for each in self.all if name in each.names)

    def ask_for(self, paper: Paper) -> None:
        """Show the fields of that paper, with what there is to choose."""
        self._paper = paper
        for each in self.all:
            each.ask_for(paper)
        self._settle()

    def _chosen(self) -> None:
        self._settle()
        self.chosen.emit()

    def _settle(self) -> None:
        """Whoever is chosen has a team: where a paper may be told either, it is not asked for then."""
        assert self._paper is not None, "it is chosen when a paper is asked for"
        self.team.setEnabled("person" not in self._paper.may or self.people.box.currentData() is None)

    def _asked(self) -> list[Asked]:
        paper = self._paper
        return [each for each in self.all if paper and each.is_for(paper) and each.isEnabled()]

    def about(self) -> About:
        """What is asked. BadQuestion for what cannot be read."""
        paper = self._paper
        assert paper is not None, "a paper is asked for"
        asks = {*paper.needs, *paper.may}
        said: dict[str, Any] = {}
        try:
            for each in self._asked():
                said |= {name: value for name, value in each.said().items() if name in asks}
        except ValueError as error:
            raise BadQuestion(str(error)) from error
        if "as_at" in asks and not self.desk.view.is_today:
            said["as_at"] = self.desk.view.day
        return About(**said)

    def lacks(self) -> str:
        """One sentence on what is still to be chosen; "" for nothing. BadQuestion for what cannot be read."""
        paper = self._paper
        assert paper is not None, "a paper is asked for"
        if "session" in paper.needs and self.sessions.has_none():
            return "No supervision of theirs has been held by this day."
        needed = [each for each in self._asked() if {*each.names, *_with(each)} & set(paper.needs)]
        try:
            lacking = [what for each in needed if (what := each.lacks())]
        except ValueError as error:
            raise BadQuestion(str(error)) from error
        return f"Choose {wording.joined(lacking)}, and the paper is shown here." if lacking else ""


def _with(each: Asked) -> tuple[str, ...]:
    """What cannot be chosen before that is."""
    return ("session",) if isinstance(each, PersonAsked) else ()
