"""A word of its own in every field that takes sentences."""

from __future__ import annotations

from typing import Any

from supervise.fields import KINDS, Holds, Kind
from supervise.store import Store
from tests.store.telling import ME, with_ada


def sentinels(store: Store) -> dict[tuple[str, str], str]:
    """Puts a row of every kind with prose, and gives the word typed into each (kind, field)."""
    with_ada(store)
    words: dict[tuple[str, str], str] = {}
    with store.change("Everything", by=ME) as change:
        for kind in KINDS:
            prose = [field.name for field in kind.fields if field.prose]
            for name in prose:
                words[kind.name, name] = f"zq{kind.name}{name}qz".replace("_", "")
            if prose:
                change.put(
                    kind.name,
                    _row(kind) | {name: f"So {words[kind.name, name]} was said" for name in prose},
                )
    return words


def _row(kind: Kind) -> dict[str, Any]:
    """The least that such a row must have."""
    row: dict[str, Any] = {"id": "s1" if kind.name == "session" else f"of {kind.name}"}
    for field in kind.fields:
        if field.refers and field.required:
            row[field.name] = {"person": "p1", "session": "s1"}[field.refers]
        elif field.required:
            plain = {Holds.DAY: "2026-03-02", Holds.COUNT: 1}.get(field.holds, "something")
            row[field.name] = field.words[0] if field.words else plain
    return row
