"""The printing font, and text made ready for it: typed text is never markup and never lost.

DejaVu Sans Condensed covers Latin with all its accents, Greek, Cyrillic and more (decision 0005). A
character it does not have is shown by its code number in a small grey box, as is one that is invisible
and could mislead (control characters, and those that turn the direction of writing).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from supervise.places import resource

REGULAR = "SuperviseSans"
BOLD = "SuperviseSans-Bold"
_FILES = {REGULAR: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}

_LINE_ENDS = re.compile("\r\n|[\n\r\u2028\u2029]")
_COMBINED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_WIDE_SPACES = re.compile("^ +| +(?= )")
_STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_NO_BREAK = "\u00a0"
_FIRST_PLANE = frozenset(range(0x10000))

#: Marks of our own that the font draws only from other pieces.
_SAME_SHAPE = str.maketrans({"⏸": "❚❚"})


@cache
def printable() -> frozenset[int]:
    """The characters that the font has in both weights. Makes the font known to reportlab."""
    fonts = [TTFont(name, str(resource("fonts", file))) for name, file in _FILES.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, REGULAR, BOLD)
    # Beyond the first plane reportlab (5.1) draws a letter but names it wrongly to whoever copies text.
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts)) & _FIRST_PLANE


def lines(text: str) -> list[str]:
    """The lines of a text as they were typed, without their ends."""
    return _LINE_ENDS.split(text)


def plain(text: str) -> str:
    """Text for the file's own description of itself, which has any letter but nothing invisible."""
    return "".join(_code(one) if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)


class Lettering:
    """Makes text ready for reportlab's paragraphs and remembers what could not be shown as it is.

    `coded` counts the characters shown by their code number; `right_to_left` tells whether some were
    of a script written from right to left.
    """

    def __init__(self) -> None:
        printable()  # whoever letters something will want the font
        self.coded = 0
        self.right_to_left = False

    def literal(self, line: str) -> str:
        """One line of typed text as reportlab markup that prints exactly that text.

        Accents typed as characters of their own are joined to their letter where there is such a
        letter, which looks better and is the same text to Unicode; rows of spaces keep their width.
        """
        text = " ".join(lines(line)).translate(_SAME_SHAPE)
        text = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
        text = text.replace("\t", "    ")
        text = escape(_WIDE_SPACES.sub(lambda found: _NO_BREAK * len(found[0]), text))
        kinds = set(text)
        self.right_to_left |= any(unicodedata.bidirectional(one) in ("R", "AL") for one in kinds)
        unshown = "".join(sorted(one for one in kinds if not _shows(one)))
        return re.sub(f"[{re.escape(unshown)}]+", self._codes, text) if unshown else text

    def _codes(self, found: re.Match[str]) -> str:
        """Code numbers for a run of characters, with spaces between at which a line can end."""
        self.coded += len(found[0])
        codes = " ".join(_code(one) for one in found[0])
        return f'<font size="7" backColor="#dcdcdc">{codes}</font>'


def _shows(one: str) -> bool:
    """Whether printing that character shows a reader what was typed."""
    return (
        ord(one) in printable()
        and unicodedata.category(one) not in ("Cc", "Cs")
        and unicodedata.bidirectional(one) not in _STEERING
    )


def _code(one: str) -> str:
    return f"[U+{ord(one):04X}]"
