"""The pieces of which a paper is made, each with what it is in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth

from supervise.reports.items import KeyBox, KeyFigures, Labelled, Ruled
from supervise.reports.lettering import Lettering, lines
from supervise.reports.paper import STYLES, WIDTH
from supervise.reports.tags import Element
from supervise.reports.words import Words, words

_TOGETHER = 3
"""As many of the last lines of a list stand on one page."""


@dataclass(slots=True)
class Block:
    """One piece of a story; without a `flowable` it is the end of a page.

    `path` are the elements inside of which it lies, `elements` those that it adds there. `with_next` keeps it
    on the page of the next one's beginning; `heading` is its level and words, for the bookmarks; `again` is
    set above it where it comes first on a later page.
    """

    flowable: Any
    elements: Sequence[Element] = ()
    path: tuple[Element, ...] = ()
    with_next: bool = False
    heading: tuple[int, str] | None = None
    again: Any = None

    def height(self) -> float:
        """How tall it is when set in the width of the page, in points."""
        return float(self.flowable.wrap(WIDTH, 10_000)[1])

    def least(self) -> float:
        """How much of it may stand alone at the foot of a page."""
        height = self.height()
        return float(self.flowable.least()) if hasattr(self.flowable, "least") else height


class KeyFigure(NamedTuple):
    """A figure to be seen first: its name, itself ("88 %"), what it is of ("91 of 104"), what it counts."""

    name: str
    figure: str
    of: str = ""
    means: str = ""


class Telling:
    """The pieces of a story so far, and how a piece is made: from words to what stands on the page, and to what
    it is in the structure tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lettering = Lettering()
        self._level = 0

    def said(self) -> list[str]:
        """All that it says, piece by piece in reading order. Only before it is printed."""
        pieces = (block.flowable for block in self.blocks if block.flowable is not None)
        return [said for piece in pieces for said in piece.said()]

    def _heading(self, look: str, level: int, text: str) -> None:
        self._level = level
        element = Element(f"H{level + 1}")
        runs = self.lettering.runs(text)
        block = Block(words(runs, STYLES[look], element), (element,), with_next=True)
        block.heading = (level, "".join(run.text for run in runs))
        self.blocks.append(block)

    def _list(self, look: str, pairs: Iterable[tuple[str, str]], indent: float, above: float) -> None:
        """Names and what they name, a little below what is above."""
        whole, first = Element("L"), len(self.blocks)
        for label, value in pairs:
            self._labelled(whole, look, label, value, indent)
        for block in self.blocks[first : first + 1]:
            block.flowable.spaceBefore = above
        for block in self.blocks[first:][-_TOGETHER:-1]:
            block.with_next = True

    def _labelled(self, whole: Element, look: str, label: str, value: str, indent: float) -> None:
        """A label, and its value line by line."""
        name, item, body = Element("Lbl"), Element("LI"), Element("LBody")
        item.kids.append(name)
        told: Words | None = words(self.lettering.runs(label), STYLES[f"name of a {look}"], name)
        several = list(spaced(look, value)) or [(look, "")]
        for style, line in several:
            element = Element("P") if len(several) > 1 else body
            path = (whole, item, body) if len(several) > 1 else (whole, item)
            said = words(self.lettering.runs(line), STYLES[style], element)
            self.blocks.append(Block(Labelled(told, said, indent), (element,), path))
            told = None

    def _paragraph(self, style: str, text: str, *, with_next: bool = False) -> None:
        element = Element("P")
        said = words(self.lettering.runs(text), STYLES[style], element)
        self.blocks.append(Block(said, (element,), with_next=with_next))

    def _ruled(self, *parts: tuple[str, float, float], with_next: bool = False) -> None:
        made = [
            (left, wide, words(self.lettering.runs(text), STYLES["line"], Element("P")))
            for text, left, wide in parts
        ]
        elements = [said.element for _, _, said in made if said.element]
        self.blocks.append(Block(Ruled(made), elements, with_next=with_next))

    def _key_box(self, one: KeyFigure) -> tuple[KeyBox, Element]:
        name, body = Element("Lbl"), Element("LBody")
        made = []
        for look, text in (("key figure", one.figure), ("key of", one.of), ("key means", one.means)):
            element = Element("P")
            if text:
                body.kids.append(element)
            made.append(words(self.lettering.runs(text), STYLES[look], element))
        figure, of, means = made
        look = STYLES["key figure"]
        wide = stringWidth(self.lettering.line(one.figure), look.fontName, look.fontSize)
        said = words(self.lettering.runs(one.name), STYLES["key name"], name)
        return KeyBox(said, figure, wide, of, means), Element("LI", [name, body])

    def _key_row(self, row: list[tuple[KeyBox, Element]], whole: Element) -> None:
        boxes, items = [box for box, _ in row], [item for _, item in row]
        self.blocks.append(Block(KeyFigures(boxes), items, (whole,)))


def spaced(style: str, text: str) -> Iterable[tuple[str, str]]:
    """The lines of a text with their style; empty ones become a space before the next."""
    gap = ""
    for line in lines(text.strip("\r\n")):
        if line.strip():
            yield style + gap, line
            gap = ""
        elif f"{style} after a gap" in STYLES:
            gap = " after a gap"
