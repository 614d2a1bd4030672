"""One template while it is edited: its headings, and of a new one its name and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from supervise.doing.templates import Template, Templates
from supervise.errors import NotAllowed, SuperviseError
from supervise.ui.bits import button, column, heading, label, row
from supervise.ui.desk import Desk
from supervise.ui.pages.settings_agendas_table import Headings, HeadingsView
from supervise.ui.pages.settings_filling import beside

EVERYBODY = "every team"

_CALLED_AFTER = "Called after a role or a kind of session (“Newly qualified”, “Group”), it is for these; else for all."


class TemplateEditor(QWidget):
    """Shows a template; what is altered in it is one change when it is saved."""

    saved = Signal(str, object)  # name and team
    put_aside = Signal()  # a new one that is not wanted

    def __init__(self, desk: Desk, templates: Templates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.templates = desk, templates
        self.template: Template | None = None
        """The one that is shown as it is stored, or as a new one began."""
        self.is_new = False
        self._is_ours = False
        self.shown = heading("", 2)
        self.shown.setWordWrap(True)
        self.name, self.team = QLineEdit(), QComboBox()
        self.headings = Headings(self)
        self.view = HeadingsView(self.headings, self)
        self._make_buttons()
        self._lay_out()
        for signal in (
            self.headings.dataChanged, self.headings.rowsInserted, self.headings.rowsRemoved,
            self.headings.rowsMoved, self.name.textChanged, self.team.currentIndexChanged,
        ):  # fmt: skip
            signal.connect(self._edited)

    def _make_buttons(self) -> None:
        self.deeds = (
            button("A&dd a heading", self.view.add_after_current),
            button(
                "Ta&ke it out", self.view.remove_current, name="Take the heading chosen out (Delete)"
            ),
            button("Move &up", self._move_up, name="Move the heading up (Alt+Up)"),
            button("Move do&wn", self._move_down, name="Move the heading down (Alt+Down)"),
        )
        for made, keys in zip(self.deeds[1:], ("Delete", "Alt+Up", "Alt+Down"), strict=True):
            made.setToolTip(keys)
        self.save_button = button("S&ave", self.save, main=True, name="Save the template")
        self.put_back_button = button("Put &back", self.put_back, name="Put back what is stored")

    def _lay_out(self) -> None:
        self.name.setAccessibleName("Name of the new template")
        self.team.setAccessibleName("Whose the new template is")
        called, of = label("Na&me"), label("F&or")
        called.setBuddy(self.name)
        of.setBuddy(self.team)
        self.naming = QWidget()
        hint = label(_CALLED_AFTER, quiet=True, wrap=True)
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.naming.setLayout(column(row(called, self.name, of, self.team), hint, spacing=2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        above = row(self.shown, self.save_button, self.put_back_button)
        above.setStretch(0, 1)
        layout.addLayout(above)
        layout.addWidget(self.naming)
        layout.addWidget(self.view, 1)
        layout.addWidget(beside(*self.deeds))

    # Showing

    def show_template(self, template: Template | None, said: str, *, may_change: bool) -> None:
        """Show one that is stored (or built in, which cannot be changed)."""
        self.template, self.is_new, self._is_ours = template, False, may_change
        self.shown.setText(said)
        self.headings.show(template.headings if template else ())
        self._show_state()

    def begin(self, like: Template, team: str | None, teams: Sequence[str]) -> None:
        """A new one with the headings of another."""
        self.template, self.is_new, self._is_ours = Template(like.name, team, like.headings), True, True
        self.shown.setText("A new template, not saved yet")
        self.team.clear()
        self.team.addItem(EVERYBODY.capitalize(), None)
        for each in teams:
            self.team.addItem(each, each)
        self.team.setCurrentIndex(max(0, self.team.findData(team)))
        self.name.setText(like.name)
        self.headings.show(like.headings)
        self._show_state()
        self.name.setFocus()
        self.name.selectAll()

    def allow(self, may_change: bool) -> None:
        """Whether anything may be changed at all."""
        self._is_ours = may_change
        self._show_state()

    def _show_state(self) -> None:
        self.headings.may_change = self._is_ours
        self.naming.setVisible(self.is_new)
        self.naming.setEnabled(self._is_ours)
        for made in self.deeds:
            made.setEnabled(self._is_ours)
        self._edited()

    def _edited(self, *_: object) -> None:
        self.save_button.setEnabled(self._is_ours and (self.is_new or self.is_edited))
        self.put_back_button.setEnabled(self._is_ours and (self.is_new or self.is_edited))
        self.put_back_button.setText("Put as&ide" if self.is_new else "Put &back")

    @property
    def is_edited(self) -> bool:
        """Whether anything was altered."""
        if self.template is None:
            return False
        named = not self.is_new or self._named() == (self.template.name, self.template.team)
        return not named or self.headings.headings != self.template.headings

    def _named(self) -> tuple[str, str | None]:
        return " ".join(self.name.text().split()), self.team.currentData()

    # Doing

    def _move_up(self) -> None:
        self.view.move_current(-1)

    def _move_down(self) -> None:
        self.view.move_current(1)

    def keep(self) -> bool:
        """Save what was altered; False, and told why, if it cannot be. Where nothing was, nothing is done."""
        self.view.end_editing()
        return not (self.is_edited and self._is_ours) or self.save()

    def save(self) -> bool:
        """Save the template as one change; False if that is not possible, which is told."""
        self.view.end_editing()
        assert self.template is not None, "without one there is no button to save with"
        try:
            self.desk.refuse_if_not_today()
            name, team = self._new_name() if self.is_new else (self.template.name, self.template.team)
            change = self.templates.save(name, team, self.headings.headings)
        except SuperviseError as error:
            self.desk.notifier.trouble(error)
            return False
        self.template, self.is_new = None, False
        self.desk.did(change)
        self.saved.emit(name, team)
        return True

    def _new_name(self) -> tuple[str, str | None]:
        """NotAllowed for a name that the team has already."""
        name, team = self._named()
        if self.templates.named(name, team) is not None:
            raise NotAllowed(
                f"There is a template “{name}” for {team or EVERYBODY} already.",
                "Give the new one another name, or change that one.",
            )
        return name, team

    def put_back(self) -> None:
        """What is stored, in place of what was altered; a new one is put aside."""
        if self.is_new:
            self.template, self.is_new = None, False
            self.put_aside.emit()
        elif self.template is not None:
            self.headings.show(self.template.headings)
            self._show_state()
            self.view.setFocus()
