"""How the whole program is dressed: theme, letters, size of text."""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from supervise.errors import BadFile
from supervise.places import resource
from supervise.ui.memory import Memory
from supervise.ui.theme import Theme, palette, style_sheet, theme_called

_USUAL = "usual letters"


def application(name: str) -> QApplication:
    """Qt's application, in the style that looks alike on every system. It is asked for as one asks on a command
    line: naming a style in Python first makes all that Qt has of styles, which takes as long as a page."""
    return QApplication([name, "-style", "Fusion"])


def show_icon(app: QApplication) -> None:
    """Every window's picture in the bar of windows. It is drawn from its curves, which a start need not wait for."""
    from PySide6.QtGui import QIcon

    app.setWindowIcon(QIcon(resource("icons", "supervise.svg").as_posix()))


def starts_dark() -> bool:
    """Whether the system's own colours are dark, as Qt has taken them over: asked before ours are set."""
    system, role = QGuiApplication.palette(), QPalette.ColorRole
    return system.color(role.WindowText).lightness() > system.color(role.Window).lightness()


def chosen_theme(memory: Memory, dark: bool) -> Theme:
    """The theme that was chosen, or the one that goes with the system's own colours, `dark` or light."""
    name = memory["theme"]
    if name == "system":
        name = "dark" if dark else "light"
    try:
        return theme_called(name)
    except BadFile as error:
        memory.notes.append(str(error))
        return theme_called("light")


def dress(app: QApplication, theme: Theme, percent: int) -> None:
    """Give every window its colours and its letters."""
    usual = app.property(_USUAL)
    if not isinstance(usual, QFont):
        usual = QFont(app.font())
        app.setProperty(_USUAL, usual)
    letters = QFont(usual)
    letters.setPointSizeF(usual.pointSizeF() * percent / 100)
    app.setFont(letters)
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
