"""From what a tracker says to the rows of an import plan, with everything that had to be assumed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from supervise import wording
from supervise.exchange.batch import Batch, Place, Read
from supervise.exchange.plan import Difference
from supervise.exchange.tracker import names
from supervise.exchange.tracker.found import Tracker, Worker
from supervise.exchange.tracker.matching import Ids, Matched, matched
from supervise.exchange.tracker.sessions import Here, add_sessions
from supervise.workdays import FOREVER, Day, iso, iso_or_none

Row = Mapping[str, Any]
ROLE = "social_worker"
NO_TEAM = "Team not given"
"""The team of people whose tracker names none, until somebody says it."""


@dataclass(slots=True)
class Brought:
    """The rows, as a batch, and the tracker with all that is to be told of it; `posts` are cells that differ
    from posts that are here (see `Difference`)."""

    batch: Batch
    tracker: Tracker
    posts: list[Difference]


def rows_of(tracker: Tracker, here: Here) -> Brought:
    """The rows that a tracker brings."""
    ids = Ids(here.store_id)
    who = matched(_everybody(tracker), here.people, tracker.answers, ids)
    tracker.problems += who.problems
    tracker.questions = who.questions + tracker.questions
    tracker.assumptions += who.notes
    brought = Brought(Batch(tracker.source), tracker, [])
    maker = _Maker(brought, who, ids, here)
    maker.people()
    maker.posts()
    add_sessions(brought.batch, tracker, who.ids, ids, here)
    maker.reasons()
    maker.absences()
    brought.batch.problems = tracker.problems
    brought.batch.notes = tracker.notes
    return brought


def _everybody(tracker: Tracker) -> dict[str, tuple[str, Place]]:
    """Workers and supervisors, by key of their name."""
    found = {who: (worker.name, worker.place) for who, worker in tracker.workers.items()}
    managers = [(worker.supervisor, worker.place) for worker in tracker.workers.values()]
    for name, place in [*managers, *((each.supervisor, each.place) for each in tracker.sessions)]:
        if name:
            found.setdefault(names.key_of(name), (name, place))
    return found


class _Maker:
    """Makes the rows of each kind in turn."""

    def __init__(self, brought: Brought, who: Matched, ids: Ids, here: Here) -> None:
        self._brought, self._who, self._ids, self._here = brought, who, ids, here
        self._tracker = brought.tracker
        self._stored = {row["id"]: row for row in here.people}
        self._assumed: dict[str, list[str]] = defaultdict(list)

    def _add(self, kind: str, values: dict[str, Any], place: Place) -> None:
        self._brought.batch.rows.setdefault(kind, []).append(Read(values, place))

    def _assume(self, text: str) -> None:
        self._tracker.assumptions.append(text)

    def _workers(self) -> Iterable[tuple[str, str, Worker]]:
        """Key, id and worker of those who are not refused."""
        for who, worker in self._tracker.workers.items():
            if who in self._who.ids:
                yield who, self._who.ids[who], worker

    def _person_id(self, name: str | None) -> str | None:
        return self._who.ids.get(names.key_of(name)) if name else None

    # People and posts

    def people(self) -> None:
        """New people, and what is new about those known."""
        begins: Counter[Day] = Counter()
        done = set()
        for _, id_, worker in self._workers():
            done.add(id_)
            since = self._records_from(worker)
            values: dict[str, Any] = {
                "id": id_, "left_on": iso_or_none(worker.left), "staff_no": worker.staff_no,
                "email": worker.email, "registration_no": worker.registration_no,
            }  # fmt: skip
            stored = self._stored.get(id_)
            if stored is None:
                values |= {"name": self._who.new[id_], "records_from": iso_or_none(since)}
                if since is not None:
                    begins[since] += 1
            elif since is not None and (known := stored.get("records_from")) and iso(since) < known:
                values["records_from"] = iso(since)
            self._add("person", values, worker.place)
        self._tell_begins(begins)
        self._supervisors(done)

    def _tell_begins(self, begins: Counter[Day]) -> None:
        if not begins:
            return
        several = len(begins) > 1
        who = wording.counted(begins.total(), "person", "people")
        when = f"on {wording.day(min(begins))}"
        if several:
            when = f"between {wording.day(min(begins))} and {wording.day(max(begins))}"
            when += ", where the file first tells of each"
        self._assume(f"Records of {who} begin {when}: nothing is late before that.")

    def _supervisors(self, done: set[str]) -> None:
        """Those who are only named as supervisors."""
        places = {names.key_of(name): place for name, place in _everybody(self._tracker).values()}
        for id_, name in self._who.new.items():
            if id_ not in done:
                self._add("person", {"id": id_, "name": name}, places[names.key_of(name)])
                self._assume(f"{name} is only named as a supervisor: a person without a post.")

    def _records_from(self, worker: Worker) -> Day | None:
        """The day from which the tracker speaks of somebody."""
        if worker.begins is not None:
            return worker.begins
        if worker.never and worker.since is not None:
            return None
        return self._here.today

    def posts(self) -> None:
        """Posts for people who have none here; for the others, what the tracker says otherwise."""
        having: dict[str, list[Row]] = defaultdict(list)
        for post in self._here.posts:
            having[post["person_id"]].append(post)
        only = {post["team"] for post in self._here.posts}
        fallback = only.pop() if len(only) == 1 else NO_TEAM
        for _, id_, worker in self._workers():
            if having[id_]:
                self._compare(worker, max(having[id_], key=lambda post: str(post["from"])))
            else:
                self._new_posts(id_, worker, fallback)
        for what, people in self._assumed.items():
            self._assume(f"Not in the file, and assumed: {wording.joined(people)}: {what}.")

    def _new_posts(self, id_: str, worker: Worker, fallback: str) -> None:
        begins = self._records_from(worker)
        since = worker.since if worker.since is not None else begins
        assert since is not None, "without a start the day of import stands in"
        known: dict[str, Day | None] = worker.posts or {fallback: None}
        teams = sorted(known.items(), key=lambda team: team[1] or since)
        starts = [since, *(max(day or since, since) for _, day in teams[1:])]
        for at, (team, _) in enumerate(teams):
            later = [start for start in starts[at + 1 :] if start > starts[at]]
            self._add(
                "post",
                {
                    "person_id": id_, "team": team, "role": worker.role or ROLE, "basis": worker.basis,
                    "supervisor_id": self._person_id(worker.supervisor), "fte": worker.fte,
                    "from": iso(starts[at]), "to": iso(later[0] - 1) if later else None,
                },
                worker.place,
            )  # fmt: skip
        self._tell_assumed(worker, teams[0][0], since)
        if len(teams) > 1:
            told = wording.joined(
                [
                    f"“{team}” from {wording.day(day)}"
                    for (team, _), day in zip(teams, starts, strict=True)
                ]
            )
            self._assume(f"{worker.name} is in more than one sheet and taken for one person: {told}.")

    def _tell_assumed(self, worker: Worker, team: str, since: Day) -> None:
        assumed = []
        if not worker.posts:
            assumed.append(f"in the team “{team}”")
        if worker.role is None:
            assumed.append("a social worker")
        if worker.since is None:
            assumed.append(f"in post since {wording.day(since)}")
        if assumed:
            self._assumed[wording.joined(assumed)].append(worker.name)

    def _compare(self, worker: Worker, post: Row) -> None:
        """What a tracker says about somebody's post differently: it does not say since when, so that it is
        listed and kept. But a team that was only assumed gives way to one that is stated, with the rest."""
        team = max(worker.posts, key=lambda each: worker.posts[each] or 0, default=None)
        said = {
            "team": team, "role": worker.role, "basis": worker.basis,
            "supervisor_id": self._person_id(worker.supervisor),
        }  # fmt: skip
        differ = {
            name: given for name, given in said.items() if given is not None and given != post[name]
        }
        was_assumed = post["team"] == NO_TEAM
        if was_assumed and worker.since is not None and iso(worker.since) < post["from"]:
            differ["from"] = iso(worker.since)
        new = {name for name in differ if was_assumed or post[name] is None}
        for name, given in differ.items():
            why = None if name in new else "the file does not say since when"
            self._brought.posts.append(
                Difference(worker.place, "post", post["id"], name, post[name], given, why)
            )

    # What was not held

    def reasons(self) -> None:
        """Why nothing was held in a week or month: explanations of whatever gap lies there."""
        said: dict[tuple[str, Day, Day], tuple[list[str], Place]] = {}
        for reason in self._tracker.reasons:
            person = self._who.ids.get(reason.who)
            if person is not None:
                texts, _ = said.setdefault((person, *reason.span), ([], reason.place))
                if reason.words not in texts:
                    texts.append(reason.words)
        for (person, first, last), (texts, place) in said.items():
            values = {
                "person_id": person, "clock": self._here.clock, "from": iso(first), "to": iso(last),
                "reason": "; ".join(texts),
            }  # fmt: skip
            self._add("explanation", values, place)

    def absences(self) -> None:
        """Absences whose dates somebody gave."""
        for who, kind, first, last, place in self._tracker.absences:
            if (person := self._who.ids.get(who)) is not None:
                to = None if last == FOREVER else iso(last)
                self._add(
                    "absence", {"person_id": person, "kind": kind, "from": iso(first), "to": to}, place
                )
