"""The program's own life: its door, its second starts, its days and nights, its faults and its end."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from supervise import beginning
from supervise.errors import NotAllowed
from supervise.places import Places, resource
from supervise.policy_files import read_policy_file
from supervise.store import Store, elsewhere, open_store
from supervise.store.backups import list_backups
from supervise.ui.ending import Ending
from supervise.ui.look import show_icon
from supervise.ui.window import Window
from tests.test_passphrases import Ring, ring
from tests.ui.driving import _texts, unnamed
from tests.ui.starting import ME, PASSPHRASE, Somebody, secrets_on, somebody

__all__ = ["ring", "somebody"]

ADA = "Adaeze Okonkwo"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A real store with one person in it, made once: making keys is slow by design."""
    from tests.ui.driving import Hands

    hands = Hands()
    places = Places(tmp_path_factory.mktemp("kept") / "supervise.store")
    policy = read_policy_file(resource("policies", beginning.DEFAULT_POLICY))
    begun = beginning.make_store(places, PASSPHRASE, [policy], now=hands, me=ME, program="the test")
    with begun.store as store, store.change(f"Add {ADA}", by=ME) as change:
        change.put("person", {"id": "ada", "name": ADA})
        change.put(
            "post",
            {"person_id": "ada", "team": "Team A", "role": "social_worker", "from": "2025-01-06"},
        )
    return places


@pytest.fixture
def owner(somebody: Somebody, kept: Places) -> Somebody:
    """Somebody who has that store."""
    shutil.copytree(kept.store.parent, somebody.places.store.parent)
    return somebody


@pytest.fixture
def inside(owner: Somebody) -> Somebody:
    """Somebody whose store is open in the window."""
    owner.opens()
    return owner


def window_of(somebody: Somebody) -> Window:
    assert somebody.app.window is not None
    return somebody.app.window


def store_of(somebody: Somebody) -> Store:
    assert somebody.app.sitting is not None
    return somebody.app.sitting.store


def test_every_window_has_the_picture_of_the_program(qapp: QApplication) -> None:
    show_icon(qapp)
    picture = qapp.windowIcon().pixmap(32, 32).toImage()
    assert {picture.pixelColor(at, 16).name() for at in range(4, 28)} != {"#000000"}
    assert picture.pixelColor(16, 16).alpha() == 255
    qapp.setWindowIcon(QIcon())


# --- The door


def test_the_passphrase_of_the_environment_is_used_once(owner: Somebody) -> None:
    owner.starts(passphrase=PASSPHRASE)
    owner.waits_for_the_window()
    owner.presses("Ctrl+O")
    owner.waits_for("What would you like to do?")
    owner.presses("Return")
    owner.waits_for("Open your store")
    assert secrets_on(owner.window()) == [""]


def test_closing_the_door_ends_the_program(owner: Somebody) -> None:
    owner.starts()
    owner.window().close()
    assert owner.ended == 1


def test_a_remembered_passphrase_opens_the_store_by_itself(owner: Somebody, ring: Ring) -> None:
    owner.starts()
    owner.types(PASSPHRASE)
    owner.app.doors.page.remember.setChecked(True)  # type: ignore[union-attr]
    owner.presses("Return")
    owner.waits_for_the_window()
    owner.waits_until(lambda: owner.app.memory["in_keyring"])
    assert list(ring.kept.values()) == [PASSPHRASE]
    owner.ends()
    assert PASSPHRASE not in owner.machine.settings_file.read_text("utf-8")
    owner.starts()
    owner.waits_for_the_window()


def test_a_remembered_passphrase_that_no_longer_fits_is_asked_for_again(
    owner: Somebody, ring: Ring
) -> None:
    beginning.remember(owner.places, "one of long ago")
    owner.machine.settings_file.write_text(f'{{"in_keyring": ["{owner.places.store}"]}}', "utf-8")
    owner.starts()
    owner.waits_for("does not open the store any more. Type the present one.")
    owner.types(PASSPHRASE)
    owner.presses("Return")
    owner.waits_for_the_window()


def test_the_keyring_is_not_asked_about_a_store_that_it_does_not_know(
    owner: Somebody, ring: Ring
) -> None:
    ring.is_locked = True  # it would ask somebody for its own password
    owner.starts()
    owner.qtbot.wait(50)
    owner.sees("Open your store")
    owner.sees_not("keyring cannot")


def test_a_store_open_in_a_terminal_says_who_has_it_and_can_be_tried_again(owner: Somebody) -> None:
    other = open_store(
        owner.places, PASSPHRASE, now=owner.hands, user="gmorgan", program="the command line"
    )
    owner.starts()
    owner.types(PASSPHRASE)
    owner.presses("Return")
    owner.waits_for("gmorgan has it open in the command line")
    owner.sees("Try again")
    other.close()
    owner.presses("Return")
    owner.waits_for_the_window()


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(inside: Somebody) -> None:
    first = inside.app
    window_of(inside).showMinimized()
    inside.qtbot.waitUntil(lambda: first.ears.is_listening)
    second = inside.starts()
    assert inside.ended == 1 and second.window is None and second.doors.window is None
    inside.qtbot.waitUntil(lambda: first.window is not None and not first.window.isMinimized())
    inside.ends()


def test_a_second_start_brings_a_door_to_the_front_too(owner: Somebody) -> None:
    owner.starts()
    owner.window().showMinimized()
    owner.qtbot.waitUntil(lambda: owner.app.ears.is_listening)
    owner.starts()
    assert owner.ended == 1
    owner.ends()
    owner.qtbot.waitUntil(lambda: not owner.window().isMinimized())


def test_a_damaged_store_says_so_and_its_newest_good_backup_comes_back(owner: Somebody) -> None:
    for _ in range(2):
        owner.opens()
        with store_of(owner).change("Rename", by=ME) as change:
            change.put(
                "person", {"id": "ada", "name": ADA, "email": f"{owner.hands.at.minute}@x.example"}
            )
        owner.ends()
        owner.hands.move(minutes=5)
    newest, older = list_backups(owner.places)
    _spoil(newest, newest.stat().st_size // 2)
    _spoil(owner.places.store, 200)
    owner.starts()
    owner.types(PASSPHRASE)
    owner.presses("Return")
    owner.waits_for("Restore the newest good backup; this store is kept beside it.")
    owner.presses("Return")
    owner.waits_for("The store that is there now is kept beside it under another name.")
    owner.presses("Return")
    owner.waits_for("The one before it is chosen now.")
    assert owner.app.doors.page.choice.currentData() == older  # type: ignore[union-attr]
    owner.app.doors.page.main.setFocus()  # type: ignore[union-attr]
    owner.presses("Return")
    owner.waits_for_the_window()
    assert f"Restored {older.name}. The store as it was before is kept as" in owner.hears()
    assert list(owner.places.store.parent.glob("*.aside-*"))


def _spoil(path: Path, *places: int) -> None:
    content = bytearray(path.read_bytes())
    for at in places:
        content[at : at + 64] = bytes(64)
    path.write_bytes(content)


def test_damage_that_only_shows_in_reading_is_told_at_the_door(owner: Somebody) -> None:
    content = owner.places.store.read_bytes()
    pages = range(4096, len(content), len(content) // 4096 // 8 * 4096)
    told = 0
    for at in pages:
        owner.places.store.write_bytes(content)
        _spoil(owner.places.store, at + 100)
        owner.starts(passphrase=PASSPHRASE)
        owner.waits_until(lambda: owner.app.window or "damaged" in owner.reads())
        told += owner.app.window is None
        owner.ends()
    assert told


def test_a_backup_is_restored_on_a_new_computer_from_the_first_page(
    owner: Somebody, tmp_path: Path
) -> None:
    owner.opens()
    owner.ends()
    (backup,) = list_backups(owner.places)
    carried = backup.rename(tmp_path / "carried.zip")
    shutil.rmtree(owner.places.store.parent)
    owner.machine.settings_file.unlink()
    owner.starts()
    owner.clicks("Restore a backup…")
    owner.waits_for("Restore a backup")
    owner.app.doors.page.take(str(carried))  # type: ignore[union-attr]
    owner.types("not this one")
    owner.presses("Return")
    owner.waits_for("That is neither the passphrase nor the recovery key of this backup.")
    owner.types(PASSPHRASE)
    owner.presses("Return")
    owner.waits_for_the_window()
    assert store_of(owner).row("person", "ada")


def test_a_store_in_a_synchronised_folder_opens_with_a_warning(somebody: Somebody, kept: Places) -> None:
    shared = somebody.home / "OneDrive" / "x"
    shutil.copytree(kept.store.parent, shared)
    somebody.starts(store=shared / "supervise.store")
    somebody.types(PASSPHRASE)
    somebody.presses("Return")
    somebody.waits_for_the_window()
    assert "OneDrive keeps in step with other computers, which can damage it." in somebody.hears()


def test_settings_that_make_no_sense_are_told_in_the_window(owner: Somebody) -> None:
    owner.machine.settings_file.write_text('{"theme": "purple"}', "utf-8")
    owner.opens()
    assert "Some settings of this computer made no sense (theme)" in owner.hears()


def test_the_text_of_the_door_grows_by_the_same_keys_and_stays_so(owner: Somebody) -> None:
    owner.starts()
    before = QApplication.font().pointSizeF()
    owner.presses("Ctrl+=", 2)
    assert QApplication.font().pointSizeF() > before
    assert owner.app.memory["text_percent"] == 125
    owner.presses("Ctrl+0")
    assert QApplication.font().pointSizeF() == before


def test_everything_that_can_have_the_keyboard_on_the_way_in_has_a_name(owner: Somebody) -> None:
    owner.starts()
    assert unnamed(owner.window()) == []
    owner.app.doors.show_restore(owner.places)
    assert unnamed(owner.window()) == []
    owner.app.doors.show_ways(owner.places.store)
    owner.settles()
    page = owner.app.doors.page
    for step in (page.ways, *page._steps_to_a_store()):  # type: ignore[union-attr]
        page._show(step)  # type: ignore[union-attr]
        owner.settles()
        assert unnamed(owner.window()) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_on_the_way_in(owner: Somebody, percent: int) -> None:
    owner.machine.settings_file.write_text(f'{{"text_percent": {percent}}}', "utf-8")
    owner.starts()
    owner.app.doors.show_ways(owner.places.store)
    page = owner.app.doors.page
    owner.window().resize(1090, 610)
    for step in (page.ways, *page._steps_to_a_store()):  # type: ignore[union-attr]
        page._show(step)  # type: ignore[union-attr]
        step.say(
            "Something is the matter with it, and this sentence says what, at some length, and what to do next."
        )
        owner.settles()
        assert _cut(step) == []


def _cut(step: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for each in step.findChildren(QWidget):
        if each.isVisible() and (texts := list(_texts(each))) and texts[0].strip():
            need = (
                each.heightForWidth(each.width())
                if each.hasHeightForWidth()
                else each.minimumSizeHint().height()
            )
            if each.height() < need or each.width() < each.minimumSizeHint().width():
                found.append(texts[0])
    return found


def test_the_window_goes_on_while_keys_are_made(owner: Somebody) -> None:
    ticks: list[int] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(1))
    owner.starts()
    owner.types(PASSPHRASE)
    timer.start()
    owner.presses("Return")
    owner.waits_for_the_window()
    timer.stop()
    assert len(ticks) > 5


# --- The lock, and the day


def test_after_ten_quiet_minutes_everything_is_hidden_and_comes_back_as_it_was(inside: Somebody) -> None:
    window = window_of(inside)
    inside.app.sitting.desk.deeds.add_person()  # type: ignore[union-attr]
    inside.settles()
    inside.types("Tomasz N")
    inside.hands.move(minutes=10)
    inside.app.clock.look()
    inside.settles()
    assert window.is_locked and window.windowTitle() == "Supervise, locked"
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [window]
    said = "\n".join(_texts(window))
    assert ADA not in said and "Tomasz" not in said and "Everything is hidden." in said
    inside.types(PASSPHRASE)
    inside.presses("Return")
    inside.waits_until(lambda: not window.is_locked)
    assert "Tomasz N" in inside.reads()
    inside.presses("End")
    inside.types("owak")
    assert "Tomasz Nowak" in inside.reads()


def test_somebody_writing_in_a_dialog_is_there(inside: Somebody) -> None:
    inside.app.sitting.desk.deeds.add_person()  # type: ignore[union-attr]
    inside.settles()
    handle = inside.dialog().windowHandle()
    inside.hands.move(minutes=9)
    inside.qtbot.keyClick(handle, "a")
    inside.hands.move(minutes=9)
    inside.app.clock.look()
    assert not window_of(inside).is_locked


def test_at_midnight_the_window_turns_the_page(inside: Somebody) -> None:
    inside.sees("Today, Wed 18 Mar 2026")
    inside.hands.move(hours=13)
    inside.app.clock.touch()
    inside.hands.move(hours=2)
    inside.app.clock.touch()
    inside.app.clock.look()
    inside.settles()
    inside.sees("Today, Thu 19 Mar 2026")


# --- Faults


def test_a_fault_is_written_down_without_data_told_once_and_the_window_goes_on(
    inside: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", inside.app.faults.uncaught)

    def fails() -> None:
        raise RuntimeError(f"{ADA} was here")

    for _ in range(3):
        QTimer.singleShot(0, fails)
    inside.qtbot.wait(20)  # a loop of Qt's own, as in the program
    assert "Something went wrong in the program itself (RuntimeError)" in inside.hears()
    (note,) = inside.machine.logs.glob("*.txt")
    assert ADA not in note.read_text("utf-8") and str(note) in inside.hears()
    inside.clicks("Close this message")
    QTimer.singleShot(0, fails)
    inside.qtbot.wait(20)
    assert inside.hears() == ""
    inside.presses("Alt+2")
    inside.sees(ADA)


def test_an_error_of_ours_that_nobody_caught_is_told_as_it_is(
    inside: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", inside.app.faults.uncaught)

    def fails() -> None:
        raise NotAllowed("That cannot be.", "Do something else.")

    QTimer.singleShot(0, fails)
    inside.qtbot.wait(20)
    assert inside.hears() == "▲ That cannot be. Do something else."
    assert not inside.machine.logs.exists()


# --- The end


def test_closing_keeps_what_is_being_written_backs_up_and_closes_the_store(inside: Somebody) -> None:
    inside.app.sitting.desk.go("session", ("new", "ada"))  # type: ignore[union-attr]
    inside.settles()
    writing = next(each for each in window_of(inside).findChildren(QPlainTextEdit) if each.isVisible())
    writing.setFocus()
    inside.types("Court report discussed")
    inside.presses("Ctrl+Q")
    assert inside.ended == 1 and inside.app.window is None
    assert len(list_backups(inside.places)) == 1
    with open_store(inside.places, PASSPHRASE, now=inside.hands, user=ME, program="the test") as store:
        (draft,) = store.drafts.list()
    assert "Court report discussed" in str(draft)


def test_a_second_place_that_is_away_never_keeps_the_window_open_and_is_told_next_time(
    inside: Somebody, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    elsewhere.set_second_place(store_of(inside), stick)
    shutil.rmtree(stick)
    inside.presses("Ctrl+Q")
    assert inside.ended == 1 and len(list_backups(inside.places)) == 1
    inside.ends()
    inside.opens()
    assert f"The second place for backups, {stick}, is away." in inside.hears()


def test_the_foot_says_anew_how_well_all_is_kept_after_a_backup_and_a_change(inside: Somebody) -> None:
    foot = window_of(inside).foot
    assert foot.state.text() == "Saved · not backed up yet"
    inside.presses("Ctrl+Shift+B")
    assert foot.state.text().startswith("Saved · backed up")


def test_a_backup_restored_from_the_window_opens_and_says_where_the_former_store_is(
    inside: Somebody,
) -> None:
    inside.presses("Ctrl+Shift+B")
    (backup,) = list_backups(inside.places)
    with store_of(inside).change("Rename", by=ME) as change:
        change.put("person", {"id": "ada", "name": "Somebody Else"})
    before = inside.app.window
    inside.app.sitting.desk.deeds.restore(backup, PASSPHRASE)  # type: ignore[union-attr]
    inside.waits_until(lambda: inside.app.window not in (None, before))
    assert store_of(inside).row("person", "ada")["name"] == ADA  # type: ignore[index]
    (aside,) = (each for each in inside.places.store.parent.glob("*.aside-*") if each.suffix != ".keys")
    assert str(aside) in inside.hears()
    assert inside.ended == 0


def test_a_backup_that_cannot_be_restored_leaves_the_store_open_as_it_was(inside: Somebody) -> None:
    inside.presses("Ctrl+Shift+B")
    (backup,) = list_backups(inside.places)
    before = inside.app.window
    inside.app.sitting.desk.deeds.restore(backup, "not this one")  # type: ignore[union-attr]
    inside.waits_until(lambda: inside.app.window not in (None, before))
    assert inside.hears().startswith("▲ That is neither the passphrase nor the recovery key")
    assert store_of(inside).row("person", "ada")["name"] == ADA  # type: ignore[index]


def test_the_system_asking_the_program_to_end_closes_the_store(inside: Somebody) -> None:
    ending = Ending()
    ending.wanted.connect(inside.app.end)
    signal.raise_signal(signal.SIGTERM)
    inside.waits_until(lambda: inside.ended)
    ending.close()
    assert inside.app.window is None and not inside.places.in_use.exists()


class SigningOut:
    """Qt's word of the person signing out, which a test cannot have made by Qt."""

    is_cancelled = False

    def allowsInteraction(self) -> bool:
        return True

    def cancel(self) -> None:
        self.is_cancelled = True


def test_signing_out_keeps_what_is_being_written_and_closes_nothing(inside: Somebody) -> None:
    inside.app.sitting.desk.go("session", ("new", "ada"))  # type: ignore[union-attr]
    inside.settles()
    writing = next(each for each in window_of(inside).findChildren(QPlainTextEdit) if each.isVisible())
    writing.setFocus()
    inside.types("Court report discussed")
    session = SigningOut()
    inside.app.keep_for_the_end(session)  # type: ignore[arg-type]
    assert not session.is_cancelled and inside.app.window is not None
    (draft,) = store_of(inside).drafts.list()
    assert "Court report discussed" in str(draft)


def test_signing_out_is_stopped_if_the_words_can_be_kept_nowhere(inside: Somebody) -> None:
    inside.app.sitting.desk.go("session", ("new", "ada"))  # type: ignore[union-attr]
    inside.settles()
    writing = next(each for each in window_of(inside).findChildren(QPlainTextEdit) if each.isVisible())
    writing.setFocus()
    inside.types("Court report discussed")
    pages = store_of(inside).database.execute("PRAGMA page_count").fetchone()[0]
    store_of(inside).database.execute(f"PRAGMA max_page_count = {pages}")
    writing.insertPlainText("x" * 100_000)
    session = SigningOut()
    inside.app.keep_for_the_end(session)  # type: ignore[arg-type]
    assert session.is_cancelled
    inside.app.end()
    assert inside.app.window is not None and inside.ended == 0
    assert len(writing.toPlainText()) > 100_000
    store_of(inside).database.execute("PRAGMA max_page_count = 1000000")


def test_letting_go_at_once_closes_the_store_too(inside: Somebody) -> None:
    inside.ends()
    assert not inside.places.in_use.exists()


def test_a_fault_at_the_door_is_told_every_time_and_nobody_is_left_waiting(
    owner: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("of the program")

    monkeypatch.setattr("supervise.beginning.open_practice", fails)
    owner.starts(store=owner.home / "none.store")
    for _ in range(2):
        owner.presses("Alt+P")
        owner.waits_for("Something went wrong in the program itself (RuntimeError)")
        owner.sees("What would you like to do?")
        owner.app.doors.page.ways.say("")  # type: ignore[union-attr]
    assert len(list(owner.machine.logs.glob("*.txt"))) == 1
