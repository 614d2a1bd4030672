"""Copies that a store's former secrets still open, and making backups anew under the present ones.

A backup keeps the keys of its day. Whoever had the passphrase or the recovery sheet then, and comes by the file,
can read it, whatever has been changed since. So they are listed, each with the day on which it goes by itself,
and can be made anew: the same store, under the key of now.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from supervise.errors import StoreIsDamaged
from supervise.places import Places
from supervise.store import backups, keys, thinning

_LONGEST = 26 * 31
"""Days after which the rule keeps no backup that is made now, if one is made every day: 24 months and a little."""


class Former(NamedTuple):
    """A backup that former secrets open: when it was made (None if its name does not say so), and the day on
    which it is thinned away if one is made every day; None if it stays until somebody deletes it."""

    path: Path
    when: datetime | None
    goes: date | None


def former_backups(places: Places, folders: Iterable[Path], now: datetime) -> list[Former]:
    """The backups in these folders that were made under former keys, newest first. One that cannot be read opens
    with nobody's secrets, and is left out: a check of the backups finds it. Needs no connection, and may be
    slow where a folder is on another machine."""
    present = keys.read(places.slots).keys[-1].key_id
    found: list[Former] = []
    for folder in folders:
        there = [path for path in folder.glob("*.zip") if _is_former(path, present)]
        leaving = thinned_on(filter(None, map(thinning.thinned_moment, folder.glob("*.zip"))), now)
        for path in there:
            moment = thinning.moment_of(path)
            thins = thinning.thinned_moment(path)
            found.append(Former(path, moment, leaving.get(thins) if thins else None))
    return sorted(found, key=lambda each: (each.path.name, str(each.path)), reverse=True)


def former_stores(places: Places) -> list[Former]:
    """The stores that restoring put aside beside this one, with keys of their own, where those are not the keys of
    now. They stay until somebody deletes them."""
    present = keys.read(places.slots).keys[-1].key_id
    found: list[Former] = []
    for slots in places.store.parent.glob(f"{places.store.name}.aside-*.keys"):
        store = slots.with_suffix("")
        with suppress(OSError, StoreIsDamaged):
            if store.exists() and all(each.key_id != present for each in keys.read(slots).keys):
                found.append(Former(store, None, None))
    return sorted(found)


def _is_former(path: Path, present: str) -> bool:
    with suppress(OSError, KeyError, ValueError, StoreIsDamaged, zipfile.BadZipFile):
        with zipfile.ZipFile(path) as archive:
            slots = keys.parse(archive.read(backups.KEYS))
        return all(each.key_id != present for each in slots.keys)
    return False


def thinned_on(taken: Iterable[datetime], now: datetime) -> dict[datetime, date]:
    """For each backup made on closing or daily, the day on which the rule discards it if one more is made every day
    from tomorrow on. With fewer, it goes later."""
    there = set(taken)
    waiting = set(there)
    leaving: dict[datetime, date] = {}
    for days in range(1, _LONGEST):
        if not waiting:
            break
        moment = now.astimezone(UTC) + timedelta(days=days)
        there.add(moment)
        gone = thinning.to_discard(there)
        leaving |= {each: moment.date() for each in gone & waiting}
        there -= gone
        waiting -= gone
    return leaving


def make_anew(
    places: Places, found: Iterable[Former], former: tuple[bytes, ...], key: bytes
) -> Iterator[tuple[Former, str | None]]:
    """Makes these backups anew under the present `key`, one after the other, and tells after each what kept it
    from being so, in a sentence; None if it was. Each is whole, under the old key or the new, at every moment.
    `former` are the keys that may open them. Needs no connection."""
    from supervise.errors import SuperviseError

    slots = places.slots.read_bytes()
    for each in found:
        if each.path.suffix != ".zip":
            yield (
                each,
                "It is a store that was put aside: delete it, with its keys, if it is not needed.",
            )
            continue
        try:
            backups.put_under(each.path, places, former, key, slots)
        except SuperviseError as error:
            yield each, error.sentence
        else:
            yield each, None
