"""What is known of a person beside their sessions: posts and time away, what is agreed, cases, details."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QPlainTextEdit

from supervise import wording
from supervise.doing.entering import label_of
from supervise.doing.looking_cases import CaseLine
from supervise.doing.looking_person import (
    AbsenceLine,
    AgreementLine,
    PersonStory,
    PostLine,
    VariationLine,
)
from supervise.fields import PERSON, Holds
from supervise.ui.bits import button, notice
from supervise.ui.delegates import StatusDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.person_parts import Facts, Panel
from supervise.ui.tables import Column
from supervise.workdays import FOREVER, day


def _to(line: PostLine | AbsenceLine | VariationLine | CaseLine) -> str:
    last = line.post.last if isinstance(line, PostLine) else line.last
    return "no end known" if last >= FOREVER else wording.day(last)


# Posts and time away


class PostsPanel(Panel):
    """Where somebody works and worked, and when they were away. Only here the kind of an absence is told."""

    title = "Posts and time away"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.change_post = self.changing("Change post…", self._change_post)
        self.left = self.changing("Left…", self._leave)
        self.away = self.changing("Record time away…", partial(self.new, "absence"))
        self.posts = self.add_facts("Posts", _POSTS, "post", self.change_post, self.left)
        self.absences = self.add_facts("Time away", _ABSENCES, "absence", self.away)
        self.body.addStretch(1)

    def fill(self, story: PersonStory) -> None:
        """The latest first."""
        self.posts.show_records(story.posts)
        self.absences.show_records(story.absences)
        self.change_post.setText("Change post…" if story.posts else "Enter a post…")

    def _change_post(self) -> None:
        """Another team, role or supervisor from a day on: the post of the day is what changes."""
        assert self.story is not None, "a story is shown"
        on, posts = self.story.day, self.story.posts
        holding = [each for each in posts if each.post.first <= on <= each.post.last]
        with self.desk.trying():
            if holding or posts:
                self.edit("post", (holding or posts)[0].id)
            else:
                self.new("post")

    def _leave(self) -> None:
        """Their last day with the council."""
        from supervise.ui.dialogs.people_changes import LeftDialog

        assert self.story is not None, "a story is shown"
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            LeftDialog(self.desk, self.window(), self.story.person.id).show_over()


def _basis(line: PostLine) -> str:
    return wording.words(line.post.basis) if line.post.basis else ""


def _time(line: PostLine) -> str:
    share = "" if line.fte is None else f"{line.fte:g}"
    return ", ".join(filter(None, (share, line.days)))


_POSTS = (
    Column("Team", lambda line: line.post.team, width=24),
    Column("Role", lambda line: wording.words(line.post.role), width=26),
    Column("Basis", _basis, width=15),
    Column("Supervisor", lambda line: line.supervisor or "nobody named", width=19),
    Column("From", lambda line: wording.day(line.post.first), lambda line: line.post.first, width=16),
    Column("To", _to, lambda line: line.post.last, width=19),
    Column("Share of full time, days", _time),
)
_ABSENCES = (
    Column("Kind", lambda line: line.kind, width=24),
    Column("From", lambda line: wording.day(line.first), lambda line: line.first, width=16),
    Column("To", _to, lambda line: line.last, width=19),
    Column("Clock", lambda line: "stopped by it" if line.stops else "runs on"),
)


# Agreement and variations


class AgreementPanel(Panel):
    """The supervision agreements, with their words, and frequencies agreed for this person alone."""

    title = "Agreement and variations"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.past = notice("")
        self.body.addWidget(self.past)
        sign = self.changing("Record an agreement…", partial(self.new, "agreement"))
        vary = self.changing("Agree another frequency…", partial(self.new, "variation"))
        self.agreements = self.add_facts("Supervision agreement", _AGREEMENTS, "agreement", sign)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Words of the agreement chosen")
        self.body.addWidget(self.text)
        self.agreements.selectionModel().currentChanged.connect(self._show_text)
        self.variations = self.add_facts("Agreed frequency", _VARIATIONS, "variation", vary)
        self.body.addStretch(1)

    def fill(self, story: PersonStory) -> None:
        """The latest first; that a review is past is said above."""
        past = next((each for each in story.agreements if each.is_past), None)
        self.past.setVisible(past is not None)
        if past is not None and past.review_on is not None:
            self.past.setText(f"The agreement was to be reviewed by {wording.day(past.review_on)}.")
        self.agreements.show_records(story.agreements)
        self.variations.show_records(story.variations)
        if story.agreements and not self.agreements.currentIndex().isValid():
            self.agreements.setCurrentIndex(self.agreements.table.index(0, 0))
        self._show_text()

    def _show_text(self) -> None:
        chosen: AgreementLine | None = self.agreements.chosen()
        words = chosen.text if chosen else None
        self.text.setPlainText(words or "")
        self.text.setFixedHeight(self.text.fontMetrics().height() * 5)
        self.text.setVisible(bool(words))


def _review(line: AgreementLine) -> str:
    if line.review_on is None:
        return "no day set"
    return f"{wording.day(line.review_on)}{', past' if line.is_past else ''}"


_AGREEMENTS = (
    Column("Signed", lambda line: wording.day(line.signed_on), lambda line: line.signed_on, width=16),
    Column("With", lambda line: line.supervisor or "nobody named", width=22),
    Column("Review", _review, lambda line: line.review_on or FOREVER),
)
_VARIATIONS = (
    Column("How often", lambda line: line.often, width=24),
    Column("Clock", lambda line: wording.words(line.clock), width=17),
    Column("From", lambda line: wording.day(line.first), lambda line: line.first, width=16),
    Column("To", _to, lambda line: line.last, width=19),
    Column("Approved by", lambda line: line.approved_by or "", width=20),
    Column("Reason", lambda line: line.reason or ""),
)


# Cases


class CasesPanel(Panel):
    """The cases somebody holds or held, and where each stands under the clocks that run per case."""

    title = "Cases"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        add = self.changing("Add a case…", partial(self.new, "case_allocation"))
        self.why_button = button("Why?", self._why, name="Why? The case chosen")
        self.cases = self.add_facts("Cases", _CASES, "case_allocation", self.why_button, add)
        self.cases.setItemDelegateForColumn(_STANDS, StatusDelegate(desk, self.cases))
        self.body.addStretch(1)

    def fill(self, story: PersonStory) -> None:
        """The last allocated first."""
        self.cases.show_records(story.cases)
        reckoned = any(line.standings for line in story.cases)
        for at in (_STANDS, _DISCUSSED):
            self.cases.setColumnHidden(at, not reckoned)
        self.why_button.setVisible(reckoned)

    def _why(self) -> None:
        """Why the chosen case stands where it does, under its first clock."""
        chosen: CaseLine | None = self.cases.chosen()
        if chosen is not None and chosen.standings:
            with self.desk.trying():
                self.desk.deeds.why(chosen.case_ref, chosen.standings[0][0])


def _case_said(line: CaseLine) -> str:
    """Under each clock: last discussed, and due when."""
    said = []
    for clock, stands in line.standings:
        parts = [
            f"last discussed {wording.day(stands.last_held)}"
            if stands.last_held
            else "not discussed yet"
        ]
        parts += [f"due {wording.day(stands.due)}"] if stands.due is not None else []
        word = wording.STATUS[stands.status].word
        several = f"{wording.words(clock)}: {word}, " if len(line.standings) > 1 else ""
        said.append(several + ", ".join(parts))
    return "; ".join(said)


def _case_status(line: CaseLine) -> str:
    return line.standings[0][1].status if line.standings else ""


def _case_word(line: CaseLine) -> str:
    return wording.STATUS[_case_status(line)].word if line.standings else ""


_CASES = (
    Column("Case", lambda line: line.case_ref, bold=True, width=18),
    Column("Plan", lambda line: wording.words(line.plan) if line.plan else "", width=22),
    Column("From", lambda line: wording.day(line.first), lambda line: line.first, width=16),
    Column("To", _to, lambda line: line.last, width=19),
    Column("Status", _case_word, status=_case_status, width=16),
    Column("Discussed", _case_said),
)
_STANDS, _DISCUSSED = 4, 5


# Details


class Detail(NamedTuple):
    """A field of somebody's own row, and what it says."""

    name: str
    said: str


class DetailsPanel(Panel):
    """Everything else that is entered of a person."""

    title = "Details"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        change = self.changing("Change details…", self._change)
        self.add_titled("Details", change)
        self.details = Facts(desk, _DETAILS, "Details", key=lambda detail: detail.name, short=True)
        self.details.opened.connect(self._change_by_table)
        self.facts.append(self.details)
        self.body.addWidget(self.details)
        self.body.addStretch(1)

    def fill(self, story: PersonStory) -> None:
        """Every field, also those that say nothing."""
        rows = []
        for field in PERSON.fields:
            value = story.details.get(field.name)
            said = "" if value is None else str(value)
            if value is not None and field.holds is Holds.DAY:
                said = wording.day(day(value))
            name = label_of(field.name)
            rows.append(Detail(wording.capital(name), said))
        self.details.show_records(rows)

    def edit_chosen(self) -> bool:
        """F2: all of them together."""
        assert self.story is not None, "a story is shown"
        self.edit("person", self.story.person.id)
        return True

    def _change(self) -> None:
        with self.desk.trying():
            self.edit_chosen()

    def _change_by_table(self, _: object) -> None:
        self._change()


_DETAILS = (
    Column("What", lambda detail: detail.name, bold=True, width=42),
    Column("Says", lambda detail: detail.said or "–"),
)
