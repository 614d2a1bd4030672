"""What every paper is to a terminal: a word, what it is asked with, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

Steps = Iterator[tuple[int, int]]
"""Steps done, of how many."""


class Paper(NamedTuple):
    """A paper: the word that asks for it, what it is, what it is asked with, and what writes it to a file."""

    name: str
    about: str
    asks: tuple[click.Parameter, ...]
    write: Callable[..., Steps]
