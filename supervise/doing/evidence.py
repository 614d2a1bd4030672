"""What shows that a supervision took place: sharing, signatures, and what is added to a record later.

A held session is *evidenced* once it is recorded, shared with the worker and signed by both (cadence,
section 5). The day on which a record was written is never moved by what is noted here; the history says who
entered each step, and when.
"""

from __future__ import annotations

from supervise.doing import checking
from supervise.doing.here import Here
from supervise.doing.kept import Kept
from supervise.doing.sheet import written
from supervise.errors import BadQuestion, NotAllowed
from supervise.service import session_of
from supervise.sessions import Session
from supervise.store import Change, Row
from supervise.wording import day as said_day
from supervise.workdays import Day, iso, iso_or_none


class Evidence:
    """Sharing and signing a finished record, and adding to it afterwards."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    def share(self, session_id: str, on: Day) -> Change:
        """Note the day on which the worker was given the record. In a signed record it can be noted once,
        if it was not said before."""
        session = self._held(session_id)
        if checking.is_signed(session) and session.shared_on is not None:
            raise NotAllowed(checking.LOCKED, "The day on which it was shared stays as it is.")
        self._refuse_day(session, on, "shared")
        return self._note(session, "Note as shared the record of", {"shared_on": iso(on)})

    def sign(
        self,
        session_id: str,
        *,
        worker_on: Day | None = None,
        supervisor_on: Day | None = None,
        how: str | None = None,
        view: str | None = None,
        statement: str | None = None,
    ) -> Change:
        """Record that one of the two has signed, or both, which locks it; what is None stays as it was.

        `how` is paper, on_screen or email, and needed once. `view` is the worker's, agrees or disagrees;
        `statement` goes beside the record in the worker's own words. NotAllowed for a locked record, for
        one that somebody is altering, and for a day before it was held or still to come.
        """
        session = self._held(session_id)
        if checking.is_signed(session):
            raise NotAllowed(checking.LOCKED, checking.LATE_ENTRY)
        if Kept(self.store).has(session_id):
            raise NotAllowed(
                "This record has unfinished writing.", "Finish it or throw it away, then have it signed."
            )
        if worker_on is None and supervisor_on is None:
            raise BadQuestion("Nobody is named who signed.", "Give the day for one of the two, or both.")
        for on in (worker_on, supervisor_on):
            if on is not None:
                self._refuse_day(session, on, "signed")
        if how is None and session.signed_how is None:
            raise NotAllowed(
                "How it was signed is not said.", "Choose on paper, on screen or by e-mail."
            )
        said = {
            "worker_signed_on": iso_or_none(worker_on),
            "supervisor_signed_on": iso_or_none(supervisor_on),
            "signed_how": how,
            "worker_view": view,
        }
        given = {name: value for name, value in said.items() if value is not None}
        return self._note(session, "Note who signed the record of", given, statement, worker_on)

    def add_statement(self, session_id: str, text: str, by: str, on: Day | None = None) -> Change:
        """Put somebody's own words beside a record, signed or not. A statement is never changed."""
        session = self._held(session_id)
        on = self.here.today() if on is None else on
        self._refuse_day(session, on, "made")
        row = {"by": by, "on": iso(on), "text": _needed(text)}
        return self._add(session, "statement", "Add a statement to the record of", row)

    def add_late_entry(self, session_id: str, text: str) -> Change:
        """Add to a record what was left out, dated today and with the name of who adds it. A late entry is
        never changed."""
        row = {"entered_on": self.store.today, "by": self.here.me, "text": _needed(text)}
        return self._add(self._held(session_id), "late_entry", "Add a late entry to the record of", row)

    def _held(self, session_id: str) -> Session:
        row = self.store.row("session", session_id)
        if row is None:
            raise BadQuestion("That session is not here any more.", "Look at the list again.")
        session = session_of(row)
        if session.status != "held" or session.held_on is None:
            raise NotAllowed("This session has no record yet.", "Write it up first.")
        return session

    def _refuse_day(self, session: Session, on: Day, what: str) -> None:
        if session.held_on is not None and on < session.held_on:
            held = said_day(session.held_on)
            raise NotAllowed(f"It cannot have been {what} before it was held, on {held}.", _CHECK)
        if on > self.here.today():
            raise NotAllowed(f"{said_day(on)} is still to come.", _CHECK)

    def _note(
        self,
        session: Session,
        doing: str,
        given: Row,
        statement: str | None = None,
        on: Day | None = None,
    ) -> Change:
        with self.store.change(self._label(doing, session), by=self.here.me) as change:
            change.put("session", {"id": session.id, **given})
            if text := written(statement):
                by = self.here.name(session.person)
                row = {"session_id": session.id, "by": by, "on": iso_or_none(on), "text": text}
                change.put("statement", row, recorded=True)
        return change

    def _add(self, session: Session, kind: str, doing: str, row: Row) -> Change:
        with self.store.change(self._label(doing, session), by=self.here.me) as change:
            change.put(kind, {"session_id": session.id, **row}, recorded=True)
        return change

    def _label(self, doing: str, session: Session) -> str:
        assert session.held_on is not None, "only held sessions come here"
        return f"{doing} {self.here.name(session.person)}, {said_day(session.held_on)}"


_CHECK = "Please check the day."


def _needed(text: str) -> str:
    found = written(text)
    if found is None:
        raise NotAllowed("There are no words in it.", "Write what is to be added.")
    return found
