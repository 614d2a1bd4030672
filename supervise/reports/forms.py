"""Papers to write on: a supervision record and a supervision agreement, empty or begun for somebody.

What is known is printed, what is not is a line to write on. Lines are pictures with words, so that who hears
the paper hears how much room there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from supervise.reports.lettering import titled
from supervise.reports.page import Story
from supervise.reports.tables import Column
from supervise.wording import capital, counted, day, long_day, minutes, times, words
from supervise.workdays import Day


class Promise(NamedTuple):
    """An action: `agreed_on` is the day of the session it stands in now, `carried` how often it was carried
    forward to come there."""

    text: str
    owner: str | None = None
    agreed_on: Day | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    carried: int = 0


def about(action: Promise) -> str:
    """Who does it, by when, whether it is done, how often it was carried, in one line."""
    told = [action.owner or "No owner named"]
    told.append(f"due {day(action.due_on)}" if action.due_on is not None else "no due day")
    told.append(f"done {day(action.done_on)}" if action.done_on is not None else "not yet done")
    if action.carried:
        told.append(f"carried forward {times(action.carried)}")
    return " · ".join(told)


class AgreementTold(NamedTuple):
    """A supervision agreement; `is_past` where the day of its review has gone and none was signed since."""

    supervisor: str | None
    signed_on: Day
    review_on: Day | None
    is_past: bool

    def said(self) -> str:
        """When, with whom, and what of its review."""
        whom = f" with {self.supervisor}" if self.supervisor else ""
        past = ", which has passed" if self.is_past else ""
        review = f"review by {day(self.review_on)}{past}" if self.review_on else "no day of review"
        return f"Signed {day(self.signed_on)}{whom}; {review}"


class Topic(NamedTuple):
    """A heading of the agenda: `part` is personal or case, `prompt` the question that helps to begin."""

    heading: str
    prompt: str | None = None
    part: str = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordForm:
    """A record to fill in by hand: `actions` are open ones from before, to go through. What is None is left
    to write."""

    kind: str = "one_to_one"
    topics: tuple[Topic, ...] = ()
    worker: str | None = None
    role: str | None = None
    team: str | None = None
    supervisor: str | None = None
    on: Day | None = None
    actions: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementForm:
    """An agreement to sign: `often` and `by_rule` are what the policy asks for and why, `then` what follows,
    `min_minutes` the least length, `grace` working days after the due day. `text` is what was agreed before.
    What is None is left to write."""

    worker: str | None = None
    role: str | None = None
    team: str | None = None
    supervisor: str | None = None
    often: str | None = None
    by_rule: str | None = None
    then: str | None = None
    min_minutes: int | None = None
    grace: int = 0
    review_on: Day | None = None
    text: str | None = None
    policy: str | None = None


class Form(Story):
    """A story with places to write on."""

    def places(self, *captions: str) -> None:
        """Empty lines beside each other, each with the word for it below; one across the page alone."""
        wide = (_WHOLE + _BETWEEN) / len(captions)
        self._ruled(*((name, at * wide, wide - _BETWEEN) for at, name in enumerate(captions)))

    def room(self, lines: int) -> None:
        """So many empty lines to write on."""
        self.figure(_lines(lines), f"{counted(lines, 'empty line')} to write on.")


_WHOLE, _APART, _BETWEEN = 481.8, 23.0, 14.0
"""The width of a page, what is between two lines of handwriting, and between two lines beside each other, in points."""


def _lines(n: int) -> Any:
    from reportlab.graphics.shapes import Drawing, Line

    from supervise.reports.paper import RULE

    drawing = Drawing(_WHOLE, n * _APART)
    for at in range(n):
        drawing.add(Line(0, at * _APART + 1, _WHOLE, at * _APART + 1, strokeColor=RULE, strokeWidth=0.5))
    return drawing


# --- A record


def name_of(form: RecordForm | AgreementForm) -> str:
    """What the paper is called."""
    kind = "Supervision record" if isinstance(form, RecordForm) else "Supervision agreement"
    return f"{kind} · {form.worker}" if form.worker else f"{kind}, blank form"


def tell_record_form(form: RecordForm) -> Form:
    """What the form says and where it leaves room, from top to bottom."""
    story = Form()
    when = f"{long_day(form.on)} · " if form.on is not None else ""
    story.title(
        f"Supervision of {form.worker}" if form.worker else "Supervision record",
        f"{when}{words(form.kind)}, to fill in by hand",
    )
    _who(story, form)
    if form.on is None:
        story.places("Held on", "Started at", "Length in minutes")
    else:
        story.places("Started at", "Length in minutes")
    story.places("Place", "Was it interrupted?")
    if form.actions:
        story.heading(1, "From last time")
    for action in form.actions:
        story.bullet(action.text, about(action))
        story.places("What became of it", "Done on")
    for part in ("personal", "case"):
        _tell_topics(story, part, [topic for topic in form.topics if topic.part == part])
    if not form.topics:
        story.heading(1, "What we spoke of")
        story.room(16)
    story.heading(1, "Actions")
    columns = [Column("No.", 24, names_rows=True), Column("What", 268), Column("Who", 100)]
    columns.append(Column("By when", 90))
    story.table(columns, [(f"{number}\n ", "", "", "") for number in range(1, 6)])
    story.places("Next session on", "At")
    _sign(story, form.worker, form.supervisor)
    story.quiet("If you do not agree with this record, say here what you see differently.", True)
    story.writing_line("In your own words")
    story.about_letters()
    return story


def _who(story: Form, form: RecordForm | AgreementForm) -> None:
    """The people: what is known as facts, what is not as lines."""
    known = [("Worker", form.worker), ("Role", form.role), ("Team", form.team)]
    known.append(("Supervisor", form.supervisor))
    story.facts((name, value) for name, value in known if value)
    missing = [name for name, value in known if not value]
    for at in range(0, len(missing), 2):
        story.places(*missing[at : at + 2])


_PARTS = {"personal": "Personal part", "case": "Case part"}


def _tell_topics(story: Form, part: str, topics: Iterable[Topic]) -> None:
    for number, topic in enumerate(topics):
        if number == 0:
            story.heading(1, _PARTS[part])
            if part == "case":
                story.quiet("Case references only. What is decided goes on the child’s own file.", True)
        story.heading(2, titled(topic.heading) or "Without a heading")
        if topic.prompt:
            story.quiet(topic.prompt, True)
        story.room(6 if part == "case" else 4)


def _sign(story: Form, worker: str | None, supervisor: str | None) -> None:
    story.heading(1, "Signatures")
    story.signing(f"{worker}, worker" if worker else "Worker", with_next=True)
    story.signing(f"{supervisor}, supervisor" if supervisor else "Supervisor")


# --- An agreement


def tell_agreement(form: AgreementForm) -> Form:
    """What the agreement says and where it leaves room, from top to bottom."""
    story = Form()
    story.title("Supervision agreement", "To be signed by both, and kept with the supervision records")
    _who(story, form)
    story.heading(1, "How often and how long")
    if form.often:
        story.facts(_frequency(form))
        story.quiet("This is the least. Either of us may ask for a session in between.")
    else:
        story.places("How often", "How long each time")
    story.places("Where", "Usual day and time")
    story.heading(1, "What each of us may expect")
    for right, more in _RIGHTS:
        story.bullet(right, more)
    story.heading(1, "What we agree for ourselves")
    if form.text:
        story.quiet("From the agreement before this one; strike out what is no longer so.", True)
        story.prose(form.text, with_next=True)
    story.room(3 if form.text else 5)
    story.heading(1, "Review")
    if form.review_on is not None:
        story.sentence(f"We look at this agreement again by {long_day(form.review_on)}.")
    else:
        story.places("We look at this agreement again by")
    story.quiet("Sooner with a new supervisor or role, after a long absence, or if either of us asks.")
    _sign(story, form.worker, form.supervisor)
    story.about_letters()
    return story


def _frequency(form: AgreementForm) -> Iterator[tuple[str, str]]:
    often = form.often or ""
    yield "How often", capital(often) + (f" ({form.by_rule})" if form.by_rule else "")
    if form.then:
        yield "After that", capital(form.then)
    if form.min_minutes is not None:
        yield "How long", f"At least {minutes(form.min_minutes)}"
    if form.policy:
        yield "Policy", form.policy
    if form.grace:
        late = counted(form.grace, "working day")
        yield (
            "Grace",
            f"{late} after the due day. After that there is a gap, with its reasons written down",
        )


_RIGHTS = (
    ("Supervision is planned, private and not interrupted.", "Telephones are off, and the door is shut."),
    ("If a session is lost, a new date is agreed at once.", "Who cancelled and why is written down."),
    ("Both of us bring the agenda.", "There is room for how the worker is as well as for the work."),
    ("What was agreed is written up and shared soon.", "Both sign. Signing does not mean agreeing."),
    ("Whoever sees it differently can say so in their own words.", "That stays with the record."),
    ("What is said stays between us, within limits.",
     "If a child or adult may be at risk, or by law, it has to be passed on. Managers and inspectors may read"
     " records."),
    ("Decisions about a child go on the child’s own file.", "The supervision record has the reference only."),
    ("What we cannot settle goes to the supervisor’s own manager.", "Either of us may ask for that."),
)  # fmt: skip
