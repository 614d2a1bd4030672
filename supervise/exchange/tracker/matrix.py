"""A matrix: a row per worker, a column per month or week; and the cells of sessions in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from supervise import wording
from supervise.exchange.tracker import remarks, words
from supervise.exchange.tracker.about import about
from supervise.exchange.tracker.cells import Meaning, Means
from supervise.exchange.tracker.days import Frame
from supervise.exchange.tracker.layout import Slot
from supervise.exchange.tracker.lengths import minutes_in
from supervise.exchange.tracker.lines import Lines, Row
from supervise.exchange.tracker.taking import Taking, held_in_words

ABOUT = (
    "name", "surname", "forename", "role", "basis", "since", "left", "fte", "supervisor", "staff_no", "email",
    "registration_no", "team",
)  # fmt: skip
LAST = {"last": "one_to_one", "last_group": "group", "last_case": "case"}
"""The columns of last sessions, and their kinds."""
_WEEK = 7
_COUNTS = 4
_MARK = r"(?:[A-Z]{1,3}|x|✓|✔)"
_CODE = re.compile(rf"(?<![\w/])({_MARK}(?:(?: or | / |, ){_MARK})*) ?[=:–-] ?([^,;=.]+)")


def read_matrix(taking: Taking, team: str | None) -> None:
    """Takes all that a matrix says. It says nothing about the time before its first column."""
    layout = taking.layout
    first = len(taking.tracker.sessions)
    rows = list(Lines(taking).rows(team))
    cells = [taking.at(row, column) for row in rows for column in layout.slots]
    codes = _codes(layout.above)
    taking.cross_ticks = _crosses_tick(codes, cells)
    reader = _Cells(taking, counts=_hold_counts(cells), codes=codes)
    for row in rows:
        about(taking, row)
        for at, slot in layout.slots.items():
            reader.read(row, at, slot)
        for column, kind in LAST.items():
            if column in layout.columns:
                reader.read(row, layout.columns[column], Slot(None, kind), again=False)
    begins = _begins(taking, first)
    seen: dict[str, int] = {}
    for each in taking.tracker.sessions[first:]:
        seen[each.who] = min(each.day, seen.get(each.who, each.day))
    for row in rows:
        worker = taking.worker(row)
        if begins is not None:
            worker.known_from(begins)
            taking.known_in(row, taking.text(row, "team") or None, seen.get(row.who, begins))
    taking.tell_columns([*ABOUT, *LAST])


def _begins(taking: Taking, first: int) -> int | None:
    """The first day of the first column; where columns only count sessions, the earliest of these."""
    frames = [slot.frame.first for slot in taking.layout.slots.values() if slot.frame]
    days = [each.day for each in taking.tracker.sessions[first:] if each.status == "held"]
    return min(frames or days, default=None)


def _crosses_tick(codes: dict[str, str | None], cells: list[Any]) -> bool:
    """Whether a cross stands for done: the key says so, or there is no other mark for it."""
    if "X" in codes:
        return codes["X"] == HELD
    return not any(isinstance(cell, str) and words.is_tick(cell.strip()) for cell in cells)


def _hold_counts(cells: list[Any]) -> bool:
    """Whether bare numbers say how many sessions there were, rather than on which day of the month: none
    is above four, and there are several."""
    texts = [str(cell).strip() for cell in cells if cell is not None and not isinstance(cell, bool)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) > 2 and max(numbers) <= _COUNTS


def _codes(above: list[str]) -> dict[str, str | None]:
    """Letters that a key over the table explains, in capitals: kinds of session, HELD, or why none was held
    in the key's words (in `_WHY`)."""
    found: dict[str, str | None] = {}
    for text in above:
        for codes, said in _CODE.findall(text):
            meaning = _key_means(said)
            if meaning is not None:
                found |= {code.upper(): meaning for code in re.findall(_MARK, codes)}
    return found


HELD, _WHY = "held", "why: "


def _key_means(said: str) -> str | None:
    """What a key says that a letter stands for."""
    if (
        remarks.says_no_session(said)
        or words.says_cancelled(said)
        or words.says_missed(said)
        or words.absence_in(said)
    ):
        return f"{_WHY}{said.strip()}"
    if words.has_word(said, ("held", "done", "completed", "took", "seen", "yes")):
        return HELD
    return words.kind_in(said)


class _Cells:
    """Reads the cells of a matrix."""

    def __init__(self, taking: Taking, *, counts: bool, codes: dict[str, str | None]) -> None:
        self._taking, self._counts, self._codes = taking, counts, codes

    def read(self, row: Row, column: int, slot: Slot, *, again: bool = True) -> None:
        """Takes what one cell says; `again` false if it may only repeat what others say."""
        taking = self._taking
        value = taking.at(row, column)
        if value is None:
            return
        if self._counts and not isinstance(value, bool) and str(value).strip().isdecimal():
            doubt = "the numbers of this sheet were taken for how many sessions there were"
            meaning = Meaning(Means.TICKED if int(value) else Means.NOTHING, doubts=(doubt,))
            take_meaning(taking, row, column, slot, meaning)
            return
        for part, kind in self._parts(value):
            meaning = taking.meaning(row, column, slot.frame, part)
            take_meaning(
                taking, row, column, slot._replace(kind=kind or slot.kind), meaning, again=again
            )

    def _parts(self, value: Any) -> Iterator[tuple[Any, str | None]]:
        """A cell in parts, each with the kind that its code stands for."""
        text = value.strip() if isinstance(value, str) else ""
        pattern = rf"(?<!\w)({'|'.join(map(re.escape, self._codes))})(?=[\s\d–-]|$)"
        if not self._codes or not re.match(pattern, text, re.I):
            yield value, None
            return
        pieces = re.split(pattern, text, flags=re.I)[1:]
        for code, said in zip(pieces[::2], pieces[1::2], strict=True):
            meaning, said = str(self._codes[code.upper()]), said.strip(" ,;&–-")
            if meaning.startswith(_WHY):
                yield (said or meaning.removeprefix(_WHY)), None
            else:
                yield (said or "✓"), None if meaning == HELD else meaning


def take_meaning(
    taking: Taking, row: Row, column: int, slot: Slot, meaning: Meaning, *, again: bool = True
) -> None:
    """Takes what one session's cell of a matrix or register means, and lists how it was read."""
    means, doubts, frame = meaning.means, meaning.doubts, slot.frame
    if means in (Means.HELD, Means.BOOKED):
        _held(taking, row, column, slot, meaning, again=again)
    elif means is Means.TICKED:
        _tick(taking, row, column, slot, meaning)
    elif means in (Means.NOT_HELD, Means.STARTED):
        _not_held(taking, row, column, frame, meaning)
    elif means is Means.LEFT:
        _left(taking, row, column, frame, meaning)
    elif means is Means.UNREADABLE:
        taking.tell(row, column, "left out", doubts=doubts, taken=False)
    elif not meaning.is_plain:
        taking.tell(row, column, "nothing")


def _held(taking: Taking, row: Row, column: int, slot: Slot, meaning: Meaning, *, again: bool) -> None:
    """Sessions held or arranged on days that are given; words beside them may tell kind and length."""
    note = meaning.note.strip("() ")
    minutes = minutes_in(taking.at(row, slot.minutes)) if slot.minutes is not None else None
    if note and minutes is None and (length := minutes_in(note)) and not note.isdecimal():
        minutes, note = length, ""
    beside = words.kind_in(note) if words.names_kind(note) else None
    kind = beside or slot.kind or "one_to_one"
    status = "held" if meaning.means is Means.HELD else "planned"
    for day in meaning.days:
        taking.hold(row, day, taking.place(row.line, column), kind=kind, status=status,
                    minutes=minutes, notes=note or None, again=again)  # fmt: skip
    if not meaning.is_plain:
        taking.tell(row, column, held_in_words(meaning, kind), doubts=meaning.doubts)
    if meaning.absence and slot.frame:
        taking.because(row, slot.frame, meaning.note, column, meaning.absence)


def _tick(taking: Taking, row: Row, column: int, slot: Slot, meaning: Meaning) -> None:
    """Held in a week or month, the day not given: its middle stands in, and says so."""
    if slot.frame is None:
        taking.tell(row, column, "left out", doubts=["it does not say on which day"], taken=False)
        return
    day = min(_middle(slot.frame), taking.today)
    span = f"{wording.day(slot.frame.first)} to {wording.day(slot.frame.last)}"
    note = f"The tracker does not give the day ({span}); {wording.day(day)} was assumed."
    taking.hold(row, day, taking.place(row.line, column), kind=slot.kind or "one_to_one", notes=note)
    said = f"held, the day not given: {wording.day(day)} assumed"
    taking.tell(row, column, said, doubts=meaning.doubts)


def _middle(frame: Frame) -> int:
    if frame.last - frame.first < 2 * _WEEK:
        return frame.first + 2  # a Wednesday, where weeks begin on Mondays
    return date.fromordinal(frame.first).replace(day=15).toordinal()


def _not_held(taking: Taking, row: Row, column: int, frame: Frame | None, meaning: Meaning) -> None:
    away = meaning.absence
    called_off = words.says_missed(meaning.note) or words.says_cancelled(meaning.note)
    if meaning.means is Means.STARTED and taking.worker(row).since is None:
        taking.worker(row).since = meaning.days[0]
    if meaning.days and called_off and not away:
        status = "missed" if words.says_missed(meaning.note) else "cancelled"
        place = taking.place(row.line, column)
        for day in meaning.days:
            taking.hold(row, day, place, status=status, reason=meaning.note)
        taking.tell(
            row,
            column,
            f"{status}, {wording.each_day(meaning.days)}: “{meaning.note}”",
            doubts=meaning.doubts,
        )
        return
    if frame is None:
        doubt = "it gives no date of a session"
        taking.tell(row, column, "left out", doubts=[doubt, *meaning.doubts], taken=False)
        return
    taking.because(row, frame, meaning.note, column, away, meaning.days)
    offered = "; an absence is offered, whose dates you give" if away and away != "annual_leave" else ""
    taking.tell(row, column, f"not held: “{meaning.note}”{offered}", doubts=meaning.doubts)


def _left(taking: Taking, row: Row, column: int, frame: Frame | None, meaning: Meaning) -> None:
    worker = taking.worker(row)
    if meaning.days:
        worker.left = meaning.days[0]
        said = f"left on {wording.day(worker.left)}"
    elif frame is not None:
        worker.left = frame.last
        said = f"left; the day is not given, {wording.day(frame.last)} assumed"
    else:
        taking.tell(row, column, "left out", doubts=["it does not say on which day"], taken=False)
        return
    taking.tell(row, column, said, doubts=meaning.doubts)
