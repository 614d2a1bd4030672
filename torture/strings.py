"""Hostile words through every field: into files and out again, onto paper, into calendars, names and screens."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from supervise import fields
from supervise.doing.papers.listed import PAPERS
from supervise.doing.papers.naming import file_name
from supervise.doing.papers.paper import About
from supervise.fields import Field, Holds, Kind
from tests import making
from tests.making import contents, put, workspace
from torture.found import Came, Found, Say
from torture.words import hostile

SETS = 5
"""Of each kind so many rows are put into a store at once."""

Part = Callable[[Found, Path, int, random.Random], None]


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Put `count` hostile words through each way out of the program but the screen."""
    from torture import paper

    found = Found()
    parts: tuple[tuple[str, Part, int], ...] = (
        ("through every field into files, and back", through_files, count),
        ("answers as CSV, tables as workbooks", through_tables, count),
        ("calendar entries", through_calendars, count),
        ("names of files", through_names, count),
        ("paper", paper.through_paper, count),
    )
    for what, part, times in parts:
        say(f"Hostile words, {times}: {what} …")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        part(found, folder, times, random.Random(f"{seed} {what}"))
    return found.ended()


def _takes_words(field: Field) -> bool:
    own = ("every", "clock", "days", "template", "role", "email")
    return field.holds is Holds.TEXT and not (field.refers or field.words or field.name in own)


def _hostile_row(kind: Kind, n: int, chance: random.Random) -> tuple[making.Row, int]:
    row, filled = making._full_row(kind, n), 0
    for field in filter(_takes_words, kind.fields):
        made = hostile(chance)
        row[field.name] = made if field.prose else made.strip() or "x"
        filled += 1
    return row, filled


def through_files(found: Found, folder: Path, count: int, chance: random.Random) -> None:
    """A store full of them, exported as folder and workbook, and read into another that is the same then."""
    tried, batch = 0, 0
    while tried < count:
        here, rows, filled = workspace(), {}, 0
        for kind in fields.KINDS:
            made = [_hostile_row(kind, n, chance) for n in range(SETS)]
            rows[kind.name], filled = [row for row, _ in made], filled + sum(n for _, n in made)
        for kind in fields.KINDS:
            for row, n in zip(rows[kind.name], range(SETS), strict=True):
                _refer_within(kind, row, n)
        put(here, rows)
        for ending, what in (("", "folders of CSV, and back"), (".xlsx", "workbooks, and back")):
            path = folder / f"{batch}{ending}"
            here.export(path)
            again = workspace()
            again.carry_out(again.plan_import(path))
            wrong = [] if contents(again) == contents(here) else [f"batch {batch} came back otherwise"]
            wrong += _not_text(path) if ending else []
            found.judge(what, wrong)
            found.note(what, _came(wrong), filled - 1)
        tried, batch = tried + filled, batch + 1


def _came(wrong: list[str]) -> Came:
    """What the rest of a batch came to."""
    return Came.LOST if wrong else Came.HARMLESS


def _refer_within(kind: Kind, row: making.Row, n: int) -> None:
    """References to rows of the same batch."""
    for field in kind.fields:
        if field.refers:
            row[field.name] = making._id(fields.BY_NAME[field.refers], n)
        if field.name == "carried_from":
            row[field.name] = None


def _not_text(path: Path) -> list[str]:
    """The cells of a workbook that a spreadsheet would not take for text, a number or a day."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    cells = (cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    return [f"{cell.value!r} is a formula" for cell in cells if cell.data_type not in ("s", "n", "d")]


def through_tables(found: Found, folder: Path, count: int, chance: random.Random) -> None:
    """As the answers and tables that are made for spreadsheets: nothing that they would run."""
    import csv
    import io

    from supervise.cli.tables import as_csv
    from supervise.exchange.tables_out import OutTable, write_tables

    said = [hostile(chance) for _ in range(count)]
    read = [line[0] for line in csv.reader(io.StringIO(as_csv([{"said": each} for each in said])))][1:]
    for each, cell in zip(said, read, strict=True):
        wrong = [f"{cell!r} may be run"] if cell[:1] in tuple("=+-@\t\r") else []
        plain = each.replace("\r\n", "\n").replace("\r", "\n")
        wrong += [f"{each!r} became {cell!r}"] if cell not in (plain, f"'{plain}") else []
        found.judge("answers as CSV", wrong)
    list(write_tables(folder / "a.xlsx", [OutTable("Said", ("Said",), [(each,) for each in said])]))
    wrong = _not_text(folder / "a.xlsx")
    found.judge("tables as workbooks", wrong)
    found.note("tables as workbooks", _came(wrong), count - 1)


def through_calendars(found: Found, _: Path, count: int, chance: random.Random) -> None:
    """As the place of a supervision, which reads back as one line of the same letters, and nothing is added."""
    from icalendar import Calendar

    from supervise.exchange.calendar import event
    from tests.exchange.test_calendar import PLAIN, STAMP

    only = {
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "LOCATION",
        "CLASS",
        "STATUS",
        "TRANSP",
    }
    for _n in range(count):
        said = hostile(chance)
        calendar = Calendar.from_ical(event(replace(PLAIN, place=said, session=said), stamp=STAMP))
        (made,) = calendar.walk("VEVENT")
        wanted = " ".join("".join(one if one.isprintable() else " " for one in said).split())
        wanted = wanted.replace("\\N", "/N")  # as a calendar would read it, that ends a line
        wrong = (
            [] if str(made.get("LOCATION", "")) == wanted else [f"{said!r} became {made['LOCATION']!r}"]
        )
        wrong += [f"{said!r} added {set(made) - only}"] if set(made) - only else []
        found.judge("calendar entries", wrong)


def through_names(found: Found, folder: Path, count: int, chance: random.Random) -> None:
    """As the name of a person in the name of a paper's file, which stays in its folder."""
    here = workspace()
    put(
        here, {"person": [{"id": f"p{n}", "name": hostile(chance).strip() or "x"} for n in range(count)]}
    )
    paper = next(paper for paper in PAPERS if "person" in paper.needs)
    for n in range(count):
        name = file_name(here.here, paper, About(person=f"p{n}"))
        found.judge("names of files", _bad_name(folder, name))
    here.store.close()


def _bad_name(folder: Path, name: str) -> Iterable[str]:
    path = folder / name
    if path.resolve().parent != folder.resolve() or set(name) & set('<>:"/\\|?*'):
        return [f"{name!r} leaves its folder, or cannot stand"]
    path.touch()
    path.unlink()
    return []
