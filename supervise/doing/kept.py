"""Unfinished writing: sheets kept as drafts, beside the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from supervise.errors import DiskFull, NotAllowed
from supervise.service import Row
from supervise.store import Store
from supervise.workdays import Day, day, iso

if (
    TYPE_CHECKING
):  # what a sheet holds is only imported where there is one: Today asks whether there is any
    from supervise.doing.sheet import Sheet

_DRAFT = "session:"
"""What the id of such a draft begins with; the id of its session follows."""


class Unfinished(NamedTuple):
    """A draft: whose it is (None where that cannot be read), when it was kept (UTC), whether it reads; then
    the day and the kind it is about (None where it does not say, or cannot be read), and whether it is loose:
    its session is not in the store yet."""

    session: str
    person: str | None
    name: str | None
    kept_at: datetime
    readable: bool
    on: Day | None
    kind: str | None
    is_loose: bool


class Kept:
    """The drafts of records in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, sheet: Sheet) -> None:
        """Keeps a sheet in place of its earlier draft; NotAllowed if that cannot be read, which stays."""
        self.get(sheet.session)
        self._store.drafts.put(_DRAFT + sheet.session, sheet.to_json())

    def get(self, session_id: str) -> Sheet | None:
        """The draft of a session, or None. NotAllowed if it cannot be read."""
        body = self._store.drafts.get(_DRAFT + session_id)
        return None if body is None else _read(body)

    def has(self, session_id: str) -> bool:
        """Whether there is a draft of that session, readable or not."""
        return self._store.drafts.get(_DRAFT + session_id) is not None

    def discard(self, session_id: str) -> None:
        """Throws a draft away, readable or not."""
        self._store.drafts.clear(_DRAFT + session_id)

    def follow(self, old: Row, new: Row) -> bool:
        """Brings the draft of a booking along to the one that took its place: what the draft has from the
        old booking (day, time, place, supervisor) and nobody altered becomes the new one's. False if there is
        a draft that stays where it was, because it cannot be read or there is no room to write it."""
        try:
            sheet = self.get(old["id"])
            if sheet is None:
                return True
            self.put(_on_new(sheet, old, new))
        except (NotAllowed, DiskFull):
            return False
        self.discard(old["id"])
        return True

    def about(self, person: str) -> Sequence[Unfinished]:
        """This person's drafts, the latest first."""
        return [unfinished for unfinished, _ in self._all() if unfinished.person == person]

    def list(self) -> list[Unfinished]:
        """Every draft, the latest first."""
        return [unfinished for unfinished, _ in self._all()]

    def loose(self, person: str, on: Day, kind: str) -> Sheet | None:
        """The latest draft about this person, day and kind whose session is not in the store yet."""
        for unfinished, sheet in self._all():
            asked = (unfinished.person, unfinished.on, unfinished.kind) == (person, on, kind)
            if asked and unfinished.is_loose:
                return sheet
        return None

    def _all(self) -> Iterator[tuple[Unfinished, Sheet | None]]:
        for draft in self._store.drafts.list():
            if draft.id.startswith(_DRAFT):
                session_id = draft.id.removeprefix(_DRAFT)
                sheet = _read_or_none(draft.body)
                session = self._store.row("session", session_id)
                person = sheet.person if sheet else (session or {}).get("person_id")
                row = self._store.row("person", person) if person else None
                kept_at = datetime.fromisoformat(draft.updated_at)
                name = row["name"] if row else None
                yield (
                    Unfinished(
                        session_id, person, name, kept_at, sheet is not None,
                        sheet.held_on if sheet else None, sheet.kind if sheet else None, session is None,
                    ),
                    sheet,
                )  # fmt: skip


def _read(body: str) -> Sheet:
    from supervise.doing.sheet import read_sheet

    return read_sheet(body)


def _read_or_none(body: str) -> Sheet | None:
    try:
        return _read(body)
    except NotAllowed:
        return None


def _on_new(sheet: Sheet, old: Row, new: Row) -> Sheet:
    """The sheet as that of the new booking."""
    sheet.session = new["id"]
    if sheet.held_on is not None and iso(sheet.held_on) == old["planned_on"]:
        sheet.held_on = day(new["planned_on"])
    for name, planned in (
        ("started_at", "planned_start"),
        ("place", "place"),
        ("supervisor", "supervisor_id"),
    ):
        if getattr(sheet, name) == old[planned]:
            setattr(sheet, name, new[planned])
    return sheet
