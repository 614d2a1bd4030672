"""Gathering the teams' exports in a service store: the plan against what is stored, and carrying it out
(floor 3). In a service store facts come and go in no other way."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from supervise import fields, taking_in, wording
from supervise.errors import BadFile, NotAllowed
from supervise.exchange.batch import Batch
from supervise.exchange.gather import make_gathering
from supervise.exchange.gathered import Gathering
from supervise.exchange.grids import grids_of
from supervise.exchange.oddities import oddities
from supervise.exchange.reading import read
from supervise.exchange.settling import Settled, settle
from supervise.exchange.sheets import is_folder
from supervise.exchange.sources import (
    NOTHING_SAID,
    About,
    Here,
    Row,
    Source,
    holdings_of,
    in_words,
    row_of,
    source_of,
)
from supervise.exchange.tracker.reading import is_interchange
from supervise.store import GATHER, Change, Store, backups
from supervise.workdays import Day, day

_SESSION = fields.SESSION.name


def sources(store: Store) -> list[Source]:
    """The exports that a service store has gathered, in the order of their names. NotAllowed in any other
    store, which also refuses --as-at, --same and --source for an import."""
    if not store.is_service:
        raise NotAllowed(
            "This is no service store, and has no sources.",
            "Name one with --store, or make one with “supervise new --service”.",
        )
    holdings: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows("holding"):
        holdings[row["source_id"]].append(row)
    found = [source_of(row, holdings[row["id"]]) for row in store.rows("source")]
    return sorted(found, key=lambda each: (each.name.casefold(), int(each.id)))


def where_from(store: Store, today: Day) -> list[str]:
    """Where the answers of a service store come from, and how old that is, in sentences; nothing for any
    other store."""
    if not store.is_service:
        return []
    return in_words([source_of(row, ()) for row in store.rows("source")], today)


def _here(store: Store) -> Here:
    return Here(
        tuple(sources(store)), store.rows_by_id, lambda kind, id: store.rows(kind, session_id=id)
    )


def plan_gathering(store: Store, path: Path, about: About | None, today: Day) -> Gathering:
    """What taking in a team's export would do. Nothing is stored.

    NotAllowed for a tracker; otherwise raises as `exchange.reading.read` and `exchange.gather.make_gathering`.
    """
    return plan_for(store, read_export(path), about, today)


def plan_for(store: Store, export: Batch, about: About | None, today: Day) -> Gathering:
    """The same for an export that is read."""
    policies = {row["id"]: row["toml"] for row in store.rows("policy")}
    last = store.history(1)
    asked = (today, day(store.today), (last[0].number if last else 0) + 1)
    plan = make_gathering(export, about or NOTHING_SAID, _here(store), policies, asked)
    plan.head = store.head()
    if not plan.again:
        kinds = ("person", "post", "absence")
        plan.warnings += oddities({kind: _after(store, plan.settled, kind) for kind in kinds}
                                  | {_SESSION: list(plan.settled.put.get(_SESSION, {}).values())})  # fmt: skip
    return plan


def read_export(path: Path) -> Batch:
    """Reads a team's export: no store is needed. NotAllowed for a tracker."""
    try:
        return read(path)
    except BadFile:
        if is_folder(path) or is_interchange(grids_of(path)):
            raise
    raise NotAllowed(
        f"{path.name} is no export of Supervise, and a service store takes nothing else.",
        "Import it into the team’s own store, and that team’s export here.",
    )


def _after(store: Store, settled: Settled, kind: str) -> list[Row]:
    """The rows of a kind as they would be, of the people whom the export holds."""
    people = settled.stands["person"].keys()
    owner = "id" if kind == "person" else "person_id"
    put, gone = settled.put.get(kind, {}), set(settled.gone.get(kind, ()))
    kept = (row for row in store.rows(kind) if row["id"] not in gone and row["id"] not in put)
    return [row for row in [*kept, *put.values()] if row[owner] in people]


def carry_out(store: Store, plan: Gathering, by: str, *, skip_bad_rows: bool = False) -> Change:
    """Take in what a plan holds: one change, after a backup. NotAllowed if some of it was refused, unless
    that is to be left out of a first export, or if the store is no longer as it was when the plan was made."""
    if plan.problems and skip_bad_rows and plan.replaces:  # what was left out would be taken out
        raise NotAllowed(
            f"Not everything in {plan.source} can be taken, and it would take the place of a whole export.",
            "Correct what is listed, and import it again.",
        )
    taking_in.refuse_if_bad(plan, skip_bad_rows)
    if plan.head != store.head():
        raise NotAllowed("The store has been changed since this was looked at.", "Import it again.")
    label = f"Import from {plan.source}"
    if old := plan.settled.old:
        label += f", in the place of its export as at {wording.full_day(old.as_at)}"
    return _carry_out(store, label, by, Settled() if plan.does_nothing else plan.settled)


def remove_source(store: Store, name: str, by: str) -> tuple[Source, Change]:
    """Take a source, by its name or number, out again: whatever no other source holds goes, as one change,
    after a backup. BadQuestion if there is none of that name, or more than one."""
    here = _here(store)
    source = here.find(name)
    settled = settle(here, source, None, {})
    return source, _carry_out(store, f"Take out the source {source.name}", by, settled)


def _carry_out(store: Store, label: str, by: str, settled: Settled) -> Change:
    old, new = settled.old, settled.new
    if store.is_on_disk and (old or new):
        backups.backup(store, "before-import")
    holdings = holdings_of(new) if new else []
    held = {row["id"] for row in store.rows("holding", source_id=old.id)} if old else set()
    with store.change(label, by=by, kind=GATHER) as change:
        change.open_purge_door(settled.signed)
        for kind in taking_in.PUT_ORDER:
            change.remove_all(kind, settled.gone.get(kind, ()))
        for kind in taking_in.PUT_ORDER:
            rows = settled.put.get(kind, {})
            if kind in taking_in.NEVER_ALTERED:
                change.remove_all(kind, rows.keys() & settled.was.get(kind, {}).keys())
            change.put_all(kind, rows.values())
        change.put_all("source", map(row_of, settled.sources), recorded=True)
        change.remove_all("holding", held - {row["id"] for row in holdings})
        change.put_all("holding", holdings)
        if old and not new:
            change.remove("source", old.id)
    return change
