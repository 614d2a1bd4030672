"""A real store as somebody describes it at the first start: what is asked before it is made, and its making.

Making keys out of a passphrase is slow by design: a worker does it beside the window, on plain values.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from supervise import beginning
from supervise.errors import FileTrouble, NotAllowed, SuperviseError
from supervise.places import Places, resource
from supervise.store import unlock
from supervise.synchronised import refuse_synchronised, synchronised_by
from supervise.ui.first_keys import Ready
from supervise.ui.start import PROGRAM, Start
from supervise.whole_files import told

if TYPE_CHECKING:
    from supervise.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A real store as somebody described it, page by page. `second_place` None was skipped; the secrets are
    not shown when this is printed."""

    places: Places
    passphrase: str = field(repr=False)
    recovery_key: str = field(repr=False)
    keeper: str
    second_place: Path | None
    remember: bool
    service: bool
    then: str


def check_place(start: Start, path: Path) -> None:
    """Whether a new store may stand at that path. FileTrouble or NotAllowed, with the reason, if not."""
    if not path.is_absolute():
        raise FileTrouble(
            f"“{path.parent}” is not a whole path.", "Type it from its beginning, or choose it."
        )
    refuse_synchronised(path, start.home, start.environment)
    if path.exists():
        raise NotAllowed(
            f"There is a store in {path.parent} already.",
            "Choose another folder, or go back and open that store.",
        )
    there = next(each for each in path.parents if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise FileTrouble(f"Nothing can be written in {there}.", "Choose a folder of your own.")


def check_second_place(start: Start, places: Places, folder: Path) -> str:
    """A word of warning about a second place for backups; "" if there is nothing to say. FileTrouble if it
    is not there or cannot be written to, NotAllowed if it is where the store is."""
    if not folder.is_absolute() or not folder.is_dir():
        raise FileTrouble(
            f"“{folder}” is not there.", "Choose a folder that exists, or skip this for now."
        )
    if folder.resolve() in (places.backups.resolve(), places.store.parent.resolve()):
        raise NotAllowed(
            "The store is in that folder itself: what befalls one would befall the other.",
            "Choose a folder on another disk, a shared drive or in a synchronised folder.",
        )
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"Supervise can write here.")
    except OSError as trouble:
        raise told(trouble, folder) from trouble
    if synchronised_by(folder, start.home, start.environment):
        return ""
    disk = next(each for each in places.store.parents if each.exists()).stat().st_dev
    if folder.stat().st_dev != disk:
        return ""
    return (
        "That folder is on the same disk as the store: if this computer is lost or breaks, both are gone. A "
        "memory stick, a shared drive or a synchronised folder is better."
    )


def recovery_sheet_of(start: Start, places: Places, recovery_key: str, keeper: str) -> bytes:
    """The recovery sheet as a PDF, in memory only."""
    from supervise.reports.page import Printed
    from supervise.reports.recovery_sheet import recovery_sheet

    printed = Printed(at=start.now(), by=start.me, chain_head="")
    return recovery_sheet(recovery_key, str(places.store), keeper, printed)


def made(start: Start, wanted: Wanted) -> Ready:
    """A new store as it is wanted, or nothing at all."""
    from supervise import passphrases
    from supervise.policy_files import read_policy_file

    policy = read_policy_file(resource("policies", beginning.DEFAULT_POLICY))
    begun = beginning.make_store(
        wanted.places, wanted.passphrase, [policy],
        now=start.now, me=start.me, program=PROGRAM, service=wanted.service,
        recovery_key=wanted.recovery_key,  # the one that has been written down
    )  # fmt: skip
    notes = list(begun.notes)
    with _whole_or_gone(begun.store, wanted.places) as store:
        beginning.set_keeper(store, wanted.keeper, start.now().date().toordinal())
        notes += _second_place_chosen(store, wanted.second_place)
    remembers = wanted.remember and passphrases.remember(wanted.places.store, wanted.passphrase)
    if wanted.remember and not remembers:
        notes.append(passphrases.NO_KEYRING)
    keys = unlock(wanted.places, wanted.passphrase)
    return Ready(
        places=wanted.places, keys=keys, notes=tuple(notes), then=wanted.then, remembers=remembers
    )


@contextmanager
def _whole_or_gone(store: Store, places: Places) -> Iterator[Store]:
    """Closes a store that was just made; if the block fails, there is none: nobody has written its recovery
    key down."""
    try:
        yield store
    except BaseException:
        store.close()
        for path in (places.store, places.slots):
            path.unlink(missing_ok=True)
        raise
    store.close()


def _second_place_chosen(store: Store, folder: Path | None) -> list[str]:
    """Choose it, and say so if it has gone away meanwhile: that is no reason not to make the store."""
    from supervise.store import elsewhere

    try:
        if folder is not None:
            elsewhere.set_second_place(store, folder)
    except SuperviseError as error:
        return [f"{error.sentence} Choose a second place for backups in the settings."]
    return []
