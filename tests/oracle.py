"""A slow, independent reading of the cadence text, one day at a time.

This module exists for the tests alone. It was written from the specification
(``cadence.md``, whose section numbers are quoted below, and sections 1 and 3 of
``interchange.md``) and not from the product's own engine, so that the two can be compared.
It shares no code with the product. Wherever there was a choice between speed and a line
that can be held against the text, the line was kept.

A *world* is a plain dict: "people", "posts", "absences", "sessions", "variations", "cases"
and "case_discussions" are lists of rows with the interchange column names and text values
(``""`` for empty), and "policies" is a list of dicts as ``tomllib`` gives them.

Where the text leaves room, these readings were agreed:

* ``interval_days`` is end - anchor in days; ``interval_days_in_scope`` counts the in-scope
  days x with anchor < x <= end.
* ``last_held`` is the latest counting session of the spell on or before the anchor (for a
  gap) or t (for a status), sessions before ``records_from`` or in an earlier segment included.
* ``records_from`` on the spell's first day is simply the spell's start.
* Known-at keeps every policy. A held session recorded after k is only a booking.
* ``in_policy`` asks for the status with as-at = e.
* Measures of sessions count every counting session held in a spell, on whatever day.
* A missing attribute is in the group "none"; groups come sorted, only those that have
  something; without grouping there is one group named null.
* Case clocks: of two allocations on a day the one that started later holds, then the later
  row. The days of a case before the ``records_from`` of the holder of the day are unknown,
  and each first known day after unknown days begins a segment.

And these were decided here, by the text as it reads:

* The first interval of a return goes by the return "whatever else": a new supervisor does
  not move it (section 4).
* A session held on a segment's first day ends the first interval there; the interval that
  follows it begins with that session, not "with the spell" (section 4).
* The last in-scope day of a counted month is the last one of the spell in it (section 4).
* "Last post up to e" is the post held on the last day in a spell on or before e (section 6).
* In a period [p, e] without days everyone is excluded, "not_in_post" being first where equal.
* A case's day belongs to its spell if any allocation is to someone in post; allocations to
  people not in post on that day are passed over (section 7).
* A segment of a case that ends because unknown days and then known ones follow ends its gap
  as "stopped": nobody came back and nobody left (sections 4 and 7).
* A session counts once for each case discussed in it (section 7: "reported per case").
* A person not known at k has no known posts, absences or allocations either (section 5).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import holidays

World = dict[str, Any]
Row = dict[str, Any]
Json = dict[str, Any]

ONE_DAY = timedelta(days=1)

REASONS = ("not_in_post", "not_recorded", "absent", "no_rule")
"""The reasons for being out of scope, in the order section 6 gives them."""

AGREED_VARIATION = "Agreed variation"


# --- The calendar -------------------------------------------------------------------------


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays in England in a year, substitute days included (section 1)."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def is_working_day(day: date) -> bool:
    """Section 1: Monday to Friday and no bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_day_between(earlier: date, later: date) -> bool:
    """Whether a working day lies strictly between two days."""
    day = earlier + ONE_DAY
    while day < later:
        if is_working_day(day):
            return True
        day += ONE_DAY
    return False


def days_from_to(first: date, last: date) -> Iterable[date]:
    """Every day from the first to the last, both included; none if they are out of order."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def month_of(day: date) -> tuple[int, int]:
    """The calendar month that a day lies in."""
    return day.year, day.month


def end_of_month(day: date) -> date:
    """The last day of the calendar month that a day lies in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@cache
def parse_length(text: str) -> tuple[int, str]:
    """Section 2: "N unit", with the unit in the singular ("2 weeks" is 2 and "week")."""
    number, unit = text.split(" ", 1)
    return int(number), unit.removesuffix("s")


def plus(start: date, number: int, unit: str) -> date:
    """A day plus N days, weeks or months; months clip to the month's end (section 2)."""
    if unit == "day":
        return start + timedelta(days=number)
    if unit == "week":
        return start + timedelta(weeks=number)
    if unit == "month":
        months = start.year * 12 + start.month - 1 + number
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    raise ValueError(f"no sum of days for the unit {unit}")


def at_most_days(text: str) -> int:
    """A generous number of ordinary days that a frequency could need."""
    number, unit = parse_length(text)
    generous = {"day": 1, "week": 7, "month": 31, "calendar month": 31, "working day": 2}
    return number * generous[unit] + 62


def to_date(text: Any) -> date | None:
    """A cell with an ISO date, or nothing."""
    return date.fromisoformat(text) if text else None


def iso(day: date | None) -> str | None:
    """A date as the JSON writes it."""
    return day.isoformat() if day else None


def or_none(text: Any) -> Any:
    """An empty cell is null in the JSON."""
    return text or None


# --- Policies -----------------------------------------------------------------------------


class Policies:
    """Section 1: several may be loaded; each day has the one in force on it, or none."""

    def __init__(self, policies: Sequence[Json], clock: str) -> None:
        self.clock_name = clock
        self.in_order = sorted(policies, key=self.begins)
        self._in_force: dict[date, Json | None] = {}

    @staticmethod
    def begins(policy: Json) -> date:
        """The day a policy begins; one without ``effective_from`` has always been."""
        begins: date = policy["policy"].get("effective_from", date.min)
        return begins

    def on(self, day: date) -> Json | None:
        """The policy with the latest ``effective_from`` not after that day."""
        if day not in self._in_force:
            found = None
            for policy in self.in_order:
                if self.begins(policy) <= day:
                    found = policy
            self._in_force[day] = found
        return self._in_force[day]

    def clock_of(self, policy: Json | None) -> Json | None:
        """The clock asked for, in a policy; none if the policy lacks it."""
        for clock in (policy or {}).get("clock", []):
            if clock["name"] == self.clock_name:
                found: Json = clock
                return found
        return None

    def clock_on(self, day: date) -> Json | None:
        """The clock asked for, under the policy of the day."""
        return self.clock_of(self.on(day))

    def counts_on(self, day: date) -> list[str]:
        """The session kinds that count on a day (section 4: policy of the day held)."""
        return list((self.clock_on(day) or {}).get("counts", []))

    def absence_thresholds(self, first_day: date) -> dict[str, int]:
        """Section 3: kinds and thresholds by the policy in force on an absence's first day
        or, if there was none yet, the first policy."""
        policy = self.on(first_day)
        if policy is None and self.in_order:
            policy = self.in_order[0]
        return dict((policy or {}).get("absence", {}).get("suspends", {}))

    def is_per_case(self) -> bool:
        """Section 7: whether the clock runs for cases instead of people."""
        clocks = [self.clock_of(policy) for policy in self.in_order]
        return any(clock.get("per", "person") == "case" for clock in clocks if clock)


def return_within(policy: Json | None) -> int | None:
    """``return_within_working_days`` of a policy, if it has it."""
    value: int | None = (policy or {}).get("absence", {}).get("return_within_working_days")
    return value


def new_supervisor_within(policy: Json | None) -> int | None:
    """``new_supervisor_within_working_days`` of a policy, if it has it."""
    value: int | None = (policy or {}).get("supervisor", {}).get("new_supervisor_within_working_days")
    return value


# --- Facts as they stood ------------------------------------------------------------------


def known_rows(world: World, table: str, known_at: date | None) -> list[Row]:
    """Section 5, known-at: the rows recorded by the end of day k (empty: always known)."""
    rows: list[Row] = list(world.get(table) or [])
    if known_at is None:
        return rows
    known = []
    for row in rows:
        recorded = to_date(row.get("recorded_on"))
        if recorded is None or recorded <= known_at:
            known.append(row)
    return known


@dataclass(slots=True)
class Session:
    """A session, with the day its being held was recorded (empty: the day it was held)."""

    kind: str
    status: str
    planned_on: date | None
    held_on: date | None
    recorded_on: date | None
    shared_on: date | None
    worker_signed_on: date | None
    supervisor_signed_on: date | None
    minutes: int | None
    kept_here: bool


def read_session(row: Row) -> Session:
    """Read a session's row."""
    held_on = to_date(row.get("held_on")) if row["status"] == "held" else None
    minutes = str(row.get("minutes") or "")
    return Session(
        kind=row["kind"],
        status=row["status"],
        planned_on=to_date(row.get("planned_on")),
        held_on=held_on,
        recorded_on=to_date(row.get("recorded_on")) or held_on,
        shared_on=to_date(row.get("shared_on")),
        worker_signed_on=to_date(row.get("worker_signed_on")),
        supervisor_signed_on=to_date(row.get("supervisor_signed_on")),
        minutes=int(minutes) if minutes else None,
        kept_here=not row.get("record_kept"),
    )


@dataclass(slots=True)
class Post:
    """A post, its last day already no later than the person's ``left_on`` (section 1)."""

    team: str | None
    role: str | None
    basis: str | None
    supervisor: str | None
    first: date
    last: date | None


@dataclass(slots=True)
class Absence:
    """An absence, as entered."""

    kind: str
    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the absence, of whatever kind, covers a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(slots=True)
class Variation:
    """An agreed personal frequency for one clock."""

    every: str
    first: date
    last: date | None


@dataclass(slots=True)
class Person:
    """A person with all that is known of them, in the order of the rows."""

    person_id: str
    name: str
    employed_from: date | None
    registered_on: date | None
    left_on: date | None
    records_from: date | None
    posts: list[Post] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    variations: list[Variation] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    post_on: dict[date, Post] = field(default_factory=dict)

    def away_on(self, day: date) -> bool:
        """Section 5: whether any absence covers the day, suspending or not."""
        return any(absence.covers(day) for absence in self.absences)


# --- Days of a spell ----------------------------------------------------------------------


@dataclass(slots=True)
class Day:
    """One day of a spell and everything the later sections ask of it."""

    on: date
    working: bool
    holder: Person
    post: Post
    policy: Json | None
    unknown: bool
    suspended: bool
    every: str | None
    first_within: str | None
    rule: str | None
    new_supervisor: bool = False

    @property
    def in_scope(self) -> bool:
        """Section 3: stopped = suspended, unknown, or without rule and variation."""
        return not (self.suspended or self.unknown or self.every is None)

    @property
    def reason(self) -> str:
        """Why the day is stopped, in the order of section 5 (only for a stopped day)."""
        if self.unknown:
            return "not_recorded"
        return "absent" if self.suspended else "no_rule"


@dataclass(slots=True)
class Segment:
    """Section 4: a part of a spell. ``last`` is None if it never ends."""

    days: list[Day]
    last: date | None
    begins_spell: bool
    is_return: bool
    ends_as: str
    """What ends a gap that is still open when the segment ends: absent, left or stopped."""

    @property
    def first(self) -> date:
        return self.days[0].on

    def holds(self, day: date) -> bool:
        """Whether a day lies in the segment."""
        return self.first <= day and (self.last is None or day <= self.last)

    def after(self, day: date) -> list[Day]:
        """The days of the segment later than a day."""
        return self.days[(day - self.first).days + 1 :]

    def between(self, day: date, end: date) -> list[Day]:
        """The days x of the segment with day < x <= end."""
        if end <= day:
            return []
        return self.days[(day - self.first).days + 1 : (end - self.first).days + 1]

    def day(self, on: date) -> Day:
        """The day of the segment with a given date."""
        return self.days[(on - self.first).days]


@dataclass(slots=True)
class Spell:
    """Section 1: a run of days in post (or allocated), with its segments and sessions."""

    days: list[Day]
    last: date | None
    segments: list[Segment] = field(default_factory=list)
    counting: list[Session] = field(default_factory=list)
    session_days: list[date] = field(default_factory=list)
    counted_months: list[tuple[tuple[int, int], date]] = field(default_factory=list)

    @property
    def first(self) -> date:
        return self.days[0].on

    def day(self, on: date) -> Day | None:
        """The day of the spell with a given date, if it has one."""
        place = (on - self.first).days
        return self.days[place] if 0 <= place < len(self.days) else None

    def last_held(self, by: date) -> date | None:
        """The latest counting session of the spell on or before a day."""
        return max((day for day in self.session_days if day <= by), default=None)


@dataclass(slots=True)
class Interval:
    """Section 4: from an anchor to the next counting session of the segment."""

    spell: Spell
    segment: Segment
    anchor: date
    session: date | None
    due: date | None
    late_by: date | None
    late_days: list[Day]


@dataclass(slots=True)
class Subject:
    """Whoever the clock runs for: a person, or a case (section 7)."""

    ref: str
    person: Person | None
    sessions: list[Session]
    spells: list[Spell] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)

    def spell_on(self, day: date) -> Spell | None:
        """The spell that holds a day."""
        for spell in self.spells:
            if spell.day(day) is not None:
                return spell
        return None

    def day(self, on: date) -> Day | None:
        """The day of whichever spell holds it."""
        spell = self.spell_on(on)
        return spell.day(on) if spell else None


# --- The reading --------------------------------------------------------------------------


class Reading:
    """Everything section 1 to 4 say of a world, as at one day (and known at another)."""

    def __init__(self, world: World, as_at: date, clock: str, known_at: date | None = None) -> None:
        self.as_at = as_at
        self.known_at = known_at
        self.clock_name = clock
        self.policies = Policies(world.get("policies") or [], clock)
        self.per_case = self.policies.is_per_case()
        self.people: dict[str, Person] = {}
        self._read_people(world)
        cases = known_rows(world, "cases", known_at)
        self.horizon = self._horizon(cases)
        for person in self.people.values():
            person.post_on = self._posts_by_day(person)
        if self.per_case:
            self.subjects = self._cases(world, cases)
        else:
            self.subjects = [self._person(self.people[ref]) for ref in sorted(self.people)]
        for subject in self.subjects:
            for spell in subject.spells:
                self._finish_spell(subject, spell)
                subject.intervals += self._intervals(spell)

    # Facts

    def _read_people(self, world: World) -> None:
        """Read what is known of everyone, keeping the order of the rows."""
        for row in known_rows(world, "people", self.known_at):
            self.people[row["person_id"]] = Person(
                person_id=row["person_id"],
                name=row["name"],
                employed_from=to_date(row.get("employed_from")),
                registered_on=to_date(row.get("registered_on")),
                left_on=to_date(row.get("left_on")),
                records_from=to_date(row.get("records_from")),
            )
        for row in known_rows(world, "posts", self.known_at):
            person = self.people.get(row["person_id"])
            if person is None:
                continue
            first, last = date.fromisoformat(row["from"]), to_date(row.get("to"))
            if person.left_on is not None:  # no post runs beyond left_on
                last = person.left_on if last is None else min(last, person.left_on)
            if last is None or first <= last:
                person.posts.append(
                    Post(
                        or_none(row.get("team")),
                        or_none(row.get("role")),
                        or_none(row.get("basis")),
                        or_none(row.get("supervisor_id")),
                        first,
                        last,
                    )
                )
        for row in known_rows(world, "absences", self.known_at):
            if row["person_id"] in self.people:
                self.people[row["person_id"]].absences.append(
                    Absence(row["kind"], date.fromisoformat(row["from"]), to_date(row.get("to")))
                )
        for row in known_rows(world, "variations", self.known_at):
            if row["person_id"] in self.people and row["clock"] == self.clock_name:
                self.people[row["person_id"]].variations.append(
                    Variation(row["every"], date.fromisoformat(row["from"]), to_date(row.get("to")))
                )
        for row in self._sessions(world):
            if row["person_id"] in self.people:
                self.people[row["person_id"]].sessions.append(read_session(row))

    def _sessions(self, world: World) -> list[Row]:
        """Sessions: a held one is kept even if it was recorded after k, as it may be a
        booking (section 5); any other recorded after k is not known."""
        rows = world.get("sessions") or []
        known = [id(row) for row in known_rows(world, "sessions", self.known_at)]
        keep = set(known)
        return [row for row in rows if row["status"] == "held" or id(row) in keep]

    def was_held(self, session: Session) -> bool:
        """Held, as at the as-at date (sessions held after it are ignored) and, where k is
        given, recorded by the end of day k (section 5)."""
        if session.held_on is None or session.held_on > self.as_at:
            return False
        return self.known_at is None or (session.recorded_on or session.held_on) <= self.known_at

    def _horizon(self, cases: list[Row]) -> date:
        """A day after which nothing changes any more and by which every due day and late-by
        that will ever come has come. What has not come by then never comes."""
        dates = [self.as_at]
        lengths = []
        numbers = [0]
        for policy in self.policies.in_order:
            dates.append(policy["policy"].get("effective_from", self.as_at))
            numbers += [return_within(policy) or 0, new_supervisor_within(policy) or 0]
            clock = self.policies.clock_of(policy) or {}
            numbers.append(clock.get("grace_working_days", 0))
            for rule in clock.get("rule", []):
                keys = ("after", "until", "every", "first_within")
                lengths += [rule[key] for key in keys if key in rule]
        for person in self.people.values():
            dates += [
                day
                for day in (
                    person.employed_from,
                    person.registered_on,
                    person.left_on,
                    person.records_from,
                )
                if day
            ]
            facts: list[Post | Absence | Variation] = []
            facts += [*person.posts, *person.absences, *person.variations]
            for fact in facts:
                dates += [fact.first, fact.last or fact.first]
            lengths += [variation.every for variation in person.variations]
        for row in cases:
            dates += [day for day in (to_date(row["from"]), to_date(row.get("to"))) if day]
        # One longest length until the last phase ends, another until a frequency from there
        # is used up, and the working days of grace, return or new supervisor after that.
        longest = max((at_most_days(text) for text in lengths), default=0)
        wait = 2 * longest + 4 * max(numbers) + 62
        return end_of_month(max(dates) + timedelta(days=wait))

    # Section 1: posts by day and spells

    def _posts_by_day(self, person: Person) -> dict[date, Post]:
        """The post held on each day in post, the days bridged within a spell included.

        Where two posts cover a day the one that started later holds; of two that start
        together, the later row (``sorted`` keeps the order of the rows)."""
        held: dict[date, Post] = {}
        for post in sorted(person.posts, key=lambda post: post.first):
            for day in days_from_to(post.first, post.last or self.horizon):
                held[day] = post
        for earlier, later in pairwise(sorted(held)):
            if later - earlier > ONE_DAY and not working_day_between(earlier, later):
                for day in days_from_to(earlier + ONE_DAY, later - ONE_DAY):
                    held[day] = held[earlier]  # the weekend belongs to the earlier post
        return held

    def _person(self, person: Person) -> Subject:
        """A person's spells, day by day."""
        subject = Subject(person.person_id, person, person.sessions)
        suspended = self._suspended_days(person)
        for run in runs(sorted(person.post_on)):
            days: list[Day] = []
            role_start = run[0]
            for on in run:
                post = person.post_on[on]
                # role_start (section 2): the first day of the unbroken run of posts of the
                # same role, inside the spell, that holds the day.
                if days and days[-1].post.role != post.role:
                    role_start = on
                since = {
                    "employed_from": person.employed_from,
                    "registered_on": person.registered_on,
                    "spell_start": run[0],
                    "role_start": role_start,
                }
                variation = self._variation(person, on)
                days.append(self._day(on, person, post, None, since, variation, on in suspended))
            subject.spells.append(self._spell(days))
        return subject

    def _spell(self, days: list[Day]) -> Spell:
        """A spell of these days; one that reaches the horizon never ends."""
        return Spell(days, None if days[-1].on >= self.horizon else days[-1].on)

    # Section 7: cases

    def _cases(self, world: World, rows: list[Row]) -> list[Subject]:
        """The cases, each with the sessions in which it was discussed, with whomever."""
        by_id = {row["session_id"]: row for row in self._sessions(world)}
        discussed: dict[str, dict[str, None]] = {}
        for row in known_rows(world, "case_discussions", self.known_at):
            discussed.setdefault(row["case_ref"], {})[row["session_id"]] = None
        subjects = []
        for case_ref in sorted({row["case_ref"] for row in rows}):
            sessions = [
                read_session(by_id[session_id])
                for session_id in discussed.get(case_ref, {})
                if session_id in by_id
            ]
            subject = Subject(case_ref, None, sessions)
            allocations = [row for row in rows if row["case_ref"] == case_ref]
            subject.spells = self._case_spells(allocations)
            subjects.append(subject)
        return subjects

    def _case_spells(self, allocations: list[Row]) -> list[Spell]:
        """Runs of days, with no working day between, on which the case is allocated to
        someone in post."""
        held: dict[date, tuple[Person, Post, str]] = {}
        for row in sorted(allocations, key=lambda row: str(row["from"])):
            person = self.people.get(row["person_id"])
            if person is None:
                continue
            last = to_date(row.get("to")) or self.horizon
            for day in days_from_to(date.fromisoformat(row["from"]), last):
                if day in person.post_on:
                    held[day] = (person, person.post_on[day], row.get("plan") or "")
        for earlier, later in pairwise(sorted(held)):
            if later - earlier > ONE_DAY and not working_day_between(earlier, later):
                for day in days_from_to(earlier + ONE_DAY, later - ONE_DAY):
                    person, post, plan = held[earlier]  # it belongs to the earlier holder
                    held[day] = (person, person.post_on.get(day, post), plan)
        spells = []
        for run in runs(sorted(held)):
            days = []
            for on in run:
                person, post, plan = held[on]
                since: dict[str, date | None] = {"spell_start": run[0]}
                # Variations do not apply, and the holder's absence does not stop the clock.
                days.append(self._day(on, person, post, plan, since, None, False))
            spells.append(self._spell(days))
        return spells

    # Sections 2 and 3: what applies on a day

    def _day(
        self,
        on: date,
        holder: Person,
        post: Post,
        plan: str | None,
        since: dict[str, date | None],
        variation: Variation | None,
        suspended: bool,
    ) -> Day:
        """One day of a spell: its rule or variation, and whether it is stopped."""
        policy = self.policies.on(on)
        clock = self.policies.clock_of(policy)
        every = first_within = title = None
        # A day without a policy, or whose policy lacks the clock, is stopped, variation or
        # not (section 1). A variation beats every rule, and first_within.
        if clock is not None and variation is not None:
            every, title = variation.every, AGREED_VARIATION
        elif clock is not None:
            for rule in clock["rule"]:  # first match wins, in file order
                if rule_matches(rule, on, post, plan, since):
                    every, title = rule["every"], rule["title"]
                    first_within = rule.get("first_within")
                    break
        unknown = holder.records_from is not None and on < holder.records_from
        return Day(
            on=on,
            working=is_working_day(on),
            holder=holder,
            post=post,
            policy=policy,
            unknown=unknown,
            suspended=suspended,
            every=every,
            first_within=first_within,
            rule=title,
        )

    def _variation(self, person: Person, on: date) -> Variation | None:
        """Of two on one day the one that started later holds, then the later row."""
        found: Variation | None = None
        for variation in person.variations:
            covers = variation.first <= on and (variation.last is None or on <= variation.last)
            if covers and (found is None or variation.first >= found.first):
                found = variation
        return found

    def _suspended_days(self, person: Person) -> set[date]:
        """Section 3: suspending absences, joined, and measured against their thresholds."""
        parts: list[tuple[date, date, bool, int]] = []  # first, last, open, threshold
        for absence in person.absences:
            thresholds = self.policies.absence_thresholds(absence.first)
            if absence.kind not in thresholds:
                continue
            if absence.last is not None:
                parts.append((absence.first, absence.last, False, thresholds[absence.kind]))
            elif absence.first <= self.as_at:  # an open one that starts later is ignored
                # For joining and length an open end counts as the as-at date.
                parts.append((absence.first, self.as_at, True, thresholds[absence.kind]))
        suspended: set[date] = set()
        parts.sort()
        while parts:
            first, last, is_open, threshold = parts.pop(0)
            while parts and not working_day_between(last, parts[0][0]):
                _, next_last, next_open, next_threshold = parts.pop(0)
                last = max(last, next_last)
                is_open = is_open or next_open
                threshold = min(threshold, next_threshold)
            if (last - first).days + 1 > threshold:
                end = self.horizon if is_open else last  # an open one goes on without end
                suspended.update(days_from_to(first, min(end, self.horizon)))
        return suspended

    # Section 4: segments and intervals

    def _finish_spell(self, subject: Subject, spell: Spell) -> None:
        """New supervisors, counted months, counting sessions and segments of a spell."""
        last_named: str | None = None
        for day in spell.days:
            if day.in_scope and day.post.supervisor:
                # A supervisor who is not the last named supervisor of the earlier in-scope
                # days of the spell (and there was one).
                day.new_supervisor = last_named not in (None, day.post.supervisor)
                last_named = day.post.supervisor
        in_scope_by_month: dict[tuple[int, int], list[date]] = {}
        for day in spell.days:
            if day.in_scope:
                in_scope_by_month.setdefault(month_of(day.on), []).append(day.on)
        # A month counts if it has at least 15 in-scope days of the spell.
        spell.counted_months = [
            (month, days[-1]) for month, days in in_scope_by_month.items() if len(days) >= 15
        ]
        # Sessions that count: status held, kind in the clock's counts (policy of the day
        # held), held inside the spell. Several on one day are one anchor.
        for session in subject.sessions:
            if self.was_held(session) and session.held_on is not None:
                in_spell = spell.day(session.held_on) is not None
                if in_spell and session.kind in self.policies.counts_on(session.held_on):
                    spell.counting.append(session)
        spell.session_days = sorted({s.held_on for s in spell.counting if s.held_on})
        spell.segments = self._segments(spell)

    def _segments(self, spell: Spell) -> list[Segment]:
        """One from the spell's first day, or from the first known one; one from each return;
        and, for a case, one from each first known day after unknown days."""
        known = [place for place, day in enumerate(spell.days) if not day.unknown]
        starts = [(known[0] if known else 0, False)]  # (place in the spell, is a return)
        had_in_scope = suspended_since = False
        for place, day in enumerate(spell.days):
            if self.per_case:  # returns set nothing
                if place > starts[0][0] and not day.unknown and spell.days[place - 1].unknown:
                    starts.append((place, False))
            elif day.in_scope:
                # The first in-scope day after suspended days of the same spell, even if days
                # without rule lie between; it must have an earlier in-scope day.
                if had_in_scope and suspended_since and return_within(day.policy) is not None:
                    starts.append((place, True))
                had_in_scope, suspended_since = True, False
            elif day.suspended:
                suspended_since = True
        segments = []
        for (start, is_return), following in zip(starts, [*starts[1:], None], strict=True):
            if following is None:
                end, last, ends_as = len(spell.days), spell.last, "left"
            else:
                end = following[0]
                last = spell.days[end - 1].on
                ends_as = "absent" if following[1] else "stopped"
            segments.append(Segment(spell.days[start:end], last, start == 0, is_return, ends_as))
        return segments

    def _intervals(self, spell: Spell) -> list[Interval]:
        """The intervals of a spell. Those that begin after the as-at date hold no session
        and no late day, so they are in no list and no measure."""
        intervals = []
        for segment in spell.segments:
            if segment.first > self.as_at:
                continue
            sessions = [day for day in spell.session_days if segment.holds(day)]
            anchors = [segment.first, *sessions]
            ends = [*sessions, None]
            for place, (anchor, session) in enumerate(zip(anchors, ends, strict=True)):
                due = self._due(spell, segment, anchor, is_first=place == 0)
                late_by = self._late_by(segment, due)
                late_days = self._late_days(segment, late_by, session)
                intervals.append(Interval(spell, segment, anchor, session, due, late_by, late_days))
        return intervals

    def _due(self, spell: Spell, segment: Segment, anchor: date, is_first: bool) -> date | None:
        """The day the session of an interval is due, if any comes."""
        if is_first and segment.is_return:
            # Due on the n-th in-scope working day counting the return day, whatever else.
            wait = return_within(segment.days[0].policy)
            return nth_working_day(segment.days, wait) if wait is not None else None
        begins_spell = is_first and segment.begins_spell
        due = self._frequency_due(spell, segment, anchor, begins_spell)
        if self.per_case:  # new supervisors set nothing
            return due
        found = due
        for day in segment.after(anchor):
            if found is not None and day.on >= found:
                break  # it applies when g lies before the due day found above
            wait = new_supervisor_within(day.policy) if day.new_supervisor else None
            if wait is not None:
                brought = nth_working_day([day, *segment.after(day.on)], wait)
                if brought is not None and (due is None or brought < due):
                    due = brought
        return due

    def _frequency_due(
        self, spell: Spell, segment: Segment, anchor: date, begins_spell: bool
    ) -> date | None:
        """The first in-scope day d of the segment, later than a, on which the frequency of
        that day is used up."""
        # The day numbers of months that count for this interval: those after the anchor's
        # own month, and in an interval that begins with a spell that month too.
        months = [
            last
            for month, last in spell.counted_months
            if month > month_of(anchor) or (begins_spell and month == month_of(anchor))
        ]
        sums: dict[str, date] = {}
        stopped = 0  # T, the stopped days x with a < x <= d
        worked = 0  # the working days x with a < x <= d that were not stopped
        seen_in_scope = not begins_spell
        if begins_spell:
            # a <= x <= d for T; working days are later than the first in-scope day.
            stopped = 0 if segment.days[0].in_scope else 1
            seen_in_scope = segment.days[0].in_scope
        for day in segment.after(anchor):
            if not day.in_scope:
                stopped += 1
                continue
            if day.working and seen_in_scope:
                worked += 1
            seen_in_scope = True
            every = day.every or ""
            if begins_spell and day.first_within:
                every = day.first_within
            number, unit = parse_length(every)
            if unit == "working day":
                used_up = worked >= number
            elif unit == "calendar month":
                used_up = len(months) >= number and day.on >= months[number - 1]
            else:
                if every not in sums:
                    sums[every] = plus(anchor, number, unit)
                used_up = day.on >= sums[every] + timedelta(days=stopped)
            if used_up:
                return day.on
        return None

    def _late_by(self, segment: Segment, due: date | None) -> date | None:
        """The last day that is not late."""
        if due is None:
            return None
        # Grace of the clock under the policy of the due day.
        grace = (self.policies.clock_on(due) or {}).get("grace_working_days", 0)
        if grace >= 1:
            late_by = nth_working_day(segment.after(due), grace)
        elif is_working_day(due):
            late_by = due
        else:
            late_by = nth_working_day(segment.after(due), 1)
        # If the segment ends first, its last day, or none if it never ends.
        return late_by if late_by is not None else segment.last

    def _late_days(self, segment: Segment, late_by: date | None, session: date | None) -> list[Day]:
        """The in-scope days after late-by, up to and including the next counting session or,
        without one, the segment's last day or the as-at date, whichever is first."""
        if late_by is None:
            return []
        end = session or self.end_without_session(segment)
        return [day for day in segment.between(late_by, end) if day.in_scope]

    def end_without_session(self, segment: Segment) -> date:
        """The segment's last day or the as-at date, whichever is first."""
        return self.as_at if segment.last is None else min(segment.last, self.as_at)


def runs(days: Sequence[date]) -> list[list[date]]:
    """Unbroken runs of days. (Days bridged within a spell have been filled in before.)"""
    found: list[list[date]] = []
    for day in days:
        if found and found[-1][-1] + ONE_DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def rule_matches(
    rule: Json, on: date, post: Post, plan: str | None, since_dates: dict[str, date | None]
) -> bool:
    """Section 2: whether a rule matches a day."""
    if "roles" in rule and post.role not in rule["roles"]:
        return False
    if "bases" in rule and post.basis not in rule["bases"]:
        return False
    if "plans" in rule and plan not in rule["plans"]:
        return False
    if "since" in rule:
        since = since_dates.get(rule["since"])
        if since is None or since > on:  # not known, or later than the day
            return False
        if "after" in rule and not on > plus(since, *parse_length(rule["after"])):
            return False
        if "until" in rule and not on <= plus(since, *parse_length(rule["until"])):
            return False
    return True


def nth_working_day(days: Iterable[Day], number: int) -> date | None:
    """The n-th in-scope working day of a run of days, if it comes."""
    count = 0
    for day in days:
        if day.working and day.in_scope:
            count += 1
            if count == number:
                return day.on
    return None


# --- Section 5: status --------------------------------------------------------------------


def interval_holding(spell: Spell, intervals: list[Interval], day: date) -> Interval | None:
    """The interval that holds t: its anchor the last counting session on or before t in the
    segment, or the segment's first day."""
    holding = None
    for interval in intervals:
        if interval.spell is spell and interval.segment.holds(day) and interval.anchor <= day:
            holding = interval  # in order of anchors, one held on the first day coming second
    return holding


def status_of(reading: Reading, subject: Subject) -> tuple[str, date | None, date | None]:
    """The status on the as-at date with due and late-by (only the last four carry them)."""
    today = reading.as_at
    spell = subject.spell_on(today)
    day = subject.day(today)
    if spell is None or day is None:
        return "not_in_post", None, None
    if not day.in_scope:
        return day.reason, None, None
    interval = interval_holding(spell, subject.intervals, today)
    assert interval is not None, "an in-scope day is known, so a segment holds it"
    due, late_by = interval.due, interval.late_by
    if due is None:
        return "on_track", None, None
    if late_by is not None and today > late_by:
        return "gap", due, late_by
    if due < today:
        return "overdue", due, late_by
    soon_days = (reading.policies.clock_on(today) or {}).get("soon_days", 7)
    if (due - today).days <= soon_days:
        return "due_soon", due, late_by
    return "on_track", due, late_by


def earliest_booking(reading: Reading, subject: Subject) -> date | None:
    """A session of a kind that counts on t, with planned_on >= t, that is planned, or was
    held after t or recorded after k."""
    today, known_at = reading.as_at, reading.known_at
    kinds = reading.policies.counts_on(today)
    booked = []
    for session in subject.sessions:
        if session.kind not in kinds or session.planned_on is None or session.planned_on < today:
            continue
        if session.status == "planned":
            booked.append(session.planned_on)
        elif session.held_on is not None:
            later = known_at is not None and (session.recorded_on or session.held_on) > known_at
            if session.held_on > today or later:
                booked.append(session.planned_on)
    return min(booked, default=None)


def status(world: World, as_at: date, clock: str, known_at: date | None = None) -> Json:
    """Section 5, in the form of interchange section 3."""
    reading = Reading(world, as_at, clock, known_at)
    rows = []
    for subject in reading.subjects:
        kind, due, late_by = status_of(reading, subject)
        spell, day = subject.spell_on(as_at), subject.day(as_at)
        holder = day.holder if day else subject.person
        booked = earliest_booking(reading, subject)
        in_time = None if booked is None else (late_by is None or booked <= late_by)
        row: Json = {"case_ref": subject.ref} if reading.per_case else {}
        row |= {
            "person_id": holder.person_id if holder else None,
            "name": holder.name if holder else None,
            "team": day.post.team if day else None,
            "role": day.post.role if day else None,
            "basis": day.post.basis if day else None,
            "supervisor_id": day.post.supervisor if day else None,
            "status": kind,
            "last_held": iso(spell.last_held(as_at)) if spell else None,
            "due": iso(due),
            "late_by": iso(late_by),
            "rule": day.rule if day else None,
            "away": holder.away_on(as_at) if holder else False,
            "booked_on": iso(booked),
            "booked_in_time": in_time,
        }
        rows.append(row)
    return {
        "as_at": iso(as_at),
        "known_at": iso(known_at),
        "clock": clock,
        "people": rows,
    }


# --- Section 4: gaps ----------------------------------------------------------------------


def how_it_ended(reading: Reading, interval: Interval) -> str:
    """How a gap ended: session, absent, left, stopped or open."""
    if interval.session is not None:
        return "session"
    segment = interval.segment
    # A segment has ended once its last day is before the as-at date.
    if segment.last is not None and segment.last < reading.as_at:
        return segment.ends_as
    return "open" if segment.day(reading.as_at).in_scope else "stopped"


def gap_row(reading: Reading, subject: Subject, interval: Interval) -> Json:
    """What a gap reports."""
    assert interval.late_by is not None
    of_late_by = interval.segment.day(interval.late_by)
    end = interval.session or reading.end_without_session(interval.segment)
    in_scope = [day for day in interval.segment.between(interval.anchor, end) if day.in_scope]
    row: Json = {"case_ref": subject.ref} if reading.per_case else {}
    return row | {
        "person_id": of_late_by.holder.person_id,
        "name": of_late_by.holder.name,
        "team": of_late_by.post.team,
        "supervisor_id": of_late_by.post.supervisor,
        "last_held": iso(interval.spell.last_held(interval.anchor)),
        "due": iso(interval.due),
        "late_by": iso(interval.late_by),
        "first_late_day": iso(interval.late_days[0].on),
        "last_late_day": iso(interval.late_days[-1].on),
        "days_late": len(interval.late_days),
        "days_away": sum(day.holder.away_on(day.on) for day in interval.late_days),
        "ended": how_it_ended(reading, interval),
        "closed_by": iso(interval.session),
        "interval_days": (end - interval.anchor).days,
        "interval_days_in_scope": len(in_scope),
    }


def gaps(
    world: World,
    as_at: date,
    clock: str,
    known_at: date | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Json:
    """Section 4, in the form of interchange section 3; ``first`` and ``last`` keep the gaps
    with a late day in the period."""
    reading = Reading(world, as_at, clock, known_at)
    rows = []
    for subject in reading.subjects:  # in order of person_id, or case_ref
        with_late_days = [interval for interval in subject.intervals if interval.late_days]
        for interval in sorted(with_late_days, key=lambda interval: interval.late_days[0].on):
            if late_days_in(interval, first or date.min, last or date.max):
                rows.append(gap_row(reading, subject, interval))
    return {
        "as_at": iso(as_at),
        "known_at": iso(known_at),
        "clock": clock,
        "gaps": rows,
    }


def late_days_in(interval: Interval, first: date, last: date) -> bool:
    """Whether an interval has a late day in a period."""
    return any(first <= day.on <= last for day in interval.late_days)


# --- Section 6: measures ------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """The measures of one group, as [numerator, denominator] or numbers."""

    on_time: list[int] = field(default_factory=lambda: [0, 0])
    covered_days: list[int] = field(default_factory=lambda: [0, 0])
    in_policy: list[int] = field(default_factory=lambda: [0, 0])
    clear_months: list[int] = field(default_factory=lambda: [0, 0])
    evidenced: list[int] = field(default_factory=lambda: [0, 0])
    long_enough: list[int] = field(default_factory=lambda: [0, 0])
    supervised_in_month: dict[str, list[int]] = field(default_factory=dict)
    gaps: int = 0
    gaps_carried_in: int = 0
    longest_gap_days: int = 0
    excluded: list[Json] = field(default_factory=list)


def count(tally: list[int], yes: bool) -> None:
    """One more in the denominator and, if so, in the numerator."""
    tally[0] += int(yes)
    tally[1] += 1


def measures(
    world: World, first: date, last: date, as_at: date, clock: str, by: str | None = None
) -> Json:
    """Section 6, in the form of interchange section 3."""
    end = min(last, as_at)  # e
    reading = Reading(world, as_at, clock)
    at_end = reading if end == as_at else Reading(world, end, clock)
    tallies: dict[str | None, Tally] = {}
    if by is None:
        tallies[None] = Tally()

    def group(day: Day | None) -> Tally:
        """The tally of the group that the post of a day belongs to."""
        name = None if by is None else (attribute(day, by) or "none")
        return tallies.setdefault(name, Tally())

    for subject in reading.subjects:
        count_intervals(subject, group, first, last, end)
        count_days(subject, group, first, end)
        count_months(subject, group, first, end)
        count_sessions(reading, subject, group, first, end)
        count_excluded(reading, subject, group, first, end)
    for subject in at_end.subjects:
        kind = status_of(at_end, subject)[0]
        if kind in ("on_track", "due_soon", "overdue", "gap"):
            count(group(subject.day(end)).in_policy, kind != "gap")

    groups = []
    for name in sorted(tallies, key=lambda name: name or ""):
        tally = tallies[name]
        groups.append(
            {
                "group": name,
                "on_time": tally.on_time,
                "covered_days": tally.covered_days,
                "in_policy": tally.in_policy,
                "clear_months": tally.clear_months,
                "evidenced": tally.evidenced,
                "long_enough": tally.long_enough,
                "supervised_in_month": dict(sorted(tally.supervised_in_month.items())),
                "gaps": tally.gaps,
                "gaps_carried_in": tally.gaps_carried_in,
                "longest_gap_days": tally.longest_gap_days,
                "excluded": tally.excluded,
            }
        )
    return {
        "from": iso(first),
        "to": iso(last),
        "as_at": iso(as_at),
        "clock": clock,
        "groups": groups,
    }


def attribute(day: Day | None, by: str) -> str | None:
    """The team, role, basis or supervisor of the post held on a day."""
    if day is None:
        return None
    found: dict[str, str | None] = {
        "team": day.post.team,
        "role": day.post.role,
        "basis": day.post.basis,
        "supervisor": day.post.supervisor,
    }
    return found[by]


Group = Callable[[Day | None], Tally]


def count_intervals(subject: Subject, group: Group, first: date, last: date, end: date) -> None:
    """on_time, and the gaps: each interval in the group of its late-by day."""
    for interval in subject.intervals:
        if interval.late_by is None:
            continue
        is_late = bool(interval.late_days)
        of_late_by = interval.segment.day(interval.late_by)
        if first <= interval.late_by <= last and (is_late or interval.session is not None):
            count(group(of_late_by).on_time, not is_late)
        if late_days_in(interval, first, end):
            tally = group(of_late_by)
            tally.gaps += 1
            tally.gaps_carried_in += int(interval.late_days[0].on < first)
            tally.longest_gap_days = max(tally.longest_gap_days, len(interval.late_days))


def late_dates(subject: Subject) -> set[date]:
    """Every late day of a person or case."""
    return {day.on for interval in subject.intervals for day in interval.late_days}


def in_scope_days(subject: Subject, first: date, end: date) -> list[Day]:
    """The in-scope days of a person or case in a period, in order."""
    return [
        day for spell in subject.spells for day in spell.days if first <= day.on <= end and day.in_scope
    ]


def count_days(subject: Subject, group: Group, first: date, end: date) -> None:
    """covered_days: each day in the group of the post held on that day."""
    late = late_dates(subject)
    for day in in_scope_days(subject, first, end):
        count(group(day).covered_days, day.on not in late)


def count_months(subject: Subject, group: Group, first: date, end: date) -> None:
    """clear_months and supervised_in_month: each whole calendar month in [p, e] with at
    least 15 in-scope days, in the group of its last in-scope day."""
    late = late_dates(subject)
    held = {day for spell in subject.spells for day in spell.session_days}
    month = first if first.day == 1 else end_of_month(first) + ONE_DAY
    while end_of_month(month) <= end:
        days = in_scope_days(subject, month, end_of_month(month))
        if len(days) >= 15:
            tally = group(days[-1])
            count(tally.clear_months, not any(day.on in late for day in days))
            supervised = tally.supervised_in_month.setdefault(f"{month:%Y-%m}", [0, 0])
            count(supervised, any(month_of(day) == month_of(month) for day in held))
        month = end_of_month(month) + ONE_DAY


def count_sessions(reading: Reading, subject: Subject, group: Group, first: date, end: date) -> None:
    """evidenced and long_enough: each session in the group of the day held."""
    for spell in subject.spells:
        for session in spell.counting:
            held_on = session.held_on
            assert held_on is not None
            if not first <= held_on <= end:
                continue
            tally = group(spell.day(held_on))
            if session.kept_here:
                steps = (
                    session.recorded_on,
                    session.shared_on,
                    session.worker_signed_on,
                    session.supervisor_signed_on,
                )
                count(tally.evidenced, all(step is not None and step <= end for step in steps))
            min_minutes = (reading.policies.clock_on(held_on) or {}).get("min_minutes")
            if min_minutes is not None and session.minutes is not None:
                count(tally.long_enough, session.minutes >= min_minutes)


def count_excluded(reading: Reading, subject: Subject, group: Group, first: date, end: date) -> None:
    """excluded: no in-scope day in [p, e], with the reason on most of those days, in the
    group of the last post up to e."""
    if in_scope_days(subject, first, end):
        return
    reasons = dict.fromkeys(REASONS, 0)
    for on in days_from_to(first, end):
        day = subject.day(on)
        reasons[day.reason if day else "not_in_post"] += 1
    most = max(REASONS, key=lambda reason: reasons[reason])  # the first of them where equal
    up_to_end = [day for spell in subject.spells for day in spell.days if day.on <= end]
    last_day = up_to_end[-1] if up_to_end else None
    row: Json = {"person_id": subject.ref, "reason": most}
    if reading.per_case:
        holder = last_day.holder.person_id if last_day else None
        row = {"case_ref": subject.ref, "person_id": holder, "reason": most}
    group(last_day).excluded.append(row)
