"""Bringing in a tracker: the plan against what is stored, and what was answered, remembered (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from supervise.exchange.grids import grids_of
from supervise.exchange.plan import Difference, Plan, Stored, make_plan
from supervise.exchange.sheets import is_folder
from supervise.exchange.tracker.answers import Answers, from_json
from supervise.exchange.tracker.found import Tracker
from supervise.exchange.tracker.reading import is_interchange, tracker_of
from supervise.exchange.tracker.rows import rows_of
from supervise.exchange.tracker.sessions import Here
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


def read(path: Path, how: How) -> Tracker | None:
    """A tracker, or None where it is an interchange folder or workbook."""
    if is_folder(path):
        return None
    grids = grids_of(path)
    return None if is_interchange(grids) else tracker_of(path, grids, how.answers, how.today)


def plan_of(store: Store, stored: Stored, tracker: Tracker, how: How) -> Plan:
    """What taking in a tracker would do."""

    def sessions(people: Iterable[str]) -> Iterable[Row]:
        return chain.from_iterable(store.rows("session", person_id=person) for person in sorted(people))

    here = Here(
        people=list(store.rows("person")),
        posts=list(store.rows("post")),
        sessions=sessions,
        store_id=store.settings.get("store_id") or "",
        clock=how.clock,
        today=how.today,
    )
    brought = rows_of(tracker, here)
    plan = make_plan(brought.batch, stored)
    _plan_posts(plan, stored, brought.posts)
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
