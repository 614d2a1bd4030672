"""The engine against the slow reading of `oracle`, in thousands of made-up worlds."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests import oracle
from tests.asking import Asked
from tests.worlds import numbered, worlds_and_questions

WORLDS = int(os.environ.get("SUPERVISE_WORLDS", "1200"))
BATCH = 100
few = settings(
    max_examples=100, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


def test_nothing_is_asked_of_an_empty_world() -> None:
    asked = Asked({"policies": []}, date(2017, 1, 1), "one_to_one")
    assert asked.status()["people"] == []
    assert asked.gaps()["gaps"] == []


@pytest.mark.parametrize("batch", range(max(WORLDS // BATCH, 1)))
def test_the_engine_says_what_the_text_says(batch: int) -> None:
    """Worlds by number, so that each run sees the same ones, and no two alike."""
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        compare(numbered(number))


@few
@given(worlds_and_questions())
def test_the_engine_says_so_in_worlds_nobody_numbered(asked: Any) -> None:
    compare(asked)


def compare(asked: Any) -> None:
    """Status, gaps and measures of one world and question, for each of its clocks."""
    world, (as_at, known_at, (first, last)) = asked
    names = sorted({clock["name"] for policy in world["policies"] for clock in policy["clock"]})
    for at, clock in enumerate(names):
        ours = Asked(world, as_at, clock, known_at)
        assert ours.status() == oracle.status(world, as_at, clock, known_at)
        assert ours.gaps() == oracle.gaps(world, as_at, clock, known_at)
        assert ours.gaps(first, last) == oracle.gaps(world, as_at, clock, known_at, first, last)
        day = max(first, as_at)
        by = (None, "team", "role", "basis", "supervisor")[(as_at.day + at) % 5]
        ours = Asked(world, day, clock)
        assert ours.measures(first, last, by) == oracle.measures(world, first, last, day, clock, by)
