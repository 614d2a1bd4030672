"""What is odd but possible: taken as it is, and told (issue: bad input; cadence says what it means)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from supervise.wording import counted

Row = Mapping[str, Any]
LONG_SESSION = 600
"""Minutes from which a session's length is worth a look."""

_NAMED = 10
"""How many ids a sentence names; more are only counted."""


def oddities(rows: Mapping[str, Sequence[Row]]) -> list[str]:
    """Sentences about the rows of an import that are worth a look, a line for each sort of oddity."""
    posts = _by_person(rows.get("post", ()))
    told = [
        *_overlaps("post", posts),
        *_overlaps("absence", _by_person(rows.get("absence", ()))),
        *_outside(rows.get("session", ()), posts),
    ]
    without = sorted(row["id"] for row in rows.get("person", ()) if row["id"] not in posts)
    supervisors = {row.get("supervisor_id") for row in rows.get("post", ())}
    told += _told("without a post, for whom nothing falls due", "person", "people",
                  [person for person in without if person not in supervisors])  # fmt: skip
    long = [row["id"] for row in rows.get("session", ()) if (row.get("minutes") or 0) >= LONG_SESSION]
    told += _told("of ten hours or more", "session", "sessions", long)
    return told


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row)
    return found


def _overlaps(what: str, by_person: Mapping[str, list[Row]]) -> list[str]:
    overlapping = []
    for person, rows in by_person.items():
        spans = sorted((row["from"], row["to"] or "9999") for row in rows)
        if any(a[1] >= b[0] for a, b in pairwise(spans)):
            overlapping.append(person)
    holds = ", of which the one that started later holds" if what == "post" else ""
    return _told(f"with {what}s that overlap{holds}", "person", "people", overlapping)


def _outside(sessions: Iterable[Row], posts: Mapping[str, list[Row]]) -> list[str]:
    outside = [
        row["id"]
        for row in sessions
        if row["status"] == "held"
        and not any(
            post["from"] <= row["held_on"] <= (post["to"] or "9999")
            for post in posts.get(row["person_id"], ())
        )
    ]
    return _told("held outside any post, kept but counted for nothing", "session", "sessions", outside)


def _told(what: str, one: str, many: str, ids: Sequence[str]) -> list[str]:
    if not ids:
        return []
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return [f"{counted(len(ids), one, many)} {what} ({', '.join(ids[:_NAMED])}{more})."]
