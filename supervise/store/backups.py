"""Backups: whole copies of the store, still encrypted, each with the slots that open it.

A backup is one zip file, stored and not compressed, holding `store` (a copy made by the database itself,
under the same key) and `keys` (the slots file). It gets its name only after the copy inside has been opened
and found whole, with the same history. A live store is never copied as a file.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.errors import BadFile, StoreIsDamaged, SuperviseError
from supervise.places import Places
from supervise.store import changes, keys, schema
from supervise.store.database import connect, give_key, take, troubles
from supervise.store.files import files_told_plainly, sync_file
from supervise.store.opening import free_name, journal_of, refuse_if_busy
from supervise.whole_files import sync_folder

if TYPE_CHECKING:
    from supervise.store import Store

_STORE, KEYS = "store", "keys"
"""The two parts of a backup."""

_MOMENT = "%Y-%m-%dT%H-%M-%SZ"
_NAMED = re.compile(r"(?P<moment>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ) (?P<label>[\w-]+)(?: \d+)?\.zip")

ON_CLOSING = "on-closing"
"""The label of a backup made because the store was closed; these thin themselves."""

_NEWEST = 10
_KEPT = ((14, "%Y-%m-%d"), (8, "%G-%V"), (24, "%Y-%m"))
"""How many, and of which period: days, weeks (ISO) and months."""


def backup(store: Store, label: str, now: datetime | None = None) -> Path:
    """Makes a backup of the open store and gives its path. The label becomes part of the file's name, so
    it is one of the program's own ("before-import"), never words that somebody typed."""
    places = store.places
    moment = (now or store.now()).astimezone(UTC)
    with files_told_plainly():
        places.backups.mkdir(exist_ok=True, mode=0o700)
        with _working_folder(places.backups, places.store) as folder:
            copy = folder / _STORE
            store.database.execute("VACUUM INTO ?", [str(copy)])
            packed = folder / "backup.zip"
            _pack(packed, copy, places.slots.read_bytes())
            copy.unlink()
            _verify(packed, folder, store.key, expected=store.head())
            path = _name(places.backups, moment, label)
            packed.rename(path)
        sync_folder(places.backups)
    return path


def list_backups(places: Places) -> list[Path]:
    """The backups beside the store, newest first."""
    return sorted(places.backups.glob("*.zip"), key=lambda path: path.name, reverse=True)


def moment_of(backup: Path) -> datetime | None:
    """When a backup was made, by its name; None if the name is not one of ours."""
    named = _NAMED.fullmatch(backup.name)
    return _moment(named["moment"]) if named else None


def closing_moment(backup: Path) -> datetime | None:
    """When a backup was made on closing, so that it is thinned; None for any other."""
    named = _NAMED.fullmatch(backup.name)
    return _moment(named["moment"]) if named and named["label"] == ON_CLOSING else None


def thin(folder: Path) -> list[Path]:
    """Deletes those backups in the folder that were made on closing and that `to_discard` names, and gives
    them. A backup made by hand, or before an import or an upgrade, always stays."""
    found: dict[Path, datetime] = {}
    for path in folder.glob("*.zip"):
        if moment := closing_moment(path):
            found[path] = moment
    discarded = to_discard(found.values())
    gone = [path for path, moment in found.items() if moment in discarded]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _moment(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, _MOMENT).replace(tzinfo=UTC)
    except ValueError:  # such as a 31st of February
        return None


def to_discard(taken: Iterable[datetime]) -> set[datetime]:
    """Which of backups taken at these moments are no longer needed: all but the newest ten, the last of each
    of the newest 14 days, 8 weeks and 24 months that have any. It goes by the backups alone, so that a clock
    that was once wrong costs none of the others."""
    moments = sorted(set(taken), reverse=True)
    kept = set(moments[:_NEWEST])
    for most, period in _KEPT:
        last_of: dict[str, datetime] = {}
        for moment in moments:
            last_of.setdefault(moment.strftime(period), moment)
        kept.update(list(last_of.values())[:most])
    return set(moments) - kept


def restore(places: Places, backup: Path, secret: str, now: datetime) -> Path | None:
    """Puts a backup in the place of the store, which must not be open, after trying that it opens with the
    secret and is whole. What stands there now is put aside beside it, keys and all, under a name that is
    given (None if there was no store), so that this can be taken back too. BadFile or StoreIsDamaged if
    the backup is no good: then nothing moves."""
    refuse_if_busy(places)
    with files_told_plainly():
        places.store.parent.mkdir(parents=True, exist_ok=True)
        with _working_folder(places.store.parent, places.store) as folder:
            _unpack(backup, folder)
            slots = keys.parse((folder / KEYS).read_bytes())
            _look_into_with_any(folder / _STORE, keys.unwrap(slots, secret))
            for part in (_STORE, KEYS):
                sync_file(folder / part)
            aside = _put_aside(places, now)
            (folder / KEYS).rename(places.slots)
            (folder / _STORE).rename(places.store)
        sync_folder(places.store.parent)
    return aside


def put_under(backup: Path, places: Places, former: Sequence[bytes], key: bytes, slots: bytes) -> None:
    """Makes a backup anew under another key: the same store with the same history, tried before it takes the
    place of the one there. StoreIsDamaged if none of the `former` keys opens it."""
    with files_told_plainly(), _working_folder(backup.parent, places.store) as folder:
        _unpack(backup, folder)
        copy, packed = folder / _STORE, folder / "backup.zip"
        head = _put_copy_under(copy, former, key)
        _pack(packed, copy, slots)
        copy.unlink()
        _verify(packed, folder, key, expected=head)
        packed.replace(backup)
        sync_folder(backup.parent)


def _put_copy_under(copy: Path, former: Sequence[bytes], key: bytes) -> str:
    """Puts an unpacked copy under another key, and gives the end of its history."""
    for old in former:
        with suppress(StoreIsDamaged):
            _look_into(copy, old, expected=None)
            break
    else:
        raise StoreIsDamaged(
            "It was made under keys that are older still, and opens with those only.", ""
        )
    with closing(connect(copy, old)) as database:
        take(database)
        give_key(database, key, old)
        return changes.head(database).hex()


def trouble_with(store: Store, backup: Path, *, thoroughly: bool) -> str | None:
    """What is the matter with a backup of this store, in a sentence; None if it is whole. Thoroughly: its
    copy is opened and read through, unless it was made under an earlier key."""
    with files_told_plainly(), _working_folder(backup.parent, store.places.store) as folder:
        try:
            _unpack(backup, folder)
            slots = keys.parse((folder / KEYS).read_bytes())
            same_key = slots.keys[-1].key_id == keys.read(store.places.slots).keys[-1].key_id
            if thoroughly and same_key:
                _look_into(folder / _STORE, store.key, expected=None)
        except SuperviseError as error:
            return error.sentence
    return None


@contextmanager
def _working_folder(beside: Path, store: Path) -> Iterator[Path]:
    """A folder of this store's for the time of the block; those that a kill left behind are swept up."""
    prefix = f".{store.name}-making-"
    for left in beside.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(path: Path, copy: Path, slots: bytes) -> None:
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        archive.write(copy, _STORE)
        archive.writestr(KEYS, slots)
    path.chmod(0o600)
    sync_file(path)


def _unpack(path: Path, folder: Path) -> None:
    """The two parts of a backup, in that folder. BadFile if it is none, or has been cut or altered."""
    try:
        with zipfile.ZipFile(path) as archive:
            for part in (_STORE, KEYS):
                if archive.getinfo(part).compress_type != zipfile.ZIP_STORED:
                    raise zipfile.BadZipFile("compressed")
                archive.extract(part, folder)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError) as error:
        raise BadFile(
            f"{path.name} is no backup of Supervise, or it is damaged.", "Choose another backup."
        ) from error


def _verify(packed: Path, folder: Path, key: bytes, expected: str) -> None:
    _unpack(packed, folder)
    _look_into(folder / _STORE, key, expected)


def _look_into_with_any(path: Path, found: Sequence[bytes]) -> None:
    """The same, under whichever of these keys fits; more than one only in the middle of a change of keys."""
    for key in found[:-1]:
        with suppress(StoreIsDamaged):
            return _look_into(path, key, expected=None)
    return _look_into(path, found[-1], expected=None)


def _look_into(path: Path, key: bytes, expected: str | None) -> None:
    """StoreIsDamaged if the copy does not open, is not whole, or does not end in the link expected."""
    with closing(connect(path, key)) as database:
        take(database)
        schema.refuse_newer(database)
        if not schema.applied(database) or troubles(database):
            raise StoreIsDamaged(
                "The copy of the store is not whole.", "Try again, or choose another backup."
            )
        if expected not in (None, changes.head(database).hex()):
            raise StoreIsDamaged("The copy of the store has another history.", "Try again.")


def _name(folder: Path, moment: datetime, label: str) -> Path:
    """A name that sorts by time and that nothing has yet."""
    kind = "".join(character if character.isalnum() else "-" for character in label)
    stem = f"{moment:{_MOMENT}} {kind}"
    names = (folder / (f"{stem}.zip" if n == 1 else f"{stem} {n}.zip") for n in range(1, 1000))
    return next(name for name in names if not name.exists())


def _put_aside(places: Places, now: datetime) -> Path | None:
    """Renames what stands where the restored store will. The store goes before its journal: parted from
    it by a kill in between, it would only be rolled back when it has its own name again."""
    there = places.store.exists()
    store = free_name(places.store, now)
    for path, other in (
        (places.store, store),
        (journal_of(places.store), journal_of(store)),
        (places.slots, store.with_name(store.name + ".keys")),
    ):
        if path.exists():
            path.rename(other)
    places.in_use.unlink(missing_ok=True)
    return store if there else None
