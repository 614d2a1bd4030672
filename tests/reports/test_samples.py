"""The samples of every paper are what is made now, the manual shows them, and their pages look as they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from supervise.doing.papers.listed import BY_NAME, PAPERS
from supervise.doing.papers.paper import About
from supervise.doing.showing import finished
from supervise.reports.page import Story
from supervise.reports.tables import Row
from supervise.wording import OnDay
from supervise.workdays import day
from tests.reports.making_samples import (
    KEPT_DPI,
    PAGES,
    PICTURES,
    PRACTICE,
    RECOVERY_SHEET,
    ROOT,
    SAMPLES,
    SERVICE,
    TABLES,
    YEAR,
    Sample,
    cells,
    made,
    practice,
    service,
    write_tables,
)
from tests.reports.papers import PRINTED, words_of
from tests.reports.papers import made as set_in_pages
from tests.reports.picturing import difference, load, picture

ALL = (RECOVERY_SHEET, *PRACTICE, *SERVICE)
MANUAL = ROOT / "docs" / "manual.md"
AGAIN = "make them again: python3 dev.py samples"

ALIKE = 1.0
"""Two pictures of a page are apart by less: letters a little thicker or thinner, nothing elsewhere."""


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    """Every sample as it is made now, by its file's name."""
    return {sample.file: pdf for sample, pdf in made()}


def contents(pdf: bytes) -> list[bytes]:
    """What is drawn on each page, however it was packed."""
    drawn = (page.get_contents() for page in PdfReader(BytesIO(pdf)).pages)
    return [each.get_data() for each in drawn if each is not None]


# --- the folder


@pytest.mark.parametrize("sample", ALL, ids=[each.file for each in ALL])
def test_a_sample_is_what_is_made_now(pdfs: dict[str, bytes], sample: Sample) -> None:
    kept = (SAMPLES / sample.file).read_bytes()
    assert kept == pdfs[sample.file] or contents(kept) == contents(pdfs[sample.file]), AGAIN


def test_the_workbook_is_what_is_made_now(tmp_path: Path) -> None:
    write_tables(tmp_path / "fresh.xlsx")
    assert cells(SAMPLES / TABLES.file) == cells(tmp_path / "fresh.xlsx"), AGAIN


def test_there_is_a_sample_of_every_paper_and_of_nothing_else() -> None:
    assert {each.paper for each in ALL} == {"", *BY_NAME}
    files = {path.name for path in SAMPLES.iterdir()}
    assert files == {each.file for each in ALL} | {TABLES.file}
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 4_000_000


def test_the_same_samples_are_the_same_bytes(pdfs: dict[str, bytes]) -> None:
    assert {sample.file: pdf for sample, pdf in made()} == pdfs


def test_every_page_says_that_its_people_are_made_up(pdfs: dict[str, bytes]) -> None:
    assert all("made-up people" in page for pdf in pdfs.values() for page in words_of(pdf))


# --- the manual


def test_the_manual_shows_a_page_of_every_paper_in_words_too() -> None:
    part = MANUAL.read_text("utf-8").partition("\n## Papers\n")[2].partition("\n## ")[0]
    shown = dict(re.findall(r"!\[([^\]]{30,})\]\(pictures/papers/([\w-]+)\.png\)", part))
    pictured = [each for each in ALL if each.pictured]
    assert {each.paper for each in pictured} == {"", *BY_NAME}
    assert set(shown.values()) == {Path(each.file).stem for each in pictured}
    assert {path.stem for path in PICTURES.iterdir()} == set(shown.values())
    for paper in PAPERS:
        assert f"**{paper.title}" in part, paper.title
    for link in re.findall(r"\(samples/([\w.-]+)\)", part):
        assert (SAMPLES / link).exists(), link


# --- how pages look


KEPT_PAGES = [(sample, page) for sample in ALL for page in sample.kept]


@pytest.mark.parametrize(
    ("sample", "page"), KEPT_PAGES, ids=[f"{each.file}-{page}" for each, page in KEPT_PAGES]
)
def test_a_page_looks_as_it_did(pdfs: dict[str, bytes], sample: Sample, page: int) -> None:
    kept = load(PAGES / f"{Path(sample.file).stem}-{page}.png")
    assert difference(picture(pdfs[sample.file], page, KEPT_DPI), kept) < ALIKE, AGAIN


def test_a_page_whose_heading_has_moved_does_not() -> None:
    def page(before: int) -> bytes:
        story = Story()
        story.title("A title", "and what is under it")
        for _ in range(before):
            story.sentence(" ")
        story.heading(1, "A heading that moves")
        for _ in range(12):
            story.sentence(
                "A sentence like many others, that goes on to the end of its line and a little on."
            )
        return set_in_pages(story, printed=PRINTED)

    still, moved = (picture(page(before), 1, KEPT_DPI) for before in (0, 1))
    assert difference(still, still) == 0
    assert difference(still, moved) > ALIKE
    assert difference(still, moved.crop((0, 0, 100, 100))) > ALIKE


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    """The stories of every sample, and of a pack of several teams."""
    found: list[Story] = []
    pack = Sample("", "pack", YEAR | {"sample": 3, "seed": 7})
    for here, samples in ((practice(), PRACTICE), (service(), (*SERVICE, pack))):
        with here.store:
            for sample in samples:
                told = finished(BY_NAME[sample.paper].tell(here.here, About(**sample.asked)))
                found += told.stories
    return found


def test_no_word_and_no_day_is_cut_in_two_in_a_table(stories: list[Story]) -> None:
    rows = [
        block.flowable for story in stories for block in story.blocks if isinstance(block.flowable, Row)
    ]
    assert len(rows) > 1000
    assert [each for row in rows for each in _cut(row)] == []


_A_DAY = re.compile(r"\d{1,2}\xa0[A-Z][a-z]{2}\xa0\d{4}")
_WIDEST = "28\xa0May\xa02018"


def _cut(row: Row) -> Iterator[tuple[str, float]]:
    """What is wider than its place, and by how much, with every day as wide as days are."""
    for plan, place in zip(row._plans, row._places, strict=True):
        for line in plan.lines:
            said = _A_DAY.sub(_WIDEST, "".join(run.text for run in line))
            for word in said.split(" "):
                over = stringWidth(word, plan.style.fontName, plan.style.fontSize) - place.room
                if over > 0:
                    yield word, over


def test_the_widest_day_is_the_widest() -> None:
    from supervise.reports.paper import STYLES

    for style in (STYLES["cell"], STYLES["strong cell"]):
        widths = {
            str(OnDay(on)): stringWidth(str(OnDay(on)), style.fontName, style.fontSize)
            for on in range(day("2018-01-01"), day("2021-01-01"))
        }
        assert max(widths.values()) == stringWidth(
            _WIDEST.replace("\xa0", " "), style.fontName, style.fontSize
        )
