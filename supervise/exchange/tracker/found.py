"""What a tracker says, as plain data: its workers, its sessions, and how each cell was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from supervise.exchange.batch import Place, Problem
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.days import Frame
from supervise.workdays import Day


@dataclass(slots=True)
class Worker:
    """Somebody whose supervision the tracker is about. `posts` gives, by team, the earliest day on which
    the tracker knows of them there; `begins` the day from which it speaks of them at all; `never` that it
    says they have not been supervised yet."""

    name: str
    place: Place
    role: str | None = None
    basis: str | None = None
    supervisor: str | None = None
    since: Day | None = None
    left: Day | None = None
    fte: float | None = None
    staff_no: str | None = None
    email: str | None = None
    registration_no: str | None = None
    begins: Day | None = None
    never: bool = False
    posts: dict[str, Day | None] = field(default_factory=dict)

    def known_from(self, day: Day) -> None:
        """Notes that some table speaks of them from a day on: the earliest of these counts."""
        self.begins = day if self.begins is None else min(self.begins, day)


class Session(NamedTuple):
    """A session that the tracker tells of; `day` is the one it was held on, or planned for. `n` counts
    those of one person, day and kind in one sheet."""

    who: str
    day: Day
    kind: str
    status: str
    n: int
    minutes: int | None
    supervisor: str | None
    reason: str | None
    notes: str | None
    place: Place


class Reason(NamedTuple):
    """Why there was no supervision in a week or month, in the tracker's words, or that somebody was
    away."""

    who: str
    span: Frame
    words: str
    place: Place


class Offer(NamedTuple):
    """An absence that a cell speaks of, whose dates a person must give; `span` is the cell's week or
    month."""

    who: str
    name: str
    kind: str
    span: Frame
    words: str
    place: Place
    key: str


class Reading(NamedTuple):
    """How a cell that was not plainly a date was read: `said` is a sentence, `doubts` what to look at, and
    `taken` false if nothing comes of it. `key` is what a correction is given under."""

    place: Place
    who: str
    written: str
    said: str
    doubts: tuple[str, ...]
    taken: bool
    key: str


class Question(NamedTuple):
    """What only a person can say: in words, with what holds without an answer, and the part and key of the
    `Answers` under which it is given. `needed`: without one, what it is about is refused."""

    words: str
    without: str
    part: str
    key: str
    needed: bool = False


@dataclass(slots=True)
class Tracker:
    """All that a tracker says. `answers` are those it was read with, `workers` by key of their name,
    `sheets` what each sheet was taken for, `absences` those whose dates somebody gave (key, kind, first and
    last day, place), and `left_out` the titles of columns of which nothing is taken."""

    source: str
    answers: Answers
    workers: dict[str, Worker] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    absences: list[tuple[str, str, Day, Day, Place]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
