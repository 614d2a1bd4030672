"""Session: writing up a supervision, reading a record, and what shows that it took place.

Opened on a session's id, on ("new", person) for one that was not booked, or on ("draft", session id).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise.doing.writing import Writing
from supervise.errors import NotAllowed
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Question
from supervise.ui.pages.page import FACTS, Page
from supervise.ui.pages.session_opening import Opening, PlainView, View
from supervise.ui.pages.session_reading import ReadingView
from supervise.ui.pages.session_undone import JustFinished
from supervise.ui.pages.session_writing import WritingView

_UNSAVED = (
    "What you have written could not be saved, so this page stays open.",
    "Free some space, then try again.",
)


class SessionPage(Page):
    """One supervision: being written, or read."""

    name, title = "session", "Supervision"
    cares_about = FACTS | {"session_section", "action", "late_entry", "statement"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.writing, self._opening = Writing(desk.workspace.here), Opening(desk, self)
        self._subject: object = None
        self._view: View | None = None
        self._finished = JustFinished(self.writing, self._opening)
        self._is_new = True
        self._just_finished = self._is_fresh = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        _key(self, "Ctrl+S", self.keep_now)
        _key(self, "Ctrl+Return", self.finish)
        _key(self, "Ctrl+Enter", self.finish)
        _key(self, "Ctrl+Down", partial(self._step, 1))
        _key(self, "Ctrl+Up", partial(self._step, -1))

    # What the window asks of a page

    @property
    def session_id(self) -> str | None:
        """The session whose finished record can be printed; None where there is none."""
        view = self._view
        is_held = isinstance(view, ReadingView) or (isinstance(view, WritingView) and view.is_held)
        return view.session if view is not None and is_held else None

    def open_on(self, subject: object) -> None:
        """Another session: it is read when the page is shown."""
        self._subject, self._is_new, self._stale = subject, True, True
        self._just_finished = False
        self._finished.forget()

    def chosen_person(self) -> str | None:
        """Whose supervision it is."""
        return self._view.person if self._view is not None else None

    def may_leave(self) -> bool:
        """Keep the draft now; False if that failed, which is said."""
        if not isinstance(self._view, WritingView):
            return True
        if not self._view.keeper.keep():
            self.desk.notifier.trouble(NotAllowed(*_UNSAVED))
            return False
        self._view.keeper.tell()
        return True

    def start_here(self) -> QWidget | None:
        """In a record that is begun, the length; in a draft, its words; else where the keyboard was."""
        if not self._is_fresh and (had := self.focusWidget()) is not None:
            return had
        self._is_fresh = False
        if isinstance(self._view, WritingView):
            is_draft = isinstance(self._subject, tuple) and self._subject[0] == "draft"
            return self._view.start_here(in_words=is_draft)
        return self._view.start_here() if self._view is not None else None

    # What is shown

    def refresh(self) -> None:
        """Show the subject; what is being written stays as it is on the screen."""
        view = self._view
        if self._is_new or not isinstance(view, WritingView):
            if not self._is_new and (session := self._finished.bring_back()) is not None:
                self._just_finished, self._subject = False, ("draft", session)
            self._open(self._subject)
        elif self._finished.is_done_again(view):
            self.writing.discard(view.session)
            self._open(view.session)
        elif not view.keeper.is_dirty and self._opening.status(view.session) != view.status:
            self._open(view.session)
        else:
            view.freeze(not self._opening.may_write)
            view.refresh()
            view.fit()

    def _open(self, subject: object) -> None:
        """Show another subject, or the same anew."""
        view = self._opening.view_of(subject, just_finished=self._just_finished)
        if isinstance(view, ReadingView) and self._is_new and not self._just_finished:
            with self.desk.trying():
                self._opening.note_viewing(view.session)
        self._subject, self._is_new = subject, False
        if isinstance(self._view, ReadingView) and self._view.says_the_same_as(view):
            view.let_go()
            view.deleteLater()
        else:
            self._show(view)

    def _show(self, view: View) -> None:
        before, self._view = self._view, view
        focus = self.window().focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        self._connect(view)
        self._layout.addWidget(view)
        view.show()
        if before is not None:
            before.let_go()
            before.hide()
            self._layout.removeWidget(before)
            before.setParent(None)
            before.deleteLater()
        if isinstance(before, ReadingView) and isinstance(view, ReadingView):
            view.go_to(before)
        self._is_fresh = True
        if had_focus and (start := self.start_here()) is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self, view: View) -> None:
        view.throw_wanted.connect(self._ask_to_throw)
        if isinstance(view, WritingView):
            view.finish_wanted.connect(self._finish)
            view.print_wanted.connect(self.print_record)
        elif isinstance(view, ReadingView):
            view.change_wanted.connect(self._change)
            view.later_wanted.connect(self._later)
        else:
            view.write_wanted.connect(self._write_up)

    # What is done

    def _step(self, by: int) -> None:
        if isinstance(self._view, WritingView):
            self._view.step(by)

    def keep_now(self) -> None:
        """Keep the draft, without waiting for a pause."""
        if isinstance(self._view, WritingView):
            self._view.keeper.keep()

    def finish(self) -> None:
        """Finish what is being written."""
        if isinstance(self._view, WritingView):
            with self.desk.trying():
                self.desk.refuse_if_not_today()
                self._view.try_to_finish()

    def _finish(self) -> None:
        view = self._view
        assert isinstance(view, WritingView)
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            change = self.writing.finish(view.sheet)
            view.keeper.stop()
            self._finished.remember(view)
            self._just_finished = True
            self._open(view.session)
            self.desk.changed.emit(frozenset({"draft"}))
            self.desk.did(change)

    def print_record(self) -> None:
        """Write the record as a PDF."""
        if self.session_id is None:
            raise NotAllowed("This record is not finished yet.", "Finish it, then print it.")
        self.desk.deeds.write_record(self.session_id)

    def _later(self) -> None:
        self._just_finished = False
        self.read()

    def _change(self) -> None:
        self._write(self._opening.altered)

    def _write_up(self) -> None:
        self._write(self._opening.held_after_all)

    def _write(self, begun: Callable[[str], View]) -> None:
        """Begin to write what is only read so far."""
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self._just_finished = False
            self._show(begun((self._view and self._view.session) or ""))

    # Throwing away

    def _ask_to_throw(self) -> None:
        asked = Question(
            self.desk, self, "Throw this draft away?",
            "What was written and not finished is gone then, and cannot be brought back.",
            does="Throw it away", then=self._throw,
        )  # fmt: skip
        asked.show_over()

    def _throw(self) -> None:
        session = (self._view.session if self._view else None) or ""
        self.writing.discard(session)
        if isinstance(self._view, WritingView):
            self._view.keeper.stop()
        self.desk.changed.emit(frozenset({"draft"}))
        if self._opening.status(session) == "held":
            self._open(session)
        else:
            self._subject = None
            self._show(PlainView("Supervision", "The draft was thrown away."))
        self.desk.notifier.note("The draft was thrown away.")


def _key(page: QWidget, keys: str, does: Callable[[], None]) -> None:
    """A key that belongs to the page, wherever in it the keyboard is."""
    made = QShortcut(QKeySequence(keys), page)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(does)
