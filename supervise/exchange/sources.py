"""The exports that a service store gathers: what each holds, how old it is, and which one a file is.

A *source* is one team's export as it was taken in. Several may hold the same row: a worker who moved, a
supervisor of two teams, a store that began as a copy of another. What then stands is worked out in
`settling`; what a source says otherwise than stands is kept with it (`beside`), so that what the store
holds is always what its sources say together, whichever was taken in first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from supervise import fields, wording
from supervise.errors import BadQuestion
from supervise.workdays import Day, day, iso

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]
"""Rows by kind and id."""

Same = Mapping[str, Mapping[str, str]]
"""By kind: ids in a file that are other ids here."""

STALE = 35
"""Days after which an export is called stale: more than a month, with some days' grace."""

_BY = {"entry": "latest entry", "session": "latest session held", "given": "as given"}


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says of an export that nothing in it says: its day, which people are one (pairs
    “id in the file=id here”), and which source it is (its name or id, or “new”)."""

    as_at: Day | None = None
    same: tuple[str, ...] = ()
    source: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything was said."""
        return self.as_at is not None or bool(self.same) or self.source is not None


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True)
class Source:
    """An export as it was taken in. `as_at_by` says how its day is known (entry, session, given),
    `taken_by` is the number of the change that took it in; `holds` are the ids of its rows by kind;
    `overlaps`, by the id of another source, how many rows both hold and a digest of what both say of them.
    `beside` is what it says otherwise than stands here, by kind and id."""

    id: str
    name: str
    as_at: Day
    as_at_by: str
    taken_on: Day
    taken_by: int
    teams: tuple[str, ...] = ()
    holds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    same: Same = field(default_factory=dict)
    beside: Rows = field(default_factory=dict)
    overlaps: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def held(self, kind: str) -> frozenset[str]:
        """The ids of the rows of a kind that it holds."""
        return self.holds.get(kind, frozenset())

    def age(self, today: Day) -> int:
        """Its age in days."""
        return today - self.as_at

    def is_stale(self, today: Day) -> bool:
        """Whether it is older than a month and some days' grace."""
        return self.age(today) > STALE

    def known_by(self) -> str:
        """How its day is known, in words."""
        return _BY[self.as_at_by]

    def dated(self, today: Day) -> str:
        """ "as at 14 October 2019 (latest entry), 17 days old", and whether that is stale."""
        old = f"{wording.days(self.age(today))} old"
        stale = ", which is stale" if self.is_stale(today) else ""
        return f"as at {wording.full_day(self.as_at)} ({self.known_by()}), {old}{stale}"


def source_of(row: Mapping[str, Any], holdings: Iterable[Mapping[str, Any]]) -> Source:
    """The source that a row of the store tells of, with the rows that say what it holds."""
    read = {name: json.loads(row[name]) for name in ("teams", "same", "beside", "overlaps")}
    return Source(
        row["id"], row["name"], day(row["as_at"]), row["as_at_by"], day(row["taken_on"]),
        row["taken_by"], tuple(read["teams"]),
        {each["kind"]: frozenset(json.loads(each["ids"])) for each in holdings},
        read["same"],
        {kind: {id: whole(kind, id, said) for id, said in rows.items()}
         for kind, rows in read["beside"].items()},
        {id: (count, digest) for id, (count, digest) in read["overlaps"].items()},
    )  # fmt: skip


def row_of(source: Source) -> Row:
    """The source as a row of the store, without what it holds."""
    beside = {
        kind: {id: image(row) for id, row in rows.items()}
        for kind, rows in source.beside.items()
        if rows
    }
    return {
        "id": source.id, "name": source.name, "as_at": iso(source.as_at), "as_at_by": source.as_at_by,
        "taken_on": iso(source.taken_on), "taken_by": source.taken_by, "teams": written(list(source.teams)),
        "same": written({kind: dict(ids) for kind, ids in source.same.items() if ids}),
        "beside": written(beside), "overlaps": written(dict(source.overlaps)),
    }  # fmt: skip


def holdings_of(source: Source) -> list[Row]:
    """What the source holds as rows of the store, one for each kind."""
    return [
        {"id": f"{source.id}/{kind}", "source_id": source.id, "kind": kind, "ids": written(sorted(ids))}
        for kind, ids in source.holds.items()
        if ids
    ]


def written(value: Any) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def image(row: Mapping[str, Any]) -> Row:
    """A row without its id and without what is empty."""
    return {name: value for name, value in row.items() if value is not None and name != "id"}


def whole(kind: str, id: str, said: Mapping[str, Any]) -> Row:
    """The row of that id with every field of its kind; what is not said is None."""
    return {"id": id, **{each.name: said.get(each.name) for each in fields.BY_NAME[kind].fields}}


@dataclass(frozen=True, slots=True)
class Here:
    """What is here already: the sources, the rows of a kind by their ids, and the rows of a kind that
    belong to a session."""

    sources: tuple[Source, ...]
    rows: Callable[[str, Iterable[str]], dict[str, Row]]
    parts: Callable[[str, str], Iterable[Row]]

    def said(self, source: Source, kind: str, ids: Iterable[str] | None = None) -> dict[str, Row]:
        """What a source says: its own versions of those rows of a kind that it holds, all of them or
        those of these ids."""
        wanted = source.held(kind) if ids is None else source.held(kind).intersection(ids)
        beside = source.beside.get(kind, {})
        found = self.rows(kind, wanted - beside.keys())
        return found | {id: beside[id] for id in wanted & beside.keys()}

    def find(self, name: str) -> Source:
        """The source of that name or id. BadQuestion if there is none, or more than one."""
        found = [each for each in self.sources if name in (each.id, each.name)]
        if len(found) > 1:
            ids = wording.joined([each.id for each in found])
            raise BadQuestion(
                f"There are {len(found)} sources called “{name}” here.",
                f"Give its number instead ({ids}); “supervise sources” lists them.",
            )
        if not found:
            raise BadQuestion(f"There is no source “{name}” here.", "“supervise sources” lists them.")
        return found[0]


def dated(rows: Mapping[str, Iterable[Row]], today: Day) -> tuple[Day, str] | None:
    """The day that rows are as at, and how it is known: their latest entry, or where nothing says when it
    was entered the latest session held, neither after today. None if they have neither."""
    now = iso(today)
    entries = [row["recorded_on"] for each in rows.values() for row in each if row.get("recorded_on")]
    held = [row["held_on"] for row in rows.get("session", ()) if row.get("held_on")]
    for days, by in ((entries, "entry"), (held, "session")):
        if past := [when for when in days if when <= now]:
            return day(max(past)), by
    return None


def teams_of(posts: Iterable[Row], as_at: Day) -> dict[str, set[str]]:
    """The teams that anyone is in on a day (ever, if nobody is in one then), each with its people."""
    found = list(posts)
    when = iso(as_at)
    current = [row for row in found if row["from"] <= when <= (row["to"] or "9999")]
    teams: dict[str, set[str]] = {}
    for row in current or found:
        teams.setdefault(row["team"], set()).add(row["person_id"])
    return teams


def in_words(sources: Sequence[Source], today: Day) -> list[str]:
    """Where a service store's answers come from: each source on a line, or of many the oldest and how many
    there are."""
    if not sources:
        return ["Sources: none yet. “supervise import” takes a team’s export in."]
    if len(sources) <= 2:
        return [f"Source: {each.name}, {each.dated(today)}." for each in sources]
    oldest = min(sources, key=lambda each: (each.as_at, each.name, each.id))
    stale = sum(each.is_stale(today) for each in sources)
    more = f" Stale: {stale}." if stale > 1 else ""
    return [f"Sources: {len(sources)}; oldest: {oldest.name}, {oldest.dated(today)}.{more}"]


def overlapping(sources: Sequence[Source], about: Source | None = None) -> list[str]:
    """Sentences about sources that hold the same rows, and about teams that several have; only those that
    one of them has part in, if it is given."""
    told = [
        f"{called(one, sources)} and {called(other, sources)} overlap:"
        f" {wording.counted(one.overlaps[other.id][0], 'row')} in both."
        for at, one in enumerate(sources)
        for other in sources[at + 1 :]
        if other.id in one.overlaps and about in (None, one, other)
    ]
    having: dict[str, list[Source]] = {}
    for source in sources:
        for team in source.teams:
            having.setdefault(team.casefold(), []).append(source)
    for some in having.values():
        if len(some) > 1 and (about is None or about in some):
            team = next(each for each in some[0].teams if having[each.casefold()] is some)
            names = wording.joined([called(source, sources) for source in some])
            told.append(f"A team “{team}” is in {names}.")
    return told


def called(source: Source, sources: Iterable[Source]) -> str:
    """A source's name, with its number where another has the same name."""
    alone = sum(each.name == source.name for each in sources) < 2
    return f"“{source.name}”" if alone else f"“{source.name}” ({source.id})"
