"""What the engine is told of one person, or of one case: plain records, gathered for a day.

Who gathers them decides what is known (cadence, section 5): `as_at` and `known_at` are applied before the
engine sees a fact, apart from the open end of an absence, which the engine reads as the as-at date.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

from supervise.people import Absence, Allocation, Person, Post, Variation
from supervise.sessions import Session
from supervise.workdays import FOREVER, Day, no_working_day_between

Thing = TypeVar("Thing")

LONGEST_PAUSE = 14
"""Days among which there is always a working one: a quick first look before counting."""


@dataclass(slots=True)
class Facts:
    """One person's facts. `held` gives, by session kind, the days on which one was held (in any order,
    none after the as-at date); `booked` the earliest booking of each kind on or after that date."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    variations: list[Variation] = field(default_factory=list)
    held: dict[str, list[Day]] = field(default_factory=dict)
    booked: dict[str, Day] = field(default_factory=dict)


@dataclass(slots=True)
class CaseFacts:
    """One case's facts: who held it when, what is true of those people, and the sessions, with whichever
    worker, in which it was discussed (`held` and `booked` as in `Facts`)."""

    case_ref: str
    allocations: Sequence[Allocation]
    holders: Mapping[str, Facts]
    held: dict[str, list[Day]] = field(default_factory=dict)
    booked: dict[str, Day] = field(default_factory=dict)


def held_and_booked(
    sessions: Iterable[Session], as_at: Day, known_at: Day | None = None
) -> tuple[dict[str, list[Day]], dict[str, Day]]:
    """The days held and the earliest bookings by kind, as they stood (cadence, section 5).

    A session held after `as_at`, or held by then but recorded after `known_at`, is a booking if it was
    planned for `as_at` or later; one planned is known if it was recorded by `known_at`.
    """
    held: dict[str, list[Day]] = {}
    booked: dict[str, Day] = {}
    known = FOREVER if known_at is None else known_at
    for session in sessions:
        recorded = session.was_recorded_on
        late = recorded is not None and recorded > known
        if session.status == "held" and session.held_on is not None:
            if session.held_on <= as_at and not late:
                held.setdefault(session.kind, []).append(session.held_on)
                continue
        elif session.status != "planned" or late:
            continue
        planned = session.planned_on
        if planned is not None and planned >= as_at:
            booked[session.kind] = min(planned, booked.get(session.kind, planned))
    return held, booked


class Tenure(NamedTuple):
    """Days in post on which nothing about the post changes: whose they are, and under which plan a case
    was. Before `known_from` that person's sessions are not known."""

    first: Day
    last: Day
    post: Post
    person: str
    plan: str | None = None
    known_from: Day | None = None


def who_holds(
    spans: Iterable[tuple[Day, Day, Thing]], began: Callable[[Thing], Day] | None = None
) -> list[tuple[Day, Day, Thing]]:
    """The spans without overlaps, in order of days: where two cover a day the one that started later
    holds, and of two that start together the later row (cadence, section 1). `began` says when a thing
    started, where that is not its span's first day."""
    rows = list(spans)
    if len(rows) < 2:
        return rows
    rows.sort(key=(lambda span: (began(span[2]), span[0])) if began else itemgetter(0))
    if not any(a[1] >= b[0] for a, b in pairwise(rows)):
        return rows
    edges = sorted({day for first, last, _ in rows for day in (first, last + 1)})
    pieces: list[tuple[Day, Day, Thing]] = []
    for first, after in pairwise(edges):
        covering = [span for span in rows if span[0] <= first <= span[1]]
        if not covering:
            continue
        thing = covering[-1][2]
        if pieces and pieces[-1][2] is thing and pieces[-1][1] == first - 1:
            first = pieces.pop()[0]
        pieces.append((first, after - 1, thing))
    return pieces


def tenures(facts: Facts) -> list[Tenure]:
    """A person's days in post. No post runs beyond `left_on`."""
    person = facts.person
    leaving = FOREVER if person.left_on is None else person.left_on
    spans = [(p.first, min(p.last, leaving), p) for p in facts.posts if p.first <= leaving]
    known = person.records_from
    return [Tenure(first, last, post, person.id, None, known) for first, last, post in who_holds(spans)]


def runs(pieces: Sequence[Tenure]) -> list[list[Tenure]]:
    """Tenures grouped into spells; days between two of one spell belong to the earlier one."""
    found: list[list[Tenure]] = []
    for tenure in pieces:
        before = found[-1][-1] if found else None
        if before and before.last == tenure.first - 1:
            found[-1].append(tenure)
        elif (
            before
            and tenure.first - before.last < LONGEST_PAUSE
            and no_working_day_between(before.last, tenure.first)
        ):
            found[-1][-1] = before._replace(last=tenure.first - 1)
            found[-1].append(tenure)
        else:
            found.append([tenure])
    return found


def case_tenures(case: CaseFacts) -> list[Tenure]:
    """The days on which a case is allocated to someone in post, with the holder's post of the day. An
    allocation to somebody not in post on a day, or not known, is passed over; a weekend between two
    posts belongs to the earlier one here too."""
    spans = []
    for allocation in case.allocations:
        holder = case.holders.get(allocation.person)
        in_post = chain.from_iterable(runs(tenures(holder))) if holder else ()
        for tenure in in_post:
            first, last = max(allocation.first, tenure.first), min(allocation.last, tenure.last)
            if first <= last:
                spans.append((first, last, (allocation, tenure)))
    return [
        tenure._replace(first=first, last=last, plan=allocation.plan)
        for first, last, (allocation, tenure) in who_holds(spans, lambda held: held[0].first)
    ]
