"""Settings: people and teams, records, backups, passphrase and lock, appearance."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from supervise import beginning
from supervise.doing.staff import Staff
from supervise.doing.writing import Writing
from supervise.errors import WrongPassphrase
from supervise.places import Places
from supervise.store import (
    Store,
    Unlocked,
    backups,
    create_store,
    elsewhere,
    memory_store,
    open_store,
    unlock,
)
from supervise.store.looking_back import look_into
from supervise.ui.pages.settings import SECTIONS
from supervise.ui.pages.settings_backups import size_said
from supervise.workdays import day
from tests.making import PASSPHRASE
from tests.ui.driving import ME, Driver, Hands, practice_store, unnamed

OURS = ("people", "records", "backups", "lock", "looks")
NEW = "violet otter hums quietly"


def staff(driver: Driver) -> Staff:
    return Staff(driver.workspace.here)


def person(driver: Driver, name: str) -> str:
    return next(each.id for each in staff(driver).people() if each.name == name)


def section(driver: Driver, name: str) -> Any:
    """Open a section of the settings."""
    return driver.opens("settings", name).front


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Unlocked]:
    """The files of a real store with the practice service in it, and what opens them without a wait."""
    folder, hands = tmp_path_factory.mktemp("kept") / "here", Hands()
    places = Places(folder / "supervise.store")
    store, _ = create_store(places, PASSPHRASE, now=hands, user=ME, program="the window")
    practice_store(hands, store)
    store.close()
    return folder, unlock(places, PASSPHRASE)


@pytest.fixture
def on_disk(kept: tuple[Path, Unlocked], tmp_path: Path, hands: Hands) -> Iterator[Store]:
    """That store, open, in a folder of its own."""
    folder, keys = kept
    shutil.copytree(folder, tmp_path / "here")
    places = Places(tmp_path / "here" / "supervise.store")
    store = open_store(places, keys, now=hands, user=ME, program="the window")
    yield store
    store.close()


@pytest.fixture
def real(on_disk: Store, opened: Callable[..., Driver]) -> Driver:
    """The window on it."""
    return opened(on_disk)


# --- The frame


def test_every_section_of_these_opens_by_name_and_by_the_list(practice: Driver) -> None:
    page = practice.opens("settings")
    assert practice.where() is page.list
    for name in OURS:
        assert section(practice, name) is page.front
        practice.sees(next(entry.title for entry in SECTIONS if entry.name == name))
    page.list.setFocus()
    practice.presses("Home")
    assert page.front is page.section("people")


def test_a_section_is_made_when_it_is_first_opened(practice: Driver) -> None:
    page = practice.opens("settings")
    assert set(page._made) == {"people"}


def test_a_section_that_is_not_seen_is_read_when_it_comes_back(practice: Driver) -> None:
    section(practice, "people")
    section(practice, "looks")
    staff(practice).add_person("Zofia Lis", "North", "social_worker", in_post_from=day("2026-03-02"))
    practice.desk.changed.emit(frozenset(("person", "post")))
    section(practice, "people")
    practice.sees("Zofia Lis")


@pytest.mark.parametrize("percent", [100, 200])
def test_each_section_stays_within_a_small_window_and_every_control_has_a_name(
    opened: Callable[..., Driver], hands: Hands, percent: int
) -> None:
    driver = opened(practice_store(hands), percent=percent)
    for name in OURS:
        front = section(driver, name)
        assert unnamed(front) == []
        assert driver.window.width() <= 1090 and driver.window.height() <= 610, name


def test_large_letters_have_a_box_of_sections_in_place_of_the_list(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(practice_store(hands), percent=200)
    page = driver.opens("settings", "lock")
    assert page.box.isVisible() and not page.list.isVisible()
    page.box.setCurrentIndex(0)
    driver.settle()
    assert page.front is page.section("people")


# --- People and teams


def test_people_are_shown_as_they_are_on_the_day_and_in_the_team_looked_at(practice: Driver) -> None:
    section(practice, "people")
    practice.sees(
        "22 people in 4 teams", "Bilal Hussain | Safeguarding East | Social worker | Permanent"
    )
    practice.looks_at("Leaving Care")
    practice.sees("Declan Moriarty")
    practice.sees_not("Bilal Hussain")
    practice.looks_at(None, day("2021-01-04"))
    practice.sees("As at 4 January 2021.")
    practice.sees_not("Bilal Hussain | Safeguarding East")


def test_nothing_can_be_changed_while_another_day_is_looked_at(practice: Driver) -> None:
    practice.looks_at(day=day("2026-01-05"))
    front = section(practice, "people")
    buttons = (front.add, front.change, front.supervisor, front.more)
    assert not any(each.isEnabled() for each in buttons)
    practice.looks_at()
    assert all(each.isEnabled() for each in buttons)


def test_a_word_filters_the_people(practice: Driver) -> None:
    front = section(practice, "people")
    front.words.setFocus()
    practice.types("leaving personal")
    assert {each.listed.team for each in front.table.records} == {"Leaving Care"}
    practice.sees("in 1 team")


def test_the_table_of_people_behaves_as_a_model(practice: Driver, qtmodeltester: Any) -> None:
    front = section(practice, "people")
    qtmodeltester.check(front.table)
    front.words.setText("leaving")
    assert front.table.rowCount() == 4


def test_those_who_have_left_are_shown_when_asked_for(practice: Driver) -> None:
    staff(practice).leave(person(practice, "Bilal Hussain"), practice.desk.today - 1)
    front = section(practice, "people")
    practice.sees_not("Bilal Hussain")
    front.everyone.click()
    practice.settle()
    practice.sees("Bilal Hussain | left 17 Mar 2026")


def test_f2_changes_the_details_of_the_person_chosen(practice: Driver) -> None:
    front = section(practice, "people")
    front.open_on(person(practice, "Bilal Hussain"))
    practice.presses("F2")
    practice.sees("Details: Bilal Hussain")
    practice.types("Bilal Hussain-Khan")
    practice.presses("Ctrl+Return")
    practice.sees("Bilal Hussain-Khan")
    assert front.view.chosen().listed.name == "Bilal Hussain-Khan"


def test_the_supervisor_of_several_changes_at_once_and_one_undo_takes_it_back(practice: Driver) -> None:
    front = section(practice, "people")
    front.words.setText("Leaving Care personal")
    front.view.selectAll()
    chosen = [each.listed.id for each in front.table.records]
    assert len(chosen) > 1
    practice.clicks("Change supervisor…")
    practice.types("Hywel Tudor")
    practice.presses("Ctrl+Return")
    hywel = person(practice, "Hywel Tudor")
    now = {each.id: each.supervisor_id for each in staff(practice).people()}
    assert {now[each] for each in chosen} == {hywel}
    practice.presses("Ctrl+Z")
    now = {each.id: each.supervisor_id for each in staff(practice).people()}
    assert hywel not in {now[each] for each in chosen}


def test_nobody_can_be_made_their_own_supervisor(practice: Driver) -> None:
    front = section(practice, "people")
    front.words.setText("Leaving Care")
    front.view.selectAll()
    practice.clicks("Change supervisor…")
    practice.types("Declan Moriarty")
    practice.presses("Ctrl+Return")
    practice.sees("Declan Moriarty is among the people chosen: nobody supervises themselves.")


def test_a_supervisor_they_have_already_is_told(practice: Driver) -> None:
    front = section(practice, "people")
    front.open_on(person(practice, "Bilal Hussain"))
    practice.clicks("Change supervisor…")
    practice.types("Nerys Bowen")
    practice.presses("Ctrl+Return")
    practice.sees("Nerys Bowen is their supervisor on that day already.")


def test_somebody_leaves_and_whom_they_supervise_is_told_first(practice: Driver) -> None:
    front = section(practice, "people")
    nerys = person(practice, "Nerys Bowen")
    front.open_on(nerys)
    front.has_left()
    practice.settle()
    practice.sees("Nerys Bowen left", "people have them as supervisor after that day.")
    practice.presses("Ctrl+Return")
    assert practice.dialog() is None
    row = practice.workspace.store.row("person", nerys)
    assert row is not None and row["left_on"] == "2026-03-18"


def test_somebody_entered_by_mistake_is_removed_and_somebody_in_the_records_is_not(
    practice: Driver,
) -> None:
    made, _ = staff(practice).add_person(
        "Zofia Lis", "North", "social_worker", in_post_from=practice.desk.today
    )
    front = section(practice, "people")
    front.open_on(made)
    front.remove()
    practice.clicks("Remove")
    assert "Zofia Lis" not in [each.listed.name for each in front.table.records]
    front.open_on(person(practice, "Bilal Hussain"))
    front.remove()
    practice.clicks("Remove")
    practice.sees("is part of what has been recorded, which stays.")


def test_the_post_of_today_is_what_change_post_is_about(practice: Driver) -> None:
    front = section(practice, "people")
    front.open_on(person(practice, "Bilal Hussain"))
    front.change_post()
    practice.settle()
    practice.sees("Post: Bilal Hussain", "It changes from a day on", "Safeguarding East")


def test_an_empty_store_shows_the_one_thing_to_do(empty: Driver) -> None:
    front = section(empty, "people")
    empty.sees("Nobody to show.")
    assert empty.where() is front.add
    front.change_details()
    assert "Nobody is chosen yet." in empty.hears()


def test_a_service_store_says_where_people_are_changed(
    opened: Callable[..., Driver], hands: Hands
) -> None:
    driver = opened(memory_store(hands, service=True))
    front = section(driver, "people")
    driver.sees("This is a service store: people come from the teams’ exports")
    assert not front.add.isEnabled()
    section(driver, "looks")
    driver.sees("Dates are not proposed in a service store")
    section(driver, "records")
    driver.sees("records come from the teams’ exports and are not written here")


# --- Records


def test_case_text_is_allowed_for_a_reason_and_no_longer(practice: Driver) -> None:
    front = section(practice, "records")
    practice.sees("It is not written here.")
    practice.clicks("Allow it, for this reason")
    practice.sees("Reason is needed.")
    front.form.set_value("reason", "The duty system\nis replaced until June.")
    practice.clicks("Allow it, for this reason")
    assert Writing(practice.workspace.here).case_text_reason() == (
        "The duty system is replaced until June."
    )
    practice.sees("The reason: The duty system is replaced until June.")
    practice.clicks("No longer")
    assert Writing(practice.workspace.here).case_text_reason() is None


# --- Backups


def test_a_store_in_memory_says_that_it_cannot_be_backed_up(practice: Driver) -> None:
    front = section(practice, "backups")
    practice.sees("This store is kept in memory only.")
    assert not front.make.isEnabled() and not front.restore.isEnabled()


def test_in_practice_it_is_said_why_nothing_needs_a_backup(real: Driver) -> None:
    real.desk.is_practice = True
    section(real, "backups")
    real.sees("This is practice: everybody here is made up")
    section(real, "lock")
    real.sees("The practice store has no passphrase of its own")


def test_a_backup_is_made_tried_and_listed(real: Driver) -> None:
    front = section(real, "backups")
    before = front.table.rowCount()
    real.clicks("Back up now")
    assert front.table.rowCount() == before + 1
    assert "It was opened again, and is whole." in real.hears()
    real.sees("18 Mar 2026 09:30", "asked for")


def test_a_second_place_is_chosen_copied_to_and_given_up(
    real: Driver, on_disk: Store, tmp_path: Path
) -> None:
    elsewhere_ = tmp_path / "other"
    elsewhere_.mkdir()
    front = section(real, "backups")
    real.sees("None is chosen")
    front.choose(str(elsewhere_))
    real.settle()
    real.sees(str(elsewhere_), "Last copied there on Wed 18 March 2026 09:30.", "on the same disk")
    assert list(elsewhere_.rglob("*.zip"))
    real.clicks("No longer")
    assert elsewhere.second_place(on_disk) is None
    assert list(elsewhere_.rglob("*.zip"))


def test_the_folder_of_the_backups_themselves_is_refused_with_the_reason(
    real: Driver, on_disk: Store
) -> None:
    front = section(real, "backups")
    front.choose(str(on_disk.places.backups))
    assert "what befalls one would befall the other" in real.hears()
    assert elsewhere.second_place(on_disk) is None


def test_a_copy_that_could_not_be_made_is_told(real: Driver, tmp_path: Path) -> None:
    away = tmp_path / "stick"
    away.mkdir()
    front = section(real, "backups")
    front.choose(str(away))
    shutil.rmtree(away)
    real.clicks("Back up now")
    assert "is away" in real.hears()


def test_everything_is_checked_and_said_in_words(real: Driver) -> None:
    front = section(real, "backups")
    real.clicks("Back up now")
    real.clicks("Check everything")
    real.waits_until(lambda: not front.checks.progress.is_busy)
    real.settle()
    real.sees("Everything is as it should be.", "The history is unbroken", "by-hand.zip: whole.")


def test_a_spoilt_backup_is_found(real: Driver, on_disk: Store) -> None:
    front = section(real, "backups")
    real.clicks("Back up now")
    newest = backups.list_backups(on_disk.places)[0]
    newest.write_bytes(newest.read_bytes()[:2000])
    real.clicks("Check everything")
    real.waits_until(lambda: not front.checks.progress.is_busy)
    real.settle()
    real.sees("Something is not as it should be.", "is no backup of Supervise, or it is damaged.")


def test_checking_can_be_stopped(real: Driver) -> None:
    front = section(real, "backups")
    front.checks.begin()
    front.checks.progress.stop()
    real.settle()
    real.sees("Stopped before everything was looked at.")
    assert not front.checks.progress.is_busy


def test_a_backup_shows_what_it_holds_beside_what_is_here_now(real: Driver, on_disk: Store) -> None:
    front = section(real, "backups")
    real.clicks("Back up now")
    staff(real).add_person("Zofia Lis", "North", "social_worker", in_post_from=real.desk.today)
    front.view.choose(front.table.key(front.table.records[0]))
    real.clicks("Restore…")
    real.types(PASSPHRASE)
    real.clicks("Look into it")
    real.waits_until(lambda: "Put it back" in real.buttons(real.dialog()))
    people = len(list(on_disk.rows("person")))
    real.sees(f"{people - 1}\n{people}", "Add Zofia Lis", "What is here now is put aside")
    real.sees(
        "The backup is the beginning of this store’s history.", "1 change has been made here since"
    )
    (changes,) = real.dialog().changes
    assert changes.accessibleName() == "Would no longer be there" and unnamed(real.dialog()) == []
    real.sees_not(PASSPHRASE)
    assert [path.name for path in on_disk.places.store.parent.iterdir() if "making" in path.name] == []


def test_a_wrong_passphrase_restores_nothing(real: Driver) -> None:
    section(real, "backups")
    real.clicks("Back up now")
    real.clicks("Restore…")
    real.types("not the passphrase")
    real.clicks("Look into it")
    real.waits_until(lambda: "neither the passphrase nor the recovery key" in real.reads())
    assert real.dialog().main.text() == "Look into it"


def test_the_keyboard_alone_looks_reads_the_changes_and_decides(real: Driver, on_disk: Store) -> None:
    for name in ("Zofia Lis", "Iwan Prys"):
        beginning.back_up(on_disk)
        staff(real).add_person(name, "North", "social_worker", in_post_from=real.desk.today)
    front = section(real, "backups")
    front.view.choose(front.table.key(front.table.records[-1]))
    front.view.setFocus()
    real.presses("Return")
    real.types(PASSPHRASE)
    real.presses("Return")
    dialog = real.dialog()
    real.waits_until(dialog.close_button.hasFocus)
    real.presses("Shift+Tab")
    assert dialog.changes[0].hasFocus()
    real.presses("Down")
    assert dialog.changes[0].chosen().label == "Add Zofia Lis"
    real.presses("Tab")
    real.presses("Tab")
    assert dialog.main.hasFocus()
    real.presses("Return")
    assert real.desk.deeds.wants_backup is not None


def test_a_backup_that_has_parted_lists_what_goes_and_what_comes(
    real: Driver, on_disk: Store, tmp_path: Path
) -> None:
    apart = Places(tmp_path / "apart" / "supervise.store")
    backups.restore(apart, on_disk.backup("by-hand"), PASSPHRASE, real.hands())
    with open_store(apart, Unlocked((on_disk.key,)), now=real.hands, user=ME, program="a test") as other:
        for n in range(22):
            with other.change(f"Change {n} there", by=ME) as change:
                change.put("person", {"name": f"Somebody {n}"})
        there = other.backup("by-hand")
    staff(real).add_person("Zofia Lis", "North", "social_worker", in_post_from=real.desk.today)
    section(real, "backups").ask_to_restore(str(there))
    real.settle()
    real.types(PASSPHRASE)
    real.clicks("Look into it")
    real.rests()
    real.waits_until(lambda: "Put it back" in real.buttons(real.dialog()))
    real.sees("The two have parted at change", "1 change made here would no longer be there")
    real.sees(
        "and 22 changes would come.", "Would come", "Change 21 there", "and 2 more, which are older"
    )
    assert [len(each.table.records) for each in real.dialog().changes] == [1, 20]


def test_a_store_that_can_no_longer_be_read_can_still_be_restored(real: Driver, on_disk: Store) -> None:
    beginning.back_up(on_disk)
    section(real, "backups")
    real.clicks("Restore…")
    content = bytearray(on_disk.places.store.read_bytes())
    for at in range(4096 + 100, len(content), 4096):
        content[at] ^= 1
    on_disk.places.store.write_bytes(content)
    on_disk.database.execute("PRAGMA shrink_memory")
    real.types(PASSPHRASE)
    real.clicks("Look into it")
    real.waits_until(lambda: "Put it back" in real.buttons(real.dialog()))
    real.sees("It cannot be compared with the store of now. The store is damaged")
    real.clicks("Put it back")
    assert real.desk.deeds.wants_backup is not None


def test_a_store_that_restoring_kept_is_listed_among_the_backups_and_can_be_restored(
    real: Driver, on_disk: Store
) -> None:
    made = beginning.back_up(on_disk).path
    kept = on_disk.places.store.with_name("supervise.store.aside-2026-03-17T08-00-00")
    shutil.copy(on_disk.places.store, kept)
    shutil.copy(on_disk.places.slots, Places(kept).slots)
    front = section(real, "backups")
    real.sees("17 Mar 2026 08:00", "the store of before, kept when another was put in its place")
    real.sees("The newest of 2 backups was made")
    assert front.view.chosen().path == made
    front.view.choose(kept.name)
    real.clicks("Restore…")
    real.sees("Restore the store kept on Tue 17 March 2026 08:00")
    real.types(PASSPHRASE)
    real.presses("Return")
    real.waits_until(lambda: "Put it back" in real.buttons(real.dialog()))
    real.sees("The history of both is the same")


@pytest.mark.parametrize(
    ("label", "words"),
    [("daily", "daily"), ("after-new-keys", "after new keys"), ("on-closing", "on closing")],
)
def test_why_a_backup_was_made_is_said_in_words(
    real: Driver, on_disk: Store, label: str, words: str
) -> None:
    on_disk.backup(label)
    front = section(real, "backups")
    assert words in {each.why for each in front.table.records}


def test_what_is_put_back_is_handed_on_with_its_passphrase(real: Driver) -> None:
    section(real, "backups")
    real.clicks("Back up now")
    newest = backups.list_backups(real.workspace.store.places)[0]
    real.clicks("Restore…")
    real.types(PASSPHRASE)
    real.clicks("Look into it")
    real.waits_until(lambda: "Put it back" in real.buttons(real.dialog()))
    real.clicks("Put it back")
    assert real.desk.deeds.wants_backup == (newest, PASSPHRASE)


def test_looking_into_a_backup_leaves_nothing_behind(on_disk: Store) -> None:
    made = on_disk.backup("by-hand")
    before = set(on_disk.places.store.parent.iterdir())
    past = look_into(made, on_disk.places, PASSPHRASE, None)
    assert dict(past.trace.counts)["People"] == len(list(on_disk.rows("person")))
    assert past.trace.store_id == on_disk.settings.get("store_id")
    with pytest.raises(WrongPassphrase):
        look_into(made, on_disk.places, "something else", None)
    assert set(on_disk.places.store.parent.iterdir()) == before


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_said(n) for n in (10, 340_000, 12_540_000)] == ["1 kB", "340 kB", "12.5 MB"]


# --- Passphrase and lock


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.held.pop(username, None)


@pytest.fixture
def ring() -> Iterator[Ring]:
    """The system's keyring, for one test."""
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def changes_passphrase(driver: Driver, old: str, new: str, again: str | None = None) -> None:
    section(driver, "lock")
    driver.clicks("Change the passphrase…")
    form = driver.dialog().form
    for name, words in (("old", old), ("new", new), ("again", new if again is None else again)):
        form.set_value(name, words)
    driver.clicks("Change it")


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(real: Driver, on_disk: Store) -> None:
    changes_passphrase(real, PASSPHRASE, NEW)
    real.waits_until(lambda: real.dialog() is None)
    assert unlock(on_disk.places, NEW).keys
    with pytest.raises(WrongPassphrase):
        unlock(on_disk.places, PASSPHRASE)
    assert "Backups made until now open with the one before." in real.hears()


def test_a_wrong_weak_or_differing_passphrase_changes_nothing(real: Driver, on_disk: Store) -> None:
    slots = on_disk.places.slots.read_bytes()
    changes_passphrase(real, PASSPHRASE, NEW, "something else")
    real.sees("This is not the same as above.")
    for old, new, said in (
        ("not it", NEW, "neither the passphrase"),
        (PASSPHRASE, "supervision1", "guess"),
    ):
        form = real.dialog().form
        for name, words in (("old", old), ("new", new), ("again", new)):
            form.set_value(name, words)
        real.clicks("Change it")
        real.waits_until(lambda said=said: said in real.dialog().said.text())  # type: ignore[misc]
    assert on_disk.places.slots.read_bytes() == slots


def test_how_strong_a_new_passphrase_is_is_said_while_typing(real: Driver) -> None:
    section(real, "lock")
    real.clicks("Change the passphrase…")
    real.dialog().form.inputs["new"].setFocus()
    real.types("short")
    real.waits_until(lambda: "Too short" in real.reads())
    real.types(" otter hums quietly")
    real.waits_until(lambda: "trong" in real.dialog().strength.text())


def test_the_keyring_remembers_it_and_forgets_it(real: Driver, on_disk: Store, ring: Ring) -> None:
    front = section(real, "lock")
    front.remember.click()
    real.settle()
    assert not ring.held
    real.types(PASSPHRASE)
    real.clicks("Remember it")
    real.waits_until(lambda: real.dialog() is None)
    assert list(ring.held.values()) == [PASSPHRASE]
    assert real.memory["in_keyring"] == [str(on_disk.places.store)]
    assert front.remember.isChecked()
    changes_passphrase(real, PASSPHRASE, NEW)
    real.waits_until(lambda: real.dialog() is None)
    assert list(ring.held.values()) == [NEW]
    front.remember.click()
    real.waits_until(lambda: real.memory["in_keyring"] == [])
    assert not ring.held and not front.remember.isChecked()


def test_a_wrong_passphrase_is_not_remembered_and_the_box_stays_empty(real: Driver, ring: Ring) -> None:
    front = section(real, "lock")
    front.remember.click()
    real.settle()
    real.types("not it")
    real.clicks("Remember it")
    real.waits_until(lambda: "neither the passphrase" in real.dialog().said.text())
    real.dialog().reject()
    real.settle()
    assert not ring.held and not front.remember.isChecked() and real.memory["in_keyring"] == []


def test_who_keeps_the_recovery_sheet_is_noted(real: Driver, on_disk: Store) -> None:
    front = section(real, "lock")
    real.sees("Nobody is noted as keeping it.")
    front.keeper.set_value("name", "Hywel Tudor")
    real.clicks("Note it")
    keeper = beginning.keeper(on_disk)
    assert keeper is not None and keeper.name == "Hywel Tudor"
    real.sees("Hywel Tudor keeps it, noted on 18 Mar 2026.")


def test_the_lock_waits_as_long_as_is_chosen(practice: Driver) -> None:
    front = section(practice, "lock")
    practice.sees("10 minutes", "This store is kept in memory only: it has no passphrase.")
    front.minutes.setFocus()
    practice.presses("Down")
    assert practice.memory["lock_minutes"] == 15


# --- Appearance and habits


def test_colours_and_letters_change_at_once(practice: Driver) -> None:
    asked = []
    practice.window.dress_wanted.connect(lambda: asked.append(practice.memory["theme"]))
    front = section(practice, "looks")
    front.theme.setFocus()
    practice.presses("Down", 2)
    assert practice.memory["theme"] == "dark"
    assert asked == ["light", "dark"]
    practice.presses("Ctrl++")
    assert front.letters.currentText() == "110 %"


def test_a_size_that_is_not_offered_is_shown_as_it_is(practice: Driver) -> None:
    practice.memory["text_percent"] = 140
    section(practice, "looks")
    practice.sees("140 %")


def test_supervisions_a_day_are_remembered(practice: Driver) -> None:
    front = section(practice, "looks")
    front.sessions.setFocus()
    practice.presses("Down")
    assert practice.memory["sessions_a_day"] == 3
