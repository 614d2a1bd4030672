"""Import and export are inverse: nothing that anybody entered is lost or altered on the way."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from supervise import fields
from supervise.errors import BadFile, FileTrouble
from supervise.policy_files import read_policy_file
from supervise.workspace import Workspace
from tests.making import LONG_NOTE, contents, everything, files_of, put, workspace, write_csv

KEPT = Path(__file__).parents[1] / "kept"
PERSON = {"id": "P1", "name": "Ada"}


def imported(path: Path, into: Workspace | None = None) -> Workspace:
    """A workspace that has taken a file in, without anything refused."""
    here = into or workspace()
    plan = here.plan_import(path)
    assert plan.problems == []
    here.carry_out(plan)
    return here


def cells_of(path: Path) -> dict[str, list[list[object]]]:
    """Every cell of a workbook with its type, by sheet."""
    book = load_workbook(path)
    return {
        sheet.title: [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


@pytest.fixture(scope="module")
def full() -> Workspace:
    here = workspace()
    put(here, everything())
    here.add_policies([read_policy_file(path) for path in sorted((KEPT / "policies").glob("*.toml"))])
    return here


def test_one_of_everything_fills_every_field_of_every_kind() -> None:
    rows = everything()
    empty = [
        (kind.name, field.name)
        for kind in fields.KINDS
        for field in kind.fields
        if all(row[field.name] is None for row in rows[kind.name])
    ]
    assert empty == []


def test_a_folder_comes_back_as_it_was(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "one")
    again = imported(tmp_path / "one")
    assert contents(again) == contents(full)
    again.export(tmp_path / "two")
    assert files_of(tmp_path / "two") == files_of(tmp_path / "one")


def test_a_workbook_comes_back_as_it_was(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "one.xlsx")
    again = imported(tmp_path / "one.xlsx")
    assert contents(again) == contents(full)
    again.export(tmp_path / "two.xlsx")
    assert cells_of(tmp_path / "two.xlsx") == cells_of(tmp_path / "one.xlsx")


def test_folder_and_workbook_say_the_same(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "one.xlsx")
    imported(tmp_path / "one.xlsx").export(tmp_path / "by-workbook")
    full.export(tmp_path / "directly")
    assert files_of(tmp_path / "by-workbook") == files_of(tmp_path / "directly")


def test_nothing_in_a_workbook_is_a_formula_and_days_are_dates(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "one.xlsx")
    sheets = cells_of(tmp_path / "one.xlsx")
    kinds = {
        kind for rows in sheets.values() for row in rows for kind, value in row if value is not None
    }
    assert kinds == {"s", "d", "n"}
    header, first, *_ = sheets["absences"]
    assert (
        dict(zip([name for _, name in header], [kind for kind, _ in first], strict=True))["from"] == "d"
    )


def test_a_very_long_note_travels_in_a_folder(tmp_path: Path) -> None:
    here = workspace()
    session = {"id": "S1", "person_id": "P1", "kind": "ad_hoc", "status": "missed", "notes": LONG_NOTE}
    put(here, {"person": [PERSON], "session": [session]})
    here.export(tmp_path / "out")
    assert len(LONG_NOTE) > 100_000
    assert contents(imported(tmp_path / "out")) == contents(here)


def test_a_very_long_note_is_refused_by_a_workbook_and_not_cut(tmp_path: Path) -> None:
    here = workspace()
    session = {"id": "S1", "person_id": "P1", "kind": "ad_hoc", "status": "missed", "notes": LONG_NOTE}
    put(here, {"person": [PERSON], "session": [session]})
    with pytest.raises(BadFile, match=r"too long for a workbook.*Export to a folder instead"):
        here.export(tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_first_and_last_days_travel_in_a_workbook(tmp_path: Path) -> None:
    days = ("1900-01-01", "1900-02-28", "1900-03-01", "2016-02-29", "2199-12-31")
    here = workspace()
    absences = [{"person_id": "P1", "kind": "other", "from": day, "to": day} for day in days]
    put(here, {"person": [PERSON], "absence": absences})
    here.export(tmp_path / "out.xlsx")
    assert [row["from"] for row in contents(imported(tmp_path / "out.xlsx"))["absence"]] == list(days)


def test_an_empty_store_exports_a_workbook_that_can_be_opened(tmp_path: Path) -> None:
    workspace().export(tmp_path / "out.xlsx")
    assert list(cells_of(tmp_path / "out.xlsx")) == ["people"]
    assert imported(tmp_path / "out.xlsx").history() == []


@pytest.mark.parametrize("there", ["out", "out.xlsx", "out/people.csv", "out/.hidden"])
def test_an_export_overwrites_nothing(full: Workspace, tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    with pytest.raises(FileTrouble, match="is there already"):
        full.export(tmp_path / there.partition("/")[0])
    assert files_of(tmp_path) == {there: b"mine"}


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_an_export_is_for_its_owner_only(full: Workspace, tmp_path: Path, name: str) -> None:
    full.export(tmp_path / name)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_an_export_into_an_empty_folder_fills_it(full: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    full.export(tmp_path / "out")
    assert "people.csv" in files_of(tmp_path / "out")


@pytest.fixture(scope="module")
def sample() -> Workspace:
    here = imported(KEPT / "service")
    here.add_policies([read_policy_file(path) for path in sorted((KEPT / "policies").glob("*.toml"))])
    return here


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_the_sample_service_comes_back_as_it_was(sample: Workspace, tmp_path: Path, name: str) -> None:
    sample.export(tmp_path / name)
    again = imported(tmp_path / name)
    assert contents(again) == contents(sample)
    assert len(contents(again)["session"]) == 2043
    assert [policy.id for policy in again.policies()] == ["standards-2020-with-defaults", "county-2018"]


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_the_same_again_changes_nothing_and_leaves_no_line(
    sample: Workspace, tmp_path: Path, name: str
) -> None:
    sample.export(tmp_path / name)
    before, head = contents(sample), sample.store.head()
    plan = sample.plan_import(tmp_path / name)
    assert plan.does_nothing
    assert (plan.added, plan.changed, plan.kept, plan.problems) == ({}, [], [], [])
    assert plan.unchanged == sum(len(rows) for kind, rows in before.items() if kind != "policy")
    assert sample.carry_out(plan).number is None
    assert (contents(sample), sample.store.head()) == (before, head)


def test_everything_again_changes_nothing(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "out")
    again = imported(tmp_path / "out")
    head = again.store.head()
    assert again.plan_import(tmp_path / "out").does_nothing
    imported(tmp_path / "out", again)
    assert again.store.head() == head


def test_lines_in_another_order_are_the_same_lines(tmp_path: Path) -> None:
    here = workspace()
    ends = (None, "2019-01-09", "2019-01-04")
    absences = [{"person_id": "P1", "kind": "study", "from": "2019-01-01", "to": end} for end in ends]
    put(here, {"person": [PERSON], "absence": absences})
    here.export(tmp_path / "out")
    path = tmp_path / "out" / "absences.csv"
    head, *lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + b"".join(reversed(lines)))
    assert here.plan_import(tmp_path / "out").does_nothing


def test_an_import_is_one_change_that_can_be_undone(full: Workspace, tmp_path: Path) -> None:
    full.export(tmp_path / "out")
    here = imported(tmp_path / "out")
    assert [line.label for line in here.history()] == ["Import from out"]
    here.undo_change(1)
    assert contents(here) == {}
    imported(tmp_path / "out", here)
    assert contents(here) == contents(full)


# What a folder from elsewhere may look like


def folder(path: Path, **files: str) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, "utf-8", newline="")
    return path


PEOPLE = "person_id,name\nP1,Ada\n"
POSTS = "person_id,team,role,from\nP1,North,social_worker,2019-01-07\n"


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    here = imported(folder(tmp_path / "in", people="\ufeff" + PEOPLE))
    assert [(row["id"], row["name"]) for row in here.store.rows("person")] == [("P1", "Ada")]


def test_columns_come_in_any_order(sample: Workspace, tmp_path: Path) -> None:
    sample.export(tmp_path / "out")
    mixed = random.Random(7)
    for path in (tmp_path / "out").glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        order = mixed.sample(range(len(rows[0])), len(rows[0]))
        write_csv(path, [[row[at] for at in order] for row in rows])
    assert contents(imported(tmp_path / "out")) == contents(sample)


def test_names_of_columns_and_sheets_may_be_in_capitals_and_spaced(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "PEOPLE.CSV").write_text(" Person_ID , NAME\nP1,Ada\n", "utf-8")
    assert contents(imported(tmp_path / "in"))["person"][0]["name"] == "Ada"


def test_one_file_alone_is_enough_if_what_it_refers_to_is_here(tmp_path: Path) -> None:
    here = imported(folder(tmp_path / "people", people=PEOPLE))
    imported(folder(tmp_path / "posts", posts=POSTS), here)
    assert [row["team"] for row in here.store.rows("post")] == ["North"]


def test_blank_lines_and_empty_columns_are_nothing(tmp_path: Path) -> None:
    text = "\r\nperson_id,name,,\r\n\r\nP1,Ada,,\r\n,,,\r\n  ,\r\n"
    plan = workspace().plan_import(folder(tmp_path / "in", people=text))
    assert (plan.added, plan.problems, plan.notes) == ({"person": 1}, [], [])


def test_what_is_not_known_is_told_and_kept_out(tmp_path: Path) -> None:
    people = "person_id,name,shoe size,\nP1,Ada,39,a remark\nP2,Bo,41,another\n"
    path = folder(tmp_path / "in", people=people, shoes="person_id,size\nP1,39\n")
    (path / "notes.docx").write_bytes(b"PK")
    (path / ".DS_Store").write_bytes(b"\0")
    (path / "policies").mkdir()
    (path / "policies" / "readme.txt").write_text("See the intranet.")
    here = workspace()
    plan = here.plan_import(path)
    assert sorted(plan.notes) == [
        "notes.docx is none of the files that can be taken in, and was left out.",
        "people.csv: a column without a name was left out (line 2).",
        "people.csv: the column “shoe size” is not known, and was left out.",
        "policies/readme.txt is none of the files that can be taken in, and was left out.",
        "shoes.csv is none of the files that can be taken in, and was left out.",
    ]
    here.carry_out(plan)
    assert [row["id"] for row in here.store.rows("person")] == ["P1", "P2"]


def test_ids_that_are_given_are_kept(tmp_path: Path) -> None:
    ids = ["007", "P 1", "=3", "ŁÓDŹ/2", "0" * 200, "'x", "1e5", "TRUE"]
    write_csv(
        (folder(tmp_path / "in") / "people.csv"), [("person_id", "name"), *((id, "Ada") for id in ids)]
    )
    here = imported(tmp_path / "in")
    assert {row["id"] for row in here.store.rows("person")} == set(ids)
    here.export(tmp_path / "out.xlsx")
    assert contents(imported(tmp_path / "out.xlsx")) == contents(here)


def test_numbers_that_excel_made_of_ids_are_text_again(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "People"
    book.active.append(["person_id", "name"])
    book.active.append([4711, "Ada"])
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.save(tmp_path / "in.xlsx")
    assert [row["id"] for row in imported(tmp_path / "in.xlsx").store.rows("person")] == ["4711"]


LAWFUL = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(LAWFUL, LAWFUL), min_size=1, max_size=5))
def test_any_text_travels(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    here = workspace()
    shown = [(team.strip(), text) for team, text in texts if team.strip() and text.strip()]
    posts = [
        {"person_id": "P1", "team": team, "role": team, "from": f"2019-01-0{n}"}
        for n, (team, _) in enumerate(shown, 1)
    ]
    agreements = [
        {"person_id": "P1", "signed_on": f"2019-01-0{n}", "text": text}
        for n, (_, text) in enumerate(shown, 1)
    ]
    put(here, {"person": [PERSON], "post": posts, "agreement": agreements})
    for name in ("out", "out.xlsx"):
        here.export(tmp_path / name)
        assert contents(imported(tmp_path / name)) == contents(here)
    here.store.close()
