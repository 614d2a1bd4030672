"""A service lead gathers what the managers of several teams export (manual: A service store)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from supervise.cli import World, main
from supervise.policy_files import read_policy_file
from supervise.store import memory_store
from supervise.workspace import Workspace
from tests.making import PASSPHRASE
from tests.test_command_line import Said, quickened

KEPT = Path(__file__).parents[1] / "kept"
POLICY = KEPT / "policies" / "standards-2020-with-defaults.toml"


class Calendar:
    """The day that everybody in these journeys lives on."""

    def __init__(self) -> None:
        self.day = date(2019, 10, 1)

    def today(self) -> int:
        return self.day.toordinal()

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 30, tzinfo=UTC)


class Manager:
    """A team manager, with a store of the team's own and real ids in it."""

    def __init__(self, name: str, calendar: Calendar, folder: Path, staff_no: str) -> None:
        self.name, self.folder = name, folder
        self.here = Workspace(memory_store(calendar.now), today=calendar.today, me=name)
        self.here.add_policies([read_policy_file(POLICY)])
        self.calendar = calendar
        self.id = self.puts("person", name=name, staff_no=staff_no)

    def puts(self, kind: str, /, **row: Any) -> str:
        """Enters a row, or alters the one of that id."""
        with self.here.store.change(f"Put {kind}", by=self.name) as change:
            return change.put(
                kind, {name.rstrip("_"): value for name, value in row.items()}, recorded=True
            )

    def takes_on(self, name: str, team: str, from_: str = "2019-01-07", staff_no: str = "") -> str:
        """A worker in the team, whom the manager supervises."""
        person = self.puts("person", name=name, staff_no=staff_no)
        self.puts("post", person_id=person, team=team, role="social_worker", basis="permanent",
                  supervisor_id=self.id, from_=from_)  # fmt: skip
        return person

    def supervises(self, person: str, on: str, **more: Any) -> str:
        """A session, entered on its day."""
        self.calendar.day = max(self.calendar.day, date.fromisoformat(on))
        return self.puts("session", person_id=person, supervisor_id=self.id, kind="one_to_one", status="held",
                         held_on=on, minutes=90, **more)  # fmt: skip

    def sends(self, name: str) -> Path:
        """An export."""
        path = self.folder / name
        self.here.export(path)
        return path


class Lead:
    """The service lead at a terminal."""

    def __init__(self, store: Path, calendar: Calendar) -> None:
        self.store, self.calendar = store, calendar

    def asks(self, *words: object) -> Said:
        out, err = io.StringIO(), io.StringIO()
        world = World(now=self.calendar.now, me="H. Tudor", take_passphrase=lambda: PASSPHRASE)
        with redirect_stdout(out), redirect_stderr(err):
            status = main(world, ["--store", str(self.store), *map(str, words)])
        return Said(status, out.getvalue(), err.getvalue())

    def is_told(self, *words: object) -> str:
        """What a command says, in one line; it must succeed."""
        said = self.asks(*words)
        assert (said.status, said.err) == (0, "")
        wide = [line for line in said.lines if len(line) > 80 and " " in line.strip()]
        assert [line for line in wide if str(self.store.parent) not in line] == []
        return " ".join(said.out.split())

    def is_refused(self, *words: object) -> str:
        said = self.asks(*words)
        assert said.status == 1
        assert "Traceback" not in said.err
        return said.err.strip()

    def reads(self, *words: object) -> Any:
        """The JSON of an answer."""
        return json.loads(self.asks(*words, "--format", "json").out)

    def board(self) -> dict[str, tuple[str, str]]:
        """Everyone in post: team and status, by name."""
        return {
            each["name"]: (each["team"], each["status"])
            for each in self.reads("status")["people"]
            if each["team"]
        }


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SUPERVISE_STORE", "SUPERVISE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def lead(tmp_path: Path, calendar: Calendar) -> Lead:
    lead = Lead(tmp_path / "service.store", calendar)
    assert "It is a service store" in lead.asks("new", "--service").out
    quickened(lead.store)
    return lead


@pytest.fixture
def nerys(tmp_path: Path, calendar: Calendar) -> Iterator[Manager]:
    manager = Manager("Nerys Bowen", calendar, tmp_path, "E100")
    with manager.here.store:
        yield manager


@pytest.fixture
def declan(tmp_path: Path, calendar: Calendar) -> Iterator[Manager]:
    manager = Manager("Declan Moriarty", calendar, tmp_path, "E200")
    with manager.here.store:
        yield manager


def test_a_lead_gathers_two_teams_and_asks_over_both(
    lead: Lead, nerys: Manager, declan: Manager, calendar: Calendar
) -> None:
    ada, bo = nerys.takes_on("Ada Byrne", "North"), nerys.takes_on("Bo Lund", "North")
    cai = declan.takes_on("Cai Rees", "South")
    nerys.supervises(bo, "2019-06-03")
    nerys.supervises(ada, "2019-10-14")
    declan.supervises(cai, "2019-10-21")
    calendar.day = date(2019, 10, 31)

    preview = lead.is_told("import", nerys.sends("north"), "--dry-run")
    assert preview.startswith(
        "A new source: “north”, as at 14 October 2019 (latest entry), 17 days old."
    )
    assert lead.reads("sources") == {"sources": []}
    assert "Sources: none yet." in lead.is_told("status")
    assert "“supervise undo 2” takes it back." in lead.is_told("import", "north")
    lead.is_told("import", declan.sends("south"))

    assert lead.board() == {
        "Ada Byrne": ("North", "on_track"), "Bo Lund": ("North", "gap"), "Cai Rees": ("South", "on_track"),
    }  # fmt: skip
    below = (
        "Source: north, as at 14 October 2019 (latest entry), 17 days old."
        " Source: south, as at 21 October 2019 (latest entry), 10 days old."
    )
    for question in (("status",), ("gaps",), ("gaps", "--entered-later"),
                     ("measures", "--from", "2019-10-01", "--to", "2019-10-31")):  # fmt: skip
        assert lead.is_told(*question).endswith(below)
    assert [each["name"] for each in lead.reads("gaps")["gaps"] if each["ended"] == "open"] == [
        "Bo Lund"
    ]
    assert list(lead.reads("status")) == ["as_at", "known_at", "clock", "people"]

    table = lead.asks("sources").lines
    assert [re.split("  +", line)[:5] for line in table[2:] if line[:1].strip()] == [
        ["2", "north", "North", "3 people", "14 Oct 2019"], ["3", "south", "South", "2 people", "21 Oct 2019"],
    ]  # fmt: skip
    north = lead.reads("sources")["sources"][0]
    assert north == {
        "source_id": "2", "name": "north", "teams": ["North"], "people": 3, "sessions": 2,
        "as_at": "2019-10-14", "as_at_is": "latest entry", "age_days": 17, "stale": False,
        "taken_in_on": "2019-10-31", "overlaps": [],
    }  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(lead.asks("sources", "--format", "csv").out)))
    assert [(each["name"], each["teams"], each["stale"]) for each in lines] == [
        ("north", "North", "no"), ("south", "South", "no"),
    ]  # fmt: skip
    assert "PROBLEM" not in lead.is_told("check")


def test_a_newer_export_replaces_the_older_one_and_undo_takes_that_back(
    lead: Lead, nerys: Manager, declan: Manager, calendar: Calendar
) -> None:
    ada, cai = nerys.takes_on("Ada Byrne", "North"), declan.takes_on("Cai Rees", "South")
    first = nerys.supervises(
        ada, "2019-09-02", worker_signed_on="2019-09-03", supervisor_signed_on="2019-09-03"
    )
    wrong = nerys.supervises(ada, "2019-10-02")
    lead.is_told("import", nerys.sends("north-1"))
    declan.supervises(cai, "2019-10-07")
    lead.is_told("import", declan.sends("south"))
    with nerys.here.store.change("Entered by mistake", by="Nerys Bowen") as change:
        change.remove("session", wrong)
    nerys.puts("late_entry", session_id=first, entered_on="2019-10-07", text="We also spoke of leave.")
    right = nerys.supervises(ada, "2019-10-09")
    told = lead.is_told("import", nerys.sends("north-2"))
    for words in (
        "A newer export of “north-1”, as at 9 October 2019 (latest entry), 0 days old, in the place of that as"
        " at 2 October 2019",
        "1 new in sessions", "1 new in late_entries", "1 in sessions", "“supervise undo 4” takes it back.",
    ):  # fmt: skip
        assert words in told

    def last_held() -> dict[str, str]:
        return {
            each["person_id"]: each["last_held"]
            for each in lead.reads("status")["people"]
            if each["last_held"]
        }

    assert last_held() == {ada: "2019-10-09", cai: "2019-10-07"}
    assert "There is nothing new in it." in lead.is_told("import", "north-2")
    assert lead.is_refused("import", "north-1").startswith(
        "An export of “north-2” as at 9 October 2019 (latest entry), 0 days old, is here already, and this one is older"
    )
    lead.is_told("undo", 4)
    assert last_held() == {ada: "2019-10-02", cai: "2019-10-07"}
    lead.is_told("undo", 2)
    assert last_held() == {cai: "2019-10-07"}
    lead.is_told("undo", 6)
    lead.is_told("undo", 5)
    assert last_held() == {ada: "2019-10-09", cai: "2019-10-07"}
    assert lead.asks("explain", right).status == 1  # a session is nobody
    assert "PROBLEM" not in lead.is_told("check")
    history = lead.is_told("history")
    assert "Import from north-2, in the place of its export as at 2 October 2019" in history


def test_a_worker_who_moved_and_a_supervisor_of_two_teams(
    lead: Lead, nerys: Manager, declan: Manager, calendar: Calendar
) -> None:
    ada = nerys.takes_on("Ada Byrne", "North", staff_no="E7")
    bo = nerys.takes_on("Bo Lund", "North")
    nerys.supervises(ada, "2019-10-03")
    nerys.supervises(bo, "2019-10-04")
    (post,) = nerys.here.store.rows("post", person_id=ada)
    nerys.puts("post", id=post["id"], to="2019-10-06")
    again = declan.takes_on("Ada Byrne", "South", "2019-10-07", staff_no="e7")
    mention = declan.puts("person", name="Nerys Bowen", staff_no="E100")
    eve = declan.takes_on("Bo Lund", "South")
    declan.puts("session", person_id=eve, supervisor_id=mention, kind="one_to_one", status="held",
                held_on="2019-10-08")  # fmt: skip
    declan.supervises(again, "2019-10-21")
    lead.is_told("import", nerys.sends("north"))
    told = lead.is_told("import", declan.sends("south"))
    assert f"Ada Byrne ({again} in the file) is Ada Byrne ({ada}) here, by staff number." in told
    assert (
        f"Nerys Bowen ({mention} in the file) is Nerys Bowen ({nerys.id}) here, by staff number." in told
    )
    assert "“north” and “south” overlap: 2 rows in both." in told
    assert f"Bo Lund is in two files under different ids ({eve} in this one, {bo} here)" in told

    (found,) = [each for each in lead.reads("status")["people"] if each["name"] == "Ada Byrne"]
    assert (found["person_id"], found["team"], found["last_held"]) == (ada, "South", "2019-10-21")
    assert [
        each["person_id"] for each in lead.reads("status")["people"] if each["name"] == "Bo Lund"
    ] == sorted([bo, eve])
    assert lead.is_refused("import", "south", "--same", "nonsense").startswith(
        "“nonsense” does not say who"
    )
    told = lead.is_told("import", "south", "--same", f"{eve}={bo}")
    assert f"Bo Lund ({eve} in the file) is Bo Lund ({bo}) here, as you say." in told
    assert [
        each["person_id"] for each in lead.reads("status")["people"] if each["name"] == "Bo Lund"
    ] == [bo]
    assert "There is nothing new in it." in lead.is_told("import", "south")

    lead.is_told("sources", "remove", "north")
    assert {each["name"] for each in lead.reads("sources")["sources"]} == {"south"}
    assert {each["person_id"] for each in lead.reads("status")["people"]} == {
        ada,
        bo,
        nerys.id,
        declan.id,
    }
    lead.is_told("undo", 5)
    assert lead.board()["Ada Byrne"] == ("South", "on_track")
    assert "PROBLEM" not in lead.is_told("check")


def test_stale_and_overlapping_exports_are_told(
    lead: Lead, nerys: Manager, declan: Manager, calendar: Calendar
) -> None:
    nerys.supervises(nerys.takes_on("Ada Byrne", "Assessment"), "2019-10-03")
    declan.supervises(declan.takes_on("Cai Rees", "Assessment"), "2019-10-21")
    calendar.day = date(2019, 11, 8)
    told = lead.is_told("import", nerys.sends("north"), "--as-at", "2019-10-03")
    assert "as at 3 October 2019 (as given), 36 days old, which is stale." in told
    told = lead.is_told("import", declan.sends("south"))
    assert "A team “Assessment” is in “north” and “south”." in told
    table = lead.is_told("sources")
    assert "stale" in table and table.endswith("A team “Assessment” is in “north” and “south”.")
    assert [each["stale"] for each in lead.reads("sources")["sources"]] == [True, False]
    calendar.day = date(2020, 3, 2)
    lead.is_told("import", nerys.sends("third"), "--source", "new", "--as-at", "2020-03-01")
    assert lead.is_told("status").endswith(
        "Sources: 3; oldest: north, as at 3 October 2019 (as given), 151 days old, which is stale. Stale: 2."
    )


def test_the_facts_of_a_service_store_are_the_teams_own(
    lead: Lead, nerys: Manager, tmp_path: Path
) -> None:
    nerys.supervises(nerys.takes_on("Ada Byrne", "North"), "2019-10-03")
    ordinary = Lead(tmp_path / "ordinary.store", lead.calendar)
    assert ordinary.asks("new").status == 0
    assert ordinary.is_refused("sources").startswith("This is no service store, and has no sources.")
    assert ordinary.is_refused("import", nerys.sends("north"), "--as-at", "2019-10-03").startswith(
        "This is no service store"
    )
    assert "Source" not in ordinary.is_told("status")
    lead.is_told("import", "north")
    assert lead.is_told("policy", "add", KEPT / "policies" / "county-2018.toml").endswith(
        "Added County policy from April 2018."
    )
    assert lead.is_refused("sources", "remove", "west").startswith("There is no source “west” here.")
    said = lead.asks("import", "north", "--as-at", "2019-02-30")
    assert (said.status, said.err.startswith("Usage:")) == (2, True)
