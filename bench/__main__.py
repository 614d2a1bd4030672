"""`python -m bench`: the promises about speed and memory, measured side by side, as a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.measuring import ROOT, Size

DOCUMENT = ROOT / "docs" / "benchmarks.md"
FULL = Size(people=5_000, sessions=600_000, rounds=5)
QUICK = Size(people=500, sessions=60_000, rounds=FULL.rounds)


@click.command()
@click.option(
    "--people", type=click.IntRange(20), help=f"How many, managers among them; {FULL.people:,}."
)
@click.option("--sessions", type=click.IntRange(100), help=f"How many in all; {FULL.sessions:,}.")
@click.option("--rounds", type=click.IntRange(1), help=f"How often each is asked; {FULL.rounds}.")
@click.option(
    "--quick", is_flag=True, help=f"Only {QUICK.people:,} people and {QUICK.sessions:,} sessions."
)
def main(people: int | None, sessions: int | None, rounds: int | None, quick: bool) -> None:
    """Measure on a made-up service, and print a table of what is promised and what is so.

    The table in docs/benchmarks.md is written again only by a run of the full size. Two gigabytes are
    needed where the system keeps temporary files (TMPDIR).
    """
    # Late, for every process of a contestant imports this module: it should hold what it needs, no more.
    from bench.run import run
    from bench.table import put_between_marks

    base = QUICK if quick else FULL
    size = Size(people or base.people, sessions or base.sessions, rounds or base.rounds)
    with TemporaryDirectory(prefix="supervise-bench-") as folder:
        report = run(Path(folder), size, datetime.now(), click.echo)
    click.echo(f"\n{report.plain()}\n")
    if (size.people, size.sessions) == (FULL.people, FULL.sessions) and size.rounds >= FULL.rounds:
        put_between_marks(DOCUMENT, report.markdown())
        click.echo(f"Written to {DOCUMENT.relative_to(ROOT)}.")
    else:
        click.echo(f"Not written to {DOCUMENT.relative_to(ROOT)}: this was not the full size.")


if __name__ == "__main__":
    main(prog_name="python -m bench")
