"""What was known on an earlier day, asked of a real store: the board, not its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from supervise.cadence import Standing
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.workdays import day, iso, iso_or_none
from supervise.workspace import Workspace
from tests.making import MONTHLY
from tests.store.telling import Clock


class Manager:
    """Somebody who enters what happens on the day of a clock that can be set, and asks about it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.here = Workspace(store, today=lambda: day("2017-04-30"), me="R. Okafor")

    def enters(self, on: str, kind: str, /, **row: Any) -> None:
        """Types a row on a day: the store says when it was recorded."""
        self.clock.set(on)
        with self.store.change(f"Enter a {kind}", by="R. Okafor") as change:
            change.put(kind, row, recorded=True)

    def imports(self, on: str, kind: str, /, **row: Any) -> None:
        """Brings a row in from a file on a day: the file says when it was recorded."""
        self.clock.set(on)
        with self.store.change("Import", by="R. Okafor", kind="import") as change:
            change.put(kind, row)

    def removes(self, on: str, kind: str, id: str) -> None:
        self.clock.set(on)
        with self.store.change(f"Remove a {kind}", by="R. Okafor") as change:
            change.remove(kind, id)

    def sees(self, as_at: str, known_at: str | None = None) -> Standing:
        """Where Ada stands."""
        known = None if known_at is None else day(known_at)
        _, board = self.here.board(self.here.clockwork(as_at=day(as_at)), known)
        (found,) = [each for each in board if each.subject == "P1"]
        return found

    def gaps(self, as_at: str, known_at: str | None = None) -> list[tuple[str, int]]:
        """First late day and days late of each gap."""
        known = None if known_at is None else day(known_at)
        _, found = self.here.gaps(self.here.clockwork(as_at=day(as_at)), known)
        return [(iso(gap.first_late_day), gap.days_late) for gap in found]


@pytest.fixture
def manager() -> Iterator[Manager]:
    """Ada is in post from 2 January 2017, due on 2 February; all that was entered on 2 January."""
    clock = Clock("2017-01-02")
    with memory_store(clock) as store:
        manager = Manager(store, clock)
        manager.here.add_policies([read_policy(MONTHLY, "p")])
        manager.enters("2017-01-02", "person", id="P1", name="Ada")
        manager.enters(
            "2017-01-02",
            "post",
            id="o1",
            person_id="P1",
            team="North",
            role="nqsw",
            **{"from": "2017-01-02"},
        )
        yield manager


HELD = {"person_id": "P1", "kind": "one_to_one", "status": "held"}
SICK = {"person_id": "P1", "kind": "sickness"}


def test_a_session_recorded_today_was_not_known_yesterday(manager: Manager) -> None:
    manager.enters("2017-03-20", "session", id="s1", held_on="2017-02-01", **HELD)
    assert manager.gaps("2017-03-20") == [("2017-03-02", 19)]
    assert manager.gaps("2017-03-20", "2017-03-20") == [("2017-03-02", 19)]
    assert manager.gaps("2017-03-20", "2017-03-19") == [("2017-02-03", 46)]
    assert manager.sees("2017-02-20").status == "on_track"
    assert manager.sees("2017-02-20", "2017-03-19").status == "gap"
    assert iso_or_none(manager.sees("2017-02-20", "2017-03-19").last_held) is None


def test_a_corrected_absence_is_as_it_was_before_the_correction(manager: Manager) -> None:
    manager.enters(
        "2017-01-20", "absence", id="a1", **SICK, **{"from": "2017-01-20", "to": "2017-01-27"}
    )
    manager.enters("2017-03-01", "absence", id="a1", to="2017-02-28")
    assert manager.sees("2017-02-10").status == "absent"
    assert manager.sees("2017-02-10", "2017-03-01").status == "absent"
    assert manager.sees("2017-02-10", "2017-02-28").status == "gap"
    assert manager.gaps("2017-02-10", "2017-02-28") == [("2017-02-03", 8)]
    assert manager.gaps("2017-02-10") == []


def test_a_removed_row_is_still_there_on_an_earlier_day(manager: Manager) -> None:
    manager.enters("2017-02-01", "session", id="s1", held_on="2017-02-01", **HELD)
    manager.removes("2017-03-10", "session", "s1")
    assert manager.sees("2017-02-20").status == "gap"
    assert manager.sees("2017-02-20", "2017-03-10").status == "gap"
    assert manager.sees("2017-02-20", "2017-03-09").status == "on_track"
    assert iso_or_none(manager.sees("2017-02-20", "2017-03-09").last_held) == "2017-02-01"


def test_a_session_held_but_recorded_later_was_a_booking(manager: Manager) -> None:
    manager.enters("2017-01-20", "session", id="s1", person_id="P1", kind="one_to_one", status="planned",
                   planned_on="2017-02-01")  # fmt: skip
    manager.enters("2017-02-15", "session", id="s1", status="held", held_on="2017-02-01")
    asked = manager.sees("2017-01-31", "2017-02-10")
    assert (iso_or_none(asked.booked_on), asked.booked_in_time, asked.last_held) == (
        "2017-02-01",
        True,
        None,
    )
    assert manager.sees("2017-02-10", "2017-02-10").status == "gap"
    assert manager.sees("2017-02-10", "2017-02-15").status == "on_track"
    assert manager.sees("2017-01-31", "2017-01-19").booked_on is None


def test_a_held_session_of_a_file_recorded_after_the_day_is_a_booking(manager: Manager) -> None:
    manager.imports("2017-04-01", "session", id="s1", held_on="2017-02-01", planned_on="2017-02-01",
                    recorded_on="2017-02-15", **HELD)  # fmt: skip
    asked = manager.sees("2017-02-01", "2017-02-10")
    assert (iso_or_none(asked.booked_on), asked.last_held) == ("2017-02-01", None)
    assert iso_or_none(manager.sees("2017-02-01", "2017-02-15").last_held) == "2017-02-01"


def test_the_recorded_on_of_a_file_decides_and_not_the_day_of_the_import(manager: Manager) -> None:
    manager.imports("2017-04-01", "absence", id="a1", recorded_on="2017-01-25", **SICK,
                    **{"from": "2017-01-20", "to": "2017-03-20"})  # fmt: skip
    assert manager.sees("2017-02-10", "2017-01-25").status == "absent"
    assert manager.sees("2017-02-10", "2017-01-24").status == "gap"


def test_what_a_file_says_nothing_of_was_always_known_and_a_held_session_from_its_day(
    manager: Manager,
) -> None:
    manager.imports(
        "2017-04-01", "absence", id="a1", **SICK, **{"from": "2017-03-20", "to": "2017-04-28"}
    )
    manager.imports("2017-04-01", "session", id="s1", held_on="2017-02-01", **HELD)
    assert manager.sees("2017-03-25", "2017-02-01").status == "absent"
    assert manager.sees("2017-02-01", "2017-02-01").status == "on_track"
    assert iso_or_none(manager.sees("2017-02-01", "2017-02-01").last_held) == "2017-02-01"
    assert manager.sees("2017-02-01", "2017-01-31").last_held is None


def test_a_person_not_yet_recorded_is_not_on_the_board(manager: Manager) -> None:
    manager.enters("2017-02-06", "person", id="P2", name="Grace")
    clockwork = manager.here.clockwork(as_at=day("2017-02-10"))
    for known_at, people in ((None, ["P1", "P2"]), ("2017-02-06", ["P1", "P2"]), ("2017-02-05", ["P1"])):
        _, board = manager.here.board(clockwork, day(known_at) if known_at else None)
        assert [each.subject for each in board] == people


def test_an_import_taken_back_leaves_the_days_between_as_they_looked(manager: Manager) -> None:
    manager.imports("2017-02-05", "session", id="s1", held_on="2017-02-01", **HELD)
    manager.clock.set("2017-02-09")
    manager.store.undo("R. Okafor")
    assert manager.sees("2017-02-20").status == "gap"
    assert manager.sees("2017-02-20", "2017-02-08").status == "on_track"
    assert manager.sees("2017-02-20", "2017-02-09").status == "gap"


def test_known_at_the_end_of_time_is_the_board_of_now(manager: Manager) -> None:
    manager.enters("2017-02-01", "session", id="s1", held_on="2017-02-01", **HELD)
    manager.enters("2017-02-10", "absence", id="a1", **SICK, **{"from": "2017-02-09"})
    for as_at in ("2017-01-31", "2017-02-08", "2017-02-20", "2017-04-30"):
        assert manager.sees(as_at, "2017-04-30") == manager.sees(as_at)
