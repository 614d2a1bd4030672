"""Settings, policies: which was in force when, what each says, and adding another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from supervise import wording
from supervise.doing.rules import Rules
from supervise.policies import Policy
from supervise.ui.bits import button, heading, notice
from supervise.ui.desk import Desk
from supervise.ui.pages.settings_filling import FillingSection, WrappedTable, beside
from supervise.ui.pages.settings_policy_parts import PolicyReader
from supervise.ui.tables import Column, Table
from supervise.workdays import Day

_HISTORY = (
    "Each day is judged by the policy in force on it, so that a policy never rewrites history: what came before "
    "its first day stays as it was. One whose first day is in the past counts from that day on."
)
_NONE = (
    "No policy is here yet: nobody has a rule, and nothing is ever due. Begin with one that comes with Supervise, "
    "or with your own."
)
_ANOTHER_DAY = " To add one, go back to today (Ctrl+D)."


class InForce(NamedTuple):
    """A policy, the last day on which it is in force (None: until another comes), and how that is on a day."""

    policy: Policy
    to: Day | None
    said: str


def in_force(policies: Sequence[Policy], day: Day) -> list[InForce]:
    """When each of these policies, which are in order, is in force; the latest first."""
    found = []
    for at, policy in enumerate(policies):
        after = policies[at + 1] if at + 1 < len(policies) else None
        begins = policy.effective_from
        to = after.effective_from - 1 if after and after.effective_from else None
        if begins is not None and begins > day:
            said = "to come"
        else:
            said = "in force" if to is None or to >= day else "replaced"
        found.append(InForce(policy, to, said))
    return found[::-1]


COLUMNS = (
    Column("Policy", lambda each: each.policy.title, bold=True),
    Column("From", lambda each: _from(each.policy)),
    Column("To", lambda each: wording.day(each.to) if each.to else "until another"),
    Column("Now", lambda each: each.said),
    Column("Source", lambda each: each.policy.source or "none given"),
)


class PoliciesSection(FillingSection):
    """The policies here, and what one says."""

    title = "Policies"
    cares_about = frozenset(("policy",))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rules = Rules(desk.workspace.here)
        self._read: Policy | None = None
        self.empty = notice(_NONE)
        self.table = Table(COLUMNS, lambda each: each.policy.id, self)
        self.view = WrappedTable(self.table, "Policies, the latest first", (9, 4, 4, 3, 9), self)
        self.view.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.view.opened.connect(self._read_on)
        self.add = button("&Add a policy…", self.add_policy, main=True)
        self.compare = button("&Compare two…", self.compare_two)
        self.read_heading = heading("", 2)
        self.read_heading.setWordWrap(True)
        self.reader = PolicyReader("What the policy says")
        self.body.addWidget(self.empty)
        self.body.addWidget(self.view)
        self.body.addWidget(beside(self.add, self.compare))
        self.body.addWidget(self.read_heading)
        self.body.addWidget(self.reader, 1)

    # Showing

    def refresh(self) -> None:
        """Read which policies there are."""
        is_today = self.desk.view.is_today
        self.say(_HISTORY + ("" if is_today else _ANOTHER_DAY))
        shown = in_force(self.rules.policies(), self.desk.view.day)
        self.table.show(shown)
        self.view.fit()
        self.empty.setVisible(not shown)
        self.add.setEnabled(is_today)
        for each in (self.view, self.read_heading, self.reader):
            each.setVisible(bool(shown))
        if shown and self.view.chosen() is None:
            now = next((each for each in shown if each.said == "in force"), shown[0])
            self.view.choose(now.policy.id)
        self._show_chosen()

    def _show_chosen(self, *_: object) -> None:
        chosen = self.view.chosen()
        policy: Policy | None = chosen.policy if chosen else None
        self.read_heading.setText(f"What “{policy.title}” says" if policy else "")
        if policy != self._read:
            self._read = policy
            self.reader.show_policy(policy)

    def _read_on(self, _: InForce) -> None:
        self.reader.setFocus()

    def open_on(self, subject: object) -> None:
        """Read that policy, by its id."""
        if self.is_stale:
            self.read()
        self.view.choose(str(subject))

    def start_here(self) -> QWidget | None:
        """In the list, or on the one thing to do where there is none."""
        return self.view if self.table.records else self.add

    # Doing

    def add_policy(self) -> None:
        """Choose or write a policy, see what it would do, and put it into force."""
        from supervise.ui.dialogs.policies import AddPolicyDialog

        with self.desk.trying():
            AddPolicyDialog(self.desk, self.window()).show_over()

    def compare_two(self) -> None:
        """Lay two policies side by side."""
        from supervise.ui.dialogs.policies import ComparePoliciesDialog

        with self.desk.trying():
            ComparePoliciesDialog(self.desk, self.window()).show_over()


def _from(policy: Policy) -> str:
    return wording.day(policy.effective_from) if policy.effective_from else "always"
