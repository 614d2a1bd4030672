"""What is found of a period, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supervise import wording
from supervise.compliance import BANDS, Measures
from supervise.doing.showing_measures import MEASURES
from supervise.doing.showing_people import GapShown, Lacking, PersonMonths
from supervise.policies import Policy
from supervise.workdays import Day


class Group(NamedTuple):
    """The measures of one group, and what it is called."""

    title: str
    measures: Measures


class LeftOut(NamedTuple):
    """Somebody, or a case, in scope on no day of the period, and why on most of them."""

    subject: str
    person: str | None
    name: str
    why: str


class RuleApplied(NamedTuple):
    """A policy and the days of the period on which it was in force."""

    policy: Policy
    first: Day
    last: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """Everything the page shows of [first, last], known up to `end` (the earlier of `last` and `as_at`).

    `whole` are the measures of everyone or of the team, `groups` those of its groups in order of name, if
    any were asked for, `also` those of further groupings. `months` are the first days of the whole calendar
    months, one for each cell of `people`, who are in order of name; `gaps` begins with the longest; `removed`
    says whether somebody of the period has been deleted since.
    """

    first: Day
    last: Day
    end: Day
    as_at: Day
    clock: str
    is_case: bool
    team: str | None
    by: str | None
    whole: Measures
    groups: tuple[Group, ...]
    also: Mapping[str, tuple[Group, ...]]
    months: tuple[Day, ...]
    people: tuple[PersonMonths, ...]
    gaps: tuple[GapShown, ...]
    lacking: Lacking
    left_out: tuple[LeftOut, ...]
    rules: tuple[RuleApplied, ...]
    removed: str = ""

    @property
    def bands(self) -> tuple[tuple[str, int], ...]:
        """How many of the gaps there are of each length (cadence, section 6)."""
        found = [gap.band for gap in self.gaps]
        return tuple((name, found.count(name)) for name in BANDS)

    @property
    def records_begin(self) -> tuple[PersonMonths, ...]:
        """Those of whom part of the period is not known."""
        return tuple(each for each in self.people if each.unknown)

    @property
    def whom(self) -> str:
        """Whom a measure is of, in the plural."""
        return "cases" if self.is_case else "people"

    def counts(self, name: str) -> str:
        """What a measure counts, in one sentence."""
        found = next(measured for measured in MEASURES if measured.name == name)
        return self.said(found.counts)

    def said(self, sentence: str) -> str:
        """A sentence of `showing_measures` about these people, or cases, and this period's end."""
        of_each = "each case’s" if self.is_case else "each person’s"
        return sentence.format(people=self.whom, of_each=of_each, day=wording.day(self.end))
