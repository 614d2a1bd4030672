"""Opening the store that a command is about, with whatever passphrase can be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise.cli import Asked, is_terminal
from supervise.errors import FileTrouble, WrongPassphrase
from supervise.places import Places

if TYPE_CHECKING:
    from supervise.workspace import Workspace

PRACTICE_PASSPHRASE = "practice"
"""The practice store holds made-up people only, so that its passphrase is no secret."""

_HOW_TO_GIVE = "Put it in SUPERVISE_PASSPHRASE or name a file with --passphrase-file."


def practice_mark(places: Places) -> Path:
    """The file beside a practice store that says what it is."""
    return places.store.with_name(places.store.name + ".practice")


@contextmanager
def workspace(asked: Asked) -> Iterator[Workspace]:
    """The workspace on the store asked for; closed when the command is done."""
    from supervise.store import open_store
    from supervise.workspace import Workspace

    places = Places.of(asked.store)
    passphrase = _given(asked, places)
    world = asked.world
    with open_store(
        places, passphrase, now=world.now, user=world.me, program="the command line"
    ) as store:
        yield Workspace(store, today=lambda: world.now().date().toordinal(), me=world.me)


def _given(asked: Asked, places: Places) -> str:
    """The passphrase, or the recovery key: from the environment, a file, the keyring or a prompt."""
    from supervise.errors import NoStore

    if not places.store.exists():
        raise NoStore(f"There is no store at {places.store}.")
    if practice_mark(places).exists():
        return PRACTICE_PASSPHRASE
    given = asked.world.take_passphrase() or _from_file(asked.passphrase_file) or _from_keyring(places)
    if given:
        return given
    if not is_terminal():
        raise WrongPassphrase("No passphrase was given.", _HOW_TO_GIVE)
    return str(click.prompt("Passphrase, or recovery key", hide_input=True, err=True))


def _from_file(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileTrouble(f"The passphrase file {path} cannot be read.") from error
    if not lines or not lines[0].strip():
        raise FileTrouble(
            f"The passphrase file {path} is empty.", "Write the passphrase on its first line."
        )
    return lines[0]


def _from_keyring(places: Places) -> str | None:
    """What the system's keyring remembers for this store; nothing where there is no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password("Supervise", str(places.store.resolve()))
    except KeyringError:
        return None


def new_passphrase(asked: Asked) -> str:
    """A passphrase for a new store: given, or typed twice."""
    return _given_or_typed(asked, "the new store", "A passphrase for the new store", twice=True)


def backup_passphrase(asked: Asked) -> str:
    """The passphrase, or the recovery key, that a backup was made under."""
    return _given_or_typed(
        asked, "the backup", "The backup’s passphrase, or its recovery key", twice=False
    )


def _given_or_typed(asked: Asked, what: str, prompt: str, *, twice: bool) -> str:
    given = asked.world.take_passphrase() or _from_file(asked.passphrase_file)
    if given:
        return given
    if not is_terminal():
        raise WrongPassphrase(f"No passphrase was given for {what}.", _HOW_TO_GIVE)
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))
