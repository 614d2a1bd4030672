"""A booking that moves takes along what was prepared and written for it."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.doing.diary import Diary
from supervise.doing.here import Here
from supervise.doing.writing import Writing
from supervise.store import Store, memory_store
from supervise.workdays import Day
from tests.making import ME, TODAY, now

ADA, SAM, BEN = "W1", "M1", "M2"


def on(day: int, month: int = 11) -> Day:
    return date(2019, month, day).toordinal()


class Seat:
    """Ada is booked for 4 November 2019 at 10:00 with Sam, in room 4."""

    def __init__(self, store: Store) -> None:
        self.store = store
        here = Here(store, TODAY.toordinal, ME)
        self.diary, self.writing = Diary(here), Writing(here)
        with store.change("Put rows", by=ME) as change:
            for id, name in ((ADA, "Ada Nwosu"), (SAM, "Sam Okafor"), (BEN, "Ben Hughes")):
                change.put("person", {"id": id, "name": name})
            post = {"person_id": ADA, "team": "East", "role": "social_worker", "from": "2018-01-01"}
            change.put("post", {**post, "supervisor_id": SAM, "to": "2019-11-10"})
            change.put("post", {**post, "supervisor_id": BEN, "from": "2019-11-11"})
        self.old = self.diary.book(ADA, on(4), "10:00", place="Room 4").session

    def draft(self, words: str) -> None:
        sheet = self.writing.begin(ADA, on(4), self.old)
        sheet.notes = words
        self.writing.keep(sheet)

    def move(self) -> str:
        return self.diary.move(self.old, on(12), "14:00", reason="court", by="other").session


@pytest.fixture
def seat() -> Seat:
    return Seat(memory_store(now))


def test_the_draft_of_a_moved_booking_follows_with_its_new_day_time_and_supervisor(seat: Seat) -> None:
    seat.draft("What she said.")
    new = seat.move()
    sheet = seat.writing.begin(ADA, on(12), new)
    assert (sheet.session, sheet.notes) == (new, "What she said.")
    assert (sheet.held_on, sheet.started_at, sheet.place, sheet.supervisor) == (
        on(12),
        "14:00",
        "Room 4",
        BEN,
    )
    assert [each.session for each in seat.writing.drafts()] == [new]
    assert seat.diary.left_behind(seat.old) is None


def test_what_was_altered_in_the_draft_stays_as_it_was_written(seat: Seat) -> None:
    sheet = seat.writing.begin(ADA, on(4), seat.old)
    sheet.held_on, sheet.started_at, sheet.place = on(5), "11:15", "Outside"
    seat.writing.keep(sheet)
    kept = seat.writing.kept.get(seat.move())
    assert kept is not None
    assert (kept.held_on, kept.started_at, kept.place) == (on(5), "11:15", "Outside")


@pytest.mark.parametrize("missed", [False, True])
def test_it_follows_when_a_cancelled_or_missed_one_is_booked_again(seat: Seat, missed: bool) -> None:
    seat.draft("Half a page.")
    if missed:
        seat.diary.move(seat.old, on(30, 10), reason="earlier", by="other")
        seat.old = next(row["id"] for row in seat.store.rows("session", status="planned"))
        lost = seat.diary.miss(seat.old, reason="duty", rebook_on=on(12))
    else:
        lost = seat.diary.cancel(seat.old, reason="duty", by="other", rebook_on=on(12))
    assert [each.session for each in seat.writing.drafts()] == [lost.rebooked]


def test_without_a_new_day_it_stays_where_it_is(seat: Seat) -> None:
    seat.draft("Half a page.")
    seat.diary.cancel(seat.old, reason="duty", by="other")
    assert [each.session for each in seat.writing.drafts()] == [seat.old]


def test_one_that_cannot_be_read_is_left_alone_and_told(seat: Seat) -> None:
    seat.store.drafts.put(f"session:{seat.old}", "half a dra")
    new = seat.move()
    assert seat.store.drafts.get(f"session:{seat.old}") == "half a dra"
    assert not seat.writing.kept.has(new)
    assert "Unfinished writing" in (seat.diary.left_behind(seat.old) or "")


def test_a_full_disk_costs_neither_the_move_nor_the_draft(seat: Seat) -> None:
    seat.draft("A long page. " * 20_000)
    database = seat.store.database
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages + 20}").fetchone()
    new = seat.move()
    row = seat.store.row("session", new)
    assert row is not None and row["planned_on"] == "2019-11-12"
    assert [each.session for each in seat.writing.drafts()] == [seat.old]
    assert seat.diary.left_behind(seat.old)


def test_the_agenda_prepared_for_a_booking_comes_along_and_undo_takes_it_back(seat: Seat) -> None:
    with seat.store.change("Prepare", by=ME) as change:
        for n, heading in enumerate(("Wellbeing", "Cases"), 1):
            section = {"session_id": seat.old, "position": n, "part": "personal", "heading": heading}
            change.put("session_section", section)
    new = seat.move()
    theirs = list(seat.store.rows("session_section", session_id=new))
    assert sorted(row["heading"] for row in theirs) == ["Cases", "Wellbeing"]
    assert list(seat.store.rows("session_section", session_id=seat.old)) == []
    seat.store.undo(ME)
    assert len(list(seat.store.rows("session_section", session_id=seat.old))) == 2
