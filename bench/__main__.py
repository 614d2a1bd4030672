"""`python -m bench`: the promises about speed and memory, measured side by side, as a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.measuring import ROOT, Size

DOCUMENT = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
FULL = Size(people=5_000, sessions=600_000, rounds=5)
QUICK = Size(people=500, sessions=60_000, rounds=FULL.rounds)


@click.command()
@click.option(
    "--people", type=click.IntRange(20), help=f"How many, managers among them; {FULL.people:,}."
)
@click.option("--sessions", type=click.IntRange(100), help=f"How many in all; {FULL.sessions:,}.")
@click.option("--rounds", type=click.IntRange(1), help=f"How often each is asked; {FULL.rounds}.")
@click.option(
    "--quick",
    is_flag=True,
    help=f"Only {QUICK.people:,} people and {QUICK.sessions:,} sessions; growth to 1,200 people.",
)
@click.option("--only", type=click.Choice(["growth"]), help="Only how time and memory grow.")
def main(
    people: int | None, sessions: int | None, rounds: int | None, quick: bool, only: str | None
) -> None:
    """Measure on a made-up service, and print a table of what is promised and what is so; then how time and
    memory grow from 12 to 50,000 people.

    The tables and the plot in docs/benchmarks.md are written again only by a run of the full size. Four
    gigabytes are needed where the system keeps temporary files (TMPDIR).
    """
    base = QUICK if quick else FULL
    size = Size(people or base.people, sessions or base.sessions, rounds or base.rounds)
    is_full = (size.people, size.sessions) == (FULL.people, FULL.sessions) and size.rounds >= FULL.rounds
    if only is None:
        measure_promises(size, is_full)
    measure_growth(is_full)
    if not is_full:
        click.echo(f"Not written to {DOCUMENT.relative_to(ROOT)}: this was not the full size.")


def measure_promises(size: Size, is_full: bool) -> None:
    """Print the table of promises, and write it if this is a full run."""
    # Late, for every process of a contestant imports this module: it should hold what it needs, no more.
    from bench.run import run
    from bench.table import put_between_marks

    with TemporaryDirectory(prefix="supervise-bench-") as folder:
        report = run(Path(folder), size, datetime.now(), click.echo)
    click.echo(f"\n{report.plain()}\n")
    if is_full:
        put_between_marks(DOCUMENT, report.markdown())
        click.echo(f"Written to {DOCUMENT.relative_to(ROOT)}.")


def measure_growth(is_full: bool) -> None:
    """Print how time and memory grow, as far as 50,000 people if this is a full run, which writes it too."""
    from bench import growth

    sizes = growth.FULL if is_full else growth.QUICK
    with TemporaryDirectory(prefix="supervise-bench-") as folder:
        grown = growth.measured(Path(folder), sizes, growth.ROUNDS, datetime.now(), click.echo)
    click.echo(f"\n{grown.plain()}\n")
    if is_full:
        grown.write(DOCUMENT, PICTURE)
        click.echo(f"Written to {DOCUMENT.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(prog_name="python -m bench")
