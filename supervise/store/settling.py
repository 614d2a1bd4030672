"""What is done with a store that has just been opened, before anybody asks it anything."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from supervise.errors import FileTrouble, StoreTrouble
from supervise.store import schema
from supervise.store.settings import DELETED, NEW_KEYS

if TYPE_CHECKING:
    from supervise.store import Store


def bring_up_to_date(store: Store) -> None:
    """A store of an older version is backed up, then given what its schema lacks."""
    if schema.pending(store.database):
        from supervise.store import backups

        backups.backup(store, "before-upgrade")
        schema.migrate(store.database)


def end_what_was_begun(store: Store) -> None:
    """Ends a change of keys, or a deletion, that an abrupt end had interrupted; without room to tidy it is done the
    next time. What there is to say of it stands in `Store.interrupted`."""
    with suppress(FileTrouble, StoreTrouble):
        if store.settings.get(NEW_KEYS):
            from supervise.store import rekeying

            store.interrupted = rekeying.settle(store)
        if store.settings.get(DELETED):
            from supervise.store import purge

            purge.tidy(store)
            if purge.left_to_do(store).new_key:
                store.interrupted = store.interrupted or purge.NEEDS_KEY
