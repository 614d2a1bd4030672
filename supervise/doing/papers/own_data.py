"""Everything that is held about one person: for their own paper, and as data for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from supervise.doing.entering import label_of
from supervise.doing.here import Here
from supervise.doing.others_named import OthersNamed
from supervise.doing.papers.own_rows import OwnRows
from supervise.doing.papers.paper import STEPS, About, Steps, Told, part_of
from supervise.doing.retention import Retention
from supervise.fields import PERSON
from supervise.records import Record
from supervise.reports.own_data import Held, OwnData, ToLookAt, name_of, tell_own_data
from supervise.reports.page import Story
from supervise.reports.record import tell_record
from supervise.reports.tables import Value, from_to
from supervise.store.access import Look
from supervise.store.retention import holds
from supervise.store.rows import Row
from supervise.whole_files import fresh_file
from supervise.wording import OnDay, capital, counted, moment, words
from supervise.wording import day as said_day
from supervise.workdays import FOREVER, day

_CASES = "Cases held"
_WHO = ("By", "Who", "Supervisor", "Approved by", "Team")
"""Columns that name somebody for what they did at work."""

_FACTS: tuple[tuple[str, str, str, tuple[tuple[str, float], ...]], ...] = (
    ("Posts", "post", "", (
        ("from", 100), ("team", 80), ("role", 90), ("basis", 60), ("supervisor_id", 80), ("fte", 36), ("days", 36),
    )),
    ("Time away", "absence", "Its kind is health data: only their own papers tell it.", (("from", 200), ("kind", 282))),
    ("Agreed frequencies", "variation", "",
     (("from", 100), ("clock", 70), ("every", 70), ("reason", 152), ("approved_by", 90))),
    ("Agreements", "agreement", "",
     (("signed_on", 84), ("review_on", 84), ("supervisor_id", 90), ("text", 224))),
    ("Reasons recorded for gaps", "explanation", "",
     (("from", 110), ("clock", 66), ("reason", 112), ("text", 124), ("by", 70))),
    (_CASES, "case_allocation", "", (("from", 160), ("case_ref", 180), ("plan", 142))),
)  # fmt: skip
_CALLED = {
    "from": "Days", "supervisor_id": "Supervisor", "fte": "FTE", "days": "Works", "every": "Every",
    "signed_on": "Signed on", "review_on": "Review on", "case_ref": "Case",
}  # fmt: skip


def tell(here: Here, about: About) -> Steps[Told]:
    """The paper of everything held about a person. BadQuestion if there is nobody of that id."""
    assert about.person is not None, "it needs one"
    own = OwnRows(here, about.person)
    told = yield from part_of(gather(own), 0, STEPS)
    looked = [("person", about.person), *(("session", id) for id in own.sessions)]
    return Told(
        name_of(told.name), _stories(own, told), {"team": own.team}, looked, count=1 + len(own.sessions)
    )


def write_json(here: Here, person: str, to: Path) -> Steps[None]:
    """The same as data, to a file that appears with the last step; noted as exported. BadQuestion if there is nobody
    of that id; DiskFull or FileTrouble if the file cannot be written."""
    own = OwnRows(here, person)
    told = yield from part_of(gather(own), 0, STEPS - 1)
    data = own.as_data() | {
        "to_look_at": [each._asdict() for each in told.to_look_at], "kept": list(told.kept),
    }  # fmt: skip
    with fresh_file(to) as out:
        out.write(json.dumps(data, ensure_ascii=False, indent=1).encode())
    here.store.access.note(here.me, "exported", "person", person)
    yield STEPS, STEPS


def gather(own: OwnRows) -> Steps[OwnData]:
    """All that stands before the records, and what is to be looked at in all of it."""
    others = OthersNamed(own.store, own.person, own.colleagues())
    found: list[ToLookAt] = []
    for at, id in enumerate(own.sessions):
        found += _in_record(others, own.here.record(id))
        yield at, len(own.sessions) + 1
    held, drafts = [*_facts(own), _of_others(own), *_of_history(own), _looked(own)], own.drafts()
    if (hold := holds(own.store.database).get(own.person)) is not None:
        found.append(
            ToLookAt(
                "How long it is kept", hold.reason, "Why there is a hold: it may be about an inquiry"
            )
        )
    found += [spot for title, told in drafts for spot in others.look_all(title, dict(told))]
    found += [spot for each in held for spot in _in_held(others, each)]
    yield len(own.sessions), len(own.sessions) + 1
    return OwnData(
        name=own.row["name"], as_at=own.here.today(), held=held, drafts=drafts, kept=list(_kept(own)),
        details=[
            (_called(field.name), own.said(PERSON.name, field.name, own.row[field.name])) for field in PERSON.fields
        ],
        records=len(own.sessions), to_look_at=found,
    )  # fmt: skip


def _stories(own: OwnRows, told: OwnData) -> Iterator[Story]:
    """The paper: first what is told here, then each record, read when it is its turn."""
    yield tell_own_data(told)
    for id in own.sessions:
        yield tell_record(own.here.record(id), own.here.today(), to_sign=False)


# What there is


def _facts(own: OwnRows) -> Iterator[Held]:
    for heading, kind, says, columns in _FACTS:
        rows = sorted(own.rows[kind], key=lambda row: str(row.get("from") or row.get("signed_on")))
        named = [(_called(name), share) for name, share in columns]
        yield Held(
            heading, says, named, [[_cell(own, kind, name, row) for name, _ in columns] for row in rows]
        )


def _cell(own: OwnRows, kind: str, name: str, row: Row) -> Value:
    if name == "from":
        return from_to(day(row["from"]), day(row["to"]) if row["to"] else FOREVER)
    return own.said(kind, name, row[name])


def _called(name: str) -> str:
    said = _CALLED.get(name) or label_of(name)
    return capital(said)


def _of_others(own: OwnRows) -> Held:
    rows = [[own.said("action", name, row[name]) for name in ("text", "owner", "due_on")]
            for row in own.actions_with_others()]  # fmt: skip
    columns = (("What", 300.0), ("Owner", 91.0), ("Due on", 91.0))
    heading, says = (
        "Actions for them in other people’s records",
        "The records themselves are those of others.",
    )
    return Held(heading, says, columns, rows, "There are none.")


# What happened to it


def _of_history(own: OwnRows) -> Iterator[Held]:
    lines = {line.number: line for line, _ in own.history}.values()
    told: list[list[Value]] = [[OnDay(line.day), line.by, line.label] for line in lines]
    columns = (("Day", 76.0), ("By", 100.0), ("What was done", 306.0))
    yield Held(
        "What was changed, and by whom", "Every change of what is held about them.", columns, told
    )
    before: list[list[Value]] = [
        [OnDay(line.day), f"{words(entry.kind)}: {label_of(name)}", own.said(entry.kind, name, value)]
        for line, entry in own.history
        for name, value in (entry.before or {}).items()
        if value != (entry.after or {}).get(name)
    ]
    columns = (("Until", 76.0), ("What", 130.0), ("Before", 276.0))
    says = "What was altered or removed, as it stood until that day."
    yield Held("What it said before", says, columns, before, "Nothing was altered.")
    came: list[list[Value]] = [
        [OnDay(line.day), line.by, line.label] for line in lines if line.kind == "import"
    ]
    says = "What was brought in from files. Everything else was typed here."
    columns = (("Day", 76.0), ("By", 100.0), ("From", 306.0))
    yield Held("Where it came from", says, columns, came, "Nothing was brought in from a file.")


def _looked(own: OwnRows) -> Held:
    says = "Who opened or printed their records, or papers about them. Papers about a whole team are not listed."
    rows = [[_moment(each), each.by, each.what, _which(own, each)] for each in own.looks()]
    columns = (("When", 158.0), ("Who", 100.0), ("What", 54.0), ("Which", 170.0))
    return Held("Who looked", says, columns, rows, "Nobody did.")


def _moment(look: Look) -> str:
    return f"{moment(datetime.fromisoformat(look.at))} UTC"


def _which(own: OwnRows, look: Look) -> str:
    session = next((row for row in own.rows["session"] if row["id"] == look.id), None)
    if session is None:
        return "Their page, or a paper about them"
    when = session["held_on"] or session["planned_on"]
    return f"Supervision of {said_day(day(when))}" if when else "A supervision without a day"


def _kept(own: OwnRows) -> Iterator[str]:
    retention, left = Retention(own.here), own.row["left_on"]
    years, due = retention.years(), retention.due_on(own.row)
    if years is None:
        yield "How long records are kept has not been decided in this store."
    else:
        yield f"Records are kept for {counted(years, 'year')} after somebody has left."
    if left is not None and due is not None:
        yield f"They left on {said_day(day(left))}, so that theirs are kept until {said_day(due)} at least."
    if (hold := holds(own.store.database).get(own.person)) is not None:
        yield f"There is a legal hold since {said_day(hold.since)}, put on by {hold.by}: {hold.reason}"
    yield "Nothing is deleted by itself, and backups hold what was deleted until they go too."


# What may be about others


def _in_record(others: OthersNamed, record: Record) -> Iterator[ToLookAt]:
    session = record.session
    when = session.held_on or session.planned_on
    where = f"Supervision of {said_day(when)}" if when else "Supervision without a day"
    texts = {"reason": session.reason, "place": session.place, "kept elsewhere": session.record_kept}
    yield from others.look_all(where, texts | {"notes": session.notes})
    for section in record.sections:
        yield from others.look(f"{where}, {section.heading}", section.text)
    for case in record.discussions:
        said = ": ".join(filter(None, (case.case_ref, case.analysis, case.decision, case.rationale)))
        yield ToLookAt(f"{where}, cases discussed", _short(said), f"About case {case.case_ref}")
    for action in record.actions:
        yield from others.look(
            f"{where}, actions", " · ".join(filter(None, (action.text, action.owner)))
        )
    for text in (*(one.text for one in record.late_entries), *(one.text for one in record.statements)):
        yield from others.look(f"{where}, added", text)


def _in_held(others: OthersNamed, held: Held) -> Iterator[ToLookAt]:
    if held.heading == _CASES:
        if held.rows:
            yield ToLookAt(_CASES, counted(len(held.rows), "case"), "Cases by their references")
        return
    for row in held.rows:
        for (name, _), value in zip(held.columns, row, strict=True):
            if isinstance(value, str) and name not in _WHO:
                yield from others.look(held.heading, value)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 120 else f"{said[:120]} …"
