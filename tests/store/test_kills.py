"""Killed at any moment, a store opens, is whole, and holds every acknowledged change and no part of another.

SUPERVISE_KILLS asks for more kills than the everyday few.
"""

from __future__ import annotations

import json
import os
import random

import pytest

from supervise.errors import NoStore
from supervise.places import Places
from supervise.store import Store, create_store, keys
from supervise.store.check import check
from tests.store.killing import child
from tests.store.telling import ME, PASSPHRASE, Clock, opened

KILLS = int(os.environ.get("SUPERVISE_KILLS", "25"))


@pytest.fixture
def chance() -> random.Random:
    """Moments at random, but the same in every run as far as they depend on us."""
    return random.Random(20260331)


def test_kills_in_the_middle_of_changes(places: Places, chance: random.Random):
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    hot = 0
    for n in range(KILLS):
        with child("write", places, key.hex()) as writer:
            assert writer.hears() == "open"
            for _ in range(chance.randrange(4)):
                writer.hears()
            writer.kill_within(chance.random() * 0.03)
        hot += is_hot(places)
        assert places.in_use.exists()
        if n % 5 == 0 or n == KILLS - 1:
            with opened(places, clock=Clock("2026-04-01")) as store:
                is_whole(store, acknowledged=int(max(writer.said[1:], key=int, default=0)))
    assert hot > KILLS // 5, "too few kills hit a change that was being written: the test is none"


def is_hot(places: Places) -> bool:
    """Whether a journal tells of an unfinished transaction: its head has not been cleared."""
    journal = places.store.with_name(places.store.name + "-journal")
    return journal.exists() and journal.read_bytes()[:8].strip(b"\0") != b""


def is_whole(store: Store, acknowledged: int) -> None:
    """Every change acknowledged is there, and of any change all or nothing."""
    assert [finding for finding in check(store) if not finding.ok] == []
    numbers = [line.number for line in store.history(10**6)]
    assert numbers == list(range(len(numbers), 0, -1)) and len(numbers) >= acknowledged
    if numbers:
        assert [row["staff_no"] for row in store.rows("person")] == [str(len(numbers))]
    put = {number: 60 if number % 4 == 0 else 3 for number in numbers}
    sql = (
        "SELECT change, body FROM payload WHERE row_kind = 'session' AND body ->> '$.after' IS NOT NULL"
    )
    for change, body in store.database.execute(sql).fetchall():
        assert json.loads(body)["id"].startswith(f"{change}-")
        put[change] -= 1
    assert set(put.values()) <= {0}


@pytest.mark.parametrize("n", range(max(3, KILLS // 10)))
def test_kills_in_the_middle_of_a_new_key(places: Places, n: int):
    chance = random.Random(n)
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"p{n}", "name": "Ada " * 200} for n in range(400)))
    with child("rekey", places, PASSPHRASE) as writer:
        writer.hears()
        for _ in range(chance.randrange(3)):
            writer.hears()
        writer.kill_within(chance.random() * 0.6)
    for _ in range(2):
        with opened(places, clock=Clock("2026-04-01")) as store:
            assert [finding for finding in check(store) if not finding.ok] == []
            assert len(list(store.rows("person"))) == 400


@pytest.mark.parametrize("n", range(max(3, KILLS // 10)))
def test_kills_in_the_middle_of_making_a_store(tmp_path, n: int):
    places = Places(tmp_path / "new" / "a.store")
    with child("create", places, PASSPHRASE) as maker:
        maker.hears()
        maker.kill_within(random.Random(n).random() * 0.7)
    try:
        store = opened(places)
    except NoStore:
        store, _ = create_store(places, PASSPHRASE, now=Clock("2026-03-31"), user=ME, program="the test")
    with store:
        assert [finding for finding in check(store) if not finding.ok] == []
