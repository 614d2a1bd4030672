"""Whether a PDF is tagged as its story says: everything that can be found out by a program that sees the file
only. `faults` tells in sentences what is wrong; an empty list is a paper that is tagged and checked for this.

It stands on pypdf alone and shares no code with the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import BooleanObject

from tests.reports.reading_marks import PageMarks, marks_of

_XMP = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
}
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_KIDS = {
    "/L": {"/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/Table": {"/TR", "/Caption"}, "/TR": {"/TH", "/TD"},
}  # fmt: skip


def faults(pdf: bytes, said: Sequence[str] | None = None) -> list[str]:
    """What is wrong with the tags of a paper. `said` is all that it says, piece by piece in reading order; the
    spaces between words do not count."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    found = list(_of_the_file(reader, root))
    pages = [marks_of(page) for page in reader.pages]
    found += [f"page {at}: {fault}" for at, page in enumerate(pages, 1) for fault in page.faults]
    if "/StructTreeRoot" not in root:
        return [*found, "there is no structure tree"]
    tree = _Tree(reader, root["/StructTreeRoot"], pages)
    found += [
        *tree.faults,
        *tree.of_the_marks(),
        *tree.of_the_headings(),
        *_of_the_bookmarks(reader, tree),
    ]
    if said is not None and _close(tree.words) != _close(said):
        found.append(_difference(_close(tree.words), _close(said)))
    return found


class _Tree:
    """The elements in reading order, and which marks each owns."""

    def __init__(self, reader: PdfReader, root: Any, pages: Sequence[PageMarks]) -> None:
        self._pages = pages
        self._numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}  # type: ignore[union-attr]
        self._reader = reader
        self._parents = _number_tree(root.get("/ParentTree"))
        self.faults: list[str] = []
        self.words: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self._owners: dict[tuple[int, int], int] = {}
        top = _kids(root)
        if [kid.get_object().get("/S") for kid in top] != ["/Document"]:
            self.faults.append("the tree does not begin with one Document")
        for kid in top:
            self._walk(kid, getattr(root, "indirect_reference", None))

    def _walk(self, reference: Any, parent: Any, silent: bool = False) -> str:
        """Read an element and all below it; its words."""
        element, number = reference.get_object(), reference.idnum
        role = str(element.get("/S"))
        above = element.raw_get("/P")
        if parent is not None and above.idnum != parent.idnum:
            self.faults.append(f"{role} {number} names another parent than the one it lies in")
        instead = element.get("/ActualText") or element.get("/Alt")
        if role in _HEADINGS:
            self.headings.append((_HEADINGS[role], ""))
            place = len(self.headings) - 1
        words = []
        for kid in _kids(element):
            if isinstance(kid, int) or kid.get_object().get("/Type") == "/MCR":
                words.append(self._mark(kid, element, number, role))
                if not silent and instead is None:
                    self.words.append(words[-1])
            else:
                words.append(self._walk(kid, reference, silent or instead is not None))
        self.faults += [f"{role} {number}: {fault}" for fault in self._of_one(element, role, words)]
        if instead is not None and not silent:
            self.words.append(str(instead))
        text = str(instead) if instead is not None else " ".join(words)
        if role in _HEADINGS:
            self.headings[place] = (_HEADINGS[role], text)
        return text

    def _mark(self, kid: Any, element: Any, number: int, role: str) -> str:
        """The words of one mark of an element."""
        kid = kid if isinstance(kid, int) else kid.get_object()
        at = kid if isinstance(kid, int) else kid["/MCID"]
        page = self._numbers[(element if isinstance(kid, int) else kid).raw_get("/Pg").idnum]
        if (page, at) in self._owners:
            self.faults.append(f"mark {at} of page {page + 1} belongs to two elements")
        self._owners[page, at] = number
        mark = self._pages[page].marks.get(at)
        if mark is None:
            self.faults.append(f"{role} {number} has a mark {at} that page {page + 1} has not")
            return ""
        if mark.tag != role:
            self.faults.append(f"mark {at} of page {page + 1} is a {mark.tag}, its element a {role}")
        return mark.words

    def of_the_marks(self) -> Iterator[str]:
        """Every mark of a page leads to one element, and the page's list leads there too."""
        keys = [page.get("/StructParents") for page in self._reader.pages]
        if len(set(keys)) != len(keys):
            yield "two pages share their list of parents"
        for at, (page, key) in enumerate(zip(self._pages, keys, strict=True)):
            listed = self._parents.get(key)
            if listed is None:
                yield f"page {at + 1} has no list of parents"
                continue
            if len(listed) != len(page.marks):
                yield f"page {at + 1} has {len(page.marks)} marks and {len(listed)} parents"
            for number in page.marks:
                owner = self._owners.get((at, number))
                if owner is None:
                    yield f"mark {number} of page {at + 1} belongs to no element"
                elif number >= len(listed) or listed[number].idnum != owner:
                    yield f"mark {number} of page {at + 1} leads to another element than the one that has it"

    def of_the_headings(self) -> Iterator[str]:
        """The first is of level 1, and none skips a level; each says something."""
        level = 0
        if not self.headings:
            yield "there is no heading"
        for deep, words in self.headings:
            if deep > level + 1:
                yield f"the heading “{words}” skips a level"
            if not words.strip():
                yield f"a heading of level {deep} is empty"
            level = deep

    def _of_one(self, element: Any, role: str, words: Sequence[str]) -> Iterator[str]:
        kids = [kid.get_object() for kid in _kids(element) if not isinstance(kid, int)]
        roles = [str(kid.get("/S")) for kid in kids if kid.get("/Type") != "/MCR"]
        if role in _KIDS and (wrong := set(roles) - _KIDS[role]):
            yield f"has {', '.join(sorted(wrong))} in it"
        if role in _KIDS and not roles:
            yield "has nothing in it"
        if role == "/LI" and roles != ["/Lbl", "/LBody"]:
            yield "is not one label and one body"
        if role == "/Table":
            yield from _of_a_table(kids)
        if role == "/TH" and _attributes(element).get("/Scope") not in ("/Column", "/Row"):
            yield "does not say what it is the head of"
        if role == "/Figure":
            if not str(element.get("/Alt", "")).strip():
                yield "has no words for whoever does not see it"
            box = _attributes(element).get("/BBox", (0, 0, 0, 0))
            if not (0 <= box[0] < box[2] <= 596 and 0 <= box[1] < box[3] <= 842):
                yield "does not say where on the page it is"
        if role in ("/P", "/Lbl", "/Caption") and not any(each.strip() for each in words):
            yield "is empty"


def _of_a_table(kids: Sequence[Any]) -> Iterator[str]:
    rows = [[cell.get_object() for cell in _kids(kid)] for kid in kids if kid.get("/S") == "/TR"]
    if len({len(row) for row in rows}) != 1:
        yield f"has rows of {sorted({len(row) for row in rows})} cells"
    if rows and any(cell.get("/S") != "/TH" for cell in rows[0]):
        yield "has no row of heads"


def _of_the_file(reader: PdfReader, root: Any) -> Iterator[str]:
    if root.get("/Lang") != "en-GB":
        yield "its language is not said"
    if root.get("/MarkInfo", {}).get("/Marked") != BooleanObject(True):
        yield "it does not say that it is tagged"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") != BooleanObject(True):
        yield "its title is not shown"
    title = reader.metadata.title if reader.metadata else None
    if not title:
        yield "it has no title"
    if any(page.get("/Tabs") != "/S" for page in reader.pages):
        yield "the keyboard does not follow its structure"
    yield from _of_the_packet(root, title)


def _of_the_packet(root: Any, title: str | None) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "it has no XMP"
        return
    stream = root["/Metadata"].get_data()
    if b"pdfuaid" in stream or b"PDF/UA" in stream:
        yield "it claims a standard"
    told = {
        name: "".join(
            each.strip() for node in ElementTree.fromstring(stream).iter(tag) for each in node.itertext()
        )
        for name, tag in _XMP.items()
    }
    if told["title"] != title:
        yield f"XMP calls it {told['title']!r}, the file {title!r}"
    if told["language"] != "en-GB" or not told["producer"]:
        yield "XMP does not say its language or what made it"


def _of_the_bookmarks(reader: PdfReader, tree: _Tree) -> Iterator[str]:
    """They are the headings, in order and as deep."""
    told: list[tuple[int, str]] = []

    def walk(entries: Sequence[Any], deep: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, deep + 1)
            else:
                told.append((deep, entry.title))
                assert reader.get_destination_page_number(entry) is not None

    walk(reader.outline, 1)
    if [(deep, _close([words])) for deep, words in told] != [
        (deep, _close([words])) for deep, words in tree.headings
    ]:
        yield f"its bookmarks {told} are not its headings {tree.headings}"


def _kids(element: Any) -> list[Any]:
    """The kids as they are named: references, or the numbers of marks."""
    if "/K" not in element:
        return []
    raw = element.raw_get("/K")
    if not isinstance(raw, int) and isinstance(raw.get_object(), list):
        raw = raw.get_object()
        return list(raw)
    return [raw]


def _attributes(element: Any) -> Any:
    return element.get("/A", {})


def _number_tree(node: Any) -> dict[int, Any]:
    if node is None:
        return {}
    nums = node.get("/Nums", [])
    found = {int(nums[at]): nums[at + 1].get_object() for at in range(0, len(nums), 2)}
    for kid in node.get("/Kids", []):
        found |= _number_tree(kid.get_object())
    return found


def _close(words: Sequence[str]) -> str:
    """The letters without what is between them, nor the hyphens at which a word may end its line."""
    return "".join("".join(words).replace("\u00ad", "").split())


def _difference(read: str, said: str) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(read, said, strict=False)) if a != b),
        min(len(read), len(said)),
    )
    return f"read in order it says …{read[max(0, at - 30) : at + 40]!r}, not …{said[max(0, at - 30) : at + 40]!r}"
