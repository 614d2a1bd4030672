"""A new manager takes over, or somebody may know the passphrase: what is kept, said and refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from supervise import beginning
from supervise.doing import new_keys
from supervise.doing.here import Here
from supervise.errors import NotAllowed, WrongPassphrase
from supervise.places import Places
from supervise.store import Store, create_store, elsewhere, new_recovery_key, open_store
from supervise.store.former import Former, former_backups
from tests.making import ME, PASSPHRASE, TODAY, now

NEW = "gravel otter hums quietly"


def today() -> int:
    return TODAY.toordinal()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made, _ = create_store(
        Places(tmp_path / "here" / "a.store"), PASSPHRASE, now=now, user=ME, program="the test"
    )
    yield made
    made.close()


def wanted(**other: str | None) -> new_keys.Wanted:
    said = {
        "secret": PASSPHRASE, "passphrase": NEW, "recovery_key": new_recovery_key(),
        "keeper": "M. Adeyemi", "manager": "Bethan Lloyd",
    }  # fmt: skip
    return new_keys.Wanted(**{**said, **other})  # type: ignore[arg-type]


def given(store: Store, want: new_keys.Wanted) -> new_keys.Given:
    steps = new_keys.giving(Here(store, today, ME), want, new_keys.prepare(store.places, want))
    done = []
    while True:
        try:
            done.append(next(steps))
        except StopIteration as ended:
            assert done == [(n, 5) for n in range(5)]
            given: new_keys.Given = ended.value
            return given


def opens(store: Store, secret: str) -> bool:
    try:
        open_store(store.places, secret, now=now, user=ME, program="the test").close()
    except WrongPassphrase:
        return False
    return True


def test_a_hand_over_is_kept_with_who_keeps_the_sheet_and_a_backup_under_the_new_keys(store: Store):
    store.backup("by-hand")
    done = given(store, wanted(manager="  Bethan \n Lloyd "))
    assert done.trouble is None and done.backed is not None
    assert "after-new-keys" in done.backed.path.name
    assert store.history()[0].label == "Handed over to Bethan Lloyd"
    assert store.access.list()[0].what == "handed over"
    assert beginning.keeper(store) == beginning.Keeper("M. Adeyemi", today())
    (left,) = former_backups(store.places, new_keys.backup_folders(store), now())
    assert left.path != done.backed.path
    store.close()
    assert opens(store, NEW) and not opens(store, PASSPHRASE)


def test_after_a_suspected_disclosure_the_history_says_that(store: Store):
    given(store, wanted(manager=None))
    assert store.history()[0].label == "Keys changed after a suspected disclosure"
    assert store.access.list()[0].what == "changed the keys"


def test_a_second_place_that_is_away_or_full_hides_nothing_of_what_was_done(
    store: Store, tmp_path: Path
):
    second = tmp_path / "second"
    second.mkdir()
    elsewhere.set_second_place(store, second)
    own = elsewhere.own_folder(store, second)
    assert new_keys.backup_folders(store) == (store.places.backups, own)
    own.rmdir()
    done = given(store, wanted())
    assert done.trouble is None and done.backed is not None and "is away" in str(done.backed.trouble)
    assert former_backups(store.places, new_keys.backup_folders(store), now()) == []


def test_what_keeps_the_backup_from_being_made_is_told_and_the_keys_are_given_all_the_same(store: Store):
    store.places.backups.write_bytes(b"a file where the folder should be")
    done = given(store, wanted())
    assert done.backed is None and "first backup under the new keys" in str(done.trouble)
    store.close()
    assert opens(store, NEW) and not opens(store, PASSPHRASE)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"passphrase": "short"}, "too short"),
        ({"passphrase": "bethan lloyd bethan"}, "guess"),
        ({"passphrase": PASSPHRASE}, "opens the store already"),
        ({"secret": "not it"}, "neither the passphrase"),
    ],
)
def test_what_would_not_do_is_refused_before_anything_is_altered(
    store: Store, other: dict[str, str], said: str
):
    slots = store.places.slots.read_bytes()
    with pytest.raises((NotAllowed, WrongPassphrase), match=said):
        new_keys.prepare(store.places, wanted(**other))
    assert store.places.slots.read_bytes() == slots and store.history() == []


def test_names_are_asked_for():
    with pytest.raises(NotAllowed, match="take over"):
        new_keys.check_manager(" \n ")
    with pytest.raises(NotAllowed, match="keep the recovery sheet"):
        new_keys.keeper_noted("", 1)
    for practice, on_disk in ((True, True), (False, False)):
        with pytest.raises(NotAllowed, match="no passphrase of its own"):
            new_keys.refuse_practice(is_practice=practice, is_on_disk=on_disk)
    new_keys.refuse_practice(is_practice=False)


def test_secrets_are_not_shown_when_it_is_printed():
    assert PASSPHRASE not in repr(wanted()) and NEW not in repr(wanted())


def test_older_backups_are_told_with_the_day_they_go():
    made = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
    folder = Path("a.store-backups")
    goes = Former(folder / "one.zip", made, date(2028, 4, 3))
    stays = Former(folder / "two.zip", None, None)
    assert new_keys.told(goes).endswith(
        "is thinned away on 3 Apr 2028 if the store is backed up every day, else later."
    )
    assert "16 Mar 2026" in new_keys.told(goes)
    assert new_keys.told(stays) == "In a.store-backups, two.zip: stays until somebody deletes it."
    assert "1 older copy still opens" in new_keys.told_all([goes])
    assert "2 older copies still open with" in new_keys.told_all([goes, stays])
    assert new_keys.told_all([]).startswith("No backup or other copy here opens")
