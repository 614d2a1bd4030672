"""Files as people send them, and worse, made by hypothesis: interchange tables and trackers. Everybody is made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from supervise.fields import ACTION, KINDS, PERSON, SESSION, Field, Holds, Kind
from tests.making import NASTY_PROSE

Grid = list[list[str]]
Draw = Callable[[st.SearchStrategy[Any]], Any]


class Table(NamedTuple):
    """One sheet: the kind whose rows it holds, its titles, and its lines."""

    kind: Kind
    titles: list[str]
    lines: Grid


_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=24)
_PROSE = st.one_of(
    st.sampled_from(NASTY_PROSE), _ANY, st.just("We talked about the caseload."), st.just("")
)
_GOOD_DAY = st.dates().map(lambda day: day.replace(year=2010 + day.year % 15, day=min(day.day, 28)))
_DAYS = _GOOD_DAY.map(lambda day: day.isoformat())
_ODD_DAYS = st.sampled_from(
    ("14/03/2017", "2017-02-30", "March", "42808", "2017-3-1", "0001-01-01", " ")
)
_IDS = st.sampled_from([f"{letter}{n}" for letter in "PSA" for n in range(4)] + ["", "P 1", "../P1"])


def _cells(field: Field | None, *, tidy: bool) -> st.SearchStrategy[str]:
    """What may stand in a column: what should, or, unless it is tidy, now and then anything."""
    return _right(field) if tidy else st.one_of(*[_right(field)] * 12, _odd(field), _ANY)


def _right(field: Field | None) -> st.SearchStrategy[str]:
    if field is None or field.refers:
        return _IDS
    if field.words:
        return st.sampled_from(field.words if field.required else (*field.words, ""))
    if field.name == "every":
        return st.just("2 weeks")
    others: dict[Holds, st.SearchStrategy[str]] = {
        Holds.DAY: _DAYS, Holds.TIME: st.just("09:30"), Holds.COUNT: st.integers(0, 600).map(str),
        Holds.NUMBER: st.just("0.6"), Holds.YES_NO: st.sampled_from(("yes", "no")),
    }  # fmt: skip
    return others.get(
        field.holds, _PROSE if not field.required else _PROSE.map(lambda text: f"x {text}")
    )


def _odd(field: Field | None) -> st.SearchStrategy[str]:
    if field is not None and field.holds is Holds.DAY:
        return _ODD_DAYS
    return st.sampled_from(("", "-1", "nan", "24:00", "maybe", "1e400"))


@st.composite
def tables(draw: Draw) -> list[Table]:
    """A few sheets with some rows each; in half of them nothing is wrong, and references lead somewhere."""
    tidy = draw(st.booleans())
    kinds = {KINDS[n] for n in draw(st.sets(st.integers(0, len(KINDS) - 1), max_size=3))}
    kinds |= {PERSON, SESSION, ACTION} if tidy else set()
    made = [draw(_table(kind, tidy)) for kind in KINDS if kind in kinds]
    for table in made if tidy else ():
        _tidy_up(table)
    return made


def _tidy_up(table: Table) -> None:
    """Ids that are all others, references that lead to the first of them, and days in their order."""
    by_name = {field.name: field for field in table.kind.fields}
    for n, line in enumerate(table.lines):
        for at, title in enumerate(table.titles):
            field = by_name.get(title)
            if title == table.kind.id_column or title == "position":
                line[at] = f"{table.kind.name}{n}" if title != "position" else str(n)
            elif field and field.refers:
                line[at] = f"{field.refers}0" if field.required else ""
            elif title in ("to", "left_on", "review_on"):
                line[at] = "2030-01-01"


@st.composite
def _table(draw: Draw, kind: Kind, tidy: bool) -> Table:
    titles = list(kind.columns)
    if not tidy and draw(st.integers(0, 9)) == 0:
        titles.pop(draw(st.integers(0, len(titles) - 1)))
    if not tidy and draw(st.integers(0, 9)) == 0:
        titles.append(draw(st.sampled_from(("", "remarks", titles[0].upper()))))
    by_name = {field.name: field for field in kind.fields}
    line = st.tuples(*(_cells(by_name.get(title), tidy=tidy) for title in titles)).map(list)
    return Table(kind, titles, draw(st.lists(line, min_size=1, max_size=5)))


_NAMES = st.sampled_from(
    (
        "Ada Nwosu",
        "Hughes, Ben",
        "Cara O’Neill (NQSW)",
        "Dev R",
        "vacant",
        "Zażółć Gęśl",
        "ada nwosu",
        "",
    )
)
_SAID = st.one_of(
    _GOOD_DAY.map(lambda day: day.strftime("%d/%m/%Y")), _GOOD_DAY.map(lambda day: day.strftime("%-d %b")),
    st.sampled_from(("A/L", "sick since 3/2", "x", "✓", "cancelled - court", "12/3 & 19/3", "TBC", "n/a", "", "",
                     "leave 1-14 Aug", "29/02/2019", "1.5.19 (90 mins)", "DNA", "43832", "due 4/11")),
    st.sampled_from(NASTY_PROSE), _ANY,
)  # fmt: skip
_MONTHS = ("Jan-19", "Feb-19", "Mar-19", "Apr-19", "May-19", "Jun-19", "Jul-19", "Aug-19", "Sep-19")
LOG = ("Worker", "Date of supervision", "Type", "Supervisor", "Length", "Comments")


@st.composite
def trackers(draw: Draw) -> Grid:
    """A log (a line for each supervision) or a matrix (a line for each worker, a column for each month)."""
    lines: Grid = []
    row: st.SearchStrategy[Any]
    if draw(st.booleans()):
        row = st.tuples(
            _NAMES, _SAID, st.sampled_from(("1:1", "group", "", "Informal")), _NAMES, _SAID, _SAID
        )
        titles = list(LOG)
    else:
        titles = ["Name", "Team", *_MONTHS]
        row = st.tuples(_NAMES, st.sampled_from(("East", "", "West")), *(_SAID for _ in _MONTHS))
    if draw(st.integers(0, 3)) == 0:
        lines.append([draw(_SAID)])
    lines.append(titles)
    lines += draw(st.lists(row.map(list), min_size=1, max_size=6))
    return lines
