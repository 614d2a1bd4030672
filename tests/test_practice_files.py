"""The service to practise on can be read row for row, and tells the stories it is meant to tell."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from supervise.exchange.practice import practice_plan
from supervise.fields import IN_ORDER, KINDS, Field, Holds, Kind
from supervise.places import resource
from supervise.store import memory_store
from supervise.workspace import Workspace

STORY_DAY = date(2019, 10, 31)
MONDAY = date(2019, 10, 28)
"""Nothing that has happened is later, on whichever day of the week the practice file is made."""

HAPPENED = (
    "employed_from", "registered_on", "left_on", "records_from", "held_on", "recorded_on", "shared_on",
    "worker_signed_on", "supervisor_signed_on", "entered_on", "on", "done_on", "signed_on",
    "recorded_on_file", "from",
)  # fmt: skip
BY_SHEET = {kind.sheet: kind for kind in KINDS}

Row = dict[str, str]


@cache
def rows(sheet: str) -> list[Row]:
    with resource("practice", f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(sheet: str, **wanted: str) -> list[Row]:
    """The rows of a sheet that say so."""
    return [row for row in rows(sheet) if all(row[name] == value for name, value in wanted.items())]


def seen(person_id: str) -> list[str]:
    """The days on which somebody was seen one to one, in order."""
    found = of("sessions", person_id=person_id, kind="one_to_one", status="held")
    return sorted(row["held_on"] for row in found)


def days_apart(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def ids_of(kind: str) -> set[str]:
    sheet = {"person": "people", "session": "sessions", "action": "actions"}[kind]
    return {row[str(BY_SHEET[sheet].id_column)] for row in rows(sheet)}


def can_hold(field: Field, cell: str) -> bool:
    """Whether a cell that says something says what its field may hold."""
    if field.holds is Holds.DAY:
        return date.fromisoformat(cell).isoformat() == cell
    if field.holds is Holds.TIME:
        return time.fromisoformat(cell).strftime("%H:%M") == cell
    if field.holds is Holds.COUNT:
        return cell.isascii() and cell.isdecimal()
    if field.holds is Holds.NUMBER:
        return 0 < float(cell) <= 1
    if field.holds is Holds.YES_NO:
        return cell in ("yes", "no")
    return not field.words or cell in field.words


# --- Every row can be taken


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sheet)
def test_columns_required_cells_and_values_are_as_the_specification_says(kind: Kind) -> None:
    assert rows(kind.sheet)
    assert tuple(rows(kind.sheet)[0]) == kind.columns
    for row in rows(kind.sheet):
        for field in kind.fields:
            cell = row[field.name]
            assert cell or not field.required, (field.name, row)
            assert not cell or can_hold(field, cell), (field.name, row)
            assert cell == cell.strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sheet)
def test_every_reference_finds_its_row(kind: Kind) -> None:
    for field in kind.fields:
        if field.refers:
            named = {row[field.name] for row in rows(kind.sheet)} - {""}
            assert named <= ids_of(field.refers)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sheet)
def test_ids_and_keys_name_one_row_each(kind: Kind) -> None:
    names = (kind.id_column,) if kind.id_column else kind.key
    keys = Counter(tuple(row[name] for name in names) for row in rows(kind.sheet))
    assert max(keys.values()) == 1
    assert not kind.id_column or all(row[kind.id_column] for row in rows(kind.sheet))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sheet)
def test_days_come_in_order_and_what_has_happened_lies_before_the_storys_week(kind: Kind) -> None:
    for row in rows(kind.sheet):
        for first, second in IN_ORDER:
            assert not (row.get(first) and row.get(second)) or row[first] <= row[second], row
        for name in HAPPENED:
            assert row.get(name, "") <= MONDAY.isoformat(), row


def test_sessions_are_on_weekdays_and_signed_after_they_were_held() -> None:
    for row in rows("sessions"):
        day = date.fromisoformat(row["held_on"] or row["planned_on"])
        assert day.weekday() < 5, row
        steps = ("held_on", "recorded_on", "shared_on", "worker_signed_on")
        reached = [row[step] for step in steps if row[step]]
        assert row["status"] != "held" or reached == sorted(reached), row
        assert (row["status"] == "held") == bool(row["held_on"])
        assert row["held_on"] or not (row["minutes"] or row["shared_on"] or row["worker_signed_on"])


def test_late_entries_come_after_both_have_signed() -> None:
    for row in rows("late_entries"):
        (session,) = of("sessions", session_id=row["session_id"])
        assert session["worker_signed_on"] and session["supervisor_signed_on"]
        assert row["entered_on"] > max(session["worker_signed_on"], session["supervisor_signed_on"])


def test_the_story_day_is_stated_for_the_one_who_moves_the_dates() -> None:
    text = resource("practice", "README.txt").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("story_day")] == [
        f"story_day = {STORY_DAY}"
    ]
    assert all(row["name"] in text for row in rows("people") if row["person_id"].startswith("W"))


def test_texts_name_no_month_because_every_date_moves() -> None:
    months = [date(2019, month, 1).strftime("%B") for month in range(1, 13) if month != 5]
    for kind in KINDS:
        for field in kind.fields:
            if field.prose:
                said = " ".join(row[field.name] for row in rows(kind.sheet))
                assert not [month for month in months if month in said]


def test_cases_are_known_by_their_reference_alone() -> None:
    refs = {row["case_ref"] for row in rows("cases")}
    assert all(ref.startswith("CS-") and ref[3:].isdecimal() for ref in refs)
    assert {row["case_ref"] for row in rows("case_discussions")} <= refs


# --- The stories are there


def test_there_is_a_team_of_twelve_and_two_small_ones_in_post_on_the_story_day() -> None:
    today = STORY_DAY.isoformat()
    now = [row for row in rows("posts") if row["from"] <= today and row["to"] in ("", today)]
    sizes = Counter(row["team"] for row in now if row["person_id"].startswith("W"))
    assert sizes == {"Safeguarding East": 12, "Leaving Care": 3, "Assessment West": 3}
    assert {row["role"] for row in now} == {
        "social_worker", "senior_social_worker", "nqsw", "family_support_worker", "personal_adviser",
        "team_manager", "service_manager",
    }  # fmt: skip


def test_fourteen_months_are_told() -> None:
    assert min(row["held_on"] for row in rows("sessions") if row["held_on"]) < "2018-09-30"
    assert {row["records_from"] for row in rows("people")} == {"", "2018-09-03"}


def test_some_are_on_track_some_due_soon_and_some_overdue_in_grace() -> None:
    since = {person: days_apart(seen(person)[-1], str(STORY_DAY)) for person in ("W01", "W03", "W04")}
    assert since["W01"] <= 18  # a month is at least 28 days: more than seven are left
    assert 25 <= since["W03"] <= 28  # due within the week
    assert since["W04"] == 31  # a month and a day, and the three days of grace not yet used


def test_one_gap_has_been_open_for_months() -> None:
    assert days_apart(seen("W05")[-1], str(STORY_DAY)) > 150
    tried = [row for row in of("sessions", person_id="W05") if row["status"] in ("cancelled", "missed")]
    assert len(tried) >= 5
    assert all(row["reason"] for row in tried)
    assert {row["cancelled_by"] for row in tried} == {"supervisor", "worker", ""}


def test_one_gap_was_ended_by_a_session_and_is_explained() -> None:
    (explained,) = of("explanations", person_id="W11")
    around = [pair for pair in pairwise(seen("W11")) if days_apart(*pair) > 60]
    assert around == [("2019-01-14", explained["to"])]
    assert explained["reason"] and explained["text"]


def test_one_gap_has_no_word_of_why_and_ends_with_a_booking() -> None:
    assert days_apart(seen("W19")[-1], str(STORY_DAY)) > 45
    assert of("explanations", person_id="W19") == []
    (booked,) = of("sessions", person_id="W19", kind="one_to_one", status="planned")
    assert booked["planned_start"]


def test_one_gap_is_not_booked() -> None:
    for person in ("W05", "W17"):
        assert of("sessions", person_id=person, kind="one_to_one", status="planned") == []


def test_a_record_repeats_words_of_the_one_before() -> None:
    before, last = (
        {row["heading"]: row["text"] for row in of("session_sections", session_id=session)}
        for session in ("PS0288", "PS0289")
    )
    assert [heading for heading in last if last[heading] == before[heading]] == [
        "Workload", "Children and families",
    ]  # fmt: skip


def test_somebody_is_away_all_the_storys_week_though_the_clock_runs() -> None:
    (leave,) = of("absences", person_id="W11", kind="annual_leave")
    assert leave["from"] <= str(STORY_DAY) and leave["to"] >= str(STORY_DAY + timedelta(days=6))


def test_one_has_never_been_supervised() -> None:
    (post,) = of("posts", person_id="W12")
    assert seen("W12") == []
    assert days_apart(post["from"], str(STORY_DAY)) > 40
    assert of("sessions", person_id="W12", kind="group", status="held")  # which does not count


def test_a_newly_qualified_worker_is_in_the_middle_of_the_ladder() -> None:
    (siân,) = of("people", person_id="W06")
    assert of("posts", person_id="W06", role="nqsw")
    steps = [days_apart(*pair) for pair in pairwise([siân["employed_from"], *seen("W06")])]
    assert steps == [1, 7, 7, 7, 7, 7, 7, 14, 14, 14, 14, 14]


def test_another_is_at_the_turn_from_weekly_to_fortnightly() -> None:
    (gwenllian,) = of("people", person_id="W18")
    (booked,) = of("sessions", person_id="W18", kind="one_to_one", status="planned")
    days = [gwenllian["employed_from"], *seen("W18"), booked["planned_on"]]
    assert [days_apart(*pair) for pair in pairwise(days)] == [2, 7, 7, 7, 7, 7, 7, 14]


def test_an_agency_worker_was_made_permanent_without_a_working_day_between() -> None:
    agency, permanent = of("posts", person_id="W07")
    assert (agency["basis"], permanent["basis"]) == ("agency", "permanent")
    assert days_apart(agency["to"], permanent["from"]) == 3
    assert date.fromisoformat(permanent["from"]).weekday() == 0


def test_there_is_a_long_sickness_with_a_return_and_a_maternity_leave() -> None:
    (sick,) = of("absences", person_id="W08", kind="sickness")
    back = next(day for day in seen("W08") if day > sick["to"])
    assert days_apart(sick["from"], sick["to"]) > 28
    assert days_apart(sick["to"], back) <= 7
    (leave,) = of("absences", kind="maternity")
    assert leave["to"] == ""
    assert max(seen(leave["person_id"])) < leave["from"]


def test_a_manager_is_three_weeks_in_post_and_has_not_seen_everybody() -> None:
    (post,) = of("posts", person_id="M03")
    assert days_apart(post["from"], str(STORY_DAY)) == 21
    team = [row["person_id"] for row in of("posts", supervisor_id="M03")]
    assert {person: max(seen(person)) >= post["from"] for person in team} == {
        "W16": True, "W17": False, "W18": True,
    }  # fmt: skip


def test_some_records_are_not_signed_and_some_not_shared() -> None:
    held = [row for row in of("sessions", status="held") if not row["record_kept"]]
    assert [row for row in held if row["shared_on"] and not row["worker_signed_on"]]
    assert len([row for row in held if not row["shared_on"]]) >= 2
    assert of("sessions", record_kept="Team folder, paper forms")


def test_one_action_has_been_carried_four_times_and_is_still_open() -> None:
    by_id = {row["action_id"]: row for row in rows("actions")}
    carried = {row["carried_from"] for row in rows("actions")}
    lengths = {}
    for last in by_id.keys() - carried:
        at, times = by_id[last], 0
        while at["carried_from"]:
            assert by_id[at["carried_from"]]["text"] == at["text"]
            at, times = by_id[at["carried_from"]], times + 1
        lengths[last] = times
    longest = max(lengths, key=lambda action: lengths[action])
    assert lengths[longest] == 4
    assert by_id[longest]["done_on"] == ""


def test_some_sessions_were_short_or_interrupted() -> None:
    of_yusuf = of("sessions", person_id="W15", kind="one_to_one", status="held")
    assert sum(int(row["minutes"]) < 90 for row in of_yusuf) == 4
    assert sum(row["interrupted"] == "yes" for row in of_yusuf) == 3


def test_one_session_was_entered_weeks_later() -> None:
    lags = [days_apart(row["held_on"], row["recorded_on"]) for row in of("sessions", status="held")]
    assert sum(lag > 28 for lag in lags) == 1
    assert len(rows("late_entries")) == 2


def test_a_variation_and_a_disagreement_are_in_their_own_words() -> None:
    (variation,) = rows("variations")
    assert (variation["every"], variation["person_id"]) == ("6 weeks", "W09")
    assert variation["reason"] and variation["approved_by"]
    (statement,) = rows("statements")
    (session,) = of("sessions", session_id=statement["session_id"])
    assert session["worker_view"] == "disagrees"


def test_every_record_has_something_to_read_under_its_headings() -> None:
    headings = {row["heading"] for row in rows("templates")}
    assert {row["heading"] for row in rows("session_sections")} <= headings
    assert all(row["text"] for row in rows("session_sections"))
    assert len({row["session_id"] for row in rows("session_sections")}) > 60
    assert {row["part"] for row in rows("session_sections")} == {"personal", "case"}


# --- The practice file on any day

TEAMS = ("Safeguarding East", "Leaving Care", "Assessment West")
#: Story weeks that end up beside months of 28, 30 and 31 days, and in the week of a bank holiday.
MADE = [date(2019, 10, 31), date(2025, 3, 13), date(2025, 5, 1), date(2025, 12, 11), date(2028, 3, 2)]
DAYS = [first + timedelta(days=n) for first in MADE for n in range(7)]


def practising(today: date) -> Workspace:
    """The practice file, made on a day."""
    store = memory_store(lambda: datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    here = Workspace(store, today=today.toordinal, me="A. Tester")
    policy = resource("policies", "standards-2020-with-defaults.toml")
    here.carry_out(practice_plan(resource("practice"), policy, today.toordinal()))
    return here


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: f"{day:%a-%d-%b-%Y}")
def here(request: pytest.FixtureRequest) -> Iterator[Workspace]:
    made = practising(request.param)
    with made.store:
        yield made


def test_each_team_has_something_for_every_list_of_the_day(here: Workspace) -> None:
    _, found = here.board(here.clockwork())
    team = {one.subject: one.tenure.post.team for one in found if one.tenure}
    today = date.fromordinal(here.today())
    status = {(team.get(one.subject), one.status) for one in found}
    booked, unsigned = set(), set()
    for row in here.store.rows("session"):
        if row["status"] == "planned" and row["planned_on"] == today.isoformat():
            assert row["planned_start"]
            booked.add(team[row["person_id"]])
        if row["status"] == "held" and not row["record_kept"] and not row["worker_signed_on"]:
            unsigned.add(team[row["person_id"]])
    carried = {row["carried_from"] for row in here.store.rows("action")}
    overdue = {
        team[row["person_id"]]
        for row in here.store.rows("action")
        if row["id"] not in carried and not row["done_on"] and row["due_on"] < today.isoformat()
    }
    for name in TEAMS:
        assert (name, "gap") in status
        assert (name, "due_soon") in status or (name, "overdue") in status
        assert name in unsigned
        assert name in overdue
        assert name in booked or today.weekday() > 4


def test_the_whole_service_has_every_kind_of_standing(here: Workspace) -> None:
    _, found = here.board(here.clockwork())
    assert {one.status for one in found} >= {
        "gap", "overdue", "due_soon", "on_track", "absent", "not_in_post",
    }  # fmt: skip
    assert [one.subject for one in found if one.away and one.status != "absent"] == ["W11"]
    assert any(one.booked_in_time is False for one in found)


def test_the_new_manager_began_three_weeks_before_the_week_in_which_the_file_is_made(
    here: Workspace,
) -> None:
    posts = [row for row in here.store.rows("post") if row["person_id"] == "M03"]
    assert [here.today() - date.fromisoformat(post["from"]).toordinal() for post in posts] == [
        21 + (here.today() - STORY_DAY.toordinal()) % 7
    ]
