"""The rows of bookings: made, copied to another day, and given up."""

from __future__ import annotations

import re

from supervise import wording
from supervise.doing.here import Here
from supervise.doing.warnings import post_on
from supervise.errors import BadQuestion, NotAllowed
from supervise.fields import SESSION, SESSION_KINDS
from supervise.service import Row
from supervise.workdays import FIRST_DAY, FOREVER, Day, day, iso

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_BY = SESSION.field("cancelled_by").words
_STATUS = {"held": "has been held", "cancelled": "has been cancelled", "missed": "was missed"}


class Bookings:
    """Rows of sessions, of one store."""

    def __init__(self, here: Here) -> None:
        self._store = here.store

    def session(self, session_id: str) -> Row:
        """A session's row. BadQuestion if there is no such session."""
        row = self._store.row("session", session_id)
        if row is None:
            raise BadQuestion("There is no such supervision here.", "Look for it in the calendar.")
        return row

    def planned(self, session_id: str, doing: str) -> Row:
        """The row of a session that is still planned. NotAllowed for any other: it cannot be what `doing`
        says, such as "moved"."""
        row = self.session(session_id)
        if row["status"] != "planned":
            raise NotAllowed(
                f"This supervision {_STATUS[row['status']]} and cannot be {doing}.",
                "Book another one, or undo that first.",
            )
        return row

    def supervisor_on(self, person: str, on: Day) -> str | None:
        """The supervisor of a person's post of a day, or None."""
        post = post_on(self._store.rows("post", person_id=person), on)
        return post.supervisor if post else None

    def row(
        self,
        person: str,
        on: Day,
        at: str | None,
        supervisor: str | None,
        kind: str,
        place: str | None = None,
    ) -> Row:
        """A planned session, with the supervisor of the post of the day if no other is named. BadQuestion
        for a person, day, time or kind that there is not."""
        for id_ in filter(None, (person, supervisor)):
            if self._store.row("person", id_) is None:
                raise BadQuestion(
                    f"There is nobody with the id “{id_}” here.", "Choose somebody from the list."
                )
        if kind not in SESSION_KINDS:
            raise BadQuestion(f"“{kind}” is no kind of supervision.", "Choose one from the list.")
        if not FIRST_DAY <= on <= FOREVER:
            raise BadQuestion("That day is too far away.", "Give one from 1900 to 2199.")
        if at and not _TIME.fullmatch(at):
            raise BadQuestion(f"“{at}” is no time.", "Write it like 09:30.")
        return {
            "person_id": person,
            "supervisor_id": supervisor or self.supervisor_on(person, on),
            "kind": kind,
            "status": "planned",
            "planned_on": iso(on),
            "planned_start": at or None,
            "place": (place or "").strip() or None,
        }

    def copy(self, old: Row, on: Day, at: str | None, place: str | None) -> Row:
        """The booking that takes another's place, with its notes; where `at` or `place` is None, the old
        one's. Its supervisor is that of the post of the new day, unless somebody else was to hold it."""
        person, supervisor = old["person_id"], old["supervisor_id"]
        if old["planned_on"] and supervisor == self.supervisor_on(person, day(old["planned_on"])):
            supervisor = None
        at = old["planned_start"] if at is None else at
        place = old["place"] if place is None else place
        return {**self.row(person, on, at, supervisor, old["kind"], place), "notes": old["notes"]}


def when(row: Row) -> str:
    """The day of a booking, for a label."""
    return wording.day(day(row["planned_on"])) if row["planned_on"] else "the booking without a day"


def who(by: str | None) -> str:
    """Who gave a booking up: worker, supervisor or other. BadQuestion for anything else."""
    if by not in _BY:
        raise BadQuestion(
            "It is not said who asked for this.", "Choose the worker, the supervisor, or somebody else."
        )
    return by


def given_up(session_id: str, reason: str | None, doing: str, by: str | None) -> Row:
    """What a booking becomes: cancelled by somebody or, if by nobody, missed. BadQuestion without a
    reason."""
    words = (reason or "").strip()
    if not words:
        raise BadQuestion(
            f"A supervision is not {doing} without a reason.",
            "Say why in a few words: it may explain a gap later.",
        )
    status = "cancelled" if by else "missed"
    return {"id": session_id, "status": status, "reason": words, "cancelled_by": by}
