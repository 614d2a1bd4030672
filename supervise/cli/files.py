"""Commands about files: import, export, policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise.cli import Asked, is_terminal, trackers
from supervise.cli.opening import workspace
from supervise.cli.sources import about_exports, said_about
from supervise.cli.tables import say
from supervise.errors import BadFile

if TYPE_CHECKING:
    from supervise.exchange.batch import Problem
    from supervise.exchange.plan import Difference, Plan
    from supervise.exchange.sources import About
    from supervise.workspace import Workspace

_PATH = click.Path(path_type=Path)
_SHOWN = 20
_LONG = 60


@click.command("import")
@click.argument("path", type=_PATH)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--mapping", type=_PATH, metavar="FILE", help="For a tracker: a file of answers.")
@click.option("--save-mapping", type=_PATH, metavar="FILE", help="Write what can be answered to a file.")
@click.option("--skip-bad-rows", is_flag=True, help="Take the good rows and list the others in a file.")
@click.option("--yes", is_flag=True, help="Take what is listed without asking.")
@about_exports
@click.pass_obj
def import_(
    asked: Asked, path: Path, dry_run: bool, mapping: Path | None, save_mapping: Path | None,
    skip_bad_rows: bool, yes: bool, as_at: int | None, same: tuple[str, ...], source: str | None,
) -> None:  # fmt: skip
    """Take in a tracker or an export: all of it, or nothing.

    A tracker is any spreadsheet with people and the dates of their supervision: a row for each session,
    a column for each month, or a list of last supervisions. How each cell was read is listed first,
    with what is in doubt; --save-mapping writes a file in which you can correct it, and --mapping reads
    that file.

    An export is a folder or workbook of Supervise: people.csv, posts.csv, sessions.csv and so on.
    The whole import is one change that can be undone.
    """
    from supervise.exchange.sheets import is_folder

    is_folder(path)  # before anybody is asked for a passphrase
    with workspace(asked) as here:
        asks = not yes and is_terminal()
        plan = _planned(here, path, said_about(as_at, same, source), mapping, asks=asks)
        _show(plan)
        if save_mapping is not None and plan.tracker is not None:
            trackers.save_answers(save_mapping, plan.tracker)
        if plan.problems and not skip_bad_rows:
            raise _refusal(plan)
        if dry_run or plan.does_nothing:
            click.echo(
                "Nothing was stored." if dry_run else "There is nothing new in it. Nothing was changed."
            )
            _report(plan, skip_bad_rows and not dry_run)
            return
        if asks and not click.confirm("Take this in?", default=False):
            raise click.Abort
        _report(plan, skip_bad_rows)
        change = here.carry_out(plan, skip_bad_rows=skip_bad_rows)
        click.echo(f"Done. “supervise undo {change.number}” takes it back.")


def _planned(here: Workspace, path: Path, about: About, mapping: Path | None, *, asks: bool) -> Plan:
    """The plan of an import; of a tracker with what is asked on the terminal, if it asks."""
    if mapping is None:
        plan = here.plan_import(path, about)
    else:
        from supervise.exchange.tracker.answers import read_answers

        plan = here.plan_import(path, about, read_answers(mapping))
    if asks and plan.tracker is not None:
        answered = trackers.ask(plan.tracker)
        if not answered.is_empty:
            plan = here.plan_import(path, about, plan.tracker.answers.joined(answered))
    return plan


def _refusal(plan: Plan) -> BadFile:
    """Why nothing was stored, with the one thing that is wrong, or how many there are."""
    if len(plan.problems) == 1:
        return BadFile(
            str(plan.problems[0]),
            "Nothing was stored. Correct it and try again, or use --skip-bad-rows to take the rest.",
        )
    return BadFile(
        f"{len(plan.problems):,} things in {plan.source} cannot be taken, so that nothing was stored.",
        "Correct them and try again, or use --skip-bad-rows to take the rest.",
    )


def _show(plan: Plan) -> None:
    from supervise import fields

    for sentence in plan.about:
        say(sentence)
    for kind in fields.KINDS:
        if plan.added.get(kind.name):
            click.echo(f"  {plan.added[kind.name]:>7}  new in {kind.sheet}")
    if plan.policies:
        click.echo(f"  {len(plan.policies):>7}  new in policies")
    if plan.unchanged:
        click.echo(f"  {plan.unchanged:>7}  known already, and the same")
    for what, lines in plan.told.items():
        _list(what, lines)
    if plan.tracker is not None:
        for what, lines in trackers.lists(plan.tracker):
            _list(what, lines)
    _list("changed to what the file says", [_said(each) for each in plan.changed])
    _list("kept as here", [f"{_said(each)} ({each.kept})" for each in plan.kept])
    _list("to look at", plan.warnings)
    _list("left out", plan.notes)
    _list("that cannot be taken", [str(problem) for problem in plan.problems])


def _said(each: Difference) -> str:
    if not each.id:
        return f"{each.place}: {_short(each.given)} is not here"
    return f"{each.place}: {_short(each.stored)} here, {_short(each.given)} in the file"


def _short(value: object) -> str:
    """A value on one line; the beginning of a long text."""
    from supervise.exchange.cells import text_of

    words = " ".join(text_of(value).split())
    return "nothing" if value is None else f"“{words if len(words) <= _LONG else words[:_LONG] + '…'}”"


def _list(what: str, lines: Sequence[str]) -> None:
    """A count and its lines; a long list is shortened on screen only, and says so."""
    if lines:
        click.echo(f"  {len(lines):>7}  {what}:")
        for line in lines[:_SHOWN]:
            say(line, " " * 11)
        if len(lines) > _SHOWN:
            click.echo(f"           and {len(lines) - _SHOWN} more.")


def _report(plan: Plan, wanted: bool) -> None:
    """The file that lists the rows that were not taken."""
    if not wanted or not plan.problems:
        return
    from supervise.exchange.writing import write_bytes

    path = Path(f"{Path(plan.source).stem}-not-taken.csv")
    write_bytes(path, _as_csv(plan.problems).encode("utf-8-sig"))
    click.echo(f"What was not taken is listed in {path}.")


def _as_csv(problems: list[Problem]) -> str:
    from supervise.cli.tables import as_csv

    rows = [
        {
            "file": each.place.file,
            "line": each.place.line or "",
            "column": each.place.column,
            "reason": each.reason,
        }
        for each in problems
    ]
    return as_csv(rows) + "\n"


@click.command()
@click.argument("path", type=_PATH)
@click.pass_obj
def export(asked: Asked, path: Path) -> None:
    """Write everything to a folder or workbook, not encrypted.

    PATH is a new folder, or the name of a workbook if it ends in .xlsx.
    """
    with workspace(asked) as here:
        here.export(path)
    say(f"Exported to {path}. It is not encrypted: keep it where only those who may read it can.")


@click.group()
def policy() -> None:
    """Check, add and list policies."""


@policy.command("check")
@click.argument("files", nargs=-1, required=True, type=_PATH)
def policy_check(files: tuple[Path, ...]) -> None:
    """Read policy files and say whether they can be used. Nothing is stored."""
    from supervise.policies import Rulebook
    from supervise.policy_files import read_policy_file

    read = [read_policy_file(path) for path in files]
    for each in read:
        clocks = ", ".join(f"{clock.name} (per {clock.per})" for clock in each.clocks)
        say(f"{each.id}: {each.title}. Clocks: {clocks}.")
    Rulebook(read)


@policy.command("add")
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.pass_obj
def policy_add(asked: Asked, files: tuple[Path, ...]) -> None:
    """Put policies into force, each from its own effective date."""
    from supervise.policy_files import read_policy_file

    read = [read_policy_file(path) for path in files]
    with workspace(asked) as here:
        for warning in here.add_policies(read):
            say(f"Note: {warning}")
    click.echo(f"Added {', '.join(each.title for each in read)}.")


@policy.command("list")
@click.option("--presets", is_flag=True, help="Instead, those that come with the program.")
@click.pass_obj
def policy_list(asked: Asked, presets: bool) -> None:
    """The policies in the store, each with its first day."""
    from supervise import wording
    from supervise.cli.tables import table
    from supervise.places import resource
    from supervise.policy_files import read_policy_file

    if presets:
        found = [read_policy_file(path) for path in sorted(resource("policies").glob("*.toml"))]
    else:
        with workspace(asked) as here:
            found = here.policies()
    rows = [
        (
            each.id,
            "always" if each.effective_from is None else wording.day(each.effective_from),
            each.title,
        )
        for each in found
    ]
    click.echo(table(("Id", "In force from", "Title"), rows, widths=(30, 13, 31)))
    if presets:
        click.echo(f"\nTheir files are in {resource('policies')}.")


COMMANDS = (import_, export, policy)
