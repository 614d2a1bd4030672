"""What a change altered, in words; and finding changes in a long history."""

from __future__ import annotations

import pytest

from supervise.doing.changed import HIDDEN, NOTHING, FieldChange, called, part_of, summary
from supervise.store import history
from supervise.store.check import BREATH, check, checking
from tests.making import ME, MONTHLY, everything, put, workspace


@pytest.fixture
def here():
    return workspace().here


def does(here, label, kind, row, **how):
    with here.store.change(label, by=ME) as change:
        change.put(kind, row, **how)


def run(steps):
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as ended:
            return seen, ended.value


def test_names_stand_for_ids_and_words_for_codes(here):
    does(here, "Add", "person", {"id": "p1", "name": "Ada Marsh", "employed_from": "2019-01-07"})
    does(here, "Add", "person", {"id": "p2", "name": "Ben Odell"})
    does(
        here,
        "Post",
        "post",
        {"id": "x", "person_id": "p1", "team": "A", "role": "nqsw", "from": "2019-01-07"},
    )
    does(here, "Post", "post", {"id": "x", "supervisor_id": "p2", "fte": 0.5, "role": "social_worker"})
    (row,) = part_of(here, 4).rows
    assert row.title == "Post: Ada Marsh, 7 Jan 2019" and row.what == "changed"
    assert row.fields == (
        FieldChange("Role", "Newly qualified social worker", "Social worker"),
        FieldChange("Supervisor", NOTHING, "Ben Odell"),
        FieldChange("Full-time share", NOTHING, "0.5"),
    )


def test_who_has_been_removed_is_still_called_by_name(here):
    does(here, "Add", "person", {"id": "p1", "name": "Ada Marsh"})
    does(
        here,
        "Post",
        "post",
        {"id": "x", "person_id": "p1", "team": "A", "role": "nqsw", "from": "2019-01-07"},
    )
    with here.store.change("Remove", by=ME) as change:
        change.remove("post", "x")
        change.remove("person", "p1")
    removed = part_of(here, 3).rows
    assert {row.title for row in removed} == {"Post: Ada Marsh, 7 Jan 2019", "Person: Ada Marsh"}
    assert {row.what for row in removed} == {"removed"}
    assert called(here, "post", "x") == "Post: Ada Marsh, 7 Jan 2019"
    assert called(here, "post", "nobody's") == "nobody's"


def test_the_kind_of_an_absence_is_never_told(here):
    does(here, "Add", "person", {"id": "p1", "name": "Ada Marsh"})
    does(
        here, "Away", "absence", {"id": "a", "person_id": "p1", "kind": "sickness", "from": "2019-02-04"}
    )
    does(here, "Away", "absence", {"id": "a", "kind": "maternity"})
    for number, before in ((2, NOTHING), (3, HIDDEN)):
        fields = {field.label: field for field in part_of(here, number).rows[0].fields}
        assert fields["Kind"] == FieldChange("Kind", before, HIDDEN)


def test_every_kind_and_field_can_be_told(here):
    rows = everything()
    put_here = workspace(here.store)
    put(put_here, rows)
    told, after = [], 0
    while after is not None:
        part = part_of(here, 1, after, 17)
        told += part.rows
        after = part.next
    assert (
        len(told)
        == sum(map(len, rows.values()))
        == sum(history.kinds_of(here.store.database, 1).values())
    )
    assert all(row.what == "added" and row.fields for row in told)
    assert f"{len(rows['person'])} people" in summary(here, 1)


def test_long_texts_are_told_by_what_differs(here):
    does(here, "Add", "person", {"id": "p1", "name": "Ada Marsh"})
    session = {
        "id": "s",
        "person_id": "p1",
        "kind": "one_to_one",
        "status": "held",
        "held_on": "2019-02-04",
    }
    does(here, "Held", "session", {**session, "notes": "a" * 5_000 + "MIDDLE" + "z" * 5_000})
    does(here, "Held", "session", {"id": "s", "notes": "a" * 5_000 + "z" * 5_000})
    (field,) = part_of(here, 3).rows[0].fields
    assert field.before == f"…{'a' * 60}MIDDLE{'z' * 60}…" and field.after == f"…{'a' * 60}{'z' * 60}…"
    first = {field.label: field for field in part_of(here, 2).rows[0].fields}["Notes"]
    assert first.after.endswith("(and 8,006 more characters)")


def test_the_lines_about_a_person_are_found_step_by_step(here):
    does(here, "Add Ada", "person", {"id": "p1", "name": "Ada Marsh"})
    does(here, "Add Ben", "person", {"id": "p2", "name": "Ben Odell"})
    session = {
        "id": "s",
        "person_id": "p1",
        "kind": "one_to_one",
        "status": "held",
        "held_on": "2019-02-04",
    }
    does(here, "Hold", "session", session)
    does(
        here,
        "Section",
        "session_section",
        {"id": "q", "session_id": "s", "position": 1, "part": "case", "heading": "h"},
    )
    database = here.store.database
    steps, found = run(history.sought(database, "p1", lambda line: True))
    assert found == [4, 3, 1] and all(0 < at <= whole for at, whole in steps)
    assert run(history.sought(database, "p2", lambda line: True))[1] == [2]
    assert run(history.sought(database, None, lambda line: "Add" in line.label))[1] == [2, 1]
    assert [line.label for line in history.lines_of(database, found)] == ["Section", "Hold", "Add Ada"]
    assert history.first_after(database, "2019-10-30") == 1
    assert history.first_after(database, "2019-10-31") is None


def test_nothing_is_found_in_an_empty_history(here):
    assert run(history.sought(here.store.database, "p1", lambda line: True))[1] == []


def test_checking_step_by_step_finds_what_checking_at_once_does(here):
    put(workspace(here.store), everything())
    with here.store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"m{n}", "name": "M"} for n in range(3 * BREATH)))
    steps, found = run(checking(here.store))
    assert found == check(here.store) and all(finding.ok for finding in found)
    assert len(steps) > 6 and steps == sorted(steps) and all(at <= whole for at, whole in steps)
    here.store.database.execute("UPDATE person SET name = 'Somebody else' WHERE id = 'm7'")
    _, found = run(checking(here.store, "0" * 16))
    assert [finding.words for finding in found if not finding.ok] == [
        "people: m7 is not what the history says it is."
    ]


def test_a_policy_is_told_folded_and_never_in_codes(here):
    row = {"id": "x", "title": "Monthly", "toml": MONTHLY}
    does(here, "Add a policy", "policy", row)
    does(here, "Change a policy", "policy", {**row, "toml": f"# Ours, agreed in May\n{MONTHLY}"})
    lines = len(MONTHLY.strip().splitlines())
    before = f"the text of the policy, {lines} lines"
    after = f"the text of the policy, {lines + 1} lines: “Ours, agreed in May”"
    assert part_of(here, 1).rows[0].fields[1] == FieldChange("Rules", NOTHING, before)
    assert part_of(here, 2).rows[0].fields == (FieldChange("Rules", before, after),)


def test_a_clock_is_told_by_its_name(here):
    does(here, "Add", "person", {"id": "p1", "name": "Ada Marsh"})
    row = {"person_id": "p1", "clock": "one_to_one", "every": "6 weeks", "from": "2019-01-01"}
    does(here, "Agree", "variation", row)
    fields = {field.label: field.after for field in part_of(here, 2).rows[0].fields}
    assert fields["Clock"] == "One-to-one"
