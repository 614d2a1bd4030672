"""Taking people on, changing their posts, and what belongs to them: each doing is one change."""

from __future__ import annotations

from typing import Any

import pytest

from supervise.doing.here import Here
from supervise.doing.staff import Staff
from supervise.errors import BadQuestion, NotAllowed
from supervise.exchange.caseload import read_caseload
from supervise.store import memory_store
from supervise.workdays import Day, day
from tests.making import ME, TODAY, now


@pytest.fixture
def staff() -> Staff:
    return Staff(Here(memory_store(now), TODAY.toordinal, ME))


def takes_on(staff: Staff, name: str, team: str = "Duty", from_: str = "2019-01-07", **more: Any) -> str:
    id, _ = staff.add_person(name, team, "social_worker", in_post_from=day(from_), **more)
    return id


def posts(staff: Staff, person: str) -> list[tuple[str, str | None, str, str | None]]:
    """First and last day, team and supervisor of each post, the earliest first."""
    rows = reversed(staff.of(person)["post"])
    return [(row["from"], row["to"], row["team"], row["supervisor_id"]) for row in rows]


def labels(staff: Staff) -> list[str]:
    return [line.label for line in staff.store.history()]


def on(text: str) -> Day:
    return day(text)


# --- Taking on, listing


def test_somebody_new_comes_with_a_post_by_one_change_that_one_undo_takes_back(staff: Staff) -> None:
    rita = takes_on(staff, "Rita Okafor")
    ada = takes_on(
        staff, "  Ada   Brown ", supervisor=rita, basis="agency", employed_from=on("2018-06-04")
    )
    found = staff.of(ada)
    assert found["person"][0]["name"] == "Ada Brown"
    assert found["person"][0]["employed_from"] == "2018-06-04"
    assert found["post"][0]["basis"] == "agency"
    assert found["post"][0]["recorded_on"] == TODAY.isoformat()
    assert labels(staff)[0] == "Add Ada Brown"
    staff.store.undo(ME)
    assert [each.name for each in staff.people()] == ["Rita Okafor"]
    assert list(staff.store.rows("post", person_id=ada)) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"name": " "}, "The name is needed"), ({"team": ""}, "The team is needed"),
     ({"basis": "temp"}, "basis"), ({"supervisor": "nobody"}, "supervisor")],
)  # fmt: skip
def test_somebody_new_without_what_is_needed_is_refused_in_words(
    staff: Staff, wrong: dict[str, Any], says: str
) -> None:
    given: dict[str, Any] = {
        "name": "Ada Brown",
        "team": "Duty",
        "role": "nqsw",
        "in_post_from": on("2019-01-07"),
    } | wrong
    with pytest.raises(NotAllowed, match=says):
        staff.add_person(**given)
    assert labels(staff) == []


def test_people_are_listed_as_they_are_on_a_day(staff: Staff) -> None:
    rita = takes_on(staff, "Rita Okafor")
    ada = takes_on(staff, "ada brown", supervisor=rita)
    staff.change_post(ada, on("2019-09-02"), team="Assessment")
    ben = takes_on(staff, "Ben Sole", "Assessment", "2019-11-04")
    assert [each.id for each in staff.people()] == [ada, ben, rita]
    assert [each.id for each in staff.people("Assessment")] == [ada]
    assert [each.id for each in staff.people("Duty", on("2019-08-30"))] == [ada, rita]
    listed = {each.id: each for each in staff.people()}
    assert (listed[ada].supervisor, listed[ada].role) == ("Rita Okafor", "social_worker")
    assert (listed[ben].team, listed[ben].supervisor) == (None, None)
    assert staff.teams() == ["Assessment", "Duty"]


def test_a_weekend_between_two_posts_belongs_to_the_earlier_one(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown", "Duty", "2019-01-07")
    staff.change_post(ada, on("2019-10-07"), team="Assessment")
    first = next(row for row in staff.of(ada)["post"] if row["to"])
    staff.save("post", {"id": first["id"], "to": "2019-10-04"})
    assert [each.team for each in staff.people(on=on("2019-10-05"))] == ["Duty"]


def test_supervisors_are_those_who_supervise_or_may_and_have_not_left(staff: Staff) -> None:
    rita, ada = takes_on(staff, "Rita Okafor"), takes_on(staff, "Ada Brown")
    manager, _ = staff.add_person("Mo Hart", "Duty", "team_manager", in_post_from=on("2019-01-07"))
    staff.change_supervisor([ada], rita, on("2019-02-04"))
    assert [each.id for each in staff.supervisors()] == [manager, rita]
    staff.leave(rita, on("2019-10-30"))
    assert [each.id for each in staff.supervisors()] == [manager]


# --- What belongs to a person


def test_time_away_is_recorded_under_a_label_without_its_kind(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    change = staff.save("absence", {"person_id": ada, "kind": "sickness", "from": "2019-04-03"})
    assert change.label == "Record time away of Ada Brown from 3 Apr 2019"
    (row,) = staff.of(ada)["absence"]
    staff.save("absence", {"id": row["id"], "to": "2019-04-05"})
    staff.remove("absence", row["id"])
    assert labels(staff)[:3] == [
        "Remove time away of Ada Brown from 3 Apr 2019",
        "Change time away of Ada Brown from 3 Apr 2019",
        "Record time away of Ada Brown from 3 Apr 2019",
    ]
    assert not any("sick" in label.casefold() for label in labels(staff))


@pytest.mark.parametrize(
    ("kind", "row", "label"),
    [
        ("variation", {"clock": "one_to_one", "every": "6 weeks", "from": "2019-04-01", "reason": "Illness"},
         "Record the frequency agreed with Ada Brown from 1 Apr 2019"),
        ("agreement", {"signed_on": "2019-02-04", "text": "Monthly, in private."},
         "Record the agreement with Ada Brown of 4 Feb 2019"),
        ("case_allocation", {"case_ref": "CS-1", "from": "2019-02-04"},
         "Record case CS-1 of Ada Brown from 4 Feb 2019"),
        ("post", {"team": "Duty", "role": "nqsw", "from": "2019-05-06"},
         "Record the post of Ada Brown from 6 May 2019"),
    ],
)  # fmt: skip
def test_each_kind_is_recorded_under_its_own_label(
    staff: Staff, kind: str, row: dict[str, Any], label: str
) -> None:
    ada = takes_on(staff, "Ada Brown")
    assert staff.save(kind, {"person_id": ada, **row}).label == label
    saved = staff.of(ada)[kind][0]
    assert {name: saved[name] for name in row} == row


def test_what_is_edited_of_a_person_comes_latest_first(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    for first in ("2019-03-04", "2019-08-05", "2019-05-06"):
        staff.save("case_allocation", {"person_id": ada, "case_ref": f"C-{first}", "from": first})
    assert [row["from"] for row in staff.of(ada)["case_allocation"]] == [
        "2019-08-05",
        "2019-05-06",
        "2019-03-04",
    ]


def test_saving_what_cannot_be_changes_nothing(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    with pytest.raises(NotAllowed, match="is before the first day"):
        staff.save(
            "absence", {"person_id": ada, "kind": "study", "from": "2019-04-05", "to": "2019-04-03"}
        )
    assert staff.of(ada)["absence"] == []


def test_saving_the_same_again_leaves_no_line(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    assert staff.save("person", staff.of(ada)["person"][0]).number is None
    assert labels(staff) == ["Add Ada Brown"]


def test_other_kinds_are_not_entered_here(staff: Staff) -> None:
    with pytest.raises(ValueError, match="not entered here"):
        staff.save("session", {})


# --- Removing


def test_somebody_entered_by_mistake_goes_with_what_belongs_to_them(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    staff.save("absence", {"person_id": ada, "kind": "other", "from": "2019-04-05"})
    staff.remove("person", ada)
    assert staff.people() == []
    assert list(staff.store.rows("absence")) == []
    staff.store.undo(ME)
    assert [len(rows) for rows in staff.of(ada).values()] == [1, 1, 1, 0, 0, 0]


def test_somebody_with_a_record_or_whom_others_name_stays(staff: Staff) -> None:
    rita = takes_on(staff, "Rita Okafor")
    ada = takes_on(staff, "Ada Brown", supervisor=rita)
    with pytest.raises(NotAllowed, match="named as the supervisor of Ada Brown"):
        staff.remove("person", rita)
    with staff.store.change("Held", by=ME) as change:
        change.put(
            "session",
            {"person_id": ada, "kind": "one_to_one", "status": "held", "held_on": "2019-02-04"},
        )
    with pytest.raises(NotAllowed, match="which stays"):
        staff.remove("person", ada)


def test_what_is_gone_already_is_told(staff: Staff) -> None:
    for asks in (lambda: staff.remove("post", "gone"), lambda: staff.of("gone")):
        with pytest.raises(BadQuestion, match="no longer here"):
            asks()


# --- Posts over time


def test_a_post_that_changes_ends_the_day_before_and_the_next_is_like_it(staff: Staff) -> None:
    rita = takes_on(staff, "Rita Okafor")
    ada = takes_on(staff, "Ada Brown", supervisor=rita, basis="agency", fte=0.8, days="Mon-Thu")
    change = staff.change_post(ada, on("2019-06-03"), basis="permanent")
    assert change.label == "Change the post of Ada Brown from 3 Jun 2019"
    assert posts(staff, ada) == [
        ("2019-01-07", "2019-06-02", "Duty", rita), ("2019-06-03", None, "Duty", rita),
    ]  # fmt: skip
    now_held, before = staff.of(ada)["post"]
    assert (before["basis"], now_held["basis"]) == ("agency", "permanent")
    assert (now_held["fte"], now_held["days"]) == (0.8, "Mon-Thu")
    staff.store.undo(ME)
    assert posts(staff, ada) == [("2019-01-07", None, "Duty", rita)]


def test_a_post_that_begins_on_that_very_day_is_corrected(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    staff.change_post(ada, on("2019-01-07"), team="Assessment")
    assert posts(staff, ada) == [("2019-01-07", None, "Assessment", None)]


def test_the_end_that_a_post_had_stays_the_end(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    staff.save("post", {"id": staff.of(ada)["post"][0]["id"], "to": "2019-12-31"})
    staff.change_post(ada, on("2019-06-03"), team="Assessment")
    assert posts(staff, ada) == [
        ("2019-01-07", "2019-06-02", "Duty", None), ("2019-06-03", "2019-12-31", "Assessment", None),
    ]  # fmt: skip


def test_of_two_posts_the_one_that_holds_on_the_day_changes(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    staff.save("post", {"person_id": ada, "team": "Late", "role": "nqsw", "from": "2019-03-04"})
    staff.change_post(ada, on("2019-06-03"), team="Assessment")
    assert [team for *_, team, _ in posts(staff, ada)] == ["Duty", "Late", "Assessment"]
    assert posts(staff, ada)[0][1] is None


def test_a_change_without_a_post_or_without_a_difference_is_refused(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    with pytest.raises(BadQuestion, match="in no post on 3 Dec 2018"):
        staff.change_post(ada, on("2018-12-03"), team="Assessment")
    with pytest.raises(BadQuestion, match="Nothing about the post"):
        staff.change_post(ada, on("2019-06-03"), team="Duty")
    with pytest.raises(NotAllowed, match="own supervisor"):
        staff.change_post(ada, on("2019-06-03"), supervisor_id=ada)
    with pytest.raises(ValueError, match="a post has no colour"):
        staff.change_post(ada, on("2019-06-03"), colour="red")
    assert posts(staff, ada) == [("2019-01-07", None, "Duty", None)]


def test_several_people_get_another_supervisor_by_one_change(staff: Staff) -> None:
    rita, mo = takes_on(staff, "Rita Okafor"), takes_on(staff, "Mo Hart")
    ada, ben = (takes_on(staff, name, supervisor=rita) for name in ("Ada Brown", "Ben Sole"))
    cai = takes_on(staff, "Cai Rees", supervisor=mo)
    change = staff.change_supervisor([ada, ben, cai], mo, on("2019-10-14"))
    assert change.label == "Change the supervisor of 3 people to Mo Hart from 14 Oct 2019"
    assert [supervisor for *_, supervisor in posts(staff, ada)] == [rita, mo]
    assert [supervisor for *_, supervisor in posts(staff, cai)] == [mo]
    staff.store.undo(ME)
    assert [supervisor for *_, supervisor in posts(staff, ben)] == [rita]


def test_a_supervisor_changes_for_all_of_them_or_for_none(staff: Staff) -> None:
    mo, ada = takes_on(staff, "Mo Hart"), takes_on(staff, "Ada Brown")
    ben = takes_on(staff, "Ben Sole", from_="2019-11-04")
    with pytest.raises(BadQuestion, match="Ben Sole is in no post on 14 Oct 2019"):
        staff.change_supervisor([ada, ben], mo, on("2019-10-14"))
    with pytest.raises(NotAllowed, match="own supervisor"):
        staff.change_supervisor([ada, mo], mo, on("2019-10-14"))
    assert posts(staff, ada) == [("2019-01-07", None, "Duty", None)]


def test_somebody_who_leaves_has_no_post_after_that_day(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown")
    change = staff.leave(ada, on("2019-08-30"))
    assert change.label == "Record that Ada Brown left on 30 Aug 2019"
    assert staff.of(ada)["person"][0]["left_on"] == "2019-08-30"
    assert posts(staff, ada) == [("2019-01-07", "2019-08-30", "Duty", None)]
    with pytest.raises(BadQuestion, match="in no post"):
        staff.change_post(ada, on("2019-09-02"), team="Assessment")


def test_nobody_leaves_before_a_post_of_theirs_begins(staff: Staff) -> None:
    ada = takes_on(staff, "Ada Brown", employed_from=on("2019-01-07"))
    with pytest.raises(NotAllowed, match="begins after that day, on 7 Jan 2019"):
        staff.leave(ada, on("2018-12-31"))
    assert staff.of(ada)["person"][0]["left_on"] is None


# --- A pasted caseload


def test_a_pasted_caseload_is_taken_by_one_change_and_taking_it_again_does_nothing(staff: Staff) -> None:
    ada, ben = takes_on(staff, "Ada Brown"), takes_on(staff, "Ben Sole")
    for case in ("C-1", "C-2"):
        staff.save(
            "case_allocation", {"person_id": ada, "case_ref": case, "plan": "cin", "from": "2019-02-04"}
        )
    pasted = read_caseload(
        "Case number\tPlan\tWorker\tAllocated\nC-1\tCIN\tBrown, Ada\t\nC-3\tCP\tBen Sole\t1/10/2019\n"
    )
    plan = staff.plan_caseload(pasted, on("2019-10-28"))
    change = staff.take_caseload(plan)
    assert change.label == "Take the caseload as at 28 Oct 2019"
    cases = {(row["person_id"], row["case_ref"]): (row["plan"], row["from"], row["to"])
             for row in staff.store.rows("case_allocation")}  # fmt: skip
    assert cases == {
        (ada, "C-1"): ("cin", "2019-02-04", None), (ada, "C-2"): ("cin", "2019-02-04", "2019-10-27"),
        (ben, "C-3"): ("cp", "2019-10-01", None),
    }  # fmt: skip
    again = staff.plan_caseload(pasted, on("2019-10-28"))
    assert again.does_nothing
    assert staff.take_caseload(again).number is None


# --- What nobody sees


def test_what_nobody_sees_is_not_stored_as_typed(staff: Staff) -> None:
    ada = takes_on(staff, "Ada\x07 Brown\u202e", "Du\x1bty\u2066", staff_no="7\ud8007")
    assert staff.of(ada)["person"][0]["name"] == "Ada Brown" and staff.teams() == ["Duty"]
    assert staff.of(ada)["person"][0]["staff_no"] == "77" and labels(staff)[0] == "Add Ada Brown"
    staff.save("person", {"id": ada, "name": "Ada\u202d Marsh"})
    staff.change_post(ada, on("2019-02-04"), team="Court\x9b team")
    assert staff.of(ada)["person"][0]["name"] == "Ada Marsh"
    assert posts(staff, ada)[-1][2] == "Court team"
    staff.save("agreement", {"person_id": ada, "signed_on": "2019-03-01", "text": "Prose\x07 stays."})
    assert staff.of(ada)["agreement"][0]["text"] == "Prose\x07 stays."


def test_what_came_in_from_elsewhere_stays_as_it_came_until_it_is_altered(staff: Staff) -> None:
    with staff.store.change("Import", by=ME) as change:
        change.put("person", {"id": "q", "name": "?\u202e", "staff_no": "1\x07"})
        change.put(
            "post", {"person_id": "q", "team": "D\x07", "role": "social_worker", "from": "2019-01-07"}
        )
    staff.save("person", {"id": "q", "name": "?\u202e", "staff_no": "1\x07", "email": "q@duty.example"})
    staff.change_post("q", on("2019-02-04"), role="student")
    row = staff.of("q")["person"][0]
    assert (row["name"], row["staff_no"], row["email"]) == ("?\u202e", "1\x07", "q@duty.example")
    assert {post[2] for post in posts(staff, "q")} == {"D\x07"}
    with pytest.raises(NotAllowed, match="no letters"):
        staff.save("person", {"id": "q", "name": "!"})
