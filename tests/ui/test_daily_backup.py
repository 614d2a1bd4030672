"""A window that stays open for days backs the store up when another day begins."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from supervise import beginning
from supervise.places import Places
from supervise.store import Store, elsewhere
from supervise.store.backups import list_backups
from supervise.store.check import check
from supervise.ui.sitting import Sitting
from tests.ui.starting import ME, Somebody, somebody
from tests.ui.test_app import inside, kept, owner, store_of, window_of

__all__ = ["inside", "kept", "owner", "somebody"]


def sitting(somebody: Somebody) -> Sitting:
    assert somebody.app.sitting is not None
    return somebody.app.sitting


def another_day(somebody: Somebody, days: int = 1) -> None:
    """It is so many days later, and whatever that sets going has been done."""
    somebody.hands.move(days=days)
    somebody.app.clock.touch()
    somebody.app.clock.look()
    somebody.settles()
    somebody.waits_until(lambda: not sitting(somebody)._keeping.is_busy)
    somebody.settles()


def rename(store: Store, name: str) -> None:
    with store.change(f"Rename to {name}", by=ME) as change:
        change.put("person", {"id": "ada", "name": name})


def test_another_day_makes_a_daily_backup_if_anything_changed(inside: Somebody) -> None:
    another_day(inside)
    (first,) = list_backups(inside.places)
    assert first.name == "2026-03-19T09-30-00Z daily.zip"
    assert "backed up" in window_of(inside).foot.state.text()
    another_day(inside)
    assert list_backups(inside.places) == [first]
    rename(store_of(inside), "Adaeze")
    another_day(inside, days=3)
    newest, *_ = list_backups(inside.places)
    assert newest.name == "2026-03-23T09-30-00Z daily.zip"
    assert all(finding.ok for finding in check(store_of(inside)))
    inside.presses("Ctrl+Q")
    assert len(list_backups(inside.places)) == 2, "nothing was changed since the daily one"
    assert [path.name for path in inside.places.backups.iterdir() if "making" in path.name] == []


def test_daily_backups_are_copied_to_the_second_place_and_both_are_thinned(
    inside: Somebody, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    elsewhere.set_second_place(store_of(inside), drive)
    for n in range(24):
        rename(store_of(inside), f"Ada {n}")
        another_day(inside)
    there = {path.name for path in drive.rglob("*.zip")}
    assert there == {path.name for path in list_backups(inside.places)}
    assert len(there) < 24, "thinned by the rule of those made on closing"


def test_a_second_place_that_is_away_is_told_in_the_foot_and_tried_again_another_day(
    inside: Somebody, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    elsewhere.set_second_place(store_of(inside), drive)
    another_day(inside)
    away = drive.rename(tmp_path / "unplugged")
    rename(store_of(inside), "Adaeze")
    another_day(inside)
    assert (
        f"▲ The daily backup is made. The second place for backups, {drive}, is away." in inside.hears()
    )
    another_day(inside, days=8)
    inside.sees("No copy off this computer for 9 days")
    away.rename(drive)
    another_day(inside)
    inside.sees_not("No copy off this computer for")
    assert (len(list_backups(inside.places)), len(list(drive.rglob("*.zip")))) == (2, 2)


def test_a_backup_that_cannot_be_made_is_told_in_the_foot(inside: Somebody) -> None:
    inside.places.backups.write_text("a file in the way", "utf-8")
    another_day(inside)
    assert "▲ The daily backup could not be made." in inside.hears()
    inside.places.backups.unlink()
    another_day(inside)
    assert len(list_backups(inside.places)) == 1


def test_slow_work_on_the_store_is_waited_for(inside: Somebody) -> None:
    working = [True]

    def work() -> object:
        while working:
            yield 0, 1

    inside.app.background.step(work(), lambda _: None, lambda _: None)  # type: ignore[arg-type]
    another_day(inside)
    assert list_backups(inside.places) == [] and sitting(inside)._later.isActive()
    working.clear()
    inside.waits_until(lambda: not inside.app.background.is_busy)
    sitting(inside)._later.timeout.emit()
    inside.waits_until(lambda: not sitting(inside)._keeping.is_busy)
    sitting(inside)._later.stop()
    assert len(list_backups(inside.places)) == 1


def test_closing_in_the_middle_of_a_daily_backup_loses_nothing(inside: Somebody) -> None:
    inside.hands.move(days=1)
    sitting(inside).new_day()
    inside.presses("Ctrl+Q")
    assert inside.ended == 1
    assert {path.name.split()[1] for path in list_backups(inside.places)} >= {"on-closing.zip"}
    assert [path.name for path in inside.places.backups.iterdir() if "making" in path.name] == []


def test_a_backup_by_hand_does_not_sweep_away_the_daily_one_that_is_being_made(inside: Somebody) -> None:
    begun = beginning.begin_daily_backup(store_of(inside))
    assert begun is not None
    beginning.back_up(store_of(inside))
    assert elsewhere.carry_out(begun).path.name.endswith(" daily.zip")
    assert len(list_backups(inside.places)) == 2


def test_practice_makes_no_daily_backup(somebody: Somebody, kept: Places) -> None:
    shutil.copytree(kept.store.parent, somebody.places.store.parent)
    somebody.opens()
    beginning.practice_mark(somebody.places).touch()
    another_day(somebody)
    assert list_backups(somebody.places) == []


@pytest.mark.parametrize("kind", ["daily", "on-closing"])
def test_what_nobody_asked_for_is_thinned_together(tmp_path: Path, kind: str) -> None:
    from datetime import UTC, datetime, timedelta

    from supervise.store import thinning

    for n in range(12):
        moment = datetime(2026, 1, 1, 17, tzinfo=UTC) + timedelta(hours=n)
        label = kind if n % 2 else "on-closing"
        (tmp_path / f"{moment:%Y-%m-%dT%H-%M-%SZ} {label}.zip").touch()
    assert len(thinning.thin(tmp_path)) == 2
