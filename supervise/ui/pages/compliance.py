"""Compliance: could I show this to an inspector? Measures, months, gaps, who is left out, the rules."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import (
    QProgressBar,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from supervise.doing.showing import Showing, Steps
from supervise.doing.showing_found import Compliance, Group
from supervise.doing.showing_later import Changed
from supervise.errors import BadQuestion, NotAllowed, SuperviseError
from supervise.ui.background import Job
from supervise.ui.bits import button, column, heading, label, notice, scrolling
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_choices import Choices
from supervise.ui.pages.compliance_gaps import GapsTab
from supervise.ui.pages.compliance_grid import MonthsTab
from supervise.ui.pages.compliance_measures import MeasuresTab
from supervise.ui.pages.compliance_out import about, choose_file, copy, write
from supervise.ui.pages.compliance_parts import flowing
from supervise.ui.pages.compliance_rules import RulesTab
from supervise.ui.pages.page import FACTS, Page

AT_ONCE = 4
"""Steps that are taken before the page is shown: enough for a team, which then comes without a flicker."""

SOON = 600
"""Milliseconds after which progress is shown."""


class CompliancePage(Page):
    """A period: its measures, and all that stands behind them."""

    name, title, guide = "compliance", "Compliance", "help-compliance"
    cares_about = FACTS | {"explanation"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Compliance | None = None
        self.changed: tuple[Changed, ...] | None = None
        self._job: Job | None = None
        self._later: Job | None = None
        self._took = QElapsedTimer()
        self.export_button = button("Export as seen…", self.export_seen)
        self.copy_button = button(
            "Copy", self.copy_seen, name="Copy what this part shows, for a spreadsheet"
        )
        self.choices = Choices(desk.view, self.export_button, self.copy_button)
        self.choices.chosen.connect(self.read)
        self._make_parts()
        self._lay_out()
        desk.background.stepped.connect(self._stepped)

    # How it is laid out

    def _make_parts(self) -> None:
        self.heading, self.line = heading(self.title), label("", quiet=True, wrap=True)
        self.message = notice("")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.stop = button("Cancel", self.cancel, name="Cancel this reckoning")
        self.waiting = flowing(self.progress, self.stop)
        self.measures, self.gaps = MeasuresTab(self.desk), GapsTab(self.desk)
        self.months_tab, self.rules = MonthsTab(self.desk), RulesTab(self.desk)
        self.months = self.months_tab.view
        self.months.opened.connect(self._open_person)
        self.measures.group_opened.connect(self._open_group)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        )  # what room there is
        for part, words in (
            (self.measures, "&Measures"), (self.months_tab, "Month &by month"), (self.gaps, "Ga&ps"),
            (self.rules, "&Left out and rules"),
        ):  # fmt: skip
            self.tabs.addTab(part, words)
        self.tabs.tabBar().setAccessibleName("Parts of the page")

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(18, 14, 18, 8)
        box.setSpacing(6)
        for thing in (self.heading, self.line, self.choices, self.waiting, self.message):
            box.addWidget(thing)
        box.addWidget(self.tabs, 1)
        for thing in (self.waiting, self.message, self.tabs):
            thing.hide()
        self.area = scrolling(inner)  # large letters need more room than a small window has
        self.setLayout(column(self.area))

    # What is asked

    def refresh(self) -> None:
        """Reckon the period that is chosen; what takes longer goes on while the window breathes."""
        self.cancel_all()
        self._took.start()
        try:
            steps = self._asked()
            for _ in range(AT_ONCE):
                next(steps)
        except StopIteration as ended:
            self._show(ended.value)
            return
        except SuperviseError as error:
            self._failed(error)
            return
        self._job = self.desk.background.step(steps, self._show, self._failed)
        self._say_waiting()

    def _asked(self) -> Steps[Compliance]:
        """The reckoning of what is chosen."""
        view, showing = self.desk.view, Showing(self.desk.workspace.here)
        self.choices.fill(showing.clocks())
        days, choices = self.choices.days(), self.choices
        return showing.steps(days.first, days.last, choices.by, view.team, choices.clock, view.day)

    # What is found

    def _show(self, found: Compliance) -> None:
        self._job, self.found, self.changed = None, found, None
        self.waiting.hide()
        self.message.hide()
        self.line.setText(about(found))
        self.gaps.clock = found.clock
        self.measures.show_found(found)
        self.months_tab.show_found(found)
        self.gaps.show_found(found)
        self.rules.show_found(found)
        self.tabs.setTabText(2, f"Ga&ps  {len(found.gaps):,}" if found.gaps else "Ga&ps")
        self.tabs.show()
        self._can_export()
        view = self.desk.view
        steps = Showing(self.desk.workspace.here).changed_steps(
            found.first, found.last, view.team, found.clock, view.day
        )
        self._later = self.desk.background.step(steps, self._show_changed, self._failed)

    def _show_changed(self, changed: tuple[Changed, ...]) -> None:
        self._later, self.changed = None, changed
        self.rules.show_changed(changed)
        self._can_export()

    def _failed(self, error: SuperviseError) -> None:
        self._job = self.found = None
        self.waiting.hide()
        self.tabs.hide()
        self.line.setText("")
        self.message.setText(str(error))
        self.message.show()
        self._can_export()

    def _can_export(self) -> None:
        self.copy_button.setEnabled(self.found is not None and self._job is None)
        self.export_button.setEnabled(self.copy_button.isEnabled() and self.changed is not None)

    # While it is reckoned

    def _say_waiting(self) -> None:
        self._can_export()
        still = f" What is below is still: {about(self.found)}." if self.found else ""
        self.line.setText(f"Reckoning…{still}")

    def _stepped(self, job: Job, done: int, of: int) -> None:
        if job is not self._job:
            return
        self.progress.setRange(0, max(of, 1))
        self.progress.setValue(done)
        if self._took.elapsed() > SOON:
            self.waiting.show()

    def cancel(self) -> None:
        """Stop reckoning. No figure stays that is not of the period chosen."""
        self.cancel_all()
        self._failed(BadQuestion("Stopped before everything was reckoned.", "F5 looks again."))

    def cancel_all(self) -> None:
        """Whatever is under way is not wanted any more."""
        for job in (self._job, self._later):
            if job is not None:
                job.cancel()
        self._job = self._later = None
        self.waiting.hide()

    # What can be done with it

    def chosen_person(self) -> str | None:
        """Whose row or gap the keyboard is on."""
        if self.tabs.currentIndex() == 1 and (record := self.months.chosen()) is not None:
            return str(record.person)
        if self.tabs.currentIndex() == 2 and (gap := self.gaps.chosen()) is not None:
            return gap.person
        return None

    def why(self) -> None:
        """Why the person, or the case, of the row chosen stands where they do."""
        record = self.months.chosen() if self.tabs.currentIndex() == 1 else None
        gap = self.gaps.chosen() if self.tabs.currentIndex() == 2 else None
        chosen = record or (gap and gap.gap)
        if chosen and self.found is not None:
            self.desk.deeds.why(chosen.subject, self.found.clock)

    def start_here(self) -> QWidget | None:
        """On the parts, if there are any; else on the period."""
        return self.tabs.tabBar() if self.found is not None else self.choices.period

    def _open_person(self, record: object) -> None:
        self.desk.go("person", getattr(record, "person", None))

    def _open_group(self, group: Group) -> None:
        if self.found is not None and self.found.by == "team":
            self.desk.view.choose_team(group.title)

    def copy_seen(self) -> None:
        """Copy the table of the part that is seen."""
        if self.found is not None:
            copy(self.desk, self.found, self.tabs.currentIndex())

    def export_seen(self) -> None:
        """Choose a file, and write everything the page shows to it."""
        if (path := choose_file(self)) is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write everything the page shows to a workbook, and note that in the access log."""
        with self.desk.trying():
            if self.found is None or self.changed is None:
                raise NotAllowed(
                    "The figures are not complete yet.", "Wait until they are, then try again."
                )
            write(self.desk, self.found, self.changed, path)
