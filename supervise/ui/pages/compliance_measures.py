"""The measures of a period as cards, group by group, and who was seen in each month."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from supervise import wording
from supervise.compliance import Measures, Share
from supervise.doing.showing_found import Compliance, Group
from supervise.doing.showing_measures import BY, HEADLINES, MEASURES, SUPERVISED
from supervise.doing.showing_tables import fraction, month_name, percent
from supervise.ui.bits import heading, label
from supervise.ui.delegates import LinesDelegate
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import Figures, Scrolled, WholeTable, figure
from supervise.ui.tables import Column, Table
from supervise.workdays import day


class MeasuresTab(Scrolled):
    """The figures of everyone or of the team, then group by group, then month by month."""

    group_opened = Signal(object)  # a Group

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headlines, self.others = Figures(34), Figures(27)
        self.group_heading = heading("", 2)
        self.groups = WholeTable(Table(_group_columns(), lambda group: group.title), "Group by group")
        self.groups.setItemDelegate(LinesDelegate(desk, self.groups))
        self.groups.opened.connect(self.group_opened)
        self.month_heading = heading("Supervised in each month", 2)
        self.month_said = label("", quiet=True, wrap=True)
        self.months = WholeTable(Table(_month_columns(), lambda row: row[0]), "Supervised in each month")
        for thing in (
            self.headlines, self.others, self.group_heading, self.groups, self.month_heading,
            self.month_said, self.months,
        ):  # fmt: skip
            self.body.addWidget(thing)
        self.body.addStretch(1)

    def show_found(self, found: Compliance) -> None:
        """Show them."""
        self.headlines.show_cards([self._card(found, name) for name in HEADLINES])
        others = [measured.name for measured in MEASURES if measured.name not in HEADLINES]
        *before, on_time = (self._card(found, name) for name in others)
        self.others.show_cards([*before, _gaps_card(found), on_time])
        self.group_heading.setText(f"By {BY[found.by].lower()}" if found.by else "")
        for thing in (self.group_heading, self.groups):
            thing.setVisible(bool(found.by))
        self.groups.table.show(found.groups)
        months = [(month, share) for month, share in found.whole.supervised_in_month.items()]
        for thing in (self.month_heading, self.month_said, self.months):
            thing.setVisible(bool(months))
        self.month_said.setText(found.said(SUPERVISED))
        self.months.table.show(months)
        for table in (self.groups, self.months):
            table.fit_height()

    def _card(self, found: Compliance, name: str) -> QFrame:
        share: Share = getattr(found.whole, name)
        title = next(measured.title for measured in MEASURES if measured.name == name)
        return figure(
            title, percent(share), fraction(share), found.counts(name), headline=name in HEADLINES
        )


def _gaps_card(found: Compliance) -> QFrame:
    whole = found.whole
    carried = f"{whole.gaps_carried_in} carried in from before. " if whole.gaps else ""
    longest = f"The longest: {wording.days(whole.longest_gap_days)} late, " if whole.gaps else ""
    counts = (
        f"{carried}{longest}all its late days counted." if whole.gaps else "No late day in the period."
    )
    return figure("Gaps", f"■ {whole.gaps:,}" if whole.gaps else "0", "", counts)


def _share_column(name: str, title: str) -> Column:
    def share(group: Group) -> Share:
        found: Share = getattr(group.measures, name)
        return found

    return Column(
        title,
        lambda group: percent(share(group)),
        second=lambda group: fraction(share(group)),
        width=21,
    )


def _group_columns() -> tuple[Column, ...]:
    def number(of: Callable[[Measures], int]) -> Callable[[Group], str]:
        return lambda group: f"{of(group.measures):,}"

    return (
        Column("Group", lambda group: group.title, bold=True, width=32),
        *(_share_column(measured.name, measured.title) for measured in MEASURES),
        Column("Gaps", number(lambda found: found.gaps), width=10),
        Column("Carried in", number(lambda found: found.gaps_carried_in), width=16),
        Column("Longest, days", number(lambda found: found.longest_gap_days), width=20),
        Column("Left out", number(lambda found: len(found.excluded)), width=12),
    )


def _month_columns() -> tuple[Column, ...]:
    return (
        Column("Month", lambda row: month_name(day(f"{row[0]}-01")), width=14),
        Column("Supervised", lambda row: percent(row[1]), width=18),
        Column("Of how many", lambda row: fraction(row[1]), width=20),
    )
