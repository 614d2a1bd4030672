"""A paper as window and terminal know it: what it is, what it is asked with, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.doing.here import Here
    from supervise.reports.story import Story

Found = TypeVar("Found")
Steps = Generator[tuple[int, int], None, Found]
"""Slow work: each step says how many are done of how many."""

STEPS = 1000
"""How many steps a whole paper has."""

Parts = Literal["both", "personal", "case"]


class About(NamedTuple):
    """What somebody asks of a paper. Which of these a paper needs, and which it may be told, it says itself.

    `first` and `last` are its period, `clock` and `as_at` as in every question; `parts` of a record; without
    `kinds` it is not said why somebody was away; `whom` takes over; `on` is the day of a supervision, or of a
    visit; `review` that of an agreement; `sample` records are drawn with `seed`.
    """

    session: str | None = None
    person: str | None = None
    team: str | None = None
    first: Day | None = None
    last: Day | None = None
    clock: str | None = None
    as_at: Day | None = None
    parts: Parts = "both"
    kinds: bool = True
    whom: str | None = None
    on: Day | None = None
    review: Day | None = None
    policy: str | None = None
    sample: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A paper that is ready to be set: what it is called, its stories (`count` of them, which may be told one
    by one while it is set), what it says of itself besides what every paper says (fields of
    `reports.page.Printed`), and the rows that somebody looks at with it, by kind and id, for the access
    log, whole once all stories are told. A workbook has the tables of the stories `with_tables`; of all of
    them, where none are named."""

    name: str
    stories: Iterable[Story]
    says: Mapping[str, Any] = field(default_factory=dict)
    rows: Iterable[tuple[str, str | None]] = ()
    count: int = 1
    with_tables: Iterable[Story] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `name` is the word that a terminal asks with and the beginning of its file's name, `title`
    and `what` its line in a list; it cannot be told without what it `needs`, and `may` be told more (names
    of the fields of `About`); the clock of one that is `per_person` cannot run per case."""

    name: str
    title: str
    what: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    tell: Callable[[Here, About], Steps[Told]]
    has_tables: bool = False
    per_person: bool = False


def part_of(steps: Steps[Found], begin: int, end: int) -> Steps[Found]:
    """Slow work as a part of other work: its steps go from `begin` to `end` of `STEPS`."""
    with_end = iter(steps)
    while True:
        try:
            done, of = next(with_end)
        except StopIteration as ended:
            found: Found = ended.value
            return found
        yield begin + (end - begin) * done // max(of, 1), STEPS
