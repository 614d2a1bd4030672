"""A tracker at the terminal: how it was read, what is asked, and the file of answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervise.cli.tables import say
from supervise.errors import FileTrouble

if TYPE_CHECKING:
    from supervise.exchange.batch import Place
    from supervise.exchange.tracker.answers import Answers
    from supervise.exchange.tracker.found import Reading, Tracker


def lists(tracker: Tracker) -> Iterable[tuple[str, list[str]]]:
    """What is to be shown of a tracker: headings with their lines, what needs somebody first."""

    def where(place: Place) -> str:
        sheet = place.file.removeprefix(tracker.source).removeprefix(", sheet ")
        return f"{sheet} {place.column}{place.line}".strip()

    def told(each: Reading) -> str:
        doubts = f" ({'; '.join(each.doubts)})" if each.doubts else ""
        return f"{where(each.place)}, {each.who}, “{each.written}”: {each.said}{doubts}"

    yield (
        "to answer",
        [f"{each.words} (Without an answer {each.without}.)" for each in tracker.questions],
    )
    yield "in doubt", [told(each) for each in tracker.readings if each.doubts]
    yield (
        "absences whose dates you may give",
        [f"{where(each.place)}, {each.name}: “{each.words}”" for each in tracker.offers],
    )
    yield "assumed", tracker.assumptions
    yield "read so", [told(each) for each in tracker.readings if not each.doubts]


def ask(tracker: Tracker) -> Answers:
    """Asks on the terminal what must be answered; what was said."""
    from supervise.exchange.tracker.answers import Answers

    answered = Answers()
    for question in tracker.questions:
        if question.needed:
            say(question.words)
            reply = click.prompt(
                "Your answer (or Return to leave it out)", default="", show_default=False
            )
            if reply.strip():
                getattr(answered, question.part)[question.key] = reply.strip()
    return answered


def save_answers(path: Path, tracker: Tracker) -> None:
    """Writes what was answered, with all that could be, to a file that --mapping reads."""
    from supervise.exchange.tracker.answers import as_toml
    from supervise.exchange.writing import write_bytes

    if path.exists():
        raise FileTrouble(
            f"{path} is there already.", "Name another file, so that nothing you wrote in it is lost."
        )
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for question in tracker.questions:
        asked[question.part].append((question.key, question.words))
    for reading in tracker.readings:
        remark = f"{reading.place}: {reading.said}"
        asked["cells"].append(
            (reading.key, f"{remark} ({'; '.join(reading.doubts)})" if reading.doubts else remark)
        )
    for title in tracker.left_out:
        asked["columns"].append((title, "left out; or say what it holds"))
    write_bytes(path, as_toml(tracker.answers, asked).encode("utf-8"))
    say(f"What can be answered is in {path}. Edit it, and give it with --mapping.")
