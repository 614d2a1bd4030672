"""`python -m bench.window_door STORE`: from nothing to the page that asks for the passphrase."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.after_paint import then


def main(store: Path) -> None:
    """Show it, and end when it can be used."""
    from bench.window_app import begun, gone

    app = begun(store)
    app.begin()
    assert app.doors.window is not None
    then(app.doors.window, lambda: gone(app))
    app.qt.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
