"""Spells, and the stretches of days inside them on which nothing changes (cadence, sections 1 to 4).

A day's standing (post, policy, rule or variation, stopped or in scope) is worked out once for every
*stretch* of days that share it. All that follows counts days in stretches, never day by day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supervise.cadence.facts import (
    LONGEST_PAUSE,
    CaseFacts,
    Facts,
    Tenure,
    case_tenures,
    runs,
    tenures,
    who_holds,
)
from supervise.people import Absence, Person, Variation
from supervise.policies import ALWAYS, Clock, Frequency, Policy, Rule, Rulebook, Since, read_frequency
from supervise.workdays import FOREVER, Day, no_working_day_between

NOT_RECORDED = "not_recorded"
ABSENT = "absent"
NO_RULE = "no_rule"


class Stretch(NamedTuple):
    """Days from `first` to `last` of one standing. `stopped` is None in scope, otherwise the status that
    says why the clock stands still; `variation` is set where one stands in for the rule."""

    first: Day
    last: Day
    tenure: Tenure
    stopped: str | None
    policy: Policy | None
    clock: Clock | None
    rule: Rule | None
    variation: Variation | None
    every: Frequency | None

    @property
    def title(self) -> str | None:
        """What the day's frequency is called."""
        if self.variation:
            return "Agreed variation"
        return self.rule.title if self.rule else None


class Segment(NamedTuple):
    """Part of a spell that is reckoned by itself. `return_within` is set where a return began it;
    `begins_spell` where it starts on the spell's first day; `ended` says how, once it has."""

    first: Day
    last: Day
    return_within: int | None
    begins_spell: bool
    ended: str


class Spell:
    """A run of posts with no working day between them, cut into stretches and segments."""

    __slots__ = ("_before", "_starts", "first", "last", "segments", "stretches")

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self.first, self.last = stretches[0].first, stretches[-1].last
        self._starts = [stretch.first for stretch in stretches]
        self._before = [0]
        for stretch in stretches:
            days = 0 if stretch.stopped else stretch.last - stretch.first + 1
            self._before.append(self._before[-1] + days)
        self.segments = _segments(stretches)

    def index(self, when: Day) -> int:
        """Which stretch holds a day of the spell."""
        return bisect_right(self._starts, when) - 1

    def at(self, when: Day) -> Stretch:
        """The stretch that holds a day of the spell."""
        return self.stretches[bisect_right(self._starts, when) - 1]

    def _in_scope_upto(self, when: Day) -> int:
        at = bisect_right(self._starts, when) - 1
        if at < 0:
            return 0
        stretch = self.stretches[at]
        if stretch.stopped:
            return self._before[at]
        return self._before[at] + min(when, stretch.last) - stretch.first + 1

    def in_scope(self, first: Day, last: Day) -> int:
        """How many days from `first` to `last`, both counted, are in scope."""
        if last < first:
            return 0
        return self._in_scope_upto(last) - self._in_scope_upto(first - 1)

    def first_in_scope(self, when: Day) -> Day | None:
        """The first in-scope day on or after `when`, or None."""
        for stretch in self.stretches[max(self.index(when), 0) :]:
            if not stretch.stopped and stretch.last >= when:
                return max(stretch.first, when)
        return None

    def last_in_scope(self, first: Day, last: Day) -> Day | None:
        """The last in-scope day from `first` to `last`, or None."""
        for at in range(self.index(last), -1, -1):
            stretch = self.stretches[at]
            if stretch.last < first:
                return None
            if not stretch.stopped and stretch.first <= last:
                found = min(stretch.last, last)
                return found if found >= first else None
        return None

    def segment_at(self, when: Day) -> Segment | None:
        """The segment that holds a day, or None on days before records begin."""
        for segment in reversed(self.segments):
            if segment.first <= when <= segment.last:
                return segment
        return None


def _segments(stretches: Sequence[Stretch]) -> tuple[Segment, ...]:
    """Where a spell is reckoned afresh: at its start, where records begin, at each return."""
    if all(stretch.stopped in (None, NO_RULE) for stretch in stretches):
        return (Segment(stretches[0].first, stretches[-1].last, None, True, "left"),)
    begins: list[tuple[Day, int | None, str]] = []  # first day, return_within, how the last one ended
    unknown, suspended, seen_scope = True, False, False
    for stretch in stretches:
        if stretch.stopped == NOT_RECORDED:
            unknown = True
            continue
        if unknown:
            begins.append((stretch.first, None, "stopped"))
            unknown = False
        if stretch.stopped == ABSENT:
            suspended = True
        elif not stretch.stopped:
            within = stretch.policy.return_within_working_days if stretch.policy else None
            if suspended and seen_scope and within:
                begins.append((stretch.first, within, ABSENT))
            suspended, seen_scope = False, True
    if not begins:
        return ()
    start, end = stretches[0].first, stretches[-1].last
    following = [(first - 1, how) for first, _, how in begins[1:]] + [(end, "left")]
    return tuple(
        Segment(first, last, within, first == start, how)
        for (first, within, _), (last, how) in zip(begins, following, strict=True)
    )


def suspensions(absences: Iterable[Absence], rulebook: Rulebook, as_at: Day) -> list[tuple[Day, Day]]:
    """The days on which absences stop the clock, as (first, last) (cadence, section 3)."""
    known = []
    for kind, first, last in absences:
        policy = rulebook.first_on_or_before(first)
        threshold = policy.suspends.get(kind) if policy else None
        is_open = last == FOREVER
        if threshold is not None and not (is_open and first > as_at):
            known.append((first, as_at if is_open else last, threshold, is_open))
    known.sort()
    joined: list[list[int]] = []
    for first, last, threshold, is_open in known:
        if joined and (
            first <= joined[-1][1]
            or (first - joined[-1][1] < LONGEST_PAUSE and no_working_day_between(joined[-1][1], first))
        ):
            whole = joined[-1]
            whole[1:] = max(whole[1], last), min(whole[2], threshold), whole[3] or is_open
        else:
            joined.append([first, last, threshold, is_open])
    return [
        (first, FOREVER if is_open else last)
        for first, last, threshold, is_open in joined
        if last - first + 1 > threshold
    ]


class Ruling(NamedTuple):
    """What a policy says of a kind of post: the rules that can match it, and whether they change with
    time (`timed`)."""

    policy: Policy | None
    clock: Clock | None
    rules: tuple[Rule, ...]
    timed: bool


class Rulings:
    """The rulebook for one clock, asked about posts: each answer is worked out once for all people."""

    def __init__(self, rulebook: Rulebook, clock: str) -> None:
        self.rulebook, self.clock = rulebook, clock
        always = len(rulebook.policies) == 1 and rulebook.starts == [ALWAYS]
        self._only = rulebook.policies[0] if always else None
        self._known: dict[tuple[str | None, str, str | None, str | None], Ruling] = {}

    def of(self, when: Day, tenure: Tenure) -> Ruling:
        """What the policy of a day says of a post, and of a case under its plan."""
        policy = self._only or self.rulebook.on(when)
        post = tenure.post
        key = (policy.id if policy else None, post.role, post.basis, tenure.plan)
        if key not in self._known:
            clock = policy.clock(self.clock) if policy else None
            rules = clock.rules_for(post.role, post.basis, tenure.plan) if clock else ()
            timed = any(rule.since for rule in rules)
            self._known[key] = Ruling(policy, clock, rules, timed)
        return self._known[key]

    def policies_begin(self, first: Day, last: Day) -> list[Day]:
        """The days after `first`, up to `last`, on which a policy begins."""
        if self._only:
            return []
        return [start for start in self.rulebook.starts if first < start <= last]


class Timeline:
    """A person's or a case's spells under one clock: the ground on which everything is reckoned.

    A spell is worked out when it is first asked for, and then kept.
    """

    __slots__ = ("_person", "_rulings", "_runs", "_spells", "_stops", "_variations")

    def __init__(self, facts: Facts | CaseFacts, rulings: Rulings, as_at: Day) -> None:
        self._rulings = rulings
        self._person: Person | None = None
        self._stops: list[tuple[Day, Day]] = []
        self._variations: list[tuple[Day, Day, Variation]] = []
        if isinstance(facts, CaseFacts):
            self._runs = runs(case_tenures(facts))
        else:
            self._person = facts.person
            self._runs = runs(tenures(facts))
            if facts.absences:
                self._stops = suspensions(facts.absences, rulings.rulebook, as_at)
            if facts.variations:
                self._variations = who_holds(
                    (v.first, v.last, v) for v in facts.variations if v.clock == rulings.clock
                )
        self._spells: dict[int, Spell] = {}

    def spells(self) -> list[Spell]:
        """Every spell, in order of days."""
        return [self._spell(at) for at in range(len(self._runs))]

    def spell_at(self, when: Day) -> Spell | None:
        """The spell that holds a day, or None: not in post."""
        for at, run in enumerate(self._runs):
            if run[0].first <= when <= run[-1].last:
                return self._spell(at)
        return None

    def last_tenure_upto(self, when: Day) -> Tenure | None:
        """The tenure of that day, or the last one before it, or None."""
        found = [tenure for run in self._runs for tenure in run if tenure.first <= when]
        return found[-1] if found else None

    def _spell(self, at: int) -> Spell:
        if at not in self._spells:
            self._spells[at] = Spell(self._stretches(self._runs[at]))
        return self._spells[at]

    def _stretches(self, run: Sequence[Tenure]) -> list[Stretch]:
        found: list[Stretch] = []
        role_start = run[0].first
        for at, tenure in enumerate(run):
            if at and tenure.post.role != run[at - 1].post.role:
                role_start = tenure.first
            ruling = self._rulings.of(tenure.first, tenure)
            if self._never_changes(tenure, ruling):
                found.append(_plain(tenure, ruling))
                continue
            since = self._since(run[0].first, role_start)
            cuts = sorted(self._cuts(tenure, since))
            for first, after in zip(cuts, [*cuts[1:], tenure.last + 1], strict=True):
                stretch = self._standing(first, after - 1, tenure, since)
                if found and stretch[2:] == found[-1][2:]:
                    stretch = stretch._replace(first=found.pop().first)
                found.append(stretch)
        return _suspended(found, self._stops) if self._stops else found

    def _never_changes(self, tenure: Tenure, ruling: Ruling) -> bool:
        """Whether every day of a tenure is like the others: true of most."""
        if self._variations or ruling.timed:
            return False
        first, last, known = tenure.first, tenure.last, tenure.known_from
        if known is not None and known > first:
            return False
        return not self._rulings.policies_begin(first, last)

    def _since(self, spell_start: Day, role_start: Day) -> dict[Since, Day | None]:
        person = self._person
        return {
            Since.EMPLOYED_FROM: person.employed_from if person else None,
            Since.REGISTERED_ON: person.registered_on if person else None,
            Since.SPELL_START: spell_start,
            Since.ROLE_START: role_start,
        }

    def _cuts(self, tenure: Tenure, since: dict[Since, Day | None]) -> set[Day]:
        """The days of a tenure on which its standing may change."""
        begins = [tenure.first, *self._rulings.policies_begin(tenure.first, tenure.last)]
        edges = list(begins)
        for begin in begins:
            for rule in self._rulings.of(begin, tenure).rules:
                start = since[rule.since] if rule.since else None
                if start is not None:
                    edges.append(start)
                    edges += [span.added_to(start) + 1 for span in (rule.after, rule.until) if span]
        for first, last, _ in self._variations:
            edges += (first, last + 1)
        if tenure.known_from is not None:
            edges.append(tenure.known_from)
        cuts = {edge for edge in edges if tenure.first < edge <= tenure.last}
        cuts.add(tenure.first)
        return cuts

    def _standing(
        self, first: Day, last: Day, tenure: Tenure, since: dict[Since, Day | None]
    ) -> Stretch:
        ruling = self._rulings.of(first, tenure)
        rule, variation = None, None
        if ruling.clock:
            variation = next((v for a, b, v in self._variations if a <= first <= b), None)
            rule = None if variation else _rule_on(first, ruling.rules, since)
        every = read_frequency(variation.every) if variation else rule.every if rule else None
        stopped = None if every else NO_RULE
        if tenure.known_from is not None and first < tenure.known_from:
            stopped = NOT_RECORDED
        return Stretch(first, last, tenure, stopped, ruling.policy, ruling.clock, rule, variation, every)


def _plain(tenure: Tenure, ruling: Ruling) -> Stretch:
    """The one stretch of a tenure that never changes: its first rule matches every day."""
    rule = ruling.rules[0] if ruling.rules else None
    return Stretch(
        tenure.first, tenure.last, tenure, None if rule else NO_RULE,
        ruling.policy, ruling.clock, rule, None, rule.every if rule else None,
    )  # fmt: skip


def _suspended(stretches: Sequence[Stretch], stops: Sequence[tuple[Day, Day]]) -> list[Stretch]:
    """The stretches, cut where suspensions begin and end. Days before records begin stay unknown."""
    found: list[Stretch] = []
    for stretch in stretches:
        first, last, *rest = stretch
        tenure, stopped, *ruling = rest
        for start, end in stops:
            if start > last or end < first or stopped == NOT_RECORDED:
                continue
            if first < start:
                found.append(Stretch(first, start - 1, *rest))
            first, until = min(end, last) + 1, min(end, last)
            found.append(Stretch(max(start, stretch.first), until, tenure, ABSENT, *ruling))
        if first <= last:
            found.append(Stretch(first, last, *rest))
    return found


def _rule_on(when: Day, rules: Sequence[Rule], since: dict[Since, Day | None]) -> Rule | None:
    """The first of a post's rules that matches a day."""
    for rule in rules:
        if rule.since is None:
            return rule
        start = since[rule.since]
        if (
            start is not None
            and start <= when
            and (rule.after is None or when > rule.after.added_to(start))
            and (rule.until is None or when <= rule.until.added_to(start))
        ):
            return rule
    return None
