"""How long records are kept, holds on them, and deleting for good what is due: from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise import beginning, wording
from supervise.cli import Asked, is_terminal
from supervise.cli.opening import first_line, present_secret, workspace
from supervise.cli.tables import say, table
from supervise.errors import NotAllowed, SuperviseError
from supervise.places import Places

if TYPE_CHECKING:
    from supervise.doing.retention import Retention
    from supervise.workspace import Workspace

_PATH = click.Path(path_type=Path)
_RECOVERY = click.option(
    "--recovery-key-file", "recovery_file", type=_PATH, metavar="FILE",
    help="Read the recovery key of the sheet from the first line of a file.",
)  # fmt: skip
_ONE_STEP = (
    "One step is left: the store needs a new key, so that what was deleted opens nowhere any more. "
    "“supervise retention new-key” gives it one; passphrase and recovery sheet stay as they are."
)


def _retention(here: Workspace) -> Retention:
    from supervise.doing.retention import Retention

    return Retention(here.here, practice=here.is_practice)


@click.group(invoke_without_command=True)
@click.option("--years", type=int, metavar="N", help="Keep records for N years after somebody has left.")
@click.option("--undecided", is_flag=True, help="No period: nothing is ever due.")
@click.pass_context
def retention(context: click.Context, years: int | None, undecided: bool) -> None:
    """How long records are kept, and what may be deleted.

    Nothing is deleted by itself: only by “supervise retention delete”, person by person, when the years are over
    and there is no legal hold (“supervise hold”).
    """
    if context.invoked_subcommand is not None:
        return
    asked = context.find_object(Asked)
    assert asked is not None, "every command is asked for"
    if undecided and years is not None:
        raise click.UsageError("Say --years or --undecided, not both.", context)
    with workspace(asked) as here:
        work = _retention(here)
        if undecided or years is not None:
            work.set_years(None if undecided else years)
        _tell(work)


def _tell(work: Retention) -> None:
    from supervise.doing.retention import WHY_NO_PERIOD

    years = work.years()
    if years is None:
        say(f"It is not decided how long records are kept. {WHY_NO_PERIOD}")
    else:
        say(f"Records are kept for {wording.counted(years, 'year')} after somebody has left.")
    due = [each for each in work.leavers() if work.is_due(each)]
    people = wording.counted(len(due), "person", "people")
    if years is not None:
        say(f"Due today: the records of {people}. “supervise retention list” names them." if due
            else "Nobody’s records are due.")  # fmt: skip
    if without := work.without_leaving_date():
        say(f"In no post any more and without a leaving date, so that the years never begin: "
            f"{wording.joined(without)}.")  # fmt: skip
    _tell_left(work)


def _tell_left(work: Retention) -> None:
    left = work.left_to_do()
    if left.new_key and not work.is_practice:
        say(_ONE_STEP)
    if found := work.copies():
        say(f"{wording.counted(len(found), 'copy', 'copies')} made before the last deletion still hold what was "
            "deleted. “supervise retention copies” names them.")  # fmt: skip


@retention.command("list", short_help="Everybody who has left, and when they are due.")
@click.pass_obj
def list_(asked: Asked) -> None:
    """Everybody who has left: when their records are due, and what holds them."""
    with workspace(asked) as here:
        work = _retention(here)
        found = [(each, work.takes(each.id)) for each in work.leavers()]
    rows = []
    for each, takes in found:
        due = "not decided" if each.due_on is None else wording.day(each.due_on)
        due = f"hold since {wording.day(each.hold.since)}" if each.hold else due
        rows.append((each.id, each.name, wording.day(each.left_on), due, takes))
    if not rows:
        say("Nobody who has left is recorded here.")
        return
    click.echo(
        table(("Id", "Name", "Left on", "Due on", "What there is"), rows, widths=(12, 16, 11, 11, 22))
    )


@retention.command()
@click.argument("person", metavar="PERSON_ID")
@click.option("--name", metavar="NAME", help="Their name, instead of typing it when asked.")
@_RECOVERY
@click.pass_obj
def delete(asked: Asked, person: str, name: str | None, recovery_file: Path | None) -> None:
    """Delete somebody's records for good.

    They must be due. Their name is asked for, and the recovery key of the sheet: the store gets a new key, which
    the same passphrase and the same sheet open. It cannot be undone.
    """
    places, secret = _proved(asked)
    with workspace(asked, secret) as here:
        work = _retention(here)
        looked = work.look(person)
        say(f"{looked.leaver.name} left on {wording.day(looked.leaver.left_on)}. This takes {looked.takes}, "
            "with their whole history.")  # fmt: skip
        if looked.drafts:
            say(f"It takes {wording.counted(looked.drafts, 'unfinished record')} too.")
        for sentence in filter(None, (looked.leaves, looked.mentioned)):
            say(sentence)
        work.delete(person, name if name is not None else _typed_name(looked.leaver.name))
        say("Deleted for good.")
        if not work.is_practice:
            _give_key(work, places, secret, recovery_file)
        _tell_left(work)


def _typed_name(name: str) -> str:
    if not is_terminal():
        raise NotAllowed("Nobody typed the name of the person.", "Say it with --name.")
    return str(click.prompt(f"Type {name} to delete their records for good", err=True))


def _proved(asked: Asked) -> tuple[Places, str]:
    """The store's files, and the secret that opens it, given by whoever asks."""
    from supervise.store import refuse_if_missing

    places = Places.of(asked.store)
    refuse_if_missing(places)
    if beginning.is_practice(places):
        return places, beginning.PRACTICE_PASSPHRASE
    return places, present_secret(asked)


def _give_key(work: Retention, places: Places, passphrase: str, recovery_file: Path | None) -> None:
    """Gives the store its new key, if the recovery key is at hand; what was deleted stays so in any case."""
    from supervise.store.purge import prepare_key

    recovery_key = first_line(recovery_file)
    if recovery_key is None and is_terminal():
        prompt = "The recovery key on the sheet (Enter: later)"
        recovery_key = str(
            click.prompt(prompt, hide_input=True, default="", show_default=False, err=True)
        )
    if not recovery_key:
        return
    try:
        for _ in work.giving_key(prepare_key(places, passphrase, recovery_key)):
            pass
    except SuperviseError as error:
        say(f"Note: {error}")
        return
    say("The store has a new key. The same passphrase and the same sheet open it.")


@retention.command("new-key")
@_RECOVERY
@click.pass_obj
def new_key(asked: Asked, recovery_file: Path | None) -> None:
    """Give the store the new key that a deletion is waiting for.

    The passphrase and the recovery key of the sheet are asked for; both stay as they are.
    """
    places, secret = _proved(asked)
    with workspace(asked, secret) as here:
        work = _retention(here)
        if work.is_practice or not work.left_to_do().new_key:
            say("Nothing is waiting for a new key.")
            return
        _give_key(work, places, secret, recovery_file)
        if work.left_to_do().new_key:
            raise NotAllowed(
                "The store has no new key yet.", "Have the passphrase and the sheet at hand."
            )


@retention.command(short_help="Copies that still hold what was deleted.")
@click.option("--delete", "is_to_delete", is_flag=True, help="Delete them, after a new backup.")
@click.option("--yes", is_flag=True, help="Delete them without asking.")
@click.pass_obj
def copies(asked: Asked, is_to_delete: bool, yes: bool) -> None:
    """Copies that still hold what was deleted: backups, here and in the second place, and stores put aside."""
    with workspace(asked) as here:
        work = _retention(here)
        found = work.copies()
        if not found:
            say("No copy holds what was deleted.")
        for each in found:
            say(f"{each.path}: {work.copy_said(each)}")
        if work.second_place_is_away():
            say("The second place is away: there may be more in it.")
        if not is_to_delete or not found:
            return
        if (
            not yes
            and is_terminal()
            and not click.confirm(f"Delete {wording.counted(len(found), 'copy', 'copies')}?")
        ):
            raise click.Abort
        backed, kept = work.delete_copies()
        say(f"Backed up to {backed.path}. It was opened again, and is whole.")
        say(f"Deleted {wording.counted(len(found) - len(kept), 'copy', 'copies')}.")
        for path in kept:
            say(f"Note: {path} could not be deleted. Delete it by hand.")


@click.command()
@click.argument("person", metavar="PERSON_ID")
@click.option("--reason", metavar="TEXT", help="Who asked for it, and why.")
@click.option("--off", is_flag=True, help="Take the hold off.")
@click.pass_context
def hold(context: click.Context, person: str, reason: str | None, off: bool) -> None:
    """Put a legal hold on somebody's records, or take it off.

    While it is on, nobody deletes them, whatever their age.
    """
    asked = context.find_object(Asked)
    assert asked is not None, "every command is asked for"
    if off == (reason is not None):
        raise click.UsageError("Say --reason to put a hold on, or --off to take it off.", context)
    with workspace(asked) as here:
        work = _retention(here)
        change = work.lift(person) if reason is None else work.hold(person, reason)
    say(f"{change.label}.")


COMMANDS = (retention, hold)
