"""Writing up a supervision: from the agenda to the finished record (floor 3).

    begin → keep, as often as one types → finish, which is one change

Until it is finished a record is a draft, beside the history (`kept`). Once finished it can be begun again
and altered until both have signed; sharing, signing and what is added later are in `evidence`. Labels stand
in the history, which anybody may read: they name people and days, never what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

from supervise.doing import agendas, carrying, checking, last_time
from supervise.doing.carrying import OpenAction
from supervise.doing.entering import Problem
from supervise.doing.finished import finished, known_about, min_minutes, record_rows
from supervise.doing.here import Here
from supervise.doing.kept import Kept, Unfinished
from supervise.doing.last_time import LastTime, QuickNote
from supervise.doing.sheet import (
    CASE_TEXT,
    Heading,
    Sheet,
    SheetAction,
    SheetSection,
    numbered,
    written,
)
from supervise.errors import BadQuestion, NotAllowed
from supervise.service import session_of
from supervise.store import Change, Row, Store
from supervise.store.rows import new_id
from supervise.wording import day as said_day
from supervise.workdays import Day, day, iso, iso_or_none

SINCE = "Since we last met"
"""The heading under which quick notes since the last one-to-one come up again."""


class Length(NamedTuple):
    """Minutes held, and the policy's shortest length; None where one is not known or not asked for."""

    minutes: int | None
    min_minutes: int | None


class Writing:
    """Writing up, finishing and altering records; quick notes; actions done; the reason of a gap."""

    def __init__(self, here: Here) -> None:
        self.here, self.store, self.kept = here, here.store, Kept(here.store)

    # What one begins with

    def agenda(
        self, team: str | None, role: str | None = None, kind: str = "one_to_one"
    ) -> list[Heading]:
        """The headings of a new record (see `agendas`). Drafts and records keep those they have."""
        return agendas.agenda(list(self.store.rows("template")), team, role, kind)

    def begin(
        self, person: str, on: Day, session_id: str | None = None, *, kind: str = "one_to_one"
    ) -> Sheet:
        """The sheet of a planned session, of a held one that is to be altered, or of one not planned.

        A draft is taken up as it was kept (without `session_id`, one of this person, day and kind that
        belongs to no session yet). Open actions of earlier sessions come along; with a held session only
        its own. NotAllowed for a record that both have signed, a draft that cannot be read, and in a
        service store; BadQuestion if there is no such session, or if it is somebody else's.
        """
        self._refuse_in_service()
        row = self._session(person, session_id)
        sheet = self.kept.get(session_id) if session_id else self.kept.loose(person, on, kind)
        if row is not None and row["status"] == "held":
            if sheet is None:
                agenda = agendas.agenda_for(self.store, person, day(row["held_on"]), row["kind"])
                sheet = finished(self.store, row, {each.heading: each.prompt for each in agenda})
            carrying.bring_up_to_date(self.store, sheet)
            return sheet
        sheet = sheet or _blank(self.store, person, on, kind, row)
        carrying.bring_up_to_date(self.store, sheet)
        carrying.bring_along(self.store, sheet, sheet.held_on or on)
        if sheet.kind == "one_to_one":
            _bring_notes(sheet, self.to_revisit(person, sheet.held_on or on))
        return sheet

    def last_time(self, person: str, before: Day, kind: str = "one_to_one") -> LastTime | None:
        """The last session of that kind held before a day, or None."""
        return last_time.last_time(self.store, person, before, kind)

    def to_revisit(self, person: str, before: Day) -> list[QuickNote]:
        """The quick notes since the last one-to-one before a day, in order."""
        return last_time.to_revisit(self.store, person, before)

    def open_actions(self, person: str) -> list[OpenAction]:
        """What this person's sessions have left open, the earliest due first."""
        return carrying.open_actions(self.store, self.here.today(), person)

    def case_text_reason(self) -> str | None:
        """Why what is decided in a case may be written here too; None where it may not."""
        return self.store.settings.get(CASE_TEXT) or None

    # Drafts

    def keep(self, sheet: Sheet) -> None:
        """Keep the sheet as a draft. On DiskFull the one before stays; NotAllowed if that is one which
        cannot be read here."""
        self.kept.put(sheet)

    def drafts(self) -> list[Unfinished]:
        """Every unfinished record, the latest first; those that cannot be read too, and say so."""
        return self.kept.list()

    def discard(self, session_id: str) -> None:
        """Throw a draft away, readable or not. What was finished stays."""
        self.kept.discard(session_id)

    # Finishing

    def problems(self, sheet: Sheet) -> list[Problem]:
        """What forbids finishing, then what is only worth a look."""
        return checking.problems(sheet, known_about(self.here, sheet))

    def finish(self, sheet: Sheet) -> Change:
        """Make the sheet a record, as one change, and let go of its draft once that is done.

        Altering a record that was shared, or signed by one of the two, takes those steps back: they were
        about other words. NotAllowed, with the first thing that forbids it; then the draft stays.
        """
        self._refuse_in_service()
        carrying.bring_up_to_date(self.store, sheet)
        known = known_about(self.here, sheet)
        for problem in checking.problems(sheet, known):
            if problem.forbids:
                raise NotAllowed(problem.sentence, checking.remedy(problem))
        assert sheet.held_on is not None, "a record without a day is forbidden"
        was_held = known.stored is not None and known.stored.status == "held"
        doing = "Alter the record of supervision with" if was_held else "Record supervision with"
        rows = record_rows(self.store, sheet)
        with self._change(doing, sheet.person, sheet.held_on) as change:
            rows.put(change)
        self.kept.discard(sheet.session)
        return change

    def length_against_policy(self, sheet: Sheet) -> Length:
        """How long it took, and the shortest length that the policy of its day asks for."""
        return Length(sheet.minutes, min_minutes(self.here.rulebook(), sheet.kind, sheet.held_on))

    # Short things

    def quick_note(
        self, person: str, about: str, text: str, follow_up: str | None = None, on: Day | None = None
    ) -> Change:
        """Note an ad-hoc conversation (today, if no day is given): a held session whose notes begin with
        what it was about. What is to be followed up becomes an open action; both come up at the next
        one-to-one. NotAllowed without a word on what it was about, or on a day still to come."""
        on = self.here.today() if on is None else on
        self._refuse_to_come(on)
        if not written(about):
            raise NotAllowed("The note does not say what it was about.", "A few words are enough.")
        post = agendas.post_on(self.store, person, on) or {}
        sheet = Sheet(person=person, supervisor=post.get("supervisor_id"), kind="ad_hoc", held_on=on)
        sheet.notes = last_time.note_text(about, text)
        if written(follow_up):
            sheet.actions.append(SheetAction(text=follow_up or ""))
        rows = record_rows(self.store, sheet)
        with self._change("Note a conversation with", person, on) as change:
            rows.put(change)
        return change

    def add_action_done(self, action_id: str, on: Day | None) -> Change:
        """Note the day on which an action was done, or (None) that it is open after all. It may stand in a
        signed record. BadQuestion if there is no such action, NotAllowed for a day still to come."""
        row = self.store.row("action", action_id)
        if row is None:
            raise BadQuestion("That action is not here any more.", "Look at the list again.")
        if on is not None:
            self._refuse_to_come(on)
        done = "done" if on is not None else "open again"
        label = f"Note an action of {self.here.name(row['person_id'])} as {done}"
        with self.store.change(label, by=self.here.me) as change:
            change.put("action", {"id": action_id, "done_on": iso_or_none(on)})
        return change

    def explain_gap(
        self, person: str, clock: str, first: Day, last: Day, reason: str, text: str | None = None
    ) -> Change:
        """Say in a line why there was a gap from its first to its last late day, and more in `text`.

        An explanation that began on the same day and ends within these is replaced (a gap that is open
        grows): the history has it. Others that overlap stand, such as those of a tracker's months.
        BadQuestion if the days are the wrong way round or there is nobody of that id.
        """
        if last < first or self.store.row("person", person) is None:
            raise BadQuestion("That gap is not there any more.", "Look at the person’s page again.")
        if not written(reason):
            raise NotAllowed("The reason has no words.", "One line is enough.")
        earlier = [
            row["id"]
            for row in self.store.rows(
                "explanation", person_id=person, clock=clock, **{"from": iso(first)}
            )
            if row["to"] <= iso(last)
        ]
        row: Row = {
            "id": earlier[-1] if earlier else new_id(),
            "person_id": person,
            "clock": clock,
            "from": iso(first),
            "to": iso(last),
            "reason": " ".join((written(reason) or "").split()),
            "text": written(text),
            "by": self.here.me,
        }
        with self._change("Explain a gap of", person, first) as change:
            change.put("explanation", row, recorded=True)
        return change

    # What is where

    def _change(self, doing: str, person: str, on: Day) -> AbstractContextManager[Change]:
        label = f"{doing} {self.here.name(person)}, {said_day(on)}"
        return self.store.change(label, by=self.here.me)

    def _refuse_in_service(self) -> None:
        if self.store.is_service:
            raise NotAllowed(
                "This is a service store: records come from the teams’ exports and are not written here.",
                "Write it in the team’s own store.",
            )

    def _refuse_to_come(self, on: Day) -> None:
        if on > self.here.today():
            raise NotAllowed(f"{said_day(on)} is still to come.", "Choose today or an earlier day.")

    def _session(self, person: str, session_id: str | None) -> Row | None:
        """The session's row; None without an id, or if there is only a draft of it."""
        row = self.store.row("session", session_id) if session_id else None
        if row is None:
            if session_id and not self.kept.has(session_id):
                raise BadQuestion("That session is not here any more.", "Begin a new record.")
        elif row["person_id"] != person:
            raise BadQuestion("That session is somebody else’s.", "Choose it on that person’s page.")
        elif checking.is_signed(session_of(row)):
            raise NotAllowed(checking.LOCKED, checking.LATE_ENTRY)
        return row


def _blank(store: Store, person: str, on: Day, kind: str, row: Row | None) -> Sheet:
    """A new sheet, with what a planned session says already."""
    sheet = Sheet(person=person, kind=kind, held_on=on)
    if row is not None:
        sheet.session, sheet.kind, sheet.supervisor = row["id"], row["kind"], row["supervisor_id"]
        sheet.started_at, sheet.place = row["planned_start"], row["place"]
    if sheet.supervisor is None:
        sheet.supervisor = (agendas.post_on(store, person, on) or {}).get("supervisor_id")
    sheet.sections = numbered(agendas.agenda_for(store, person, on, sheet.kind))
    return sheet


def _bring_notes(sheet: Sheet, notes: Sequence[QuickNote]) -> None:
    """A first heading for the quick notes since last time, which its prompt names."""
    if not notes:
        return
    since = next((section for section in sheet.sections if section.heading == SINCE), None)
    if since is None:
        since = SheetSection(heading=SINCE)
        sheet.sections.insert(0, since)
    since.prompt = " · ".join(f"{said_day(note.held_on)}: {note.about}" for note in notes)
