"""`supervise papers`: what every paper carries."""

from __future__ import annotations

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.tables import say


@click.command(short_help="The marking and the service’s name on papers.")
@click.option("--marking", metavar="TEXT", help="How papers are to be handled, at their head.")
@click.option("--service", metavar="TEXT", help="The name of the service; “” for none.")
@click.pass_obj
def papers(asked: Asked, marking: str | None, service: str | None) -> None:
    """The protective marking and the service’s name on every paper: shown, or changed."""
    from supervise.doing.papers.carried import carried, choose

    with workspace(asked) as here:
        choose(here.here, marking, service)
        its = carried(here.here)
    say(f"Marking: {its.marking}")
    say(f"Service: {its.service or '(none)'}")


COMMANDS = (papers,)
