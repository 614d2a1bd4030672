"""Opening the store that a command is about, with whatever passphrase can be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise import passphrases
from supervise.beginning import PRACTICE_PASSPHRASE, is_practice, remembered
from supervise.cli import Asked, is_terminal
from supervise.errors import FileTrouble, WrongPassphrase
from supervise.places import Places

if TYPE_CHECKING:
    from supervise.store import Unlocked
    from supervise.workspace import Workspace

_HOW_TO_GIVE = "Put it in SUPERVISE_PASSPHRASE or name a file with --passphrase-file."


@contextmanager
def workspace(asked: Asked, secret: str | Unlocked | None = None) -> Iterator[Workspace]:
    """The workspace on the store asked for, closed when the command is done. `secret` is what opens it, if that
    is known already."""
    from supervise.store import open_store
    from supervise.workspace import Workspace

    places = Places.of(asked.store)
    passphrase = secret or _given(asked, places)
    world = asked.world
    with open_store(
        places, passphrase, now=world.now, user=world.me, program="the command line"
    ) as store:
        if store.interrupted:
            click.echo(f"Note: {store.interrupted}", err=True)
        yield Workspace(
            store,
            today=lambda: world.now().date().toordinal(),
            me=world.me,
            is_practice=is_practice(places),
        )


def _given(asked: Asked, places: Places) -> str:
    """The passphrase, or the recovery key: from the environment, a file, the keyring or a prompt."""
    from supervise.store import refuse_if_missing

    refuse_if_missing(places)
    if is_practice(places):
        return PRACTICE_PASSPHRASE
    given = _given_beforehand(asked) or remembered(places)
    if given:
        return given
    if not is_terminal():
        raise WrongPassphrase("No passphrase was given.", _HOW_TO_GIVE)
    return str(click.prompt("Passphrase, or recovery key", hide_input=True, err=True))


def first_line(path: Path | None) -> str | None:
    """The passphrase on the first line of a file; None without one. FileTrouble if there is none in it."""
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


def new_passphrase(asked: Asked, own_words: tuple[str, ...]) -> tuple[str, str | None]:
    """A passphrase for a new store, and what to say of it.

    One that a person types (twice) must be strong enough, as in the window, and is asked for until it is.
    One that a program gives is taken as it is, with a remark: whoever wrote the program chose it, and a
    refusal could not be answered.
    """
    if given := _given_beforehand(asked):
        found = passphrases.strength(given, own_words)
        weak = f"the passphrase is {found.words.lower()}. {found.next_step}"
        return given, None if found.is_enough else weak
    return strong_passphrase("the new store", "A passphrase for the new store", own_words), None


def strong_passphrase(what: str, prompt: str, own_words: tuple[str, ...]) -> str:
    """A passphrase that a person types twice, asked for until it is strong enough."""
    while True:
        typed = _typed(what, prompt, twice=True)
        found = passphrases.strength(typed, own_words)
        if found.is_enough:
            return typed
        click.echo(f"{found.words}. {found.next_step}", err=True)


def present_secret(asked: Asked) -> str:
    """The passphrase or the recovery key of now, given by whoever asks: what the keyring remembers proves nothing
    of who sits there."""
    prompt = "The present passphrase, or the recovery key"
    return _given_beforehand(asked) or _typed("the store", prompt, twice=False)


def backup_passphrase(asked: Asked) -> str:
    """The passphrase, or the recovery key, that a backup was made under."""
    prompt = "The backup’s passphrase, or its recovery key"
    return _given_beforehand(asked) or _typed("the backup", prompt, twice=False)


def _given_beforehand(asked: Asked) -> str | None:
    return asked.world.take_passphrase() or first_line(asked.passphrase_file)


def _typed(what: str, prompt: str, *, twice: bool) -> str:
    if not is_terminal():
        raise WrongPassphrase(f"No passphrase was given for {what}.", _HOW_TO_GIVE)
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))
