"""Pages that are tagged as they are drawn: the one place that knows the inside of reportlab's canvas.

reportlab draws letters, lines and shapes, and embeds the fonts; it knows nothing of structure. Here each
thing drawn is bracketed with what it is, pages go to the file one by one, and the structure tree,
bookmarks and description go after them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.pdfdoc import format as formatted
from reportlab.pdfgen.canvas import Canvas

from supervise.reports.describing import (
    LANGUAGE,
    Bookmark,
    Description,
    info,
    packet,
    write_bookmarks,
)
from supervise.reports.lettering import REGULAR, printable
from supervise.reports.paper import COLOURS
from supervise.reports.pdf_file import PdfFile, ref, text
from supervise.reports.tags import Element, Mark, Tree

ARTIFACTS = {
    "Layout": "/Artifact <</Type/Layout>> BDC",
    "Header": "/Artifact <</Type/Pagination/Subtype/Header>> BDC",
    "Footer": "/Artifact <</Type/Pagination/Subtype/Footer>> BDC",
    "Watermark": "/Artifact <</Type/Pagination/Subtype/Watermark>> BDC",
    "Pagination": "/Artifact <</Type/Pagination>> BDC",
}
"""What is on a page and not part of what it says, by its kind."""


@dataclass(slots=True)
class Sheet:
    """A page that was drawn: its object, its contents (what is behind comes first), and to which element
    each of its marks belongs."""

    number: int
    contents: list[int] = field(default_factory=list)
    owners: array[int] = field(default_factory=lambda: array("L"))


class _Objects(PDFDocument):  # type: ignore[misc]
    """reportlab's own objects, which are the fonts, numbered along with everything else in the file."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        super().__init__(invariant=1, compression=1)

    @property
    def objectcounter(self) -> int:
        """The highest number given out so far."""
        return self._file.count

    @objectcounter.setter
    def objectcounter(self, count: int) -> None:
        self._file.count = count

    def write(self) -> None:
        """Write all of them; writing one may make more."""
        for font in self.delayedFonts:
            font.addObjects(self)
        written: set[int] = set()
        while waiting := self.numberToId.keys() - written:
            for number in sorted(waiting):
                made = self.idToObject[self.numberToId[number]]
                self._file.put(number, formatted(made, self, toplevel=1), alone=True)
            written |= waiting


class Sheets(Canvas):  # type: ignore[misc]
    """A canvas of A4 pages. What is drawn stands between `begin` and `end`, or `begin_artifact` and `end`."""

    _currentMatrix: tuple[float, float, float, float, float, float]

    def __init__(self, out: BinaryIO) -> None:
        printable()
        super().__init__(None, pagesize=A4, invariant=1, initialFontName=REGULAR)
        self._file = PdfFile(out)
        self._doc = _Objects(self._file)
        self._root, self._resources = self._file.reserve(), self._file.reserve()
        self._bookmarks: list[Bookmark] = []
        self._fills: dict[int, str] = {}
        self._open = False
        self.tree = Tree(self._file)
        self.sheets = [Sheet(self._file.reserve())]
        self.sheet = self.sheets[0]

    def begin(self, element: Element) -> None:
        """What is drawn from now on belongs to that element."""
        owners = self.sheet.owners
        element.number = element.number or self._file.reserve()
        element.kids.append(Mark(self.sheet.number, len(owners)))
        self._bracket(f"/{element.tag} <</MCID {len(owners)}>> BDC")
        owners.append(element.number)

    def begin_artifact(self, kind: str = "Layout") -> None:
        """What is drawn from now on is no part of what the paper says (see `ARTIFACTS`)."""
        self._bracket(ARTIFACTS[kind])

    def end(self) -> None:
        """What was begun is drawn."""
        self._code.append("EMC")
        self._open = False

    def draw_at(self, piece: Any, x: float, y: float) -> None:
        """Draw a flowable with its lower left corner there. reportlab's own way keeps and brings back twenty
        things, most of which are set again by whatever is drawn; this keeps where we are."""
        a, b, c, d, e, f = before = self._currentMatrix
        self._currentMatrix = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)
        self._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
        piece._drawOn(self)
        self._code.append("Q")
        self._currentMatrix = before

    def setFillColor(self, aColor: Any, alpha: Any = None) -> None:
        """Fill with that colour; one that was used before needs no reckoning."""
        code = self._fills.get(id(aColor)) if alpha is None else None
        if code is None:
            super().setFillColor(aColor, alpha)
            if alpha is None and any(aColor is each for each in COLOURS):
                self._fills[id(aColor)] = self._code[-1]
        else:
            self._fillColorObj = aColor
            self._code.append(code)

    def bookmark(self, level: int, words: str, top: float) -> None:
        """Remember a heading of this page, whose upper edge stands so high."""
        self._bookmarks.append(Bookmark(level, words, self.sheet.number, top))

    def turn(self) -> None:
        """Go to a new page."""
        self.close_sheet()
        self.sheet = Sheet(self._file.reserve())
        self.sheets.append(self.sheet)

    def go_back(self, at: int) -> None:
        """Draw on that page once more, behind what is there; `close_sheet` when that is done."""
        self.sheet = self.sheets[at]

    def close_sheet(self) -> None:
        """What was drawn on this page goes to the file."""
        if self._formsinuse or self._extgstate.getState():
            raise ValueError("papers have lines, shapes and letters only: nothing dotted or transparent")
        code = "\n".join(["q", self._preamble, *self._code, "Q"])
        self.sheet.contents.insert(0, self._file.add_stream(code.encode("latin-1")))
        self._restartAccumulators()
        self.init_graphics_state()
        self.state_stack: list[Any] = []

    def finish(self, told: Description) -> None:
        """Write all that comes after the pages. Nothing can be drawn afterwards."""
        file, doc = self._file, self._doc
        for at, sheet in enumerate(self.sheets):
            contents = b" ".join(ref(each) for each in sheet.contents)
            file.put(
                sheet.number,
                b"<</Type/Page/Parent %s/Resources %s/MediaBox[0 0 %.2f %.2f]/Contents[%s]"
                b"/StructParents %d/Tabs/S>>"
                % (ref(self._root), ref(self._resources), *A4, contents, at),
            )
        kids = b" ".join(ref(sheet.number) for sheet in self.sheets)
        file.put(self._root, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.sheets), kids))
        fonts = formatted(doc.Reference(doc.idToObject["BasicFonts"]), doc)
        file.put(self._resources, b"<</Font %s/ProcSet[/PDF/Text]>>" % fonts)
        structure = self.tree.finish([sheet.owners for sheet in self.sheets])
        catalog = self._catalog(structure, told)
        doc.write()
        file.finish(file.add(catalog), file.add(info(told)))

    def _catalog(self, structure: int, told: Description) -> bytes:
        outline = write_bookmarks(self._file, self._bookmarks)
        metadata = self._file.add_stream(packet(told), b"/Type/Metadata/Subtype/XML", packed=False)
        return b"<</Type/Catalog/Pages %s/Lang %s/MarkInfo<</Marked true>>/StructTreeRoot %s%s%s%s>>" % (
            ref(self._root),
            text(LANGUAGE),
            ref(structure),
            b"/Metadata " + ref(metadata),
            b"/ViewerPreferences<</DisplayDocTitle true>>",
            b"/PageMode/UseOutlines/Outlines " + ref(outline) if outline else b"",
        )

    def _bracket(self, operator: str) -> None:
        if self._open:
            raise ValueError("what is drawn is begun twice: end the one before the next")
        self._open = True
        self._code.append(operator)
