"""The policies of a store: those that ship, what one says, and what a new one would do before it is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from supervise.cadence import Clockwork, Standing, standing
from supervise.collecting import without_collecting
from supervise.compliance import Measures, measures
from supervise.doing.here import Here
from supervise.doing.policy_words import Difference, compare, describe
from supervise.doing.showing_measures import merge
from supervise.errors import BadQuestion
from supervise.places import resource
from supervise.policies import Policy, Rulebook, warnings_about
from supervise.policy_files import read_policy, read_policy_file
from supervise.service import Service, gather
from supervise.store.facts import FactsReader
from supervise.wording import STATUS, words
from supervise.wording import day as said_day
from supervise.workdays import Day

__all__ = [
    "Board", "Difference", "LastYear", "Moved", "Preset", "Preview", "Rules", "add_policies", "compare",
    "describe",
]  # fmt: skip

_FACTS = ("person", "post", "absence", "session", "variation", "case_allocation", "case_discussion")
_PASTED = "This policy"
_NONE = Policy(id="none", title="No policy", clocks=())
"""Stands where there is no policy yet: under it, too, no clock runs on any day."""


_PARTS = 100
"""Into how many parts the progress of one thing reckoned is told."""

_AT_ONCE = 60
"""People whose measures are reckoned before the window may breathe."""


class Preset(NamedTuple):
    """A policy that ships with the program, and the source it is taken from."""

    title: str
    source: str | None
    path: Path


class Moved(NamedTuple):
    """Somebody, or a case, whose standing on today's board would be another; `person` is the name of the
    worker, who for a case is the holder of the day, and `team` theirs."""

    subject: str
    person: str | None
    team: str | None
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Board:
    """Today's board under one clock, as it is and as it would be: whose standing changes, and how many are
    in each status (those with nobody on either board left out, in the order of `wording.STATUS`)."""

    clock: str
    moved: tuple[Moved, ...]
    before: dict[str, int]
    after: dict[str, int]


@dataclass(frozen=True, slots=True)
class LastYear:
    """The measures of one clock over a period: under the policies that were in force, and as they would have
    been under the new one alone. `rows` are (what is measured, before, after) in words."""

    clock: str
    before: Measures
    after: Measures

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The headline first; shares as “71 of 97 (73 %)”."""
        a, b = self.before, self.after
        shares = [
            ("Days covered", a.covered_days, b.covered_days),
            ("Months without a late day", a.clear_months, b.clear_months),
            ("In policy at the end", a.in_policy, b.in_policy),
        ]
        return [
            *((what, before.words(), after.words()) for what, before, after in shares),
            ("Gaps", f"{a.gaps:,}", f"{b.gaps:,}"),
        ]


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding a policy would do, clock by clock; nothing is stored. `how_board` and `how_measures` say in
    a sentence what was reckoned, and `warnings` what to look at."""

    policy: Policy
    boards: tuple[Board, ...]
    last_year: tuple[LastYear, ...]
    how_board: str
    how_measures: str
    warnings: tuple[str, ...]


class Rules:
    """Reading, trying out and adding policies."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    def policies(self) -> list[Policy]:
        """The policies here, in order of the day from which they are in force."""
        return self.here.policies()

    def presets(self) -> list[Preset]:
        """The policies that ship with the program, by title."""
        read = [(read_policy_file(path), path) for path in resource("policies").glob("*.toml")]
        found = [Preset(policy.title, policy.source, path) for policy, path in read]
        return sorted(found, key=lambda preset: (preset.title.casefold(), preset.path.name))

    def read(self, source: Path | str) -> Policy:
        """The policy in a file, or in a text. BadPolicy, with line and reason, if it says something it may
        not; FileTrouble if the file cannot be read."""
        return read_policy_file(source) if isinstance(source, Path) else read_policy(source, _PASTED)

    def add(self, policy: Policy) -> list[str]:
        """Puts a policy into force from its own day. See `add_policies`."""
        return add_policies(self.here, [policy])

    def preview(self, policy: Policy, first: Day, last: Day) -> Preview:
        """What adding a policy would do to today's board, and what the measures from `first` to `last` would
        have been had it been in force all along. BadQuestion if it could not be added, or the period ends
        before it begins or has not begun."""
        steps = self.previewing(policy, first, last)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                found: Preview = done.value
                return found

    def previewing(
        self, policy: Policy, first: Day, last: Day
    ) -> Generator[tuple[int, int], None, Preview]:
        """The same step by step, as (steps done, of how many): for thousands of people it takes seconds."""
        known = self.here.policies()
        old, new = Rulebook(known or [_NONE]), _with(known, [policy])
        alone = Rulebook([replace(policy, effective_from=None)])
        clocks = list(dict.fromkeys([*new.clock_names(), *old.clock_names()]))
        boards, years, whole = [], [], 3 * _PARTS * len(clocks)
        for at, clock in enumerate(clocks):
            boards.append(self._board(old, new, clock))
            yield 3 * _PARTS * at + _PARTS, whole
            both = []
            for turn, rulebook in enumerate((old, alone), 1):
                steps = self._measuring(rulebook, clock, first, last)
                both.append((yield from _counted_on(steps, _PARTS * (3 * at + turn), whole)))
            years.append(LastYear(clock, *both))
        return Preview(
            policy=policy, boards=tuple(boards), last_year=tuple(years), how_board=self._how_board(policy, new),
            how_measures=_how_measures(policy, first, min(last, self.here.today())),
            warnings=tuple(_warnings(self.here, new, [policy])),
        )  # fmt: skip

    @without_collecting()
    def _board(self, old: Rulebook, new: Rulebook, clock: str) -> Board:
        today, per = self.here.today(), new.per(clock)
        service, was = self._standings(Clockwork(old, clock, today), per)
        _, now = self._standings(Clockwork(new, clock, today), per)
        moved = [
            _moved(service, a, b)
            for a, b in zip(was, now, strict=True)
            if (a.status, a.due, a.late_by) != (b.status, b.due, b.late_by)
        ]
        before, after = (Counter(each.status for each in board) for board in (was, now))
        there = [status for status in STATUS if before[status] or after[status]]
        return Board(
            clock, tuple(moved), {each: before[each] for each in there}, {each: after[each] for each in there}
        )  # fmt: skip

    def _standings(self, clockwork: Clockwork, per: str) -> tuple[Service, list[Standing]]:
        if per == "case":
            service = self._whole_service()
        else:
            reader = FactsReader(self.store.database, clockwork.as_at)
            service = reader.standing(clockwork.rulebook, clockwork.clock)
        return service, [standing(clockwork, facts) for facts in service.subjects(per)]

    def _measuring(
        self, rulebook: Rulebook, clock: str, first: Day, last: Day
    ) -> Generator[tuple[int, int], None, Measures]:
        """The measures of everyone, some people at a time; those of a case clock all at once."""
        clockwork = Clockwork(rulebook, clock, self.here.today())
        if rulebook.per(clock) == "case":
            return measures(clockwork, self._whole_service(), first, last)[0]
        reader = FactsReader(self.store.database, clockwork.as_at)
        service = reader.history(rulebook, clock)
        yield 0, 1
        service.sessions = reader.sessions(first, min(last, clockwork.as_at))
        people = list(service.facts)
        found = measures(clockwork, replace(service, facts={}), first, last)[0]
        for done in range(0, len(people), _AT_ONCE):
            some = {person: service.facts[person] for person in people[done : done + _AT_ONCE]}
            merge(found, measures(clockwork, replace(service, facts=some), first, last)[0])
            yield done, len(people)
        return found

    def _whole_service(self) -> Service:
        rows = {kind: list(self.store.rows(kind)) for kind in _FACTS}
        return gather(rows, self.here.today())

    def _how_board(self, policy: Policy, new: Rulebook) -> str:
        """In words, what the board after is."""
        today = self.here.today()
        begins = policy.effective_from
        if begins is not None and begins > today:
            return (
                f"Today’s board with this policy in force from {said_day(begins)}: until then only what falls due "
                "after that day can change."
            )
        if new.on(today) is not policy:
            other = new.on(today)
            name = other.title if other else ""
            return f"Today’s board with this policy added: by today “{name}” is in force after it."
        if len(new.policies) == 1:
            return "Today’s board with this policy, the first one here."
        since = "" if begins is None else f" since {said_day(begins)}"
        return f"Today’s board with this policy in force{since}, after those that came before it."


def _how_measures(policy: Policy, first: Day, last: Day) -> str:
    return (
        f"{said_day(first)} to {said_day(last)}: as it was under the policies in force, and as it would have been "
        f"had “{policy.title}” alone always been in force."
    )


def _counted_on(
    steps: Generator[tuple[int, int], None, Measures], begun: int, whole: int
) -> Generator[tuple[int, int], None, Measures]:
    """The steps of one part, counted as parts of the whole."""
    while True:
        try:
            done, of = next(steps)
        except StopIteration as ended:
            found: Measures = ended.value
            return found
        yield begun + _PARTS * done // max(of, 1), whole


def _moved(service: Service, before: Standing, after: Standing) -> Moved:
    tenure = after.tenure or before.tenure
    worker = tenure.person if tenure else before.subject
    return Moved(
        before.subject, service.name(worker), tenure.post.team if tenure else None, before, after
    )


def _with(known: Sequence[Policy], policies: Sequence[Policy]) -> Rulebook:
    """The rulebook with more policies. BadQuestion if one has the id, or the day, of another."""
    all_of_them = list(known)
    for policy in policies:
        if any(policy.id == other.id for other in all_of_them):
            raise BadQuestion(
                f"There is a policy “{policy.id}” already.", "Give the new one another id."
            )
        all_of_them.append(policy)
    return Rulebook(all_of_them)


def _warnings(here: Here, book: Rulebook, policies: Sequence[Policy]) -> list[str]:
    """What to look at, of each of these policies in the book."""
    roles = {row["role"] for row in here.store.rows("post")}
    told: list[str] = []
    for policy in policies:
        at = book.policies.index(policy)
        told += warnings_about(policy, book.policies[at - 1] if at else None, roles, words)
    return told


def add_policies(here: Here, policies: Sequence[Policy]) -> list[str]:
    """Puts policies into force, each from its own day, as one change, and says what to look at.

    BadQuestion if one has the id, or the day, of another.
    """
    from supervise.taking_in import put_policies

    book = _with(here.policies(), policies)
    titles = " and ".join(f"“{policy.title}”" for policy in policies)
    label = f"Add the policy {titles}"
    with here.store.change(label, by=here.me, kind="policy") as change:
        put_policies(change, policies)
    return _warnings(here, book, policies)
