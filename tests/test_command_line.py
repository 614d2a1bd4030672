"""The command line, as people and other programs use it (interchange, section 3)."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from supervise.cli import World, main
from supervise.cli.opening import PRACTICE_PASSPHRASE
from supervise.doing.papers.listed import PAPERS
from supervise.places import Places
from supervise.store import keys, open_store
from tests.making import ME, PASSPHRASE, TODAY, now, write_csv

KEPT = Path(__file__).parent / "kept"
ROOT = Path(__file__).parents[1]
POLICIES = {
    "standards": ("standards-2020-with-defaults",),
    "standards+county": ("standards-2020-with-defaults", "county-2018"),
}
DAY = TODAY.isoformat()


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def json(self) -> Any:
        return json.loads(self.out)


def run(*words: object, secret: str | None = PASSPHRASE, me: str = ME) -> Said:
    """One command in this process, in a world of the tests."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(
            World(now=now, me=me, take_passphrase=lambda: secret), [str(word) for word in words]
        )
    return Said(status, out.getvalue(), err.getvalue())


def done(*words: object, **world: Any) -> Said:
    """The same, which must succeed and have nothing to complain of."""
    said = run(*words, **world)
    assert (said.status, said.err) == (0, "")
    return said


def refused(*words: object, **world: Any) -> str:
    """The sentence with which a command refuses."""
    said = run(*words, **world)
    assert said.status == 1
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    return said.err.strip()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No store, passphrase or keyring of whoever runs the tests; and nothing written where they stand."""
    for name in ("SUPERVISE_STORE", "SUPERVISE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(tmp_path)


def quickened(store: Path, secret: str = PASSPHRASE) -> Path:
    """The same store, whose passphrase is checked with the least work allowed: these tests open it often."""
    slots = Places(store).slots
    file = keys.read(slots)
    (key,) = keys.unwrap(file, secret)
    least = {"memory_kib": 64 * 1024, "iterations": 1, "lanes": 4}
    pair = keys.wrap(key, secret, keys.new_recovery_key(), file.store_id, least)
    keys.write(slots, keys.SlotsFile(file.store_id, (pair,)))
    return store


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Stores with the sample service, under each set of policies: never altered by a test."""
    made = {}
    for name, policies in POLICIES.items():
        store = tmp_path_factory.mktemp("sample") / "a.store"
        files = [
            word for policy in policies for word in ("--policy", KEPT / "policies" / f"{policy}.toml")
        ]
        done("--store", store, "new", *files)
        made[name] = quickened(store)
        done("--store", store, "import", KEPT / "service")
    return made


@pytest.fixture(params=POLICIES)
def sample(request: pytest.FixtureRequest, samples: dict[str, Path]) -> tuple[str, Path]:
    """One set of policies, and the store with the sample service under it."""
    return request.param, samples[request.param]


@pytest.fixture(scope="module")
def county(samples: dict[str, Path]) -> Path:
    """The sample service under both policies, for what needs to be seen only once."""
    return samples["standards+county"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the practice service on the day of the tests."""
    store = tmp_path_factory.mktemp("practice") / "a.store"
    done("--store", store, "practice")
    return quickened(store, PRACTICE_PASSPHRASE)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, closed store."""
    store = tmp_path_factory.mktemp("new") / "a.store"
    done("--store", store, "new")
    return quickened(store)


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Path:
    """A new store of the test's own."""
    return Path(shutil.copytree(empty.parent, tmp_path / "own")) / "a.store"


@pytest.fixture
def own_service(service: Path, tmp_path: Path) -> Path:
    """A practice store of the test's own."""
    return Path(shutil.copytree(service.parent, tmp_path / "own")) / "a.store"


def people(folder: Path, *rows: tuple[str, ...]) -> Path:
    """An interchange folder with only these people."""
    folder.mkdir(exist_ok=True)
    write_csv(folder / "people.csv", [("person_id", "name", "employed_from"), *rows])
    return folder


ADA = ("P1", "Ada", "2017-03-01")
BAD = ("P2", "Bo", "2017-02-30")


# new, practice


def test_new_starts_with_the_default_policy_and_shows_the_recovery_key_once(tmp_path: Path) -> None:
    store = tmp_path / "a.store"
    said = done("--store", store, "new")
    key = re.findall(r"^    ([A-Z2-7]{4}(?:-[A-Z2-7]{4}){7})$", said.out, re.MULTILINE)
    assert len(key) == 1
    assert said.out.count(key[0]) == 1
    assert "Employer standards 2020, with our own defaults" in " ".join(said.out.split())
    assert "standards-2020-with-defaults" in done("--store", store, "policy", "list", secret=key[0]).out
    assert [path for path in tmp_path.iterdir() if key[0].encode() in path.read_bytes()] == []


def test_new_takes_the_policies_given_and_no_other(sample: tuple[str, Path]) -> None:
    name, store = sample
    ids = [
        line.split()[0]
        for line in done("--store", store, "policy", "list").lines[2:]
        if line[:1].strip()
    ]
    assert ids == list(POLICIES[name])


def test_new_makes_nothing_of_a_bad_policy(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('[policy]\nid = "x"\n', "utf-8")
    told = refused("--store", tmp_path / "a.store", "new", "--policy", tmp_path / "bad.toml")
    assert told == "bad.toml, line 1: “title” is missing here. Correct that line and try again."
    assert [path.name for path in tmp_path.iterdir()] == ["bad.toml"]


def test_new_overwrites_no_store(store: Path) -> None:
    before = store.read_bytes()
    told = refused("--store", store, "new")
    assert told == f"There is already a store at {store}. Open it, or name another place with --store."
    assert store.read_bytes() == before


def test_practice_needs_no_passphrase_and_follows_today(service: Path) -> None:
    said = done("--store", service, "status", secret=None)
    assert said.lines[0].startswith("As at Thursday 31 October 2019: ")
    board = done("--store", service, "status", "--format", "json", secret=None).json()
    assert {"gap", "overdue", "due_soon", "on_track", "absent"} <= {
        row["status"] for row in board["people"]
    }


def test_a_real_store_may_stand_where_a_practice_store_was(own_service: Path) -> None:
    own_service.unlink()
    done("--store", own_service, "new")
    assert "always" in done("--store", own_service, "policy", "list").out


# import


def test_a_dry_run_tells_and_stores_nothing(store: Path) -> None:
    said = done("--store", store, "import", KEPT / "service", "--dry-run")
    for line in (
        "69  new in people",
        "141  new in posts",
        "2043  new in sessions",
        "Nothing was stored.",
    ):
        assert line in said.out
    assert [line for line in done("--store", store, "history").lines if "Import" in line] == []


def test_without_a_terminal_what_is_listed_is_taken(store: Path, tmp_path: Path) -> None:
    said = done("--store", store, "import", people(tmp_path / "in", ADA))
    assert said.lines == [
        "        1  new in people",
        "        1  to look at:",
        "           1 person without a post, for whom nothing falls due (P1).",
        "Done. “supervise undo 2” takes it back.",
    ]
    said = done("--store", store, "import", tmp_path / "in", "--yes")
    assert said.lines[0] == "        1  known already, and the same"
    assert said.lines[-1] == "There is nothing new in it. Nothing was changed."


def test_one_bad_row_stops_all_of_it_and_is_named(store: Path, tmp_path: Path) -> None:
    told = refused("--store", store, "import", people(tmp_path / "in", ADA, BAD))
    assert told == (
        "people.csv, line 3, column employed_from: “2017-02-30” is not a date that exists. "
        "Nothing was stored. Correct it and try again, or use --skip-bad-rows to take the rest."
    )
    assert done("--store", store, "status", "--format", "json").json()["people"] == []


def test_many_bad_rows_are_listed_and_counted(store: Path, tmp_path: Path) -> None:
    path = people(tmp_path / "in", *((f"P{n}", "", "2017-02-30") for n in range(30)))
    said = run("--store", store, "import", path)
    assert said.status == 1
    assert said.err.startswith("60 things in in cannot be taken, so that nothing was stored. ")
    assert "people.csv, line 2, column name: this is empty, and is needed." in said.out
    assert "and 40 more." in said.out


def test_bad_rows_can_be_left_out_and_are_listed_in_a_file(store: Path, tmp_path: Path) -> None:
    said = done("--store", store, "import", people(tmp_path / "in", ADA, BAD), "--skip-bad-rows")
    assert said.lines[-2:] == [
        "What was not taken is listed in in-not-taken.csv.",
        "Done. “supervise undo 2” takes it back.",
    ]
    with open(tmp_path / "in-not-taken.csv", encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"file": "people.csv", "line": "3", "column": "employed_from",
             "reason": "“2017-02-30” is not a date that exists"}
        ]  # fmt: skip
    ids = [
        row["person_id"] for row in done("--store", store, "status", "--format", "json").json()["people"]
    ]
    assert ids == ["P1"]


def test_what_a_later_copy_would_change_is_shown(store: Path, tmp_path: Path) -> None:
    done("--store", store, "import", people(tmp_path / "in", ADA))
    said = done(
        "--store", store, "import", people(tmp_path / "in", ("P1", "Ada Lovelace", "2017-03-01"))
    )
    assert " ".join(said.out.split()).startswith(
        "1 changed to what the file says: people.csv, line 2, column name: “Ada” here, “Ada Lovelace” in the file"
    )


def test_an_import_makes_a_backup_first(store: Path, tmp_path: Path) -> None:
    done("--store", store, "import", people(tmp_path / "in", ADA))
    assert ["before-import" in path.name for path in Places(store).backups.iterdir()] == [True]


def test_import_of_nothing(store: Path) -> None:
    told = refused("--store", store, "import", "nothing-here")
    assert told == "There is nothing at nothing-here. Check the name and try again."


# export


def test_export_and_import_give_the_same_again(own_service: Path, tmp_path: Path) -> None:
    said = done("--store", own_service, "export", tmp_path / "one")
    assert "not encrypted" in said.out
    done("--store", own_service, "undo", 1)
    done("--store", own_service, "import", tmp_path / "one")
    done("--store", own_service, "export", tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 15
    for path in (tmp_path / "one").rglob("*.*"):
        assert (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes() == path.read_bytes()
    assert "is there already" in refused("--store", own_service, "export", tmp_path / "one")


# status, gaps, measures: JSON


def agrees(expected: Any, given: Any, where: str = "") -> list[str]:
    """Where an answer is not what was expected, key by key; it may say more."""
    if isinstance(expected, dict):
        return [
            line
            for key in expected
            for line in agrees(expected[key], given.get(key, "nothing"), f"{where}.{key}")
        ]
    if isinstance(expected, list) and len(expected) == len(given):
        return [
            line for n, one in enumerate(expected) for line in agrees(one, given[n], f"{where}[{n}]")
        ]
    return [] if expected == given else [f"{where}: {given} instead of {expected}"]


QUESTIONS: dict[str, Sequence[str]] = {
    "status": ("status", "--as-at", DAY),
    "status-known-at": ("status", "--as-at", DAY, "--known-at", "2019-10-11"),
    "gaps": ("gaps", "--as-at", DAY),
    "measures": ("measures", "--from", "2019-01-01", "--to", DAY, "--as-at", DAY),
}
WHO = ["person_id", "name", "team"]
STATUS = [*WHO, "role", "basis", "supervisor_id", "status", "last_held", "due", "late_by", "rule", "away",
          "booked_on", "booked_in_time"]  # fmt: skip
GAPS = [*WHO, "supervisor_id", "last_held", "due", "late_by", "first_late_day", "last_late_day", "days_late",
        "days_away", "ended", "closed_by", "interval_days", "interval_days_in_scope"]  # fmt: skip
MEASURES = ["group", "on_time", "covered_days", "in_policy", "clear_months", "evidenced", "long_enough",
            "supervised_in_month", "gaps", "gaps_carried_in", "longest_gap_days", "excluded"]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_the_sample(sample: tuple[str, Path], question: str) -> None:
    name, store = sample
    expected = json.loads((KEPT / "service" / "expected" / name / f"{question}.json").read_text("utf-8"))
    assert (
        agrees(expected, done("--store", store, *QUESTIONS[question], "--format", "json").json()) == []
    )


def test_json_has_the_keys_of_the_specification_in_its_order(county: Path) -> None:
    status = done("--store", county, *QUESTIONS["status-known-at"], "--format", "json").json()
    assert list(status) == ["as_at", "known_at", "clock", "people"]
    assert {tuple(row) for row in status["people"]} == {tuple(STATUS)}
    assert [row["person_id"] for row in status["people"]] == sorted(
        row["person_id"] for row in status["people"]
    )
    gaps = done("--store", county, *QUESTIONS["gaps"], "--format", "json").json()
    assert list(gaps) == ["as_at", "known_at", "clock", "gaps"]
    assert {tuple(row) for row in gaps["gaps"]} == {tuple(GAPS)}
    order = [(row["person_id"], row["first_late_day"]) for row in gaps["gaps"]]
    assert order == sorted(order)
    measures = done("--store", county, *QUESTIONS["measures"], "--by", "team", "--format", "json").json()
    assert list(measures) == ["from", "to", "as_at", "clock", "groups"]
    assert {tuple(group) for group in measures["groups"]} == {tuple(MEASURES)}
    assert {tuple(each) for group in measures["groups"] for each in group["excluded"]} == {
        ("person_id", "reason")
    }
    assert len(measures["groups"]) == 7


def test_gaps_of_a_period_are_those_with_a_late_day_in_it(county: Path) -> None:
    asked = ("gaps", "--as-at", DAY, "--from", "2019-09-01", "--to", "2019-09-30", "--format", "json")
    every = done("--store", county, *QUESTIONS["gaps"], "--format", "json").json()["gaps"]
    some = done("--store", county, *asked).json()["gaps"]
    overlap = [
        gap
        for gap in every
        if gap["first_late_day"] <= "2019-09-30" and gap["last_late_day"] >= "2019-09-01"
    ]
    assert 0 < len(some) < len(every)
    assert [gap for gap in some if gap not in overlap] == []


def test_a_team_alone(county: Path) -> None:
    asked = ("--as-at", DAY, "--team", "Leaving Care", "--format", "json")
    for question, key in (("status", "people"), ("gaps", "gaps")):
        rows = done("--store", county, question, *asked).json()[key]
        assert {row["team"] for row in rows} == {"Leaving Care"}


def test_today_is_the_day_unless_another_is_given(county: Path) -> None:
    assert done("--store", county, "status", "--format", "json").json()["as_at"] == DAY


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv_has_a_line_for_each_row_of_the_json(county: Path, question: str) -> None:
    answer = done("--store", county, *QUESTIONS[question], "--format", "json").json()
    rows = list(
        csv.DictReader(io.StringIO(done("--store", county, *QUESTIONS[question], "--format", "csv").out))
    )
    wanted = next(value for value in answer.values() if isinstance(value, list))
    assert len(rows) == len(wanted)
    if question != "measures":
        assert list(rows[0]) == list(wanted[0])
        assert [row["person_id"] for row in rows] == [row["person_id"] for row in wanted]


CASES = {
    "people": [("person_id", "name"), ("M1", "Bo"), ("P1", "=Ada()")],
    "posts": [("person_id", "team", "role", "supervisor_id", "from"),
              ("P1", "North", "social_worker", "M1", "2019-01-07")],
    "cases": [("person_id", "case_ref", "plan", "from"), ("P1", "C/2", "cin", "2019-06-03"),
              ("P1", "C/10", "cp", "2019-06-03")],
    "sessions": [("session_id", "person_id", "kind", "status", "held_on"),
                 ("S1", "P1", "case", "held", "2019-07-01")],
    "case_discussions": [("session_id", "case_ref", "decision"), ("S1", "C/2", "Carry on.")],
}  # fmt: skip
CASE_POLICY = """
[policy]
id = "cases"
title = "Cases"
[[clock]]
name = "case_review"
per = "case"
counts = ["case"]
[[clock.rule]]
every = "1 month"
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a clock for cases."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "in").mkdir()
    for name, rows in CASES.items():
        write_csv(folder / "in" / f"{name}.csv", rows)
    (folder / "cases.toml").write_text(CASE_POLICY, "utf-8")
    done("--store", folder / "a.store", "new", "--policy", folder / "cases.toml")
    quickened(folder / "a.store")
    done("--store", folder / "a.store", "import", folder / "in")
    return folder / "a.store"


def test_of_a_case_clock_the_rows_are_cases(cases: Path) -> None:
    status = done("--store", cases, "status", "--format", "json").json()
    assert status["clock"] == "case_review"
    assert [list(row) for row in status["people"]] == [["case_ref", *STATUS]] * 2
    assert [(row["case_ref"], row["person_id"]) for row in status["people"]] == [
        ("C/10", "P1"),
        ("C/2", "P1"),
    ]
    gaps = done("--store", cases, "gaps", "--format", "json").json()["gaps"]
    assert [list(row) for row in gaps] == [["case_ref", *GAPS]] * 2
    assert "Last held 1 July." in done("--store", cases, "explain", "C/2").out


def test_a_csv_for_spreadsheets_holds_nothing_that_they_would_run(cases: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(done("--store", cases, "status", "--format", "csv").out)))
    assert {row["name"] for row in rows} == {"'=Ada()"}


# Tables


TOLD = [
    ("status", "--as-at", DAY),
    ("status", "--as-at", DAY, "--team", "Leaving Care"),
    ("gaps", "--as-at", DAY),
    ("gaps", "--entered-later", "--as-at", DAY),
    ("measures", "--from", "2019-01-01", "--to", DAY, "--by", "supervisor"),
    ("explain", "W0000", "--as-at", DAY),
    ("explain", "W0052", "--as-at", DAY),
    ("history",),
    ("check",),
    ("policy", "list"),
    ("policy", "list", "--presets"),
    ("import", KEPT / "service"),
]


@pytest.mark.parametrize("words", TOLD, ids=lambda words: " ".join(str(word) for word in words[:2]))
def test_nothing_told_is_wider_than_a_terminal(county: Path, words: Sequence[object]) -> None:
    said = done("--store", county, *words)
    assert [line for line in said.lines if len(line) > 80] == []
    assert said.lines


def test_the_board_puts_the_worst_first_and_says_it_in_words(county: Path) -> None:
    said = done("--store", county, "status", "--as-at", DAY)
    assert re.match(
        r"As at Thursday 31 October 2019: \d+ gaps, \d+ overdue and \d+ due soon\.\n", said.out
    )
    marks = [line[0] for line in said.lines if line[:1] in tuple("■▲●")]
    team = said.out.split("\n\n")[2]
    order = [line[0] for line in team.splitlines() if line[:1] in tuple("■▲●⏸○")]
    assert {"■", "●"} <= set(marks)
    assert order == sorted(order, key="■▲●⏸○".index)


def test_explain_gives_dates_sums_and_the_source(county: Path) -> None:
    told = " ".join(done("--store", county, "explain", "W0052", "--as-at", DAY).out.split())
    for words in (
        "Harriet Morgan",
        "due ",
        "Policy: County policy from April 2018",
        "Gaps, the newest first:",
    ):
        assert words in told


def test_words_are_found_by_the_session_they_stand_in(service: Path) -> None:
    said = done("--store", service, "find", "legal", "planning")
    assert said.lines[2].startswith("Statement")
    assert "PS0030" in said.out
    assert all(len(line) <= 80 for line in said.lines)
    assert "Nothing was found" in done("--store", service, "find", "zzz", "NOT").out


# Papers


def test_a_record_is_printed(service: Path, tmp_path: Path) -> None:
    with open(ROOT / "resources" / "practice" / "sessions.csv", encoding="utf-8", newline="") as file:
        session = next(row for row in csv.DictReader(file) if row["worker_signed_on"])
    said = done(
        "--store", service, "print", "record", session["session_id"], "-o", tmp_path / "record.pdf"
    )
    assert " ".join(said.out.split()).startswith("Wrote ")
    assert "not encrypted" in said.out
    assert len(PdfReader(tmp_path / "record.pdf").pages) >= 1


def test_a_paper_that_cannot_be_written_or_found(service: Path, tmp_path: Path) -> None:
    assert "There is no session nobody" in refused(
        "--store", service, "print", "record", "nobody", "-o", "x.pdf"
    )
    assert not (tmp_path / "x.pdf").exists()


# Backups, check, history


def test_backup_restore_and_check(store: Path, tmp_path: Path) -> None:
    assert done("--store", store, "restore").out == "There are no backups beside this store yet.\n"
    assert "It was opened again, and is whole." in " ".join(done("--store", store, "backup").out.split())
    code = re.search(r"code ([0-9a-f]{16})", done("--store", store, "check").out)
    assert code is not None
    done("--store", store, "import", people(tmp_path / "in", ADA))
    listed = done("--store", store, "restore").lines
    assert [line.endswith(" by-hand.zip") for line in listed] == [True, False]
    against = done("--store", store, "check", "--against", code[1])
    assert "The paper's code is that of change 1" in against.out
    said = done("--store", store, "restore", listed[0], "--yes")
    at = said.lines.index(f"Restored {Path(listed[0]).name}.")
    assert "is kept as" in said.lines[at + 1]
    assert done("--store", store, "status", "--format", "json").json()["people"] == []


def flat(said: Said) -> str:
    return " ".join(said.out.split())


def test_restore_says_what_differs_and_what_was_kept_takes_it_back(store: Path, tmp_path: Path) -> None:
    done("--store", store, "backup")
    (backup,) = done("--store", store, "restore").lines
    done("--store", store, "import", people(tmp_path / "in", ADA))
    before = done("--store", store, "status", "--format", "json").json()
    said = done("--store", store, "restore", backup, "--yes")
    assert (
        "The backup is the beginning of this store’s history. 1 change has been made here since"
        in flat(said)
    )
    assert re.search(rf"31 Oct 2019 +{ME} +Import from in", said.out)
    assert "by-hand.zip was made on Thu 31 October 2019 09:30." in flat(said)
    kept = said.lines[-1].rpartition(" restore ")[2]
    assert said.lines[-1] == f"To take this back: supervise --store {store} restore {kept}"
    listed = done("--store", store, "restore").lines
    assert listed[-2:] == ["Kept when another was put in its place:", kept]
    back = done("--store", store, "restore", kept, "--yes")
    assert "The store of now is older than the backup" in flat(back) and "1 change would come." in flat(
        back
    )
    assert done("--store", store, "status", "--format", "json").json() == before
    assert Path(kept).exists()


def test_restore_over_a_damaged_store_says_that_nothing_can_be_compared(store: Path) -> None:
    done("--store", store, "backup")
    (backup,) = done("--store", store, "restore").lines
    store.write_bytes(b"spoilt" * 5000)
    said = done("--store", store, "restore", backup, "--yes")
    assert "It cannot be compared with the store of now. The store is damaged" in flat(said)
    assert "Restored " in said.out
    assert done("--store", store, "check").status == 0


def test_restore_where_nothing_is_compares_with_nothing(store: Path, tmp_path: Path) -> None:
    done("--store", store, "backup")
    (backup,) = done("--store", store, "restore").lines
    said = done("--store", tmp_path / "new" / "b.store", "restore", backup, "--yes")
    assert said.lines == [f"Restored {Path(backup).name}."]


def test_check_tells_of_a_paper_from_elsewhere(store: Path) -> None:
    said = run("--store", store, "check", "--against", "0123456789abcdef")
    assert said.status == 1
    assert "PROBLEM  The paper shows a history that this store does not hold." in said.lines
    assert said.err.startswith(
        "The check found a problem, told above. Try the code again if it may be mistyped"
    )


def test_restore_refuses_what_is_no_backup(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert "a.zip is no backup of Supervise" in refused("--store", store, "restore", tmp_path / "a.zip")
    assert "There is no backup at b.zip" in refused("--store", store, "restore", "b.zip")
    assert store.read_bytes() == before


def test_history_and_undo(store: Path, tmp_path: Path) -> None:
    done("--store", store, "import", people(tmp_path / "in", ADA))
    done(
        "--store", store, "import", people(tmp_path / "in", ("P1", "Ada L", "2017-03-01")), me="N. Bowen"
    )
    said = run("--store", store, "undo", 2)
    assert said.status == 1
    assert said.err.splitlines()[0] == "  3  Import from in"
    assert "cannot be undone by itself" in said.err.splitlines()[1]
    assert (
        done("--store", store, "undo", 2, "--with-later").out
        == "Undone: “Import from in” and 1 later.\n"
    )
    lines = done("--store", store, "history").lines
    assert [re.split(r"  +", line)[:3] for line in lines[2:] if line[:1].strip()] == [
        ["4", "31 Oct 2019", ME], ["3", "31 Oct 2019", "N. Bowen"], ["2", "31 Oct 2019", ME], ["1", "31 Oct 2019", ME],
    ]  # fmt: skip
    assert sum("(undone)" in line for line in lines) == 2
    assert [
        line for line in done("--store", store, "history", "--most", 1).lines[2:] if line[:1].strip()
    ] != []
    assert refused("--store", store, "undo", 2).startswith("That change has already been undone.")
    assert "There is no change 99" in refused("--store", store, "undo", 99)


# Policies


def test_policy_check_add_and_list(store: Path, tmp_path: Path) -> None:
    county = KEPT / "policies" / "county-2018.toml"
    said = done("policy", "check", county)
    assert said.out == "county-2018: County policy from April 2018. Clocks: one_to_one (per person).\n"
    said = done("--store", store, "policy", "add", county)
    assert said.lines[0].startswith("Note: ")
    assert said.lines[-1] == "Added County policy from April 2018."
    assert "1 Apr 2018" in done("--store", store, "policy", "list").out
    assert "There is a policy “county-2018” already." in refused(
        "--store", store, "policy", "add", county
    )
    (tmp_path / "bad.toml").write_text(county.read_text("utf-8").replace("2 weeks", "often"))
    assert refused("policy", "check", tmp_path / "bad.toml").startswith(
        "bad.toml, line 27: “every”: “often” "
    )
    assert "cannot be read" in refused("policy", "check", tmp_path / "nothing.toml")


def test_every_preset_can_be_used() -> None:
    files = sorted((ROOT / "resources" / "policies").glob("*.toml"))
    for file in files:
        assert done("policy", "check", file).out.startswith(f"{file.stem}: ")
    assert len(files) > 10


# Refusals and exit status


QUESTIONED = {
    ("status", "--team", "Nowhere"): "There is no team “Nowhere” here.",
    ("status", "--clock", "tea"): "No policy here has a clock “tea”. They have one_to_one.",
    ("gaps", "--from", "2019-02-02", "--to", "2019-01-01"): "The period ends before it begins.",
    ("measures", "--from", "2019-02-02", "--to", "2019-01-01"): "The period ends before it begins.",
    ("explain", "nobody"): "There is no person “nobody” here.",
}


@pytest.mark.parametrize("words", QUESTIONED, ids=" ".join)
def test_a_question_without_an_answer(service: Path, words: Sequence[str]) -> None:
    assert refused("--store", service, *words).startswith(QUESTIONED[tuple(words)])


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",), ("status", "--as-at", "2019-02-30"), ("status", "--as-at", "31/10/2019"),
        ("status", "--format", "xml"), ("measures",), ("print", "record", "S1"), ("undo", "two"), ("policy",),
        ("import",), ("status", "extra"), ("--nonsense", "status"), ("--store", "/", "status"),
        ("gaps", "--as-at", "0217-01-01"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2_and_says_how(words: Sequence[str]) -> None:
    said = run(*words)
    assert said.status == 2
    assert said.err.startswith("Usage: supervise")
    assert "Traceback" not in said.err


def test_no_store(tmp_path: Path) -> None:
    told = refused("--store", tmp_path / "none.store", "status")
    assert told == (
        f"There is no store at {tmp_path / 'none.store'}. "
        "Make one with “supervise new”, or name another with --store."
    )


def test_no_passphrase(store: Path, tmp_path: Path) -> None:
    assert refused("--store", store, "status", secret=None) == (
        "No passphrase was given. Put it in SUPERVISE_PASSPHRASE or name a file with --passphrase-file."
    )
    assert refused("--store", tmp_path / "b.store", "new", secret=None).startswith(
        "No passphrase was given for the "
    )
    assert not (tmp_path / "b.store").exists()


def test_wrong_passphrase(store: Path) -> None:
    told = refused("--store", store, "status", secret="wrong")
    assert told.startswith("That is neither the passphrase nor the recovery key of this store.")


def test_the_passphrase_in_a_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"\ufeff{PASSPHRASE}\r\nsecond line\n", "utf-8")
    done("--store", store, "--passphrase-file", tmp_path / "secret", "history", secret=None)
    (tmp_path / "secret").write_text("\n")
    assert "is empty" in refused(
        "--store", store, "--passphrase-file", tmp_path / "secret", "history", secret=None
    )
    assert "cannot be read" in refused(
        "--store", store, "--passphrase-file", tmp_path, "history", secret=None
    )


def test_the_store_of_the_environment(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPERVISE_STORE", str(service))
    assert "Leaving Care" in done("status").out


def test_debug_shows_where_an_error_comes_from(tmp_path: Path) -> None:
    said = run("--debug", "--store", tmp_path / "none.store", "status")
    assert said.status == 1
    assert "Traceback (most recent call last)" in said.err
    assert said.err.splitlines()[-1].startswith("There is no store at ")


def test_a_fault_of_the_program_is_told_without_anybodys_data() -> None:
    def broken() -> datetime:
        raise ZeroDivisionError("P1 Ada")

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(
            World(now=broken, me=ME, take_passphrase=lambda: PASSPHRASE), ["--store", "x.store", "new"]
        )
    assert status == 1
    assert "Something went wrong in the program itself (ZeroDivisionError)" in err.getvalue()
    assert "Ada" not in err.getvalue()
    assert "Traceback" not in err.getvalue()


# Help


COMMANDS = [
    (), ("backup",), ("check",), ("explain",), ("export",), ("find",), ("gaps",), ("hand-over",), ("history",),
    ("hold",), ("import",), ("measures",), ("new",), ("new-keys",), ("own-data",), ("papers",), ("passphrase",),
    ("policy",), ("policy", "add"), ("policy", "check"), ("policy", "list"), ("practice",), ("print",),
    *(("print", paper.name) for paper in PAPERS), ("restore",), ("retention",), ("retention", "copies"),
    ("retention", "delete"), ("retention", "list"), ("retention", "new-key"), ("sources",), ("sources", "remove"),
    ("status",), ("undo",), ("verify-paper",),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "supervise")
def test_help_can_be_read(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = done(*words, "--help")
    assert said.out.startswith("Usage: supervise")
    assert [line for line in said.lines[1:] if len(line) > 80 or line.rstrip().endswith("...")] == []
    assert run(*words, "-h").out == said.out


def test_no_command_is_left_out_of_the_help_above() -> None:
    names = re.findall(r"^  ([\w-]+)  ", done("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert sorted({words[0] for words in COMMANDS if words}) == sorted(names)


def test_version() -> None:
    assert re.fullmatch(r"supervise, version \d+\.\d+\.\d+\S*\n", done("--version").out)


# Real processes


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as it is started from a shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPERVISE")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "supervise", *map(str, words)],
        capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = (
        "openpyxl",
        "reportlab",
        "sqlite_utils",
        "sqlcipher3",
        "cryptography",
        "keyring",
        "PySide6",
        "tabulate",
    )
    code = f"""
import sys
sys.argv = ["supervise", "--help"]
from supervise.__main__ import main
try:
    main()
except SystemExit as ended:
    print(ended.code, [name for name in {heavy!r} if name in sys.modules])
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.stdout.splitlines()[-1] == "0 []"


def test_the_real_program_with_everything_from_the_environment(store: Path) -> None:
    ran = process("history", SUPERVISE_STORE=str(store), SUPERVISE_PASSPHRASE=PASSPHRASE)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Add the policy" in ran.stdout
    ran = process("history", SUPERVISE_STORE=str(store), SUPERVISE_PASSPHRASE="wrong")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("That is neither the passphrase nor the recovery key")


def test_names_can_be_written_where_the_system_is_not_in_utf8(service: Path) -> None:
    ran = process("--store", service, "status", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Wiśniewski" in ran.stdout


def test_a_reader_who_stops_listening_is_no_error(service: Path) -> None:
    command = f'"{sys.executable}" -m supervise --store "{service}" status --format json | head -c 1'
    ran = subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("{", "")


def test_a_second_process_is_told_who_has_the_store(store: Path) -> None:
    holder = open_store(
        Places(store),
        PASSPHRASE,
        now=lambda: datetime(2019, 10, 31, 8, 5, tzinfo=UTC),
        user=ME,
        program="the window",
    )
    with holder:
        ran = process("--store", store, "history", SUPERVISE_PASSPHRASE=PASSPHRASE)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("The store is open already: R. Okafor has it open in the window, on ")
    assert f"since 2019-10-31 08:05 (process {os.getpid()})" in ran.stderr
    assert "Traceback" not in ran.stderr


class Terminal:
    """A terminal in which the program runs, and somebody who answers."""

    def __init__(self, *words: object) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPERVISE")}
        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "supervise", *map(str, words)], stdin=theirs, stdout=theirs, stderr=theirs,
            env={**kept, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def wait_for(self, words: str) -> None:
        """Reads until the words are shown."""
        seen = len(self.shown)
        while words not in self.shown[seen:]:
            ready, _, _ = select.select([self._ours], [], [], 20)
            assert ready, f"waited in vain for {words!r} after {self.shown!r}"
            self.shown += os.read(self._ours, 4096).decode("utf-8", "replace")

    def type(self, words: str) -> None:
        os.write(self._ours, words.encode() + b"\n")

    def end(self) -> int:
        status = self._process.wait(20)
        os.close(self._ours)
        return status


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that a failing test left behind are ended."""
    made: list[Terminal] = []
    yield made
    for terminal in made:
        terminal._process.kill()
        terminal._process.wait()


def test_on_a_terminal_an_import_is_asked_about_once(
    store: Path, tmp_path: Path, terminals: list[Terminal]
) -> None:
    path = people(tmp_path / "in", ADA)
    for answer, status in (("n", 1), ("y", 0)):
        terminal = Terminal("--store", store, "import", path)
        terminals.append(terminal)
        terminal.wait_for("Passphrase, or recovery key: ")
        terminal.type(PASSPHRASE)
        terminal.wait_for("Take this in? [y/N]: ")
        terminal.type(answer)
        terminal.wait_for("Stopped. Nothing was changed." if status else "Done.")
        assert terminal.end() == status
        assert PASSPHRASE not in terminal.shown
    ids = [
        row["person_id"] for row in done("--store", store, "status", "--format", "json").json()["people"]
    ]
    assert ids == ["P1"]


def test_on_a_terminal_a_new_passphrase_is_typed_twice(
    tmp_path: Path, terminals: list[Terminal]
) -> None:
    terminal = Terminal("--store", tmp_path / "b.store", "new")
    terminals.append(terminal)
    for first, second in (("first", "second"), (PASSPHRASE, PASSPHRASE)):
        terminal.wait_for("A passphrase for the new store: ")
        terminal.type(first)
        terminal.wait_for("Repeat for confirmation: ")
        terminal.type(second)
    terminal.wait_for("keep it.")
    assert terminal.end() == 0
    assert "always" in done("--store", tmp_path / "b.store", "policy", "list").out


def test_a_paper_of_the_practice_service_says_that_it_is_practice(tmp_path: Path) -> None:
    store, paper = tmp_path / "p.store", tmp_path / "record.pdf"
    done("--store", store, "practice")
    done("--store", store, "print", "record", "PS0030", "-o", paper)
    assert all("PRACTICE" in page.extract_text() for page in PdfReader(paper).pages)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("worker", "W05", "--from", "2020-01-01", "--to", "2026-01-31"), "Harpreet"),
        (("handover", "--team", "Leaving Care", "--for", "A new manager"), "Yusuf"),
        (("record-form", "W02"), "Tomasz"),
        (("record-form", "--team", "Leaving Care"), "Workload"),
        (("agreement", "W02"), "Tomasz"),
        (("agreement",), "greement"),
        (("card",), "ewly"),
    ],
)
def test_every_paper_about_people_can_be_asked_for(
    service: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    paper = tmp_path / "paper.pdf"
    done("--store", service, "print", *words, "-o", paper)
    assert says in " ".join(page.extract_text() for page in PdfReader(paper).pages)
