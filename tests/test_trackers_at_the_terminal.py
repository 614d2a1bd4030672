"""A tracker on the command line: seen, corrected, taken in, undone."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supervise.cli import World, main
from supervise.places import resource
from tests.making import PASSPHRASE
from tests.test_command_line import KEPT, done, environment, quickened, refused, run

__all__ = ["environment"]  # a fixture that these tests share

TRUTHS = KEPT / "trackers"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An empty store with the default policy."""
    path = tmp_path / "a.store"
    done("--store", path, "new")
    return quickened(path)


def test_everything_in_a_matrix_is_told_and_taken(store: Path) -> None:
    said = done("--store", store, "import", TRUTHS / "00-matrix.xlsx", "--yes")
    assert "00-matrix.xlsx, sheet lookups is hidden and was left out." in said.lines
    for line in ("      170  new in sessions", "       16  new in posts"):
        assert line in said.lines
    assert all(len(line) <= 80 for line in said.lines)
    gaps = done("--store", store, "gaps", "--format", "json").json()["gaps"]
    assert gaps
    assert min(gap["first_late_day"] for gap in gaps) >= "2016-04-01"


def in_2026(*words: object) -> str:
    """What a command says on a day of that year."""
    out = io.StringIO()
    world = World(lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "R. Okafor", lambda: PASSPHRASE)
    with redirect_stdout(out):
        assert main(world, [str(word) for word in words]) == 0
    return out.getvalue()


def test_the_example_that_comes_with_the_program(store: Path) -> None:
    in_2026("--store", store, "import", resource("trackers", "duty-team.xlsx"), "--yes")
    people = json.loads(in_2026("--store", store, "status", "--format", "json"))["people"]
    statuses = {each["name"]: each["status"] for each in people}
    assert statuses == {"Ada Quill": "due_soon", "Bo Marsh": "gap", "Cy Tonks": "gap", "Di Ferg": "not_in_post",
                        "R. Okafor": "not_in_post"}  # fmt: skip


def test_nothing_is_stored_by_a_dry_run(store: Path) -> None:
    said = done("--store", store, "import", TRUTHS / "00-log.csv", "--dry-run")
    assert said.lines[-1] == "Nothing was stored."
    assert "“04/21/2017”: left out (only possible as an American date, 21 Apr 2017)" in " ".join(
        said.out.split()
    )
    assert done("--store", store, "status", "--format", "json").json()["people"] == []


def test_readings_are_corrected_in_a_file_and_remembered(store: Path) -> None:
    answers = Path("answers.toml")
    done("--store", store, "import", TRUTHS / "00-log.csv", "--dry-run", "--save-mapping", answers)
    text = answers.read_text("utf-8")
    line = '# "Sinéad Smith | Date of supervision | 04/21/2017" = ""'
    assert line in text
    answers.write_text(text.replace(line, line[2:].replace('""', '"21/4/2017"')), "utf-8")
    said = done("--store", store, "import", TRUTHS / "00-log.csv", "--mapping", answers, "--yes")
    assert "      158  new in sessions" in said.lines
    again = done("--store", store, "import", TRUTHS / "00-log.csv", "--yes")
    assert again.lines[-1] == "There is nothing new in it. Nothing was changed."
    assert "American" not in again.out


def test_a_file_that_was_edited_is_not_written_over(store: Path) -> None:
    Path("answers.toml").write_text("# mine\n", "utf-8")
    words = (
        "--store",
        store,
        "import",
        TRUTHS / "00-log.csv",
        "--dry-run",
        "--save-mapping",
        "answers.toml",
    )
    assert refused(*words).startswith("answers.toml is there already.")
    assert Path("answers.toml").read_text("utf-8") == "# mine\n"


def test_a_name_nearly_that_of_somebody_here_is_refused_and_named(store: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("Date,Worker\n14/02/2017,Sinéad Byrne\n", "utf-8")
    second.write_text("Date,Worker\n14/03/2017,Sinead Byrne\n21/03/2017,Ada Quill\n", "utf-8")
    done("--store", store, "import", first, "--yes")
    told = refused("--store", store, "import", second, "--yes")
    assert told.startswith(
        "two.csv, line 2, column B: “Sinead Byrne” nearly matches Sinéad Byrne; say who this is."
    )
    answers = tmp_path / "answers.toml"
    answers.write_text('[names]\n"Sinead Byrne" = "Sinéad Byrne"\n', "utf-8")
    done("--store", store, "import", second, "--yes", "--mapping", answers)
    people = done("--store", store, "status", "--format", "json").json()["people"]
    assert sorted(each["name"] for each in people) == ["Ada Quill", "Sinéad Byrne"]


def test_the_rest_is_taken_without_whoever_is_not_known_for_sure(store: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("Date,Worker\n14/02/2017,Sinéad Byrne\n", "utf-8")
    second.write_text("Date,Worker\n14/03/2017,Sinead Byrne\n21/03/2017,Ada Quill\n", "utf-8")
    done("--store", store, "import", first, "--yes")
    said = done("--store", store, "import", second, "--yes", "--skip-bad-rows")
    assert "        1  new in sessions" in said.lines
    assert "Sinead Byrne" in Path("two-not-taken.csv").read_text("utf-8-sig")


def test_an_import_is_undone_even_after_later_work_if_that_may_go_too(
    store: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "march.csv", tmp_path / "april.csv"
    one.write_text("Date,Worker\n14/02/2017,Ada Quill\n", "utf-8")
    two.write_text("Date,Worker,Length\n14/02/2017,Ada Quill,60\n", "utf-8")
    done("--store", store, "import", one, "--yes")
    done("--store", store, "import", two, "--yes")
    said = run("--store", store, "undo", "2")
    assert (said.status, "3  Import from april.csv" in said.err) == (1, True)
    assert len(done("--store", store, "status", "--format", "json").json()["people"]) == 1
    done("--store", store, "undo", "2", "--with-later")
    assert done("--store", store, "status", "--format", "json").json()["people"] == []


BAD_ANSWERS = [
    ("[cels]\n", "answers.toml: there is no part “cels”. The parts are sheets, columns, names, cells."),
    ('[columns]\n"Day" = "dat"\n', "answers.toml: “Day” needs one of surname, forename,"),
    ('[sheets]\n"A" = "table"\n', "answers.toml: “A” needs one of log, matrix, register, ignored."),
    ("[names\n", "answers.toml cannot be read:"),
]


@pytest.mark.parametrize(("text", "sentence"), BAD_ANSWERS)
def test_a_file_of_answers_that_cannot_be_used_says_why(store: Path, text: str, sentence: str) -> None:
    Path("answers.toml").write_text(text, "utf-8")
    told = refused("--store", store, "import", TRUTHS / "00-log.csv", "--mapping", "answers.toml")
    assert told.startswith(sentence)


def test_a_person_may_be_named_instead_of_given_by_id(store: Path) -> None:
    in_2026("--store", store, "import", resource("trackers", "duty-team.xlsx"), "--yes")
    told = " ".join(in_2026("--store", store, "explain", "cy tonks").split())
    assert "Cy Tonks: senior social worker" in told
    assert refused("--store", store, "explain", "Cy").startswith("There is no person “Cy” here.")
