"""What a store keeps about somebody, how long it is to be kept, and what has been deleted by law (floor 2).

No law fixes how long records of supervision are kept; the controller decides (ICO, guidance on workers' records,
5 February 2025). So there is no period until somebody has set one, and nothing is ever deleted by itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from supervise.fields import (
    ABSENCE,
    ACTION,
    AGREEMENT,
    CASE,
    EXPLANATION,
    KINDS,
    PERSON,
    POST,
    SESSION,
    VARIATION,
    Holds,
)
from supervise.store.database import Database, scalar
from supervise.store.rows import HOLD, select
from supervise.workdays import FOREVER, Day, add_months, day

YEARS = "retention-years"
"""The setting that says for how many years after somebody has left their records are kept."""

OWN = (POST, ABSENCE, SESSION, EXPLANATION, VARIATION, AGREEMENT, CASE)
"""The kinds of fact that belong to the person they name."""

OF_RECORDS = tuple(kind for kind in KINDS if any(field.refers == SESSION.name for field in kind.fields))
"""The kinds of fact that belong to a session's record, and with it to the person supervised."""

OF_OTHERS = (
    (POST, "supervisor_id"),
    (SESSION, "supervisor_id"),
    (AGREEMENT, "supervisor_id"),
    (ACTION, "person_id"),
)
"""Where somebody is named in what belongs to others."""


class Hold(NamedTuple):
    """A legal hold: why, by whom, since when."""

    reason: str
    by: str
    since: Day


class Leaver(NamedTuple):
    """Somebody who has left: when, from which day their records may be deleted (None while no period is set),
    and the hold that forbids it, if there is one."""

    id: str
    name: str
    left_on: Day
    due_on: Day | None
    hold: Hold | None


class Removal(NamedTuple):
    """One person whose records were deleted by law: on which day, how many rows, and where they had been in post."""

    removed_on: Day
    rows: int
    posts: tuple[tuple[str, Day, Day], ...]


def holds(database: Database) -> dict[str, Hold]:
    """The holds there are, by the id of the person."""
    return {
        row["person_id"]: Hold(row["reason"], row["by"], day(row["since"]))
        for row in select(database, HOLD, {})
    }


def due_on(left_on: str | None, years: int | None) -> Day | None:
    """From which day on records may be deleted, by somebody's last day (ISO) and the years; None if either is not
    known."""
    if left_on is None or years is None:
        return None
    return min(add_months(day(left_on), 12 * years), FOREVER)


def leavers(database: Database, years: int | None) -> list[Leaver]:
    """Everybody who has left and of whom anything can still be deleted, those due first. Somebody of whom only
    the name is left, in the records of others, is not among them."""
    held, found = holds(database), []
    for row in select(database, PERSON, {}):
        if row["left_on"] is None:
            continue
        if not what_there_is(database, row["id"]) and named_by_others(database, row["id"]):
            continue
        left, due = day(row["left_on"]), due_on(row["left_on"], years)
        found.append(Leaver(row["id"], row["name"], left, due, held.get(row["id"])))
    return sorted(found, key=lambda each: (each.due_on or each.left_on, each.name, each.id))


def without_leaving_date(database: Database, on: str) -> list[str]:
    """The names of those whose posts have all ended by a day (ISO) and whose last day nobody has noted: for them
    the years never begin."""
    sql = """
        SELECT name FROM person JOIN post ON person_id = person.id WHERE left_on IS NULL
        GROUP BY person.id HAVING max(coalesce("to", '9999')) < ? ORDER BY name, person.id
    """
    return [name for (name,) in database.execute(sql, [on]).fetchall()]


def what_there_is(database: Database, person: str) -> dict[str, int]:
    """How many rows of each kind belong to somebody, without those of which there are none; theirs as a person
    is not counted."""
    counts: Counter[str] = Counter()
    for kind in OWN:
        counts[kind.name] += scalar(
            database, f"SELECT count(*) FROM {kind.name} WHERE person_id = ?", person
        )
    for kind in OF_RECORDS:
        sql = f"SELECT count(*) FROM {kind.name} JOIN session ON session.id = session_id WHERE session.person_id = ?"
        counts[kind.name] += scalar(database, sql, person)
    return {name: count for name, count in counts.items() if count}


def named_by_others(database: Database, person: str) -> dict[str, int]:
    """How many rows of others' name somebody: as their supervisor, or for an action in their record; drafts too."""
    counts: Counter[str] = Counter()
    for kind, field in OF_OTHERS:
        whose = (
            "(SELECT person_id FROM session WHERE session.id = session_id)"
            if kind is ACTION
            else "person_id"
        )
        sql = f"SELECT count(*) FROM {kind.name} WHERE {field} = :person AND {whose} <> :person"
        counts[kind.name] += database.execute(sql, {"person": person}).fetchone()[0]
    sql = "SELECT count(*) FROM draft WHERE json_valid(body) AND body ->> '$.sheet.supervisor' = ?"
    counts["draft"] += scalar(database, sql + " AND body ->> '$.sheet.person' <> ?", person, person)
    return {name: count for name, count in counts.items() if count}


def mentions(database: Database, person: str, name: str) -> int:
    """In how many rows of others' a name stands in what was written there."""
    found = 0
    pattern = "%" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    for kind in KINDS:
        texts = [
            field.name
            for field in kind.fields
            if field.holds is Holds.TEXT and not (field.refers or field.words)
        ]
        whose = {"person": "id"}.get(kind.name) or next(
            (
                field.name
                for field in kind.fields
                if field.refers == "session" or field.name == "person_id"
            ),
            None,
        )
        if whose is None:
            continue
        theirs = "(SELECT id FROM session WHERE person_id = ?)" if whose == "session_id" else "(?)"
        says = " OR ".join(f"\"{text}\" LIKE ? ESCAPE '\\'" for text in texts)
        if says:
            sql = f"SELECT count(*) FROM {kind.name} WHERE {whose} NOT IN {theirs} AND ({says})"
            found += scalar(database, sql, person, *[pattern] * len(texts))
    return found


def removals(database: Database) -> Iterator[Removal]:
    """Everybody whose records were deleted, without names, in the order in which that was done."""
    for removed_on, rows, posts in database.execute(
        'SELECT removed_on, "rows", posts FROM removal ORDER BY removed_on, id'
    ).fetchall():
        told = tuple(
            (team, day(first), day(last) if last else FOREVER) for team, first, last in json.loads(posts)
        )
        yield Removal(day(removed_on), rows, told)


def removed_in(database: Database, team: str | None, first: Day, last: Day) -> int:
    """How many people of a team (of any, if None) who were in post on a day from `first` to `last` have been
    deleted since: measures of these days are without them."""
    return sum(
        any(begun <= last and end >= first and team in (None, where) for where, begun, end in each.posts)
        for each in removals(database)
    )


def removed_words(database: Database) -> str | None:
    """ "12 rows of 1 person were removed under retention on …", day by day; None if nobody was."""
    from supervise.wording import counted, joined
    from supervise.wording import day as said

    rows: Counter[Day] = Counter()
    people: Counter[Day] = Counter()
    for each in removals(database):
        rows[each.removed_on] += each.rows
        people[each.removed_on] += 1
    told = [
        f"{counted(rows[on], 'row')} of {counted(people[on], 'person', 'people')} on {said(on)}"
        for on in rows
    ]
    return f"Removed under retention: {joined(told)}." if told else None
