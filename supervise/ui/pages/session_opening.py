"""What the page of a session shows for what it is opened on: a sheet to write, a record to read, or a few
plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.kept import Unfinished
from supervise.doing.sheet import Sheet
from supervise.doing.writing import Writing
from supervise.errors import BadQuestion, NotAllowed, SuperviseError
from supervise.store import Row
from supervise.ui.bits import button, column, heading, label, row
from supervise.ui.desk import Desk
from supervise.ui.pages.person_why_not import why_not
from supervise.ui.pages.session_head import title_of
from supervise.ui.pages.session_reading import ReadingView
from supervise.ui.pages.session_writing import WritingView
from supervise.workdays import Day, day, iso


class PlainView(QWidget):
    """A session without a record: planned, called off, or no longer there; and what can be done. `write` is
    what the button says that begins to write it up, `throw` offers to throw its draft away, `back` goes back
    to today."""

    write_wanted = Signal()
    throw_wanted = Signal()

    def __init__(
        self,
        title: str,
        *sentences: str,
        session: str | None = None,
        person: str | None = None,
        write: str = "",
        throw: bool = False,
        back: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.session, self.person = session, person
        self.main = button(write, self.write_wanted.emit, main=True) if write else None
        if back is not None:
            self.main = button("Back to today", back, main=True)
        links: list[QWidget] = [self.main] if self.main else []
        if throw:
            links.append(button("Throw it away…", self.throw_wanted.emit, link=True))
        said = [label(each, wrap=True) for each in sentences if each]
        whole = column(heading(title), *said, row(*links, None), None, spacing=8)
        whole.setContentsMargins(18, 14, 18, 14)
        self.setLayout(whole)

    def start_here(self) -> QWidget | None:
        """On what can be done."""
        return self.main

    def let_go(self) -> None:
        """It is about to go."""


View = WritingView | ReadingView | PlainView


class Opening:
    """Makes the view of a subject: a session's id, ("new", person), ("draft", session id), or None."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._page = page
        self._desk, self._store = desk, desk.workspace.store
        self._writing = Writing(desk.workspace.here)

    @property
    def may_write(self) -> bool:
        """Whether anything can be written now: not on another day, and not in a service store."""
        return self._desk.view.is_today and not self._desk.workspace.is_service

    def view_of(self, subject: object, *, just_finished: bool = False) -> View:
        """What is to be shown for it. What cannot be opened is said there, so that nobody takes what stood
        on the screen before for it."""
        try:
            if isinstance(subject, tuple):
                kind, id = subject
                return self._new(id) if kind == "new" else self._draft(id)
            if isinstance(subject, str):
                return self._session(subject, just_finished=just_finished)
        except SuperviseError as error:
            return PlainView("Supervision", str(error))
        return PlainView("Supervision", "Choose a person, then record a supervision (Ctrl+R).")

    def _new(self, person: str) -> View:
        """A supervision that was held and is recorded now: what was begun and left unfinished, or the one
        booked for today, if there is one."""
        if not self.may_write:
            title = title_of("one_to_one", self._desk.workspace.here.name(person))
            return self._refusal(title, session=None, person=person)
        today = self._desk.today
        booked = self._store.rows(
            "session", person_id=person, status="planned", kind="one_to_one", planned_on=iso(today)
        )
        session = next((row["id"] for row in booked), None)
        is_begun = session is not None and self._writing.kept.has(session)
        if not is_begun and (begun := self._begun_today(person)) is not None:
            return self._draft(begun)
        return self._written(self._writing.begin(person, today, session))

    def _begun_today(self, person: str) -> str | None:
        """The latest unfinished writing of a session that is not in the store: about today or about no day,
        or kept today, whichever day it is about by now."""
        today = self._desk.today
        for each in self._writing.kept.about(person):
            is_ours = each.is_loose and each.kind == "one_to_one"
            if is_ours and (each.on in (None, today) or _kept_on(each) == today):
                return each.session
        return None

    def _draft(self, session: str) -> View:
        """Unfinished writing, as it was left."""
        try:
            kept = self._writing.kept.get(session)
        except NotAllowed as error:
            return self._unreadable(session, error)
        if kept is None or not self.may_write:
            return self._session(session)
        on = kept.held_on or self._desk.today
        return self._written(self._writing.begin(kept.person, on, session))

    def _unreadable(self, session: str, error: NotAllowed) -> View:
        title = "A draft that cannot be read here"
        person = (self._store.row("session", session) or {}).get("person_id")
        return PlainView(title, str(error), session=session, person=person, throw=self.may_write)

    def _session(self, session: str, *, just_finished: bool = False) -> View:
        row = self._store.row("session", session)
        if row is None:
            if not self._writing.kept.has(session):
                gone = "That supervision is not here any more."
                return PlainView(
                    "Supervision", gone, "If it was undone, Redo (Ctrl+Shift+Z) brings it back."
                )
            if self.may_write:
                return self._draft(session)
            return self._refusal(
                "Supervision", "There is unfinished writing.", session=session, person=None
            )
        if row["status"] == "held":
            return self._record(session, just_finished=just_finished)
        if row["status"] == "planned" and self.may_write:
            return self._begun(row)
        return self._not_held(row)

    def _begun(self, row: Row) -> View:
        planned = day(row["planned_on"]) if row["planned_on"] else self._desk.today
        try:
            return self._written(self._writing.begin(row["person_id"], planned, row["id"]))
        except NotAllowed as error:
            return self._unreadable(row["id"], error)

    def altered(self, session: str) -> View:
        """The sheet of a finished record, or of the unfinished writing to it."""
        person = self._row(session)["person_id"]
        return self._written(self._writing.begin(person, self._desk.today, session))

    def held_after_all(self, session: str) -> View:
        """The sheet of a session that was called off."""
        return self._begun(self._row(session))

    def _row(self, session: str) -> Row:
        row = self._store.row("session", session)
        if row is None:
            raise BadQuestion("That session is not here any more.", "Look at the list again.")
        return row

    def note_viewing(self, session: str) -> None:
        """Note in the access list that a record was read."""
        self._store.access.note(self._desk.workspace.me, "viewed", "session", session)

    def _written(self, sheet: Sheet) -> WritingView:
        kept = self._writing.kept.has(sheet.session)
        view = WritingView(self._desk, sheet, self._page, kept=kept, status=self.status(sheet.session))
        others = self._writing.kept.about(sheet.person)
        view.others.show_drafts(
            "Unfinished too:", [each for each in others if each.session != sheet.session]
        )
        return view

    def status(self, session: str) -> str | None:
        """Whether a session is planned, held, cancelled or missed; None if there is none yet, or no more."""
        row = self._store.row("session", session)
        return None if row is None else str(row["status"])

    def _record(self, session: str, *, just_finished: bool) -> View:
        return ReadingView(
            self._desk,
            self._desk.workspace.record(session),
            self._page,
            may_write=self.may_write,
            has_draft=self._writing.kept.has(session),
            just_finished=just_finished,
        )

    def _not_held(self, row: Row) -> View:
        on = wording.long_day(day(row["planned_on"])) if row["planned_on"] else "a day that is not said"
        title = title_of(row["kind"], self._desk.workspace.here.name(row["person_id"]))
        reason = f"Reason: {row['reason']}" if row["reason"] else ""
        said = f"{wording.words(row['status'])}. It was planned for {on}."
        if not self.may_write:
            return self._refusal(title, said, reason, session=row["id"], person=row["person_id"])
        return PlainView(
            title,
            said,
            reason,
            session=row["id"],
            person=row["person_id"],
            write="It was held: write it up…",
        )

    def _refusal(
        self, title: str, *sentences: str, session: str | None, person: str | None
    ) -> PlainView:
        """Why nothing can be written, with the way back to today where that is what stands in the way."""
        view, is_service = self._desk.view, self._desk.workspace.is_service
        return PlainView(
            title, *sentences, why_not(self._desk), session=session, person=person,
            back=None if view.is_today or is_service else partial(view.look_at, None),
        )  # fmt: skip


def _kept_on(draft: Unfinished) -> Day:
    """The day, by this computer's clock, on which a draft was kept."""
    return draft.kept_at.astimezone().date().toordinal()
