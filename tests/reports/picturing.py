"""Pages of papers as pictures: small ones for the manual, and how far two of them are from each other."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageStat

GREYS = 16


def picture(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """A page (from 1) as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        made: Image.Image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil()
        return made.convert("L")


def save(made: Image.Image, to: Path) -> None:
    """Write a picture in few greys, which is small and the same each time."""
    to.parent.mkdir(parents=True, exist_ok=True)
    step = 255 / (GREYS - 1)
    few = made.point([round(value / step) for value in range(256)])
    few.putpalette([grey for at in range(GREYS) for grey in [round(at * step)] * 3])
    few.save(to, optimize=True, bits=4)


def load(path: Path) -> Image.Image:
    """A picture that was saved."""
    return Image.open(path).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart: the mean over all points, from 0 to 255."""
    if one.size != other.size:
        return 255.0
    (mean,) = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return float(mean)
