"""What every paper of a store carries: how it is to be handled, and whose it is."""

from __future__ import annotations

from typing import NamedTuple

from supervise.doing.here import Here
from supervise.doing.typed import one_line
from supervise.errors import BadQuestion

MARKING, SERVICE = "marking", "service name"
"""Under these names a store remembers how its papers are to be handled, and whose they are."""

MARKED = "OFFICIAL-SENSITIVE"
"""The marking of papers until somebody chooses another."""

LONGEST = 60
"""Characters of either: what stands beside the name of a paper on one line."""


class Carried(NamedTuple):
    """The protective marking at the head of papers, and the name of the service, if one was given."""

    marking: str
    service: str | None


def carried(here: Here) -> Carried:
    """What the papers of a store carry."""
    get = here.store.settings.get
    return Carried(get(MARKING) or MARKED, get(SERVICE) or None)


def choose(here: Here, marking: str | None = None, service: str | None = None) -> None:
    """Have papers carry another marking, or another name of the service ("" for none), from now on: both or, if
    one cannot be, neither. BadQuestion for no marking, and for what is too long."""
    chosen = {
        name: _fitting(typed, what)
        for name, typed, what in ((MARKING, marking, "marking"), (SERVICE, service, "service’s name"))
        if typed is not None
    }
    if chosen.get(MARKING) == "":
        raise BadQuestion("A paper needs a marking.", f"Write one, such as {MARKED}.")
    for name, said in chosen.items():
        here.store.settings.put(name, said)


def _fitting(typed: str, what: str) -> str:
    said = one_line(typed)
    if len(said) > LONGEST:
        raise BadQuestion(
            f"This {what} has {len(said):,} characters.",
            f"Write it in {LONGEST} or fewer: it stands on one line.",
        )
    return said
