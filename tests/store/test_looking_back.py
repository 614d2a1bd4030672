"""Before a backup is restored it is told what differs between it and the store of now."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import BadFile, NoStore, StoreInUse, StoreIsDamaged, WrongPassphrase
from supervise.places import Places
from supervise.store import Store, aside, backups, create_store, looking_back, new_recovery_key
from supervise.store.looking_back import MOST, Beyond, Differs, differs, differs_words
from supervise.workdays import day
from tests.store.telling import ME, PASSPHRASE, Clock, opened, put, with_ada

NOW = Clock("2026-04-02")()


def labels(beyond: Beyond) -> list[str]:
    return [line.label for line in beyond.newest]


def words(found: Differs) -> str:
    return " ".join(differs_words(found))


def test_a_backup_that_is_the_beginning_of_the_history_says_what_would_go(places: Places) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
        put(store, "person", id="p2", name="Bo")
        put(store, "person", id="p1", name="Ada L")
    before = {path: path.stat().st_mtime_ns for path in places.store.parent.rglob("*")}
    found = differs(places, backup, PASSPHRASE)
    assert found.made == datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
    assert (found.same_store, found.shared, found.comes) == (True, 1, Beyond())
    assert (found.leaves.count, labels(found.leaves)) == (2, ["Put person p1", "Put person p2"])
    line = found.leaves.newest[0]
    assert (line.day, line.by) == (day("2026-03-31"), ME)
    assert found.now is not None
    assert (dict(found.past.counts)["People"], dict(found.now.counts)["People"]) == (1, 2)
    assert words(found) == (
        "The backup is the beginning of this store’s history. 2 changes have been made here since, and would no "
        "longer be there."
    )
    after = {path: path.stat().st_mtime_ns for path in places.store.parent.rglob("*")}
    assert after.keys() == before.keys() and after[places.store] == before[places.store]


def test_the_same_history_has_nothing_to_tell(places: Places) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
    found = differs(places, backup, PASSPHRASE)
    assert (found.shared, found.leaves, found.comes) == (1, Beyond(), Beyond())
    assert words(found) == "The history of both is the same: no change would go, and none would come."


def test_only_the_newest_changes_are_told_one_by_one_and_all_are_counted(places: Places) -> None:
    with opened(places) as store:
        backup = store.backup("by-hand")
        for n in range(MOST + 3):
            put(store, "person", id=f"p{n}", name="Bo")
    found = differs(places, backup, PASSPHRASE)
    assert (found.leaves.count, len(found.leaves.newest)) == (MOST + 3, MOST)
    assert labels(found.leaves)[0] == f"Put person p{MOST + 2}"


def test_a_store_that_is_older_than_the_backup_says_what_would_come(
    places: Places, tmp_path: Path
) -> None:
    with opened(places) as store:
        early = store.backup("by-hand")
        with_ada(store)
        late = shutil.copy(store.backup("by-hand"), tmp_path / "late.zip")
    backups.restore(places, early, PASSPHRASE, NOW)
    found = differs(places, Path(late), PASSPHRASE)
    assert found.made is None
    assert (found.shared, found.leaves, labels(found.comes)) == (0, Beyond(), ["Put person p1"])
    assert "The store of now is older than the backup" in words(
        found
    ) and "1 change would come" in words(found)


def test_histories_that_have_parted_say_where(places: Places) -> None:
    with opened(places) as store:
        with_ada(store)
        early = store.backup("by-hand")
        put(store, "person", id="p2", name="Bo")
        late = store.backup("by-hand")
    backups.restore(places, early, PASSPHRASE, NOW)
    with opened(places) as store:
        put(store, "person", id="p3", name="Cy")
        put(store, "person", id="p4", name="Di")
    found = differs(places, late, PASSPHRASE)
    assert (found.shared, labels(found.leaves)) == (1, ["Put person p4", "Put person p3"])
    assert labels(found.comes) == ["Put person p2"]
    assert words(found) == (
        "The two have parted at change 2; up to there they are the same. 2 changes made here would no longer be "
        "there, and 1 change would come."
    )


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 12), st.integers(0, 6))
def test_where_histories_part_is_found_at_the_first_link_that_differs(
    one: list[int], at: int, more: int
) -> None:
    first = [bytes([n, value]) for n, value in enumerate(one)]
    other = first[:at] + [bytes([255, n]) for n in range(more)]
    assert looking_back._shared(first, other) == min(at, len(first))
    assert looking_back._shared(other, first) == min(at, len(first))


def test_a_backup_of_another_store_says_so(places: Places, tmp_path: Path) -> None:
    there = Places(tmp_path / "other" / "a.store")
    other, _ = create_store(there, PASSPHRASE, now=Clock("2026-03-31"), user=ME, program="the window")
    with other:
        backup = other.backup("by-hand")
    found = differs(places, backup, PASSPHRASE)
    assert not found.same_store and (found.leaves, found.comes) == (Beyond(), Beyond())
    assert words(found).startswith("This is a backup of another store.")


def test_what_was_deleted_by_law_and_new_keys_are_warned_of(places: Places) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
        with store.change("Delete 1 person", by=ME, kind="purge") as change:
            change.delete_for_good([(1, 1)])
            change.remove("person", "p1")
        with store.change("Give new keys", by=ME, kind="keys"):
            pass
    found = differs(places, backup, PASSPHRASE)
    assert found.leaves.kinds == {"purge", "keys"}
    assert "A deletion by law is among them" in words(found)
    assert "New keys are among them" in words(found)


def test_a_store_that_does_not_open_is_not_compared_and_the_reason_is_told(places: Places) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
    good = places.store.read_bytes()
    places.store.write_bytes(b"spoilt" * 2000)
    found = differs(places, backup, PASSPHRASE)
    assert found.now is None and dict(found.past.counts)["People"] == 1
    assert words(found).startswith("It cannot be compared with the store of now. The store is damaged")
    places.store.write_bytes(good)
    with opened(places) as store:
        store.change_passphrase(PASSPHRASE, "another four words entirely")
    assert "neither the passphrase" in words(differs(places, backup, PASSPHRASE))
    assert differs(places, backup, PASSPHRASE, "another four words entirely").shared == 1
    places.store.unlink()
    assert "There is no store" in words(differs(places, backup, PASSPHRASE))


def test_what_cannot_be_restored_is_refused_as_restoring_refuses_it(
    places: Places, tmp_path: Path
) -> None:
    with opened(places) as store:
        backup = store.backup("by-hand")
        with pytest.raises(StoreInUse):
            differs(places, backup, PASSPHRASE)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"no zip")
    with pytest.raises(BadFile):
        differs(places, bad, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        differs(places, backup, "not this one")
    assert not list(places.store.parent.glob(".*making*"))


# --- The store that was kept


def names(store: Store) -> list[str]:
    return [row["name"] for row in store.rows("person")]


def test_restoring_the_kept_store_takes_the_restoring_back(places: Places) -> None:
    with opened(places) as store:
        backup = store.backup("by-hand")
        with_ada(store)
    assert aside.list_put_aside(places) == []
    kept = backups.restore(places, backup, PASSPHRASE, NOW)
    assert kept is not None and aside.list_put_aside(places) == [kept]
    assert aside.put_aside_at(kept) == datetime(2026, 4, 2, 9, 30)
    found = differs(places, kept, PASSPHRASE)
    assert found.made == datetime(2026, 4, 2, 9, 30) and labels(found.comes) == ["Put person p1"]
    again = backups.restore(places, kept, PASSPHRASE, NOW)
    with opened(places) as store:
        assert names(store) == ["Ada"]
    assert again is not None and again.name == f"{kept.name}-2"
    assert aside.list_put_aside(places) == [again, kept]  # nothing is used up
    assert places.store.stat().st_mode & 0o777 == places.slots.stat().st_mode & 0o777 == 0o600


def test_a_kept_store_comes_back_with_what_a_kill_left_in_its_journal(
    places: Places, tmp_path: Path
) -> None:
    with opened(places) as store:
        backup = store.backup("by-hand")
        with_ada(store)
        store.database.execute("PRAGMA cache_size = 1")
        store.database.execute("BEGIN")
        store.database.execute("UPDATE person SET name = 'Half a change'")
        store.database.execute("PRAGMA cache_spill = 1")
        killed = Places(tmp_path / "killed" / "a.store")
        shutil.copytree(places.store.parent, killed.store.parent)
        store.database.execute("ROLLBACK")
    assert killed.store.with_name("a.store-journal").exists()
    kept = backups.restore(killed, backup, PASSPHRASE, NOW)
    assert kept is not None and kept.with_name(f"{kept.name}-journal").exists()
    backups.restore(killed, kept, PASSPHRASE, NOW)
    with opened(killed) as store:
        assert names(store) == ["Ada"]


@pytest.mark.parametrize("step", ["copies", "store", "journal"])
def test_killed_while_a_store_is_put_aside_it_is_whole_under_one_name_or_the_other(
    places: Places, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
    stopping = {"copies": "copy2", "store": "rename", "journal": "unlink"}[step]
    owner: object = shutil if stopping == "copy2" else Path
    done = getattr(owner, stopping)

    def killed(*given: object, **how: object) -> None:
        if any(str(each).endswith((".store", ".keys")) for each in given if isinstance(each, Path)):
            raise KeyboardInterrupt
        done(*given, **how)

    with monkeypatch.context() as patch:
        patch.setattr(owner, stopping, killed)
        with pytest.raises(KeyboardInterrupt):
            aside.put_aside(places, NOW)
    if step == "journal":  # the keys of before are still at both names
        with pytest.raises(NoStore, match=r"kept beside it as a\.store\.aside-2026-04-02T09-30-00\."):
            opened(places)
        (kept,) = aside.list_put_aside(places)
        backups.restore(places, kept, PASSPHRASE, NOW)
    with opened(places) as store:
        assert names(store) == ["Ada"]
    assert backups.restore(places, backup, PASSPHRASE, NOW) is not None


def test_a_kept_store_that_is_damaged_or_has_lost_its_keys_moves_nothing(places: Places) -> None:
    with opened(places) as store:
        backup = store.backup("by-hand")
    places.store.write_bytes(b"spoilt" * 2000)
    kept = backups.restore(places, backup, PASSPHRASE, NOW)
    assert kept is not None
    with pytest.raises(StoreIsDamaged):
        backups.restore(places, kept, PASSPHRASE, NOW)
    Places(kept).slots.unlink()
    assert aside.list_put_aside(places) == []
    with pytest.raises(BadFile):
        backups.restore(places, kept, PASSPHRASE, NOW)
    opened(places).close()


def test_a_kept_store_of_before_new_keys_opens_with_the_secrets_of_its_day(
    places: Places, recovery_key: str
) -> None:
    with opened(places) as store:
        with_ada(store)
        backup = store.backup("by-hand")
        store.rekey(PASSPHRASE, new_recovery_key())
        put(store, "person", id="p2", name="Bo")
    kept = backups.restore(places, backup, recovery_key, NOW)
    assert kept is not None
    assert labels(differs(places, kept, PASSPHRASE).comes) == ["Put person p2"]
    with pytest.raises(WrongPassphrase):
        differs(places, kept, recovery_key)


def test_files_that_only_look_like_a_kept_store_are_none(tmp_path: Path) -> None:
    places = Places(tmp_path / "a.store")
    assert aside.list_put_aside(Places(tmp_path / "missing" / "a.store")) == []
    for name in (
        "a.store.aside-2026-04-02T09-30-00",  # without keys
        "a.store.aside-x", "a.store.aside-x.keys",
        "b.store.aside-2026-04-02T09-30-00", "b.store.aside-2026-04-02T09-30-00.keys",
        "a.store.aside-2026-04-03T09-30-00.keys",
    ):  # fmt: skip
        (tmp_path / name).touch()
    assert aside.list_put_aside(places) == []
    assert aside.put_aside_at(tmp_path / "a.store.aside-2026-02-31T09-30-00") is None
    assert aside.put_aside_at(tmp_path / "a.zip") is None
