"""When somebody is there: absences, and the working days of a post as people write them ("Mon, Tue, Wed")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supervise.cadence.facts import who_holds
from supervise.people import Absence
from supervise.service import Row, absence_of, post_of
from supervise.workdays import FOREVER, Day

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_BETWEEN = re.compile(r"(?:[\s,;/&+.]|\band\b)+")

MONDAY: Day = 1
"""The first day of all was a Monday, so a weekday is a day's number less this, by sevens."""


def weekday(when: Day) -> int:
    """0 for Monday to 6 for Sunday."""
    return (when - MONDAY) % 7


def weekdays(text: str) -> frozenset[int] | None:
    """The weekdays that a text names ("Mon, Tue, Wed", "Monday to Thursday"), 0 for Monday. None where any
    part of it is something else, such as "alternate Fridays": that is not guessed at."""
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_RANGE.sub("-", text.casefold()))):
        ends = [_weekday(word) for word in part.split("-")]
        if len(ends) > 2 or None in ends:
            return None
        start, end = (each for each in (ends[0], ends[-1]) if each is not None)
        found |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return frozenset(found) or None


def _weekday(word: str) -> int | None:
    if word == "weds":
        return 2
    named = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(word)]
    return named[0] if len(word) > 1 and named else None


class Week(NamedTuple):
    """The weekdays worked in a post (None: not said, or not to be read), and how they were written."""

    text: str | None
    weekdays: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody can be met: not while away, nor on weekdays that their post of the day leaves out.
    `weeks` are the posts' weeks with first and last day, without overlaps."""

    absences: Sequence[Absence] = ()
    weeks: Sequence[tuple[Day, Day, Week]] = ()

    def is_away(self, when: Day) -> bool:
        """Whether an absence of any kind covers the day."""
        return any(absence.first <= when <= absence.last for absence in self.absences)

    def is_away_without_end(self, when: Day) -> bool:
        """Whether an absence covers the day whose end is not known."""
        return any(each.first <= when and each.last == FOREVER for each in self.absences)

    def works(self, when: Day) -> bool:
        """Whether the post of the day includes that weekday; yes where it does not say."""
        return not any(
            first <= when <= last and week.weekdays is not None and weekday(when) not in week.weekdays
            for first, last, week in self.weeks
        )

    def is_there(self, when: Day) -> bool:
        """Whether they are neither away nor off that weekday. Bank holidays are not looked at."""
        return self.works(when) and not self.is_away(when)

    def unread(self, first: Day, last: Day) -> Iterator[str]:
        """Working days of posts between two days that are written so that they could not be read."""
        for start, end, week in self.weeks:
            if week.text and week.weekdays is None and start <= last and end >= first:
                yield week.text


def presence_of(posts: Iterable[Row], absences: Iterable[Row]) -> Presence:
    """Somebody's presence, from the rows of their posts and absences."""
    spans = []
    for row in posts:
        post, text = post_of(row), row.get("days")
        spans.append((post.first, post.last, Week(text, weekdays(text) if text else None)))
    return Presence([absence_of(row) for row in absences], who_holds(spans))
