"""What stands in a service store when several exports say it, and what has to be done to get there.

What stands of a row is a matter of the sources that hold it and nothing else: not of the order in which they
came. Of several versions the one entered last stands (`recorded_on`; where that does not tell, that of the
newer export); a signed record before an unsigned one, and its sections and discussions with it as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from supervise import fields
from supervise.exchange.sources import Here, Row, Rows, Source, written

Version = tuple[Source, Row]

#: Of one session these come from one source. Actions live on by themselves: they are ticked off, and carried on.
_WITH_SESSION = (fields.SECTION.name, fields.DISCUSSION.name)

_ADDED = (fields.LATE_ENTRY, fields.STATEMENT)
_OF_RECORDS = (fields.SESSION, *fields.RECORD_PARTS, *_ADDED)


@dataclass(slots=True)
class Settled:
    """What is to be done when `new` comes in the place of `old` (either may be missing).

    `put` and `gone` are rows to put and to take out, `sources` those to put, being new or no longer what they
    were, `after` all sources there will be. Of the rows looked at, `was` are those here now, and `stands` is
    what will stand (None: nothing). `signed` are the sessions here, signed by both, whose records will be
    altered or taken out.
    """

    old: Source | None = None
    new: Source | None = None
    put: Rows = field(default_factory=lambda: defaultdict(dict))
    gone: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    after: list[Source] = field(default_factory=list)
    was: Rows = field(default_factory=dict)
    stands: dict[str, dict[str, Row | None]] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)


def settle(here: Here, old: Source | None, new: Source | None, rows: Rows) -> Settled:
    """What is to be done when a source `new`, which holds these rows, comes in the place of `old`; either may
    be missing: a first export, or one that is taken out."""
    others = [source for source in here.sources if source is not old]
    work = _Settling(here, others, old, new, rows)
    for kind in fields.KINDS:
        work.settle(kind.name)
    done, before = work.done, {source.id: source for source in here.sources}
    done.after = _after(work)
    done.sources = [each for each in done.after if each != before.get(each.id)]
    done.old, done.new = old, next((each for each in done.after if new and each.id == new.id), None)
    done.signed = _signed_altered(done, here)
    return done


class _Settling:
    """Kind by kind, sessions before what belongs to them."""

    def __init__(
        self, here: Here, others: Sequence[Source], old: Source | None, new: Source | None, rows: Rows
    ) -> None:
        self.here, self.others, self.old, self.new, self.rows = here, others, old, new, rows
        self.done = Settled()
        self.beside: dict[str, Rows] = {
            source.id: {kind: dict(said) for kind, said in source.beside.items()} for source in others
        }
        if new:
            self.beside[new.id] = {}
        self.common: dict[str, list[list[object]]] = defaultdict(list)
        self._chosen: dict[str, set[str]] = {}

    def settle(self, kind: str) -> None:
        """Works out what stands of one kind."""
        touched = set(self.rows.get(kind, ())) | (self.old.held(kind) if self.old else frozenset())
        touched |= self._parts_touched(kind)
        was = self.done.was[kind] = self.here.rows(kind, touched)
        versions = self._versions(kind, touched)
        if kind == fields.SESSION.name:
            self._choose(touched, versions)
        begins = self._begins(versions) if kind == fields.PERSON.name else {}
        gone, stands = [], self.done.stands.setdefault(kind, {})
        for id in sorted(touched):
            held = versions.get(id, [])
            standing = stands[id] = _standing(kind, self._eligible(kind, held), begins)
            if standing is None and id in was:
                gone.append(id)
            elif standing is not None and standing != was.get(id):
                self.done.put[kind][id] = standing
            for source, row in held:
                self._note(source, kind, row, standing)
            self._note_common(kind, held, begins)
        if gone:
            self.done.gone[kind] = gone

    def _versions(self, kind: str, ids: set[str]) -> dict[str, list[Version]]:
        """Who says what of these rows."""
        found: dict[str, list[Version]] = defaultdict(list)
        if self.new:
            for id, row in self.rows.get(kind, {}).items():
                found[id].append((self.new, row))
        for source in self.others:
            if not source.held(kind).isdisjoint(ids):
                for id, row in self.here.said(source, kind, ids).items():
                    found[id].append((source, row))
        return found

    def _choose(self, touched: set[str], versions: Mapping[str, Sequence[Version]]) -> None:
        """For sessions that another source holds too: whose record it is; more than one where they say the
        same, as at the same day."""
        for id in touched:
            if any(source is not self.new for source, _ in versions.get(id, ())):
                best = max(map(_order, versions[id]))
                self._chosen[id] = {each[0].id for each in versions[id] if _order(each) == best}

    def _parts_touched(self, kind: str) -> set[str]:
        """The ids of all parts of the records that several sources hold."""
        if kind not in _WITH_SESSION:
            return set()
        found = {row["id"] for session in self._chosen for row in self.here.parts(kind, session)}
        for source in self.others:
            said = source.beside.get(kind, {})
            found |= {id for id, row in said.items() if row["session_id"] in self._chosen}
        return found

    def _eligible(self, kind: str, versions: Sequence[Version]) -> Sequence[Version]:
        if kind not in _WITH_SESSION:
            return versions
        return [
            (source, row)
            for source, row in versions
            if source.id in self._chosen.get(row["session_id"], {source.id})
        ]

    def _begins(self, versions: Mapping[str, Sequence[Version]]) -> dict[tuple[str, str], list[str]]:
        """For people that several sources hold: by source and person, when their posts there begin."""
        several = {id for id, held in versions.items() if len(held) > 1}
        sources = {source.id: source for id in several for source, _ in versions[id]}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source in sources.values():
            posts = self.rows.get("post", {}) if source is self.new else self.here.said(source, "post")
            for row in posts.values():
                if row["person_id"] in several:
                    found[source.id, row["person_id"]].append(row["from"])
        return found

    def _note(self, source: Source, kind: str, row: Row, standing: Row | None) -> None:
        """Keeps what a source says otherwise than stands."""
        said = self.beside[source.id].setdefault(kind, {})
        if row == standing:
            said.pop(row["id"], None)
        else:
            said[row["id"]] = row

    def _note_common(
        self, kind: str, held: Sequence[Version], begins: Mapping[tuple[str, str], list[str]]
    ) -> None:
        """Keeps what the new source and each other one say of a row that both hold; of a person, also when
        their posts begin, on which depends what stands."""
        said = {
            source.id: [source.id, row, sorted(begins.get((source.id, row["id"]), ()))]
            for source, row in held
        }
        mine = said.pop(self.new.id, None) if self.new else None
        for id, theirs in said.items() if mine else ():
            self.common[id].append([kind, *sorted([mine, theirs], key=written)])


def _order(version: Version) -> tuple[bool, str, int, str]:
    """The greatest stands: signed, entered last, of the newer export; and so that the order in which
    exports came never matters, at the very last by what it says."""
    source, row = version
    return _is_signed(row), row.get("recorded_on") or "", source.as_at, written(row)


def _is_signed(row: Mapping[str, object] | None) -> bool:
    return bool(row and row.get("worker_signed_on") and row.get("supervisor_signed_on"))


def _standing(
    kind: str, versions: Sequence[Version], begins: Mapping[tuple[str, str], list[str]]
) -> Row | None:
    """What stands of one row, of which these are the versions."""
    if not versions:
        return None
    if len(versions) > 1 and kind == fields.PERSON.name:
        return _person(versions, begins)
    return max(versions, key=_order)[1]


def _person(versions: Sequence[Version], begins: Mapping[tuple[str, str], list[str]]) -> Row:
    """Somebody whom several sources hold. A team in which they have a post knows them better than one that
    only mentions them; what its row leaves empty is taken from the others. Three fields need more care."""
    id = versions[0][1]["id"]
    posts = {source.id: sorted(begins.get((source.id, id), ())) for source, _ in versions}
    best = sorted(versions, key=lambda each: (bool(posts[each[0].id]), *_order(each)), reverse=True)
    rows = [row for _, row in best]
    person = {name: next((row[name] for row in rows if row[name] is not None), None) for name in rows[0]}
    entered = [row["recorded_on"] for row in rows]
    person["recorded_on"] = None if None in entered else min(entered)
    person["left_on"] = left = _left_on(best, posts)
    if left and person["employed_from"] and left < person["employed_from"]:
        person["employed_from"] = rows[0]["employed_from"]
    if sum(map(bool, posts.values())) > 1:
        person["records_from"] = _records_from(best, posts)
    return person


def _left_on(best: Sequence[Version], posts: Mapping[str, list[str]]) -> str | None:
    """As the team says that knows them best; but nobody has left who has a later post in another team, of
    which that one does not say the same."""
    left: str | None = best[0][1]["left_on"]
    begins = [begin for source, row in best if row["left_on"] != left for begin in posts[source.id]]
    return None if left and max(begins, default="") >= left else left


def _records_from(best: Sequence[Version], posts: Mapping[str, list[str]]) -> str | None:
    """Each team's records say nothing of the days in its own posts before they begin, and only of those."""
    unknown = [
        row["records_from"]
        for source, row in best
        if row["records_from"] and posts[source.id] and posts[source.id][0] < row["records_from"]
    ]
    return max(unknown, default=None)


def _after(work: _Settling) -> list[Source]:
    """The sources as they will be, with what they say otherwise than stands and have in common."""
    old, new = work.old, work.new
    shared = {id: _shared(both) for id, both in work.common.items()}
    after = []
    for source in work.others:
        overlaps = {id: each for id, each in source.overlaps.items() if not old or id != old.id}
        if new and source.id in shared:
            overlaps[new.id] = shared[source.id]
        beside = {kind: said for kind, said in work.beside[source.id].items() if said}
        after.append(replace(source, beside=beside, overlaps=overlaps))
    if new:
        beside = {kind: said for kind, said in work.beside[new.id].items() if said}
        after.append(replace(new, beside=beside, overlaps=shared))
    return after


def _shared(both: Sequence[object]) -> tuple[int, str]:
    """How many rows two sources both hold, and a digest of what they say of them, so that the history shows
    whenever that changes: an undo of one's import that would leave the other's wrong then finds a change of
    its own row in its way."""
    return len(both), blake2b(written(both).encode(), digest_size=8).hexdigest()


def _signed_altered(done: Settled, here: Here) -> list[str]:
    """Sessions signed here of which the row, or any row of their record, is altered or taken out, or to whose
    record something is added that is no late entry or statement."""
    touched: set[str] = set()
    for kind in _OF_RECORDS:
        was, put = done.was[kind.name], done.put.get(kind.name, {})
        altered = [id for id in put if id in was or kind not in _ADDED] + done.gone.get(kind.name, [])
        rows = [row for id in altered for row in (was.get(id), put.get(id)) if row]
        touched |= {row["id" if kind is fields.SESSION else "session_id"] for row in rows}
    there = here.rows(fields.SESSION.name, touched)
    return sorted(id for id in touched if _is_signed(there.get(id)))
