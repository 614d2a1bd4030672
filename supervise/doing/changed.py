"""What one change of the history altered, row by row and field by field, in words.

Names stand for ids. The kind of an absence is health data: it is on the person's own page, never here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from supervise import wording
from supervise.doing.entering import label_of
from supervise.doing.here import Here
from supervise.fields import ABSENCE, CASE, SESSION, Field, Holds, Kind
from supervise.store import Row, Store
from supervise.store.history import Entry, kinds_of, rows_of, story
from supervise.store.rows import HOLDING, POLICY, kind_of, row_of
from supervise.workdays import day

AT_ONCE = 40
"""As many rows as are told before somebody asks for more."""

NOTHING = "nothing"
HIDDEN = "told on the person’s own page only"

_BESIDE = 60  # characters told around a difference in a long text
_LONG = 2_000  # characters of one side that are told at most

_KINDS = {
    "person": ("person", "people"), "post": ("post", "posts"), "absence": ("time away", "times away"),
    "session": ("supervision", "supervisions"), "session_section": ("part of a record", "parts of records"),
    "late_entry": ("late entry", "late entries"), "statement": ("statement", "statements"),
    "action": ("action", "actions"), "explanation": ("reason for a gap", "reasons for gaps"),
    "variation": ("agreed frequency", "agreed frequencies"),
    "agreement": ("supervision agreement", "supervision agreements"),
    "case_allocation": ("case", "cases"), "case_discussion": ("case discussion", "case discussions"),
    "template": ("heading of a template", "headings of templates"), "policy": ("policy", "policies"),
    "source": ("export taken in", "exports taken in"),
    "holding": ("list of an export’s rows", "lists of exports’ rows"),
    "hold": ("legal hold", "legal holds"),
    "removal": ("person removed under retention", "people removed under retention"),
    "purge": ("entry of the history deleted", "entries of the history deleted"),
}  # fmt: skip
_LABELS = {"toml": "rules", "ids": "rows", "recorded_on": "day it was entered"}
_CODES = ("role", "clock")  # fields of codes, though any may be written there
_INNER = frozenset(("same", "beside", "overlaps", "taken_by", "posts"))  # the program's own notes


class FieldChange(NamedTuple):
    """A field that was altered: what it is called, and its value before and after, in words."""

    label: str
    before: str
    after: str


class RowChange(NamedTuple):
    """A row that was altered: what it is ("Supervision: Ada Marsh, 14 Mar 2017"), what happened to it
    ("added", "changed" or "removed"), and its fields."""

    title: str
    what: str
    fields: tuple[FieldChange, ...]


class Part(NamedTuple):
    """Some of the rows of a change, first things first, and where the next part begins: None at the end."""

    rows: tuple[RowChange, ...]
    next: int | None


def summary(here: Here, number: int) -> str:
    """ "12 people, 40 posts and 1 policy"."""
    counts = kinds_of(here.store.database, number)
    said = [wording.counted(counts[kind], *names) for kind, names in _KINDS.items() if counts.get(kind)]
    return wording.joined(said)


def part_of(here: Here, number: int, after: int = 0, most: int = AT_ONCE) -> Part:
    """What a change did, from where an earlier part ended."""
    entries = rows_of(here.store.database, number, most + 1, after)
    told = entries[:most]
    teller = _Teller(here.store, told)
    return Part(tuple(teller.tell(entry) for entry in told), told[-1].n if len(entries) > most else None)


def called(here: Here, kind: str, id: str) -> str:
    """What a row is called: "Supervision: Ada Marsh, 14 Mar 2017"; one that was removed, as it last was."""
    return _Teller(here.store, ()).name_of(kind, id)


class _Teller:
    """Tells rows in words; who and what they refer to is read once for all of them."""

    def __init__(self, store: Store, entries: Iterable[Entry]) -> None:
        self._store = store
        whole = [
            (kind_of(entry.kind), image)
            for entry in entries
            for image in (entry.before, entry.after)
            if image
        ]
        self._sessions = self._there("session", _ids(whole, "session"))
        people = _ids(whole, "person") | {row["person_id"] for row in self._sessions.values()}
        self._people = self._there("person", people)
        self._others = {kind: self._there(kind, _ids(whole, kind)) for kind in ("action", "source")}

    def _there(self, kind: str, ids: set[str]) -> dict[str, Row]:
        """Those rows; one that has been removed since, as it last was."""
        found = self._store.rows_by_id(kind, ids)
        for id in ids - found.keys():
            steps = story(self._store.database, kind, id)
            last = next((row for step in steps for row in (step.after, step.before) if row), None)
            if last is not None:
                found[id] = last
        return found

    def name_of(self, kind: str, id: str) -> str:
        """One row, by its kind and id."""
        row = self._there(kind, {id}).get(id)
        if row is None:
            return id
        of = kind_of(kind)
        self._sessions |= self._there("session", _ids([(of, row)], "session"))
        owners = {each["person_id"] for each in (row, *self._sessions.values()) if each.get("person_id")}
        self._people |= self._there("person", owners)
        return self._title(of, row)

    def tell(self, entry: Entry) -> RowChange:
        """One row."""
        kind = kind_of(entry.kind)
        before, after = (
            None if image is None else row_of(kind, entry.id, image)
            for image in (entry.before, entry.after)
        )
        what = "added" if before is None else "removed" if after is None else "changed"
        title = self._title(kind, after or before or {})
        return RowChange(title, what, tuple(self._fields(kind, before or {}, after or {})))

    def _title(self, kind: Kind, row: Row) -> str:
        return f"{_KINDS[kind.name][0].capitalize()}: {self._called(kind, row)}"

    def _called(self, kind: Kind, row: Row) -> str:
        """What a row is about: whom, and when or what."""
        session = row if kind is SESSION else self._sessions.get(row.get("session_id") or "")
        person = row.get("person_id") or (session or {}).get("person_id")
        when = (session or row).get("held_on") or (session or row).get("planned_on") or row.get("from")
        when = when or row.get("removed_on")
        own = row.get("name") or row.get("title") or row.get("heading") or row.get("case_ref")
        said = [
            self._person(person) if person else "",
            own or "",
            wording.day(day(when)) if when else "",
        ]
        return ", ".join(filter(None, said)) or row["id"]

    def _fields(self, kind: Kind, before: Row, after: Row) -> Iterator[FieldChange]:
        for field in kind.fields:
            was, became = before.get(field.name), after.get(field.name)
            if was == became or field.name in _INNER:
                continue
            label = _LABELS.get(field.name) or label_of(field.name)
            label = wording.capital(label)
            if kind is ABSENCE and field.name == "kind":
                yield FieldChange(label, *(HIDDEN if value else NOTHING for value in (was, became)))
            elif kind is POLICY and field.name == "toml":
                yield FieldChange(label, *(_folded(value) for value in (was, became)))
            elif isinstance(was, str) and isinstance(became, str) and _is_long(field, was, became):
                yield FieldChange(label, *_differing(was, became))
            else:
                said = (self._said(kind, field, value) for value in (was, became))
                yield FieldChange(label, *said)

    def _said(self, kind: Kind, field: Field, value: Any) -> str:
        """A value as people read it."""
        if value is None:
            return NOTHING
        if field.refers is not None:
            return self._referred(field.refers, value)
        if kind is HOLDING and field.name == "ids":
            return wording.counted(len(json.loads(value)), "row")
        if field.holds is Holds.DAY:
            return wording.day(day(value))
        if field.holds is Holds.YES_NO:
            return "yes" if value else "no"
        if field.holds is Holds.TEXT and not field.prose:
            plan = kind is CASE and field.name == "plan"
            return (
                wording.words(value)
                if field.words or plan or field.name in _CODES
                else _shortened(value)
            )
        return (
            _shortened(value)
            if field.prose
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
        )

    def _referred(self, kind: str, id: str) -> str:
        if kind == "person":
            return self._person(id)
        if kind == "session" and (session := self._sessions.get(id)):
            return self._called(SESSION, session)
        row = self._others.get(kind, {}).get(id, {})
        return str(row.get("text") or row.get("name") or id)

    def _person(self, id: str) -> str:
        row = self._people.get(id)
        return row["name"] if row else id


def _ids(rows: Iterable[tuple[Kind, Mapping[str, Any]]], refers: str) -> set[str]:
    """Whatever these rows refer to of one kind."""
    return {
        row[field.name]
        for kind, row in rows
        for field in kind.fields
        if field.refers == refers and row.get(field.name)
    }


def _folded(toml: str | None) -> str:
    """A policy's text folded away, for it is written in codes: how long it is, and its first line, if that is
    a remark for people. Settings has the policy in words."""
    if not toml:
        return NOTHING
    lines = toml.strip().splitlines()
    first = lines[0].lstrip("# ").strip() if lines[0].startswith("#") else ""
    said = f"the text of the policy, {wording.counted(len(lines), 'line')}"
    return f"{said}: “{_shortened(first)}”" if first else said


def _is_long(field: Field, was: str, became: str) -> bool:
    return field.holds is Holds.TEXT and max(len(was), len(became)) > 4 * _BESIDE


def _differing(was: str, became: str) -> tuple[str, str]:
    """Of two long texts what differs, with a little of what stands around it."""
    least = min(len(was), len(became))
    first = next((at for at in range(least) if was[at] != became[at]), least)
    last = next((at for at in range(least - first) if was[-1 - at] != became[-1 - at]), least - first)
    return _around(was, first, last), _around(became, first, last)


def _around(text: str, first: int, last: int) -> str:
    start, end = max(0, first - _BESIDE), min(len(text), len(text) - last + _BESIDE)
    said = _shortened(text[start:end])
    return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"


def _shortened(text: str) -> str:
    """A text; of a very long one the beginning, and how much more there is."""
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG]}… (and {len(text) - _LONG:,} more characters)"
