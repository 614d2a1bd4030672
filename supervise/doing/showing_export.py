"""The compliance page to a workbook, as seen."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from supervise.doing.here import Here
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_later import Changed
from supervise.doing.showing_tables import about_table, tables
from supervise.exchange.tables_out import write_tables


def export(
    here: Here, found: Compliance, changed: Sequence[Changed], to: Path
) -> Generator[tuple[int, int], None, Path]:
    """Write everything that is shown of a period to a workbook, in the place of one that is there, and note
    in the access log that it was exported; yields (rows done, rows in all).

    BadFile if it is too long for a workbook; DiskFull or FileTrouble if it cannot be written.
    """
    from supervise.gathering import where_from

    made = [about_table(found, here.me, here.today(), where_from(here.store, here.today()))]
    for table in tables(found, changed):
        yield 0, len(found.people)
        made.append(table)
    yield from write_tables(to, made)
    here.store.access.note(here.me, "exported", "compliance")
    return to
