"""The report as tables: for a terminal, and as Markdown between two marks of a document."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]

from bench.measuring import Line

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
GIGABYTE = 10**9

Cells = Sequence[Sequence[str]]

_TIMES = ("what", "against", "ours", "theirs", "ratio", "spread", "promised", "kept")
_MEMORY = ("the most memory held by", "MB", "promised", "kept")
_TO_THE_RIGHT = frozenset({"ours", "theirs", "ratio", "spread", "MB"})


@dataclass(frozen=True, slots=True)
class Held:
    """The most memory that a process held, in bytes (0: the system does not tell), and whether it is ours,
    so that the promise is about it: how it is put, and its limit."""

    what: str
    peak: int
    ours: bool
    promised: tuple[str, float] = ("≤ 1 GB", GIGABYTE)

    @property
    def kept(self) -> bool | None:
        """Whether the promise was kept; None if there was none, or nobody can tell."""
        return self.peak <= self.promised[1] if self.ours and self.peak else None


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part of a run has to say: lines with promises, lines that tell more, memory, and sentences."""

    lines: Sequence[Line]
    others: Sequence[Line] = ()
    memory: Sequence[Held] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything measured in one run. `circumstances` are sentences; `lines` have promises, `others` tell
    more."""

    circumstances: Sequence[str]
    lines: Sequence[Line]
    others: Sequence[Line]
    memory: Sequence[Held]

    @property
    def verdict(self) -> str:
        """How many promises were kept, in a sentence."""
        kept = [line.kept for line in self.lines]
        kept += [each.kept for each in self.memory if each.kept is not None]
        broken = kept.count(False)
        if not broken:
            return f"All {len(kept)} promises were kept."
        return f"{broken} of {len(kept)} promises {'was' if broken == 1 else 'were'} NOT kept."

    def _tables(self) -> list[tuple[str, Sequence[str], Cells]]:
        return [
            ("What is promised", _TIMES, [_time_cells(line) for line in self.lines]),
            ("For information", _TIMES[:6], [_time_cells(line)[:6] for line in self.others]),
            ("Memory", _MEMORY, [_memory_cells(each) for each in self.memory]),
        ]

    def plain(self) -> str:
        """For a terminal."""
        parts = ["\n".join(self.circumstances)]
        parts += [f"{title}\n\n{_plain(head, cells)}" for title, head, cells in self._tables()]
        return "\n\n".join([*parts, self.verdict])

    def markdown(self) -> str:
        """For a document."""
        parts = [" ".join(self.circumstances), f"**{self.verdict}**"]
        parts += [f"### {title}\n\n{_markdown(head, cells)}" for title, head, cells in self._tables()]
        return "\n\n".join(parts)


def _time_cells(line: Line) -> list[str]:
    ratios = line.ratios
    return [
        line.what,
        line.against,
        seconds(median(line.ours)),
        seconds(median(line.theirs)) if line.theirs else "",
        figures(median(ratios)) if ratios else "",
        f"{figures(min(ratios))}–{figures(max(ratios))}" if len(ratios) > 1 else "",
        line.promised[0] if line.promised else "",
        _yes_or_no(line.kept),
    ]


def _memory_cells(held: Held) -> list[str]:
    if not held.peak:
        return [held.what, "not told", "", ""]
    promised = held.promised[0] if held.ours else ""
    return [held.what, f"{held.peak / 1e6:.0f}", promised, _yes_or_no(held.kept)]


def _yes_or_no(kept: bool | None) -> str:
    return "" if kept is None else "yes" if kept else "NO"


def seconds(taken: float) -> str:
    """A time in three figures."""
    return f"{figures(taken)} s" if taken >= 1 else f"{figures(taken * 1000)} ms"


def figures(number: float) -> str:
    """A number in three figures, or whole if it is larger."""
    return f"{number:.0f}" if number >= 100 else f"{number:#.3g}"


def _plain(head: Sequence[str], cells: Cells) -> str:
    widths = [max(len(row[at]) for row in (head, *cells)) for at in range(len(head))]
    rows = [head, ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if name in _TO_THE_RIGHT else cell.ljust(width)
            for name, cell, width in zip(head, row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _markdown(head: Sequence[str], cells: Cells) -> str:
    rule = ["---:" if name in _TO_THE_RIGHT else "---" for name in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *cells))


def machine(now: datetime, versions: Sequence[str]) -> str:
    """When and on what this was measured, in general words."""
    memory = round(psutil.virtual_memory().total / 2**30)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"Measured on {now.day} {now:%B %Y} with {', '.join((python, *versions))}; "
        f"{platform.system()} on {platform.machine()} with {memory} GB of memory and {psutil.cpu_count()} "
        f"cores, of which {psutil.getloadavg()[0]:.1f} were busy when it began."
    )


def put_between_marks(document: Path, text: str, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Put a text in the place of what stands between the two marks. ValueError if they are not there."""
    first, last = marks
    before, begin, rest = document.read_text("utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not (begin and end):
        raise ValueError(f"{document.name} has lost its marks {first} and {last}")
    document.write_text(f"{before}{first}\n\n{text}\n\n{last}{after}", "utf-8")
