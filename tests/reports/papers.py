"""A made-up record, papers made of stories, and how to read them, for the tests of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pdfua import validate
from pypdf import PdfReader

from supervise.records import Record
from supervise.reports.furniture import PRACTICE
from supervise.reports.page import Printed, Story, printing, writing
from supervise.reports.record import Parts, name_of, tell_record
from supervise.sessions import Session
from supervise.workdays import day
from tests.reports.checking_tags import faults

PRINTED = Printed(
    at=datetime(2017, 4, 4, 9, 12), by="R. Okafor", chain_head="0123456789abcdef" + "0" * 48
)
HELD = Session(
    id="s1", person="p1", supervisor="p2", kind="one_to_one", status="held",
    planned_on=day("2017-03-01"), planned_start="10:00", held_on=day("2017-03-02"), started_at="10:05",
    minutes=75, interrupted=True, place="Civic Centre, room 3", recorded_on=day("2017-03-21"),
    shared_on=day("2017-03-22"), worker_signed_on=day("2017-03-23"), signed_how="paper",
    worker_view="disagrees", notes="We ended early.\nA strategy meeting was called.",
)  # fmt: skip
ADA = Record(
    session=HELD, worker="Ada Brightwell", supervisor="Rose Okafor", team="Assessment A", role="nqsw"
)

NO_CLAIM = "UA-28-004"
"""What pdfua says of a file that does not claim to be PDF/UA. Ours never do."""


def pages(record: Record, folder: Path, printed: Printed = PRINTED, parts: Parts = "both") -> list[str]:
    """The words on each page, with single spaces."""
    to = folder / "record.pdf"
    for _ in write_record(record, to, printed, parts):
        pass
    return words_of(to.read_bytes())


def write_record(
    record: Record, to: Path, printed: Printed = PRINTED, parts: Parts = "both"
) -> Iterator[tuple[int, int]]:
    """Write a record to a file, as everything is written."""
    story = tell_record(record, printed.at.toordinal(), parts)
    return writing(story, name_of(record, parts), printed, to)


def words(record: Record, folder: Path, printed: Printed = PRINTED, parts: Parts = "both") -> str:
    """All of them."""
    return " ".join(pages(record, folder, printed, parts))


def words_of(pdf: bytes) -> list[str]:
    """The words on each page of a paper, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def made(told: Story | Iterable[Story], name: str = "Paper", printed: Printed = PRINTED) -> bytes:
    """The paper of a story."""
    out = BytesIO()
    for _ in printing(told, name, printed, out):
        pass
    return out.getvalue()


def read_out(*stories: Story, name: str = "Paper", printed: Printed = PRINTED) -> list[str]:
    """What is read out of a paper, head and foot of its first page included. Only before it is made."""
    head = [f"{printed.service or 'Supervise'} · {name}", PRACTICE if printed.practice else ""]
    told = [said for story in stories for said in story.said()]
    return [*head, printed.marking, *told, printed.about(), printed.printed(), *stories[0].foot]


def refuse_faults(pdf: bytes, said: list[str] | None, folder: Path) -> None:
    """AssertionError unless a paper is tagged as it should be: by our own checker, and by pdfua."""
    assert faults(pdf, said) == []
    file = folder / "checked.pdf"
    file.write_bytes(pdf)
    report = validate(str(file))
    assert [each for each in report.findings if each.rule_id != NO_CLAIM] == []
    assert [(each.rule_id, each.skipped_reason) for each in report.outcomes if each.skipped] == []
