"""The parts of the torture, and how often each tries."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from torture.found import Found


class Part(NamedTuple):
    """A part: its title, and how often it is tried, in full and quickly."""

    title: str
    full: int
    quick: int


PARTS = {
    "kills": Part("Killed at random moments of real work", 1_040, 24),
    "screens": Part("Hostile words on the screen", 10_000, 100),
    "damage": Part("Files damaged", 2_000, 60),
    "machine": Part("Machines that let one down", 60, 6),
    "imports": Part("Files brought in", 10_000, 200),
    "strings": Part("Hostile words", 10_000, 100),
    "secrecy": Part("A day’s words, looked for in the clear", 3, 1),
    "schemas": Part("Stores of every schema", 5, 1),
}


def run_part(part: str, folder: Path, count: int, seed: int) -> Found:
    """Run one part in this process."""
    folder.mkdir(parents=True, exist_ok=True)
    found: Found = import_module(f"torture.{part}").run(folder, count, seed, click.echo)
    return found
