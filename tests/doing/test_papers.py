"""Every paper there is, as it is written: whole or not at all, the same bytes twice, noted, and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from supervise.doing.papers.carried import MARKED, MARKING, SERVICE
from supervise.doing.papers.listed import BY_NAME, PAPERS
from supervise.doing.papers.paper import STEPS, About, Paper
from supervise.doing.showing_tables import NOT_ENCRYPTED
from supervise.errors import BadQuestion, FileTrouble, NotAllowed
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.places import resource
from supervise.workdays import add_months
from supervise.workspace import Workspace
from tests import making
from tests.reports.papers import refuse_faults, words_of

AT = datetime(2019, 11, 4, 9, 12)
LAST = STORY_DAY.toordinal()
FIRST = add_months(LAST, -12) + 1
ASKED: dict[str, Any] = {
    "session": "PS0030", "person": "W05", "team": "Safeguarding East", "first": FIRST, "last": LAST,
    "as_at": LAST, "on": LAST, "review": LAST, "whom": "Ifeoma Okonkwo", "sample": 4, "seed": 7,
}  # fmt: skip
"""What every paper can be told of the practice service."""


@pytest.fixture(scope="module")
def practice() -> Iterator[Workspace]:
    """The service to practise on, on its story's day."""
    here = making.workspace()
    policy = resource("policies", "standards-2020-with-defaults.toml")
    here.carry_out(practice_plan(resource("practice"), policy, LAST))
    with here.store:
        yield here


def about(paper: Paper) -> About:
    """A paper told all that it needs, and what it may be told as far as it is known here."""
    return About(**{name: ASKED[name] for name in (*paper.needs, *paper.may) if name in ASKED})


def looked(here: Workspace) -> list[tuple[str, str | None]]:
    return [(each.what, each.kind) for each in here.store.access.list(10_000)]


each_paper = pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])


@each_paper
def test_a_paper_looked_at_is_the_paper_that_is_saved_byte_by_byte(
    practice: Workspace, paper: Paper, tmp_path: Path
) -> None:
    out, to = BytesIO(), tmp_path / "paper.pdf"
    seen = len(looked(practice))
    steps = list(practice.press.save(paper, about(paper), to, at=AT))
    saved = looked(practice)[: len(looked(practice)) - seen]
    list(practice.press.make(paper, about(paper), out, at=AT))
    if paper.name != "own-data":  # which says who looked, and so tells the second time of the first
        assert out.getvalue() == to.read_bytes()
    assert steps == sorted(steps) and steps[-1] == (STEPS, STEPS)
    assert {what for what, _ in saved} <= {"printed"}
    refuse_faults(out.getvalue(), None, tmp_path)


@each_paper
def test_a_paper_that_is_stopped_leaves_no_file_and_no_note(
    practice: Workspace, paper: Paper, tmp_path: Path
) -> None:
    seen = looked(practice)
    steps = practice.press.save(paper, about(paper), tmp_path / "x.pdf", at=AT)
    for stop in range(1, 10_000, 25):
        steps = practice.press.save(paper, about(paper), tmp_path / "x.pdf", at=AT)
        if any(next(steps, None) is None for _ in range(stop)):
            break
        steps.close()
        assert list(tmp_path.iterdir()) == []
        assert looked(practice) == seen
        if stop > 200:
            break


@each_paper
def test_a_folder_that_is_not_there_is_told(practice: Workspace, paper: Paper, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="is not there"):
        list(practice.press.save(paper, about(paper), tmp_path / "no" / "x.pdf", at=AT))


@each_paper
def test_what_a_paper_needs_is_asked_for(practice: Workspace, paper: Paper, tmp_path: Path) -> None:
    for name in paper.needs:
        with pytest.raises(BadQuestion):
            list(
                practice.press.save(
                    paper, about(paper)._replace(**{name: None}), tmp_path / "x.pdf", at=AT
                )
            )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "paper", [each for each in PAPERS if each.has_tables], ids=lambda each: each.name
)
def test_the_tables_of_a_paper_make_a_workbook_with_real_dates(
    practice: Workspace, paper: Paper, tmp_path: Path
) -> None:
    to = tmp_path / "paper.xlsx"
    list(practice.press.save(paper, about(paper), to, at=AT))
    book = load_workbook(to)
    told = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert told["Handling"] == NOT_ENCRYPTED
    assert (told["Marking"], told["History code"]) == (MARKED, practice.store.head()[:16])
    assert len(book.sheetnames) > 1
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
    sheets = [sheet for sheet in book if sheet.title not in ("About", "Meanings")]
    values = [value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row]
    assert any(isinstance(value, date) for value in values)
    said = [value for value in values if isinstance(value, str)]
    assert not [each for each in said if each.startswith(("■", "▲", "◔", "●"))]


def test_a_paper_without_tables_has_no_workbook(practice: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="has no tables"):
        list(practice.press.save(BY_NAME["card"], About(), tmp_path / "x.xlsx", at=AT))
    assert list(tmp_path.iterdir()) == []


def test_papers_carry_the_marking_and_service_that_were_chosen(practice: Workspace) -> None:
    out, settings = BytesIO(), practice.store.settings
    settings.put(MARKING, "PROTECT: staff")
    settings.put(SERVICE, "Children’s services of Northmere")
    try:
        list(practice.press.make(BY_NAME["card"], About(), out, at=AT))
    finally:
        settings.put(MARKING, "")
        settings.put(SERVICE, "")
    (page, *_) = words_of(out.getvalue())
    assert "PROTECT: staff" in page
    assert "Children’s services of Northmere · Cadence card" in page
