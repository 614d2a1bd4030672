"""What takes a moment before a store can be opened, on plain values: a worker does it beside the window.

Making keys out of a passphrase is slow by design, and so is looking a store over after an abrupt end. Each
function here ends with a store that is closed again, and gives what opens it at once: a connection never
leaves the thread that made it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise import beginning
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.store import Unlocked, open_store, unlock
from supervise.store.keys import read_recovery_key
from supervise.synchronised import synchronised_by
from supervise.ui.start import PROGRAM, Start

if TYPE_CHECKING:
    pass

_BY_SHEET = (
    "The recovery sheet has opened the store. In Settings, under “Passphrase and lock”, choose a new passphrase; if "
    "somebody else may have seen the sheet, give the store new keys there."
)


class Ready(NamedTuple):
    """A store that can be opened at once: where it is, its keys, the `notes` to tell when it is open or the
    `trouble`, the action of the window that comes `then`, and whether the keyring `remembers` it now."""

    places: Places
    keys: Unlocked
    notes: tuple[str, ...] = ()
    trouble: SuperviseError | None = None
    then: str = ""
    remembers: bool = False


def opened_once(start: Start, places: Places, secret: str) -> Ready:
    """What the secret opens, tried: after an abrupt end the store is looked over, and one of an older version
    is brought up to date, here, where nobody waits for it. The errors are those of `open_store`."""
    keys = unlock(places, secret)
    with open_store(places, keys, now=start.now, user=start.me, program=PROGRAM) as store:
        interrupted = store.interrupted
    by_sheet = _BY_SHEET if read_recovery_key(secret) is not None else None
    notes = [each for each in (interrupted, by_sheet) if each]
    return Ready(places=places, keys=keys, notes=(*notes, *_warnings(start, places)))


def practice(start: Start, places: Places) -> Ready:
    """The practice store there, made if there is none."""
    beginning.open_practice(places, now=start.now, me=start.me, program=PROGRAM).close()
    return Ready(places=places, keys=unlock(places, beginning.PRACTICE_PASSPHRASE))


def practice_again(start: Start, places: Places) -> Ready:
    """A new practice store in the place of the old one, with dates that follow today."""
    beginning.start_practice_again(places, now=start.now, me=start.me, program=PROGRAM).close()
    return Ready(places=places, keys=unlock(places, beginning.PRACTICE_PASSPHRASE))


def restored(start: Start, places: Places, backup: Path, secret: str) -> Ready:
    """A backup in the place of the store, which is kept beside it. The errors are those of
    `beginning.restore`: nothing was moved then."""
    aside = beginning.restore(places, backup, secret, start.now())
    ready = opened_once(start, places, secret)
    notes = [f"Restored {backup.name}."]
    if aside is not None:
        notes.append(f"The store as it was before is kept as {aside}.")
        notes.append("To take this back, restore that from Settings, Backups.")
    return Ready(places=places, keys=ready.keys, notes=(*notes, *ready.notes))


def _warnings(start: Start, places: Places) -> tuple[str, ...]:
    """What to say of a store that is there already and had better be elsewhere."""
    service = synchronised_by(places.store, start.home, start.environment)
    if service is None:
        return ()
    return (
        f"This store is in a folder that {service} keeps in step with other computers, which can damage it. "
        "Back it up, then restore the backup into a folder that is on this computer only.",
    )
