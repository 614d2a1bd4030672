"""Looking a store over: is it whole, is its history unbroken, and do its rows say what the history says?

What this cannot find: somebody with the passphrase who rewrites the whole history outside the program.
That shows only against an earlier paper, whose printed code `against` is, or against an earlier backup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from supervise.errors import StoreIsDamaged
from supervise.fields import Kind
from supervise.store import backups, chain, index
from supervise.store.changes import PURGE
from supervise.store.database import Database, scalar, stream, troubles
from supervise.store.retention import removed_words
from supervise.store.rows import KINDS, image_of, select
from supervise.wording import counted

if TYPE_CHECKING:
    from supervise.store import Store

CODE = 16
"""How many characters of the chain's end a paper prints."""

BREATH = 500
"""After so many rows a long step says that it is still at it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is as it should be, in a sentence."""

    ok: bool
    words: str


Told = Iterator[Finding | None]
"""What a step finds; None where it is still at it."""


def check(store: Store, against: str | None = None) -> list[Finding]:
    """Everything that can be checked, in the order of a list for reading. A search index that had come
    apart from the rows is put right, and that is said. `against` is the code on an earlier paper."""
    steps = _steps(store.database, against)
    if store.is_on_disk:
        steps.append(lambda: _backups(store))
    return [finding for step in steps for finding in _told(step) if finding is not None]


def checking(
    store: Store, against: str | None = None
) -> Generator[tuple[int, int], None, list[Finding]]:
    """The same as slow work, without the backups: yields how far it has come, of about how far."""
    logged = scalar(store.database, "SELECT count(*) FROM payload") or 0
    whole = 2 * logged // BREATH + 1  # the log is read for the chain, and once more for the rows
    found: list[Finding] = []
    at = 0
    yield at, whole  # what waits may be shown before the first step, which cannot be divided
    for step in _steps(store.database, against):
        for finding in _told(step):
            if finding is None:
                at += 1
            else:
                found.append(finding)
            yield min(at, whole), whole
    return found


def _steps(database: Database, against: str | None) -> list[Callable[[], Told]]:
    steps: list[Callable[[], Told]] = [
        lambda: _search(database),
        lambda: _file(database),
        lambda: _references(database),
        lambda: _chain(database),
        lambda: _removed(database),
        lambda: _rows(database),
    ]
    if against is not None:
        steps.append(lambda: _paper(database, against))
    return steps


def _told(step: Callable[[], Told]) -> Told:
    """What a step finds; damage that stops it is a finding too."""
    try:
        yield from step()
    except StoreIsDamaged as error:
        yield Finding(False, error.sentence)


def _search(database: Database) -> Iterator[Finding]:
    if index.agrees(database):
        yield Finding(True, "The search finds what was written.")
    else:
        index.rebuild(database)
        yield Finding(False, "The search had come apart from what was written; it has been made anew.")


def _file(database: Database) -> Iterator[Finding]:
    found = troubles(database)
    if found:
        yield Finding(False, f"The file is damaged: {len(found)} places do not read back as written.")
    else:
        yield Finding(True, "The file reads back as it was written.")


def _references(database: Database) -> Iterator[Finding]:
    found = database.execute("PRAGMA foreign_key_check").fetchall()
    if found:
        yield Finding(False, f"{len(found)} rows refer to something that is not there.")
    else:
        yield Finding(True, "Whatever is referred to is there.")


def _chain(database: Database) -> Told:
    purged = _purged(database)
    previous, expected, bad = chain.START, 1, 0
    sql = "SELECT number, at, day, kind, undoes, link, digests FROM change ORDER BY number"
    for *said, link, digests in database.execute(sql):
        metadata = chain.Metadata(*said)
        number = metadata.number
        if number != expected or link != chain.link(previous, metadata, digests):
            bad += 1
            yield Finding(False, f"The history has been altered at change {number}.")
        for n in _bad_payloads(database, number, digests, purged):
            if n is None:
                yield None
                continue
            bad += 1
            yield Finding(
                False, f"What change {number} did has been altered or is missing (its entry {n})."
            )
        previous, expected = link, number + 1
        if number % BREATH == 0:
            yield None
    stray = scalar(
        database, "SELECT count(*) FROM payload WHERE change NOT IN (SELECT number FROM change)"
    )
    if stray:
        yield Finding(False, f"{stray} entries belong to no change of the history.")
    elif not bad:
        yield Finding(
            True,
            f"The history is unbroken ({counted(expected - 1, 'change')}, code {previous.hex()[:CODE]}).",
        )


def _purged(database: Database) -> frozenset[str]:
    """The payloads that a change of kind purge has taken away, as "change/n"."""
    sql = "SELECT row_id FROM payload JOIN change ON change = number WHERE row_kind = ? AND kind = ?"
    return frozenset(id for (id,) in database.execute(sql, [PURGE, PURGE]).fetchall())


def _bad_payloads(
    database: Database, number: int, digests: bytes, purged: frozenset[str]
) -> Iterator[int | None]:
    """The payloads of a change that are not what its digests say; None where it is still at it."""
    sql = "SELECT n, nonce, body FROM payload WHERE change = ? ORDER BY n"
    expected = 0
    sealed = chain.split(digests)
    for n, nonce, body in stream(database, sql, [number]):
        yield from (gone for gone in range(expected, n) if f"{number}/{gone}" not in purged)
        if n >= len(sealed) or sealed[n] != chain.digest(nonce, body):
            yield n
        expected = n + 1
        if expected % BREATH == 0:
            yield None
    yield from (gone for gone in range(expected, len(sealed)) if f"{number}/{gone}" not in purged)


def _removed(database: Database) -> Iterator[Finding]:
    """How much was deleted by law; and nothing where nothing was."""
    if words := removed_words(database):
        yield Finding(True, words)


def _rows(database: Database) -> Told:
    bad = 0
    for kind in KINDS:
        differing = []
        for id in _unlike_the_log(database, kind):
            if id is None:
                yield None
            else:
                differing.append(id)
        bad += len(differing)
        for id in differing[:10]:
            yield Finding(False, f"{kind.sheet}: {id} is not what the history says it is.")
        if len(differing) > 10:
            yield Finding(
                False, f"{kind.sheet}: {len(differing) - 10} more are not what the history says."
            )
    if not bad:
        yield Finding(True, "Every row, signed records included, is what the history says it is.")


def _unlike_the_log(database: Database, kind: Kind) -> Iterator[str | None]:
    """The rows of a kind that are not as the last entry about them says, or should not be there, or are
    not; None where it is still at it. Both sides come in the order of their ids and are held against each
    other as they come."""
    sql = """
        SELECT row_id, body, max(change * 4294967296 + n) FROM payload
        WHERE row_kind = ? GROUP BY row_id ORDER BY row_id
    """  # of a group with max(), SQLite gives the other columns of the row that has it
    logged = (
        (id, after)
        for id, body, _ in stream(database, sql, [kind.name])
        if (after := json.loads(body)["after"]) is not None
    )
    present = ((row["id"], image_of(row)) for row in select(database, kind, {}))
    for at, (one, other) in enumerate(zip_longest(logged, present), 1):
        if one != other:
            break
        if at % BREATH == 0:
            yield None
    else:
        return
    yield from _differing(database, kind, sql)


def _differing(database: Database, kind: Kind, sql: str) -> list[str]:
    """The same where something is known to differ: both sides whole, for the exact list."""
    said = {id: json.loads(body)["after"] for id, body, _ in database.execute(sql, [kind.name])}
    is_so = {row["id"]: image_of(row) for row in select(database, kind, {})}
    return sorted(id for id in said.keys() | is_so.keys() if said.get(id) != is_so.get(id))


def _paper(database: Database, against: str) -> Iterator[Finding]:
    code = "".join(against.split()).lower()
    if code == chain.START.hex()[:CODE]:
        yield Finding(True, "The paper was printed before the first change.")
        return
    sql = f"SELECT number, day FROM change WHERE lower(substr(hex(link), 1, {CODE})) = ?"
    found = database.execute(sql, [code]).fetchone()
    if found:
        yield Finding(True, f"The paper's code is that of change {found[0]}, of {found[1]}.")
    else:
        yield Finding(False, "The paper shows a history that this store does not hold.")


def _backups(store: Store) -> Iterator[Finding]:
    """Every backup is unpacked and its checksums tried; the newest is opened and read through as well."""
    found = backups.list_backups(store.places)
    if not found:
        yield Finding(True, "There is no backup yet.")
    for path in found:
        trouble = backups.trouble_with(store, path, thoroughly=path == found[0])
        yield Finding(trouble is None, f"Backup {path.name}: {trouble or 'whole.'}")
