"""A plan as the page "Bring in my tracker" shows it: plain data, made beside the window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from supervise import taking_in, trackers, wording
from supervise.collecting import without_collecting
from supervise.exchange.gathered import Gathering
from supervise.exchange.plan import Plan
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.found import Tracker, Worker
from supervise.policies import Policy
from supervise.ui.pages.bring_in_items import Item, kept, layout, offers, questions, readings, where
from supervise.ui.pages.bring_in_lines import Line, differing, in_day, lines, noun

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who would be added, with what the file says of them or what was assumed instead."""

    name: str
    team: str
    role: str
    since: str
    begins: str

    @property
    def key(self) -> str:
        """What tells them apart: names of new people are not alike in one file."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything that is shown of a plan. `known` are the names of the people here by id."""

    plan: Plan
    sentence: str
    counts: str
    questions: list[Item] = field(default_factory=list)
    doubts: list[Item] = field(default_factory=list)
    offers: list[Item] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    sure: list[Item] = field(default_factory=list)
    layout: list[Item] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    differing: list[Line] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    problems: list[Item] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        """How many questions must be answered first."""
        return sum(item.needed and item.given is None for item in self.questions)

    def why_not(self, is_today: bool, *, skips: bool, can_skip: bool) -> str:
        """Why it cannot be brought in, in a sentence; "" if it can. `skips`: the rest is to be taken without
        what cannot be."""
        if not is_today:
            return "You are looking at another day. Go back to today (Ctrl+D) to bring anything in."
        if self.unanswered and not skips:
            what = wording.counted(self.unanswered, "question")
            return f"{what} must be answered first: see “To answer” above."
        if self.problems and not skips:
            what = wording.counted(len(self.problems), "thing")
            rest = ", or take the rest without them" if can_skip else ""
            return f"{what} cannot be taken: see “Cannot be taken” above. Correct the file{rest}."
        if self.plan.does_nothing:
            return "Nothing of it can be taken." if self.problems else "It is all here already."
        return ""


def planned(
    outside: taking_in.Outside,
    known: trackers.Known,
    policies: Sequence[Policy],
    how: trackers.How,
    said: Answers,
    before: Shown | None,
) -> Shown:
    """Plans a file and says what is to be shown of it; no store is touched. `said` is what was answered in
    this sitting, `before` what was shown last of the same file. Raises as `taking_in.plan_for`."""
    with without_collecting():
        plan = taking_in.plan_for(outside, known, policies, how)
        people = {row["id"]: row["name"] for row in known.stored.rows("person")}
        there = {kind: known.stored.ids(kind) for kind in ("person", "session", "action")}
        if plan.tracker is None:
            return shown_rows(plan, people, there)
        return _shown_tracker(plan, plan.tracker, outside, people, said, before, there)


def shown_rows(plan: Plan, people: Mapping[str, str], there: Mapping[str, set[str]]) -> Shown:
    """What is shown of an export of Supervise. `there` are the ids here of the kinds that have their own."""
    return Shown(
        plan=plan, sentence=_of_export(plan), counts=_counts(plan), lines=lines(plan, people, there),
        differing=differing(plan, people), notes=_notes(plan), problems=_problems(plan),
    )  # fmt: skip


def _shown_tracker(
    plan: Plan, tracker: Tracker, outside: taking_in.Outside, people: Mapping[str, str], said: Answers,
    before: Shown | None, there: Mapping[str, set[str]],
) -> Shown:  # fmt: skip
    doubts, sure = readings(tracker, said)

    def with_before(now: list[Item], of: Callable[[Shown], list[Item]]) -> list[Item]:
        return kept(now, of(before) if before else (), said)

    return Shown(
        plan=plan, sentence=_of_tracker(plan, tracker), counts=_counts(plan),
        questions=with_before(questions(tracker, people), lambda each: each.questions),
        doubts=with_before(doubts, lambda each: each.doubts),
        offers=with_before(offers(tracker), lambda each: each.offers),
        people=list(_people(plan, tracker, people)),
        sure=[item for item in kept(sure, (), said) if item.given is None],
        layout=with_before(layout(outside.grids or (), tracker), lambda each: each.layout),
        lines=lines(plan, people, there), differing=differing(plan, people),
        notes=_notes(plan), problems=_problems(plan),
    )  # fmt: skip


# Sentences

_MANY = {"matrix": "matrices", "log": "logs", "register": "registers"}


def _of_tracker(plan: Plan, tracker: Tracker) -> str:
    """ "A matrix of 9 people from Apr 2016 to Mar 2017. 84 supervisions would be added." """
    read = Counter(re.findall(r"was read as a (\w+)\.", "\n".join(tracker.sheets)))
    kinds = wording.joined([f"a {kind}" if n == 1 else f"{n} {_MANY[kind]}" for kind, n in read.items()])
    days = [each.day for each in tracker.sessions]
    days += [each.begins for each in tracker.workers.values() if each.begins is not None]
    span = _span(min(days), max(days)) if days else ""
    of = wording.counted(len(tracker.workers), "person", "people")
    said = f"{kinds or 'a tracker'} of {of}{span}"
    return f"{wording.capital(said)}. {_then(plan)}"


def _span(first: int, last: int) -> str:
    a, b = (wording.day(day).partition(" ")[2] for day in (first, last))
    return f" in {a}" if a == b else f" from {a} to {b}"


def _then(plan: Plan) -> str:
    if added := plan.added.get("session"):
        return f"{wording.counted(added, 'supervision')} would be added."
    if plan.does_nothing:
        return "Nothing of it can be taken yet." if plan.problems else "There is nothing new in it."
    return "No supervision would be added."


def _of_export(plan: Plan) -> str:
    if isinstance(plan, Gathering):
        return " ".join(plan.about) or "A team’s export."
    return f"An export of Supervise. {_then(plan)}"


def _counts(plan: Plan) -> str:
    """ "5 people, 4 posts and 20 supervisions would be added; 1 thing changed; 3 known already." """
    new = [wording.counted(n, *noun(kind)) for kind, n in plan.added.items() if n]
    if plan.policies:
        new.append(wording.counted(len(plan.policies), "policy", "policies"))
    said = [f"{wording.joined(new)} would be added"] if new else []
    if plan.changed:
        said.append(f"{wording.counted(len(plan.changed), 'thing')} changed to what the file says")
    if plan.kept:
        said.append(f"{wording.counted(len(plan.kept), 'thing')} kept as here")
    if plan.unchanged:
        said.append(f"{plan.unchanged:,} known already, and the same")
    return f"{'; '.join(said)}." if said else "There is nothing new in it."


# People who would be added


def _people(plan: Plan, tracker: Tracker, here: Mapping[str, str]) -> Iterator[Person]:
    posts: dict[str, list[Row]] = {}
    for post in plan.rows.get("post", ()):
        posts.setdefault(post["person_id"], []).append(post)
    workers = {worker.name: worker for worker in tracker.workers.values()}
    for row in plan.rows.get("person", ()):
        worker = workers.get(row["name"])
        if row["id"] not in here and worker is not None and (own := posts.get(row["id"])):
            yield _person(row, own, worker, tracker.answers.cells)


def _person(row: Row, posts: Sequence[Row], worker: Worker, said: Mapping[str, str]) -> Person:
    def words(fact: str, value: str, assumed: bool) -> str:
        if trackers.fact_key(worker.name, fact) in said:
            return f"{value} (as you said)"
        return f"{value} (assumed)" if assumed else value

    teams = " then ".join(dict.fromkeys(post["team"] for post in posts))
    return Person(
        name=row["name"],
        team=words("team", teams, not worker.posts),
        role=words("role", wording.words(posts[0]["role"]), worker.role is None),
        since=words("since", in_day(posts[0]["from"]), worker.since is None),
        begins=words("begins", in_day(row["records_from"]) or "with the start of the post", True),
    )


# What is told


def _notes(plan: Plan) -> list[Item]:
    told = [("To look at", each) for each in plan.warnings]
    told += [(wording.capital(what), each) for what, lines in plan.told.items() for each in lines]
    if plan.tracker is not None:
        told += [("Assumed", each) for each in plan.tracker.assumptions]
    told += [("Left out", each) for each in plan.notes]
    return list(_told(told))


def _told(told: Iterable[tuple[str, str]]) -> Iterator[Item]:
    for at, (what, words) in enumerate(told):
        yield Item(key=at, where=what, said=words)


def _problems(plan: Plan) -> list[Item]:
    return [
        Item(key=at, where=where(each.place, plan.source) or plan.source, said=f"{each.reason}.")
        for at, each in enumerate(plan.problems)
    ]
