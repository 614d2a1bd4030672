"""The structure tree of a tagged PDF: what each piece of a page is, in the order in which it is read.

An `Element` is a heading, a paragraph, a list, a table, a figure … Its kids are other elements and the
marks of content on pages (ISO 32000-1, 14.7). It is written to the file when nothing more can join it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from supervise.reports.pdf_file import PdfFile, ref, text


class Mark(NamedTuple):
    """Marked content: the number of the page's object, and which of that page's marks it is."""

    page: int
    at: int


class Element:
    """One element. `tag` is a standard structure type; `entries` are further entries of its dictionary, as
    PDF writes them; `number` is that of its object, from when it is known to a page; `spoken` is what is read
    out in the place of its letters."""

    __slots__ = ("entries", "kids", "number", "spoken", "tag")

    def __init__(self, tag: str, kids: Sequence[Element] = (), entries: bytes = b"") -> None:
        self.tag = tag
        self.kids: list[Element | Mark] = list(kids)
        self.entries = entries
        self.number = 0
        self.spoken = ""


def header_cell(scope: str) -> Element:
    """A cell that names its "Column" or its "Row"."""
    return Element("TH", entries=b"/A<</O/Table/Scope/%s>>" % scope.encode())


def spoken(element: Element, words: str) -> Element:
    """The element, read out with these words in the place of its letters."""
    element.entries += b"/ActualText" + text(words)
    element.spoken = words
    return element


def figure(alt: str) -> Element:
    """A picture, with the words for whoever does not see it. ValueError if there are none."""
    if not alt.strip():
        raise ValueError("a figure needs words for whoever does not see it")
    made = Element("Figure", entries=b"/Alt" + text(alt))
    made.spoken = alt
    return made


class Tree:
    """The tree on its way into a file, from the first element to the last.

    `enter` says inside of which elements things are added from now on; those that are left are written.
    """

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._root, self._document = file.reserve(), file.reserve()
        self._kids: list[int] = []
        self._within: list[Element] = []

    def enter(self, path: Sequence[Element]) -> None:
        """Be inside of these elements, outermost first; those which that leaves are whole."""
        shared = 0
        for here, there in zip(self._within, path, strict=False):
            if here is not there:
                break
            shared += 1
        while len(self._within) > shared:
            self._close()
        self._within += path[shared:]

    def add(self, element: Element) -> None:
        """Add an element, with all that belongs to it, where we are. A paragraph without a letter is none."""
        if element.tag == "P" and not element.kids:
            return
        if self._within:
            self._within[-1].kids.append(element)
        else:
            self._kids.append(self._write(element, self._document))

    def finish(self, owners: Sequence[Sequence[int]]) -> int:
        """Write what is left; the number of the root. `owners` are, for each page, the numbers of the
        elements to which its marks belong, in the order of the marks."""
        self.enter(())
        each = [self._file.add(b"[%s]" % _refs(page)) for page in owners]
        parents = b" ".join(b"%d %s" % (at, ref(number)) for at, number in enumerate(each))
        found = self._file.add(b"<</Nums[%s]>>" % parents)
        kids = _refs(self._kids)
        self._file.put(
            self._document,
            b"<</Type/StructElem/S/Document/P %s/K[%s]>>" % (ref(self._root), kids),
        )
        self._file.put(
            self._root,
            b"<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d>>"
            % (ref(self._document), ref(found), len(each)),
        )
        return self._root

    def _close(self) -> None:
        element = self._within.pop()
        self.add(element)

    def _write(self, element: Element, parent: int) -> int:
        """Write an element and all below it; its number."""
        number = element.number = element.number or self._file.reserve()
        page, kids = 0, []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(ref(self._write(kid, number)))
            elif kid.page == (page := page or kid.page):
                kids.append(b"%d" % kid.at)
            else:
                kids.append(b"<</Type/MCR/Pg %s/MCID %d>>" % (ref(kid.page), kid.at))
        on_page = b"/Pg " + ref(page) if page else b""
        below = b"/K[%s]" % b" ".join(kids) if len(kids) > 1 else b"".join(b"/K " + kid for kid in kids)
        self._file.put(
            number,
            b"<</Type/StructElem/S/%s/P %s%s%s%s>>"
            % (element.tag.encode(), ref(parent), on_page, element.entries, below),
        )
        return number


def _refs(numbers: Sequence[int]) -> bytes:
    return b" ".join(ref(number) for number in numbers)
