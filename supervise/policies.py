"""What a policy asks for: clocks, rules and frequencies, and which policy is in force on a day.

The meaning is the specification's (cadence, section 2). Nothing here reads a file: `policy_files` does.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple

from supervise.errors import BadQuestion
from supervise.workdays import Day, add_months

ALWAYS: Day = 0
"""Where a policy without `effective_from` begins: before every day that can be entered."""
DEFAULT_CLOCK = "one_to_one"
"""The clock that is meant where none is named."""


class Unit(Enum):
    """The unit of a frequency, as policies write it in the singular."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    CALENDAR_MONTH = "calendar month"
    WORKING_DAY = "working day"


class Frequency(NamedTuple):
    """`n` of a unit, n ≥ 1: "2 weeks", "1 calendar month", "10 working days"."""

    n: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.n} {self.unit.value}{'' if self.n == 1 else 's'}"

    def added_to(self, start: Day) -> Day:
        """`start` plus that many days, weeks or months (the same day number, clipped to the month's
        end). ValueError for calendar months and working days, which are no sum."""
        if self.unit is Unit.DAY:
            return start + self.n
        if self.unit is Unit.WEEK:
            return start + 7 * self.n
        if self.unit is Unit.MONTH:
            return add_months(start, self.n)
        raise ValueError(f"{self} cannot be added to a date")


@cache
def read_frequency(text: str) -> Frequency:
    """The frequency written as "N unit". ValueError, with the reason in words, if it is none."""
    number, _, unit = " ".join(text.split()).lower().partition(" ")
    if not re.fullmatch("[0-9]{1,6}", number) or not 1 <= int(number) <= 10_000:
        raise ValueError(f"“{text}” does not begin with a whole number of 1 or more, as in “2 weeks”")
    try:
        return Frequency(int(number), Unit(unit.removesuffix("s")))
    except ValueError:
        units = "days, weeks, months, calendar months or working days"
        raise ValueError(f"“{text}” is not in {units}") from None


class Since(Enum):
    """The date from which a rule's `after` and `until` are counted."""

    EMPLOYED_FROM = "employed_from"
    REGISTERED_ON = "registered_on"
    SPELL_START = "spell_start"
    ROLE_START = "role_start"


class Rule(NamedTuple):
    """How often, for whom: the first rule of a clock that matches holds. An empty set is everybody."""

    title: str
    every: Frequency
    first_within: Frequency | None = None
    roles: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    since: Since | None = None
    after: Frequency | None = None
    until: Frequency | None = None

    @property
    def matches_everything(self) -> bool:
        """Whether no later rule can ever match."""
        always = self.since in (None, Since.SPELL_START, Since.ROLE_START)
        return always and not (self.roles or self.bases or self.plans or self.after or self.until)

    def is_for(self, role: str, basis: str | None, plan: str | None) -> bool:
        """Whether it looks at such a post, and at a case under such a plan, whatever the day."""
        return (
            (not self.roles or role in self.roles)
            and (not self.bases or basis in self.bases)
            and (not self.plans or plan in self.plans)
        )


class Clock(NamedTuple):
    """One thing that is counted: which kinds of session satisfy it, how often, for whom.

    `per` is "person" or "case"; `min_minutes` None where the policy sets no length.
    """

    name: str
    counts: frozenset[str]
    rules: tuple[Rule, ...]
    grace_working_days: int = 0
    soon_days: int = 7
    min_minutes: int | None = None
    per: str = "person"

    def rules_for(self, role: str, basis: str | None, plan: str | None = None) -> tuple[Rule, ...]:
        """The rules that can match such a post, in file order."""
        return tuple(rule for rule in self.rules if rule.is_for(role, basis, plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy as read. `effective_from` None has always been in force; `text` is the file itself."""

    id: str
    title: str
    clocks: tuple[Clock, ...]
    source: str | None = None
    effective_from: Day | None = None
    suspends: Mapping[str, int] = field(default_factory=dict)
    return_within_working_days: int | None = None
    new_supervisor_within_working_days: int | None = None
    text: str = field(default="", repr=False, compare=False)

    def clock(self, name: str) -> Clock | None:
        """The clock of that name, or None where this policy lacks it."""
        return next((clock for clock in self.clocks if clock.name == name), None)


class Rulebook:
    """The policies of a store, each in force from its day until the next begins.

    Raises BadQuestion where two begin on one day, or where a clock runs per person in one policy and per
    case in another.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(sorted(policies, key=lambda policy: policy.effective_from or ALWAYS))
        self.starts = [policy.effective_from or ALWAYS for policy in self.policies]
        self._refuse_two_on_one_day()
        self._refuse_mixed_clocks()

    def _refuse_two_on_one_day(self) -> None:
        for a, b in zip(self.policies, self.policies[1:], strict=False):
            if a.effective_from == b.effective_from:
                raise BadQuestion(
                    f"The policies “{a.id}” and “{b.id}” begin on the same day.",
                    "Give one of them another “effective_from”.",
                )

    def _refuse_mixed_clocks(self) -> None:
        per = {clock.name: clock.per for policy in self.policies for clock in policy.clocks}
        for policy in self.policies:
            for clock in policy.clocks:
                if per[clock.name] != clock.per:
                    raise BadQuestion(
                        f"The clock “{clock.name}” runs per person in one policy and per case in another.",
                        "Give one of the two clocks another name.",
                    )

    def on(self, when: Day) -> Policy | None:
        """The policy in force on that day: the latest that has begun, or None before the first."""
        at = bisect_right(self.starts, when)
        return self.policies[at - 1] if at else None

    def clock_on(self, name: str, when: Day) -> Clock | None:
        """The clock of that name under the policy of that day, or None."""
        policy = self.on(when)
        return policy.clock(name) if policy else None

    def first_on_or_before(self, when: Day) -> Policy | None:
        """The policy of that day or, if there was none yet, the first one (for absences: section 3)."""
        return self.on(when) or (self.policies[0] if self.policies else None)

    def clock_names(self) -> tuple[str, ...]:
        """Every clock's name, those of the latest policy first, in file order."""
        latest_first = reversed(self.policies)
        return tuple(dict.fromkeys(clock.name for policy in latest_first for clock in policy.clocks))

    def clock_called(self, name: str | None) -> str:
        """The clock asked for, or the one that is meant without a name. BadQuestion if no policy has it."""
        known = self.clock_names()
        if name is None:
            return DEFAULT_CLOCK if DEFAULT_CLOCK in known or not known else known[0]
        if name not in known:
            has = f"They have {', '.join(known)}." if known else "Add a policy first."
            raise BadQuestion(f"No policy here has a clock “{name}”.", has)
        return name

    def per(self, name: str) -> str:
        """Whether that clock runs per "person" or per "case"."""
        clocks = (policy.clock(name) for policy in self.policies)
        return next((clock.per for clock in clocks if clock), "person")


def warnings_about(
    policy: Policy,
    before: Policy | None,
    roles_in_use: Iterable[str],
    said: Callable[[str], str] = str,
) -> tuple[str, ...]:
    """What a person should look at when a policy is loaded: roles in use that no rule matches, and what
    the policy before (None if there is none) covered and this one no longer does. Sentences, in which
    `said` says a role or a clock as people read it."""
    told = [
        f"No rule of the clock “{said(clock.name)}” is for the role “{said(role)}”, which is in use: "
        f"its {'people' if clock.per == 'person' else 'cases'} will read “no rule”."
        for clock in policy.clocks
        for role in sorted(set(roles_in_use))
        if not any(not rule.roles or role in rule.roles for rule in clock.rules)
    ]
    if before is not None:
        told += _no_longer(policy, before)
    return tuple(told)


def _no_longer(policy: Policy, before: Policy) -> list[str]:
    """What the policy before had and this one lacks."""
    lost = []
    for kind in sorted(set(before.suspends) - set(policy.suspends)):
        lost.append(f"absences of the kind “{kind}” no longer stop the clock")
    if before.return_within_working_days and not policy.return_within_working_days:
        lost.append("nothing is asked for any more after a return from absence")
    if before.new_supervisor_within_working_days and not policy.new_supervisor_within_working_days:
        lost.append("nothing is asked for any more from a new supervisor")
    for was in before.clocks:
        now = policy.clock(was.name)
        lost += [f"the clock “{was.name}” is gone"] if now is None else _narrower(was, now)
    return [f"Compared with “{before.id}”: {words}." for words in lost]


def _narrower(was: Clock, now: Clock) -> list[str]:
    """Roles, kinds of session and limits that a clock had in the policy before and lacks in this one."""
    lost = [
        f"sessions of the kind “{kind}” no longer count for the clock “{was.name}”"
        for kind in sorted(was.counts - now.counts)
    ]
    for role in sorted(_roles_named(was) - _roles_named(now)):
        lost.append(f"no rule of the clock “{was.name}” names the role “{role}” any more")
    if all(rule.roles for rule in now.rules) and any(not rule.roles for rule in was.rules):
        lost.append(f"the clock “{was.name}” no longer has a rule for every role")
    if was.min_minutes is not None and now.min_minutes is None:
        lost.append(f"the clock “{was.name}” no longer sets a length")
    if any(rule.first_within for rule in was.rules) and not any(r.first_within for r in now.rules):
        lost.append(f"the clock “{was.name}” no longer asks for a first session sooner")
    return lost


def _roles_named(clock: Clock) -> set[str]:
    return {role for rule in clock.rules for role in rule.roles}
