"""Entering a fact by a form: what is wrong with it, or worth a look, before it is saved.

What a field may hold is said in `fields` and read by `exchange.cells`; here it is said to a person. A
*problem* either forbids saving or is only told: nothing that may be true is refused. `typed` reads what
people type into a field for a day or a time. What is typed into a field of one line is taken `as_entered`;
rows of other programs come in exactly as they are, and stay so until somebody alters that field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from supervise.doing.here import Here
from supervise.doing.typed import how_read, one_line, read_day, read_time
from supervise.fields import BY_NAME, IN_ORDER, Field, Holds, Kind
from supervise.store import Store
from supervise.wording import capital, counted, joined, words
from supervise.wording import day as said_day
from supervise.workdays import Day, day

__all__ = ["Problem", "as_entered", "how_read", "label_of", "problems", "read_day", "read_time"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one field of a form, as a sentence. `forbids`: it cannot be saved like that."""

    field: str
    sentence: str
    forbids: bool


_LABELS = {
    "person_id": "person", "supervisor_id": "supervisor", "session_id": "session", "case_ref": "case number",
    "from": "first day", "to": "last day", "employed_from": "first day with the council",
    "registered_on": "day of registration", "left_on": "last day with the council",
    "records_from": "day from which records are complete", "registration_no": "registration number",
    "staff_no": "staff number", "email": "e-mail address", "fte": "full-time share", "days": "working days",
    "every": "frequency", "signed_on": "day of signing", "review_on": "day of review",
    "held_on": "day it was held", "planned_on": "day it is planned for",
}  # fmt: skip
_PAST, _FUTURE = 60 * 366, 10 * 366  # days away from today beyond which a date is worth a look
_MARKS = ("staff_no", "registration_no", "email")
_NAMES, _LONGEST = ("name", "team"), 200  # fields that hold a name, and characters of the longest one


def problems(kind: str, row: Row, store: Store) -> list[Problem]:
    """What is to be said of a row before it is saved: what forbids it first, then what is only told.

    Fields that the row does not name are as they are in the store, if it is there.
    """
    of = BY_NAME[kind]
    before = store.row(kind, row.get("id") or "") or {}
    whole = dict(before) | as_entered(kind, row, before)
    found = [*_of_fields(of, whole, store), *_of_names(whole, before)]
    found += [*_of_order(of, whole), *_of_oneself(of, whole)]
    if not any(problem.forbids for problem in found):
        found += _CLOSER.get(kind, _nothing_more)(whole, store)
    return sorted(found, key=lambda problem: not problem.forbids)


def as_entered(kind: str, row: Row, before: Row | None = None) -> dict[str, Any]:
    """The row with its one-line texts as `typed.one_line` has them, but for those that are as they were
    `before`: what came in with an import stays as it came."""
    plain = {
        field.name
        for field in BY_NAME[kind].fields
        if field.holds is Holds.TEXT and not (field.prose or field.refers or field.words)
    }
    was = before or {}
    return {
        name: one_line(value)
        if name in plain and isinstance(value, str) and value != was.get(name)
        else value
        for name, value in row.items()
    }


def label_of(field: str) -> str:
    """What a field is called on a form: “first day” for `from`."""
    return _LABELS.get(field) or field.replace("_", " ")


def _of_fields(kind: Kind, row: Row, store: Store) -> Iterator[Problem]:
    """What each field by itself may not hold."""
    from supervise.exchange.cells import text_of, value_of

    for field in kind.fields:
        label = label_of(field.name)
        try:
            value = value_of(field, text_of(row.get(field.name)))
        except ValueError as error:
            yield Problem(field.name, f"The {label}: {error}.", forbids=True)
            continue
        if value is None:
            if field.required:
                yield Problem(field.name, f"The {label} is needed.", forbids=True)
        elif field.refers and store.row(field.refers, value) is None:
            yield Problem(field.name, f"The {label} is not somebody or something here.", forbids=True)
        elif field.holds is Holds.DAY:
            yield from _far_off(field, day(value), day(store.today))


def _of_names(row: Row, before: Row) -> Iterator[Problem]:
    """Names that cannot be one: too long, or of a person and without a letter. One that is here already (it
    came in with a file) does not forbid that something else is put right."""
    for field in _NAMES:
        name = str(row.get(field) or "")
        if not name or name == before.get(field):
            continue
        if len(name) > _LONGEST:
            many = (
                f"The {label_of(field)} has {len(name):,} characters, and at most {_LONGEST} are kept."
            )
            yield Problem(field, f"{many} Shorten it.", forbids=True)
        elif field == "name" and not any(letter.isalpha() for letter in name):
            told = f"“{name}” has no letters. Write the name as people say it."
            yield Problem(field, told, forbids=True)


def _far_off(field: Field, when: Day, today: Day) -> Iterator[Problem]:
    if not today - _PAST <= when <= today + _FUTURE:
        yield Problem(
            field.name,
            f"The {label_of(field.name)}, {said_day(when)}, is far away. Is the year right?",
            False,
        )


def _of_order(kind: Kind, row: Row) -> Iterator[Problem]:
    """Ends before beginnings, and a held session without its day."""
    from supervise.exchange.batch import contradictions

    beginnings = {last: first for first, last in IN_ORDER}
    for column, _ in contradictions(kind, row):
        if first := beginnings.get(column):
            a, b = (f"the {label_of(name)}, {_said(row[name])}" for name in (column, first))
            yield Problem(column, f"{capital(a)}, is before {b}.", forbids=True)
        else:
            yield Problem(column, f"The {label_of(column)} is needed.", forbids=True)


def _of_oneself(kind: Kind, row: Row) -> Iterator[Problem]:
    if row.get("supervisor_id") and row.get("supervisor_id") == row.get("person_id"):
        yield Problem("supervisor_id", "Nobody can be their own supervisor.", forbids=True)


def _said(iso: str) -> str:
    return said_day(day(iso))


def _span(row: Row) -> str:
    until = f"to {_said(row['to'])}" if row.get("to") else "with no end yet"
    return f"from {_said(row['from'])} {until}"


def _others(kind: str, row: Row, store: Store, **equal: str) -> list[Row]:
    """Other rows of that kind which share days with this one."""
    return [
        other
        for other in store.rows(kind, **equal)
        if other["id"] != row.get("id")
        and other["from"] <= (row.get("to") or "9999")
        and (other["to"] or "9999") >= row["from"]
    ]


def _of_person(row: Row, store: Store) -> Iterator[Problem]:
    from supervise.exchange.tracker.names import Likenesses, key_of

    others = {other["id"]: other for other in store.rows("person") if other["id"] != row.get("id")}
    before = store.row("person", row.get("id") or "") or {}
    if row["name"] != before.get("name"):
        names = {id: other["name"] for id, other in others.items()}
        same = [id for id, name in names.items() if key_of(name) == key_of(row["name"])]
        near = [] if same else Likenesses(names).of(row["name"])
        like = "has this name" if same else "has nearly this name"
        for id in same or near:
            sentence = f"{names[id]}{_where(id, store)} {like}. Is it the same person?"
            yield Problem("name", sentence, False)
    for mark in _MARKS:
        for other in others.values():
            if row.get(mark) and str(other[mark] or "").casefold() == str(row[mark]).casefold():
                yield Problem(mark, f"{other['name']} has the same {label_of(mark)}.", False)
    if row.get("left_on") and row.get("id"):
        yield from _left_behind(row["id"], row["left_on"], store)


def _where(person: str, store: Store) -> str:
    """The team of somebody's latest post, to tell people of one name apart."""
    posts = sorted(store.rows("post", person_id=person), key=lambda post: str(post["from"]))
    return f" ({posts[-1]['team']})" if posts else ""


def _left_behind(person: str, left: str, store: Store) -> Iterator[Problem]:
    """What goes on after somebody has left."""
    after = [post for post in store.rows("post", person_id=person) if post["from"] > left]
    if after:
        told = f"There is a post from {_said(after[0]['from'])}, after that day; it will not count."
        yield Problem("left_on", told, False)
    supervised = {
        post["person_id"]
        for post in store.rows("post", supervisor_id=person)
        if (post["to"] or "9999") > left
    }
    booked = [
        each for each in store.rows("session", person_id=person, status="planned")
        if (each["planned_on"] or "") > left
    ]  # fmt: skip
    if supervised:
        many = counted(len(supervised), "person has", "people have")
        yield Problem("left_on", f"{many} them as supervisor after that day.", False)
    if booked:
        many = counted(len(booked), "session is", "sessions are")
        yield Problem("left_on", f"{many} booked for them after that day.", False)


def _of_post(row: Row, store: Store) -> Iterator[Problem]:
    for other in _others("post", row, store, person_id=row["person_id"]):
        told = f"There is a post in {other['team']} {_span(other)}; on days in both the later-begun one holds."
        yield Problem("from", told, False)
    person = store.row("person", row["person_id"]) or {}
    if person.get("employed_from") and row["from"] < person["employed_from"]:
        began = f"the first day with the council, {_said(person['employed_from'])}"
        yield Problem("from", f"This is before {began}.", False)
    supervisor = store.row("person", row.get("supervisor_id") or "") or {}
    if supervisor.get("left_on") and supervisor["left_on"] < (row.get("to") or "9999"):
        told = f"{supervisor['name']} left on {_said(supervisor['left_on'])}."
        yield Problem("supervisor_id", told, False)
    yield from _after_leaving(row, store)


def _after_leaving(row: Row, store: Store) -> Iterator[Problem]:
    left = (store.row("person", row["person_id"]) or {}).get("left_on")
    if left and row["from"] > left:
        told = f"They left on {_said(left)}, so that this would not count. If they are back, correct that day."
        yield Problem("from", told, False)


def _of_absence(row: Row, store: Store) -> Iterator[Problem]:
    for other in _others("absence", row, store, person_id=row["person_id"]):
        yield Problem("from", f"They are recorded as away already, {_span(other)}.", False)
    yield from _after_leaving(row, store)


def _of_variation(row: Row, store: Store) -> Iterator[Problem]:
    for other in _others("variation", row, store, person_id=row["person_id"], clock=row["clock"]):
        told = f"Every {other['every']} is agreed {_span(other)}; on days in both the later-begun one holds."
        yield Problem("from", told, False)
    clocks = Here(store, lambda: day(store.today), "").rulebook().clock_names()
    if row["clock"] not in clocks:
        has = (
            f"They have {joined([words(clock) for clock in clocks])}."
            if clocks
            else "There is none yet."
        )
        yield Problem("clock", f"No policy here has the clock “{row['clock']}”. {has}", False)
    yield from _after_leaving(row, store)


def _of_case(row: Row, store: Store) -> Iterator[Problem]:
    for other in _others("case_allocation", row, store, case_ref=row["case_ref"]):
        holder = (store.row("person", other["person_id"]) or {}).get("name")
        yield Problem("case_ref", f"{holder} has this case already, {_span(other)}.", False)
    yield from _after_leaving(row, store)


def _nothing_more(row: Row, store: Store) -> Iterator[Problem]:
    return iter(())


_CLOSER = {
    "person": _of_person, "post": _of_post, "absence": _of_absence, "variation": _of_variation,
    "case_allocation": _of_case,
}  # fmt: skip
