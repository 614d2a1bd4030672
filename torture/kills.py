"""Kills at random moments of real work: the store opens, is whole, and has everything that was acknowledged."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervise.store import elsewhere
from tests.making import write_csv
from tests.store.killing import child
from tests.store.leaving import ADA, everybody
from tests.store.telling import Clock, put, session
from torture import whole
from torture.found import Found, Say
from torture.stage import PEOPLE, Stage, is_hot, set_stage

FILES, ROWS = 12, 60
"""Folders that stand ready to be taken in, and sessions in each."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work to be killed: how it is told, what a child does (of which module), within how many seconds it is
    killed; what stands ready for it, and what is wrong afterwards with the store and what was acknowledged."""

    told: str
    does: str
    within: float
    wrong: Callable[[Stage, Sequence[str]], list[str]]
    ready: Callable[[Stage], None] = lambda stage: None
    module: str = "torture.working"


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Kill each kind of work so often that there are `count` kills."""
    found, chance, hot, between = Found(), random.Random(seed), 0, 0
    made = set_stage(folder / "made")
    for n, work in enumerate(WORKS):
        ready = made.copied(folder / f"ready-{work.does}")
        work.ready(ready)
        times = count // len(WORKS) + (n < count % len(WORKS))
        say(f"Killing {times} times: {work.told} …")
        for _ in range(times):
            here = ready.copied(folder / "here")
            said, status = killed(work, here, chance)
            hot += is_hot(here.places)
            between += not here.places.store.exists()
            wrong = [] if status in (0, -9) else [f"it ended by itself with {status}"]
            found.judge(work.told, wrong or work.wrong(here, said))
    found.remarks.append(
        f"{hot} of {found.tried} kills left a journal of a change that was half written."
    )
    if between:
        found.remarks.append(
            f"{between} of the kills while restoring came when one store was put aside and the other not yet in its "
            "place: nothing was lost, and restoring once more put it there."
        )
    return found.ended()


def killed(work: Work, here: Stage, chance: random.Random) -> tuple[list[str], int]:
    """Let it work, kill it at some moment, and give what it had acknowledged by then, and its exit status."""
    with child(work.does, here.places, here.key.hex(), work.module) as worker:
        assert worker.hears() == "open", f"{work.told} did not begin"
        worker.kill_within(chance.random() * work.within)
        return worker.said[1:], worker.process.wait()


# What stands ready


def files(here: Stage) -> None:
    """Folders of sessions beside the store."""
    head = ["session_id", "person_id", "kind", "status", "held_on", "notes"]
    for n in range(FILES):
        folder = here.places.store.parent / "files" / str(n)
        folder.mkdir(parents=True)
        rows = ([f"{n}-{m}", PEOPLE[m % 8], "one_to_one", "held", f"2024-{n + 1:02}-01", "So it was. " * 9]
                for m in range(ROWS))  # fmt: skip
        write_csv(folder / "sessions.csv", [head, *rows])


def second_place(here: Stage) -> None:
    """A folder for copies of backups, which is another for each store that is made from this one."""
    drive = here.places.store.parent.parent / "drive"
    drive.mkdir(exist_ok=True)
    with here.opened() as store:
        elsewhere.set_second_place(store, drive)


def one_who_left(here: Stage) -> None:
    """Somebody who has left, with everything there is of them."""
    with here.opened() as store:
        everybody(store)
        with store.change("Many", by="R. Okafor") as change:
            change.put_all(
                "session", (session(f"m{m}", ADA, notes="So it was. " * 60) for m in range(300))
            )


def two_backups(here: Stage) -> None:
    """Two backups that differ, and a store that differs from both."""
    with here.opened() as store:
        for n in range(2):
            put(store, "person", id="p1", staff_no=str(n))
            store.now = Clock(f"2026-03-{n + 1:02}")
            store.backup("by-hand")
        put(store, "person", id="p1", staff_no="2")


WORKS = (
    Work("typing into a draft", "type", 0.25, whole.typed),
    Work("finishing records", "finish", 0.4, whole.finished),
    Work("bringing in files", "take-in", 0.5, whole.taken_in, files),
    Work("backing up, with a copy elsewhere", "back-up", 0.4, whole.backed_up, second_place),
    Work("bringing a store up to a later schema", "upgrade", 0.3, whole.upgraded),
    Work("giving a store new keys", "rekey", 0.6, whole.rekeyed),
    Work("deleting a person for good", "purge", 0.16, whole.deleted, one_who_left, "tests.store.child"),
    Work("restoring a backup", "restore", 0.5, whole.restored, two_backups),
)
