"""Files made by hypothesis, brought in: never a traceback, and of each line something is stored or said."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Container, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from supervise.errors import SuperviseError
from supervise.exchange.cells import escaped
from supervise.exchange.plan import Plan
from supervise.exchange.tracker.names import key_of, named
from supervise.workspace import Workspace
from tests.making import workspace, write_csv
from torture.files_made import LOG, Grid, Table, tables, trackers
from torture.found import Came, Found, Say

_DATE = re.compile(r"\d\d/\d\d/\d{4}")


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Bring in `count` files, of four kinds."""
    found = Found()
    kinds: Sequence[tuple[str, Any, Callable[[Path, Any], Path], Callable[[Any, Plan], list[str]]]] = (
        ("interchange folders", tables(), _folder, _unsaid_rows),
        ("interchange workbooks", tables(), _workbook, _unsaid_rows),
        ("trackers as CSV", trackers(), _csv, _unsaid_lines),
        ("trackers as workbooks", trackers(), _sheet, _unsaid_lines),
    )
    for n, (what, made, write, unsaid) in enumerate(kinds):
        times = count // len(kinds) + (n < count % len(kinds))
        say(f"Bringing in {times} times: {what} …")

        _often(partial(_one, found, folder, what, write, unsaid), made, times, seed)
    return found.ended()


def _one(found: Found, folder: Path, what: str, write: Any, unsaid: Any, content: Any) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bring_in(found, what, write(folder, content), partial(unsaid, content))


def _often(one: Callable[[Any], None], made: Any, times: int, start: int) -> None:
    """Give it so many files."""
    each = settings(
        max_examples=times, database=None, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip

    @given(made)
    def given_one(content: Any) -> None:
        one(content)

    seed(start)(each(given_one))()


def bring_in(found: Found, what: str, path: Path, unsaid: Callable[[Plan], list[str]]) -> None:
    """Plan, look at what is told, and carry it out without the rows that are refused."""
    here = workspace()
    with here.store:
        try:
            plan = here.plan_import(path)
        except SuperviseError as error:
            found.judge(what, [] if error.sentence else ["refused without a word"], Came.DETECTED)
            return
        wrong, told = unsaid(plan), [str(problem) for problem in plan.problems]
        try:
            here.carry_out(plan, skip_bad_rows=True)
        except SuperviseError as error:
            told.append(error.sentence)
        else:
            wrong += _not_stored(here, plan)
        found.judge(what, wrong, Came.DETECTED if told else Came.HARMLESS)


def _not_stored(here: Workspace, plan: Plan) -> list[str]:
    """The rows of a plan that are not in the store as planned."""
    for kind, rows in plan.rows.items():
        stored = sorted(map(_said, here.store.rows(kind)))
        if stored != sorted(map(_said, rows)):
            return [f"{kind}: {len(rows)} rows were planned, {len(stored)} are stored, or they differ"]
    return []


def _said(row: Any) -> str:
    return repr(
        sorted((name, value) for name, value in row.items() if value is not None and name != "id")
    )


def _unsaid_rows(content: list[Table], plan: Plan) -> list[str]:
    """The rows of tables of which nothing is planned and nothing said, and words that changed on the way."""
    wrong = []
    for table in content:
        file_told = [str(problem) for problem in plan.problems if table.kind.sheet in problem.place.file]
        lines = [line for line in table.lines if any(cell.strip() for cell in line)]
        refused = {each.place.line for each in plan.problems if table.kind.sheet in each.place.file}
        planned = plan.rows.get(table.kind.name, [])
        if len(planned) + len(refused) < len(lines) and not refused & {0, 1}:
            wrong.append(f"{table.kind.sheet}: {len(lines)} lines, {len(planned)} planned, {file_told}")
        wrong += _altered(table, planned, refused)
    return wrong


def _altered(table: Table, planned: Sequence[Any], refused: set[int]) -> list[str]:
    """Prose that is planned otherwise than it was written; blanks at its ends and line ends may go."""
    if refused or len(planned) != len(table.lines):
        return []
    prose = [field.name for field in table.kind.fields if field.prose and field.name in table.titles]
    return [
        f"{table.kind.sheet}: {cell!r} became {row.get(name)!r}"
        for line, row in zip(table.lines, planned, strict=True)
        for name in prose
        if _letters(cell := line[table.titles.index(name)]) != _letters(row.get(name) or "")
    ]


def _letters(text: str) -> str:
    return "".join(text.split())


def _unsaid_lines(content: Grid, plan: Plan) -> list[str]:
    """The lines of a tracker that name somebody, or have a date, of which nothing was taken and nothing said."""
    it = plan.tracker
    if it is None or not it.workers:
        return [] if _said_something(plan) else ["nothing was taken of a tracker, and nothing said"]
    told: Iterable[Any] = (
        *it.workers.values(), *it.sessions, *it.reasons, *it.offers, *it.readings, *it.problems,
    )  # fmt: skip
    lines = {each.place.line for each in told} | {absence[-1].line for absence in it.absences}
    top = next(at for at, line in enumerate(content, 1) if line[0] in ("Worker", "Name"))
    return [
        f"nothing is said of line {at}: {line}"
        for at, line in enumerate(content, 1)
        if at > top and at not in lines and _says_something(line, it.workers)
    ]


def _says_something(line: list[str], workers: Container[str]) -> bool:
    """Whether a line has a date, or names somebody who is not known by another line."""
    whom, days = named(line[0]), line[1:2] if len(line) == len(LOG) else line[2:]
    dated = whom is None and any(_DATE.fullmatch(cell.strip()) for cell in days)
    return dated or (whom is not None and key_of(whom.name) not in workers)


def _said_something(plan: Plan) -> bool:
    return bool(plan.about or plan.notes or plan.problems or plan.warnings)


# Writing them


def _folder(folder: Path, content: list[Table]) -> Path:
    for table in content:
        write_csv(folder / f"{table.kind.sheet}.csv", [table.titles, *table.lines])
    return folder


def _workbook(folder: Path, content: list[Table]) -> Path:
    return _book(
        folder / "rows.xlsx", [(t.kind.sheet, [t.titles, *t.lines]) for t in content] or [("people", [])]
    )


def _csv(folder: Path, content: Grid) -> Path:
    one_line = [[" ".join(cell.splitlines()) for cell in line] for line in content]
    write_csv(folder / "tracker.csv", one_line)  # so that its lines are counted as ours are
    return folder / "tracker.csv"


def _sheet(folder: Path, content: Grid) -> Path:
    return _book(folder / "tracker.xlsx", [("Supervision 2019", content)])


def _book(path: Path, sheets: Sequence[tuple[str, Grid]]) -> Path:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            cells = [WriteOnlyCell(sheet, value=escaped(cell)[:30_000]) for cell in line]
            for cell in cells:
                cell.data_type = "s"
            sheet.append(cells)
    book.save(path)
    return path
