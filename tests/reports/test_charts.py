"""Charts: each figure is in the words, shapes say what is whole, and nothing divides by nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Circle, Line, Rect, String

from supervise.compliance import Share
from supervise.reports.charts import bands, months_before, percent, scale_begins, trend
from supervise.reports.page import Story
from supervise.workdays import add_months, day
from tests.reports.papers import made, read_out, refuse_faults

APRIL = day("2016-04-01")
COLOURS = {"#111111", "#4d4d4d", "#8a8a8a", "#dcdcdc", "#ffffff"}


def points(*pairs: tuple[int, int]) -> list[tuple[int, Share]]:
    return [(add_months(APRIL, at), Share(*pair)) for at, pair in enumerate(pairs)]


def letters(drawing: Any) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def test_each_month_has_its_share_in_letters_and_in_words() -> None:
    picture = trend(points((28, 30), (31, 31), (0, 0), (15, 30)))
    assert {"93 %", "100 %", "50 %", "Apr", "Jul", "2016"} <= set(letters(picture.drawing))
    assert picture.alt == (
        "Days covered, month by month: Apr 2016 28 of 30 (93 %); May 2016 31 of 31 (100 %);"
        " Jun 2016 none due; Jul 2016 15 of 30 (50 %). The scale begins at 40 %."
    )


def test_a_month_that_is_whole_has_another_shape_than_one_that_is_not() -> None:
    shapes = trend(points((30, 30), (29, 30), (28, 30), (0, 0))).drawing.contents
    assert sum(isinstance(shape, Circle) for shape in shapes) == 1
    assert sum(isinstance(shape, Rect) for shape in shapes) == 2


def test_a_hundred_months_are_told_by_their_ends_the_lowest_and_the_highest() -> None:
    picture = trend(points(*[(90 + at % 11, 100) for at in range(100)]))
    assert "over 100 months: first Apr 2016 90 of 100 (90 %)" in picture.alt
    assert "highest Feb 2017 100 of 100 (100 %)" in picture.alt
    assert len(letters(picture.drawing)) < 60


def test_a_day_is_marked_by_a_broken_line_where_it_falls() -> None:
    told = points((28, 30), (31, 31), (20, 30))
    for on, at in (("2016-04-01", 0.0), ("2016-05-16", 1 + 15 / 31), ("2016-07-01", 3.0)):
        picture = trend(told, event=(day(on), "the visit"))
        (line,) = [
            shape for shape in picture.drawing.contents if getattr(shape, "strokeDashArray", None)
        ]
        steps = (picture.drawing.width - 34) / 3
        assert line.x1 == line.x2 == pytest.approx(34 + steps * at)
        assert months_before(told, day(on)) == at
        assert picture.alt.endswith("A broken line marks the visit.")
        for shape in picture.drawing.contents:
            left, foot, right, top = shape.getBounds()
            assert left >= -1 and right <= picture.drawing.width + 1
            assert foot >= -1 and top <= picture.drawing.height + 1
    assert months_before([], APRIL) is None


def test_a_day_outside_the_months_shown_is_not_marked() -> None:
    told = points((28, 30), (31, 31))
    for on in ("2016-03-31", "2016-06-02"):
        assert trend(told, event=(day(on), "the visit")).alt == trend(told).alt
        assert trend(told, event=(day(on), "the visit")).drawing.height == trend(told).drawing.height


def test_no_figure_stands_on_the_broken_line() -> None:
    drawing = trend(points((28, 30)), event=(APRIL + 15, "the visit")).drawing
    (line,) = [shape for shape in drawing.contents if getattr(shape, "strokeDashArray", None)]
    (figure,) = [
        shape for shape in drawing.contents if isinstance(shape, String) and shape.text == "93 %"
    ]
    left, _, right, _ = figure.getBounds()
    assert right < line.x1 or left > line.x1


def test_no_line_of_the_scale_goes_through_a_figure() -> None:
    drawing = trend(
        points(*[(n, 100) for n in (62, 50, 57, 56, 59, 54, 79, 81, 100, 78, 55, 41)])
    ).drawing
    figures = [
        shape.getBounds() for shape in drawing.contents
        if isinstance(shape, String) and shape.textAnchor == "middle" and shape.text.endswith(" %")
    ]  # fmt: skip
    lines = [shape for shape in drawing.contents if isinstance(shape, Line) and shape.strokeWidth == 0.4]
    assert len(figures) == 12
    assert len(lines) > 4  # some of the four are in pieces
    for left, foot, right, top in figures:
        for line in lines:
            assert not (foot < line.y1 < top and line.x1 < right and line.x2 > left)


def test_nothing_has_no_chart() -> None:
    for nothing in ([], points((0, 0))):
        with pytest.raises(ValueError, match="a chart of nothing"):
            trend(nothing)


def test_nothing_divided_by_nothing_is_no_per_cent() -> None:
    assert (percent(Share(0, 0)), percent(Share(2999, 3000)), percent(Share(1, 3000))) == (
        "none due", "99 %", "1 %",
    )  # fmt: skip


SHARES = st.integers(0, 40).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


@given(st.lists(SHARES, min_size=1, max_size=40).filter(lambda pairs: any(d for _, d in pairs)))
@settings(max_examples=60, deadline=None)
def test_every_mark_lies_on_the_scale_and_in_the_drawing(pairs: list[tuple[int, int]]) -> None:
    told = points(*pairs)
    assert all(100 * share.n / share.d >= scale_begins(told) for _, share in told if share.d)
    drawing = trend(told).drawing
    for shape in drawing.contents:
        left, foot, right, top = shape.getBounds()
        assert foot >= -1
        assert top <= drawing.height + 1
        assert isinstance(shape, String) or (left >= -1 and right <= drawing.width + 1)
        fills = (getattr(shape, "fillColor", None), getattr(shape, "strokeColor", None))
        assert {"#" + each.hexval()[2:] for each in fills if each is not None} <= COLOURS


def test_a_bar_is_as_long_as_its_number_and_bears_it() -> None:
    picture = bands([("up to 7 days", 2), ("8 to 28 days", 4), ("never supervised", 0)])
    bars = [shape for shape in picture.drawing.contents if isinstance(shape, Rect)]
    assert [bar.width / bars[0].width for bar in bars] == [1, 2]
    assert letters(picture.drawing) == [
        "Up to 7 days", "2", "8 to 28 days", "4", "Never supervised", "0",
    ]  # fmt: skip
    assert picture.alt == "Gaps by length: up to 7 days 2; 8 to 28 days 4; never supervised 0."


def test_charts_on_paper_are_tagged(tmp_path: Path) -> None:
    def told() -> Story:
        story = Story()
        story.title("Charts")
        story.figure(*trend(points((28, 30), (31, 31), (0, 0), (15, 30))))
        story.figure(*bands([("up to 7 days", 2), ("8 to 28 days", 0)]))
        return story

    refuse_faults(made(told()), read_out(told()), tmp_path)
    assert made(told()) == made(told())
