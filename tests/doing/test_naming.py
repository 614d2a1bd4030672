"""What the file of a paper is called."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.naming import LONGEST, file_name
from supervise.doing.papers.paper import About
from supervise.workdays import day
from tests.making import NASTY, put, workspace

HERE = workspace()
FIRST, LAST = day("2025-03-01"), day("2026-02-28")


@pytest.mark.parametrize(
    ("paper", "about", "name"),
    [
        ("card", About(), "card.pdf"),
        ("team", About(team="CADS", first=FIRST, last=LAST), "team-CADS-2025-03-01-to-2026-02-28.pdf"),
        ("service", About(first=FIRST, last=FIRST), "service-2025-03-01.pdf"),
        ("record-form", About(team="A/B: “C”", on=LAST), "record-form-A-B-“C”-2026-02-28.pdf"),
    ],
)
def test_it_says_what_of_whom_and_of_which_days(paper: str, about: About, name: str) -> None:
    assert file_name(HERE.here, BY_NAME[paper], about) == name


def test_a_record_is_of_somebody_and_a_day() -> None:
    here = workspace()
    session = {
        "id": "S1",
        "person_id": "W1",
        "kind": "one_to_one",
        "status": "held",
        "held_on": "2019-08-01",
    }
    put(here, {"person": [{"id": "W1", "name": "Zoë  O’Brien-Li"}], "session": [session]})
    name = file_name(here.here, BY_NAME["record"], About(session="S1"))
    assert name == "record-Zoë-O’Brien-Li-2019-08-01.pdf"
    worker = About(person="W1", first=FIRST, last=LAST)
    assert file_name(here.here, BY_NAME["worker"], worker, ".xlsx") == (
        "worker-Zoë-O’Brien-Li-2025-03-01-to-2026-02-28.xlsx"
    )


@given(
    team=st.text(max_size=300) | st.sampled_from(NASTY),
    first=st.dates(date(1900, 1, 1), date(2190, 1, 1)),
)
def test_no_file_system_refuses_it(team: str, first: date) -> None:
    about = About(team=team, first=first.toordinal(), last=first.toordinal() + 9)
    name = file_name(HERE.here, BY_NAME["team"], about)
    assert name.startswith("team-") and name.endswith(".pdf")
    assert len(name.encode()) <= LONGEST
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
    assert Path(name).name == name and first.isoformat() in name
