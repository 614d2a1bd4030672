"""Which libraries of the build machine have to go along.

PyInstaller gathers whatever any file asks for, also for files that are left out afterwards. Here only what is
asked for by something that goes in stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Where a file goes, where it comes from, and what kind it is, as PyInstaller says it."""

Asks = Callable[[str], Iterable[tuple[str, str | None]]]
"""What a library asks for: names, and where they were found."""

OF_THE_DESKTOP = ("libcupsprintersupport",)
"""Plug-ins that only work where a desktop has brought what they ask for: printing needs the system's own CUPS,
and a copy of it from another machine would go stale."""


def without_unneeded(
    entries: Iterable[Entry], asks: Asks, is_ours: Callable[[str], bool]
) -> list[Entry]:
    """The entries without libraries of the system that nothing else in them asks for. `is_ours` says of a path
    whether the file is of Python or of an installed package, which all stay."""
    all_of_them = list(entries)
    of_the_system = {
        PurePath(place).name: (place, source, kind)
        for place, source, kind in all_of_them
        if kind == "BINARY" and not is_ours(source)
    }
    others = [each for each in all_of_them if each not in of_the_system.values()]
    roots = [
        source
        for place, source, kind in others
        if kind in ("BINARY", "EXTENSION") and not PurePath(place).name.startswith(OF_THE_DESKTOP)
    ]
    wanted = set(_asked_for(roots, asks, of_the_system))
    return [*others, *(each for name, each in of_the_system.items() if name in wanted)]


def _asked_for(roots: Iterable[str], asks: Asks, known: dict[str, Entry]) -> Iterator[str]:
    """Names among the known ones that those files ask for, directly or through others."""
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        for name, _ in asks(waiting.pop()):
            if name in known and name not in seen:
                seen.add(name)
                waiting.append(known[name][1])
                yield name
