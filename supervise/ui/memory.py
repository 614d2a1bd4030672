"""What this machine remembers: looks and habits, never anybody's data.

One small file in the person's own settings folder. What cannot be read in it gives way to the default, and
that is told once; what a newer version wrote there is kept.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from supervise.errors import FileTrouble
from supervise.whole_files import whole_file


class Setting(NamedTuple):
    """One thing remembered: its default, and the words or the range it must be of."""

    default: Any
    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def takes(self, value: object) -> bool:
        """Whether it may be this."""
        if self.words:
            return value in self.words
        if isinstance(self.default, bool):
            return isinstance(value, bool)
        if isinstance(self.default, int):
            return type(value) is int and self.low <= value <= self.high
        return isinstance(value, type(self.default))


SETTINGS: dict[str, Setting] = {
    "theme": Setting("system", words=("system", "light", "dark", "contrast")),
    "text_percent": Setting(100, low=75, high=200),
    "lock_minutes": Setting(10, low=1, high=120),
    "window": Setting(""),  # Qt's own note of where the window was, as text
    "team": Setting(""),
    "store": Setting(""),  # the store opened last
    "in_keyring": Setting([]),  # stores whose passphrase the system's keyring was asked to remember
    "columns": Setting({}),  # hidden columns, by table
    "steps_done": Setting([]),  # of the first-month checklist
    "sessions_a_day": Setting(2, low=1, high=8),
    "calendar": Setting("month", words=("month", "list")),
}


class Memory:
    """What is remembered, by name; `notes` says what could not be read."""

    def __init__(self, path: Path | None) -> None:
        """`path` None remembers nothing beyond this sitting."""
        self._path = path
        self._values: dict[str, Any] = {}
        self.notes: list[str] = []
        self._read()

    def _read(self) -> None:
        if self._path is None or not self._path.exists():
            return
        try:
            told = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            told = None
        if not isinstance(told, Mapping):
            self.notes.append(
                f"The settings of this computer ({self._path.name}) could not be read, so the usual ones are used."
            )
            return
        self._values = dict(told)
        spoilt = [
            name for name, setting in SETTINGS.items() if name in told and not setting.takes(told[name])
        ]
        for name in spoilt:
            del self._values[name]
        if spoilt:
            self.notes.append(
                f"Some settings of this computer made no sense ({', '.join(spoilt)}); the usual ones are used."
            )

    def __getitem__(self, name: str) -> Any:
        """What is remembered under that name, or the default."""
        return self._values.get(name, SETTINGS[name].default)

    def __setitem__(self, name: str, value: Any) -> None:
        """Remember it. ValueError for what that setting cannot be."""
        if not SETTINGS[name].takes(value):
            raise ValueError(f"{name} cannot be {value!r}")
        if self[name] != value:
            self._values[name] = value
            self._write()

    def _write(self) -> None:
        """A settings file that cannot be written is no reason to stop anybody: it is told once."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path) as file:
                file.write(json.dumps(self._values, indent=1, sort_keys=True).encode())
        except (OSError, FileTrouble):
            said = "The settings of this computer cannot be saved; they hold until you close the window."
            if said not in self.notes:
                self.notes.append(said)
