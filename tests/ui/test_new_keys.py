"""Settings: a new manager takes over, or somebody may know the passphrase."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supervise import beginning
from supervise.errors import WrongPassphrase
from supervise.places import Places
from supervise.store import Store, Unlocked, backups, create_store, open_store, thinning, unlock
from tests.making import PASSPHRASE
from tests.test_passphrases import Ring, ring
from tests.ui.driving import ME, Driver, Hands, practice_store, unnamed
from tests.ui.starting import secrets_on
from tests.ui.test_every_page import clipped, unreachable, wrong_roles

__all__ = ["ring"]

NEW = "gravel otter hums quietly"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Unlocked]:
    """The files of a real store with a backup, and what opens them without a wait."""
    folder, hands = tmp_path_factory.mktemp("kept") / "here", Hands()
    places = Places(folder / "supervise.store")
    store, _ = create_store(places, PASSPHRASE, now=hands, user=ME, program="the window")
    practice_store(hands, store)
    store.backup("by-hand")
    store.backup(thinning.ON_CLOSING)
    store.close()
    return folder, unlock(places, PASSPHRASE)


@pytest.fixture
def on_disk(kept: tuple[Path, Unlocked], tmp_path: Path, hands: Hands) -> Iterator[Store]:
    """That store, open, in a folder of its own."""
    shutil.copytree(kept[0], tmp_path / "here")
    places = Places(tmp_path / "here" / "supervise.store")
    store = open_store(places, kept[1], now=hands, user=ME, program="the window")
    yield store
    store.close()


@pytest.fixture
def real(on_disk: Store, opened: Callable[..., Driver]) -> Driver:
    """The window on it."""
    return opened(on_disk)


def begins(driver: Driver, button: str) -> Any:
    driver.opens("settings", "lock")
    driver.clicks(button)
    return driver.dialog()


def page(driver: Driver) -> Any:
    return driver.dialog().front


def waits_for(driver: Driver, words: str) -> None:
    driver.waits_until(lambda: words in driver.reads())
    driver.settle()


def proves(driver: Driver, secret: str = PASSPHRASE) -> None:
    """Type the present secret, and go on."""
    page(driver).secret.setFocus()
    driver.types(secret)
    driver.presses("Return")


def chooses(driver: Driver, passphrase: str = NEW) -> None:
    waits_for(driver, "Choose a passphrase")
    for _ in range(2):
        driver.types(passphrase)
        driver.presses("Return")
    waits_for(driver, "Print the recovery sheet")


def copies_the_sheet(driver: Driver) -> str:
    driver.types("Margaret Adeyemi")
    driver.clicks("Show the key, to copy it by hand")
    groups = [line for line in driver.reads().splitlines() if re.fullmatch("[A-Z2-7]{4}", line)]
    driver.presses("Return")
    waits_for(driver, "Is the sheet at hand?")
    return "-".join(groups)


def types_back(driver: Driver, key: str) -> None:
    for part in page(driver).parts:
        driver.types(key.split("-")[part - 1].lower())
        driver.presses("Return")


def opens(store: Store, secret: str) -> bool:
    try:
        return bool(unlock(store.places, secret).keys)
    except WrongPassphrase:
        return False


def test_the_store_is_handed_over_by_keys_alone(real: Driver, on_disk: Store, ring: Ring) -> None:
    ring.kept["Supervise", str(on_disk.places.store)] = PASSPHRASE
    real.memory["in_keyring"] = [str(on_disk.places.store)]
    begins(real, "Hand over to a new manager…")
    real.sees("Step 1 of 4", "Until the last step nothing is changed")
    real.types("Bethan Lloyd")
    real.presses("Return")
    real.types(PASSPHRASE)
    real.presses("Return")
    chooses(real)
    key = copies_the_sheet(real)
    types_back(real, key)
    waits_for(real, "The store has its new keys")
    assert real.hears().startswith("Handed over to Bethan Lloyd.")
    assert on_disk.history()[0].label == "Handed over to Bethan Lloyd"
    keeper = beginning.keeper(on_disk)
    assert keeper is not None and keeper.name == "Margaret Adeyemi"
    assert opens(on_disk, NEW) and opens(on_disk, key) and not opens(on_disk, PASSPHRASE)
    assert not ring.kept and real.memory["in_keyring"] == []
    real.sees("3 older copies still open", "stays until somebody deletes it", "is thinned away on")
    assert not any(secrets_on(real.dialog())) and key.split("-")[0] not in real.reads()
    real.presses("Return")
    waits_for(real, "3 backups made anew")
    newest = backups.list_backups(on_disk.places)
    assert len(newest) == 4
    assert all(backups.trouble_with(on_disk, each, thoroughly=True) is None for each in newest)
    real.presses("Return")
    real.settle()
    assert real.dialog() is None
    real.sees("Margaret Adeyemi keeps it")


def test_after_a_disclosure_nobody_is_asked_for_a_name_and_the_keyring_may_remember(
    real: Driver, on_disk: Store, ring: Ring
) -> None:
    begins(real, "Somebody may know the passphrase…")
    real.sees("a new passphrase alone is not enough")
    proves(real)
    waits_for(real, "Choose a passphrase")
    page(real).remember.setChecked(True)
    chooses(real)
    types_back(real, copies_the_sheet(real))
    waits_for(real, "The store has its new keys")
    assert on_disk.history()[0].label == "Keys changed after a suspected disclosure"
    assert list(ring.kept.values()) == [NEW]
    assert real.memory["in_keyring"] == [str(on_disk.places.store)]
    real.clicks("Close")
    assert real.dialog() is None


def test_stopping_on_any_page_changes_nothing(real: Driver, on_disk: Store) -> None:
    slots = on_disk.places.slots.read_bytes()
    dialog = begins(real, "Hand over to a new manager…")
    real.presses("Return")
    real.presses("Return")
    real.sees("Nobody was named to take over. Give the new manager’s name.")
    real.types("Bethan")
    real.presses("Return")
    real.presses("Return")
    real.sees("Type the present passphrase, or the recovery key.")
    proves(real, "not it")
    waits_for(real, "neither the passphrase nor the recovery key")
    assert dialog.front is dialog.about
    real.presses("Ctrl+A")
    proves(real)
    chooses(real)
    copies_the_sheet(real)
    for title in ("Print the recovery sheet", "Choose a passphrase", "Hand over to a new manager"):
        real.presses("Esc")
        real.sees(title)
    real.presses("Esc")
    real.settle()
    assert real.dialog() is None
    assert on_disk.places.slots.read_bytes() == slots
    assert "Handed over" not in on_disk.history()[0].label


def test_the_passphrase_of_before_is_not_taken_for_a_new_one(real: Driver, on_disk: Store) -> None:
    begins(real, "Somebody may know the passphrase…")
    proves(real)
    chooses(real, PASSPHRASE)
    types_back(real, copies_the_sheet(real))
    waits_for(real, "That passphrase opens the store already")
    real.sees("Choose a passphrase")
    assert opens(on_disk, PASSPHRASE)


def test_while_the_keys_are_changed_it_stays_open(real: Driver, on_disk: Store) -> None:
    dialog = begins(real, "Somebody may know the passphrase…")
    proves(real)
    chooses(real)
    key = copies_the_sheet(real)
    for part in dialog.front.parts:
        dialog.front.fields[dialog.front.parts.index(part)].setText(key.split("-")[part - 1])
    QTest.mouseClick(dialog.type_back.main, Qt.MouseButton.LeftButton)
    assert dialog.front is dialog.waiting
    dialog.reject()
    assert dialog.isVisible()
    waits_for(real, "The store has its new keys")
    dialog.reject()
    real.settle()
    assert real.dialog() is None


def test_keys_that_were_changed_elsewhere_meanwhile_send_back_to_the_beginning(
    real: Driver, on_disk: Store
) -> None:
    begins(real, "Somebody may know the passphrase…")
    proves(real)
    chooses(real)
    key = copies_the_sheet(real)
    on_disk.change_passphrase(PASSPHRASE, "entirely another one")
    types_back(real, key)
    waits_for(real, "neither the passphrase nor the recovery key")
    real.sees("Step 1 of 4")
    assert opens(on_disk, "entirely another one")


def test_where_there_is_no_passphrase_there_is_nothing_to_hand_over(
    practice: Driver, real: Driver
) -> None:
    for driver in (practice, real):
        driver.desk.is_practice = True
        driver.opens("settings", "lock")
        assert not driver.button("Hand over to a new manager…").isEnabled()
        assert not driver.button("Somebody may know the passphrase…").isEnabled()


@pytest.mark.parametrize("percent", [100, 200])
def test_every_page_of_it_can_be_read_whole_and_heard(
    on_disk: Store, opened: Callable[..., Driver], percent: int
) -> None:
    driver = opened(on_disk, percent=percent)
    dialog = begins(driver, "Hand over to a new manager…")
    dialog.sheet.keeper.setText("Margaret Adeyemi")
    dialog.sheet.show_key()
    found = []
    dialog.end.tell(
        "Handed over.",
        ["The second place is away."],
        [former(on_disk, path) for path in backups.list_backups(on_disk.places)],
    )
    for step in (*dialog._questions, dialog.end):
        dialog._show(step)
        driver.settle()
        for look in (clipped, unreachable, wrong_roles, unnamed):
            found += [f"{step.accessibleName()}: {said}" for said in look(dialog)]
    assert found == []


def former(store: Store, path: Path) -> Any:
    from supervise.store.former import Former

    return Former(path, thinning.moment_of(path), None)


def test_the_history_page_shows_the_line_and_offers_no_undo_of_it(real: Driver, on_disk: Store) -> None:
    from supervise.store import new_recovery_key, rekeying
    from supervise.store.rekeying import Why

    new = rekeying.prepare(on_disk.places, PASSPHRASE, NEW, new_recovery_key())
    for _ in on_disk.giving_new_keys(new, Why("Handed over to Bethan Lloyd", "handed over", ME)):
        pass
    front = real.opens("history")
    real.sees("Handed over to Bethan Lloyd")
    assert not front.change.undo.isEnabled()
