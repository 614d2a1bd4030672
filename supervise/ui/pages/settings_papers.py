"""Settings, papers: how they are to be handled, and whose they are."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from supervise.doing.papers.carried import LONGEST, carried, choose
from supervise.errors import SuperviseError
from supervise.ui.bits import label, notice
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.forms import Field, Form
from supervise.ui.pages.settings_section import ScrollSection, part

PAPERS = frozenset(("papers",))
"""What is told to have changed when papers carry something else: no kind of fact, but pages may show it."""

_MARKING = "It stands at the head of every page, so that whoever holds the paper knows how to keep it."
_SERVICE = "Whose papers these are. It may be left empty; “Supervise” stands there then."


class PapersSection(ScrollSection):
    """What every paper carries. It belongs to the store, not to this computer."""

    title = "Papers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.say("These stand on every paper that is printed or saved from now on.")
        marking = Field(name="marking", label="Protective &marking", required=True, hint=_MARKING)
        service = Field(name="service", label="&Name of the service", hint=_SERVICE)
        self.form = Form([marking, service], desk.workspace.today)
        self.marking, self.service = self._line("marking"), self._line("service")
        self.marking.editingFinished.connect(self.keep_marking)
        self.service.editingFinished.connect(self.keep_service)
        said = label(
            f"Either has at most {LONGEST} characters. They are kept as you leave the field.",
            quiet=True,
            wrap=True,
        )
        self.wrong: dict[str, str] = {}
        self.trouble = notice("", trouble=True)
        self.trouble.hide()
        self.body.addWidget(part("On every paper", self.form, self.trouble, said))

    def _line(self, name: str) -> QLineEdit:
        made = self.form.inputs[name]
        assert isinstance(made, QLineEdit)
        return made

    def refresh(self) -> None:
        """Show what papers carry now."""
        its = carried(self.desk.workspace.here)
        self.form.set_value("marking", its.marking)
        self.form.set_value("service", its.service)
        self.wrong = {}
        self._tell_wrong()
        self.form.setEnabled(self.desk.view.is_today)

    def start_here(self) -> QWidget | None:
        """On the marking."""
        return self.marking

    def keep_marking(self) -> None:
        """Have papers carry the marking that was typed."""
        self._keep("marking", self.marking.text())

    def keep_service(self) -> None:
        """Have papers carry the name that was typed."""
        self._keep("service", self.service.text())

    def _keep(self, name: str, typed: str) -> None:
        """Keep it, if it is another and can be; what cannot be stays as it was typed, and is told below."""
        here = self.desk.workspace.here
        before = carried(here)
        self.wrong.pop(name, None)
        try:
            self.desk.refuse_if_not_today()
            choose(here, **{name: typed})
        except SuperviseError as error:
            self.wrong[name] = str(error)
        self._tell_wrong()
        now = carried(here)
        if name not in self.wrong:
            self.form.set_value(name, getattr(now, name))
        if now != before:
            self.desk.notifier.note(_said(name, getattr(now, name)))
            self.desk.changed.emit(PAPERS)

    def _tell_wrong(self) -> None:
        """Say what is not kept. The keyboard goes where it was sent: nobody is held in a field."""
        said = " ".join(self.wrong.values())
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))
        if said:
            announce(self.trouble, said)


def _said(name: str, kept: str | None) -> str:
    if name == "marking":
        return f"Papers are marked “{kept}” from now on."
    return f"Papers name “{kept}” from now on." if kept else "Papers name no service from now on."
