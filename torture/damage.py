"""Damage to files: bits that flip, ends that are cut off, stretches that are wiped. Each is told, or harmless.

What is told must leave a way back: the backup of before is restored, and holds what it held.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import backups, open_store
from supervise.store.opening import journal_of
from tests.store.killing import child
from tests.store.telling import PASSPHRASE, Clock
from torture.found import Came, Found, Say
from torture.stage import TODAY, Stage, faults, is_hot, set_stage, state

_CHECK = "supervise check: "

RESTORED_OF = 5
"""Of so many stores found damaged one is restored from its backup; all of those whose slots are."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that is damaged: how it is told, which file of a stage it is, the stage, what the stage says
    undamaged, and what looks at it afterwards: it gives what it says then, and how it was told of the damage if
    it was."""

    told: str
    file: Callable[[Stage], Path]
    stage: Stage
    says: Any
    look: Callable[[Stage], tuple[Any, str]]


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Damage each kind of file so often that there are `count` damages."""
    found, chance, by_check = Found(), random.Random(seed), 0
    targets = list(_targets(folder, chance))
    for n, target in enumerate(targets):
        times = count // len(targets) + (n < count % len(targets))
        say(f"Damaging {times} times: {target.told} …")
        for at in range(times):
            here = target.stage.copied(folder / "here")
            how = spoil(target.file(here), chance)
            told = _judge(found, target, here, how, restore=at % RESTORED_OF == 0)
            by_check += told.startswith(_CHECK)
    found.remarks.append(
        f"Of {found.detected} damages that were told, {found.detected - by_check} were told when the file was opened "
        f"or read, and {by_check} by “supervise check” alone."
    )
    return found.ended()


def spoil(path: Path, chance: random.Random) -> str:
    """Damage a file somehow, and say how."""
    content = bytearray(path.read_bytes())
    kind, at = chance.randrange(8), chance.randrange(len(content))
    if kind == 0:
        path.write_bytes(content[:at])
        return f"cut off at {at} of {len(content)}"
    if kind == 1:
        end = min(at + chance.choice((1, 16, 512, 4096)), len(content))
        content[at:end] = bytes(end - at)
        path.write_bytes(content)
        return f"wiped from {at} to {end} of {len(content)}"
    bit = chance.randrange(8)
    content[at] ^= 1 << bit
    path.write_bytes(content)
    return f"bit {bit} flipped at {at} of {len(content)}"


def _judge(found: Found, target: Target, here: Stage, how: str, *, restore: bool) -> str:
    """Note what came of one damage, and give how it was told."""
    says, told = target.look(here)
    kind = "bits flipped" if how.startswith("bit") else "cut off or wiped"
    what = f"{target.told}: {kind}"
    if not told:
        silently = [] if says == target.says else [f"{how}, and nobody was told"]
        found.judge(what, silently)
    elif restore or target.file(here) == here.places.slots:
        found.judge(what, restoring(here, how), Came.DETECTED)
    else:
        found.note(what, Came.DETECTED)
    return told


def restoring(here: Stage, how: str) -> list[str]:
    """What is wrong with restoring the good backup in the place of what is damaged."""
    good = [each for each in backups.list_backups(here.places) if "before-import" in each.name]
    try:
        backups.restore(here.places, good[0], here.recovery_key, Clock(TODAY)())
        with here.opened() as store:
            bad = [each for each in faults(store) if not each.startswith("Backup ")]
            return [] if len(list(store.rows("person"))) == 9 and not bad else [how]
    except SuperviseError as error:
        return [f"{how}, and the good backup was not restored: {error}"]


# What is damaged


def _targets(folder: Path, chance: random.Random) -> list[Target]:
    """The files that are damaged, with what stands ready for it."""
    closed = set_stage(folder / "closed")
    with closed.opened() as store:
        store.backup("before-import")
        store.backup("by-hand")
        store.drafts.put("session:w1", "a draft")
        says = state(store)
    killed = _killed(closed, folder / "killed", chance)
    recovered = killed.copied(folder / "recovered")
    with recovered.opened() as store:
        before = state(store)
    return [
        Target("a closed store", lambda it: it.places.store, closed, says, _look),
        Target("a store killed in a change", lambda it: it.places.store, killed, before, _look),
        Target("the journal of such a store", lambda it: journal_of(it.places.store), killed, before, _look),
        Target("the slots", lambda it: it.places.slots, closed, (), _unlock),
        Target("a backup", _newest, closed, says_of_backup(closed, folder), _look_at_backup),
    ]  # fmt: skip


def _killed(closed: Stage, folder: Path, chance: random.Random) -> Stage:
    """The same store, killed while a change is half in its file: its journal is the way back."""
    for _ in range(200):
        here = closed.copied(folder)
        with child("write", here.places, here.key.hex(), "torture.working") as writer:
            assert [writer.hears(), writer.hears()] == ["open", "0"]
            writer.kill_within(chance.random() * 0.1)
            writer.process.wait()
        if is_hot(here.places) and journal_of(here.places.store).stat().st_size > 60_000:
            return here
    raise AssertionError("no kill came in the midst of a change: there is nothing to damage")


def _newest(here: Stage) -> Path:
    return next(each for each in backups.list_backups(here.places) if "by-hand" in each.name)


def says_of_backup(closed: Stage, folder: Path) -> Any:
    """What the undamaged backup says when it is restored."""
    says, told = _look_at_backup(closed.copied(folder / "backup"))
    assert not told, told
    return says


# Looking at it afterwards: what it says, and how the damage was told


def _look(here: Stage) -> tuple[Any, str]:
    """A store as it is opened every day, read through, and looked over by `supervise check`."""
    try:
        with here.opened() as store:
            says, bad = state(store), faults(store)
    except SuperviseError as error:
        return None, error.sentence
    return says, _CHECK + " ".join(bad) if bad else ""


def _unlock(here: Stage) -> tuple[Any, str]:
    """The slots, with each of the two secrets."""
    told = []
    for secret in (PASSPHRASE, here.recovery_key):
        try:
            open_store(here.places, secret, now=Clock(TODAY), user="R. Okafor", program="it").close()
        except SuperviseError as error:
            told.append(error.sentence)
    return (), " ".join(told)


def _look_at_backup(here: Stage) -> tuple[Any, str]:
    """A backup that is restored somewhere else."""
    elsewhere = Places(here.places.store.parent / "elsewhere" / "a.store")
    try:
        backups.restore(elsewhere, _newest(here), here.recovery_key, Clock(TODAY)())
        with Stage(elsewhere, here.key, here.recovery_key).opened() as store:
            return state(store), ""
    except SuperviseError as error:
        return None, error.sentence
