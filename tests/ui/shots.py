"""`python -m tests.ui.shots FOLDER`: a picture of every page and dialog, to be looked at.

Light, dark, high contrast and 200 % text, at 1090 × 610, of the practice service on a fixed day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from supervise.doing.papers.listed import PAPERS
from supervise.doing.papers.paper import Paper
from supervise.places import resource
from supervise.ui.actions import BY_NAME
from supervise.ui.side import PAGES
from tests.ui.driving import Driver, Hands, practice_store

TEAM = "Safeguarding East"
LOOKS = (("light", 100), ("dark", 100), ("contrast", 100), ("light", 200))

#: Dialogs that an action opens about the person chosen.
DIALOGS = (
    "book", "quick_note", "why", "explain_gap", "propose", "add_person", "another_day", "keys", "about",
    "verify_paper",
)  # fmt: skip


def scenes(seat: Driver) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each picture's name, and what brings it up."""
    for page, _ in PAGES:
        yield page, lambda page=page: seat.opens(page)
    yield "person", lambda: seat.opens("person", "W05")
    yield "session-new", lambda: seat.opens("session", ("new", "W02"))
    yield "session-signed", lambda: seat.opens("session", "PS0030")
    yield "session-held", lambda: seat.opens("session", _unsigned(seat))
    yield "find", lambda: seat.opens("find", "housing")
    yield "guide", lambda: seat.opens("guide")
    yield "guide-cadence", lambda: seat.opens("guide", "cadence")
    yield "bring-in", lambda: _brought_in(seat)
    for paper in PAPERS:
        yield f"reports-{paper.name}", lambda paper=paper: _paper(seat, paper)
    for section in (
        "policies",
        "people",
        "agendas",
        "cases",
        "papers",
        "retention",
        "backups",
        "lock",
        "looks",
    ):
        yield f"settings-{section}", lambda section=section: seat.opens("settings", section)
    yield (
        "today-another-day",
        lambda: (seat.looks_at(TEAM, seat.hands.today() - 40), seat.opens("today")),
    )
    yield "back", lambda: seat.looks_at(TEAM)
    for action in DIALOGS:
        yield f"dialog-{action}", lambda action=action: _dialog(seat, action)
    yield "dialog-move", lambda: _over(seat, lambda: seat.desk.deeds.move(_planned(seat)))
    yield "dialog-cancel", lambda: _over(seat, lambda: seat.desk.deeds.cancel(_planned(seat)))
    yield "dialog-missed", lambda: _over(seat, lambda: seat.desk.deeds.miss(_planned(seat)))
    yield "dialog-share", lambda: _over(seat, lambda: seat.desk.deeds.share(_unsigned(seat)))
    yield "dialog-sign", lambda: _over(seat, lambda: seat.desk.deeds.sign(_unsigned(seat)))
    yield "dialog-late-entry", lambda: _over(seat, lambda: seat.desk.deeds.add_late("PS0030"))
    for kind in ("person", "post", "absence", "variation", "agreement", "case_allocation"):
        row = {"person_id": "W05"}
        yield (
            f"dialog-{kind}",
            lambda kind=kind, row=row: _over(
                seat,
                lambda: seat.desk.deeds.edit_row(kind, dict(row) if kind != "person" else _person(seat)),
            ),
        )
    yield "locked", lambda: (_closed(seat), seat.window.lock())


def _closed(seat: Driver) -> None:
    for dialog in seat.dialogs():
        dialog.reject()
    seat.settle()


def _dialog(seat: Driver, action: str) -> None:
    assert action in BY_NAME
    _closed(seat)
    seat.opens("person", "W05")
    seat.does(action)


def _over(seat: Driver, opens: Callable[[], object]) -> None:
    _closed(seat)
    opens()
    seat.settle()


def _paper(seat: Driver, paper: Paper) -> None:
    """A paper chosen and asked for, as far as it needs to be."""
    page = seat.opens("reports", "PS0030" if "session" in paper.needs else paper.name)
    if "person" in paper.needs:
        page.fields.people.choose("W05")
    if "on" in paper.needs:
        page.fields.field("on").day.set_day(seat.hands.today() - 150)
    page.ask()


def _person(seat: Driver) -> dict[str, object]:
    return dict(seat.workspace.store.row("person", "W05") or {})


def _planned(seat: Driver) -> str:
    rows = seat.workspace.store.rows("session", status="planned")
    return next(row["id"] for row in rows)


def _unsigned(seat: Driver) -> str:
    rows = seat.workspace.store.rows("session", status="held", person_id="W14")
    return max(rows, key=lambda row: row["held_on"])["id"]


def _brought_in(seat: Driver) -> None:
    page = seat.opens("bring_in", str(resource("trackers", "duty-team.xlsx")))
    seat.rests()
    assert page is seat.window.front


def main(folder: Path) -> None:
    """Write them all."""
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    folder.mkdir(parents=True, exist_ok=True)
    for theme, percent in LOOKS:
        hands = Hands()
        seat = Driver(None, practice_store(hands), hands, theme=theme, percent=percent)
        seat.looks_at(TEAM)
        for name, bring_up in scenes(seat):
            bring_up()
            seat.rests()
            if name != "back":
                seat.picture(folder / f"{name}-{theme}-{percent}.png")
        seat.window.unlock()
        seat.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
