"""The headings of one sheet as what is shown in the middle, each with its mark in the list beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supervise.doing.sheet import Sheet, SheetAction
from supervise.doing.writing import Writing
from supervise.ui.desk import Desk
from supervise.ui.pages.session_actions import ActionsPart
from supervise.ui.pages.session_cases import CasesPart, refs_of
from supervise.ui.pages.session_editor import PlainEdit
from supervise.ui.pages.session_watch import Around, TextPart
from supervise.workdays import FOREVER, day

EARLIER, AGREED, NOTES = "Last time’s actions", "Actions agreed", "Notes"

Part = TextPart | CasesPart | ActionsPart


def around(desk: Desk, sheet: Sheet) -> Around:
    """What the words of a sheet are looked at beside."""
    store = desk.workspace.store
    cases = [
        (row["case_ref"], day(row["from"]), day(row["to"]) if row["to"] else FOREVER)
        for row in store.rows("case_allocation", person_id=sheet.person)
    ]
    names = [row["name"] for row in store.rows("person")]
    names += [*desk.workspace.teams(), *(section.heading for section in sheet.sections)]
    return Around(tuple(names), refs_of(cases, sheet.held_on or desk.today))


class Parts(QObject):
    """The parts of a sheet, in the order of its list of headings; `stack` shows one of them."""

    written = Signal()  # something was written somewhere
    marked = Signal()  # marks may have changed

    def __init__(self, desk: Desk, sheet: Sheet, writing: Writing, parent: QWidget) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(parent)
        self._desk, self._sheet, self._writing = desk, sheet, writing
        self.around = around(desk, sheet)
        self._edited: set[str] = set()
        self._texts: dict[str, TextPart] = {}  # by the id of their section
        self.notes: TextPart | None = None
        self.all: list[Part] = list(self._made())
        for part in self.all:
            self.stack.addWidget(part)
            part.changed.connect(self.written)
            if not isinstance(part, ActionsPart):
                part.looked.connect(self.marked)

    def _made(self) -> Iterator[Part]:
        sheet = self._sheet
        owners = [
            self._desk.workspace.here.name(each) for each in (sheet.person, sheet.supervisor) if each
        ]
        if any(action.carried_from for action in sheet.actions):
            yield ActionsPart(self._desk, sheet, EARLIER, owners, self.stack, earlier=True)
        reason, has_cases = self._writing.case_text_reason(), False
        for section in sheet.sections:
            made = TextPart(
                self._desk, section.heading, section.prompt, section.text, self.around, self.stack
            )
            self._texts[section.id] = made
            made.changed.connect(partial(self._edited.add, section.id))
            if section.part == "case" and not has_cases:
                has_cases = True
                yield CasesPart(self._desk, sheet, self.around, made, reason, self.stack)
            else:
                yield made
        if not has_cases and (sheet.sections or sheet.discussions):
            yield CasesPart(self._desk, sheet, self.around, None, reason, self.stack)
        if sheet.notes or not sheet.sections:
            self.notes = TextPart(self._desk, NOTES, None, sheet.notes, self.around, self.stack)
            yield self.notes
        yield ActionsPart(self._desk, sheet, AGREED, owners, self.stack, earlier=False)

    # What stands in them

    def gather(self) -> None:
        """Bring what was written into the sheet: only where somebody wrote."""
        for section in self._sheet.sections:
            if section.id in self._edited:
                section.text = self._texts[section.id].edit.words()
        self._edited.clear()
        if self.notes is not None and self.notes.edit.document().isModified():
            self._sheet.notes = self.notes.edit.words()
        for part in self.all:
            if isinstance(part, CasesPart):
                part.gather()

    def marks(self) -> Iterator[tuple[str, str]]:
        """For each part what stands beside its heading, and how that is spoken."""
        for part in self.all:
            text = part if isinstance(part, TextPart) else getattr(part, "text", None)
            count = 0 if isinstance(part, TextPart) else part.count()
            if count:
                yield str(count), str(count)
            elif text is not None and not text.edit.is_empty():
                yield "✓", "written"
            else:
                yield "", ""

    def earlier(self) -> list[SheetAction]:
        """What was brought along, or (where a finished record is altered) what it agreed on."""
        carried = [action for action in self._sheet.actions if action.carried_from is not None]
        return carried or [each for each in self._sheet.actions if each.carried and not each.is_blank]

    def refresh_actions(self) -> None:
        """An action was ticked."""
        for part in self.all:
            if isinstance(part, ActionsPart):
                part.refresh()

    def fit(self) -> None:
        """The letters have another size."""
        for part in self.all:
            for made in () if isinstance(part, TextPart) else part.rows:
                made.fit()

    # Where one is

    def first(self) -> int:
        """The heading one begins with: the first that has words."""
        texts = (n for n, part in enumerate(self.all) if not isinstance(part, ActionsPart))
        return next(texts, 0)

    def start_of(self, at: int) -> QWidget:
        """Where the keyboard begins under a heading."""
        return self.all[at].start_here()

    def about(self, field: str) -> int | None:
        """The heading that a problem is about, or None."""
        if field == "sections":
            return self.first()
        wanted: type[Part] | None = {"actions": ActionsPart, "discussions": CasesPart}.get(field)
        found = [n for n, part in enumerate(self.all) if wanted and isinstance(part, wanted)]
        return found[-1] if found else None

    def first_wrong(self) -> tuple[int, QWidget] | None:
        """The first day in them that cannot be read: its heading and its field."""
        for n, part in enumerate(self.all):
            if not isinstance(part, TextPart) and (field := part.first_wrong()) is not None:
                return n, field
        return None

    def freeze(self, frozen: bool) -> None:
        """Only to be read: words can still be gone through and copied."""
        for edit in self.stack.findChildren(PlainEdit):
            edit.setReadOnly(frozen)
        for part in self.all:
            if not isinstance(part, TextPart):
                for each in (*part.rows, part.more):
                    each.setEnabled(not frozen)

    def let_go(self) -> None:
        """They are about to go."""
        for part in self.all:
            part.let_go()
