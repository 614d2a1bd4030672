"""What the page "Bring in my tracker" asks and lists: plain data made from a tracker, without any widget."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from supervise.doing.typed import read_day
from supervise.exchange.batch import Place
from supervise.exchange.grids import Grid
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.blocks import not_understood
from supervise.exchange.tracker.found import Offer, Question, Reading, Tracker
from supervise.exchange.tracker.layout import KINDS
from supervise.exchange.tracker.titles import MEANINGS
from supervise.exchange.tracker.words import plain
from supervise.exchange.tracker.years import years_of
from supervise.wording import capital
from supervise.workdays import Day

Choices = tuple[tuple[str, str], ...]
"""What may be answered, with how it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at: where it stands, whom it is about, what is written there, how it was read, and
    what there is to doubt about it.

    It is answered under `part` and `answer` of the `Answers`, by one of the `choices`, or in words if there
    is a `hint` at what to type; `offered` stands in the field beforehand. `needed`: without an answer
    something is refused. `given` is what somebody answered in this sitting.
    """

    key: Hashable
    where: str = ""
    who: str = ""
    written: str = ""
    said: str = ""
    doubt: str = ""
    part: str = ""
    answer: str = ""
    choices: Choices = ()
    hint: str = ""
    offered: str = ""
    needed: bool = False
    given: str | None = None

    @property
    def now(self) -> str:
        """How it is read now, or what was answered."""
        if self.given is None:
            return self.said
        return f"as you said: {dict(self.choices).get(self.given, self.given)}"

    @property
    def in_words(self) -> str:
        """The whole of it: a cell with its reading, or a question."""
        if not self.where:
            return f"{self.written} {capital(self.now)}."
        cell = f"“{self.written}”" if self.written else ""
        head = ", ".join(filter(None, (self.where, self.who, cell)))
        tail = "; ".join(filter(None, (self.now, self.doubt)))
        return ": ".join(filter(None, (head, tail)))


def where(place: Place, source: str) -> str:
    """Where a cell stands: "Duty J6"."""
    sheet = place.file.removeprefix(source).removeprefix(", sheet ")
    line = place.line or ""
    return f"{sheet} {place.column}{line}".strip()


def kept(now: Iterable[Item], before: Iterable[Item], said: Answers) -> list[Item]:
    """The items of now with what was said of them, in the order in which they were first seen; and those
    that have gone because they were answered, so that an answer can be changed."""
    found = {item.key: replace(item, given=_given(item, said)) for item in now}
    gone = {item.key: replace(item, given=_given(item, said)) for item in before}
    order = dict.fromkeys([*gone, *found])
    return [found.get(key) or gone[key] for key in order if key in found or gone[key].given is not None]


def _given(item: Item, said: Answers) -> str | None:
    answers: Mapping[str, str] = getattr(said, item.part) if item.part else {}
    return answers.get(item.answer)


# What must be answered


def questions(tracker: Tracker, people: Mapping[str, str]) -> list[Item]:
    """What only a person can say, what is needed first. `people` are the names here by id."""
    asked = sorted(tracker.questions, key=lambda each: not each.needed)
    return [_question(each, people) for each in asked]


def _question(asked: Question, people: Mapping[str, str]) -> Item:
    item = Item(
        key=(asked.part, asked.key, asked.words), written=asked.words, part=asked.part, answer=asked.key,
        said=f"without an answer {asked.without}", needed=asked.needed, hint="Your answer",
    )  # fmt: skip
    return {"names": _of_a_name, "sheets": _of_a_sheet, "cells": _of_a_cell}[asked.part](item, people)


def _of_a_name(item: Item, people: Mapping[str, str]) -> Item:
    words, name = item.written, item.answer
    if words.startswith("Are the lines"):
        asks = f"There are several lines for {name}. Are they one person?"
        return replace(
            item, written=asks, hint="", choices=(("one", "One person"), ("two", "Several people"))
        )
    if words.startswith("Are "):
        other = words.removeprefix(f"Are {name} and ").removesuffix(" one person?")
        return replace(item, hint="", choices=((other, "One person"), ("new", "Two people")))
    here = [(id, called) for id, called in people.items() if f"{called} ({id})" in words]
    names = [called for _, called in here]
    alike = [(id, called if names.count(called) == 1 else f"{called} ({id})") for id, called in here]
    asks = f"Is {name} somebody who is here already: {' or '.join(called for _, called in alike)}?"
    choices = (*((id, f"The same as {called}") for id, called in alike), ("new", "Somebody new"))
    return replace(item, written=asks, hint="", choices=choices)


def _of_a_sheet(item: Item, people: Mapping[str, str]) -> Item:
    kind = next((kind for kind in KINDS if f"“{kind}”" in item.written), None)
    if kind is None:
        return replace(item, hint="Its years, such as 2016-17", choices=(("ignored", "Leave it out"),))
    asks = item.written.partition(" Then answer")[0]
    return replace(item, written=asks, hint="", choices=((kind, "Read it"), ("ignored", "Leave it out")))


def _of_a_cell(item: Item, people: Mapping[str, str]) -> Item:
    return replace(item, hint="", choices=(("never", "Never"), ("not known", "Not known")))


# How cells were read

_A_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}\b")


def readings(tracker: Tracker, said: Answers) -> tuple[list[Item], list[Item]]:
    """The cells that were not plainly dates: those in doubt (or corrected), and the others."""
    doubtful: list[Item] = []
    sure: list[Item] = []
    for each in tracker.readings:
        in_doubt = bool(each.doubts) or each.key in said.cells
        (doubtful if in_doubt else sure).append(_reading(each, tracker.source))
    return doubtful, sure


def _reading(read: Reading, source: str) -> Item:
    doubts = "; ".join(read.doubts)
    days = _A_DAY.findall(doubts)
    offers = len(days) == 1 and not read.taken and not any(map(str.isalpha, read.written))
    right: Choices = ((days[0], f"It is {days[0]}"),) if offers else ()
    return Item(
        key=read.place, where=where(read.place, source), who=read.who, written=read.written, said=read.said,
        doubt=doubts, part="cells", answer=read.key, choices=(*right, ("skip", "Leave it out")),
        hint="A date such as 9/3/2017, or why there was none", offered=read.written,
    )  # fmt: skip


def offers(tracker: Tracker) -> list[Item]:
    """Absences whose dates a person may give. One beside a day on which supervision was held is only told:
    an answer would take the place of the whole cell."""
    held = {each.place for each in tracker.readings if each.said.startswith(("held", "arranged"))}
    return [_offer(each, tracker.source, each.place in held) for each in tracker.offers]


def _offer(offer: Offer, source: str, beside: bool) -> Item:
    item = Item(
        key=(offer.place, "absence"), where=where(offer.place, source), who=offer.name, written=offer.words,
        said="no dates yet: the clock does not stop", part="cells", answer=offer.key,
        hint="30/1/2017 to 28/2/2017; one date if it has not ended",
    )  # fmt: skip
    if beside:
        return replace(
            item, part="", answer="", hint="", said="enter its dates on their own page afterwards"
        )
    return item


def read_absence(text: str, today: Day) -> str:
    """The dates of an absence as an answer writes them. ValueError, in words, if they cannot be read."""
    days = [read_day(part, today) for part in re.split(r"\s+(?:to|until|–|-)\s+|[–—]", text.strip())]
    if len(days) > 2:
        raise ValueError("Give the first and the last day, such as 30/1/2017 to 28/2/2017.")
    if days[-1] < days[0]:
        raise ValueError("The last day is before the first.")
    return " to ".join(_figures(day) for day in days)


def _figures(day: Day) -> str:
    it = date.fromordinal(day)
    return f"{it.day}/{it.month}/{it.year}"


# What sheets and columns hold

_KIND_WORDS = {"log": "A log", "matrix": "A matrix", "register": "A register", "ignored": "Leave it out"}
_MEANT = {
    "last": "last supervision", "last_group": "last group supervision", "last_case": "last case supervision",
    "next": "next due (left out)", "planned": "date planned", "date": "date held", "left": "leaving date",
    "since": "start date", "role": "job title", "basis": "permanent or agency", "fte": "full-time share",
    "hours": "length in hours", "minutes": "length in minutes", "started_at": "time it began",
    "staff_no": "staff number", "email": "e-mail address", "registration_no": "registration number",
    "kind": "kind of supervision", "outcome": "held or not", "reason": "why it was not held",
    "ignore": "nothing to take",
}  # fmt: skip


def layout(grids: Sequence[Grid], tracker: Tracker | None) -> list[Item]:
    """What each sheet and column was taken for; of a file in which nothing was understood, what could be
    said of them."""
    sheets = [_sheet(grid, tracker.sheets if tracker else ()) for grid in grids]
    if tracker is not None:
        titles: Iterable[str] = tracker.left_out
    else:
        titles = chain.from_iterable(not_understood(grid)[1] for grid in grids)
    return sheets + [_column(title) for title in dict.fromkeys(titles) if plain(title)]


def _sheet(grid: Grid, told: Iterable[str]) -> Item:
    place = grid.place(0, 0).file
    said = [
        each.removeprefix(place).lstrip(", ")
        for each in told
        if each.startswith((f"{place} ", f"{place},"))
    ]
    return Item(
        key=("sheets", grid.sheet), where="Sheet", written=grid.sheet or grid.file, part="sheets",
        answer=grid.sheet, said=" ".join(said).removeprefix("was ") or "nothing in it was understood",
        choices=tuple(_KIND_WORDS.items()), hint="or its years, such as 2016-17",
    )  # fmt: skip


def _column(title: str) -> Item:
    choices = tuple((each, f"It holds: {_MEANT.get(each, each)}") for each in MEANINGS)
    return Item(
        key=("columns", title), where="Column", written=title, part="columns", answer=title,
        said="left out", choices=choices,
    )  # fmt: skip


def read_layout(text: str, today: Day) -> str:
    """What a sheet is, as an answer says it. ValueError, in words, for anything else."""
    if text in KINDS or years_of(text):
        return text
    raise ValueError("Choose what the sheet is, or type its years, such as 2016-17.")


Check = Callable[[str, Day], str]
"""Reads what was typed as an answer; ValueError, in words, if it cannot be one."""


def as_typed(text: str, today: Day) -> str:
    """Any words will do."""
    return text
