"""The parts of an inspection pack: what they say, that they are tagged, and that nothing says why somebody was away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from supervise.reports.pack import (
    LISTED,
    evidence,
    index_stories,
    name_of,
    part_of_pack,
    tell_drawn,
    tell_index,
)
from supervise.reports.pack_parts import gap_stories, tell_gaps, tell_missing
from supervise.reports.pack_told import (
    Drawn,
    GapGiven,
    HeldSession,
    Missing,
    Pack,
    Passed,
    ReasonGiven,
    Sample,
    Unseen,
)
from supervise.reports.page import Story
from supervise.sessions import Entered
from supervise.today import LateUnder
from supervise.workdays import day
from tests.making import NASTY
from tests.reports.papers import ADA, PRINTED, made, read_out, refuse_faults, words_of

FIRST, LAST = day("2016-04-01"), day("2017-03-31")
DRAWN = Drawn(
    3, "s1", day("2016-05-12"), "Ada Brightwell", "Assessment A", "J. Bell", True, (), None,
    "3f2a 9b01 77c4 d0e8 12ab",
)  # fmt: skip
GAP = GapGiven(
    "Ada Brightwell", "Assessment A", day("2017-02-15"), day("2017-03-31"), 45, "■ still open",
    (LateUnder("p1", "J. Bell", 30), LateUnder(None, None, 15)), ("Last held 27 January.", "None held since."),
    (
        ReasonGiven(
            "explained", day("2017-02-15"), day("2017-03-01"), "off sick", "Cover was asked for.", "P. Hughes",
            Entered(by="R. Okafor", on=day("2017-03-02")),
        ),
        ReasonGiven("cancelled", day("2017-02-20"), day("2017-02-20"), "court", by="worker"),
    ),
)  # fmt: skip
HELD = HeldSession(
    "Ada Brightwell", "Assessment A", day("2016-06-01"), None, False, ("signed by the worker",), None
)
MISSING = Missing(
    held=(
        HELD,
        HELD._replace(has_words=True, supervisor="J. Bell"),
        HELD._replace(missing=()),
        HELD._replace(missing=(), kept="case system, maternity folder"),
    ),
    passed=(Passed("Ben Hall", None, day("2017-01-04"), None),),
    unseen=(Unseen("Cara Lund", "Assessment A · Social worker", 0, (("clock stopped", 365),)),),
)
PACK = Pack(
    team=None, first=FIRST, last=LAST, end=LAST, clock="one_to_one", whom="people",
    sample=Sample(
        asked=1, of=12, seed=19088743, figures="01234567", drawn=(DRAWN,), others=(("of the kind “Group”", 4),)
    ),
    gaps=(GAP, GAP._replace(name="Ben Hall", team="CADS", reasons=(), ended="held 1 Apr 2017")),
    missing=MISSING,
)  # fmt: skip
TEAM = replace(PACK, team="Assessment A")
NOBODY = replace(
    PACK, sample=Sample(asked=10, of=0, seed=0, figures="00000000", drawn=()), gaps=(), missing=Missing()
)


def stories(pack: Pack) -> list[Story]:
    """All that the pack says but compliance."""
    of = len(pack.sample.drawn)
    records = [tell_drawn(ADA, PRINTED.at.toordinal(), at, of) for at in range(1, of + 1)]
    return [*tell_index(pack), *tell_gaps(pack), tell_missing(pack), *records]


def text_of(pack: Pack) -> str:
    return " ".join(words_of(made(stories(pack), name_of(pack.team))))


@pytest.mark.parametrize(
    "pack", [PACK, TEAM, NOBODY, replace(PACK, whom="cases"), replace(PACK, last=LAST + 1)]
)
def test_a_pack_is_tagged_and_reads_as_it_is_told(pack: Pack, tmp_path: Path) -> None:
    said = read_out(*stories(pack), name=name_of(pack.team))
    refuse_faults(made(stories(pack), name_of(pack.team)), said, tmp_path)


@pytest.mark.parametrize("typed", [*NASTY, "<b>&amp;</b>", "Bronwen " * 25])
def test_words_as_they_were_typed_are_in_every_part(typed: str, tmp_path: Path) -> None:
    typed = typed.strip()
    reasons = tuple(each._replace(reason=typed, by=typed) for each in GAP.reasons)
    pack = replace(
        PACK, team=typed, gaps=(GAP._replace(name=typed, team=typed, reasons=reasons),),
        sample=replace(PACK.sample, drawn=(DRAWN._replace(name=typed, supervisor=typed, kept=typed),)),
        missing=replace(MISSING, held=(HELD._replace(name=typed, supervisor=typed, kept=typed),)),
    )  # fmt: skip
    refuse_faults(made(stories(pack)), read_out(*stories(pack)), tmp_path)


def test_the_cover_says_how_to_draw_the_same_again() -> None:
    whole = text_of(PACK)
    for said in (
        "12 sessions held 1 Apr 2016 – 31 Mar 2017", "4 of the kind “Group”", "1 of 12.",
        "19088743, taken from the history code: its first figures, 01234567, as a number.",
        "Python’s random.Random(19088743).sample(range(1, 13), 1) gives the numbers",
        "1 3 12 May 2016 Ada Brightwell Assessment A J. Bell Evidenced 3f2a 9b01",
    ):  # fmt: skip
        assert said in whole
    given = replace(PACK, sample=replace(PACK.sample, figures=None))
    assert "Seed 19088743, given by whoever asked for this pack." in text_of(given)


def test_every_page_says_to_which_part_it_belongs() -> None:
    pages = words_of(made(stories(PACK)))
    parts = (
        "1 of the pack: what is in it",
        "3 of the pack: gaps",
        "4 of the pack: what is",
        "5 of the pack: record 1",
    )
    assert all(any(f"Part {part}" in page for part in parts) for page in pages)
    assert all(any(f"Part {part}" in page for page in pages) for part in parts)
    assert part_of_pack(Story(), 2, "compliance").foot == ["Part 2 of the pack: compliance"]


def test_a_long_list_of_records_goes_on_in_its_order() -> None:
    many = tuple(DRAWN._replace(number=2 * at) for at in range(1, 2 * LISTED + 2))
    pack = replace(PACK, sample=replace(PACK.sample, drawn=many, asked=len(many), of=5000))
    told = list(tell_index(pack))
    assert len(told) == index_stories(pack) == 3
    rows = [row for story in told for table in story.tables for row in table.rows if len(row) == 8]
    assert [row[:2] for row in rows] == [(at, 2 * at) for at in range(1, len(many) + 1)]
    (whole,) = tell_index(pack, len(many))
    assert [row for table in whole.tables for row in table.rows if len(row) == 8] == rows


@pytest.mark.parametrize("pack", [PACK, TEAM, NOBODY, replace(PACK, gaps=(GAP,))])
def test_gaps_are_told_in_as_many_stories_as_is_said(pack: Pack) -> None:
    assert len(list(tell_gaps(pack))) == gap_stories(pack)
    assert index_stories(pack) == len(list(tell_index(pack)))


def test_each_gap_has_its_sentences_and_who_gave_which_reason_when() -> None:
    whole = text_of(PACK)
    for said in (
        "1 · Ada Brightwell, 15 Feb 2017 – 31 Mar 2017: 45 days late Last held 27 January. None held since.",
        "Late days under: J. Bell 30 days, nobody named 15 days.",
        "Away Cover was asked for. Explained for 15 Feb 2017 – 1 Mar 2017, given by P. Hughes, entered by R. Okafor"
        " on 2 Mar 2017",
        "Court Cancelled by the worker, planned for 20 Feb 2017, not known who entered it",
        "2 · Ben Hall, 15 Feb 2017 – 31 Mar 2017: 45 days late", "No reason is recorded.",
    ):  # fmt: skip
        assert said in whole


def test_what_is_missing_is_listed_and_counted() -> None:
    whole = text_of(PACK)
    assert "12 sessions held that count: the record of 11 is kept here, of 1 elsewhere." in whole
    assert "Of those kept here 2 have no words, and 2 lack a step." in whole
    for said in ("Ben Hall Not known 4 Jan 2017 None named", "0 Clock stopped: 365 days"):
        assert said in whole


def test_nothing_says_why_somebody_was_away() -> None:
    told = [*tell_index(PACK), *tell_gaps(PACK), tell_missing(PACK)]
    whole = " ".join(said for story in told for said in story.said()).casefold()
    out = repr([table.rows for story in told for table in story.tables]).casefold()
    assert not [word for word in ("sick", "maternity") if word in whole or word in out]


def test_evidence_is_said_in_words() -> None:
    assert evidence(True, (), None) == "Evidenced"
    assert (
        evidence(False, ("recorded", "shared with the worker"), None)
        == "No words. Not recorded, shared with the worker"
    )
    assert evidence(False, (), "case system") == "Kept elsewhere: case system"
