"""Backups that former secrets open: listed with the day they go, and made anew under the keys of now."""

from __future__ import annotations

import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.errors import WrongPassphrase
from supervise.places import Places
from supervise.store import (
    Store,
    backups,
    elsewhere,
    former,
    keys,
    new_recovery_key,
    rekeying,
    thinning,
)
from tests.store.child import NEW, WHY
from tests.store.killing import child
from tests.store.telling import ME, PASSPHRASE, QUICK, Clock, opened, put

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)


def hands_over(store: Store, secret: str = PASSPHRASE, to: str = NEW) -> tuple[bytes, ...]:
    """New keys for the store; gives the former ones."""
    new = rekeying.prepare(store.places, secret, to, new_recovery_key(), argon2=QUICK)
    for _ in store.giving_new_keys(new, WHY):
        pass
    return new.former


def found(store: Store, *folders: Path) -> list[former.Former]:
    return former.former_backups(store.places, folders or (store.places.backups,), NOW)


def test_only_those_made_before_are_listed_and_only_those_on_closing_go_by_themselves(places: Places):
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        by_hand = store.backup("by-hand")
        closing = store.backup(thinning.ON_CLOSING)
        assert found(store) == []
        hands_over(store)
        after = store.backup("after-new-keys")
        (places.backups / "torn.zip").write_bytes(by_hand.read_bytes()[:1000])
        assert [each.path for each in found(store)] == [closing, by_hand]
        assert after not in [each.path for each in found(store)]
        first, second = found(store)
    assert first.goes is not None and first.goes > date(2028, 2, 1)  # it may be the last of its month
    assert second.goes is None and second.when == NOW


def test_a_new_passphrase_alone_makes_no_backup_a_former_one_for_its_key_is_the_same(places: Places):
    with opened(places) as store:
        store.backup("by-hand")
        store.change_passphrase(PASSPHRASE, "another one")
        assert found(store) == []
        hands_over(store, "another one")
        assert len(found(store)) == 1


def test_made_anew_they_open_with_the_new_secrets_only_and_hold_the_same(places: Places, tmp_path: Path):
    second = tmp_path / "second"
    second.mkdir()
    with opened(places) as store:
        put(store, "person", id="p1", name="Ada")
        elsewhere.set_second_place(store, second)
        elsewhere.back_up(store)
        head, own = store.head(), elsewhere.own_folder(store, second)
        put(store, "person", id="p2", name="Bo")
        old = hands_over(store)
        both = found(store, places.backups, own)
        assert len(both) == 2
        told = list(former.make_anew(places, both, old, store.key))
        assert told == [(each, None) for each in both]
        assert found(store, places.backups, own) == []
        assert [backups.trouble_with(store, each.path, thoroughly=True) for each in both] == [None, None]
    for each in both:
        with pytest.raises(WrongPassphrase):
            backups.restore(places, each.path, PASSPHRASE, NOW)
        backups.restore(places, each.path, NEW, NOW)
        with opened(places, NEW) as store:
            assert store.head() == head
            assert [row["name"] for row in store.rows("person")] == ["Ada"]
        assert sorted(path.suffix for path in each.path.parent.iterdir()) == [".zip"]


def test_one_under_older_keys_still_stays_as_it_is_and_that_is_said(places: Places):
    with opened(places) as store:
        oldest = store.backup("by-hand")
        content = oldest.read_bytes()
        hands_over(store)
        newer = store.backup("by-hand")
        old = hands_over(store, NEW, "pebble tram whistles softly")
        told = {each.path: said for each, said in former.make_anew(places, found(store), old, store.key)}
    assert told[newer] is None
    assert told[oldest] is not None and "older still" in told[oldest]
    assert oldest.read_bytes() == content


def test_a_store_that_restoring_put_aside_keeps_its_keys_and_is_told(places: Places):
    with opened(places) as store:
        backup = store.backup("by-hand")
    aside = backups.restore(places, backup, PASSPHRASE, NOW)
    with opened(places) as store:
        assert former.former_stores(places) == []  # the same keys still
        old = hands_over(store)
        (told,) = former.former_stores(places)
        assert told == (aside, None, None)
        ((_, said),) = former.make_anew(places, [told], old, store.key)
        assert said is not None and "put aside" in said


@pytest.mark.parametrize("n", range(4))
def test_a_kill_while_they_are_made_anew_leaves_each_whole_under_one_key_or_the_other(
    places: Places, n: int
):
    with opened(places) as store:
        with store.change("Many", by=ME) as change:
            change.put_all("person", ({"id": f"p{n}", "name": "Ada " * 400} for n in range(800)))
        made = [store.backup("by-hand") for _ in range(4)]
        (old,) = hands_over(store)
    with child("make-anew", places, old.hex()) as maker:
        assert maker.hears() == "open"
        for _ in range(n):
            assert maker.hears() in [path.name for path in made]
        maker.kill_within(random.Random(n).random() * 0.04)
    with opened(places, NEW) as store:
        left = found(store)
        assert len(left) <= 4 - n
        for each in made:
            secret = PASSPHRASE if each in [one.path for one in left] else NEW
            with zipfile.ZipFile(each) as archive:
                assert keys.unwrap(keys.parse(archive.read(backups.KEYS)), secret)
        assert all(said is None for _, said in former.make_anew(places, left, (old,), store.key))
        assert [backups.trouble_with(store, each, thoroughly=True) for each in made] == [None] * 4
        assert found(store) == []
        store.backup("by-hand")
    assert {path.suffix for path in places.backups.iterdir()} == {".zip"}  # what was left is swept up


MOMENTS = st.sets(st.integers(0, 900), max_size=40).map(
    lambda days: {NOW - timedelta(days=n, hours=n % 5) for n in days}
)


@given(MOMENTS)
@settings(deadline=None, max_examples=6)  # three hundred backups and more are thinned for each
def test_every_backup_on_closing_goes_one_day_and_none_before_the_rule_says_so(taken: set[datetime]):
    leaving = former.thinned_on(taken, NOW)
    assert leaving.keys() == taken
    at_once = thinning.to_discard(taken | {NOW + timedelta(days=1)})
    tomorrow = (NOW + timedelta(days=1)).date()
    assert {moment for moment, day in leaving.items() if day == tomorrow} == at_once & taken


def test_the_day_is_the_one_on_which_thinning_really_takes_it(places: Places):
    clock = Clock("2026-03-31")
    with opened(places, clock=clock) as store:
        made = store.backup(thinning.ON_CLOSING)
        moment = thinning.moment_of(made)
        assert moment is not None
        goes = former.thinned_on([moment], clock.moment)[moment]
        day = clock.moment.date()
        names = [made.name]
        while day < goes:
            assert made.exists()
            day += timedelta(days=1)
            stamp = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
            name = f"{stamp:%Y-%m-%dT%H-%M-%SZ} on-closing.zip"
            (places.backups / name).write_bytes(b"")
            names.append(name)
            thinning.thin(places.backups)
        assert not made.exists() and len(names) > 24
