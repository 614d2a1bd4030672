"""Growth is measured size by size and told with its powers, in tables and in a plot. Nothing is timed here."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import growth
from bench.growth_plot import spread
from bench.growth_told import (
    GAPS,
    IMPORT,
    MARKS,
    OPENING,
    PARTS,
    STATUS,
    TEAM,
    Growth,
    Point,
)

NOW = datetime(2026, 3, 2, 9)
SVG = "{http://www.w3.org/2000/svg}"


def test_two_tiny_sizes_are_measured_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    grown = growth.measured(tmp_path, (12, 24), 1, NOW, said.append)
    assert list(tmp_path.iterdir()) == []  # a full run has no room for what is over
    assert [point.people for point in grown.points] == [12, 24]
    for point in grown.points:
        assert point.seconds.keys() == point.peaks.keys() == PARTS.keys()
        assert min(point.seconds.values()) > 0
        assert point.store > 0 and point.gaps > 0
    assert any("found the same gaps, row by row" in sentence for sentence in grown.circumstances)
    assert "### Time for each 1,000 people" in grown.plain()
    assert said[0] == "Growth, 12 people: making them and taking them in …"


def made(**powers: float) -> Growth:
    """Times and memory that grow exactly so; what is not named, linearly."""
    by_name = {"gaps": GAPS, "team": TEAM, "opening": OPENING, "import_": IMPORT}
    power = dict.fromkeys(PARTS, 1.0) | {by_name[name]: power for name, power in powers.items()}
    points = [
        Point(
            people,
            {name: 0.0001 * people ** power[name] for name in PARTS},
            dict.fromkeys(PARTS, 80_000_000 + 1_000 * people),
            20_000 * people,
            people,
        )
        for people in (12, 1_200, 12_000, 50_000)
    ]
    return Growth(["Made up."], points)


def test_what_grows_linearly_is_said_to() -> None:
    grown = made(team=0, opening=0)
    assert grown.verdict() == (
        "From 12,000 to 50,000 people, nothing of ours grows worse than linearly (people^1.05 at most)."
    )
    rows = [re.split(r" *\| *", line) for line in grown.plain().splitlines() if line.startswith("| ")]
    assert rows[0][1:4] == ["people", "opening", "status"]
    assert rows[5][1:4] == ["50,000", "0.00200 ms", "100 ms"]
    assert rows[6][1:4] == ["grows as", "people^0.00", "people^1.00"]
    assert rows[-1][-2] == "people^1.00"  # the file
    assert rows[-2][-2] == "1,000"


def test_what_grows_worse_is_said_plainly() -> None:
    grown = made(gaps=2, import_=1.04)
    assert grown.verdict() == (
        "From 12,000 to 50,000 people, worse than linear: every gap (people^2.00: 17.4 times the time for 4.17 "
        "times the people). Nothing else of ours is."
    )


def test_others_who_are_quicker_are_said_to_be() -> None:
    assert (
        made(gaps=1.1)
        .beside()
        .startswith("Time beside others with 50,000 people: every gap 2.95 times every")
    )
    assert "everyone’s status 1.00 times the fetch" in made().markdown("growth.svg")


def test_the_plot_has_every_line_and_its_number_in_words() -> None:
    grown = made()
    root = ElementTree.fromstring(grown.picture())
    assert root.findtext(f"{SVG}desc") == grown.numbers()
    words = [element.text or "" for element in root.iter(f"{SVG}text")]
    for part in PARTS.values():
        assert any(word.startswith(f"{part.said}, ") for word in words), part.said
    assert f"{PARTS[STATUS].said}, 5.00 s" in words
    assert "everyone’s status 5.00 s (time grows as people^1.00)" in grown.numbers()
    assert "50,000" in words and "prefers-color-scheme: dark" in grown.picture()


def test_memory_that_the_system_does_not_tell_is_not_drawn() -> None:
    points = [
        Point(each.people, each.seconds, dict.fromkeys(PARTS, 0), each.store, each.gaps)
        for each in made().points
    ]
    grown = Growth([], points)
    assert "Memory" not in grown.picture() and " MB" not in grown.picture()
    assert "not told" in grown.plain() and "The most memory" not in grown.numbers()


def test_the_document_gets_the_tables_and_the_plot(tmp_path: Path) -> None:
    document, picture = tmp_path / "benchmarks.md", tmp_path / "pictures" / "growth.svg"
    picture.parent.mkdir()
    document.write_text(f"Before.\n{MARKS[0]}\n{MARKS[1]}\nAfter.\n", "utf-8")
    grown = made()
    for _ in range(2):
        grown.write(document, picture)
    text = document.read_text("utf-8")
    assert (
        text == f"Before.\n{MARKS[0]}\n\n{grown.markdown('pictures/growth.svg')}\n\n{MARKS[1]}\nAfter.\n"
    )
    assert f"![{grown.numbers()}](pictures/growth.svg)" in text
    assert picture.read_text("utf-8") == grown.picture()
    document.write_text("No marks.", "utf-8")
    with pytest.raises(ValueError, match="lost its marks"):
        grown.write(document, picture)


def test_the_projects_document_has_its_marks_and_its_plot() -> None:
    docs = Path(__file__).parents[2] / "docs"
    text = (docs / "benchmarks.md").read_text("utf-8")
    begin, end = MARKS
    assert text.count(begin) == text.count(end) == 1
    assert "](pictures/growth.svg)" in text[text.index(begin) : text.index(end)]
    ElementTree.fromstring((docs / "pictures" / "growth.svg").read_text("utf-8"))


@given(st.lists(st.floats(30, 300), min_size=1, max_size=8))
def test_labels_keep_their_order_and_never_overlap(places: list[float]) -> None:
    found = spread(places, 30, 300)
    order = sorted(range(len(places)), key=places.__getitem__)
    assert all(found[below] - found[above] >= 14.999 for above, below in pairwise(order))
    assert min(found) >= 29.999 and max(found) <= 300.001


def test_labels_with_room_stay_where_their_lines_end() -> None:
    assert spread([100, 60, 200], 30, 300) == [100, 60, 200]
