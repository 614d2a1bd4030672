"""The sessions of a tracker as rows, each known again in the next copy by person, day and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervise import wording
from supervise.exchange.batch import Batch, Read
from supervise.exchange.tracker import names
from supervise.exchange.tracker.found import Session, Tracker
from supervise.exchange.tracker.matching import Ids
from supervise.workdays import Day, day, iso

Row = Mapping[str, Any]
_SAME_FILE = 60
"""How alike (of 100) the names of two copies of a file are: the month in them changes."""
_MOST_ALIKE = 9
"""So many sessions of one person, day and kind are told apart."""


@dataclass(frozen=True, slots=True)
class Here:
    """What is known here: people, posts, and the sessions of some people by their ids; the clock that
    reasons belong to, the id of the store, and the day."""

    people: Sequence[Row]
    posts: Sequence[Row]
    sessions: Callable[[Iterable[str]], Iterable[Row]]
    store_id: str
    clock: str
    today: Day


def add_sessions(
    batch: Batch, tracker: Tracker, people: Mapping[str, str], ids: Ids, here: Here
) -> None:
    """Adds the rows of a tracker's sessions, for those whose ids are in `people` by key of their name."""
    workers = {people[who] for who in tracker.workers if who in people}
    stored = list(here.sessions(workers & {row["id"] for row in here.people}))
    known = _Known(stored, ids)
    rows = batch.rows.setdefault("session", [])
    for session in tracker.sessions:
        person = people.get(session.who)
        id_ = known.take(person, session) if person is not None else None
        if person is None or id_ is None:
            continue  # refused, or another sheet of the file tells of the same session
        values = {
            "id": id_, "person_id": person, "kind": session.kind, "status": session.status,
            "supervisor_id": people.get(names.key_of(session.supervisor)) if session.supervisor else None,
            "minutes": session.minutes, "reason": session.reason, "notes": session.notes,
        }  # fmt: skip
        held = session.status == "held"
        values["held_on" if held else "planned_on"] = iso(session.day)
        if held and not known.has(id_):
            values["record_kept"] = tracker.source
        rows.append(Read(values, session.place))
    _tell_gone(tracker, people, known, here)


def _took_place(status: str) -> bool:
    return status in ("held", "planned")


class _Known:
    """The sessions that are here already, of the people a tracker is about."""

    def __init__(self, stored: Sequence[Row], ids: Ids) -> None:
        self._ids = ids
        self._stored = {row["id"]: row for row in stored}
        self._alike: dict[tuple[str, str, str, bool], list[str]] = defaultdict(list)
        for row in stored:
            when = str(row["held_on"] or row["planned_on"])
            self._alike[row["person_id"], when, row["kind"], _took_place(row["status"])].append(
                row["id"]
            )
        self._taken: set[str] = set()

    def has(self, id_: str) -> bool:
        """Whether it is here already."""
        return id_ in self._stored

    def take(self, person: str, session: Session) -> str | None:
        """The id of a session: its own if that is here, or that of another way in which the same session
        came here; None if the file told of it before."""
        held = _took_place(session.status)
        own = self._own(person, session.day, session.kind, held, session.n)
        if own in self._taken:
            return None
        found = own
        if own not in self._stored:
            alike = self._alike.get((person, iso(session.day), session.kind, held), ())
            others = self._of_trackers(person, session.day, session.kind, held) if alike else set()
            found = next((id_ for id_ in alike if id_ not in self._taken | others), own)
        self._taken |= {own, found}
        return found

    def gone(self) -> list[Row]:
        """Those that came from an earlier copy, and that this one does not tell of."""
        return [
            row
            for id_, row in self._stored.items()
            if id_ not in self._taken and row["record_kept"] and row["held_on"]
            and id_ in self._of_trackers(row["person_id"], day(row["held_on"]), row["kind"], True)
        ]  # fmt: skip

    def _own(self, person: str, when: Day, kind: str, held: bool, n: int) -> str:
        return self._ids.of("session", person, when, kind, held, n)

    def _of_trackers(self, person: str, when: Day, kind: str, held: bool) -> set[str]:
        """The ids that trackers give to sessions of that person, day and kind."""
        return {self._own(person, when, kind, held, n) for n in range(1, _MOST_ALIKE + 1)}


def _tell_gone(tracker: Tracker, people: Mapping[str, str], known: _Known, here: Here) -> None:
    """A cell that has gone deletes nothing here; but it is told, for the time of which the file speaks."""
    from rapidfuzz import fuzz

    names_here = {row["id"]: row["name"] for row in here.people}
    begins = {people[who]: worker.begins for who, worker in tracker.workers.items() if who in people}
    for row in known.gone():
        since = begins[row["person_id"]]
        same_file = fuzz.ratio(row["record_kept"], tracker.source) >= _SAME_FILE
        if since is not None and row["held_on"] >= iso(since) and same_file:
            told = (
                f"The session with {names_here[row['person_id']]} on {wording.day(day(row['held_on']))}"
            )
            tracker.notes.append(f"{told} came from an earlier copy and is not in this file. It stays.")
