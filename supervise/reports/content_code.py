"""A short code of what a record says, so that a paper can be checked against the store later.

The code is made of the words, not of the file: of who met when, and of what was said, decided and promised. It
leaves out what is *meant* to happen after printing (sharing, signing, ticking actions off, putting a discussion
on the child's file, agreeing), so that a paper printed for signing still checks out when it comes back signed,
and what the store alone knows (ids). See decision 0012.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from supervise.records import LateEntry, Record, Statement
from supervise.workdays import Day, iso

LENGTH = 20
"""Figures of the code: 80 bits, so that nobody can find other words with the same code."""

_SESSION = (
    "kind", "status", "planned_on", "planned_start", "held_on", "started_at", "minutes", "interrupted", "place",
    "record_kept", "reason", "cancelled_by", "notes",
)  # fmt: skip
_RECORD = ("worker", "supervisor", "team", "role")
_SECTION = ("part", "position", "heading", "text")
_ACTION = ("text", "owner", "due_on")
_DISCUSSION = ("case_ref", "analysis", "decision", "rationale")
_LATE_ENTRY = ("entered_on", "by", "text")
_STATEMENT = ("on", "by", "text")
_DAYS = {"planned_on", "held_on", "due_on", "entered_on", "on"}


def content_code(record: Record) -> str:
    """The code of what the record says, in groups of four: "3f2a 9b01 77c4 d0e8 12ab"."""
    told = json.dumps(_content(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    figures = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
    return " ".join(figures[at : at + 4] for at in range(0, LENGTH, 4))


def added_since(record: Record, code: str) -> int | None:
    """How many late entries and statements were added since a paper with that code was printed; None if
    the record says something else now. Spaces and capitals in the code make no difference."""
    wanted, left = "".join(code.split()).casefold(), additions(record)
    for added in range(len(left) + 1):
        without = _without(record, left[len(left) - added :])
        if content_code(without).replace(" ", "") == wanted:
            return added
    return None


def additions(record: Record) -> list[LateEntry | Statement]:
    """What was added later, in the order of its days; what has no day came first. The last `added_since` of
    these are what a paper does not know of."""

    def on(one: LateEntry | Statement) -> Day:
        return (one.entered_on if isinstance(one, LateEntry) else one.on) or 0

    return sorted([*record.statements, *record.late_entries], key=on)


def _content(record: Record) -> dict[str, Any]:
    """What the code is of. Lists that have no order of their own are put in one."""
    return {
        "format": "supervise record 1",
        **_fields(record, _RECORD),
        "session": _fields(record.session, _SESSION),
        "sections": _each(record.sections, _SECTION),
        "actions": _each(record.actions, _ACTION),
        "discussions": _each(record.discussions, _DISCUSSION),
        "late_entries": _each(record.late_entries, _LATE_ENTRY),
        "statements": _each(record.statements, _STATEMENT),
    }


def _each(things: Sequence[object], names: Sequence[str]) -> list[dict[str, Any]]:
    return sorted(
        (_fields(one, names) for one in things), key=lambda one: json.dumps(one, sort_keys=True)
    )


def _fields(thing: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: _value(name, getattr(thing, name)) for name in names}


def _value(name: str, value: str | int | bool | None) -> str | int | bool | None:
    """Days as they are written, text as it means: how its letters and lines are stored makes no difference."""
    if isinstance(value, str):
        lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
        return lines.strip() or None
    return iso(value) if name in _DAYS and value is not None else value


def _without(record: Record, added: Sequence[LateEntry | Statement]) -> Record:
    gone = {id(one) for one in added}
    return replace(
        record,
        late_entries=[one for one in record.late_entries if id(one) not in gone],
        statements=[one for one in record.statements if id(one) not in gone],
    )
