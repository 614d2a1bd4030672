"""`python -m packing`: build the program, try it, measure it. `python -m packing licences`: the list of licences."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from packing.contents import ROOT


@click.group(invoke_without_command=True)
@click.option(
    "--to", type=click.Path(path_type=Path), default=ROOT / "dist", help="Where to; dist/ if not given."
)
@click.option(
    "--work", type=click.Path(path_type=Path), default=ROOT / "build", help="For what comes and goes."
)
@click.pass_context
def main(context: click.Context, to: Path, work: Path) -> None:
    """Make the program as one folder, try it where there is no Python, measure it, and list its parts."""
    if context.invoked_subcommand:
        return
    from packing.building import build, table
    from packing.trying import Refused

    try:
        lines = build(click.echo, dist=to.resolve(), work=work.resolve())
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"\n{table(lines)}\n\nIt is in {to}.")
    sys.exit(0 if all(line.kept for line in lines) else 1)


@main.command()
def licences() -> None:
    """Write the table of docs/licences.md again."""
    from packing import licences as made

    made.write()


if __name__ == "__main__":
    main(prog_name="python -m packing")
