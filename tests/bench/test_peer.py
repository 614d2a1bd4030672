"""The pandas peer gives the sample's answers, and those of the slow reading on small hard worlds."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
from hypothesis import given, settings

from bench.peer_facts import COLUMNS, frames, read, typed
from bench.peer_pandas import gaps
from bench.service import AS_AT, make
from supervise.places import resource
from tests import oracle
from tests.worlds import PERSON_CLOCK, Question, worlds_and_questions

KEPT = Path(__file__).parents[1] / "kept" / "service"
DEFAULT = tomllib.loads(resource("policies", "standards-2020-with-defaults.toml").read_text("utf-8"))
ASKED = (
    "person_id", "last_held", "due", "late_by", "first_late_day", "last_late_day", "days_late",
    "ended", "closed_by",
)  # fmt: skip

World = dict[str, Any]
Told = list[tuple[Any, ...]]


def peer_says(tables: dict[str, pd.DataFrame], as_at: date) -> Told:
    """The peer's gaps as the JSON would have them, each a tuple in the order of ASKED."""
    found = gaps(**tables, as_at=as_at)
    columns = []
    for name in ASKED:
        column = found[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            column = column.dt.strftime("%Y-%m-%d").astype(object).where(column.notna(), None)
        columns.append(column.tolist())
    return list(zip(*columns, strict=True))


def expected(rows: list[dict[str, Any]]) -> Told:
    return [tuple(row[name] for name in ASKED) for row in rows]


def as_files(world: World) -> dict[str, pd.DataFrame]:
    """The tables of a world as the peer reads them from files."""
    return {
        name: typed(pd.DataFrame({c: [row[c] or None for row in world[name]] for c in columns}), name)
        for name, columns in COLUMNS.items()
    }


def interchange(rows: dict[str, list[dict[str, Any]]]) -> World:
    """Rows by kind as the world of the slow reading: by file, with text and no None."""
    world: World = {"policies": [DEFAULT]}
    for name, kind in (("people", "person"), ("posts", "post"), ("absences", "absence"),
                       ("sessions", "session")):  # fmt: skip
        ids = {"people": "person_id", "sessions": "session_id"}
        world[name] = [
            {key: "" if value is None else str(value) for key, value in row.items()}
            | ({ids[name]: row["id"]} if name in ids else {})
            for row in rows[kind]
        ]
    return world


def test_the_peer_agrees_with_the_sample_for_everyone_without_a_variation() -> None:
    with (KEPT / "variations.csv").open(encoding="utf-8-sig", newline="") as file:
        varied = {row["person_id"] for row in csv.DictReader(file)}
    kept = json.loads((KEPT / "expected" / "standards" / "gaps.json").read_text("utf-8"))
    rows = [row for row in kept["gaps"] if row["person_id"] not in varied]
    said = [gap for gap in peer_says(read(KEPT), AS_AT) if gap[0] not in varied]
    assert len(said) > 300
    assert said == expected(rows)


@given(worlds_and_questions())
@settings(max_examples=60, deadline=None)
def test_the_peer_agrees_with_the_slow_reading_on_hard_worlds(asked: tuple[World, Question]) -> None:
    world, (as_at, _, _) = asked
    world = world | {"policies": [DEFAULT], "variations": [], "cases": [], "case_discussions": []}
    slow = oracle.gaps(world, as_at, PERSON_CLOCK)
    assert peer_says(as_files(world), as_at) == expected(slow["gaps"])


def test_the_peer_agrees_with_the_slow_reading_on_a_small_service() -> None:
    rows = make(people=20, sessions=500, seed=7)
    slow = oracle.gaps(interchange(rows), AS_AT, PERSON_CLOCK)
    assert len(slow["gaps"]) > 20
    assert peer_says(frames(rows), AS_AT) == expected(slow["gaps"])


def test_a_service_without_anybody_in_post_has_no_gaps() -> None:
    nobody = {name: typed(pd.DataFrame(columns=columns), name) for name, columns in COLUMNS.items()}
    assert peer_says(nobody, AS_AT) == []
    someone = pd.DataFrame(
        [{"person_id": "W1", "employed_from": "2019-01-07"}], columns=COLUMNS["people"]
    )
    assert peer_says(nobody | {"people": typed(someone, "people")}, AS_AT) == []
