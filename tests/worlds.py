"""Small made-up worlds, rich in the hard cases of the cadence text.

``worlds()`` draws worlds in the form that ``tests/oracle.py`` describes: tables of rows with
the interchange column names and text values, and policies as ``tomllib`` gives them.
``questions()`` draws what to ask of one. ``write_world`` writes one as an interchange folder
and ``policy_toml`` one policy as a file, so that the product's own readers can be fed.

Dates are drawn from a handful of days per world and their near neighbours (a weekend away, a
month away, a threshold away), so that facts meet: the same day, the next one, one too few,
one too many. Every policy drawn is valid by section 2 of the text.

A world is made whole from one number, evenly over its hard cases, and then thinned row by
row by hypothesis; a failing example therefore shrinks to the few rows that matter.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests import oracle
from tests.oracle import Json, Row, World

PERSON_CLOCK = "one_to_one"
CASE_CLOCK = "case_oversight"

FIRST_DAY = date(2015, 1, 1)
LAST_DAY = date(2021, 12, 31)

COLUMNS: dict[str, tuple[str, ...]] = {
    "people": (
        "person_id", "name", "staff_no", "email", "registration_no", "employed_from",
        "registered_on", "left_on", "records_from", "recorded_on",
    ),
    "posts": (
        "person_id", "team", "role", "basis", "supervisor_id", "fte", "days", "from", "to",
        "recorded_on",
    ),
    "absences": ("person_id", "kind", "from", "to", "recorded_on"),
    "sessions": (
        "session_id", "person_id", "supervisor_id", "kind", "status", "planned_on",
        "planned_start", "held_on", "started_at", "minutes", "interrupted", "place",
        "recorded_on", "shared_on", "worker_signed_on", "supervisor_signed_on", "signed_how",
        "worker_view", "record_kept", "reason", "cancelled_by", "notes",
    ),
    "variations": (
        "person_id", "clock", "every", "from", "to", "reason", "approved_by", "recorded_on",
    ),
    "cases": ("person_id", "case_ref", "plan", "from", "to", "recorded_on"),
    "case_discussions": (
        "session_id", "case_ref", "recorded_on_file", "analysis", "decision", "rationale",
        "recorded_on",
    ),
}  # fmt: skip
"""The columns of each table (interchange, section 1), recorded_on included."""

STARTS = (
    date(2017, 1, 2),  # a bank holiday on a Monday: the substitute for New Year's Day
    date(2016, 3, 21),  # the week of Good Friday
    date(2015, 12, 21),  # the week of Christmas
    date(2018, 5, 1),  # the first of a month
    date(2019, 1, 31),  # the last of a month, before a short one
    date(2018, 3, 30),  # Good Friday
    date(2020, 5, 8),  # the moved early May bank holiday, a Friday
    date(2017, 6, 16),  # a Friday
)

OFFSETS = (0, 14, 30, 31, 45, 60, 90, 91, 120, 180, 182, 270, 365, 366, 400, 500, 600, 731, 900)
"""How far the days that a world's facts cluster around lie from its start."""

JITTER = (0, 0, 0, 0, 0, 1, -1, 2, 3, -3, 4, 7, -7, 14, 15, 28, 29, -30, "15", "16", "17", "14")
"""How far a fact lies from such a day; a text is a day of its month. (A month counts with 15
days in scope: the middle of a month is where that is decided.)"""

TEAMS = ("North", "South")
ROLES = ("social_worker", "nqsw", "social_worker", "nqsw", "senior_social_worker", "student")
PERSON_BASES = ("permanent", "permanent", "agency", "fixed_term", "")
SUPERVISORS = ("S1", "S2", "S1", "S2", "")
ABSENCE_KINDS = (
    "sickness", "maternity", "sickness", "secondment", "annual_leave", "sickness",
    "maternity", "suspension", "study", "other",
)  # fmt: skip
SUSPENDS: tuple[dict[str, int], ...] = (
    {"sickness": 28, "maternity": 0, "secondment": 28},
    {"sickness": 14, "maternity": 0, "secondment": 14, "study": 3},
    {"sickness": 28, "maternity": 3, "annual_leave": 60},
    {"sickness": 3, "maternity": 14, "suspension": 0, "other": 28},
    {"sickness": 0},
    {"maternity": 0},
    {},
)
PLANS = ("cp", "cin", "lac", "")
SESSION_KINDS = ("one_to_one", "one_to_one", "one_to_one", "group", "ad_hoc", "case")

FREQUENCIES = (
    "1 month", "1 week", "2 weeks", "1 calendar month", "10 working days", "6 weeks",
    "3 days", "6 days", "28 days", "1 month", "1 calendar month", "2 calendar months",
    "1 calendar month", "5 working days", "2 months", "1 working day", "1 day",
    "20 working days", "3 months", "3 calendar months",
)  # fmt: skip
PHASES = ("6 weeks", "6 months", "3 months", "1 month", "10 days", "2 weeks", "12 months")

EVIDENCE: tuple[tuple[int | None, int | None, int | None], ...] = (
    (0, 0, 0),
    (3, 5, 2),
    (None, None, None),
    (1, None, 1),
    (1, 1, None),
    (None, 2, 2),
    (40, 60, 35),
)
"""Days from the session to its being shared, signed by the worker and by the supervisor."""

STRIDES = (30, 28, 31, 14, 7, 1, 0, 6, 8, 15, 20, 35, 45, 60, 120, 250)


def clip(day: date) -> date:
    """Keep a day within the years of the worlds."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def close_to(day: date, jitter: int | str) -> date:
    """A neighbour of a day, so many days away or in the middle of its month."""
    if isinstance(jitter, str):
        return clip(day.replace(day=int(jitter)))
    return clip(day + timedelta(days=jitter))


def text(day: date | None) -> str:
    """A date as a cell."""
    return day.isoformat() if day else ""


def row_of(table: str, values: Json) -> Row:
    """A full row of a table: the values given, the rest empty."""
    unknown = set(values) - set(COLUMNS[table])
    assert not unknown, unknown
    return {column: values.get(column, "") for column in COLUMNS[table]}


def cells(rows: Iterable[Row], *columns: str) -> list[date]:
    """The dates in some columns of some rows."""
    return [date.fromisoformat(row[c]) for row in rows for c in columns if row[c]]


def last_weekday(day: date, weekday: int) -> date:
    """The last such weekday on or before a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


class Maker:
    """Makes one world from one number."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        start = self.one_of(STARTS)
        count = self.one_of([3, 4, 5, 6, 7])
        offsets = sorted(self.random.sample(OFFSETS, count))
        self.days = [clip(start + timedelta(days=offset)) for offset in offsets]
        # Not every world has everything: where all is stopped or varied, little else shows.
        self.with_cases = self.one_in(3)
        self.with_absences = not self.one_in(4)
        self.with_variations = self.one_in(2)
        self.with_records_from = self.one_in(3)
        self.with_lags = not self.one_in(3)
        self.with_gaps_in_rules = self.one_in(3)

    # Dice

    def one_of(self, items: Sequence[Any]) -> Any:
        """One of a list."""
        return self.random.choice(items)

    def one_in(self, number: int) -> bool:
        """True once in so many times."""
        return self.random.randrange(number) == 0

    def near(self, days: Sequence[date]) -> date:
        """One of some days, or a close neighbour."""
        return close_to(self.one_of(days), self.one_of(JITTER))

    def recorded(self, day: date) -> str:
        """The day a fact of a given day was recorded: mostly left empty."""
        if not self.with_lags or not self.one_in(3):
            return ""
        return text(day + timedelta(days=self.one_of([0, 1, 7, 8, 40, 200, -3])))

    # Policies

    def person_rules(self) -> list[Json]:
        """The rules of a clock for people; at most the last one matches everything."""
        rules = []
        for number in range(self.one_of([0, 1, 2, 3])):
            rule: Json = {"title": f"Rule {number + 1}"}
            look_at = self.one_of(["since", "since", "roles and since", "roles", "bases"])
            if "roles" in look_at:
                rule["roles"] = self.one_of(
                    [["nqsw"], ["social_worker", "nqsw"], ["senior_social_worker"]]
                )
            if look_at == "bases":
                rule["bases"] = self.one_of([["agency"], ["permanent", "fixed_term"]])
            if "since" in look_at:
                rule["since"] = self.one_of(
                    ["spell_start", "role_start", "employed_from", "registered_on"]
                )
                ends = self.one_of(["until", "until", "after", "both", "neither"])
                if ends == "neither" and rule["since"] in ("spell_start", "role_start"):
                    ends = "until"  # without an end these two match every day of a spell
                if ends in ("after", "both"):
                    rule["after"] = self.one_of(["6 weeks", "10 days", "1 month"])
                if ends in ("until", "both"):
                    rule["until"] = self.one_of(PHASES)
            self.add_frequency(rule)
            rules.append(rule)
        if not rules or not self.with_gaps_in_rules:
            rule = {"title": 'Everyone "else"'}
            if self.with_gaps_in_rules or self.one_in(4):
                rule["roles"] = ["social_worker", "nqsw"]
            self.add_frequency(rule)
            rules.append(rule)
        return rules

    def case_rules(self) -> list[Json]:
        """The rules of a clock for cases; at most the last one matches everything."""
        rules = []
        for number in range(self.one_of([0, 1, 2])):
            rule: Json = {"title": f"Plan {number + 1}"}
            look_at = self.one_of(["plans", "since", "roles", "bases", "plans and since"])
            if "plans" in look_at:
                rule["plans"] = self.one_of([["cp"], ["cin", "lac"]])
            if look_at == "roles":
                rule["roles"] = ["nqsw"]
            if look_at == "bases":
                rule["bases"] = ["permanent"]
            if "since" in look_at:
                rule["since"] = "spell_start"
                rule[self.one_of(["until", "after"])] = self.one_of(PHASES)
            self.add_frequency(rule)
            rules.append(rule)
        if not rules or not self.one_in(4):
            rule = {"title": "Every case"}
            self.add_frequency(rule)
            rules.append(rule)
        return rules

    def add_frequency(self, rule: Json) -> None:
        """Give a rule its frequency and, now and then, one for the first session."""
        rule["every"] = self.one_of(FREQUENCIES)
        if self.one_in(3):
            rule["first_within"] = self.one_of(FREQUENCIES)

    def clock(self, *, per_case: bool) -> Json:
        """A clock, for people or for cases."""
        clock: Json = {"name": CASE_CLOCK if per_case else PERSON_CLOCK}
        if per_case:
            kinds = [["case", "one_to_one"], ["case", "one_to_one", "group"], ["case"]]
        else:
            kinds = [["one_to_one"], ["one_to_one"], ["one_to_one", "group"], ["group", "case"]]
        clock["counts"] = self.one_of(kinds)
        if not self.one_in(3):
            clock["grace_working_days"] = self.one_of([0, 1, 2, 3, 4, 5])
        if self.one_in(3):
            clock["soon_days"] = self.one_of([0, 5, 14])
        if self.one_in(2):
            clock["min_minutes"] = self.one_of([90, 60])
        if per_case:
            clock["per"] = "case"
        clock["rule"] = self.case_rules() if per_case else self.person_rules()
        return clock

    def policy(self, name: str, effective_from: date | None) -> Json:
        """One policy, as ``tomllib`` would give it."""
        about: Json = {"id": name, "title": f"Policy {name}", "source": "Made up, for a test"}
        if effective_from is not None:
            about["effective_from"] = effective_from
        policy: Json = {"policy": about}
        absence: Json = {}
        suspends = self.one_of(SUSPENDS)
        if suspends:
            absence["suspends"] = dict(suspends)
        back = self.one_of([5, 3, None, 10, 5, 1])
        if back is not None:
            absence["return_within_working_days"] = back
        if absence:
            policy["absence"] = absence
        new = self.one_of([10, 3, None, 1, 5])
        if new is not None:
            policy["supervisor"] = {"new_supervisor_within_working_days": new}
        lacks_the_clock = self.one_in(12)
        policy["clock"] = [self.clock(per_case=False)]
        if lacks_the_clock:
            policy["clock"][0]["name"] = "another_clock"
        if self.with_cases and (name == "first" or not self.one_in(4)):
            policy["clock"].insert(self.one_of([0, 1]), self.clock(per_case=True))
        return policy

    def policies(self) -> list[Json]:
        """One or two policies, at most one of which has always been."""
        begins = self.near(self.days) if self.one_in(6) else None
        policies = [self.policy("first", begins)]
        second = self.near(self.days)
        if second != begins and self.one_in(2):
            policies.append(self.policy("second", second))
        if self.one_in(4):
            policies.reverse()  # the order of loading says nothing
        return policies

    # Facts

    def post_rows(self, person_id: str) -> list[Row]:
        """A history of posts: joined, broken, overlapping, over a weekend, open or ended."""
        rows = []
        start = self.near(self.days[:2])
        role = self.one_of(ROLES)
        held = {
            "team": TEAMS[0],
            "role": role,
            "basis": self.one_of(PERSON_BASES),
            "supervisor_id": self.one_of(SUPERVISORS),
        }
        number = self.one_of([1, 2, 3, 4])
        for _ in range(number):
            length = self.one_of([400, 250, 120, 500, 60, 31, 180, 14, 3, 0])
            end = max(start, clip(start + timedelta(days=length)))
            following = self.one_of(
                ["next day", "next day", "weekend", "break", "overlap", "open", "same start"]
            )
            if following == "weekend":
                end = max(start, last_weekday(end, 4))
            values = {
                "person_id": person_id,
                **held,
                "fte": self.one_of(["1.0", "0.6", ""]),
                "from": text(start),
                "to": "" if following in ("open", "same start") else text(end),
                "recorded_on": self.recorded(start),
            }
            rows.append(row_of("posts", values))
            if following == "next day":
                start = end + timedelta(days=1)
            elif following == "weekend":  # a contract ends on Friday, the next starts on Monday
                start = end + timedelta(days=3)
            elif following == "break":
                start = end + timedelta(days=self.one_of([2, 4, 5, 6, 30, 120]))
            elif following == "overlap":
                start = max(start, end - timedelta(days=self.one_of([0, 3, 30])))
            elif following == "open":
                start = max(start, self.near(self.days))
            changes = self.one_of(["supervisor_id", "role", "basis", "team", "all", ""])
            if changes in ("team", "all"):
                held["team"] = self.one_of(TEAMS)
            if changes in ("role", "all"):
                held["role"] = self.one_of(ROLES)
            if changes in ("basis", "all"):
                held["basis"] = self.one_of(PERSON_BASES)
            if changes in ("supervisor_id", "all"):
                held["supervisor_id"] = self.one_of(SUPERVISORS)
        if self.one_in(5):
            rows.reverse()  # the order of the rows is not the order of the days
        return rows

    def absence_rows(self, person_id: str, days: Sequence[date]) -> list[Row]:
        """Absences of every kind, some joined over a weekend, some open, some to come."""
        rows: list[Row] = []
        taken: set[tuple[str, date]] = set()
        start = self.near(days)
        for _ in range(self.one_of([1, 1, 2, 3, 5]) if self.with_absences else 0):
            kind = self.one_of(ABSENCE_KINDS)
            length = self.one_of([28, 29, 14, 15, 1, 3, 4, 5, 60, 10, 20, 150, None])
            end = None if length is None else start + timedelta(days=length - 1)
            following = self.one_of(["elsewhere", "weekend", "next day", "elsewhere"])
            if end is not None and following == "weekend":
                end = max(start, last_weekday(end, 4))
            if (kind, start) not in taken:
                taken.add((kind, start))
                values = {
                    "person_id": person_id,
                    "kind": kind,
                    "from": text(start),
                    "to": text(end),
                    "recorded_on": self.recorded(start),
                }
                rows.append(row_of("absences", values))
            if end is None or following == "elsewhere":
                start = self.near(days)
            else:
                start = end + timedelta(days=3 if following == "weekend" else 1)
        return rows

    def return_scene(self, person_id: str) -> tuple[list[Row], list[Row]]:
        """Posts and absences of someone who was long away and whose post changes about then."""
        start = self.near(self.days[:2])
        away = start + timedelta(days=self.one_of([3, 20, 40, 75, 100]))
        back = away + timedelta(days=self.one_of([15, 28, 29, 30, 31, 45]))
        change = back + timedelta(days=self.one_of([-10, 0, 1, 2, 3, 5]))
        after = change + timedelta(days=self.one_of([3, 10, 30, 150]))
        before = ["North", self.one_of(ROLES), self.one_of(PERSON_BASES), "S1"]
        meanwhile = [self.one_of(TEAMS), *before[1:3], self.one_of(["S2", "S2", ""])]
        if self.one_in(2):
            meanwhile[1] = self.one_of(["student", "senior_social_worker"])
        posts = []
        spans = [(start, change, before), (change, after, meanwhile), (after, None, before)]
        for first, following, attributes in spans:
            values = dict(zip(("team", "role", "basis", "supervisor_id"), attributes, strict=True))
            last = text(following - timedelta(days=1)) if following else ""
            values |= {"person_id": person_id, "from": text(first), "to": last}
            posts.append(row_of("posts", values))
        kind = self.one_of(["sickness", "sickness", "maternity", "secondment"])
        parts = [(away, back - timedelta(days=1))]
        friday = last_weekday(away + timedelta(days=self.one_of([7, 9, 11])), 4)
        if self.one_in(2):  # two absences, joined over a weekend
            parts = [(away, friday), (friday + timedelta(days=3), parts[0][1])]
        absences = []
        for first, last_day in parts:
            values = {"person_id": person_id, "kind": kind, "from": text(first)}
            absences.append(row_of("absences", {**values, "to": text(last_day)}))
            if self.one_in(2):
                kind = self.one_of(["sickness", "maternity", "study"])
        return posts, absences

    def variation_rows(self, person_id: str, days: Sequence[date]) -> list[Row]:
        """Agreed frequencies of every unit, overlapping at times, or for the other clock."""
        rows = []
        for _ in range(self.one_of([0, 1, 2, 3]) if self.with_variations else 0):
            start = self.near(days)
            length = self.one_of([None, 60, 30, 7, 1, 365])
            values = {
                "person_id": person_id,
                "clock": self.one_of([PERSON_CLOCK] * 5 + [CASE_CLOCK]),
                "every": self.one_of(FREQUENCIES),
                "from": text(start),
                "to": "" if length is None else text(start + timedelta(days=length - 1)),
                "reason": "agreed",
                "approved_by": "S1",
                "recorded_on": self.recorded(start),
            }
            rows.append(row_of("variations", values))
        return rows

    def session_values(self, day: date, status: str) -> Json:
        """The fields of one session around a day."""
        values: Json = {
            "supervisor_id": self.one_of(SUPERVISORS),
            "kind": self.one_of(SESSION_KINDS),
            "status": status,
        }
        if status != "held":
            values["planned_on"] = text(day)
            values["recorded_on"] = self.recorded(day - timedelta(days=14))
            if status == "cancelled":
                values["cancelled_by"] = self.one_of(["worker", "supervisor", "other"])
                values["reason"] = "court"
            return values
        if self.one_in(2):
            lag = self.one_of([0, 0, 1, 7, -7, 30, 60])
            values["planned_on"] = text(day + timedelta(days=lag))
        values["held_on"] = text(day)
        values["minutes"] = self.one_of(["90", "60", "30", "120", "89", "59", ""])
        values["interrupted"] = self.one_of(["no", "yes", ""])
        values["record_kept"] = self.one_of(["", "", "", "case system"])
        values["recorded_on"] = self.recorded(day)
        shared, by_worker, by_supervisor = self.one_of(EVIDENCE)
        for column, step in (
            ("shared_on", shared),
            ("worker_signed_on", by_worker),
            ("supervisor_signed_on", by_supervisor),
        ):
            values[column] = "" if step is None else text(day + timedelta(days=step))
        return values

    def session_rows(self, person_id: str, first: date, days: Sequence[date]) -> list[Row]:
        """A history of sessions from the first post on, and a few on other days."""
        day = first + timedelta(days=self.one_of([14, 0, 1, 7, 20, -5, -40]))
        where = []
        for _ in range(self.one_of([6, 0, 2, 4, 8, 10, 14])):
            where.append((day, "held"))
            day += timedelta(days=self.one_of(STRIDES))
        for _ in range(self.one_of([0, 1, 2, 3, 4])):
            status = self.one_of(["held", "held", "planned", "cancelled", "missed", "planned"])
            where.append((self.near(days), status))
        rows = []
        for number, (on, status) in enumerate(where, 1):
            ids = {"session_id": f"{person_id}-{number:02}", "person_id": person_id}
            rows.append(row_of("sessions", {**ids, **self.session_values(clip(on), status)}))
        return rows

    def add_cases(self, world: World, people: Sequence[str]) -> None:
        """Cases allocated to one worker after another, and the sessions that discussed them."""
        starts = cells(world["posts"], "from")[:2]
        days = [
            *cells(world["posts"], "from", "to"),
            *cells(world["people"], "left_on", "records_from"),
        ]
        references = [f"C{number}" for number in range(1, self.one_of([1, 2, 3]) + 1)]
        for reference in references:
            start = self.near(starts)
            for _ in range(self.one_of([1, 2, 3, 4])):
                length = self.one_of([None, 365, 120, 60, 30, 5])
                end = None if length is None else start + timedelta(days=length)
                following = self.one_of(["next day", "weekend", "overlap", "break"])
                if end is not None and following == "weekend":
                    end = max(start, last_weekday(end, 4))
                values = {
                    "person_id": self.one_of(people),
                    "case_ref": reference,
                    "plan": self.one_of(PLANS),
                    "from": text(start),
                    "to": text(end),
                    "recorded_on": self.recorded(start),
                }
                world["cases"].append(row_of("cases", values))
                if end is None:
                    start = self.near(days)
                else:
                    step = {"next day": 1, "weekend": 3, "overlap": -10, "break": 25}[following]
                    start = max(start + timedelta(days=1), end + timedelta(days=step))
        for row in world["cases"]:  # a holder whose records begin during an allocation
            if self.with_records_from and self.one_in(3):
                records_from = date.fromisoformat(row["from"]) + timedelta(days=self.one_of([1, 5, 20]))
                for person in world["people"]:
                    if person["person_id"] == row["person_id"]:
                        person["records_from"] = text(records_from)
        for row in world["sessions"]:
            about = self.one_of([*references, "", "every"])
            for reference in references if about == "every" else [about] if about else []:
                values = {"session_id": row["session_id"], "case_ref": reference}
                if self.one_in(12):
                    values["recorded_on"] = text(self.near(self.days))
                world["case_discussions"].append(row_of("case_discussions", values))

    def world(self) -> World:
        """A small world: one to three people over one to three years, and two supervisors."""
        world: World = {table: [] for table in COLUMNS}
        world["policies"] = self.policies()
        for number in (1, 2):  # supervisors have no post of their own
            values = {"person_id": f"S{number}", "name": f"Supervisor {number}"}
            world["people"].append(row_of("people", values))
        count = self.one_of([2, 3]) if self.with_cases else self.one_of([1, 1, 2, 3])
        people = [f"P{number}" for number in range(1, count + 1)]
        for person_id in people:
            if self.with_absences and self.one_in(3):
                posts, absences = self.return_scene(person_id)
            else:
                posts = self.post_rows(person_id)
                absences = self.absence_rows(person_id, self.days + cells(posts, "from", "to"))
            first = min(cells(posts, "from"))
            edges = self.days + cells(posts, "from", "to")
            edges += cells(absences, "from", "to")
            values = {"person_id": person_id, "name": f"Person {person_id[1:]}"}
            if self.one_in(2):
                values["employed_from"] = text(self.near([first, first, *edges]))
            if self.one_in(2):
                values["registered_on"] = text(self.near([first, first, *edges]))
            if self.one_in(6):
                values["left_on"] = text(self.near(edges))
            if self.with_records_from and not self.one_in(3):
                values["records_from"] = text(self.near([first, *edges]))
            if self.with_lags and self.one_in(15):
                values["recorded_on"] = text(self.near(self.days))
            world["people"].append(row_of("people", values))
            world["posts"] += posts
            world["absences"] += absences
            world["variations"] += self.variation_rows(person_id, edges)
            world["sessions"] += self.session_rows(person_id, first, edges)
        if self.with_cases:
            self.add_cases(world, people)
        return world


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A small world, made from a number and thinned row by row."""
    return draw(thinned(Maker(draw(st.integers(0, 2**32 - 1))).world()))


@st.composite
def thinned(draw: st.DrawFn, world: World) -> World:
    """A world without some of its rows (and what would hang in the air without them).

    Nearly every row is kept at first; shrinking leaves out all that it can."""

    def keep() -> bool:
        return draw(st.integers(0, 40)) > 0

    thin: World = {"policies": [policy for policy in world["policies"] if keep()]}
    thin["policies"] = thin["policies"] or world["policies"][:1]
    thin["people"] = [row for row in world["people"] if keep()]
    people = {row["person_id"] for row in thin["people"]}
    for table in COLUMNS:
        if table in ("people", "case_discussions"):
            continue
        thin[table] = [row for row in world[table] if row["person_id"] in people and keep()]
    sessions = {row["session_id"] for row in thin["sessions"]}
    thin["case_discussions"] = [
        row for row in world["case_discussions"] if row["session_id"] in sessions and keep()
    ]
    return thin


# --- Questions ----------------------------------------------------------------------------


WAITS = (0, 1, 2, 3, 5, 7, 8, 9, 12, 14, 15, 17, 28, 29, 30, 31, 32, 33, 34, 36, 40, 70)
"""Days after a fact on which something may fall due, be in grace or be late."""

Question = tuple[date, date | None, tuple[date, date]]
"""As-at, known-at or None, and a period."""


def dates_of(world: World) -> list[date]:
    """Every date in the tables of a world, in order."""
    found = {
        date.fromisoformat(cell)
        for table in COLUMNS
        for row in world.get(table, [])
        for cell in row.values()
        if len(cell) == 10 and cell[4] == cell[7] == "-" and cell.replace("-", "").isdigit()
    }
    return sorted(found) or [STARTS[0]]


def answer_dates(world: World, as_at: date) -> list[date]:
    """The dates in the answers to a question, where the next answers are likely to differ."""
    clocks_asked = [PERSON_CLOCK, CASE_CLOCK] if world.get("cases") else [PERSON_CLOCK]
    found = set()
    for clock in clocks_asked:
        rows = [
            *oracle.status(world, as_at, clock)["people"],
            *oracle.gaps(world, as_at, clock)["gaps"],
        ]
        columns = ("due", "late_by", "booked_on", "first_late_day", "last_late_day")
        for row in rows:
            found |= {date.fromisoformat(row[c]) for c in columns if row.get(c)}
    return sorted(found)


def question(number: int, world: World | None = None) -> Question:
    """What to ask, made from a number: as-at, known-at or None, and a period.

    Given a world, the days are around its own dates and, half the time, exactly on a date
    that the answers turn on, or the day before or after."""
    dice = Maker(number)
    if world is None:
        days = [clip(day + timedelta(days=step)) for day in STARTS[:3] for step in OFFSETS[3::3]]
    else:
        days = dates_of(world)
    as_at = dice.near(days)
    if not dice.one_in(4):  # mostly when something has happened, and may be late
        as_at = clip(max(as_at, dice.near(days)) + timedelta(days=dice.one_of(WAITS)))
    turns: list[date] = []
    if world is not None and dice.one_in(2):
        turns = answer_dates(world, as_at)
        ends = cells([*world["posts"], *world["cases"]], "to") + cells(world["absences"], "from")
        as_at = dice.one_of([as_at, *(turns or ends or days), dice.one_of(ends or days)])
        as_at = clip(as_at + timedelta(days=dice.one_of([0, 0, 1, -1])))
    known_at = dice.near([as_at, *days]) if dice.one_in(2) else None
    shape = dice.one_of(["months", "to as-at", "exact", "before as-at", "any"])
    first = dice.near(days)
    if shape == "months":  # whole calendar months
        first = first.replace(day=1)
        after = first + timedelta(days=31 * dice.one_of([1, 2, 3, 6, 12]))
        last = after.replace(day=1) - timedelta(days=1)
    elif shape == "to as-at":
        first, last = min(first, as_at), as_at
    elif shape == "exact":
        first, last = sorted([dice.one_of([*turns, *days]), dice.one_of([*turns, *days])])
    elif shape == "before as-at":  # some of what is known as at a day came after the period
        last = as_at - timedelta(days=dice.one_of([1, 2, 4, 20, 45]))
        first = min(first, last)
    else:
        last = first + timedelta(days=dice.one_of([0, 30, 90, 200, 400]))
    return as_at, known_at, (first, last)


def numbered(number: int) -> tuple[World, Question]:
    """The world and question of a number: the same ones on every run.

    Going through a few hundred numbers covers more hard cases than as many examples drawn by
    hypothesis, which likes to vary what it has drawn already."""
    world = Maker(number).world()
    return world, question(number, world)


def questions(world: World | None = None) -> st.SearchStrategy[Question]:
    """What to ask of a world, or of none in particular."""
    return st.integers(0, 2**32 - 1).map(lambda number: question(number, world))


@st.composite
def worlds_and_questions(draw: st.DrawFn) -> tuple[World, Question]:
    """A world with a question around its own dates."""
    world = draw(worlds())
    return world, draw(questions(world))


# --- Files --------------------------------------------------------------------------------


def toml_value(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    inside = ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items())
    return "{ " + inside + " }"


def toml_table(header: str, values: Json, without: Iterable[str] = ()) -> list[str]:
    """The lines of one table."""
    lines = [f"{key} = {toml_value(item)}" for key, item in values.items() if key not in without]
    return [header, *lines, ""]


def policy_toml(policy: Json) -> str:
    """A policy as TOML, in the form of section 2."""
    lines = []
    for table in ("policy", "absence", "supervisor"):
        if table in policy:
            lines += toml_table(f"[{table}]", policy[table])
    for clock in policy["clock"]:
        lines += toml_table("[[clock]]", clock, without=["rule"])
        for rule in clock["rule"]:
            lines += toml_table("[[clock.rule]]", rule)
    return "\n".join(lines)


def write_world(world: World, folder: Path) -> None:
    """Write a world as an interchange folder: a CSV file per table and policies/*.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(world.get(table, []))
    (folder / "policies").mkdir(exist_ok=True)
    for policy in world.get("policies", []):
        path = folder / "policies" / f"{policy['policy']['id']}.toml"
        path.write_text(policy_toml(policy), encoding="utf-8")
