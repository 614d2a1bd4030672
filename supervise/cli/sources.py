"""Commands of a service store: its sources, and what is said of an export that is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace
from supervise.cli.questions import DAY
from supervise.cli.tables import say

if TYPE_CHECKING:
    from supervise.exchange.sources import About, Source
    from supervise.workdays import Day

_SHOWN = 20


def about_exports(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an import that only a service store asks for."""
    for option in (
        click.option("--source", metavar="NAME", help="Service store: the source it is a newer export of, or “new”."),
        click.option("--same", multiple=True, metavar="ID=ID", help="Service store: who in the file is whom here."),
        click.option("--as-at", type=DAY, metavar="DAY", help="Service store: the day of the export."),
    ):  # fmt: skip
        command = option(command)
    return command


def said_about(as_at: int | None, same: tuple[str, ...], source: str | None) -> About:
    """What those options say."""
    from supervise.exchange.sources import About

    return About(as_at, same, source)


@click.group(
    invoke_without_command=True, short_help="The exports gathered in a service store, and their age."
)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.pass_context
def sources(context: click.Context, form: str) -> None:
    """The exports that a service store has gathered, and their age."""
    from supervise.cli.tables import as_csv, as_json

    if context.invoked_subcommand is not None:
        return
    with workspace(context.obj) as here:
        found, today = here.sources(), here.today()
    rows = [_row(source, today) for source in found]
    if form == "json":
        click.echo(as_json({"sources": rows}))
    elif form == "csv":
        click.echo(as_csv([_flat(row) for row in rows]))
    else:
        _show(found, today)


def _row(source: Source, today: Day) -> dict[str, Any]:
    from supervise.workdays import iso

    return {
        "source_id": source.id, "name": source.name, "teams": list(source.teams),
        "people": len(source.held("person")), "sessions": len(source.held("session")),
        "as_at": iso(source.as_at), "as_at_is": source.known_by(), "age_days": source.age(today),
        "stale": source.is_stale(today), "taken_in_on": iso(source.taken_on),
        "overlaps": [{"source_id": id, "rows": rows} for id, (rows, _) in sorted(source.overlaps.items())],
    }  # fmt: skip


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The same on one line of CSV."""
    overlaps = "; ".join(f"{each['source_id']}: {each['rows']}" for each in row["overlaps"])
    return {**row, "teams": "; ".join(row["teams"]), "overlaps": overlaps}


def _show(found: Sequence[Source], today: Day) -> None:
    from supervise import wording
    from supervise.cli.tables import table
    from supervise.exchange.sources import in_words, overlapping

    if not found:
        say(*in_words(found, today))
        return
    rows = [
        (
            source.id, source.name, ", ".join(source.teams), _holds(source),
            f"{wording.day(source.as_at)}\n{source.known_by()}",
            f"{wording.days(source.age(today))} old" + ("\nstale" if source.is_stale(today) else ""),
            wording.day(source.taken_on),
        )
        for source in found
    ]  # fmt: skip
    heads = ("No.", "Source", "Teams", "Holds", "As at", "Age", "Taken in")
    click.echo(table(heads, rows, widths=(5, 11, 11, 11, 12, 6, 11)))
    told = overlapping(found)
    if told:
        click.echo("")
    for sentence in told[:_SHOWN]:
        say(sentence)
    if len(told) > _SHOWN:
        click.echo(f"And {len(told) - _SHOWN} more.")


def _holds(source: Source) -> str:
    from supervise.wording import counted

    people, sessions = len(source.held("person")), len(source.held("session"))
    return f"{counted(people, 'person', 'people')}\n{counted(sessions, 'session')}"


@sources.command()
@click.argument("name")
@click.pass_obj
def remove(asked: Asked, name: str) -> None:
    """Take a source out again: what no other source holds.

    NAME is its name or its number. It is one change, and can be undone.
    """
    with workspace(asked) as here:
        source, change = here.remove_source(name)
    say(f"Took out {source.name}. “supervise undo {change.number}” brings it back.")


COMMANDS = (sources,)
