"""Verifying a paper, and what every paper carries, from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from supervise.cli import World, main
from supervise.places import Places
from supervise.reports.content_code import content_code
from supervise.store import create_store, open_store
from supervise.workspace import Workspace
from tests.making import ME, PASSPHRASE, TODAY, now, put
from tests.reports.papers import words_of

Run = Callable[..., tuple[int, str, str]]

ROWS = {
    "person": [{"id": "W1", "name": "Ada Mensah"}],
    "session": [
        {"id": id, "person_id": "W1", "kind": "one_to_one", "status": "held", "held_on": on, "notes": notes}
        for id, on, notes in (("S1", "2019-08-01", "We spoke of leave."), ("S2", "2019-09-01", "Court."))
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a store with two records of Ada, and the code of the first of them."""
    folder = tmp_path_factory.mktemp("made")
    store, _ = create_store(
        Places(folder / "team.store"), PASSPHRASE, now=now, user=ME, program="a test"
    )
    with store:
        put(Workspace(store, today=TODAY.toordinal, me=ME), ROWS)
        return folder, content_code(store.record("S1"))


@pytest.fixture
def code(made: tuple[Path, str]) -> str:
    """The code of the record S1."""
    return made[1]


@pytest.fixture
def places(made: tuple[Path, str], tmp_path: Path) -> Places:
    """A copy of that store."""
    shutil.copytree(made[0], tmp_path / "store")
    return Places(tmp_path / "store" / "team.store")


@pytest.fixture
def run(places: Places) -> Run:
    """Runs a command on the store: exit status, what was said, and what was complained of."""

    def running(*words: str) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        world = World(now=now, me=ME, take_passphrase=lambda: PASSPHRASE)
        with redirect_stdout(out), redirect_stderr(err):
            status = main(world, ["--store", str(places.store), *words])
        return status, " ".join(out.getvalue().split()), " ".join(err.getvalue().split())

    return running


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: [code],
        lambda code: code.split(),
        lambda code: [code.upper().replace(" ", ""), "S1"],
        lambda code: [*code.split(), "S1"],
    ],
)
def test_a_code_as_it_stands_on_the_paper_is_found(
    run: Run, code: str, typed: Callable[[str], list[str]]
) -> None:
    said = "This paper says what the record says now (Ada Mensah, 1 Aug 2019). Session S1"
    assert run("verify-paper", *typed(code)) == (0, said, "")


def test_what_came_later_is_told(run: Run, code: str, places: Places) -> None:
    entry = {"session_id": "S1", "entered_on": "2019-10-02", "by": "Rose", "text": "A word more."}
    with open_store(places, PASSPHRASE, now=now, user=ME, program="a test") as store:
        put(Workspace(store, today=TODAY.toordinal, me=ME), {"late_entry": [entry]})
    status, said, _ = run("verify-paper", code)
    assert status == 0
    assert said.startswith(
        "This paper says what the record (Ada Mensah, 1 Aug 2019) said before 1 later entry was added:"
        " a late entry of 2 Oct 2019 by Rose."
    )


def test_a_record_that_says_something_else_is_told_and_refused(run: Run, code: str) -> None:
    status, said, wrong = run("verify-paper", code, "S2")
    assert (status, said) == (1, "")
    assert wrong.startswith("This record does not say what the paper says")
    status, said, wrong = run("verify-paper", "0" * 20)
    assert (status, said) == (1, "")
    assert wrong.startswith(
        "No record here says what this paper says: it may have been corrected since, or the paper is of"
        " another store."
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["3f2a"], "it has 20 figures and letters, and these are 4"),
        (["3f2a 9b01 77c4 d0e8 12ag"], "“g” is none of them"),
        (["3f2a9b0177c4d0e812a", "S1"], "these are 19"),
        (["0" * 20, "S1", "S2"], "more than a session: S1 S2"),
        (["0" * 20, "S9"], "There is no session S9"),
    ],
)
def test_what_cannot_be_is_told_plainly(run: Run, words: list[str], sentence: str) -> None:
    status, said, wrong = run("verify-paper", *words)
    assert (status, said) == (1, "")
    assert sentence in wrong and "Traceback" not in wrong


def test_what_papers_carry_is_shown_and_changed(run: Run, tmp_path: Path) -> None:
    assert run("papers") == (0, "Marking: OFFICIAL-SENSITIVE Service: (none)", "")
    changed = run("papers", "--marking", "  PROTECT:\tstaff ", "--service", "Northmere")
    assert changed == (0, "Marking: PROTECT: staff Service: Northmere", "")
    to = tmp_path / "record.pdf"
    assert run("print", "record", "S1", "-o", str(to))[0] == 0
    (page, *_) = words_of(to.read_bytes())
    assert "PROTECT: staff" in page and "Northmere · Supervision record" in page
    assert run("papers", "--service", "") == (0, "Marking: PROTECT: staff Service: (none)", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--marking", "  "], "A paper needs a marking."),
        (["--marking", "M" * 61], "This marking has 61 characters."),
        (["--marking", "FINE", "--service", "S" * 61], "This service’s name has 61 characters."),
    ],
)
def test_what_papers_cannot_carry_is_refused_whole(run: Run, words: list[str], sentence: str) -> None:
    status, _, wrong = run("papers", *words)
    assert status == 1 and sentence in wrong
    assert run("papers")[1] == "Marking: OFFICIAL-SENSITIVE Service: (none)"
