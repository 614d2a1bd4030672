"""The program's picture in the sizes and forms that systems ask for, from one drawing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""In points: those of Windows at 100 to 250 %, and the largest for Linux."""


class Pictures(NamedTuple):
    """Where they were written: one for Linux, and all sizes in one file for Windows."""

    png: Path
    ico: Path


def make(drawing: Path, folder: Path) -> Pictures:
    """Write them into that folder."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    made = Pictures(folder / "supervise.png", folder / "supervise.ico")
    drawn = [drawn_at(drawing, size) for size in SIZES]
    made.png.write_bytes(drawn[-1])
    *smaller, largest = (Image.open(io.BytesIO(each)) for each in drawn)
    largest.save(made.ico, sizes=[(size, size) for size in SIZES], append_images=smaller)
    return made


def drawn_at(drawing: Path, size: int) -> bytes:
    """The drawing as a PNG file of that size."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(made, "PNG"):  # type: ignore[call-overload]  # it takes a name as text
        raise OSError("The picture cannot be drawn.")
    return bytes(made.data().data())
