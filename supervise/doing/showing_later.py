"""The gaps of a period that later entries have shortened or removed, a few people at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Clockwork, Gap
from supervise.fields import BY_NAME
from supervise.later import KINDS, ChangedGap, Correction, changed_gaps
from supervise.service import Row
from supervise.store import Store
from supervise.store.held import everyone
from supervise.store.lists import rows_of_any
from supervise.workdays import Day, day

AT_ONCE = 8
"""As many people's whole histories as are read in one step."""

Steps = Generator[tuple[int, int], None, "tuple[Changed, ...]"]


class Changed(NamedTuple):
    """A gap as it would be without a later entry, and the late days that are left of it. `what` was
    entered, on which day and by whom (None: not known)."""

    subject: str
    person: str
    name: str
    before: Gap
    days_now: int
    entered_on: Day
    by: str | None
    what: str

    @property
    def was(self) -> str:
        """ "4 Mar 2017 – 20 Mar 2017, 17 days"."""
        first, last = wording.day(self.before.first_late_day), wording.day(self.before.last_late_day)
        return f"{first} – {last}, {wording.days(self.before.days_late)}"

    @property
    def now(self) -> str:
        """What is left of it."""
        return wording.days(self.days_now) if self.days_now else "no gap"


class Later:
    """Looks for them in a store, under one clock."""

    def __init__(self, store: Store, clockwork: Clockwork, people: Sequence[str] | None = None) -> None:
        """`people` are all that are asked about; None is everyone."""
        self.store, self.clockwork, self._people = store, clockwork, people
        self._is_case = clockwork.rulebook.per(clockwork.clock) == "case"

    def steps(self, first: Day, last: Day, team: str | None) -> Steps:
        """Those with a late day in the period, the earliest entered last: by id and first late day."""
        corrections = self._corrections()
        people = everyone(self.store.database) if self._people is None else list(self._people)
        at_once = max(len(people), 1) if self._is_case else AT_ONCE  # a case knows no one person
        found: list[ChangedGap] = []
        for at in range(0, len(people), at_once):
            yield at, len(people)
            found += self._of(people[at : at + at_once], corrections)
        wanted = [each for each in found if _falls(each.before, first, last, team)]
        return self._told(sorted(wanted, key=lambda each: (each.subject, each.before.first_late_day)))

    def _corrections(self) -> list[tuple[Correction, set[str]]]:
        """Every correction, with the people whom it is about. In a service store what a newer export
        altered was entered by somebody else, on another day."""
        if self.store.is_service:
            return []
        found = [
            Correction(kind, before, day(on), by)
            for kind, before, on, by in self.store.corrections(KINDS)
        ]
        now = {
            kind: self.store.rows_by_id(kind, {each.before["id"] for each in found if each.kind == kind})
            for kind in {each.kind for each in found}
        }
        return [
            (each, _people_of(each.kind, (each.before, now[each.kind].get(each.before["id"]))))
            for each in found
        ]

    def _of(
        self, people: Sequence[str], corrections: Iterable[tuple[Correction, set[str]]]
    ) -> list[ChangedGap]:
        """The changed gaps of some people; of somebody else only what was once theirs is read too."""
        asked = set(people)
        about = [(each, whom) for each, whom in corrections if self._is_case or whom & asked]
        read = asked.union(*(whom for _, whom in about))
        rows = {kind: self._rows(kind, read) for kind in KINDS}
        found = changed_gaps(self.clockwork, rows, [each for each, _ in about], self._who_entered)
        return [each for each in found if self._is_case or each.subject in asked]

    def _rows(self, kind: str, people: set[str]) -> list[Row]:
        database = self.store.database
        if kind == "case_discussion":
            return list(self.store.rows(kind)) if self._is_case else []
        if kind == "case_allocation" and not self._is_case:
            return []
        return list(rows_of_any(database, kind, "id" if kind == "person" else "person_id", people))

    def _who_entered(self, kind: str, row_id: str) -> str | None:
        if self.store.is_service:
            return None
        entered = self.store.who_set(kind, row_id, BY_NAME[kind].fields[0].name)  # required of each
        return entered.by if entered else None

    def _told(self, found: Sequence[ChangedGap]) -> tuple[Changed, ...]:
        people = {each.before.tenure.person for each in found}
        names = {id: row["name"] for id, row in self.store.rows_by_id("person", people).items()}
        return tuple(
            Changed(
                each.subject,
                each.before.tenure.person,
                names.get(each.before.tenure.person, each.before.tenure.person),
                each.before,
                sum(gap.days_late for gap in each.after),
                each.entered_on,
                each.by,
                each.what,
            )
            for each in found
        )


def _people_of(kind: str, rows: Iterable[Row | None]) -> set[str]:
    """Whom a row is about, as it was and as it is. What is said of a case is said of nobody."""
    if kind == "case_discussion":
        return set()
    return {row["id" if kind == "person" else "person_id"] for row in rows if row}


def _falls(gap: Gap, first: Day, last: Day, team: str | None) -> bool:
    """Whether a gap has a late day in a period, and fell to a team."""
    if team not in (None, gap.tenure.post.team):
        return False
    start, end = max(gap.first_late_day, first), min(gap.last_late_day, last)
    return gap.interval.spell.in_scope(start, end) > 0
