"""Settings, retention: the years, holds, and deleting for good by typing a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from supervise.doing.retention import Retention
from supervise.places import Places
from supervise.store import Store, create_store, keys, memory_store, purge
from supervise.ui.pages.settings_retention import RetentionSection
from supervise.workspace import Workspace
from tests.store.telling import PASSPHRASE, QUICK
from tests.ui.driving import ME, Driver, Hands


def fill(store: Store) -> None:
    with store.change("People", by=ME) as change:
        change.put("person", {"id": "ada", "name": "Ada Marsh", "left_on": "1994-01-31"})
        change.put("person", {"id": "bo", "name": "Bo Berg", "left_on": "2019-01-31"})
        held = {"kind": "one_to_one", "status": "held", "held_on": "1993-03-01"}
        change.put("session", {"id": "s1", "person_id": "ada", **held})


@pytest.fixture
def left(opened: Callable[..., Driver], hands: Hands) -> Driver:
    """The window on a store in memory from which two people have left, and 25 years."""
    store = memory_store(hands)
    fill(store)
    driver = opened(store)
    Retention(driver.workspace.here).set_years(25)
    return driver


def section(driver: Driver) -> RetentionSection:
    found = driver.opens("settings", "retention").section("retention")
    assert isinstance(found, RetentionSection)
    return found


def test_the_years_are_set_and_taken_back(empty: Driver):
    here = section(empty)
    assert "not decided" in here.now.text()
    here.form.set_value("years", 25)
    empty.clicks("Set the years")
    assert Retention(empty.workspace.here).years() == 25 and "25 years" in here.now.text()
    here.form.set_value("years", 0)
    empty.clicks("Set the years")
    empty.sees("cannot be set")
    empty.clicks("Not decided")
    assert Retention(empty.workspace.here).years() is None


def test_the_list_says_who_is_due(left: Driver):
    here = section(left)
    QAbstractItemModelTester(here.table)
    told = {line.leaver.name: (line.due, line.takes) for line in here.table.records}
    assert told == {
        "Ada Marsh": ("31 Jan 2019 (due)", "1 supervision"),
        "Bo Berg": ("31 Jan 2044", "only their name and details"),
    }
    here.view.choose("bo")
    assert not here.delete.isEnabled()
    here.view.choose("ada")
    assert here.delete.isEnabled()


def test_a_hold_is_put_on_with_a_reason_and_taken_off(left: Driver):
    here = section(left)
    here.view.choose("ada")
    here.hold.click()
    left.settle()
    left.types("The inquiry asked")
    left.presses("Ctrl+Return")
    left.rests()
    assert left.dialogs() == []
    assert not here.delete.isEnabled() and "The inquiry asked" in here.reason.text()
    here.lift.click()
    left.settle()
    assert here.delete.isEnabled() and here.reason.isHidden()


def test_a_wrong_name_deletes_nothing_and_the_right_one_does(left: Driver):
    here = section(left)
    here.view.choose("ada")
    here.delete.click()
    left.settle()
    left.types("Ada March")
    left.presses("Return")
    left.rests()
    assert "not their name" in left.dialog().said.text()
    assert left.workspace.store.row("person", "ada") is not None
    left.dialog().form.set_value("name", "Ada Marsh")
    left.presses("Return")
    left.rests()
    assert left.workspace.store.row("person", "ada") is None
    assert [line.leaver.name for line in here.table.records] == ["Bo Berg"]
    assert left.workspace.store.next_undo is None


def test_no_page_shows_any_more_what_was_deleted(left: Driver):
    with left.workspace.store.change("About Ada Marsh", by=ME) as change:
        change.put("person", {"id": "ada", "staff_no": "Zq7"})
    left.opens("history")
    left.opens("person", "ada")
    left.opens("history").view.setCurrentIndex(left.window.front.lines.index(0, 0))
    left.settle()
    assert "Zq7" in left.window.front.change.text.toPlainText()
    here = section(left)
    here.view.choose("ada")
    here.delete.click()
    left.settle()
    left.dialog().form.set_value("name", "Ada Marsh")
    left.presses("Return")
    left.rests()
    history = left.opens("history")
    for at in range(history.lines.rowCount()):
        history.view.setCurrentIndex(history.lines.index(at, 0))
        left.settle()
        for word in ("Zq7", "Ada Marsh"):
            assert word not in history.change.text.toPlainText() + history.change.heading.text()
    left.opens("person")
    left.sees_not("Ada Marsh", "Zq7")


def test_another_day_and_a_service_store_change_nothing(
    left: Driver, opened: Callable[..., Driver], hands: Hands
):
    here = section(left)
    left.looks_at(day=left.hands.today() - 30)
    here = section(left)
    assert not here.delete.isEnabled() and not here.set.isEnabled()
    other = section(opened(memory_store(hands, service=True)))
    assert other.why_not.isVisible() and not other.set.isEnabled()


def test_on_disk_the_store_gets_a_new_key_and_copies_can_go(
    opened: Callable[..., Driver], hands: Hands, tmp_path: Path
):
    places = Places(tmp_path / "a.store")
    store, recovery = create_store(places, PASSPHRASE, now=hands, user=ME, program="the window")
    file = keys.read(places.slots)
    keys.write(
        places.slots,
        file._replace(keys=(keys.wrap(store.key, PASSPHRASE, recovery, file.store_id, QUICK),)),
    )
    fill(store)
    with store:
        Retention(Workspace(store, today=hands.today, me=ME).here).set_years(25)
        store.backup("by-hand")
        hands.move(minutes=5)
        driver = opened(store)
        here, former = section(driver), store.key
        assert here.after.isHidden()
        here.view.choose("ada")
        here.delete.click()
        driver.settle()
        driver.dialog().form.set_value("name", "Ada Marsh")
        driver.presses("Return")
        driver.rests()
        dialog = driver.dialog()
        assert dialog.windowTitle() == "Give the store a new key"
        dialog.form.set_value("passphrase", PASSPHRASE)
        dialog.form.set_value("recovery", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
        driver.presses("Return")
        driver.rests()
        assert "not the recovery key" in driver.dialog().said.text()
        driver.dialog().form.set_value("recovery", recovery)
        driver.presses("Return")
        driver.rests()
        assert driver.dialogs() == [] and store.key != former
        assert purge.left_to_do(store) == (False, False)
        assert here.step.isHidden() and "stays until somebody deletes it" in here.copies.text()
        here.delete_copies.click()
        driver.settle()
        driver.clicks("Delete them")
        driver.rests()
        assert here.after.isHidden() and len(list(places.backups.glob("*.zip"))) == 1
