"""The passphrase of a new store, typed twice, with how hard it is to guess in words and as a bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from supervise.passphrases import LEAST_SCORE, Strength, strength
from supervise.ui.background import Background
from supervise.ui.bits import label, row
from supervise.ui.dialogs.dialog import announce
from supervise.ui.first_step import Step, secret_field
from supervise.ui.start import Start

_AFTER = 150
"""Milliseconds after the last key until it is judged."""

_BLOCKS = 4


class StrengthBar(QWidget):
    """Four blocks, as many of them full as the score says; a mark stands under the one that is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.score = 0
        self.setAccessibleName("Strength")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_score(self, score: int) -> None:
        """A score from 0 to 4."""
        self.score = score
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as a line of small letters."""
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 24, round(letters.height() * 0.8))

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Full blocks and empty ones: their shape tells, not their colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        tall = self.height() * 0.6
        wide = (self.width() - 4.0 * _BLOCKS) / _BLOCKS
        painter.setPen(QPen(colours.color(QPalette.ColorRole.Dark), 1.2))
        for at in range(_BLOCKS):
            full = at < self.score
            painter.setBrush(colours.color(QPalette.ColorRole.Accent) if full else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1 + at * (wide + 4), 1, wide, tall), 2, 2)
        under = 1 + (LEAST_SCORE - 1) * (wide + 4)
        painter.fillRect(
            QRectF(under, tall + 4, wide, 1.6), colours.color(QPalette.ColorRole.WindowText)
        )


class PassphraseStep(Step):
    """Choosing a passphrase. It is judged beside the window, for that can take a moment."""

    def __init__(self, background: Background, start: Start) -> None:
        super().__init__(
            "Choose a passphrase",
            "Three or four words that have nothing to do with each other. Nobody can open the records without "
            "it; the recovery sheet, which comes next, is the one way back if it is forgotten.",
        )
        self._background = background
        self._own_words = (start.me, "supervise", start.home.name, start.places.store.stem)
        self._judged: Strength | None = None
        self._is_waited_for = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER)
        self._soon.timeout.connect(self._judge)
        self.first = secret_field("Passphrase", self._on_to_the_second)
        self.second = secret_field("Passphrase, once more", self.go_on)
        self.bar = StrengthBar()
        self.words = label("", wrap=True)
        self.remember = QCheckBox("&Remember it in this computer’s own keyring")
        self._lay_out()
        self.first.textChanged.connect(self._typed)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        strong = row(self.bar, self.words)
        strong.setStretchFactor(self.words, 1)
        strong.setAlignment(self.bar, Qt.AlignmentFlag.AlignTop)
        for words, field in (("&Passphrase", self.first), ("Once &more", self.second)):
            said = label(words)
            said.setBuddy(field)
            form.addRow(said, field)
            if field is self.first:
                form.addRow("", strong)
        show = QCheckBox("&Show what I type")
        show.toggled.connect(self._show)
        self.body.addLayout(form)
        self.body.addWidget(show)
        self.body.addWidget(self.remember)
        self.laid_out()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.second.setEchoMode(mode)

    def start_here(self) -> QWidget | None:
        """In the first field."""
        return self.first

    @property
    def chosen(self) -> str:
        """The passphrase."""
        return self.first.text()

    def _on_to_the_second(self) -> None:
        self.second.setFocus(Qt.FocusReason.TabFocusReason)

    # How strong it is

    def _typed(self) -> None:
        self._judged = None
        self._soon.start()

    def _judge(self) -> None:
        self.look(self._background, partial(strength, self.first.text(), self._own_words), self._found)

    def _found(self, found: Strength) -> None:
        self._judged = found
        self.bar.show_score(found.score if found.is_enough else min(found.score, LEAST_SCORE - 1))
        said = f"{found.words}. {found.next_step}".strip()
        self.bar.setAccessibleDescription(found.words)
        self.words.setText(said if self.first.text() else "")
        announce(self.words, found.words)
        if self._is_waited_for:
            self.go_on()

    # Going on

    def go_on(self) -> None:
        """Go on if it is strong enough and was typed twice alike; what was typed stays."""
        self.say("")
        if not self.chosen:
            self._refuse("Type a passphrase first.", self.first)
        elif self._judged is None:
            self._is_waited_for = True
            self._soon.stop()
            self._judge()
            return
        elif not self._judged.is_enough:
            said = f"That passphrase is {self._judged.words.lower()}. {self._judged.next_step}"
            self._refuse(said, self.first)
        elif self.second.text() != self.chosen:
            again = (
                "Type it once more below." if not self.second.text() else "Look at them, and type again."
            )
            self._refuse(f"The passphrase has not been typed twice alike. {again}", self.second)
        else:
            self.done.emit()
        self._is_waited_for = False

    def _refuse(self, sentence: str, field: QLineEdit) -> None:
        self.say(sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing of it stays in the fields."""
        for field in (self.first, self.second):
            field.setText("")  # which, unlike clear(), cannot be undone
        self._soon.stop()
