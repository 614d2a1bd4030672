"""Paper: its size, its grid, and the scale of type that all papers are set in.

Sizes are points (1/72 inch). Text is 10 on 14; what explains is smaller and grey, what names is bold.
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from supervise.reports.lettering import BOLD, REGULAR, printable

INK, GREY, RULE, SHADE, GHOST, PAPER = (
    HexColor(each) for each in ("#111111", "#4d4d4d", "#8a8a8a", "#dcdcdc", "#efefef", "#ffffff")
)
"""What is said; what is said beside it and still reads well; thin lines; grounds; words behind the text; and
nothing at all."""

COLOURS = (INK, GREY, RULE, SHADE, GHOST, PAPER)
"""All of them."""

PAGE_WIDTH, PAGE_HEIGHT = (float(side) for side in A4)
SIDE, EDGE = 20 * mm, 12 * mm
WIDTH = PAGE_WIDTH - 2 * SIDE
LABEL = 92.0
"""How far the values of facts stand in from their labels."""
GUTTER = 18.0
"""Between two columns."""

ALIGNED = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}


def style(
    size: float, leading: float, before: float = 0, after: float = 0, *, bold: bool = False, **more: Any
) -> ParagraphStyle:
    """A way to set text; lines by themselves at the edge of a page are avoided, long words are broken."""
    printable()
    more = {"textColor": INK} | more
    return ParagraphStyle(
        "", fontName=BOLD if bold else REGULAR, fontSize=size, leading=leading, spaceBefore=before,
        spaceAfter=after, allowWidows=0, allowOrphans=0, splitLongWords=1, **more,
    )  # fmt: skip


STYLES = {
    "title": style(17, 21, 0, 4, bold=True),
    "under": style(10, 14, 0, 12, textColor=GREY),
    "heading 1": style(12, 15, 16, 5, bold=True),
    "heading 2": style(10, 14, 8, 2, bold=True),
    "heading 3": style(10, 14, 6, 1, textColor=GREY),
    "text": style(10, 14),
    "text after a gap": style(10, 14, 7),
    "sentence": style(10, 14, 2, 2),
    "quiet": style(9, 12.5, 1, 3, textColor=GREY),
    "fact": style(10, 14, 1.5, 1.5),
    "fact after a gap": style(10, 14, 7, 1.5),
    "name of a fact": style(10, 14, textColor=GREY),
    "bullet": style(10, 14, 5),
    "under a bullet": style(9, 12.5, textColor=GREY),
    "note": style(8.5, 11.5, 1.5, 1.5, textColor=GREY),
    "name of a note": style(8.5, 11.5, bold=True),
    "name": style(10, 14, 8, 2, bold=True),
    "line": style(8, 11, textColor=GREY),
    "caption": style(9, 12.5, 6, 4, textColor=GREY),
    "head of a table": style(8.5, 11, bold=True),
    "cell": style(9, 12),
    "strong cell": style(9, 12, bold=True),
    "quiet cell": style(8.5, 12, textColor=GREY),
    "key name": style(9, 12, bold=True),
    "key figure": style(22, 26, bold=True),
    "key of": style(9, 12),
    "key means": style(8.5, 11.5, textColor=GREY),
    "group number": style(7, 9, textColor=GREY, alignment=TA_CENTER),
    "group": style(25, 30, bold=True, alignment=TA_CENTER),
    "edge": style(8, 11, textColor=GREY),
    "marking": style(8, 11, bold=True, alignment=TA_RIGHT),
    "practice": style(8, 11, bold=True),
}
"""Every way in which text is set, by what it is."""
