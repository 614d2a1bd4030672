"""Bringing in a tracker: the plan against what is stored, and what was answered, remembered (floor 3).

Beside what a file says, somebody may say what it does not: that two of its names are one person, or since
when somebody is in post. The latter are answers about cells that the file lacks: see `fact_key`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from supervise.exchange.plan import Difference, Plan, Stored, make_plan
from supervise.exchange.tracker.answers import Answers, from_json
from supervise.exchange.tracker.days import dates_in
from supervise.exchange.tracker.found import Reading, Tracker, Worker
from supervise.exchange.tracker.names import key_of
from supervise.exchange.tracker.rows import rows_of
from supervise.exchange.tracker.sessions import Here
from supervise.exchange.tracker.words import role_in
from supervise.service import Row
from supervise.store import Store
from supervise.workdays import Day

_ANSWERS = "tracker-answers"
"""The setting under which the answers about trackers are remembered, for every later file."""


def remembered(store: Store) -> Answers:
    """What was answered before, about this or another tracker."""
    return from_json(store.settings.get(_ANSWERS))


def remember(store: Store, answers: Answers) -> None:
    """Keeps answers, so that nothing is asked twice."""
    if not answers.is_empty:
        store.settings.put(_ANSWERS, remembered(store).joined(answers).as_json())


@dataclass(frozen=True, slots=True)
class How:
    """How a tracker is to be read: with which answers, remembered ones included; for which clock the reasons
    for gaps are; and on which day."""

    answers: Answers
    clock: str
    today: Day


def how_to_read(store: Store, answered: Answers | None, clock: str, today: Day) -> How:
    """How to read a tracker, with what was answered before and now."""
    before = remembered(store)
    return How(before.joined(answered) if answered else before, clock, today)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan asks of the store: `stored` as every plan does; the `sessions` of some people, by their
    ids; and the id of the store."""

    stored: Stored
    sessions: Callable[[Iterable[str]], Iterable[Row]]
    store_id: str


def plan_of(known: Known, tracker: Tracker, how: How) -> Plan:
    """What taking in a tracker would do, with what was answered about the people in it."""
    here = Here(
        people=list(known.stored.rows("person")),
        posts=list(known.stored.rows("post")),
        sessions=known.sessions,
        store_id=known.store_id,
        clock=how.clock,
        today=how.today,
    )
    _join_names(tracker, here.people)
    _take_facts(tracker)
    brought = rows_of(tracker, here)
    plan = make_plan(brought.batch, known.stored)
    _plan_posts(plan, known.stored, brought.posts)
    plan.tracker, plan.about = tracker, tracker.sheets
    return plan


def _plan_posts(plan: Plan, stored: Stored, differing: Iterable[Difference]) -> None:
    """Adds what a tracker says of posts that are here: what was empty or only assumed is filled in, unless
    somebody has edited the post; the rest is kept."""
    posts = {row["id"]: dict(row) for row in stored.rows("post")}
    changed: dict[str, dict[str, Any]] = {}
    for each in differing:
        why = each.kept or stored.protected("post", each.id)
        if why:
            plan.kept.append(replace(each, kept=why))
        else:
            plan.changed.append(each)
            changed.setdefault(each.id, posts[each.id])[each.field] = each.given
    if changed:
        plan.rows.setdefault("post", []).extend(changed.values())


# What the file does not say of people

FACTS = {"team": "Team", "role": "Job title", "since": "In post since", "begins": "Records begin"}
"""What may be said of somebody whom a tracker tells too little of, with the column that would have said it."""


def fact_key(name: str, fact: str) -> str:
    """The key of an answer about a cell that the file does not have: one of `FACTS`, of somebody."""
    return f"{name} | {FACTS[fact]} | "


def _take_facts(tracker: Tracker) -> None:
    """Takes what was said of people; what cannot be understood is told."""
    cells = tracker.answers.cells
    for worker in tracker.workers.values():
        for fact in FACTS:
            said = cells.get(fact_key(worker.name, fact), "").strip()
            if said and not _take_fact(worker, fact, said):
                doubt = f"the answer “{said}” is not a date"
                key = fact_key(worker.name, fact)
                tracker.readings.append(
                    Reading(worker.place, worker.name, "", "left as it was", (doubt,), False, key)
                )


def _take_fact(worker: Worker, fact: str, said: str) -> bool:
    """Takes one of them; False if it is not a date and ought to be one."""
    if fact == "team":
        worker.posts = {said: min((day for day in worker.posts.values() if day), default=None)}
    elif fact == "role":
        worker.role = role_in(said) or said
    else:
        found = dates_in(said)
        if len(found.days) != 1 or found.rest or found.american or found.unreadable:
            return False
        setattr(worker, fact, found.days[0])
    return True


def _join_names(tracker: Tracker, people: Iterable[Row]) -> None:
    """Makes one person of two names in the file, where somebody said that they are; so that no row comes
    twice."""
    called = {row["id"]: row["name"] for row in people}
    named = _names_in(tracker)
    for name, said in tracker.answers.names.items():
        who, other = key_of(name), key_of(called.get(said, said))
        if who != other and who in named and other in named:
            _rename(tracker, who, other, named[other])
            tracker.assumptions.append(f"{name} and {named[other]} are one person, as you said.")


def _names_in(tracker: Tracker) -> dict[str, str]:
    """Everybody whom a file names, by key of their name."""
    supervisors = {each.supervisor for each in tracker.workers.values()}
    supervisors |= {each.supervisor for each in tracker.sessions}
    found = {key_of(name): name for name in supervisors if name}
    return found | {who: worker.name for who, worker in tracker.workers.items()}


def _rename(tracker: Tracker, who: str, other: str, name: str) -> None:
    """Everything that is said of one name is said of the other."""

    def supervisor(said: str | None) -> str | None:
        return name if said and key_of(said) == who else said

    def person(key: str) -> str:
        return other if key == who else key

    if worker := tracker.workers.pop(who, None):
        known = tracker.workers.setdefault(other, replace(worker, name=name, posts={}))
        _add_what_is_missing(known, worker)
    for each in tracker.workers.values():
        each.supervisor = supervisor(each.supervisor)
    tracker.sessions = [
        each._replace(who=person(each.who), supervisor=supervisor(each.supervisor))
        for each in tracker.sessions
    ]
    tracker.reasons = [each._replace(who=person(each.who)) for each in tracker.reasons]
    tracker.offers = [each._replace(who=person(each.who)) for each in tracker.offers]
    tracker.absences = [(person(key), a, b, c, at) for key, a, b, c, at in tracker.absences]


def _add_what_is_missing(known: Worker, other: Worker) -> None:
    """Takes over what only the other line says of the same person."""
    for each in fields(Worker):
        if each.name not in ("posts", "begins") and getattr(known, each.name) is None:
            setattr(known, each.name, getattr(other, each.name))
    if other.begins is not None:
        known.known_from(other.begins)
    for team, day in other.posts.items():
        earlier = known.posts.get(team)
        known.posts[team] = day if earlier is None else min(earlier, day or earlier)
