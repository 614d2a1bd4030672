"""Machines that let one down: no room, no permission, a clock that goes back, a file that somebody else has."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from supervise.doing.here import Here
from supervise.doing.writing import Writing
from supervise.errors import StoreInUse, SuperviseError
from supervise.places import Places
from supervise.store import Store, backups, new_recovery_key, rekeying
from supervise.workspace import Workspace
from tests.store.child import NEW, WHY
from tests.store.killing import child
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, session
from torture import kills
from torture.found import Came, Found, Say
from torture.stage import PEOPLE, TODAY, Stage, faults, opened, set_stage, state, today

NOBODY = 65534
Do = Callable[[Stage, Store], object]


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Bring about `count` troubles of each kind."""
    found, chance = Found(), random.Random(seed)
    stage = set_stage(folder / "made")
    kills.files(stage)
    with stage.opened() as store:
        store.backup("by-hand")
    for trouble in (full_disk, no_growth, not_writable, clock_set_back, locked):
        say(f"{(trouble.__doc__ or '').splitlines()[0]} {count} times …")
        trouble(found, folder, stage, count, chance)
    return found.ended()


# What is being done when it happens


def _change(here: Stage, store: Store) -> None:
    with store.change("Many", by=ME) as change:
        change.put_all("session", (session(f"n{m}", PEOPLE[0], notes="So. " * 200) for m in range(900)))


def _write(here: Stage, store: Store) -> None:
    writing = Writing(Here(store, today, ME))
    sheet = writing.begin(PEOPLE[0], today())
    sheet.notes, sheet.minutes = "So it was said. " * 60_000, 90
    writing.keep(sheet)
    writing.finish(sheet)


def _take_in(here: Stage, store: Store) -> None:
    work = Workspace(store, today=today, me=ME)
    for n in range(kills.FILES):
        work.carry_out(work.plan_import(here.places.store.parent / "files" / str(n)))


def _back_up(here: Stage, store: Store) -> None:
    store.backup("by-hand")


def _rekey(here: Stage, store: Store) -> None:
    new = rekeying.prepare(here.places, PASSPHRASE, NEW, new_recovery_key(), argon2=QUICK)
    for _ in store.giving_new_keys(new, WHY):
        pass


def _export(here: Stage, store: Store) -> None:
    Workspace(store, today=today, me=ME).export(here.places.store.parent / "out")


DOING: tuple[tuple[str, Do], ...] = (
    ("a large change", _change), ("writing up", _write), ("bringing in", _take_in), ("backing up", _back_up),
    ("new keys", _rekey), ("exporting", _export),
)  # fmt: skip


def full_disk(found: Found, folder: Path, stage: Stage, count: int, chance: random.Random) -> None:
    """A disk that is full."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if _is_root() and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            for n in range(count):
                _on_full_disk(
                    found, stage.copied(disk / f"here{n}"), disk, DOING[n % len(DOING)], chance
                )
                shutil.rmtree(disk / f"here{n}")
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    else:
        found.not_tried.append("a disk that is full: a small one can be mounted by the superuser only")


def _on_full_disk(
    found: Found, here: Stage, disk: Path, doing: tuple[str, Do], chance: random.Random
) -> None:
    filler, (what, do) = disk / "filler", doing

    def fill() -> None:
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        filler.write_bytes(bytes(max(0, room - chance.randrange(0, 300_000))))

    _try(found, f"full disk: {what}", here, do, fill, filler.unlink)


def no_growth(found: Found, folder: Path, stage: Stage, count: int, chance: random.Random) -> None:
    """Files that cannot grow (RLIMIT_FSIZE)."""
    import resource
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for n in range(count):
            here, (what, do) = stage.copied(folder / "here"), DOING[n % len(DOING)]
            most = chance.randrange(1, here.places.store.stat().st_size)

            def limit(most: int = most) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

            def free() -> None:
                resource.setrlimit(
                    resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
                )

            _try(found, f"files that cannot grow: {what}", here, do, limit, free)
    finally:
        signal.signal(signal.SIGXFSZ, before)


def _try(
    found: Found,
    what: str,
    here: Stage,
    do: Do,
    bring_about: Callable[[], None],
    put_right: Callable[[], object],
) -> None:
    """Do something in a trouble that is put right afterwards, and see that nothing was lost by it."""
    told, key = "", here.key
    store = here.opened()
    try:
        before = state(store)
        store.database.execute("PRAGMA cache_size = 40")
        bring_about()
        try:
            do(here, store)
        except SuperviseError as error:
            told = error.sentence
        finally:
            put_right()
        key = store.key
    finally:
        store.close()
    with opened(here.places, key) as again:
        wrong = faults(again)
        if told and not _holds(before, state(again)):
            wrong.append(f"after “{told}” something is missing that was there before")
    found.judge(what, wrong, Came.DETECTED if told else Came.HARMLESS)


def _holds(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether everything of before is there still: every row of it, as it was."""
    was, now = before[0], after[0]
    assert isinstance(was, dict) and isinstance(now, dict)
    return all(row in now.get(kind, []) for kind, rows in was.items() for row in rows)


# Permission


def not_writable(found: Found, folder: Path, stage: Stage, count: int, chance: random.Random) -> None:
    """A file or folder that may not be written to, from the beginning or from some moment on."""
    for n in range(count):
        here, (what, do) = stage.copied(folder / "here"), chance.choice(DOING)
        with _as_nobody(folder / "here", folder):
            parent = here.places.store.parent
            if n % 2:
                lose, regain = partial(parent.chmod, 0o500), partial(parent.chmod, 0o700)
                _try(found, f"permission lost: {what}", here, do, lose, regain)
            else:
                (here.places.store if n % 4 else parent).chmod(0o400 if n % 4 else 0o500)
                told = _refused(here)
                (here.places.store if n % 4 else parent).chmod(0o600 if n % 4 else 0o700)
                wrong = [] if told else ["it opened, and could not be written to"]
                with here.opened() as store:
                    wrong += faults(store)
                found.judge("read-only from the beginning", wrong, Came.DETECTED)


def _refused(here: Stage) -> str:
    try:
        here.opened().close()
    except SuperviseError as error:
        return error.sentence
    return ""


@contextmanager
def _as_nobody(below: Path, folder: Path) -> Iterator[None]:
    """Permissions count for the superuser too: it steps down for the time of the block."""
    if not _is_root():
        yield
        return
    for path in (below, *below.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for above in (folder, *folder.parents[:-2]):
        with suppress(PermissionError):
            above.chmod(above.stat().st_mode | 0o011)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


# Clocks and locks


def clock_set_back(found: Found, folder: Path, stage: Stage, count: int, chance: random.Random) -> None:
    """A clock that is set back, by days or by years: nothing is recorded before what was recorded last."""
    here = stage.copied(folder / "here")
    clock = Clock(TODAY)
    with opened(here.places, here.key, clock) as store:
        for n in range(count):
            last = store.history(1)[0].day
            year, month, day = (
                chance.randrange(1990, 2027),
                chance.randrange(1, 13),
                chance.randrange(1, 29),
            )
            clock.set(f"{year}-{month:02}-{day:02}")
            row = session(f"c{n}", PEOPLE[0], held_on="2020-01-01")
            with store.change("Put", by=ME) as change:
                change.put("session", row, recorded=True)
            stored = store.row("session", f"c{n}")
            assert stored is not None
            early = stored["recorded_on"] < _iso(last) or store.history(1)[0].day < last
            found.judge(
                "clock set back", ["something was recorded before the last change"] if early else []
            )
        clock.set("2027-06-01")
        found.wrong += faults(store)


def _iso(day: object) -> str:
    from datetime import date

    return date.fromordinal(day).isoformat() if isinstance(day, int) else str(day)


def locked(found: Found, folder: Path, stage: Stage, count: int, chance: random.Random) -> None:
    """A store that another program has open: who has it is told, and it is left alone."""
    here = stage.copied(folder / "here")
    good = backups.list_backups(here.places)[0]
    tries: tuple[tuple[str, Callable[[], object]], ...] = (
        ("opening", lambda: here.opened().close()),
        ("restoring", lambda: backups.restore(here.places, good, PASSPHRASE, Clock(TODAY)())),
        ("opening with the recovery key", lambda: _open(here.places, here.recovery_key)),
    )
    with child("hold", here.places, here.recovery_key) as holder:
        assert holder.hears() == "open"
        for n in range(count):
            what, do = tries[n % len(tries)]
            try:
                do()
            except StoreInUse as error:
                wrong = (
                    [] if str(holder.process.pid) in error.sentence else ["it is not told who has it"]
                )
            else:
                wrong = ["two have it open"]
            found.judge(f"open elsewhere: {what}", wrong, Came.DETECTED)
        holder.close()
    with here.opened() as store:
        found.wrong += faults(store)


def _open(places: Places, secret: str) -> None:
    from supervise.store import open_store

    open_store(places, secret, now=Clock(TODAY), user=ME, program="the torture").close()
