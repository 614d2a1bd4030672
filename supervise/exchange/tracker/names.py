"""Names as people write them, and which of them are the same, or nearly the same, as one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from supervise.exchange.tracker import words

NEARLY = 88
"""How alike (of 100) two names are from which on somebody is asked whether they are one person."""

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")
_TITLE = re.compile(r"^(mr|mrs|ms|miss|mx)\.?\s+", re.I)
_NOBODY = re.compile(
    r"^(vacan\w*( post)?|.*\bvacan(t|cy)\b.*|agency cover|unallocated|nobody|no ?one|(.*\b)?tb[ca]|"
    r"((sub|grand|team|overall)[ -]?)?total\b(?!-).*|average\b.*|sum|count|no\.? (held|supervised|of)\b.*|"
    r"number (held|of)\b.*|key|legend|target|notes?|percentage\b.*|(held|supervised)( this (week|month))?|"
    r"overall|staff|n ?/ ?a|red|amber|green|a ?/ ?l|completed|compliance|signed:.*|name|leavers?|supervisor|"
    r"manager)$|%|=",
    re.I,
)
_NUMBERED = re.compile(r"^\d+\s*[.)]\s*")
_SHORT, _LONGEST = 3, 8  # letters of a short word, and words of a short name; words of a long one
_LONG = 80  # letters of a long name
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})


class Named(NamedTuple):
    """A name cell: the name as “Forename Surname”, and what stood in brackets or after a dash."""

    name: str
    beside: str


@lru_cache(maxsize=20_000)
def named(cell: str) -> Named | None:
    """The person that a cell names; None where it names nobody (a vacancy, a total, nothing)."""
    text = words.one_line(cell.replace("\u00a0", " ").translate(_APOSTROPHES)).strip(" .,;:*")
    beside = " ".join(found.strip() for found in _BRACKETS.findall(text))
    text = _TITLE.sub("", _NUMBERED.sub("", _BRACKETS.sub(" ", text).strip()))
    for dash in (" - ", " – ", ": ", ", "):
        head, found, tail = (part.strip() for part in text.partition(dash))
        if found and (words.role_in(head) or words.basis_in(head)) and " " in tail:
            text, beside = tail, f"{beside} {head}".strip()
        elif found and (dash in (" - ", " – ") or words.role_in(tail)) and " " in head:
            text, beside = head, f"{beside} {tail}".strip()
    text = words.one_line(text)
    if not any(letter.isalpha() for letter in text) or _NOBODY.search(text) or _is_remark(text):
        return None
    if text.count(",") == 1:
        surname, forename = (part.strip() for part in text.split(","))
        text = f"{forename} {surname}" if forename and surname else (forename or surname)
    return Named(_cased(text), beside) if len(text) > 1 else None


_PARTICLES = frozenset(
    ("de", "du", "la", "le", "van", "von", "der", "den", "ter", "bin", "binti", "al", "ap", "ab", "y", "e", "dos",
     "da", "di", "o", "st")
)  # fmt: skip


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


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """By what a name is known again: its letters, whatever their case."""
    return words.one_line(name.translate(_APOSTROPHES)).casefold()


def initials_of(name: str) -> str:
    """“RO” for Rita Okafor."""
    return "".join(part[0] for part in re.split(r"[\s\-]+", name) if part[:1].isalpha()).upper()


class Likenesses:
    """Names among which those are quickly found that may well be the same person's as another: spelt with a
    letter more, less or otherwise, with an initial for a forename, or initials alone."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` are names by whatever they are to be told apart by."""
        self._known: dict[str, tuple[str, str]] = {}
        self._by_trace: dict[str, list[str]] = defaultdict(list)
        for own, name in known.items():
            self.add(own, name)

    def add(self, own: str, name: str) -> None:
        """Adds a name."""
        bare = words.plain(name)
        self._known[own] = name, bare
        for trace in _traces(bare, "is", "has"):
            self._by_trace[trace].append(own)

    def of(self, name: str) -> list[str]:
        """Which of them are like a name, but not the same; the likeliest first."""
        from rapidfuzz import fuzz

        bare = words.plain(name)
        near: list[tuple[float, str]] = []
        traces = _traces(bare, "has", "is") if self._known else set()
        for own in {own for trace in traces for own in self._by_trace.get(trace, ())}:
            known, other = self._known[own]
            alike = fuzz.ratio(bare, other, score_cutoff=NEARLY) or 100.0 * _shortened(bare, other)
            if alike and key_of(known) != key_of(name):
                near.append((-alike, own))
        return [own for _, own in sorted(near)]


def _traces(bare: str, short: str, whole: str) -> set[str]:
    """Of two names that may well be one person's at least one is the same. A name without a letter or a
    digit (“?”) is like no other, and has none."""
    return _nearly(bare) | _short_forms(bare, short, whole) if bare else set()


def _nearly(bare: str) -> set[str]:
    """What two names share that differ by one letter: it without each of its letters in turn; of a long one
    its two ends, of which such a difference alters one at most, so that it takes no longer letter by letter."""
    found: set[str] = set()
    if len(bare) <= _LONG:
        found = {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))}
    if (
        len(bare) >= _LONG
    ):  # a name of that very length is compared with shorter ones and with longer ones
        end = _LONG // 2
        found |= {f"begins:{bare[:end]}", f"ends:{bare[-end:]}"}
    return found


def _short_forms(bare: str, short: str, whole: str) -> set[str]:
    """What a name has in common with its short forms, marked by which of the two it is: its surname with an
    initial, and its initials alone."""
    some = bare.split()
    if len(some) == 1:
        return {f"{short}:{bare}"}
    if len(some[0]) == 1:
        return {f"{short}:{some[0]} {some[-1]}"}
    return {f"{whole}:{some[0][0]} {some[-1]}", f"{whole}:{''.join(part[0] for part in some)}"}


def _shortened(one: str, other: str) -> bool:
    """“r okafor” and “rita okafor”, or “ro” and “rita okafor”."""
    a, b = one.split(), other.split()
    if len(one) > len(other):
        a, b = b, a
    if len(a[0]) > 1 < len(a):
        return False
    if len(a) == 1 and len(b) > 1 and len(a[0]) == len(b) <= _SHORT:
        return a[0] == "".join(part[0] for part in b)
    if len(a) == 1 or len(b) == 1 or a[-1] != b[-1]:
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
