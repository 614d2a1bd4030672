"""A PDF file written from front to back: an object goes to the file as soon as it is known.

Pages and the elements of the structure tree do not wait in memory for the last page, so that a pack of a
thousand records takes no more of it than one. Only where each object begins is kept.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256
from struct import Struct
from typing import BinaryIO

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200
"""Objects that go to the file as one stream."""

_PLACE = Struct(">BIH")
"""Where an object is, as the file's own list says it: of which kind that is, and two numbers."""

_SPECIAL = re.compile(rb"[\\()]")


def ref(number: int) -> bytes:
    """How one object names another."""
    return b"%d 0 R" % number


def text(words: str) -> bytes:
    """A text string, as PDF writes them."""
    if words.isascii() and words.isprintable():
        return b"(%s)" % _SPECIAL.sub(rb"\\\g<0>", words.encode())
    return b"<feff%s>" % words.encode("utf-16-be").hex().encode()


class PdfFile:
    """Numbered objects on their way into `out`. `count` is the highest number given out so far.

    Small objects are gathered and go to the file together and compressed (ISO 32000-1, 7.5.7): the structure
    of a long paper is most of its objects, all much alike.
    """

    def __init__(self, out: BinaryIO) -> None:
        self.count = 0
        self._out, self._at, self._digest = out, 0, sha256()
        self._places = bytearray()
        self._waiting: list[tuple[int, bytes]] = []
        self._write(_HEADER)

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self.count += 1
        return self.count

    def put(self, number: int, body: bytes, *, alone: bool = False) -> None:
        """Write an object; `alone` if it may be a stream, which cannot be gathered with others."""
        if alone:
            self._place(number, 1, self._at)
            self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            return
        self._waiting.append((number, body))
        if len(self._waiting) == _TOGETHER:
            self._put_waiting()

    def add(self, body: bytes) -> int:
        """Write an object that nobody knew of before; its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, content: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        """Write a stream, compressed unless it is to be read as it stands; its number."""
        if packed:
            content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
        head = b"<<%s/Length %d>>" % (entries, len(content))
        number = self.reserve()
        self.put(number, b"%s\nstream\n%s\nendstream" % (head, content), alone=True)
        return number

    def finish(self, root: int, info: int) -> None:
        """Write where everything is. The file's identity is that of its content."""
        self._put_waiting()
        start, identity = self._at, self._digest.hexdigest()[:32].encode()
        self._place(self.count + 1, 1, start)
        self.add_stream(
            bytes(self._places),
            b"/Type/XRef/W[1 4 2]/Size %d/Root %s/Info %s/ID[<%s><%s>]"
            % (self.count + 2, ref(root), ref(info), identity, identity),
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _put_waiting(self) -> None:
        """Write what was gathered as one stream."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        heads, at = [], 0
        for number, body in waiting:
            heads.append(b"%d %d" % (number, at))
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        content = head + b"\n".join(body for _, body in waiting)
        stream = self.add_stream(content, b"/Type/ObjStm/N %d/First %d" % (len(waiting), len(head)))
        for index, (number, _) in enumerate(waiting):
            self._place(number, 2, stream, index)

    def _place(self, number: int, kind: int, where: int, index: int = 0) -> None:
        """Note where an object is: so far into the file (1), or in which stream of objects (2)."""
        missing = (number + 1) * _PLACE.size - len(self._places)
        self._places += bytes(max(missing, 0))
        _PLACE.pack_into(self._places, number * _PLACE.size, kind, where, index)

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)
        self._at += len(content)
