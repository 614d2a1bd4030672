"""A log: a row per session."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from supervise import wording
from supervise.exchange.tracker import remarks, words
from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.cells import Meaning, Means
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.lengths import HOUR, MOST_HOURS, minutes_in
from supervise.exchange.tracker.lines import Lines, Row
from supervise.exchange.tracker.taking import Taking, held_in_words

_USED = (
    "name", "surname", "forename", "date", "planned", "supervisor", "kind", "minutes", "hours", "signed",
    "outcome", "reason", "notes", "role", "basis", "staff_no", "email", "registration_no", "team",
)  # fmt: skip
_LONGEST = 24 * HOUR
_OTHER = re.compile(
    r"\b(appraisal|pdp|pdr|probation|observation|return to work|team meeting|meeting|training)\b", re.I
)


class _Said(NamedTuple):
    """What a line says of its session besides the day."""

    kind: str
    minutes: int | None
    supervisor: str | None
    reason: str | None
    notes: str | None


def read_log(taking: Taking, team: str | None, frame: Frame | None) -> None:
    """Takes all that a log says. `frame` is the year or month of the sheet, if its name gives one. It says
    nothing about the time before its earliest date."""
    first = len(taking.tracker.sessions)
    rows = list(Lines(taking).rows(team))
    for row in rows:
        about(taking, row)
        own = taking.text(row, "team")
        if own:
            taking.worker(row).posts.setdefault(own, None)
        _read_line(taking, row, frame)
    _leave_out_far_days(taking, first)
    sessions = taking.tracker.sessions[first:]
    begins = min((each.day for each in sessions if each.status == "held"), default=None)
    for row in rows:
        worker = taking.worker(row)
        if begins is not None:
            worker.known_from(begins)
            taking.known_in(row, taking.text(row, "team") or team, begins)
    if "kind" not in taking.layout.columns and sessions:
        where = taking.layout.grid.place(0, 0).file
        taking.tracker.assumptions.append(f"{where}: every session was taken for a one-to-one.")
    taking.tell_columns(_USED)


def _read_line(taking: Taking, row: Row, frame: Frame | None) -> None:
    columns = taking.layout.columns
    date_column = columns.get("date", columns.get("planned"))
    assert date_column is not None, "a log has a date"
    meaning = taking.meaning(row, date_column, frame)
    if meaning.means is Means.NOTHING and "planned" in columns and date_column != columns["planned"]:
        date_column = columns["planned"]
        meaning = taking.meaning(row, date_column, frame)
        if meaning.means is Means.HELD:
            meaning = _only_planned(taking, row, meaning)
    if meaning.means is Means.NOTHING:
        taking.tell(row, date_column, "left out", doubts=["there is no date"], taken=False)
    elif meaning.means in (Means.HELD, Means.BOOKED, Means.NOT_HELD) and meaning.days:
        _take(taking, row, date_column, meaning)
    else:
        doubts = meaning.doubts or ("this is not a date",)
        taking.tell(row, date_column, "left out", doubts=doubts, taken=False)


def _only_planned(taking: Taking, row: Row, meaning: Meaning) -> Meaning:
    """A line with a planned date and no other: not held, if it says so; otherwise nobody knows."""
    outcome = taking.text(row, "outcome") or taking.text(row, "kind")
    if words.is_no(outcome) or words.says_cancelled(outcome) or words.says_missed(outcome):
        return meaning
    doubt = "there is a planned date, and none on which it was held"
    return Meaning(Means.UNREADABLE, meaning.days, meaning.note, doubts=(doubt,))


def _take(taking: Taking, row: Row, column: int, meaning: Meaning) -> None:
    """Takes a line whose day can be read."""
    said = _said(taking, row, meaning)
    status = _status(taking, row, meaning)
    minutes = said.minutes if status == "held" else None
    place = taking.place(row.line, column)
    for day in meaning.days:
        taking.hold(
            row, day, place, kind=said.kind, status=status, minutes=minutes,
            supervisor=said.supervisor, reason=said.reason if status != "held" else None, notes=said.notes,
        )  # fmt: skip
    if status in ("cancelled", "missed"):
        taking.tell(row, column, f"{status}, {wording.each_day(meaning.days)}", doubts=meaning.doubts)
    elif not meaning.is_plain:
        taking.tell(row, column, held_in_words(meaning, _kind(taking, row)), doubts=meaning.doubts)


_WHY_NOT = ("not", "cancelled", "cancellation", "missed", "why")


def _status(taking: Taking, row: Row, meaning: Meaning) -> str:
    """Held, unless the outcome, the type, a reason, the notes or the words beside the date say otherwise."""
    held = "planned" if meaning.means is Means.BOOKED else "held"
    outcome, kind = taking.text(row, "outcome"), taking.text(row, "kind")
    if meaning.means is Means.NOT_HELD:
        return "missed" if words.says_missed(meaning.note) else "cancelled"
    if words.is_tick(outcome):
        return held
    told = _why_not(taking, row, outcome, kind)
    if told is not None:
        return "missed" if words.says_missed(told) or _APOLOGIES.search(told) else "cancelled"
    if outcome and not words.names_kind(outcome) and not words.is_nothing(outcome):
        doubt = "this does not say plainly that it was held"
        taking.tell(row, taking.layout.columns["outcome"], held, doubts=[doubt])
    return held


_APOLOGIES = re.compile(r"apolog|absent", re.I)


def _why_not(taking: Taking, row: Row, outcome: str, kind: str) -> str | None:
    """The words of a line that say that its session was not held, or None."""
    reason, notes = taking.text(row, "reason"), taking.text(row, "notes")
    column = taking.layout.title(taking.layout.columns["reason"]) if reason else ""
    if outcome and (
        words.is_no(outcome) or remarks.says_no_session(outcome) or words.says_cancelled(outcome)
    ):
        return outcome
    if words.says_missed(outcome) or words.absence_in(outcome) or outcome in words.CROSSES:
        return outcome
    if remarks.calls_off(kind) or (
        not words.kind_in(kind) and (words.absence_in(kind) or words.says_missed(kind))
    ):
        return kind
    if reason and (
        words.has_word(column, _WHY_NOT) or words.absence_in(reason) or words.says_cancelled(reason)
    ):
        return reason
    if _APOLOGIES.search(row.beside) or remarks.calls_off(row.beside):
        return row.beside
    if remarks.calls_off(notes):
        taking.tell(row, taking.layout.columns["notes"], "not held", doubts=["the notes say so"])
        return notes
    return None


def _leave_out_far_days(taking: Taking, first: int) -> None:
    """Leaves out a day or two that lie years away from all the others: slips of the pen, which would put the
    beginning of the records years back."""
    sessions = taking.tracker.sessions
    days = sorted({each.day for each in sessions[first:]})
    far: set[int] = set()
    for at, (day, following) in enumerate(pairwise(days[: _FEW + 1])):
        if following - day > _YEARS and len(days) > 2 * _FEW + 1:
            far |= set(days[: at + 1])
    if not far:
        return
    for each in sessions[first:]:
        if each.day in far:
            column = taking.layout.columns.get("date", taking.layout.columns.get("planned", 0))
            row = Row(each.who, taking.tracker.workers[each.who].name, each.place.line, ())
            doubt = f"{wording.day(each.day)} lies years away from all other dates"
            taking.tell(row, column, "left out", doubts=[doubt], taken=False)
    sessions[first:] = [each for each in sessions[first:] if each.day not in far]


_FEW, _YEARS = 2, 730


def _said(taking: Taking, row: Row, meaning: Meaning) -> _Said:
    notes = [taking.text(row, "notes")]
    if meaning.note and meaning.note not in notes:
        notes.append(meaning.note)
    if signed := taking.text(row, "signed"):
        notes.append(f"Signed, says the tracker: {signed}")
    supervisor = taking.text(row, "supervisor")
    reason = taking.text(row, "reason") or taking.text(row, "outcome") or meaning.note or row.beside
    return _Said(
        _kind(taking, row),
        _minutes(taking, row),
        taking.supervisor_named(supervisor) if supervisor else None,
        reason or None,
        "\n".join(note for note in notes if note) or None,
    )


def _kind(taking: Taking, row: Row) -> str:
    """The kind of session; a word that is not known is listed."""
    written = taking.text(row, "kind")
    if not written:
        return "one_to_one"
    column = taking.layout.columns.get("kind")
    if column is None:  # one kind for the whole sheet stands above it
        return words.kind_in(written) or "one_to_one"
    _, correction = taking.corrected(row, column, written)
    written = correction or written
    known = words.kind_in(written)
    if known or words.says_cancelled(written) or words.says_missed(written):
        return known or "one_to_one"
    if _OTHER.search(written):
        doubt = "this does not sound like supervision"
        taking.tell(row, column, "an ad-hoc conversation", doubts=[doubt])
        return "ad_hoc"
    taking.tell(row, column, "a one-to-one", doubts=["this type is not known"])
    return "one_to_one"


def _minutes(taking: Taking, row: Row) -> int | None:
    """The length in minutes; a cell that cannot be read is listed and left out."""
    meaning = "minutes" if "minutes" in taking.layout.columns else "hours"
    column = taking.layout.columns.get(meaning)
    value = taking.at(row, column)
    if column is None or value is None:
        return None
    value = taking.said(row, column)
    if words.is_nothing(str(value)):
        return None
    found = minutes_in(value, in_hours=meaning == "hours" and "minutes" not in taking.layout.columns)
    if found is None or not 0 < found <= _LONGEST:
        taking.tell(row, column, "left out", doubts=["this is not a length of time"], taken=False)
        return None
    if isinstance(value, int) and value <= MOST_HOURS:
        taking.tell(row, column, wording.minutes(found))
    return found
