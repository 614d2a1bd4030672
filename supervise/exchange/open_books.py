"""OpenDocument spreadsheets (.ods), read here rather than by calamine, which tells neither their merged
cells nor their errors, and lays out a cell that is repeated a million times a million times.

Shapes as in OpenDocument 1.3, part 3: 6.1 (text), 9.1 (tables), 19.368 and following (values).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from supervise.exchange.insides import MOST_COLUMNS, MOST_LINES, Damaged, Span, feed, parser_of_xml, walk

Value = str | float | bool | date | datetime | timedelta | None

_DURATION = re.compile(
    r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d*)?)S)?)?", re.ASCII
)
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d{3}", re.ASCII)
_CELLS = ("table:table-cell", "table:covered-table-cell")
_MARKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_MOST_SPACES = 1000

MANIFEST = "META-INF/manifest.xml"
"""The part that every OpenDocument file has."""


class TooFar(ValueError):
    """A table that has more filled cells than are read."""


@dataclass(slots=True)
class OpenSheet:
    """A table: its filled lines, in order, as (line, cells from column A on), an error of a formula as its
    text; its merged cells; how many of its formulas have no result."""

    name: str
    hidden: bool
    lines: list[tuple[int, list[Value]]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    unreckoned: int = 0


@dataclass(slots=True)
class _Row:
    again: int = 1
    cells: list[Value] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # column, columns, lines


@dataclass(slots=True)
class _Cell:
    about: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)


def is_locked(packed: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file is protected with a password. Raises as `tables_of` does."""
    tags: set[str] = set()
    walk(packed, MANIFEST, lambda tag, _: tags.add(tag.rpartition(":")[2]))
    return "encryption-data" in tags


def is_spreadsheet(packed: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file is one of tables, and no text or drawing."""
    return "mimetype" not in packed.namelist() or b"spreadsheet" in packed.read("mimetype")


def tables_of(packed: zipfile.ZipFile, most_cells: int) -> list[OpenSheet]:
    """The tables of an OpenDocument spreadsheet, in order.

    TooFar if they have more than `most_cells` filled cells (with the gaps between them in a line).
    Damaged, KeyError, ValueError, expat.ExpatError, zipfile.BadZipFile… if the file is not whole.
    """
    reader = _Reader(most_cells)
    feed(reader.parser, packed, "content.xml")
    return reader.tables


class _Reader:
    """One walk through content.xml. Notes, drawings and tables inside a cell are set aside."""

    def __init__(self, most_cells: int) -> None:
        self.tables: list[OpenSheet] = []
        self.parser = parser_of_xml()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._room = most_cells
        self._hidden_styles: set[str | None] = set()
        self._style: str | None = None
        self._aside = 0
        self._line = 1
        self._row = _Row()
        self._cell: _Cell | None = None

    def _start(self, tag: str, about: dict[str, str]) -> None:
        if self._aside or tag in ("table:shapes", "table:tracked-changes"):
            self._aside += 1
        elif self._cell:
            self._start_in_cell(tag, about, self._cell)
        elif tag in _CELLS:
            self._cell = _Cell(about)
        elif tag == "table:table-row":
            self._row = _Row(_count(about, "table:number-rows-repeated"))
        elif tag == "table:table":
            hidden = about.get("table:style-name") in self._hidden_styles
            self.tables.append(OpenSheet(about.get("table:name", ""), hidden))
            self._line = 1
        elif tag == "style:style":
            self._style = about.get("style:name")
        elif tag == "style:table-properties" and about.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_cell(self, tag: str, about: dict[str, str], cell: _Cell) -> None:
        if tag == "text:p":
            cell.paragraphs.append("")
        elif tag in _MARKS:
            self._text(_MARKS[tag] * min(_count(about, "text:c"), _MOST_SPACES))
        elif not tag.startswith("text:"):
            self._aside += 1

    def _text(self, text: str) -> None:
        if self._cell and self._cell.paragraphs and not self._aside:
            self._cell.paragraphs[-1] += text

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._cell and tag in _CELLS:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == "table:table-row" and self.tables:
            self._end_row(self._row, self.tables[-1])

    def _end_cell(self, cell: _Cell) -> None:
        about, row = cell.about, self._row
        text = "\n".join(map(str.strip, cell.paragraphs)).strip()
        value = _value(about, text)
        if "table:formula" in about:
            if about.get("calcext:value-type") == "error" or _ERROR.fullmatch(text):
                value = text or "#N/A"
            elif "office:value-type" not in about and self.tables:
                self.tables[-1].unreckoned += 1
        column, again = len(row.cells), _count(about, "table:number-columns-repeated")
        wide = _count(about, "table:number-columns-spanned")
        tall = _count(about, "table:number-rows-spanned")
        if wide * tall > 1:
            row.spans.append((column, wide, tall))
        if value is not None and column + again > MOST_COLUMNS:
            raise Damaged("a row has more cells than a sheet has columns")
        row.cells += [value] * min(again, MOST_COLUMNS - column)

    def _end_row(self, row: _Row, table: OpenSheet) -> None:
        while row.cells and row.cells[-1] is None:
            row.cells.pop()
        first, self._line = self._line, self._line + row.again
        if self._line > MOST_LINES + 1 and (row.cells or row.spans):
            raise Damaged("a table has more rows than a sheet")
        self._room -= row.again * max(len(row.cells), len(row.spans))
        if self._room < 0:
            raise TooFar(table.name)
        if not row.cells and not row.spans:
            return
        for line in range(first, self._line):
            if row.cells:
                table.lines.append((line, list(row.cells)))
            for column, wide, tall in row.spans:
                table.merged.append((line, column, line + tall - 1, column + wide - 1))


def _count(about: dict[str, str], name: str) -> int:
    """How often something stands, which is once unless it is said. Damaged if it is said of nothing."""
    count = int(about.get(name, 1))
    if count < 1:
        raise Damaged(f"{name} cannot be {count}")
    return count


def _value(about: dict[str, str], text: str) -> Value:
    """What a cell holds; of a day or number that there cannot be, the text shown for it."""
    kind = about.get("office:value-type", "string")
    try:
        if kind == "boolean":
            return about["office:boolean-value"] == "true"
        if kind == "date":
            said = about["office:date-value"]
            return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)
        if kind == "time":
            return _duration(about["office:time-value"])
        if kind in ("float", "percentage", "currency"):
            return float(about["office:value"])
    except ValueError:
        return text or f"({kind})"
    return text or about.get("office:string-value") or None


def _duration(said: str) -> timedelta:
    found = _DURATION.fullmatch(said)
    if not found:
        raise ValueError(f"{said} is no duration")
    sign, days, hours, minutes, seconds = found.groups()
    length = timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=float((seconds or "0").replace(",", ".")),
    )
    return -length if sign else length
