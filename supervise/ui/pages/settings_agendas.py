"""Settings, agendas: the templates that a new record's headings come from."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.templates import BUILT_IN, Template, Templates
from supervise.ui.bits import button, label
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import Question
from supervise.ui.pages.settings_agendas_editor import EVERYBODY, TemplateEditor
from supervise.ui.pages.settings_filling import FillingSection, WrappedTable, beside
from supervise.ui.tables import Column, Table

_ABOUT = (
    "The headings that a new record begins with; a team’s own go before those for every team. A change counts for "
    "new records only: what is written keeps its headings."
)
_SERVICE = (
    "This is a service store: records are written in the teams’ own stores, and so are their agendas."
)
_ANOTHER_DAY = "To change anything, go back to today (Ctrl+D)."


class Line(NamedTuple):
    """A template in the list; `is_here` is false of the one that is built in."""

    template: Template
    is_here: bool

    @property
    def key(self) -> tuple[str, str | None, bool]:
        """What tells it from the others."""
        return self.template.name, self.template.team, self.is_here

    @property
    def whose(self) -> str:
        """For whom it is."""
        return (
            (self.template.team or EVERYBODY)
            if self.is_here
            else "comes with Supervise, where no other fits"
        )


COLUMNS = (
    Column("Template", lambda each: each.template.name, bold=True),
    Column("For", lambda each: each.whose),
    Column("Headings", lambda each: f"{len(each.template.headings):,}"),
)


class AgendasSection(FillingSection):
    """The templates, and one of them to be edited in place."""

    title = "Agendas"
    guide = "writing-up"
    cares_about = frozenset(("template",))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.templates = Templates(desk.workspace.here)
        self._shown: Line | None = None
        self._turns_back = False
        self.why_not = label("", wrap=True)
        self.table = Table(COLUMNS, lambda each: each.key, self)
        self.view = WrappedTable(self.table, "Templates", (6, 6, 4), self)
        self.new = button("&New template", self.begin)
        self.copy = button("&Copy as a new one", self.begin_copy)
        self.remove = button("&Remove…", self.ask_to_remove, name="Remove the template chosen")
        self.editor = TemplateEditor(desk, self.templates)
        self.body.addWidget(self.why_not)
        self.body.addWidget(self.view)
        self.body.addWidget(beside(self.new, self.copy, self.remove))
        self.body.addWidget(self.editor, 1)
        self.view.selectionModel().currentRowChanged.connect(self._row_changed)
        self.view.opened.connect(self._edit_on)
        self.editor.saved.connect(self._choose)
        self.editor.put_aside.connect(self._show_chosen)

    # Showing

    def refresh(self) -> None:
        """Read the templates. What is being edited stays as it is."""
        self.say(_ABOUT)
        self.why_not.setText(_SERVICE if self.desk.workspace.is_service else _ANOTHER_DAY)
        self.why_not.setVisible(not self.may_change)
        lines = [Line(each, True) for each in self.templates.all()]
        self._turns_back = True  # the rows are other ones, the choice is the same
        self.table.show([*lines, Line(BUILT_IN, False)])
        if self.view.chosen() is None:
            self.view.choose(self.table.key(self.table.records[0]))
        self._turns_back = False
        self.view.fit()
        if self.editor.is_new or self.editor.is_edited:
            self.editor.allow(self.may_change)
            self._show_buttons()
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        line: Line | None = self.view.chosen()
        self._shown = line
        self.editor.show_template(
            line.template if line else None,
            f"{line.template.name}, {line.whose}" if line else "",
            may_change=self.may_change and line is not None and line.is_here,
        )
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.new.setEnabled(self.may_change)
        self.copy.setEnabled(self.may_change)
        self.remove.setEnabled(
            self.may_change
            and self._shown is not None
            and self._shown.is_here
            and not self.editor.is_new
        )

    def _row_changed(self) -> None:
        """Another template; what was altered is kept first, and where it cannot be, one stays with it."""
        if self._turns_back:
            return
        wanted: Line | None = self.view.chosen()
        if not self.editor.keep():
            self._turns_back = True
            self.view.choose(self._shown.key if self._shown else "")
            self._turns_back = False
            return
        if wanted is not None:
            self._choose(wanted.template.name, wanted.template.team, is_here=wanted.is_here)

    def _choose(self, name: str, team: str | None, *, is_here: bool = True) -> None:
        self._turns_back = True
        self.view.choose((name, team, is_here))
        self._turns_back = False
        self._show_chosen()

    def _edit_on(self, _: Line) -> None:
        self.editor.view.setFocus()

    def start_here(self) -> QWidget | None:
        """In the list of templates."""
        return self.view

    def may_leave(self) -> bool:
        """What was altered is saved; False, and told why, if it cannot be."""
        return self.editor.keep()

    # Doing

    def begin(self) -> None:
        """A new template for the team looked at, from the headings that come with Supervise."""
        self._begin(BUILT_IN)

    def begin_copy(self) -> None:
        """A new template with the headings of the one chosen."""
        line: Line | None = self.view.chosen()
        if line is not None:
            self._begin(line.template)

    def _begin(self, like: Template) -> None:
        if self.editor.keep():
            self.editor.begin(like, self.desk.view.team, self.desk.workspace.teams())
            self._show_buttons()

    def ask_to_remove(self) -> None:
        """Take a template away."""
        line = self._shown
        if line is None or not line.is_here:
            return
        headings = wording.counted(len(line.template.headings), "heading")
        Question(
            self.desk, self.window(), f"Remove “{line.template.name}” for {line.whose}?",
            f"It has {headings}. Records that began with it keep them. Undo brings it back.",
            does="Remove", then=self._remove,
        ).show_over()  # fmt: skip

    def _remove(self) -> None:
        self.desk.refuse_if_not_today()
        assert self._shown is not None, "one was shown"
        template = self._shown.template
        change = self.templates.remove(template.name, template.team)
        self.editor.show_template(None, "", may_change=False)
        self.desk.did(change)
