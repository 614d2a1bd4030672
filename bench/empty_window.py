"""`python -m bench.empty_window WHERE`: a window with nothing in it, which is what ours is measured against."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.after_paint import then


def main(where: Path) -> None:
    """Show it, and end when it can be used."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    qt = QApplication([])
    window = QMainWindow()
    window.resize(1090, 610)
    window.show()
    then(window, lambda: _end(where))
    qt.exec()


def _end(where: Path) -> None:
    from bench.memory import peak

    where.write_text(str(peak()), "utf-8")
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
