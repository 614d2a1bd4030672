"""What holds of every page and dialog: names for a screen reader, nothing clipped, everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.ui.driving import Driver, Hands, practice_store, unnamed
from tests.ui.shots import TEAM, scenes

LOOKS = ((100, "light"), (200, "light"))


def clipped(root: QWidget) -> Iterator[str]:
    """What cannot be read whole: words wider or higher than their place, or outside of the window."""
    for each in root.findChildren(QWidget):
        if not each.isVisible() or each.visibleRegion().isEmpty() or _in_items(each):
            continue
        if isinstance(each, QScrollArea) and each.horizontalScrollBar().maximum() > 0:
            yield f"{_said(each)} must be scrolled sideways by {each.horizontalScrollBar().maximum()}"
        if isinstance(each, QLabel) and each.text() and not _scrolls(each):
            yield from _label(each)
        if isinstance(each, QPushButton) and each.text():
            wide = each.fontMetrics().horizontalAdvance(each.text().replace("&", ""))
            if wide > each.width() + 1:
                yield f"button “{each.text()}” is {each.width()} wide and needs {wide}"
        if not _scrolls(each) and not root.rect().contains(each.mapTo(root, QPoint(0, 0))):
            yield f"{_said(each)} begins outside of the window"


def _label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    if label.wordWrap():
        needs = label.heightForWidth(label.width())
        if needs > label.height() + 2:
            yield f"“{label.text()[:40]}” is {label.height()} high and needs {needs}"
    elif label.fontMetrics().horizontalAdvance(label.text().replace("&", "")) > room.width() + 2:
        yield f"“{label.text()[:40]}” is {room.width()} wide and needs more"


def _scrolls(widget: QWidget) -> bool:
    """Whether it stands in something that scrolls, where being out of sight is no fault."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _in_items(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractItemView | QTextEdit):
            return True
        above = above.parentWidget()
    return False


def _said(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}” of {type(widget.parent()).__name__}"


def wrong_roles(root: QWidget) -> Iterator[str]:
    """Controls that a screen reader would take for something else."""
    expected = {
        QCheckBox: {QAccessible.Role.CheckBox},
        QRadioButton: {QAccessible.Role.RadioButton},
        QComboBox: {QAccessible.Role.ComboBox},
        QLineEdit: {QAccessible.Role.EditableText},
        QPushButton: {
            QAccessible.Role.Button, QAccessible.Role.ButtonMenu, QAccessible.Role.CheckBox,
            QAccessible.Role.RadioButton,
        },
    }  # fmt: skip
    for kind, roles in expected.items():
        for each in root.findChildren(kind):
            heard = QAccessible.queryAccessibleInterface(each)
            if isinstance(each.parent(), QAbstractSpinBox | QComboBox):
                continue
            if each.isVisible() and heard is not None and heard.role() not in roles:
                yield f"{_said(each)} is heard as {heard.role()}"


def unreachable(root: QWidget) -> Iterator[str]:
    """Buttons and fields that Tab never comes to, apart from those inside another control and those of a
    group, through which the arrows go."""
    inside = (QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)
    for each in root.findChildren(QWidget):
        if not isinstance(each, QAbstractButton | QLineEdit | QComboBox):
            continue
        if not each.isVisible() or not each.isEnabled() or isinstance(each.parent(), inside):
            continue
        if isinstance(each, QAbstractButton) and each.group() is not None:
            continue
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield _said(each)


@pytest.mark.parametrize(("percent", "theme"), LOOKS)
def test_every_page_and_dialog_can_be_read_whole_and_heard(
    opened: Callable[..., Driver], hands: Hands, percent: int, theme: str
) -> None:
    seat = opened(practice_store(hands), theme=theme, percent=percent)
    seat.looks_at(TEAM)
    faults: dict[str, list[str]] = {}
    for name, bring_up in scenes(seat):
        bring_up()
        seat.rests()
        root = seat.dialog() or seat.window
        found = [f"no name: {each}" for each in unnamed(root)]
        found += [f"role: {each}" for each in wrong_roles(root)]
        found += [f"not by keyboard: {each}" for each in unreachable(root)]
        found += [f"clipped: {each}" for each in clipped(root)]
        if (seat.window.width(), seat.window.height()) != (1090, 610):
            found.append(f"the window grew to {seat.window.width()} × {seat.window.height()}")
            seat.window.resize(1090, 610)
        if root.width() > 1090 or root.height() > 610:
            found.append(f"the dialog is {root.width()} × {root.height()}")
        if found:
            faults[name] = found
    seat.window.unlock()
    for dialog in seat.dialogs():
        dialog.reject()
    assert QApplication.instance() is not None
    assert not faults, "\n".join(f"{name}: {fault}" for name, each in faults.items() for fault in each)
