"""A small made-up team for the diary: Sam supervises Ada, Ben and Cara, and nobody is named for Dev.

It is Wednesday 18 March 2026. Everybody is to be seen once a month; Good Friday is 3 April 2026.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.taking_in import put_policies
from supervise.workdays import Day
from tests.making import MONTHLY
from tests.ui.driving import ME, Hands

ADA, BEN, CARA, DEV, SAM = "W1", "W2", "W3", "W4", "M1"
NAMES = {
    ADA: "Ada Nwosu", BEN: "Ben Hughes", CARA: "Cara O’Neill", DEV: "Dev Rahman", SAM: "Sam Okafor",
}  # fmt: skip


def on(day: int, month: int = 3, year: int = 2026) -> Day:
    return date(year, month, day).toordinal()


def put(store: Store, kind: str, row: dict[str, Any]) -> str:
    with store.change("Put a row", by=ME) as change:
        return change.put(kind, row)


def small_team(hands: Hands) -> Store:
    """Ada was seen on 2 March, Ben on 10 February, Cara on 24 February, Dev on 5 March."""
    store = memory_store(hands)
    for id, name in NAMES.items():
        put(store, "person", {"id": id, "name": name})
    for id in (ADA, BEN, CARA, DEV):
        post = {"person_id": id, "team": "East", "role": "social_worker", "from": "2024-01-01"}
        put(store, "post", {**post, "supervisor_id": None if id == DEV else SAM})
    for id, when in (
        (ADA, "2026-03-02"),
        (BEN, "2026-02-10"),
        (CARA, "2026-02-24"),
        (DEV, "2026-03-05"),
    ):
        session(store, id, status="held", held_on=when)
    with store.change("Add the policy", by=ME, kind="policy") as change:
        put_policies(change, [read_policy(MONTHLY, "p")])
    return store


def session(store: Store, person: str, **row: Any) -> str:
    """A session of a person with Sam."""
    usual = {"person_id": person, "supervisor_id": SAM, "kind": "one_to_one", "status": "planned"}
    return put(store, "session", {**usual, **row})
