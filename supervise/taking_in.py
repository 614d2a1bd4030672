"""Taking in files from outside: the plan against what is stored, and carrying it out (floor 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from supervise import trackers
from supervise.errors import NotAllowed
from supervise.exchange import plan as planning
from supervise.exchange.batch import Batch
from supervise.exchange.grids import Grid, grids_of
from supervise.exchange.oddities import oddities
from supervise.exchange.reading import read
from supervise.exchange.sheets import is_folder
from supervise.exchange.tracker.reading import is_interchange, tracker_of
from supervise.fields import BY_NAME, KINDS
from supervise.policies import Policy, Rulebook
from supervise.service import Row
from supervise.store import Change, Store, backups
from supervise.store.history import edited_rows
from supervise.store.rows import batches
from supervise.workdays import iso

#: What people have said stands as they said it; the store refuses to alter it.
NEVER_ALTERED = ("late_entry", "statement")

#: Parts of a record come before their session, so that one that comes in signed is locked when it is whole.
PUT_ORDER = tuple(sorted((kind.name for kind in KINDS), key=lambda name: name == "session"))


@dataclass(frozen=True, slots=True)
class Outside:
    """A file from outside, read and not understood yet: the `grids` of a tracker, or the `batch` of an
    interchange folder or workbook."""

    path: Path
    grids: Sequence[Grid] | None = None
    batch: Batch | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of row that a plan for it asks the store for."""
        rows = self.batch.rows.keys() if self.batch else ("explanation",)
        return tuple(dict.fromkeys((*_ASKED, *rows)))


_ASKED = ("person", "post", "absence", "session", "action")
"""Kinds of row that every plan looks at: what others refer to, and what may be odd."""


def read_file(path: Path) -> Outside:
    """Reads a file or folder: no store is needed. FileTrouble or BadFile where it cannot be read at all."""
    if is_folder(path):
        return Outside(path, batch=read(path))
    grids = grids_of(path)
    return Outside(path, batch=read(path)) if is_interchange(grids) else Outside(path, grids)


def plan_import(
    store: Store, path: Path, policies: Sequence[Policy], how: trackers.How
) -> planning.Plan:
    """What taking in a folder, workbook or tracker would do; `how` is for reading trackers. Nothing is
    stored.

    FileTrouble or BadFile where it cannot be read at all; rows that cannot be taken are the plan's
    `problems`. BadQuestion if its policies cannot stand beside those of the store.
    """
    return plan_for(read_file(path), known_now(store), policies, how)


def plan_for(
    outside: Outside, known: trackers.Known, policies: Sequence[Policy], how: trackers.How
) -> planning.Plan:
    """The same for a file that is read, against what is known: a `snapshot`, if it is not to touch the
    store. Raises as `plan_import`."""
    if outside.batch is not None:
        plan = planning.make_plan(outside.batch, known.stored)
    else:
        tracker = tracker_of(outside.path, outside.grids or [], how.answers, how.today)
        plan = trackers.plan_of(known, tracker, how)
    if plan.policies:
        Rulebook([*policies, *plan.policies])
    rows = {kind: _after(known.stored, plan, kind) for kind in ("person", "post", "absence")}
    plan.warnings += oddities(rows | {"session": plan.rows.get("session", [])})
    return plan


def known_now(store: Store) -> trackers.Known:
    """What a plan asks, asked of the store when it is."""

    def sessions(people: Iterable[str]) -> Iterable[Row]:
        return chain.from_iterable(store.rows("session", person_id=person) for person in sorted(people))

    def protected(kind: str, id: str) -> str | None:
        row = store.row(kind, id) or {}
        session = row if kind == "session" else store.row("session", row.get("session_id") or "")
        return _why_kept(kind, session, lambda: store.edited_here(kind, id))

    stored = planning.Stored(
        rows=store.rows,
        ids=lambda kind: {row["id"] for row in store.rows(kind)},
        policies=_policies(store),
        protected=protected,
        signed=lambda id: _is_signed(store.row("session", id)),
        former=lambda kind: (each.before for each in store.corrections([kind])),
    )
    return trackers.Known(stored, sessions, _store_id(store))


def snapshot(store: Store, kinds: Sequence[str]) -> Generator[tuple[int, int], None, trackers.Known]:
    """The same, read beforehand for rows of these kinds: plain values, with which a plan can be made beside
    the window. Read in steps; what it returns holds as long as the store does not change."""
    rows: dict[str, dict[str, Row]] = {}
    former: dict[str, list[Row]] = {}
    for at, kind in enumerate(kinds):
        rows[kind] = {}
        for some in batches(store.rows(kind), _STEP):
            rows[kind].update((row["id"], row) for row in some)
            yield at, len(kinds)
        if BY_NAME[kind].id_column is None:
            former[kind] = [each.before for each in store.corrections([kind])]
            yield at, len(kinds)
    edited = edited_rows(store.database, kinds)
    return _known_by(rows, former, edited, _policies(store), _store_id(store))


_STEP = 1_000
"""Rows read in one step."""


def _known_by(
    rows: Mapping[str, Mapping[str, Row]],
    former: Mapping[str, Sequence[Row]],
    edited: Container[tuple[str, str]],
    policies: Mapping[str, str],
    store_id: str,
) -> trackers.Known:
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows["session"].values():
        by_person[row["person_id"]].append(row)

    def sessions(people: Iterable[str]) -> Iterable[Row]:
        return chain.from_iterable(by_person.get(person, ()) for person in sorted(people))

    def protected(kind: str, id: str) -> str | None:
        row = rows[kind].get(id, {})
        session = row if kind == "session" else rows["session"].get(row.get("session_id") or "")
        return _why_kept(kind, session, lambda: (kind, id) in edited)

    stored = planning.Stored(
        rows=lambda kind: rows[kind].values(),
        ids=lambda kind: set(rows[kind]),
        policies=policies,
        protected=protected,
        signed=lambda id: _is_signed(rows["session"].get(id)),
        former=lambda kind: former[kind],
    )
    return trackers.Known(stored, sessions, store_id)


def _policies(store: Store) -> dict[str, str]:
    return {row["id"]: row["toml"] for row in store.rows("policy")}


def _store_id(store: Store) -> str:
    return store.settings.get("store_id") or ""


def _why_kept(kind: str, session: Row | None, is_edited: Callable[[], bool]) -> str | None:
    """Why a later copy of a file may not overwrite a row: edited here, signed, or never altered. `session`
    is the row's own, or the row itself."""
    if _is_signed(session):
        return "signed"
    if kind in NEVER_ALTERED:
        return "never altered"
    return "edited here" if is_edited() else None


def _after(stored: planning.Stored, plan: planning.Plan, kind: str) -> list[Row]:
    """The rows of a kind as they would be."""
    planned = plan.rows.get(kind, [])
    replaced = {row["id"] for row in planned if row.get("id")}
    return [row for row in stored.rows(kind) if row["id"] not in replaced] + [*planned]


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
