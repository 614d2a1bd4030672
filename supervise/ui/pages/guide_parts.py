"""What the guide says of one's own team: what is asked for each of my people, the next four weeks, and the
steps of the first month."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from supervise import guide, wording
from supervise.doing.looking import Looking
from supervise.doing.looking_guide import Asked, Week
from supervise.today import BoardRow, Booking
from supervise.ui.bits import button, card, column, heading, label, row, scrolling
from supervise.ui.cards import Card, CardList, Deed
from supervise.ui.desk import Desk

MANY = 200
"""So many people at once are a service, not a team: what is asked of each is told team by team."""


class Part(QScrollArea):
    """One part that is made of widgets: a title, a quiet line, and `body`."""

    id: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person: str | None = None
        self.heading = heading(self.title)
        self.line = label("", quiet=True, wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        inner = QWidget()
        whole = column(self.heading, self.line, self.body, None, spacing=4)
        whole.setContentsMargins(0, 0, 6, 0)
        inner.setLayout(whole)
        scrolling(inner, self)

    def refresh(self) -> None:
        """Read what is to be shown, and show it."""
        raise NotImplementedError

    def entered(self, shown: Card) -> None:
        """The keyboard is on that card."""
        self.person = shown.person


class CardsPart(Part):
    """A part that is told in cards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards = CardList(desk)
        self.cards.entered.connect(self.entered)
        self.body.addWidget(self.cards)


class MyPeople(CardsPart):
    """For each of my people: what the policy asks for, why, until when, and what comes next."""

    id, title = "my-people", "My people"

    def refresh(self) -> None:
        """Ask for the team and day looked at."""
        view = self.desk.view
        looking = Looking(self.desk.workspace.here)
        if view.team is None and len(looking.members(view.day)) > MANY:
            self._say(
                "Choose your team at the top: what is asked for each person is told team by team.", []
            )
            return
        asked = looking.guide_people(view.team, view.day)
        self._say(self._about(looking, asked), [self._card(each) for each in asked])

    def _say(self, line: str, cards: list[Card]) -> None:
        self.line.setText(line)
        self.cards.show_lists([("", cards)])

    def _about(self, looking: Looking, asked: list[Asked]) -> str:
        """Whose people they are, and which policy asks."""
        view = self.desk.view
        if not asked:
            return "Nobody here has a rule yet. Add people, or bring in your tracker; the rules are in Settings."
        who = ""
        managed = looking.manager_of(view.team, view.day) if view.team else None
        if managed:
            who = f"{view.team}, supervised by {managed.name} for {managed.how_long}. "
        return f"{who}What is asked for each person, and why. {asked[0].why[-1]}"

    def _card(self, asked: Asked) -> Card:
        person = asked.row.person
        name = (
            asked.row.name if asked.row.subject == person else f"{asked.row.subject}, {asked.row.name}"
        )
        return Card(
            name=name, words=_phase(asked), person=person, status=asked.row.status,
            second=" ".join(asked.why[2:-1]),  # without the status, the post and the policy, told already
            why=partial(self.desk.deeds.why, asked.row.subject),
            deed=Deed("Open", partial(self.desk.go, "person", person)),
        )  # fmt: skip


class NextWeeks(CardsPart):
    """Who is due and who is booked, week by week."""

    id, title = "four-weeks", "The next four weeks"

    def refresh(self) -> None:
        """Ask for the team and day looked at."""
        view = self.desk.view
        weeks = Looking(self.desk.workspace.here).next_four_weeks(view.team, view.day)
        due = sum(len(week.due) for week in weeks)
        booked = sum(len(week.booked) for week in weeks)
        said = f"{due:,} due, {wording.counted(booked, 'booking')}."
        self.line.setText(f"{said} Whoever was due before is in the first week.")
        self.cards.show_lists([(self._title(week), self._cards(week)) for week in weeks])

    def _title(self, week: Week) -> str:
        day = self.desk.view.day
        number = (week.first - day + (day - 1) % 7) // 7
        name = {0: "This week", 1: "Next week"}.get(number, f"In {wording.counted(number, 'week')}")
        first, last = wording.day_month(week.first), wording.day_month(week.last)
        same_month = first.split()[1] == last.split()[1]
        return f"{name}, {first.split()[0] if same_month else first} to {last}"

    def _cards(self, week: Week) -> list[Card]:
        told = {due.booking.session for due in week.due if due.booking is not None}
        cards = [self._due(each) for each in week.due]
        cards += [self._booked(each) for each in week.booked if each.session not in told]
        return cards or [Card(name="", words="Nobody is due, and nothing is booked.")]

    def _due(self, due: BoardRow) -> Card:
        said = [f"due {wording.day(due.due)}"] if due.due else []
        said.append(f"booked {_when(due.booking)}" if due.booking else "not booked yet")
        return Card(
            name=due.name, words=" · ".join(said), person=due.person, status=due.status,
            why=partial(self.desk.deeds.why, due.subject), deed=self._deed(due.person, due.booking),
        )  # fmt: skip

    def _booked(self, booking: Booking) -> Card:
        said = [f"booked {_when(booking)}", wording.words(booking.kind), booking.place or ""]
        return Card(
            name=booking.name, words=" · ".join(filter(None, said)), person=booking.person,
            deed=self._deed(booking.person, booking),
        )  # fmt: skip

    def _deed(self, person: str, booking: Booking | None) -> Deed | None:
        if booking is not None:
            return Deed("Open agenda", partial(self.desk.go, "session", booking.session))
        if not self.desk.view.is_today or self.desk.workspace.is_service:
            return Deed("Open", partial(self.desk.go, "person", person))
        return Deed("Book…", partial(self.desk.deeds.book, person))


class FirstMonth(Part):
    """What to do in the first month, to be ticked off."""

    id, title = "first-month", "The first month"
    wanted = Signal(str)  # a page's id
    ticked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.steps = guide.checklist()
        titles = {page.id: page.title for page in guide.pages()}
        self.boxes: dict[str, QCheckBox] = {}
        for step in self.steps:
            self.body.addWidget(self._step(step, titles[step.page]))
        self.line.setText(
            "For the weeks after you took over. What you tick is remembered on this computer."
        )
        self.refresh()

    def _step(self, step: guide.Step, page: str) -> QFrame:
        """A card with its box to tick, what to do, and the page to read about it."""
        box = QCheckBox("Done")
        box.setAccessibleName(f"Done: {step.title}")
        box.setAccessibleDescription(step.what)
        box.toggled.connect(self._ticked)
        self.boxes[step.id] = box
        title = heading(step.title, 3)
        title.setWordWrap(True)
        above = row(title, box)
        above.setStretchFactor(title, 1)
        name = f"Read “{page}”, about: {step.title}"
        read = button("Read about it", partial(self.wanted.emit, step.page), link=True, name=name)
        inside = column(above, label(step.what, quiet=True, wrap=True), row(read, None), spacing=1)
        inside.setContentsMargins(12, 6, 12, 4)
        frame = card()
        frame.setLayout(inside)
        return frame

    @property
    def done(self) -> list[str]:
        """The ids of the steps done, in order."""
        return [step.id for step in self.steps if self.boxes[step.id].isChecked()]

    @property
    def title_with_count(self) -> str:
        """ "The first month: 4 of 9 left"."""
        left = len(self.steps) - len(self.done)
        return f"{self.title}: {left} of {len(self.steps)} left" if left else f"{self.title}: all done"

    def refresh(self) -> None:
        """What was ticked on this computer."""
        done = set(self.desk.memory["steps_done"])
        for step, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(step in done)
            box.blockSignals(False)
        self._say()

    def _say(self) -> None:
        of = wording.counted(len(self.steps), "step")
        left = len(self.steps) - len(self.done)
        self.heading.setText(
            f"{self.title}: {left} of {of} left" if left else f"{self.title}: {of}, all done"
        )

    def _ticked(self) -> None:
        ours = set(self.boxes)
        others = [step for step in self.desk.memory["steps_done"] if step not in ours]  # a newer guide's
        self.desk.memory["steps_done"] = self.done + others
        self._say()
        self.ticked.emit()


def _phase(asked: Asked) -> str:
    """ "Newly qualified · week 9, every 2 weeks, until 3 Apr 2017, then monthly from 4 Apr 2017"."""
    said = asked.row.phase
    if asked.until is not None:
        said += f", until {wording.day(asked.until)}"
    return f"{said}; then {asked.then}" if asked.then else said


def _when(booking: Booking) -> str:
    at = f" at {booking.start}" if booking.start else ""
    return f"{wording.long_day(booking.on)[:3]} {wording.day(booking.on)}{at}"
