"""Backups open, and restoring puts them in place without losing what was there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from supervise.errors import BadFile, StoreIsDamaged, WrongPassphrase
from supervise.places import Places
from supervise.store import backups, keys, new_recovery_key
from supervise.store.check import check
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, opened, put, with_ada

NOW = Clock("2026-04-02")()


def test_a_backup_restores_what_was_and_keeps_what_is(places: Places, recovery_key: str):
    with opened(places) as store:
        with_ada(store)
        path = store.backup("by-hand")
        put(store, "person", id="p2", name="Bo")
        head = store.head()
    assert path.name == "2026-03-31T09-30-00Z by-hand.zip"
    aside = backups.restore(places, path, recovery_key, NOW)
    with opened(places) as store:
        assert [row["name"] for row in store.rows("person")] == ["Ada"]
        assert all(finding.ok for finding in check(store))
    assert aside is not None and aside.name == "a.store.aside-2026-04-02T09-30-00"
    with opened(Places(aside)) as store:
        assert store.head() == head and len(list(store.rows("person"))) == 2


def test_a_backup_restores_where_nothing_is(places: Places, tmp_path: Path):
    with opened(places) as store:
        with_ada(store)
        path = store.backup("by-hand")
    elsewhere = Places(tmp_path / "elsewhere" / "b.store")
    assert backups.restore(elsewhere, path, PASSPHRASE, NOW) is None
    with opened(elsewhere) as store:
        assert [row["name"] for row in store.rows("person")] == ["Ada"]
    assert {path.name for path in elsewhere.store.parent.iterdir()} == {"b.store", "b.store.keys"}


def test_a_damaged_store_is_replaced_with_its_journal_and_kept(places: Places):
    with opened(places) as store:
        path = store.backup("by-hand")
    places.store.write_bytes(b"spoilt")
    journal = places.store.with_name("a.store-journal")
    journal.write_bytes(b"left over")
    aside = backups.restore(places, path, PASSPHRASE, NOW)
    assert aside is not None and aside.read_bytes() == b"spoilt"
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"left over"
    assert aside.with_name(aside.name + ".keys").exists()
    opened(places).close()


def test_backups_of_one_moment_have_names_of_their_own_and_are_listed_newest_first(places: Places):
    clock = Clock("2026-03-31")
    assert backups.list_backups(places) == []
    with opened(places, clock=clock) as store:
        one = store.backup("before import/of things")
        two = store.backup("before import/of things")
        clock.set("2026-04-01")
        three = store.backup("by-hand")
    assert one.name == "2026-03-31T09-30-00Z before-import-of-things.zip"
    assert two.name == "2026-03-31T09-30-00Z before-import-of-things 2.zip"
    assert backups.list_backups(places)[0] == three and len(backups.list_backups(places)) == 3


def test_what_a_kill_left_behind_is_swept_up(places: Places):
    with opened(places) as store:
        store.backup("by-hand")
        left = places.backups / ".a.store-making-x1"
        left.mkdir()
        (left / "store").write_bytes(b"half")
        store.backup("by-hand")
    assert {path.suffix for path in places.backups.iterdir()} == {".zip"}


def test_a_backup_that_is_none_moves_nothing(places: Places, tmp_path: Path):
    with opened(places) as store:
        with_ada(store)
        good = store.backup("by-hand").read_bytes()
    before = {path.name: path.read_bytes() for path in places.store.parent.iterdir() if path.is_file()}
    bad = tmp_path / "bad.zip"
    squeezed = tmp_path / "squeezed.zip"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("something", "else")
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("store", bytes(10**6))
        archive.writestr("keys", "{}")
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    for content in (b"", b"no zip", good[: len(good) // 2], bytes(flipped)):
        bad.write_bytes(content)
        with pytest.raises(BadFile, match=r"bad\.zip is no backup of Supervise, or it is damaged"):
            backups.restore(places, bad, PASSPHRASE, NOW)
    for path in (tmp_path / "other.zip", squeezed):
        with pytest.raises(BadFile):
            backups.restore(places, path, PASSPHRASE, NOW)
    bad.write_bytes(good)
    with pytest.raises(WrongPassphrase):
        backups.restore(places, bad, "wrong", NOW)
    after = {path.name: path.read_bytes() for path in places.store.parent.iterdir() if path.is_file()}
    assert after == before


def test_a_backup_whose_store_is_spoilt_inside_is_not_taken(places: Places, tmp_path: Path):
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"name": "Ada " * 100} for _ in range(300)))
    with opened(places) as store:
        good = store.backup("by-hand")
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(spoilt, "w") as archive:
        content = bytearray(source.read("store"))
        content[len(content) // 2] ^= 1
        archive.writestr("store", bytes(content))
        archive.writestr("keys", source.read("keys"))
    with pytest.raises(StoreIsDamaged, match="not whole"):
        backups.restore(places, spoilt, PASSPHRASE, NOW)


def test_a_backup_from_the_middle_of_a_change_of_keys_opens(places: Places):
    file = keys.read(places.slots)
    unused = keys.wrap(keys.new_key(), PASSPHRASE, new_recovery_key(), file.store_id, QUICK)
    keys.write(places.slots, keys.SlotsFile(file.store_id, (*file.keys, unused)))
    with opened(places) as store:
        with_ada(store)
        path = store.backup("by-hand")
    backups.restore(places, path, PASSPHRASE, NOW)
    with opened(places) as store:
        assert [row["name"] for row in store.rows("person")] == ["Ada"]


def test_a_backup_from_before_a_new_key_opens_with_the_secrets_of_its_day(
    places: Places, recovery_key: str
):
    with opened(places) as store:
        with_ada(store)
        path = store.backup("by-hand")
        store.rekey(PASSPHRASE, new_recovery_key())
        put(store, "person", id="p2", name="Bo")
        assert all(finding.ok for finding in check(store))
    backups.restore(places, path, recovery_key, NOW)
    with opened(places, recovery_key) as store:
        assert [row["name"] for row in store.rows("person")] == ["Ada"]
