"""The diary: a booking is made, moved, cancelled or missed, and nothing of it is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from supervise.doing.diary import Diary
from supervise.doing.here import Here
from supervise.errors import BadQuestion, NotAllowed
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.taking_in import put_policies
from supervise.workdays import Day
from tests.making import ME, MONTHLY, TODAY, now

ADA, BEN, SAM = "W1", "W2", "M1"
HEALTH = "sickness"


def on(day: int, month: int = 11, year: int = 2019) -> Day:
    return date(year, month, day).toordinal()


@pytest.fixture
def store() -> Store:
    """Sam supervises Ada (last seen on 15 October 2019) and Ben (on 1 October) of team East."""
    store = memory_store(now)
    post = {"team": "East", "role": "social_worker", "from": "2018-01-01"}
    put(store, "person", {"id": ADA, "name": "Ada Nwosu"})
    put(store, "person", {"id": BEN, "name": "Ben Hughes"})
    put(store, "person", {"id": SAM, "name": "Sam Okafor"})
    put(store, "post", {**post, "person_id": ADA, "supervisor_id": SAM, "days": "Mon, Tue, Wed, Thu"})
    put(store, "post", {**post, "person_id": BEN, "supervisor_id": SAM})
    put(store, "post", {**post, "person_id": SAM, "role": "team_manager"})
    held(store, ADA, "2019-10-15")
    held(store, BEN, "2019-10-01")
    with store.change("Add the policy", by=ME, kind="policy") as change:
        put_policies(change, [read_policy(MONTHLY, "p")])
    return store


def put(store: Store, kind: str, row: dict[str, Any]) -> str:
    with store.change("Put a row", by=ME) as change:
        return change.put(kind, row)


def held(store: Store, person: str, held_on: str) -> str:
    row = {"person_id": person, "supervisor_id": SAM, "kind": "one_to_one", "status": "held"}
    return put(store, "session", {**row, "held_on": held_on})


@pytest.fixture
def diary(store: Store) -> Diary:
    return Diary(Here(store, TODAY.toordinal, ME))


def row_of(store: Store, session: str) -> dict[str, Any]:
    row = store.row("session", session)
    assert row is not None
    return {name: value for name, value in row.items() if value is not None and name != "id"}


# --- Booking


def test_a_booking_is_one_change_with_the_supervisor_of_the_post(store: Store, diary: Diary) -> None:
    session, change = diary.book(ADA, on(12), "09:30", place=" Room 2 ")
    assert store.history()[0].label == change.label == "Book 12 Nov 2019 with Ada Nwosu"
    assert row_of(store, session) == {
        "person_id": ADA, "supervisor_id": SAM, "kind": "one_to_one", "status": "planned",
        "planned_on": "2019-11-12", "planned_start": "09:30", "place": "Room 2", "recorded_on": "2019-10-31",
    }  # fmt: skip


def test_somebody_else_may_hold_it(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12), supervisor=BEN, kind="ad_hoc")
    assert row_of(store, session)["supervisor_id"] == BEN


@pytest.mark.parametrize(
    ("person", "at", "day", "kind"),
    [
        ("nobody", None, on(12), "one_to_one"),
        (ADA, "24:00", on(12), "one_to_one"),
        (ADA, "9.30", on(12), "one_to_one"),
        (ADA, "09:30\n", on(12), "one_to_one"),
        (ADA, None, on(1, 1, 2200), "one_to_one"),
        (ADA, None, on(12), "tea"),
    ],
)
def test_what_cannot_be_booked_is_told_and_nothing_changes(
    store: Store, diary: Diary, person: str, at: str | None, day: Day, kind: str
) -> None:
    before = store.head()
    for doing in (diary.book, diary.warnings):
        with pytest.raises(BadQuestion) as told:
            doing(person, day, at, kind=kind)
        assert told.value.remedy
    assert store.head() == before


# --- Moving


def test_another_time_on_the_day_is_an_edit_of_the_booking(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12), "09:30", supervisor=BEN, place="Room 2")
    moved, _ = diary.move(session, on(12), "14:00")
    assert moved == session
    assert row_of(store, session)["planned_start"] == "14:00"
    diary.move(session, on(12), "", place="Room 3")
    row = row_of(store, session)
    assert "planned_start" not in row and (row["place"], row["supervisor_id"]) == ("Room 3", BEN)
    assert store.history()[0].label == "Change the booking on 12 Nov 2019 with Ada Nwosu"
    assert len(list(store.rows("session", person_id=ADA))) == 2


def test_another_day_keeps_the_old_booking_with_its_reason(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12), "09:30", place="Room 2")
    put(store, "session", {"id": session, "notes": "Bring the rota"})
    moved, change = diary.move(session, on(19), reason=" court ", by="worker")
    assert change.label == "Move 12 Nov 2019 to 19 Nov 2019 with Ada Nwosu"
    old, new = row_of(store, session), row_of(store, moved)
    assert (old["status"], old["reason"], old["cancelled_by"]) == ("cancelled", "court", "worker")
    assert (old["planned_on"], new["planned_on"]) == ("2019-11-12", "2019-11-19")
    assert new["status"] == "planned" and "reason" not in new and "cancelled_by" not in new
    assert (new["planned_start"], new["place"], new["notes"]) == ("09:30", "Room 2", "Bring the rota")
    store.undo(ME)
    assert store.row("session", moved) is None and row_of(store, session)["status"] == "planned"


def test_a_moved_booking_goes_to_the_supervisor_of_its_new_day(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12))
    put(store, "post", {"person_id": ADA, "team": "West", "role": "social_worker", "from": "2019-11-18",
                        "supervisor_id": BEN})  # fmt: skip
    moved, _ = diary.move(session, on(19), reason="court", by="other")
    assert row_of(store, moved)["supervisor_id"] == BEN


def test_another_day_needs_a_reason_and_somebody_who_asked(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12))
    before = store.head()
    for reason, by in ((None, "worker"), ("  ", "worker"), ("court", None), ("court", "her")):
        with pytest.raises(BadQuestion) as told:
            diary.move(session, on(19), reason=reason, by=by)
        assert told.value.remedy
    assert store.head() == before


# --- Cancelling and missing


def test_cancelling_is_one_change_with_the_new_date(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12), "09:30")
    change, rebooked = diary.cancel(
        session, reason="court", by="supervisor", rebook_on=on(18), rebook_at="10:00"
    )
    assert change.label == "Cancel 12 Nov 2019 with Ada Nwosu, and book 18 Nov 2019"
    assert rebooked is not None
    assert row_of(store, session)["cancelled_by"] == "supervisor"
    assert row_of(store, rebooked)["planned_start"] == "10:00"
    assert store.history()[0].label == change.label


def test_cancelling_without_a_new_date_books_nothing(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12))
    assert diary.cancel(session, reason="court", by="worker").rebooked is None
    assert [row["status"] for row in store.rows("session", planned_on="2019-11-12")] == ["cancelled"]


def test_a_missed_one_keeps_its_reason_and_blames_nobody(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(31, 10))
    change, rebooked = diary.miss(session, reason="an emergency", rebook_on=on(4))
    assert change.label == "Record as missed 31 Oct 2019 with Ada Nwosu, and book 4 Nov 2019"
    row = row_of(store, session)
    assert (row["status"], row["reason"]) == ("missed", "an emergency") and "cancelled_by" not in row
    assert rebooked is not None and row_of(store, rebooked)["planned_on"] == "2019-11-04"


def test_what_is_still_to_come_was_not_missed(diary: Diary) -> None:
    session, _ = diary.book(ADA, on(1))
    with pytest.raises(NotAllowed, match="still to come"):
        diary.miss(session, reason="an emergency")


def test_both_need_a_reason(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(31, 10))
    before = store.head()
    with pytest.raises(BadQuestion, match="without a reason"):
        diary.cancel(session, reason=" ", by="worker")
    with pytest.raises(BadQuestion, match="without a reason"):
        diary.miss(session, reason="")
    with pytest.raises(BadQuestion, match="who asked"):
        diary.cancel(session, reason="court", by="")
    assert store.head() == before


def test_a_bad_new_date_leaves_the_booking_as_it_was(store: Store, diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12))
    with pytest.raises(BadQuestion):
        diary.cancel(session, reason="court", by="worker", rebook_on=on(13), rebook_at="noon")
    assert row_of(store, session)["status"] == "planned"


def test_only_what_is_planned_can_be_given_up(store: Store, diary: Diary) -> None:
    done, (gone, _) = held(store, ADA, "2019-10-30"), diary.book(ADA, on(31, 10))
    diary.miss(gone, reason="an emergency")
    for session in (done, gone):
        with pytest.raises(NotAllowed) as told:
            diary.move(session, on(19), reason="court", by="worker")
        assert told.value.remedy
        with pytest.raises(NotAllowed):
            diary.cancel(session, reason="court", by="worker")
        with pytest.raises(NotAllowed):
            diary.miss(session, reason="court")
    with pytest.raises(BadQuestion):
        diary.move("nowhere", on(19))


# --- Warnings


def test_a_good_day_has_no_warnings(diary: Diary) -> None:
    assert diary.warnings(ADA, on(12), "09:30") == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (on(30, 10), "30 Oct 2019 is in the past."),
        (on(9), "9 Nov 2019 is a Saturday."),
        (on(25, 12), "25 Dec 2019 is a bank holiday: Christmas Day."),
        (on(8), "Ada Nwosu does not work on Fridays."),
        (on(20), "20 Nov 2019 is 5 days late: the last day in time is 15 Nov 2019."),
        (on(29, 12, 2017), "Ada Nwosu is not in post on 29 Dec 2017."),
    ],
)
def test_a_day_to_look_at_twice_is_told(diary: Diary, day: Day, sentence: str) -> None:
    assert sentence in diary.warnings(ADA, day)


def test_the_last_day_in_time_is_no_late_day(diary: Diary) -> None:
    assert not [each for each in diary.warnings(ADA, on(15)) if "late" in each]


def test_late_by_goes_from_the_booking_before(diary: Diary) -> None:
    session, _ = diary.book(ADA, on(12))
    assert diary.warnings(ADA, on(12, 12)) == ["Ada Nwosu is already booked for 12 Nov 2019."]
    assert any("days late" in each for each in diary.warnings(ADA, on(12, 12), ignoring=session))


def test_what_does_not_count_is_never_late(diary: Diary) -> None:
    assert diary.warnings(ADA, on(20), kind="ad_hoc") == []


def test_somebody_away_is_away_and_nothing_more(store: Store, diary: Diary) -> None:
    put(store, "absence", {"person_id": ADA, "kind": HEALTH, "from": "2019-11-11", "to": "2019-11-13"})
    put(store, "absence", {"person_id": SAM, "kind": HEALTH, "from": "2019-11-12", "to": "2019-11-12"})
    assert diary.warnings(ADA, on(12)) == [
        "Ada Nwosu is away on 12 Nov 2019.",
        "Sam Okafor is away on 12 Nov 2019.",
    ]


def test_working_days_that_cannot_be_read_are_told(store: Store, diary: Diary) -> None:
    put(store, "post", {"person_id": BEN, "team": "East", "role": "social_worker", "from": "2019-01-01",
                        "supervisor_id": SAM, "days": "alternate weeks"})  # fmt: skip
    assert any("“alternate weeks”" in each for each in diary.warnings(BEN, on(1)))


def test_a_supervisor_cannot_sit_in_two_places(diary: Diary) -> None:
    booked, _ = diary.book(BEN, on(12), "09:30")
    clash = "Sam Okafor has a supervision with Ben Hughes at 09:30 that day."
    assert clash in diary.warnings(ADA, on(12), "10:00")
    assert diary.warnings(ADA, on(12), "10:30") == []
    assert diary.warnings(ADA, on(12), "10:00", ignoring=booked) == []


def test_a_full_day_is_told_and_a_group_is_one_supervision(store: Store, diary: Diary) -> None:
    for at in ("09:00", "10:30", "13:00"):
        diary.book(BEN, on(12), at, kind="ad_hoc")
    diary.book(BEN, on(12), "15:00", kind="group")
    full = "Sam Okafor has 4 supervisions on 12 Nov 2019 already."
    assert diary.warnings(ADA, on(12), "15:00", kind="group") == [full]
    diary.book(ADA, on(12), "15:00", kind="group")
    assert full in diary.warnings(ADA, on(12))


def test_nobody_to_supervise_is_told(diary: Diary) -> None:
    assert "No supervisor is named for Sam Okafor on 12 Nov 2019." in diary.warnings(SAM, on(12))


# --- The calendar page


def test_the_days_show_what_was_held_booked_cancelled_and_missed(store: Store, diary: Diary) -> None:
    late, _ = diary.book(ADA, on(12), "14:00")
    early, _ = diary.book(BEN, on(12), "09:00")
    moved, _ = diary.move(late, on(19), reason="court", by="worker")
    shown = [(each.on, each.at, each.name, each.status) for each in diary.between(on(1, 10), on(30))]
    assert shown == [
        (on(1, 10), None, "Ben Hughes", "held"),
        (on(15, 10), None, "Ada Nwosu", "held"),
        (on(12), "09:00", "Ben Hughes", "planned"),
        (on(12), "14:00", "Ada Nwosu", "cancelled"),
        (on(19), "14:00", "Ada Nwosu", "planned"),
    ]
    (only,) = diary.between(on(19), on(19))
    assert (only.session, only.supervisor_name, only.team) == (moved, "Sam Okafor", "East")
    assert [each.session for each in diary.between(on(12), on(12), team="East")] == [early, late]
    assert diary.between(on(12), on(12), team="West") == []
    assert diary.between(on(12), on(12), supervisor=BEN) == []


def test_a_session_held_on_another_day_is_shown_on_that_day_only(store: Store, diary: Diary) -> None:
    put(store, "session", {"person_id": ADA, "kind": "one_to_one", "status": "held", "started_at": "11:00",
                           "planned_on": "2019-10-08", "planned_start": "09:00", "held_on": "2019-10-10"})  # fmt: skip
    shown = [(each.on, each.at) for each in diary.between(on(2, 10), on(12, 10))]
    assert shown == [(on(10, 10), "11:00")]


def test_who_is_due_without_a_booking_is_listed(diary: Diary) -> None:
    assert [(each.name, each.due, each.late_by) for each in diary.due_between(on(1), on(30))] == [
        ("Ben Hughes", on(1), on(1)),
        ("Ada Nwosu", on(15), on(15)),
    ]
    assert [each.name for each in diary.due_between(on(2), on(15), team="East")] == ["Ada Nwosu"]
    assert diary.due_between(on(1), on(30), supervisor=BEN) == []
    diary.book(ADA, on(14))
    diary.book(BEN, on(5))
    (late,) = diary.due_between(on(1), on(30), supervisor=SAM)
    assert (late.name, late.booked_on, late.status) == ("Ben Hughes", on(5), "due_soon")


# --- Proposing


def test_dates_are_proposed_and_booked_as_one_change(store: Store, diary: Diary) -> None:
    put(store, "absence", {"person_id": SAM, "kind": HEALTH, "from": "2019-11-13", "to": "2019-11-15"})
    proposal = diary.propose("East")
    assert [(each.name, each.on) for each in proposal.dates] == [
        ("Ben Hughes", on(1)),
        ("Ada Nwosu", on(12)),
        ("Ben Hughes", on(29)),
        ("Ada Nwosu", on(12, 12)),
    ]
    assert [each.sentence for each in proposal.cannot] == [
        "Sam Okafor: no supervisor is named in the post, so no date can be proposed."
    ]
    change = diary.book_all(proposal.dates)
    assert change.label == store.history()[0].label == "Book 4 proposed dates"
    booked = list(store.rows("session", status="planned"))
    assert [(row["supervisor_id"], row["recorded_on"]) for row in booked] == [(SAM, "2019-10-31")] * 4
    again = diary.propose(supervisor=SAM)
    assert [each.on for each in again.dates] == [each.on for each in proposal.dates]
    assert all(each.booked for each in again.dates)
    with pytest.raises(BadQuestion, match="No date is left"):
        diary.book_all(again.dates)
    with pytest.raises(BadQuestion, match="already booked for 1 Nov 2019"):
        diary.book_all(proposal.dates)


def test_bookings_of_others_take_room_and_a_group_takes_it_once(store: Store, diary: Diary) -> None:
    put(store, "person", {"id": "X", "name": "Xena Ochoa"})
    for person in ("X", BEN):
        diary.book(person, on(14), "09:30", supervisor=SAM, kind="group")

    def ada() -> Day:
        return min(each.on for each in diary.propose("East").dates if each.person == ADA)

    assert ada() == on(14)
    session, _ = diary.book("X", on(14), supervisor=SAM, kind="ad_hoc")
    assert ada() == on(13)
    diary.cancel(session, reason="court", by="other")
    assert ada() == on(14)


def test_a_booking_that_nobody_wrote_up_is_told(diary: Diary) -> None:
    diary.book(ADA, on(30, 10))
    assert diary.propose("East").notes == [
        "Ada Nwosu was booked for 30 Oct 2019, and what became of it is not recorded: it was taken as not held."
    ]


def test_questions_without_an_answer_are_refused(diary: Diary) -> None:
    with pytest.raises(BadQuestion):
        diary.propose(weeks=0)
    with pytest.raises(BadQuestion):
        diary.propose(a_day=0)
    assert diary.propose("Nowhere").dates == []


# --- Calendars


def test_a_booking_goes_to_a_calendar_and_its_cancelling_too(diary: Diary, tmp_path: Path) -> None:
    session, _ = diary.book(ADA, on(12), "09:30", place="Room 2")
    stamp = datetime(2019, 10, 31, 9, 30, tzinfo=UTC)
    file = tmp_path / "supervision.ics"
    diary.save_event(session, file, stamp=stamp)
    first = event_in(file)
    diary.cancel(session, reason="court", by="worker")
    diary.save_event(session, file, stamp=stamp, with_initials=True)
    then = event_in(file)
    assert first["SUMMARY"] == "Supervision" and then["SUMMARY"] == "Supervision (AN)"
    assert first["UID"] == then["UID"] and first["SEQUENCE"] < then["SEQUENCE"]
    assert (first["STATUS"], then["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert "Ada" not in file.read_text("utf-8")


def event_in(file: Path) -> Any:
    (only,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return only
