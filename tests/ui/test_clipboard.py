"""What is copied stays out of clipboard histories, as far as a program can say so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from supervise.ui.clipboard import ON_LINUX, ON_WINDOWS, confidential, put_on_clipboard

UI = Path(__file__).parents[2] / "supervise" / "ui"


def test_the_words_are_on_the_clipboard_with_the_hint(qapp: QApplication) -> None:
    put_on_clipboard("Ada Marsh\tGap")
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == "Ada Marsh\tGap"
    assert bytes(held.data("x-kde-passwordManagerHint").data()) == b"secret"


@pytest.mark.parametrize(("platform", "asked"), [("linux", ON_LINUX), ("win32", ON_WINDOWS)])
def test_each_platform_is_asked_in_its_own_way(platform: str, asked: dict[str, bytes]) -> None:
    held = confidential("words", platform)
    assert {kind: bytes(held.data(kind).data()) for kind in asked} == asked
    assert len(held.formats()) == len(asked) + 1  # and the words


def test_nothing_else_of_ours_puts_words_on_the_clipboard() -> None:
    found = [
        path.name
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "clipboard"
    ]
    assert found == ["clipboard.py"]
