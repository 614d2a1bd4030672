"""Names of 300 letters, with spaces and without, widen no page. Everybody is made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from supervise.ui.bits import label
from tests.ui.driving import Driver, Hands, practice_store

UNBROKEN = "Aranrhod" * 38
SPACED = "Aranrhod Wynne " * 20
HARPREET = "W05"


def _too_wide(root: QWidget) -> list[str]:
    """What has to be scrolled sideways, or what stands beyond the right edge."""
    found = [
        f"{type(each.widget()).__name__} in {type(each.parent()).__name__} by {each.horizontalScrollBar().maximum()}"
        for each in root.findChildren(QScrollArea)
        if each.isVisible() and each.horizontalScrollBar().maximum() > 0
    ]
    for each in root.findChildren(QLabel):
        if each.isVisible() and each.width() > root.width():
            found.append(f"{each.text()[:30]} is {each.width()} wide")
    return found


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", [UNBROKEN, SPACED.strip()], ids=["unbroken", "spaced"])
def test_a_very_long_name_widens_no_page(
    opened: Callable[..., Driver], hands: Hands, name: str, percent: int
) -> None:
    driver = opened(practice_store(hands), percent=percent)
    store = driver.workspace.store
    with store.change("Give long names", by="Nerys Bowen") as change:
        for person in (HARPREET, "W14", "M01"):
            change.put("person", {"id": person, "name": f"{name} {person}"})
    driver.looks_at("Safeguarding East")
    faults = {}
    for page, subject in (
        ("today", None), ("team", None), ("person", HARPREET), ("session", ("new", HARPREET)),
        ("session", _held(driver)), ("compliance", None), ("reports", None),
    ):  # fmt: skip
        driver.opens(page, subject)
        driver.rests()
        if page == "person":
            driver.window.page("person").why()  # type: ignore[attr-defined]
            driver.settle()
        faults[f"{page} {subject or ''}"] = _too_wide(driver.window)
        assert (driver.window.width(), driver.window.height()) == (1090, 610), page
    assert not any(faults.values()), faults


def _held(driver: Driver) -> str:
    rows = driver.workspace.store.rows("session", status="held", person_id="W14")
    return str(max(rows, key=lambda row: row["held_on"])["id"])


def test_a_label_says_what_it_was_given() -> None:
    made = label(UNBROKEN, wrap=True)
    assert made.text() == UNBROKEN
    made.setText("short")
    assert made.text() == "short"
    made.deleteLater()
