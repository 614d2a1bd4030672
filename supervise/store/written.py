"""Whether anything was written of sessions, read in bulk (floor 2)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from supervise.store.database import Database
from supervise.store.rows import BATCH, batches

_SPACES = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace())  # all there are

_WRITTEN = """
    SELECT session.id, supervisor_id,
        trim(coalesce(notes, ''), :spaces) <> ''
        OR EXISTS (
            SELECT 1 FROM session_section
            WHERE session_id = session.id AND trim(coalesce(text, ''), :spaces) <> ''
        )
        OR EXISTS (
            SELECT 1 FROM case_discussion
            WHERE session_id = session.id AND trim(
                coalesce(analysis, '') || coalesce(decision, '') || coalesce(rationale, ''), :spaces
            ) <> ''
        )
        OR EXISTS (SELECT 1 FROM action WHERE session_id = session.id)
        OR EXISTS (SELECT 1 FROM statement WHERE session_id = session.id)
        OR EXISTS (SELECT 1 FROM late_entry WHERE session_id = session.id)
    FROM json_each(:ids) AS asked CROSS JOIN session WHERE session.id = asked.value
"""


class Written(NamedTuple):
    """Who supervised a session, if somebody is named, and whether its record has any words."""

    supervisor: str | None
    has_words: bool


def written(database: Database, sessions: Iterable[str]) -> dict[str, Written]:
    """What was written of these sessions, by id. Words are notes, anything under a heading or about a case,
    an action, a statement, a late entry; headings alone, names of cases and spaces are none."""
    found: dict[str, Written] = {}
    for some in batches(sessions, BATCH):
        asked = {"ids": json.dumps(some), "spaces": _SPACES}
        for id, supervisor, has_words in database.execute(_WRITTEN, asked).fetchall():
            found[id] = Written(supervisor, bool(has_words))
    return found
