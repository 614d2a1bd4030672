"""A policy's text while it is being edited: a value written into it, and the line that a refusal names.

A text is never put together anew, for what somebody wrote as comments is part of it. One value is written
where it belongs, and what comes out is read again: it must say the same as before but for that value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from supervise.doing.rules import Rules
from supervise.errors import BadPolicy
from supervise.policy_files import line_of
from supervise.workdays import Day

_DAY, _ID = "effective_from", "id"
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^,}\s#]+)"""
_LARGEST = 1_000_000
"""Bytes of a file above which it is no policy, and is not opened to be corrected."""


def with_day(text: str, day: Day | None) -> str:
    """The text with that day as the one from which it is in force; None: always. BadPolicy if it cannot be
    written into it."""
    return _with(text, _DAY, None if day is None else date.fromordinal(day))


def with_id(text: str, id: str) -> str:
    """The text with another short name. BadPolicy if it cannot be written into it."""
    return _with(text, _ID, id)


def free_id(id: str, taken: Collection[str]) -> str:
    """That short name, or the first with a number behind it that no policy has."""
    found, n = id, 1
    while found in taken:
        n += 1
        found = f"{id}-{n}"
    return found


def line_refused(sentence: str) -> int | None:
    """The line, from 1, that a refusal names; None if it names none."""
    found = re.search(r", line (\d+):", sentence)
    return int(found[1]) if found else None


def text_in(path: Path, rules: Rules) -> str:
    """The text of a policy file, to be corrected even if it says something that it may not. BadPolicy if it
    is no text; FileTrouble if it cannot be read."""
    try:
        return rules.read(path).text
    except BadPolicy:
        try:
            if path.stat().st_size <= _LARGEST:
                return path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            pass
        raise


def _with(text: str, key: str, value: Any) -> str:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy("The text is not written as TOML yet.") from error
    head = tables.get("policy")
    if not isinstance(head, dict):
        raise BadPolicy("The text has no [policy] part.", "Write it at the beginning.")
    if head.get(key) == value:
        return text
    wanted = {name: each for name, each in head.items() if name != key}
    if value is not None:
        wanted[key] = value
    for written in _written(text, key, value, is_there=key in head):
        try:
            if tomllib.loads(written) == {**tables, "policy": wanted}:
                return written
        except tomllib.TOMLDecodeError:
            continue
    raise BadPolicy(f"“{key}” could not be written into this text.", "Write it there yourself.")


def _written(text: str, key: str, value: Any, *, is_there: bool) -> Iterator[str]:
    """Ways of writing it, the likeliest first; not each gives what is wanted."""
    said = value.isoformat() if isinstance(value, date) else f'"{value}"'
    lines = text.split("\n")
    if is_there:
        at = line_of(text, ("policy", key)) - 1
        entry = rf"\b{key}\s*=\s*{_VALUE}"
        if value is not None:
            changed = [re.sub(entry, lambda _: f"{key} = {said}", lines[at], count=1)]
            yield "\n".join([*lines[:at], *changed, *lines[at + 1 :]])
            return
        yield "\n".join([*lines[:at], *lines[at + 1 :]])
        for apart in (rf",\s*{entry}", rf"{entry}\s*,\s*"):
            yield "\n".join([*lines[:at], re.sub(apart, "", lines[at], count=1), *lines[at + 1 :]])
        return
    for known in ("source", "title", "id"):  # below what is there already
        for at, line in enumerate(lines):
            if re.match(rf"\s*{known}\s*=", line):
                yield "\n".join([*lines[: at + 1], f"{key} = {said}", *lines[at + 1 :]])
    for at, line in enumerate(lines):
        if re.match(r"\s*\[\s*policy\s*\]", line):
            yield "\n".join([*lines[: at + 1], f"{key} = {said}", *lines[at + 1 :]])
        if re.match(r"\s*policy\s*=\s*\{", line):
            inside = re.sub(r"\{\s*", lambda _: f"{{ {key} = {said}, ", line, count=1)
            yield "\n".join([*lines[:at], inside, *lines[at + 1 :]])
        if re.match(r"\s*policy\s*\.", line):
            yield "\n".join([*lines[:at], f"policy.{key} = {said}", *lines[at:]])
