"""`supervise --self-check`: it passes where everything is there, and names the step where something is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from supervise.cli import self_check
from supervise.cli.self_check import GAPS, STEPS, Trial, went
from supervise.errors import SuperviseError
from supervise.places import Places
from supervise.ui.self_check import show_today

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring of whoever runs the tests."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_all_is_well_here_and_nothing_is_left_behind(tmp_path: Path) -> None:
    about = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "supervise", "--self-check"],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=about,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    *steps, last = ran.stdout.splitlines()
    assert [line.split(":")[0] for line in steps] == [f"ok       {what}" for what, _ in STEPS]
    assert f"ok       gaps: {GAPS}, with their reasons" in steps
    assert "Today painted" in steps[-1] and last == "All is well."
    assert list(tmp_path.rglob("*")) == [], "no store, settings or notes of a person are made"


def test_the_step_that_fails_is_named_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A program without its samples stops where it wants them."""
    assert went(Trial(tmp_path, tracker=tmp_path / "left-out.xlsx"), STEPS[1:]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1].startswith("ok       a new store")
    assert said.err.startswith("The self-check stopped at “a tracker taken in”: ")
    assert said.err.count("\n") == 1 and "left-out.xlsx" in said.err


def test_a_window_whose_libraries_are_missing_is_told_and_not_thrown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def no_qt(*_: object) -> str:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert went(Trial(tmp_path, no_qt), STEPS[-1:]) == 1
    said = capsys.readouterr().err
    assert (
        said == "The self-check stopped at “the window”: libEGL.so.1: cannot open shared object file\n"
    )


def test_of_a_fault_of_the_program_the_place_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(_: Trial) -> str:
        raise ZeroDivisionError("by nothing")

    assert went(Trial(tmp_path), [("a fault", breaks)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "The self-check stopped at “a fault”: ZeroDivisionError in test_self_check.py, line "
    )
    assert said.endswith("(by nothing).\n")


def test_what_a_command_complains_of_is_what_is_told(tmp_path: Path) -> None:
    with pytest.raises(SuperviseError, match="There is no store"):
        Trial(tmp_path).says("status")


def made(folder: Path) -> Places:
    """A store with the sample tracker in it."""
    trial = Trial(folder)
    self_check.a_new_store(trial)
    self_check.a_tracker(trial)
    return trial.places


def test_the_window_is_painted_and_gone_again(qapp: QApplication, tmp_path: Path) -> None:
    qapp.setQuitOnLastWindowClosed(True)  # as it is before any window
    said = show_today(made(tmp_path), self_check.PASSPHRASE, lambda: self_check.NOW, self_check.ME)
    assert "Today painted" in said
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert qapp.quitOnLastWindowClosed()


def test_a_fault_of_the_window_fails_the_step(qapp: QApplication, tmp_path: Path) -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    QTimer.singleShot(0, breaks)
    with pytest.raises(SuperviseError, match=r"in the window \(ZeroDivisionError\)"):
        show_today(made(tmp_path), self_check.PASSPHRASE, lambda: self_check.NOW, self_check.ME)
