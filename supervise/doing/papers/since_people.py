"""People before and since a visit: who had gaps, who is left out, and whose supervisor changed (floor 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, pairwise

from supervise import wording
from supervise.cadence.facts import Tenure, runs, tenures
from supervise.doing.here import Here
from supervise.doing.showing_found import Compliance
from supervise.reports.since_told import COUNTED, Late, ManagerPost, PersonSince, SupervisorChange, There
from supervise.service import Service
from supervise.store.facts import FactsReader
from supervise.store.lists import ever_in
from supervise.workdays import Day


def by_person(before: Compliance, since: Compliance) -> tuple[PersonSince, ...]:
    """Everybody (or every case) with a gap in one of two periods, in order of name."""
    names, late = dict[str, str](), [_late(before), _late(since)]
    for shown in (*before.gaps, *since.gaps):
        names[shown.gap.subject] = shown.of_case or shown.name
    in_order = sorted(names, key=lambda subject: (names[subject].casefold(), subject))
    whys = [_why(before), _why(since)]
    return tuple(
        PersonSince(
            names[subject],
            *(
                Late(*side.get(subject, (0, 0)), why.get(subject, _elsewhere(found)))
                for side, why, found in zip(late, whys, (before, since), strict=True)
            ),
        )
        for subject in in_order
    )


def _late(found: Compliance) -> dict[str, tuple[int, int]]:
    """How many gaps each has with a late day in a period, and their late days in it."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for shown in found.gaps:
        gap = shown.gap
        first, last = max(gap.first_late_day, found.first), min(gap.last_late_day, found.end)
        n, days = counts[gap.subject]
        counts[gap.subject] = n + 1, days + gap.interval.spell.in_scope(first, last)
    return dict(counts)


def _why(found: Compliance) -> dict[str, str]:
    """What is said of those without a gap."""
    said = {each.subject: "none" for each in found.people}
    return said | {each.subject: each.why for each in found.left_out}


def _elsewhere(found: Compliance) -> str:
    return "not in post" if found.team is None else "not in the team"


def left_out(before: Compliance, since: Compliance) -> tuple[tuple[str, str, str], ...]:
    """Who is in no measure of one of two periods, and why in either, in order of name."""
    names = {each.subject: each.name for each in (*before.left_out, *since.left_out)}
    whys = [
        dict.fromkeys((each.subject for each in found.people), COUNTED)
        | {each.subject: each.why for each in found.left_out}
        for found in (before, since)
    ]
    in_order = sorted(names, key=lambda subject: (names[subject].casefold(), subject))
    return tuple(
        (names[each], whys[0].get(each, _elsewhere(before)), whys[1].get(each, _elsewhere(since)))
        for each in in_order
    )


def records_begin(before: Compliance, since: Compliance) -> tuple[tuple[str, Day], ...]:
    """Whose records only begin within one of two periods, and when, in order of name."""
    found = {
        each.subject: (each.name, each.records_from)
        for each in (*before.records_begin, *since.records_begin)
        if each.records_from is not None
    }
    return tuple(sorted(found.values(), key=lambda each: (each[0].casefold(), each[1])))


class Posts:
    """The posts of a team (None: of everybody) from the day before a visit to a last day."""

    def __init__(self, here: Here, team: str | None, visit: Day, last: Day) -> None:
        self.here, self.team, self.visit, self.last = here, team, visit, last
        database = here.store.database
        people = None if team is None else ever_in(database, team)
        self._service = FactsReader(database, last, people=people).posts()

    @cached_property
    def _runs(self) -> dict[str, list[list[Tenure]]]:
        return _runs_of(self._service)

    def there(self) -> There:
        """How many were in post just before the visit and on the last day."""
        before, last = self._on(self.visit - 1), self._on(self.last)
        return There(len(before), len(last), len(last - before), len(before - last))

    def changes(self) -> tuple[SupervisorChange, ...]:
        """Whose supervisor changed while they stayed in post, in order of days and names."""
        found = [
            (after.first, self._name(person), before.post.supervisor, after.post.supervisor)
            for person, before, after in self._pairs()
            if self.visit <= after.first <= self.last and self._is_ours(after)
            and before.post.supervisor != after.post.supervisor
        ]  # fmt: skip
        in_order = sorted(found, key=lambda each: (each[0], each[1].casefold()))
        return tuple(
            SupervisorChange(on, name, was and self._name(was), now and self._name(now))
            for on, name, was, now in in_order
        )

    def managers(self) -> tuple[ManagerPost, ...]:
        """The posts of those who supervise here that began or ended since the visit, in order of days."""
        supervise = {
            each.post.supervisor
            for each in self._tenures()
            if each.post.supervisor and each.first <= self.last and each.last >= self.visit - 1
        }
        service = FactsReader(self.here.store.database, self.last, people=supervise).posts()
        found = [
            ManagerPost(on, self._name(person), post, began)
            for person, its in _runs_of(service).items()
            for post, first, last in _posts(its)
            for on, began in ((first, True), (last, False))
            if self.visit <= on <= self.last
        ]
        return tuple(sorted(found, key=lambda each: (each.on, each.name.casefold(), each.post)))

    def _tenures(self) -> Iterator[Tenure]:
        for its in self._runs.values():
            for run in its:
                yield from filter(self._is_ours, run)

    def _pairs(self) -> Iterator[tuple[str, Tenure, Tenure]]:
        for person, its in self._runs.items():
            for run in its:
                for before, after in pairwise(run):
                    yield person, before, after

    def _on(self, when: Day) -> set[str]:
        return {each.person for each in self._tenures() if each.first <= when <= each.last}

    def _is_ours(self, tenure: Tenure) -> bool:
        return self.team in (None, tenure.post.team)

    def _name(self, person: str) -> str:
        return self._service.name(person) or self.here.name(person)


def _runs_of(service: Service) -> dict[str, list[list[Tenure]]]:
    return {person: runs(tenures(facts)) for person, facts in service.facts.items()}


def _posts(its: list[list[Tenure]]) -> Iterator[tuple[str, Day, Day]]:
    """Posts in one role and team, with their first and last days: "Team manager, East"."""
    for run in its:
        for (team, role), same in groupby(run, key=lambda each: (each.post.team, each.post.role)):
            held = list(same)
            yield f"{wording.words(role)}, {team}", held[0].first, held[-1].last
