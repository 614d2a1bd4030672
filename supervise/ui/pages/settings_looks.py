"""Settings, appearance and habits: what this computer remembers, and no store."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from supervise.ui.bits import label
from supervise.ui.deeds import STEPS
from supervise.ui.desk import Desk
from supervise.ui.memory import SETTINGS
from supervise.ui.pages.settings_section import Chooser, ScrollSection, chooser_rows, part

THEMES = (
    ("system", "As this computer has it"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)


class LooksSection(ScrollSection):
    """Colours, letters and habits, at once."""

    title = "Appearance and habits"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.say(
            "These belong to this computer, not to the records. They hold as soon as they are chosen."
        )
        self.theme = Chooser(THEMES, self._choose_theme)
        self.letters = Chooser([(step, f"{step} %") for step in STEPS], self._choose_letters)
        habit = SETTINGS["sessions_a_day"]
        most = [(n, str(n)) for n in range(habit.low, habit.high + 1)]
        self.sessions = Chooser(most, self._choose_sessions)
        self.sessions_note = label("", quiet=True, wrap=True)
        looks = chooser_rows(("&Colours", self.theme), ("Size of te&xt", self.letters))
        habits = chooser_rows(("Supervisions a &day, at most", self.sessions))
        keys = label(
            "Ctrl+Plus, Ctrl+Minus and Ctrl+0 change the size of text anywhere.", quiet=True, wrap=True
        )
        self.body.addWidget(part("Appearance", looks, keys))
        self.body.addWidget(part("Proposing dates", habits, self.sessions_note))

    def refresh(self) -> None:
        """Show what is remembered; the keyboard may have changed the size of text."""
        memory = self.desk.memory
        self.theme.choose(memory["theme"], memory["theme"])
        self.letters.choose(memory["text_percent"], f"{memory['text_percent']} %")
        self.sessions.choose(memory["sessions_a_day"], str(memory["sessions_a_day"]))
        self.sessions_note.setText(
            "Proposed dates never put more than this on one day of one supervisor."
            if not self.desk.workspace.is_service
            else "Dates are not proposed in a service store: supervisions are booked in the teams’ own stores."
        )
        self.sessions.setEnabled(not self.desk.workspace.is_service)

    def start_here(self) -> QWidget | None:
        """On the colours."""
        return self.theme

    def _choose_theme(self, name: object) -> None:
        self.desk.memory["theme"] = name
        self.desk.deeds.window.dress()

    def _choose_letters(self, percent: object) -> None:
        self.desk.memory["text_percent"] = percent
        self.desk.deeds.window.dress()

    def _choose_sessions(self, most: object) -> None:
        self.desk.memory["sessions_a_day"] = most
