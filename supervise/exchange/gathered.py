"""A plan for a service store, and what is told of it before anything is stored: plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from supervise import fields, wording
from supervise.exchange.batch import Batch, Place, Read
from supervise.exchange.people_here import Recognised
from supervise.exchange.plan import Difference, Plan
from supervise.exchange.recognising import Given, rewritten
from supervise.exchange.settling import Settled
from supervise.exchange.sources import Row, Rows, Same, Source, called, overlapping, written
from supervise.workdays import Day


@dataclass(slots=True)
class Gathering(Plan):
    """A plan for a service store: what is `settled`, and whether it is only the same export once `again`.
    `head` is the end of the history that the plan was made against."""

    settled: Settled = field(default_factory=Settled)
    again: bool = False
    head: str = ""

    @property
    def does_nothing(self) -> bool:
        """Whether carrying it out would change nothing."""
        return self.again

    @property
    def replaces(self) -> Source | None:
        """The source in whose place the export comes; None if it is a new one."""
        return self.settled.old


def tell_source(plan: Gathering, export: Source, today: Day) -> None:
    """Which source it is, how old, what it holds, and what it has in common with others."""
    old, dates = plan.replaces, export.dated(today)
    if plan.again:
        plan.about.append(f"“{export.name}” is here already, {dates}.")
        return
    if old:
        plan.about.append(
            f"A newer export of “{old.name}”, {dates}, in the place of that {old.dated(today)}."
        )
    else:
        plan.about.append(f"A new source: “{export.name}”, {dates}.")
    people, sessions = len(export.held("person")), len(export.held("session"))
    holds = f"{wording.counted(people, 'person', 'people')} and {wording.counted(sessions, 'session')}"
    plan.about.append(f"Teams: {', '.join(export.teams) or 'none'}. It holds {holds}.")
    if plan.settled.signed:
        what = wording.counted(len(plan.settled.signed), "signed record")
        plan.about.append(f"As the exports now say, {what} will be altered or taken out.")
    if old and old.as_at == export.as_at:
        plan.warnings.append("Both are as at the same day: be sure that this is the later one.")
    plan.warnings += overlapping(plan.settled.after, export)


def tell_who(plan: Gathering, people: Recognised, same: Same) -> None:
    """Who was recognised as whom, what is to be looked at, and ids that are others here."""
    if plan.again:
        return
    plan.told["recognised"] = people.told
    plan.warnings += people.doubts
    before: Same = plan.replaces.same if plan.replaces else {}
    for kind in ("session", "action"):
        new = {id: to for id, to in same[kind].items() if to != id and id not in before.get(kind, {})}
        if new:
            one = min(new)
            plan.warnings.append(
                f"{wording.counted(len(new), kind)} in it under ids that stand for others here, with ids of"
                f" their own now ({one} is {new[one]})."
            )


def tell_rows(plan: Gathering, rows: Rows, place: Callable[[str, Row], Place]) -> None:
    """What would be added, changed, kept as other sources have it, and taken out."""
    done = plan.settled
    out = []
    for kind in fields.KINDS:
        was, found = done.was.get(kind.name, {}), rows.get(kind.name, {})
        put = done.put.get(kind.name, {})
        if new := sum(id not in was for id in put):
            plan.added[kind.name] = new
        for id, row in put.items():
            if id in was:
                where = place(kind.name, found[id]) if id in found else Place(kind.sheet)
                plan.changed += _differing(where, kind.name, was[id], row)
        for id, row in found.items():
            standing = done.stands[kind.name][id]
            plan.unchanged += row == standing == was.get(id)
            if row != standing:
                plan.kept += _kept(plan, kind.name, row, standing, place)
        if gone := done.gone.get(kind.name):
            out.append(f"{len(gone):,} in {kind.sheet}")
    plan.told["taken out, for no export holds them any more"] = out


def _differing(where: Place, kind: str, was: Row, row: Row, kept: str | None = None) -> list[Difference]:
    return [
        Difference(
            Place(where.file, where.line, name), kind, row["id"], name, was[name], row[name], kept
        )
        for name in row
        if row[name] != was[name]
    ]


def _kept(
    plan: Gathering,
    kind: str,
    row: Row,
    standing: Row | None,
    place: Callable[[str, Row], Place],
) -> list[Difference]:
    """What a row of the file says that does not stand, because other sources say it otherwise."""
    after, new = plan.settled.after, plan.settled.new
    names = [called(each, after) for each in after if each is not new and row["id"] in each.held(kind)]
    why = f"as {wording.joined(names)} has it" if names else "with a record of another source"
    if standing is None:
        said = next(str(value) for name, value in row.items() if name != "id" and value is not None)
        return [Difference(place(kind, row), kind, "", "", None, said, why)]
    found = _differing(place(kind, row), kind, standing, row, why)
    return [each for each in found if each.given is not None and each.field != "recorded_on"]


def places(reads: Mapping[str, list[Read]], given: Given, same: Same) -> Callable[[str, Row], Place]:
    """Gives where in the file a row stands, by what it says; looked up only for what is told."""
    known: dict[str, dict[str, Place]] = {}

    def place(kind: str, row: Row) -> Place:
        if kind not in known:
            known[kind] = {}
            for one, read in zip(given[kind], reads[kind], strict=True):
                (ours,) = rewritten({kind: [one]}, same)[kind].values()
                known[kind][_content(kind, ours)] = read.place
        return known[kind][_content(kind, row)]

    return place


def _content(kind: str, row: Row) -> str:
    own = fields.BY_NAME[kind].id_column is not None
    return written({name: value for name, value in row.items() if own or name != "id"})


def tell_policies(plan: Gathering, batch: Batch, policies: Mapping[str, str]) -> None:
    """A service goes by its own policies: those of the teams are not taken."""
    for policy in batch.policies.values():
        if policies.get(policy.id) != policy.text:
            plan.notes.append(
                f"The policy “{policy.id}” in it is not taken: a service store goes by its own."
                " “supervise policy add” puts one into force."
            )
