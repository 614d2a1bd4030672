"""The lines of a table as they are meant: what is one cell over several lines, or a ditto mark, written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from supervise.exchange.tracker.layout import Layout

_DITTO = frozenset(('"', "″", "〃", "''", "ditto", "do.", "-do-"))


def written_out(layout: Layout) -> Iterator[tuple[int, list[Any]]]:
    """The lines below the header, with names that are one cell over several lines, or only ditto marks,
    written out in each."""
    merged = {
        (line, column): (top, column)
        for top, column, bottom, last in layout.grid.merged
        for line in range(top + 1, bottom + 1)
        if last == column
    }
    above: dict[int, Any] = {}
    held: dict[tuple[int, int], Any] = {}
    starts = set(merged.values())
    for line, cells in layout.body():
        filled = list(cells)
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip() in _DITTO:
                filled[column] = above.get(column)
            elif cell is None and (line, column) in merged:
                filled[column] = held.get(merged[line, column])
            if filled[column] is not None:
                above[column] = filled[column]
            if (line, column) in starts:
                held[line, column] = filled[column]
        yield line, filled
