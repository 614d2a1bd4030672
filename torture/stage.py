"""Stores to be tortured: a small made-up team, whose secrets are quick to try."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.policy_files import read_policy
from supervise.store import Store, Unlocked, create_store, keys, open_store
from supervise.store.check import check
from supervise.taking_in import put_policies
from supervise.workdays import Day, day
from tests.making import MONTHLY
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, contents, session, with_signed_record

TODAY = "2026-03-31"
PEOPLE = [f"w{n}" for n in range(8)]


@dataclass(frozen=True, slots=True)
class Stage:
    """A closed store, its key and its recovery key."""

    places: Places
    key: bytes
    recovery_key: str

    def copied(self, folder: Path) -> Stage:
        """The same once more, in a folder that is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.places.store.parent, folder)
        return replace(self, places=Places(folder / self.places.store.name))

    def opened(self) -> Store:
        """The store, open, without the pause that a passphrase costs."""
        return opened(self.places, self.key)


def opened(places: Places, key: bytes, clock: Clock | None = None) -> Store:
    """A store that is opened with its key."""
    return open_store(
        places, Unlocked((key,)), now=clock or Clock(TODAY), user=ME, program="the torture"
    )


def today() -> Day:
    """The day on which all of it happens."""
    return day(TODAY)


def set_stage(folder: Path) -> Stage:
    """A new store with a team of nine, a policy, and records of every kind, one of them signed."""
    places = Places(folder / "a.store")
    store, recovery_key = create_store(
        places, PASSPHRASE, now=Clock(TODAY), user=ME, program="the torture"
    )
    with store:
        fill(store)
        key = store.key
        store_id = keys.read(places.slots).store_id
    slots = keys.wrap(key, PASSPHRASE, recovery_key, store_id, QUICK)
    keys.write(places.slots, keys.SlotsFile(store_id, (slots,)))
    return Stage(places, key, recovery_key)


def fill(store: Store) -> None:
    """The team and its records. All made up."""
    with_signed_record(store)
    with store.change("Bring in the team", by=ME, kind="import") as change:
        put_policies(change, [read_policy(MONTHLY, "monthly.toml")])
        for n, person in enumerate(PEOPLE):
            change.put("person", {"id": person, "name": f"Worker {n}"})
            post: dict[str, Any] = {"from": "2024-01-01", "team": "East", "role": "social_worker"}
            change.put("post", {**post, "person_id": person, "supervisor_id": "p1"})
            held = (
                session(f"{person}-{m}", person, held_on=f"2025-{m:02}-10", notes=f"{person} {m}. " * 40)
                for m in range(1, 13)
            )
            change.put_all("session", held)


@contextmanager
def told() -> Iterator[list[SuperviseError]]:
    """Keeps what the block is told in words by an error; any other error goes on."""
    heard: list[SuperviseError] = []
    try:
        yield heard
    except SuperviseError as error:
        heard.append(error)


def state(store: Store) -> tuple[Any, ...]:
    """Everything that a store says."""
    return contents(store), store.head(), [(draft.id, draft.body) for draft in store.drafts.list()]


def faults(store: Store) -> list[str]:
    """What the store's own check finds wrong."""
    return [finding.words for finding in check(store) if not finding.ok]


def is_hot(places: Places) -> bool:
    """Whether a journal tells of an unfinished transaction: its head has not been cleared."""
    journal = places.store.with_name(places.store.name + "-journal")
    return journal.exists() and journal.read_bytes()[:8].strip(b"\0") != b""
