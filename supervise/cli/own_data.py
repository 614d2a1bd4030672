"""Everything held about one person, as data: the paper of it is “supervise print own-data”."""

from __future__ import annotations

from pathlib import Path

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.tables import say


@click.command("own-data")
@click.argument("person", metavar="PERSON_ID")
@click.option(
    "-o", "--output", "to", type=click.Path(path_type=Path), required=True, metavar="FILE.json"
)
@click.pass_obj
def own_data(asked: Asked, person: str, to: Path) -> None:
    """Write everything held about one person, as JSON.

    For somebody who asks what is held about them. “supervise print own-data” writes the same as a paper, with what
    to look at before it is handed over; here that is under “to_look_at”.
    """
    from supervise.doing.papers.own_data import write_json

    with workspace(asked) as here:
        for _ in write_json(here.here, person, to):
            pass
    say(f"Wrote {to}. It is not encrypted: keep it where only those who may read it can.")


COMMANDS = (own_data,)
