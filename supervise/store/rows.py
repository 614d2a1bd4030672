"""Rows: plain dictionaries as `supervise.fields` describes them, in and out of the tables.

A row has an `id` and then the fields of its kind. Nothing is None and never empty text. An *image* is a
row as the log keeps it: without its id and without what is None, so that a column added later changes no
image written before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from supervise.fields import KINDS as FACTS
from supervise.fields import Field, Holds, Kind
from supervise.store.database import Database, stream

Row = dict[str, Any]
Image = dict[str, Any]
T = TypeVar("T")

#: A policy is a fact of the store too, though not a sheet: its text as TOML, and the day it takes effect
#: (None: from the beginning; at most one such).
POLICY = Kind(
    "policy", "policies", None,
    (Field("title", required=True), Field("effective_from", Holds.DAY), Field("toml", required=True),
     Field("recorded_on", Holds.DAY)),
)  # fmt: skip

#: An export that was taken into a service store (`exchange.sources`): the day it is as at and how that is
#: known, the number of the change that took it in, and as JSON the teams in it, its ids that are others here,
#: what it says otherwise than stands here, and with which other sources it has rows in common.
SOURCE = Kind(
    "source", "sources", None,
    (Field("name", required=True), Field("as_at", Holds.DAY, required=True),
     Field("as_at_by", required=True, words=("entry", "session", "given")),
     Field("taken_on", Holds.DAY, required=True), Field("taken_by", Holds.COUNT, required=True),
     Field("teams", required=True),
     Field("same", required=True), Field("beside", required=True), Field("overlaps", required=True),
     Field("recorded_on", Holds.DAY)),
)  # fmt: skip

#: The ids of the rows of one kind that a source holds, as JSON. They are many, and in rows of their own so that
#: the history repeats them only when they change.
HOLDING = Kind(
    "holding", "holdings", None,
    (Field("source_id", required=True, refers="source"), Field("kind", required=True),
     Field("ids", required=True)),
)  # fmt: skip

#: Records that nobody deletes, whatever their age, until the hold is taken off again.
HOLD = Kind(
    "hold", "holds", None,
    (Field("person_id", required=True, refers="person"), Field("reason", required=True),
     Field("by", required=True), Field("since", Holds.DAY, required=True), Field("recorded_on", Holds.DAY)),
)  # fmt: skip

#: What is left of somebody whose records were deleted by law (`purge`): how many rows went, and as JSON the
#: teams in which they were in post, from when to when. No name, and nothing that leads to one.
REMOVAL = Kind(
    "removal", "removals", None,
    (Field("removed_on", Holds.DAY, required=True), Field("rows", Holds.COUNT, required=True),
     Field("posts", required=True), Field("recorded_on", Holds.DAY)),
)  # fmt: skip

#: What a service store has from the teams, and what nobody changes there.
GATHERED = frozenset(kind.name for kind in (*FACTS, SOURCE, HOLDING))

#: Every kind that a change can put.
KINDS = (*FACTS, POLICY, SOURCE, HOLDING, HOLD, REMOVAL)
_BY_NAME = {kind.name: kind for kind in KINDS}

_TYPES = {
    Holds.TEXT: str, Holds.DAY: str, Holds.TIME: str, Holds.COUNT: int, Holds.NUMBER: float,
    Holds.YES_NO: bool,
}  # fmt: skip

BATCH = 500
"""How many rows are handled at once: enough to be quick, few enough to be small."""


def kind_of(name: str) -> Kind:
    """The kind of that name. ValueError if there is none."""
    if name not in _BY_NAME:
        raise ValueError(f"no kind of fact is called {name}")
    return _BY_NAME[name]


def new_id() -> str:
    """An id for a row that has none: a UUID of version 7, later ones sorting later."""
    from uuid_utils import uuid7  # late: most that is opened is only read

    return str(uuid7())


@cache
def names(kind: Kind) -> tuple[str, ...]:
    """The columns of the kind's table in order: id, then its fields."""
    return ("id", *(field.name for field in kind.fields))


@cache
def listed(kind: Kind) -> str:
    """Those columns as SQL."""
    return ", ".join(f'"{name}"' for name in names(kind))


@cache
def _holds(kind: Kind) -> dict[str, Holds]:
    return {"id": Holds.TEXT} | {field.name: field.holds for field in kind.fields}


@cache
def _yes_or_no(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name, holds in _holds(kind).items() if holds is Holds.YES_NO)


def cleaned(kind: Kind, row: Mapping[str, Any]) -> Row:
    """The row as it will be kept: empty text is nothing, and a whole number may stand for a number.

    ValueError for a field the kind does not have or a value of another type: nobody who fills in a form
    can cause that.
    """
    holds = _holds(kind)
    if strange := row.keys() - holds.keys():
        raise ValueError(f"a {kind.name} has no {', '.join(sorted(strange))}")
    return {name: _value(kind, name, holds[name], value) for name, value in row.items()}


def _value(kind: Kind, name: str, holds: Holds, value: Any) -> Any:
    if value is None or value == "":
        return None
    if holds is Holds.NUMBER and type(value) is int:
        value = float(value)
    if type(value) is not _TYPES[holds] or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{name} of a {kind.name} holds {holds.value}, not a {type(value).__name__}")
    return value


def from_values(kind: Kind, values: Iterable[Any]) -> Row:
    """The row that these columns make, in the order of `names`."""
    row = dict(zip(names(kind), values, strict=True))
    for name in _yes_or_no(kind):
        if row[name] is not None:
            row[name] = bool(row[name])
    return row


def blank(kind: Kind) -> Row:
    """A row of that kind with nothing in it."""
    return dict.fromkeys(names(kind))


def image_of(row: Row) -> Image:
    """What the log keeps of a row."""
    return {name: value for name, value in row.items() if value is not None and name != "id"}


def row_of(kind: Kind, id: str, image: Image) -> Row:
    """The whole row that an image was made from."""
    return {**blank(kind), **image, "id": id}


def fetch(database: Database, kind: Kind, ids: Iterable[str]) -> dict[str, Row]:
    """Those of the rows named that are there, by id."""
    found: dict[str, Row] = {}
    for some in batches(ids, BATCH):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {listed(kind)} FROM {kind.name} WHERE id IN ({marks})"
        for values in database.execute(sql, some).fetchall():
            found[values[0]] = from_values(kind, values)
    return found


def select(database: Database, kind: Kind, equal: Mapping[str, Any]) -> Iterator[Row]:
    """The rows whose fields are equal to those given (None: nothing), in the order of their ids."""
    if strange := equal.keys() - set(names(kind)):
        raise ValueError(f"a {kind.name} has no {', '.join(sorted(strange))}")
    where = "".join(f' AND "{name}" IS ?' for name in equal)
    sql = f"SELECT {listed(kind)} FROM {kind.name} WHERE true{where} ORDER BY id"
    for values in stream(database, sql, list(equal.values())):
        yield from_values(kind, values)


def dangling_rows(database: Database) -> frozenset[tuple[str, str]]:
    """Both ends of every reference to nothing, of the first thousand."""
    found: set[tuple[str, str]] = set()
    for table, rowid, parent, key in database.execute("PRAGMA foreign_key_check").fetchmany(1000):
        columns = {
            row[0]: row[3] for row in database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        }
        sql = f"SELECT id, {columns[key]} FROM {table} WHERE rowid = ?"
        own, other = database.execute(sql, [rowid]).fetchone()
        found |= {(table, own), (parent, other)}
    return frozenset(found)


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The things in lists of that size, the last one shorter."""
    remaining = iter(things)
    while some := list(islice(remaining, size)):
        yield some
