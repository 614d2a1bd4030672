"""Commands about the store itself: new, practice, backup, restore, check, history, undo."""

from __future__ import annotations

import os
from pathlib import Path

import click

from supervise import beginning
from supervise.cli import Asked, is_terminal
from supervise.cli.opening import backup_passphrase, new_passphrase, workspace
from supervise.cli.tables import say
from supervise.errors import FileTrouble, LaterChanges, StoreIsDamaged
from supervise.places import Places, resource

_PROGRAM = "the command line"
_PATH = click.Path(path_type=Path)


@click.command()
@click.option("--policy", "policies", type=_PATH, multiple=True, metavar="FILE",
              help="A policy to start with; may be given more than once.")  # fmt: skip
@click.option("--service", is_flag=True, help="A service store, which gathers the teams’ exports.")
@click.pass_obj
def new(asked: Asked, policies: tuple[Path, ...], service: bool) -> None:
    """Make a new, encrypted store.

    It starts with the employer standards of 2020 and our own defaults, named as ours, or with the policies
    given and no other. The recovery key is shown once: write it down, and let somebody else keep it.
    """
    from supervise.policies import Rulebook
    from supervise.policy_files import read_policy_file
    from supervise.synchronised import refuse_synchronised

    files = policies or [resource("policies", beginning.DEFAULT_POLICY)]
    chosen = [read_policy_file(path) for path in files]
    Rulebook(chosen)
    places, world = Places.of(asked.store), asked.world
    beginning.refuse_existing(places)
    refuse_synchronised(places.store, Path.home(), os.environ)
    passphrase, remark = new_passphrase(asked, (world.me, places.store.stem))
    begun = beginning.make_store(
        places, passphrase, chosen, now=world.now, me=world.me, program=_PROGRAM, service=service
    )
    begun.store.close()
    say(f"Made {places.store}, with the policy {' and '.join(policy.title for policy in chosen)}.")
    click.echo("\nThe recovery key opens the store if the passphrase is lost. It is shown only now:")
    click.echo(f"write it on paper, and let somebody you trust keep it.\n\n    {begun.recovery_key}\n")
    if service:
        say("It is a service store: “supervise import” takes each team’s export in.")
    for note in [*begun.notes, *filter(None, [remark])]:
        say(f"Note: {note}")


@click.command()
@click.pass_obj
def practice(asked: Asked) -> None:
    """Make a practice store: a made-up service to look around in.

    It is apart from real data, and its dates follow today.
    """
    places = Places(asked.store) if asked.store else Places.for_practice()
    world = asked.world
    with beginning.make_practice(places, now=world.now, me=world.me, program=_PROGRAM) as store:
        people = sum(1 for _ in store.rows("person"))
    click.echo(f"Made {places.store}: {people} made-up people. It needs no passphrase.")
    click.echo(f"Look around with: supervise --store {places.store} status")


@click.command()
@click.pass_obj
def backup(asked: Asked) -> None:
    """Write an encrypted backup beside the store, and try it.

    It is opened and read again, to be sure of it.
    """
    with workspace(asked) as here:
        backed = beginning.back_up(here.store)
    say(f"Backed up to {backed.path}. It was opened again, and is whole.")
    if backed.elsewhere:
        say(f"A copy is in {backed.elsewhere.parent}.")
    if backed.trouble:
        say(f"Note: {backed.trouble}")


@click.command()
@click.argument("path", type=_PATH, required=False)
@click.option("--yes", is_flag=True, help="Restore without asking.")
@click.pass_obj
def restore(asked: Asked, path: Path | None, yes: bool) -> None:
    """Put a backup in the store's place, or list the backups.

    Without PATH the backups beside the store are listed, the newest first, and the stores that restoring kept.
    First it is told what differs between the backup and the store of now. That is kept beside it under
    another name, so that nothing is lost by restoring: restore what was kept to take it back.
    """
    places = Places.of(asked.store)
    if path is None:
        _list_backups(places)
        return
    if not path.exists():
        raise FileTrouble(f"There is no backup at {path}.", "“supervise restore” lists those there are.")
    secret = backup_passphrase(asked)
    if places.store.exists():
        _show_what_differs(places, path, secret)
    if (
        not yes
        and is_terminal()
        and not click.confirm(f"Put {path.name} in the place of {places.store.name}?")
    ):
        raise click.Abort
    kept = beginning.restore(places, path, secret, asked.world.now())
    click.echo(f"Restored {path.name}.")
    if kept:
        click.echo(f"The store as it was is kept as {kept}.")
        click.echo(f"To take this back: supervise --store {places.store} restore {kept}")


def _list_backups(places: Places) -> None:
    """A path on each line."""
    from supervise.store import aside, backups

    known, kept = backups.list_backups(places), aside.list_put_aside(places)
    for each in known:
        click.echo(str(each))
    if not known:
        click.echo("There are no backups beside this store yet.")
    if kept:
        click.echo("Kept when another was put in its place:")
    for each in kept:
        click.echo(str(each))


def _show_what_differs(places: Places, path: Path, secret: str) -> None:
    """In words and, newest first, the changes that would go and those that would come."""
    from supervise import wording
    from supervise.cli.tables import table
    from supervise.store import looking_back

    own = (
        beginning.PRACTICE_PASSPHRASE if beginning.is_practice(places) else beginning.remembered(places)
    )
    found = looking_back.differs(places, path, secret, *filter(None, [own]))
    if found.made:
        say(f"{path.name} was made on {wording.moment(found.made.astimezone())}.")
    for words in looking_back.differs_words(found):
        say(words)
    for title, beyond in (("No longer there", found.leaves), ("Would come", found.comes)):
        if beyond.count:
            rows = [(wording.day(line.day), line.by, line.label) for line in beyond.newest]
            click.echo("\n" + table(("Day", "By", title), rows, widths=(11, 20, 45)))
        if more := beyond.count - len(beyond.newest):
            click.echo(f"and {more:,} more, which are older")
    click.echo()


@click.command()
@click.option("--against", metavar="CODE", help="The history code printed on an earlier paper.")
@click.pass_obj
def check(asked: Asked, against: str | None) -> None:
    """Verify the store, its history and its backups."""
    from supervise.store.check import check as look

    with workspace(asked) as here:
        findings = list(look(here.store, against))
    for finding in findings:
        click.echo(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.words}")
    if not all(finding.ok for finding in findings):
        typed = "Try the code again if it may be mistyped; otherwise restore" if against else "Restore"
        raise StoreIsDamaged(
            "The check found a problem, told above.",
            f"{typed} the newest good backup with “supervise restore”.",
        )


@click.command()
@click.option(
    "--most", type=click.IntRange(1), default=30, show_default=True, help="How many lines to show."
)
@click.pass_obj
def history(asked: Asked, most: int) -> None:
    """What was changed, by whom and when, newest first."""
    from supervise import wording
    from supervise.cli.tables import table

    with workspace(asked) as here:
        lines = here.history(most)
    rows = [
        (
            line.number,
            wording.day(line.day),
            line.by,
            line.label + (" (undone)" if line.undone_by else ""),
        )
        for line in lines
    ]
    click.echo(table(("No.", "Day", "By", "What"), rows, widths=(6, 11, 16, 41)))


@click.command()
@click.argument("number", type=int)
@click.option("--with-later", is_flag=True, help="Undo the later changes that stand in the way, too.")
@click.pass_obj
def undo(asked: Asked, number: int, with_later: bool) -> None:
    """Undo one change of the history.

    That can be done if what it changed is still as it left it. “supervise history” lists the numbers.
    """
    with workspace(asked) as here:
        try:
            change = here.undo_change(number, with_later=with_later)
        except LaterChanges as error:
            for later, label in error.changes:
                click.echo(f"  {later}  {label}", err=True)
            raise
    say(f"Undone: {change.label.removeprefix('Undo ')}.")


COMMANDS = (new, practice, backup, restore, check, history, undo)
