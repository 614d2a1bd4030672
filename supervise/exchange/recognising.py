"""What in a team's export is here already, perhaps under another id; and which source the export is.

An id that stands for something else here, as hand-made ids such as P1 may, is given another one: nothing
is ever laid over what it is not. Who is who is found out in `people_here`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

from supervise import fields
from supervise.errors import BadQuestion
from supervise.exchange.sources import Here, Row, Rows, Same, Source, teams_of, written
from supervise.fields import Kind
from supervise.workdays import Day

Given = Mapping[str, Sequence[Row]]
"""The whole rows of a file by kind, under the file's own ids; those of kinds without ids have none."""

MARKS = {"staff_no": "staff number", "registration_no": "registration number", "email": "e-mail address"}
"""By what a person is surely known again, strongest first."""

_NUMBERS = ("staff_no", "registration_no")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


# Whether two rows are about the same thing


def mark(row: Row, name: str) -> str | None:
    """A number or address by which a person is known, so that it can be compared."""
    value = row.get(name)
    return value.casefold() if value else None


def name_of(row: Row) -> str:
    """A person's name, so that it can be compared."""
    return " ".join(row["name"].casefold().split())


def contradict(one: Row, other: Row) -> bool:
    """Whether two people both have a staff or registration number, and it is not the same."""
    pairs = [(mark(one, name), mark(other, name)) for name in _NUMBERS]
    return any(a and b and a != b for a, b in pairs)


def surely(one: Row, other: Row) -> str | None:
    """In words what shows that two people are one; None if nothing does, or a number contradicts it."""
    if contradict(one, other):
        return None
    found = (
        words
        for name, words in MARKS.items()
        if mark(one, name) and mark(one, name) == mark(other, name)
    )
    return next(found, None)


def agrees(kind: str, one: Row, other: Row) -> bool:
    """Whether two rows of one id (a person's, session's or action's) are about the same thing. An id that a
    store made (a UUID) is nobody else's; one that somebody made up may be."""
    if _UUID.fullmatch(one["id"]):
        return True
    if kind == "person":
        return bool(surely(one, other)) or (
            name_of(one) == name_of(other) and not contradict(one, other)
        )
    if kind == "session":
        days, others = _days(one), _days(other)
        same_day = bool(days & others) or not (days or others)
        return same_day and one["person_id"] == other["person_id"]
    return bool(one["session_id"] == other["session_id"])


def _days(session: Row) -> set[str]:
    return {session[name] for name in ("planned_on", "held_on") if session[name]}


# Which source


def source_of_file(given: Given, as_at: Day, here: Here) -> Source | None:
    """The source of which a file is a newer export: the one with which it shares most people in post and
    sessions, if those are more than half of the people in post, or of the sessions, that the source holds.
    None if it is a new one. BadQuestion if the teams are others: that is for a person to say."""
    found = [(shared, source) for source in here.sources if (shared := _shared(given, source, here))]
    if not found:
        return None
    _, source = max(found, key=lambda each: (each[0], each[1].as_at))
    teams = {team.casefold() for team in teams_of(given.get("post", ()), as_at)}
    if teams and source.teams and not teams & {team.casefold() for team in source.teams}:
        raise BadQuestion(
            f"This holds most of what “{source.name}” holds, but the teams in it are others.",
            f"Say with --source {source.id} that it is a newer export of that one, or with --source new"
            " that it is not.",
        )
    return source


def _shared(given: Given, source: Source, here: Here) -> int:
    """How many people in post and sessions of a source are in a file; 0 if they are not most of either."""
    in_post = {row["person_id"] for row in here.said(source, "post").values()}
    posted = {row["person_id"] for row in given.get("post", ())}
    people = _met("person", given.get("person", ()), source, here)
    met = len({source.same.get("person", {}).get(id, id) for id in posted} & people & in_post)
    sessions = _met("session", given.get("session", ()), source, here)
    theirs = here.said(source, "session", sessions)
    met_in = sum(row["person_id"] in people for row in theirs.values())
    is_most = met * 2 > len(in_post) or met_in * 2 > len(source.held("session"))
    return met + met_in if is_most else 0


def _met(kind: str, rows: Sequence[Row], source: Source, here: Here) -> set[str]:
    """The ids here of those of a file's rows that a source holds too."""
    mine = rewritten({kind: rows}, source.same).get(kind, {})
    return {id for id, row in here.said(source, kind, mine).items() if agrees(kind, mine[id], row)}


# Ids


def placed(
    ids: Collection[str],
    fixed: Mapping[str, str],
    is_other: Callable[[str], bool],
    is_held: Callable[[str], bool],
) -> dict[str, str]:
    """Where each id of a file goes: those `fixed` where that says, the others nowhere else, unless the id is
    taken or means something other here; then to one that nobody has: P1 to P1/2."""
    to = dict(fixed)
    taken = set(to.values())

    def is_free(id: str) -> bool:
        return id not in taken and id not in ids and not is_held(id)

    for id in ids:
        if id not in to:
            to[id] = _fresh(id, is_free) if id in taken or is_other(id) else id
            taken.add(to[id])
    return to


def _fresh(id: str, is_free: Callable[[str], bool]) -> str:
    n = 2
    while not is_free(f"{id}/{n}"):
        n += 1
    return f"{id}/{n}"


def things_here(
    kind: str, rows: Mapping[str, Row], before: Mapping[str, str], others: Sequence[Source], here: Here
) -> dict[str, str]:
    """The ids here of a file's sessions or actions, whose references have been rewritten. `before` is what
    was found out when an older export of the source was taken in."""
    there: dict[str, list[Row]] = defaultdict(list)
    for source in others:
        for id, row in here.said(source, kind, rows).items():
            there[id].append(row)

    def is_other(id: str) -> bool:
        return id in there and not any(agrees(kind, rows[id], row) for row in there[id])

    fixed = {id: to for id, to in before.items() if id in rows}
    return placed(rows, fixed, is_other, lambda id: any(id in source.held(kind) for source in others))


def rewritten(given: Given, same: Same) -> Rows:
    """A file's rows by kind and id, under the ids that they have here. A row of a kind without ids gets one
    made of what it is known by, so that two files that say the same thing hold the same row."""
    made: Rows = {}
    for kind in fields.KINDS:
        links = [(each.name, same.get(each.refers, {})) for each in kind.fields if each.refers]
        rows = [{**row, **_moved(row, links)} for row in given.get(kind.name, ())]
        if kind.id_column:
            own = same.get(kind.name, {})
            rows = [{**row, "id": own.get(row["id"], row["id"])} for row in rows]
            made[kind.name] = {row["id"]: row for row in rows}
        elif rows:
            made[kind.name] = _with_ids(kind, rows)
    return made


def _moved(row: Row, links: Iterable[tuple[str, Mapping[str, str]]]) -> Row:
    return {name: to[row[name]] for name, to in links if row.get(name) in to}


def _with_ids(kind: Kind, rows: Iterable[Row]) -> dict[str, Row]:
    """Of several that are known by the same, each has its place in the order of what they say."""
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[written([kind.name, *(row[name] for name in kind.key)])].append(row)
    made = {}
    for key, some in alike.items():
        for n, row in enumerate(sorted(some, key=written)):
            id = blake2b(f"{key}{n}".encode(), digest_size=12).hexdigest()
            made[id] = {"id": id, **row}
    return made
