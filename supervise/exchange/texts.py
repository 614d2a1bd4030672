"""Text files from anywhere: which letters the bytes are, which sign stands between cells, and what to do
with a quotation mark too many. A text is never refused for its spelling; what cannot be read stays visible.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from supervise.errors import BadFile
from supervise.exchange.insides import MOST_COLUMNS, MOST_LINES
from supervise.exchange.other_files import ANOTHER
from supervise.exchange.sheets import LONGEST_CELL

_LOOKED_AT = 2**16
_SAMPLE = 500  # records
_MOST_LINES_OF_A_CELL = 100
_HINT = re.compile(r"\"?sep=([^\w\s\"]|\t)\"?\s*", re.IGNORECASE)
_ODD = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_END_OF_DOS = "\x1a"

#: Signs that may stand between cells, with what each is worth; commas also stand in names and numbers.
_SEPARATORS = {"\t": 1.0, ";": 1.0, "|": 1.0, ",": 0.5}


def lines_of_text(name: str, raw: bytes) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """The lines of a text file as (line number from 1, cells), a cell with its line breaks; and the numbers
    of lines whose quotation marks do not fit together, and which are given as they stand.

    BadFile if it is empty, or is no text, or has more lines or columns than a worksheet can.
    """
    lines = list(io.StringIO(decoded(name, raw), newline=""))
    if not any(line.strip() for line in lines):
        raise BadFile(f"{name} is empty.", "Choose a file that holds something.")
    if len(lines) > MOST_LINES:
        raise BadFile(
            f"{name} has more than {MOST_LINES:,} lines.", "Leave out what is not needed, and try again."
        )
    hint = _HINT.fullmatch(lines[0])
    first = 1 if hint else 0
    separator = hint[1] if hint else _separator_of(lines)
    if any(line.count(separator) >= MOST_COLUMNS for line in lines):
        raise BadFile(f"{name} has more than {MOST_COLUMNS:,} columns.", ANOTHER)
    broken: list[int] = []
    return list(_records(lines, first, separator, broken)), broken


def decoded(name: str, raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252; bytes that mean nothing there become U+FFFD.

    BadFile if it is no text.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", "replace")
    elif encoding := _utf_16(raw[:_LOOKED_AT]):
        text = raw.decode(encoding, "replace")
    else:
        text = _decoded_bytes(raw.removeprefix(codecs.BOM_UTF8))
    text = text.rstrip(_END_OF_DOS)
    start = text[:_LOOKED_AT]
    if "\0" in text or len(_ODD.findall(start)) * 100 > len(start):
        raise BadFile(f"{name} is not a spreadsheet, nor a text.", ANOTHER)
    return text


def _utf_16(start: bytes) -> str | None:
    """Which UTF-16 it is, without a mark that says so: most second bytes of plain letters are NUL."""
    pairs = len(start) // 2
    if start[1::2].count(0) * 2 > pairs > start[::2].count(0) * 4:
        return "utf-16-le"
    if start[::2].count(0) * 2 > pairs > start[1::2].count(0) * 4:
        return "utf-16-be"
    return None


def _decoded_bytes(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # Line by line: files that were put together from others may be both.
        return "".join(_decoded_line(line) for line in raw.splitlines(keepends=True))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _separator_of(lines: Sequence[str]) -> str:
    """The sign that makes the most consistent and widest table; a comma, if none makes any."""
    worth = {sign: factor * _table_made_by(sign, lines) for sign, factor in _SEPARATORS.items()}
    best = max(worth, key=lambda sign: worth[sign])
    return best if worth[best] else ","


def _table_made_by(separator: str, lines: Sequence[str]) -> float:
    """How many more columns than one the commonest width has, the less the fewer of the lines have it."""
    records = islice(_records(lines, 0, separator, []), _SAMPLE)
    widths = Counter(len(cells) for _, cells in records if any(map(str.strip, cells)))
    wide = Counter({width: often for width, often in widths.items() if width > 1})
    if not wide:
        return 0.0
    width, often = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (width - 1) * (often / widths.total()) ** 2


class _Supply:
    """Lines for a reader of records, at most so many for one record. `begun` is where the record began."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self._lines = lines
        self.at = self.begun = at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self._lines):
            raise StopIteration
        if self.at - self.begun >= _MOST_LINES_OF_A_CELL:
            raise csv.Error("a quotation mark is missing")
        self.at += 1
        return self._lines[self.at - 1]


def _records(
    lines: Sequence[str], first: int, separator: str, broken: list[int]
) -> Iterator[tuple[int, list[str]]]:
    """Each record from `first` on, with its line. Where quotation marks do not fit together, or a cell
    would go on for very many lines, that one line is taken as it stands, and noted in `broken`."""
    csv.field_size_limit(LONGEST_CELL)
    supply = _Supply(lines, first)
    while supply.at < len(lines):
        reader = csv.reader(supply, delimiter=separator, strict=True, skipinitialspace=True)
        try:
            for cells in reader:
                yield supply.begun + 1, cells
                supply.begun = supply.at
        except csv.Error:
            broken.append(supply.begun + 1)
            yield supply.begun + 1, lines[supply.begun].rstrip("\r\n").split(separator)
            supply.at = supply.begun = supply.begun + 1
