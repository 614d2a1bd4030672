"""A well-tagged paper broken in one way each, and the toy that puts a whole page into one paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Break = Callable[[PdfWriter, Any], None]


def broken(pdf: bytes, how: Break) -> bytes:
    """The paper after it was broken."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    how(writer, writer._root_object)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def elements(root: Any, role: str) -> list[Any]:
    """All elements of one role, in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        if element.get("/S") == role:
            yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            one = kid.get_object()
            if not isinstance(one, int) and "/S" in one:
                yield from walk(one)

    return list(walk(root["/StructTreeRoot"]["/K"].get_object()))


def _first(root: Any, role: str) -> Any:
    return elements(root, role)[0]


def _skip_level(writer: PdfWriter, root: Any) -> None:
    for heading in elements(root, "/H2"):
        heading[NameObject("/S")] = NameObject("/H4")


def _no_parent_tree(writer: PdfWriter, root: Any) -> None:
    del root["/StructTreeRoot"]["/ParentTree"]


def _parents_swapped(writer: PdfWriter, root: Any) -> None:
    listed = root["/StructTreeRoot"]["/ParentTree"]["/Nums"][1].get_object()
    listed[0], listed[1] = listed[1], listed[0]


def _mark_of_nobody(writer: PdfWriter, root: Any) -> None:
    document = root["/StructTreeRoot"]["/K"].get_object()
    del document["/K"][0]


def _mark_of_two(writer: PdfWriter, root: Any) -> None:
    first, second = elements(root, "/P")[:2]
    second[NameObject("/K")] = ArrayObject([first["/K"], second["/K"]])


def _mark_that_is_not_there(writer: PdfWriter, root: Any) -> None:
    _first(root, "/P")[NameObject("/K")] = NumberObject(9999)


def _out_of_order(writer: PdfWriter, root: Any) -> None:
    kids = root["/StructTreeRoot"]["/K"].get_object()["/K"]
    kids[2], kids[-2] = kids[-2], kids[2]


def _painted(content: bytes) -> Break:
    def paint(writer: PdfWriter, root: Any) -> None:
        stream = DecodedStreamObject()
        stream.set_data(content)
        page = writer.pages[0]
        page[NameObject("/Contents")] = ArrayObject([*page["/Contents"], writer._add_object(stream)])

    return paint


def _without(*path: str) -> Break:
    def remove(writer: PdfWriter, root: Any) -> None:
        *way, last = path
        for name in way:
            root = root[name].get_object()
        del root[last]

    return remove


def _of_first(role: str, name: str) -> Break:
    def remove(writer: PdfWriter, root: Any) -> None:
        del _first(root, role)[name]

    return remove


def _short_row(writer: PdfWriter, root: Any) -> None:
    del _first(root, "/TR")["/K"][0]


def _no_heads(writer: PdfWriter, root: Any) -> None:
    for cell in elements(root, "/TH"):
        cell[NameObject("/S")] = NameObject("/TD")


def _no_title(writer: PdfWriter, root: Any) -> None:
    writer.metadata = {"/Producer": "x"}


def _not_marked(writer: PdfWriter, root: Any) -> None:
    root["/MarkInfo"][NameObject("/Marked")] = BooleanObject(False)


def _other_language(writer: PdfWriter, root: Any) -> None:
    root[NameObject("/Lang")] = TextStringObject("de")


def _claim(writer: PdfWriter, root: Any) -> None:
    told = (
        root["/Metadata"]
        .get_data()
        .replace(b"<pdf:Producer>", b"<pdf:Keywords>pdfuaid</pdf:Keywords><pdf:Producer>")
    )
    stream = DecodedStreamObject()
    stream.set_data(told)
    root[NameObject("/Metadata")] = writer._add_object(stream)


def _letters_unknown(writer: PdfWriter, root: Any) -> None:
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop("/ToUnicode")


def _font_outside(writer: PdfWriter, root: Any) -> None:
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object()["/FontDescriptor"].pop("/FontFile2")


def _label_lost(writer: PdfWriter, root: Any) -> None:
    del _first(root, "/LI")["/K"][0]


BROKEN: dict[str, tuple[Break, str]] = {
    "a heading skips a level": (_skip_level, "skips a level"),
    "there is no parent tree": (_no_parent_tree, "has no list of parents"),
    "two parents are swapped": (_parents_swapped, "leads to another element"),
    "an element has left the tree": (_mark_of_nobody, "belongs to no element"),
    "a mark is in two elements": (_mark_of_two, "belongs to two elements"),
    "an element names a mark that is not there": (_mark_that_is_not_there, "has not"),
    "two paragraphs are read in the wrong order": (_out_of_order, "read in order it says"),
    "words lie outside of all marks": (_painted(b"BT /F1+0 9 Tf (x) Tj ET"), "outside of all marks"),
    "a line lies outside of all marks": (_painted(b"0 0 m 9 9 l S"), "outside of all marks"),
    "a mark never ends": (_painted(b"/P <</MCID 999>> BDC"), "does not end"),
    "an artefact lies in a paragraph": (
        _painted(b"/Artifact BMC /Artifact BMC EMC EMC"),
        "inside of another",
    ),
    "the language is another": (_other_language, "language is not said"),
    "the structure is gone": (_without("/StructTreeRoot"), "no structure tree"),
    "the bookmarks are gone": (_without("/Outlines"), "are not its headings"),
    "XMP is gone": (_without("/Metadata"), "no XMP"),
    "the title is not shown": (_without("/ViewerPreferences"), "title is not shown"),
    "it does not say it is tagged": (_not_marked, "does not say that it is tagged"),
    "it has no title": (_no_title, "has no title"),
    "it claims a standard": (_claim, "claims a standard"),
    "a picture has no words": (_of_first("/Figure", "/Alt"), "no words for whoever"),
    "a picture has no place": (_of_first("/Figure", "/A"), "where on the page"),
    "a head has no scope": (_of_first("/TH", "/A"), "what it is the head of"),
    "a row lacks a cell": (_short_row, "has rows of"),
    "a table has no heads": (_no_heads, "no row of heads"),
    "a thing of a list lacks its label": (_label_lost, "not one label and one body"),
    "a font does not name its letters": (_letters_unknown, "does not say which letters"),
    "a font is not in the file": (_font_outside, "not embedded"),
}
"""Ways to break a paper, and some words of what is then found."""


def roles(pdf: bytes) -> list[str]:
    """The roles of all elements below the Document, in reading order."""
    found: list[str] = []

    def walk(element: Any) -> None:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            one = kid.get_object()
            if not isinstance(one, int) and "/S" in one:
                found.append(str(one["/S"])[1:])
                walk(one)

    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    walk(root["/StructTreeRoot"]["/K"].get_object())
    return found
