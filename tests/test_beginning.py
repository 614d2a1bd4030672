"""How a store begins, for window and command line alike."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise import beginning
from supervise.cli import World, main
from supervise.errors import BadQuestion, NotAllowed, StoreInUse, WrongPassphrase
from supervise.places import Machine, Places, resource
from supervise.policies import Policy
from supervise.policy_files import read_policy, read_policy_file
from supervise.store import Store, backups, elsewhere, memory_store, new_recovery_key, open_store
from supervise.store.safe_keeping import backed_up_state
from tests.making import ME, MONTHLY, PASSPHRASE, TODAY, now
from tests.test_command_line import Terminal
from tests.test_passphrases import Ring, ring

__all__ = ["ring"]

ROOT = Path(__file__).parents[1]
KEY = "QW2E-RT5Y-UIOP-A7SD-FGH3-JKLZ-XCV4-BNM6"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "own" / "a.store")


def default() -> Policy:
    return read_policy_file(resource("policies", beginning.DEFAULT_POLICY))


def made(places: Places, *policies: Policy, moment: beginning.Now = now) -> beginning.Begun:
    return beginning.make_store(
        places, PASSPHRASE, policies or [default()], now=moment, me=ME, program="the window"
    )


def practised(places: Places, moment: beginning.Now = now) -> Store:
    return beginning.open_practice(places, now=moment, me=ME, program="the window")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- A new store


def test_a_new_store_has_its_policies_and_opens_with_either_secret(places: Places) -> None:
    begun = made(places)
    with begun.store as store:
        assert [row["id"] for row in store.rows("policy")] == ["standards-2020-with-defaults"]
        assert not store.is_service
    for secret in (PASSPHRASE, begun.recovery_key):
        open_store(places, secret, now=now, user=ME, program="the window").close()
    assert files(places.store.parent) == ["a.store", "a.store.keys"]


def test_policies_that_cannot_stand_side_by_side_leave_nothing(places: Places) -> None:
    policy = read_policy(MONTHLY, "p")
    with pytest.raises(BadQuestion):
        made(places, policy, policy)
    assert not places.store.parent.exists()


def test_a_store_whose_making_fails_half_way_is_not_left_without_its_recovery_key(
    places: Places,
) -> None:
    moments = iter([now()] * 2)

    def stopping() -> datetime:
        moment = next(moments, None)
        if moment is None:
            raise KeyboardInterrupt
        return moment

    with pytest.raises(KeyboardInterrupt):
        made(places, moment=stopping)
    assert files(places.store.parent) == []
    made(places).store.close()


def test_a_store_that_is_there_is_never_overwritten(places: Places) -> None:
    made(places).store.close()
    before = places.store.read_bytes()
    for begin in (made, lambda at: beginning.make_practice(at, now=now, me=ME, program="the window")):
        with pytest.raises(NotAllowed, match="There is already a store at"):
            begin(places)
    with pytest.raises(NotAllowed, match="is not for practice"):
        practised(places)
    with pytest.raises(NotAllowed, match="is not for practice"):
        beginning.start_practice_again(places, now=now, me=ME, program="the window")
    assert places.store.read_bytes() == before
    assert not beginning.is_practice(places)


# --- The recovery sheet


@given(st.integers())
def test_two_different_groups_are_asked_for_in_order(seed: int) -> None:
    first, second = beginning.parts_to_type_back(KEY, random.Random(seed))
    assert 1 <= first < second <= 8


@given(st.randoms(use_true_random=False))
def test_the_groups_asked_for_are_taken_and_no_others(rng: random.Random) -> None:
    key = new_recovery_key()
    parts = beginning.parts_to_type_back(key, rng)
    groups = [key.split("-")[part - 1] for part in parts]
    assert beginning.typed_back(key, parts, "".join(groups))
    assert beginning.typed_back(key, parts, f" {groups[0].lower()} – {groups[1].lower()}\n")
    assert beginning.typed_back(key, parts[:1], groups[0])
    if groups[0] != groups[1]:
        assert not beginning.typed_back(key, parts, groups[1] + groups[0])
    for wrong in ("", groups[0], "".join(groups) + "A", "ÅBCD" + groups[1], key):
        assert not beginning.typed_back(key, parts, wrong)


def test_letters_that_look_like_figures_may_be_typed_as_those() -> None:
    key = "BOIB-" + KEY[5:]
    assert beginning.typed_back(key, (1, 2), "80l8 rt5y".replace("l", "1"))
    assert not beginning.typed_back(key, (1, 2), "8018 rt5z")


def test_who_keeps_the_recovery_sheet_is_noted_with_the_day() -> None:
    with memory_store(now) as store:
        assert beginning.keeper(store) is None
        beginning.set_keeper(store, "  Bronwen\tTŷ-Gwyn ", TODAY.toordinal())
        assert beginning.keeper(store) == beginning.Keeper(
            name="Bronwen Tŷ-Gwyn", since=TODAY.toordinal()
        )
        with pytest.raises(NotAllowed):
            beginning.set_keeper(store, " ", TODAY.toordinal())
        assert beginning.keeper(store) is not None


# --- Practice


def test_practice_is_made_once_and_opened_as_it_was_left(places: Places) -> None:
    with practised(places) as store:
        people = [row["id"] for row in store.rows("person")]
        assert len(people) > 5
        assert beginning.practice_day(store) == TODAY.toordinal()
        with store.change("Put somebody", by=ME) as change:
            change.put("person", {"id": "mine", "name": "Mine"})
    assert beginning.is_practice(places)
    with practised(places, moment=lambda: now() + timedelta(days=30)) as store:
        assert store.row("person", "mine") is not None
        assert beginning.practice_day(store) == TODAY.toordinal()
        with pytest.raises(StoreInUse):
            beginning.start_practice_again(places, now=now, me=ME, program="the window")
        assert store.row("person", "mine") is not None


def test_undo_takes_nothing_of_what_a_store_begins_with(places: Places, tmp_path: Path) -> None:
    with practised(places) as store:
        people = len(list(store.rows("person")))
        assert people > 20 and store.next_undo is None and not store.can_undo_last
        assert store.undo(ME) is None and len(list(store.rows("person"))) == people
    with made(Places(tmp_path / "real" / "a.store")).store as store:
        assert store.undo(ME) is None and store.history(1)


def test_practice_can_be_started_again_so_that_its_dates_follow_today(places: Places) -> None:
    practised(places).close()
    assert places.backups.exists()
    later = now() + timedelta(days=30)
    with beginning.start_practice_again(places, now=lambda: later, me=ME, program="the window") as store:
        assert beginning.practice_day(store) == later.toordinal()
        assert len(store.history()) == 1
    assert beginning.is_practice(places)


def test_a_practice_store_whose_making_was_interrupted_is_completed(places: Places) -> None:
    beginning._empty_practice(places, now=now, me=ME, program="the window").close()
    with practised(places) as store:
        assert next(store.rows("person"), None) is not None


def test_starting_again_spares_a_real_store_with_a_mark_that_is_not_its_own(places: Places) -> None:
    made(places).store.close()
    beginning.practice_mark(places).touch()
    with pytest.raises(WrongPassphrase):
        beginning.start_practice_again(places, now=now, me=ME, program="the window")
    open_store(places, PASSPHRASE, now=now, user=ME, program="the window").close()


def test_a_real_store_that_is_restored_over_practice_is_real(places: Places, tmp_path: Path) -> None:
    with made(Places(tmp_path / "real" / "b.store")).store as store:
        backup = store.backup("by-hand")
    practised(places).close()
    (own,) = backups.list_backups(places)
    beginning.restore(places, own, beginning.PRACTICE_PASSPHRASE, now())
    assert beginning.is_practice(places)
    aside = beginning.restore(places, backup, PASSPHRASE, now())
    assert aside is not None and aside.exists()
    assert not beginning.is_practice(places)


# --- Closing


def test_closing_backs_up_what_changed_and_never_practice(places: Places, tmp_path: Path) -> None:
    with memory_store(now) as store:
        assert beginning.back_up_on_closing(store) is None
    with practised(Places(tmp_path / "practice" / "p.store")) as store:
        assert beginning.back_up_on_closing(store) is None
    with made(places).store as store:
        backed = beginning.back_up_on_closing(store)
        assert backed is not None and backed.path.name.endswith(" on-closing.zip")
        assert beginning.back_up_on_closing(store) is None
        assert backed_up_state(store, now()).when == now()
        assert beginning.back_up(store).path.name.endswith(" by-hand.zip")


# --- The passphrase, remembered


def test_a_store_s_passphrase_is_remembered_by_its_place(
    places: Places, tmp_path: Path, ring: Ring
) -> None:
    assert beginning.remember(places, PASSPHRASE)
    assert list(ring.kept) == [("Supervise", str(places.store.resolve()))]
    assert beginning.remembered(places) == PASSPHRASE
    assert beginning.remembered(Places(tmp_path / "b.store")) is None
    assert beginning.forget(places)
    assert beginning.remembered(places) is None


# --- The terminal


def terminal(secret: str, *words: object) -> tuple[int, str, str]:
    """One command of the command line: its exit status, and what it said on either stream."""
    out, err = io.StringIO(), io.StringIO()
    world = World(now=now, me=ME, take_passphrase=lambda: secret)
    with redirect_stdout(out), redirect_stderr(err):
        status = main(world, [str(word) for word in words])
    return status, out.getvalue(), " ".join(err.getvalue().split())


def test_the_terminal_refuses_a_synchronised_folder_before_it_asks_for_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "OneDrive - Northmere"))
    store = tmp_path / "OneDrive - Northmere" / "a.store"
    status, _, told = terminal(PASSPHRASE, "--store", store, "new")
    assert status == 1
    assert "is kept in step with other computers by OneDrive" in told
    assert not store.parent.exists()


def test_the_terminal_takes_a_weak_passphrase_from_a_program_and_says_so(tmp_path: Path) -> None:
    status, said, told = terminal("supervision", "--store", tmp_path / "a.store", "new")
    assert (status, told) == (0, "")
    assert "Note: the passphrase is too short. It needs at least 1 more character" in said
    status, said, _ = terminal(PASSPHRASE, "--store", tmp_path / "b.store", "new")
    assert status == 0
    assert "Note:" not in said


def test_somebody_who_types_a_weak_passphrase_at_the_terminal_is_asked_again(tmp_path: Path) -> None:
    typing = Terminal("--store", tmp_path / "a.store", "new")
    for typed in ("Password123!", PASSPHRASE):
        typing.wait_for("A passphrase for the new store: ")
        typing.type(typed)
        typing.wait_for("Repeat for confirmation: ")
        typing.type(typed)
    typing.wait_for("keep it.")
    assert typing.end() == 0
    assert "Easy to guess. Part of it is among the passwords that are tried first." in typing.shown
    open_store(Places(tmp_path / "a.store"), PASSPHRASE, now=now, user=ME, program="the window").close()


def test_the_terminal_says_where_the_copy_of_a_backup_is_or_that_the_place_is_away(
    places: Places, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    with made(places).store as store:
        elsewhere.set_second_place(store, drive)
    status, said, _ = terminal(PASSPHRASE, "--store", places.store, "backup")
    assert status == 0
    assert f"A copy is in {drive}" in " ".join(said.split())
    shutil.rmtree(drive)
    status, said, _ = terminal(PASSPHRASE, "--store", places.store, "backup")
    assert status == 0
    assert "is away. It will be tried again" in " ".join(said.split())


# --- What is light


def test_beginning_brings_in_nothing_that_is_slow_to_import() -> None:
    heavy = (
        "keyring", "reportlab", "openpyxl", "zxcvbn", "sqlite_utils", "sqlcipher3", "cryptography",
        "platformdirs", "dateutil", "PySide6", "supervise.store", "supervise.workspace", "supervise.exchange",
    )  # fmt: skip
    code = (
        "import sys, supervise.beginning, supervise.passphrases, supervise.synchronised, supervise.crash_log\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.stdout == "[]\n"


def test_what_belongs_to_the_machine_is_apart_from_any_store() -> None:
    here = Machine.of_this_person()
    assert here.settings_file.name == "settings.json"
    assert here.logs.is_absolute() and here.settings_file.is_absolute()
