"""What a pasted caseload would do to the cases that are here: which begin, which end, which stay.

A list tells of one day, and of the workers that it names: whoever is not in it keeps their cases, and so does
everybody if a line of it could not be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from supervise.exchange.batch import Place, Problem
from supervise.exchange.caseload import PASTED, CaseLine, Caseload
from supervise.exchange.tracker import matching
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.found import Question
from supervise.exchange.tracker.names import key_of
from supervise.wording import counted
from supervise.workdays import Day, iso

Row = Mapping[str, Any]
Listed = dict[tuple[str, str], CaseLine]


@dataclass(slots=True)
class CaseloadPlan:
    """What would be done as at a day: rows of case_allocation to `add`, to `end` (with the `to` they get) and
    to `keep`. `problems` are lines of which nothing is taken, `questions` what only a person can say (who a
    name is), `notes` sentences about what was taken to be so."""

    as_at: Day
    add: list[Row] = field(default_factory=list)
    end: list[Row] = field(default_factory=list)
    keep: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        """Whether everything is here already as the list says."""
        return not (self.add or self.end)

    def rows(self) -> list[Row]:
        """The rows to be put to carry it out."""
        return [*self.end, *self.add]


def plan_allocations(
    caseload: Caseload, people: Sequence[Row], allocations: Iterable[Row], as_at: Day,
    said: Mapping[str, str], worker: str | None = None,
) -> CaseloadPlan:  # fmt: skip
    """The plan of taking a caseload as at a day. `people` and `allocations` are the rows here; `said` tells
    who a name is, by name or id; `worker` is the id of whose the cases are where a line names nobody."""
    return _Planning(caseload, people, allocations, as_at).plan(said, worker)


class _Planning:
    """One plan in the making."""

    def __init__(
        self, caseload: Caseload, people: Sequence[Row], allocations: Iterable[Row], as_at: Day
    ) -> None:
        self.caseload, self.people, self.as_at = caseload, people, as_at
        self.names = {row["id"]: row["name"] for row in people}
        self.found = CaseloadPlan(as_at, problems=list(caseload.problems), notes=list(caseload.notes))
        self.rows = sorted(allocations, key=lambda row: str(row["from"]))
        self.refused = set(caseload.refused)

    def plan(self, said: Mapping[str, str], worker: str | None) -> CaseloadPlan:
        who = self._who(said)
        listed = self._listed(who, worker)
        self._begin(listed)
        self._end(listed)
        return self.found

    def _refuse(self, line: CaseLine, reason: str) -> None:
        self.refused.add(line.case_ref)
        self.found.problems.append(Problem(Place(PASTED, line.line), reason))

    def _who(self, said: Mapping[str, str]) -> dict[str, str]:
        """The id here of each name, by key, of those who are surely somebody."""
        wanted = {
            key_of(row.worker): (row.worker, Place(PASTED, row.line))
            for row in reversed(self.caseload.rows)
            if row.worker
        }
        answers = Answers(names=dict(said))
        matched = matching.matched(wanted, self.people, answers, matching.Ids(""))
        self.found.problems += matched.problems
        self.found.notes += matched.notes
        self.found.questions += [each for each in matched.questions if each.needed]
        for name in sorted(matched.new.values()):
            place = wanted[key_of(name)][1]
            reason = f"there is nobody called {name} here; add them first, or say who this is"
            self.found.problems.append(Problem(place, reason))
            asks = f"Who is {name}?"
            self.found.questions.append(
                Question(asks, "nothing of theirs is taken", "names", name, needed=True)
            )
        return {key: id for key, id in matched.ids.items() if id not in matched.new}

    def _listed(self, who: Mapping[str, str], worker: str | None) -> Listed:
        """The lines that can be taken, by person and case."""
        found: Listed = {}
        against: set[tuple[str, str]] = set()
        for line in self.caseload.rows:
            person = who.get(key_of(line.worker)) if line.worker else worker
            if person is None:
                self.refused.add(line.case_ref)
                if not line.worker:
                    self._refuse(line, "it does not say whose case this is")
                continue
            other = found.setdefault((person, line.case_ref), line)
            if other.plan != line.plan and (person, line.case_ref) not in against:
                against.add((person, line.case_ref))
                self._refuse(line, f"line {other.line} gives the same case another plan")
        return {key: line for key, line in found.items() if key not in against}

    def _begin(self, listed: Listed) -> None:
        """Cases that go on, cases that are new, and cases that have another plan from now on."""
        undated = 0
        for (person, ref), line in listed.items():
            own = [row for row in self.rows if (row["person_id"], row["case_ref"]) == (person, ref)]
            known = next((row for row in own if (row["to"] or "9999") >= iso(self.as_at)), None)
            if known and line.plan in (None, known["plan"]):
                self.found.keep.append(known)
                continue
            new = {"person_id": person, "case_ref": ref, "plan": line.plan, "from": iso(self.as_at)}
            if known and known["from"] >= new["from"]:
                new = {**known, "plan": line.plan}
            elif known:
                self._ends(known, self.as_at - 1)
                new["to"] = known["to"]
                said = f"{ref} of {self.names[person]} has another plan from the day of the list."
                self.found.notes.append(said)
            elif own and line.from_day is not None and iso(line.from_day) <= own[-1]["to"]:
                said = f"{ref} of {self.names[person]} ended here before; it begins again on the day of the list."
                self.found.notes.append(said)
            elif line.from_day is not None:
                new["from"] = iso(line.from_day)
            else:
                undated += 1
            self.found.add.append(new)
        if undated:
            told = f"{counted(undated, 'case')} without a date: taken to begin on the day of the list."
            self.found.notes.append(told)

    def _end(self, listed: Listed) -> None:
        """Cases that somebody else has now, or that are no longer in the list of the worker who had them."""
        now: dict[str, list[CaseLine]] = defaultdict(list)
        for (_, ref), line in listed.items():
            now[ref].append(line)
        named = {person for person, _ in listed}
        absent: Counter[str] = Counter()
        for row in self.rows:
            ref, person = row["case_ref"], row["person_id"]
            if not row["from"] <= iso(self.as_at) <= (row["to"] or "9999") or (person, ref) in listed:
                continue
            if ref in self.refused:
                self.found.keep.append(row)
            elif ref in now:
                begins = min(line.from_day or self.as_at for line in now[ref])
                self._ends(row, begins - 1 if iso(begins) > row["from"] else self.as_at - 1)
            elif person in named and not self.caseload.unread:
                self._ends(row, self.as_at - 1)
            else:
                self.found.keep.append(row)
                absent[person] += person not in named
        self._tell_kept(absent)

    def _ends(self, row: Row, last: Day) -> None:
        """Ends an allocation, on its first day at the earliest."""
        until = max(iso(last), row["from"])
        if until == row["to"]:
            self.found.keep.append(row)
        else:
            self.found.end.append({**row, "to": until})

    def _tell_kept(self, absent: Mapping[str, int]) -> None:
        if self.caseload.unread:
            self.found.notes.append(
                "Some lines have no case number, so that nothing ends by not being listed."
            )
        for person, n in sorted(absent.items()):
            if n:
                stay = f"{counted(n, 'case')} of {self.names[person]} {'stays' if n == 1 else 'stay'}"
                self.found.notes.append(f"{stay} as they are: the list does not name them.")
