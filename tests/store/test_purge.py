"""Deleted by law: nothing of a person is found anywhere afterwards, and everybody else is as they were."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from supervise.errors import NotAllowed, StoreTrouble, WrongPassphrase
from supervise.places import Places
from supervise.store import Store, copies, keys, memory_store, new_recovery_key, purge
from supervise.store.check import check
from supervise.store.opening import open_with_key
from supervise.store.retention import leavers, named_by_others, removals, removed_in, what_there_is
from supervise.store.rows import KINDS
from supervise.workdays import day
from tests.store.killing import child
from tests.store.leaving import ADA, BO, LEE, NAME, everybody, words
from tests.store.telling import ME, PASSPHRASE, Clock, contents, opened, put, session

TODAY = day("2026-03-31")


@pytest.fixture
def left(store: Store) -> Store:
    """A store in memory from which Ada can go."""
    everybody(store)
    return store


def delete(store: Store, person: str = ADA) -> None:
    purge.delete_person(store, person, ME)


def bad(store: Store) -> list[str]:
    return [finding.words for finding in check(store) if not finding.ok]


def pages(store: Store, to: Path) -> bytes:
    """The pages as they are, free ones included: a backup copies page by page."""
    to.unlink(missing_ok=True)
    other = dbapi2.connect(str(to))
    store.database.backup(other)
    other.close()
    return to.read_bytes().lower()


def found_in(content: bytes) -> list[str]:
    return [word for word in words() if word.lower().encode() in content]


def in_tables(store: Store) -> dict[str, list[str]]:
    """The words that stand in any table, those of the search index included."""
    tables = [
        name for (name,) in store.database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    told = {
        name: str(store.database.execute(f'SELECT * FROM "{name}"').fetchall()).lower()
        for name in tables
    }
    return {name: said for name, text in told.items() if (said := found_in(text.encode()))}


def others(store: Store) -> dict[str, list[dict[str, object]]]:
    """What there is of everybody else."""
    mine = {ADA, "s-zqada-1"}
    found = {
        kind: [
            row for row in rows if not mine & {row["id"], row.get("person_id"), row.get("session_id")}
        ]
        for kind, rows in contents(store).items()
        if kind not in ("removal", "action")
    }
    return {kind: rows for kind, rows in found.items() if rows}


def test_the_words_are_there_before(left: Store, tmp_path: Path):
    """What the other tests rest on."""
    assert set(words()) == set(found_in(pages(left, tmp_path / "pages")))


def test_no_word_of_a_person_is_in_any_table_or_page_afterwards(left: Store, tmp_path: Path):
    delete(left)
    assert in_tables(left) == {}
    assert found_in(pages(left, tmp_path / "pages")) == []
    assert left.find("zqsessionnotesqz") == []


def test_the_chain_verifies_and_the_check_says_how_much_went(left: Store):
    before = left.history(100)
    delete(left)
    said = [finding.words for finding in check(left)]
    assert bad(left) == []
    assert "Removed under retention: 13 rows of 1 person on 31 Mar 2026." in said
    assert [(line.number, line.at, line.by) for line in left.history(100)][1:] == [
        (line.number, line.at, line.by) for line in before
    ]


def test_lines_about_the_person_keep_who_and_when_and_lose_their_words(left: Store):
    delete(left)
    told = {line.number: line.label for line in left.history(100)}
    assert told[1] == f"Put person {BO}" and told[4] == told[5] == "Deleted under retention"
    assert not [label for label in told.values() if "zq" in label.lower()]


def test_everybody_else_is_as_they_were(left: Store):
    before = others(left)
    delete(left)
    assert others(left) == before
    (action,) = left.rows("action")
    assert (action["id"], action["carried_from"]) == ("a-bo", None)
    assert left.drafts.get("session:s-bo") is not None
    assert [look.id for look in left.access.list()] == [None, "s-bo"]


def test_a_row_entered_as_theirs_by_mistake_stays_with_whom_it_belongs_to(left: Store):
    delete(left)
    row = left.row("session", "s-moved")
    assert row is not None and row["person_id"] == BO
    assert all(ADA not in str(step) for step in left.changes_of("session", "s-moved"))


def test_who_signed_a_record_of_others_is_still_known(store: Store):
    everybody(store)
    before = store.record("s-bo")
    delete(store)
    assert store.record("s-bo").supervisor_signature_entered == before.supervisor_signature_entered


def test_neither_undo_nor_redo_brings_anything_back(left: Store):
    delete(left)
    assert left.next_undo is None and left.undo(ME) is None and left.redo(ME) is None
    for line in left.history(100):
        if line.kind == "purge" or line.label == purge.INSTEAD:
            with pytest.raises(NotAllowed, match="deleted"):
                left.undo_change(line.number, ME)
    assert in_tables(left) == {}


def test_a_hold_stops_it(left: Store):
    put(left, "hold", person_id=ADA, reason="An inquiry asked for it", by=ME, since="2026-03-01")
    before = contents(left)
    with pytest.raises(NotAllowed, match="legal hold"):
        delete(left)
    assert contents(left) == before


def test_a_service_store_refuses(clock: Clock):
    with memory_store(clock, service=True) as store, pytest.raises(NotAllowed, match="service store"):
        delete(store)


def test_a_supervisor_stays_by_name_in_the_records_of_others(left: Store):
    put(left, "person", id=LEE, left_on="2019-01-31", email="zqadalee@example.org")
    assert named_by_others(left.database, LEE) == {"post": 1, "session": 2}
    record = left.record("s-bo")
    delete(left, LEE)
    row = left.row("person", LEE)
    assert row is not None
    assert {name: value for name, value in row.items() if value} == {
        "id": LEE, "name": "Lee Lang", "left_on": "2019-01-31",
    }  # fmt: skip
    assert left.record("s-bo") == record
    assert bad(left) == [] and "zqadalee" not in str(in_tables(left))
    assert LEE not in [each.id for each in leavers(left.database, 5)]
    delete(left, BO)
    assert LEE in [each.id for each in leavers(left.database, 5)]
    delete(left, LEE)
    assert left.row("person", LEE) is None and bad(left) == []


def test_what_is_left_has_no_name_and_counts_for_the_days_in_post(left: Store):
    delete(left)
    (removal,) = removals(left.database)
    assert removal.posts == (("North", day("2017-03-02"), day("2018-06-30")),)
    asked = [("North", "2018-01-01", "2018-12-31"), (None, "2017-03-02", "2017-03-02"), ("South", "2018-01-01",
              "2018-12-31"), ("North", "2018-07-01", "2018-12-31"), (None, "2016-01-01", "2017-03-01")]  # fmt: skip
    counts = [removed_in(left.database, team, day(first), day(last)) for team, first, last in asked]
    assert counts == [1, 1, 0, 0, 0]


def test_somebody_of_whom_nothing_was_ever_recorded(store: Store):
    put(store, "person", id="new", name="Cy Cole", left_on="2018-01-31")
    assert what_there_is(store.database, "new") == {}
    delete(store, "new")
    assert list(store.rows("person")) == [] and bad(store) == []


def test_two_people_one_after_the_other(left: Store):
    delete(left)
    delete(left, BO)
    assert bad(left) == [] and len(list(removals(left.database))) == 2
    said = [finding.words for finding in check(left) if "Removed" in finding.words]
    assert len(said) == 1 and "of 2 people on 31 Mar 2026" in said[0]


def test_what_is_written_afterwards_is_history_as_ever(left: Store):
    delete(left)
    put(left, "session", **session("s-new", BO, held_on="2018-05-02", supervisor_id=LEE))
    put(left, "post", id="post-bo", role="nqsw")
    left.undo(ME)
    assert bad(left) == []
    assert [row["id"] for row in left.rows_known_at("session", "2026-03-31")] == [
        "s-bo",
        "s-moved",
        "s-new",
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_whatever_the_history_was_the_store_is_whole_and_the_others_are_as_they_were(
    chance: random.Random,
):
    """Rows of three people, put, moved from one to another, removed and undone in any order."""
    with memory_store(Clock("2026-03-31")) as store:
        for person in (ADA, BO, LEE):
            put(store, "person", id=person, name=NAME if person == ADA else person)
        store.begin_sitting()
        for _ in range(chance.randrange(25)):
            act(store, chance)
        before = others_by_person(store)
        delete(store)
        assert bad(store) == []
        assert others_by_person(store) == before
        stays = named_by_others(store.database, ADA)
        told = str(store.database.execute("SELECT body FROM payload WHERE n > 0").fetchall())
        assert (f'"{ADA}"' in told) == bool(stays)
        assert (NAME in told) == bool(stays)


def act(store: Store, chance: random.Random) -> None:
    """One change, as chance will have it."""
    person, other = chance.choice((ADA, BO, LEE)), chance.choice((ADA, BO, LEE, None))
    n, what = chance.randrange(4), chance.randrange(6)
    held = list(store.rows("session"))
    if what in (0, 1):
        put(store, "session", **session(f"s{n}", person, supervisor_id=other, notes=f"{n}"))
    elif what == 2 and held:
        of, carried = chance.choice(held)["id"], [row["id"] for row in store.rows("action")]
        row = {"id": f"a{n}", "session_id": of, "person_id": person, "text": "Go on"}
        put(
            store,
            "action",
            **row,
            carried_from=chance.choice([None, *(id for id in carried if id != f"a{n}")]),
        )
    elif what == 3:
        put(store, "post", id=f"o{n}", person_id=person, team="North", role="nqsw", supervisor_id=other,
            **{"from": "2017-01-02"})  # fmt: skip
    else:
        try:
            if what == 4 and held:
                with store.change("Remove", by=ME) as change:
                    change.remove("session", chance.choice(held)["id"])
            else:
                store.undo(ME)
        except NotAllowed:
            assert bad(store) == []


def others_by_person(store: Store) -> dict[str, list[dict[str, object]]]:
    """The rows of everybody else, but for where an action was carried from: that may have been Ada's."""
    theirs = {row["id"] for row in store.rows("session", person_id=ADA)}
    found: dict[str, list[dict[str, object]]] = {}
    for kind in ("post", "session", "action"):
        found[kind] = [
            {**row, "carried_from": None} for row in store.rows(kind)
            if row.get("session_id") not in theirs and (kind == "action" or row["person_id"] != ADA)
        ]  # fmt: skip
    return found


def test_every_kind_that_names_a_person_is_thought_of():
    """A new kind of fact needs an answer here: does it go with the person, or stay with others?"""
    naming = {
        (kind.name, field.name) for kind in KINDS for field in kind.fields if field.refers == "person"
    }
    own = {(kind.name, "person_id") for kind in purge_kinds()}
    assert naming == own | {
        ("post", "supervisor_id"), ("session", "supervisor_id"), ("agreement", "supervisor_id"),
        ("action", "person_id"), ("hold", "person_id"),
    }  # fmt: skip


def purge_kinds():
    from supervise.store.retention import OWN

    return OWN


# --- On disk


def test_nothing_is_left_in_the_file_or_in_a_backup_made_after(places: Places, tmp_path: Path):
    with opened(places) as store:
        everybody(store)
        key = store.key
    assert set(found_in(in_the_clear(places.store, key))) == set(words())
    with opened(places) as store:
        delete(store)
        assert purge.left_to_do(store) == (True, True)
    assert found_in(in_the_clear(places.store, key)) == []
    with opened(places) as store:
        assert purge.left_to_do(store) == (False, True)  # written anew by opening
        with zipfile.ZipFile(store.backup("by-hand")) as archive:
            archive.extract("store", tmp_path)
    assert found_in(in_the_clear(places.store, key)) == []
    assert found_in(in_the_clear(tmp_path / "store", key)) == []
    assert not places.store.with_name(places.store.name + "-journal").exists()


def in_the_clear(path: Path, key: bytes) -> bytes:
    """Every page of a store, free ones included, decrypted as SQLCipher 4 lays them out: the salt on the first
    page; at the end of each 16 bytes that it begins with and 64 that authenticate it."""
    content = path.read_bytes()
    found = b""
    for at in range(0, len(content), 4096):
        page = content[at : at + 4096]
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        found += cipher.update(page[0 if at else 16 : -80]) + cipher.finalize()
    return found.lower()


def test_a_new_key_opens_what_was_kept_by_the_same_secrets(places: Places, recovery_key: str):
    with opened(places) as store:
        everybody(store)
        former = store.key
        delete(store)
        purge.tidy(store)
        for _ in purge.giving_key(store, purge.prepare_key(places, PASSPHRASE, recovery_key), ME):
            pass
        assert purge.left_to_do(store) == (False, False) and store.key != former
        assert store.history()[0].label == "Give the store a new key after a deletion"
    for secret in (PASSPHRASE, recovery_key):
        with opened(places, secret) as store:
            assert bad(store) == []
    with pytest.raises(StoreTrouble, match="does not open with its key"):
        open_with_key(places, former)


@pytest.mark.parametrize(
    ("passphrase", "recovery"),
    [("wrong", "right"), (PASSPHRASE, "wrong"), (PASSPHRASE, "other"), ("right", "right")],
)
def test_a_secret_that_is_none_makes_no_key(
    places: Places, recovery_key: str, passphrase: str, recovery: str
):
    said = {"right": recovery_key, "wrong": "not it", "other": new_recovery_key()}
    with pytest.raises(WrongPassphrase):
        purge.prepare_key(places, said.get(passphrase, passphrase), said[recovery])


def test_new_keys_by_another_way_will_do(places: Places):
    with opened(places) as store:
        everybody(store)
        delete(store)
        purge.tidy(store)
        store.rekey(PASSPHRASE, new_recovery_key())
        assert purge.left_to_do(store) == (False, False)


@pytest.mark.parametrize("n", range(12))
def test_a_kill_leaves_everything_as_it_was_or_everything_gone(places: Places, n: int):
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    with opened(places) as store:
        everybody(store)
        with store.change("Many", by=ME) as change:
            change.put_all(
                "session", (session(f"m{m}", ADA, notes="zqnotesqz " * 60) for m in range(300))
            )
        before = contents(store)
    with child("purge", places, key.hex()) as deleting:
        assert deleting.hears() == "open"
        deleting.kill_within(random.Random(n).random() * 0.14)
        said = deleting.said[-1]
    with opened(places, clock=Clock("2026-04-01")) as store:
        assert bad(store) == []
        gone = store.row("person", ADA) is None
        assert gone or said == "open"
        if gone:
            assert in_tables(store) == {} and purge.left_to_do(store) == (False, True)
        else:
            assert contents(store) == before and purge.left_to_do(store) == (False, False)


def test_a_kill_before_the_file_is_written_anew_is_made_up_for_on_opening(places: Places):
    with opened(places) as store:
        everybody(store)
        delete(store)
    with opened(places) as store:
        assert purge.left_to_do(store) == (False, True) and store.interrupted == purge.NEEDS_KEY
        store.rekey(PASSPHRASE, new_recovery_key())
    with opened(places) as store:
        assert store.interrupted is None


def test_a_store_of_made_up_people_waits_for_no_key(places: Places):
    with opened(places) as store:
        everybody(store)
        purge.delete_person(store, ADA, ME, needs_key=False)
        purge.tidy(store)
        assert purge.left_to_do(store) == (False, False)


# --- Copies


def test_copies_that_hold_it_are_listed_with_the_day_they_go(places: Places, tmp_path: Path):
    clock = Clock("2026-03-01")
    with opened(places, clock=clock) as store:
        everybody(store)
        closing, by_hand = store.backup("on-closing"), store.backup("by-hand")
        for when in ("2026-02-01", "2026-05-01"):
            (places.store.parent / f"a.store.aside-{when}T00-00-00").write_bytes(b"")
        assert copies.holding(store, store.now()) == []
        clock.set("2026-03-31")
        delete(store)
        same_second = store.backup("by-hand")
        found = {copy.path: copy.goes_on for copy in copies.holding(store, store.now())}
        assert same_second not in found and found[by_hand] is None
        assert found[closing] is not None and TODAY < found[closing] < TODAY + 800
        assert [path.name for path in found if "aside" in path.name] == [
            "a.store.aside-2026-02-01T00-00-00"
        ]


def test_copies_are_deleted_after_a_new_backup_here_and_in_the_second_place(
    places: Places, tmp_path: Path, recovery_key: str
):
    from supervise.store import elsewhere

    (tmp_path / "disk").mkdir()
    clock = Clock("2026-03-01")
    with opened(places, clock=clock) as store:
        elsewhere.set_second_place(store, tmp_path / "disk")
        everybody(store)
        elsewhere.back_up(store)
        clock.set("2026-03-31")
        delete(store)
        with pytest.raises(NotAllowed, match="not quite done"):
            copies.delete_copies(store)
        purge.tidy(store)
        assert sorted(copy.is_elsewhere for copy in copies.holding(store, store.now())) == [False, True]
        for _ in purge.giving_key(store, purge.prepare_key(places, PASSPHRASE, recovery_key), ME):
            pass
        backed, kept = copies.delete_copies(store)
        assert kept == [] and copies.holding(store, store.now()) == []
        assert [path.name for path in places.backups.glob("*.zip")] == [backed.path.name]
        assert backed.elsewhere is not None and backed.elsewhere.exists()
        assert not copies.second_place_is_away(store)
        (tmp_path / "disk").rename(tmp_path / "away")
        assert copies.second_place_is_away(store)
