"""A later copy of a known file adds what is new, and overwrites nothing that people did here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from supervise.exchange.plan import Difference, Plan
from supervise.workspace import Workspace
from tests.making import ME, contents, workspace, write_csv

PEOPLE = [("person_id", "name", "email"), ("P1", "Ada", "ada@example.org"), ("P2", "Bo", "")]
POSTS = [
    ("person_id", "team", "role", "basis", "supervisor_id", "from", "to"),
    ("P1", "North", "social_worker", "permanent", "P2", "2019-01-07", ""),
    ("P2", "North", "team_manager", "permanent", "", "2018-01-01", ""),
]
SESSIONS = [
    ("session_id", "person_id", "kind", "status", "planned_on", "held_on", "minutes", "worker_signed_on",
     "supervisor_signed_on", "notes"),
    ("S1", "P1", "one_to_one", "held", "", "2019-02-01", "60", "", "", "We talked."),
    ("S2", "P1", "one_to_one", "held", "", "2019-03-01", "90", "2019-03-02", "2019-03-03", "We talked again."),
    ("S3", "P1", "one_to_one", "planned", "2019-04-01", "", "", "", "", ""),
]  # fmt: skip
SECTIONS = [
    ("session_id", "position", "part", "heading", "text"),
    ("S2", "1", "personal", "Wellbeing", "Well."),
]
LATE = [("session_id", "entered_on", "by", "text"), ("S1", "2019-02-09", "Ada", "I forgot something.")]

Table = list[tuple[str, ...]]


class Copies:
    """Copies of one folder, each with its own differences."""

    def __init__(self, folder: Path, here: Workspace) -> None:
        self.folder, self.here = folder, here
        folder.mkdir()
        tables: dict[str, Table] = {
            "people": PEOPLE, "posts": POSTS, "sessions": SESSIONS, "session_sections": SECTIONS,
            "late_entries": LATE,
        }  # fmt: skip
        for name, rows in tables.items():
            write_csv(folder / f"{name}.csv", rows)

    def plan(self, **tables: Table) -> Plan:
        """What the next copy would do, in which these files are otherwise."""
        for name, rows in tables.items():
            write_csv(self.folder / f"{name}.csv", rows)
        plan = self.here.plan_import(self.folder)
        assert plan.problems == []
        return plan

    def take(self, **tables: Table) -> Plan:
        """Takes the next copy in."""
        plan = self.plan(**tables)
        self.here.carry_out(plan)
        return plan


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    here = workspace()
    with here.store:
        copies = Copies(tmp_path / "service", here)
        copies.take()
        yield copies


def changed(rows: Table, line: int, **cells: str) -> Table:
    """The same table with other words in some cells of a line (1 is the first row)."""
    head = rows[0]
    line_now = tuple(
        cells.get(name.rstrip("_"), cell) for name, cell in zip(head, rows[line], strict=True)
    )
    return [*rows[:line], line_now, *rows[line + 1 :]]


def edit(here: Workspace, kind: str, **row: object) -> None:
    with here.store.change("Edit", by=ME) as change:
        change.put(kind, row)


def told(differences: list[Difference]) -> list[tuple[str, str, object, object, str | None]]:
    return [(str(each.place), each.id, each.stored, each.given, each.kept) for each in differences]


def test_what_is_new_is_added(copies: Copies) -> None:
    new = ("S4", "P1", "one_to_one", "held", "", "2019-04-30", "90", "", "", "")
    plan = copies.take(sessions=[*SESSIONS, new], people=[*PEOPLE, ("P3", "Cai", "")])
    assert (plan.added, plan.changed, plan.kept, plan.unchanged) == (
        {"person": 1, "session": 1},
        [],
        [],
        9,
    )
    assert copies.here.store.row("session", "S4")["held_on"] == "2019-04-30"


def test_changed_cells_are_taken_where_nobody_touched_the_row(copies: Copies) -> None:
    rows = changed(changed(SESSIONS, 1, minutes="75"), 3, status="held", held_on="2019-04-02")
    plan = copies.take(sessions=rows)
    assert told(plan.changed) == [
        ("sessions.csv, line 2, column minutes", "S1", 60, 75, None),
        ("sessions.csv, line 4, column status", "S3", "planned", "held", None),
        ("sessions.csv, line 4, column held_on", "S3", None, "2019-04-02", None),
    ]
    assert (plan.kept, plan.added) == ([], {})
    assert copies.here.store.row("session", "S1")["minutes"] == 75
    assert copies.here.store.row("session", "S3")["held_on"] == "2019-04-02"
    assert copies.plan().does_nothing


def test_a_row_taken_from_one_copy_can_be_taken_from_the_next(copies: Copies) -> None:
    copies.take(sessions=changed(SESSIONS, 1, minutes="75"))
    copies.take(sessions=changed(SESSIONS, 1, minutes="80"))
    assert copies.here.store.row("session", "S1")["minutes"] == 80


def test_what_was_edited_here_stays_and_is_listed(copies: Copies) -> None:
    edit(copies.here, "session", id="S1", minutes=61)
    plan = copies.take(sessions=changed(SESSIONS, 1, minutes="75", notes="Rewritten."))
    assert told(plan.kept) == [
        ("sessions.csv, line 2, column minutes", "S1", 61, 75, "edited here"),
        ("sessions.csv, line 2, column notes", "S1", "We talked.", "Rewritten.", "edited here"),
    ]
    assert (plan.changed, plan.does_nothing) == ([], True)
    assert copies.here.store.row("session", "S1")["minutes"] == 61


def test_an_edit_that_was_undone_is_none(copies: Copies) -> None:
    edit(copies.here, "session", id="S1", minutes=61)
    copies.here.undo_change(2)
    plan = copies.take(sessions=changed(SESSIONS, 1, minutes="75"))
    assert plan.kept == []
    assert copies.here.store.row("session", "S1")["minutes"] == 75


def test_what_was_signed_stays_and_is_listed(copies: Copies) -> None:
    plan = copies.take(
        sessions=changed(SESSIONS, 2, minutes="45"),
        session_sections=changed(SECTIONS, 1, text="Unwell."),
    )
    assert [(each.kind, each.stored, each.given, each.kept) for each in plan.kept] == [
        ("session", 90, 45, "signed"),
        ("session_section", "Well.", "Unwell.", "signed"),
    ]
    assert copies.here.store.row("session", "S2")["minutes"] == 90


def test_nothing_is_added_to_a_signed_record(copies: Copies) -> None:
    plan = copies.take(session_sections=[*SECTIONS, ("S2", "2", "personal", "Workload", "Too much.")])
    assert told(plan.kept) == [("session_sections.csv, line 3", "", None, "Too much.", "signed")]
    assert plan.does_nothing
    assert len(list(copies.here.store.rows("session_section"))) == 1


def test_a_record_signed_in_the_later_copy_comes_in_whole(copies: Copies) -> None:
    copies.take(
        sessions=changed(SESSIONS, 1, worker_signed_on="2019-02-02", supervisor_signed_on="2019-02-03"),
        session_sections=[*SECTIONS, ("S1", "1", "personal", "Wellbeing", "Well.")],
    )
    assert copies.here.record("S1").session.worker_signed_on is not None
    assert [section.text for section in copies.here.record("S1").sections] == ["Well."]


def test_what_somebody_said_is_never_altered_and_may_be_added_to(copies: Copies) -> None:
    before = contents(copies.here)["late_entry"]
    with_day = [(*LATE[0], "recorded_on"), (*LATE[1], "2019-02-10")]
    plan = copies.take(late_entries=with_day)
    assert [each.kept for each in plan.kept] == ["never altered"]
    assert contents(copies.here)["late_entry"] == before
    copies.take(late_entries=[*LATE, ("S2", "2019-04-01", "Ada", "About the signed one.")])
    assert [row["text"] for row in copies.here.store.rows("late_entry")][1:] == ["About the signed one."]


@pytest.mark.parametrize("cell", ["email", "name"])
def test_an_empty_cell_takes_nothing_away(copies: Copies, cell: str) -> None:
    before = contents(copies.here)
    if cell == "email":
        assert copies.take(people=changed(PEOPLE, 1, email="")).does_nothing
    else:
        assert copies.take(people=[row[:2] for row in PEOPLE]).does_nothing
    assert contents(copies.here) == before


def test_a_row_or_file_that_has_gone_takes_nothing_away(copies: Copies) -> None:
    before = contents(copies.here)
    (copies.folder / "late_entries.csv").unlink()
    assert copies.take(sessions=SESSIONS[:2], people=PEOPLE).does_nothing
    assert contents(copies.here) == before


def test_a_row_without_an_id_is_known_again_after_it_was_edited_here(copies: Copies) -> None:
    post = next(row for row in copies.here.store.rows("post") if row["person_id"] == "P1")
    edit(copies.here, "post", id=post["id"], **{"team": "South", "from": "2019-01-14"})
    edit(copies.here, "post", id=post["id"], to="2019-12-31")
    plan = copies.plan()
    assert plan.does_nothing
    assert told(plan.kept) == [
        ("posts.csv, line 2, column team", post["id"], "South", "North", "edited here"),
        ("posts.csv, line 2, column from", post["id"], "2019-01-14", "2019-01-07", "edited here"),
    ]
    assert len(list(copies.here.store.rows("post"))) == 2


def test_of_rows_alike_each_keeps_its_own(copies: Copies) -> None:
    twice = [*POSTS, (*POSTS[1][:-1], "2019-06-30")]
    copies.take(posts=twice)
    copies.take(posts=[POSTS[0], *reversed(twice[1:])])
    assert copies.plan().does_nothing
    assert [row["to"] for row in copies.here.store.rows("post")] == [None, None, "2019-06-30"]


def test_a_copy_that_contradicts_what_is_here_is_refused_and_named(copies: Copies) -> None:
    employed = [("person_id", "name", "left_on"), ("P1", "Ada", "2019-05-31"), ("P2", "Bo", "")]
    copies.take(people=employed)
    write_csv(
        copies.folder / "people.csv",
        [("person_id", "name", "employed_from"), ("P1", "Ada", "2019-06-01")],
    )
    plan = copies.here.plan_import(copies.folder)
    assert [str(problem) for problem in plan.problems] == [
        "people.csv, line 2, column left_on: together with what is here, "
        "2019-05-31 is before “employed_from”, 2019-06-01."
    ]


def test_the_policy_in_the_store_stays(copies: Copies) -> None:
    policy = (Path(__file__).parents[1] / "kept" / "policies" / "county-2018.toml").read_text("utf-8")
    (copies.folder / "policies").mkdir()
    (copies.folder / "policies" / "county.toml").write_text(policy, "utf-8")
    assert [each.id for each in copies.take().policies] == ["county-2018"]
    assert copies.plan().does_nothing
    (copies.folder / "policies" / "county.toml").write_text(policy.replace("14", "21"), "utf-8")
    plan = copies.plan()
    assert plan.does_nothing
    assert plan.notes == [
        "The policy “county-2018” here differs from the one in the store, which is kept."
    ]
