"""How a store begins, is opened again, and is kept safe (floor 3). Window and command line do it alike.

What is slow to import, the store itself too, is imported where it is used: the window draws its first page
before that.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise.errors import NotAllowed, SuperviseError
from supervise.places import Places, resource

if TYPE_CHECKING:
    import random

    from supervise.policies import Policy
    from supervise.store import Store
    from supervise.store.elsewhere import Backed, Unfinished
    from supervise.workdays import Day

Now = Callable[[], datetime]

DEFAULT_POLICY = "standards-2020-with-defaults.toml"
"""The policy file (in the resources) that a store begins with if no other is chosen."""

PRACTICE_PASSPHRASE = "practice"
"""The practice store holds made-up people only, so that its passphrase is no secret."""


# --- A new store


class Begun(NamedTuple):
    """A new store, open; its recovery key, which is shown once; and what to look at in its policies."""

    store: Store
    recovery_key: str
    notes: list[str]


def make_store(
    places: Places,
    passphrase: str,
    policies: Sequence[Policy],
    *,
    now: Now,
    me: str,
    program: str,
    service: bool = False,
    recovery_key: str | None = None,
) -> Begun:
    """A new, encrypted store with those policies, or nothing at all. `recovery_key` is one that has been
    written down already; without it a new one is made.

    NotAllowed if there is a store already, BadQuestion if the policies cannot stand side by side. Whether
    the place and the passphrase are good enough is for the caller to ask first (`refuse_synchronised`,
    `passphrases.refuse_weak`): a terminal and a window ask differently.
    """
    from supervise.policies import Rulebook
    from supervise.store import create_store
    from supervise.store.files import files_told_plainly
    from supervise.workspace import Workspace

    refuse_existing(places)
    Rulebook(policies)
    with files_told_plainly():  # of a practice store that was here before
        practice_mark(places).unlink(missing_ok=True)
    store, key = create_store(
        places, passphrase, now=now, user=me, program=program, service=service, recovery_key=recovery_key
    )
    try:
        here = Workspace(store, today=lambda: now().date().toordinal(), me=me)
        notes = here.add_policies(policies)
        store.begin_sitting()  # a store without policies is not what anybody comes back to by Undo
        return Begun(store, key, notes)
    except BaseException:
        store.close()
        for path in (places.store, places.slots):  # its recovery key would never be known
            path.unlink(missing_ok=True)
        raise


def refuse_existing(places: Places) -> None:
    """NotAllowed if there is a store already: said before anybody is asked for a passphrase."""
    if places.store.exists():
        raise NotAllowed(
            f"There is already a store at {places.store}.",
            "Open it, or name another place with --store.",
        )


def parts_to_type_back(recovery_key: str, rng: random.Random) -> tuple[int, ...]:
    """Which two groups of a recovery key to ask for, counted from 1: typing them back shows that the sheet
    is at hand and can be read."""
    return tuple(sorted(rng.sample(range(1, len(recovery_key.split("-")) + 1), 2)))


def typed_back(recovery_key: str, parts: Sequence[int], typed: str) -> bool:
    """Whether those groups of the recovery key were typed, one after the other. Case, spaces and dashes make
    no difference, nor do 0, 1 and 8 for O, I and B: the same reading as when the key opens the store."""
    from supervise.store.keys import read_recovery_key

    groups = recovery_key.split("-")
    asked = [groups[part - 1] for part in parts]
    others = [group for number, group in enumerate(groups, 1) if number not in parts]
    return read_recovery_key("".join([typed, *others])) == read_recovery_key("".join(asked + others))


class Keeper(NamedTuple):
    """Who, other than the manager, keeps the recovery sheet, and since when."""

    name: str
    since: Day


def set_keeper(store: Store, name: str, day: Day) -> None:
    """Notes in the store who keeps the recovery sheet from that day. NotAllowed without a name."""
    from supervise.doing.new_keys import KEEPER, keeper_noted

    store.settings.put(KEEPER, keeper_noted(name, day))


def keeper(store: Store) -> Keeper | None:
    """Who keeps the recovery sheet; None if that was never noted."""
    from supervise.doing.new_keys import KEEPER

    said = store.settings.get(KEEPER)
    return Keeper(**json.loads(said)) if said else None


# --- A practice store


def practice_mark(places: Places) -> Path:
    """The file beside a practice store that says what it is."""
    return places.store.with_name(places.store.name + ".practice")


def is_practice(places: Places) -> bool:
    """Whether what is there is a practice store, which needs no passphrase."""
    return practice_mark(places).exists()


def make_practice(places: Places, *, now: Now, me: str, program: str) -> Store:
    """A new practice store, open. NotAllowed if there is a store already."""
    refuse_existing(places)
    return open_practice(places, now=now, me=me, program=program)


def open_practice(places: Places, *, now: Now, me: str, program: str) -> Store:
    """The practice store, open: the one that is there, as it was left, or a new one whose dates follow
    today. NotAllowed if a real store is there. One whose making was interrupted is completed."""
    from supervise.store import open_store

    if not places.store.exists():
        store = _empty_practice(places, now=now, me=me, program=program)
    elif is_practice(places):
        store = open_store(places, PRACTICE_PASSPHRASE, now=now, user=me, program=program)
    else:
        raise NotAllowed(
            f"The store at {places.store} is not for practice.", "Choose another place to practise."
        )
    try:
        if not store.history(1):
            _fill_practice(store, now, me)
            store.begin_sitting()
    except BaseException:
        store.close()
        raise
    return store


def start_practice_again(places: Places, *, now: Now, me: str, program: str) -> Store:
    """A new practice store in the place of the old one, whose made-up people are thrown away with what was
    written about them. StoreInUse if it is open; NotAllowed or WrongPassphrase if a real store is there."""
    from supervise.store import keys
    from supervise.store.files import files_told_plainly
    from supervise.store.opening import journal_of, refuse_if_busy

    if is_practice(places) and places.store.exists():
        refuse_if_busy(places)
        keys.unwrap(keys.read(places.slots), PRACTICE_PASSPHRASE)  # whatever the mark says
        with files_told_plainly():
            for path in (places.store, journal_of(places.store), places.slots, places.in_use):
                path.unlink(missing_ok=True)
            shutil.rmtree(places.backups, ignore_errors=True)
    return open_practice(places, now=now, me=me, program=program)


def practice_day(store: Store) -> Day | None:
    """The day that a practice store's dates follow; None before it is filled."""
    first = store.history(1, before=2)
    return first[0].day if first else None


def _empty_practice(places: Places, *, now: Now, me: str, program: str) -> Store:
    """Marked before it is made: a store that is there without its mark would be taken for a real one."""
    from supervise.store import create_store
    from supervise.store.files import files_told_plainly

    mark = practice_mark(places)
    with files_told_plainly():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text("Made-up people only.\n", "utf-8")
    try:
        return create_store(places, PRACTICE_PASSPHRASE, now=now, user=me, program=program)[0]
    except SuperviseError:
        mark.unlink(missing_ok=True)
        raise


def _fill_practice(store: Store, now: Now, me: str) -> None:
    from supervise.exchange.practice import practice_plan
    from supervise.workspace import Workspace

    here = Workspace(store, today=lambda: now().date().toordinal(), me=me)
    here.carry_out(
        practice_plan(resource("practice"), resource("policies", DEFAULT_POLICY), here.today())
    )


# --- The passphrase, remembered


def remember(places: Places, passphrase: str) -> bool:
    """Remembers the passphrase of that store; False if it could not: see `passphrases.remember`."""
    from supervise import passphrases

    return passphrases.remember(places.store, passphrase)


def remembered(places: Places) -> str | None:
    """What the system's keyring remembers for that store; None where there is no keyring."""
    from supervise import passphrases

    return passphrases.remembered(places.store)


def forget(places: Places) -> bool:
    """Makes the keyring forget it; False if it may still know it: see `passphrases.forget`."""
    from supervise import passphrases

    return passphrases.forget(places.store)


# --- Backups


def back_up(store: Store) -> Backed:
    """Backs the store up because somebody asked for it, with a copy in the second place if one is chosen:
    see `store.elsewhere.back_up`."""
    from supervise.store import elsewhere

    return elsewhere.back_up(store)


def back_up_on_closing(store: Store) -> Backed | None:
    """Backs the store up because it is about to be closed, if anything changed since the last time; a copy
    that could not be made then is tried again. None if there was nothing to do, as always in practice."""
    from supervise.store import elsewhere

    if not store.is_on_disk or is_practice(store.places):
        return None
    return elsewhere.back_up_if_changed(store)


def begin_daily_backup(store: Store) -> Unfinished | None:
    """Begins the backup of a store that is still open when another day begins, if anything changed since the last
    one: see `store.elsewhere.begin_if_changed`. None if there is nothing to do, as always in practice."""
    from supervise.store import elsewhere, thinning

    if not store.is_on_disk or is_practice(store.places):
        return None
    return elsewhere.begin_if_changed(store, thinning.DAILY)


def restore(places: Places, backup: Path, secret: str, now: datetime) -> Path | None:
    """Puts a backup in the place of the store: see `store.backups.restore`. What comes back is a real store
    unless it opens with the passphrase of practice."""
    from supervise.store import backups

    aside = backups.restore(places, backup, secret, now)
    if secret != PRACTICE_PASSPHRASE:
        practice_mark(places).unlink(missing_ok=True)
    return aside
