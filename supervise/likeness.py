"""Whether words were copied from last time: what inspectors find when records were written by habit.

Words are compared, not letters: case, spaces and punctuation make no difference. Everything here is quick
enough to run whenever somebody stops typing, for notes of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

SHORT = 40
"""Characters below which a text says too little to be called copied."""

SAME = 0.9
"""How alike two texts have to be to have "the same words"."""

LONG = 200
"""Characters from which a passage that was taken over is worth a mark."""

_LEAST = 0.7  # what is less alike than this is not measured: it is 0
_RUN = 12  # words in a row that do not come together twice by chance
_WORD = re.compile(r"\w+")


class Passage(NamedTuple):
    """Part of a text, from one character to another."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Its characters."""
        return self.end - self.start


def same_words(now: str, before: str) -> float | None:
    """How alike two texts are: 1.0 for the same words, `SAME` and more for the same with touches, 0.0 for
    anything less alike than about 70 %. None where one of them says too little."""
    if min(len(now.strip()), len(before.strip())) < SHORT:
        return None
    ours, theirs = _WORD.findall(now.casefold()), _WORD.findall(before.casefold())
    if not ours or not theirs:
        return None
    if ours == theirs:
        return 1.0
    if 2 * min(len(ours), len(theirs)) < _LEAST * (len(ours) + len(theirs)):
        return 0.0  # one is so much longer that they cannot be alike
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(ours, theirs, score_cutoff=_LEAST)


def copied(now: str, before: str) -> Passage | None:
    """The longest passage of at least `LONG` characters that stands in both, of which every dozen words in
    a row are also there in a row; None if there is none."""
    if min(len(now), len(before)) < LONG:
        return None
    known = set(_runs(_WORD.findall(before.casefold())))
    places = [word.span() for word in _WORD.finditer(now)]
    ours = [now[start:end].casefold() for start, end in places]
    longest, first = Passage(0, 0), 0
    for at, run in enumerate(chain(_runs(ours), [None])):
        if run in known:
            continue
        if at > first:
            passage = Passage(places[first][0], places[at + _RUN - 2][1])
            longest = max(longest, passage, key=lambda each: each.length)
        first = at + 1
    return longest if longest.length >= LONG else None


def _runs(words: Sequence[str]) -> Iterator[int]:
    """Every dozen words in a row, as a number: that two of them are alike by chance is not to be feared."""
    return map(hash, zip(*(words[n:] for n in range(_RUN)), strict=False))


def remark(now: str, before: str) -> str | None:
    """What to say beside a text that repeats last time's, or None."""
    alike = same_words(now, before)
    if alike is not None and alike >= SAME:
        return "Same words as last time."
    if copied(now, before) is not None:
        return "A long passage has the same words as last time."
    return None
