"""Alt and a letter open a menu or press a button of a page, never one instead of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

from supervise.ui.actions import MENUS
from tests.ui.driving import Driver

PAGES = (
    ("today", None), ("team", None), ("person", "W05"), ("session", ("new", "W02")), ("session", "PS0030"),
    ("compliance", None), ("reports", None),
    *(("settings", each) for each in
      ("policies", "people", "agendas", "cases", "backups", "lock", "looks", "records", "papers", "checks")),
)  # fmt: skip


def _letters(text: str) -> list[str]:
    return [each.upper() for each in re.findall(r"&(\w)", text.replace("&&", ""))]


def _words(root: QWidget) -> Iterator[str]:
    for each in root.findChildren(QWidget):
        if isinstance(each, QAbstractButton) or (isinstance(each, QLabel) and each.buddy()):
            yield each.text()
        elif isinstance(each, QTabBar):
            yield from (each.tabText(at) for at in range(each.count()))


@pytest.mark.parametrize(("page", "subject"), PAGES)
def test_no_letter_of_a_page_is_that_of_a_menu(practice: Driver, page: str, subject: object) -> None:
    menus = {letter for each in MENUS for letter in _letters(each)}
    shown = practice.opens(page, subject)
    practice.rests()
    words = list(_words(shown))
    assert words
    taken = [each for each in words if menus & set(_letters(each))]
    assert taken == []
