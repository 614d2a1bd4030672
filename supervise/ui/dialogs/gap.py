"""The reason of a gap, in one line; what is known of it already stands above."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from supervise import wording
from supervise.doing.looking import Looking
from supervise.doing.looking_person import GapStory
from supervise.doing.writing import Writing
from supervise.errors import BadQuestion
from supervise.ui.bits import label
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.forms import Field, Form
from supervise.ui.pages.person_words import gap_said, is_explained, own_reason, reason_said, whose_said
from supervise.workdays import Day

COMMON = ("Manager away", "Worker on leave", "Court", "Workload", "Not recorded at the time")
"""Reasons to choose from: none of them blames anybody, none tells of health."""


class ExplainGapDialog(Dialog):
    """Give a gap its reason, or change the one that was given: the gap that began to be late on
    `first_late_day`, or else the newest without a reason, or else the newest."""

    def __init__(
        self, desk: Desk, parent: QWidget, person: str, first_late_day: Day | None = None
    ) -> None:
        story = Looking(desk.workspace.here).person(person, desk.view.day)
        self.person, self.clock = person, story.clock
        self.gaps = {each.gap.first_late_day: each for each in story.gaps}
        chosen = self._meant(story.person.name, first_late_day)
        super().__init__(
            desk, parent, f"Why was there a gap? {story.person.name}",
            "One line is enough. It stands beside the gap on every page and report, so leave out anything "
            "about anybody’s health.",
            does="&Save the reason",
        )  # fmt: skip
        self.known = label("", wrap=True)
        self.form = Form(self._fields(chosen), desk.workspace.today)
        self.body.addWidget(self.known)
        self.body.addWidget(self.form)
        which = self.form.inputs["gap"]
        assert isinstance(which, QComboBox)
        which.currentIndexChanged.connect(self._show)
        self.main.setEnabled(desk.view.is_today and not desk.workspace.is_service)
        self._show()

    def _meant(self, name: str, first_late_day: Day | None) -> Day:
        """The first late day of the gap that is meant. BadQuestion if there is none."""
        if not self.gaps:
            raise BadQuestion(f"{name} has no gap on this day.", "A reason is given to a gap only.")
        if first_late_day in self.gaps:
            return first_late_day
        without = (day for day, each in self.gaps.items() if not is_explained(each))
        return next(without, next(iter(self.gaps)))

    def _fields(self, chosen: Day) -> list[Field]:
        gaps = [(day, _named(each)) for day, each in self.gaps.items()]
        reasons = [(words, words) for words in COMMON]
        return [
            Field(name="gap", label="&Gap", kind="choice", choices=gaps, required=True, value=chosen),
            Field(
                name="reason", label="&Reason", kind="choice", choices=reasons, typed=True, required=True,
                hint="Choose one, or type your own.",
            ),
            Field(name="text", label="&More words", kind="long", hint="If a line is not enough."),
        ]  # fmt: skip

    @property
    def chosen(self) -> GapStory:
        """The gap that the reason is for."""
        return self.gaps[self.form.value("gap")]

    def _show(self) -> None:
        """What is known of the gap chosen, and the reason it was given before."""
        story = self.chosen
        mine = own_reason(story)
        lines = [whose_said(story.late_under)]
        if story.gap.days_away:
            lines.append(f"Away on {wording.days(story.gap.days_away)} of them.")
        lines += [f"{reason_said(each)}." for each in story.reasons if each is not mine]
        self.known.setText("\n".join(filter(None, lines)))
        self.form.set_value("reason", mine.reason if mine else None)
        self.form.set_value("text", mine.text if mine else None)

    def start_here(self) -> QWidget | None:
        """On the reason."""
        return self.form.inputs["reason"]

    def submit(self) -> bool:
        """Keep it. NotAllowed while another day is looked at."""
        self.desk.refuse_if_not_today()
        values = self.form.values()
        if values is None:
            return False
        gap = self.chosen.gap
        change = Writing(self.desk.workspace.here).explain_gap(
            self.person,
            self.clock,
            gap.first_late_day,
            gap.last_late_day,
            values["reason"],
            values["text"],
        )
        self.desk.did(change)
        return True


def _named(story: GapStory) -> str:
    """A gap in the list of them: its days, and whether a reason was given."""
    said = gap_said(story.gap)
    return f"{wording.capital(said)}{'' if is_explained(story) else ' · no reason yet'}"
