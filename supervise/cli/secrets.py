"""What opens the store: a new passphrase, a new manager, and new keys after a suspected disclosure."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from supervise import beginning, passphrases
from supervise.cli import Asked, is_terminal
from supervise.cli.opening import first_line, present_secret, strong_passphrase, workspace
from supervise.cli.tables import say
from supervise.doing import new_keys
from supervise.errors import NotAllowed
from supervise.places import Places

if TYPE_CHECKING:
    from supervise.store import Unlocked
    from supervise.workspace import Workspace

_PATH = click.Path(path_type=Path)
_NEW = click.option("--new-passphrase-file", "new_file", type=_PATH, metavar="FILE",
                    help="Read the new passphrase from the first line of a file.")  # fmt: skip


@click.command()
@_NEW
@click.pass_obj
def passphrase(asked: Asked, new_file: Path | None) -> None:
    """Change the passphrase.

    The present passphrase or the recovery key is asked for, whichever you have. The recovery sheet stays as it
    is. If somebody may know the passphrase, this is not enough: “supervise new-keys” is.
    """
    places, secret, unlocked = _proved(asked)
    new = _new_passphrase(asked, places, new_file)
    passphrases.refuse_weak(new, (asked.world.me, places.store.stem))
    was_remembered = beginning.remembered(places) is not None
    with workspace(asked, unlocked) as here:
        here.store.change_passphrase(secret, new)
        here.store.access.note(here.me, new_keys.CHANGED_PASSPHRASE)
    say("The passphrase was changed. The recovery sheet still opens the store.")
    say("Note: backups made until now open with the passphrase they were made under.")
    if was_remembered and not beginning.remember(places, new) and not beginning.forget(places):
        say(f"Note: {new_keys.MAY_STILL_KNOW}")


def _to_give(command: Callable[..., None]) -> Callable[..., None]:
    """What both ways of giving new keys are asked with."""
    for option in (
        click.option("--keeper", metavar="NAME", help="Who keeps the new recovery sheet; asked for if not given."),
        click.option("-o", "--output", "sheet", type=_PATH, metavar="FILE.pdf",
                     help="Write the recovery sheet to a file, to be printed and deleted, instead of showing the key."),
        click.option("--remake/--leave", "remake", default=None,
                     help="Make the older backups anew under the new keys, or leave them; asked if not given."),
        _NEW,
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("hand-over")
@click.argument("manager", metavar="NAME")
@_to_give
@click.pass_obj
def hand_over(asked: Asked, /, manager: str, **how: Any) -> None:
    """Hand the store over to a new manager, NAME.

    It gets a new key, a new passphrase and a new recovery sheet; those of now open nothing from then on, but for
    backups made before, which are listed. Let the new manager type the passphrase.
    """
    _give(asked, new_keys.check_manager(manager), **how)


@click.command("new-keys", short_help="Give new keys: somebody may know the secrets.")
@_to_give
@click.pass_obj
def new_keys_(asked: Asked, /, **how: Any) -> None:
    """New keys: somebody may know the passphrase or the recovery key.

    The same as a hand-over, for a manager who stays: what somebody may know opens nothing from then on, but for
    backups made before, which are listed.
    """
    _give(asked, None, **how)


def _proved(asked: Asked) -> tuple[Places, str, Unlocked]:
    """The store's files, the present secret, and what it opens: tried before anything more is asked."""
    from supervise.store import refuse_if_missing, unlock

    places = Places.of(asked.store)
    refuse_if_missing(places)
    new_keys.refuse_practice(is_practice=beginning.is_practice(places))
    secret = present_secret(asked)
    return places, secret, unlock(places, secret)


def _new_passphrase(asked: Asked, places: Places, new_file: Path | None) -> str:
    own_words = (asked.world.me, places.store.stem)
    return first_line(new_file) or strong_passphrase(
        "the store from now on", "The new passphrase", own_words
    )


def _give(
    asked: Asked,
    manager: str | None,
    *,
    keeper: str | None,
    sheet: Path | None,
    remake: bool | None,
    new_file: Path | None,
) -> None:
    from supervise.store import new_recovery_key

    places, secret, unlocked = _proved(asked)
    keeper = keeper or _asked_for_keeper()
    wanted = new_keys.Wanted(
        secret=secret, passphrase=_new_passphrase(asked, places, new_file), keeper=keeper, manager=manager,
        recovery_key=new_recovery_key(),
    )  # fmt: skip
    new = new_keys.prepare(places, wanted, (asked.world.me, places.store.stem))
    with workspace(asked, unlocked) as here:
        _hand_out(asked, places, wanted, sheet)
        given = _run(new_keys.giving(here.here, wanted, new))
        say(f"{wanted.label}. The store opens with the new passphrase and the new recovery sheet only.")
        if given.backed:
            say(f"Backed up under the new keys, to {given.backed.path}.")
        for trouble in filter(None, [given.trouble, given.backed and given.backed.trouble]):
            say(f"Note: {trouble}")
        _older_backups(asked, here, new.former, remake)


def _asked_for_keeper() -> str:
    if not is_terminal():
        raise NotAllowed("Nobody was named to keep the new recovery sheet.", "Name them with --keeper.")
    return str(click.prompt("Who keeps the new recovery sheet", err=True))


def _hand_out(asked: Asked, places: Places, wanted: new_keys.Wanted, sheet: Path | None) -> None:
    """The new recovery key, on paper before it is needed: nothing has been changed until it is."""
    if sheet is not None:
        from supervise.reports.page import Printed
        from supervise.reports.recovery_sheet import recovery_sheet
        from supervise.whole_files import fresh_file

        printed = Printed(at=asked.world.now(), by=asked.world.me, chain_head="")
        with fresh_file(sheet) as out:
            out.write(recovery_sheet(wanted.recovery_key, str(places.store), wanted.keeper, printed))
        say(f"Wrote the new recovery sheet to {sheet}. Print it now, and delete the file.")
    else:
        click.echo("The new recovery key is shown only now: write it on paper.")
        click.echo(f"\n    {wanted.recovery_key}\n")
    if is_terminal():
        _type_back(wanted.recovery_key)


def _type_back(recovery_key: str) -> None:
    parts = beginning.parts_to_type_back(recovery_key, random.SystemRandom())
    asks = f"Groups {parts[0]} and {parts[1]} of it, from the paper"
    while not beginning.typed_back(recovery_key, parts, str(click.prompt(asks, err=True))):
        click.echo("That is not what stands there. Look again.", err=True)


def _run(steps: Any) -> new_keys.Given:
    """All the steps; what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            given: new_keys.Given = ended.value
            return given


def _older_backups(
    asked: Asked, here: Workspace, former: tuple[bytes, ...], remake: bool | None
) -> None:
    """List those that the former secrets open, and make them anew if that is wanted."""
    from supervise.store.former import make_anew

    store = here.store
    found, _, note = new_keys.afterwards(
        store.places, None, new_keys.backup_folders(store), asked.world.now()
    )
    if note:
        say(f"Note: {note}")
    click.echo()
    say(new_keys.told_all(found))
    for each in found:
        say(new_keys.told(each), indent="  ")
    if not found:
        return
    if not (_wants_them_anew() if remake is None else remake):
        say("They were left as they are. Delete them by hand, once there are enough newer ones.")
        return
    for each, trouble in make_anew(store.places, found, former, store.key):
        say(f"{each.path.name}: {trouble or 'made anew.'}", indent="  ")


def _wants_them_anew() -> bool:
    """Whether a person says so. By now the keys have been changed: stopping here undoes nothing of that."""
    try:
        return is_terminal() and click.confirm(
            "Make them anew, so that they open with the new secrets only?", default=True, err=True
        )
    except click.Abort:
        click.echo(err=True)
        return False


COMMANDS = (passphrase, hand_over, new_keys_)
