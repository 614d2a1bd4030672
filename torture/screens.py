"""Hostile words on the screen: shown as they are, nowhere taken for markup, and nothing crashes."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.store import Store
from supervise.store.rows import Row
from torture.found import Found, Say
from torture.words import hostile

if TYPE_CHECKING:
    from tests.ui.driving import Driver

ON_A_PAGE = 6
"""People with a session each, in one store; for every one of them two pages are looked at."""


SECTIONS, ACTIONS = 6, 4
"""What each of the sessions has of them."""


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Put `count` hostile words on the pages of the window."""
    say(f"Hostile words on screens, {count} …")
    found = Found()
    through_screens(found, folder, count, random.Random(f"{seed} screens"))
    return found.ended()


def through_screens(found: Found, _: Path, count: int, chance: random.Random) -> None:
    """As names, places, notes, headings and actions, on the pages of people and sessions."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from supervise.store import memory_store
    from tests.ui.driving import Driver, Hands

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    tried = 0
    while tried < count:
        hands = Hands()
        store = memory_store(hands)
        said = _fill(store, chance)
        driver = Driver(None, store, hands)
        for n in range(ON_A_PAGE):
            for page, subject in (("person", f"p{n}"), ("session", f"s{n}")):
                driver.opens(page, subject)
                wrong = [] if page == "person" else list(_unread(driver.reads(), said[n]))
                wrong += _taken_for_markup(driver)
                found.judge(f"the page of a {page}", wrong)
        for page in ("team", "today", "actions"):
            driver.opens(page)
            found.judge(f"the page {page}", _taken_for_markup(driver))
        driver.close()
        tried += sum(map(len, said))
    found.remarks.append(f"{tried} hostile words were shown on screens.")


def _fill(store: Store, chance: random.Random) -> list[list[str]]:
    """People and sessions full of them; gives what stands in each session."""
    from supervise.policy_files import read_policy
    from supervise.taking_in import put_policies
    from tests.making import ME, MONTHLY

    said = []
    with store.change("Fill", by=ME) as change:
        put_policies(change, [read_policy(MONTHLY, "monthly.toml")])
        for n in range(ON_A_PAGE):
            own = [hostile(chance, one_line=True) for _ in range(4 + 2 * SECTIONS + ACTIONS)]
            name, team, place, notes, *others = own
            said.append([notes, *others])
            change.put("person", {"id": f"p{n}", "name": name})
            post: Row = {
                "person_id": f"p{n}",
                "team": team,
                "role": "social_worker",
                "from": "2024-01-01",
            }
            change.put("post", post)
            held: Row = {"id": f"s{n}", "person_id": f"p{n}", "kind": "one_to_one", "status": "held"}
            change.put("session", {**held, "held_on": "2026-02-10", "place": place, "notes": notes})
            for at in range(SECTIONS):
                section: Row = {"session_id": f"s{n}", "position": at + 1, "part": "personal"}
                heading, text = others[2 * at : 2 * at + 2]
                change.put("session_section", {**section, "heading": heading, "text": text})
            for action in others[2 * SECTIONS :]:
                change.put("action", {"session_id": f"s{n}", "person_id": f"p{n}", "text": action})
    return said


def _unread(seen: str, said: list[str]) -> Iterator[str]:
    letters = _letters(seen)
    for each in said:
        if _letters(each) not in letters:
            yield f"{each!r} is not on the screen"


_NOT_SHOWN = "&\ufeff\ufdd0\ufdd1\ufffe\uffff"


def _letters(text: str) -> str:
    """Without spaces; without what marks the key of a button; and without what Unicode says is no character, which
    Qt does not show."""
    return "".join(one for one in text if not one.isspace() and one not in _NOT_SHOWN)


_SIGNS = ("<b>bold", "<img", "<a href='file", "<table><tr>", "<para>")
"""What is typed that would be markup, and that the program itself never says."""


def _taken_for_markup(driver: Driver) -> list[str]:
    """The labels and hints that would show typed words as markup."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

    window = driver.window
    shown = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    shown += [each.toolTip() for each in window.findChildren(QWidget)]
    for view in window.findChildren(QAbstractItemView):
        if (model := view.model()) is not None:
            cells = (
                model.index(n, m) for n in range(model.rowCount()) for m in range(model.columnCount())
            )
            shown += [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]
    return [
        f"{text!r} is shown as markup"
        for text in shown
        if any(sign in text for sign in _SIGNS) and _might_be_rich(text)
    ]


def _might_be_rich(text: str) -> bool:
    """Whether Qt would take it for markup where it is to find out by itself."""
    from PySide6 import QtGui

    rich: bool = QtGui.Qt.mightBeRichText(text)
    return rich
