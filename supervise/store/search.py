"""Searching what people wrote in sentences, and the people themselves.

The index of what was written is kept in step by the triggers of the schema. People are few enough to be
looked through one by one, by a test of the caller's.
"""

from __future__ import annotations

from typing import NamedTuple

from supervise.store.database import Database


class Found(NamedTuple):
    """A row in which the words stand, and some of the text around them."""

    kind: str
    id: str
    snippet: str


class Somebody(NamedTuple):
    """A person as they are looked for: team and role of the last post begun by the day asked about, None
    where there was none yet; `ended` is the day (ISO) on which that post or their time here ended, if it did."""

    id: str
    name: str
    staff_no: str | None
    team: str | None
    role: str | None
    ended: str | None


def everybody(database: Database, on: str) -> list[Somebody]:
    """Everyone there is, in order of name, as at that day (ISO)."""
    sql = """
        SELECT person.id, name, staff_no, team, role, CASE
            WHEN left_on < :day THEN left_on WHEN "to" < :day THEN "to" END, max("from")
        FROM person LEFT JOIN post ON person_id = person.id AND "from" <= :day
        GROUP BY person.id ORDER BY name, person.id
    """  # of a group with max(), SQLite gives the other columns of the row that has it
    return [Somebody(*row[:-1]) for row in database.execute(sql, {"day": on}).fetchall()]


def find(database: Database, words: str, limit: int = 50) -> list[Found]:
    """The rows in which all of these words stand (or words that begin with them), best first.

    What is typed is only ever words: each is quoted, so that nothing in it is read as a query.
    """
    quoted = ['"' + word.replace('"', '""') + '"*' for word in words.replace("\0", " ").split()]
    if not quoted:
        return []
    sql = """
        SELECT kind, row_id, snippet(search, 0, '', '', '…', 16)
        FROM search JOIN search_row ON n = search.rowid WHERE search MATCH ? ORDER BY rank, n LIMIT ?
    """
    return [Found(*row) for row in database.execute(sql, [" ".join(quoted), limit]).fetchall()]
