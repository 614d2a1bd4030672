"""What the tests of the store say again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from supervise.places import Places
from supervise.store import Change, Store, open_store

PASSPHRASE = "correct horse battery staple"
ME = "R. Okafor"

#: The least that a slots file may ask for: most tests are not about how slow guessing is.
QUICK = {"memory_kib": 64 * 1024, "iterations": 1, "lanes": 4}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, day: str) -> None:
        self.set(day)

    def set(self, day: str, time: str = "09:30") -> None:
        self.moment = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


def opened(places: Places, secret: str = PASSPHRASE, clock: Clock | None = None) -> Store:
    return open_store(places, secret, now=clock or Clock("2026-03-31"), user=ME, program="the window")


def put(store: Store, kind: str, /, **row: Any) -> Change:
    """One change that puts one row."""
    with store.change(f"Put {kind} {row.get('id', '')}".strip(), by=ME) as change:
        change.put(kind, row)
    return change


def remove(store: Store, kind: str, id: str) -> Change:
    """One change that removes one row."""
    with store.change(f"Remove {kind} {id}", by=ME) as change:
        change.remove(kind, id)
    return change


def session(id: str = "s1", person: str = "p1", **more: Any) -> dict[str, Any]:
    """A held session."""
    held = {"kind": "one_to_one", "status": "held", "held_on": "2026-03-02"}
    return {"id": id, "person_id": person, **held, **more}


SIGNED = {
    "shared_on": "2026-03-05",
    "worker_signed_on": "2026-03-06",
    "supervisor_signed_on": "2026-03-07",
}


def with_ada(store: Store) -> None:
    put(store, "person", id="p1", name="Ada")


def with_signed_record(store: Store) -> None:
    """Ada, and one session of hers with every part of a record, signed by both in this store."""
    with_ada(store)
    with store.change("Record supervision with Ada", by=ME) as change:
        change.put("session", session(notes="We talked.", minutes=90))
        change.put("session_section", section())
        change.put("action", action())
        change.put("case_discussion", discussion())
        change.put(
            "statement", {"id": "t1", "session_id": "s1", "by": "Ada", "text": "I see it differently."}
        )
    put(store, "session", id="s1", worker_signed_on="2026-03-06", supervisor_signed_on="2026-03-07")


def section(id: str = "x1") -> dict[str, Any]:
    return {
        "id": id,
        "session_id": "s1",
        "position": 1,
        "part": "personal",
        "heading": "Wellbeing",
        "text": "Well.",
    }


def action(id: str = "a1") -> dict[str, Any]:
    return {
        "id": id,
        "session_id": "s1",
        "person_id": "p1",
        "text": "Book leave",
        "due_on": "2026-04-01",
    }


def discussion(id: str = "d1") -> dict[str, Any]:
    return {
        "id": id,
        "session_id": "s1",
        "case_ref": "C-12",
        "analysis": "Risk is lower.",
        "decision": "Step down",
    }


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row there is, by kind, leaving out kinds without rows."""
    from supervise.store.rows import KINDS

    found = {kind.name: list(store.rows(kind.name)) for kind in KINDS}
    return {name: rows for name, rows in found.items() if rows}
