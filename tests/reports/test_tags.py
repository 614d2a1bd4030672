"""Tags: every paper's structure is whole and says what its story says, and the checker would notice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.records import Action, Discussion, LateEntry, Section, Statement
from supervise.reports.page import Story
from supervise.reports.record import tell_record
from supervise.reports.recovery_sheet import recovery_sheet
from supervise.reports.tables import Column
from tests.reports.breaking import BROKEN, broken, roles
from tests.reports.checking_tags import faults
from tests.reports.papers import ADA, HELD, PRINTED, made, read_out, refuse_faults
from tests.reports.samples import ABOUT, everything

TOY = Path(__file__).parents[1] / "kept" / "papers" / "a-paragraph-a-page.pdf"

LONG = replace(
    ADA,
    session=HELD._replace(notes="She spoke of the visits. 漢 " * 900),
    sections=[Section(position=1, part="personal", heading="Health <b>", text="Better.\n\nShe said.")],
    actions=[
        Action(id="a", text="Ring the school.\nTwice.", owner="Ada"),
        Action(id="b", text="Write."),
    ],
    discussions=[Discussion(case_ref="C-77", analysis="Calmer.", decision="Keep on.\nAs before.")],
    late_entries=[
        LateEntry(entered_on=HELD.held_on or 1, text="The car was in for repair.", by="R. Okafor")
    ],
    statements=[Statement(text="I was there at two.", by="Ada")],
)


@pytest.mark.parametrize("printed", [PRINTED, ABOUT])
def test_a_paper_with_one_of_everything_is_tagged_as_it_reads(printed, tmp_path):
    story = everything()
    said = read_out(story, name="Team compliance", printed=printed)
    refuse_faults(made(story, "Team compliance", printed), said, tmp_path)


@pytest.mark.parametrize("parts", ["both", "personal", "case"])
@pytest.mark.parametrize("record", [ADA, LONG])
def test_a_record_is_tagged_as_it_reads(record, parts, tmp_path):
    story = tell_record(record, PRINTED.at.toordinal(), parts)
    said = read_out(story)
    refuse_faults(made(story), said, tmp_path)


def test_the_recovery_sheet_is_tagged(tmp_path):
    refuse_faults(
        recovery_sheet("QW2E-RT5Y-UIOP", "/home/o/a.store", "Bronwen", PRINTED), None, tmp_path
    )


@settings(max_examples=60, deadline=None)
@given(*[st.text(st.characters(exclude_categories=()), max_size=60)] * 3)
def test_whatever_is_typed_is_tagged_and_read_as_it_is(one, two, three):
    story = Story()
    story.title(f"T {one}", two)
    story.heading(1, f"H {three}")
    story.prose(one)
    story.facts([(f"b{two}", three), ("l", one)])
    story.bullet(f".{three}", two)
    columns = [Column(f"a{one}", 0.2), Column("b"), Column("c", 2)]
    story.table(columns, [(one, two, three), (three, one, two)], caption=two)
    said = read_out(story)
    assert faults(made(story), said) == []


def test_several_stories_are_sections_of_one_paper(tmp_path):
    stories = [everything(3), tell_record(ADA, PRINTED.at.toordinal()), everything(2)]
    said = read_out(*stories, name="Pack", printed=ABOUT)
    pdf = made(stories, "Pack", ABOUT)
    refuse_faults(pdf, said, tmp_path)
    assert roles(pdf).count("Sect") == 3 and roles(pdf).count("H1") == 3


def test_each_piece_is_what_it_is():
    story = Story()
    story.title("Title", "under")
    story.heading(1, "One")
    story.facts([("Label", "value"), ("Lines", "one\ntwo")])
    story.heading(2, "Two")
    story.bullet("thing", "more")
    story.bullet("other")
    story.prose("Text.")
    assert roles(made(story)) == [
        "P", "P", "H1", "P", "H2", "L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody", "P", "P", "H3", "L", "LI",
        "Lbl", "LBody", "P", "P", "LI", "Lbl", "LBody", "P", "P", "P",
    ]  # fmt: skip


def test_a_paragraph_over_three_pages_is_one_element():
    story = Story()
    story.title("Title")
    before = roles(made(story))
    story = Story()
    story.title("Title")
    story.prose("She spoke of the visits and the school. " * 400)
    assert roles(made(story)) == [*before[:-1], "P", before[-1]]


def test_a_heading_that_skips_a_level_is_refused():
    story = Story()
    story.title("Title")
    with pytest.raises(ValueError, match="level 2 below one of level 0"):
        story.heading(2, "Too deep")


def test_a_figure_without_words_is_refused():
    story = everything()
    with pytest.raises(ValueError, match="whoever does not see it"):
        story.figure(story.blocks[0].flowable, " ")


@pytest.mark.parametrize("name", BROKEN)
def test_the_checker_notices_when(name):
    how, told = BROKEN[name]
    story = everything(3)
    said = read_out(story)
    found = faults(broken(made(story), how), said)
    assert any(told in each for each in found), found


def test_nothing_is_found_in_a_paper_that_was_only_written_again():
    story = everything(3)
    said = read_out(story)
    assert faults(broken(made(story), lambda writer, root: None), said) == []


def test_the_toy_with_a_page_in_one_paragraph_is_not_taken_for_tagged():
    found = faults(TOY.read_bytes())
    assert "there is no heading" in found
    assert any("are not its headings" in each for each in found)
