"""Two secrets, one key: the slots file."""

from __future__ import annotations

import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import NotAllowed, StoreIsDamaged, WrongPassphrase
from supervise.places import Places
from supervise.store import keys, new_recovery_key
from tests.store.telling import PASSPHRASE, QUICK, opened, put


def slots(passphrase: str = PASSPHRASE, recovery_key: str | None = None) -> tuple[bytes, keys.SlotsFile]:
    key = keys.new_key()
    made = keys.wrap(key, passphrase, recovery_key or new_recovery_key(), "id", QUICK)
    return key, keys.SlotsFile("id", (made,))


def test_either_secret_unwraps_the_key():
    recovery_key = new_recovery_key()
    key, file = slots(recovery_key=recovery_key)
    assert keys.unwrap(file, PASSPHRASE) == keys.unwrap(file, recovery_key) == [key]
    for wrong in ("", PASSPHRASE + " ", new_recovery_key()):
        with pytest.raises(WrongPassphrase, match="neither the passphrase nor the recovery key"):
            keys.unwrap(file, wrong)


def test_a_recovery_key_is_160_random_bits_in_eight_groups_of_four():
    made = {new_recovery_key() for _ in range(100)}
    assert len(made) == 100
    for text in made:
        assert [len(group) for group in text.split("-")] == [4] * 8
        assert len(keys.read_recovery_key(text) or b"") == 20


@given(st.binary(min_size=20, max_size=20), st.data())
def test_a_recovery_key_is_read_however_it_is_typed(random, data):
    import base64

    text = base64.b32encode(random).decode()
    typed = ""
    for character in text:
        character = (
            {"O": "0", "I": "1", "B": "8"}.get(character, character)
            if data.draw(st.booleans())
            else character
        )
        typed += character.lower() if data.draw(st.booleans()) else character
        typed += data.draw(st.sampled_from(["", "", " ", "-", "–", "\t"]))
    assert keys.read_recovery_key(typed) == random


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-" * 9, "9" * 32, PASSPHRASE, "ÄÖÜÉ" * 8, "A=" * 20])
def test_what_is_no_recovery_key_is_read_as_none(typed):
    assert keys.read_recovery_key(typed) is None
    with pytest.raises(ValueError, match="no recovery key"):
        keys.wrap(keys.new_key(), PASSPHRASE, typed, "id")


def test_a_passphrase_that_looks_like_a_recovery_key_is_still_a_passphrase():
    passphrase = new_recovery_key()
    key, file = slots(passphrase)
    assert keys.unwrap(file, passphrase) == [key]


def test_a_passphrase_is_the_same_however_its_accents_were_typed():
    key, file = slots("caf\u00e9")
    assert keys.unwrap(file, "cafe\u0301") == [key]


def test_a_new_passphrase_leaves_key_and_recovery_key():
    recovery_key = new_recovery_key()
    key, file = slots(recovery_key=recovery_key)
    changed = keys.rewrap(file, recovery_key, "another one")
    assert keys.unwrap(changed, "another one") == keys.unwrap(changed, recovery_key) == [key]
    with pytest.raises(WrongPassphrase):
        keys.unwrap(changed, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        keys.rewrap(file, "wrong", "another one")


def test_the_file_reads_back_as_it_was_written(tmp_path):
    key, file = slots()
    path = tmp_path / "a.keys"
    keys.write(path, file)
    assert keys.read(path) == file and keys.unwrap(keys.read(path), PASSPHRASE) == [key]
    said = json.loads(path.read_text())
    assert said["version"] == 1 and keys.ARGON2["memory_kib"] >= 64 * 1024
    assert key.hex() not in path.read_text()
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_no_slot_can_be_moved_or_weakened_unnoticed(tmp_path):
    _, file = slots()
    said_by = tmp_path / "a.keys"
    keys.write(said_by, file)
    for alter in (
        lambda said: said.update(store="another"),
        lambda said: said["keys"][0].update(key_id="another"),
        lambda said: said["keys"][0]["passphrase"].update(memory_kib=65 * 1024),
        lambda said: said["keys"][0]["passphrase"].update(iterations=2),
    ):
        said = json.loads(said_by.read_text())
        alter(said)
        with pytest.raises(WrongPassphrase):
            keys.unwrap(keys.parse(json.dumps(said).encode()), PASSPHRASE)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"version": 1, "store": "a", "keys": []}',
        b'{"version": 2, "store": "a", "keys": [1]}', b'{"version": 1, "store": "a", "keys": [{}]}',
        b'{"version": 1, "store": "a", "keys": "x"}',
    ],
)  # fmt: skip
def test_a_garbled_file_is_told_with_the_backups_as_a_remedy(content):
    with pytest.raises(StoreIsDamaged) as caught:
        keys.parse(content)
    assert "damaged" in caught.value.sentence and "each backup carries a copy" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 2**40), ("memory_kib", 8), ("lanes", 0), ("salt", "?")]
)
def test_figures_that_we_never_write_are_not_worked_with(tmp_path, name, value):
    _, file = slots()
    keys.write(tmp_path / "a.keys", file)
    said = json.loads((tmp_path / "a.keys").read_text())
    said["keys"][0]["passphrase"][name] = value
    with pytest.raises(StoreIsDamaged):
        keys.parse(json.dumps(said).encode())


def test_a_store_without_its_slots_tells_where_to_find_them(places: Places):
    places.slots.unlink()
    with pytest.raises(StoreIsDamaged, match="keys of the store are missing") as caught:
        opened(places)
    assert "each backup carries a copy" in caught.value.remedy


def test_a_new_passphrase_for_a_store(places: Places, recovery_key: str):
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        with pytest.raises(WrongPassphrase):
            store.change_passphrase("wrong", "another one")
        with pytest.raises(NotAllowed):
            store.change_passphrase(PASSPHRASE, "")
        store.change_passphrase(recovery_key, "another one")
    with pytest.raises(WrongPassphrase):
        opened(places)
    for secret in ("another one", recovery_key.lower()):
        with opened(places, secret) as store:
            assert [row["name"] for row in store.rows("person")] == ["Ada"]


def test_a_new_key_for_a_store(places: Places, recovery_key: str):
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        before = store.key
        new = new_recovery_key()
        with pytest.raises(WrongPassphrase):
            store.rekey("wrong", new)
        store.rekey(PASSPHRASE, new)
        assert store.key != before
        put(store, "person", id="p2", name="Bo")
    for secret in (PASSPHRASE, new):
        with opened(places, secret) as store:
            assert [row["name"] for row in store.rows("person")] == ["Ada", "Bo"]
    with pytest.raises(WrongPassphrase):
        opened(places, recovery_key)


def test_a_change_of_keys_that_stopped_half_way_leaves_a_store_that_opens(
    places: Places, recovery_key: str
):
    """Killed before the store had the new key: the slots hold both, the store is under the old one."""
    file = keys.read(places.slots)
    new = new_recovery_key()
    both = (*file.keys, keys.wrap(keys.new_key(), PASSPHRASE, new, file.store_id, QUICK))
    keys.write(places.slots, keys.SlotsFile(file.store_id, both))
    for secret in (PASSPHRASE, recovery_key):
        opened(places, secret).close()
    with pytest.raises(WrongPassphrase, match="another key of this store"):
        opened(places, new)
    with opened(places) as store:
        store.rekey(PASSPHRASE, new)
    assert len(keys.read(places.slots).keys) == 1
    opened(places, new).close()
