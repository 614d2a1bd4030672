"""A person's or a case's spells under one clock, worked out from posts, rules and absences."""

from collections.abc import Sequence
from typing import NamedTuple

from supervise.cadence.facts import CaseFacts, Facts, Tenure, case_tenures, runs, tenures, who_holds
from supervise.cadence.spells import (
    ABSENT,
    NO_RULE,
    NOT_RECORDED,
    Spell,
    Stretch,
    suspensions,
)
from supervise.people import Person, Variation
from supervise.policies import ALWAYS, Clock, Policy, Rule, Rulebook, Since, read_frequency
from supervise.workdays import Day


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
        first, last = stretch.first, stretch.last
        for start, end in stops if stretch.stopped != NOT_RECORDED else ():
            if start > last or end < first:
                continue
            if first < start:
                found.append(stretch._replace(first=first, last=start - 1))
            until = min(end, last)
            found.append(stretch._replace(first=max(start, first), last=until, stopped=ABSENT))
            first = until + 1
        if first <= last:
            found.append(stretch._replace(first=first, last=last))
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
