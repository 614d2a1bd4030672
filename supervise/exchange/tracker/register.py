"""A register: a row per worker with job title, start date, last supervision, next due."""

from __future__ import annotations

import re
from dataclasses import replace

from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.cells import Means, as_written
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.found import Question
from supervise.exchange.tracker.layout import Slot
from supervise.exchange.tracker.lines import Lines, Row
from supervise.exchange.tracker.matrix import ABOUT, LAST, take_meaning
from supervise.exchange.tracker.taking import Taking

_NEVER = re.compile(
    r"^(never|none( yet| held)?|not yet|no supervision( yet)?|yet to start|new starter|new)$", re.I
)
_NOT_KNOWN = re.compile(r"^(not known|unknown|no record|not recorded|\?)$", re.I)


def read_register(taking: Taking, team: str | None, frame: Frame | None) -> None:
    """Takes all that a register says. It says nothing about the time before each last supervision."""
    for row in list(Lines(taking).rows(team)):
        about(taking, row)
        own = taking.text(row, "team") or team
        if own:
            taking.worker(row).posts.setdefault(own, None)
        _read_last(taking, row, frame)
    taking.tell_columns([*ABOUT, *LAST])


def _read_last(taking: Taking, row: Row, frame: Frame | None) -> None:
    worker = taking.worker(row)
    before = len(taking.tracker.sessions)
    for meaning, kind in LAST.items():
        column = taking.layout.columns.get(meaning)
        if column is None:
            continue
        said = as_written(taking.said(row, column))
        if not said or _NEVER.match(said) or _NOT_KNOWN.match(said):
            if meaning == "last":
                _without(taking, row, column, said)
            continue
        read = taking.meaning(row, column, frame)
        if read.means is Means.BOOKED:
            read = replace(read, means=Means.UNREADABLE, doubts=(*read.doubts, "it is still to come"))
        take_meaning(taking, row, column, Slot(None, kind), read)
    days = [each.day for each in taking.tracker.sessions[before:] if each.status == "held"]
    if days:
        worker.known_from(max(days))


def _without(taking: Taking, row: Row, column: int, said: str) -> None:
    """No last supervision: never, or not known?"""
    worker = taking.worker(row)
    if said and _NEVER.match(said):
        worker.never = True
        taking.tell(row, column, "never supervised yet")
        return
    if not said:
        key, _ = taking.corrected(row, column, "")
        asks = f"{worker.name} has no last supervision in the file: never, or not known?"
        without = "the day of import is taken as the day from which records begin"
        taking.tracker.questions.append(Question(asks, without, "cells", key))
    else:
        taking.tell(row, column, "not known; records begin on the day of import")
