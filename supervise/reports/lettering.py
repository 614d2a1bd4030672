"""The printing font, and text made ready for it: typed text is never markup and never lost.

DejaVu Sans Condensed covers Latin with all its accents, Greek, Cyrillic and more (decision 0005). A
character it does not have is shown by its code number in a small grey box, as is one that is invisible
and could mislead (control characters, and those that turn the direction of writing).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

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
_DAY = re.compile(
    r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec|January|February|March|April|August"
    r"|September|October|November|December) (?=\d{4}\b)"
)
_FIRST_PLANE = frozenset(range(0x10000))

#: Marks of our own that the font draws only from other pieces; and the soft hyphen, which is only seen where a
#: word ends its line at it. Ours never do: a hyphen that nobody typed would be in the text that is copied.
_SAME_SHAPE = str.maketrans({"⏸": "❚❚", "\u00ad": ""})


class Run(NamedTuple):
    """Letters of one look: as they were typed, or the code numbers of those that cannot be shown."""

    text: str
    coded: bool = False


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


def titled(text: str) -> str:
    """Typed text as a heading: without spaces at its ends, and "" if there is nothing else. A control character is
    no space here, for it is shown by its code number."""
    return text.strip(" \t\r\n\xa0")


def plain(text: str) -> str:
    """Text for the file's own description of itself, which has any letter but nothing invisible."""
    return "".join(
        _code(one) if unicodedata.category(one) in ("Cc", "Cs", "Cn") else one for one in text
    )


class Lettering:
    """Makes text ready for paper and remembers what could not be shown as it is.

    `coded` counts the characters shown by their code number; `right_to_left` tells whether some were
    of a script written from right to left.
    """

    def __init__(self) -> None:
        printable()  # whoever letters something will want the font
        self.coded = 0
        self.right_to_left = False

    def runs(self, line: str) -> list[Run]:
        """One line of typed text as runs that print exactly that text.

        Accents typed as characters of their own are joined to their letter where there is such a
        letter, which looks better and is the same text to Unicode; rows of spaces keep their width, and a
        day ("14 Mar 2017") is never on two lines.
        """
        line = _DAY.sub(_whole_day, line)
        if line.isascii() and line.isprintable() and "  " not in line and not line.startswith(" "):
            return [Run(line)]
        text = " ".join(lines(line)).translate(_SAME_SHAPE)
        text = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
        text = text.replace("\t", "    ")
        text = _WIDE_SPACES.sub(lambda found: _NO_BREAK * len(found[0]), text)
        kinds = set(text)
        self.right_to_left |= any(unicodedata.bidirectional(one) in ("R", "AL") for one in kinds)
        unshown = "".join(sorted(one for one in kinds if not _shows(one)))
        if not unshown:
            return [Run(text)]
        parts = re.split(f"([{re.escape(unshown)}]+)", text)
        return [self._codes(part) if at % 2 else Run(part) for at, part in enumerate(parts) if part]

    def line(self, text: str) -> str:
        """The same as one text with the code numbers in it, for where there is one look only."""
        return "".join(run.text for run in self.runs(text))

    def _codes(self, unshown: str) -> Run:
        """Code numbers for some characters, with spaces between at which a line can end."""
        self.coded += len(unshown)
        return Run(" ".join(_code(one) for one in unshown), coded=True)


def _whole_day(found: re.Match[str]) -> str:
    return f"{found[1]}{_NO_BREAK}{found[2]}{_NO_BREAK}"


@cache
def _shows(one: str) -> bool:
    """Whether printing that character shows a reader what was typed."""
    return (
        ord(one) in printable()
        and unicodedata.category(one) not in ("Cc", "Cs")
        and unicodedata.bidirectional(one) not in _STEERING
    )


def _code(one: str) -> str:
    return f"[U+{ord(one):04X}]"
