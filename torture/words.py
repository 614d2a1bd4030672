"""Hostile words: formulas, markup, control characters, path tricks, letters of every script, and mixtures."""

from __future__ import annotations

import random
import unicodedata

from tests.making import NASTY_PROSE

_TRICKS = (
    '=HYPERLINK("http://example.org","Click")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1",
    "<b>bold</b>", "<img src=x onerror=alert(1)>", "<!-- ", "]]>", "&amp;&lt;", "&#0;", "<a href='file:///etc'>a</a>",
    "<table><tr><td>", "<para>", "</para>", "<br/>", "%s %d %n", "{0} {name}", "${HOME}", "$(reboot)", "`reboot`",
    "../../etc/passwd", "..\\..\\windows", "C:\\CON", "NUL", "aux.txt", "/dev/null", "a/b\\c:d*e?f\"g<h>i|j", "~root",
    "'; DROP TABLE person; --", '" OR 1=1 --', "Robert\\'); --", "BEGIN:VCALENDAR", "END:VEVENT", "\r\nATTENDEE:x",
    "\\n\\N\\;\\,", "DTSTART:19700101", "&File && Exit", "\x07\x1b[2J", "\x1b]0;title\x07", "\u202egnp.exe", "\u2066",
    "\ufeff", "\u200b\u200d", "\u0301\u0301\u0301", "Z̷a̷l̷g̷o̷", "👩🏽‍💻🏳️‍🌈", "漢字かな", "שלום", "مرحبا",
    "\U0001f9d1\u200d\U0001f9b1",
    "a" * 300, " " * 20, "_x0041_", "_xD83D_", "#REF!", "TRUE", "1e9999", "0x1F", "٣", "½", "İıŞş", "ﬁ", "ŉ",
)  # fmt: skip


def hostile(chance: random.Random, *, one_line: bool = False) -> str:
    """Some of it, never empty, and never with what no text can hold (NUL, half a character)."""
    made = "".join(_piece(chance) for _ in range(chance.choice((1, 1, 2, 3))))
    if one_line:
        made = " ".join(made.split())
    return made if made.strip() else "x" + made


def _piece(chance: random.Random) -> str:
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(_TRICKS)
    if kind < 8:
        return chance.choice(NASTY_PROSE)
    return "".join(_letter(chance) for _ in range(chance.randrange(1, 30)))


def _letter(chance: random.Random) -> str:
    """Any character at all, those that are common more often than others."""
    while True:
        most = chance.choice((0x7F, 0x24F, 0x2FFF, 0xFFFF, 0x10FFFF))
        made = chr(chance.randint(1, most))
        if unicodedata.category(made) != "Cs":
            return made
