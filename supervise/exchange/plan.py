"""What an import would do, before anything is stored: plain data, the same for window and terminal.

A row that is new is added. Of a known row, cells that differ are changed where nobody has edited or
signed the row here; what was edited or signed here is kept, and the difference listed. An empty cell, or a
row that has gone, deletes nothing. Reading the same file twice changes nothing (interchange, section 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supervise import fields
from supervise.exchange.batch import Batch, Place, Problem, Read, contradictions
from supervise.fields import Kind
from supervise.policies import Policy

if TYPE_CHECKING:
    from supervise.exchange.tracker.found import Tracker

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than the store: both values, and whether the store keeps its own
    (`kept` is then the reason) or takes the new one (`kept` None)."""

    place: Place
    kind: str
    id: str
    field: str
    stored: Any
    given: Any
    kept: str | None = None


@dataclass(slots=True)
class Plan:
    """What an import would do. `rows` are whole rows to put, by kind, new or changed, in file order;
    `tracker` is how a tracker was read, where it was one. `about` is what to say of the whole first, `told`
    lists under what they are lists of."""

    source: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    changed: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    policies: list[Policy] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    tracker: Tracker | None = None

    @property
    def does_nothing(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not any(self.rows.values()) and not self.policies


@dataclass(frozen=True, slots=True)
class Stored:
    """What the plan asks the store: the rows of a kind, the ids of a kind, policies' texts by id, why a row
    may not be overwritten (None if it may: nobody edited or signed it here), whether the session of an id
    is signed, and how rows of a kind once were that have been altered since (several times, perhaps)."""

    rows: Callable[[str], Iterable[Row]]
    ids: Callable[[str], set[str]]
    policies: Mapping[str, str]
    protected: Callable[[str, str], str | None]
    signed: Callable[[str], bool]
    former: Callable[[str], Iterable[Row]]


def make_plan(batch: Batch, stored: Stored) -> Plan:
    """The plan for a batch against what is stored. Refused rows are in its `problems`."""
    plan = Plan(batch.source, problems=list(batch.problems), notes=list(batch.notes))
    good = with_known_references(batch, stored.ids, plan)
    for kind in fields.KINDS:
        if good.get(kind.name):
            _plan_kind(kind, good[kind.name], stored, plan)
    _plan_policies(batch.policies, stored, plan)
    return plan


def with_known_references(
    batch: Batch, ids: Callable[[str], set[str]], plan: Plan
) -> dict[str, list[Read]]:
    """The rows whose references lead somewhere: to one of the `ids` of a kind in the store, or to a row that
    is itself taken. The others are added to the plan's `problems`."""
    good = {kind: list(rows) for kind, rows in batch.rows.items()}
    targets = ("person", "session", "action")
    known = {name: ids(name) for name in targets}
    while True:
        there = {
            name: known[name] | {read.values["id"] for read in good.get(name, ())} for name in targets
        }
        refused = 0
        for name, rows in good.items():
            links = [(field.name, field.refers) for field in fields.BY_NAME[name].fields]
            sound = [read for read in rows if not _dangling(read, links, there, plan)]
            refused += len(rows) - len(sound)
            good[name] = sound
        if not refused:
            return good


def _dangling(
    read: Read, links: list[tuple[str, str | None]], ids: dict[str, set[str]], plan: Plan
) -> bool:
    """Whether a row refers to nobody, which is then told."""
    for name, target in links:
        value = read.values.get(name)
        if value is not None and target and value not in ids[target]:
            place = Place(read.place.file, read.place.line, name)
            plan.problems.append(Problem(place, f"there is no {target} “{value}” here or in the file"))
            return True
    return False


def _plan_kind(kind: Kind, reads: list[Read], stored: Stored, plan: Plan) -> None:
    wanted: list[dict[str, Any]] = []
    for read, known in _paired(kind, reads, stored):
        if known:
            changed = _differences(kind, known, read, stored, plan)
            wanted += [changed] if changed else []
        elif kind in fields.RECORD_PARTS and stored.signed(read.values["session_id"]):
            # The record is locked: what its file says beyond it is told, and nothing is added.
            plan.kept.append(
                Difference(read.place, kind.name, "", "", None, _said_by(kind, read), "signed")
            )
        else:
            values = {field.name: read.values.get(field.name) for field in kind.fields}
            if kind.id_column:
                values["id"] = read.values["id"]
            wanted.append(values)
            plan.added[kind.name] = plan.added.get(kind.name, 0) + 1
    if wanted:
        plan.rows[kind.name] = wanted


def _said_by(kind: Kind, read: Read) -> str:
    """A row in a few words: its sentences, if it has any."""
    prose = [field.name for field in kind.fields if field.prose and read.values.get(field.name)]
    return str(read.values[prose[0]] if prose else read.values[kind.key[-1]])


def _key(kind: Kind, row: Row) -> Any:
    """By what a row is known again."""
    return row["id"] if kind.id_column else tuple(row.get(name) for name in kind.key)


def _paired(kind: Kind, reads: list[Read], stored: Stored) -> list[tuple[Read, Row | None]]:
    """Each row read with the stored one that it is, if any, in file order.

    Of several alike, those that say the same belong together. A row known only as it was before somebody
    altered it here is that row all the same, and no new one.
    """
    rows = {row["id"]: row for row in stored.rows(kind.name)}
    found: dict[int, Row] = {}
    _pair(kind, reads, rows.values(), found, _same)
    _pair(kind, reads, rows.values(), found, lambda read, row: True)
    if not kind.id_column and len(found) < len(reads):
        former = [
            {**was, "now": rows[was["id"]]} for was in stored.former(kind.name) if was["id"] in rows
        ]
        _pair(kind, reads, former, found, lambda read, row: True)
    return [(read, found.get(at)) for at, read in enumerate(reads)]


def _pair(
    kind: Kind,
    reads: list[Read],
    rows: Iterable[Row],
    found: dict[int, Row],
    fits: Callable[[Read, Row], bool],
) -> None:
    """Adds to `found` (by position among the reads) the rows that have a read's key, fit it, and are free."""
    taken = {row["id"] for row in found.values()}
    free: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        free[_key(kind, row)].append(row)
    for at, read in enumerate(reads):
        for row in free.get(_key(kind, read.values), ()) if at not in found else ():
            if row["id"] not in taken and fits(read, row):
                found[at] = row.get("now", row)
                taken.add(row["id"])
                break


def _same(read: Read, row: Row) -> bool:
    """Whether a row read says nothing else than a stored one."""
    return all(given is None or given == row.get(name) for name, given in read.values.items())


def _differences(
    kind: Kind, known: Row, read: Read, stored: Stored, plan: Plan
) -> dict[str, Any] | None:
    """The row to put, or None where nothing is to be changed; every difference is listed."""
    differing = [
        name for name, given in read.values.items() if given is not None and given != known.get(name)
    ]
    if not differing:
        plan.unchanged += 1
        return None
    row = {**known, **{name: read.values[name] for name in differing}}
    why_kept = stored.protected(kind.name, known["id"])
    if not why_kept and (against := list(contradictions(kind, row))):
        for column, reason in against:
            place = Place(read.place.file, read.place.line, column)
            plan.problems.append(Problem(place, f"together with what is here, {reason}"))
        return None
    listed = plan.kept if why_kept else plan.changed
    for name in differing:
        place = Place(read.place.file, read.place.line, name)
        listed.append(
            Difference(place, kind.name, known["id"], name, known.get(name), read.values[name], why_kept)
        )
    return None if why_kept else row


def _plan_policies(policies: Mapping[str, Policy], stored: Stored, plan: Plan) -> None:
    for policy in policies.values():
        known = stored.policies.get(policy.id)
        if known is None:
            plan.policies.append(policy)
        elif known != policy.text:
            plan.notes.append(
                f"The policy “{policy.id}” here differs from the one in the store, which is kept."
            )
