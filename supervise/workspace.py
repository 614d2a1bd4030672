"""One method for each thing that a person can do or ask (floor 3).

Window and command line call the same ones. Each doing is one change of the store: one line of history, one
step of undo. `today` is a function that gives the present day as a number; nothing here asks a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from supervise import answers
from supervise.cadence import CaseFacts, Clockwork, Facts, Gap, Standing, standing
from supervise.collecting import without_collecting
from supervise.doing.here import Here
from supervise.errors import BadQuestion, NotAllowed
from supervise.fields import BY_NAME, KINDS
from supervise.policies import Policy, Rulebook
from supervise.service import Row, Service, gather
from supervise.store import Change, Store
from supervise.store.facts import FactsReader, teams
from supervise.workdays import Day, day, iso

if TYPE_CHECKING:  # what only some questions need is imported when they are asked
    from supervise.compliance import Measures
    from supervise.doing.papers.press import Press
    from supervise.exchange.plan import Plan
    from supervise.exchange.sources import About, Source
    from supervise.exchange.tracker.answers import Answers
    from supervise.later import ChangedGap
    from supervise.records import Record
    from supervise.store.history import Line
    from supervise.store.search import Found

_FACTS = ("person", "post", "absence", "session", "variation", "case_allocation", "case_discussion")


class Workspace:
    """Everything that can be done with an open store by a person called `me`. In practice every paper says
    that its people are made up."""

    def __init__(
        self, store: Store, *, today: Callable[[], Day], me: str, is_practice: bool = False
    ) -> None:
        self.store, self.today, self.me = store, today, me
        self.is_practice = is_practice
        self.here = Here(store, today, me)

    # Policies

    def rulebook(self) -> Rulebook:
        """The policies of the store."""
        return self.here.rulebook()

    def policies(self) -> list[Policy]:
        """The policies, in order of the day from which they are in force."""
        return self.here.policies()

    def add_policies(self, policies: Sequence[Policy]) -> list[str]:
        """Put policies into force, each from its own day, and say what to look at.

        BadQuestion if one has the id, or the day, of another.
        """
        from supervise.doing.rules import add_policies

        return add_policies(self.here, policies)

    # Questions

    def clockwork(self, clock: str | None = None, as_at: Day | None = None) -> Clockwork:
        """A clock wound for a day (today, if none is given)."""
        return self.here.clockwork(clock, as_at)

    @without_collecting()
    def board(
        self, clockwork: Clockwork, known_at: Day | None = None, team: str | None = None
    ) -> tuple[Service, list[Standing]]:
        """Where everyone (or every case) stands, and the service it was read from."""
        if known_at is not None or self._is_case(clockwork):
            service = self.service_known(clockwork.as_at, known_at)
        else:
            reader = FactsReader(self.store.database, clockwork.as_at, team)
            service = reader.standing(clockwork.rulebook, clockwork.clock)
        found = answers.standings(clockwork, service, team)
        if not found:
            self.here.refuse_unknown_team(team)
        return service, found

    @without_collecting()
    def gaps(
        self,
        clockwork: Clockwork,
        known_at: Day | None = None,
        team: str | None = None,
        first: Day | None = None,
        last: Day | None = None,
    ) -> tuple[Service, list[Gap]]:
        """Every gap (with a late day in the period, if one is given), and the service they were read
        from. A team's gaps are those whose late-by day fell to it."""
        if first is not None and last is not None and last < first:
            raise BadQuestion("The period ends before it begins.", "Swap the two dates.")
        self.here.refuse_unknown_team(team)
        if known_at is not None or self._is_case(clockwork):
            service = self.service_known(clockwork.as_at, known_at)
        else:
            service = FactsReader(self.store.database, clockwork.as_at).history(
                clockwork.rulebook, clockwork.clock
            )
        return service, answers.gaps(clockwork, service, team, first, last)

    def measures(
        self, clockwork: Clockwork, first: Day, last: Day, by: str | None = None
    ) -> tuple[Service, list[Measures]]:
        """The measures over a period, of everyone or group by group."""
        from supervise.compliance import measures

        if self._is_case(clockwork):
            service = self.service_known(clockwork.as_at, None)
        else:
            reader = FactsReader(self.store.database, clockwork.as_at)
            service = reader.history(clockwork.rulebook, clockwork.clock)
            service.sessions = reader.sessions(first, min(last, clockwork.as_at))
        return service, measures(clockwork, service, first, last, by)

    def explain(self, subject: str, clockwork: Clockwork) -> list[list[str]]:
        """Why somebody (or a case) stands where they do, then why each gap came to be, newest first: each a
        list of sentences. `subject` is an id, or the name of a person who alone has it. BadQuestion if there
        is nobody so called."""
        from supervise.explain import Explainer

        service = self.service_known(clockwork.as_at, None)
        facts = self._subject(service, clockwork, subject)
        explainer = Explainer(clockwork, service)
        told = [explainer.standing(standing(clockwork, facts), facts)]
        return told + [explainer.gap(gap) for gap in reversed(clockwork.gaps(facts))]

    def service_known(self, as_at: Day, known_at: Day | None) -> Service:
        """All facts as they stood at the end of `known_at` (now, if None), as at a day."""
        return gather({kind: self._rows(kind, known_at) for kind in _FACTS}, as_at, known_at)

    def _rows(self, kind: str, known_at: Day | None) -> list[Row]:
        if known_at is None:
            return list(self.store.rows(kind))
        return list(self.store.rows_known_at(kind, iso(known_at)))

    def changed_gaps(self, clockwork: Clockwork) -> list[ChangedGap]:
        """The gaps that entries made more than a week late have shortened or removed."""
        from supervise.later import KINDS as LATER_KINDS
        from supervise.later import Correction, changed_gaps

        rows = {kind: self._rows(kind, None) for kind in _FACTS}
        if self.is_service:  # what a newer export altered was entered by somebody else, on another day
            return changed_gaps(clockwork, rows, [], lambda kind, row_id: None)
        corrected = [
            Correction(kind, before, day(on), by)
            for kind, before, on, by in self.store.corrections(LATER_KINDS)
        ]
        return changed_gaps(clockwork, rows, corrected, self._who_entered)

    def _who_entered(self, kind: str, row_id: str) -> str | None:
        entered = self.store.who_set(kind, row_id, BY_NAME[kind].fields[0].name)  # required of each
        return entered.by if entered else None

    def _subject(self, service: Service, clockwork: Clockwork, subject: str) -> Facts | CaseFacts:
        found: Facts | CaseFacts | None
        if self._is_case(clockwork):
            found, what = service.cases.get(subject), "case"
        else:
            found, what = service.facts.get(subject), "person"
        if found is not None:
            return found
        called = [id_ for id_, name in service.names.items() if name.casefold() == subject.casefold()]
        if len(called) == 1 and called[0] in service.facts and what == "person":
            return service.facts[called[0]]
        if called:
            raise BadQuestion(
                f"{len(called)} people are called “{subject}”.", f"Say which: {', '.join(called)}."
            )
        raise BadQuestion(f"There is no {what} “{subject}” here.", "“supervise status” lists them.")

    def _is_case(self, clockwork: Clockwork) -> bool:
        return clockwork.rulebook.per(clockwork.clock) == "case"

    def teams(self) -> list[str]:
        """Every team that anyone is or was in."""
        return teams(self.store.database)

    # Files

    @property
    def is_service(self) -> bool:
        """Whether the store gathers the teams' exports, and its facts cannot be changed in it."""
        return self.store.is_service

    def sources(self) -> list[Source]:
        """The exports that a service store has gathered. NotAllowed in any other store."""
        from supervise import gathering

        return gathering.sources(self.store)

    def remove_source(self, name: str) -> tuple[Source, Change]:
        """Take a source out of a service store, as one change. See `gathering.remove_source`."""
        from supervise import gathering

        return gathering.remove_source(self.store, name, self.me)

    @without_collecting()
    def plan_import(
        self, path: Path, about: About | None = None, answered: Answers | None = None
    ) -> Plan:
        """What taking in a folder, workbook or tracker would do. Nothing is stored. See `taking_in`, and
        `gathering` for a service store, where `about` says things about an export. `answered` is what
        somebody says now about a tracker; what was said before is remembered."""
        from supervise import gathering, taking_in, trackers

        if self.is_service or (about and about.says_something):
            return gathering.plan_gathering(self.store, path, about, self.today())
        how = trackers.how_to_read(
            self.store, answered, self.rulebook().clock_called(None), self.today()
        )
        return taking_in.plan_import(self.store, path, self.policies(), how)

    def carry_out(self, plan: Plan, *, skip_bad_rows: bool = False) -> Change:
        """Take in what a plan holds, as one change. See `taking_in.carry_out`."""
        from supervise import gathering, taking_in
        from supervise.exchange.gathered import Gathering

        if isinstance(plan, Gathering):
            return gathering.carry_out(self.store, plan, self.me, skip_bad_rows=skip_bad_rows)
        return taking_in.carry_out(self.store, plan, self.me, skip_bad_rows=skip_bad_rows)

    def export(self, path: Path) -> None:
        """Write everything to a folder, or to a workbook if the name ends in .xlsx."""
        from supervise.exchange.writing import write_folder, write_workbook

        rows = {kind.name: self.store.rows(kind.name) for kind in KINDS}
        policies = {row["id"]: row["toml"] for row in self.store.rows("policy")}
        write = write_workbook if path.suffix.lower() == ".xlsx" else write_folder
        write(path, rows, policies)

    # Records

    def record(self, session_id: str) -> Record:
        """One session's whole record. BadQuestion if there is no such session."""
        return self.here.record(session_id)

    @property
    def press(self) -> Press:
        """Writes papers."""
        from supervise.doing.papers.press import Press

        return Press(self.here, practice=self.is_practice)

    def find(self, words: str) -> list[Found]:
        """Where words were written, best first; parts of a record by the id of their session."""
        return [
            each._replace(id=(self.store.row(each.kind, each.id) or {}).get("session_id") or each.id)
            for each in self.store.find(words)
        ]

    # History

    def history(self, limit: int = 200) -> list[Line]:
        """What was changed, newest first."""
        return self.store.history(limit)

    def undo_change(self, number: int, *, with_later: bool = False) -> Change:
        """Undo any change of the history, with later ones in the way if that is asked for."""
        if number < 1:
            raise NotAllowed("There is no such change.", "“supervise history” lists them.")
        return self.store.undo_change(number, self.me, with_later=with_later)
