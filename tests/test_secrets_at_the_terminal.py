"""A new passphrase, a new manager and new keys, at the terminal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import keyring
import pytest
from pypdf import PdfReader

from supervise import beginning
from supervise.places import Places
from supervise.store import Store, backups, create_store, open_store
from tests.making import ME, PASSPHRASE, now
from tests.test_command_line import Terminal, done, environment, quickened, refused, terminals
from tests.test_passphrases import Ring, ring

__all__ = ["environment", "ring", "terminals"]

NEW = "gravel otter hums quietly"
KEY = re.compile(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with a backup."""
    path = tmp_path_factory.mktemp("made") / "a.store"
    store, _ = create_store(Places(path), PASSPHRASE, now=now, user=ME, program="the test")
    store.backup("by-hand")
    store.close()
    return quickened(path)


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copytree(made.parent, tmp_path / "own")) / "a.store"


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    """A file with a new passphrase."""
    file = tmp_path / "new.txt"
    file.write_text(NEW + "\n", "utf-8")
    return file


def opened(path: Path, secret: str) -> Store:
    return open_store(Places(path), secret, now=now, user=ME, program="the test")


def test_the_passphrase_is_changed_and_the_access_list_says_so(path: Path, new_file: Path) -> None:
    said = done("--store", path, "passphrase", "--new-passphrase-file", new_file)
    assert "backups made until now open with the passphrase they were made under" in flat(said.out)
    with opened(path, NEW) as store:
        assert store.access.list()[0].what == "changed the passphrase"
    assert "neither the passphrase" in refused("--store", path, "status")


def test_what_the_keyring_remembers_follows_a_new_passphrase(
    path: Path, new_file: Path, ring: Ring
) -> None:
    keyring.set_password("Supervise", str(path.resolve()), PASSPHRASE)
    done("--store", path, "passphrase", "--new-passphrase-file", new_file)
    assert beginning.remembered(Places(path)) == NEW


def test_a_weak_passphrase_is_refused_from_a_file_too(path: Path, tmp_path: Path) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text("supervise", "utf-8")
    slots = Places(path).slots.read_bytes()
    for words in (["passphrase"], ["new-keys", "--keeper", "M. Adeyemi"]):
        assert "too short" in refused("--store", path, *words, "--new-passphrase-file", weak)
    assert Places(path).slots.read_bytes() == slots


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_program_hands_the_store_over_and_the_sheet_is_a_file(
    path: Path, new_file: Path, tmp_path: Path, ring: Ring
) -> None:
    keyring.set_password("Supervise", str(path.resolve()), PASSPHRASE)
    sheet = tmp_path / "sheet.pdf"
    said = done("--store", path, "hand-over", "Bethan Lloyd", "--keeper", "M. Adeyemi", "-o", sheet,
                "--new-passphrase-file", new_file)  # fmt: skip
    assert "Handed over to Bethan Lloyd." in said.out and not KEY.search(said.out)
    assert "1 older copy still opens with the former passphrase" in flat(said.out)
    assert "stays until somebody deletes it" in flat(said.out)
    assert "They were left as they are" in flat(said.out)
    assert beginning.remembered(Places(path)) is None
    page = PdfReader(sheet).pages[0].extract_text()
    groups = re.findall(r"\b[A-Z2-7]{4}\b", page)
    assert "M. Adeyemi" in page and len(groups) == 8
    with opened(path, "-".join(groups)) as store:
        assert store.history()[0].label == "Handed over to Bethan Lloyd"
        assert beginning.keeper(store) is not None
    assert "neither the passphrase" in refused("--store", path, "status")
    done("--store", path, "history", secret=NEW)


def test_the_recovery_key_chooses_a_new_passphrase_when_the_old_one_is_forgotten(
    path: Path, new_file: Path, tmp_path: Path
) -> None:
    words = ("new-keys", "--keeper", "M. Adeyemi", "--leave", "--new-passphrase-file", new_file)
    (key,) = KEY.findall(done("--store", path, *words).out)
    other = tmp_path / "other.txt"
    other.write_text("pebble tram whistles softly", "utf-8")
    done("--store", path, "passphrase", "--new-passphrase-file", other, secret=key.lower())
    opened(path, "pebble tram whistles softly").close()
    opened(path, key).close()


def test_after_a_disclosure_older_backups_are_made_anew_when_asked(path: Path, new_file: Path) -> None:
    said = done("--store", path, "new-keys", "--keeper", "M. Adeyemi", "--remake",
                "--new-passphrase-file", new_file)  # fmt: skip
    (key,) = KEY.findall(said.out)
    assert ".zip: made anew." in said.out
    with opened(path, NEW) as store:
        assert store.history()[0].label == "Keys changed after a suspected disclosure"
    for backup in backups.list_backups(Places(path)):
        for secret in (NEW, key):
            done("--store", path, "restore", backup, secret=secret)
        assert "neither" in refused("--store", path, "restore", backup)


@pytest.mark.parametrize(
    ("words", "secret", "said"),
    [
        (["hand-over", " "], PASSPHRASE, "Nobody was named to take over."),
        (["hand-over", "B. Lloyd"], PASSPHRASE, "Name them with --keeper."),
        (["new-keys", "--keeper", "M"], "not it", "neither the passphrase"),
        (["passphrase"], None, "No passphrase was given"),
        (["new-keys", "--keeper", "M"], PASSPHRASE, "No passphrase was given for the store from now on"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_changed(
    path: Path, words: list[str], secret: str | None, said: str
) -> None:
    before = {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    assert said in refused("--store", path, *words, secret=secret)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()} == before


def test_practice_and_a_missing_store_have_nothing_to_hand_over(tmp_path: Path) -> None:
    practice = tmp_path / "practice.store"
    done("--store", practice, "practice")
    assert "no passphrase of its own" in refused("--store", practice, "hand-over", "B. Lloyd")
    assert "There is no store" in refused("--store", tmp_path / "none", "new-keys")


def test_a_manager_hands_over_at_a_terminal_and_types_the_sheet_back(
    path: Path, terminals: list[Terminal]
) -> None:
    terminal = Terminal("--store", path, "hand-over", "Bethan Lloyd")
    terminals.append(terminal)
    terminal.wait_for("The present passphrase, or the recovery key: ")
    terminal.type(PASSPHRASE)
    terminal.wait_for("Who keeps the new recovery sheet: ")
    terminal.type("M. Adeyemi")
    terminal.wait_for("The new passphrase: ")
    terminal.type("bethan")
    terminal.wait_for("Repeat for confirmation: ")
    terminal.type("bethan")
    terminal.wait_for("another word would do.\r\nThe new passphrase: ")
    terminal.type(NEW)
    terminal.wait_for("Repeat for confirmation: ")
    terminal.type(NEW)
    terminal.wait_for("from the paper: ")
    (key,) = KEY.findall(terminal.shown)
    terminal.type("ABCD")
    terminal.wait_for("Look again.")
    parts = [int(part) for part in re.findall(r"Groups (\d) and (\d)", terminal.shown)[-1]]
    terminal.type("".join(key.split("-")[part - 1] for part in parts))
    terminal.wait_for("Make them anew")
    terminal.type("y")
    terminal.wait_for("made anew.")
    assert terminal.end() == 0
    for secret in (NEW, key):
        opened(path, secret).close()


def test_stopping_before_the_sheet_is_typed_back_changes_nothing(
    path: Path, new_file: Path, terminals: list[Terminal]
) -> None:
    terminal = Terminal("--store", path, "new-keys", "--keeper", "M", "--new-passphrase-file", new_file)
    terminals.append(terminal)
    terminal.wait_for("recovery key: ")
    terminal.type(PASSPHRASE)
    terminal.wait_for("from the paper: ")
    terminal.type("\x04")
    terminal.wait_for("Nothing was changed.")
    assert terminal.end() == 1
    with opened(path, PASSPHRASE) as store:
        assert store.history() == [] and store.interrupted is None


def test_a_change_that_was_interrupted_is_told_by_whatever_opens_the_store_next(path: Path) -> None:
    from supervise.store import new_recovery_key, rekeying
    from supervise.store.opening import open_with_key
    from supervise.store.rekeying import Why

    with opened(path, PASSPHRASE) as store:
        new = rekeying.prepare(Places(path), PASSPHRASE, NEW, new_recovery_key())
        steps: Any = store.giving_new_keys(new, Why("Handed over", "handed over", ME))
        next(steps), next(steps)  # it is noted
        note = store.settings.get("new-keys")
        steps.close()
    database = open_with_key(Places(path), store.key)
    database.execute("INSERT OR REPLACE INTO setting VALUES ('new-keys', ?)", [note])
    database.close()
    from tests.test_command_line import run

    said = run("--store", path, "status")
    assert said.status == 0 and "it had not come to that" in said.err
    done("--store", path, "status")
