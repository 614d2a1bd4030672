"""What is held about one person, as rows: the same that a deletion under retention would take (`store.belongings`),
and what the store has about them beside: who looked, drafts, and actions for them in the records of others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from supervise.doing.here import Here
from supervise.doing.kept import Kept
from supervise.doing.sheet import Sheet
from supervise.errors import BadQuestion, NotAllowed
from supervise.fields import Holds
from supervise.store.access import Look
from supervise.store.belongings import belongings
from supervise.store.history import Entry, Line, entries, lines_of
from supervise.store.retention import OF_RECORDS, OWN
from supervise.store.rows import Row, kind_of
from supervise.wording import day as said_day
from supervise.wording import words
from supervise.workdays import day

Draft = tuple[str, list[tuple[str, str]]]
"""An unfinished record: what it is called, and what is written under each heading."""

_CODES = ("role", "clock", "plan")


class OwnRows:
    """What is held about a person. BadQuestion if there is nobody of that id."""

    def __init__(self, here: Here, person: str) -> None:
        self.here, self.store, self.person = here, here.store, person
        row = here.store.row("person", person)
        if row is None:
            raise BadQuestion(f"There is nobody “{person}” here.", "Look for them by name.")
        self.row = row
        self.rows = {kind.name: list(self.store.rows(kind.name, person_id=person)) for kind in OWN}
        held = sorted(
            self.rows["session"], key=lambda each: str(each["held_on"] or each["planned_on"] or "")
        )
        self.sessions = [each["id"] for each in held]
        self._people = {each["id"]: each["name"] for each in self.store.rows("person")}

    @property
    def team(self) -> str | None:
        """The team they were in last."""
        posts = sorted(self.rows["post"], key=lambda each: str(each["from"]))
        return posts[-1]["team"] if posts else None

    def colleagues(self) -> set[str]:
        """The names of those who were ever in a team of theirs, or supervised them."""
        teams = {each["team"] for each in self.rows["post"]}
        ids = {row["person_id"] for row in self.store.rows("post") if row["team"] in teams}
        ids |= {
            row["supervisor_id"] for kind in ("post", "session", "agreement") for row in self.rows[kind]
        }
        return {self._people[id] for id in ids - {self.person} if id in self._people}

    def actions_with_others(self) -> list[Row]:
        """Actions for the person in the records of others."""
        mine = set(self.sessions)
        found = self.store.rows("action", person_id=self.person)
        return [row for row in found if row["session_id"] not in mine]

    @cached_property
    def history(self) -> list[tuple[Line, Entry]]:
        """Every entry of the history about what is theirs, with the line of its change, oldest first."""
        wanted = set(belongings(self.store.database, self.person, keeps_name=True).entries)
        numbers = sorted({number for number, _ in wanted})
        lines = {line.number: line for line in lines_of(self.store.database, numbers)}
        return [
            (lines[number], entry)
            for number in numbers
            for entry in reversed(list(entries(self.store.database, number)))
            if (number, entry.n) in wanted
        ]

    def looks(self) -> list[Look]:
        """Who looked at their records, or at papers about them, newest first."""
        return self.store.access.about([self.person, *self.sessions])

    def drafts(self) -> list[Draft]:
        """Their unfinished records."""
        return [self._draft(each.session) for each in Kept(self.store).about(self.person)]

    def _draft(self, session: str) -> Draft:
        try:
            sheet = Kept(self.store).get(session)
        except NotAllowed:
            return "An unfinished record that cannot be read", [
                ("What", "Kept by a newer version of Supervise.")
            ]
        assert sheet is not None, "it is listed"
        on = said_day(sheet.held_on) if sheet.held_on else "without a day yet"
        return f"Unfinished record, {on}", list(_written(sheet)) or [
            ("What", "Nothing is written in it yet.")
        ]

    def said(self, kind: str, name: str, value: Any) -> str:
        """A value of a field as people read it; a dash for none."""
        field = kind_of(kind).field(name)
        if value is None:
            return "–"
        if field.refers == "person":
            return str(self._people.get(value, value))
        if field.holds is Holds.DAY:
            return said_day(day(value))
        if field.holds is Holds.YES_NO:
            return "yes" if value else "no"
        return words(str(value)) if field.words or name in _CODES else str(value)

    def as_data(self) -> dict[str, Any]:
        """All of it as data: rows as they are stored, by kind."""
        parts = {
            kind.name: [row for id in self.sessions for row in self.store.rows(kind.name, session_id=id)]
            for kind in OF_RECORDS
        }
        return {
            "about": {"person": self.person, "name": self.row["name"], "as_at": self.store.today},
            "rows": {"person": [self.row], **self.rows, **parts},
            "actions_in_records_of_others": self.actions_with_others(),
            "unfinished": [{"title": title, "written": said} for title, said in self.drafts()],
            "history": [
                {"change": entry.change, "at": line.at, "by": line.by, "what": line.label, "kind": entry.kind,
                 "id": entry.id, "before": entry.before, "after": entry.after}
                for line, entry in self.history
            ],
            "looked": [each._asdict() for each in self.looks()],
        }  # fmt: skip


def _written(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What is written in an unfinished record."""
    for section in sheet.sections:
        if section.text.strip():
            yield section.heading, section.text
    for action in sheet.actions:
        if action.text.strip():
            yield "Action", " · ".join(filter(None, (action.text, action.owner)))
    for case in sheet.discussions:
        if not case.is_blank:
            yield f"Case {case.case_ref}", "\n".join(filter(None, case.texts)) or "Discussed."
    if sheet.notes.strip():
        yield "Notes", sheet.notes
