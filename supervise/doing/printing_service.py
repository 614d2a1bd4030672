"""Gathers what a service's paper is told, and prints it (floor 3).

Everything comes from what the compliance page shows of everybody, group by group, and from where everybody
stands on the last day known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from supervise import answers
from supervise.cadence import Clockwork, Standing
from supervise.cadence.due import FULL_MONTH
from supervise.compliance import Share
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.printing_compliance import STEPS, Steps, measured, part_of, printed
from supervise.doing.showing import Showing
from supervise.doing.showing_found import Compliance, Group
from supervise.doing.showing_measures import MEASURES
from supervise.reports.measured import GroupSeen, MonthMeasured, PhaseSeen, ServicePeriod, SourceSeen
from supervise.service import Service
from supervise.store.facts import FactsReader
from supervise.store.lists import all_cases
from supervise.workdays import Day, iso

NEW = 6 * 7
"""Days for which a manager is new in post."""

NEWLY_QUALIFIED = "nqsw"


class PrintingService:
    """Papers about everybody in an open store."""

    def __init__(self, here: Here, *, practice: bool = False) -> None:
        """`practice` says that the store holds made-up people."""
        self.here, self._practice = here, practice

    def save_service(
        self,
        first: Day,
        last: Day,
        to: Path,
        *,
        at: datetime,
        clock: str | None = None,
        as_at: Day | None = None,
    ) -> Steps[None]:
        """Write the service's compliance as a PDF, and note in the access log that it was printed."""
        from supervise.reports.service import write_service

        found = yield from part_of(self.gather_service(first, last, clock, as_at), 0, 700)
        about = printed(self.here, found, at, None, self._practice)
        yield from part_of(write_service(found, to, about), 700, STEPS)
        self.here.store.access.note(self.here.me, "printed", "compliance")

    def make_service(
        self, first: Day, last: Day, out: BinaryIO, *, at: datetime, clock: str | None = None,
        as_at: Day | None = None,
    ) -> Steps[None]:  # fmt: skip
        """The same paper into a file that is kept in memory, to be looked at. Nothing is noted."""
        from supervise.reports.service import print_service

        found = yield from part_of(self.gather_service(first, last, clock, as_at), 0, 700)
        about = printed(self.here, found, at, None, self._practice)
        yield from part_of(print_service(found, about, out), 700, STEPS)

    def gather_service(
        self, first: Day, last: Day, clock: str | None = None, as_at: Day | None = None
    ) -> Steps[ServicePeriod]:
        """All that is told of everybody from `first` to `last`. BadQuestion as `Showing.steps`."""
        showing = Showing(self.here)
        found = yield from part_of(showing.steps(first, last, "team", None, clock, as_at), 0, 500)
        by_basis = yield from part_of(showing.steps(first, last, "basis", None, clock, as_at), 500, 950)
        clockwork = self.here.clockwork(found.clock, found.end)
        service = self._standing(clockwork, is_case=found.is_case)
        stand = answers.standings(clockwork, service)
        return ServicePeriod(
            **measured(found, by_month=tuple(_by_month(found))),
            teams=tuple(map(_group, found.groups)),
            bases=tuple(map(_group, by_basis.groups)),
            phases=_phases(stand),
            new_managers=_new_managers(service, stand, found.end),
            unnamed=_unnamed(service, stand),
            left_out=tuple(sorted(Counter(each.why for each in found.left_out).items())),
            sources=tuple(self._sources()),
        )

    def _standing(self, clockwork: Clockwork, *, is_case: bool) -> Service:
        store = self.here.store
        if is_case:
            return case_service(store, all_cases(store.database), clockwork.as_at)
        return FactsReader(store.database, clockwork.as_at).standing(clockwork.rulebook, clockwork.clock)

    def _sources(self) -> Generator[SourceSeen, None, None]:
        from supervise.gathering import sources

        today = self.here.today()
        for each in sources(self.here.store) if self.here.store.is_service else ():
            yield SourceSeen(each.name, each.teams, each.as_at, each.age(today), each.is_stale(today))


def _by_month(found: Compliance) -> Generator[MonthMeasured, None, None]:
    """The months of everybody added up: of everybody, every day of a month falls into its cells."""
    for at, first in enumerate(found.months):
        covered, clear = Share(), Share()
        for cell in (person.cells[at] for person in found.people):
            covered.add(cell.in_scope - cell.late, cell.in_scope)
            if cell.in_scope >= FULL_MONTH:
                clear.add(not cell.late)
        supervised = found.whole.supervised_in_month.get(iso(first)[:7], Share())
        yield MonthMeasured(first, covered, clear, supervised)


def _group(each: Group) -> GroupSeen:
    of = each.measures
    shares = {measure.name: getattr(of, measure.name) for measure in MEASURES}
    return GroupSeen(each.title, shares, of.gaps, of.longest_gap_days, len(of.excluded))


def _phases(stand: Sequence[Standing]) -> tuple[PhaseSeen, ...]:
    """The newly qualified by the rule that holds for each."""
    people, gaps = Counter[str](), Counter[str]()
    for each in stand:
        if each.tenure is not None and each.tenure.post.role == NEWLY_QUALIFIED:
            rule = each.rule or "No rule, or the clock stopped"
            people[rule] += 1
            gaps[rule] += each.status == "gap"
    return tuple(PhaseSeen(rule, n, gaps[rule]) for rule, n in sorted(people.items()))


def _new_managers(service: Service, stand: Sequence[Standing], end: Day) -> tuple[tuple[str, Day], ...]:
    """Who is named as a supervisor on the day and has been in their role there for less than six weeks."""
    named = {each.tenure.post.supervisor for each in stand if each.tenure is not None} - {None}
    found = []
    for person in sorted(each for each in named if each in service.facts):
        posts = sorted((post for post in service.facts[person].posts if post.first <= end), reverse=True)
        now = next((post for post in posts if post.last >= end), None)
        if now is None:
            continue
        since = now.first
        for post in posts:
            if (post.team, post.role) == (now.team, now.role) and post.first < since <= post.last + 1:
                since = post.first
        if end - since < NEW:
            found.append((service.name(person) or person, since))
    return tuple(sorted(found))


def _unnamed(service: Service, stand: Sequence[Standing]) -> tuple[tuple[str, str], ...]:
    """Who is in post on the day with nobody named, and their team."""
    found = {
        (service.name(each.tenure.person) or each.tenure.person, each.tenure.post.team)
        for each in stand
        if each.tenure is not None and each.tenure.post.supervisor is None
    }
    return tuple(sorted(found, key=lambda each: (each[1].casefold(), each[0].casefold())))
