"""Made-up trackers for measuring, as workbooks: a log, the same with shared texts, and a matrix.

Everything is drawn from the seed: the same seed gives the same cells.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from bench.service import FORENAMES, SURNAMES
from bench.service_plan import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOG, SHARED, MATRIX = "log", "shared", "matrix"
NAMES = (LOG, SHARED, MATRIX)
"""The workbooks of a folder. `SHARED` has the same cells as `LOG`, but each text only once, in a list that
its cells point to: so Excel saves them, while openpyxl writes each text where it stands."""

MONTHS = 24
LOG_TITLES = ("Date", "Worker", "Supervisor", "Type", "Length", "Signed", "Notes")

Value = str | int | date | None
Lines = list[list[Value]]

_A_WORKER = 33  # lines of a log about each worker, more or less
_A_MANAGER = 12  # workers of a manager
_A_MATRIX = 10  # lines of the log for each of the matrix
_YEARS = 3

_KINDS = (*("1:1",) * 6, *("Supervision",) * 3, "Group", "Case supervision", "Ad hoc")
_LENGTHS = (90, 90, 60, 75, 105, 120, "90 mins", "1.5 hrs", "1h 30", "60 min")
_SIGNED = ("Yes", "Yes", "Yes", "Y", "No", None)
_ABOUT = ("Caseload", "New referrals", "Court work", "Leave", "Training", "Recording", "Duty")
_HOW = ("talked through", "looked at together", "left for next time", "agreed", "shared with the team")
_NEXT = ("nothing to do", "plan by the end of the month", "visit first", "read the file again")
_ROLES = ("SW", "Social Worker", "Snr SW", "Senior Social Worker", "NQSW", "FSW", "Personal Adviser")
_REASONS = ("A/L", "sick", "canc – court", "Mat leave", "TM off", "DNA", "annual leave", "duty")

#: Days as people write them, where no column says the year, and where one does.
_WHOLE: Sequence[Callable[[date], str]] = (
    lambda day: f"{day:%d/%m/%Y}", lambda day: f"{day.day}/{day.month}/{day:%y}",
    lambda day: f"{day:%d.%m.%Y}", lambda day: f"{day.day} {day:%b %Y}", lambda day: f"{day:%d-%b-%y}",
    lambda day: f"{day:%a} {day.day} {day:%B %Y}", lambda day: f"{day:%Y-%m-%d}",
)  # fmt: skip
_SHORT: Sequence[Callable[[date], str]] = (
    lambda day: f"{day.day}/{day.month}", lambda day: f"{day.day} {day:%b}", lambda day: f"{day:%d.%m.%y}",
)  # fmt: skip


def path_of(folder: Path, name: str) -> Path:
    """Where a workbook is kept."""
    return folder / f"{name}.xlsx"


def make(folder: Path, rows: int, seed: int) -> None:
    """Write all three workbooks, the logs with so many rows below their titles."""
    _write(path_of(folder, LOG), "Supervision log", log_lines(rows, seed))
    _share_texts(path_of(folder, LOG), path_of(folder, SHARED))
    _write(path_of(folder, MATRIX), "Supervision matrix", matrix_lines(workers_in_matrix(rows), seed))


def workers_in_matrix(rows: int) -> int:
    """How many lines the matrix has where the log has so many: 1,000 for 10,000."""
    return max(rows // _A_MATRIX, 1)


def log_lines(rows: int, seed: int) -> Lines:
    """A log of three years with its titles, a line for each session, in order; every date is of a weekday and
    can be read. 10,000 rows are about 300 people."""
    rng = Random(seed)
    some = rows // _A_WORKER + 1
    people = _people(rng, some + some // _A_MANAGER + 1)
    workers, managers = people[:some], people[some:]
    days = sorted(rng.choices([*_weekdays(END - 365 * _YEARS, END)], k=rows))
    lines: Lines = [list(LOG_TITLES)]
    for day in days:
        at = rng.randrange(some)
        manager = managers[at // _A_MANAGER]
        lines.append(
            [
                _written(rng, day, _WHOLE), workers[at], manager, rng.choice(_KINDS), rng.choice(_LENGTHS),
                rng.choice(_SIGNED), _note(rng) if rng.random() < 0.6 else None,
            ]
        )  # fmt: skip
    return lines


def matrix_lines(workers: int, seed: int) -> Lines:
    """A matrix with its titles: a line for each worker, with the last two years' months."""
    rng = Random(seed)
    firsts = [_first_of(months_ago) for months_ago in range(MONTHS - 1, -1, -1)]
    spans = [
        [*_weekdays(first, after - 1)]
        for first, after in zip(firsts, [*firsts[1:], END + 1], strict=True)
    ]
    titles: list[Value] = ["Name", "Job title", *(f"{date.fromordinal(day):%b-%y}" for day in firsts)]
    lines: Lines = [titles]
    for name in _people(rng, workers):
        lines.append([name, rng.choice(_ROLES), *(_month(rng, days) for days in spans)])
    return lines


def _people(rng: Random, wanted: int) -> list[str]:
    """Names, none twice; those beyond some hundreds have two surnames."""
    single = [f"{name} {surname}" for name, surname in product(FORENAMES, SURNAMES)]
    double = [
        f"{name} {one}-{other}"
        for name, one, other in product(FORENAMES, SURNAMES, SURNAMES)
        if one != other
    ]
    some = min(wanted, len(single))
    return [*rng.sample(single, some), *rng.sample(double, wanted - some)]


def _weekdays(first: int, last: int) -> Iterator[int]:
    return (day for day in range(first, last + 1) if (day - 1) % 7 < 5)


def _first_of(months_ago: int) -> int:
    end = date.fromordinal(END)
    years, month = divmod(end.year * 12 + end.month - 1 - months_ago, 12)
    return date(years, month + 1, 1).toordinal()


def _written(rng: Random, day: int, forms: Sequence[Callable[[date], str]]) -> Value:
    """A day as a real date half of the time, otherwise as text."""
    when = date.fromordinal(day)
    return when if rng.random() < 0.5 else rng.choice(forms)(when)


def _note(rng: Random) -> str:
    return f"{rng.choice(_ABOUT)} {rng.choice(_HOW)}; {rng.choice(_NEXT)}"


def _month(rng: Random, days: Sequence[int]) -> Value:
    """A worker's cell of a month: mostly a day, now and then two, a reason, or nothing."""
    luck = rng.random()
    if luck < 0.2:
        return None
    if luck < 0.3:
        return rng.choice(_REASONS)
    if luck < 0.38:
        one, other = (date.fromordinal(day) for day in sorted(rng.sample(days, 2)))
        return f"{one.day}/{one.month} & {other.day}/{other.month}"
    return _written(rng, rng.choice(days), _SHORT)


def _write(path: Path, title: str, lines: Lines) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for line in lines:
        sheet.append(line)
    book.save(path)


# The list of texts that openpyxl does not write

_SHEET = "xl/worksheets/sheet1.xml"
_TEXTS = "sharedStrings"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

#: How the other parts of a workbook are told of the list: by part, what stands before its last tag.
_MENTIONED = {
    "[Content_Types].xml": f'<Override PartName="/xl/{_TEXTS}.xml" ContentType="{_TYPE}"/>',
    "xl/_rels/workbook.xml.rels": f'<Relationship Id="texts" Type="{_RELATION}" Target="{_TEXTS}.xml"/>',
}


def _share_texts(path: Path, to: Path) -> None:
    """Copy a workbook of one sheet, its texts put into one list."""
    places: dict[str, int] = {}
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.namelist():
            content = given.read(part)
            if part == _SHEET:
                content = _pointing(content, places)
            elif part in _MENTIONED:
                before, last, after = content.rpartition(b"</")
                content = before + _MENTIONED[part].encode() + last + after
            made.writestr(part, content)
        made.writestr(f"xl/{_TEXTS}.xml", _list_of(places))


def _pointing(sheet: bytes, places: dict[str, int]) -> bytes:
    """A sheet whose cells point to their texts, which are put into `places` with their numbers."""
    ElementTree.register_namespace("", _MAIN)
    root = ElementTree.fromstring(sheet)
    for cell in root.iter(f"{{{_MAIN}}}c"):
        if cell.get("t") == "inlineStr":
            text = "".join(cell.itertext())
            for inside in list(cell):
                cell.remove(inside)
            cell.set("t", "s")
            value = ElementTree.SubElement(cell, f"{{{_MAIN}}}v")
            value.text = str(places.setdefault(text, len(places)))
    return _bytes(root)


def _list_of(texts: Iterable[str]) -> bytes:
    root = ElementTree.Element(f"{{{_MAIN}}}sst")
    for text in texts:
        item = ElementTree.SubElement(root, f"{{{_MAIN}}}si")
        ElementTree.SubElement(item, f"{{{_MAIN}}}t").text = text
    return _bytes(root)


def _bytes(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written
