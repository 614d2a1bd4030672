"""Every gap of the period with its reason, the longest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_people import GapShown
from supervise.ui.bits import button, label
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import flowing, tip
from supervise.ui.tables import Column, Table, TableView


class GapsTab(QWidget):
    """Every gap with its reason, the longest first; the one chosen in full below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.said = label("", wrap=True)
        self.table = Table(_gap_columns(), lambda each: (each.gap.subject, each.gap.first_late_day))
        self.view = TableView(self.table, "Gaps, the longest first")
        self.table.setParent(self.view)
        self.view.setItemDelegate(LinesDelegate(desk, self.view))
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName("The gap chosen, in full")
        self.whole.setPlaceholderText("Choose a gap to read it in full.")
        self.person = button("Open the person", self._open, name="Open the person of the gap chosen")
        self.why = button("Why?", partial(self._do, "why"), name="Why is there the gap chosen?")
        self.give = button(
            "Give the reason…", partial(self._do, "explain"), name="Give the reason of the gap chosen"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 10, 2, 4)
        box.addWidget(self.said)
        box.addWidget(self.view, 1)
        box.addWidget(self.whole)
        box.addWidget(flowing(self.person, self.why, self.give))
        self.view.opened.connect(self._opened)
        self.view.selectionModel().currentRowChanged.connect(self._tell)
        self.is_case = False

    def show_found(self, found: Compliance) -> None:
        """Show them."""
        self.is_case = found.is_case
        parts = [f"{n:,} {_of_length(name)}" for name, n in found.bands if n]
        gaps = f"{wording.counted(len(found.gaps), 'gap')} with a late day in the period"
        self.said.setText(
            f"{gaps}: {wording.joined(parts)}."
            if parts
            else "No gaps: nobody was late, of those in scope."
        )
        self.table.show(found.gaps)
        self.view.setVisible(bool(found.gaps))
        self.whole.setVisible(bool(found.gaps))
        self.view.setMinimumHeight(self.fontMetrics().height() * 8)
        self.whole.setMaximumHeight(round(self.fontMetrics().height() * 4.6))
        if found.gaps and self.view.chosen() is None:
            self.view.selectRow(0)
        self._tell()

    def chosen(self) -> GapShown | None:
        """The gap the keyboard is on."""
        found: GapShown | None = self.view.chosen()
        return found

    def _tell(self, *_: object) -> None:
        chosen = self.chosen()
        self.whole.setPlainText(in_full(chosen) if chosen else "")
        for each in (self.person, self.why):
            each.setEnabled(chosen is not None)
        view = self.desk.view
        self.give.setEnabled(chosen is not None and view.is_today and not self.desk.workspace.is_service)

    def _opened(self, record: GapShown) -> None:
        self.desk.go("person", record.person)

    def _open(self) -> None:
        if (chosen := self.chosen()) is not None:
            self._opened(chosen)

    def _do(self, what: str) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        with self.desk.trying():
            if what == "why":
                self.desk.deeds.why(chosen.gap.subject, self.clock)
            else:
                self.desk.refuse_if_not_today()
                self.desk.deeds.explain_gap(chosen.person, chosen.gap.first_late_day)

    clock: str | None = None
    """The clock that the gaps are of."""


def in_full(each: GapShown) -> str:
    """A gap as a person tells it, with nothing cut short."""
    gap = each.gap
    whose = f"{each.of_case} ({each.name})" if each.of_case else each.name
    held = f"last held {wording.day(gap.last_held)}" if gap.last_held is not None else "none held before"
    away = f", {gap.days_away} of them away" if gap.days_away else ""
    return (
        f"{whose}, {gap.tenure.post.team}: {held}, due {wording.day(gap.due)}, late from"
        f" {wording.day(gap.first_late_day)} to {wording.day(gap.last_late_day)}, {wording.days(gap.days_late)}{away};"
        f" {each.ended}.\nSupervisor on the late days: {each.under}.\nReason: {each.reason}."
    )


def _gap_columns() -> tuple[Column, ...]:
    return (
        Column("Person", lambda each: each.of_case or each.name, second=_whose, bold=True, width=31),
        Column("Days late", lambda each: f"{each.gap.days_late:,}", sort=lambda each: each.gap.days_late,
               second=_away, width=14),
        Column("Late from", lambda each: wording.day(each.gap.first_late_day),
               sort=lambda each: each.gap.first_late_day,
               second=lambda each: f"to {wording.day(each.gap.last_late_day)}", width=20),
        Column("Ended", lambda each: each.ended, second=_carried, width=23),
        Column("Due", lambda each: wording.day(each.gap.due), sort=lambda each: each.gap.due,
               second=_last_held, width=22),
        Column("Reason", lambda each: each.reason, second=lambda each: f"under {each.under}",
               tip=lambda each: tip(in_full(each))),
    )  # fmt: skip


def _of_length(band: str) -> str:
    """A band after a number: "3 of 8 to 28 days", "1 never supervised"."""
    return f"of {band}" if band[:1].isdecimal() else band


def _whose(each: GapShown) -> str:
    return f"{each.name}, {each.gap.tenure.post.team}" if each.of_case else each.gap.tenure.post.team


def _away(each: GapShown) -> str:
    return f"{each.gap.days_away} away" if each.gap.days_away else ""


def _carried(each: GapShown) -> str:
    return "carried in" if each.carried_in else ""


def _last_held(each: GapShown) -> str:
    return (
        f"held {wording.day(each.gap.last_held)}"
        if each.gap.last_held is not None
        else "none held before"
    )
