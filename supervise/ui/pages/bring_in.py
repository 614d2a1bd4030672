"""Bring in my tracker: what a file would do, what must be answered first, and one button that does it.

Nothing is stored before that button; one Undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from supervise.errors import SuperviseError
from supervise.store import Change
from supervise.ui.bits import notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.pages.bring_in_bar import AboutExport, Bar, Steps
from supervise.ui.pages.bring_in_items import layout
from supervise.ui.pages.bring_in_lines import brought_in
from supervise.ui.pages.bring_in_plan import PlanView
from supervise.ui.pages.bring_in_reading import FileReading, Pairs
from supervise.ui.pages.bring_in_shown import Shown
from supervise.ui.pages.page import ScrollPage

_WAYS = (
    "Drop a spreadsheet on this window, or choose one: a row for each supervision, a column for each month, or a "
    "list of last supervisions. An export of Supervise will do too. You see what it would do before anything is stored."
)
_AT_THE_TERMINAL = ("--", "mapping", "manual")
"""Words of next steps that only the terminal has."""


class BringInPage(ScrollPage):
    """A file from outside, seen before it is taken in."""

    name, title, guide = "bring_in", "Bring in my tracker", "help-bring-in"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._done: Shown | None = None
        self._is_first = False
        today = desk.workspace.today
        self.reading = FileReading(desk, self)
        self.about, self.plan, self.bar = AboutExport(today), PlanView(today), Bar()
        self.trouble = notice("", trouble=True)
        self.steps = Steps()
        self.today, self.choose, self.retry = self.steps.today, self.steps.choose, self.steps.retry
        for each in (self.trouble, self.steps, self.plan, self.about):
            self.body.addWidget(each)
        around = self.layout()
        assert around is not None, "every page has a layout"
        around.addWidget(self.bar)
        self._connect()
        self._show_nothing()

    def _connect(self) -> None:
        self.reading.shown.connect(self._show_plan)
        self.reading.failed.connect(self._show_failure)
        self.reading.slow.connect(self.bar.show_slow)
        self.reading.slow.connect(self._show_bar)
        self.today.clicked.connect(self._not_now)
        self.choose.clicked.connect(self._choose)
        self.retry.clicked.connect(self._retry)
        self.about.said.connect(self.reading.say_about)
        self.plan.answered.connect(self._answer)
        self.plan.skipping.connect(self._show_bar)
        self.bar.wanted.connect(self._bring_in)
        self.bar.not_wanted.connect(self._not_now)
        self.bar.stopped.connect(self._cancel)

    # What a page is asked

    def open_on(self, subject: object) -> None:
        """Read that file, a path, and show what it would do."""
        path = Path(str(subject))
        self._stale, self._done, self._is_first = False, None, True
        self.say(f"Bring in {path.name}", "Reading it…")
        self.plan.show_only()
        self.reading.open(path)
        self._show_parts()
        self._show_bar()

    def on_changed(self, touched: frozenset[str]) -> None:
        """Whatever was altered, or taken back, may alter what the file would do."""
        self.look_again()

    def refresh(self) -> None:
        """Work out anew what the file would do."""
        if self.reading.latest is not None or not self.reading.is_busy:
            self.reading.again()
        self._show_bar()

    def start_here(self) -> QWidget | None:
        """At what must be answered, or the one thing to do."""
        if self.reading.path is None:
            return self.choose
        if self._done is not None:
            return self.today
        if not self.trouble.isHidden():
            return self.retry if self.plan.layout_.isHidden() else self.plan.layout_.view
        return self.plan.first() or (self.bar.main if self.bar.main.isEnabled() else self.bar.not_now)

    # What is shown

    def _show_parts(self, *steps: QWidget, trouble: str = "") -> None:
        """Show these of the next steps, and what did not work."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.steps.show_only(*steps)
        is_service = self.desk.workspace.is_service
        self.about.setVisible(is_service and self.reading.path is not None and self._done is None)
        if is_service:
            self.about.show_sources(self.desk.workspace.sources())

    def _show_nothing(self) -> None:
        self.say(self.title, _WAYS)
        self._show_parts(self.choose)
        self.choose.setText("Choose a file…")
        self.plan.show_only()
        self._show_bar()

    def _show_plan(self, shown: Shown) -> None:
        if self._done is not None and shown.plan.does_nothing:
            return  # it is here, as it was said
        taken_back = "" if self._done is None else "It was taken back: nothing of it is stored. "
        self._done, sentence = None, f"{taken_back}{shown.sentence}"
        self.say(f"Bring in {shown.plan.source}", sentence)
        self._show_parts()
        self.plan.show_plan(shown)
        self._show_bar()
        self._start(sentence)

    def _start(self, sentence: str) -> None:
        """The first plan of a file takes the keyboard to where it begins, unless somebody types elsewhere."""
        if not self._is_first or not self.isVisible():
            return
        self._is_first = False
        announce(self.heading, sentence)
        focus = self.window().focusWidget()
        if (start := self.start_here()) is not None and not isinstance(focus, QLineEdit):
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_failure(self, error: SuperviseError) -> None:
        name = self.reading.path.name if self.reading.path else "this"
        outside = self.reading.outside
        self.plan.show_only(layout=layout(outside.grids, None) if outside and outside.grids else [])
        self.plan.layout_.fold(False)
        can_say = not self.plan.layout_.isHidden() or self.desk.workspace.is_service
        remedy = _remedy(error, can_say=can_say)
        self.say(f"{name} cannot be brought in", "Nothing was stored.")
        self._show_parts(self.choose, self.retry, trouble=f"{error.sentence} {remedy}".strip())
        self.choose.setText("Choose another file…")
        self._show_bar()
        self._start(self.trouble.text())

    def _show_bar(self) -> None:
        """What would be done, or why nothing can be yet."""
        shown = self.reading.latest if self._done is None else None
        why = self._why_not(shown) if shown else ""
        can = None if shown is None else not why and not self.reading.is_busy
        words = why or (shown.counts if shown else "")
        self.bar.show_state(
            words, main=can, not_now=self.reading.path is not None and self._done is None
        )
        self.bar.setVisible(self.reading.path is not None and self._done is None)

    def _why_not(self, shown: Shown) -> str:
        """Why it cannot be brought in, in a sentence; "" if it can."""
        skip = self.plan.skip
        return shown.why_not(
            self.desk.view.is_today, skips=skip.isChecked(), can_skip=not skip.isHidden()
        )

    # What is done

    def _answer(self, pairs: Pairs, value: str | None) -> None:
        self.reading.answer(pairs, value)
        self._show_bar()

    def _bring_in(self) -> None:
        shown = self.reading.latest
        if shown is None or self._why_not(shown):
            return
        self._freeze(True)
        self.bar.words.setText(f"Bringing in {shown.plan.source}…")
        self.desk.background.step(
            self._carry_out(shown), self._have_brought_in, self.desk.notifier.trouble
        )

    def _carry_out(self, shown: Shown) -> Generator[tuple[int, int], None, tuple[Shown, Change]]:
        yield 0, 1  # the window says first what it does
        try:
            self.desk.refuse_if_not_today()
            skips = self.plan.skip.isChecked()
            return shown, self.desk.workspace.carry_out(shown.plan, skip_bad_rows=skips)
        finally:
            self._freeze(False)

    def _freeze(self, frozen: bool) -> None:
        for each in (self.area, self.bar):
            each.setEnabled(not frozen)
        self._show_bar()

    def _have_brought_in(self, done: tuple[Shown, Change]) -> None:
        shown, change = done
        self._done = shown
        self.reading.answers_are_kept()
        said = brought_in(shown.plan)
        self.say(said, "Undo at the foot of the window takes all of it back.")
        self._show_parts(self.today, self.choose)
        self.choose.setText("Bring in another file…")
        self.plan.show_only(problems=shown.problems)
        self._show_bar()
        self.today.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.did(change, said)

    # Where one goes

    def _cancel(self) -> None:
        self.reading.cancel()
        if self.reading.latest is None:
            self._not_now()
        else:
            self._show_plan(self.reading.latest)

    def _not_now(self) -> None:
        self.reading.forget()
        self._done = None
        self._show_nothing()
        self.desk.go("today")

    def _retry(self) -> None:
        if self.reading.path is not None:
            self.open_on(self.reading.path)

    def _choose(self) -> None:
        with self.desk.trying():
            self.desk.refuse_if_not_today()
            self.desk.deeds.bring_in()


def _remedy(error: SuperviseError, *, can_say: bool) -> str:
    """What to do next: here, where the terminal would have it written into its command or a file."""
    if not any(words in error.remedy for words in _AT_THE_TERMINAL):
        return error.remedy
    return f"Correct the file and try again{', or say below what it means' if can_say else ''}."
