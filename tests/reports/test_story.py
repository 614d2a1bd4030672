"""What papers are told in: tables, pictures, key figures, what stays together, and what every page carries."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect

from supervise.reports.furniture import PRACTICE
from supervise.reports.lettering import Lettering
from supervise.reports.page import Story, printing
from supervise.reports.strip_picture import key_drawing, strip_drawing
from supervise.reports.tables import Cell, Column, Setting, Value
from supervise.strips import Span
from supervise.wording import STATUS
from supervise.workdays import day
from tests.reports.breaking import roles
from tests.reports.papers import ADA, PRINTED, made, words_of
from tests.reports.samples import ABOUT, STRIP, everything

COLUMNS = [Column("Person", names_rows=True), Column("Days", 0.5, "right"), Column("Reasons", 3)]


def told(*rows: tuple[Value, ...], above: int = 0) -> Story:
    """A story with a table below so many lines."""
    story = Story()
    story.title("Title")
    for _ in range(above):
        story.sentence("Above.")
    story.table(COLUMNS, rows)
    return story


# --- Tables


def test_the_head_of_a_table_comes_again_on_each_page_and_is_read_once():
    pdf = made(told(*((f"Person {n}", n, "None recorded.") for n in range(120))))
    said = words_of(pdf)
    assert len(said) > 2 and all("Person Days Reasons" in page for page in said)
    assert [int(n) for n in re.findall(r"Person (\d+)", " ".join(said))] == list(range(120))
    assert roles(pdf).count("TR") == 121


@pytest.mark.parametrize("above", range(20, 34))
def test_a_short_row_is_never_cut_and_no_head_stands_alone(above):
    rows: list[tuple[Value, ...]] = [
        (f"P{n}", n, f"begins{n} " + "on and on " * 20 + f"ends{n}") for n in range(6)
    ]
    for page in words_of(made(told(*rows, above=above))):
        assert re.findall(r"begins(\d)", page) == re.findall(r"ends(\d)", page)
        if "Person Days Reasons" in page:
            assert "begins" in page


def test_a_row_longer_than_a_page_goes_on_and_stays_one_row():
    lines = "\n".join(f"line{n}" for n in range(150))
    pdf = made(told(("Ada", 1, lines), ("Priya", 2, "Short.")))
    said = words_of(pdf)
    assert [int(n) for n in re.findall(r"line(\d+)", " ".join(said))] == list(range(150))
    assert len(said) == 3 and "line0" in said[0] and "Short." in said[-1]
    assert roles(pdf).count("TR") == 3 and roles(pdf).count("TD") == 4


def test_the_last_row_does_not_stand_alone_on_a_page():
    for above in range(24, 60):
        pages = words_of(made(told(*((f"P{n}", n, "x") for n in range(4)), above=above)))
        on_last = re.findall(r"P(\d) \d x", pages[-1])
        assert on_last != ["3"]


@pytest.mark.parametrize("above", range(24, 40))
def test_the_first_row_does_not_stand_alone_below_its_head(above):
    pages = words_of(made(told(*((f"P{n}", n, "x") for n in range(9)), above=above)))
    (first,) = [page for page in pages if "P0 0 x" in page]
    assert "P1 1 x" in first


@pytest.mark.parametrize("above", range(20, 40))
def test_the_last_lines_of_a_list_stand_together(above):
    story = Story()
    story.title("Title")
    for _ in range(above):
        story.sentence("Above.")
    story.notes((f"name{n}", f"means{n}.") for n in range(5))
    last = words_of(made(story))[-1]
    assert all(f"means{n}." in last for n in (2, 3, 4))


@pytest.mark.parametrize("above", range(14, 40))
def test_both_sign_on_one_page_below_their_heading(above):
    story = Story()
    story.title("Title")
    for _ in range(above):
        story.sentence("Above.")
    story.heading(1, "Signatures")
    story.signing("Ada", with_next=True)
    story.signing("Rose", "Already recorded.")
    last = words_of(made(story))[-1]
    assert all(word in last for word in ("Signatures", "Ada", "Rose"))


def test_words_stand_apart_from_figures_that_end_before_them():
    figures, after, left = Column("No.", 30, "right"), Column("What", 70), Column("Who", 50)
    setting = Setting([figures, after, left], Lettering(), 300)
    assert [place.wide for place in setting.places] == [60, 140, 100]
    first, second, third = (place.before for place in setting.places)
    assert first == third < second


def test_cells_hold_text_as_it_was_typed_numbers_nothing_and_statuses():
    said = " ".join(words_of(made(told(("<b>Ada</b> &amp;", 12345, None), ("B", -1, STATUS["absent"])))))
    assert "<b>Ada</b> &amp; 12,345 –" in said
    assert "B -1 ❚❚ Absent" in said


def test_a_row_with_another_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="2 cells, its table 3 columns"):
        told(("Ada", 1))


def test_a_table_of_nothing_says_so():
    story = Story()
    story.title("Title")
    story.table(COLUMNS, [], empty="No gap in this period.")
    pdf = made(story)
    assert "No gap in this period." in words_of(pdf)[0] and "Table" not in roles(pdf)


def test_numbers_stand_at_the_right_edge_of_their_column():
    ends: list[float] = []

    def note(text, matrix, text_matrix, font, size):
        if text.strip() in ("7", "12,345"):
            # Where a text begins, and how wide it is: DejaVu's figures are all of one width.
            narrow = text.count(",")
            ends.append(
                matrix[4] + text_matrix[4] + (len(text.strip()) - narrow) * 5.158 + narrow * 2.575
            )

    PdfReader(BytesIO(made(told(("A", 7, ""), ("B", 12345, ""))))).pages[0].extract_text(
        visitor_text=note
    )
    assert len(ends) == 2 and abs(ends[0] - ends[1]) < 0.5


# --- Pictures


def shapes(drawing: Drawing, kind: type) -> list:
    return [each for each in drawing.contents if isinstance(each, kind)]


def test_a_strip_has_a_shape_for_each_thing_on_it():
    drawing = strip_drawing(STRIP)
    full = [
        each
        for each in shapes(drawing, Circle)
        if each.r > 2.7 and each.fillColor.hexval() == "0x111111"
    ]
    hollow = [
        each for each in shapes(drawing, Circle) if each.r > 2 and each.fillColor.hexval() == "0xffffff"
    ]
    assert len(full) == len(STRIP.held) and len(hollow) == len(STRIP.other)
    assert [len(each.points) // 2 for each in shapes(drawing, Polygon)] == [4, 3]  # booked, then due


@pytest.mark.parametrize("kind", ["gap", "suspended", "unknown", "no_rule", "not_in_post"])
def test_each_kind_of_span_looks_otherwise_and_keeps_within_its_days(kind):
    span = Span(kind, day("2016-08-01"), day("2016-09-30"))
    bare = STRIP._replace(spans=(), held=(), other=(), due=None, booked=None)
    without = len(strip_drawing(bare).contents)
    drawing = strip_drawing(bare._replace(spans=(span,)))
    added = [each.getBounds() for each in drawing.contents if not isinstance(each, Line)][-1:]
    assert len(drawing.contents) > without
    first, last = (9 / 2 + (at - bare.first) * (drawing.width - 9) / (bare.last - bare.first + 1)
                   for at in (span.first, span.last + 1))  # fmt: skip
    rect = next(each for each in shapes(drawing, Rect))
    assert abs(rect.x - first) < 0.1 and abs(rect.x + rect.width - last) < 0.1 and added


def test_the_key_of_strips_names_every_shape():
    _, said = key_drawing()
    assert said == (
        "Key to the strips, from left to right: held, other session, gap, clock stopped, no records or no rule, "
        "due, booked."
    )


def test_a_drawing_that_is_too_wide_is_made_smaller():
    story = Story()
    story.title("Title")
    story.figure(Drawing(2000, 100, Rect(0, 0, 2000, 100)), "A wide bar.")
    reader = PdfReader(BytesIO(made(story)))
    root = reader.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()
    figure = next(kid.get_object() for kid in root["/K"] if kid.get_object()["/S"] == "/Figure")
    left, foot, right, top = figure["/A"]["/BBox"]
    assert 50 < left < right < 545 and top - foot < 30


# --- What every page carries


def test_every_page_carries_what_the_paper_is_about():
    for number, page in enumerate(pages := words_of(made(everything(), "Team compliance", ABOUT)), 1):
        for part in (
            "Northmere Children’s Services · Team compliance", "OFFICIAL-SENSITIVE", PRACTICE,
            "Assessment A · 1 Apr 2016 – 31 Mar 2017 · as at 31 Mar 2017, known at 4 Apr 2017",
            "Employer standards 2020, one-to-one (preset)", "Printed Tue 4 April 2017 09:12 by R. Okafor",
            "History code 0123456789abcdef", "Content code 3f2a 9b01 77c4 d0e8 12ab", f"Page {number} of {len(pages)}",
        ):  # fmt: skip
            assert part in page


def test_only_papers_from_a_practice_store_are_marked_as_practice():
    assert "PRACTICE" not in words_of(made(everything(), "Paper", PRINTED))[0]
    with_it = words_of(made(everything(), "Paper", replace(PRINTED, practice=True)))
    assert all("PRACTICE made-up people" in page or page.count("PRACTICE") == 2 for page in with_it)


def test_the_marking_is_whatever_it_is_set_to():
    said = words_of(made(everything(), "Paper", replace(PRINTED, marking="OFFICIAL")))
    assert all("OFFICIAL" in page and "SENSITIVE" not in page for page in said)


# --- Stories


def test_several_stories_are_one_paper_told_one_by_one():
    told_so_far: list[int] = []

    def stories():
        for number in range(5):
            told_so_far.append(number)
            story = Story()
            story.title(f"Record {number}")
            story.foot = [f"Content code {number}"]
            story.prose("Text. " * 1000)
            yield story

    out = BytesIO()
    steps: list[int] = []
    most = of = 0
    for step in printing(stories(), "Pack", PRINTED, out, stories=5):
        done, of = step
        steps.append(done)
        most = max(most, len(told_so_far) - 1 - done // 100)
    assert steps == sorted(steps) and steps[-1] == of and most <= 0
    pages = words_of(out.getvalue())
    starts = [at for at, page in enumerate(pages) if re.search(r"Record \d", page)]
    assert len(starts) == 5 and starts[1] > 1
    for at, page in enumerate(pages):
        story = sum(start <= at for start in starts) - 1
        assert f"Content code {story} " in page and f"Page {at + 1} of {len(pages)}" in page


def test_pieces_kept_with_the_next_are_on_its_page():
    for above in range(30, 50):
        story = Story()
        story.title("Title")
        for _ in range(above):
            story.sentence("Above.")
        story.sentence("Kept.", with_next=True)
        story.strip(STRIP, with_next=True)
        story.quiet("What it means.")
        assert any("Kept." in page and "What it means." in page for page in words_of(made(story)))


def test_a_new_page_begins_where_it_is_asked_for_and_never_an_empty_one():
    story = Story()
    story.title("Title")
    story.page_break()
    story.page_break()
    story.sentence("Second.")
    story.page_break()
    first, second, *more = words_of(made(story))
    assert "Title" in first and "Second." in second
    assert not any("Second." in page for page in more)


def test_the_bookmarks_are_the_headings_folded_in_below_the_title():
    reader = PdfReader(BytesIO(made(everything(3))))
    title, below = reader.outline
    assert title.title == "Assessment Team A: supervision"
    assert [each.title for each in below if not isinstance(each, list)][:2] == [
        "Month by person",
        "Gaps",
    ]
    page = reader.get_destination_page_number(
        next(each for each in below if getattr(each, "title", "") == "Words")
    )
    assert "Words" in reader.pages[page].extract_text()


def test_the_same_story_makes_the_same_bytes_and_another_day_others():
    assert made(everything()) == made(everything())
    assert made(everything()) != made(everything(), printed=replace(PRINTED, by="Ada"))


def test_a_paper_of_nothing_is_one_page():
    assert len(words_of(made(Story()))) == 1 and ADA.worker not in words_of(made([]))[0]


def test_a_picture_of_dots_is_refused():
    story = Story()
    story.title("Title")
    drawing = Drawing(10, 10, Rect(0, 0, 10, 10, fillOpacity=0.5))
    story.figure(drawing, "A pale square.")
    with pytest.raises(ValueError, match="nothing dotted or transparent"):
        made(story)


def test_a_cell_that_is_read_otherwise_says_so():
    pdf = made(told(("Ada", Cell("■", spoken="gap", shaded=True), "")))
    assert b"gap" not in pdf  # what is compressed is not to be found as it stands
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()
    table = next(kid.get_object() for kid in root["/K"] if kid.get_object()["/S"] == "/Table")
    cell = table["/K"][1].get_object()["/K"][1].get_object()
    assert cell["/ActualText"] == "gap"
