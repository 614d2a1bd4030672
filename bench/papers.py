"""Printing as the program does it: many supervision records as one tagged paper, and each as a file of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bench.measuring import Taken, peak, timed
from supervise.records import Action, Discussion, Record, Section
from supervise.reports.page import Printed, printing, writing
from supervise.reports.record import tell_record
from supervise.sessions import Entered, Session
from supervise.workdays import day

ONE, EACH, SHORT = "as one paper", "a file each", "fewer as one paper"
"""What is timed: all records, a twentieth of them, and a tenth, beside slower peers."""

PRINTED = Printed(at=datetime(2017, 4, 4, 9, 12), by="R. Okafor", chain_head="0123456789abcdef" * 4)

_WORDS = (
    "she", "he", "they", "the", "a", "school", "visit", "family", "plan", "risk", "review", "next", "week",
    "called", "said", "asked", "wondered", "calm", "worried", "court", "report", "chronology", "home", "siblings",
    "worker", "manager", "because", "although", "and", "but", "then", "with", "about", "before", "after",
)  # fmt: skip
_HEADINGS = ("Wellbeing", "Workload", "Learning", "Reflection", "Risk and decisions")


def records(count: int) -> Iterator[Record]:
    """Made-up records of two or three pages, no two alike and the same every time."""
    chance = random.Random(1)
    for number in range(count):
        yield _record(number, chance)


def _record(number: int, chance: random.Random) -> Record:
    def prose(sentences: int) -> str:
        told = (" ".join(chance.choices(_WORDS, k=chance.randrange(6, 18))) for _ in range(sentences))
        return " ".join(f"{sentence.capitalize()}." for sentence in told)

    sections = [
        Section(
            position=at,
            part="case" if at > 2 else "personal",
            heading=name,
            text=f"{prose(9)}\n\n{prose(5)}",
        )
        for at, name in enumerate(_HEADINGS)
    ]
    held = day("2016-04-04") + number % 360
    session = Session(
        id=f"s{number}", person="p", kind="one_to_one", status="held", held_on=held, started_at="10:00", minutes=80,
        place="Civic Centre", shared_on=held + 2, worker_signed_on=held + 3, notes=prose(3),
    )  # fmt: skip
    return Record(
        session=session, worker=f"Worker {number}", supervisor="Rose Okafor", team="Assessment A",
        role="social_worker", sections=sections,
        actions=[Action(id=f"a{at}", text=prose(1), owner="Rose", due_on=held + 14) for at in range(4)],
        discussions=[Discussion(case_ref=f"C-{at}", analysis=prose(4), decision=prose(2)) for at in range(3)],
        sharing_entered=Entered(by="R. Okafor", on=held + 2),
    )  # fmt: skip


def print_one(to: Path, count: int) -> None:
    """So many records as one tagged paper."""
    today = PRINTED.at.toordinal()
    stories = (tell_record(record, today) for record in records(count))
    with to.open("wb") as out:
        for _ in printing(stories, "Supervision records", PRINTED, out, stories=count):
            pass


def single(count: int) -> int:
    """Of so many, how many are printed as a file each."""
    return max(count // 20, 1)


def few(count: int) -> int:
    """Of so many, how many are printed beside slower peers."""
    return max(count // 10, 1)


def print_each(folder: Path, count: int) -> None:
    """So many records, each as a file of its own."""
    for number, record in enumerate(records(count)):
        story = tell_record(record, PRINTED.at.toordinal())
        for _ in writing(story, "Supervision record", PRINTED, folder / f"ours-{number}.pdf"):
            pass


def papers(folder: Path, count: int) -> Taken:
    """All three, in turn."""
    seconds = {
        ONE: timed(lambda: print_one(folder / "ours.pdf", count)),
        EACH: timed(lambda: print_each(folder, single(count))),
        SHORT: timed(lambda: print_one(folder / "short.pdf", few(count))),
    }
    return Taken(seconds, peak())
