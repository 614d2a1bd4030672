"""Who is here, in lists; and whom others need there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from supervise.cadence.facts import Tenure, runs, tenures
from supervise.errors import NotAllowed
from supervise.service import gather
from supervise.store import Store
from supervise.store.rows import Row
from supervise.wording import joined
from supervise.workdays import Day

_SUPERVISING = ("team_manager", "service_manager", "advanced_practitioner", "senior_social_worker")
"""Roles that supervise, as a rule."""


class Listed(NamedTuple):
    """Somebody in a list, with the post of its day; without one, team and the rest are None."""

    id: str
    name: str
    team: str | None
    role: str | None
    basis: str | None
    supervisor_id: str | None
    supervisor: str | None
    left_on: Day | None


def people(store: Store, team: str | None, on: Day) -> list[Listed]:
    """Everyone by name, or those in a post of a team, as they are on a day."""
    facts = gather({kind: list(store.rows(kind)) for kind in ("person", "post")}, on).facts
    names = {id: each.person.name for id, each in facts.items()}
    found = []
    for id, each in facts.items():
        spells = runs(tenures(each)) if each.posts else []
        held = next((one for spell in spells for one in spell if one.first <= on <= one.last), None)
        if team is None or (held and held.post.team == team):
            found.append(_listed(id, names, held, each.person.left_on))
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def supervisors(store: Store, today: Day) -> list[Listed]:
    """Those who may be chosen as a supervisor, by name: who supervises, or did, or is in a role that does;
    nobody who has left."""
    named = {post["supervisor_id"] for post in store.rows("post")}
    return [
        each
        for each in people(store, None, today)
        if (each.id in named or each.role in _SUPERVISING)
        and (each.left_on is None or each.left_on >= today)
    ]


def refuse_if_in_records(person: Row, store: Store) -> None:
    """NotAllowed for somebody who is part of what is recorded, or whom others have as supervisor."""
    recorded = (
        ("session", "person_id"), ("session", "supervisor_id"), ("action", "person_id"),
        ("explanation", "person_id"),
    )  # fmt: skip
    if any(list(store.rows(kind, **{field: person["id"]})) for kind, field in recorded):
        raise NotAllowed(
            f"{person['name']} is part of what has been recorded, which stays.",
            "If they have left, record the day on which they did.",
        )
    supervised = [
        row["person_id"]
        for kind in ("post", "agreement")
        for row in store.rows(kind, supervisor_id=person["id"])
    ]
    if supervised:
        found = store.rows_by_id("person", supervised)
        names = joined(sorted({row["name"] for row in found.values()}))
        raise NotAllowed(
            f"{person['name']} is named as the supervisor of {names}.",
            "Name another supervisor there first.",
        )


def _listed(id: str, names: Mapping[str, str], held: Tenure | None, left_on: Day | None) -> Listed:
    if held is None:
        return Listed(id, names[id], None, None, None, None, None, left_on)
    post = held.post
    supervisor = names.get(post.supervisor or "")
    return Listed(id, names[id], post.team, post.role, post.basis, post.supervisor, supervisor, left_on)
