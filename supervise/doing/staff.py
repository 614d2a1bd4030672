"""People, their posts, and what is agreed with them: each doing is one change.

Labels stand in the history, which anybody may read: they name people and days, never the kind of an absence
nor a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

from supervise.doing.entering import as_entered, problems
from supervise.doing.here import Here
from supervise.doing.listing import Listed, people, refuse_if_in_records, supervisors
from supervise.errors import BadQuestion, NotAllowed
from supervise.store import Change
from supervise.store.facts import teams
from supervise.store.rows import Row
from supervise.wording import counted, joined
from supervise.wording import day as said_day
from supervise.workdays import Day, day, iso, iso_or_none

if TYPE_CHECKING:  # what reads pasted lists is imported when one is pasted
    from supervise.exchange.allocations import CaseloadPlan
    from supervise.exchange.caseload import Caseload

KINDS = ("person", "post", "absence", "variation", "agreement", "case_allocation")
"""What one edits about a person, in the order of a page."""

_POST_FIELDS = ("team", "role", "basis", "supervisor_id", "fte", "days")


class Staff:
    """Entering and changing people, posts and what belongs to a person."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    # Listing

    def teams(self) -> list[str]:
        """Every team that anyone is or was in, in order of name."""
        return teams(self.store.database)

    def people(self, team: str | None = None, on: Day | None = None) -> list[Listed]:
        """Everyone by name, or those in a post of a team, as they are on a day (today if none is given)."""
        return people(self.store, team, self.here.today() if on is None else on)

    def supervisors(self) -> list[Listed]:
        """Those who may be chosen as a supervisor, by name. See `listing.supervisors`."""
        return supervisors(self.store, self.here.today())

    def of(self, person: str) -> dict[str, list[Row]]:
        """Everything one edits about a person: the rows of each of `KINDS`, the latest first. BadQuestion
        if there is nobody of that id."""
        found = {"person": [self._person(person)]}
        for kind in KINDS[1:]:
            rows = self.store.rows(kind, person_id=person)
            found[kind] = sorted(rows, key=lambda row: str(row[_BEGINS[kind]]), reverse=True)
        return found

    # People and what belongs to them

    def add_person(
        self, name: str, team: str, role: str, *, in_post_from: Day, basis: str | None = None,
        supervisor: str | None = None, fte: float | None = None, days: str | None = None,
        employed_from: Day | None = None, registered_on: Day | None = None,
        records_from: Day | None = None, staff_no: str | None = None, email: str | None = None,
        registration_no: str | None = None,
    ) -> tuple[str, Change]:  # fmt: skip
        """Somebody new with their post, as one change; gives their id. NotAllowed, with the reason, if
        something is missing or cannot be."""
        person: Row = as_entered("person", {
            "name": name, "staff_no": staff_no, "email": email,
            "registration_no": registration_no, "employed_from": iso_or_none(employed_from),
            "registered_on": iso_or_none(registered_on), "records_from": iso_or_none(records_from),
        })  # fmt: skip
        post: Row = as_entered("post", {
            "team": team, "role": role, "basis": basis, "supervisor_id": supervisor, "fte": fte,
            "days": days, "from": iso(in_post_from),
        })  # fmt: skip
        self._refuse_if_wrong("person", person)
        self._refuse_if_wrong("post", post, but=("person_id",))
        with self._change(f"Add {person['name']}") as change:
            id = change.put("person", person, recorded=True)
            change.put("post", {**post, "person_id": id}, recorded=True)
        return id, change

    def save(self, kind: str, row: Mapping[str, Any]) -> Change:
        """Puts a row of one of `KINDS` in, or alters the one of its id; fields that it does not name stay.
        NotAllowed, with the reason, where `entering.problems` forbids it."""
        _refuse_other_kinds(kind)
        before = self.store.row(kind, row.get("id") or "") or {}
        entered = as_entered(kind, row, before)
        self._refuse_if_wrong(kind, entered)
        label = self._label("Change" if before else "Record", kind, {**before, **entered})
        with self._change(label) as change:
            change.put(kind, entered, recorded=True)
        return change

    def remove(self, kind: str, id: str) -> Change:
        """Takes a row of one of `KINDS` away: of a person only one with nothing recorded, with the posts and
        the like that belong to them. NotAllowed otherwise, BadQuestion if there is no such row."""
        _refuse_other_kinds(kind)
        row = self.store.row(kind, id)
        if row is None:
            raise BadQuestion("That is no longer here.", "Look again at what is.")
        gone = {kind: [id]}
        if kind == "person":
            refuse_if_in_records(row, self.store)
            gone = {each: [one["id"] for one in rows] for each, rows in self.of(id).items()}
        with self._change(self._label("Remove", kind, row)) as change:
            for each, ids in gone.items():
                change.remove_all(each, ids)
        return change

    # Posts over time

    def change_post(self, person: str, from_day: Day, **what: Any) -> Change:
        """A change of `team`, `role`, `basis`, `supervisor_id`, `fte` or `days` from a day on: the post of
        that day ends the day before, and one like it but for that begins. If it began on that very day,
        it is corrected. BadQuestion if there is no post on that day, or nothing would change."""
        if strange := what.keys() - set(_POST_FIELDS):
            raise ValueError(f"a post has no {', '.join(sorted(strange))}")
        name = self._person(person)["name"]
        post = self._post_on(person, from_day)
        what = as_entered("post", what, post)
        if post is None:
            raise BadQuestion(f"{name} is in no post on {said_day(from_day)}.", "Add a post instead.")
        if all(post[field] == value for field, value in what.items()):
            raise BadQuestion(f"Nothing about the post of {name} would change.", "Choose what does.")
        rows = _changed_post(post, from_day, what)
        self._refuse_if_wrong("post", rows[-1])
        with self._change(f"Change the post of {name} from {said_day(from_day)}") as change:
            change.put_all("post", rows, recorded=True)
        return change

    def change_supervisor(self, people: Iterable[str], to: str, from_day: Day) -> Change:
        """Another supervisor for several people from a day on, as one change. Whoever has that supervisor
        already is passed over, and posts that begin later are left as they are. BadQuestion, and nothing
        is changed, if one of them is in no post on that day."""
        supervisor, chosen = self._person(to), list(dict.fromkeys(people))
        posts = {person: self._post_on(person, from_day) for person in chosen}
        without = [self.here.name(person) for person, post in posts.items() if post is None]
        if without:
            are = "is" if len(without) == 1 else "are"
            told = f"{joined(without)} {are} in no post on {said_day(from_day)}."
            raise BadQuestion(told, "Choose another day, or leave them out.")
        wanted = [post for post in posts.values() if post and post["supervisor_id"] != to]
        rows = [row for post in wanted for row in _changed_post(post, from_day, {"supervisor_id": to})]
        for row in rows:
            self._refuse_if_wrong("post", row)
        who = self.here.name(chosen[0]) if len(chosen) == 1 else counted(len(chosen), "person", "people")
        said = f"Change the supervisor of {who} to {supervisor['name']} from {said_day(from_day)}"
        with self._change(said) as change:
            change.put_all("post", rows, recorded=True)
        return change

    def leave(self, person: str, on: Day) -> Change:
        """Somebody's last day with the council: it is noted, and their posts end with it. NotAllowed if a
        post of theirs begins after that day."""
        row, last = self._person(person), iso(on)
        posts = list(self.store.rows("post", person_id=person))
        if later := [post for post in posts if post["from"] > last]:
            begins = said_day(day(later[0]["from"]))
            raise NotAllowed(
                f"{row['name']} has a post that begins after that day, on {begins}.",
                "Remove that post first, or choose a later day.",
            )
        self._refuse_if_wrong("person", {**row, "left_on": last})
        ending = [{**post, "to": last} for post in posts if (post["to"] or "9999") > last]
        with self._change(f"Record that {row['name']} left on {said_day(on)}") as change:
            change.put("person", {**row, "left_on": last}, recorded=True)
            change.put_all("post", ending, recorded=True)
        return change

    # Cases

    def plan_caseload(
        self, caseload: Caseload, as_at: Day, said: Mapping[str, str] | None = None,
        worker: str | None = None,
    ) -> CaseloadPlan:  # fmt: skip
        """What taking a pasted caseload as at a day would do; nothing is stored. `said` tells who the names
        in it are here, by name or id; `worker` whose it is, where it names nobody."""
        return self.caseload_planning(caseload, as_at, said, worker)()

    def caseload_planning(
        self, caseload: Caseload, as_at: Day, said: Mapping[str, str] | None = None,
        worker: str | None = None,
    ) -> Callable[[], CaseloadPlan]:  # fmt: skip
        """`plan_caseload` yet to be worked out, beside the window if one likes: the store is read now, and
        not touched by it."""
        from supervise.exchange.allocations import plan_allocations

        people, there = list(self.store.rows("person")), list(self.store.rows("case_allocation"))
        return partial(plan_allocations, caseload, people, there, as_at, dict(said or {}), worker)

    def take_caseload(self, plan: CaseloadPlan) -> Change:
        """Carries out what a plan of `plan_caseload` says, as one change. Lines with problems are not in it:
        who takes it has seen them."""
        with self._change(f"Take the caseload as at {said_day(plan.as_at)}") as change:
            change.put_all("case_allocation", plan.rows(), recorded=True)
        return change

    # What these share

    def _change(self, label: str) -> AbstractContextManager[Change]:
        return self.store.change(label, by=self.here.me)

    def _person(self, person: str) -> Row:
        row = self.store.row("person", person)
        if row is None:
            raise BadQuestion("That person is no longer here.", "Look again at who is.")
        return row

    def _post_on(self, person: str, when: Day) -> Row | None:
        """The post that holds on a day: of several the one that began later, then the later row."""
        left, on = self._person(person)["left_on"], iso(when)
        posts = [
            post
            for post in self.store.rows("post", person_id=person)
            if post["from"] <= on <= min(post["to"] or "9999", left or "9999")
        ]
        return max(reversed(posts), key=lambda post: str(post["from"]), default=None)

    def _refuse_if_wrong(self, kind: str, row: Row | Mapping[str, Any], but: Sequence[str] = ()) -> None:
        for problem in problems(kind, row, self.store):
            if problem.forbids and problem.field not in but:
                raise NotAllowed(problem.sentence, "Correct that and save again.")

    def _label(self, doing: str, kind: str, row: Row) -> str:
        name = row["name"] if kind == "person" else self.here.name(row["person_id"])
        return f"{doing} {_CALLED[kind](row, name)}"


_BEGINS = {
    "post": "from", "absence": "from", "variation": "from", "agreement": "signed_on",
    "case_allocation": "from",
}  # fmt: skip


def _since(row: Row) -> str:
    return f"from {said_day(day(row['from']))}"


#: What a row is called in the history, by kind.
_CALLED: dict[str, Callable[[Row, str], str]] = {
    "person": lambda row, name: f"the details of {name}",
    "post": lambda row, name: f"the post of {name} {_since(row)}",
    "absence": lambda row, name: f"time away of {name} {_since(row)}",
    "variation": lambda row, name: f"the frequency agreed with {name} {_since(row)}",
    "agreement": lambda row, name: f"the agreement with {name} of {said_day(day(row['signed_on']))}",
    "case_allocation": lambda row, name: f"case {row['case_ref']} of {name} {_since(row)}",
}


def _refuse_other_kinds(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"a {kind} is not entered here")


def _changed_post(post: Row, from_day: Day, what: Mapping[str, Any]) -> list[Row]:
    """The rows by which a post changes on a day, the last of them the one that holds from then on."""
    if post["from"] == iso(from_day):
        return [{**post, **what}]
    after = {field: post[field] for field in ("person_id", "to", *_POST_FIELDS)}
    return [{**post, "to": iso(from_day - 1)}, {**after, **what, "from": iso(from_day)}]
