"""One module for each page of the window."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from supervise.ui.desk import Desk
    from supervise.ui.pages.page import Page

PAGES = {
    "today": "TodayPage",
    "team": "TeamPage",
    "person": "PersonPage",
    "session": "SessionPage",
    "calendar": "CalendarPage",
    "actions": "ActionsPage",
    "compliance": "CompliancePage",
    "reports": "ReportsPage",
    "history": "HistoryPage",
    "settings": "SettingsPage",
    "guide": "GuidePage",
    "find": "FindPage",
    "bring_in": "BringInPage",
}
"""The pages by name: each stands in the module of that name. They are imported when first wanted."""


def make_page(name: str, desk: Desk, parent: QWidget) -> Page:
    """A page of that name, not read yet."""
    made: Page = getattr(import_module(f"supervise.ui.pages.{name}"), PAGES[name])(desk, parent)
    return made
