"""Deleting somebody's records for good, as the law may ask: rows, history, drafts, index, access list (floor 2).

All of it is one change of the kind `purge`, and so one transaction: a kill leaves everything as it was, or done.
The chain goes on verifying, for a link covers digests and no words. What is left is told in
docs/decisions/0016-retention.md:

    the rows            gone, and every entry of the history that ever told of them, nonces too
    words of changes    those that name the person, or told of nothing else, say `INSTEAD`
    others' records     stay as they were signed. If they name the person as a supervisor, the name and the last
                        day stay with them, and nothing else
    a `removal`         no name: how many rows, in which teams, from when to when

What was deleted still stands in pages that the file system has let go, under the store's former key. So a new
key belongs to it: `left_to_do`, `tidy` and `giving_key` see to that. (`retention` says what is due.)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Generator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from supervise.errors import NotAllowed, WrongPassphrase
from supervise.fields import ACTION, BY_NAME, PERSON, POST
from supervise.places import Places
from supervise.store import changes, copies, keys, rekeying
from supervise.store.belongings import Belongings, Key, belongings, names_of
from supervise.store.changes import PURGE, Change
from supervise.store.database import Database, scalar, stream
from supervise.store.rekeying import NewKeys, Why
from supervise.store.retention import named_by_others
from supervise.store.rows import HOLD, REMOVAL, Row, fetch, select
from supervise.store.settings import DELETED

if TYPE_CHECKING:
    from supervise.store import Store

INSTEAD = "Deleted under retention"
"""What the history says of a change whose words are deleted."""

KEY_HOLDS = (
    "The store was being given a new key after a deletion when the program ended, and it has it. The passphrase and"
    " the recovery sheet are as they were."
)
"""What is said of a new key after a deletion that was cut off after the store had it."""

NEEDS_KEY = (
    "One step is left after a deletion: the store needs a new key, so that what was deleted opens nowhere any more. "
    "Give it one under Settings, Retention, or with “supervise retention new-key”."
)
"""What to say on opening while that is so."""

_ANSWERS = "tracker-answers"
"""The setting with the answers about trackers, which name people (`trackers`)."""


class Left(NamedTuple):
    """What is still to be done after a deletion: to write the file anew, and to give it a new key."""

    rewrite: bool
    new_key: bool


def delete_person(store: Store, person: str, by: str, *, needs_key: bool = True) -> Change:
    """Deletes everything that belongs to a person, for good. NotAllowed while there is a hold, or in a service
    store; whether it is due, and whether somebody meant it, is for the caller to ask. Afterwards the store
    `needs_key`, unless everybody in it is made up."""
    database = store.database
    if store.is_service:
        raise NotAllowed(
            "This is a service store: what is deleted here would come back with the team’s next export.",
            "Delete it in the team’s own store, then make a new service store from the teams’ new exports.",
        )
    row = fetch(database, PERSON, [person])[person]
    if any(select(database, HOLD, {"person_id": person})):
        raise NotAllowed(
            f"There is a legal hold on the records of {row['name']}.", "Take the hold off first."
        )
    label = "Delete a person’s records under retention"
    with changes.making(database, store.now, label, by=by, kind=PURGE) as change:
        keeps_name = bool(named_by_others(database, person))
        found, names = belongings(database, person, keeps_name), names_of(database, person)
        posts = [
            (post["team"], post["from"], _end(post, row))
            for post in select(database, POST, {"person_id": person})
        ]
        change.open_purge_door([*found.sessions, person])
        _delete_beside(database, person, found.sessions, names)
        restated = dict.fromkeys([*found.restated, *_let_go(database, change, found)])
        if keeps_name:
            restated[PERSON.name, person] = None
            _keep_name_only(database, row)
        else:
            database.execute("DELETE FROM person WHERE id = ?", [person])
        said = _said_instead(database, names, found.entries)
        change.delete_for_good([*found.entries, *((number, 0) for number in said)], said)
        for kind, id in restated:
            change.restate(kind, [id])
        rows = 1 + sum(map(len, found.live.values()))
        change.put(
            REMOVAL.name,
            {"removed_on": change.day, "rows": rows, "posts": json.dumps(posts)},
            recorded=True,
        )
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        if store.is_on_disk:
            copies.note_copies(store)
            left = {"rewrite": True, "digest": _digest(store) if needs_key else ""}
            store.settings.put(DELETED, json.dumps(left))
    store.begin_sitting()  # what came before may hold words that are gone
    return change


# Taking it away


def _end(post: Row, person: Row) -> str | None:
    """The last day of a post; no later than that with the council."""
    return min(filter(None, (post["to"], person["left_on"])), default=None)


def _let_go(database: Database, change: Change, found: Belongings) -> list[Key]:
    """Deletes the rows, and gives those of others that referred to an action among them."""
    others = [
        row for id in found.live[ACTION.name] for row in select(database, ACTION, {"carried_from": id})
        if row["id"] not in found.live[ACTION.name]
    ]  # fmt: skip
    change.open_purge_door({row["session_id"] for row in others})
    for row in others:
        database.execute("UPDATE action SET carried_from = NULL WHERE id = ?", [row["id"]])
    for kind, ids in found.live.items():
        database.executemany(f"DELETE FROM {BY_NAME[kind].name} WHERE id = ?", [(id,) for id in ids])
    return [(ACTION.name, row["id"]) for row in others]


def _keep_name_only(database: Database, row: Row) -> None:
    """Of somebody who stands in others' records: their name, and that they have left."""
    emptied = ", ".join(f'"{name}" = NULL' for name in row if name not in ("id", "name", "left_on"))
    database.execute(f"UPDATE person SET {emptied} WHERE id = ?", [row["id"]])


def _delete_beside(database: Database, person: str, sessions: set[str], names: Sequence[str]) -> None:
    """Drafts about the person, lines on who looked at what is theirs, and answers about them in trackers."""
    asked = {"person": person, "ids": json.dumps(sorted({*sessions, person}))}
    database.execute("DELETE FROM access WHERE row_id IN (SELECT value FROM json_each(:ids))", asked)
    sql = """
        DELETE FROM draft WHERE substr(id, instr(id, ':') + 1) IN (SELECT value FROM json_each(:ids))
        OR (json_valid(body) AND body ->> '$.sheet.person' = :person)
    """
    database.execute(sql, asked)
    said = scalar(database, "SELECT value FROM setting WHERE name = ?", _ANSWERS)
    if said:
        left = json.dumps(_forgotten(json.loads(said), person, names), ensure_ascii=False)
        database.execute("UPDATE setting SET value = ? WHERE name = ?", [left, _ANSWERS])


def _forgotten(
    answers: dict[str, dict[str, str]], person: str, names: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Answers about trackers without those that name somebody, under whatever name a tracker has for them."""
    is_named = _naming(names)
    also = [name for name, who in answers.get("names", {}).items() if who == person or is_named(who)]
    is_named = _naming([*names, *also])
    return {
        part: {
            said: means
            for said, means in entries.items()
            if means != person and not is_named(f"{said}\n{means}")
        }
        for part, entries in answers.items()
    }


# Words of changes


def _naming(names: Sequence[str]) -> Any:
    """A test for texts in which one of these names stands, as words of their own."""
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE
    ).search


def _said_instead(
    database: Database, names: Sequence[str], entries: Sequence[tuple[int, int]]
) -> dict[int, dict[str, Any]]:
    """What is to stand for the words of changes that name the person, or of which nothing else is left, by their
    number. Who made them, and when, stays: that belongs to the trail, and to others' records."""
    is_named, gone = _naming(names), Counter(number for number, _ in entries)
    sql = """
        SELECT number, said.body, (SELECT count(*) FROM payload AS own WHERE own.change = number AND own.n > 0)
        FROM change JOIN payload AS said ON said.change = change.number AND said.n = 0
    """
    found: dict[int, dict[str, Any]] = {}
    for number, body, count in stream(database, sql):
        said = json.loads(body)
        is_empty = gone[number] == count > 0
        if is_empty or is_named(said["label"]):
            found[number] = {**said, "label": INSTEAD}
    return found


# What is still to be done afterwards


def left_to_do(store: Store) -> Left:
    """What is still to be done after a deletion. A new key, however it came, is done with."""
    said = json.loads(store.settings.get(DELETED) or "{}")
    return Left(bool(said.get("rewrite")), said.get("digest") == _digest(store))


def tidy(store: Store) -> None:
    """Writes the file anew, so that no page is left over from before a deletion, if that is still to be done.
    DiskFull if there is no room for it: it stays to be done."""
    left = left_to_do(store)
    if left.rewrite:
        store.database.execute("VACUUM")
    if store.settings.get(DELETED):
        said = json.dumps({"rewrite": False, "digest": _digest(store)}) if left.new_key else ""
        store.settings.put(DELETED, said)


def prepare_key(places: Places, passphrase: str, recovery_key: str, *, is_new: bool = False) -> NewKeys:
    """A new key that the present passphrase opens, and the recovery key of the sheet, or one that `is_new` and has
    been written down. Alters nothing, needs no connection, and takes a moment by design: any thread may do it.
    WrongPassphrase if either secret is not what it should be."""
    if keys.read_recovery_key(passphrase) is not None:
        raise WrongPassphrase("That is a recovery key.", "Type the passphrase here.")
    if keys.read_recovery_key(recovery_key) is None:
        raise WrongPassphrase(
            "That cannot be a recovery key.", "Type the eight groups that the sheet shows."
        )
    if not is_new:
        try:
            keys.unwrap(keys.read(places.slots), recovery_key)
        except WrongPassphrase as wrong:
            raise WrongPassphrase(
                "That is not the recovery key of this store.", "Look for its latest sheet."
            ) from wrong
    return rekeying.prepare(places, passphrase, passphrase, recovery_key, anew=False)


def giving_key(store: Store, new: NewKeys, by: str) -> Generator[tuple[int, int], None, None]:
    """Gives the store that key, step by step (how many are done, of how many), and tidies up. What was deleted
    then opens with nothing, wherever it may still stand; but in copies, for which see `copies`."""
    yield from store.giving_new_keys(
        new,
        Why("Give the store a new key after a deletion", "gave a new key", by, if_they_hold=KEY_HOLDS),
    )
    tidy(store)


def _digest(store: Store) -> str:
    """What tells one key of the store from another; of 32 random bytes it gives nothing away."""
    return sha256(store.key).hexdigest()
