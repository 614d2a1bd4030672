"""The content of one page of a PDF as its marks: what each says, and what lies outside of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE"}


@dataclass
class Mark:
    """Marked content: the tag it has on the page, and the letters in it, line by line."""

    tag: str
    lines: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The letters, with a space for the end of a line."""
        return " ".join(self.lines)


@dataclass
class PageMarks:
    """The marks of a page by their numbers, and what is wrong with how it is marked."""

    marks: dict[int, Mark] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def marks_of(page: PageObject) -> PageMarks:
    """Walk through the content of a page, operator by operator."""
    found, fonts = PageMarks(), _Fonts(page)
    within: list[Mark | None] = []  # None for an artefact
    contents = page.get_contents()
    for operands, operator in contents.operations if contents is not None else ():
        if operator in (b"BDC", b"BMC"):
            within.append(_begun(found, operands, bool(within)))
        elif operator == b"EMC":
            if within:
                within.pop()
            else:
                found.faults.append("a mark ends that never began")
        elif operator == b"Tf":
            fonts.choose(str(operands[0]))
        elif operator in _SHOWS | _PAINTS and not within:
            found.faults.append(f"{operator.decode()} outside of all marks")
        if operator in _SHOWS:
            text = fonts.letters(operands)
            if within and (mark := within[-1]) is not None:
                mark.lines.append(text)
    if within:
        found.faults.append("a mark does not end")
    if sorted(found.marks) != list(range(len(found.marks))):
        found.faults.append("the numbers of its marks have gaps")
    found.faults += fonts.faults
    return found


def _begun(found: PageMarks, operands: Any, inside: bool) -> Mark | None:
    tag = str(operands[0])
    if inside:
        found.faults.append(f"{tag} begins inside of another mark")
    if tag == "/Artifact":
        return None
    mark, told = Mark(tag), operands[1] if len(operands) > 1 else {}
    number = told.get("/MCID") if hasattr(told, "get") else None
    if number is None:
        found.faults.append(f"a {tag} without a number")
    elif int(number) in found.marks:
        found.faults.append(f"two marks have the number {number}")
    else:
        found.marks[int(number)] = mark
    return mark


class _Fonts:
    """The fonts of a page, and the letters that their codes stand for."""

    def __init__(self, page: PageObject) -> None:
        self.faults: list[str] = []
        resources: Any = page["/Resources"]
        self._maps = {
            name: self._map(name, each.get_object()) for name, each in resources["/Font"].items()
        }
        self._map_now: dict[int, str] = {}

    def _map(self, name: str, font: Any) -> dict[int, str]:
        if "/FontFile2" not in font.get("/FontDescriptor", {}):
            self.faults.append(f"the font {name} is not embedded")
        if "/ToUnicode" not in font:
            self.faults.append(f"the font {name} does not say which letters it has")
            return {}
        told = font["/ToUnicode"].get_data().decode("ascii")
        pairs = re.findall(r"^<(\w+)> <(\w{4,})>$", told, re.MULTILINE)
        return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}

    def choose(self, name: str) -> None:
        """The font from here on."""
        self._map_now = self._maps.get(name, {})

    def letters(self, operands: Any) -> str:
        """What an operator shows."""
        shown = operands[-1]
        pieces = (
            [each for each in shown if hasattr(each, "original_bytes")]
            if isinstance(shown, list)
            else [shown]
        )
        text = ""
        for code in b"".join(piece.original_bytes for piece in pieces):
            if code not in self._map_now or self._map_now[code] == "\x00":
                self.faults.append(f"the code {code} is no letter of its font")
            text += self._map_now.get(code, "\ufffd")
        return text
