"""Passages in somebody's data that may be about others: to be looked at before it is handed over.

Found are the names of other people in the store (whole names of everybody; of colleagues also one name alone),
case references, and what `identifying` takes for a child. Not found is what nobody could find by words alone, so
that whoever hands it over reads the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from supervise.identifying import suspects
from supervise.reports.own_data import ToLookAt
from supervise.store import Store

_AROUND = 60
"""Characters told on either side of what was found."""

_SHORTEST = 3
"""Letters of a single name that is looked for; shorter ones are mostly other words."""

_LONGEST = 5
"""Words of a whole name that is looked for."""

_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_REFERENCES = re.compile(r"[\w/-]*\d[\w/-]*")
_KINDS = {
    "name": "May name a child or family",
    "date_of_birth": "May be a date of birth",
    "nhs_number": "May be an NHS number",
}


class _Spot(NamedTuple):
    start: int
    end: int
    why: str


class OthersNamed:
    """Looks for others in texts about a person. `near` are the names of those who work with them."""

    def __init__(self, store: Store, person: str, near: Iterable[str]) -> None:
        people = {row["id"]: row["name"] for row in store.rows("person")}
        own = people.get(person, "")
        self._own = frozenset(_parts(own))
        self._whole = {tuple(_parts(name)): name for name in people.values() if name != own}
        self._near = sorted(set(near) - {own})
        self._single = {
            part: name for name in self._near for part in _parts(name)
            if len(part) >= _SHORTEST and part not in self._own
        }  # fmt: skip
        self._references = frozenset(
            row["case_ref"]
            for kind in ("case_allocation", "case_discussion")
            for row in store.rows(kind)
        )

    def look(self, where: str, text: str | None) -> Iterator[ToLookAt]:
        """The passages of a text that may be about others, those near each other as one."""
        if not text:
            return
        together: list[_Spot] = []
        for spot in sorted({*self._named(text), *self._cases(text), *self._children(text)}):
            if together and spot.start - together[-1].end > _AROUND:
                yield _passage(where, text, together)
                together = []
            together.append(spot)
        if together:
            yield _passage(where, text, together)

    def look_all(self, where: str, texts: Mapping[str, str | None]) -> Iterator[ToLookAt]:
        """The same of several texts that stand in one place, by what each is called."""
        for called, text in texts.items():
            yield from self.look(f"{where}, {called}" if called else where, text)

    def _named(self, text: str) -> Iterator[_Spot]:
        found = list(_WORDS.finditer(text))
        low = [_plain(each.group()) for each in found]
        at = 0
        while at < len(found):
            most = min(_LONGEST, len(found) - at)
            long = next((n for n in range(most, 1, -1) if tuple(low[at : at + n]) in self._whole), 0)
            if long:
                name = self._whole[tuple(low[at : at + long])]
                yield _Spot(found[at].start(), found[at + long - 1].end(), f"Names {name}")
            elif found[at].group()[:1].isupper() and low[at] in self._single:
                yield _Spot(*found[at].span(), f"May name {self._single[low[at]]}")
            at += long or 1

    def _cases(self, text: str) -> Iterator[_Spot]:
        for found in _REFERENCES.finditer(text):
            reference = found.group().strip("-/")
            if reference in self._references:
                yield _Spot(*found.span(), f"Case {reference}")

    def _children(self, text: str) -> Iterator[_Spot]:
        for each in suspects(text, [*self._near, *self._own], self._references):
            yield _Spot(each.start, each.end, _KINDS[each.kind])


def _plain(word: str) -> str:
    return re.sub(r"[’']s$", "", word).casefold()


def _parts(name: str) -> list[str]:
    return [_plain(word) for word in _WORDS.findall(name)]


def _passage(where: str, text: str, spots: list[_Spot]) -> ToLookAt:
    """The words around some spots, on one line."""
    start, end = (
        max(spots[0].start - _AROUND, 0),
        min(max(spot.end for spot in spots) + _AROUND, len(text)),
    )
    said = " ".join(text[start:end].split())
    cut = f"{'… ' if start else ''}{said}{' …' if end < len(text) else ''}"
    return ToLookAt(where, cut, ". ".join(dict.fromkeys(spot.why for spot in spots)))
