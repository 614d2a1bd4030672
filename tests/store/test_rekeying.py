"""New keys: the former secrets open nothing any more, and a kill at any step leaves a store that opens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from supervise.errors import NotAllowed, StoreTrouble, WrongPassphrase
from supervise.places import Places
from supervise.store import Store, backups, keys, new_recovery_key, rekeying
from supervise.store.check import check
from tests.store.child import NEW, WHY
from tests.store.killing import Child, child
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, opened, put


def given(store: Store, recovery_key: str, secret: str = PASSPHRASE) -> None:
    """New keys for the open store."""
    for _ in store.giving_new_keys(
        rekeying.prepare(store.places, secret, NEW, recovery_key, argon2=QUICK), WHY
    ):
        pass


def names(store: Store) -> list[str]:
    return [row["name"] for row in store.rows("person")]


def is_whole(store: Store) -> bool:
    return all(finding.ok for finding in check(store))


def test_neither_of_the_former_secrets_opens_the_store_or_a_backup_made_after(
    places: Places, recovery_key: str
):
    new = new_recovery_key()
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        before, key = store.backup("by-hand"), store.key
        given(store, new)
        assert store.key != key
        put(store, "person", id="p2", name="Bo")
        after = store.backup("by-hand")
    slots = places.slots.read_bytes()
    for former in (PASSPHRASE, recovery_key):
        with pytest.raises(WrongPassphrase):
            opened(places, former)
        with pytest.raises(WrongPassphrase):
            backups.restore(places, after, former, Clock("2026-04-01")())
    for secret in (NEW, new):
        with opened(places, secret) as store:
            assert names(store) == ["Ada", "Bo"] and is_whole(store) and store.interrupted is None
    assert places.slots.read_bytes() == slots
    backups.restore(places, before, recovery_key, Clock("2026-04-01")())
    with opened(places) as store:
        assert names(store) == ["Ada"]


def test_the_key_itself_that_somebody_took_out_of_a_backup_opens_nothing(places: Places):
    from supervise.store.opening import open_with_key

    with opened(places) as store:
        key = store.key
        given(store, new_recovery_key())
    with pytest.raises(StoreTrouble, match="does not open with its key"):
        open_with_key(places, key)


def test_the_recovery_key_may_stand_for_a_passphrase_that_is_lost(places: Places, recovery_key: str):
    with opened(places, recovery_key) as store:
        given(store, new_recovery_key(), recovery_key)
    opened(places, NEW).close()


def test_the_history_and_the_access_list_say_so_and_it_cannot_be_undone(places: Places):
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        given(store, new_recovery_key())
        line, before = store.history()
        assert (line.label, line.by, line.kind, line.rows) == ("Handed over to B. Lloyd", ME, "keys", 0)
        assert store.access.list()[0].what == "handed over"
        assert store.settings.get("recovery-keeper") == "the new one"
        assert store.next_undo == before.label
        with pytest.raises(NotAllowed, match="former ones are gone"):
            store.undo_change(line.number, ME)
        assert is_whole(store)


def test_a_passphrase_that_opens_the_store_already_is_no_new_one(places: Places, recovery_key: str):
    slots = places.slots.read_bytes()
    for known in (PASSPHRASE, recovery_key):
        with pytest.raises(NotAllowed, match="opens the store already"):
            rekeying.prepare(places, recovery_key, known, new_recovery_key())
    with pytest.raises(NotAllowed, match="needs a passphrase"):
        rekeying.prepare(places, PASSPHRASE, "", new_recovery_key())
    with pytest.raises(WrongPassphrase):
        rekeying.prepare(places, "wrong", NEW, new_recovery_key())
    assert places.slots.read_bytes() == slots


def test_keys_made_before_something_else_changed_them_are_not_given(places: Places):
    with opened(places) as store:
        stale = rekeying.prepare(places, PASSPHRASE, NEW, new_recovery_key(), argon2=QUICK)
        store.change_passphrase(PASSPHRASE, "another one")
        with pytest.raises(NotAllowed, match="changed meanwhile"):
            next(store.giving_new_keys(stale, WHY))
    opened(places, "another one").close()


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_stopping_half_way_leaves_everything_as_it_was(places: Places, recovery_key: str, steps: int):
    slots = places.slots.read_bytes()
    with opened(places) as store:
        giving = store.giving_new_keys(
            rekeying.prepare(places, PASSPHRASE, NEW, new_recovery_key(), argon2=QUICK), WHY
        )
        for _ in range(steps):
            next(giving)
        giving.close()  # type: ignore[attr-defined]
        assert store.history() == [] and is_whole(store)
    assert places.slots.read_bytes() == slots
    for secret in (PASSPHRASE, recovery_key):
        with opened(places, secret) as store:
            assert store.interrupted is None


# --- Killed


def came(new: Child, steps: int) -> str:
    """Its new recovery key, once it has done so many steps and waits to go on."""
    recovery_key = new.hears()
    assert new.hears() == "0"
    for done in range(1, steps + 1):
        new.goes_on()
        assert new.hears() == str(done)
    return recovery_key


@pytest.mark.parametrize("steps", range(rekeying.STEPS))
def test_a_kill_after_any_step_leaves_a_store_that_opens_and_says_which_secrets_hold(
    places: Places, recovery_key: str, steps: int
):
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
    with child("hand-over", places, NEW) as new:
        new_recovery = came(new, steps)
        new.kill()
    holds = steps == 3
    right, wrong = (NEW, new_recovery), (PASSPHRASE, recovery_key)
    if not holds:
        right, wrong = wrong, right
    for secret in wrong:
        with pytest.raises(WrongPassphrase):
            opened(places, secret)
    with opened(places, right[0]) as store:
        assert names(store) == ["Ada"] and is_whole(store)
        said = store.interrupted
        assert said == (
            None if steps == 0 else rekeying.THEY_HOLD if holds else rekeying.THEY_DO_NOT_HOLD
        )
        assert ("Handed over to B. Lloyd" in [line.label for line in store.history()]) == holds
    assert len(keys.read(places.slots).keys) == 1
    with opened(places, right[1]) as store:  # settled once and for all
        assert store.interrupted is None
        assert [line.label for line in store.history()].count("Handed over to B. Lloyd") == holds
    for secret in wrong:
        with pytest.raises(WrongPassphrase, match="neither"):
            opened(places, secret)


@pytest.mark.parametrize(("steps", "secret", "said"), [(2, "new", "before"), (3, "former", "new")])
def test_the_secret_that_does_not_hold_is_told_which_one_does(
    places: Places, recovery_key: str, steps: int, secret: str, said: str
):
    with child("hand-over", places, NEW) as new:
        new_recovery = came(new, steps)
        new.kill()
    for each in (NEW, new_recovery) if secret == "new" else (PASSPHRASE, recovery_key):
        with pytest.raises(WrongPassphrase, match="another key of this store") as caught:
            opened(places, each)
        assert said in caught.value.remedy


def test_a_kill_before_the_last_words_are_said_makes_up_for_them(places: Places):
    """The former slots are gone already, the history does not say so yet."""
    with child("hand-over", places, NEW) as new:
        for _ in range(3):
            new.hears()
            new.goes_on()
        new.hears()
        assert new.hears() == "3"
        new.kill()
    file = keys.read(places.slots)
    keys.write(places.slots, file._replace(keys=file.keys[-1:]))
    with opened(places, NEW) as store:
        assert [line.label for line in store.history()] == [WHY.label]
        assert store.interrupted == rekeying.THEY_HOLD


@pytest.mark.parametrize("n", range(4))
def test_a_kill_while_the_store_is_put_under_its_new_key(places: Places, n: int):
    """Whichever secret is tried first: a journal is rolled back whoever comes."""
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"p{n}", "name": "Ada " * 400} for n in range(1000)))
    with child("hand-over", places, NEW) as new:
        came(new, 2)
        new.goes_on()
        new.kill_within(random.Random(n).random() * 0.06)
        held = new.said[-1] in ("3", "4")
    found, refused = [], []
    for secret in (NEW, PASSPHRASE) if n % 2 else (PASSPHRASE, NEW):
        try:
            with opened(places, secret) as store:
                assert len(names(store)) == 1000 and is_whole(store)
                found.append(secret)
        except WrongPassphrase as error:
            refused.append(error.sentence)
    assert len(found) == len(refused) == 1
    assert not held or found == [NEW]


def test_a_disk_without_room_for_the_new_key_leaves_the_former_one_and_a_whole_store(
    places: Places, recovery_key: str
):
    """SQLCipher goes on writing under the new key after such a failure, which damaged the store."""
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"p{n}", "name": "Ada " * 400} for n in range(300)))
    with child("hand-over", places, NEW) as new:
        came(new, 2)
        new.goes_on("full")
        assert new.hears() == "failed: StoreTrouble"
        assert new.hears() == "wrote on"
        new.close()
    with opened(places, recovery_key) as store:
        assert len(names(store)) == 301 and is_whole(store) and store.interrupted is None
    assert len(keys.read(places.slots).keys) == 1
    with pytest.raises(WrongPassphrase):
        opened(places, NEW)


def test_a_store_that_is_given_new_keys_again_and_again(places: Places, tmp_path: Path):
    secret = PASSPHRASE
    for n in range(3):
        with opened(places, secret) as store:
            put(store, "person", id=f"p{n}", name="Ada")
            new = rekeying.prepare(places, secret, f"{NEW} {n}", new_recovery_key(), argon2=QUICK)
            for _ in store.giving_new_keys(new, WHY):
                pass
        secret = f"{NEW} {n}"
    with opened(places, secret) as store:
        assert len(names(store)) == 3 and is_whole(store)
