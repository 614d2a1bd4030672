"""New keys for a store, as a person means it: a new manager takes over, or somebody may know what opens it.

The same in the window and the terminal: the present secret, a new passphrase, a new recovery sheet and who keeps
it; then a backup under the new keys, and the list of older ones that the former secrets still open.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise import wording
from supervise.doing.typed import one_line
from supervise.errors import NotAllowed, SuperviseError
from supervise.places import Places
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.doing.here import Here
    from supervise.store import Store
    from supervise.store.elsewhere import Backed
    from supervise.store.former import Former
    from supervise.store.rekeying import NewKeys

KEEPER = "recovery-keeper"
"""The setting of a store that says who keeps the recovery sheet, and since when."""

DISCLOSED = "Keys changed after a suspected disclosure"
CHANGED_PASSPHRASE = "changed the passphrase"
"""What the access list says of a new passphrase."""

WHAT_HAPPENS = (
    "The store gets a new key, a new passphrase and a new recovery sheet. The ones of now then open neither the "
    "records nor any backup made from then on. Nothing in the records changes, and a line in the history says "
    "that it was done."
)

MAY_STILL_KNOW = (
    "The system’s keyring would not say that it has forgotten the former passphrase. Look for “Supervise” in its "
    "list of passwords; what is there opens nothing any more."
)

_LABEL = "after-new-keys"


def keeper_noted(name: str, day: Day) -> str:
    """What that setting holds when somebody keeps the sheet from that day. NotAllowed without a name."""
    name = one_line(name)
    if not name:
        raise NotAllowed("Nobody was named to keep the recovery sheet.", "Give a name.")
    return json.dumps({"name": name, "since": day})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """New keys as somebody wants them: the present `secret` (the passphrase or the recovery key), the new
    passphrase and recovery key, who keeps the new sheet, and the new `manager`; None is after a suspected
    disclosure. The secrets are not shown when this is printed."""

    secret: str = field(repr=False)
    passphrase: str = field(repr=False)
    recovery_key: str = field(repr=False)
    keeper: str
    manager: str | None = None

    @property
    def label(self) -> str:
        """What the history will say."""
        return DISCLOSED if self.manager is None else f"Handed over to {one_line(self.manager)}"


class Given(NamedTuple):
    """New keys were given. `backed` is the first backup under them, or `trouble` says why there is none yet."""

    backed: Backed | None
    trouble: str | None


def check_manager(name: str) -> str:
    """The new manager's name on one line. NotAllowed without one."""
    name = one_line(name)
    if not name:
        raise NotAllowed("Nobody was named to take over.", "Give the new manager’s name.")
    return name


def refuse_practice(*, is_practice: bool, is_on_disk: bool = True) -> None:
    """NotAllowed for a store that has no secrets of its own."""
    if is_practice or not is_on_disk:
        raise NotAllowed(
            "This store holds nothing that needs keeping from anybody: it has no passphrase of its own.",
            "In your own store this gives it new keys.",
        )


def prepare(places: Places, wanted: Wanted, own_words: Sequence[str] = ()) -> NewKeys:
    """The new keys, made and not yet given; nothing is altered. It takes a second by design, and any thread may
    do it. WrongPassphrase if the present secret opens nothing; NotAllowed if the new passphrase is easy to guess,
    or opens the store already."""
    from supervise import passphrases
    from supervise.store import rekeying

    passphrases.refuse_weak(wanted.passphrase, (*own_words, wanted.manager or ""))
    return rekeying.prepare(places, wanted.secret, wanted.passphrase, wanted.recovery_key)


def giving(here: Here, wanted: Wanted, new: NewKeys) -> Generator[tuple[int, int], None, Given]:
    """Gives the open store its new keys and backs it up under them, step by step. The errors are those of
    `store.rekeying.changing`: everything is as it was then. A backup that cannot be made is only told."""
    from supervise.store import elsewhere, rekeying
    from supervise.store.rekeying import Why

    looked = "changed the keys" if wanted.manager is None else "handed over"
    settings = {KEEPER: keeper_noted(wanted.keeper, here.today())}
    why = Why(wanted.label, looked, here.me, settings)
    whole = rekeying.STEPS + 1
    for done, _ in here.store.giving_new_keys(new, why):
        yield done, whole
    yield rekeying.STEPS, whole
    try:
        return Given(elsewhere.back_up(here.store, _LABEL), None)
    except SuperviseError as error:
        return Given(None, f"The first backup under the new keys could not be made. {error}")


def backup_folders(store: Store) -> tuple[Path, ...]:
    """Where this store's backups are: beside it, and in the second place if there is one."""
    from supervise.store import elsewhere

    second = elsewhere.second_place(store)
    return (store.places.backups, *([elsewhere.own_folder(store, second)] if second else []))


def told(former: Former) -> str:
    """One copy that the former secrets open: where it is, when it was made, and when it goes."""
    here = former.when.astimezone() if former.when else None
    when = f"made on {wording.day(here.toordinal())} {here:%H:%M}" if here else former.path.name
    if former.goes is None:
        goes = "stays until somebody deletes it"
    else:
        day = wording.day(former.goes.toordinal())
        goes = f"is thinned away on {day} if the store is backed up every day, else later"
    return f"In {former.path.parent.name}, {when}: {goes}."


def told_all(found: Sequence[Former]) -> str:
    """What there is to say of all of them, in one sentence or two."""
    if not found:
        return (
            "No backup or other copy here opens with the former passphrase or the former recovery sheet."
        )
    opens = "opens" if len(found) == 1 else "open"
    return (
        f"{wording.counted(len(found), 'older copy', 'older copies')} still {opens} with the former passphrase and "
        "recovery sheet. Copies in other places, which Supervise does not know of, do too."
    )


class After(NamedTuple):
    """What there is to know when the keys have been given: the copies that the former secrets still open, whether
    the keyring has the new passphrase, and what is to be said of the keyring ("" for nothing)."""

    found: list[Former]
    remembers: bool
    note: str


def afterwards(places: Places, passphrase: str | None, folders: Sequence[Path], now: datetime) -> After:
    """Makes the keyring forget the former passphrase (or remember the new one, if it is given), and looks for the
    backups that the former secrets open. Needs no connection: any thread may do it."""
    from supervise import passphrases
    from supervise.store.former import former_backups, former_stores

    remembers = passphrase is not None and passphrases.remember(places.store, passphrase)
    note = passphrases.NO_KEYRING if passphrase is not None and not remembers else ""
    if not remembers and not passphrases.forget(places.store):
        note = MAY_STILL_KNOW
    found = former_backups(places, folders, now) + former_stores(places)
    return After(found, remembers, note)


def made_anew(
    places: Places, found: Sequence[Former], former: tuple[bytes, ...], key: bytes
) -> list[tuple[Former, str]]:
    """Makes these backups anew under the present `key`, and gives those that could not be, each with the reason.
    `former` are the keys that the former secrets opened. Needs no connection: any thread may do it."""
    from supervise.store.former import make_anew

    return [(each, said) for each, said in make_anew(places, found, former, key) if said is not None]
