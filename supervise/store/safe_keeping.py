"""How well a store is backed up: what was made and copied last, as the store itself remembers it.

It stands apart from what makes backups (`backups`, `elsewhere`): Today says it at every start.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from supervise.store import thinning

if TYPE_CHECKING:
    from supervise.store import Store

BACKED_UP, COPIED = "backed-up", "copied-elsewhere"
"""Under these names a store remembers the last backup, and the last copy of one elsewhere."""


class BackedUp(NamedTuple):
    """When the newest backup was made and when one was last copied elsewhere (None: never yet), and for how
    many days there has been something that no copy elsewhere has: 0 if the last copy has everything, None
    if there is no copy."""

    when: datetime | None
    elsewhere_when: datetime | None
    days_without_copy_elsewhere: int | None


class Noted(NamedTuple):
    """A backup that was made or copied: its file's name, when (UTC), and the state of the store in it."""

    file: str
    at: str
    state: str


def note_made(store: Store, what: str, path: Path, state: str) -> None:
    """Remember that a backup was made, or copied, of that state of the store."""
    at = store.now().astimezone(UTC).isoformat(timespec="seconds")
    store.settings.put(what, json.dumps(Noted(file=path.name, at=at, state=state)._asdict()))


def noted(store: Store, what: str) -> Noted | None:
    """What is remembered; None if nothing is."""
    said = store.settings.get(what)
    return Noted(**json.loads(said)) if said else None


def state_of(store: Store) -> str:
    """What tells one state of the store from another: the end of its history, its drafts, what opens it."""
    from hashlib import sha256

    drafts = "".join(f"{draft.id} {draft.updated_at}\n" for draft in store.drafts.list())
    said = store.head().encode() + drafts.encode() + store.places.slots.read_bytes()
    return sha256(said).hexdigest()


def backed_up_state(store: Store, now: datetime) -> BackedUp:
    """How well the store is backed up at that moment. Looks at no second place, which may be slow to
    answer: what was copied there is remembered."""
    made = filter(None, map(thinning.moment_of, store.places.backups.glob("*.zip")))
    copied = noted(store, COPIED)
    if copied is None:
        return BackedUp(
            when=max(made, default=None), elsewhere_when=None, days_without_copy_elsewhere=None
        )
    when = datetime.fromisoformat(copied.at)
    days = (now.date() - when.astimezone(now.tzinfo).date()).days
    behind = 0 if copied.state == state_of(store) else max(days, 0)
    return BackedUp(
        when=max(made, default=None), elsewhere_when=when, days_without_copy_elsewhere=behind
    )
