"""Planning what taking a team's export into a service store would do: plain data in, plain data out.

An export is whole by itself: whatever a row refers to must be in the same file. Unlike a later copy of a file
in an ordinary store, a newer export takes the place of the older one: what it holds no more goes, unless
another source holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from supervise import fields, wording
from supervise.errors import BadQuestion, NotAllowed
from supervise.exchange.batch import Batch, Read
from supervise.exchange.gathered import (
    Gathering,
    places,
    tell_policies,
    tell_rows,
    tell_source,
    tell_who,
)
from supervise.exchange.people_here import Recognised, recognise
from supervise.exchange.plan import with_known_references
from supervise.exchange.recognising import Given, rewritten, source_of_file, things_here
from supervise.exchange.settling import settle
from supervise.exchange.sources import (
    About,
    Here,
    Row,
    Rows,
    Same,
    Source,
    dated,
    teams_of,
    whole,
)
from supervise.workdays import Day

NEW = "new"
"""What is said of an export that is no newer one of a source here, in the place of that source's name."""

Asked = tuple[Day, Day, int]
"""Today, the day on which an export is taken in, and the number of the change that will do so. It is also the
id of a source that is new: no other ever has it."""


def make_gathering(
    batch: Batch, about: About, here: Here, policies: Mapping[str, str], asked: Asked
) -> Gathering:
    """The plan for an export; `policies` are the texts here by id.

    BadQuestion if nothing says how old the export is, or what somebody says of it makes no sense;
    NotAllowed if a newer export of the same source is here. Refused rows are in the plan's `problems`.
    """
    today, taken_on, number = asked
    as_at, by = _as_at(batch, about, today)
    plan = Gathering(batch.source, problems=list(batch.problems), notes=list(batch.notes))
    reads = with_known_references(batch, lambda kind: set(), plan)
    given = {kind: [_row(kind, read) for read in some] for kind, some in reads.items()}
    old = _older(given, about, as_at, here)
    people, same = _same(given, old, about, here)
    rows = rewritten(given, same)
    new = Source(
        old.id if old else str(number), batch.source, as_at, by, taken_on, number,
        tuple(sorted(teams_of(rows.get("post", {}).values(), as_at))),
        {kind: frozenset(found) for kind, found in rows.items() if found},
        _remembered(same, people),
    )  # fmt: skip
    if old and _says_the_same(old, new, rows, here):
        if about.as_at is None:
            new = replace(new, as_at=old.as_at, as_at_by=old.as_at_by)
        plan.again = (new.as_at, new.same) == (old.as_at, old.same)
    elif old:
        _refuse_older(old, new, today)
    plan.settled = settle(here, old, new, rows)
    tell_source(plan, plan.settled.new or new, today)
    tell_who(plan, people, same)
    tell_rows(plan, rows, places(reads, given, same))
    tell_policies(plan, batch, policies)
    return plan


def _row(kind: str, read: Read) -> Row:
    """The whole row that a line of a file makes; with the file's id, if it has one."""
    row = whole(kind, read.values.get("id", ""), read.values)
    if not fields.BY_NAME[kind].id_column:
        del row["id"]
    return row


def _as_at(batch: Batch, about: About, today: Day) -> tuple[Day, str]:
    if about.as_at is not None:
        if about.as_at > today:
            raise BadQuestion(
                f"{wording.full_day(about.as_at)} is still to come.", "Give the day of the export."
            )
        return about.as_at, "given"
    found = dated({kind: [read.values for read in reads] for kind, reads in batch.rows.items()}, today)
    if found is None:
        raise BadQuestion(
            f"Nothing in {batch.source} says how old it is.", "Say its day with --as-at DAY."
        )
    return found


def _older(given: Given, about: About, as_at: Day, here: Here) -> Source | None:
    """The source in whose place an export comes."""
    if about.source is None:
        return source_of_file(given, as_at, here)
    return None if about.source == NEW else here.find(about.source)


def _same(given: Given, old: Source | None, about: About, here: Here) -> tuple[Recognised, Same]:
    """Who is who, and the ids here of all people, sessions and actions in a file."""
    others = [source for source in here.sources if source is not old]
    before: Same = old.same if old else {}
    people = recognise(given.get("person", ()), before.get("person", {}), about.same, others, here)
    same = {"person": people.to}
    for kind in ("session", "action"):
        rows = {row["id"]: row for row in given.get(kind, ())}
        ours = {row["id"]: row for row in _referring(kind, rows, same)}
        same[kind] = things_here(kind, ours, before.get(kind, {}), others, here)
    return people, same


def _referring(kind: str, rows: Mapping[str, Row], same: Same) -> list[Row]:
    """The rows of a kind under their own ids, with references to ids here."""
    return list(rewritten({kind: list(rows.values())}, same)[kind].values())


def _remembered(same: Same, people: Recognised) -> Same:
    """What a newer export of the source will be told: ids that are others here, and who was answered for."""
    moved = {kind: {a: b for a, b in ids.items() if a != b} for kind, ids in same.items()}
    return {kind: ids for kind, ids in {**moved, "person": people.remembered}.items() if ids}


def _says_the_same(old: Source, new: Source, rows: Rows, here: Here) -> bool:
    """Whether an export says what the one here says."""
    if old.holds != new.holds:
        return False
    return all(here.said(old, kind) == found for kind, found in rows.items() if found)


def _refuse_older(old: Source, new: Source, today: Day) -> None:
    if new.as_at < old.as_at:
        raise NotAllowed(
            f"An export of “{old.name}” {old.dated(today)}, is here already, and this one is older"
            f" (as at {wording.full_day(new.as_at)}, {new.known_by()}).",
            "Import the newest export; if this is it, say its day with --as-at.",
        )
