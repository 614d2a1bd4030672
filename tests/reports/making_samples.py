"""`python -m tests.reports.making_samples`: a sample of every paper, and pictures of their pages.

Two services, both made up: the one to practise on, on its story's day, and the one of the tests, gathered in a
service store. Moment, person and history code are fixed, so that the same papers are the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.paper import About, Told
from supervise.doing.papers.press import Press, Rows
from supervise.exchange.practice import STORY_DAY, practice_plan
from supervise.exchange.sources import About as Export
from supervise.places import resource
from supervise.policy_files import read_policy_file
from supervise.reports.page import Printed
from supervise.reports.recovery_sheet import recovery_sheet
from supervise.store import memory_store
from supervise.workdays import add_months, day
from supervise.workspace import Workspace
from tests.reports.picturing import picture, save

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "docs" / "samples"
PICTURES = ROOT / "docs" / "pictures" / "papers"
KEPT = ROOT / "tests" / "kept"
PAGES = KEPT / "pages"

DPI, KEPT_DPI = 70, 50
"""Of the manual's pictures, and of those that a test compares."""

AT = datetime(2019, 11, 4, 9, 12)
"""When every sample was printed."""

CODE = "5a3b1e09" * 8
"""The history code of every sample: a store's own is another each time it is made."""

KEY = "SAMP-LEKE-YWHI-CHOP-ENSN-OTHI-NG22-2222"
"""A recovery key that opens nothing."""

TODAY = STORY_DAY.toordinal()
YEAR: dict[str, Any] = {"first": add_months(TODAY, -12) + 1, "last": TODAY, "as_at": TODAY}
VISIT = YEAR | {"on": day("2019-06-03")}
EAST: dict[str, Any] = {"team": "Safeguarding East"}
CADS: dict[str, Any] = {"team": "CADS"}
DRAWN = {"sample": 3, "seed": 7}


class Sample(NamedTuple):
    """A sample: its file, which paper it is, what that is asked with, whether the manual has a picture of its first
    page, and the pages of which a test keeps one."""

    file: str
    paper: str
    asked: dict[str, Any]
    pictured: bool = False
    kept: tuple[int, ...] = ()


RECOVERY_SHEET = Sample("recovery-sheet.pdf", "", {}, pictured=True)
"""The one paper of which no file is made otherwise, and which is not in the list of papers."""

PRACTICE = (
    Sample("record.pdf", "record", {"session": "PS0030"}, pictured=True, kept=(1,)),
    Sample("record-personal-part.pdf", "record", {"session": "PS0030", "parts": "personal"}),
    Sample("record-case-part.pdf", "record", {"session": "PS0030", "parts": "case"}),
    Sample("record-not-signed-yet.pdf", "record", {"session": "PS0235"}),
    Sample("record-form.pdf", "record-form", {"person": "W02", "on": TODAY + 6}, pictured=True),
    Sample("record-form-blank.pdf", "record-form", {}),
    Sample("agreement.pdf", "agreement", {"person": "W02", "review": add_months(TODAY, 12)}, pictured=True),
    Sample("agreement-blank.pdf", "agreement", {}),
    Sample("worker.pdf", "worker", {"person": "W05", **YEAR}, pictured=True),
    Sample("worker-for-other-eyes.pdf", "worker", {"person": "W08", "kinds": False, **YEAR}),
    Sample("handover.pdf", "handover", EAST | {"whom": "Ifeoma Okonkwo", "as_at": TODAY}, pictured=True),
    Sample("team.pdf", "team", EAST | YEAR, pictured=True, kept=(1,)),
    Sample("service.pdf", "service", YEAR),
    Sample("since.pdf", "since", EAST | VISIT, pictured=True),
    Sample("pack.pdf", "pack", EAST | YEAR | DRAWN, pictured=True),
    Sample("own-data.pdf", "own-data", {"person": "W12"}, pictured=True),
    Sample("card.pdf", "card", {}, pictured=True, kept=(1,)),
)  # fmt: skip
"""What is made of the service to practise on."""

TABLES = Sample("team.xlsx", "team", EAST | YEAR)
"""The tables of one of them, as a workbook."""

SERVICE = (
    Sample("sample-service-team.pdf", "team", CADS | YEAR),
    Sample("sample-service-service.pdf", "service", YEAR, pictured=True, kept=(2,)),
    Sample("sample-service-since.pdf", "since", VISIT),
    Sample("sample-service-pack.pdf", "pack", CADS | YEAR | DRAWN),
)
"""What is made of the sample service."""


class SamplePress(Press):
    """Prints samples, at which nobody looks and whose history code is fixed."""

    def _printed(self, told: Told, at: datetime) -> Printed:
        return replace(super()._printed(told, at), chain_head=CODE)

    def _note(self, what: str, rows: Iterable[tuple[str, str | None]]) -> Rows:
        return list(rows)


def practice() -> Workspace:
    """The service to practise on. Two people have looked at one worker's page."""
    here = Workspace(memory_store(_now), today=STORY_DAY.toordinal, me="Nerys Bowen")
    policy = resource("policies", "standards-2020-with-defaults.toml")
    here.carry_out(practice_plan(resource("practice"), policy, TODAY))
    for who, what in (("Nerys Bowen", "viewed"), ("Hywel Tudor", "printed")):
        here.store.access.note(who, what, "person", "W12")
    return here


def service() -> Workspace:
    """The sample service, in a service store that has gathered its one export."""
    store = memory_store(_now, service=True)
    here = Workspace(store, today=STORY_DAY.toordinal, me="Hywel Tudor")
    here.add_policies([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    here.carry_out(here.plan_import(KEPT / "service", Export(as_at=TODAY - 3)))
    return here


def _now() -> datetime:
    return datetime.combine(STORY_DAY, time(9, 30), UTC)


def made() -> Iterator[tuple[Sample, bytes]]:
    """Every sample that is a PDF, one after the other."""
    yield RECOVERY_SHEET, _recovery_sheet()
    for here, samples in ((practice(), PRACTICE), (service(), SERVICE)):
        with here.store:
            for sample in samples:
                yield sample, _pdf(here, sample)


def _pdf(here: Workspace, sample: Sample) -> bytes:
    out, press = BytesIO(), SamplePress(here.here, practice=True)
    for _ in press.make(BY_NAME[sample.paper], About(**sample.asked), out, at=AT):
        pass
    return out.getvalue()


def _recovery_sheet() -> bytes:
    told = Printed(at=AT, by="Nerys Bowen", chain_head="", practice=True)
    return recovery_sheet(KEY, "C:\\Supervision\\East.store", "Hywel Tudor", told)


def write_tables(to: Path) -> None:
    """The workbook among the samples."""
    with practice().store as store:
        here = Workspace(store, today=STORY_DAY.toordinal, me="Nerys Bowen")
        press = SamplePress(here.here, practice=True)
        for _ in press.save(BY_NAME[TABLES.paper], About(**TABLES.asked), to, at=AT):
            pass


def cells(path: Path) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """All that stands in a workbook, sheet by sheet."""
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in load_workbook(path)]


def main() -> None:
    """Make them all anew. The workbook's file says when it was made: it stays if it says the same."""
    for folder in (SAMPLES, PICTURES, PAGES):
        folder.mkdir(parents=True, exist_ok=True)
    for sample, pdf in made():
        to = SAMPLES / sample.file
        to.write_bytes(pdf)
        if sample.pictured:
            save(picture(pdf, 1, DPI), PICTURES / f"{to.stem}.png")
        for page in sample.kept:
            save(picture(pdf, page, KEPT_DPI), PAGES / f"{to.stem}-{page}.png")
    to, fresh = SAMPLES / TABLES.file, SAMPLES / f"fresh-{TABLES.file}"
    write_tables(fresh)
    if to.exists() and cells(to) == cells(fresh):
        fresh.unlink()
    else:
        fresh.replace(to)
    sys.stdout.write(f"The samples are in {SAMPLES.relative_to(ROOT)}.\n")


if __name__ == "__main__":
    main()
