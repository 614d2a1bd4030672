"""Searching what people wrote in sentences. The index is kept in step by the triggers of the schema."""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database


class Found(NamedTuple):
    """A row in which the words stand, and some of the text around them."""

    kind: str
    id: str
    snippet: str


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
