"""The rows that an import would add or alter, and what differs from what is here, as lines of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from supervise import fields, wording
from supervise.exchange.cells import text_of
from supervise.exchange.gathered import Gathering
from supervise.exchange.plan import Difference, Plan
from supervise.ui.pages.bring_in_items import where
from supervise.workdays import day

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row that would be added or altered, or a cell that differs from what is here: `then` says which."""

    key: int
    what: str
    who: str
    when: str
    words: str
    then: str


_NOUNS = {
    "person": ("person", "people"), "session": ("supervision", "supervisions"),
    "explanation": ("reason for a gap", "reasons for gaps"), "case_allocation": ("case", "cases"),
    "session_section": ("part of a record", "parts of records"),
    "late_entry": ("late entry", "late entries"), "case_discussion": ("case discussed", "cases discussed"),
    "template": ("heading of an agenda", "headings of agendas"),
}  # fmt: skip


def noun(kind: str) -> tuple[str, str]:
    """What one, and what several rows of a kind are called."""
    return _NOUNS.get(kind) or (kind.replace("_", " "), kind.replace("_", " ") + "s")


def brought_in(plan: Plan) -> str:
    """What was brought in, for the foot of the window."""
    of = [
        wording.counted(plan.added[kind], *noun(kind))
        for kind in ("session", "person")
        if plan.added.get(kind)
    ]
    return f"Brought in {wording.joined(of) or 'what was new'} from {plan.source}."


def in_day(text: str | None) -> str:
    """A day of a row as people read it; "" for none."""
    return wording.day(day(text)) if text else ""


def lines(plan: Plan, here: Mapping[str, str], there: Mapping[str, set[str]]) -> list[Line]:
    """Every row that would be put, by kind and in file order. `here` are the names here by id, `there` the
    ids here of the kinds that have their own."""
    put = list(_put(plan, there))
    names = {**here, **{row["id"]: row["name"] for kind, row, _ in put if kind == "person"}}
    found: list[Line] = []
    for kind, row, is_new in put:
        who = names.get(row["id"] if kind == "person" else row.get("person_id", ""), "")
        when, words = _in_words(kind, row)
        then = "added" if is_new else "changed"
        found.append(Line(len(found), noun(kind)[0].capitalize(), who, when, words, then))
    return found


def _put(plan: Plan, there: Mapping[str, set[str]]) -> Iterator[tuple[str, Row, bool]]:
    """Kind, row, and whether it is new."""
    if isinstance(plan, Gathering):
        for kind, by_id in plan.settled.put.items():
            was = plan.settled.was.get(kind, {})
            yield from ((kind, row, id not in was) for id, row in by_id.items())
        return
    for kind, rows in plan.rows.items():
        known = there.get(kind, set())
        own = fields.BY_NAME[kind].id_column is not None
        yield from ((kind, row, row["id"] not in known if own else "id" not in row) for row in rows)


def _in_words(kind: str, row: Row) -> tuple[str, str]:
    if kind == "session":
        said = [wording.words(row["kind"])]
        said += [row["status"]] if row["status"] != "held" else []
        said += [wording.minutes(row["minutes"])] if row.get("minutes") else []
        said += [each for each in (row.get("reason"), row.get("notes")) if each]
        return in_day(row.get("held_on") or row.get("planned_on")), " · ".join(said)
    if kind == "person":
        left = in_day(row.get("left_on"))
        return "", f"left {left}" if left else ""
    if kind == "post":
        return _from_to(row), f"{wording.words(row['role'])}, {row['team']}"
    if kind == "absence":
        return _from_to(row), "away"  # what it is called is health data
    if kind == "explanation":
        return _from_to(row), row["reason"]
    own = fields.BY_NAME[kind]
    prose = [row[each.name] for each in own.fields if each.prose and row.get(each.name)]
    return _from_to(row), " · ".join(map(text_of, prose or [row.get(name) for name in own.key[1:]]))


def _from_to(row: Row) -> str:
    if not row.get("from"):
        return ""
    return (
        f"{in_day(row['from'])} to {in_day(row['to'])}"
        if row.get("to")
        else f"from {in_day(row['from'])}"
    )


def differing(plan: Plan, here: Mapping[str, str]) -> list[Line]:
    """Cells that say something else than what is here, and whether they are taken."""
    names = {**here, **{row["id"]: row["name"] for row in plan.rows.get("person", ())}}
    tell = [*plan.changed, *plan.kept]
    return [_difference(at, each, names, plan.source) for at, each in enumerate(tell)]


def _difference(at: int, each: Difference, names: Mapping[str, str], source: str) -> Line:
    then = f"kept as here: {each.kept}" if each.kept else "changed to what the file says"
    if not each.id:
        words = f"“{_short(each.given, names)}” is not here"
    elif (each.kind, each.field) == ("absence", "kind"):
        words = "another kind of absence"
    else:
        words = f"{_short(each.stored, names)} here, {_short(each.given, names)} in the file"
    what = (
        f"{noun(each.kind)[0].capitalize()}, {each.field.removesuffix('_id').replace('_', ' ')}".rstrip(
            ", "
        )
    )
    return Line(at, what, names.get(each.id, ""), where(each.place, source), words, then)


def _short(value: object, names: Mapping[str, str]) -> str:
    text = " ".join(text_of(value).split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return in_day(text)
    return names.get(text, wording.words(text)) or "nothing"
