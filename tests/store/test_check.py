"""Whatever is altered behind the program's back is found, by somebody who has the key and drops the triggers."""

from __future__ import annotations

import random

import pytest

from supervise.errors import NotAllowed, StoreIsDamaged
from supervise.places import Places
from supervise.store import Store, keys, opening
from supervise.store.check import check
from supervise.store.database import troubles
from tests.store.telling import (
    ME,
    PASSPHRASE,
    SIGNED,
    contents,
    opened,
    put,
    session,
    with_ada,
    with_signed_record,
)


def problems(store: Store, against: str | None = None) -> list[str]:
    return [finding.words for finding in check(store, against) if not finding.ok]


def tamper(store: Store, *statements: str) -> None:
    """Runs statements as somebody would who has the key: without triggers."""
    sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    for (name,) in store.database.execute(sql).fetchall():
        store.database.execute(f"DROP TRIGGER {name}")
    store.database.execute("PRAGMA foreign_keys = off")
    for statement in statements:
        store.database.execute(statement)


def test_a_whole_store_is_told_to_be_whole(places: Places):
    with opened(places) as store:
        with_signed_record(store)
        store.backup("by-hand")
        findings = check(store, store.head()[:16].upper())
        assert len(findings) == 7 and problems(store) == []
        assert any(store.head()[:16] in finding.words for finding in findings)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE session SET notes = 'We did not talk'", "sessions: s1 is not what the history says it is"),
        ("UPDATE session SET held_on = '2026-03-01'", "sessions: s1 is not what the history says it is"),
        ("UPDATE session_section SET text = 'Ill'", "session_sections: x1 is not what the history says it is"),
        ("DELETE FROM statement", "statements: t1 is not what the history says it is"),
        ("INSERT INTO person (id, name) VALUES ('p9', 'Zed')", "people: p9 is not what the history says it is"),
        ("UPDATE person SET id = 'p9'", "people: p9 is not what the history says it is"),
        ("UPDATE person SET id = 'p9'", "rows refer to something that is not there"),
        ("UPDATE change SET link = zeroblob(32) WHERE number = 2", "altered at change 2"),
        ("UPDATE change SET day = '2026-03-01' WHERE number = 2", "altered at change 2"),
        ("UPDATE change SET at = '2026-03-01T09:00:00+00:00' WHERE number = 3", "altered at change 3"),
        ("UPDATE change SET kind = 'import' WHERE number = 1", "altered at change 1"),
        ("UPDATE change SET undoes = '[1]' WHERE number = 2", "altered at change 2"),
        ("UPDATE change SET digests = zeroblob(64) WHERE number = 1", "altered at change 1"),
        ("UPDATE change SET digests = zeroblob(64) WHERE number = 1", "What change 1 did has been altered"),
        ("DELETE FROM change WHERE number = 2", "altered at change 3"),
        ("DELETE FROM change WHERE number = 2", "entries belong to no change"),
        ("UPDATE payload SET body = replace(body, 'Okafor', 'Nobody') WHERE n = 0", "What change 1 did has been"),
        ("UPDATE payload SET body = replace(body, 'Ada', 'Eve') WHERE n = 1", "What change 1 did has been altered"),
        ("UPDATE payload SET nonce = zeroblob(32) WHERE change = 2 AND n = 3", "(its entry 3)"),
        ("DELETE FROM payload WHERE change = 2 AND n = 2", "(its entry 2)"),
        ("DELETE FROM payload WHERE change = 2 AND n = 5", "(its entry 5)"),
        ("INSERT INTO payload (change, n, nonce, body) VALUES (2, 9, zeroblob(32), '{}')", "(its entry 9)"),
    ],
)  # fmt: skip
def test_what_was_altered_is_found(store: Store, statement: str, told: str):
    with_signed_record(store)
    assert problems(store) == []
    tamper(store, statement)
    assert any(told in words for words in problems(store)), problems(store)


def test_many_rows_are_told_in_few_words(store: Store):
    with store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"p{n:02}", "name": "Ada"} for n in range(30)))
    tamper(store, "UPDATE person SET name = 'Eve'")
    found = problems(store)
    assert len(found) == 11 and "20 more" in found[-1]


def test_what_was_deleted_by_law_is_missing_rightly(store: Store):
    """A purge is a change of its own that names the entries that went."""
    with_ada(store)
    with store.change("Record", by=ME) as change:
        change.put("session", session(notes="A secret"))
    with store.change("Remove", by=ME) as change:
        change.remove("session", "s1")
    with store.change("Delete by law", by=ME, kind="purge") as change:
        change.delete_for_good([(2, 1), (3, 1)])
    assert problems(store) == []
    assert "secret" not in str(store.database.execute("SELECT body FROM payload").fetchall())
    with pytest.raises(NotAllowed, match="deleted by law"):
        store.undo(ME)
    with pytest.raises(NotAllowed, match="deleted for good"):
        store.undo_change(3, ME)
    store.database.execute("DELETE FROM payload WHERE change = 1 AND n = 1")
    assert any("What change 1 did" in words for words in problems(store))


def test_a_purge_is_only_believed_of_a_change_of_that_kind(store: Store):
    with_ada(store)
    with pytest.raises(RuntimeError, match="only a purge"), store.change("Sly", by=ME) as change:
        change.delete_for_good([(1, 0)])
    with store.change("Purge", by=ME, kind="purge") as change:
        change.delete_for_good([(1, 0)])
    assert problems(store) == [] and store.history()[-1].label == "(deleted)"
    tamper(store, "UPDATE change SET kind = 'edit' WHERE number = 2")
    assert any("What change 1 did" in words for words in problems(store))


def test_an_earlier_paper_shows_a_history_that_was_rewritten(store: Store):
    assert problems(store, "0000 0000 0000 0000") == []
    with_ada(store)
    paper = store.head()[:16]
    put(store, "person", id="p2", name="Bo")
    assert problems(store, f" {paper[:8]} {paper[8:].upper()}") == []
    (problem,) = problems(store, "0123456789abcdef")
    assert problem == "The paper shows a history that this store does not hold."


def test_a_search_that_came_apart_is_made_anew(store: Store):
    with_ada(store)
    put(store, "session", **session(notes="Caseload"))
    put(store, "session", **session("s2", reason="Leave"))
    for spoil in (
        "DELETE FROM search",
        "DELETE FROM search_row",
        "UPDATE search SET words = 'other'",
        "INSERT INTO search (words) VALUES ('more')",
        "UPDATE search_content SET c0 = 'other'",
        "DELETE FROM search_data WHERE id > 10",
    ):
        store.database.execute(spoil)
        assert "made anew" in problems(store)[0], spoil
        assert problems(store) == []
        assert [found.id for found in store.find("caseload")] == ["s1"]
        assert [found.id for found in store.find("leave")] == ["s2"]


def test_a_spoilt_backup_is_found(places: Places):
    with opened(places) as store:
        with_ada(store)
        first = store.backup("by-hand")
        second = store.backup("by-hand")
        for path in (first, second):
            content = bytearray(path.read_bytes())
            content[len(content) // 3] ^= 1
            path.write_bytes(content)
        found = problems(store)
        assert len(found) == 2 and all(
            "no backup of Supervise, or it is damaged" in words for words in found
        )


def test_a_bit_that_flips_in_a_closed_store_is_detected_or_harmless(places: Places):
    with opened(places) as store:
        with_signed_record(store)
        with store.change("Many", by=ME) as change:
            change.put_all(
                "session", (session(f"t{n}", notes="Caseload " * 20, **SIGNED) for n in range(300))
            )
        before, head, key = contents(store), store.head(), store.key
    good = places.store.read_bytes()
    chance = random.Random(20260331)
    detected = 0
    for _ in range(50):
        bad = bytearray(good)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        places.store.write_bytes(bad)
        try:
            database = opening.open_with_key(places, key)
        except StoreIsDamaged:
            detected += 1
            continue
        with Store(database, store.now, places, key) as spoilt:
            if troubles(database):
                detected += 1
            else:
                assert contents(spoilt) == before and spoilt.head() == head
    assert detected >= 45


@pytest.mark.parametrize(
    "read",
    [
        lambda cursor: cursor.fetchall(),
        list,
        lambda cursor: list(iter(cursor.fetchone, None)),
        lambda cursor: list(iter(lambda: cursor.fetchmany(7), [])),
    ],
    ids=["all", "by itself", "one by one", "some by some"],
)
def test_damage_met_while_reading_is_told_plainly(places: Places, read):
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"name": "Ada " * 100} for _ in range(500)))
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    spoil(places)
    with Store(opening.open_with_key(places, key), store.now, places, key) as spoilt:
        cursor = spoilt.database.execute("SELECT n, body FROM payload NOT INDEXED")
        with pytest.raises(StoreIsDamaged, match="does not read back"):
            read(cursor)


def spoil(places: Places) -> None:
    """Alters every other page in the last quarter of the file."""
    content = bytearray(places.store.read_bytes())
    for at in range(len(content) * 3 // 4, len(content), 8192):
        content[at] ^= 1
    places.store.write_bytes(content)


def test_damage_in_the_middle_is_a_finding_and_no_crash(places: Places):
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"name": "Ada " * 100} for _ in range(500)))
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    spoil(places)
    with Store(opening.open_with_key(places, key), store.now, places, key) as spoilt:
        found = problems(spoilt)
    assert any("damaged" in words for words in found)
