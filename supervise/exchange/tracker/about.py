"""What a line of a tracker says of the worker: job title, basis, start, leaving, supervisor, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supervise import wording
from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import dates_in
from supervise.workdays import Day

if TYPE_CHECKING:
    from supervise.exchange.tracker.found import Worker
    from supervise.exchange.tracker.lines import Row
    from supervise.exchange.tracker.taking import Taking


def about(taking: Taking, row: Row) -> None:
    """Takes what a line says of the worker: job title, basis, start, leaving, supervisor, numbers."""
    worker = taking.worker(row)
    if taking.says & _BESIDE_SUPERVISOR:
        _about_post(taking, row, worker)
    if manager := taking.text(row, "supervisor"):
        worker.supervisor = taking.supervisor_named(manager) or worker.supervisor
    worker.supervisor = worker.supervisor or taking.supervisor


_NUMBERS = ("staff_no", "email", "registration_no")
_BESIDE_SUPERVISOR = frozenset(("role", "basis", "since", "left", "fte", *_NUMBERS))


def _about_post(taking: Taking, row: Row, worker: Worker) -> None:
    if title := taking.text(row, "role"):
        worker.role = words.role_in(title) or title
        worker.basis = worker.basis or _basis_beside(title)
    if basis := taking.text(row, "basis"):
        worker.basis = words.basis_in(basis) or worker.basis
        if not words.basis_in(basis):
            _aside(taking, row, "basis", "this is not a known way of being employed")
    worker.since = _day_of(taking, row, "since") or worker.since
    worker.left = _day_of(taking, row, "left") or worker.left
    worker.fte = _fte(taking, row) or worker.fte
    for number in _NUMBERS:
        setattr(worker, number, taking.text(row, number) or getattr(worker, number))


def _basis_beside(title: str) -> str | None:
    found = [words.basis_in(part) for part in re.split(r"[()/,\-–]", title)[1:]]
    return next((basis for basis in found if basis), None)


def _day_of(taking: Taking, row: Row, meaning: str) -> Day | None:
    """The day in a column about the worker; what cannot be read is listed and left out."""
    column = taking.layout.columns.get(meaning)
    value = taking.at(row, column)
    if column is None or value is None or words.is_nothing(str(value)):
        return None
    found = dates_in(taking.said(row, column))
    if len(found.days) == 1 and not found.unreadable and not found.american:
        if found.rest:
            taking.tell(row, column, f"{wording.day(found.days[0])}", doubts=[f"“{found.rest}”"])
        return found.days[0]
    american = [f"only possible as an American date, {wording.day(day)}" for day in found.american]
    why = [*found.unreadable, *american] or ["this is not one date"]
    taking.tell(row, column, "left out", doubts=why, taken=False)
    return None


def _fte(taking: Taking, row: Row) -> float | None:
    """The part of full time: 0.8, “FT”; hours a week are left out."""
    text = taking.text(row, "fte").casefold().replace(",", ".")
    if text in ("ft", "f/t", "full time", "full-time", "full"):
        return 1.0
    match = re.fullmatch(r"([01](?:\.\d+)?|\.\d+)", text)
    return float(match[1]) if match and 0 < float(match[1]) <= 1 else None


def _aside(taking: Taking, row: Row, meaning: str, doubt: str) -> None:
    column = taking.layout.columns[meaning]
    taking.tell(row, column, "left out", doubts=[doubt], taken=False)
