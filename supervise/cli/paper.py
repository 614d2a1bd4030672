"""`supervise print`: a command for every paper there is, made from what the paper is asked with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.questions import DAY
from supervise.cli.tables import say
from supervise.doing.papers.listed import PAPERS
from supervise.doing.papers.paper import About, Paper

_OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "team": ("--team", {"metavar": "TEAM", "help": "The team; everybody if not given."}),
    "first": ("--from", {"type": DAY, "metavar": "DAY", "help": "First day of the period."}),
    "last": ("--to", {"type": DAY, "metavar": "DAY", "help": "Last day of the period."}),
    "clock": ("--clock", {"metavar": "NAME", "help": "The clock to go by, such as one_to_one."}),
    "as_at": ("--as-at", {"type": DAY, "metavar": "DAY", "help": "The day to tell it for; today if not given."}),
    "parts": (
        "--part",
        {
            "type": click.Choice(["both", "personal", "case"]),
            "default": "both",
            "help": "Which part of the record.",
        },
    ),
    "kinds": (
        "--no-kinds",
        {"flag_value": False, "default": True, "help": "Say only “away”, for other eyes than theirs."},
    ),
    "whom": ("--for", {"metavar": "NAME", "help": "Who takes over."}),
    "on": ("--on", {"type": DAY, "metavar": "DAY", "help": "The day that it is about."}),
    "review": ("--review", {"type": DAY, "metavar": "DAY", "help": "The day it is reviewed."}),
    "policy": ("--policy", {"metavar": "ID", "help": "The policy; the one in force if not given."}),
    "sample": ("--sample", {"type": click.IntRange(0), "metavar": "N", "help": "How many records to draw."}),
    "seed": ("--seed", {"type": int, "metavar": "N", "help": "The number to draw them by, to draw the same again."}),
}  # fmt: skip
"""How a terminal asks for each field of `About`, unless it says it as a plain word."""

_PLAIN = ("session", "person", "team")
"""What is said as a plain word: what a paper is of, if it cannot be told without it, and a person always."""


@click.group("print")
def print_() -> None:
    """Write a paper as PDF, or its tables as a workbook."""


def _print(paper: Paper, to: Path, **asked_with: Any) -> None:
    """Write one paper, all of it or nothing."""
    asked = click.get_current_context().find_object(Asked)
    assert asked is not None, "every command is asked for"
    with workspace(asked) as here:
        for _ in here.press.save(paper, About(**asked_with), to, at=asked.world.now()):
            pass
    say(f"Wrote {to}. It is not encrypted: keep it where only those who may read it can.")


def _asked_with(paper: Paper) -> list[click.Parameter]:
    made: list[click.Parameter] = []
    for name in (*paper.needs, *paper.may):
        is_needed = name in paper.needs
        if name in _PLAIN and (is_needed or name == "person"):
            metavar = name.upper() if name == "team" else f"{name.upper()}_ID"
            made.append(click.Argument([name], required=is_needed, metavar=metavar))
        else:
            option, about = _OPTIONS[name]
            made.append(click.Option([option, name], required=is_needed, **about))
    names = "FILE.pdf|FILE.xlsx" if paper.has_tables else "FILE.pdf"
    to = click.Option(
        ["-o", "--output", "to"], type=click.Path(path_type=Path), required=True, metavar=names
    )
    return [*made, to]


for _paper in PAPERS:
    print_.add_command(
        click.Command(
            _paper.name,
            callback=partial(_print, _paper),
            params=_asked_with(_paper),
            help=f"{_paper.title}: {_paper.what}.",
            short_help=f"{_paper.title}.",
        )
    )

COMMANDS = (print_,)
"""Papers that a terminal can ask for."""
