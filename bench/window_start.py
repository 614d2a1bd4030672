"""`python -m bench.window_start STORE KEY WHERE`: from nothing to a Today page that can be used.

How much memory that takes is written to WHERE.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supervise.ui.app import App


def main(store: Path, key: bytes, where: Path) -> None:
    """Open the window, and end when it can be used."""
    from bench.window_app import opened

    app = opened(store, key)
    from bench.after_paint import then  # after the program, which imports Qt in its own way

    assert app.window is not None
    then(app.window, lambda: _end(app, where))
    app.qt.exec()


def _end(app: App, where: Path) -> None:
    from bench.memory import peak
    from bench.window_app import gone

    where.write_text(str(peak()), "utf-8")
    gone(app)


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]))
