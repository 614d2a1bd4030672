"""What an old Excel workbook (.xls) holds besides its values, found before its reader (calamine) is let
at it; and what else the container it comes in may hold.

The reader believes the counts and places that such a file states of itself: one wrong bit can ask for
more memory than there is, and end the program. It gives "" for an error, and lets rows drop that are out
of order. So every chain and record that it will follow is walked here first.

Shapes as in [MS-CFB] 2.2 to 2.6 (the container) and [MS-XLS] 2.1.4, 2.4 (records).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from sys import byteorder

from supervise.exchange.insides import Damaged, Inside

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What every such container begins with."""

_HEADER, _ENTRY, _MINI, _SMALL = 512, 128, 64, 4096
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers say “end”, “free” and so on

_BOF, _EOF, _FORMULA, _SST, _BOUND_SHEET, _LOCK = 0x809, 0x0A, 0x06, 0xFC, 0x85, 0x2F
_DIMENSIONS, _MULTIPLE, _SHARED_TEXT, _TRUTH, _MERGED, _OLD_TEXT = 0x200, 0xBD, 0xFD, 0x205, 0xE5, 0xD6
#: Records that are one cell, with the fewest bytes that each has.
_CELLS = {0x203: 14, 0x204: 9, _TRUTH: 8, 0x27E: 10, _SHARED_TEXT: 10, _FORMULA: 20, _OLD_TEXT: 8}
#: Others that the reader looks into.
_OTHERS = {_BOF: 4, _SST: 8, _BOUND_SHEET: 8, _LOCK: 2, _DIMENSIONS: 14, _MULTIPLE: 12, _MERGED: 2,
           0x22: 2, 0x42: 2, 0x41E: 5, 0xE0: 4, 0x18: 15, 0x17: 2, 0x207: 4}  # fmt: skip
_FEWEST = _CELLS | _OTHERS
_BIFF8 = 0x600
_MOST_COLUMNS = 2**8
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
           0x2A: "#N/A", 0x2B: "#GETTING_DATA"}  # fmt: skip


class Locked(Exception):
    """The workbook is protected with a password."""


class TooOld(Exception):
    """The workbook was written by an Excel before that of 1997."""


class Container:
    """An OLE file: named streams of bytes, each a chain of sectors. Damaged if a chain leads nowhere."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) < _HEADER:
            raise Damaged("the file ends in its header")
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged("there are no sectors of that size")
        self._raw, self._size = raw, 1 << shift
        self._sectors = -(-len(raw) // self._size) - 1
        _dirs, fats, start, _, _, small, smalls, more, mores = struct.unpack_from("<9I", raw, 40)
        if max(_dirs, fats, smalls, mores) > self._sectors:
            raise Damaged("the header counts more sectors than there are")
        self._next = _numbers(b"".join(self._sector(id) for id in self._allocation(more)))
        self._next_small = _numbers(self._chain(small))
        self._entries = dict(self._named(self._chain(start)))
        self._small = self._chain(self._root)

    @property
    def names(self) -> set[str]:
        """The names of its streams and folders."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. KeyError if there is none of that name."""
        start, length = self._entries[name]
        if length >= _SMALL:
            data = self._chain(start)
        else:
            small, ids = self._small, _follow(start, self._next_small)
            data = b"".join(small[id * _MINI : (id + 1) * _MINI] for id in ids)
        if len(data) < length:
            raise Damaged(f"the stream {name} is cut short")
        return data[:length]

    def _sector(self, id: int) -> bytes:
        if id >= self._sectors:
            raise Damaged(f"there is no sector {id}")
        return self._raw[(id + 1) * self._size : (id + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(id) for id in _follow(start, self._next))

    def _allocation(self, more: int) -> Iterator[int]:
        """The sectors that say which follows which: 109 are named in the header, others in a chain."""
        yield from (id for id in _numbers(self._raw[76:_HEADER]) if id <= _LAST_SECTOR)
        for _ in range(self._sectors):
            if more > _LAST_SECTOR:
                return
            *ids, more = _numbers(self._sector(more))
            yield from (id for id in ids if id <= _LAST_SECTOR)
        if more <= _LAST_SECTOR:
            raise Damaged("a chain has no end")

    def _named(self, listed: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        if not listed or len(listed) % _ENTRY:
            raise Damaged("the list of streams is cut short")
        self._root = struct.unpack_from("<I", listed, 116)[0]
        for at in range(0, len(listed), _ENTRY):
            start, length = struct.unpack_from("<II", listed, at + 116)
            name = listed[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
            if name:
                yield name, (start, length)


def _follow(start: int, following: array[int]) -> list[int]:
    """The numbers of a chain's sectors, in order."""
    ids: list[int] = []
    while start <= _LAST_SECTOR:
        if start >= len(following) or len(ids) > len(following):
            raise Damaged("a chain leads nowhere, or has no end")
        ids.append(start)
        start = following[start]
    return ids


def _numbers(data: bytes) -> array[int]:
    numbers = array("I", data[: len(data) // 4 * 4])
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def insides_of(book: bytes) -> list[Inside]:
    """What each sheet of a workbook stream holds, in the workbook's order.

    Locked, TooOld; Damaged or struct.error if it is not whole.
    """
    texts, starts = 0, []
    for kind, data in _records(book, 0):
        if kind == _LOCK and any(data[:2]):
            raise Locked
        if kind == _BOUND_SHEET:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _SST:
            texts = struct.unpack_from("<4xI", data)[0]
            if texts * 3 > len(book):
                raise Damaged("there cannot be that many texts")
    return [_inside_of(book, start, texts) for start in starts]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part that begins here, without those of charts inside it."""
    depth = 0
    while True:
        if at + 4 > len(book):
            raise Damaged("a part has no end")
        kind, length = struct.unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + length]
        at += 4 + length
        if len(data) < max(length, _FEWEST.get(kind, 0)):
            raise Damaged(f"the record {kind:X} is too short")
        if kind == _BOF:
            if not depth and struct.unpack_from("<H", data)[0] != _BIFF8:
                raise TooOld
            depth += 1
        elif not depth:
            raise Damaged("a part begins with something else")
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield kind, data


def _inside_of(book: bytes, start: int, texts: int) -> Inside:
    inside = Inside()
    for kind, data in _records(book, start):
        if kind == _MULTIPLE:
            line, left = struct.unpack_from("<HH", data)
            right = struct.unpack_from("<H", data, len(data) - 2)[0]
            _fill(inside, line, left, right)
        elif kind in _CELLS:
            line, column = struct.unpack_from("<HH", data)
            _fill(inside, line, column, column)
            if error := _error_in(kind, data, texts):
                inside.errors[line + 1, column] = error
        elif kind == _MERGED:
            inside.merged += _spans_in(data)
        elif kind == _DIMENSIONS:
            _check_dimensions(data)
    return inside


def _fill(inside: Inside, line: int, left: int, right: int) -> None:
    if not left <= right < _MOST_COLUMNS:
        raise Damaged(f"no cells stand in columns {left} to {right}")
    inside.fill(line + 1, left)
    inside.fill(line + 1, right)


def _error_in(kind: int, data: bytes, texts: int) -> str | None:
    """The error that a cell shows, if it shows one."""
    if kind == _OLD_TEXT:
        raise TooOld  # a text with letters of several looks, as Excel 95 wrote it, would be left out
    if kind == _SHARED_TEXT and struct.unpack_from("<I", data, 6)[0] >= texts:
        raise Damaged("a cell's text is missing")
    if kind == _TRUTH and data[7]:
        return _ERRORS.get(data[6], "#N/A")
    if kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
        return _ERRORS.get(data[8], "#N/A")
    return None


def _spans_in(data: bytes) -> list[tuple[int, int, int, int]]:
    count = struct.unpack_from("<H", data)[0]
    spans = (struct.unpack_from("<4H", data, 2 + 8 * at) for at in range(count))
    return [(first + 1, left, last + 1, right) for first, last, left, right in spans]


def _check_dimensions(data: bytes) -> None:
    """The reader makes room for as many cells as the sheet says that it has."""
    first, end, left, beyond = struct.unpack_from("<IIHH", data)
    if not (first <= end <= 2**16 and left <= beyond <= _MOST_COLUMNS):
        raise Damaged("no old worksheet is that large")
