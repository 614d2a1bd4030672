"""Comparing two policies, and adding one: chosen or written, tried out, and only then put into force."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from supervise.doing.policy_words import Difference, compare
from supervise.doing.rules import Preview, Rules
from supervise.doing.showing_periods import periods
from supervise.errors import BadQuestion, SuperviseError
from supervise.policies import Policy
from supervise.ui.bits import button, label
from supervise.ui.desk import Desk
from supervise.ui.dialogs.dialog import announce
from supervise.ui.dialogs.wide import WideDialog
from supervise.ui.pages.settings_filling import WrappedTable
from supervise.ui.pages.settings_policy_parts import PolicyChoice, in_force, read_source
from supervise.ui.pages.settings_policy_preview import PreviewView
from supervise.ui.pages.settings_policy_writing import PolicyWriting
from supervise.ui.progress import Progress
from supervise.ui.tables import Column, Table

_TRY = "&What would it do?"


class ComparePoliciesDialog(WideDialog):
    """Two policies side by side: what they say differently, in plain words."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk, parent, "Compare two policies", "Only what they say differently is listed.", does="Close"
        )  # fmt: skip
        self.close_button.hide()
        self.rules = Rules(desk.workspace.here)
        self.a = PolicyChoice("&A", self.rules)
        self.b = PolicyChoice("&B", self.rules)
        self.same = label("They say the same.", wrap=True)
        columns = (
            Column("What", lambda each: each.what, bold=True),
            Column("In A", lambda each: each.in_a),
            Column("In B", lambda each: each.in_b),
        )
        self.table = Table(columns, lambda each: each.what, self)
        self.view = WrappedTable(self.table, "What differs", (3, 5, 5))
        self.body.addWidget(self.a)
        self.body.addWidget(self.b)
        self.body.addWidget(self.same)
        self.body.addWidget(self.view)
        self.body.addStretch(1)
        self.a.choose(0)
        self.b.choose(1)
        self.a.chosen.connect(self.compare)
        self.b.chosen.connect(self.compare)
        self.compare()

    def start_here(self) -> QWidget | None:
        """On the first of the two."""
        return self.a.box

    def compare(self) -> None:
        """Lay the two chosen side by side."""
        self.trouble("")
        found: list[Difference] = []
        try:
            a, b = (self._read(choice) for choice in (self.a, self.b))
        except SuperviseError as error:
            self.same.hide()
            self.trouble(str(error))
        else:
            found = compare(a, b)
            self.same.setVisible(not found)
        self.table.show(found)
        self.view.setVisible(bool(found))

    def _read(self, choice: PolicyChoice) -> Policy:
        source = choice.source()
        if source is None:
            raise BadQuestion("There is no policy to compare.", "Choose a file.")
        return read_source(source, self.rules)


class AddPolicyDialog(WideDialog):
    """Another policy, in two steps: what it is to say and from when; then what it would do, before anything
    is stored."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        desk.refuse_if_not_today()
        super().__init__(
            desk, parent, "Add a policy",
            "It counts from its first day on; the days before keep the policy of their time. You see what it "
            "would do before it is put into force.",
            does=_TRY,
        )  # fmt: skip
        self.rules = Rules(desk.workspace.here)
        self.preview: Preview | None = None
        self.writing = PolicyWriting(self.rules, desk.workspace.today)
        self.writing.refused.connect(self.trouble)
        self.view = PreviewView(desk)
        self.view.hide()
        self.progress = Progress(desk.background, "Reckoning what it would do")
        self.progress.stopped.connect(self._stopped)
        self.body.addWidget(self.writing, 1)
        self.body.addWidget(self.view)
        self.body.addWidget(self.progress)
        self.back = button("&Back", self._go_back)
        self.back.hide()
        self.buttons.insertWidget(0, self.back)
        self.finished.connect(self._give_up)

    def start_here(self) -> QWidget | None:
        """On what to begin with."""
        return self.writing.choice.box

    def written(self) -> list[str]:
        """What was written by hand in the policy's text."""
        return ["written"] if self.writing.is_written else []

    def lost(self) -> str:
        """What to say before it is thrown away."""
        return "What you wrote in the text would be lost. To leave it nevertheless, press Esc again."

    def submit(self) -> bool:
        """Reckon what it would do; after that, put it into force."""
        self.desk.refuse_if_not_today()
        if self.preview is not None:
            self._put_into_force(self.preview.policy)
            return True
        if self.progress.is_busy or (policy := self.writing.policy()) is None:
            return False
        year = periods(self.desk.today)[0]
        steps = self.rules.previewing(policy, year.first, year.last)
        self.progress.follow(self.desk.background.step(steps, self._show, self._refused))
        self.writing.setEnabled(False)
        self.main.setEnabled(False)
        return False

    def _show(self, preview: Preview) -> None:
        self._rest()
        self.preview = preview
        policies = (*self.rules.policies(), preview.policy)
        clocks = [clock for policy in policies for clock in policy.clocks]
        self.view.show_preview(preview, {clock.name for clock in clocks if clock.per == "case"})
        self.writing.hide()
        self.view.show()
        self.back.show()
        self.main.setText("&Put into force")
        self.area.verticalScrollBar().setValue(0)
        self.back.setFocus()
        announce(self, f"What “{preview.policy.title}” would do. Nothing is stored yet.")

    def _refused(self, error: SuperviseError) -> None:
        self._rest()
        self.trouble(str(error))
        self.writing.go_to_cause(error)

    def _stopped(self) -> None:
        self._rest()
        self.trouble("Stopped before everything was reckoned. Nothing was stored.")

    def _rest(self) -> None:
        self.progress.end()
        self.writing.setEnabled(True)
        self.main.setEnabled(True)

    def _give_up(self, _: int) -> None:
        self.progress.end()

    def _go_back(self) -> None:
        """Back to what it says."""
        self.trouble("")
        self.preview = None
        self.view.hide()
        self.back.hide()
        self.writing.show()
        self.main.setText(_TRY)
        self.writing.choice.box.setFocus()

    def _put_into_force(self, policy: Policy) -> None:
        self.rules.add(policy)
        self.desk.notifier.note(f"“{policy.title}” was added, {in_force(policy)}.", undo=True)
        self.desk.changed.emit(frozenset(("policy",)))
