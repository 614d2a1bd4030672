"""What a new policy is to say: begun from another, dated, edited as text, and read back in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from supervise.doing.rules import Rules
from supervise.errors import BadPolicy, SuperviseError
from supervise.policies import Policy
from supervise.policy_files import line_of
from supervise.ui.bits import label, notice, row
from supervise.ui.dialogs.dialog import announce
from supervise.ui.forms import DayEdit
from supervise.ui.pages.settings_policy_parts import PolicyChoice, PolicyReader
from supervise.ui.pages.settings_policy_text import free_id, line_refused, text_in, with_day, with_id
from supervise.workdays import Day

PAUSE = 400
"""Milliseconds without a key after which the text is read."""


class PolicyWriting(QWidget):
    """A policy in the making. Its text is what counts; the day beside it is written into it, and read from
    it."""

    refused = Signal(str)  # why a file cannot be begun with; "" for one that can

    def __init__(self, rules: Rules, today: Callable[[], Day], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rules, self.today = rules, today
        self.known = rules.policies()
        self.is_written = False  # whether somebody wrote in the text by hand
        self._writes_itself = False
        self._day_waits = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.read)
        self.choice = PolicyChoice("&Begin with", rules)
        self.day = DayEdit(today)
        self.day.edit.setAccessibleName("In force from")
        self.day.edit.setAccessibleDescription("Empty: it has always been in force.")
        self.reader = PolicyReader("What the policy would say")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("The policy as text")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.wrong = notice("", trouble=True)
        self.wrong.hide()
        self._lay_out()
        self.choice.chosen.connect(self.take)
        self.day.changed.connect(self._day_typed)
        self.text.textChanged.connect(self._text_changed)
        self.take()

    def _lay_out(self) -> None:
        before = label("In f&orce from")
        before.setBuddy(self.day.edit)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.reader, "In words")
        self.tabs.addTab(self.text, "As text")
        self.tabs.tabBar().setAccessibleName("How the policy is shown")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choice)
        layout.addLayout(row(before, self.day, None))
        layout.addWidget(label("Empty: it has always been in force.", quiet=True, wrap=True))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.wrong)

    # Beginning

    def take(self) -> None:
        """Take the policy chosen as what to begin with. What stood in the text comes back by Ctrl+Z."""
        source = self.choice.source()
        if source is None:
            return
        try:
            text = source.text if isinstance(source, Policy) else text_in(source, self.rules)
        except SuperviseError as error:
            self.refused.emit(str(error))
            return
        self.refused.emit("")
        self._day_waits = False
        self._write(self._as_new(text, source))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.read()

    def _as_new(self, text: str, source: Policy | Path) -> str:
        """The text under a short name that is free; of a copy, and of one without a day where there are
        policies already, from today on. One that cannot be used stays as it is: that is said below it."""
        try:
            policy = self.rules.read(text)
            text = with_id(text, free_id(policy.id, {each.id for each in self.known}))
            if isinstance(source, Policy) or (policy.effective_from is None and self.known):
                text = with_day(text, self.today())
        except BadPolicy:
            return text
        return text

    # Text and day in step

    def _write(self, text: str) -> None:
        """Another text, as one step of the editor's own undo."""
        if text == self.text.toPlainText():
            return
        cursor = self.text.textCursor()
        at = cursor.position()
        self._writes_itself = True
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._writes_itself = False
        cursor.setPosition(min(at, self.text.document().characterCount() - 1))
        self.text.setTextCursor(cursor)

    def _text_changed(self) -> None:
        if not self._writes_itself:
            self.is_written = True
        self._pause.start()

    def _day_typed(self) -> None:
        if not self._writes_itself:
            self._day_waits = True
            self._write_day()

    def _write_day(self) -> None:
        """The day that was typed goes into the text, as soon as both can be read."""
        if not self.day.is_readable():
            return
        try:
            self._write(with_day(self.text.toPlainText(), self.day.day()))
        except BadPolicy:
            return
        self._day_waits = False

    def read(self) -> None:
        """Read the text; show it in words, or say what is wrong with it."""
        if self._day_waits:
            self._write_day()
        self._pause.stop()
        try:
            policy = self.rules.read(self.text.toPlainText())
        except BadPolicy as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            self.reader.show_policy(None)
            return
        self.wrong.hide()
        self.reader.show_policy(policy)
        if not self._day_waits and self.day.day() != policy.effective_from:
            self._writes_itself = True
            self.day.set_day(policy.effective_from)
            self._writes_itself = False

    # Ending

    def policy(self) -> Policy | None:
        """What the text says; None if that cannot be used: then it is said, and gone to."""
        self.read()
        try:
            self.day.day()
        except ValueError as error:
            self.refused.emit(str(error))
            self.day.edit.setFocus()
            return None
        try:
            return self.rules.read(self.text.toPlainText())
        except BadPolicy as error:
            self.go_to_line(line_refused(error.sentence) or 1)
            announce(self.text, str(error))
            return None

    def go_to_cause(self, error: SuperviseError) -> None:
        """To what another policy has already: the day, or the short name."""
        if "effective_from" in error.remedy:
            self.day.edit.setFocus()
        elif error.remedy.endswith("another id."):
            self.go_to_line(line_of(self.text.toPlainText(), ("policy", "id")))

    def go_to_line(self, line: int) -> None:
        """To that line of the text, chosen as a whole."""
        self.tabs.setCurrentWidget(self.text)
        block = self.text.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block if block.isValid() else self.text.document().lastBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self.text.setFocus()
