"""Colours by what they mean, and how they become Qt's palette and style.

A theme is a small TOML file under resources/themes: every colour stands for a role (paper, ink, overdue …),
never for a place. One that cannot be read gives way to the light theme.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QPalette

from supervise.errors import BadFile
from supervise.places import resource

NAMES = ("light", "dark", "contrast")
ROLES = (
    "page", "paper", "side", "line", "edge", "ink", "quiet", "placeholder", "accent", "on_accent", "chosen",
    "on_chosen", "focus", "link", "notice", "on_notice", "trouble", "on_trouble", "band", "on_band",
)  # fmt: skip
STATUSES = ("gap", "overdue", "due_soon", "on_track", "absent", "none")
STRIP = ("held", "other", "gap", "stopped", "unknown", "due", "axis")

#: Pairs of what is read and what it stands on: contrast of at least 4.5 to 1.
READ_ON = (
    ("ink", "page"), ("ink", "paper"), ("ink", "side"), ("quiet", "page"), ("quiet", "paper"),
    ("quiet", "side"), ("placeholder", "paper"), ("on_accent", "accent"), ("accent", "paper"), ("accent", "page"),
    ("on_chosen", "chosen"), ("link", "paper"), ("link", "page"), ("on_notice", "notice"),
    ("on_trouble", "trouble"), ("on_band", "band"), ("accent", "side"),
)  # fmt: skip
#: Pairs of what is seen but not read, such as the edge of a field: at least 3 to 1.
SEEN_ON = (("edge", "paper"), ("edge", "page"), ("focus", "paper"), ("focus", "page"), ("focus", "side"))


class Theme:
    """A theme: its name, whether it is dark, and its colours as #rrggbb by role."""

    def __init__(
        self,
        name: str,
        dark: bool,
        colour: Mapping[str, str],
        status: Mapping[str, tuple[str, str]],
        strip: Mapping[str, str],
    ) -> None:
        self.name, self.dark = name, dark
        self.colour, self.status, self.strip = colour, status, strip

    def __getitem__(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.colour[role])

    def of_status(self, status: str) -> tuple[QColor, QColor]:
        """Ink and wash of a status of the engine (`wording.STATUS`)."""
        ink, wash = self.status.get(status, self.status["none"])
        return QColor(ink), QColor(wash)

    def of_strip(self, mark: str) -> QColor:
        """The colour of a mark in the picture of twelve months."""
        return QColor(self.strip[mark])


def read_theme(path: Path) -> Theme:
    """The theme in a file. BadFile if it lacks a colour or has one that is none."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"The theme {path.name} cannot be read.", "The light theme is used.") from error
    colour = {role: _colour(told, path, "colour", role) for role in ROLES}
    strip = {mark: _colour(told, path, "strip", mark) for mark in STRIP}
    status = {name: _pair(told, path, name) for name in STATUSES}
    return Theme(str(told.get("name", path.stem)), told.get("dark") is True, colour, status, strip)


def theme_called(name: str) -> Theme:
    """One of the themes that come with the program. BadFile if its file is spoilt."""
    return read_theme(resource("themes", f"{name if name in NAMES else 'light'}.toml"))


def _colour(told: Mapping[str, Any], path: Path, table: str, name: str) -> str:
    part = told.get(table)
    return _checked(part.get(name) if isinstance(part, dict) else None, path, f"{table}.{name}")


def _pair(told: Mapping[str, Any], path: Path, name: str) -> tuple[str, str]:
    part = told.get("status")
    pair = part.get(name) if isinstance(part, dict) else None
    if not isinstance(pair, list) or len(pair) != 2:
        raise BadFile(f"The theme {path.name} has no pair of colours “status.{name}”.")
    return _checked(pair[0], path, f"status.{name}"), _checked(pair[1], path, f"status.{name}")


def _checked(value: object, path: Path, what: str) -> str:
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise BadFile(f"The theme {path.name} has no colour “{what}”.", "Write it as #rrggbb.")
    return value


def contrast(one: QColor, other: QColor) -> float:
    """How strongly two colours differ, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's own widgets understand it."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "page",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "paper",
        QPalette.ColorRole.AlternateBase: "page",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "placeholder",
        QPalette.ColorRole.Button: "paper",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "chosen",
        QPalette.ColorRole.HighlightedText: "on_chosen",
        QPalette.ColorRole.ToolTipBase: "paper",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.LinkVisited: "link",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "edge",
        QPalette.ColorRole.Light: "paper",
        QPalette.ColorRole.Accent: "accent",
    }
    for role, name in roles.items():
        made.setColor(role, theme[name])
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme["quiet"])
    return made


def style_sheet(theme: Theme) -> str:
    """What the palette cannot say: cards, pills, the one accent, and where the keyboard is."""
    template = resource("themes", "window.qss").read_text("utf-8")
    ground = "dark" if theme.dark else "light"
    pictures = {
        name: resource("icons", f"{name}-{ground}.svg").as_posix() for name in ("down", "tick", "up")
    }
    values = {**theme.colour, **pictures}
    for status, (ink, wash) in theme.status.items():
        edge = ink if theme.name == "High contrast" else wash
        values |= {f"ink_{status}": ink, f"wash_{status}": wash, f"edge_{status}": edge}
    return re.sub(r"@(\w+)", lambda found: values[found[1]], template)
