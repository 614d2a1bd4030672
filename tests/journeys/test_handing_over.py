"""A manager leaves and another takes over, told as it happens to them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from supervise import beginning
from supervise.errors import WrongPassphrase
from supervise.store import backups, elsewhere, open_store, unlock
from tests.ui.starting import PASSPHRASE, Somebody, secrets_on, somebody

__all__ = ["somebody"]

NEW = "gravel otter hums quietly"
NEW_KEEPER = "Hywel Tudor"


def page(somebody: Somebody) -> Any:
    return somebody.dialog().front


def opens_keys(somebody: Somebody, button: str) -> None:
    """Settings, passphrase and lock, and there that button."""
    window = somebody.app.window
    assert window is not None
    window.open_page("settings", "lock")
    somebody.settles()
    somebody.clicks(button)


def answers(somebody: Somebody, secret: str, passphrase: str) -> str:
    """The questions, from the present secret to the sheet typed back. Gives the new recovery key."""
    page(somebody).secret.setFocus()
    somebody.types(secret)
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(passphrase)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.types(NEW_KEEPER)
    somebody.presses("Alt+K")
    somebody.waits_for("Copy all eight groups on paper.")
    key = somebody.copied_key()
    somebody.presses("Return")
    somebody.waits_for("Is the sheet at hand?")
    for part in page(somebody).parts:
        somebody.types(key.split("-")[part - 1].lower())
        somebody.presses("Return")
    somebody.waits_for("The store has its new keys")
    return key


def with_a_store(somebody: Somebody, second_place: Path | None = None) -> str:
    """A store of their own, its window open; gives its recovery key."""
    somebody.starts()
    key = somebody.makes_a_store(second_place=second_place)
    somebody.waits_until(somebody.dialog)
    somebody.presses("Esc")
    return key


def test_a_manager_leaves_and_her_secrets_open_nothing_that_comes_after(
    somebody: Somebody, tmp_path: Path
) -> None:
    # Nerys has a store, with backups beside it and on the council's drive.
    drive = tmp_path / "drive"
    drive.mkdir()
    key = with_a_store(somebody, drive)
    somebody.ends()
    somebody.opens()

    # On her last day Bethan sits down beside her: Nerys types her passphrase, Bethan all the rest.
    opens_keys(somebody, "Hand over to a new manager…")
    somebody.types("Bethan Lloyd")
    new_key = answers(somebody, PASSPHRASE, NEW)
    somebody.sees("Handed over to Bethan Lloyd.", "2 older copies still open with the former passphrase")
    somebody.clicks("Make them anew under the new keys")
    somebody.waits_for("2 backups made anew")
    somebody.clicks("Close")
    assert not any(secrets_on(somebody.window()))
    somebody.sees(f"{NEW_KEEPER} keeps it")

    # The history says so, and nothing that Nerys has opens anything.
    sitting = somebody.app.sitting
    assert sitting is not None
    assert sitting.store.history()[0].label == "Handed over to Bethan Lloyd"
    own = elsewhere.own_folder(sitting.store, drive)
    places = somebody.places
    somebody.ends()
    everything = [*backups.list_backups(places), *own.glob("*.zip")]
    assert len(everything) >= 4
    for former in (PASSPHRASE, key):
        with pytest.raises(WrongPassphrase):
            unlock(places, former)
        for backup in everything:
            with pytest.raises(WrongPassphrase):
                backups.restore(places, backup, former, somebody.hands())

    # Bethan comes back the next morning, tries the old passphrase by habit, then her own.
    somebody.hands.at += timedelta(days=1)
    somebody.starts()
    somebody.types(PASSPHRASE)
    somebody.presses("Return")
    somebody.waits_for("That is neither the passphrase nor the recovery key of this store.")
    somebody.presses("Ctrl+A")
    somebody.types(NEW)
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.ends()

    # Months later she is ill; Hywel opens the envelope.
    somebody.starts()
    somebody.types(new_key.lower())
    somebody.presses("Return")
    somebody.waits_for_the_window()
    assert "The recovery sheet has opened the store." in somebody.hears()


def test_a_passphrase_was_seen_on_a_train_and_the_manager_stays(somebody: Somebody) -> None:
    key = with_a_store(somebody)
    opens_keys(somebody, "Somebody may know the passphrase…")
    answers(somebody, PASSPHRASE, NEW)
    somebody.sees("Keys changed after a suspected disclosure.")
    somebody.clicks("Close")
    # She goes on working, is locked out by lunch, and comes back in with the new one.
    somebody.presses("Ctrl+L")
    somebody.types(PASSPHRASE)
    somebody.presses("Return")
    somebody.waits_for("That is neither the passphrase nor the recovery key of this store.")
    somebody.presses("Ctrl+A")
    somebody.types(NEW)
    somebody.presses("Return")
    somebody.waits_until(lambda: "Supervise is locked" not in somebody.reads())
    sitting = somebody.app.sitting
    assert sitting is not None
    keeper = beginning.keeper(sitting.store)
    assert keeper is not None and keeper.name == NEW_KEEPER
    somebody.ends()
    with pytest.raises(WrongPassphrase):
        unlock(somebody.places, key)


def test_the_manager_has_gone_with_the_passphrase_and_the_sheet_lets_the_next_one_in(
    somebody: Somebody,
) -> None:
    key = with_a_store(somebody)
    somebody.ends()
    somebody.starts()
    somebody.types(key)
    somebody.presses("Return")
    somebody.waits_for_the_window()
    opens_keys(somebody, "Hand over to a new manager…")
    somebody.types("Bethan Lloyd")
    new_key = answers(somebody, key, NEW)
    somebody.clicks("Close")
    somebody.ends()
    for secret in (PASSPHRASE, key):
        with pytest.raises(WrongPassphrase):
            unlock(somebody.places, secret)
    for secret in (NEW, new_key):
        open_store(
            somebody.places, secret, now=somebody.hands, user="Bethan", program="the test"
        ).close()


def test_the_power_goes_while_the_keys_are_changed_and_the_next_start_says_what_holds(
    somebody: Somebody,
) -> None:
    from supervise.store import new_recovery_key, rekeying
    from supervise.store.opening import close_database, open_with_key
    from supervise.store.rekeying import Why

    with_a_store(somebody)
    sitting = somebody.app.sitting
    assert sitting is not None
    store = sitting.store
    new = rekeying.prepare(store.places, PASSPHRASE, NEW, new_recovery_key())
    steps: Any = store.giving_new_keys(new, Why("Handed over to Bethan", "handed over", "nbowen"))
    next(steps), next(steps)
    note = store.settings.get("new-keys")
    steps.close()
    somebody.ends()
    (before,) = unlock(somebody.places, PASSPHRASE).keys
    database = open_with_key(somebody.places, before)
    database.execute("INSERT OR REPLACE INTO setting VALUES ('new-keys', ?)", [note])
    close_database(somebody.places, database)

    somebody.opens()
    assert "the passphrase and the recovery sheet from before still open the store" in somebody.hears()
