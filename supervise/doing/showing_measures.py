"""What each measure is called and counts, and measures put together from parts of the service.

Nothing is reckoned here: `compliance.measures` is asked about a few people at a time, so that a window can
breathe between, and numerators and denominators are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from supervise.cadence import CaseFacts, Clockwork, Facts
from supervise.compliance import NO_GROUP, Measures, Share, measures_by
from supervise.people import Post
from supervise.service import Service
from supervise.workdays import Day


class Measured(NamedTuple):
    """A measure: its field in `Measures`, its title, and in one sentence what is counted of what; in it
    {people}, {of_each} and {day} stand for whom and when it is about."""

    name: str
    title: str
    counts: str


MEASURES = (
    Measured("covered_days", "Days covered", "Days that were not late, of all days in scope."),
    Measured(
        "clear_months", "Clear months",
        "Months without a late day, of {of_each} whole calendar months with at least 15 days in scope.",
    ),
    Measured("in_policy", "In policy", "Not in a gap on {day}, of the {people} whose clock ran on that day."),
    Measured(
        "evidenced", "Evidenced",
        "Recorded, shared and signed by both, of the sessions held whose record is kept here.",
    ),
    Measured(
        "long_enough", "Long enough",
        "As long as the policy asks, of the sessions held with a length recorded.",
    ),
    Measured(
        "on_time", "On time",
        "Held by the last day that is not late, of all that fell due. Read it only beside the others: it"
        " counts a gap of a year once, and every session two days late as much.",
    ),
)  # fmt: skip
"""In the order in which they are shown: the headline, what stands beside it, `on_time` last."""

HEADLINES = ("covered_days", "clear_months")
SUPERVISED = (
    "Of the {people} with at least 15 days in scope in a month, those with a session that counts in it. This"
    " describes the months and tests nobody: weekly and six-weekly supervision look alike in it."
)
BY = {"team": "Team", "role": "Role", "basis": "Basis", "supervisor": "Supervisor"}
"""What measures can be grouped by, as it is said."""

_ELSEWHERE = "\0elsewhere"  # no name that anybody could type


class Sums:
    """The measures of everyone (or of a team), and of its groups, as they come in part by part."""

    def __init__(
        self, clockwork: Clockwork, first: Day, last: Day, team: str | None, by: Sequence[str] = ()
    ) -> None:
        self._asked = clockwork, first, last
        self._team, self._by = team, by
        self.whole = Measures(None)
        self.groups: dict[str, dict[str, Measures]] = {each: {} for each in by}

    def refuse_empty(self) -> None:
        """BadQuestion for a period that ends before it begins, or has not begun yet."""
        self._measured(Service({}), [None])

    def add(self, part: Service) -> None:
        """Measure everybody of a part of the service."""
        if self._team is None:
            found = self._measured(part, [None, *self._by])
            self._take(found.pop(None), None)
            for by, groups in found.items():
                self._take(groups, by)
            return
        (whole,) = self._measured(part, ["team"]).values()
        self._take([each for each in whole if each.group == self._team], None)
        for by in self._by:
            (groups,) = self._measured(_renamed(part, self._team, by), ["team"]).values()
            self._take([each for each in groups if each.group != _ELSEWHERE], by)

    def _take(self, found: Iterable[Measures], by: str | None) -> None:
        """Add what was found to the whole, or to the groups of a grouping."""
        for each in found:
            if by is None:
                merge(self.whole, each)
            elif each.group is not None:
                merge(self.groups[by].setdefault(each.group, Measures(each.group)), each)

    def _measured(self, part: Service, by: Sequence[str | None]) -> dict[str | None, list[Measures]]:
        clockwork, first, last = self._asked
        return measures_by(clockwork, part, first, last, by)


def merge(into: Measures, more: Measures) -> None:
    """Add the measures of other people, or other cases, to some."""
    for measured in MEASURES:
        share: Share = getattr(more, measured.name)
        getattr(into, measured.name).add(share.n, share.d)
    for month, share in more.supervised_in_month.items():
        into.supervised_in_month.setdefault(month, Share()).add(share.n, share.d)
    into.supervised_in_month = dict(sorted(into.supervised_in_month.items()))
    into.gaps += more.gaps
    into.gaps_carried_in += more.gaps_carried_in
    into.longest_gap_days = max(into.longest_gap_days, more.longest_gap_days)
    into.excluded += more.excluded


def _renamed(service: Service, team: str, by: str) -> Service:
    """The service as if every role (basis, supervisor) of a team were a team of that name, and all other
    teams one: measured by team it gives the groups of the one team. No rule looks at a team, and a change
    of team restarts no clock, so that nothing else is altered by it."""

    def post(of: Post) -> Post:
        name = getattr(of, by) or NO_GROUP if of.team == team else _ELSEWHERE
        return of._replace(team=name)

    def person(facts: Facts) -> Facts:
        return replace(facts, posts=[post(each) for each in facts.posts])

    people = {id: person(facts) for id, facts in service.facts.items()}
    cases: dict[str, CaseFacts] = {
        ref: replace(case, holders=people) for ref, case in service.cases.items()
    }
    return Service(people, cases, service.sessions, service.discussed, service.names)
