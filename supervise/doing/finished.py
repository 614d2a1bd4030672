"""Between a sheet and the rows of a record: reading a finished one back, and what finishing would put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supervise.doing.carrying import carried_counts, carried_on
from supervise.doing.checking import Known
from supervise.doing.here import Here
from supervise.doing.sheet import (
    CASE_TEXT,
    Sheet,
    action_row,
    discussion_rows,
    section_rows,
    session_row,
    sheet_of,
)
from supervise.fields import RECORD_PARTS
from supervise.policies import Rulebook
from supervise.service import allocation_of, person_of, post_of, session_of
from supervise.store import Change, Row, Store
from supervise.workdays import Day, iso_or_none

_STEPS = ("shared_on", "worker_signed_on", "supervisor_signed_on", "signed_how", "worker_view")
"""What is said of the words of a record, and no longer holds when they are altered."""
_WHY_NOT_HELD = ("reason", "cancelled_by")


def finished(store: Store, session: Row, prompts: Mapping[str, str | None]) -> Sheet:
    """A held session's record as a sheet; `prompts` help with headings that are still on the agenda."""
    parts = [list(store.rows(kind.name, session_id=session["id"])) for kind in RECORD_PARTS]
    sections, actions, discussions = parts
    sheet = sheet_of(session, sections, actions, discussions)
    for section in sheet.sections:
        section.prompt = prompts.get(section.heading)
    carried_counts(store, sheet)
    return sheet


@dataclass(frozen=True, slots=True)
class RecordRows:
    """What finishing a sheet puts: the session, the parts of its record by kind, earlier actions ticked
    off where they stand, and the ids of the parts that go."""

    session: Row
    parts: Mapping[str, list[Row]]
    ticked: list[Row]
    gone: Mapping[str, list[str]]

    def put(self, change: Change) -> None:
        """Puts it all. An action that may stand in a signed record is only ticked: its day of recording
        is locked with it."""
        change.put("session", self.session, recorded=True)
        for kind, rows in self.parts.items():
            change.remove_all(kind, self.gone[kind])
            change.put_all(kind, rows, recorded=True)
        change.put_all("action", self.ticked)


def record_rows(store: Store, sheet: Sheet) -> RecordRows:
    """What finishing this sheet puts, beside what stands in the store now."""
    there = {
        kind.name: {row["id"]: row for row in store.rows(kind.name, session_id=sheet.session)}
        for kind in RECORD_PARTS
    }
    actions, ticked = _action_rows(sheet, there["action"])
    parts = {
        "session_section": section_rows(sheet),
        "action": actions,
        "case_discussion": discussion_rows(sheet),
    }
    gone = {
        kind: [id for id in there[kind] if id not in {row["id"] for row in rows}]
        for kind, rows in parts.items()
    }
    session = session_row(sheet)
    before = store.row("session", sheet.session)
    if before is not None and before["status"] != "held":
        session |= dict.fromkeys(_WHY_NOT_HELD)
    elif before is not None and is_altered(store, before, sheet):
        session |= dict.fromkeys(_STEPS)
    return RecordRows(session, parts, ticked, gone)


def _action_rows(sheet: Sheet, there: Mapping[str, Row]) -> tuple[list[Row], list[Row]]:
    """The session's own actions, and the earlier ones that are done and so not carried."""
    own, ticked = [], []
    for action in sheet.actions:
        row = action_row(sheet, action)
        if action.id in there:
            own.append(row | {"person_id": there[action.id]["person_id"]})
        elif action.carried_from and action.done_on is not None:
            ticked.append({"id": action.carried_from, "done_on": row["done_on"]})
        elif not action.is_blank:
            own.append(row)
    return own, ticked


def is_altered(store: Store, session: Row, sheet: Sheet) -> bool:
    """Whether the sheet says anything else than the held session's record does. That an action has been
    done since is no alteration: it may be ticked off in a signed record too."""
    return _said(finished(store, session, {})) != _said(sheet)


def _said(sheet: Sheet) -> tuple[object, ...]:
    actions = [
        action_row(sheet, each) | {"done_on": None} for each in sheet.actions if not each.is_blank
    ]
    return session_row(sheet), section_rows(sheet), actions, discussion_rows(sheet)


def known_about(here: Here, sheet: Sheet) -> Known:
    """What the store knows around a sheet, for `checking`."""
    store = here.store
    person = store.row("person", sheet.person)
    session = store.row("session", sheet.session)
    that_day = store.rows(
        "session",
        person_id=sheet.person,
        kind=sheet.kind,
        status="held",
        held_on=iso_or_none(sheet.held_on),
    )
    discussions = list(store.rows("case_discussion", session_id=sheet.session))
    case_texts = sheet_of(session, [], [], discussions).discussions if session else []
    return Known(
        today=here.today(),
        person=person_of(person) if person else None,
        has_supervisor=bool(sheet.supervisor and store.row("person", sheet.supervisor)),
        posts=[post_of(row) for row in store.rows("post", person_id=sheet.person)],
        cases=[allocation_of(row) for row in store.rows("case_allocation", person_id=sheet.person)],
        stored=session_of(session) if session else None,
        is_altered=bool(session and session["status"] == "held" and is_altered(store, session, sheet)),
        others_that_day=sum(row["id"] != sheet.session for row in that_day),
        min_minutes=min_minutes(here.rulebook(), sheet.kind, sheet.held_on),
        carried_on=carried_on(store, sheet.session),
        case_texts=frozenset((each.id, each.texts) for each in case_texts),
        keeps_case_texts=bool(store.settings.get(CASE_TEXT)),
    )


def min_minutes(rulebook: Rulebook, kind: str, on: Day | None) -> int | None:
    """The shortest length that the policy of a day asks of a session of that kind, or None."""
    policy = None if on is None else rulebook.on(on)
    clocks = policy.clocks if policy else ()
    lengths = [clock.min_minutes for clock in clocks if kind in clock.counts and clock.min_minutes]
    return max(lengths, default=None)
