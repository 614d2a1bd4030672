"""What else makes papers: fpdf2 and WeasyPrint, with the text of the same records in the same letters, on pages of
the same size, without head and foot, tags or bookmarks.

WeasyPrint needs Pango of the system; where that is not, it is not measured and the table says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import unescape
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.measuring import Taken, once
from bench.papers import few
from bench.peer_papers import Text, texts
from supervise.places import resource
from supervise.reports.lettering import BOLD
from supervise.reports.paper import LABEL, SIDE

_REGULAR_FILE, _BOLD_FILE = "DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"


def by_fpdf2(folder: Path, count: int) -> Taken:
    """Some records as one paper, by fpdf2."""
    told = texts(few(count))
    return once(lambda: _fpdf2(folder / "fpdf2.pdf", told))


def _fpdf2(to: Path, told: Sequence[Sequence[Text]]) -> None:
    from fpdf import FPDF

    paper = FPDF(unit="pt", format="A4")
    paper.set_margins(SIDE, 65)
    paper.set_auto_page_break(True, 65)
    paper.add_font("supervise", "", resource("fonts", _REGULAR_FILE))
    paper.add_font("supervise", "B", resource("fonts", _BOLD_FILE))
    for record in told:
        paper.add_page()
        for text in record:
            _write(paper, text)
    paper.output(str(to))


def _write(paper: Any, text: Text) -> None:
    style = text.style
    paper.set_font("supervise", "B" if style.fontName == BOLD else "", style.fontSize)
    if text.label:
        paper.cell(LABEL, style.leading, unescape(text.label))
        paper.set_x(SIDE + LABEL)
    paper.multi_cell(0, style.leading, unescape(text.markup), align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(style.spaceAfter)


def weasyprint_lacks() -> str | None:
    """Why WeasyPrint cannot be measured here, or None."""
    try:
        import_module("weasyprint")
    except OSError as trouble:  # Pango is not on this machine
        return str(trouble).splitlines()[0]
    return None


def by_weasyprint(folder: Path, count: int) -> Taken:
    """The same by WeasyPrint."""
    told = texts(few(count))
    return once(lambda: _weasyprint(folder / "weasyprint.pdf", told))


def _weasyprint(to: Path, told: Sequence[Sequence[Text]]) -> None:
    from weasyprint import HTML

    HTML(string="".join(_page(told))).write_pdf(to)


def _page(told: Sequence[Sequence[Text]]) -> Iterator[str]:
    yield "<html lang='en-GB'><style>@page{size:A4;margin:65pt 20mm}section{break-after:page}p{margin:0}"
    for weight, file in (("normal", _REGULAR_FILE), ("bold", _BOLD_FILE)):
        where = Path(str(resource("fonts", file))).as_uri()
        yield f"@font-face{{font-family:supervise;font-weight:{weight};src:url('{where}')}}"
    yield "body{font-family:supervise}</style>"
    for record in told:
        yield "<section>"
        for style, several in groupby(record, key=lambda each: each.style):
            weight = "bold" if style.fontName == BOLD else "normal"
            look = f"font:{weight} {style.fontSize}pt/{style.leading}pt supervise"
            for each in several:
                label = f"<b style='float:left;width:{LABEL}pt'>{each.label}</b>" if each.label else ""
                yield f"<p style='{look}'>{label}{each.markup}</p>"
        yield "</section>"


Peer = Callable[[Path, int], Taken]

PEERS: dict[str, Peer] = {"fpdf2": by_fpdf2, "WeasyPrint": by_weasyprint}
"""Those that papers are measured beside."""
