"""The engine against the slow reading of `oracle`, in thousands of made-up worlds."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.asking import Asked
from tests.worlds import worlds_and_questions

WORLDS = int(os.environ.get("SUPERVISE_WORLDS", "700"))
many = settings(
    max_examples=WORLDS, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


def test_nothing_is_asked_of_an_empty_world() -> None:
    asked = Asked({"policies": []}, oracle.date(2017, 1, 1), "one_to_one")
    assert asked.status()["people"] == []
    assert asked.gaps()["gaps"] == []


def clock_names(world: dict[str, Any]) -> list[str]:
    return sorted({clock["name"] for policy in world["policies"] for clock in policy["clock"]})


@many
@given(worlds_and_questions(), st.data())
def test_status_is_what_the_text_says(asked: Any, data: st.DataObject) -> None:
    world, (as_at, known_at, _) = asked
    clock = data.draw(st.sampled_from(clock_names(world)))
    expected = oracle.status(world, as_at, clock, known_at)
    assert Asked(world, as_at, clock, known_at).status() == expected


@many
@given(worlds_and_questions(), st.data())
def test_gaps_are_what_the_text_says(asked: Any, data: st.DataObject) -> None:
    world, (as_at, known_at, period) = asked
    clock = data.draw(st.sampled_from(clock_names(world)))
    first, last = data.draw(st.sampled_from([(None, None), period, (period[0], None)]))
    expected = oracle.gaps(world, as_at, clock, known_at, first, last)
    assert Asked(world, as_at, clock, known_at).gaps(first, last) == expected


@many
@given(worlds_and_questions(), st.data())
def test_measures_are_what_the_text_says(asked: Any, data: st.DataObject) -> None:
    world, (as_at, _, (first, last)) = asked
    clock = data.draw(st.sampled_from(clock_names(world)))
    by = data.draw(st.sampled_from([None, "team", "role", "basis", "supervisor"]))
    first, as_at = min(first, as_at), max(first, as_at)
    expected = oracle.measures(world, first, max(first, last), as_at, clock, by)
    assert Asked(world, as_at, clock).measures(first, max(first, last), by) == expected


