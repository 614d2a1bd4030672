"""Whatever is wrong with a file is told in one plain sentence with its place, and nothing is stored."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from supervise.errors import BadFile, FileTrouble, NotAllowed
from supervise.workspace import Workspace
from tests.making import contents, workspace

GOOD = {
    "people": "person_id,name\nP1,Ada\n",
    "posts": "person_id,team,role,from,to\nP1,North,social_worker,2017-01-02,\n",
    "absences": "person_id,kind,from,to\nP1,sickness,2017-02-01,2017-02-03\n",
    "sessions": "session_id,person_id,kind,status,held_on,minutes\nS1,P1,one_to_one,held,2017-03-01,90\n",
}


@pytest.fixture(scope="module")
def here() -> Iterator[Workspace]:
    """A workspace on a store that holds something, and must hold just that in the end."""
    here = workspace()
    with here.store.change("Put", by="R. Okafor") as change:
        change.put("person", {"id": "M1", "name": "Bo"})
    before, head = contents(here), here.store.head()
    yield here
    assert (contents(here), here.store.head()) == (before, head)
    here.store.close()


def folder(path: Path, **files: str | bytes) -> Path:
    """A good folder in which these files are otherwise."""
    path.mkdir()
    for name, text in (GOOD | files).items():
        raw = text if isinstance(text, bytes) else text.encode()
        (path / f"{name}.csv").write_bytes(raw)
    return path


def refusals(here: Workspace, path: Path) -> list[str]:
    """Why a file is not taken: the sentence of what stops the reading, or one for each thing refused."""
    try:
        plan = here.plan_import(path)
    except (BadFile, FileTrouble) as error:
        return [error.sentence] if error.remedy else []
    if plan.problems:
        with pytest.raises(NotAllowed, match="nothing was stored"):
            here.carry_out(plan)
    return [str(problem) for problem in plan.problems]


SESSION = "session_id,person_id,kind,status,held_on"

ROWS = {
    "an unknown word": (
        {"absences": "person_id,kind,from\nP1,holiday,2017-02-01\n"},
        "absences.csv, line 2, column kind: “holiday” is not one of annual_leave, sickness, maternity, "
        "secondment, suspension, study, other.",
    ),
    "a known word in capitals": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,Held,2017-03-01\n"},
        "sessions.csv, line 2, column status: “Held” is not one of planned, held, cancelled, missed.",
    ),
    "a day that never was": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,held,2017-02-30\n"},
        "sessions.csv, line 2, column held_on: “2017-02-30” is not a date that exists.",
    ),
    "a year of the Romans": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,held,0217-02-03\n"},
        "sessions.csv, line 2, column held_on: the year of “0217-02-03” cannot be right.",
    ),
    "a British date": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,held,03/02/2017\n"},
        "sessions.csv, line 2, column held_on: “03/02/2017” is not a date written like 2017-03-14.",
    ),
    "Arabic digits": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,held,٢٠١٧-٠٣-١٤\n"},
        "sessions.csv, line 2, column held_on: “٢٠١٧-٠٣-١٤” is not a date written like 2017-03-14.",
    ),
    "a post that ends before it begins": (
        {"posts": "person_id,team,role,from,to\nP1,North,social_worker,2017-02-02,2017-02-01\n"},
        "posts.csv, line 2, column to: 2017-02-01 is before “from”, 2017-02-02.",
    ),
    "an absence that ends before it begins": (
        {"absences": "person_id,kind,from,to\n\nP1,sickness,2017-02-02,2017-02-01\n"},
        "absences.csv, line 3, column to: 2017-02-01 is before “from”, 2017-02-02.",
    ),
    "somebody who left before they came": (
        {"people": "person_id,name,employed_from,left_on\nP1,Ada,2017-02-02,2017-02-01\n", "posts": "",
         "absences": "", "sessions": ""},
        "people.csv, line 2, column left_on: 2017-02-01 is before “employed_from”, 2017-02-02.",
    ),
    "an id twice": (
        {"sessions": f"{SESSION}\nS1,P1,group,held,2017-03-01\nS1,P1,group,held,2017-04-01\n"},
        "sessions.csv, line 3, column session_id: “S1” is there already, on line 2.",
    ),
    "a place in a record twice": (
        {"session_sections": "session_id,position,part,heading\nS1,1,case,A\nS1,1,case,B\n"},
        "session_sections.csv, line 3, column position: “1” is there already, on line 2.",
    ),
    "a reference to nobody": (
        {"absences": "person_id,kind,from\nP9,sickness,2017-02-01\n"},
        "absences.csv, line 2, column person_id: there is no person “P9” here or in the file.",
    ),
    "a reference to no session": (
        {"late_entries": "session_id,entered_on,text\nS9,2017-02-01,Forgot.\n"},
        "late_entries.csv, line 2, column session_id: there is no session “S9” here or in the file.",
    ),
    "a broken quotation mark": (
        {"people": 'person_id,name\nP1,"Ada\n'},
        "people.csv, line 2: a quotation mark is missing or stands in the wrong place.",
    ),
    "a quotation mark too many": (
        {"people": 'person_id,name\nP0,Bo\nP1,"Ada" L\n'},
        "people.csv, line 3: a quotation mark is missing or stands in the wrong place.",
    ),
    "Latin-1": (
        {"people": "person_id,name\nP0,Bo\nP1,Siân\n".encode("latin-1")},
        "people.csv, line 3: this is not UTF-8 text.",
    ),
    "UTF-16": ({"people": GOOD["people"].encode("utf-16")}, "people.csv, line 1: this is not UTF-8 text."),
    "NUL": (
        {"people": "person_id,name\nP1,A\0da\n", "posts": "", "absences": "", "sessions": ""},
        "people.csv, line 2, column name: this holds a character that no text can have (NUL, or half of one).",
    ),
    "more cells than columns": (
        {"absences": "person_id,kind,from\nP1,sickness,2017-02-01,\nP1,study,2017-03-01,,x\n"},
        "absences.csv, line 3: there are more cells than columns.",
    ),
    "a column twice": (
        {"absences": "person_id,kind,from,From\nP1,sickness,2017-02-01,2017-02-01\n"},
        "absences.csv, line 1, column from: this column is there twice.",
    ),
    "a column missing": (
        {"absences": "\nperson_id,from\nP1,2017-02-01\n"},
        "absences.csv, line 2, column kind: this column is missing, and is needed.",
    ),
    "a cell missing": (
        {"absences": "person_id,kind,from\nP1, ,2017-02-01\n"},
        "absences.csv, line 2, column kind: this is empty, and is needed.",
    ),
    "a held session without its day": (
        {"sessions": f"{SESSION}\nS1,P1,one_to_one,held,\n"},
        "sessions.csv, line 2, column held_on: a held session needs the day it was held.",
    ),
    "a length in words": (
        {"sessions": f"{SESSION},minutes\nS1,P1,group,held,2017-03-01,1h30\n"},
        "sessions.csv, line 2, column minutes: “1h30” is not a whole number of 0 or more.",
    ),
    "a negative part of full time": (
        {"posts": "person_id,team,role,from,fte\nP1,North,social_worker,2017-02-02,-0.6\n"},
        "posts.csv, line 2, column fte: “-0.6” is not a number of 0 or more.",
    ),
    "a time of day that is none": (
        {"sessions": f"{SESSION},started_at\nS1,P1,group,held,2017-03-01,24:00\n"},
        "sessions.csv, line 2, column started_at: “24:00” is not a time written like 09:30.",
    ),
    "neither yes nor no": (
        {"sessions": f"{SESSION},interrupted\nS1,P1,group,held,2017-03-01,perhaps\n"},
        "sessions.csv, line 2, column interrupted: “perhaps” is not yes or no.",
    ),
    "a frequency that is none": (
        {"variations": "person_id,clock,every,from\nP1,one_to_one,weekly,2017-03-01\n"},
        "variations.csv, line 2, column every: “weekly” does not begin with a whole number of 1 or more, "
        "as in “2 weeks”.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ROWS)
def test_it_is_refused_with_its_place(here: Workspace, tmp_path: Path, what: str) -> None:
    files, sentence = ROWS[what]
    assert refusals(here, folder(tmp_path / "in", **files)) == [sentence]


def test_the_folder_without_faults_would_be_taken(here: Workspace, tmp_path: Path) -> None:
    plan = here.plan_import(folder(tmp_path / "in"))
    assert (plan.problems, plan.added) == ([], {"person": 1, "post": 1, "absence": 1, "session": 1})


def test_everything_wrong_is_told_at_once(here: Workspace, tmp_path: Path) -> None:
    sessions = f"{SESSION}\nS1,P1,tea,held,2017-02-30\nS2,P9,group,held,2017-03-01\nS3,P1,group,held,2017-03-01\n"
    told = refusals(
        here, folder(tmp_path / "in", sessions=sessions, people="person_id,name\nP1,Ada\nP2,\n")
    )
    assert [line.partition(":")[0] for line in told] == [
        "people.csv, line 3, column name",
        "sessions.csv, line 2, column kind",
        "sessions.csv, line 2, column held_on",
        "sessions.csv, line 3, column person_id",
    ]


def test_what_hangs_on_a_refused_row_is_refused_with_it_and_the_rest_can_be_taken(
    tmp_path: Path,
) -> None:
    people = "person_id,name\nP1,Ada\nP2,\n"
    posts = "person_id,team,role,from\nP1,North,social_worker,2017-01-02\nP2,North,nqsw,2017-01-02\n"
    here = workspace()
    plan = here.plan_import(folder(tmp_path / "in", people=people, posts=posts))
    assert [str(problem) for problem in plan.problems] == [
        "people.csv, line 3, column name: this is empty, and is needed.",
        "posts.csv, line 3, column person_id: there is no person “P2” here or in the file.",
    ]
    here.carry_out(plan, skip_bad_rows=True)
    assert [row["person_id"] for row in here.store.rows("post")] == ["P1"]


# Whole files


def save(path: Path, sheets: dict[str, list[list[object]]], **extra: bytes) -> Path:
    """A workbook, with more parts put into it."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    with zipfile.ZipFile(path, "a") as packed:
        for name, content in extra.items():
            packed.writestr(name, content)
    return path


PEOPLE: list[list[object]] = [["person_id", "name"], ["P1", "Ada"]]


def replace_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part of it altered."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_an_empty_file(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "people.csv").touch()
    assert refusals(here, tmp_path / "in") == ["people.csv is empty."]
    (tmp_path / "empty.xlsx").touch()
    assert refusals(here, tmp_path / "empty.xlsx") == ["empty.xlsx is empty."]


def test_an_empty_file_among_others_is_told(here: Workspace, tmp_path: Path) -> None:
    plan = here.plan_import(folder(tmp_path / "in", absences="\n\n"))
    assert (plan.problems, plan.notes) == ([], ["absences.csv is empty."])


def test_an_empty_folder(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert refusals(here, tmp_path / "in") == ["in holds none of the files that can be taken in."]


def test_nothing_at_all(here: Workspace, tmp_path: Path) -> None:
    assert refusals(here, tmp_path / "in") == [f"There is nothing at {tmp_path / 'in'}."]


def test_a_single_csv_file(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(GOOD["people"])
    assert refusals(here, tmp_path / "people.csv") == ["people.csv is a single CSV file."]


@pytest.mark.parametrize("name", ["in/people.csv", "in.xlsx"])
def test_a_file_of_200_megabytes(here: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    with open(path, "wb") as file:
        file.truncate(200 * 2**20)
    told = f"{path.name} is 200 MB; at most 150 MB are read at once."
    assert refusals(here, tmp_path / name.partition("/")[0]) == [told]


def test_a_bomb_that_says_so(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/more.xml", "w") as part,
    ):
        for _ in range(401):
            part.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    assert refusals(here, path) == ["in.xlsx would unpack to more than 400 MB."]


def test_a_bomb_that_lies(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE})
    replace_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 2**20)
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert refusals(here, path) == ["in.xlsx cannot be read as a workbook."]


def test_a_sheet_that_claims_a_row_beyond_every_end(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE})
    far = lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"')  # noqa: E731
    replace_part(path, "xl/worksheets/sheet1.xml", far)
    assert refusals(here, path) == ["in.xlsx cannot be read as a workbook."]


def test_a_sheet_that_says_a_wrong_size_is_read_as_it_is(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE})
    huge = lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')  # noqa: E731
    replace_part(path, "xl/worksheets/sheet1.xml", huge)
    plan = here.plan_import(path)
    assert (plan.problems, plan.added) == ([], {"person": 1})


def test_entities_that_multiply(here: Workspace, tmp_path: Path) -> None:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))]
    doctype = f"<!DOCTYPE laugh [{''.join(lines)}]>".encode()
    laughing = lambda xml: doctype + xml.replace(b"Ada", b"&a11;")  # noqa: E731
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        path = replace_part(save(tmp_path / "in.xlsx", {"people": PEOPLE}), part, laughing)
        assert refusals(here, path) == ["in.xlsx cannot be read as a workbook."]


@pytest.mark.parametrize("formula", ['="Ada"', "=1+1", '=HYPERLINK("https://example.org")'])
def test_a_formula(here: Workspace, tmp_path: Path, formula: str) -> None:
    path = save(tmp_path / "in.xlsx", {"people": [*PEOPLE, ["P2", formula]]})
    told = "in.xlsx, sheet people, line 3, column name: this holds a formula or its error; put a value in its place."
    assert refusals(here, path) == [told]


def test_the_error_of_a_formula(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": [*PEOPLE, ["P2", "#REF!"]]})
    assert [told.partition(":")[0] for told in refusals(here, path)] == [
        "in.xlsx, sheet people, line 3, column name"
    ]


def test_macros(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE}, **{"xl/vbaProject.bin": b"not really"})
    assert refusals(here, path) == ["in.xlsx holds macros, which are never run here."]


def test_a_container_of_nothing(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    assert refusals(here, tmp_path / "in.xlsx") == ["in.xlsx cannot be read as a workbook."]


def test_a_photograph(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes(bytes.fromhex("ffd8ffe000104a464946") + os.urandom(4096))
    assert refusals(here, tmp_path / "in.xlsx") == ["in.xlsx is a photograph, not a spreadsheet."]


def test_a_zip_file_that_is_no_workbook(here: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert refusals(here, tmp_path / "in.xlsx") == [
        "in.xlsx is a Word document, not a spreadsheet that can be read."
    ]


def test_a_workbook_cut_short(here: Workspace, tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.xlsx", {"people": PEOPLE}).read_bytes()
    (tmp_path / "in.xlsx").write_bytes(whole[: len(whole) * 2 // 3])
    assert refusals(here, tmp_path / "in.xlsx") == ["in.xlsx cannot be read as a workbook."]


def test_a_sheet_cut_short(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE})
    replace_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml[:-60])
    assert refusals(here, path) == ["in.xlsx cannot be read as a workbook."]


def test_a_sheet_twice(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": PEOPLE, "People ": PEOPLE})
    assert refusals(here, path) == ["in.xlsx, sheet People : “people” is there twice."]


def test_a_workbook_with_nothing_known_in_it(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"Sheet1": PEOPLE})
    (told,) = refusals(here, path)
    assert told.startswith("in.xlsx does not look like a supervision tracker: no column of names")


def test_a_day_beyond_the_calendar_in_a_cell_for_dates(here: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "absences"
    book.active.append(["person_id", "kind", "from"])
    book.active.append(["M1", "study", 99999999])
    book.active["C2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "in.xlsx")
    told = [line.partition(":")[0] for line in refusals(here, tmp_path / "in.xlsx")]
    assert told == ["in.xlsx, sheet absences, line 2, column from"]


def test_half_a_character_in_a_cell(here: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path / "in.xlsx", {"people": [["person_id", "name"], ["P1", "_xD800_"]]})
    told = [line.partition(":")[0] for line in refusals(here, path)]
    assert told == ["in.xlsx, sheet people, line 2, column name"]


def test_a_folder_where_a_file_should_be(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in" / "people.csv").mkdir(parents=True)
    assert refusals(here, tmp_path / "in") == ["people.csv is not a file."]


def test_something_that_is_no_file_and_never_ends(here: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "people.csv")
    assert refusals(here, tmp_path / "in") == ["people.csv is not a file."]


_AS_SOMEBODY = """
import os, sys
from pathlib import Path
from supervise.errors import FileTrouble
from supervise.exchange.reading import read
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
for name in sys.argv[1:]:
    try:
        read(Path(name))
    except FileTrouble as error:
        print(error.sentence)
"""


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that every user of the machine can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_what_may_not_be_read(open_to_all: Path) -> None:
    """As another user, if this one may read everything."""
    locked, one = folder(open_to_all / "locked"), open_to_all / "one"
    one.mkdir()
    (one / "people.csv").write_text(GOOD["people"])
    workbook = save(open_to_all / "in.xlsx", {"people": PEOPLE})
    forbidden = (locked, one / "people.csv", workbook)
    for path in forbidden:
        path.chmod(0)
    paths = map(str, (locked, one, workbook, locked / "people"))
    command = [sys.executable, "-c", _AS_SOMEBODY, *paths]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    for path in forbidden:
        path.chmod(0o700)
    assert (done.stderr, done.stdout.splitlines()) == ("", [
        f"The folder {locked} cannot be read (Permission denied).",
        "people.csv cannot be read (Permission denied).",
        "in.xlsx cannot be read (Permission denied).",
        f"{locked / 'people'} cannot be read (Permission denied).",
    ])  # fmt: skip


# Policies


def test_a_bad_policy_is_refused_with_file_and_line(here: Workspace, tmp_path: Path) -> None:
    path = folder(tmp_path / "in")
    (path / "policies").mkdir()
    (path / "policies" / "ours, new.toml").write_text(
        '[policy]\nid = "Ours!"\ntitle = "Ours"\n', "utf-8"
    )
    told = "policies/ours, new.toml: line 2: an id is made of a to z, 0 to 9 and hyphens."
    assert refusals(here, path) == [told]


def test_a_policy_twice(here: Workspace, tmp_path: Path) -> None:
    kept = Path(__file__).parents[1] / "kept" / "policies" / "county-2018.toml"
    path = folder(tmp_path / "in")
    (path / "policies").mkdir()
    for name in ("a.toml", "b.toml"):
        (path / "policies" / name).write_bytes(kept.read_bytes())
    assert refusals(here, path) == ["policies/b.toml: there is a policy “county-2018” already."]


def test_a_bad_policy_in_a_workbook(here: Workspace, tmp_path: Path) -> None:
    path = save(
        tmp_path / "in.xlsx", {"people": PEOPLE, "policies": [["policy_id", "toml"], ["x", "[policy]"]]}
    )
    assert [told.partition(": ")[0] for told in refusals(here, path)] == [
        "in.xlsx, sheet policies, line 2, column toml"
    ]


# Odd, but possible


ODD = {
    "posts that overlap": (
        {"posts": "person_id,team,role,from,to\nP1,North,nqsw,2017-01-02,2017-06-30\nP1,South,nqsw,2017-06-30,\n"},
        "1 person with posts that overlap, of which the one that started later holds (P1).",
    ),
    "absences that overlap": (
        {"absences": "person_id,kind,from,to\nP1,sickness,2017-02-01,\nP1,study,2017-09-01,2017-09-02\n"},
        "1 person with absences that overlap (P1).",
    ),
    "a session before any post": (
        {"sessions": f"{SESSION}\nS1,P1,group,held,2017-01-01\n"},
        "1 session held outside any post, kept but counted for nothing (S1).",
    ),
    "somebody without a post": (
        {"people": GOOD["people"] + "P2,Bo\nP3,Cai\n"},
        "2 people without a post, for whom nothing falls due (P2, P3).",
    ),
    "ten hours": (
        {"sessions": f"{SESSION},minutes\nS1,P1,group,held,2017-03-01,600\nS2,P1,group,held,2017-03-02,599\n"},
        "1 session of ten hours or more (S1).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_it_is_taken_with_a_warning(tmp_path: Path, what: str) -> None:
    files, warning = ODD[what]
    here = workspace()
    plan = here.plan_import(folder(tmp_path / "in", **files))
    assert (plan.problems, plan.warnings) == ([], [warning])
    here.carry_out(plan)
    assert {"person", "post", "absence", "session"} <= contents(here).keys()


def test_a_supervisor_without_a_post_is_nothing_odd(tmp_path: Path) -> None:
    posts = "person_id,team,role,from,supervisor_id\nP1,North,nqsw,2017-01-02,P2\n"
    path = folder(tmp_path / "in", posts=posts, people=GOOD["people"] + "P2,Bo\n")
    assert workspace().plan_import(path).warnings == []


def test_many_oddities_are_one_sentence(tmp_path: Path) -> None:
    lines = "".join(f"S{n:04},P1,group,held,2016-01-01\n" for n in range(1200))
    (warning,) = (
        workspace().plan_import(folder(tmp_path / "in", sessions=f"{SESSION}\n{lines}")).warnings
    )
    assert warning.startswith("1,200 sessions held outside any post")
    assert warning.endswith("S0009 and 1,190 more).")
