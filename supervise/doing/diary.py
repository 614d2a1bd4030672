"""The diary: booking, moving, cancelling and missing, and dates proposed for the weeks to come.

Each doing is one change. A booking that is given up stays, as cancelled or missed with its reason, because
the reasons of an interval are what explains a gap (specification: interchange, section 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from supervise import wording
from supervise.doing.bookings import Bookings, given_up, when, who
from supervise.doing.dates import Unbooked, due_between, propose_dates
from supervise.doing.here import Here
from supervise.doing.kept import Kept
from supervise.doing.warnings import Thought, length, warnings
from supervise.errors import BadQuestion, NotAllowed
from supervise.proposing import A_DAY, Proposal, Proposed
from supervise.service import Row
from supervise.store import Change
from supervise.store.agenda import Entry, sessions_between
from supervise.workdays import Day, day, iso

__all__ = ["Booked", "Diary", "Entry", "GivenUp", "Unbooked"]


class Booked(NamedTuple):
    """A booking that stands: the session's id, and the change that made it."""

    session: str
    change: Change


class GivenUp(NamedTuple):
    """A booking given up: the change that did it, and the id of the new booking, if one was made."""

    change: Change
    rebooked: str | None


class Diary:
    """What is booked, and all that can be done with it."""

    def __init__(self, here: Here) -> None:
        self._here, self._store = here, here.store
        self._bookings = Bookings(here)

    def _change(self, label: str) -> AbstractContextManager[Change]:
        return self._store.change(label, by=self._here.me)

    # Booking

    def book(
        self,
        person: str,
        on: Day,
        at: str | None = None,
        *,
        supervisor: str | None = None,
        kind: str = "one_to_one",
        place: str | None = None,
    ) -> Booked:
        """Books a supervision, with the supervisor of the person's post of the day if no other is named.
        `at` is hh:mm. BadQuestion for a person, day, time or kind that there is not."""
        row = self._bookings.row(person, on, at, supervisor, kind, place)
        with self._change(f"Book {wording.day(on)} with {self._here.name(person)}") as change:
            session = change.put("session", row, recorded=True)
        return Booked(session, change)

    def book_all(self, proposed: Iterable[Proposed]) -> Change:
        """Books proposed dates, as one change; those booked already are passed over. BadQuestion if none is
        left, or if somebody has been booked for one of the days meanwhile."""
        chosen = [each for each in proposed if not each.booked]
        if not chosen:
            raise BadQuestion("No date is left to book.", "Choose one or more of the proposed dates.")
        days = [each.on for each in chosen]
        there = {
            (entry.person, entry.on)
            for entry in self.between(min(days), max(days))
            if entry.status == "planned"
        }
        for each in chosen:
            if (each.person, each.on) in there:
                raise BadQuestion(
                    f"{each.name} is already booked for {wording.day(each.on)}.",
                    "Ask for dates again: they will take it into account.",
                )
        rows = [
            self._bookings.row(each.person, each.on, None, each.supervisor, each.kind) for each in chosen
        ]
        with self._change(f"Book {wording.counted(len(rows), 'proposed date')}") as change:
            change.put_all("session", rows, recorded=True)
        return change

    def move(
        self,
        session_id: str,
        on: Day,
        at: str | None = None,
        *,
        place: str | None = None,
        reason: str | None = None,
        by: str | None = None,
    ) -> Booked:
        """Moves a booking. Where `at` or `place` is None it stays as it is; "" takes it away.

        Another time or place on the same day alters the booking. Another day needs a reason and who asked
        for it (worker, supervisor or other): the booking is kept, as cancelled with these, and a new one,
        whose id is given back, takes its place, with the agenda and draft prepared for it (see
        `left_behind`). NotAllowed if the session is not planned any more.
        """
        old = self._bookings.planned(session_id, "moved")
        new = self._bookings.copy(old, on, at, place)
        name = self._here.name(old["person_id"])
        if old["planned_on"] == iso(on):
            with self._change(f"Change the booking on {wording.day(on)} with {name}") as change:
                kept = {"id": session_id, "supervisor_id": old["supervisor_id"]}
                change.put("session", {**new, **kept}, recorded=True)
            return Booked(session_id, change)
        ended = given_up(session_id, reason, "moved to another day", who(by))
        label = f"Move {when(old)} to {wording.day(on)} with {name}"
        with self._change(label) as change:
            change.put("session", ended, recorded=True)
            session = self._take_the_place(change, session_id, new)
        self._bring_draft(old, session)
        return Booked(session, change)

    def cancel(
        self,
        session_id: str,
        *,
        reason: str,
        by: str,
        rebook_on: Day | None = None,
        rebook_at: str | None = None,
    ) -> GivenUp:
        """Cancels a booking, for a reason, and books another day at once if one is given. `by` is who
        cancelled: worker, supervisor or other. NotAllowed if the session is not planned any more."""
        old = self._bookings.planned(session_id, "cancelled")
        ended = given_up(session_id, reason, "cancelled", who(by))
        return self._give_up(old, ended, "Cancel", rebook_on, rebook_at)

    def miss(
        self,
        session_id: str,
        *,
        reason: str,
        rebook_on: Day | None = None,
        rebook_at: str | None = None,
    ) -> GivenUp:
        """Records that a booking passed without a supervision, for a reason, and books another day at once
        if one is given. NotAllowed if the session is not planned any more or its day has not come."""
        old = self._bookings.planned(session_id, "recorded as missed")
        if old["planned_on"] and day(old["planned_on"]) > self._here.today():
            raise NotAllowed(
                f"The supervision on {when(old)} is still to come.", "Move or cancel it instead."
            )
        ended = given_up(session_id, reason, "recorded as missed", None)
        return self._give_up(old, ended, "Record as missed", rebook_on, rebook_at)

    def _give_up(
        self, old: Row, ended: Row, verb: str, rebook_on: Day | None, rebook_at: str | None
    ) -> GivenUp:
        new = None if rebook_on is None else self._bookings.copy(old, rebook_on, rebook_at, None)
        label = f"{verb} {when(old)} with {self._here.name(old['person_id'])}"
        if rebook_on is not None:
            label += f", and book {wording.day(rebook_on)}"
        with self._change(label) as change:
            change.put("session", ended, recorded=True)
            session = self._take_the_place(change, old["id"], new) if new else None
        if session is not None:
            self._bring_draft(old, session)
        return GivenUp(change, session)

    def _take_the_place(self, change: Change, old: str, new: Row) -> str:
        """Puts a booking in that takes another's place, with the agenda prepared for that one."""
        session = change.put("session", new, recorded=True)
        prepared = self._store.rows("session_section", session_id=old)
        moved = [{"id": row["id"], "session_id": session} for row in prepared]
        change.put_all("session_section", moved)
        return session

    def _bring_draft(self, old: Row, session: str) -> None:
        """Drafts are outside the history: they follow once the change stands."""
        new = self._store.row("session", session)
        assert new is not None, "it was put in just now"
        Kept(self._store).follow(old, new)

    def left_behind(self, session_id: str) -> str | None:
        """What to say if the draft of a booking could not follow it to the one that took its place."""
        if not Kept(self._store).has(session_id):
            return None
        return "The draft for it stays as it was: Today has it under “Unfinished writing”."

    # Asking

    def supervisor_on(self, person: str, on: Day) -> str | None:
        """The supervisor of a person's post of a day, or None."""
        return self._bookings.supervisor_on(person, on)

    def warnings(
        self,
        person: str,
        on: Day,
        at: str | None = None,
        *,
        supervisor: str | None = None,
        kind: str = "one_to_one",
        ignoring: str | None = None,
    ) -> list[str]:
        """What to look at before such a booking, in sentences, none of which forbids it. `ignoring` is the
        session that it would take the place of. BadQuestion as for `book`."""
        row = self._bookings.row(person, on, at, supervisor, kind)
        return warnings(
            self._here, Thought(person, on, at or None, row["supervisor_id"], kind, ignoring)
        )

    def between(
        self, first: Day, last: Day, team: str | None = None, supervisor: str | None = None
    ) -> list[Entry]:
        """What was held, booked, cancelled or missed on those days, by day, time and name: of a team (by
        the worker's post of the day) or of a supervisor, if one is named."""
        return [
            entry
            for entry in sessions_between(self._store.database, first, last)
            if team in (None, entry.team) and supervisor in (None, entry.supervisor)
        ]

    def due_between(
        self, first: Day, last: Day, team: str | None = None, supervisor: str | None = None
    ) -> list[Unbooked]:
        """Those whose due day or late-by, as things stand today, is one of those days, and who have no
        booking in time; by due day and name."""
        return due_between(self._here, first, last, team, supervisor)

    def propose(
        self,
        team: str | None = None,
        supervisor: str | None = None,
        *,
        weeks: int = 8,
        a_day: int = A_DAY,
    ) -> Proposal:
        """Dates from tomorrow for so many weeks that keep people in policy: those in a post of a team, or
        under a supervisor, in that time (everyone, if neither is named). See `proposing.propose`.
        BadQuestion for fewer than one week or one a day, and where the clock runs per case."""
        return propose_dates(self._here, team, supervisor, weeks, a_day)

    def save_event(
        self, session_id: str, to: Path, *, stamp: datetime, with_initials: bool = False
    ) -> None:
        """Writes a booking, or that it was cancelled, as a file for a calendar; `stamp` is the moment of
        writing. BadQuestion if there is no such session or it has no day; see `exchange.calendar`."""
        from supervise.exchange.calendar import Appointment, initials, write_event

        row = self._bookings.session(session_id)
        on = row["held_on"] or row["planned_on"]
        if on is None:
            raise BadQuestion("This supervision has no day yet.", "Give it one first.")
        name = self._here.name(row["person_id"])
        appointment = Appointment(
            session=session_id,
            on=day(on),
            at=(row["started_at"] if row["held_on"] else None) or row["planned_start"],
            minutes=row["minutes"] or length(self._here.clockwork(), day(on)),
            place=row["place"],
            version=len(self._store.changes_of("session", session_id)),
            is_cancelled=row["status"] in ("cancelled", "missed"),
            initials=initials(name) if with_initials else None,
        )
        write_event(to, appointment, stamp=stamp)
