"""What can be done with an entry of the calendar, while today is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from supervise.ui.desk import Desk
from supervise.ui.pages.calendar_days import Mark
from supervise.workdays import FIRST_DAY, FOREVER, Day, is_working_day


class EntryDeeds:
    """Opens what an entry is about, or the dialog that alters it."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk, self._page = desk, page

    def _doing(self, does: Callable[[], object]) -> None:
        """Do something that changes the diary; why it cannot be is told."""
        with self._desk.trying():
            self._desk.refuse_if_not_today()
            does()

    def propose(self) -> None:
        """Propose dates."""
        self._doing(self._desk.deeds.propose)

    def book(self, person: str, on: Day | None = None) -> None:
        """Book with somebody, on that day if one is given."""
        self._doing(partial(self._desk.deeds.book, person, on))

    def ask_whom(self, on: Day) -> None:
        """Book on a day, once it is said with whom."""
        self._doing(partial(self._show_whom, on))

    def _show_whom(self, on: Day) -> None:
        from supervise.ui.dialogs.whom import WhomDialog

        WhomDialog(self._desk, self._page.window(), on).show_over()

    def open(self, mark: Mark) -> None:
        """A session that stands opens; somebody due is booked, or on another day looked at."""
        if mark.session is not None and mark.kind in ("planned", "passed", "held"):
            self._desk.go("session", mark.session)
        elif mark.session is None and self._desk.view.is_today:
            self.book(mark.person, mark.on if mark.on > self._desk.today else None)
        else:
            self._desk.go("person", mark.person)

    def move(self, mark: Mark | None, by: int = 0) -> None:
        """Move a booking; with `by` 1 or -1 to the next working day that way. Anything else stays."""
        if mark is None or not mark.is_booking:
            return
        on = mark.on + by
        while by and FIRST_DAY < on < FOREVER and not is_working_day(on):
            on += by
        self.move_to(mark, on if by else None)

    def move_to(self, mark: Mark, on: Day | None) -> None:
        """Move a booking to that day."""
        if mark.session is not None:
            self._doing(partial(self._desk.deeds.move, mark.session, on))

    def cancel(self, mark: Mark | None) -> None:
        """Cancel a booking."""
        if mark is not None and mark.session is not None:
            self._doing(partial(self._desk.deeds.cancel, mark.session))

    def miss(self, mark: Mark | None) -> None:
        """Say that a supervision did not happen."""
        if mark is not None and mark.session is not None:
            self._doing(partial(self._desk.deeds.miss, mark.session))
