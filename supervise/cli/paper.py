"""Commands that print. A further paper is a further line of `PAPERS`, here or in `people_papers`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from supervise.cli import Asked, people_papers
from supervise.cli.opening import workspace
from supervise.cli.papers import Paper, Steps
from supervise.cli.questions import DAY
from supervise.cli.tables import say

if TYPE_CHECKING:
    from supervise.workspace import Workspace


def _record(here: Workspace, asked: Asked, to: Path, session_id: str) -> Steps:
    return here.print_record(session_id, to, at=asked.world.now())


def _team(
    here: Workspace, asked: Asked, to: Path, team: str, first: int, last: int, clock: str | None,
    as_at: int | None,
) -> Steps:  # fmt: skip
    from supervise.doing.printing_compliance import PrintingCompliance

    printing = PrintingCompliance(here.here, practice=here.is_practice)
    return printing.save_team(team, first, last, to, at=asked.world.now(), clock=clock, as_at=as_at)


def _service(
    here: Workspace, asked: Asked, to: Path, first: int, last: int, clock: str | None, as_at: int | None
) -> Steps:
    from supervise.doing.printing_service import PrintingService

    printing = PrintingService(here.here, practice=here.is_practice)
    return printing.save_service(first, last, to, at=asked.world.now(), clock=clock, as_at=as_at)


def _period() -> tuple[click.Parameter, ...]:
    """What a paper about a period is asked with."""
    return (
        click.Option(["--from", "first"], type=DAY, metavar="DAY", required=True, help="First day of the period."),
        click.Option(["--to", "last"], type=DAY, metavar="DAY", required=True, help="Last day of the period."),
        click.Option(["--clock"], metavar="NAME", help="The clock to go by, such as one_to_one."),
        click.Option(["--as-at"], type=DAY, metavar="DAY", help="The day to tell it for; today if not given."),
    )  # fmt: skip


PAPERS = (
    Paper(
        "record",
        "The record of one supervision, ready to be signed.",
        (click.Argument(["session_id"]),),
        _record,
    ),
    Paper(
        "team",
        "A team’s compliance over a period, with every gap.",
        (click.Argument(["team"]), *_period()),
        _team,
    ),
    Paper(
        "service",
        "The service’s compliance, teams side by side.",
        _period(),
        _service,
    ),
    *people_papers.PAPERS,
)
"""Every paper there is."""


@click.group("print")
def print_() -> None:
    """Write a paper as PDF."""


def _print(paper: Paper, to: Path, **about: Any) -> None:
    """Write one paper, all of it or nothing."""
    asked = click.get_current_context().find_object(Asked)
    assert asked is not None, "every command is asked for"
    with workspace(asked) as here:
        for _ in paper.write(here, asked, to, **about):
            pass
    say(f"Wrote {to}. It is not encrypted: keep it where only those who may read it can.")


def _output() -> click.Parameter:
    return click.Option(
        ["-o", "--output", "to"], type=click.Path(path_type=Path), required=True, metavar="FILE.pdf"
    )


for _paper in PAPERS:
    print_.add_command(
        click.Command(
            _paper.name,
            callback=partial(_print, _paper),
            params=[*_paper.asks, _output()],
            help=_paper.about,
        )
    )

COMMANDS = (print_,)
