"""New keys for a store: for a new manager, or because somebody may know what opens it.

A new passphrase alone would not do then. It wraps the same key anew, and whoever knew the former one and has
a backup has that key. So the store gets another key, with another passphrase and another recovery key; the
former two then open neither the store nor any backup made from then on.

    1  the store itself notes what is being done
    2  the slots hold the former key and the new one
    3  the store is put under the new key, in one transaction
    4  the slots hold the new one only; the history says so, and the note goes

Up to the third step the former secrets open the store, after it the new ones. A kill in between is settled by
the next opening, which goes on to the end, or goes back, and says which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from supervise.errors import NotAllowed, StoreIsDamaged, SuperviseError, WrongPassphrase
from supervise.places import Places
from supervise.store import changes, keys
from supervise.store.database import give_key
from supervise.store.files import files_told_plainly
from supervise.store.settings import NEW_KEYS

if TYPE_CHECKING:
    from supervise.store import Store
    from supervise.store.opening import Opened

STEPS = 4


THEY_HOLD = (
    "New keys were being made when the program ended, and they hold: the new passphrase and the new recovery sheet "
    "open the store, the former ones no longer do."
)
THEY_DO_NOT_HOLD = (
    "New keys were being made when the program ended, and it had not come to that: the passphrase and the recovery "
    "sheet from before still open the store. Destroy the sheet that was printed for the new ones, and begin again."
)


@dataclass(frozen=True, slots=True)
class NewKeys:
    """New keys, made and not yet given: the slots file as it was `before`, the key or keys that the present
    secret opens in it (`former`), the new `key` and its `slots`."""

    before: keys.SlotsFile
    former: tuple[bytes, ...] = field(repr=False)
    key: bytes = field(repr=False)
    slots: keys.Slots


class Why(NamedTuple):
    """What the history says of new keys, what the access list says, who gave them, which settings hold from
    then on, and what is said if the program ends before all that is written and the keys hold."""

    label: str
    looked: str
    by: str
    settings: Mapping[str, str] = MappingProxyType({})
    if_they_hold: str = THEY_HOLD


def prepare(
    places: Places,
    secret: str,
    passphrase: str,
    recovery_key: str,
    *,
    anew: bool = True,
    argon2: Mapping[str, int] = keys.ARGON2,
) -> NewKeys:
    """A new key under a new passphrase and a new recovery key. `secret` is the present passphrase or recovery
    key. Alters nothing, needs no connection, and takes a second by design: any thread may do it.

    WrongPassphrase if the secret opens nothing. NotAllowed without a passphrase, or if it opens the store
    already, unless it may (`anew` False).
    """
    if not passphrase:
        raise NotAllowed("A store needs a passphrase.", "Choose one that nobody would guess.")
    with files_told_plainly():
        file = keys.read(places.slots)
    former = tuple(keys.unwrap(file, secret))
    if anew and _opens(file, passphrase):
        raise NotAllowed(
            "That passphrase opens the store already, so whoever knows it would still have the records.",
            "Choose another that nobody else knows.",
        )
    key = keys.new_key()
    slots = keys.wrap(key, passphrase, recovery_key, file.store_id, argon2)
    return NewKeys(file, former, key, slots)


def _opens(file: keys.SlotsFile, secret: str) -> bool:
    try:
        keys.unwrap(file, secret)
    except WrongPassphrase:
        return False
    return True


def changing(store: Store, opened: Opened, new: NewKeys, why: Why | None) -> Iterator[tuple[int, int]]:
    """Gives the open store its new keys, step by step. If it fails, or is stopped, before the third step is
    done, everything is as it was. Without `why` the history says nothing.

    NotAllowed if what opens the store has changed since the keys were made; StoreTrouble or DiskFull if the
    disk did not take it.
    """
    places = store.places
    with files_told_plainly():
        if keys.read(places.slots) != new.before or opened.key not in new.former:
            raise NotAllowed("What opens this store has been changed meanwhile.", "Begin again.")
        try:
            yield 0, STEPS
            store.settings.put(NEW_KEYS, _noted(new, why))
            yield 1, STEPS
            keys.write(places.slots, new.before._replace(keys=(*new.before.keys, new.slots)))
            yield 2, STEPS
            give_key(opened.database, new.key, opened.key)
            opened.key = new.key
            yield 3, STEPS
            settle(store)
        except StoreIsDamaged:
            raise  # both keys stay in the slots: the next opening finds out which of them it is
        except BaseException:
            with suppress(SuperviseError, OSError):
                settle(store)
            raise


def settle(store: Store) -> str | None:
    """Ends a change of keys that was begun: on to its end if the store has its new key, else back to where it
    began. Gives what to say of one that was interrupted, None if there was none."""
    said = store.settings.get(NEW_KEYS)
    if not said:
        return None
    note = json.loads(said)
    holds: bool = sha256(store.key).hexdigest() == note["digest"]
    with files_told_plainly():
        file = keys.read(store.places.slots)
        kept = tuple(each for each in file.keys if (each.key_id == note["key_id"]) == holds)
        if kept and kept != file.keys:
            keys.write(store.places.slots, file._replace(keys=kept))
    if not holds or note["why"] is None:
        store.settings.put(NEW_KEYS, "")
        return THEY_HOLD if holds else THEY_DO_NOT_HOLD
    why = Why(*note["why"])
    _tell(store, why)
    return why.if_they_hold


def _noted(new: NewKeys, why: Why | None) -> str:
    """The note. A digest tells the new key from the former one; of 32 random bytes it gives nothing away."""
    told = None if why is None else [why.label, why.looked, why.by, dict(why.settings), why.if_they_hold]
    digest = sha256(new.key).hexdigest()
    return json.dumps({"digest": digest, "key_id": new.slots.key_id, "why": told})


def _tell(store: Store, why: Why) -> None:
    """All that is to be said of it, and the end of the note, in one transaction."""
    with changes.making(store.database, store.now, why.label, by=why.by, kind=changes.KEYS):
        store.access.note(why.by, why.looked)
        for name, value in {**why.settings, NEW_KEYS: ""}.items():
            store.settings.put(name, value)
