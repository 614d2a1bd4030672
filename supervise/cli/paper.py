"""Commands that print: so far, one supervision record."""

from __future__ import annotations

from pathlib import Path

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.tables import say


@click.group("print")
def print_() -> None:
    """Write a paper as PDF."""


@print_.command("record")
@click.argument("session_id")
@click.option("-o", "--output", "to", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf")
@click.pass_obj
def print_record(asked: Asked, session_id: str, to: Path) -> None:
    """The record of one supervision, ready to be signed."""
    with workspace(asked) as here:
        for _ in here.print_record(session_id, to, at=asked.world.now()):
            pass
    say(f"Wrote {to}. It is not encrypted: keep it where only those who may read it can.")


COMMANDS = (print_,)
