"""Taking in files from outside: the plan against what is stored, and carrying it out (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from supervise import trackers
from supervise.errors import NotAllowed
from supervise.exchange import plan as planning
from supervise.exchange.oddities import oddities
from supervise.exchange.reading import read
from supervise.fields import KINDS
from supervise.policies import Policy, Rulebook
from supervise.service import Row
from supervise.store import Change, Store, backups
from supervise.workdays import iso

#: What people have said stands as they said it; the store refuses to alter it.
NEVER_ALTERED = ("late_entry", "statement")

#: Parts of a record come before their session, so that one that comes in signed is locked when it is whole.
PUT_ORDER = tuple(sorted((kind.name for kind in KINDS), key=lambda name: name == "session"))


def plan_import(
    store: Store, path: Path, policies: Sequence[Policy], how: trackers.How
) -> planning.Plan:
    """What taking in a folder, workbook or tracker would do; `how` is for reading trackers. Nothing is
    stored.

    FileTrouble or BadFile where it cannot be read at all; rows that cannot be taken are the plan's
    `problems`. BadQuestion if its policies cannot stand beside those of the store.
    """
    stored = _stored(store)
    tracker = trackers.read(path, how)
    if tracker is not None:
        plan = trackers.plan_of(store, stored, tracker, how)
    else:
        plan = planning.make_plan(read(path), stored)
    if plan.policies:
        Rulebook([*policies, *plan.policies])
    plan.warnings += oddities({kind: _after(store, plan, kind) for kind in ("person", "post", "absence")}
                              | {"session": plan.rows.get("session", [])})  # fmt: skip
    return plan


def _stored(store: Store) -> planning.Stored:
    return planning.Stored(
        rows=store.rows,
        ids=lambda kind: {row["id"] for row in store.rows(kind)},
        policies={row["id"]: row["toml"] for row in store.rows("policy")},
        protected=lambda kind, id: _protected(store, kind, id),
        signed=lambda id: _is_signed(store.row("session", id)),
        former=lambda kind: (each.before for each in store.corrections([kind])),
    )


def _after(store: Store, plan: planning.Plan, kind: str) -> list[Row]:
    """The rows of a kind as they would be."""
    planned = plan.rows.get(kind, [])
    replaced = {row["id"] for row in planned if row.get("id")}
    return [row for row in store.rows(kind) if row["id"] not in replaced] + [*planned]


def _protected(store: Store, kind: str, row_id: str) -> str | None:
    """Why a later copy of a file may not overwrite a row: edited here, signed, or never altered."""
    row = store.row(kind, row_id) or {}
    session = row if kind == "session" else store.row("session", row.get("session_id") or "")
    if _is_signed(session):
        return "signed"
    if kind in NEVER_ALTERED:
        return "never altered"
    return "edited here" if store.edited_here(kind, row_id) else None


def carry_out(store: Store, plan: planning.Plan, by: str, *, skip_bad_rows: bool = False) -> Change:
    """Take in what a plan holds: one change, after a backup. NotAllowed if some of it was refused,
    unless that is to be left out: an import is all or nothing."""
    refuse_if_bad(plan, skip_bad_rows)
    if store.is_on_disk and not plan.does_nothing:
        backups.backup(store, "before-import")
    with store.change(f"Import from {plan.source}", by=by, kind="import") as change:
        put_policies(change, plan.policies)
        for kind in PUT_ORDER:
            if plan.rows.get(kind):
                change.put_all(kind, plan.rows[kind])
    if plan.tracker is not None:
        trackers.remember(store, plan.tracker.answers)
    return change


def refuse_if_bad(plan: planning.Plan, skip_bad_rows: bool) -> None:
    """NotAllowed if some rows of a plan were refused, unless those are to be left out."""
    if plan.problems and not skip_bad_rows:
        raise NotAllowed(
            f"Not everything in {plan.source} can be taken, so that nothing was stored.",
            "Correct what is listed, or leave those rows out.",
        )


def put_policies(change: Change, policies: Iterable[Policy]) -> None:
    """Put policies into the store, each with the day from which it is in force."""
    for policy in policies:
        begins = None if policy.effective_from is None else iso(policy.effective_from)
        change.put(
            "policy",
            {"id": policy.id, "title": policy.title, "effective_from": begins, "toml": policy.text},
        )


def _is_signed(session: Row | None) -> bool:
    """Whether both have signed, so that the record is locked."""
    return bool(session and session["worker_signed_on"] and session["supervisor_signed_on"])
