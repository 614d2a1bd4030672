"""Printing measured: records as tagged paper beside others that make PDFs, and a service's paper beside the figures
that are on it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bench import ours, papers, peer_papers, peer_renderers
from bench.measuring import OPENED, Line, Size, Taken, alone, alternate
from bench.table import Held, Measured

_OURS, _BARE = "papers", "bare reportlab"


def measured(folder: Path, size: Size) -> Measured:
    """Measure in a folder whose store has a whole service."""
    count, lacks = size.records, alone(peer_renderers.weasyprint_lacks)
    peers = {
        name: turn for name, turn in peer_renderers.PEERS.items() if name != "WeasyPrint" or not lacks
    }
    turns = {_OURS: papers.papers, _BARE: peer_papers.papers, **peers}
    printed = alternate(
        {name: partial(turn, folder, count) for name, turn in turns.items()}, size.rounds
    )
    service = alternate({"service": partial(ours.service_paper, folder)}, size.rounds)["service"]

    def against(who: str, what: str, part: str, theirs: str, promised: tuple[str, float] | None) -> Line:
        return Line(what, _seconds(printed[_OURS], part), who, _seconds(printed[who], theirs), promised)

    one, few = (f"{n} records on paper, tagged" for n in (count, papers.few(count)))
    lines = [
        against(_BARE, one, papers.ONE, papers.ONE, ("≤ 1.33", 1 / 0.75)),
        *(against(name, few, papers.SHORT, OPENED, ("< 1", 1)) for name in peers),
        Line(
            f"Service paper, {size.people:,} people", _seconds(service, ours.PAPER), "its measures",
            _seconds(service, ours.MEASURES), ("≤ 3", 3),
        ),
    ]  # fmt: skip
    each = f"{papers.single(count)} records, a file each"
    memory = [
        Held("the service’s paper", _most(service), True),
        Held("records on paper", _most(printed[_OURS]), True),
    ]
    memory += [Held(f"({name})", _most(printed[name]), False) for name in (_BARE, *peers)]
    remarks = [f"WeasyPrint was NOT MEASURED: {lacks}."] if lacks else []
    return Measured(lines, [against(_BARE, each, papers.EACH, papers.EACH, None)], memory, remarks)


def _seconds(taken: list[Taken], part: str) -> list[float]:
    return [each.seconds[part] for each in taken]


def _most(taken: list[Taken]) -> int:
    return max(each.peak for each in taken)
