"""Paper: size, type, what every page carries, and the few kinds of thing that reports are told in.

A report is told to a `Story` (heading, prose, facts, bullets, places to sign), the only place where
reportlab's pieces are made. `printing` sets the story into pages, then draws them: by then the number of
pages is known, so that each page can say which one of how many it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from supervise import wording
from supervise.reports.lettering import BOLD, REGULAR, Lettering, lines, plain

INK, GREY = "#111111", "#4d4d4d"
SIDE, EDGE = 20 * mm, 12 * mm
WIDTH = A4[0] - 2 * SIDE
LABEL = 92.0
"""How far the values of facts stand in from their labels, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a paper says of itself: when and by whom it was printed, the `chain_head` (hexadecimal) of
    the history it was printed from, how it is to be handled, and the service it belongs to."""

    at: datetime
    by: str
    chain_head: str
    marking: str = "OFFICIAL-SENSITIVE"
    service: str | None = None


def _style(
    size: float, leading: float, before: float, after: float, bold: bool = False, **more: Any
) -> Any:
    more = {"textColor": INK, "bulletColor": GREY, "splitLongWords": 1} | more
    return ParagraphStyle(
        "", fontName=BOLD if bold else REGULAR, fontSize=size, leading=leading, spaceBefore=before,
        spaceAfter=after, bulletFontName=REGULAR, bulletFontSize=size, allowWidows=0, allowOrphans=0,
        **more,
    )  # fmt: skip


_STYLES = {
    "title": _style(17, 21, 0, 4, bold=True),
    "under": _style(10, 14, 0, 12, textColor=GREY),
    "heading 1": _style(12, 15, 16, 5, bold=True),
    "heading 2": _style(10, 14, 8, 2, bold=True),
    "text": _style(10, 14, 0, 0),
    "text after a gap": _style(10, 14, 7, 0),
    "sentence": _style(10, 14, 2, 2),
    "quiet": _style(9, 12.5, 1, 3, textColor=GREY),
    "fact": _style(10, 14, 1.5, 1.5, leftIndent=LABEL),
    "fact after a gap": _style(10, 14, 7, 1.5, leftIndent=LABEL),
    "bullet": _style(10, 14, 5, 0, leftIndent=14, bulletIndent=2, bulletColor=INK),
    "edge": _style(8, 11, 0, 0, textColor=GREY),
    "marking": _style(8, 11, 0, 0, bold=True, alignment=2),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a story. `with_next` keeps it on the page of the next one's beginning."""

    flowable: Any
    with_next: bool = False

    def height(self) -> float:
        """How tall it is when set in the width of the page, in points."""
        return float(self.flowable.wrap(WIDTH, A4[1])[1])

    def least(self) -> float:
        """How much of it may stand alone at the foot of a page: three lines of a paragraph."""
        style = getattr(self.flowable, "style", None)
        return min(self.height(), 3 * style.leading) if style else self.height()


class Story:
    """What a report says, from top to bottom. Text given to it is printed as it is, never as markup."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lettering = Lettering()

    def title(self, text: str, under: str) -> None:
        """The name of the paper, and a line under it."""
        self._add("title", text, with_next=True)
        self._add("under", under)

    def heading(self, level: int, text: str) -> None:
        """A heading of level 1 or 2. It never stands alone at the foot of a page."""
        self._add(f"heading {level}", text, with_next=True)

    def prose(self, text: str | None, empty: str = "Nothing written.") -> None:
        """What somebody wrote, with its line breaks; empty lines become a space between paragraphs."""
        if text is None or not text.strip():
            self._add("quiet", empty)
            return
        self._lines("text", text)

    def sentence(self, text: str) -> None:
        """One statement of the paper's own, a little apart from the next."""
        self._add("sentence", text)

    def quiet(self, text: str, with_next: bool = False) -> None:
        """A remark in small grey letters."""
        self._add("quiet", text, with_next=with_next)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Labels (words of the report's own) and values, one pair under the other, of any length."""
        for label, value in pairs:
            self._lines("fact", value, bullet=label)

    def bullet(self, text: str, under: str) -> None:
        """One thing of a list, and a grey line that says more about it."""
        told = "<br/>".join(self.lettering.literal(line) for line in lines(text))
        more = f'<br/><font size="9" color="{GREY}">{self.lettering.literal(under)}</font>'
        self._paragraph("bullet", told + more, bullet="•")

    def signing(self, name: str, remark: str) -> None:
        """A line for somebody to sign on, and one for the date."""
        self._add("heading 2", name, with_next=True)
        if remark:
            self._add("quiet", remark, with_next=True)
        self._ruled("Signature", "Date")

    def writing_line(self, caption: str) -> None:
        """An empty line across the page to write on."""
        self._ruled(caption)

    def _lines(self, style: str, text: str, bullet: str | None = None) -> None:
        """Each line a paragraph of its own; empty ones become a space before the next."""
        gap = ""
        for line in lines(text.strip("\r\n")):
            if line.strip() or bullet:
                self._add(style + gap, line, bullet)
                gap, bullet = "", None
            else:
                gap = " after a gap"

    def _add(self, style: str, text: str, bullet: str | None = None, with_next: bool = False) -> None:
        self._paragraph(style, self.lettering.literal(text), bullet, with_next)

    def _paragraph(
        self, style: str, markup: str, bullet: str | None = None, with_next: bool = False
    ) -> None:
        paragraph = Paragraph(markup, _STYLES[style], bulletText=bullet)
        self.blocks.append(Block(paragraph, with_next))

    def _ruled(self, wide: str, narrow: str | None = None) -> None:
        look = [
            ("FONT", (0, 0), (-1, -1), REGULAR, 8), ("TEXTCOLOR", (0, 0), (-1, -1), GREY),
            ("LINEABOVE", (0, 0), (0, 0), 0.6, INK), ("LINEABOVE", (2, 0), (2, 0), 0.6, INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 2),
        ]  # fmt: skip
        row, widths = ([wide, "", narrow], [300, 20, WIDTH - 320]) if narrow else ([wide], [WIDTH])
        self.blocks.append(Block(Table([row], widths, style=look, spaceBefore=28, spaceAfter=10)))


class Pages:
    """Blocks set one under the other, page by page: `sheets` holds (flowable, height of its foot)."""

    def __init__(self, foot: float, top: float) -> None:
        self.sheets: list[list[tuple[Any, float]]] = [[]]
        self._foot, self._top = foot, top
        self._at, self._space_after = top, 0.0

    def place(self, blocks: Sequence[Block], index: int) -> Iterator[None]:
        """Set the block at that index, over as many pages as it takes; yields after each."""
        rest: Any = blocks[index].flowable
        wanted = _wanted_after(blocks, index)
        while rest is not None:
            rest = self._place(rest, wanted)
            yield

    def _place(self, flowable: Any, wanted: float) -> Any | None:
        """Set what there is room for, if `wanted` points are left below it; give back what is left."""
        fresh = not self.sheets[-1]
        space = 0.0 if fresh else max(self._space_after, flowable.getSpaceBefore())
        room = self._at - space - self._foot
        _, height = flowable.wrap(WIDTH, room)
        parts = flowable.split(WIDTH, room) if height > room and (fresh or not wanted) else []
        here, rest = parts if len(parts) == 2 else (None, flowable)
        if height + wanted <= room or (fresh and here is None):
            self._put(flowable, space, height)
            return None
        if here is not None:
            self._put(here, space, here.wrap(WIDTH, room)[1])
        self.sheets.append([])
        self._at, self._space_after = self._top, 0.0
        return rest

    def _put(self, flowable: Any, space: float, height: float) -> None:
        self._at -= space + height
        self._space_after = flowable.getSpaceAfter()
        self.sheets[-1].append((flowable, self._at))


def _wanted_after(blocks: Sequence[Block], index: int) -> float:
    """How much room below a block belongs with it: those it is kept with, and the last one's start."""
    wanted = 0.0
    while blocks[index].with_next and index + 1 < len(blocks):
        this, after = blocks[index : index + 2]
        index += 1
        wanted += max(this.flowable.getSpaceAfter(), after.flowable.getSpaceBefore())
        wanted += after.height() if after.with_next else after.least()
    return wanted


class Edges:
    """What stands at the head and foot of every page of one paper."""

    def __init__(self, name: str, printed: Printed) -> None:
        left = f"{_cut(printed.service or 'Supervise')} · {_cut(name)}"
        foot = (
            f"Printed {wording.moment(printed.at)} by {_cut(printed.by)}"
            f" · History code {printed.chain_head[:16]}"
        )
        self._head, self._marking = _edge("edge", left), _edge("marking", _cut(printed.marking))
        self._printed = _edge("edge", foot)
        head = max(self._head.wrap(0.68 * WIDTH, 0)[1], self._marking.wrap(0.3 * WIDTH, 0)[1])
        self.foot = EDGE + float(self._printed.wrap(WIDTH - 80, 0)[1]) + 16
        self.top = A4[1] - EDGE - float(head) - 20

    def draw(self, canvas: Any, page: int, pages: int) -> None:
        """Draw them on the page that the canvas is at."""
        top = A4[1] - EDGE
        self._head.drawOn(canvas, SIDE, top - self._head.height)
        self._marking.drawOn(canvas, SIDE + 0.7 * WIDTH, top - self._marking.height)
        self._printed.drawOn(canvas, SIDE, EDGE)
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(GREY)
        first_line = EDGE + self._printed.height - 8
        canvas.drawRightString(SIDE + WIDTH, first_line, f"Page {page} of {pages}")


def _edge(style: str, text: str) -> Any:
    return Paragraph(Lettering().literal(text), _STYLES[style])


def _cut(text: str, most: int = 300) -> str:
    """The text, or its beginning: the page belongs to what the paper says, not to its edges."""
    return text if len(text) <= most else text[: most - 1] + "…"


def printing(story: Story, name: str, printed: Printed, out: BinaryIO) -> Iterator[tuple[int, int]]:
    """Set and draw a story as a PDF into `out`; yields (steps done, steps in all).

    `name` is what the paper is called, in its metadata and at the head of each page. The same story
    and `printed` make the same bytes.
    """
    edges = Edges(name, printed)
    pages = Pages(edges.foot, edges.top)
    steps = 2 * len(story.blocks)
    for index in range(len(story.blocks)):
        for _ in pages.place(story.blocks, index):
            yield index, steps
    canvas = _canvas(name, printed, out)
    for number, sheet in enumerate(pages.sheets, 1):
        edges.draw(canvas, number, len(pages.sheets))
        for flowable, foot in sheet:
            flowable.drawOn(canvas, SIDE, foot)
        canvas.showPage()
        yield len(story.blocks) * (len(pages.sheets) + number) // len(pages.sheets), steps
    canvas.save()


def _canvas(name: str, printed: Printed, out: BinaryIO) -> Any:
    """An empty PDF that says what it is; its dates are those of `printed`, not of a clock."""
    canvas = Canvas(out, pagesize=A4, invariant=1, lang="en-GB", initialFontName=REGULAR)
    canvas.setTitle(plain(name))
    canvas.setAuthor(plain(printed.by))
    canvas.setSubject(plain(printed.marking))
    canvas.setCreator("Supervise")
    canvas.setDateFormatter(lambda *_: f"D:{printed.at:%Y%m%d%H%M%S}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
