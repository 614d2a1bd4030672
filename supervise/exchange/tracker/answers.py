"""What somebody has said about trackers: meanings of sheets and columns, names, and corrections of cells.

Plain text by plain text, in a TOML file that can be edited, saved and used again:

    [sheets]                        # log, matrix, register, ignored; or its years, “2016-17”
    "Sheet1" = "matrix"
    [columns]                       # a title and what its column holds
    "Chat on" = "date"
    [names]                         # a name of the tracker, and who it is here: a name or id, or “new”
    "Sinead Smith" = "Sinéad Smith"
    [cells]                         # “name | column | as written”, and how to read it instead; or “skip”
    "Beth Young | Apr-16 | tbc" = "14/4/2016"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from supervise.errors import BadFile
from supervise.exchange.sheets import read_bytes
from supervise.exchange.tracker import words
from supervise.exchange.tracker.layout import KINDS
from supervise.exchange.tracker.titles import MEANINGS
from supervise.exchange.tracker.years import years_of

PARTS = ("sheets", "columns", "names", "cells")


@dataclass(slots=True)
class Answers:
    """What was said, by part (see `PARTS`)."""

    sheets: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def joined(self, newer: Answers) -> Answers:
        """These and newer ones, which hold where both say something."""
        return Answers(*({**getattr(self, part), **getattr(newer, part)} for part in PARTS))

    def titles(self) -> dict[str, str]:
        """The meanings of columns by title in plain letters."""
        return {words.plain(title): meaning for title, meaning in self.columns.items()}

    def as_json(self) -> str:
        """All of it as one text; `from_json` reads it."""
        return json.dumps({part: getattr(self, part) for part in PARTS}, ensure_ascii=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not any(getattr(self, part) for part in PARTS)


def from_json(text: str | None) -> Answers:
    """What `as_json` wrote; nothing said, for None."""
    return Answers(**json.loads(text)) if text else Answers()


def read_answers(path: Path) -> Answers:
    """The answers of a file. BadFile, naming the line or the entry, if they cannot be understood."""
    try:
        said = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(
            f"{path.name} cannot be read: {error}.", "The manual shows how such a file is written."
        ) from error
    found = Answers()
    for part, entries in said.items():
        if part not in PARTS or not isinstance(entries, dict):
            raise BadFile(
                f"{path.name}: there is no part “{part}”.", f"The parts are {', '.join(PARTS)}."
            )
        for key, value in entries.items():
            getattr(found, part)[key] = _checked(path, part, key, value)
    return found


def _checked(path: Path, part: str, key: str, value: object) -> str:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    allowed: Iterable[str] = ()
    if part == "sheets" and not years_of(text):
        allowed = KINDS
    elif part == "columns":
        allowed = MEANINGS
    if not text or (allowed and text not in allowed):
        what = f"one of {', '.join(allowed)}" if allowed else "a text"
        raise BadFile(f"{path.name}: “{key}” needs {what}.", "Correct that line and try again.")
    return text


def as_toml(answers: Answers, asked: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    """A file of what was said, with what could be said as comments: by part, keys and remarks."""
    lines = ["# What a tracker means. Take away the # before a line, and write what it means."]
    for part in PARTS:
        lines += ["", f"[{part}]"]
        said = getattr(answers, part)
        lines += [f"{_quoted(key)} = {_quoted(value)}" for key, value in said.items()]
        for key, remark in asked.get(part, ()):
            if key not in said:
                lines += [f"# {words.one_line(remark)}", f'# {_quoted(key)} = ""']
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
