"""Stories for the tests: one of every piece, long and short, with words of every kind. Everybody is made up."""

from __future__ import annotations

from dataclasses import replace

from supervise import strips
from supervise.reports.figures import Picture
from supervise.reports.page import Story
from supervise.reports.story import KeyFigure
from supervise.reports.strip_picture import strip_drawing
from supervise.reports.tables import Cell, Column
from supervise.strips import Span, Strip
from supervise.wording import STATUS
from supervise.workdays import day
from tests.making import NASTY
from tests.reports.papers import PRINTED

ABOUT = replace(
    PRINTED, service="Northmere Children’s Services", team="Assessment A",
    period=(day("2016-04-01"), day("2017-03-31")), as_at=day("2017-03-31"), known_at=day("2017-04-04"),
    policy="Employer standards 2020, one-to-one", source="preset", practice=True,
)  # fmt: skip

STRIP = Strip(
    first=day("2016-04-01"), last=day("2017-05-12"), as_at=day("2017-03-31"),
    held=tuple(map(day, ("2016-05-12", "2016-06-14", "2016-09-02", "2016-10-20", "2017-02-10"))),
    other=(day("2016-07-07"),),
    spans=(
        Span("not_in_post", day("2016-04-01"), day("2016-04-05")),
        Span("unknown", day("2016-11-20"), day("2016-12-10")),
        Span("no_rule", day("2016-04-06"), day("2016-04-20")),
        Span("suspended", day("2016-12-11"), day("2017-01-02")),
        Span("gap", day("2016-07-20"), day("2016-09-01")),
    ),
    due=day("2017-03-10"), booked=day("2017-04-20"), gaps=1, days_late=44, open_gap=False,
)  # fmt: skip

MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
GAP = Cell("■", spoken="gap", shaded=True)


def everything(people: int = 9) -> Story:
    """A story with one of every piece."""
    story = Story()
    story.title("Assessment Team A: supervision", "9 people in scope · supervisor R. Okafor")
    story.key_figures(
        [
            KeyFigure("Days covered", "95 %", "2,804 of 2,967 days", "Days in scope that were not late"),
            KeyFigure(
                "In policy", "75 %", "6 of 8 people", "People not in a gap; 1 left out (clock stopped)"
            ),
            KeyFigure("Without a session", "1", means="Nobody held one with them"),
        ]
    )
    _tables(story, people)
    _pictures(story)
    story.heading(1, "Words")
    story.facts(
        [
            ("Kept by", "Ada <b>&amp; x"),
            ("A label longer than its place", "one\n\ntwo\nthree"),
            ("None", ""),
        ]
    )
    story.heading(2, "As they were typed")
    for text in NASTY:
        story.prose(text)
    story.heading(3, "At length")
    story.prose("She spoke of the visits and the school. " * 150)
    for text in ("One thing", "Two things\nover lines"):
        story.bullet(text, "and more about it")
    story.notes(
        [("Days covered", "Days in scope that were not late days. " * 4), ("Evidenced", "Held.")]
    )
    story.signing("Ada Brightwell", "Already recorded.")
    story.writing_line("In your own words")
    story.page_break()
    story.heading(1, "Last")
    story.groups(["QW2E", "RT5Y", "UIOP", "A7SD", "FGH3"])
    story.about_letters()
    story.foot = ["Content code 3f2a 9b01 77c4 d0e8 12ab"]
    return story


def _tables(story: Story, people: int) -> None:
    story.heading(1, "Month by person")
    columns = [
        Column("Person", 110, names_rows=True),
        *(Column(month, 26, "centre") for month in MONTHS),
    ]
    paused = Cell("❚❚", spoken="clock stopped")
    rows = [(f"Person {n}", 1, 2, 1, GAP, 1, 1, 2, 1, GAP, paused, None, "") for n in range(people)]
    story.table(columns, rows, caption="Sessions held", with_next=True)
    story.quiet("Number = sessions held. ■ a gap. ❚❚ clock stopped. – not in post.")
    story.heading(1, "Gaps")
    reasons = [
        Column("Person"),
        Column("Stands"),
        Column("Days late", 0.8, "right"),
        Column("Reasons", 3),
    ]
    long = "\n".join(f"line {n} of many" for n in range(90))
    told = [
        (f"Nobody {n}", STATUS["gap"], 1204 + n, "Cancelled. " * (n * 7 % 40 + 1)) for n in range(people)
    ]
    story.table(reasons, [*told, ("Somebody", STATUS["absent"], 8, long)])
    story.table(reasons, [], empty="No gap.")


def _pictures(story: Story) -> None:
    story.heading(1, "Strips")
    story.strip(STRIP)
    story.strip_key()
    small = Picture(strip_drawing(STRIP, 300, months=False), strips.words(STRIP))
    columns = [Column("Person", 100, names_rows=True), Column("Twelve months", 300)]
    story.table(columns, [("Ada", small), ("Priya", small)])
