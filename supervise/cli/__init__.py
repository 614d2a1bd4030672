"""The same things as the window does, from a terminal (interchange, section 3).

`main` turns every error that is not the program's fault into one plain sentence and exit status 1. The
modules of this package declare the commands; what is slow to import is imported when a command runs.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from supervise import __version__
from supervise.errors import FileTrouble, SuperviseError


@dataclass(frozen=True, slots=True)
class World:
    """What only the composition root knows: the clock, the user, and the environment's words. `open_window`
    shows the window on a store (None: the person's own) and gives the exit status; it is None where there
    is no screen."""

    now: Callable[[], datetime]
    me: str
    take_passphrase: Callable[[], str | None]
    open_window: Callable[[Path | None], int] | None = None


@dataclass(slots=True)
class Asked:
    """What stands before the verb, and the world it is asked in."""

    world: World
    store: Path | None = None
    passphrase_file: Path | None = None


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store", "store", type=click.Path(path_type=Path), envvar="SUPERVISE_STORE", metavar="PATH",
    help="The store to use, instead of your own.",
)  # fmt: skip
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), metavar="FILE",
    help="Read the passphrase from the first line of a file.",
)  # fmt: skip
@click.option(
    "--debug", is_flag=True, expose_value=False, help="Show where in the program an error comes from."
)
@click.version_option(__version__, prog_name="supervise")
@click.pass_context
def commands(context: click.Context, store: Path | None, passphrase_file: Path | None) -> None:
    """How often each worker is supervised, where the gaps are, and why.

    Without a command it opens the window. Begin with “supervise practice” to look around a made-up
    service, or with “supervise new” for a store of your own. The passphrase is asked for; programs can give
    it in SUPERVISE_PASSPHRASE.
    """
    if store is not None and not (store := Path(os.path.abspath(store))).name:
        raise click.BadParameter(f"“{store}” cannot be a store.", context, param_hint="--store")
    context.obj = Asked(context.obj, store, passphrase_file)
    if context.invoked_subcommand is None:
        if context.obj.world.open_window is not None:
            context.exit(context.obj.world.open_window(store))
        click.echo(commands.get_help(context))
        click.echo("\nThere is no screen here for the window; these commands do its work.")


def main(world: World, arguments: list[str]) -> int:
    """Run one command. Exit status: 0 done, 1 refused or failed with a sentence, 2 wrong usage."""
    from supervise.cli import (
        files,
        own_data,
        paper,
        paper_settings,
        questions,
        retention,
        secrets,
        sources,
        storing,
        verifying,
    )  # fmt: skip

    _speak_utf8()
    for module in (
        storing, secrets, files, sources, questions, paper, paper_settings, verifying, retention, own_data,
    ):  # fmt: skip
        for command in module.COMMANDS:
            commands.add_command(command)
    try:
        # click gives back the status of a context that was told to exit, and what a command returns: nothing.
        status = commands.main(arguments, prog_name="supervise", obj=world, standalone_mode=False)
    except SuperviseError as error:
        return failed(error, arguments)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        what = error.filename or "A file"
        return failed(FileTrouble(f"{what} cannot be used ({error.strerror})."), arguments, error)
    except Exception as error:  # noqa: BLE001 - one of the three places that may: a bug, told without data
        return failed(_bug(error), arguments, error)
    return status if isinstance(status, int) else 0


def _speak_utf8() -> None:
    """Names and signs in any script can be written, also where Windows sends them to a file."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def failed(error: SuperviseError, arguments: list[str], bug: Exception | None = None) -> int:
    """Say what is the matter, with a traceback only if it was asked for."""
    if "--debug" in arguments:
        import traceback

        click.echo("".join(traceback.format_exception(bug or error)), err=True)
    click.echo(str(error), err=True)
    return 1


def _bug(error: Exception) -> SuperviseError:
    return SuperviseError(
        f"Something went wrong in the program itself ({type(error).__name__}); your records are as they were.",
        "Run the command again with --debug before it, and send what it shows to whoever looks after Supervise.",
    )


def is_terminal() -> bool:
    """Whether a person can answer."""
    return sys.stdin.isatty()
