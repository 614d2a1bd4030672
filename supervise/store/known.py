"""What the store held at the end of an earlier day (specification: cadence, section 5, known-at).

The rule, exactly: what a later day's change altered or removed stands as it was before. A row whose first
entry in the log is later stays, in the shape it came in, if it is still there: an import brings in what
was recorded long before, so the row's own `recorded_on` decides whether it was known, and that is for the
caller to ask. A row that came in later and has gone again (an import undone) is not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from supervise.fields import Kind
from supervise.store.database import Database, scalar
from supervise.store.rows import Image, Row, fetch, image_of, row_of, select

_UNKNOWN: Image = {}
"""The image of a row that the log has not met; no row that it has met is without any field."""


def rows_known_at(database: Database, kind: Kind, day: str) -> Iterator[Row]:
    """The rows of that kind as they stood at the end of the day (ISO), in the order of their ids."""
    last: int = scalar(database, "SELECT max(number) FROM change WHERE day <= ?", day) or 0
    altered = _first_altered_later(database, kind, last)
    doubtful = altered.keys() | _removed_earlier(database, kind, last)
    there = fetch(database, kind, doubtful)
    stood: dict[str, Row] = {}
    for id in sorted(doubtful):
        image = _stood(database, kind, id, last)
        if image is _UNKNOWN:
            image = altered.get(id, image_of(there[id])) if id in there else None
        if image is not None:
            stood[id] = row_of(kind, id, image)
    certain = (row for row in select(database, kind, {}) if row["id"] not in doubtful)
    return merge(certain, stood.values(), key=itemgetter("id"))


def _first_altered_later(database: Database, kind: Kind, last: int) -> dict[str, Image]:
    """Rows altered or removed after change `last`, as they were before the first time."""
    sql = """
        SELECT row_id, body FROM payload
        WHERE row_kind = ? AND change > ? AND body ->> '$.before' IS NOT NULL ORDER BY change DESC, n DESC
    """
    found = database.execute(sql, [kind.name, last])
    return {id: json.loads(body)["before"] for id, body in found}  # the last one to come is the earliest


def _removed_earlier(database: Database, kind: Kind, last: int) -> set[str]:
    """Rows that were removed up to change `last`, and so may have been away then, even if they are back."""
    sql = """
        SELECT row_id FROM payload
        WHERE row_kind = ? AND change <= ? AND body ->> '$.before' IS NOT NULL AND body ->> '$.after' IS NULL
    """
    return {id for (id,) in database.execute(sql, [kind.name, last]).fetchall()}


def _stood(database: Database, kind: Kind, id: str, last: int) -> Image | None:
    """What the row was after change `last`: None if it was away, _UNKNOWN if the log had not met it."""
    sql = """
        SELECT body FROM payload WHERE row_id = ? AND row_kind = ? AND change <= ?
        ORDER BY change DESC, n DESC LIMIT 1
    """
    body = scalar(database, sql, id, kind.name, last)
    if body is None:
        return _UNKNOWN
    image: Image | None = json.loads(body)["after"]
    return image
