"""How long records are kept, holds on them, and deleting for good what is due: each only by a person's word.

No law fixes a period for records of supervision: the council sets one. Until it has, nothing is due.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

from supervise.doing.here import Here
from supervise.doing.kept import Kept
from supervise.errors import BadQuestion, NotAllowed
from supervise.store import Change, Store, copies, purge
from supervise.store import retention as kept
from supervise.store.copies import Copy
from supervise.store.elsewhere import Backed
from supervise.store.purge import Left
from supervise.store.rekeying import NewKeys
from supervise.store.retention import Leaver
from supervise.store.rows import HOLD, Row
from supervise.wording import counted, joined
from supervise.wording import day as said_day
from supervise.workdays import Day, iso

MOST_YEARS = 100
"""The longest period that can be set; longer than anybody's working life."""

WHY_NO_PERIOD = (
    "No law fixes how long records of supervision are kept; your council’s retention schedule does. Published ones "
    "differ: 25 years after leaving for staff who work with children (Derbyshire, Oxfordshire), 6 years and a little "
    "for other staff (Derbyshire)."
)
"""What to say where the period is set. Sources: the councils' published schedules; ICO guidance on workers' records,
5 February 2025."""

_KINDS = {
    "session": ("supervision", "supervisions"), "session_section": ("part of a record", "parts of records"),
    "late_entry": ("late entry", "late entries"), "statement": ("statement", "statements"),
    "action": ("action", "actions"), "case_discussion": ("case discussed", "cases discussed"),
    "post": ("post", "posts"), "absence": ("time away", "times away"),
    "explanation": ("reason for a gap", "reasons for gaps"), "variation": ("agreed frequency", "agreed frequencies"),
    "agreement": ("agreement", "agreements"), "case_allocation": ("case held", "cases held"),
}  # fmt: skip


class Looked(NamedTuple):
    """What deleting somebody's records would take, and leave, in words: `takes` ("41 supervisions, 3 posts …"),
    `leaves` (their name as a supervisor in others' records) and `mentioned` (their name in words of others'
    records; "" if there is none), and how many `drafts` go along."""

    leaver: Leaver
    takes: str
    leaves: str
    mentioned: str
    drafts: int


class Retention:
    """Retention in an open store. `practice` says that everybody in it is made up, so that its key protects
    nobody."""

    def __init__(self, here: Here, *, practice: bool = False) -> None:
        self.here, self.store, self._database = here, here.store, here.store.database
        self.is_practice = practice

    # How long

    def years(self) -> int | None:
        """For how many years after somebody has left their records are kept; None if nobody has decided."""
        said = self.store.settings.get(kept.YEARS)
        return int(said) if said else None

    def set_years(self, years: int | None) -> None:
        """Sets the period (None: not decided), and notes in the access list who did. NotAllowed out of range."""
        if years is not None and not 1 <= years <= MOST_YEARS:
            raise NotAllowed(f"{years} years cannot be set.", f"Set a number from 1 to {MOST_YEARS}.")
        self.store.settings.put(kept.YEARS, "" if years is None else str(years))
        said = "not decided" if years is None else counted(years, "year")
        self.store.access.note(self.here.me, f"set retention: {said}")

    def due_on(self, row: Row) -> Day | None:
        """From which day on the records of a person (their row) may be deleted; None if that is not known."""
        return kept.due_on(row["left_on"], self.years())

    def leavers(self) -> list[Leaver]:
        """Everybody who has left and of whom there is something to delete, those due first."""
        return kept.leavers(self._database, self.years())

    def is_due(self, leaver: Leaver) -> bool:
        """Whether somebody's records may be deleted today."""
        return leaver.due_on is not None and leaver.due_on <= self.here.today() and leaver.hold is None

    def without_leaving_date(self) -> list[str]:
        """The names of those who are in no post any more and whose last day was never noted: for them the years
        never begin."""
        return kept.without_leaving_date(self._database, iso(self.here.today()))

    # Holds

    def hold(self, person: str, reason: str) -> Change:
        """Puts a hold on somebody's records, as one change: nobody deletes them until it is taken off. NotAllowed
        without a reason, or if there is one already."""
        name, reason = self._name(person), " ".join(reason.split())
        if not reason:
            raise NotAllowed("A hold needs a reason.", "Say who asked for it, and why.")
        if any(self.store.rows(HOLD.name, person_id=person)):
            raise NotAllowed(f"There is a hold on the records of {name} already.", "Take it off first.")
        row = {"person_id": person, "reason": reason, "by": self.here.me, "since": self.store.today}
        with self.store.change(f"Put a hold on the records of {name}", by=self.here.me) as change:
            change.put(HOLD.name, row, recorded=True)
        return change

    def lift(self, person: str) -> Change:
        """Takes the hold off somebody's records. BadQuestion if there is none."""
        holds = [row["id"] for row in self.store.rows(HOLD.name, person_id=person)]
        name = self._name(person)
        if not holds:
            raise BadQuestion(f"There is no hold on the records of {name}.", "Nothing needs to be done.")
        with self.store.change(f"Take the hold off the records of {name}", by=self.here.me) as change:
            change.remove_all(HOLD.name, holds)
        return change

    # Deleting

    def look(self, person: str) -> Looked:
        """What deleting somebody's records would take and leave. BadQuestion if they have not left."""
        name = self._name(person)
        leaver = next((each for each in self.leavers() if each.id == person), None)
        if leaver is None:
            raise BadQuestion(
                f"There is nothing of {name} to delete.", "Records go when somebody has left."
            )
        others = sum(kept.named_by_others(self._database, person).values())
        leaves = (
            f"{name} is named in {counted(others, 'entry', 'entries')} of other people’s records, as their supervisor "
            "or for an action. Those records are kept for their own time, and the name stays in them."
            if others else ""
        )  # fmt: skip
        mentions = kept.mentions(self._database, person, name)
        mentioned = (
            f"Their name stands in what was written in {counted(mentions, 'entry', 'entries')} of other people’s "
            "records too, which stay as they were written."
            if mentions else ""
        )  # fmt: skip
        drafts = len(Kept(self.store).about(person))
        return Looked(leaver, self.takes(person), leaves, mentioned, drafts)

    def takes(self, person: str) -> str:
        """What there is of somebody, in words."""
        counts = kept.what_there_is(self._database, person)
        said = [counted(counts[kind], *words) for kind, words in _KINDS.items() if kind in counts]
        return joined(said) or "only their name and details"

    def delete(self, person: str, typed: str) -> Change:
        """Deletes somebody's records at once. See `deleting`."""
        steps = self.deleting(person, typed)
        while True:
            try:
                next(steps)
            except StopIteration as ended:
                change: Change = ended.value
                return change

    def deleting(self, person: str, typed: str) -> Generator[tuple[int, int], None, Change]:
        """Deletes somebody's records for good, as one change that cannot be undone, and writes the file anew: two
        steps. `typed` is their name as whoever wants it typed it. NotAllowed if that is another name, if the time
        has not come, or while there is a hold; see `purge.delete_person`."""
        self._refuse(self.look(person).leaver, typed)
        yield 0, 2
        change = purge.delete_person(self.store, person, self.here.me, needs_key=not self.is_practice)
        yield 1, 2
        purge.tidy(self.store)
        return change

    def _refuse(self, leaver: Leaver, typed: str) -> None:
        name = leaver.name
        if leaver.hold is not None:
            raise NotAllowed(f"There is a hold on the records of {name}.", "Take the hold off first.")
        if leaver.due_on is None:
            raise NotAllowed("It is not decided how long records are kept.", "Set the years first.")
        if not self.is_due(leaver):
            until = said_day(leaver.due_on)
            raise NotAllowed(f"The records of {name} are kept until {until}.", "Delete them after that.")
        if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
            raise NotAllowed("That is not their name.", f"Type {name} to delete their records.")

    # Afterwards

    def left_to_do(self) -> Left:
        """What is still to be done after a deletion."""
        return purge.left_to_do(self.store)

    def giving_key(self, new: NewKeys) -> Generator[tuple[int, int], None, None]:
        """Gives the store its new key, step by step. See `purge.prepare_key`."""
        return purge.giving_key(self.store, new, self.here.me)

    def copies(self) -> list[Copy]:
        """The copies in which what was deleted still stands."""
        return copies.holding(self.store, self.store.now()) if self.store.is_on_disk else []

    def second_place_is_away(self) -> bool:
        """Whether there may be more copies in a second place that cannot be seen now."""
        return self.store.is_on_disk and copies.second_place_is_away(self.store)

    def copy_said(self, copy: Copy) -> str:
        """When a copy goes, in words."""
        if copy.goes_on is None:
            return "stays until somebody deletes it"
        soon = copy.goes_on <= self.here.today()
        return (
            "goes with the next backup"
            if soon
            else f"goes by {said_day(copy.goes_on)} if the store is used daily"
        )

    def delete_copies(self) -> tuple[Backed, list[Path]]:
        """Makes a backup as things are now, tries it, and deletes those copies. See `copies.delete_copies`."""
        return copies.delete_copies(self.store)

    def _name(self, person: str) -> str:
        row = self.store.row("person", person)
        if row is None:
            raise BadQuestion(
                f"There is nobody “{person}” here.", "Look for them in the list of people."
            )
        return str(row["name"])


def removed_words(store: Store, team: str | None, first: Day, last: Day) -> str:
    """ "2 people removed under retention …": of a team (of any, if None) with days in post in a period, which is
    measured without them; "" if there is nobody."""
    n = kept.removed_in(store.database, team, first, last)
    were = "was" if n == 1 else "were"
    people = counted(n, "person", "people")
    return (
        f"{people} removed under retention {were} in post in these days and not in the figures."
        if n
        else ""
    )
