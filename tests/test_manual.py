"""The manual names every page, every action and every key, and they are the ones that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supervise.ui.actions import ACTIONS, BY_NAME, MENUS, PAGE_KEYS, Action
from supervise.ui.pages import PAGES
from tests.manual_keys import BEGIN, END, key_tables

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual.md"

#: What a page's heading in the manual says, where that is not its own name.
TITLES = {"bring_in": "Bring in my tracker"}


def manual() -> str:
    return MANUAL.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_part(page: str) -> None:
    assert f"\n### {TITLES.get(page, page.capitalize())}\n" in manual()


def test_the_tables_of_keys_are_those_of_the_actions() -> None:
    between = manual().partition(BEGIN)[2].partition(END)[0].strip()
    assert between == key_tables().strip(), "write them again: python -m tests.manual_keys"


def test_no_two_actions_share_a_key() -> None:
    keys = [action.keys for action in ACTIONS if action.keys]
    assert sorted(keys) == sorted(set(keys))


def test_no_two_entries_of_a_menu_share_a_letter() -> None:
    for menu in MENUS:
        letters = [_letter(action) for action in ACTIONS if action.menu == menu]
        assert sorted(letters) == sorted(set(letters)), menu
    assert len({menu[menu.index("&") + 1].lower() for menu in MENUS}) == len(MENUS)


def _letter(action: Action) -> str:
    return action.text[action.text.index("&") + 1].lower()


def test_every_key_that_the_text_names_is_one() -> None:
    known = {action.keys for action in ACTIONS} | {
        key
        for _, keys, _ in PAGE_KEYS
        for key in keys.replace("Ctrl+Down and Ctrl+Up", "Ctrl+Down").split(" and ")
    }
    text = manual().partition(BEGIN)[0]
    named = set(re.findall(r"\b(?:Ctrl|Alt)(?:\+\w+)+", text))
    assert named and named <= known | {"Ctrl+Down"}, named - known


def test_every_action_can_be_done() -> None:
    from supervise.ui.deeds import Deeds
    from supervise.ui.window import Window

    for name in BY_NAME:
        page = name.removeprefix("go_")
        assert page in PAGES or hasattr(Window, name) or hasattr(Deeds, name), name
