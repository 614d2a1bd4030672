"""A log: a row per session."""

from __future__ import annotations

import re
from typing import NamedTuple

from supervise import wording
from supervise.exchange.tracker import words
from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.cells import Meaning, Means, as_written
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.lengths import HOUR, MOST_HOURS, minutes_in
from supervise.exchange.tracker.taking import Row, Taking, held_in_words

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
    rows = list(taking.rows(team))
    for row in rows:
        about(taking, row)
        own = taking.text(row, "team")
        if own:
            taking.worker(row).posts.setdefault(own, None)
        _read_line(taking, row, frame)
    sessions = taking.tracker.sessions[first:]
    begins = min((each.day for each in sessions if each.status == "held"), default=None)
    for row in rows:
        worker = taking.worker(row)
        if begins is not None:
            worker.begins = begins if worker.begins is None else min(worker.begins, begins)
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
        days = wording.joined([wording.day(day) for day in meaning.days])
        taking.tell(row, column, f"{status}, {days}", doubts=meaning.doubts)
    elif not meaning.is_plain:
        taking.tell(row, column, held_in_words(meaning, _kind(taking, row)), doubts=meaning.doubts)


_WHY_NOT = ("not", "cancelled", "cancellation", "missed", "why")


def _status(taking: Taking, row: Row, meaning: Meaning) -> str:
    """Held, unless the outcome, the type, a reason or the words beside the date say otherwise."""
    outcome, reason = taking.text(row, "outcome"), taking.text(row, "reason")
    held = "planned" if meaning.means is Means.BOOKED else "held"
    if words.is_tick(outcome) and meaning.means is not Means.NOT_HELD:
        return held
    told = f"{outcome} {taking.text(row, 'kind')} {reason} {row.beside}"
    told += f" {meaning.note}" if meaning.means is Means.NOT_HELD else ""
    if words.says_missed(told) or words.has_word(row.beside, ("apologies", "absent", "apologised")):
        return "missed"
    column = taking.layout.title(taking.layout.columns["reason"]) if reason else ""
    called_off = words.is_no(outcome) or words.absence_in(outcome) or words.has_word(column, _WHY_NOT)
    if called_off or words.says_cancelled(told) or meaning.means is Means.NOT_HELD:
        return "cancelled"
    return held


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
    column = taking.layout.columns["kind"]
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
    _, correction = taking.corrected(row, column, as_written(value))
    value = value if correction is None else correction
    if words.is_nothing(str(value)):
        return None
    found = minutes_in(value, in_hours=meaning == "hours" and "minutes" not in taking.layout.columns)
    if found is None or not 0 < found <= _LONGEST:
        taking.tell(row, column, "left out", doubts=["this is not a length of time"], taken=False)
        return None
    if isinstance(value, int) and value <= MOST_HOURS:
        taking.tell(row, column, wording.minutes(found))
    return found
