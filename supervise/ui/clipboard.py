"""What the program itself copies: confidential words, that should not outlive the moment they are pasted.

A clipboard that keeps a history, or sends it to other devices, is asked to leave them out: by the hint that
KDE's and other managers on Linux go by, and by the formats that Windows goes by. macOS has one too, that Qt
does not let through from here. What somebody copies out of a field with the keyboard is Qt's doing, and goes
without.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_NO = bytes(4)  # a DWORD of 0

ON_LINUX = {"x-kde-passwordManagerHint": b"secret"}
ON_WINDOWS = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NO,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}


def put_on_clipboard(words: str) -> None:
    """Put these words on the clipboard, and into no history of it where the platform allows."""
    QGuiApplication.clipboard().setMimeData(confidential(words, sys.platform))


def confidential(words: str, platform: str) -> QMimeData:
    """The words with what that platform (as `sys.platform` calls it) asks of what is to be kept nowhere."""
    held = QMimeData()
    held.setText(words)
    for kind, said in (ON_WINDOWS if platform == "win32" else ON_LINUX).items():
        held.setData(kind, said)
    return held
