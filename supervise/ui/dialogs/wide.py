"""A dialog for what needs room: as large as the window lets it be."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from supervise.ui.dialogs.dialog import Dialog
from supervise.ui.pages.settings_filling import fill, turned_page


class WideDialog(Dialog):
    """A large dialog; Page up and Page down scroll it from wherever the keyboard is."""

    def show_over(self) -> None:
        """Open it over the window."""
        fill(self.inner)
        super().show_over()
        window = self._over.window()
        self.resize(window.width() - 60, window.height() - 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, where they are not used otherwise."""
        if not turned_page(self.area, event):
            super().keyPressEvent(event)
