"""Actions from one supervision to the next.

An action that is not done is *carried*: the later record has an action of its own that names the earlier
one in `carried_from`, and the earlier one stays in its record as it was agreed. Open is what is neither
done nor carried on. An action that is done by the next time is ticked off where it stands, and not carried.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervise.doing.sheet import Sheet, SheetAction
from supervise.store import Row, Store
from supervise.store.lists import ActionThere, Lists
from supervise.workdays import Day, day


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """Something promised and not done: when it was first agreed (None if no session says), how many days
    ago that is, how often it has been carried since, and whether its day has passed."""

    id: str
    person: str
    text: str
    owner: str | None
    due_on: Day | None
    carried: int
    agreed_on: Day | None
    age: int | None
    is_overdue: bool


def open_actions(store: Store, as_at: Day, person: str) -> list[OpenAction]:
    """A person's open actions as at a day: the earliest due first, what has no day last."""
    return [_open(store, as_at, each) for each in Lists(store.database, as_at, [person]).open_actions()]


def _open(store: Store, as_at: Day, action: ActionThere) -> OpenAction:
    agreed = _first_agreed(store, action.id)
    return OpenAction(
        id=action.id,
        person=action.person,
        text=action.text,
        owner=action.owner,
        due_on=action.due_on,
        carried=action.carried,
        agreed_on=agreed,
        age=None if agreed is None else as_at - agreed,
        is_overdue=action.due_on is not None and action.due_on < as_at,
    )


def _first_agreed(store: Store, action_id: str) -> Day | None:
    """The earliest day on which a session with this action, or one it was carried from, was held."""
    held = []
    at: str | None = action_id
    met: set[str] = set()
    while at is not None and at not in met and (row := store.row("action", at)) is not None:
        met.add(at)
        session = store.row("session", row["session_id"])
        if session and session["held_on"]:
            held.append(day(session["held_on"]))
        at = row["carried_from"]
    return min(held, default=None)


def bring_along(store: Store, sheet: Sheet, as_at: Day) -> None:
    """Puts the person's open actions of earlier sessions on the sheet, those it lacks, to be carried."""
    here = {action.carried_from for action in sheet.actions} | {*sheet.left_open}
    here |= {action.id for action in sheet.actions}
    for action in Lists(store.database, as_at, [sheet.person]).open_actions():
        if action.id not in here and action.session != sheet.session:
            sheet.actions.append(
                SheetAction(
                    text=action.text,
                    owner=action.owner,
                    due_on=action.due_on,
                    carried_from=action.id,
                    carried=action.carried + 1,
                )
            )


def bring_up_to_date(store: Store, sheet: Sheet) -> None:
    """What became of the sheet's actions elsewhere since it was kept: ticked off, carried by another
    record, or gone with a change that was undone. What was typed on the sheet stays as it is."""
    own = {row["id"]: row for row in store.rows("action", session_id=sheet.session)}
    for action in sheet.actions:
        row = own[action.id] if action.id in own else _follow(store, sheet, action)
        was = day(row["done_on"]) if row and row["done_on"] else None
        if was != action.done_was:
            if action.done_on == action.done_was:
                action.done_on = was
            action.done_was = was


def _follow(store: Store, sheet: Sheet, action: SheetAction) -> Row | None:
    """The action that this one is to be carried from now: if another session has carried that meanwhile,
    the one it became there. None where it is gone; then this one is new."""
    at = store.row("action", action.carried_from) if action.carried_from else None
    if at is None:
        action.carried_from, action.carried = None, 0
        return None
    met = {at["id"]}
    while later := [
        row
        for row in store.rows("action", carried_from=at["id"])
        if row["session_id"] != sheet.session and row["id"] not in met
    ]:
        at = later[0]
        met.add(at["id"])
        action.carried += 1
    action.carried_from = at["id"]
    return at


def carried_counts(store: Store, sheet: Sheet) -> None:
    """Fills in how often each action of a finished record was carried."""
    counts = {action.id: action.carried for action in store.record(sheet.session).actions}
    for action in sheet.actions:
        action.carried = counts.get(action.id, 0)


def carried_on(store: Store, session_id: str) -> set[str]:
    """The ids of a record's actions that a later record has carried on."""
    return {
        row["id"]
        for row in store.rows("action", session_id=session_id)
        if any(True for _ in store.rows("action", carried_from=row["id"]))
    }
