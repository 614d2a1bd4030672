"""The insides of old workbooks, record by record: what no program at hand writes, but files may hold."""

from __future__ import annotations

import struct

import pytest

from supervise.exchange.insides import Damaged
from supervise.exchange.old_books import OLE, Container, Locked, TooOld, insides_of

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
BEGIN, FINISH = (0x809, struct.pack("<HH12x", 0x600, 5)), (0x0A, b"")

Record = tuple[int, bytes]


def book(*sheet: Record, before: tuple[Record, ...] = ()) -> bytes:
    """A workbook stream: what stands before its sheet, and the sheet's records."""
    start = len(_stream(BEGIN, *before, (0x85, bytes(10)), FINISH))
    listed = (0x85, struct.pack("<IHBBH", start, 0, 1, 0, ord("A")))
    return _stream(BEGIN, *before, listed, FINISH) + _stream(BEGIN, *sheet, FINISH)


def _stream(*records: Record) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


def truth(line: int, column: int, value: int, is_error: int) -> Record:
    return 0x205, struct.pack("<HHHBB", line, column, 0, value, is_error)


def formula(line: int, column: int, result: bytes) -> Record:
    return 0x06, struct.pack("<HHH", line, column, 0) + result + bytes(6)


def test_errors_of_cells_and_of_formulas() -> None:
    (inside,) = insides_of(
        book(
            truth(0, 0, 1, 0),
            truth(0, 1, 0x2A, 1),
            formula(1, 0, struct.pack("<d", 2.5)),
            formula(1, 1, bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF])),
            formula(1, 2, bytes([0, 0, 0x07, 0, 0, 0, 0xFF, 0xFF])),
            truth(2, 0, 0x99, 1),
        )
    )
    assert inside.errors == {(1, 1): "#N/A", (2, 1): "#DIV/0!", (3, 0): "#N/A"}
    assert (inside.area, inside.unreckoned) == (9, 0)


def test_several_numbers_in_one_record_and_merged_cells() -> None:
    numbers = struct.pack("<HH6x6xH", 4, 2, 3)
    merged = struct.pack("<9H", 2, 0, 0, 0, 5, 2, 3, 1, 1)
    (inside,) = insides_of(book((0xBD, numbers), (0xE5, merged)))
    assert (inside.area, inside.merged) == (2, [(1, 0, 1, 5), (3, 1, 4, 1)])


def test_the_records_of_a_chart_in_a_sheet_are_not_the_sheets() -> None:
    (inside,) = insides_of(
        book(truth(0, 0, 1, 0), BEGIN, truth(0xFFFF, 9, 1, 0), FINISH, truth(1, 0, 1, 0))
    )
    assert inside.area == 2


def test_nothing_in_a_sheet() -> None:
    assert [inside.area for inside in insides_of(book())] == [0]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (book(before=((0x2F, b"\1\0" + bytes(4)),)), Locked),
        (book((0xD6, bytes(8))), TooOld),
        (book().replace(struct.pack("<H", 0x600), struct.pack("<H", 0x500)), TooOld),
        (book(before=((0xFC, struct.pack("<II", 9, 2**31)),)), Damaged),
        (book((0xFD, bytes(10))), Damaged),
        (book((0x203, bytes(13))), Damaged),
        (book(truth(1, 0, 1, 0), truth(0, 0, 1, 0)), Damaged),
        (book(truth(0, 256, 1, 0)), Damaged),
        (book((0xBD, struct.pack("<HH6xH", 0, 5, 4))), Damaged),
        (book((0x200, struct.pack("<IIHHH", 0, 65537, 0, 9, 0))), Damaged),
        (book((0xE5, struct.pack("<H", 9))), struct.error),
        (book()[:-4], Damaged),
        (book()[:-7], Damaged),
        (_stream(FINISH), Damaged),
        (b"", Damaged),
    ],
    ids=[
        "locked", "text of Excel 95", "Excel 95", "too many texts", "a text that is not there", "too short",
        "out of order", "too far right", "back to front", "too large", "merged beyond the end", "no end",
        "cut short", "no beginning", "nothing",
    ],
)  # fmt: skip
def test_what_is_not_taken(raw: bytes, told: type[Exception]) -> None:
    with pytest.raises(told):
        insides_of(raw)


def container(data: bytes, listed: list[int] | None = None, more: int = 0, small: int = 4) -> bytes:
    """A container with one small stream, “Book”. Sector 0 says that sector 1 says which follows which
    (unless `more` and `listed` say otherwise), 2 names the streams, 3 holds small ones, and 4 (`small`)
    says their order."""
    header = bytearray(OLE.ljust(512, b"\xff"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9I", header, 40, 0, 1, 2, 0, 4096, small, 1, more, 1)
    sectors = [
        _sector(*(listed or [1]), last=END),
        _sector(0xFFFFFFFC, 0xFFFFFFFD, END, END, END),
        _entry("Root Entry", 3, 512) + _entry("Book", 0, len(data)) + bytes(256),
        data.ljust(512, b"\0"),
        _sector(1, 2, 3, 4, 5, 6, 7, END),
    ]
    return bytes(header) + b"".join(sectors)


def _sector(*numbers: int, last: int = FREE) -> bytes:
    return struct.pack("<128I", *numbers, *[FREE] * (127 - len(numbers)), last)


def _entry(name: str, start: int, length: int) -> bytes:
    return name.encode("utf-16-le").ljust(116, b"\0") + struct.pack("<II4x", start, length)


def test_a_small_stream_in_a_container_that_lists_its_order_elsewhere() -> None:
    found = Container(container(b"a small book" * 9))
    assert found.names == {"Root Entry", "Book"}
    assert found.stream("Book") == b"a small book" * 9
    with pytest.raises(KeyError):
        found.stream("Workbook")


@pytest.mark.parametrize(
    "raw",
    [
        container(b"x" * 513)[: 512 * 5],
        container(b"x", listed=[77]),
        container(b"x", more=99),
        container(b"x")[:400],
        container(b"x", small=END)[: 512 * 3 + 200],
        container(b"x").replace(_sector(1, last=END), _sector(1, last=0)),
        container(b"x").replace(b"\xfe\xff\x09\x00", b"\xfe\xff\x0a\x00"),
        container(b"x").replace(_entry("Book", 0, 1), _entry("Book", 0, 600)),
    ],
    ids=[
        "no order of small ones", "an order beyond the end", "a list beyond the end", "a header cut short",
        "names cut short", "a list without an end", "another size", "a stream cut short",
    ],
)  # fmt: skip
def test_a_container_that_leads_nowhere(raw: bytes) -> None:
    with pytest.raises(Damaged):
        Container(raw).stream("Book")
