"""Which years a header gives to its weeks and months, by what stands over and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from supervise.exchange.grids import Grid
from supervise.exchange.tracker.layout import Layout, text_of
from supervise.exchange.tracker.periods import periods_of
from supervise.exchange.tracker.titles import title_means
from supervise.exchange.tracker.years import Years, year_among, year_cell, years_of

Line = tuple[int, list[Any]]
FEW_CELLS = 3
"""So many cells may stand in a line that is a title, rather than one of titles."""


def context_of(
    layout: Layout, cells: Sequence[Any], before: Sequence[Line], *, is_first: bool
) -> Years | None:
    """The year that the months count from: as near to them as one is given."""
    above = [
        str(cell)
        for _, some in reversed(before)
        if sum(cell is not None for cell in some) <= FEW_CELLS or _has_labels(some)
        for cell in some
        if text_of(cell) or year_cell(cell)
    ]
    over = [str(cell) for cell in before[-1][1] if year_cell(cell)] if before else []
    beside = [text for cell in cells if (text := text_of(cell)) and not periods_of([cell], {}, None)[0]]
    beside = [text for text in beside if year_cell(text) or title_means(text)]
    near = year_among(beside) or year_among(over)
    sheet = [layout.grid.sheet]
    texts = [*sheet, *above] if is_first else []
    return (
        near
        or year_among(texts)
        or year_among(above)
        or year_among([*sheet, *reversed(layout.above)])
        or years_of(layout.grid.file.rpartition(".")[0])
    )


def years_over(grid: Grid, line: Line, cells: Sequence[Any]) -> dict[int, Years]:
    """The years that a line gives to the columns under it: if it has several, or one that is merged over
    some of the months alone. A lone one is the title of all."""
    number, some = line
    found = {column: years for column, cell in enumerate(some) if (years := _short_year(cell))}
    if len(found) > 1:
        width = max(len(some), len(cells))
        source = sources_of(grid, (number, some), width)
        return {column: found[at] for column, at in source.items() if at in found}
    for column, years in found.items():
        last = _merged_to(grid, number, column)
        months = {at for at, cell in enumerate(cells) if periods_of([cell], {}, years).frames}
        if last > column and months - set(range(column, last + 1)):
            return dict.fromkeys(range(column, last + 1), years)
    return {}


_WORDS_OF_A_YEAR = 4


def _short_year(cell: Any) -> Years | None:
    text = text_of(cell)
    if text and len(text.split()) <= _WORDS_OF_A_YEAR and not periods_of([cell], {}, None).frames:
        return years_of(text)
    return None if text else year_cell(cell)


def _merged_to(grid: Grid, line: int, column: int) -> int:
    """The last column of the merged cell that begins there."""
    return max(
        (last for top, first, _, last in grid.merged if top == line and first == column), default=column
    )


def sources_of(grid: Grid, line: Line, width: int) -> dict[int, int]:
    """For each column, which column's cell of a line stands over it: its own, or the next to its left; a
    merged cell over all that it covers."""
    number, cells = line
    found: dict[int, int] = {}
    held: int | None = None
    for column in range(width):
        if column < len(cells) and cells[column] is not None:
            held = column
        if held is not None:
            found[column] = held
    for top, first, bottom, last in grid.merged:
        if top <= number <= bottom and first < len(cells) and cells[first] is not None:
            found |= dict.fromkeys(range(first, last + 1), first)
    return found


def _has_labels(cells: Sequence[Any]) -> bool:
    """Whether a line is one of labels: “Supervisor: | Moira Calder | Period: | 2017-18”."""
    return any(text_of(cell).endswith(":") for cell in cells)
