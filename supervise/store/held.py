"""Who there is, and the sessions held in a period, read in bulk for measures (floor 2)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from supervise.fields import SESSION_KINDS
from supervise.service import session_of
from supervise.sessions import Session
from supervise.store.database import Database
from supervise.workdays import Day, iso

_READ = (
    "id", "person_id", "kind", "status", "held_on", "minutes", "recorded_on", "shared_on",
    "worker_signed_on", "supervisor_signed_on", "record_kept",
)  # fmt: skip
_HELD = f"""
    SELECT {", ".join(_READ)} FROM session INDEXED BY session_held
    WHERE status = 'held' AND person_id IN (SELECT value FROM json_each(?))
        AND kind IN ({", ".join(f"'{kind}'" for kind in SESSION_KINDS)}) AND held_on BETWEEN ? AND ?
    ORDER BY held_on, id
"""


def everyone(database: Database) -> list[str]:
    """The ids of everybody there is, in order."""
    return [id for (id,) in database.execute("SELECT id FROM person ORDER BY id").fetchall()]


def sessions_held(
    database: Database, first: Day, last: Day, people: Iterable[str]
) -> dict[str, list[Session]]:
    """The sessions of these people held from `first` to `last`, by person, in order of days: with what
    measures look at (kind, length and the steps of the record) and nothing that was written."""
    found: dict[str, list[Session]] = defaultdict(list)
    asked = [json.dumps(sorted(set(people))), iso(first), iso(last)]
    for values in database.execute(_HELD, asked).fetchall():
        session = session_of(dict(zip(_READ, values, strict=True)))
        found[session.person].append(session)
    return found
