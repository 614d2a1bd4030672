"""Where a packed program keeps things: never in its own folder, unless somebody made the place for it there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from supervise.places import PORTABLE, Machine, Places, portable_folder


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A packed program in a folder, somewhere else than its person's home."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "stick" / "supervise"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "supervise"))
    return folder / "supervise"


def everything() -> list[Path]:
    """Every place that the program keeps something in."""
    machine = Machine.of_this_person()
    return [Places.of(None).store, Places.for_practice().store, machine.logs, machine.settings_file]


def test_nothing_is_kept_in_the_folder_of_the_program(program: Path) -> None:
    """So it can be removed, or replaced by the next version, without a thought."""
    assert not [path for path in everything() if path.is_relative_to(program.parent)]


def test_with_a_folder_made_for_it_everything_is_kept_there(program: Path) -> None:
    beside = program.parent / PORTABLE
    beside.mkdir()
    assert [path.relative_to(beside).as_posix() for path in everything()] == [
        "supervise.store", "practice/practice.store", "logs", "settings.json",
    ]  # fmt: skip


def test_a_store_that_is_named_is_where_it_was_named(program: Path, tmp_path: Path) -> None:
    (program.parent / PORTABLE).mkdir()
    assert Places.of(tmp_path / "a.store").store == tmp_path / "a.store"


def test_a_file_of_that_name_is_no_place(program: Path) -> None:
    (program.parent / PORTABLE).write_text("not a folder", "utf-8")
    assert portable_folder(program) is None


def test_from_the_sources_nothing_beside_python_counts(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(sys, "frozen")
    (program.parent / PORTABLE).mkdir()
    assert not [path for path in everything() if path.is_relative_to(program.parent)]
