"""`python -m torture`: trying to destroy what Supervise keeps, and a table of what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from torture.found import Found
from torture.parts import PARTS, run_part

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "reliability.md"
SEED = 20260331


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice([*PARTS]))
@click.option("--quick", is_flag=True, help="A small part of it, in about a minute.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Where chance begins.")
@click.option(
    "--processes", type=click.IntRange(1), default=2, show_default=True, help="How many at once."
)
def main(parts: Sequence[str], quick: bool, seed: int, processes: int) -> None:
    """Torture Supervise (PARTS: all, if none is named), in about a quarter of an hour.

    The table in docs/reliability.md is written again only by a full run of every part.
    """
    from bench.table import put_between_marks
    from torture.table import circumstances, told

    chosen = [name for name in PARTS if name in parts] or list(PARTS)
    found, failed = _run(chosen, seed, quick=quick, processes=processes)
    titled = {PARTS[name].title: each for name, each in found.items()}
    report = told(titled, failed, circumstances(datetime.now(), seed))
    click.echo(f"\n{report}\n")
    if len(found) == len(PARTS) and not quick:
        put_between_marks(DOCUMENT, report)
        click.echo(f"Written to {DOCUMENT.relative_to(ROOT)}.")
    if failed or any(each.lost or each.wrong for each in found.values()):
        sys.exit(1)


def _run(
    chosen: Sequence[str], seed: int, *, quick: bool, processes: int
) -> tuple[dict[str, Found], dict[str, str]]:
    """What each part found; and why parts that did not come to their end did not."""
    found: dict[str, Found] = {}
    failed: dict[str, str] = {}
    with (
        TemporaryDirectory(prefix="supervise-torture-", ignore_cleanup_errors=True) as folder,
        ProcessPoolExecutor(processes, get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        waiting: dict[str, Future[Found]] = {}
        for name in chosen:
            count = PARTS[name].quick if quick else PARTS[name].full
            waiting[name] = pool.submit(run_part, name, Path(folder) / name, count, seed)
        for name, each in waiting.items():
            if (error := each.exception()) is None:
                found[name] = each.result()
            else:
                failed[name] = f"{type(error).__name__}: {error}"[:500]
                click.echo(
                    f"{name} did not come to its end: {failed[name]}\n{error.__cause__ or ''}", err=True
                )
    return found, failed


if __name__ == "__main__":
    main(prog_name="python -m torture")
