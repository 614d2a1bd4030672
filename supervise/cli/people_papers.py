"""Papers about people that a terminal can ask for: chronology, handover, forms to fill in, the cadence card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise.cli import Asked
from supervise.cli.papers import Paper, Steps
from supervise.cli.questions import DAY

if TYPE_CHECKING:
    from supervise.workspace import Workspace


def _worker(
    here: Workspace, asked: Asked, to: Path, person_id: str, first: int, last: int, no_kinds: bool
) -> Steps:
    from supervise.doing.printing_people import PeoplePapers
    from supervise.reports.worker import write_chronology

    told = PeoplePapers(here.here).chronology(person_id, first, last, kinds=not no_kinds)
    yield from write_chronology(told, to, here.printed(asked.world.now()))
    here.store.access.note(here.me, "printed", "person", person_id)


def _handover(here: Workspace, asked: Asked, to: Path, team: str | None, whom: str | None) -> Steps:
    from supervise.doing.printing_people import PeoplePapers
    from supervise.reports.handover import write_handover

    told = PeoplePapers(here.here).handover(team, to=whom)
    yield from write_handover(told, to, here.printed(asked.world.now()))
    here.store.access.note(here.me, "printed", "handover")


def _record_form(
    here: Workspace, asked: Asked, to: Path, person_id: str | None, team: str | None, on: int | None
) -> Steps:
    from supervise.doing.printing_people import PeoplePapers
    from supervise.reports.forms import write_record_form

    form = PeoplePapers(here.here).record_form(person_id, team, on)
    return write_record_form(form, to, here.printed(asked.world.now()))


def _agreement(
    here: Workspace, asked: Asked, to: Path, person_id: str | None, review: int | None
) -> Steps:
    from supervise.doing.printing_people import PeoplePapers
    from supervise.reports.forms import write_agreement

    form = PeoplePapers(here.here).agreement(person_id, review)
    return write_agreement(form, to, here.printed(asked.world.now()))


def _card(here: Workspace, asked: Asked, to: Path, policy: str | None, clock: str | None) -> Steps:
    from supervise.doing.printing_people import PeoplePapers
    from supervise.reports.cadence_card import write_card

    return write_card(PeoplePapers(here.here).card(policy, clock), to, here.printed(asked.world.now()))


def _whom() -> click.Parameter:
    return click.Argument(["person_id"], required=False)


PAPERS = (
    Paper(
        "worker",
        "Somebody’s chronology over a period.",
        (
            click.Argument(["person_id"]),
            click.Option(["--from", "first"], type=DAY, metavar="DAY", required=True, help="First day."),
            click.Option(["--to", "last"], type=DAY, metavar="DAY", required=True, help="Last day."),
            click.Option(
                ["--no-kinds"], is_flag=True, help="Say only “away”, for other eyes than theirs."
            ),
        ),
        _worker,
    ),
    Paper(
        "handover",
        "What a manager taking over should know.",
        (
            click.Option(["--team"], metavar="TEAM", help="The team; everybody if not given."),
            click.Option(["--for", "whom"], metavar="NAME", help="Who takes over."),
        ),
        _handover,
    ),
    Paper(
        "record-form",
        "A record to fill in by hand.",
        (
            _whom(),
            click.Option(["--team"], metavar="TEAM", help="Whose headings, if it is for nobody yet."),
            click.Option(["--on"], type=DAY, metavar="DAY", help="The day of the supervision."),
        ),
        _record_form,
    ),
    Paper(
        "agreement",
        "A supervision agreement to sign.",
        (_whom(), click.Option(["--review"], type=DAY, metavar="DAY", help="The day it is reviewed.")),
        _agreement,
    ),
    Paper(
        "card",
        "One page on what a policy asks for.",
        (
            click.Option(["--policy"], metavar="ID", help="The policy; the one in force if not given."),
            click.Option(["--clock"], metavar="NAME", help="The clock, such as one_to_one."),
        ),
        _card,
    ),
)
"""The papers about people."""
