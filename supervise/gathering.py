"""Gathering the teams' exports in a service store: the plan against what is stored, and carrying it out
(floor 3). In a service store facts come and go in no other way."""

from __future__ import annotations

from pathlib import Path

from supervise import fields, taking_in, wording
from supervise.errors import NotAllowed
from supervise.exchange.gather import make_gathering
from supervise.exchange.gathered import Gathering
from supervise.exchange.oddities import oddities
from supervise.exchange.reading import read
from supervise.exchange.settling import Settled, settle
from supervise.exchange.sources import About, Here, Row, Source, row_of, source_of
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
    found = [source_of(row) for row in store.rows("source")]
    return sorted(found, key=lambda each: (each.name.casefold(), int(each.id)))


def _here(store: Store) -> Here:
    return Here(
        tuple(sources(store)), store.rows_by_id, lambda kind, id: store.rows(kind, session_id=id)
    )


def plan_gathering(store: Store, path: Path, about: About, today: Day) -> Gathering:
    """What taking in a team's export would do. Nothing is stored.

    Raises as `taking_in.plan_import` and `exchange.gather.make_gathering` do.
    """
    policies = {row["id"]: row["toml"] for row in store.rows("policy")}
    last = store.history(1)
    # a new source is known by the number of the change that takes it in, which no other ever has
    number = str((last[0].number if last else 0) + 1)
    plan = make_gathering(read(path), about, _here(store), policies, (today, day(store.today), number))
    plan.head = store.head()
    if not plan.again:
        kinds = ("person", "post", "absence")
        plan.warnings += oddities({kind: _after(store, plan.settled, kind) for kind in kinds}
                                  | {_SESSION: list(plan.settled.put.get(_SESSION, {}).values())})  # fmt: skip
    return plan


def _after(store: Store, settled: Settled, kind: str) -> list[Row]:
    """The rows of a kind as they would be, of the people whom the export holds."""
    people = settled.stands["person"].keys()
    owner = "id" if kind == "person" else "person_id"
    put, gone = settled.put.get(kind, {}), set(settled.gone.get(kind, ()))
    kept = (row for row in store.rows(kind) if row["id"] not in gone and row["id"] not in put)
    return [row for row in [*kept, *put.values()] if row[owner] in people]


def carry_out(store: Store, plan: Gathering, by: str, *, skip_bad_rows: bool = False) -> Change:
    """Take in what a plan holds: one change, after a backup. NotAllowed if some of it was refused, unless
    that is to be left out, or if the store is no longer as it was when the plan was made."""
    taking_in.refuse_if_bad(plan, skip_bad_rows)
    if plan.head != store.head():
        raise NotAllowed("The store has been changed since this was looked at.", "Import it again.")
    label = f"Import from {plan.source}"
    if plan.replaces:
        label += f", in the place of its export as at {wording.full_day(plan.replaces.as_at)}"
    return _carry_out(store, label, by, Settled() if plan.does_nothing else plan.settled)


def remove_source(store: Store, name: str, by: str) -> tuple[Source, Change]:
    """Take a source, by its name or number, out again: whatever no other source holds goes, as one change,
    after a backup. BadQuestion if there is none of that name, or more than one."""
    here = _here(store)
    source = here.find(name)
    settled = settle(here, source, None, {})
    return source, _carry_out(store, f"Take out the source {source.name}", by, settled, source)


def _carry_out(
    store: Store, label: str, by: str, settled: Settled, gone: Source | None = None
) -> Change:
    if store.is_on_disk and (settled.sources or gone):
        backups.backup(store, "before-import")
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
        if gone:
            change.remove("source", gone.id)
    return change
