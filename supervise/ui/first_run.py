"""The first start: what would you like to do, and, for a real store, what it needs, one question a page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supervise import beginning
from supervise.errors import FileTrouble, NotAllowed, SuperviseError
from supervise.ui.background import Background
from supervise.ui.bits import column
from supervise.ui.first_made import Wanted, made
from supervise.ui.first_passphrase import PassphraseStep
from supervise.ui.first_place import PlaceStep, SecondPlaceStep
from supervise.ui.first_sheet import SheetStep, TypeBackStep
from supervise.ui.first_step import Step, Waiting
from supervise.ui.first_ways import (
    BRING_IN,
    EMPTY,
    OWN,
    PRACTISE,
    PRACTISE_AGAIN,
    RESTORE,
    SERVICE,
    WaysStep,
)
from supervise.ui.start import Start

#: The action of the window that comes after a store was made in that way.
_THEN = {BRING_IN: "bring_in", EMPTY: "add_person", SERVICE: ""}


class FirstRun(QWidget):
    """The ways in, and the pages of the way that makes a store. Going back loses nothing."""

    made = Signal(object)  # Ready: a store, closed, with what opens it at once
    practice_wanted = Signal(bool)  # whether from the beginning again
    own_wanted = Signal()
    picked = Signal(Path)  # a store that is there already
    restore_wanted = Signal()

    def __init__(self, background: Background, start: Start, own: Path | None = None) -> None:
        """`own` is the store that this person has already."""
        super().__init__()
        self._background, self._start_with = background, start
        self._way = EMPTY
        self._steps: list[Step] = []
        self._waiting: Waiting | None = None
        has_practised = beginning.is_practice(start.practice)
        self.ways = WaysStep(own, has_practised=has_practised)
        self.ways.chosen.connect(self._chosen)
        self.ways.picked.connect(self.picked)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.ways)
        self.setLayout(column(self.stack))

    @property
    def front(self) -> Step:
        """The page at the front."""
        found = self.stack.currentWidget()
        assert isinstance(found, Step)
        return found

    def start(self) -> None:
        """It has been brought to the front."""
        self.front.start()

    def refuse(self, error: SuperviseError) -> None:
        """Say what is the matter, where somebody can do something about it."""
        self._end_waiting()
        if self._steps and isinstance(error, FileTrouble | NotAllowed):
            self._show(self._steps[0])  # it could not be made there
        self.front.refuse(error)

    # Ways

    def _chosen(self, way: str) -> None:
        if way in (PRACTISE, PRACTISE_AGAIN):
            self._practise(again=way == PRACTISE_AGAIN)
        elif way == OWN:
            self.own_wanted.emit()
        elif way == RESTORE:
            self.restore_wanted.emit()
        else:
            self._way = way
            self._show(self._steps_to_a_store()[0])

    def _practise(self, *, again: bool) -> None:
        self._wait("Making the sample team…", "Made-up people, whose dates follow today.")
        self.practice_wanted.emit(again)

    def _steps_to_a_store(self) -> list[Step]:
        if not self._steps:
            background, start = self._background, self._start_with
            self.place = PlaceStep(background, start)
            self.passphrase = PassphraseStep(background, start)
            self.sheet = SheetStep(background, start)
            self.type_back = TypeBackStep(self.sheet.key)
            self.second_place = SecondPlaceStep(background, start)
            self._steps = [
                self.place, self.passphrase, self.sheet, self.type_back, self.second_place,
            ]  # fmt: skip
            for at, step in enumerate(self._steps):
                step.where.setText(f"Step {at + 1} of {len(self._steps)}")
                step.where.show()
                step.done.connect(partial(self._after, at))
                step.back.connect(partial(self._before, at))
                self.stack.addWidget(step)
        return self._steps

    # From page to page

    def _show(self, step: Step) -> None:
        self.stack.setCurrentWidget(step)
        step.start()

    def _after(self, at: int) -> None:
        if self._steps[at] is self.place:
            self.sheet.belongs_to(self.place.places)
            self.second_place.belongs_to(self.place.places)
        if at + 1 < len(self._steps):
            self._show(self._steps[at + 1])
        else:
            self._make()

    def _before(self, at: int) -> None:
        self._show(self._steps[at - 1] if at else self.ways)

    def _wait(self, title: str, sentence: str) -> None:
        self.ways.say("")
        self._before_waiting = self.front
        self._waiting = Waiting(title, sentence)
        self.stack.addWidget(self._waiting)
        self._show(self._waiting)

    def _end_waiting(self) -> None:
        if self._waiting is not None:
            self.stack.setCurrentWidget(self._before_waiting)
            self.stack.removeWidget(self._waiting)
            self._waiting.deleteLater()
            self._waiting = None

    # The end of the way

    def _make(self) -> None:
        wanted = Wanted(
            places=self.place.places,
            passphrase=self.passphrase.chosen,
            recovery_key=self.sheet.key,
            keeper=self.sheet.keeper.text(),
            second_place=self.second_place.chosen,
            remember=self.passphrase.remember.isChecked(),
            service=self._way == SERVICE,
            then=_THEN[self._way],
        )
        self._wait("Making your store…", "Its keys are made so that guessing the passphrase is slow.")
        self._background.run(partial(made, self._start_with, wanted), self.made.emit, self.refuse)

    def forget(self) -> None:
        """Nothing secret stays in the pages."""
        for step in self._steps:
            step.forget()
