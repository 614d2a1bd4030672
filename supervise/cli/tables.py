"""Findings as tables that fit 80 columns, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

WIDTH = 80
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> str:
    """A plain table; cells wider than their column are wrapped, never cut."""
    from tabulate import tabulate

    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    made = tabulate(cells, heads, tablefmt="simple", maxcolwidths=list(widths), disable_numparse=True)
    return str(made)


def say(words: str, indent: str = "") -> None:
    """Print a sentence, wrapped; a name or path that is longer than a line is not broken."""
    import textwrap

    click.echo(
        textwrap.fill(
            words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
            break_on_hyphens=False,
        )
    )  # fmt: skip


def as_json(answer: dict[str, Any]) -> str:
    """The answer as other programs read it."""
    import json

    return json.dumps(answer, ensure_ascii=False, indent=1)


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Rows of an answer as CSV for a spreadsheet; a text that a spreadsheet might run is quoted with '."""
    import csv
    import io

    made = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(made, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return made.getvalue().rstrip("\n")


def _safe(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return "'" + value if value.startswith(_RISKY) else value
    return value
