"""Gathers what a service's paper is told.

Everything comes from what the compliance page shows of everybody, group by group, and from where everybody
stands on the last day known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence

from supervise import answers
from supervise.cadence import Clockwork, Standing
from supervise.cadence.due import FULL_MONTH
from supervise.cadence.facts import LONGEST_PAUSE
from supervise.compliance import NO_GROUP, Share, measures
from supervise.consistency import Run, consistency
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.papers.paper import About, Steps, Told, part_of
from supervise.doing.papers.team import measured, says
from supervise.doing.showing import AT_ONCE, Showing
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


def tell(here: Here, about: About) -> Steps[Told]:
    """The paper of everybody over a period."""
    from supervise.reports.service import tell_service

    assert about.first is not None and about.last is not None, "it needs them"
    found = yield from ServicePaper(here).gather(about.first, about.last, about.clock, about.as_at)
    return Told(
        "Service compliance", [tell_service(found)], says(here, found, None), [("compliance", None)]
    )


class ServicePaper:
    """Gathers what is told of everybody in an open store."""

    def __init__(self, here: Here) -> None:
        self.here = here

    def gather(
        self, first: Day, last: Day, clock: str | None = None, as_at: Day | None = None
    ) -> Steps[ServicePeriod]:
        """All that is told of everybody from `first` to `last`. BadQuestion as `Showing.steps`."""
        showing = Showing(self.here)
        asked = showing.steps(first, last, "team", None, clock, as_at, also=("basis",))
        found = yield from part_of(asked, 0, 900)
        clockwork = self.here.clockwork(found.clock, found.end)
        service = self._standing(clockwork, is_case=found.is_case)
        stand = answers.standings(clockwork, service)
        runs = yield from part_of(self._runs(found, service), 900, 990)
        return ServicePeriod(
            **measured(found, by_month=tuple(_by_month(found))),
            teams=tuple(map(_group, found.groups)),
            consistency=consistency(runs),
            bases=tuple(map(_group, found.also["basis"])),
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

    def _runs(self, found: Compliance, service: Service) -> Steps[list[Run]]:
        """Everybody's clear months of their whole months, team by team, as the measures count them. Whose posts
        are all of one team has their months there; of the others the measures are asked."""
        teams = {name: _teams(alone, found) for name, alone in _one_by_one(service, found)}
        runs, moved = list[Run](), list[str]()
        for person in found.people:
            if len(only := teams.get(person.subject, set())) == 1:
                months = [cell for cell in person.cells if cell.in_scope >= FULL_MONTH]
                runs.append(
                    Run(only.pop(), person.subject, sum(not each.late for each in months), len(months))
                )
            else:
                moved.append(person.subject)
        clockwork = self.here.clockwork(found.clock, found.as_at)
        for at in range(0, len(moved), AT_ONCE):
            yield at, len(moved)
            part = self._history(clockwork, moved[at : at + AT_ONCE], is_case=found.is_case)
            for name, alone in _one_by_one(part, found):
                for of in measures(clockwork, alone, found.first, found.last, "team"):
                    runs.append(Run(of.group or NO_GROUP, name, of.clear_months.n, of.clear_months.d))
        return runs

    def _history(self, clockwork: Clockwork, subjects: Sequence[str], *, is_case: bool) -> Service:
        if is_case:
            return case_service(self.here.store, subjects, clockwork.as_at)
        reader = FactsReader(self.here.store.database, clockwork.as_at, people=subjects)
        return reader.history(clockwork.rulebook, clockwork.clock)

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


def _one_by_one(service: Service, found: Compliance) -> Generator[tuple[str, Service], None, None]:
    """Each person, or case, by id, as a service of that one alone."""
    if found.is_case:
        yield from ((name, Service({}, {name: case})) for name, case in service.cases.items())
    else:
        yield from ((name, Service({name: facts})) for name, facts in service.facts.items())


def _teams(alone: Service, found: Compliance) -> set[str]:
    """The teams of somebody's posts, or of those of whoever held a case, in the period. A free day after a
    post is still of that post."""
    people = list(alone.facts.values())
    for case in alone.cases.values():
        holders = {each.person for each in case.allocations}
        people += [case.holders[person] for person in holders if person in case.holders]
    since = found.first - LONGEST_PAUSE
    posts = (post for facts in people for post in facts.posts)
    return {post.team for post in posts if post.first <= found.end and post.last >= since}


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
