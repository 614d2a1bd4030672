"""A supervision while it is being written: plain data that the window edits in place, kept as a draft.

A draft is JSON marked with a version. One that a newer Supervise kept, or that does not read back, is told
of and left as it is: nobody's words are thrown away because they cannot be read today.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from supervise.errors import NotAllowed
from supervise.store import Row
from supervise.store.rows import new_id
from supervise.workdays import Day, day, iso_or_none

VERSION = 1
"""The version of drafts written here."""

CASE_TEXT = "case_text"
"""Under this name the store remembers why what is decided in a case is written here too, and not on the
child's own file alone. Without a reason it is not."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One line of an agenda: `part` is personal or case, `prompt` the question that helps to begin."""

    heading: str
    part: str = "personal"
    prompt: str | None = None


@dataclass(slots=True, kw_only=True)
class SheetSection:
    """A heading, and what has been written under it. The prompt helps and is not part of the record."""

    heading: str
    id: str = field(default_factory=new_id)
    position: int = 0
    part: str = "personal"
    prompt: str | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True)
class SheetAction:
    """An action agreed now, or an earlier one brought along: then `carried_from` names that one, and
    `carried` counts how often it has been carried, this time included. `done_was` is the day on which it
    was done by what the store says, so that a tick set elsewhere meanwhile is not lost."""

    text: str = ""
    id: str = field(default_factory=new_id)
    owner: str | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    carried_from: str | None = None
    carried: int = 0
    done_was: Day | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been entered: an empty line of the form, which becomes no action."""
        return not (self.text.strip() or self.owner or self.due_on or self.done_on or self.carried_from)


@dataclass(slots=True, kw_only=True)
class SheetDiscussion:
    """A case that was discussed, by its reference. The three texts belong on the child's own file and are
    entered here only where the service has said why (`CASE_TEXT`)."""

    case_ref: str = ""
    id: str = field(default_factory=new_id)
    recorded_on_file: Day | None = None
    analysis: str | None = None
    decision: str | None = None
    rationale: str | None = None

    @property
    def texts(self) -> tuple[str | None, str | None, str | None]:
        """What was written about the case itself."""
        return self.analysis or None, self.decision or None, self.rationale or None

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been entered."""
        return not (self.case_ref.strip() or self.recorded_on_file or any(self.texts))


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One supervision being written up. `session` is the id of a planned or held session, or one made for
    this sheet; days are numbers, times hh:mm. `left_open` are the ids of earlier actions that were taken
    off this sheet: they stay open where they are."""

    session: str = field(default_factory=new_id)
    person: str
    supervisor: str | None = None
    kind: str = "one_to_one"
    held_on: Day | None = None
    started_at: str | None = None
    minutes: int | None = None
    interrupted: bool | None = None
    place: str | None = None
    sections: list[SheetSection] = field(default_factory=list)
    actions: list[SheetAction] = field(default_factory=list)
    discussions: list[SheetDiscussion] = field(default_factory=list)
    notes: str = ""
    left_open: list[str] = field(default_factory=list)

    def leave_off(self, action_id: str) -> None:
        """Takes an action off the sheet. One that was brought along stays open where it came from."""
        for action in self.actions:
            if action.id == action_id and action.carried_from:
                self.left_open.append(action.carried_from)
        self.actions = [action for action in self.actions if action.id != action_id]

    def to_json(self) -> str:
        """The sheet as a draft."""
        return json.dumps({"version": VERSION, "sheet": asdict(self)})


def read_sheet(body: str) -> Sheet:
    """The sheet that a draft holds. NotAllowed if a newer Supervise kept it, or if it cannot be read."""
    try:
        told = json.loads(body)
        version = told["version"]
        if type(version) is int and version > VERSION:
            raise NotAllowed(
                "This draft was kept by a newer version of Supervise, and stays as it is.",
                "Install the newer version to go on with it.",
            )
        if version != VERSION:
            raise ValueError("no such version")
        return _read(Sheet, told["sheet"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotAllowed(
            "This draft cannot be read, and stays as it is.",
            "Begin a new record; throw the draft away only if you do not need it.",
        ) from error


def _read(kind: type[T], told: Any) -> T:
    """A record of plain data, each field of the type that it is declared with. ValueError otherwise."""
    hints = get_type_hints(kind)
    if not isinstance(told, dict) or told.keys() != hints.keys():
        raise ValueError(f"not the fields of a {kind.__name__}")
    return kind(**{name: _value(hint, told[name]) for name, hint in hints.items()})


def _value(hint: Any, told: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return _read(hint, told)
    if get_origin(hint) is list and isinstance(told, list):
        (of,) = get_args(hint)
        return [_value(of, each) for each in told]
    if type(told) not in (get_args(hint) or (hint,)):
        raise ValueError(f"not a {hint}")
    return told


# Sheets and rows


def numbered(agenda: Iterable[Heading]) -> list[SheetSection]:
    """The sections that an agenda begins with, numbered from 1."""
    return [
        SheetSection(heading=each.heading, part=each.part, prompt=each.prompt, position=n)
        for n, each in enumerate(agenda, 1)
    ]


def sheet_of(
    session: Row, sections: Sequence[Row], actions: Sequence[Row], discussions: Sequence[Row]
) -> Sheet:
    """The sheet that a finished record reads back as, without prompts and counts of carrying."""
    return Sheet(
        session=session["id"],
        person=session["person_id"],
        supervisor=session["supervisor_id"],
        held_on=_day(session["held_on"]),
        notes=session["notes"] or "",
        **{name: session[name] for name in ("kind", "started_at", "minutes", "interrupted", "place")},
        sections=[
            SheetSection(
                id=row["id"],
                position=row["position"],
                part=row["part"],
                heading=row["heading"],
                text=row["text"] or "",
            )
            for row in sorted(sections, key=lambda row: row["position"])
        ],
        actions=[action_of(row) for row in actions],
        discussions=[
            SheetDiscussion(
                recorded_on_file=_day(row["recorded_on_file"]),
                **{name: row[name] for name in ("id", "case_ref", "analysis", "decision", "rationale")},
            )
            for row in discussions
        ],
    )


def action_of(row: Row) -> SheetAction:
    """The action of a row, as it stands."""
    done_on = _day(row["done_on"])
    return SheetAction(
        due_on=_day(row["due_on"]),
        done_on=done_on,
        done_was=done_on,
        **{name: row[name] for name in ("id", "text", "owner", "carried_from")},
    )


def session_row(sheet: Sheet) -> Row:
    """The session that the sheet says was held."""
    return {
        "id": sheet.session,
        "person_id": sheet.person,
        "supervisor_id": sheet.supervisor,
        "kind": sheet.kind,
        "status": "held",
        "held_on": iso_or_none(sheet.held_on),
        "started_at": sheet.started_at,
        "minutes": sheet.minutes,
        "interrupted": sheet.interrupted,
        "place": written(sheet.place),
        "notes": written(sheet.notes),
    }


def section_rows(sheet: Sheet) -> list[Row]:
    """Every heading of the sheet in its order, those without words too: the record keeps its agenda."""
    positions = [section.position for section in sheet.sections]
    if positions != sorted(set(positions)):
        positions = list(range(1, len(positions) + 1))
    return [
        {
            "id": section.id,
            "session_id": sheet.session,
            "position": n,
            "part": section.part,
            "heading": written(section.heading),
            "text": written(section.text),
        }
        for n, section in zip(positions, sheet.sections, strict=True)
    ]


def action_row(sheet: Sheet, action: SheetAction) -> Row:
    """An action of this session, new or carried on."""
    return {
        "id": action.id,
        "session_id": sheet.session,
        "person_id": sheet.person,
        "text": written(action.text),
        "owner": written(action.owner),
        "due_on": iso_or_none(action.due_on),
        "done_on": iso_or_none(action.done_on),
        "carried_from": action.carried_from,
    }


def discussion_rows(sheet: Sheet) -> list[Row]:
    """The cases that were discussed."""
    return [
        {
            "id": case.id,
            "session_id": sheet.session,
            "case_ref": (written(case.case_ref) or "").strip(),
            "recorded_on_file": iso_or_none(case.recorded_on_file),
            **{name: written(getattr(case, name)) for name in ("analysis", "decision", "rationale")},
        }
        for case in sheet.discussions
        if not case.is_blank
    ]


def written(text: str | None) -> str | None:
    """What somebody wrote, as typed; None if there are only spaces. Half a character, as some programs
    paste them, becomes a mark that says so: a store cannot hold it."""
    if text is None or not text.strip():
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _day(text: str | None) -> Day | None:
    return None if text is None else day(text)
