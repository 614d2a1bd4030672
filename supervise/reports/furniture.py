"""What stands at the head and foot of every page: what the paper is, when it was true, how to handle it.

On the first page these words are part of what the paper says, so that a screen reader meets them once; on
the others they are artefacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from supervise import wording
from supervise.reports.lettering import BOLD, REGULAR, Lettering
from supervise.reports.paper import (
    EDGE,
    GHOST,
    GREY,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    STYLES,
    WIDTH,
)
from supervise.reports.tags import Element
from supervise.reports.words import Words, lines_of_words
from supervise.workdays import Day

PRACTICE = "PRACTICE: made-up people"
_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a paper says of itself: when and by whom it was printed, the `chain_head` (hexadecimal) of
    the history it was printed from, how it is to be handled, and the service it belongs to; and, where it
    is about more than one session, the team and period, the day it was reckoned for (`as_at`) and the day
    whose knowledge it used (`known_at`), the policy and where that comes from. `practice` says that the
    store holds made-up people."""

    at: datetime
    by: str
    chain_head: str
    marking: str = "OFFICIAL-SENSITIVE"
    service: str | None = None
    team: str | None = None
    period: tuple[Day, Day] | None = None
    as_at: Day | None = None
    known_at: Day | None = None
    policy: str | None = None
    source: str | None = None
    practice: bool = False

    def about(self) -> str:
        """What it is about and from when, in one line; "" if there is nothing to say."""
        period = " – ".join(wording.day(day) for day in self.period or ())
        days = [
            f"{said} {wording.day(day)}"
            for said, day in (("as at", self.as_at), ("known at", self.known_at))
            if day is not None
        ]
        policy = _cut(self.policy or "")
        if policy and self.source:
            policy += f" ({_cut(self.source)})"
        return " · ".join(filter(None, (_cut(self.team or ""), period, ", ".join(days), policy)))

    def printed(self) -> str:
        """When, by whom, and from which state of the history."""
        code = f" · History code {self.chain_head[:16]}" if self.chain_head else ""
        return f"Printed {wording.moment(self.at)} by {_cut(self.by)}{code}"


class Edges:
    """Head and foot of the pages of one paper. `foot` and `top` are where they leave off, in points; `words`
    are further lines for the foot."""

    def __init__(self, name: str, printed: Printed, words: Sequence[str] = ()) -> None:
        self._printed = printed
        self._head = [_edge("edge", [f"{_cut(printed.service or 'Supervise')} · {_cut(name)}"], 0.68)]
        if printed.practice:
            self._head.append(_edge("practice", [PRACTICE], 0.68))
        self._marking = _edge("marking", [_cut(printed.marking)], 0.3)
        self._read: Element | None = None
        head = max(sum(each.height for each in self._head), self._marking.height)
        self.top = PAGE_HEIGHT - EDGE - head - 20
        self._set_foot(words)

    def with_foot(self, words: Sequence[str]) -> Edges:
        """The same with other lines for the foot."""
        other = copy(self)
        other._set_foot(words)
        return other

    def _set_foot(self, words: Sequence[str]) -> None:
        told = [self._printed.about(), self._printed.printed(), *words]
        self._foot = _edge("edge", [line for line in told if line], (WIDTH - 80) / WIDTH)
        self.foot = EDGE + self._foot.height + 16

    def read_head(self, canvas: Any) -> None:
        """Draw head and foot as part of what the first page says, and be read before all else."""
        for words, left, foot in self._standing():
            words.element = Element("P")
            canvas.draw_at(words, left, foot)
            if words is not self._foot:
                canvas.tree.add(words.element)
        self._read = self._foot.element

    def read_foot(self, canvas: Any) -> None:
        """Let the foot be read after all else, if the first page is one of these."""
        if self._read is not None:
            canvas.tree.add(self._read)

    def draw(self, canvas: Any, page: int, pages: int) -> None:
        """Draw what else belongs on a page, behind what it says."""
        if self._printed.practice:
            _draw_practice(canvas)
        for words, left, foot in self._standing() if page > 1 else ():
            words.element = None
            canvas.begin_artifact("Footer" if words is self._foot else "Header")
            canvas.draw_at(words, left, foot)
            canvas.end()
        canvas.begin_artifact("Footer")
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(GREY)
        first_line = EDGE + self._foot.height - 8
        canvas.drawRightString(SIDE + WIDTH, first_line, f"Page {page} of {pages}")
        canvas.end()

    def _standing(self) -> Iterator[tuple[Words, float, float]]:
        """Each text with where it stands, in reading order."""
        top = PAGE_HEIGHT - EDGE
        for words in self._head:
            top -= words.height
            yield words, SIDE, top
        yield self._marking, SIDE + 0.7 * WIDTH, PAGE_HEIGHT - EDGE - self._marking.height
        yield self._foot, SIDE, EDGE


def _edge(style: str, told: Sequence[str], part: float) -> Words:
    """Words for the edge of a page, set in that part of its width."""
    lettering = Lettering()
    words = lines_of_words([lettering.runs(line) for line in told], STYLES[style])
    words.wrap(part * WIDTH, 0)
    return words


def _draw_practice(canvas: Any) -> None:
    """In large pale letters across the page, that nobody on it is real."""
    canvas.begin_artifact("Watermark")
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(55)
    canvas.setFillColor(GHOST)
    for words, size, up in (("PRACTICE", 96, 0), ("made-up people", 48, -60)):
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(0, up, words)
    canvas.restoreState()
    canvas.end()


def _cut(text: str) -> str:
    """The text, or its beginning: the page belongs to what the paper says, not to its edges."""
    return text if len(text) <= _MOST else text[:_MOST] + " …"
