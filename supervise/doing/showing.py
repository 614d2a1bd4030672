"""What the compliance page shows of a period, as plain data: could I show this to an inspector?

Measures, gaps and changed gaps are those of `compliance`, `answers` and `later`, asked about some people at a
time: a generator yields (done, of how many) between, so that a window can breathe and be told to stop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from supervise import answers, wording
from supervise.cadence import Clockwork, Gap
from supervise.compliance import GROUPINGS, NO_GROUP
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.retention import removed_words
from supervise.doing.showing_found import Compliance, Group, LeftOut, RuleApplied
from supervise.doing.showing_later import Changed, Later
from supervise.doing.showing_measures import BY, Sums
from supervise.doing.showing_people import GapShown, PeriodSeen, PersonMonths, Rows
from supervise.errors import BadQuestion
from supervise.service import Row, Service
from supervise.sessions import Session
from supervise.store.facts import FactsReader
from supervise.store.held import everyone, sessions_held
from supervise.store.lists import Lists, all_cases, ever_in, rows_of_any
from supervise.workdays import Day

AT_ONCE = 12
"""As many people, or cases, as are read and reckoned in one step."""

Found = TypeVar("Found")
Steps = Generator[tuple[int, int], None, Found]


class Showing:
    """Answers for the compliance page, from an open store."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    def clocks(self) -> tuple[str, ...]:
        """The clocks there are; the one that is meant without a name first."""
        book = self.here.rulebook()
        usual = book.clock_called(None)
        return tuple(sorted(book.clock_names(), key=lambda name: name != usual))

    def compliance(
        self, first: Day, last: Day, by: str | None = None, team: str | None = None,
        clock: str | None = None, as_at: Day | None = None,
    ) -> Compliance:  # fmt: skip
        """The period at once. See `steps`."""
        return finished(self.steps(first, last, by, team, clock, as_at))

    def steps(
        self, first: Day, last: Day, by: str | None = None, team: str | None = None,
        clock: str | None = None, as_at: Day | None = None, also: Sequence[str] = (),
    ) -> Steps[Compliance]:  # fmt: skip
        """The measures of a period and all that stands behind them, of everyone or of a team, under one
        clock, as at a day (today, if none is given).

        `by`, and each of `also`, is a key of `showing_measures.BY`. BadQuestion where the period ends before
        it begins or begins after that day, where there is no policy, or no such clock.
        """
        clockwork = self.here.clockwork(clock, as_at)
        if not clockwork.rulebook.policies:
            raise BadQuestion(
                "There is no policy yet, so that nothing can be measured.", "Add one under Settings."
            )
        if by is not None and by not in GROUPINGS:
            raise BadQuestion(
                f"Measures are not grouped by “{by}”.", f"Choose {wording.joined(list(BY))}."
            )
        asked = _Asked(self.here, clockwork, first, last, by, team, also)
        asked.sums.refuse_empty()
        for at in range(0, len(asked.subjects), AT_ONCE):
            yield at, len(asked.subjects)
            part = asked.part(asked.subjects[at : at + AT_ONCE])
            asked.sums.add(part)
            yield at, len(asked.subjects)
            asked.see(part)
        return asked.answer()

    def changed(
        self, first: Day, last: Day, team: str | None = None, clock: str | None = None,
        as_at: Day | None = None,
    ) -> tuple[Changed, ...]:  # fmt: skip
        """The gaps of a period that later entries changed, at once. See `changed_steps`."""
        return finished(self.changed_steps(first, last, team, clock, as_at))

    def changed_steps(
        self, first: Day, last: Day, team: str | None = None, clock: str | None = None,
        as_at: Day | None = None,
    ) -> Steps[tuple[Changed, ...]]:  # fmt: skip
        """The gaps with a late day in a period that entries made over a week late have shortened or removed:
        before, after, by whom, when. Everybody's whole history is read for it."""
        clockwork = self.here.clockwork(clock, as_at)
        is_case = clockwork.rulebook.per(clockwork.clock) == "case"
        people = None if team is None or is_case else ever_in(self.store.database, team)
        return (
            yield from Later(self.store, clockwork, people).steps(
                first, min(last, clockwork.as_at), team
            )
        )


def finished(steps: Steps[Found]) -> Found:
    """What slow work gives, done at once."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            found: Found = ended.value
            return found


class _Asked:
    """One question about a period, and its answer as it grows."""

    def __init__(
        self, here: Here, clockwork: Clockwork, first: Day, last: Day, by: str | None, team: str | None,
        also: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.store, self.clockwork = here.store, clockwork
        self.first, self.last, self.by, self.team = first, last, by, team
        self.end = min(last, clockwork.as_at)
        self.sums = Sums(clockwork, first, last, team, [*([by] if by else ()), *also])
        self.seen = PeriodSeen(clockwork, first, self.end, team)
        self._people: list[PersonMonths] = []
        self._gaps: list[GapShown] = []
        self._names: dict[str, str] = {}

    @cached_property
    def subjects(self) -> Sequence[str]:
        """The people, or the cases, that it is about."""
        database = self.store.database
        if self.seen.is_case:
            return all_cases(database)
        return everyone(database) if self.team is None else ever_in(database, self.team)

    def part(self, subjects: Sequence[str]) -> Service:
        """Everything that the engine is told of some of them."""
        clockwork, database = self.clockwork, self.store.database
        if self.seen.is_case:
            return case_service(self.store, subjects, clockwork.as_at)
        reader = FactsReader(database, clockwork.as_at, people=subjects)
        part = reader.history(clockwork.rulebook, clockwork.clock)
        part.sessions = sessions_held(database, self.first, self.end, subjects)
        return part

    def see(self, part: Service) -> None:
        """Take in the months and the gaps of some of them."""
        self._names.update(part.names)
        per = "case" if self.seen.is_case else "person"
        for facts in part.subjects(per):
            months = self.seen.months_of(part, facts)
            self._people += [months] if months else []
        gaps = answers.gaps(self.clockwork, part, self.team, self.first, self.end)
        rows = self._rows(gaps)
        self._gaps += [self.seen.shown(gap, part, rows) for gap in gaps]

    def _rows(self, gaps: Sequence[Gap]) -> Rows:
        """What is told of gaps beside their days."""
        people = {gap.tenure.person for gap in gaps}
        lost: dict[str, list[Session]] = defaultdict(list)
        explained: dict[str, list[Row]] = defaultdict(list)
        if gaps:
            since = min(gap.interval.anchor for gap in gaps)
            lists = Lists(self.store.database, self.clockwork.as_at, people)
            for session in lists.not_held(since, self.clockwork.as_at):
                lost[session.person].append(session)
            for row in rows_of_any(self.store.database, "explanation", "person_id", people):
                explained[row["person_id"]].append(row)
        return Rows(lost, explained)

    def answer(self) -> Compliance:
        """The whole of it."""
        by_name = sorted(self._people, key=lambda each: (each.name.casefold(), each.subject))
        longest = sorted(
            self._gaps, key=lambda each: (-each.gap.days_late, each.gap.subject, each.gap.first_late_day)
        )
        return Compliance(
            first=self.first,
            last=self.last,
            end=self.end,
            as_at=self.clockwork.as_at,
            clock=self.clockwork.clock,
            is_case=self.seen.is_case,
            team=self.team,
            by=self.by,
            whole=self.sums.whole,
            groups=self._groups(self.by) if self.by else (),
            also={by: self._groups(by) for by in self.sums.groups if by != self.by},
            months=tuple(first for first, _ in self.seen.months),
            people=tuple(by_name),
            gaps=tuple(longest),
            lacking=self.seen.counted(),
            left_out=tuple(self._left_out()),
            rules=tuple(self._rules()),
            removed=removed_words(self.store, self.team, self.first, self.end),
        )

    def _groups(self, by: str) -> tuple[Group, ...]:
        groups = (Group(self._group(name, by), found) for name, found in self.sums.groups[by].items())
        return tuple(sorted(groups, key=lambda group: group.title.casefold()))

    def _group(self, name: str, by: str) -> str:
        """What a group is called."""
        if name == NO_GROUP:
            return {"supervisor": "Nobody named", "basis": "No basis entered"}.get(by, "None")
        if by == "supervisor":
            return self._names.get(name, name)
        return wording.words(name) if by in ("role", "basis") else name

    def _left_out(self) -> Iterator[LeftOut]:
        words = {
            "not_in_post": "with nobody in post" if self.seen.is_case else "not in post",
            "not_recorded": "no records",
            "absent": "clock stopped by an absence",
            "no_rule": "no rule",
        }
        found = [
            LeftOut(
                each.subject,
                each.person or (None if self.seen.is_case else each.subject),
                each.subject if self.seen.is_case else self._names.get(each.subject, each.subject),
                words[each.reason],
            )
            for each in self.sums.whole.excluded
        ]
        yield from sorted(found, key=lambda each: (each.name.casefold(), each.subject))

    def _rules(self) -> Iterator[RuleApplied]:
        """The policies in force on the days of the period, in order."""
        book = self.clockwork.rulebook
        ends = [start - 1 for start in book.starts[1:]] + [self.end]
        for policy, start, end in zip(book.policies, book.starts, ends, strict=True):
            first, last = max(start, self.first), min(end, self.end)
            if first <= last:
                yield RuleApplied(policy, first, last)
