"""What printing is measured against: reportlab's own SimpleDocTemplate with the same text in the same letters,
without head and foot, tags, bookmarks or description.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from bench.measuring import Taken, peak, timed
from bench.papers import EACH, ONE, PRINTED, records, single
from supervise.reports.items import Labelled
from supervise.reports.paper import LABEL, PAGE_HEIGHT, PAGE_WIDTH, SIDE
from supervise.reports.record import tell_record


class Text(NamedTuple):
    """A paragraph as markup, what stands before it, and its style."""

    markup: str
    label: str | None
    style: ParagraphStyle


@cache
def texts(count: int) -> tuple[tuple[Text, ...], ...]:
    """The text of each record, and how it is set. This is not timed."""
    return tuple(
        tuple(_text(block.flowable) for block in tell_record(record, PRINTED.at.toordinal()).blocks)
        for record in records(count)
    )


def _text(piece: object) -> Text:
    if isinstance(piece, Labelled):
        *label, words = piece.said()
        return Text(escape(words), "".join(label) or None, _labelled(piece.body.style))
    said = " ".join(piece.said())  # type: ignore[attr-defined]
    return Text(
        escape(said), None, getattr(piece, "style", None) or ParagraphStyle("", fontName="SuperviseSans")
    )


@cache
def _labelled(style: ParagraphStyle) -> ParagraphStyle:
    return style.clone(
        "", leftIndent=LABEL, bulletFontName=style.fontName, bulletFontSize=style.fontSize
    )


def _build(to: Path, told: Sequence[Sequence[Text]]) -> None:
    story: list[object] = []
    for record in told:
        story += [Paragraph(each.markup, each.style, each.label) for each in record]
        story.append(PageBreak())
    document = SimpleDocTemplate(
        str(to),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=SIDE,
        rightMargin=SIDE,
        topMargin=65,
        bottomMargin=65,
    )
    document.build(story)


def _build_each(folder: Path, told: Sequence[Sequence[Text]]) -> None:
    for at in range(len(told)):
        _build(folder / f"peer-{at}.pdf", told[at : at + 1])


def papers(folder: Path, count: int) -> Taken:
    """The same two as the program's."""
    told = texts(count)
    seconds = {
        ONE: timed(lambda: _build(folder / "peer.pdf", told)),
        EACH: timed(lambda: _build_each(folder, told[: single(count)])),
    }
    return Taken(seconds, peak())
