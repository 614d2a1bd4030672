"""What an inspection pack is told besides its compliance and its records: plain records, gathered by whoever has
the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from supervise.sessions import Entered
from supervise.today import LateUnder
from supervise.wording import full_day
from supervise.workdays import Day


class Drawn(NamedTuple):
    """A session whose record was drawn: its `number` among those it was drawn from, in their order, and the
    content code of its record. `missing` are the steps it lacks, `kept` where its record is kept if not here."""

    number: int
    session: str
    held_on: Day
    name: str
    team: str | None
    supervisor: str | None
    has_words: bool
    missing: tuple[str, ...]
    kept: str | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How records were drawn: `asked` so many, of `of` sessions, by `seed`; `figures` is the beginning of the
    history code that the seed was taken from, None if somebody gave it. `others` are how many more sessions were
    held and do not count, by what they are."""

    asked: int
    of: int
    seed: int
    figures: str | None
    drawn: tuple[Drawn, ...]
    others: tuple[tuple[str, int], ...] = ()


class ReasonGiven(NamedTuple):
    """A reason of a gap: `kind` is explained, cancelled or missed, from `first` to `last`; `more` is what an
    explanation says besides, `by` who explained or cancelled, `entered` who put it in and when, if it is known."""

    kind: str
    first: Day
    last: Day
    reason: str
    more: str | None = None
    by: str | None = None
    entered: Entered | None = None


class GapGiven(NamedTuple):
    """A gap with a late day in the period. `sentences` say how it came to be and how it ended."""

    name: str
    team: str
    first: Day
    last: Day
    days_late: int
    ended: str
    under: tuple[LateUnder, ...]
    sentences: tuple[str, ...]
    reasons: tuple[ReasonGiven, ...]


class HeldSession(NamedTuple):
    """A session that counts and whose record lacks something, or is kept elsewhere (`kept` says where)."""

    name: str
    team: str
    held_on: Day
    supervisor: str | None
    has_words: bool
    missing: tuple[str, ...]
    kept: str | None


class Passed(NamedTuple):
    """A session planned for a day that has passed, of which nothing was entered since."""

    name: str
    team: str | None
    on: Day
    supervisor: str | None


class Unseen(NamedTuple):
    """Somebody, or a case, without a session that counts: how many days of the period were in scope, and how
    many were not, by why."""

    name: str
    about: str
    in_scope: int
    stopped: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Everything of the period that is not there, or not here. `held` are sessions in order of days."""

    held: tuple[HeldSession, ...] = ()
    passed: tuple[Passed, ...] = ()
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What an inspection pack of a team (None: of everybody) says besides its compliance and its records, from
    `first` to `last`, known up to `end`. `gaps` begin with the longest; `whom` is "people" or "cases"."""

    team: str | None
    first: Day
    last: Day
    end: Day
    clock: str
    whom: str
    sample: Sample
    gaps: tuple[GapGiven, ...]
    missing: Missing

    @property
    def subject(self) -> str:
        """What stands at the head of a column of names."""
        return "Case" if self.whom == "cases" else "Person"

    @property
    def period(self) -> str:
        """ "1 April 2016 – 31 March 2017", neither day ever on two lines."""
        first, last = (full_day(each).replace(" ", "\u00a0") for each in (self.first, self.last))
        return f"{first} – {last}"
