"""The top of a person's page: who it is, where they stand and why, and what one does with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from supervise import strips, wording
from supervise.doing.kept import Kept
from supervise.doing.looking_person import PersonStory
from supervise.ui.bits import Pill, button, emptied, heading, label, row, without_arguments
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.dialogs.why import Sentences, Told
from supervise.ui.pages.person_parts import may_change
from supervise.ui.pages.person_words import stands_said, who_said
from supervise.ui.pages.session_others import OtherWriting
from supervise.ui.strip import StripView


class PersonHead(QWidget):
    """Name and status, the reasons opened in place, the twelve months, and the buttons."""

    tab_wanted = Signal(int)

    def __init__(self, desk: Desk, tabs: dict[str, int]) -> None:
        """`tabs`: other things one can do, each with the tab of the page in which it is done."""
        super().__init__()
        self.desk, self._tabs = desk, tabs
        self.story: PersonStory | None = None
        self._heading = heading("Person")
        self._pill, self._reasons = row(), row()
        self._why = button("Why?", self.why, link=True)
        self._who = label("", quiet=True, wrap=True)
        self._stands = label("", wrap=True)
        self._begun = OtherWriting(desk)
        self._strip = StripView(desk)
        self._in_words = label("", quiet=True, wrap=True)
        self._doing = [
            button("Book…", partial(self._do, "book"), main=True),
            button("Record a supervision", partial(self._do, "record")),
            button("Quick note…", partial(self._do, "quick_note")),
        ]
        self._more = button("More")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_more)
        self._lay_out()

    def _lay_out(self) -> None:
        self._name = QWidget()
        self._name.setLayout(row(self._heading, self._pill, self._why, None))
        self._top = QGridLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._top)
        whole.addWidget(self._who)
        whole.addWidget(self._stands)
        whole.addWidget(self._begun)
        whole.addLayout(self._reasons)
        whole.addWidget(self._strip)
        whole.addWidget(self._in_words)

    def _place(self) -> None:
        """What can be done at the right of the name, or with large letters below it."""
        large = self.desk.memory["text_percent"] > STACKED_ABOVE
        doing = [*self._doing, self._more]
        for each in (self._name, *doing):
            self._top.removeWidget(each)
        self._top.addWidget(self._name, 0, 0, 1, 2 if large else 1)
        for at, each in enumerate(doing):
            if large:
                self._top.addWidget(each, 1 + at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
            else:
                self._top.addWidget(each, 0, at + 1)
        self._top.setColumnStretch(0, 0 if large else 1)
        self._top.setColumnStretch(1, 1 if large else 0)

    # What it shows

    def show_story(self, story: PersonStory | None) -> None:
        """Show somebody; None says that nobody is chosen."""
        self.story = story
        self._place()
        emptied(self._pill)
        for each in (self._why, self._stands, self._strip, self._in_words, *self._doing, self._more):
            each.setVisible(story is not None)
        if story is None:
            emptied(self._reasons)
            self._begun.hide()
            self._heading.setText("Nobody is chosen")
            self._who.setText("Open somebody from Team, or search for them by name (Ctrl+F).")
            return
        self._heading.setText(story.person.name)
        self._who.setText(who_said(story))
        self._pill.addWidget(Pill(story.standing.status))
        self._why.setAccessibleName(f"Why? {story.person.name}")
        said = stands_said(story.row)
        self._stands.setText(said)
        self._stands.setVisible(bool(said))
        drafts = Kept(self.desk.workspace.store).about(story.person.id)
        self._begun.show_drafts("Unfinished writing:", drafts)
        self._strip.show_strip(story.strip)
        self._in_words.setText(strips.words(story.strip))
        for made in self._doing:
            made.setEnabled(may_change(self.desk))
        if self._reasons.count():
            self._show_reasons(story)

    # Why

    def why(self) -> None:
        """Open the reasons in place, or close them."""
        if self._reasons.count():
            self.close_reasons()
            self._why.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.story is not None:
            self._show_reasons(self.story).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_reasons(self) -> None:
        """Show them no longer."""
        emptied(self._reasons)

    def _show_reasons(self, story: PersonStory) -> QWidget:
        emptied(self._reasons)
        made = Sentences(Told("", story.why))
        self._reasons.addWidget(made)
        return made

    # What one does

    def _do(self, action: str) -> None:
        self.desk.deeds.window.do(action)

    def _fill_more(self) -> None:
        """What else can be done: with the booking, with a gap, with the facts."""
        menu = self._more.menu()
        menu.clear()
        if self.story is None:
            return
        booking = self.story.row.booking if self.story.row else None
        if booking is not None:
            deeds, on = self.desk.deeds, wording.day(booking.on)
            self._add(
                menu, f"&Open the agenda of {on}", partial(self.desk.go, "session", booking.session)
            )
            self._add(menu, "&Move the booking…", partial(deeds.move, booking.session))
            self._add(menu, "&Cancel the booking…", partial(deeds.cancel, booking.session))
            self._add(menu, "It was mi&ssed…", partial(deeds.miss, booking.session))
            menu.addSeparator()
        if self.story.gaps:
            self._add(menu, "E&xplain a gap…", partial(self._do, "explain_gap"))
        for title, at in self._tabs.items():
            to = without_arguments(partial(self.tab_wanted.emit, at))
            menu.addAction(title).triggered.connect(to)
        all_of_it = partial(self._try, partial(self.desk.deeds.why, self.story.person.id))
        menu.addAction("Why, and every &gap…").triggered.connect(without_arguments(all_of_it))

    def _add(self, menu: QMenu, title: str, does: Callable[[], object]) -> None:
        """A line for something that changes the records."""
        made = menu.addAction(title)
        made.setEnabled(may_change(self.desk))
        made.triggered.connect(without_arguments(partial(self._try, does)))

    def _try(self, does: Callable[[], object]) -> None:
        with self.desk.trying():
            does()
