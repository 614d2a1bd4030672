"""The team, or the one person, that a sheet is named after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from supervise.exchange.tracker import words
from supervise.exchange.tracker.layout import Layout
from supervise.exchange.tracker.titles import title_means


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHEET = _words(
    "supervision supervisions tracker trackers register registers log logs record records sheet sheets matrix "
    "chart planner spreadsheet monitoring overview summary schedule"
)
_NO_TEAM = _SHEET | _words(
    "master list data current archive old copy staff dates date monthly weekly one to ones 1 sessions session "
    "all team book update updated year financial fy from key as appraisal appraisals pdr index final new draft "
    "template example blank form of the and for in"
)
_SERVICES = (
    "team", "unit", "pod", "hub", "service", "services", "locality", "area", "assessment", "safeguarding",
    "referral", "mash", "cin", "cp", "lac", "clac", "looked after", "children in care", "fostering", "adoption",
    "kinship", "court", "permanence", "leaving care", "care leavers", "through care", "throughcare", "disability",
    "disabilities", "early help", "edt", "duty", "fast", "intervention", "family support", "front door", "contact",
    "intake", "youth", "iro", "pathway", "cwd",
)  # fmt: skip
_MONTH_YEAR = re.compile(r"\b(19|20)\d\d\b|\b\d\d[-/–]\d\d\b")
_LONG = 12  # words of a title; what is longer explains something
_LONG_PART = 6


def team_of(layout: Layout) -> str | None:
    """The team that the lines above the header, nearest first, or the sheet, are named after; or None. A
    line is about a team if it says so, names a service, or stands beside the sheet's own words."""
    if label := layout.labels.get("team"):
        return label
    for text in reversed(layout.above):
        if ":" in text or len(text.split()) > _LONG:
            continue
        parts = re.split(r"\s[-–—|]\s|,", text)
        beside = any(_SHEET & set(words.plain(part).split()) for part in parts)
        for part in parts:
            if _may_be_team(part) and (beside or words.has_word(part, _SERVICES)):
                return words.one_line(part)
    of_one = "name" in layout.labels
    for part in re.split(r"\s[-–—|]\s|,", layout.grid.sheet):
        if _may_be_team(part) and (not of_one or words.has_word(part, _SERVICES)):
            return words.one_line(part)
    return None


def _may_be_team(part: str) -> bool:
    """Whether something is left of it without the words for the sheet itself, years and months."""
    if re.search(r"[=().]", part) or title_means(part) or len(part.split()) > _LONG_PART:
        return False
    said = words.plain(_MONTH_YEAR.sub(" ", part)).split()
    left = [word for word in said if word not in _NO_TEAM and words.month_number(word) is None]
    named = any(len(word) > 1 and word.isalpha() for word in left)
    return named and not _NOT_WITH & set(said)


_NOT_WITH = _words(
    "supervision supervisions tracker register updated log key chart as please goruchwyliaeth"
)
_BESIDES = frozenset(("supervisor", "kind", "minutes", "hours", "signed", "outcome", "reason"))
_A_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,2}")
_NO_NAME = _words(
    "group meeting meetings training case cases report reports notes note council borough county city north south "
    "east west central children long term family support home visits visit leave annual"
)


def is_own_name(columns: Mapping[str, int], above: Sequence[str], sheet: str) -> str | None:
    """The person whose log it is, if it has dates and no names: a name that stands alone above it, or is the
    sheet's. One with a label for a name that is empty is nobody's."""
    if "date" not in columns or not columns.keys() & _BESIDES:
        return None
    if any(":" in text and title_means(text.partition(":")[0]) == "name" for text in above):
        return None
    return next((text for text in [*reversed(above), sheet.strip()] if _is_name(text)), None)


def _is_name(text: str) -> bool:
    said = set(words.plain(text).split())
    silly = said & (_NO_TEAM | _NO_NAME) or words.has_word(text, _SERVICES) or title_means(text)
    months = any(words.month_number(word) for word in said) and bool(re.search(r"\d", text))
    return bool(_A_NAME.fullmatch(text)) and not silly and not months
