"""What was there before: the session before this one, and the quick notes since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supervise.store import Row, Store
from supervise.workdays import Day, day, iso


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The session before: its words by heading (those headings that have any), and its notes."""

    session: str
    held_on: Day
    texts: Mapping[str, str]
    notes: str | None


class QuickNote(NamedTuple):
    """An ad-hoc conversation: what it was about (its first line), and the rest of what was noted."""

    session: str
    held_on: Day
    about: str
    text: str


def last_time(store: Store, person: str, before: Day, kind: str = "one_to_one") -> LastTime | None:
    """The last session of that kind held with somebody before a day, or None."""
    row = _last(store, person, before, kind)
    if row is None:
        return None
    texts: dict[str, str] = {}
    sections = store.rows("session_section", session_id=row["id"])
    for each in sorted(sections, key=lambda each: each["position"]):
        if each["text"]:
            same = texts.get(each["heading"])
            texts[each["heading"]] = f"{same}\n\n{each['text']}" if same else each["text"]
    return LastTime(session=row["id"], held_on=day(row["held_on"]), texts=texts, notes=row["notes"])


def to_revisit(store: Store, person: str, before: Day) -> list[QuickNote]:
    """The ad-hoc conversations from the last one-to-one before a day (its own day too) to that day."""
    last = _last(store, person, before, "one_to_one")
    since = last["held_on"] if last else ""
    notes = _held(store, person, "ad_hoc")
    return [_quick_note(row) for row in notes if since <= row["held_on"] <= iso(before)]


def note_text(about: str, text: str) -> str:
    """The notes of an ad-hoc conversation, from which `QuickNote` reads both again."""
    return f"{' '.join(about.split())}\n\n{text}".rstrip()


def _quick_note(row: Row) -> QuickNote:
    about, _, text = (row["notes"] or "").strip().partition("\n")
    return QuickNote(row["id"], day(row["held_on"]), about.strip(), text.strip())


def _last(store: Store, person: str, before: Day, kind: str) -> Row | None:
    earlier = [row for row in _held(store, person, kind) if row["held_on"] < iso(before)]
    return earlier[-1] if earlier else None


def _held(store: Store, person: str, kind: str) -> list[Row]:
    """The sessions of a kind held with somebody, in order."""
    rows = store.rows("session", person_id=person, status="held", kind=kind)
    return sorted(
        (row for row in rows if row["held_on"]),
        key=lambda row: (row["held_on"], row["started_at"] or "", row["id"]),
    )
