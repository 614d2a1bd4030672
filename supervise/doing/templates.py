"""Agenda templates: the headings that a new record begins with, and the question beside each.

A template is its name and team (None: every team's); its headings are rows of their own. `agendas` says which
of them a record begins with. A change to one counts for records that are begun afterwards: what is written
keeps its headings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supervise.doing import agendas
from supervise.doing.here import Here
from supervise.doing.sheet import Heading
from supervise.errors import BadQuestion, NotAllowed
from supervise.fields import SECTION
from supervise.store import Change
from supervise.store.rows import Row

PARTS = SECTION.field("part").words
"""What a heading is about: the worker ("personal") or cases ("case")."""


@dataclass(frozen=True, slots=True)
class Template:
    """Headings in order, under a name; `team` None is every team's."""

    name: str
    team: str | None
    headings: tuple[Heading, ...]


BUILT_IN = Template("One-to-one", None, agendas.BUILT_IN)
"""What a record begins with where no template is here, to begin one of one's own from."""


class Templates:
    """The templates of a store."""

    def __init__(self, here: Here) -> None:
        self.here, self.store = here, here.store

    def all(self) -> list[Template]:
        """Every template, by name; of one name every team's first, then by team."""
        found: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
        for row in self.store.rows("template"):
            found[row["template"], row["team"]].append(row)
        templates = [
            Template(*key, tuple(_heading(row) for row in _in_order(found[key]))) for key in found
        ]
        return sorted(templates, key=lambda each: (each.name.casefold(), each.name, each.team or ""))

    def named(self, name: str, team: str | None = None) -> Template | None:
        """The template of that name and team, or None."""
        rows = self._rows(name, team)
        return Template(name, team, tuple(map(_heading, rows))) if rows else None

    def save(
        self, name: str, team: str | None, headings: Iterable[Heading | tuple[str, str | None, str]]
    ) -> Change:
        """Puts a template in, or in place of the one of its name and team, as one change; a heading may be
        given as (heading, prompt, part). One that was there before keeps its row. NotAllowed, in words, for
        one that is empty or there twice."""
        name, team, wanted = _one_line(name), _one_line(team or "") or None, _tidied(headings)
        _refuse_if_wrong(name, wanted)
        before = self._rows(name, team)
        rows = _with_ids(wanted, before)
        gone = {row["id"] for row in before} - {row.get("id") for row in rows}
        label = f"{'Change' if before else 'Record'} {_called(name, team)}"
        with self.store.change(label, by=self.here.me) as change:
            change.remove_all("template", sorted(gone))
            same = {"template": name, "team": team}
            change.put_all("template", [{**row, **same} for row in rows], recorded=True)
        return change

    def remove(self, name: str, team: str | None = None) -> Change:
        """Takes a template away. BadQuestion if there is none so called."""
        rows = self._rows(name, team)
        if not rows:
            raise BadQuestion(f"There is no template “{name}” any more.", "Look again at what is there.")
        with self.store.change(f"Remove {_called(name, team)}", by=self.here.me) as change:
            change.remove_all("template", [row["id"] for row in rows])
        return change

    def _rows(self, name: str, team: str | None) -> list[Row]:
        return _in_order(self.store.rows("template", template=name, team=team))


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (int(row["position"]), str(row["id"])))


def _heading(row: Row) -> Heading:
    return Heading(heading=row["heading"], part=row["part"] or PARTS[0], prompt=row["prompt"])


def _called(name: str, team: str | None) -> str:
    return f"the template “{name}”" + (f" of {team}" if team else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidied(headings: Iterable[Heading | tuple[str, str | None, str]]) -> list[Heading]:
    """Headings on one line each, and prompts without space around them."""
    given = [(e.heading, e.prompt, e.part) if isinstance(e, Heading) else e for e in headings]
    return [
        Heading(heading=_one_line(heading), prompt=(prompt or "").strip() or None, part=part)
        for heading, prompt, part in given
    ]


def _refuse_if_wrong(name: str, headings: Sequence[Heading]) -> None:
    """NotAllowed for a template that could not be used."""
    if not name:
        raise NotAllowed("The template has no name.", "Give it one.")
    if not headings:
        raise NotAllowed("The template has no headings.", "Add one, or remove the template.")
    seen: set[str] = set()
    for number, each in enumerate(headings, 1):
        if not each.heading:
            raise NotAllowed(f"Heading {number} is empty.", "Write it, or take it out.")
        if each.part not in PARTS:
            raise NotAllowed(f"“{each.heading}” is of no known part.", f"Choose {' or '.join(PARTS)}.")
        if each.heading.casefold() in seen:
            raise NotAllowed(f"The heading “{each.heading}” is there twice.", "Rename one of the two.")
        seen.add(each.heading.casefold())


def _with_ids(wanted: Sequence[Heading], before: Sequence[Row]) -> list[Row]:
    """The rows of these headings: those that were there keep their ids, and of the rest those on the same
    place, which were renamed."""
    by_heading = {row["heading"]: row["id"] for row in before}
    taken = {by_heading.get(each.heading) for each in wanted}
    by_place = {row["position"]: row["id"] for row in before if row["id"] not in taken}
    return [
        {
            "id": by_heading.get(each.heading) or by_place.get(place),
            "position": place, "heading": each.heading, "prompt": each.prompt, "part": each.part,
        }
        for place, each in enumerate(wanted, 1)
    ]  # fmt: skip
