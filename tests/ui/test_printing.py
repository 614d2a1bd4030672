"""A PDF on a printer: its pages as they are, only those asked for, and refusals in words."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from supervise.errors import FileTrouble
from supervise.ui.printing import BANDS, print_pdf, printing


def printed_on(path: Path) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def pages() -> bytes:
    """Three pages with their numbers, the second of them wide."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number, size in enumerate((A4, landscape(A4), A4)):
        canvas.setPageSize(size)
        canvas.setFont("Helvetica", 200)
        canvas.drawString(60, 120, str(number + 1))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def dots(pdf: bytes | Path, page: int = 0, scale: float = 1) -> list[bytes]:
    """A page, line by line: how dark each dot is."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page].render(scale=scale, grayscale=True)
    told, stride = bytes(picture.buffer), picture.stride
    document.close()
    return [told[at : at + stride] for at in range(0, len(told), stride)]


def differing(one: list[bytes], other: list[bytes]) -> int:
    """How many dots are light on one and dark on the other."""
    lines = zip(one, other, strict=False)  # the paper is a dot wider or narrower than the page
    return sum(abs(a - b) > 128 for left, right in lines for a, b in zip(left, right, strict=False))


def test_every_page_is_printed_in_its_own_direction_and_counted(
    qapp: QApplication, tmp_path: Path
) -> None:
    steps = list(printing(pages(), printed_on(tmp_path / "paper.pdf")))
    assert steps == [(at, 3 * BANDS) for at in range(3 * BANDS)]
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert [wide > tall for wide, tall in (page.get_size() for page in paper)] == [False, True, False]
    paper.close()


def test_what_stands_on_a_page_stands_in_the_same_place_on_paper(
    qapp: QApplication, tmp_path: Path
) -> None:
    printed, to = pages(), tmp_path / "paper.pdf"
    assert print_pdf(printed, printed_on(to)) == 3
    for page in range(3):
        ink = sum(dot < 128 for line in dots(printed, page) for dot in line)
        assert differing(dots(to, page), dots(printed, page)) < ink / 10


def test_the_bands_of_a_page_join_without_a_line_between_them(
    qapp: QApplication, tmp_path: Path
) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 50, 300, 750, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    for mode in (QPrinter.PrinterMode.ScreenResolution, QPrinter.PrinterMode.HighResolution):
        printer, to = QPrinter(mode), tmp_path / f"{mode.name}.pdf"
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(to))
        print_pdf(out.getvalue(), printer)
        down = [line[500] for line in dots(to, scale=2)]  # black from its first dot to its last
        first = next(at for at, dot in enumerate(down) if dot < 128)
        last = max(at for at, dot in enumerate(down) if dot < 128)
        assert max(down[first + 2 : last - 1]) < 20
        assert last - first == pytest.approx(1500, abs=4)


def test_only_the_pages_asked_for_are_printed(qapp: QApplication, tmp_path: Path) -> None:
    printer = printed_on(tmp_path / "paper.pdf")
    printer.setFromTo(3, 3)
    assert print_pdf(pages(), printer) == 1
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(paper) == 1
    paper.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told_in_words(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="would not take it"):
        print_pdf(pages(), printed_on(tmp_path / "nowhere" / "paper.pdf"))
