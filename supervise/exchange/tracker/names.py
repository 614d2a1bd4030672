"""Names as people write them, and which of them are the same, or nearly the same, as one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from supervise.exchange.tracker import words

NEARLY = 88
"""How alike (of 100) two names are from which on somebody is asked whether they are one person."""

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_TITLE = re.compile(r"^(mr|mrs|ms|miss|mx)\.?\s+", re.I)
_NOBODY = re.compile(
    r"\b(vacan\w*|tbc|tba|agency cover|unallocated|nobody|no one|total\w*|average|average:|sum|count|"
    r"key|target|notes?|percentage|held|supervised|number of|team total|overall|staff|n ?/ ?a)\b|%|=|^[^A-Za-zÀ-ſ]*$",
    re.I,
)
_SHORT, _LONGEST = 3, 6  # letters of a short word, and words of a short name; words of a long one
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})


class Named(NamedTuple):
    """A name cell: the name as “Forename Surname”, and what stood in brackets or after a dash."""

    name: str
    beside: str


@cache
def named(cell: str) -> Named | None:
    """The person that a cell names; None where it names nobody (a vacancy, a total, nothing)."""
    text = words.one_line(cell.replace("\u00a0", " ").translate(_APOSTROPHES)).strip(" .,;:*")
    beside = " ".join(found.strip() for found in _BRACKETS.findall(text))
    text = _TITLE.sub("", _BRACKETS.sub(" ", text).strip())
    for dash in (" - ", " / ", " – "):
        head, found, tail = text.partition(dash)
        if found and len(head.split()) > 1:
            text, beside = head, f"{beside} {tail}".strip()
    text = words.one_line(text)
    if not text or _NOBODY.search(text) or _is_remark(text):
        return None
    if text.count(",") == 1:
        surname, forename = (part.strip() for part in text.split(","))
        text = f"{forename} {surname}" if forename and surname else (forename or surname)
    return Named(_cased(text), beside) if len(text) > 1 else None


_PARTICLES = frozenset("de du la le van von der den ter bin binti al ap ab y e dos da di o st".split())


def _is_remark(text: str) -> bool:
    """Whether it is a sentence rather than a name: many words, some of them small."""
    some = text.split()
    small = [word for word in some if word[0].islower() and word not in _PARTICLES]
    return len(some) > _LONGEST or (len(some) > _SHORT and bool(small))


def joined(forename: str, surname: str) -> Named | None:
    """The person that two columns name."""
    return named(words.one_line(f"{forename} {surname}"))


def _cased(name: str) -> str:
    """Words of capitals as names are written; initials stay as they are."""
    return " ".join(_cased_word(word) for word in name.split(" "))


def _cased_word(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) <= _SHORT or "." in word or not word.isupper():
        return word
    low = re.sub(r"(^|['\-])(\w)", lambda found: found[1] + found[2].upper(), word.lower())
    return f"Mc{low[2:].capitalize()}" if low.startswith("Mc") and len(letters) > _SHORT + 1 else low


@cache
def key_of(name: str) -> str:
    """By what a name is known again: its letters, whatever their case."""
    return words.one_line(name.translate(_APOSTROPHES)).casefold()


def initials_of(name: str) -> str:
    """“RO” for Rita Okafor."""
    return "".join(part[0] for part in re.split(r"[\s\-]+", name) if part[:1].isalpha()).upper()


def nearly(name: str, others: Mapping[str, str]) -> list[str]:
    """The keys of those names (by key) that may well be the same person as `name`: spelt a little
    differently, with an initial for a forename, or initials alone; the likeliest first."""
    from rapidfuzz import fuzz, process

    bare = words.plain(name)
    likely = process.extract(
        bare, {key: words.plain(other) for key, other in others.items()}, scorer=fuzz.ratio,
        score_cutoff=NEARLY, limit=5,
    )  # fmt: skip
    found = [key for _, _, key in likely]
    found += [
        key for key, other in others.items() if key not in found and _shortened(bare, words.plain(other))
    ]
    return [key for key in found if key_of(others[key]) != key_of(name)]


def _shortened(one: str, other: str) -> bool:
    """“r okafor” and “rita okafor”, or “ro” and “rita okafor”."""
    a, b = sorted((one.split(), other.split()), key=lambda parts: sum(map(len, parts)))
    if len(a) == 1 and len(b) > 1 and len(a[0]) == len(b) <= _SHORT:
        return a[0] == "".join(part[0] for part in b)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    return a[0] != b[0] and len(a[0]) == 1 and b[0].startswith(a[0])


def legend(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Initials and the names they stand for, from pairs of neighbouring cells, where they agree."""
    found = {}
    for short, name in cells:
        known = named(name)
        if known and re.fullmatch(r"[A-Z][A-Za-z]{1,3}", short.strip()):
            initials, said = initials_of(known.name), short.strip().upper()
            if len(initials) > 1 and (said.startswith(initials) or said == initials[0] + initials[-1]):
                found[short.strip()] = known.name
    return found
