"""What differs between a backup and the store of now: what a restore would take away, and what it would bring.

The links of the two histories say it. Each link covers everything before it, so that where two are equal, all is
equal up to there; from the first that differs the two have parted.

Looking into a backup needs no connection and takes a moment by design, so that any thread may do it; what it is
held against is read where the store is open. `differs` does all of it for whoever has no window to keep alive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from supervise import wording
from supervise.errors import StoreInUse, StoreIsDamaged, SuperviseError, WrongPassphrase
from supervise.places import Places
from supervise.store import aside, backups, history, opening, thinning
from supervise.store.changes import KEYS, PURGE
from supervise.store.database import Database, scalar
from supervise.store.files import files_told_plainly
from supervise.store.history import Line
from supervise.store.settings import Settings

MOST = 20
"""How many changes are told one by one."""

_COUNTED = (("People", "person"), ("Supervisions and bookings", "session"), ("Actions", "action"))


class Trace(NamedTuple):
    """What a store is known by: its id, the links of its history, how many of what it holds, its newest change."""

    store_id: str
    links: Sequence[bytes]
    counts: tuple[tuple[str, int], ...]
    newest: Line | None


@dataclass(frozen=True, slots=True)
class Beyond:
    """The changes that one side has and the other has not: how many, the newest of them (at most MOST), and of
    which kinds all of them are."""

    count: int = 0
    newest: tuple[Line, ...] = ()
    kinds: frozenset[str] = frozenset()


class Past(NamedTuple):
    """A backup that was looked into: what it is known by, how many changes it shares with the store of now (None:
    not known), and those that it alone has."""

    trace: Trace
    shared: int | None
    comes: Beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """What differs. `made`: when the backup was made (None: its name does not say). `held` and `here`: how many of
    what (the latter None if the store of now could not be read: then `why_not` says why, and nothing is compared).
    `shared`: how many changes both have, from the beginning on. `leaves`: changes that would no longer be there;
    `comes`: changes that would be there again, or for the first time."""

    made: datetime | None
    past: Trace
    now: Trace | None
    same_store: bool
    shared: int
    leaves: Beyond
    comes: Beyond
    why_not: str = ""


def trace(database: Database) -> Trace:
    """What an open store is known by. StoreIsDamaged if it cannot be read."""
    links = [link for (link,) in database.execute("SELECT link FROM change ORDER BY number").fetchall()]
    counts = tuple(
        (title, int(scalar(database, f"SELECT count(*) FROM {kind}"))) for title, kind in _COUNTED
    )
    newest = next(iter(history.lines(database, 1)), None)
    return Trace(Settings(database).get("store_id") or "", links, counts, newest)


def look_into(backup: Path, places: Places, secret: str, now: Trace | None) -> Past:
    """What a backup, or a store that was put aside, holds; beside the store of now, if that could be read. It is
    unpacked, still encrypted, into a folder beside the store that is gone afterwards. WrongPassphrase, BadFile or
    StoreIsDamaged if it cannot be restored with that secret. Any thread may do it."""
    with backups.looked_into(backup, places, secret) as database:
        past = trace(database)
        if now is None or now.store_id != past.store_id:
            return Past(past, None, Beyond())
        shared = _shared(past.links, now.links)
        return Past(past, shared, _beyond(database, shared))


def compare(backup: Path, past: Past, database: Database, now: Trace) -> Differs:
    """What differs between a backup that was looked into beside the trace `now`, and the store of that trace. Its
    changes since then are told as well: nothing else may have altered it meanwhile."""
    same = past.shared is not None
    try:
        leaves = _beyond(database, past.shared or 0) if same else Beyond()
    except StoreIsDamaged as error:
        return not_compared(backup, past, error)
    return Differs(
        made=made_at(backup), past=past.trace, now=now, same_store=same, shared=past.shared or 0,
        leaves=leaves, comes=past.comes,
    )  # fmt: skip


def not_compared(backup: Path, past: Past, why: SuperviseError) -> Differs:
    """The same where the store of now cannot be read, and why."""
    return Differs(
        made=made_at(backup), past=past.trace, now=None, same_store=False, shared=0, leaves=Beyond(),
        comes=Beyond(), why_not=why.sentence,
    )  # fmt: skip


def differs(places: Places, backup: Path, secret: str, *others: str) -> Differs:
    """What differs between a backup and the store at those places, which must be open nowhere. `others` are tried
    if the store of now does not open with the backup's secret. StoreInUse if it is open; the other errors are those of
    `look_into`. What else keeps the store of now from being read is told in `why_not`."""
    with ExitStack() as stack:
        try:
            database = stack.enter_context(_reading(places, [secret, *others]))
            now = trace(database)
        except StoreInUse:
            raise
        except SuperviseError as error:
            return not_compared(backup, look_into(backup, places, secret, None), error)
        past = look_into(backup, places, secret, now)
        return compare(backup, past, database, now)


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, or a store was put aside, by its name; None if that does not say."""
    return thinning.moment_of(backup) or aside.put_aside_at(backup)


# --- In words


def differs_words(found: Differs) -> list[str]:
    """What differs, in sentences: without the changes themselves, which the caller lists."""
    if found.now is None:
        return [f"It cannot be compared with the store of now. {found.why_not}".strip()]
    if not found.same_store:
        return ["This is a backup of another store. Its people would stand in the place of those here."]
    leaving, coming = (wording.counted(each.count, "change") for each in (found.leaves, found.comes))
    if found.leaves.count and found.comes.count:
        said = (
            f"The two have parted at change {found.shared + 1:,}; up to there they are the same. "
            f"{leaving} made here would no longer be there, and {coming} would come."
        )
    elif found.leaves.count:
        have = "has" if found.leaves.count == 1 else "have"
        said = (
            f"The backup is the beginning of this store’s history. {leaving} {have} been made here since, and "
            "would no longer be there."
        )
    elif found.comes.count:
        said = (
            "The store of now is older than the backup: it is the beginning of the backup’s history. "
            f"{coming} would come."
        )
    else:
        said = "The history of both is the same: no change would go, and none would come."
    return [said, *_warnings(found)]


def _warnings(found: Differs) -> Iterator[str]:
    """What a list of changes does not say plainly enough."""
    if PURGE in found.leaves.kinds:
        yield "A deletion by law is among them: what was deleted would be there again, and has to be deleted anew."
    if KEYS in found.leaves.kinds:
        yield (
            "New keys are among them: the passphrase and the recovery sheet from before would open the store again."
        )


# --- Reading


@contextmanager
def _reading(places: Places, secrets: Sequence[str]) -> Iterator[Database]:
    """The store of now, locked for the time of the block, and otherwise left as it is."""
    opening.refuse_if_busy(places)
    with files_told_plainly(), closing(_opened(places, _unlocked(places, secrets))) as database:
        yield database


def _unlocked(places: Places, secrets: Sequence[str]) -> Sequence[bytes]:
    """The keys that the first fitting one of these secrets opens."""
    *most, last = secrets
    for secret in most:
        with suppress(WrongPassphrase):
            return opening.unlock(places, secret).keys
    return opening.unlock(places, last).keys


def _opened(places: Places, keys: Sequence[bytes]) -> Database:
    for key in keys[:-1]:
        try:
            return opening.open_with_key(places, key)
        except StoreIsDamaged:  # the key of a change of keys that was interrupted
            continue
    return opening.open_with_key(places, keys[-1])


def _shared(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many changes two histories have in common, from the first on."""
    most = min(len(one), len(other))
    return bisect_left(range(most), True, key=lambda at: one[at] != other[at])


def _beyond(database: Database, shared: int) -> Beyond:
    """The changes after so many."""
    count = scalar(database, "SELECT count(*) FROM change WHERE number > ?", shared)
    kinds = database.execute("SELECT DISTINCT kind FROM change WHERE number > ?", [shared]).fetchall()
    newest = history.lines(database, min(MOST, count))
    return Beyond(count, tuple(newest), frozenset(kind for (kind,) in kinds))
