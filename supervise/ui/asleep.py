"""The computer goes to sleep: then everything is hidden, whoever opens the lid again.

On Linux systemd's logind tells it on the system's bus, on Windows every window is sent a message. Where neither
is there, `clock` finds at the first key, or within a minute of waking, how much time has gone by.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SERVICE = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_INTERFACE = "org.freedesktop.login1.Manager"
_MEMBER = "PrepareForSleep"

_SLOT = SLOT("changed(bool)")  # text, where the stubs would have bytes

_WINDOWS = b"windows_generic_MSG"
_WM_POWERBROADCAST = 0x0218
_PBT_APMSUSPEND = 0x0004


class Asleep(QObject):
    """Tells that the computer is about to sleep, or has just woken: whichever is heard first."""

    told = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: QDBusConnection | None = None
        self._filter: Messages | None = None

    def listen(self, bus: QDBusConnection | None = None) -> None:
        """Listen from now on; on Linux to that bus, or to the system's."""
        if sys.platform == "win32":
            self._filter = Messages(self.told.emit)
            if (app := QCoreApplication.instance()) is not None:
                app.installNativeEventFilter(self._filter)
        elif sys.platform.startswith("linux"):
            self._bus = bus or QDBusConnection.systemBus()
            self._bus.connect(_SERVICE, _PATH, _INTERFACE, _MEMBER, self, _SLOT)  # type: ignore[call-overload]

    def close(self) -> None:
        """Listen no more."""
        if self._bus is not None:
            self._bus.disconnect(_SERVICE, _PATH, _INTERFACE, _MEMBER, self, _SLOT)  # type: ignore[call-overload]
        if self._filter is not None and (app := QCoreApplication.instance()) is not None:
            app.removeNativeEventFilter(self._filter)
        self._bus = self._filter = None

    @Slot(bool)
    def changed(self, _goes_to_sleep: bool) -> None:
        """Both ends of a sleep are told alike: if the first came too late, the second comes before any key."""
        self.told.emit()


class Messages(QAbstractNativeEventFilter):
    """Looks through the messages of Windows for the one that comes before a sleep."""

    def __init__(self, tell: Callable[[], object]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, kind: object, message: int) -> object:
        """Every message goes on to whom it is for."""
        if kind == _WINDOWS and is_before_a_sleep(int(message)):
            self._tell()
        return False, 0


def is_before_a_sleep(address: int) -> bool:
    """Whether the message of Windows at that address says that the computer is about to sleep."""
    from ctypes.wintypes import MSG

    message = MSG.from_address(address)
    return bool(message.message == _WM_POWERBROADCAST and message.wParam == _PBT_APMSUSPEND)
