"""The computer goes to sleep, and everything is hidden."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from supervise.ui.asleep import Asleep, Messages, is_before_a_sleep
from supervise.ui.clock import LATER, Clock
from tests.ui.driving import Hands
from tests.ui.starting import Somebody, somebody

__all__ = ["somebody"]

LOGIND = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


@pytest.fixture
def bus() -> Iterator[str]:
    """A bus of the test's own: its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.kill()


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no bus (dbus-daemon) here")
def test_what_logind_says_before_and_after_a_sleep_is_heard(qtbot: QtBot, bus: str) -> None:
    ours, theirs = (QDBusConnection.connectToBus(bus, name) for name in ("ours", "logind"))
    assert theirs.registerService("org.freedesktop.login1")
    asleep, told = Asleep(), []
    asleep.told.connect(lambda: told.append(1))
    asleep.listen(ours)

    def says(member: str, value: bool) -> None:
        signal = QDBusMessage.createSignal(*LOGIND, member)
        signal.setArguments([value])
        assert theirs.send(signal)

    for going in (True, False):
        with qtbot.waitSignal(asleep.told):
            says("PrepareForSleep", going)
    says("PrepareForShutdown", True)
    asleep.close()
    says("PrepareForSleep", True)
    qtbot.wait(50)
    assert len(told) == 2
    for name in ("ours", "logind"):
        QDBusConnection.disconnectFromBus(name)


def test_without_a_bus_nothing_is_heard_and_nothing_goes_wrong(qapp: QApplication) -> None:
    asleep = Asleep()
    asleep.listen(QDBusConnection("no such bus"))
    asleep.close()


@pytest.mark.parametrize(
    ("message", "what", "before"),
    [(0x0218, 0x0004, True), (0x0218, 0x0012, False), (0x0200, 0x0004, False)],
)
def test_of_the_messages_of_windows_one_is_meant(
    qapp: QApplication, message: int, what: int, before: bool
) -> None:
    """The reading of it; that Windows sends it has not been tried."""
    told: list[int] = []
    made = wintypes.MSG(message=message, wParam=what)
    address = ctypes.addressof(made)
    assert is_before_a_sleep(address) is before
    messages = Messages(lambda: told.append(1))
    for kind in (b"windows_generic_MSG", b"xcb_generic_event_t"):
        assert messages.nativeEventFilter(kind, address) == (False, 0)
    assert bool(told) is before


def test_the_clock_begins_to_listen_a_little_later_and_stops(
    qapp: QApplication, qtbot: QtBot, hands: Hands
) -> None:
    clock = Clock(hands, lambda: 10)
    clock.start()
    assert clock._asleep is None
    qtbot.waitUntil(lambda: clock._asleep is not None, timeout=LATER + 2000)
    with qtbot.waitSignal(clock.idle):
        clock._asleep.changed(True)  # type: ignore[union-attr]
    clock.stop()
    assert clock._asleep is None


def test_a_window_is_locked_when_the_computer_sleeps(somebody: Somebody) -> None:
    somebody.starts()
    somebody.makes_a_store()
    somebody.waits_until(somebody.dialog)
    somebody.presses("Esc")
    somebody.app.clock._listen()
    somebody.app.clock._asleep.changed(True)  # type: ignore[union-attr]
    somebody.settles()
    somebody.sees("Supervise is locked")
    somebody.sees_not("Everyone")
