"""Who the names of a tracker are here: people known already, or new ones, and never merged in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import uuid_utils

from supervise import wording
from supervise.exchange.batch import Place, Problem
from supervise.exchange.tracker import names
from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.found import Question
from supervise.exchange.tracker.lines import ONE, TWO

Row = Mapping[str, Any]
NEW = "new"


@dataclass(slots=True)
class Matched:
    """Ids by key of a name; `new` the names that are nobody known here, by id; `refused` the keys of those
    of whom it has to be said first who they are."""

    ids: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Ids:
    """Ids that come out the same whenever the same thing is read into the same store: so a later copy of a
    tracker knows its own rows again, whatever its file is called by then."""

    def __init__(self, store_id: str) -> None:
        self._space = uuid_utils.uuid5(uuid_utils.NAMESPACE_OID, store_id)

    def of(self, *parts: object) -> str:
        """The id of what these parts name."""
        return str(uuid_utils.uuid5(self._space, "|".join(map(str, parts))))


def matched(
    wanted: Mapping[str, tuple[str, Place]], people: Iterable[Row], answers: Answers, ids: Ids
) -> Matched:
    """Who everybody is. `wanted` gives name and place by key; `people` are the rows of those known here."""
    known = list(people)
    by_key: dict[str, list[str]] = defaultdict(list)
    for row in known:
        by_key[names.key_of(row["name"])].append(row["id"])
    here = {row["id"]: row["name"] for row in known}
    found = Matched()
    alike = names.Likenesses(here)
    for who, (name, place) in wanted.items():
        own = ids.of("person", who)
        said = answers.names.get(name, "")
        if said and said not in (ONE, TWO):
            _as_told(found, who, name, place, said, own, here, by_key)
        elif len(by_key[who]) == 1:
            found.ids[who] = by_key[who][0]
        elif own in here:
            found.ids[who] = own
        elif by_key[who]:
            few = f"there are {len(by_key[who])} people called {name} here"
            _ask(found, who, name, place, few, by_key[who], here)
        elif near := alike.of(name):
            _ask(found, who, name, place, f"“{name}” nearly matches {here[near[0]]}", near, here)
        else:
            found.ids[who], found.new[own] = own, name
    _nearly_twice(found)
    return found


def _as_told(
    found: Matched, who: str, name: str, place: Place, said: str, own: str, here: Mapping[str, str],
    by_key: Mapping[str, list[str]],
) -> None:  # fmt: skip
    """Takes the answer that somebody gave."""
    same = by_key.get(names.key_of(said), [])
    if said.casefold() == NEW:
        found.ids[who] = own
        if own not in here:
            found.new[own] = name
    elif said in here or len(same) == 1:
        found.ids[who] = said if said in here else same[0]
        found.notes.append(f"{name} is {here[found.ids[who]]} here, as you said.")
    else:
        found.problems.append(Problem(place, f"{name} is said to be “{said}”, who is not known here"))
        found.refused.add(who)


def _ask(
    found: Matched, who: str, name: str, place: Place, why: str, ids: list[str], here: Mapping[str, str]
) -> None:
    """Refuses a name until somebody has said who it is."""
    candidates = wording.joined([f"{here[id_]} ({id_})" for id_ in ids])
    found.refused.add(who)
    found.problems.append(Problem(place, f"{why}; say who this is"))
    asks = f"Who is {name}? Perhaps {candidates}; or “new”."
    found.questions.append(
        Question(asks, "everything about them is refused", "names", name, needed=True)
    )


def _nearly_twice(found: Matched) -> None:
    """Two new names that are nearly the same: told, and taken for two people."""
    alike = names.Likenesses({})
    for id_, name in found.new.items():
        for other in alike.of(name):
            asks = f"Are {name} and {found.new[other]} one person?"
            found.questions.append(Question(asks, "they are taken for two people", "names", name))
        alike.add(id_, name)
