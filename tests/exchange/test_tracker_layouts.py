"""Every layout that is kept with its truth is read: all that it says, nothing else, and every doubt told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from supervise.exchange.tracker.answers import Answers
from supervise.exchange.tracker.found import Tracker
from supervise.exchange.tracker.reading import read_tracker
from supervise.workdays import day, iso

KEPT = Path(__file__).parent.parent / "kept" / "trackers"
TODAY = day("2019-10-31")
LAYOUTS = sorted(path.stem for path in KEPT.glob("*.json"))


class Said:
    """A tracker's statements in the words of the truths."""

    def __init__(self, name: str, answers: Answers | None = None) -> None:
        self.truth: dict[str, Any] = json.loads((KEPT / f"{name}.json").read_text("utf-8"))
        self.path = next(path for path in KEPT.glob(f"{name}.*") if path.suffix != ".json")
        self.tracker: Tracker = read_tracker(self.path, answers or Answers(), TODAY)
        self.doubted = {(each.who, each.written) for each in self.tracker.readings if each.doubts}
        #: Days that are there with a doubt: a truth leaves them out, since only a person can confirm them.
        self.unsure = {
            (each.who, found)
            for each in self.tracker.readings
            if each.doubts and (each.who, each.written) in self.stated("doubtful")
            for found in self._days_at(each.place)
        }
        #: Several lines under one name wait for somebody to say who they are.
        self.waiting = {each.key for each in self.tracker.questions if each.part == "names"}

    def _days_at(self, place: object) -> list[str]:
        return [iso(each.day) for each in self.tracker.sessions if each.place == place]

    def name(self, who: str) -> str:
        return self.tracker.workers[who].name

    def stated(self, what: str) -> set[tuple[Any, ...]]:
        """What the truth says, apart from people of whom it is not known who they are."""
        waiting = getattr(self, "waiting", set())
        return {tuple(each) for each in self.truth.get(what, ()) if each[0] not in waiting}

    def held(self) -> set[tuple[str, str, str]]:
        return {
            (self.name(each.who), iso(each.day), each.kind)
            for each in self.tracker.sessions
            if each.status == "held" and not _assumed(each.notes)
        }

    def ticked(self) -> set[tuple[str, str]]:
        return {
            (self.name(each.who), iso(each.day)[:7])
            for each in self.tracker.sessions
            if each.status == "held" and _assumed(each.notes)
        }

    def not_held(self) -> set[tuple[str, str]]:
        reasons = {(self.name(each.who), iso(each.span.first)[:7]) for each in self.tracker.reasons}
        return reasons | {
            (self.name(each.who), iso(each.day)[:7])
            for each in self.tracker.sessions
            if each.status != "held"
        }


def _assumed(notes: str | None) -> bool:
    return bool(notes) and str(notes).startswith("The tracker does not give the day")


@pytest.fixture(params=LAYOUTS)
def said(request: pytest.FixtureRequest) -> Said:
    """Each layout in turn."""
    return Said(request.param)


def test_there_are_at_least_twelve_layouts() -> None:
    assert len(LAYOUTS) >= 12


def test_every_session_is_read_and_none_is_invented(said: Said) -> None:
    unsure = {each for each in said.held() if each[:2] in said.unsure}
    assert said.held() - unsure == said.stated("sessions")


def test_ticks_are_taken_without_inventing_a_day(said: Said) -> None:
    assert said.ticked() == {(who, span[:7]) for who, span in said.stated("ticks")}
    for session in said.tracker.sessions:
        if _assumed(session.notes):
            told = [each for each in said.tracker.readings if each.place == session.place]
            assert told and "assumed" in told[0].said


def test_what_was_not_held_is_told_with_its_month(said: Said) -> None:
    assert said.not_held() == {(who, span[:7]) for who, span, _ in said.stated("not_held")}


def test_lengths_and_supervisors_are_those_of_the_cells(said: Said) -> None:
    held = [each for each in said.tracker.sessions if each.status == "held"]
    sure = [each for each in held if (said.name(each.who), iso(each.day)) not in said.unsure]
    lengths = {(said.name(each.who), iso(each.day), each.minutes) for each in sure if each.minutes}
    assert lengths == said.stated("minutes")
    if said.stated("supervised_by"):
        by = {(said.name(each.who), iso(each.day), each.supervisor) for each in sure if each.supervisor}
        assert by == said.stated("supervised_by")


def test_everybody_is_found_with_what_is_said_of_them(said: Said) -> None:
    workers = {worker.name: worker for worker in said.tracker.workers.values()}
    assert workers.keys() == {each["name"] for each in said.truth["people"]} - said.waiting
    for person in said.truth["people"]:
        if person["name"] not in workers:
            continue
        worker = workers[person["name"]]
        found = {"role": worker.role, "basis": worker.basis, "name": worker.name,
                 "from": iso(worker.since) if worker.since else None}  # fmt: skip
        stated = {key: value for key, value in person.items() if key != "team"}
        assert {key: found[key] for key in stated} == stated
        assert person.get("team") in [None, *worker.posts]
    assert {(each.name, iso(each.left)) for each in workers.values() if each.left} == said.stated("left")
    supervisors = {(each.name, each.supervisor) for each in workers.values() if each.supervisor}
    assert said.stated("supervisor") <= supervisors


def test_every_refusal_and_every_doubt_is_told(said: Said) -> None:
    left_out = {(each.who, each.written) for each in said.tracker.readings if not each.taken}
    assert said.stated("refused") <= left_out
    cells = {each for each in said.stated("doubtful") if each[0] != each[1]}
    assert cells <= said.doubted


def test_records_begin_where_the_tracker_begins(said: Said) -> None:
    begins = [each.begins for each in said.tracker.workers.values() if each.begins is not None]
    if stated := said.truth.get("records_from"):
        assert iso(min(begins)) == stated
    assert begins


def test_nothing_of_a_cell_is_left_without_being_told(said: Said) -> None:
    """Whoever reads the list of readings has seen every cell that was not plainly a date."""
    told = {each.place for each in said.tracker.readings}
    for reason in said.tracker.reasons:
        assert reason.place in told
    for session in said.tracker.sessions:
        if session.status != "held":
            assert session.place in told


def test_two_lines_of_one_name_wait_until_somebody_says_who_they_are() -> None:
    assert "there is more than one line for Sarah Jones" in str(
        Said("16-names-and-vacancies").tracker.problems[0]
    )
    two = Said("16-names-and-vacancies", Answers(names={"Sarah Jones": "two"}))
    assert {"Sarah Jones", "Sarah Jones (2)"} <= {each.name for each in two.tracker.workers.values()}
    one = Said("16-names-and-vacancies", Answers(names={"Sarah Jones": "one"}))
    assert one.held() == one.stated("sessions")
    assert not one.tracker.problems
