"""Where things are: what ships with the program, and where a person's data lives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

PORTABLE = "supervise-data"
"""A folder of this name beside the packed program holds the store, the settings and the notes of faults, so that
all of it can be carried on one stick (docs/installing.md)."""


def resource(*parts: str) -> Path:
    """A file or folder that ships with the program: beside the package in a checkout, inside it when
    installed."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return (inside if inside.is_dir() else package.parent / "resources").joinpath(*parts)


class Places(NamedTuple):
    """The files of one store: the store itself and what stands beside it."""

    store: Path

    @classmethod
    def of(cls, store: Path | None) -> Places:
        """Beside the path given, or in the platform's folder for a person's own data, or in the portable folder."""
        if store is not None:
            return cls(store)
        return cls(_own_folder() / "supervise.store")

    @classmethod
    def for_practice(cls) -> Places:
        """The practice file, apart from real data."""
        return cls(_own_folder() / "practice" / "practice.store")

    @property
    def slots(self) -> Path:
        """The two wrapped copies of the store's key."""
        return self.store.with_name(self.store.name + ".keys")

    @property
    def in_use(self) -> Path:
        """Who has the store open; it outlives an opening that ended abruptly, and so tells of it."""
        return self.store.with_name(self.store.name + ".in-use")

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.store.with_name(self.store.name + "-backups")


class Machine(NamedTuple):
    """What belongs to this computer and to no store: how the window looks here, and notes of faults of the
    program. Neither says anything of anybody's records."""

    logs: Path
    settings_file: Path

    @classmethod
    def of_this_person(cls) -> Machine:
        """In the platform's folders for a person's own logs and settings, or in the portable folder. Neither need
        exist yet."""
        if carried := _carried():
            return cls(carried / "logs", carried / "settings.json")
        from platformdirs import user_config_path, user_log_path

        settings = user_config_path("Supervise", appauthor=False)
        return cls(user_log_path("Supervise", appauthor=False), settings / "settings.json")


def portable_folder(program: Path) -> Path | None:
    """The folder beside a program in which everything is kept, because somebody made it there; else None."""
    beside = program.resolve().parent / PORTABLE
    return beside if beside.is_dir() else None


def _carried() -> Path | None:
    """That of this program, if it was packed: what stands beside Python is nobody's."""
    return portable_folder(Path(sys.executable)) if getattr(sys, "frozen", False) else None


def _own_folder() -> Path:
    if carried := _carried():
        return carried
    from platformdirs import user_data_path  # late: the help of the command line does without it

    return user_data_path("Supervise", appauthor=False)
