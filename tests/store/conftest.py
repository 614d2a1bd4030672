"""Stores for the tests: one in memory, and one on disk that is made once and copied while it is closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervise.places import Places
from supervise.store import Store, create_store, keys, memory_store
from tests.store.telling import PASSPHRASE, QUICK, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-03-31")


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    with memory_store(clock) as store:
        yield store


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a new, closed store in it, and its recovery key."""
    folder = tmp_path_factory.mktemp("made")
    store, recovery_key = create_store(
        Places(folder / "a.store"),
        PASSPHRASE,
        now=Clock("2026-03-31"),
        user="R. Okafor",
        program="the window",
    )
    (key,) = keys.unwrap(keys.read(store.places.slots), recovery_key)
    store_id = keys.read(store.places.slots).store_id
    slots = keys.wrap(key, PASSPHRASE, recovery_key, store_id, QUICK)
    keys.write(store.places.slots, keys.SlotsFile(store_id, (slots,)))
    store.close()
    return folder, recovery_key


@pytest.fixture
def places(made: tuple[Path, str], tmp_path: Path) -> Places:
    """The files of a new, closed store of the test's own."""
    return Places(Path(shutil.copytree(made[0], tmp_path / "here")) / "a.store")


@pytest.fixture
def recovery_key(made: tuple[Path, str]) -> str:
    return made[1]
