"""The cadence card: one page that explains the ladder of a policy to a manager who is new to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.cadence import Clockwork, Facts, standing
from supervise.people import Person, Post
from supervise.policies import Clock, Policy, Rulebook
from supervise.reports.page import Story
from supervise.reports.tables import Column
from supervise.wording import STATUS, capital, day, days, long_day, words, working_days
from supervise.workdays import FOREVER, Day, add_months, is_working_day


class Example(NamedTuple):
    """What the engine makes of a session held on a day: when the next is due, and the last day that is not
    late. `role` is of whom."""

    role: str
    held: Day
    due: Day
    late_by: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceCard:
    """A policy's ladder for one clock. `asked` are the roles and what is asked of each, `stops` the kinds of
    time away and what they do to the clock, `more` what else the policy says, all as (name, words)."""

    policy: str
    source: str | None
    clock: str
    per: str
    in_force: str
    counts: str
    asked: tuple[tuple[str, str], ...]
    grace: int
    soon_days: int
    stops: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    example: Example | None = None


def name_of(card: CadenceCard) -> str:
    """What the paper is called."""
    return f"Cadence card · {words(card.clock)}"


def tell_card(card: CadenceCard) -> Story:
    """What the card says, from top to bottom."""
    story = Story()
    who = "each case" if card.per == "case" else "each person"
    story.title("How often, and when it is late", f"{card.policy} · in force {card.in_force}")
    story.sentence(
        f"One clock runs for {who}. It is set by: {card.counts}. Whatever else is held does not set it."
    )
    story.heading(1, "How often")
    columns = [Column("Role", 150, names_rows=True), Column("A session", 332)]
    story.table(columns, [(role, capital(asked)) for role, asked in card.asked])
    story.heading(1, "The ladder")
    columns = [Column("Status", 84, names_rows=True), Column("When", 398)]
    story.table(columns, [(STATUS[status], said) for status, said in _ladder(card)])
    if card.example is not None:
        story.sentence(example_said(card.example))
    story.heading(1, "What stops the clock")
    story.notes(_stops(card.stops))
    if card.more:
        story.heading(1, "And also")
        story.notes((name, capital(said)) for name, said in card.more)
    story.about_letters()
    return story


def _ladder(card: CadenceCard) -> Iterator[tuple[str, str]]:
    """Each status and when it holds, from the best to the worst, then those with nothing to judge."""
    yield "on_track", "The next session is not due yet."
    soon = f"within {days(card.soon_days)}" if card.soon_days else "today"
    yield "due_soon", f"It is due {soon}. Book it now."
    if card.grace:
        grace = working_days(card.grace)
        yield "overdue", f"The due day has passed. It is not late yet, for {grace} of grace."
        yield "gap", "The grace has passed, too: each day counts as late until one is held. Say why."
    else:
        yield "overdue", "The due day was no working day: it is not late before the next one is over."
        yield "gap", "The due day has passed: each day counts as late until one is held. Say why."
    yield (
        "absent",
        "Away long enough to stop the clock. These days are never late, and nobody is blamed.",
    )
    yield "no_rule", "The policy asks nothing of this role on this day."


def example_said(example: Example) -> str:
    """What the engine makes of one session, in a sentence."""
    late = "never late" if example.late_by is None else f"not late up to {long_day(example.late_by)}"
    gap = "" if example.late_by is None else f"; from {day(example.late_by + 1)} there is a gap"
    return (
        f"For example ({example.role}): held {long_day(example.held)}, due again"
        f" {long_day(example.due)}, {late}{gap}."
    )


def _stops(stops: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The kinds of time away, those of which the same is said together."""
    by_words: dict[str, list[str]] = {}
    for kind, said in stops:
        by_words.setdefault(said, []).append(kind)
    for said, kinds in by_words.items():
        yield ", ".join(kinds), capital(said)
    yield (
        "Afterwards",
        "Days with the clock stopped are never late days, and are held against nobody.",
    )


def example_of(policy: Policy, clock: Clock, when: Day) -> Example | None:
    """What the engine makes of one session on the last working day up to a day; None for a clock of cases, or
    where nothing would be due."""
    roles = ["social_worker", *sorted(role for rule in clock.rules for role in rule.roles)]
    role = next((each for each in roles if clock.rules_for(each, "permanent")), None)
    if clock.per == "case" or role is None:
        return None
    held = max(when, policy.effective_from or when)
    while not is_working_day(held):
        held += 1
    began = add_months(held, -24)
    facts = Facts(Person("example", "", began, began), [Post(began, FOREVER, "", role, "permanent")])
    facts.held = {sorted(clock.counts)[0]: [held]}
    found = standing(Clockwork(Rulebook([policy]), clock.name, held), facts)
    return Example(words(role), held, found.due, found.late_by) if found.due is not None else None
