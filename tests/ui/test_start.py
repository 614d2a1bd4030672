"""What a start does not wait for: nothing that Today does not need is imported before it can be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from supervise.places import Places
from supervise.policy_files import read_policy
from supervise.store import create_store
from supervise.ui import numbers
from supervise.ui.bits import label
from supervise.ui.cards import AT_ONCE, Card, CardList, Cards
from supervise.workspace import Workspace
from tests.making import ME, MONTHLY, PASSPHRASE
from tests.ui.driving import Driver

ROOT = Path(__file__).parents[2]

#: Libraries, and parts of our own, that are slow to import.
HEAVY = (
    "keyring", "openpyxl", "reportlab", "icalendar", "pypdfium2", "zxcvbn", "rapidfuzz", "cryptography",
    "sqlite_utils", "platformdirs", "PIL", "defusedxml", "click", "importlib.metadata", "email.message",
    "concurrent.futures", "supervise.exchange", "supervise.reports", "supervise.cli", "supervise.compliance",
    "supervise.later", "supervise.doing.sheet", "supervise.doing.writing", "supervise.ui.tables",
    "supervise.ui.forms", "supervise.ui.first_run", "supervise.ui.pages.team",
)  # fmt: skip

CODE = """
import json, sys
from pathlib import Path
import PySide6.QtCore
from bench.after_paint import then
from bench.window_app import gone, opened

app = opened(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))

def tell():
    page = app.window.front
    print(json.dumps({
        "page": page.name, "names": [each.card.name for each in page.cards.rows],
        "imported": sorted(name for name in sys.modules if name in json.loads(sys.argv[3])),
        "has_names_of_qt": "Qt" in vars(PySide6.QtCore),
    }))
    sys.stdout.flush()
    gone(app)

then(app.window, tell)
app.qt.exec()
"""


def team_of_one(places: Places) -> bytes:
    """A store with one person in it, whose supervision is due; its key."""
    day = date(2019, 10, 1)
    now = datetime.combine(day, time(9), UTC)
    store, _ = create_store(places, PASSPHRASE, now=lambda: now, user=ME, program="a test")
    with store:
        Workspace(store, today=day.toordinal, me=ME).add_policies([read_policy(MONTHLY, "monthly.toml")])
        with store.change("Add Ada", by=ME) as change:
            change.put("person", {"id": "W1", "name": "Ada Mensah"})
            change.put("post", {
                "id": "P1", "person_id": "W1", "role": "social_worker", "team": "East", "from": "2018-01-01",
            })  # fmt: skip
            change.put("session", {
                "id": "S1", "person_id": "W1", "kind": "one_to_one", "status": "held", "held_on": "2019-08-01",
            })  # fmt: skip
        return store.key


def test_nothing_heavy_is_imported_before_today_can_be_used(tmp_path: Path) -> None:
    places = Places(tmp_path / "team.store")
    key = team_of_one(places)
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(places.store), key.hex(), json.dumps(HEAVY)],
        capture_output=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["page"] == "today" and "Ada Mensah" in told["names"]
    assert told["imported"] == []
    assert not told["has_names_of_qt"], "see supervise.ui.numbers"


def test_the_numbers_that_stand_for_names_of_qt_are_qts_own(practice: Driver) -> None:
    words, field = label("a < b"), QLineEdit()
    words.setProperty("textInteractionFlags", numbers.SELECTABLE_BY_MOUSE)
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert words.textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse
    for number, policy in (
        (numbers.NO_FOCUS, Qt.FocusPolicy.NoFocus), (numbers.STRONG_FOCUS, Qt.FocusPolicy.StrongFocus),
    ):  # fmt: skip
        numbers.take_focus(field, number)
        assert field.focusPolicy() is policy
    words.deleteLater()
    field.deleteLater()


def cards(many: int) -> list[tuple[str, list[Card]]]:
    """One list of so many cards."""
    return [("Due", [Card(name=f"Person {n}", words="due today", person=f"W{n}") for n in range(many)])]


@pytest.fixture
def shown(practice: Driver) -> Iterator[CardList]:
    """A list of cards in a window of its own, not shown yet."""
    made = CardList(practice.desk)
    yield made
    made.hide()
    made.deleteLater()


def test_a_list_is_drawn_before_the_cards_further_down_are_made(
    practice: Driver, shown: CardList
) -> None:
    shown.show_lists(cards(28))
    assert len(shown.rows) == AT_ONCE - 1  # and a heading
    shown.show()
    practice.waits_until(lambda: len(shown.rows) == 28)
    assert [made.card.name for made in shown.rows] == [f"Person {n}" for n in range(28)]


def test_the_keyboard_never_finds_an_end_where_there_is_none(practice: Driver, shown: CardList) -> None:
    shown.show_lists(cards(28))
    shown.setParent(practice.window)  # which has the keyboard: it is used before anything is drawn
    shown.show()
    shown.rows[-1].setFocus()
    before = len(shown.rows)
    QTest.keyClick(shown.rows[-1], Qt.Key.Key_Down)
    assert len(shown.rows) == 28
    practice.waits_until(shown.rows[before].hasFocus)


def test_a_list_that_is_read_anew_is_whole_at_once(practice: Driver, shown: CardList) -> None:
    shown.show_lists(cards(28))
    shown.show_lists(cards(27))
    assert len(shown.rows) == 27


def test_of_hundreds_of_cards_those_that_are_shown_are_made(practice: Driver, shown: CardList) -> None:
    made: list[int] = []

    def card(n: int) -> Card:
        made.append(n)
        return Card(name=f"Person {n}", words="due today")

    shown.show_lists([("Due", Cards(range(318), card))])
    assert made == list(range(30))
    shown.show()
    practice.waits_until(lambda: len(shown.rows) == 30)
    button = next(each for each in shown.findChildren(QPushButton) if each.text() == "Show all 318")
    button.click()
    assert len(shown.rows) == 318 and shown.rows[30].card.name == "Person 30"
