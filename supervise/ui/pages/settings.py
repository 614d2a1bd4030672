"""Settings: the rules, the people and this computer. A list of sections at the left, one at the right."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from supervise.ui.bits import column, row
from supervise.ui.cards import STACKED_ABOVE
from supervise.ui.desk import Desk
from supervise.ui.pages.page import Page
from supervise.ui.pages.settings_section import Section


class Entry(NamedTuple):
    """A section in the list: its name for `open_on`, how the list says it, and where its class stands."""

    name: str
    title: str
    module: str
    class_name: str


SECTIONS = (
    Entry("people", "People and teams", "settings_people", "PeopleSection"),
    Entry("policies", "Policies", "settings_policies", "PoliciesSection"),
    Entry("agendas", "Agendas", "settings_agendas", "AgendasSection"),
    Entry("cases", "Cases", "settings_cases", "CasesSection"),
    Entry("records", "Records", "settings_records", "RecordsSection"),
    Entry("papers", "Papers", "settings_papers", "PapersSection"),
    Entry("backups", "Backups", "settings_backups", "BackupsSection"),
    Entry("retention", "Retention", "settings_retention", "RetentionSection"),
    Entry("lock", "Passphrase and lock", "settings_lock", "LockSection"),
    Entry("looks", "Appearance and habits", "settings_looks", "LooksSection"),
)
"""The sections in the order of the list. Each is imported and made when it is first opened."""


class SettingsPage(Page):
    """The rules, the people and this computer."""

    name, title = "settings", "Settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._made: dict[str, Section] = {}
        self._was_asked_for = False
        self.list = QListWidget()
        self.list.setAccessibleName("Sections of the settings")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(3)
        self.box = QComboBox()
        self.box.setAccessibleName("Section of the settings")
        self.stack = QStackedWidget()
        for entry in SECTIONS:
            self.list.addItem(QListWidgetItem(entry.title))
            self.box.addItem(entry.title)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._chosen)
        self.box.currentIndexChanged.connect(self._chosen)
        self.above = QWidget()
        beside = row(self.box, None)
        beside.setContentsMargins(18, 8, 18, 0)
        self.above.setLayout(beside)
        right = column(self.above, self.stack, spacing=0)
        layout = row(self.list, right, spacing=0)
        layout.setStretchFactor(right, 1)
        self.setLayout(layout)

    # Which section

    @property
    def front(self) -> Section | None:
        """The section that is shown."""
        found = self.stack.currentWidget()
        return found if isinstance(found, Section) else None

    def section(self, name: str) -> Section:
        """The section of that name, made when it is first wanted."""
        if name not in self._made:
            entry = next(each for each in SECTIONS if each.name == name)
            module = import_module(f"supervise.ui.pages.{entry.module}")
            made: Section = getattr(module, entry.class_name)(self.desk, self.stack)
            self._made[name] = made
            self.stack.addWidget(made)
        return self._made[name]

    def open_on(self, subject: object) -> None:
        """Show a section: its name, or its name and what it should show ("people" and a person's id)."""
        name, inner = subject if isinstance(subject, tuple) else (subject, None)
        at = next((at for at, entry in enumerate(SECTIONS) if entry.name == name), None)
        if at is None or not self._may_turn_to(at):
            return
        self._was_asked_for = True
        self._turn_to(at)
        if inner is not None:
            self.section(SECTIONS[at].name).open_on(inner)

    def _may_turn_to(self, at: int) -> bool:
        front = self.front
        return front is None or front is self._made.get(SECTIONS[at].name) or front.may_leave()

    def _chosen(self, at: int) -> None:
        """Another row of the list; it goes back if what is being written must be seen first."""
        if self._may_turn_to(at):
            self._turn_to(at)
        elif (front := self.front) is not None:
            names = [entry.name for entry in SECTIONS]
            self._mark(next(names.index(name) for name, made in self._made.items() if made is front))

    def _turn_to(self, at: int) -> None:
        self._mark(at)
        section = self.section(SECTIONS[at].name)
        section.heading.setVisible(self._list_fits)
        self.stack.setCurrentWidget(section)
        if self.isVisible() and section.is_stale:
            section.read()

    def _mark(self, at: int) -> None:
        for each, mark in ((self.list, self.list.setCurrentRow), (self.box, self.box.setCurrentIndex)):
            each.blockSignals(True)
            mark(at)
            each.blockSignals(False)

    # What the window asks of a page

    def refresh(self) -> None:
        """Read the section that is shown; the others when they come to be."""
        self._fit()
        for made in self._made.values():
            made.is_stale = True
        self._turn_to(max(self.list.currentRow(), 0))

    def on_changed(self, touched: frozenset[str]) -> None:
        """Something was altered: the sections that care are read anew, now or when they come to be seen."""
        for made in self._made.values():
            if touched & made.cares_about:
                made.is_stale = True
                if made.isVisible():
                    made.read()

    def opened(self) -> None:
        """It has been brought to the front; the section shown may have gone stale behind."""
        super().opened()
        if self.front is not None and self.front.is_stale:
            self.front.read()
        self._was_asked_for = False

    def chosen_person(self) -> str | None:
        """Whom the section shown has chosen."""
        return self.front.chosen_person() if self.front else None

    def may_leave(self) -> bool:
        """Whether the section shown may be left."""
        return self.front.may_leave() if self.front else True

    def start_here(self) -> QWidget | None:
        """In the section, if that was asked for by name; else in the list."""
        inside = self.front.start_here() if self._was_asked_for and self.front else None
        return inside or (self.list if self._list_fits else self.box)

    @property
    def _list_fits(self) -> bool:
        """Whether letters leave room for a list beside the section; a box above takes less."""
        return bool(self.desk.memory["text_percent"] <= STACKED_ABOVE)

    def _fit(self) -> None:
        """The list as wide as its longest title, or the box where letters are large."""
        self.list.setVisible(self._list_fits)
        self.above.setVisible(not self._list_fits)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 2 * self.list.frameWidth() + 8)
