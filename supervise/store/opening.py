"""Making a store, opening it, and changing its passphrase.

Every step leaves something that opens, or nothing at all: a store appears under its name only when its
slots stand and it is whole. New keys have a module of their own, `rekeying`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from supervise.errors import NoStore, NotAllowed, StoreInUse, StoreIsDamaged, WrongPassphrase
from supervise.places import Places
from supervise.store import inuse, keys, schema
from supervise.store.database import Database, connect, is_locked, take, troubles
from supervise.store.files import files_told_plainly, sync_file
from supervise.store.inuse import Opening
from supervise.store.rows import new_id
from supervise.store.settings import EXPORTS, GATHERS, Settings
from supervise.whole_files import sync_folder

_PAGE = 4096
"""Bytes of a page of SQLCipher's; no store is smaller."""


@dataclass(slots=True)
class Opened:
    """A store that is open: its connection and its key, which is never shown."""

    database: Database
    key: bytes = field(repr=False)


def create(
    places: Places,
    passphrase: str,
    now: datetime,
    *,
    service: bool = False,
    recovery_key: str | None = None,
) -> str:
    """Makes a new, empty store (a service store, if asked for) and gives its recovery key: the one given, if
    it was made and written down beforehand, else a new one. It is left closed.

    NotAllowed if there is a store already. What an interrupted making left behind is swept up; slots
    or a journal without a store are put aside, never overwritten, for they may be the only way into a store
    that has been moved.
    """
    if not passphrase:
        raise NotAllowed("A store needs a passphrase.", "Choose one that nobody would guess.")
    if places.store.exists():
        raise NotAllowed(
            f"There is already a store at {places.store}.",
            "Open it, or name another place with --store.",
        )
    recovery_key = recovery_key or keys.new_recovery_key()
    key, store_id = keys.new_key(), new_id()
    with files_told_plainly():
        places.store.parent.mkdir(parents=True, exist_ok=True)
        making = _empty_store(places, key, store_id, service)
        for left in (places.slots, journal_of(places.store)):
            if left.exists():
                left.rename(free_name(left, now))
        keys.write(
            places.slots, keys.SlotsFile(store_id, (keys.wrap(key, passphrase, recovery_key, store_id),))
        )
        making.rename(places.store)
        sync_folder(places.store.parent)
    return recovery_key


def _empty_store(places: Places, key: bytes, store_id: str, service: bool) -> Path:
    """An old store with nothing in it, under a name of its own beside the store's."""
    making = places.store.with_name(places.store.name + ".making")
    for left in (making, journal_of(making)):
        left.unlink(missing_ok=True)
    database = connect(making, key)
    try:
        take(database)
        schema.migrate(database)
        settings = Settings(database)
        settings.put("store_id", store_id)
        if service:
            settings.put(GATHERS, EXPORTS)
    finally:
        database.close()
    making.chmod(0o600)
    sync_file(making)
    return making


def open_database(places: Places, secret: str | Unlocked, opening: Opening) -> Opened:
    """Opens the store, takes its lock and leaves word of who has it. What is lacking in its schema is
    still lacking.

    NoStore, WrongPassphrase, StoreInUse, StoreIsDamaged, StoreIsNewer or StoreReadOnly, each before
    anything in the store was altered.
    """
    refuse_if_missing(places)
    with files_told_plainly():
        refuse_if_busy(places)  # before the passphrase is worked on, which takes a moment
        if places.store.stat().st_size < _PAGE:  # SQLite would make a new store of it
            raise StoreIsDamaged("The store is damaged: there is nothing in it.")
        ended_abruptly = places.in_use.exists()
        opened = _open_with(places, keys.read(places.slots), secret)
        with closing_on_error(opened.database):
            _look_over(opened.database, thoroughly=ended_abruptly)
            opening.write(places.in_use)
    return opened


def close_database(places: Places | None, database: Database) -> None:
    """Closes the store and takes back the word of who has it; one in memory (None) has left none."""
    try:
        with files_told_plainly():
            if places is not None:
                places.in_use.unlink(missing_ok=True)  # first, while the lock is still ours
    finally:
        database.close()


def refuse_if_missing(places: Places) -> None:
    """NoStore if there is none; with what is kept beside it."""
    if places.store.is_file():
        return
    from supervise.store.aside import kept_words  # late: only where something is amiss

    sentence = f"There is no store at {places.store}."
    if kept := kept_words(places):
        raise NoStore(f"{sentence} {kept}.", "Restore that one, or a backup.")
    raise NoStore(sentence)


def refuse_if_busy(places: Places) -> None:
    """StoreInUse, with who has it, if the store is open anywhere. Needs no key and alters nothing."""
    if places.store.exists() and is_locked(places.store):
        raise inuse.refusal(places.in_use)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The keys that a secret opened, newest first, and whether it `opens_newest` of those in the slots. Finding
    them takes a moment by design, needs no connection, and so can be done beside a window that goes on."""

    keys: tuple[bytes, ...] = field(repr=False)
    opens_newest: bool = True


def unlock(places: Places, secret: str) -> Unlocked:
    """What the secret opens of the store's slots. NoStore, WrongPassphrase, or StoreIsDamaged."""
    refuse_if_missing(places)
    with files_told_plainly():
        return _unlocked(keys.read(places.slots), secret)


def _unlocked(slots: keys.SlotsFile, secret: str) -> Unlocked:
    found = keys.unwrapped(slots, secret)
    return Unlocked(tuple(key for _, key in found), found[0][0] == slots.keys[-1].key_id)


def _open_with(places: Places, slots: keys.SlotsFile, secret: str | Unlocked) -> Opened:
    """The store under the newest of the keys that the secret unwraps and that fits. There is more than
    one only after a change of keys was interrupted; the secret may then belong to the one that is not it."""
    unlocked = secret if isinstance(secret, Unlocked) else _unlocked(slots, secret)
    for key in unlocked.keys:
        try:
            return Opened(open_with_key(places, key), key)
        except StoreIsDamaged:
            if key == unlocked.keys[-1] and len(unlocked.keys) == len(slots.keys):
                raise
    if unlocked.opens_newest:
        raise WrongPassphrase(
            "That opens another key of this store: it was to get new keys, and the program ended before it had.",
            "Use the passphrase or the recovery sheet from before.",
        )
    raise WrongPassphrase(
        "That opens another key of this store, which has new keys now.",
        "Use the new passphrase, or the new recovery sheet.",
    )


def open_with_key(places: Places, key: bytes) -> Database:
    """The store under that key, locked. StoreIsDamaged if it does not open with it."""
    try:
        database = connect(places.store, key)
        with closing_on_error(database):
            take(database)
            if not schema.applied(database):
                raise StoreIsDamaged("The store is damaged: there is nothing in it.")
    except StoreInUse as error:
        raise inuse.refusal(places.in_use) from error
    return database


def _look_over(database: Database, *, thoroughly: bool) -> None:
    """Every page is authenticated by SQLCipher whenever it is read; after an abrupt end all are read."""
    schema.refuse_newer(database)
    database.execute(
        "DELETE FROM purge_door WHERE false"
    )  # nothing; but a file that is read-only tells so
    if thoroughly and (found := troubles(database)):
        raise StoreIsDamaged(f"The store is damaged: {len(found)} places do not read back as written.")


@contextmanager
def closing_on_error(database: Database) -> Iterator[None]:
    """Closes the connection if the block fails."""
    try:
        yield
    except BaseException:
        database.close()
        raise


def change_passphrase(places: Places, secret: str, passphrase: str) -> None:
    """Gives the store a new passphrase; the key, the recovery key and the store itself stay. The secret
    may be either one. Backups keep the passphrase of their day. WrongPassphrase if it opens nothing."""
    if not passphrase:
        raise NotAllowed("A store needs a passphrase.", "Choose one that nobody would guess.")
    with files_told_plainly():
        keys.write(places.slots, keys.rewrap(keys.read(places.slots), secret, passphrase))


def journal_of(path: Path) -> Path:
    """SQLite's rollback journal of a file."""
    return path.with_name(path.name + "-journal")


def free_name(path: Path, now: datetime) -> Path:
    """A name beside `path` that says when it was put aside, and that nothing has yet."""
    stem = f"{path.name}.aside-{now:%Y-%m-%dT%H-%M-%S}"
    names = (path.with_name(stem if n == 1 else f"{stem}-{n}") for n in range(1, 1000))
    return next(name for name in names if not name.exists())
