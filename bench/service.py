"""A large made-up service for measuring: ten years of it, the same for the same seed.

Workers sit twelve to a team under a manager. Some start newly qualified, some come from an agency for a
few months at a time, managers and teams change, people are away and come back, leave, and most are seen
in time: about one session in twelve is late.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from bench.service_plan import END, Career, Managers, Post, career, seen
from supervise.fields import BY_NAME

Row = dict[str, Any]
Rows = dict[str, list[Row]]

AS_AT = date.fromordinal(END)
TEAM = 13  # twelve workers and their manager
FULL = 120  # sessions a person in ten years

FORENAMES = (
    "Aled", "Agnieszka", "Bola", "Carys", "Chidi", "Dilys", "Farah", "Gethin", "Hạnh", "Imran",
    "Jolanta", "Kwame", "Linh", "Maeve", "Nia", "Oisín", "Priya", "Rhys", "Siobhán", "Tomasz",
)  # fmt: skip
SURNAMES = (
    "Adeyemi", "Ahmed", "Bevan", "Byrne", "Chaudhry", "Davies", "Eze", "Griffiths", "Kaur", "Kowalska",
    "Lewis", "Mensah", "Nguyễn", "O’Brien", "Okafor", "Patel", "Pritchard", "Trần", "Walsh", "Zielińska",
)  # fmt: skip
_NOT_HELD = ("cancelled", "cancelled", "missed")
_REASONS = ("court hearing", "worker unwell", "supervisor unwell", "duty cover", "double booked")
_FIRST_ISO = END - 8000
_ISO = [date.fromordinal(day).isoformat() for day in range(_FIRST_ISO, END + 1000)]


def make(people: int, sessions: int, seed: int) -> Rows:
    """A service of that many people, managers among them, with exactly that many sessions.

    Rows by kind of fact, each with an `id` and every field of its kind, days as ISO text, from
    1 November 2009 to 31 October 2019 (bookings a little beyond). Where fewer than 120 sessions a person
    are asked for, the story begins later.
    """
    rng = Random(seed)
    start = END + 1 - round(3652 * min(1.0, sessions / (FULL * people)))
    service = _Service(rng, start, _managers(rng, people, start))
    for number in range(people):
        if number % TEAM == 0:
            service.add_manager(number)
        else:
            service.add_worker(number)
    service.number_sessions(sessions)
    return service.rows


def person_id(number: int) -> str:
    """Managers, of whom each team has one, are M…, workers are W…."""
    return f"{'W' if number % TEAM else 'M'}{number:05d}"


def _managers(rng: Random, people: int, start: int) -> Managers:
    """Each team begins with its own manager and changes now and then."""
    ids = [person_id(number) for number in range(0, people, TEAM)]
    managers = []
    for own in ids:
        days = sorted(rng.sample(range(start + 100, END + 200), rng.randint(1, 4)))
        managers.append([(start, own), *((day, rng.choice(ids)) for day in days if day <= END)])
    return managers


def _iso(day: int | None) -> str | None:
    return None if day is None else _ISO[day - _FIRST_ISO]


@dataclass(slots=True)
class _Service:
    rng: Random
    start: int
    managers: Managers
    rows: Rows = field(default_factory=lambda: {name: [] for name in BY_NAME})
    blanks: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, kind in BY_NAME.items():
            self.blanks[name] = dict.fromkeys(("id", *(field.name for field in kind.fields)))

    def put(self, kind: str, values: Row) -> Row:
        rows = self.rows[kind]
        row = {**self.blanks[kind], "id": f"{kind}-{len(rows) + 1:06d}", **values}
        rows.append(row)
        return row

    def add_manager(self, number: int) -> None:
        """A team manager, whose own supervision is somebody else's affair."""
        self.add_person(number, self.start - 400, None)
        self.add_post(number, Post(self.start, END + 1, "team_manager", "permanent", number // TEAM))

    def add_worker(self, number: int) -> None:
        life = career(self.rng, number // TEAM, self.managers, self.start)
        self.add_person(number, life.employed_from, life.left_on)
        for post in life.posts:
            self.add_post(number, post)
        for away in life.absences:
            last = away.last if away.last <= END else None
            values = {"kind": away.kind, "from": _iso(away.first), "to": _iso(last)}
            self.put("absence", {"person_id": person_id(number), **values})
        self.add_sessions(number, life)

    def add_person(self, number: int, employed_from: int, left_on: int | None) -> None:
        name = f"{self.rng.choice(FORENAMES)} {self.rng.choice(SURNAMES)}"
        row = self.put("person", {"name": name, "employed_from": _iso(employed_from)})
        row["id"], row["staff_no"] = person_id(number), f"{100_000 + number}"
        row["registered_on"], row["left_on"] = _iso(employed_from - 20), _iso(left_on)

    def add_post(self, number: int, post: Post) -> None:
        self.put(
            "post",
            {
                "person_id": person_id(number), "team": f"Team {post.team + 1}", "role": post.role,
                "basis": post.basis, "supervisor_id": post.supervisor or None, "fte": 1.0,
                "from": _iso(post.first), "to": _iso(post.last) if post.last <= END else None,
            },
        )  # fmt: skip

    def add_sessions(self, number: int, life: Career) -> None:
        """Those held one to one, some that were not held, and mostly one booked at the end."""
        person, day = person_id(number), None
        for day, post in seen(self.rng, life):
            if self.rng.random() < 0.06:
                self.add_not_held(person, post, day - self.rng.randint(1, 5))
            self.add_held(person, post, "one_to_one", day)
        if day and life.posts[-1].last > END and self.rng.random() < 0.7:
            booked = {"kind": "one_to_one", "status": "planned", "supervisor_id": post.supervisor}
            planned_on = _iso(END + self.rng.randint(1, 28))
            self.put("session", {**booked, "person_id": person, "planned_on": planned_on})

    def add_not_held(self, person: str, post: Post, day: int) -> None:
        rng = self.rng
        self.put(
            "session",
            {
                "person_id": person, "supervisor_id": post.supervisor, "kind": "one_to_one",
                "status": rng.choice(_NOT_HELD), "planned_on": _iso(day), "recorded_on": _iso(day),
                "reason": rng.choice(_REASONS), "cancelled_by": rng.choice(("worker", "supervisor")),
            },
        )  # fmt: skip

    def add_held(self, person: str, post: Post, kind: str, day: int) -> None:
        """Recorded within days, and with both signatures four times in five."""
        rng = self.rng
        recorded = day + rng.choice((0, 0, 1, 1, 2, 3, 6))
        signed = _iso(recorded + rng.randint(1, 9)) if rng.random() < 0.8 else None
        self.put(
            "session",
            {
                "person_id": person, "supervisor_id": post.supervisor, "kind": kind, "status": "held",
                "planned_on": _iso(day), "held_on": _iso(day), "minutes": rng.choice((60, 90, 90, 95, 105, 120)),
                "interrupted": rng.random() < 0.1, "recorded_on": _iso(recorded),
                "shared_on": _iso(recorded + 1) if rng.random() < 0.9 else None,
                "worker_signed_on": signed, "supervisor_signed_on": signed,
                "signed_how": "on_screen" if signed else None,
            },
        )  # fmt: skip

    def number_sessions(self, wanted: int) -> None:
        """Add group and other sessions, or take some away, until there are as many as wanted."""
        rows, rng = self.rows["session"], self.rng
        held = [row for row in rows if row["status"] == "held"]
        for _ in range(wanted - len(rows)):
            beside = rng.choice(held)
            kind = rng.choice(("group", "group", "ad_hoc", "case"))
            self.put("session", {**beside, "kind": kind, "minutes": 45, "planned_on": None})
        if len(rows) > wanted:
            rows[:] = rng.sample(rows, wanted)
        rows.sort(key=lambda row: (row["person_id"], row["held_on"] or row["planned_on"]))
        for number, row in enumerate(rows, 1):
            row["id"] = f"S{number:07d}"
