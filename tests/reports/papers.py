"""A made-up record and how to read its paper, for the tests of reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pypdf import PdfReader

from supervise.reports.page import Printed
from supervise.reports.record import write_record
from supervise.sessions import Record, Session
from supervise.workdays import day

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


def pages(record: Record, folder: Path, printed: Printed = PRINTED) -> list[str]:
    """The words on each page, with single spaces."""
    to = folder / "record.pdf"
    for _ in write_record(record, to, printed):
        pass
    return [" ".join(page.extract_text().split()) for page in PdfReader(to).pages]


def words(record: Record, folder: Path, printed: Printed = PRINTED) -> str:
    """All of them."""
    return " ".join(pages(record, folder, printed))
