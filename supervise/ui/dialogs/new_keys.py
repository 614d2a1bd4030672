"""New keys for the store: a new manager takes over, or somebody may know what opens it.

One question a page, with the pages of the first start: the present secret, a new passphrase, the new recovery
sheet and two parts of it typed back. Only then is anything changed; afterwards the backups are told that the
former secrets still open, and can be made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from supervise.doing import new_keys
from supervise.doing.new_keys import After, Given, Wanted
from supervise.errors import NotAllowed, SuperviseError
from supervise.store.former import Former
from supervise.store.rekeying import NewKeys
from supervise.ui.bits import column
from supervise.ui.desk import Desk
from supervise.ui.dialogs.new_keys_pages import AboutPage, EndPage
from supervise.ui.dialogs.passphrase import keep_in_step
from supervise.ui.first_passphrase import PassphraseStep
from supervise.ui.first_sheet import SheetStep, TypeBackStep
from supervise.ui.first_step import Step, Waiting
from supervise.ui.start import Start

_WIDE = 84
"""Characters across, where the window is wide enough."""


def start_of(desk: Desk) -> Start:
    """What the pages of the first start want to know, of a store that is open already."""
    places = desk.workspace.store.places
    return Start(
        now=desk.now, me=desk.workspace.me, take_passphrase=lambda: None, places=places, was_named=True,
        practice=places, machine=None, home=places.store.parent, environment={},
    )  # fmt: skip


class NewKeysDialog(QDialog):
    """The pages one after the other. Until the last question is answered, closing it changes nothing; while the
    keys are being changed it stays open."""

    ended = Signal()  # the store has its new keys

    def __init__(self, desk: Desk, parent: QWidget, *, for_manager: bool) -> None:
        super().__init__(parent)
        self.desk, self._over = desk, parent
        self._is_busy = False
        self._found: Sequence[Former] = ()
        self._new: NewKeys | None = None
        self._notes: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = "Hand over to a new manager" if for_manager else "New keys for the store"
        self.setWindowTitle(title)
        start, background = start_of(desk), desk.background
        self.about = AboutPage(background, start.places, title, for_manager=for_manager)
        self.passphrase = PassphraseStep(background, start)
        self.sheet = SheetStep(background, start)
        self.type_back = TypeBackStep(self.sheet.key)
        self.waiting = Waiting(
            "One moment…", "The store is put under its new key, tried, and backed up under it."
        )
        self.end = EndPage()
        self._questions: tuple[Step, ...] = (
            self.about, self.passphrase, self.sheet, self.type_back,
        )  # fmt: skip
        self.stack = QStackedWidget()
        self._lay_out()
        self.finished.connect(self._forget)

    def _lay_out(self) -> None:
        for at, step in enumerate(self._questions):
            step.where.setText(f"Step {at + 1} of {len(self._questions)}")
            step.where.show()
            step.done.connect(partial(self._after, at))
            step.back.connect(partial(self._before, at))
        self.type_back.main.setText("Change the keys now")
        self.about.back_button.setText("Cancel")
        self.end.done.connect(self.accept)
        self.end.anew_wanted.connect(self._make_anew)
        for page in (*self._questions, self.waiting, self.end):
            self.stack.addWidget(page)
        self.setLayout(column(self.stack))

    def show_over(self) -> None:
        """Open it over the window, as tall as the window lets it be."""
        window = self._over.window()
        wide = self.fontMetrics().averageCharWidth() * _WIDE
        self.resize(min(wide, window.width() - 40), window.height() - 40)
        self.open()
        self.about.start()

    @property
    def front(self) -> Step:
        """The page at the front."""
        found = self.stack.currentWidget()
        assert isinstance(found, Step)
        return found

    # From page to page

    def _show(self, step: Step) -> None:
        self.stack.setCurrentWidget(step)
        step.start()

    def _after(self, at: int) -> None:
        if at + 1 < len(self._questions):
            self._show(self._questions[at + 1])
        else:
            self._prepare()

    def _before(self, at: int) -> None:
        if at:
            self._show(self._questions[at - 1])
        else:
            self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the field or button that has the keyboard; Esc goes back, and from the first page out."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close it, unless the keys are being changed; at the end that is the same as being done."""
        if not self._is_busy:
            super().reject()

    # Doing it

    @property
    def wanted(self) -> Wanted:
        """What was typed, page by page."""
        return Wanted(
            secret=self.about.secret.text(), passphrase=self.passphrase.chosen,
            recovery_key=self.sheet.key, keeper=self.sheet.keeper.text(), manager=self.about.manager,
        )  # fmt: skip

    def _prepare(self) -> None:
        self._is_busy = True
        self._show(self.waiting)
        wanted = self.wanted
        places, me = self.desk.workspace.store.places, self.desk.workspace.me
        work = partial(new_keys.prepare, places, wanted, (me, places.store.stem))
        self.desk.background.run(work, partial(self._give, wanted), self._refused)

    def _give(self, wanted: Wanted, new: NewKeys) -> None:
        self._new = new
        steps = new_keys.giving(self.desk.workspace.here, wanted, new)
        self.desk.background.step(steps, partial(self._given, wanted), self._refused)

    def _refused(self, error: SuperviseError) -> None:
        """Nothing has been changed: back to where something can be done about it."""
        self._is_busy = False
        step: Step = self.passphrase if isinstance(error, NotAllowed) else self.about
        self._show(step)
        step.refuse(error)

    def _given(self, wanted: Wanted, given: Given) -> None:
        self._notes = [each for each in (given.trouble, given.backed and given.backed.trouble) if each]
        self.ended.emit()
        store = self.desk.workspace.store
        remember = wanted.passphrase if self.passphrase.remember.isChecked() else None
        folders = new_keys.backup_folders(store)
        work = partial(new_keys.afterwards, store.places, remember, folders, self.desk.now())
        self.desk.background.run(work, partial(self._told, wanted), partial(self._not_told, wanted))

    def _told(self, wanted: Wanted, after: After) -> None:
        keep_in_step(self.desk, remembered=after.remembers)
        self._notes += [after.note] if after.note else []
        self._end(wanted, after.found)

    def _not_told(self, wanted: Wanted, error: SuperviseError) -> None:
        self._notes.append(f"The older backups could not be looked at. {error}")
        self._end(wanted, ())

    def _end(self, wanted: Wanted, found: Sequence[Former]) -> None:
        self._is_busy = False
        self._found = found
        said = (
            f"{wanted.label}. The store opens with the new passphrase and the new recovery sheet only."
        )
        self.desk.notifier.note(said)
        self._forget_questions()
        self.end.tell(said, self._notes, found)
        self._show(self.end)

    # Older backups

    def _make_anew(self) -> None:
        assert self._new is not None
        self._is_busy = True
        self.end.is_busy(True)
        store = self.desk.workspace.store
        work = partial(new_keys.made_anew, store.places, tuple(self._found), self._new.former, store.key)
        self.desk.background.run(work, self._made_anew, self._not_made_anew)

    def _made_anew(self, left: Sequence[tuple[Former, str]]) -> None:
        self._is_busy = False
        made = len(self._found) - len(left)
        self._found = [each for each, _ in left]
        self.end.tell_anew(made, left)

    def _not_made_anew(self, error: SuperviseError) -> None:
        self._is_busy = False
        self.end.refuse(error)

    # Letting go

    def _forget_questions(self) -> None:
        for step in self._questions:
            step.forget()

    def _forget(self, _: int) -> None:
        """Nothing secret stays behind."""
        self._forget_questions()
        self._new = None
