"""One change is one transaction and one line of history."""

from __future__ import annotations

from contextlib import suppress

import pytest

from supervise.errors import DiskFull, NotAllowed
from supervise.sessions import Entered
from supervise.store import Store
from supervise.store.check import check
from supervise.store.database import Dangling
from supervise.workdays import day
from tests.store.telling import ME, Clock, contents, opened, put, remove, session, with_ada


def test_a_change_puts_rows_in_any_order_and_leaves_one_line(store: Store):
    with store.change("Record supervision with Ada", by=ME) as change:
        change.put("session", session(interrupted=False, minutes=90))
        change.put("person", {"id": "p1", "name": "Ada"})
    assert change.touched == {"session", "person"}
    (line,) = store.history()
    assert (line.number, line.label, line.by, line.kind) == (
        1,
        "Record supervision with Ada",
        ME,
        "edit",
    )
    assert (line.rows, line.touched, line.day) == (2, change.touched, day("2026-03-31"))
    assert line.at == "2026-03-31T09:30:00+00:00"
    (row,) = store.rows("session")
    assert row["interrupted"] is False and row["minutes"] == 90 and row["notes"] is None


def test_fields_not_named_stay_as_they_are(store: Store):
    with_ada(store)
    put(store, "session", **session(notes="Caseload"))
    put(store, "session", id="s1", minutes=60)
    assert store.row("session", "s1") == {
        **store.row("session", "s1"),
        "notes": "Caseload",
        "minutes": 60,
    }


def test_what_alters_nothing_leaves_no_line(store: Store):
    with_ada(store)
    head = store.head()
    change = put(store, "person", id="p1", name="Ada", email="")
    assert change.number is None and change.touched == frozenset()
    assert remove(store, "person", "nobody").number is None
    assert len(store.history()) == 1 and store.head() == head


def test_a_change_that_fails_leaves_nothing(store: Store):
    with_ada(store)
    before, head = contents(store), store.head()

    def half() -> None:
        with store.change("Half", by=ME) as change:
            change.put("person", {"name": "Bo"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert contents(store) == before and store.head() == head


def test_a_change_of_which_part_was_refused_is_refused_whole(store: Store):
    with_ada(store)
    put(store, "session", **session())
    put(store, "statement", id="t1", session_id="s1", text="As I said")
    before = contents(store)

    def keep_quiet() -> None:
        with store.change("Sly", by=ME) as change:
            change.put("person", {"name": "Bo"})
            with suppress(NotAllowed):
                change.put("statement", {"id": "t1", "text": "As I never said"})

    with pytest.raises(RuntimeError, match="nobody let that be known"):
        keep_quiet()
    assert contents(store) == before


def test_a_change_is_over_when_its_block_is(store: Store):
    with store.change("Add Ada", by=ME) as change:
        change.put("person", {"name": "Ada"})
    with pytest.raises(RuntimeError, match="over"):
        change.put("person", {"name": "Bo"})
    with (
        pytest.raises(RuntimeError, match="inside"),
        store.change("One", by=ME),
        store.change("Two", by=ME),
    ):
        pass
    assert [row["name"] for row in store.rows("person")] == ["Ada"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"nmae": "Ada"}, "no nmae"),
        ({"name": 7}, "holds text"),
        ({"name": "Ada", "employed_from": 20}, "holds a date"),
    ],
)
def test_a_row_that_no_form_could_make_is_a_bug(store: Store, row, why):
    with pytest.raises(ValueError, match=why):
        put(store, "person", **row)
    with pytest.raises(ValueError, match="no kind"):
        put(store, "persona", name="Ada")


def test_ids_are_made_in_order(store: Store):
    with store.change("Add many", by=ME) as change:
        ids = [change.put("person", {"name": f"Person {n}"}) for n in range(500)]
    assert ids == sorted(ids) == [row["id"] for row in store.rows("person")]


def test_rows_are_found_by_their_fields(store: Store):
    with_ada(store)
    for kind, first in (("sickness", "2026-01-05"), ("study", "2026-02-05")):
        put(store, "absence", person_id="p1", kind=kind, **{"from": first})
    assert [row["from"] for row in store.rows("absence", kind="study")] == ["2026-02-05"]
    assert len(list(store.rows("absence", to=None))) == 2
    with pytest.raises(ValueError, match="no colour"):
        list(store.rows("absence", colour="red"))


def test_a_whole_number_may_stand_for_a_number(store: Store):
    with_ada(store)
    put(
        store, "post", id="x", person_id="p1", team="North", role="nqsw", fte=1, **{"from": "2026-01-01"}
    )
    assert repr(store.row("post", "x")["fte"]) == "1.0"
    assert put(store, "post", id="x", fte=1).number is None


def test_nothing_may_refer_to_what_is_not_there(store: Store):
    with pytest.raises(Dangling) as caught:
        put(store, "session", **session())
    assert caught.value.rows == {("session", "s1"), ("person", "p1")}
    with_ada(store)
    put(store, "session", **session())
    with pytest.raises(Dangling):
        remove(store, "person", "p1")
    assert store.row("person", "p1") is not None


def test_one_policy_from_any_day(store: Store):
    put(store, "policy", id="a", title="First", toml="[]")
    put(store, "policy", id="b", title="Second", toml="[]", effective_from="2026-04-01")
    for clash in (
        {"id": "c"},
        {"id": "c", "effective_from": "2026-04-01"},
        {"id": "b", "effective_from": None},
    ):
        with pytest.raises(NotAllowed, match="already a policy that takes effect on that day"):
            put(store, "policy", title="Third", toml="[]", **clash)
    assert len(list(store.rows("policy"))) == 2


def test_what_is_entered_here_is_recorded_today_and_what_comes_in_keeps_its_day(
    store: Store, clock: Clock
):
    with store.change("Import", by=ME, kind="import") as change:
        change.put_all(
            "person",
            [{"id": "p1", "name": "Ada", "recorded_on": "2019-02-03"}, {"id": "p2", "name": "Bo"}],
        )
    with store.change("Enter", by=ME) as change:
        change.put("session", session(), recorded=True)
    assert [row["recorded_on"] for row in store.rows("person")] == ["2019-02-03", None]
    assert store.row("session", "s1")["recorded_on"] == "2026-03-31"
    clock.set("2026-04-09")
    with store.change("Same", by=ME) as change:
        change.put("session", session(), recorded=True)
    assert change.number is None


def test_a_clock_set_back_does_not_set_the_log_back(store: Store, clock: Clock):
    with_ada(store)
    clock.set("2020-01-01")
    assert store.today == "2026-03-31"
    with store.change("Later", by=ME) as change:
        change.put("session", session(), recorded=True)
    assert store.row("session", "s1")["recorded_on"] == "2026-03-31"
    assert [line.day for line in store.history()] == [day("2026-03-31")] * 2


def test_who_set_a_field_is_the_latest_who_gave_it_its_value(store: Store, clock: Clock):
    with_ada(store)
    with store.change("Record", by="Ada's manager") as change:
        change.put("session", session(minutes=60, notes="Caseload"))
    clock.set("2026-04-02")
    with store.change("Correct", by="B. Singh") as change:
        change.put("session", {"id": "s1", "minutes": 90})
    assert store.who_set("session", "s1", "minutes") == Entered(by="B. Singh", on=day("2026-04-02"))
    assert store.who_set("session", "s1", "notes") == Entered(by="Ada's manager", on=day("2026-03-31"))
    assert store.who_set("session", "s1", "place") is None
    assert store.who_set("session", "nowhere", "place") is None
    store.database.execute("INSERT INTO person (id, name) VALUES ('p9', 'Past the log')")
    assert store.who_set("person", "p9", "name") is None
    steps = store.changes_of("session", "s1")
    assert [(step.line.by, step.after["minutes"]) for step in steps] == [
        ("B. Singh", 90),
        ("Ada's manager", 60),
    ]
    assert steps[1].before is None and steps[0].before == steps[1].after


def test_corrections_tell_what_was_before(store: Store, clock: Clock):
    with_ada(store)
    put(store, "session", **session())
    clock.set("2026-04-02")
    put(store, "session", id="s1", held_on="2026-03-03")
    remove(store, "session", "s1")
    found = [
        (c.kind, c.before["held_on"], c.day, c.by) for c in store.corrections(["person", "session"])
    ]
    assert found == [
        ("session", "2026-03-02", "2026-04-02", ME),
        ("session", "2026-03-03", "2026-04-02", ME),
    ]


def test_edited_here_means_by_somebody_and_still(store: Store):
    with store.change("Import", by=ME, kind="import") as change:
        change.put_all("person", [{"id": "p1", "name": "Ada"}])
    assert not store.edited_here("person", "p1")
    put(store, "person", id="p1", email="ada@example.org")
    assert store.edited_here("person", "p1")
    store.undo(ME)
    assert not store.edited_here("person", "p1")
    store.redo(ME)
    assert store.edited_here("person", "p1")


def test_history_comes_in_pages(store: Store):
    for n in range(5):
        put(store, "person", id=f"p{n}", name="Ada")
    first = store.history(2)
    assert [line.number for line in first] == [5, 4]
    assert [line.number for line in store.history(2, before=4)] == [3, 2]


@pytest.mark.parametrize("count", [1, 2000])
def test_no_room_left_is_told_and_nothing_is_changed(places, count):
    with opened(places) as store:
        with_ada(store)
        before, head = contents(store), store.head()
        (pages,) = store.database.execute("PRAGMA page_count").fetchone()
        store.database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull), store.change("Fill", by=ME) as change:
            change.put_all("person", ({"id": f"q{n}", "name": "N" * 4000} for n in range(count)))
        assert contents(store) == before and store.head() == head
        store.database.execute("PRAGMA max_page_count = 1000000")
        put(store, "person", id="p2", name="Bo")
        assert all(finding.ok for finding in check(store))
