"""What a paper is about: a person, one of their supervisions, a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from supervise import wording
from supervise.doing.papers.paper import Paper
from supervise.store.lists import ever_in
from supervise.ui.desk import Desk
from supervise.ui.pages.period_choice import FREE, PeriodChoice
from supervise.ui.pages.reports_asked import Asked, Boxed
from supervise.workdays import day, iso


class PersonAsked(Boxed):
    """Whom it is about: everybody who is or was in the team looked at."""

    names = ("person",)

    def __init__(self, desk: Desk, nobody: str = "Nobody yet") -> None:
        """`nobody` stands first where a paper need not be about somebody."""
        super().__init__(desk, "&Person")
        self._nobody = nobody

    def is_for(self, paper: Paper) -> bool:
        """A supervision is somebody's, too."""
        return super().is_for(paper) or "session" in paper.needs

    def ask_for(self, paper: Paper) -> None:
        """Everybody, by name."""
        super().ask_for(paper)
        self.offer(may_be_nobody="person" in paper.may)

    def offer(self, *, may_be_nobody: bool) -> None:
        """Everybody, by name; whoever was chosen stays so."""
        nobody = [(self._nobody, None)] if may_be_nobody else []
        self.fill([*nobody, *self._people()], self.box.currentData(), first=may_be_nobody)

    def _people(self) -> Iterator[tuple[str, str]]:
        store, team = self.desk.workspace.store, self.desk.view.team
        within = None if team is None else set(ever_in(store.database, team))
        rows = [each for each in store.rows("person") if within is None or each["id"] in within]
        named = Counter(each["name"] for each in rows)
        for each in sorted(rows, key=lambda each: (each["name"].casefold(), each["id"])):
            more = "" if named[each["name"]] == 1 else f" ({each['staff_no'] or each['id']})"
            yield f"{each['name']}{more}", each["id"]

    def choose(self, person: str) -> None:
        """Choose somebody, also of another team."""
        if self.box.findData(person) < 0:
            self.box.addItem(self.desk.workspace.here.name(person), person)
        self.box.setCurrentIndex(self.box.findData(person))

    def lacks(self) -> str:
        """Somebody."""
        return "" if self.box.currentData() else "a person"


class SessionAsked(Boxed):
    """Which of the supervisions that the person chosen has had by the day looked at."""

    names = ("session",)

    def __init__(self, desk: Desk, people: PersonAsked) -> None:
        super().__init__(desk, "S&upervision")
        self.box.setMinimumContentsLength(34)
        self._people = people
        people.chosen.connect(self.offer)

    def ask_for(self, paper: Paper) -> None:
        """Those of the person chosen."""
        super().ask_for(paper)
        self.offer()

    def offer(self) -> None:
        """The newest first; the one that was chosen stays so, if it is theirs."""
        person, upto = self._people.box.currentData(), iso(self.desk.view.day)
        rows = (
            self.desk.workspace.store.rows("session", person_id=person, status="held") if person else ()
        )
        held = sorted(
            (each for each in rows if each["held_on"] <= upto),
            key=lambda each: (each["held_on"], each["id"]),
            reverse=True,
        )
        self.fill([(_words(each), each["id"]) for each in held], self.box.currentData(), first=False)
        self.box.setEnabled(bool(held))

    def choose(self, session: str) -> bool:
        """Choose a session and whose it is; False if there is none of that id."""
        found = self.desk.workspace.store.row("session", session)
        if found is None:
            return False
        self._people.choose(found["person_id"])
        self.offer()
        self.box.setCurrentIndex(self.box.findData(session))
        return True

    def lacks(self) -> str:
        """A supervision that was held."""
        return "" if self.box.currentData() else "a supervision that was held"

    def has_none(self) -> bool:
        """Whether somebody is chosen who has not had any."""
        return self._people.box.currentData() is not None and not self.box.count()


def _words(found: dict[str, Any]) -> str:
    """ "14 Mar 2017, One-to-one, 90 minutes"."""
    said = [wording.day(day(str(found["held_on"]))), wording.words(str(found["kind"]))]
    if isinstance(found["minutes"], int):
        said.append(wording.minutes(found["minutes"]))
    return ", ".join(said)


class PeriodAsked(Asked):
    """From which day to which; `free`, for one of somebody's own, stands below it."""

    names = ("first", "last")

    def __init__(self, desk: Desk) -> None:
        self.choice = PeriodChoice(desk.view)
        super().__init__(desk, "Pe&riod", self.choice.box)
        self.free = self.choice.free
        self.choice.chosen.connect(self._say_chosen)
        self.choice.typing.connect(self._say_typing)
        for each in (self.choice.first, self.choice.last):
            each.edit.editingFinished.connect(self._say_chosen)

    def ask_for(self, paper: Paper) -> None:
        """The usual periods of the day looked at."""
        super().ask_for(paper)
        self.choice.fill()
        self.free.setVisible(self.is_for(paper) and self.choice.box.currentData() == FREE)

    def said(self) -> dict[str, Any]:
        """Both days."""
        found = self.choice.days()
        return {"first": found.first, "last": found.last}

    def lacks(self) -> str:
        """Nothing: there is always a period, or a sentence why not."""
        return ""
