"""The first start, told as it happens to somebody: from the three ways in to the window, and back again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from supervise import beginning
from supervise.places import Places
from supervise.store import elsewhere, open_store
from supervise.store.aside import put_aside
from tests.ui.starting import KEEPER, ME, PASSPHRASE, Somebody, secrets_on, somebody

__all__ = ["somebody"]


def test_somebody_practises_with_one_key_and_finds_everything_again(somebody: Somebody) -> None:
    somebody.starts()
    somebody.sees(
        "What would you like to do?", "Practise with a sample team", "Bring in my tracker", "Start empty"
    )
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.sees("Practice: everyone and everything here is made up.", "gaps")
    assert somebody.app.window is not None and somebody.app.window.foot.state.text() == "Saved"
    assert not somebody.places.store.exists()

    somebody.presses("Ctrl+Q")
    assert somebody.ended == 1
    somebody.ends()
    somebody.starts()
    somebody.sees("Goes on where you left it.", "Practise from the beginning again")
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.sees("gaps")


def test_practice_begun_again_follows_the_day_it_is_now(somebody: Somebody) -> None:
    somebody.starts()
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.ends()
    somebody.hands.move(days=70)
    somebody.starts()
    somebody.clicks("Practise from the beginning again")
    somebody.waits_for_the_window()
    sitting = somebody.app.sitting
    assert sitting is not None
    assert beginning.practice_day(sitting.store) == somebody.hands.today()


def test_a_manager_starts_empty_by_keys_alone_and_no_secret_is_left_anywhere(somebody: Somebody) -> None:
    somebody.starts()
    key = somebody.makes_a_store()
    somebody.waits_until(somebody.dialog)
    somebody.sees("Add a person")
    somebody.presses("Esc")
    assert not any(secrets_on(somebody.window()))
    sitting = somebody.app.sitting
    assert sitting is not None
    assert beginning.keeper(sitting.store) == beginning.Keeper(name=KEEPER, since=somebody.hands.today())
    assert [row["id"] for row in sitting.store.rows("policy")] == ["standards-2020-with-defaults"]
    somebody.ends()
    for secret in (PASSPHRASE, key.lower().replace("-", " ")):
        open_store(somebody.places, secret, now=somebody.hands, user=ME, program="the test").close()
    for path in _files(somebody.folder):
        for secret in (PASSPHRASE, key, key.replace("-", "")):
            assert secret.encode() not in path.read_bytes(), path


def test_from_the_first_start_to_the_first_booked_session(somebody: Somebody) -> None:
    """The path that the manual names: 15 keys, beside what has to be typed (a passphrase twice, who keeps the
    sheet, two groups of it, and a name, a team and a role)."""
    somebody.starts()
    somebody.makes_a_store()  # Alt+S, Enter three times, Alt+K, Enter three times, Alt+S
    somebody.waits_until(somebody.dialog)
    somebody.types("Ada Brown")
    somebody.presses("Tab")
    somebody.types("Team A")
    somebody.presses("Tab")
    somebody.types("Social worker")
    somebody.presses("Return")
    somebody.sees("Ada Brown was added to Team A.")
    somebody.presses("Alt+1")
    somebody.presses("Ctrl+B")
    somebody.sees("Book supervision with Ada Brown")
    somebody.presses("Return")
    assert "Booked" in somebody.hears(), somebody.reads()
    sitting = somebody.app.sitting
    assert sitting is not None
    (session,) = sitting.store.rows("session")
    assert session["status"] == "planned"
    typed = (
        sum(map(len, (PASSPHRASE, PASSPHRASE, KEEPER, "Ada Brown", "Team A", "Social worker"))) + 2 * 4
    )
    assert somebody.keys - typed == 15


def test_a_store_is_refused_in_a_synchronised_folder_and_a_backup_is_welcome_there(
    somebody: Somebody, tmp_path: Path
) -> None:
    shared = tmp_path / "Cloud - County"
    shared.mkdir()
    somebody.starts(OneDriveCommercial=str(shared))
    somebody.chooses("Alt+S")
    usual = somebody.step().folder.text()
    somebody.presses("Ctrl+A")
    somebody.types(str(shared))
    somebody.presses("Return")
    somebody.waits_for("is kept in step with other computers by OneDrive")
    somebody.sees(
        "two of them writing at once would damage the records", "Where will your records be kept?"
    )
    assert somebody.step().folder.text() == str(shared)  # as it was typed

    somebody.step().folder.setText(usual)
    _on_to_the_second_place(somebody)
    somebody.types(str(shared))
    somebody.presses("Return")
    somebody.waits_for_the_window()
    sitting = somebody.app.sitting
    assert sitting is not None
    assert elsewhere.second_place(sitting.store) == shared
    somebody.ends()
    assert len(list(shared.rglob("*.zip"))) == 1


def _on_to_the_second_place(somebody: Somebody) -> None:
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(PASSPHRASE)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.types(KEEPER)
    somebody.clicks("Show the key, to copy it by hand")
    key = somebody.copied_key()
    somebody.presses("Return")
    somebody.types_back(key)
    somebody.waits_for("A second place for backups")


def test_a_weak_passphrase_is_told_why_and_two_different_ones_are_not_taken(somebody: Somebody) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    somebody.types("supervise nbowen")
    somebody.presses("Return")
    somebody.presses("Return")
    somebody.waits_for("That passphrase is")
    somebody.sees("Choose a passphrase")
    assert somebody.step().first.text() == "supervise nbowen"

    somebody.presses("Ctrl+A")
    somebody.types(PASSPHRASE)
    somebody.waits_for("Strong.")
    somebody.presses("Return")
    somebody.types(PASSPHRASE + "s")
    somebody.presses("Return")
    somebody.sees("has not been typed twice alike")
    somebody.presses("Backspace")
    somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")


def test_going_back_loses_nothing_and_the_key_does_not_change(somebody: Somebody) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(PASSPHRASE)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.types(KEEPER)
    somebody.clicks("Show the key, to copy it by hand")
    key = somebody.copied_key()
    somebody.presses("Return")
    somebody.sees_not(key.split("-")[0])
    somebody.types("AAAA")
    for page in (
        "Print the recovery sheet",
        "Choose a passphrase",
        "Where will your",
        "What would you like",
    ):
        somebody.presses("Esc")
        somebody.sees(page)
    somebody.chooses("Alt+B")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    assert secrets_on(somebody.window()) == [PASSPHRASE, PASSPHRASE]
    somebody.step().second.setFocus()
    somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    assert somebody.step().keeper.text() == KEEPER
    somebody.sees_not(key.split("-")[0])
    somebody.clicks("Show the key, to copy it by hand")
    assert somebody.copied_key() == key


def test_the_sheet_needs_somebody_else_and_must_be_out_before_going_on(somebody: Somebody) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(PASSPHRASE)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.presses("Return")
    somebody.sees("Nobody is named yet.")
    somebody.types(ME.upper())
    somebody.presses("Return")
    somebody.sees("That is you.")
    somebody.presses("Ctrl+A")
    somebody.types(KEEPER)
    somebody.presses("Return")
    somebody.sees("Print the sheet, or show the key and copy it by hand.")


def test_what_is_typed_back_wrongly_stays_and_is_asked_for_again(somebody: Somebody) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(PASSPHRASE)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.types(KEEPER)
    somebody.clicks("Show the key, to copy it by hand")
    key = somebody.copied_key()
    somebody.presses("Return")
    first, second = somebody.step().parts
    somebody.types(key.split("-")[first - 1])
    somebody.presses("Return")
    somebody.types("ZZZ9")
    somebody.presses("Return")
    somebody.sees(f"What is typed for group {second} is not what stands on the sheet.")
    assert [field.text() for field in somebody.step().fields] == [key.split("-")[first - 1], "ZZZ9"]
    somebody.presses("Ctrl+A")
    somebody.types(key.split("-")[second - 1])
    somebody.presses("Return")
    somebody.sees("A second place for backups")


def test_the_recovery_sheet_is_printed_with_the_key_on_it_and_leaves_no_file(
    somebody: Somebody, tmp_path: Path
) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Return")
    somebody.waits_for("Choose a passphrase")
    for _ in range(2):
        somebody.types(PASSPHRASE)
        somebody.presses("Return")
    somebody.waits_for("Print the recovery sheet")
    somebody.types(KEEPER)
    before = _files(tmp_path)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper = tmp_path / "paper.pdf"
    printer.setOutputFileName(str(paper))
    somebody.step().print_on(printer)
    somebody.waits_for("Sent to the printer.")
    assert _files(tmp_path) - before == {paper}
    printed = pypdfium2.PdfDocument(paper)
    assert len(printed) == 1
    printed.close()
    somebody.presses("Return")
    somebody.sees("Is the sheet at hand?")


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_made_until_the_way_is_at_its_end(somebody: Somebody, tmp_path: Path) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    _on_to_the_second_place(somebody)
    assert not somebody.places.store.parent.exists()
    somebody.window().close()
    assert somebody.ended == 1
    somebody.ends()
    assert not somebody.places.store.parent.exists()
    assert _files(tmp_path) <= {somebody.machine.settings_file}


def test_bringing_in_a_tracker_asks_for_the_file_when_the_store_is_there(
    somebody: Somebody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = tmp_path / "tracker.csv"
    tracker.write_text(
        "Name,Team,Role,Last supervision\nAda Brown,Team A,Social worker,02/03/2026\n", "utf-8"
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tracker), ""))
    somebody.starts()
    somebody.makes_a_store("Alt+B")
    somebody.waits_for("Ada Brown")
    assert somebody.app.window is not None and somebody.app.window.front is not None
    assert somebody.app.window.front.name == "bring_in"


def test_a_service_store_is_made_from_the_quiet_link(somebody: Somebody) -> None:
    somebody.starts()
    somebody.clicks("A service store, which gathers the teams’ exports")
    _on_to_the_second_place(somebody)
    somebody.clicks("Skip for now")
    somebody.waits_for_the_window()
    sitting = somebody.app.sitting
    assert sitting is not None and sitting.store.is_service


def test_a_second_place_on_the_same_disk_is_warned_of_once_and_then_taken(
    somebody: Somebody, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    somebody.starts()
    somebody.makes_a_store(second_place=stick)
    sitting = somebody.app.sitting
    assert sitting is not None
    assert elsewhere.second_place(sitting.store) == stick


@pytest.mark.parametrize("folder", ["nowhere", "data"])
def test_a_second_place_that_is_none_is_refused_with_the_reason(somebody: Somebody, folder: str) -> None:
    (somebody.home / "data").mkdir()
    somebody.starts()
    somebody.chooses("Alt+S")
    _on_to_the_second_place(somebody)
    somebody.types(f"~/{folder}")
    somebody.presses("Return")
    words = {"nowhere": "is not there.", "data": "The store is in that folder itself"}
    somebody.waits_for(words[folder])
    somebody.sees("A second place for backups")


def test_the_manager_comes_back_with_a_wrong_passphrase_then_with_the_right_one(
    somebody: Somebody,
) -> None:
    somebody.starts()
    somebody.makes_a_store()
    somebody.ends()
    somebody.starts()
    somebody.sees("Open your store", str(somebody.places.store))
    somebody.types("violin glacier turnips")
    somebody.presses("Return")
    somebody.waits_for("That is neither the passphrase nor the recovery key of this store.")
    assert secrets_on(somebody.window()) == ["violin glacier turnips"]
    somebody.presses("End")
    somebody.presses("Backspace")
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.sees("Everyone")


def test_a_store_made_elsewhere_is_found_again_at_the_next_start(somebody: Somebody) -> None:
    somebody.starts()
    somebody.chooses("Alt+S")
    somebody.presses("Ctrl+A")
    somebody.types("~/records")
    _on_to_the_second_place(somebody)
    somebody.clicks("Skip for now")
    somebody.waits_for_the_window()
    somebody.ends()
    somebody.starts()
    somebody.sees("Open your store", str(somebody.home / "records" / "supervise.store"))
    somebody.ends()
    other = Places(somebody.home / "records")
    other.store.rename(somebody.home / "away")
    somebody.starts()
    somebody.sees(
        "What would you like to do?", "is not there now. If it is on another disk, connect that first."
    )
    somebody.ends()
    (somebody.home / "away").rename(other.store)
    put_aside(Places(other.store / "supervise.store"), datetime(2026, 3, 31, 9, 30))
    somebody.starts()
    somebody.sees(
        "is not there now. One that was put aside is kept beside it as "
        "supervise.store.aside-2026-03-31T09-30-00: restore that one, or a backup."
    )


def test_practising_again_goes_back_to_the_three_ways_and_from_there_to_the_own_store(
    somebody: Somebody,
) -> None:
    somebody.starts()
    somebody.makes_a_store()
    somebody.waits_until(somebody.dialog)
    somebody.presses("Esc")
    somebody.presses("Ctrl+O")
    somebody.waits_for("What would you like to do?")
    somebody.sees("Open my store")
    somebody.presses("Alt+P")
    somebody.waits_for_the_window()
    somebody.sees("Practice:")
    somebody.presses("Ctrl+O")
    somebody.waits_for("What would you like to do?")
    somebody.presses("Alt+O")
    somebody.waits_for("Open your store")
    somebody.types(PASSPHRASE)
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.sees_not("Practice:")
    assert somebody.ended == 0


def test_the_day_of_the_window_is_the_day_it_is(somebody: Somebody) -> None:
    somebody.starts()
    somebody.presses("Return")
    somebody.waits_for_the_window()
    somebody.sees("Today, Wed 18 Mar 2026")
    somebody.hands.at += timedelta(hours=15)
    somebody.app.clock.look()
    somebody.sees_not("Today, Wed 18 Mar 2026")
    somebody.app.window.unlock()  # type: ignore[union-attr]
    somebody.settles()
    somebody.sees("Today, Thu 19 Mar 2026")
