"""An inspection pack of a thousand records, which is to take no more memory than one of a hundred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from bench.measuring import OPENED, Line, Taken, alone, once
from bench.papers import records
from bench.table import Held, Measured
from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.paper import About
from supervise.places import Places, resource
from supervise.policy_files import read_policy_file
from supervise.records import Record
from supervise.store import Store, Unlocked, create_store, open_store, unlock
from supervise.workdays import Day, add_months, day, iso
from supervise.workspace import Workspace

FLAT = 1.3
"""The larger may take so many times the memory of the smaller."""

_FIRST, _LAST = day("2016-04-04"), day("2017-04-03")
_WORKERS, _MONTHS = 100, 12
_PASSPHRASE, _ME, _TEAM = "nothing in here is true", "the benchmark", "Assessment A"


def measured(folder: Path, most: int) -> Measured:
    """Make a service of 1,200 records in a folder, and packs of a tenth of `most` and of as many, each in a
    process of its own."""
    unlocked, least = alone(fill, folder), max(most // 10, 1)
    few, many = (alone(pack, folder, unlocked, size) for size in (least, most))
    seconds = [taken.seconds[OPENED] for taken in (many, few)]
    line = Line(f"A pack of {most:,} records", seconds[:1], f"one of {least:,}", seconds[1:])
    promised = f"≤ {FLAT} × one of {least:,}", FLAT * few.peak
    memory = [
        Held(f"(an inspection pack of {least:,} records)", few.peak, False),
        Held(f"an inspection pack of {most:,} records", many.peak, True, promised),
    ]
    return Measured([], [line], memory)


def pack(folder: Path, unlocked: Unlocked, size: int) -> Taken:
    """A pack of the whole service, with that many records. The store's keys are there: to find them takes more
    memory, by design, than the pack."""
    about = About(first=_FIRST, last=_LAST, sample=size, seed=1)
    with open_store(_places(folder), unlocked, now=_now, user=_ME, program=_ME) as store:
        press = Workspace(store, today=_LAST.__int__, me=_ME).press
        to = folder / f"pack-{size}.pdf"
        return once(partial(_all_of, press.save(BY_NAME["pack"], about, to, at=_now())))


def _all_of(steps: Iterable[tuple[int, int]]) -> None:
    for _ in steps:
        pass


def fill(folder: Path) -> Unlocked:
    """A store with a record a month of a hundred workers, and what opens it."""
    store, _ = create_store(_places(folder), _PASSPHRASE, now=_now, user=_ME, program=_ME)
    with store:
        policy = read_policy_file(resource("policies", "standards-2020-with-defaults.toml"))
        Workspace(store, today=_LAST.__int__, me=_ME).add_policies([policy])
        _put(store)
    return unlock(_places(folder), _PASSPHRASE)


def _put(store: Store) -> None:
    with store.change("Import a service", by=_ME, kind="import") as change:
        change.put("person", {"id": "M", "name": "Rose Okafor"})
        for worker in range(_WORKERS):
            change.put("person", {"id": f"W{worker}", "name": f"Worker {worker}"})
            change.put(
                "post",
                {
                    "person_id": f"W{worker}", "team": _TEAM, "role": "social_worker", "from": iso(_FIRST),
                    "supervisor_id": "M",
                },
            )  # fmt: skip
        for number, record in enumerate(records(_WORKERS * _MONTHS)):
            for kind, row in _rows(number, record):
                change.put(kind, row)


def _rows(number: int, record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a record; its session comes last, for it may lock the others."""
    month, worker = divmod(number, _WORKERS)
    session, person, own = record.session, f"W{worker}", {"session_id": record.session.id}
    held: Day = add_months(_FIRST, month) + worker % 20
    for section in record.sections:
        yield "session_section", own | section._asdict()
    for action in record.actions:
        yield (
            "action",
            {
                **own, "id": f"{session.id}-{action.id}", "person_id": person, "text": action.text,
                "owner": action.owner, "due_on": iso(held + 14),
            },
        )  # fmt: skip
    for case in record.discussions:
        yield (
            "case_discussion",
            {**own, "case_ref": case.case_ref, "analysis": case.analysis, "decision": case.decision},
        )
    yield (
        "session",
        {
            "id": session.id, "person_id": person, "supervisor_id": "M", "kind": session.kind, "status": "held",
            "held_on": iso(held), "minutes": session.minutes, "place": session.place,
            "shared_on": iso(held + 2), "worker_signed_on": iso(held + 3), "notes": session.notes,
        },
    )  # fmt: skip


def _places(folder: Path) -> Places:
    return Places(folder / "pack.store")


def _now() -> datetime:
    return datetime.combine(datetime.fromordinal(_LAST), time(12), UTC)
