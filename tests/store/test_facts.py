"""What is read in bulk gives the same answers as what is gathered row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supervise import fields
from supervise.answers import gaps, standings
from supervise.cadence import Clockwork, Standing
from supervise.compliance import measures
from supervise.exchange.reading import read
from supervise.policies import Rulebook
from supervise.policy_files import read_policy_file
from supervise.service import Service, gather
from supervise.store import Store, memory_store
from supervise.store.facts import FactsReader, teams
from supervise.workdays import Day, day
from tests import worlds
from tests.asking import rows_of, rulebook_of
from tests.store.telling import ME, Clock

KEPT = Path(__file__).parent.parent / "kept"
DAYS = ("2017-03-31", "2018-03-31", "2018-04-02", "2019-10-31")


def filled(rows: dict[str, list[dict[str, Any]]]) -> Store:
    """A store in memory with those rows; sessions last, for one that comes in signed is locked."""
    store = memory_store(Clock("2021-12-31"))
    with store.change("Put rows", by=ME, kind="import") as change:
        for kind in sorted(fields.KINDS, key=lambda kind: kind is fields.SESSION):
            change.put_all(kind.name, rows.get(kind.name, []))
    return store


def lawful(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a made-up world, without first days after the last one, which no store takes."""
    for person in rows["person"]:
        if person["left_on"] and (person["employed_from"] or "") > person["left_on"]:
            person["employed_from"] = None
    return rows


@pytest.fixture(scope="module")
def kept() -> Iterator[Store]:
    """The sample service kept for the tests."""
    rows = {kind: [row.values for row in found] for kind, found in read(KEPT / "service").rows.items()}
    with filled(rows) as store:
        yield store


def rows_in(store: Store) -> dict[str, list[dict[str, Any]]]:
    return {kind.name: list(store.rows(kind.name)) for kind in fields.KINDS}


def assert_same(store: Store, rulebook: Rulebook, clock: str, as_at: Day) -> None:
    """The board, team by team too, the gaps and the measures, both ways."""
    clockwork = Clockwork(rulebook, clock, as_at)
    gathered = gather(rows_in(store), as_at)
    board = standings(clockwork, gathered)
    quick = FactsReader(store.database, as_at).standing(rulebook, clock)
    assert posts_only(standings(clockwork, quick)) == posts_only(board)
    assert quick.names == gathered.names
    whole = FactsReader(store.database, as_at).history(rulebook, clock)
    assert [gap[:-1] for gap in gaps(clockwork, whole)] == [
        gap[:-1] for gap in gaps(clockwork, gathered)
    ]
    for team in teams(store.database):
        assert_team(store, rulebook, clockwork, team, gathered)
    assert_measures(store, clockwork, whole, gathered)


def posts_only(board: list[Standing]) -> list[Standing]:
    """The board without the ends of tenures, which a look into a table leaves open."""
    return [
        each._replace(tenure=each.tenure._replace(first=0, last=0)) if each.tenure else each
        for each in board
    ]


def assert_team(
    store: Store, rulebook: Rulebook, clockwork: Clockwork, team: str, gathered: Service
) -> None:
    found = FactsReader(store.database, clockwork.as_at, team).standing(rulebook, clockwork.clock)
    board = standings(clockwork, found, team)
    assert posts_only(board) == posts_only(standings(clockwork, gathered, team))
    for each in board:
        supervisor = each.tenure.post.supervisor if each.tenure else None
        assert found.name(each.subject) == gathered.name(each.subject)
        assert found.name(supervisor) == gathered.name(supervisor)


def assert_measures(store: Store, clockwork: Clockwork, whole: Service, gathered: Service) -> None:
    first, last = clockwork.as_at - 200, clockwork.as_at - 10
    whole.sessions = FactsReader(store.database, clockwork.as_at).sessions(first, last)
    for by in (None, "team"):
        assert measures(clockwork, whole, first, last, by) == measures(
            clockwork, gathered, first, last, by
        )


@pytest.mark.parametrize("as_at", DAYS)
def test_the_sample_service_is_the_same_both_ways(kept: Store, as_at: str) -> None:
    policies = [read_policy_file(path) for path in sorted((KEPT / "policies").glob("*.toml"))]
    assert_same(kept, Rulebook(policies), "one_to_one", day(as_at))
    assert_same(kept, Rulebook(policies[-1:]), "one_to_one", day(as_at))


@pytest.mark.parametrize("batch", range(6))
def test_made_up_worlds_are_the_same_both_ways(batch: int) -> None:
    for number in range(batch * 10, batch * 10 + 10):
        world, (as_at, _, _) = worlds.numbered(number)
        rulebook = rulebook_of(world)
        with filled(lawful(rows_of(world))) as store:
            for clock in rulebook.clock_names():
                if rulebook.per(clock) == "person":
                    assert_same(store, rulebook, clock, as_at.toordinal())


def test_a_team_is_those_in_a_post_of_it_on_the_day_a_weekend_included() -> None:
    """A contract that ends on Friday and one that starts on Tuesday after a bank holiday."""
    post = {"person_id": "P1", "role": "social_worker"}
    rows = {
        "person": [
            {"id": "P1", "name": "Ada"},
            {"id": "P2", "name": "Grace"},
            {"id": "S1", "name": "Sam"},
        ],
        "post": [
            {**post, "team": "North", "from": "2017-01-03", "to": "2017-04-13", "supervisor_id": "S1"},
            {**post, "team": "South", "from": "2017-04-18"},
            {"person_id": "P2", "team": "South", "role": "nqsw", "from": "2017-01-03"},
        ],
    }
    rulebook = Rulebook([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    with filled(rows) as store:
        for as_at, team, found in (
            ("2017-04-17", "North", ["P1"]), ("2017-04-17", "South", ["P2"]),
            ("2017-04-18", "North", []), ("2017-04-18", "South", ["P1", "P2"]),
        ):  # fmt: skip
            clockwork = Clockwork(rulebook, "one_to_one", day(as_at))
            service = FactsReader(store.database, day(as_at), team).standing(rulebook, "one_to_one")
            assert [each.subject for each in standings(clockwork, service, team)] == found


def test_only_the_last_session_of_a_kind_is_read_for_a_board(kept: Store) -> None:
    rulebook = Rulebook([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    service = FactsReader(kept.database, day("2019-10-31")).standing(rulebook, "one_to_one")
    assert max(len(days) for facts in service.facts.values() for days in facts.held.values()) == 1


def test_sessions_of_a_period_are_read_whole(kept: Store) -> None:
    found = FactsReader(kept.database, day("2019-10-31")).sessions(day("2018-01-01"), day("2018-01-31"))
    gathered = gather(rows_in(kept), day("2019-10-31")).sessions
    wanted = {
        person: [each for each in sessions
                 if each.status == "held" and each.held_on and day("2018-01-01") <= each.held_on <= day("2018-01-31")]
        for person, sessions in gathered.items()
    }  # fmt: skip
    assert {person: sorted(each, key=repr) for person, each in found.items()} == {
        person: sorted(each, key=repr) for person, each in wanted.items() if each
    }
    assert sum(map(len, found.values())) > 20


def test_teams_come_once_and_in_order(kept: Store) -> None:
    found = teams(kept.database)
    assert found == sorted(set(found))
    assert "FAST South" in found
