"""Backing up with a copy in a second place, and saying how well that went."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import FileTrouble, NotAllowed
from supervise.places import Places
from supervise.store import Store, backups, elsewhere, thinning
from supervise.store.safe_keeping import BackedUp, backed_up_state
from tests.store.telling import PASSPHRASE, Clock, opened, put, with_ada


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A disk or shared drive."""
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def own(store: Store, drive: Path) -> Path:
    return elsewhere.own_folder(store, drive)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- Copies


def test_a_backup_is_copied_and_the_copy_restores(places: Places, drive: Path, tmp_path: Path):
    with opened(places) as store:
        with_ada(store)
        elsewhere.set_second_place(store, drive)
        assert elsewhere.second_place(store) == drive
        backed = elsewhere.back_up(store)
        assert backed.trouble is None
        assert backed.elsewhere == own(store, drive) / backed.path.name
        assert backed.elsewhere.read_bytes() == backed.path.read_bytes()
    again = Places(tmp_path / "another laptop" / "a.store")
    backups.restore(again, backed.elsewhere, PASSPHRASE, Clock("2026-04-02")())
    with opened(again) as store:
        assert [row["name"] for row in store.rows("person")] == ["Ada"]
        assert elsewhere.second_place(store) == drive


def test_without_a_second_place_a_backup_is_beside_the_store_only(places: Places, drive: Path):
    with opened(places) as store:
        backed = elsewhere.back_up(store)
        assert (backed.elsewhere, backed.trouble) == (None, None)
        elsewhere.set_second_place(store, drive)
        elsewhere.set_second_place(store, None)
        assert elsewhere.second_place(store) is None
        assert elsewhere.back_up(store).elsewhere is None


def test_two_stores_share_a_place_without_mixing(places: Places, drive: Path, tmp_path: Path):
    from supervise.store import create_store

    other, _ = create_store(
        Places(tmp_path / "other" / "a.store"), PASSPHRASE, now=Clock("2026-03-31"), user="B",
        program="the window",
    )  # fmt: skip
    with opened(places) as store, other:
        for each in (store, other):
            elsewhere.set_second_place(each, drive)
            elsewhere.back_up(each)
        assert len(names(drive)) == 2
        assert len({path.read_bytes() for path in drive.rglob("*.zip")}) == 2


def test_a_place_that_is_away_is_told_and_made_up_for_when_it_is_back(places: Places, drive: Path):
    with opened(places) as store:
        elsewhere.set_second_place(store, drive)
        away = drive.rename(drive.with_name("unplugged"))
        backed = elsewhere.back_up_if_changed(store)
        assert backed is not None and backed.path.exists()
        assert backed.elsewhere is None
        assert backed.trouble == (
            f"The second place for backups, {drive}, is away. "
            "It will be tried again; if it has moved, choose it anew in the settings."
        )
        drive.mkdir()  # an empty folder where a disk is mounted is not that disk
        again = elsewhere.back_up_if_changed(store)
        assert again is not None and again.trouble is not None
        assert names(drive) == []
        drive.rmdir()
        away.rename(drive)
        late = elsewhere.back_up_if_changed(store)
        assert late is not None and late.path == backed.path
        assert late.elsewhere is not None and late.elsewhere.exists()
        assert elsewhere.back_up_if_changed(store) is None
        assert len(backups.list_backups(places)) == 1


def test_a_copy_that_was_cut_off_is_made_again_and_its_leavings_go(places: Places, drive: Path):
    with opened(places) as store:
        elsewhere.set_second_place(store, drive)
        path = store.backup("by-hand")
        folder = own(store, drive)
        (folder / ".supervise-x.part").write_bytes(b"half")
        (folder / path.name).write_bytes(path.read_bytes()[:-1])
        copy = elsewhere.copy_of(path, folder)
        assert copy.read_bytes() == path.read_bytes()
        assert names(folder) == [path.name]
        before = copy.stat().st_mtime_ns
        assert elsewhere.copy_of(path, folder) == copy
        assert copy.stat().st_mtime_ns == before


def test_a_full_or_forbidden_place_is_told_and_the_backup_stands(
    places: Places, drive: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with opened(places) as store:
        elsewhere.set_second_place(store, drive)
        path = store.backup("by-hand")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(FileTrouble, match="There is no room left to write"):
                elsewhere.copy_of(path, own(store, drive))
        assert names(own(store, drive)) == []
        shutil.rmtree(own(store, drive))
        own(store, drive).write_text("a file in the way", "utf-8")
        backed = elsewhere.back_up(store)
        assert backed.path.exists() and backed.elsewhere is None
        assert backed.trouble is not None and "is away" in backed.trouble


# --- Choosing the place


def test_a_place_that_would_go_with_the_store_or_is_not_there_is_refused(places: Places, drive: Path):
    with opened(places) as store:
        places.backups.mkdir()
        inside = places.backups / "copies"
        inside.mkdir()
        link = drive / "link"
        link.symlink_to(places.store.parent)
        for folder in (places.store.parent, places.backups, inside, link):
            with pytest.raises(NotAllowed, match="what befalls one would befall the other"):
                elsewhere.set_second_place(store, folder)
        (drive / "file").touch()
        for folder in (drive / "missing", drive / "file"):
            with pytest.raises(FileTrouble, match="is not there"):
                elsewhere.set_second_place(store, folder)
        assert elsewhere.second_place(store) is None
        elsewhere.set_second_place(store, drive)
        (drive / "blocked").mkdir()
        own(store, drive / "blocked").touch()
        with pytest.raises(FileTrouble):
            elsewhere.set_second_place(store, drive / "blocked")
        assert elsewhere.second_place(store) == drive


def test_a_folder_on_the_same_disk_is_known_for_that(places: Places, drive: Path):
    with opened(places) as store:
        assert elsewhere.is_on_the_same_disk(store, drive)
        assert not elsewhere.is_on_the_same_disk(store, drive / "missing")


# --- When there is something to do


def test_on_closing_only_what_changed_is_backed_up(places: Places):
    clock = Clock("2026-03-31")
    with opened(places, clock=clock) as store:
        assert elsewhere.back_up_if_changed(store) is not None
        assert elsewhere.back_up_if_changed(store) is None
        store.access.note("R. Okafor", "viewed", "person", "p1")
        store.settings.put("theme", "dark")
        assert elsewhere.back_up_if_changed(store) is None
        with_ada(store)
        assert elsewhere.back_up_if_changed(store) is not None
        store.drafts.put("d", "Half a sentence")
        assert elsewhere.back_up_if_changed(store) is not None
        store.change_passphrase(PASSPHRASE, "another four words entirely")
        backed = elsewhere.back_up_if_changed(store)
        assert backed is not None
        assert elsewhere.back_up_if_changed(store) is None
        backed.path.unlink()
        assert elsewhere.back_up_if_changed(store) is not None


# --- What is said of it


def test_how_well_it_is_backed_up_is_told_in_days(places: Places, drive: Path):
    clock = Clock("2026-03-01")
    with opened(places, clock=clock) as store:
        nothing = BackedUp(when=None, elsewhere_when=None, days_without_copy_elsewhere=None)
        assert backed_up_state(store, clock()) == nothing
        beside = elsewhere.back_up(store)
        assert backed_up_state(store, clock()) == BackedUp(
            when=clock(), elsewhere_when=None, days_without_copy_elsewhere=None
        )
        elsewhere.set_second_place(store, drive)
        copied = clock()
        elsewhere.back_up(store)
        clock.set("2026-03-20")
        found = backed_up_state(store, clock())
        assert (found.elsewhere_when, found.days_without_copy_elsewhere) == (copied, 0)
        put(store, "person", id="p1", name="Ada")
        found = backed_up_state(store, clock())
        assert (found.when, found.days_without_copy_elsewhere) == (copied, 19)
        shutil.rmtree(drive)
        elsewhere.back_up(store)
        found = backed_up_state(store, clock())
        assert (found.when, found.elsewhere_when) == (clock(), copied)
        assert found.days_without_copy_elsewhere == 19
        assert backed_up_state(store, copied - timedelta(days=9)) == BackedUp(
            when=clock(), elsewhere_when=copied, days_without_copy_elsewhere=0
        )
        assert beside.path.exists()


def test_a_name_that_is_none_of_ours_has_no_moment():
    moment = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
    assert thinning.moment_of(Path("x/2026-03-31T09-30-00Z by-hand.zip")) == moment
    assert thinning.moment_of(Path("2026-03-31T09-30-00Z before-import 2.zip")) == moment
    for name in (
        "backup.zip",
        "2026-02-31T09-30-00Z by-hand.zip",
        "2026-03-31 by-hand.zip",
        "2026-03-31T09-30-00Z by-hand.zip.part",
    ):
        assert thinning.moment_of(Path(name)) is None


# --- Thinning

MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)
)


@given(st.lists(MOMENTS, max_size=60))
def test_what_is_discarded_is_never_the_newest_nor_the_last_of_a_recent_day(taken: list[datetime]):
    discarded = thinning.to_discard(taken)
    kept = set(taken) - discarded
    assert discarded <= set(taken)
    assert set(sorted(taken)[-10:]) <= kept
    for day in sorted({moment.date() for moment in taken})[-14:]:
        assert max(moment for moment in taken if moment.date() == day) in kept
    for month in sorted({(moment.year, moment.month) for moment in taken})[-24:]:
        assert max(moment for moment in taken if (moment.year, moment.month) == month) in kept
    assert thinning.to_discard(kept) == set()


def test_ten_years_of_closing_every_day_leave_a_few_dozen():
    taken = [datetime(2016, 1, 1, 17, tzinfo=UTC) + timedelta(days=n) for n in range(3650)]
    kept = sorted(set(taken) - thinning.to_discard(taken))
    assert len(kept) <= 14 + 8 + 24
    assert taken[-1] - kept[0] > timedelta(days=600)


def test_only_backups_on_closing_are_thinned(tmp_path: Path):
    days = [datetime(2026, 1, 1, 17, tzinfo=UTC) + timedelta(hours=n) for n in range(12)]
    closing = [tmp_path / f"{day:%Y-%m-%dT%H-%M-%SZ} on-closing.zip" for day in days]
    others = [
        tmp_path / f"{days[0]:%Y-%m-%dT%H-%M-%SZ} by-hand.zip",
        tmp_path / f"{days[0]:%Y-%m-%dT%H-%M-%SZ} before-import.zip",
        tmp_path / "on-closing.zip",
        tmp_path / "2026-01-01T00-00-00Z on-closing.txt",
    ]
    for path in (*closing, *others):
        path.touch()
    gone = thinning.thin(tmp_path)
    assert sorted(gone) == closing[:2]
    assert set(names(tmp_path)) == {path.name for path in (*closing[2:], *others)}
