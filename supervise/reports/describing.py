"""What a file says of itself: title, language, writer and day in two places, and its bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from supervise.reports.pdf_file import PdfFile, ref, text

LANGUAGE = "en-GB"
PRODUCER = "Supervise"


class Description(NamedTuple):
    """The title of a paper, whose it is, how it is to be handled, and when it was made."""

    title: str
    author: str
    subject: str
    at: datetime


class Bookmark(NamedTuple):
    """A heading: how deep it lies (0 is outermost), its words, its page's object, how high it stands there."""

    level: int
    words: str
    page: int
    top: float


def info(told: Description) -> bytes:
    """The dictionary that older programs read."""
    when = f"D:{told.at:%Y%m%d%H%M%S}"
    entries = {
        "Title": told.title, "Author": told.author, "Subject": told.subject, "Creator": PRODUCER,
        "Producer": PRODUCER, "CreationDate": when, "ModDate": when,
    }  # fmt: skip
    return b"<<%s>>" % b"".join(
        b"/%s %s" % (name.encode(), text(said)) for name, said in entries.items()
    )


def packet(told: Description) -> bytes:
    """The same as XMP. It claims no standard."""
    title, author, subject = (escape(each) for each in (told.title, told.author, told.subject))
    when = f"{told.at:%Y-%m-%dT%H:%M:%S}"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


class _Node:
    """A bookmark among the others: places in their list, 0 for none (which is the root's)."""

    __slots__ = ("above", "count", "first", "last", "next", "previous")

    def __init__(self, above: int) -> None:
        self.above, self.count = above, 0
        self.first = self.last = self.next = self.previous = 0


def write_bookmarks(file: PdfFile, bookmarks: Sequence[Bookmark]) -> int | None:
    """Write the tree of bookmarks; the number of its root, or None if there are none."""
    if not bookmarks:
        return None
    nodes = _nodes(bookmarks)
    numbers = [file.reserve() for _ in nodes]
    for place, node in enumerate(nodes):
        told = b"/Type/Outlines"
        if place:
            mark = bookmarks[place - 1]
            told = b"/Title %s/Parent %s" % (text(mark.words), ref(numbers[node.above]))
            told += b"/Dest[%s/XYZ 0 %d null]" % (ref(mark.page), round(mark.top))
        for name in ("previous", "next", "first", "last"):
            if at := getattr(node, name):
                told += b"/%s %s" % (_ENTRIES[name], ref(numbers[at]))
        if node.count:  # the first level is seen at once, what lies deeper is folded in
            told += b"/Count %d" % (-node.count if place else node.count)
        file.put(numbers[place], b"<<%s>>" % told)
    return numbers[0]


_ENTRIES = {"previous": b"Prev", "next": b"Next", "first": b"First", "last": b"Last"}


def _nodes(bookmarks: Sequence[Bookmark]) -> list[_Node]:
    """The root, and a node for each bookmark, which lies in the last one before it that is less deep."""
    nodes, within = [_Node(0)], [(-1, 0)]
    for place, mark in enumerate(bookmarks, 1):
        while within[-1][0] >= mark.level:
            within.pop()
        above, node = nodes[within[-1][1]], _Node(within[-1][1])
        node.previous = above.last
        if above.last:
            nodes[above.last].next = place
        above.first, above.last, above.count = above.first or place, place, above.count + 1
        within.append((mark.level, place))
        nodes.append(node)
    return nodes
