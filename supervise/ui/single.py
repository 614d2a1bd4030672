"""One window for one store: a second start brings the first window to the front.

The two talk over a socket of this computer and this user only; nothing goes to any network.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, QTimer, Signal

_SETTLED = 150
"""Milliseconds after a window was asked for until it listens for second starts."""

_PATIENCE = 500
"""Milliseconds in which a window that is alive answers."""


def name_of(store: Path, me: str) -> str:
    """What the window on that store is called among this user's programs."""
    said = QCryptographicHash.hash(f"{me}\n{store}".encode(), QCryptographicHash.Algorithm.Sha256)
    return "supervise-" + bytes(said.toHex().data()).decode()[:24]


def raise_other(name: str) -> bool:
    """Ask the window of that name to come to the front; False if there is none."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(b"come to the front\n")
    socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True


class Single(QObject):
    """Listens for second starts."""

    wanted = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        if not self._server.listen(name):  # left behind by a window that ended abruptly
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def _heard(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.wanted.emit()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()


class Ears(QObject):
    """Everything that one program listens for: second starts on any store that it stands before."""

    wanted = Signal()

    def __init__(self, me: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._listening: dict[str, Single | None] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED)
        self._later.timeout.connect(self._begin)

    def listen(self, store: Path) -> None:
        """Hear of second starts on that store, from the moment on at which the window can be used: what it
        takes to listen is loaded after that."""
        self._listening.setdefault(name_of(store, self._me), None)
        self._later.start()

    def _begin(self) -> None:
        for name in [name for name, single in self._listening.items() if single is None]:
            self._listening[name] = made = Single(name, self)
            made.wanted.connect(self.wanted)

    @property
    def is_listening(self) -> bool:
        """Whether it hears of everything that it was asked to listen for."""
        return all(self._listening.values())

    def raise_other(self, store: Path) -> bool:
        """Whether this person has another window on that store, or at its door; it comes to the front."""
        name = name_of(store, self._me)
        return name not in self._listening and raise_other(name)

    def close(self) -> None:
        """Listen no more."""
        self._later.stop()
        for single in self._listening.values():
            if single is not None:
                single.close()
                single.deleteLater()
        self._listening.clear()
