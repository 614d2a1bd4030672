"""Who in a team's export is somebody of another team's export, under the same id or another.

People are surely the same if a staff number, a registration number or an e-mail address agrees and no number
contradicts it; then the export's id becomes the one here. A name alone is never enough: that is told, and
both stay until somebody says who is who. What was said holds for every later export of the same source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from supervise.errors import BadQuestion
from supervise.exchange.recognising import MARKS, agrees, contradict, mark, name_of, placed, surely
from supervise.exchange.sources import Here, Row, Source
from supervise.wording import joined


@dataclass(slots=True)
class Recognised:
    """The id here of each id in the file, the people to be remembered, whom was recognised and what is to be
    looked at, in sentences."""

    to: dict[str, str]
    remembered: dict[str, str]
    told: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def recognise(
    rows: Iterable[Row],
    before: Mapping[str, str],
    pairs: Iterable[str],
    others: Sequence[Source],
    here: Here,
) -> Recognised:
    """Who is who. `before` is what is remembered of the source; `pairs` are new answers, each “id in the
    file=id here”. BadQuestion if an answer makes no sense, or would make one of two people of the file."""
    people = _People(rows, others, here)
    answers = dict(people.answer(pair) for pair in pairs)
    kept = {id: to for id, to in before.items() if id in people.rows}
    doubts: list[str] = []
    found = people.found(kept.keys() | answers.keys(), doubts)
    why = {id: reason for id, (_, reason) in found.items()}
    why |= dict.fromkeys(kept, "as before") | dict.fromkeys(answers, "as you say")
    fixed = {**{id: to for id, (to, _) in found.items()}, **kept, **answers}
    people.keep_apart(fixed, answers, doubts)
    to = placed(people.rows, fixed, people.there.__contains__, people.there.__contains__)
    made = Recognised(
        to, {id: to[id] for id in to if to[id] != id or id in kept.keys() | answers.keys()}
    )
    for id, row in people.rows.items():
        if id not in fixed:
            doubts += people.doubts(row, to)
        elif to[id] != id:
            made.told.append(
                f"{row['name']} ({id} in the file) is {people.called(to[id])} here, {why[id]}."
            )
    made.doubts = doubts
    return made


class _People:
    """The people of a file, `rows`, beside those that other sources hold: `there`, a person's versions by
    id."""

    def __init__(self, rows: Iterable[Row], others: Sequence[Source], here: Here) -> None:
        self.rows = {row["id"]: row for row in rows}
        self.there: dict[str, list[Row]] = {}
        self._by_mark: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for source in others:
            for id, row in here.said(source, "person").items():
                self.there.setdefault(id, []).append(row)
                self._by_name[name_of(row)].add(id)
                for name in MARKS:
                    if value := mark(row, name):
                        self._by_mark[name, value].add(id)

    def called(self, id: str) -> str:
        """Somebody here, by name and id."""
        return f"{self.there[id][0]['name']} ({id})" if id in self.there else f"“{id}”"

    def answer(self, pair: str) -> tuple[str, str]:
        """An answer taken apart; either id may hold a = of its own."""
        for at, character in enumerate(pair):
            one, other = pair[:at], pair[at + 1 :]
            if character == "=" and one in self.rows and (other in self.there or other == one):
                return one, other
        raise BadQuestion(
            f"“{pair}” does not say who is who.",
            "Write --same ID=ID: first the person’s id in the file, then an id of another source here.",
        )

    def found(self, answered: Iterable[str], doubts: list[str]) -> dict[str, tuple[str, str]]:
        """Who is surely somebody here, with the reason in words; those answered for are not asked about."""
        asked = {id: row for id, row in self.rows.items() if id not in set(answered)}
        found = {}
        for id, row in asked.items():
            if any(agrees("person", row, other) for other in self.there.get(id, ())):
                found[id] = (id, "by the same id")
                continue
            alike = self._alike(row)
            if len(alike) == 1:
                found[id] = next(iter(alike.items()))
            elif alike:
                several = joined([self.called(other) for other in sorted(alike)])
                doubts.append(f"{row['name']} ({id}) is like {several} here, and is kept apart.")
        return found

    def _alike(self, row: Row) -> dict[str, str]:
        near = [self._by_mark.get((name, mark(row, name) or ""), ()) for name in MARKS]
        return {
            other: f"by {why}"
            for other in set().union(*near)
            for version in self.there[other]
            if (why := surely(row, version))
        }

    def keep_apart(self, fixed: dict[str, str], answers: Mapping[str, str], doubts: list[str]) -> None:
        """Two people of one file stay two: of those likened to the same person here only the one whose id it
        is, or of whom somebody has said so, is that person. BadQuestion if that was said of two."""
        for target in [target for target, n in Counter(fixed.values()).items() if n > 1]:
            claim = sorted(id for id in fixed if fixed[id] == target)
            said = [id for id in claim if id in answers]
            if len(said) > 1 or (said and target in claim and target not in said):
                raise BadQuestion(
                    f"{joined(claim)} are two people of one file, and cannot both be {self.called(target)}.",
                    "Have the team put that right in its own store.",
                )
            keep = said[0] if said else target
            for id in claim:
                if id != keep:
                    del fixed[id]
            doubts.append(
                f"{joined(claim)} of the file are all like {self.called(target)} here, and are kept apart."
            )

    def doubts(self, row: Row, to: Mapping[str, str]) -> list[str]:
        """What to ask about somebody who was not recognised."""
        id, name, told = row["id"], row["name"], []
        if to[id] != id and id not in self.there:
            told.append(f"{name} ({id} in the file) is “{to[id]}” here: “{id}” is taken.")
        elif to[id] != id:
            told.append(
                f"“{id}” is {name} in the file and {self.called(id)} here. They are kept as two people, and"
                f" {name} is “{to[id]}” here; if they are one, import with --same {id}={id}."
            )
        for other in sorted(self._by_name.get(name_of(row), set()) - set(to.values())):
            if not any(contradict(row, version) for version in self.there[other]):
                told.append(
                    f"{name} is in two files under different ids ({id} in this one, {other} here), and is kept"
                    " as two people. Give both the same staff number, or import with"
                    f" --same {id}={other}; with --same {id}={id} if they are two."
                )
        return told
