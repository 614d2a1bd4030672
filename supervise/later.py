"""Gaps that were shortened or removed by what was entered later (cadence, section 5).

A fact recorded more than seven days after it began, or a correction or removal made as late, is taken away
again, and the gaps without it are compared with the gaps there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.cadence import Clockwork, Gap
from supervise.service import Row, Rows, gather
from supervise.workdays import Day, day

LATE = 7
"""Days after which a fact counts as entered later."""

#: What the engine is told of each kind of fact; a correction of anything else changes no gap.
_TOLD = {
    "person": ("employed_from", "registered_on", "left_on", "records_from"),
    "post": ("person_id", "team", "role", "basis", "supervisor_id", "from", "to"),
    "absence": ("person_id", "kind", "from", "to"),
    "session": ("person_id", "kind", "status", "held_on"),
    "variation": ("person_id", "clock", "every", "from", "to"),
    "case_allocation": ("person_id", "case_ref", "plan", "from", "to"),
    "case_discussion": ("session_id", "case_ref"),
}
KINDS = tuple(_TOLD)
"""The kinds of fact whose entries and corrections are looked at."""

_CALLED = {"case_allocation": "allocation", "case_discussion": "discussion"}


@dataclass(frozen=True, slots=True)
class Correction:
    """A row as it was before it was corrected or removed on a day, and by whom."""

    kind: str
    before: Row
    on: Day
    by: str


@dataclass(frozen=True, slots=True)
class ChangedGap:
    """A gap of a person or a case as it would be without a later entry, and what is left of it (empty: it is
    gone). `what` was entered, on which day and by whom (None: not known)."""

    subject: str
    before: Gap
    after: tuple[Gap, ...]
    entered_on: Day
    by: str | None
    what: str


class _Entry(NamedTuple):
    """Something entered later: the row as it was before (None: not there) and as it is now (None: gone)."""

    kind: str
    id: str
    before: Row | None
    on: Day
    by: str | None
    what: str


def changed_gaps(
    clockwork: Clockwork,
    rows: Rows,
    corrections: Sequence[Correction],
    who_entered: Callable[[str, str], str | None],
) -> list[ChangedGap]:
    """Every gap of a person, or of a case, that a later entry shortened or removed, in order of id.

    `rows` are all that is known, `corrections` those of rows of `KINDS`, oldest first; `who_entered` gives
    the name of whoever put a row of a kind in, by its id, if it is known. Where only several entries
    together changed a gap it is told once, with the last of them.
    """
    book = _Book(clockwork, rows, corrections)
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for entry in book.entries(who_entered):
        for subject in book.subjects_of(entry):
            entries[subject].append(entry)
    found: list[ChangedGap] = []
    for subject in sorted(entries):
        now = book.gaps(subject, ())
        told = [each for entry in entries[subject] for each in _changes(book, subject, [entry], now)]
        together = _changes(book, subject, entries[subject], now)
        found += told + [
            each for each in together if not any(_overlap(each.before, t.before) for t in told)
        ]
    return found


class _Book:
    """All rows, and those of each subject of a clock apart."""

    def __init__(self, clockwork: Clockwork, rows: Rows, corrections: Sequence[Correction]) -> None:
        self.clockwork, self.corrections = clockwork, corrections
        self.per = clockwork.rulebook.per(clockwork.clock)
        self._now = {(kind, row["id"]): row for kind in KINDS for row in rows.get(kind, ())}
        ever = [
            *self._now.items(),
            *(((each.kind, each.before["id"]), each.before) for each in corrections),
        ]
        self._cases_held: dict[str, set[str]] = defaultdict(set)
        self._cases_discussed: dict[str, set[str]] = defaultdict(set)
        for (kind, _), row in ever:
            if kind == "case_allocation":
                self._cases_held[row["person_id"]].add(row["case_ref"])
            elif kind == "case_discussion":
                self._cases_discussed[row["session_id"]].add(row["case_ref"])
        self._own: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
        for key, row in self._now.items():
            for subject in self._subjects(key[0], row):
                self._own[subject][key] = row

    def _subjects(self, kind: str, row: Row) -> Iterable[str]:
        """The people, or the cases, of whom a row says something."""
        if self.per == "person":
            return () if kind in _CALLED else (row["id"] if kind == "person" else row["person_id"],)
        if kind in _CALLED:
            return (row["case_ref"],)
        if kind == "session":
            return self._cases_discussed[row["id"]]
        return self._cases_held[row["id"] if kind == "person" else row["person_id"]]

    def subjects_of(self, entry: _Entry) -> set[str]:
        """Whom an entry concerns: those of the row as it was and as it is."""
        rows = [row for row in (entry.before, self._now.get((entry.kind, entry.id))) if row]
        return {subject for row in rows for subject in self._subjects(entry.kind, row)}

    def entries(self, who_entered: Callable[[str, str], str | None]) -> Iterator[_Entry]:
        """Everything that was entered later: first what came in late, then corrections and removals."""
        first: dict[tuple[str, str], Row] = {}
        for each in self.corrections:
            first.setdefault((each.kind, each.before["id"]), each.before)
        for (kind, id_), row in self._now.items():
            came_in = first.get((kind, id_), row)
            recorded = came_in.get("recorded_on")
            if (
                kind != "person"
                and recorded
                and self._is_late(kind, [came_in], ("from",), day(recorded))
            ):
                yield _Entry(kind, id_, None, day(recorded), who_entered(kind, id_), _called(kind))
        for each in self.corrections:
            kind, id_ = each.kind, each.before["id"]
            now = self._now.get((kind, id_))
            rows = [each.before] if now is None else [each.before, now]
            differ = [
                name for name in _TOLD[kind] if now is None or now.get(name) != each.before.get(name)
            ]
            if differ and self._is_late(kind, rows, differ, each.on):
                what = f"{_called(kind)} {'removed' if now is None else 'corrected'}"
                yield _Entry(kind, id_, each.before, each.on, each.by, what)

    def _is_late(self, kind: str, rows: Sequence[Row], differ: Sequence[str], on: Day) -> bool:
        began = [when for row in rows if (when := self._began(kind, row, differ)) is not None]
        return bool(began) and on - min(began) > LATE

    def _began(self, kind: str, row: Row, differ: Sequence[str]) -> Day | None:
        """The first day of which a row says something else by those fields: that of a post that is ended
        is the day after its end."""
        if kind == "case_discussion":
            row = self._now.get(("session", row["session_id"]), {})
        if kind in ("session", "case_discussion"):
            found = row.get("held_on") or row.get("planned_on")
        elif kind == "person":
            found = min((row[name] for name in differ if row.get(name)), default=None)
        elif list(differ) == ["to"]:
            return day(row["to"]) + 1 if row.get("to") else None
        else:
            found = row.get("from")
        return day(found) if found else None

    def gaps(self, subject: str, without: Iterable[_Entry]) -> list[Gap]:
        """The gaps of a subject as if some entries had not been made."""
        own = dict(self._own[subject])
        for entry in reversed(list(without)):
            own.pop((entry.kind, entry.id), None)
            if entry.before is not None:
                own[entry.kind, entry.id] = entry.before
        rows: dict[str, list[Row]] = defaultdict(list)
        for (kind, _), row in own.items():
            rows[kind].append(row)
        service = gather(rows, self.clockwork.as_at)
        facts = service.cases.get(subject) if self.per == "case" else service.facts.get(subject)
        return self.clockwork.gaps(facts) if facts else []


def _called(kind: str) -> str:
    return _CALLED.get(kind, kind)


def _changes(
    book: _Book, subject: str, entries: Sequence[_Entry], now: Sequence[Gap]
) -> list[ChangedGap]:
    """The gaps there would be without those entries, and that have fewer late days now."""
    changed = []
    last = max(entries, key=lambda entry: entry.on)
    for gap in book.gaps(subject, entries):
        left = tuple(other for other in now if _overlap(gap, other))
        if sum(other.days_late for other in left) < gap.days_late:
            changed.append(ChangedGap(subject, gap, left, last.on, last.by, last.what))
    return changed


def _overlap(gap: Gap, other: Gap) -> bool:
    return other.first_late_day <= gap.last_late_day and other.last_late_day >= gap.first_late_day
