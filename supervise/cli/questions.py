"""Commands that ask: status, gaps, measures, explain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace

Command = Callable[..., Any]


class DayParam(click.ParamType[int]):
    """A day written yyyy-mm-dd."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        """The day a word on the command line names, or a complaint in plain words."""
        if isinstance(value, int):
            return value
        try:
            found = datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"“{value}” is not a date written like 2017-03-14.", param, context)
        if not date(1900, 1, 1) <= found < date(2199, 1, 1):
            self.fail(f"The year of “{value}” cannot be right.", param, context)
        return found.toordinal()


DAY = DayParam()


def asking(command: Command) -> Command:
    """The options that every question has."""
    for option in (
        click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table"),
        click.option("--clock", metavar="NAME", help="The clock to go by, such as one_to_one."),
        click.option(
            "--as-at", type=DAY, metavar="DAY", help="The day to tell it for; today if not given."
        ),
    ):
        command = option(command)
    return command


def knowing(command: Command) -> Command:
    """The options of questions about people."""
    for option in (
        click.option("--team", metavar="TEAM", help="Only this team."),
        click.option("--known-at", type=DAY, metavar="DAY", help="Only what had been recorded by then."),
    ):
        command = option(command)
    return command


@click.command(short_help="Where everyone stands: due, late, or in a gap.")
@asking
@knowing
@click.pass_obj
def status(
    asked: Asked, form: str, clock: str | None, as_at: int | None, team: str | None, known_at: int | None
) -> None:
    """Where everyone stands: what is due, what is late, who has a gap."""
    from supervise.answers import Said
    from supervise.cli import showing
    from supervise.cli.tables import as_csv, as_json

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        service, found = here.board(clockwork, known_at, team)
        below = showing.where_from(here)
    answer = Said(clockwork, service, known_at).status(found)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv(answer["people"]))
    else:
        showing.show_board(clockwork, service, found)
        showing.show_lines(below)


@click.command()
@click.option(
    "--from", "first", type=DAY, metavar="DAY", help="Only gaps with a late day from this day on."
)
@click.option("--to", "last", type=DAY, metavar="DAY", help="Only gaps with a late day up to this day.")
@click.option("--entered-later", is_flag=True,
              help="Instead, the gaps that entries made over a week late have shortened or removed.")  # fmt: skip
@asking
@knowing
@click.pass_obj
def gaps(
    asked: Asked, first: int | None, last: int | None, entered_later: bool, form: str,
    clock: str | None, as_at: int | None, team: str | None, known_at: int | None,
) -> None:  # fmt: skip
    """Every gap: from when, until when, and how it ended."""
    from supervise.answers import Said
    from supervise.cli import showing
    from supervise.cli.tables import as_csv, as_json

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        below = showing.where_from(here)
        if entered_later:
            showing.show_entered_later(here, clockwork)
            showing.show_lines(below)
            return
        service, found = here.gaps(clockwork, known_at, team, first, last)
    answer = Said(clockwork, service, known_at).gaps(found)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv(answer["gaps"]))
    else:
        showing.show_gaps(clockwork, service, found)
        showing.show_lines(below)


@click.command()
@click.option("--from", "first", type=DAY, metavar="DAY", required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, metavar="DAY", required=True, help="Last day of the period.")
@click.option("--by", type=click.Choice(["team", "role", "basis", "supervisor"]), help="Group by group.")
@asking
@click.pass_obj
def measures(
    asked: Asked, first: int, last: int, by: str | None, form: str, clock: str | None, as_at: int | None
) -> None:
    """Days covered, clear months and more, over a period.

    Each share is given with what it is a share of.
    """
    from supervise.answers import Said
    from supervise.cli import showing
    from supervise.cli.tables import as_csv, as_json
    from supervise.doing.retention import removed_words

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        service, found = here.measures(clockwork, first, last, by)
        below = showing.where_from(here)
        removed = removed_words(here.store, None, first, min(last, clockwork.as_at))
    answer = Said(clockwork, service, None).measures(found, first, last)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv([showing.flat(group) for group in answer["groups"]]))
    else:
        for group in found:
            showing.show_measures(group, service)
        showing.show_lines([*filter(None, [removed]), *below])


@click.command()
@click.argument("subject", metavar="PERSON")
@click.option("--clock", metavar="NAME", help="The clock to go by, such as one_to_one.")
@click.option("--as-at", type=DAY, metavar="DAY", help="The day to tell it for; today if not given.")
@click.pass_obj
def explain(asked: Asked, subject: str, clock: str | None, as_at: int | None) -> None:
    """Why somebody stands where they do: dates, sums and source."""
    from supervise.cli.tables import say

    with workspace(asked) as here:
        told = here.explain(subject, here.clockwork(clock, as_at))
    for at, sentences in enumerate(told):
        if at == 1:
            click.echo("Gaps, the newest first:\n")
        if at and sentences[-1] == told[0][-1]:
            sentences = sentences[:-1]  # the same policy again
        say(" ".join(sentences))
        click.echo("")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.pass_obj
def find(asked: Asked, words: tuple[str, ...]) -> None:
    """Look for words in notes, sections, actions and reasons."""
    from supervise.cli import showing

    with workspace(asked) as here:
        showing.show_found(here.find(" ".join(words)))


COMMANDS = (status, gaps, measures, explain, find)
