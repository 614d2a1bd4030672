"""What an .xlsx file holds besides its values, found before its reader (calamine) is let at it.

The reader lays every worksheet out as one rectangle, from its first filled cell to its last: two stray
cells in far corners would take more memory than there is, and end the program. It drops rows that stand
out of order, and gives "" for an error (#N/A) and for a formula without a result as for an empty cell. So
each worksheet is walked first, by a strict XML parser; reading it to its end also checks its checksum.

Shapes as in ECMA-376, part 1, 18.3 (worksheets) and part 2 (relationships).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

Span = tuple[int, int, int, int]
"""First line, first column, last line, last column: lines from 1, columns from 0."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]

MOST_LINES = 2**20
MOST_COLUMNS = 2**14
"""As many as a worksheet of Excel has."""

_AT_ONCE = 2**20
#: Rows and cells that have only looks, of which a sheet may have millions.
_ONLY_LOOKS = re.compile(rb'<(?:c|row) r="[A-Z0-9]+"[^<>]*/>')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
#: Where the reader looks for these; without them it takes dates for numbers, and says nothing.
_FIXED = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedstrings.xml"}
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Damaged(ValueError):
    """A part of a file is not as it has to be."""


@dataclass(slots=True)
class Inside:
    """What a worksheet holds besides its values: the errors in its cells by (line, column), its merged
    cells where its reader does not give them, and how many of its formulas have no result."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    unreckoned: int = 0
    _first: int = 0
    _last: int = 0
    _left: int = MOST_COLUMNS
    _right: int = -1

    def fill(self, line: int, column: int) -> None:
        """Note a filled cell. Damaged if it lies beyond any worksheet, or above the one before it."""
        if not (max(1, self._last) <= line <= MOST_LINES and 0 <= column < MOST_COLUMNS):
            raise Damaged(f"no cell can stand on line {line}, column {column}, here")
        self._first = self._first or line
        self._last = line
        self._left = min(self._left, column)
        self._right = max(self._right, column)

    @property
    def area(self) -> int:
        """How many cells, filled or not, there are from the first filled one to the last."""
        return (self._last - self._first + 1) * (self._right - self._left + 1) if self._last else 0


def letters_of(column: int) -> str:
    """A column's letters, as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def column_of(letters: str) -> int:
    """The column that letters name: A is 0, AA is 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def walk(packed: zipfile.ZipFile, part: str, start: Start | None = None, end: End | None = None) -> None:
    """Read a part of a zip file to its end, as XML, calling `start` with the name (prefix and all) and the
    attributes of each element that begins, and `end` with the name of each that ends.

    KeyError if there is no such part; expat.ExpatError, zipfile.BadZipFile and others if it is not whole.
    """
    parser = parser_of_xml()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, packed, part)


def parser_of_xml() -> expat.XMLParserType:
    """An XML parser that takes no definitions of a file's own, with which a few lines fill all memory."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.buffer_text = True
    return parser


def feed(parser: expat.XMLParserType, packed: zipfile.ZipFile, part: str) -> None:
    """Give a whole part of a zip file to a parser, a little at a time, without a worksheet's rows and cells
    that have only looks. Raises as `walk` does."""
    rest = b""
    with packed.open(part) as file:
        while some := file.read(_AT_ONCE):
            whole, begun, more = some.rpartition(b"<")
            parser.Parse(_ONLY_LOOKS.sub(b"", rest + whole) if begun else rest + some, False)
            rest = begun + more if begun else b""
    parser.Parse(rest, True)


def insides_of(packed: zipfile.ZipFile) -> list[Inside]:
    """What each sheet of an .xlsx file holds, in the workbook's order.

    Damaged, KeyError, expat.ExpatError, zipfile.BadZipFile, zlib.error… if a part that matters is missing
    or not whole.
    """
    named = {part.replace("\\", "/").lower(): part for part in packed.namelist()}
    for name, part in named.items():
        # What stands directly in the workbook's folder is texts and formats; in others it is looks.
        if re.fullmatch(r"xl/[^/]+\.xml", name):
            walk(packed, part)
    return [_SheetWalk().inside_of(packed, named[part]) for part in _sheet_parts(packed, named)]


def _sheet_parts(packed: zipfile.ZipFile, named: dict[str, str]) -> list[str]:
    """The parts (in lower case) that hold a workbook's sheets, in its order."""
    targets: dict[str, str] = {}
    wanted: list[str] = []

    def relation(tag: str, about: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = posixpath.join("/xl", about["Target"].replace("\\", "/"))
            target = targets[about["Id"]] = posixpath.normpath(target)[1:].lower()
            fixed = _FIXED.get(about["Type"].rpartition("/")[2])
            if fixed and not (target == fixed and fixed in named):
                raise Damaged(f"{fixed} is missing")

    def sheet(tag: str, about: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            wanted.extend(said for name, said in about.items() if name.endswith(":id"))

    walk(packed, named[_RELATIONS], relation)
    walk(packed, named[_WORKBOOK], sheet)
    return [targets[id] for id in wanted]


class _SheetWalk:
    """One walk through the XML of a worksheet."""

    def __init__(self) -> None:
        self._inside = Inside()
        self._line = 0
        self._column = -1
        self._kind: str | None = None
        self._is_filled = self._is_formula = False
        self._texts: list[str] = []
        self._columns: dict[str, int] = {}
        self._parser = parser_of_xml()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def inside_of(self, packed: zipfile.ZipFile, part: str) -> Inside:
        """What the worksheet of this part holds. Raises as `insides_of` does."""
        feed(self._parser, packed, part)
        return self._inside

    def _start(self, tag: str, about: dict[str, str]) -> None:
        if ":" in tag:
            tag = _local(tag)
        if tag == "c":
            self._begin_cell(about)
        elif tag in ("v", "is"):
            self._is_filled = True
            self._texts.clear()  # what was heard so far is the formula
        elif tag == "f":
            self._is_formula = True
            self._listen()
        elif tag == "row":
            self._line = int(about.get("r", self._line + 1))
            self._column = -1

    def _begin_cell(self, about: dict[str, str]) -> None:
        self._kind = about.get("t")
        self._is_filled = self._is_formula = False
        if (place := about.get("r")) is None:
            self._column += 1
        else:
            self._line, self._column = self._placed(place)
        if self._kind == "e":
            self._listen()

    def _placed(self, place: str) -> tuple[int, int]:
        found = _PLACE.fullmatch(place)
        if not found:
            raise Damaged(f"there is no cell {place}")
        letters = found[1]
        if letters not in self._columns:
            self._columns[letters] = column_of(letters)
        return int(found[2]), self._columns[letters]

    def _listen(self) -> None:
        """Hear this cell's texts, which of most cells are never needed."""
        self._parser.CharacterDataHandler = self._texts.append

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = _local(tag)
        if tag == "c":
            if self._is_filled:
                self._inside.fill(self._line, self._column)
            if self._parser.CharacterDataHandler is not None:
                self._end_of_listening()
        elif tag == "sheetData":
            # The formulas of rules and charts that follow are no cells'.
            self._parser.StartElementHandler = self._parser.EndElementHandler = None

    def _end_of_listening(self) -> None:
        text = "".join(self._texts).strip() if self._is_filled else ""
        if self._kind == "e" and text:
            self._inside.errors[self._line, self._column] = text
        elif self._is_formula and not text and not (self._is_filled and self._kind == "str"):
            self._inside.unreckoned += 1
        self._texts.clear()
        self._parser.CharacterDataHandler = None


def _local(tag: str) -> str:
    """An element's name without its prefix."""
    return tag.rpartition(":")[2]


def _refuse_definitions(*_said: object) -> None:
    raise Damaged("the XML of a workbook has no definitions of its own")
