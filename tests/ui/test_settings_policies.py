"""Settings, policies: read, compared, tried out before they are added, and never a surprise after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from supervise.doing.looking import Looking
from supervise.doing.rules import Rules
from supervise.errors import BadPolicy, SuperviseError
from supervise.places import resource
from supervise.policies import Policy
from supervise.policy_files import read_policy
from supervise.store import Store, memory_store
from supervise.ui.dialogs.policies import AddPolicyDialog, ComparePoliciesDialog
from supervise.ui.pages.settings_policies import PoliciesSection, in_force
from supervise.ui.pages.settings_policy_text import free_id, line_refused, text_in, with_day, with_id
from supervise.workdays import day
from tests.making import MONTHLY
from tests.ui.driving import Driver, Hands, unnamed
from tests.ui.small_team import small_team

WEEKLY = """\
# Ours, agreed in March
[policy]
id = "weekly"
title = "Weekly"
source = "The head of service"

[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
[[clock.rule]]
every = "1 week"
"""
CASES = (
    WEEKLY.replace('"weekly"', '"cases"').replace('"Weekly"', '"With cases"')
    + """\
[[clock]]
name = "case"
per = "case"
counts = ["case"]
[[clock.rule]]
every = "1 month"
"""
)


@pytest.fixture
def store(hands: Hands) -> Store:
    return small_team(hands)


@pytest.fixture
def seat(opened: Callable[..., Driver], store: Store) -> Driver:
    return opened(store)


def section(driver: Driver) -> PoliciesSection:
    page = driver.opens("settings", "policies")
    assert isinstance(page.front, PoliciesSection)
    return page.front


def adding(driver: Driver) -> AddPolicyDialog:
    section(driver)
    driver.clicks("Add a policy…")
    dialog = driver.dialog()
    assert isinstance(dialog, AddPolicyDialog)
    return dialog


def written(dialog: AddPolicyDialog, text: str) -> None:
    """Somebody types the whole of the text anew."""
    dialog.writing.tabs.setCurrentWidget(dialog.writing.text)
    dialog.writing.text.selectAll()
    dialog.writing.text.insertPlainText(text)


def tried(driver: Driver) -> None:
    """Ask what it would do, and wait for the answer."""
    driver.clicks("What would it do?")
    driver.waits_until(lambda: not driver.background.is_busy)
    driver.settle()


def standings(driver: Driver) -> dict[str, tuple[Any, ...]]:
    board = Looking(driver.workspace.here).board()
    return {each.subject: (each.status, each.due, each.late_by) for each in board.rows}


# Reading


def test_the_list_says_which_policy_is_in_force_and_what_it_says(seat: Driver) -> None:
    rules = Rules(seat.workspace.here)
    rules.add(rules.read(with_day(WEEKLY, day("2026-04-01"))))
    shown = section(seat)
    rows = [
        [shown.table.index(row, column).data() for column in range(4)]
        for row in range(shown.table.rowCount())
    ]
    assert rows == [
        ["Weekly", "1 Apr 2026", "until another", "to come"],
        ["Monthly", "always", "31 Mar 2026", "in force"],
    ]
    seat.sees("What “Monthly” says", "a policy never rewrites history", "Any other role: every 1 month.")
    shown.view.setFocus()
    seat.presses("Up")
    seat.sees("What “Weekly” says", "In force: from 1 Apr 2026.", "Any other role: every 1 week.")


def test_on_another_day_the_list_is_as_at_that_day_and_nothing_can_be_added(seat: Driver) -> None:
    rules = Rules(seat.workspace.here)
    rules.add(rules.read(with_day(WEEKLY, day("2026-03-02"))))
    shown = section(seat)
    assert [each.said for each in shown.table.records] == ["in force", "replaced"]
    seat.looks_at(day=day("2026-02-01"))
    assert [each.said for each in shown.table.records] == ["to come", "in force"]
    seat.sees("go back to today (Ctrl+D)")
    assert not shown.add.isEnabled() and shown.compare.isEnabled()
    shown.add_policy()
    assert seat.dialog() is None and "another day" in seat.hears()


def test_without_a_policy_it_is_said_what_that_means(empty: Driver) -> None:
    section(empty)
    empty.sees("No policy is here yet: nobody has a rule", "Add a policy…")
    dialog = adding(empty)
    assert dialog.writing.day.day() is None, (
        "the first has always been in force, unless it says otherwise"
    )
    tried(empty)
    empty.sees("Today’s board with this policy, the first one here.")
    empty.clicks("Put into force")
    assert len(empty.workspace.policies()) == 1


@given(st.lists(st.integers(700_000, 740_000), unique=True, max_size=5), st.integers(700_000, 740_000))
def test_on_every_day_one_policy_is_in_force_from_the_first_on(days: list[int], today: int) -> None:
    plain = read_policy(MONTHLY, "p")
    policies = [replace(plain, effective_from=each) for each in sorted(days)]
    found = in_force(policies, today)
    assert sum(each.said == "in force" for each in found) == any(each <= today for each in days)
    for later, earlier in pairwise(found):
        assert earlier.to is not None and earlier.to + 1 == later.policy.effective_from


# Comparing


def test_two_policies_are_laid_side_by_side(seat: Driver, tmp_path: Path) -> None:
    section(seat)
    seat.clicks("Compare two…")
    dialog = seat.dialog()
    assert isinstance(dialog, ComparePoliciesDialog)
    file = tmp_path / "weekly.toml"
    file.write_text(WEEKLY, encoding="utf-8")
    dialog.b.choose_file(str(file))
    assert dialog.a.source() == seat.workspace.policies()[0]
    seat.sees("Title | Monthly | Weekly", "Any other role | every 1 month | every 1 week")
    file.write_text("[policy]\nid = 3\n", encoding="utf-8")
    dialog.b.choose_file(str(file))
    seat.sees("weekly.toml, line 2")
    assert not dialog.view.isVisible()
    dialog.b.choose(0)
    seat.sees("They say the same.")
    seat.sees_not("line 2")
    seat.clicks("Close")
    assert seat.dialog() is None


# Adding


def test_what_the_preview_says_is_what_adding_then_gives(seat: Driver) -> None:
    before = standings(seat)
    dialog = adding(seat)
    written(dialog, WEEKLY)
    dialog.writing.day.edit.setText("1 Mar 2026")
    tried(seat)
    preview = dialog.preview
    assert preview is not None and seat.workspace.policies()[1:] == []
    (board,) = preview.boards
    would = {
        each.subject: (each.after.status, each.after.due, each.after.late_by) for each in board.moved
    }
    said = seat.reads()
    seat.clicks("Put into force")
    after = standings(seat)
    assert {id: each for id, each in after.items() if each != before[id]} == would
    assert would, "a week is sooner than a month"
    for status, before_n, after_n in (
        (status, board.before[status], board.after[status]) for status in board.before
    ):
        assert f"| {before_n} | {after_n} |" in said, status
        assert after_n == sum(each[0] == status for each in after.values()) or status == "not_in_post"
    assert "Last year’s measures" in said and "had “Weekly” alone always been in force" in said
    for what, was, now in preview.last_year[0].rows:
        assert f"{what} | {was} | {now}" in said
    assert seat.hears().startswith("“Weekly” was added, from 1 Mar 2026.")
    (added,) = [each for each in seat.workspace.policies() if each.id == "weekly"]
    assert added.effective_from == day("2026-03-01") and added.text.startswith("# Ours, agreed in March")
    seat.does("undo")
    assert standings(seat) == before and len(seat.workspace.policies()) == 1


def test_a_copy_begins_today_under_a_free_name_and_says_what_it_is_in_words(seat: Driver) -> None:
    dialog = adding(seat)
    assert dialog.writing.day.day() == seat.hands.today()
    seat.sees("Short name: p-2.", "In force: from 18 Mar 2026.")
    dialog.writing.day.edit.setText("1 Apr 2026")
    dialog.writing.read()
    seat.sees("In force: from 1 Apr 2026.")
    assert "effective_from = 2026-04-01" in dialog.writing.text.toPlainText()
    assert not dialog.writing.is_written, "nobody typed in the text"
    tried(seat)
    seat.sees("Nobody would stand elsewhere, or be due on another day.")
    seat.clicks("Back")
    seat.presses("Esc")
    assert seat.dialog() is None


def test_a_day_written_in_the_text_stands_in_its_field(seat: Driver) -> None:
    dialog = adding(seat)
    written(dialog, with_day(WEEKLY, day("2026-05-01")))
    seat.waits_until(lambda: dialog.writing.day.edit.text() == "1 May 2026")
    written(dialog, WEEKLY)
    seat.waits_until(lambda: dialog.writing.day.edit.text() == "")
    dialog.writing.is_written = False


def test_the_cursor_goes_to_the_line_that_cannot_be_used(seat: Driver) -> None:
    dialog = adding(seat)
    written(dialog, WEEKLY.replace('"1 week"', '"1 fortnight"'))
    dialog.writing.tabs.setCurrentWidget(dialog.writing.reader)
    seat.clicks("What would it do?")
    assert seat.where() is dialog.writing.text
    assert dialog.writing.text.textCursor().selectedText().startswith('every = "1 fortnight"')
    seat.sees("This policy, line 11", "is not in days, weeks, months")
    assert dialog.writing.isEnabled() and dialog.preview is None
    dialog.writing.is_written = False


def test_a_broken_file_is_shown_to_be_corrected(seat: Driver, tmp_path: Path) -> None:
    dialog = adding(seat)
    file = tmp_path / "ours.toml"
    file.write_text(WEEKLY.replace("every =", "evry ="), encoding="utf-8")
    dialog.writing.choice.choose_file(str(file))
    seat.sees("This policy, line 11: “evry” is not a word that can stand here")
    written(dialog, dialog.writing.text.toPlainText().replace("evry", "every"))
    dialog.writing.read()
    dialog.writing.day.edit.setText("1 Apr 2026")
    tried(seat)
    assert dialog.preview is not None and dialog.preview.policy.title == "Weekly"
    dialog.writing.is_written = False


def test_a_file_that_is_no_text_leaves_what_is_there(seat: Driver, tmp_path: Path) -> None:
    dialog = adding(seat)
    before = dialog.writing.text.toPlainText()
    file = tmp_path / "picture.toml"
    file.write_bytes(b"\x89PNG\xff\xfe")
    dialog.writing.choice.choose_file(str(file))
    seat.sees("this is not UTF-8 text")
    dialog.writing.choice.choose_file(str(tmp_path / "gone.toml"))
    seat.sees("cannot be read")
    assert dialog.writing.text.toPlainText() == before


def test_a_day_that_is_none_and_a_day_that_is_taken_are_gone_to(seat: Driver) -> None:
    dialog = adding(seat)
    dialog.writing.day.edit.setText("the ides")
    seat.clicks("What would it do?")
    assert seat.where() is dialog.writing.day.edit and dialog.said.isVisible()
    dialog.writing.day.edit.setText("")
    tried(seat)
    seat.sees("begin on the same day")
    assert seat.where() is dialog.writing.day.edit and dialog.preview is None


def test_a_name_that_is_taken_is_gone_to(seat: Driver) -> None:
    dialog = adding(seat)
    written(dialog, with_day(WEEKLY.replace('"weekly"', '"p"'), seat.hands.today()))
    tried(seat)
    seat.sees("There is a policy “p” already.")
    assert dialog.writing.text.textCursor().selectedText() == 'id = "p"'
    dialog.writing.is_written = False


def test_what_was_written_by_hand_is_not_lost_by_one_key(seat: Driver) -> None:
    dialog = adding(seat)
    written(dialog, WEEKLY)
    seat.presses("Esc")
    assert seat.dialog() is dialog
    seat.sees("What you wrote in the text would be lost.")
    seat.presses("Esc")
    assert seat.dialog() is None


def test_warnings_stand_first_and_case_clocks_are_told_by_case(seat: Driver) -> None:
    store = seat.workspace.store
    with store.change("Put", by="x") as change:
        change.put(
            "case_allocation", {"person_id": "W1", "case_ref": "C-1", "plan": None, "from": "2026-01-05"}
        )
    dialog = adding(seat)
    written(dialog, with_day(CASES, seat.hands.today()))
    tried(seat)
    seat.sees("Look at this first", "absences of the kind “sickness” no longer stop the clock")
    seat.sees("Clock “Case”", "1 case would have another status.", "C-1 | Ada Nwosu | East")
    dialog.writing.is_written = False


def test_reckoning_can_be_stopped_and_nothing_is_stored(seat: Driver) -> None:
    dialog = adding(seat)
    seat.button("What would it do?").click()
    assert dialog.progress.is_busy
    dialog.progress.stop()
    seat.settle()
    seat.sees("Stopped before everything was reckoned. Nothing was stored.")
    assert dialog.preview is None and dialog.writing.isEnabled() and dialog.main.isEnabled()
    assert len(seat.workspace.policies()) == 1
    seat.button("What would it do?").click()
    seat.presses("Esc")
    seat.waits_until(lambda: not seat.background.is_busy)
    assert seat.dialog() is None


def test_in_a_service_store_policies_can_be_added(opened: Callable[..., Driver], hands: Hands) -> None:
    driver = opened(memory_store(hands, service=True))
    adding(driver)
    tried(driver)
    driver.clicks("Put into force")
    assert len(driver.workspace.policies()) == 1
    driver.does("undo")
    assert driver.workspace.policies() == []


# The text


DAYS = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.toordinal)
TEXTS = st.sampled_from(
    [
        WEEKLY,
        MONTHLY,
        CASES,
        'policy.id = "a"\npolicy.title = "A, with = and # in it"\n' + MONTHLY.split("\n", 1)[1],
        MONTHLY.replace('title = "Monthly"', "effective_from = 2020-01-01, title = 'Monthly'"),
        MONTHLY.replace('title = "Monthly"', "title = 'Monthly', effective_from = 2020-01-01"),
        WEEKLY.replace('title = "Weekly"', 'effective_from = 2020-01-01 # new\ntitle = "Weekly"'),
    ]
)


@given(TEXTS, DAYS, st.from_regex("[a-z0-9-]{1,12}", fullmatch=True))
def test_a_day_and_a_name_are_written_into_a_text_and_nothing_else_is(
    text: str, when: int | None, id: str
) -> None:
    before = read_policy(text, "t")
    after = read_policy(with_id(with_day(text, when), id), "t")
    assert after == replace(before, effective_from=when, id=id)
    comments = [line.partition("#")[2] for line in text.split("\n") if line.startswith("#")]
    assert all(comment in after.text for comment in comments)


def test_a_text_into_which_nothing_can_be_written_is_refused() -> None:
    for text in ("", "policy = 3", "[policy\n", '"policy" = { "id" = "a" }'):
        with pytest.raises(BadPolicy):
            with_day(text, day("2026-01-01"))


@pytest.mark.parametrize("path", sorted(resource("policies").glob("*.toml")), ids=lambda path: path.stem)
def test_every_policy_that_comes_with_the_program_can_be_begun_with(path: Path, seat: Driver) -> None:
    rules = Rules(seat.workspace.here)
    policy: Policy = rules.read(path)
    text = with_day(with_id(text_in(path, rules), "ours"), day("2026-03-18"))
    assert rules.read(text) == replace(policy, id="ours", effective_from=day("2026-03-18"))


def test_names_are_freed_and_lines_found() -> None:
    assert free_id("a", ()) == "a" and free_id("a", {"a", "a-2"}) == "a-3"
    with pytest.raises(SuperviseError) as refused:
        read_policy("[policy]\nid = 3\n", "This policy")
    assert line_refused(refused.value.sentence) == 2
    assert line_refused("No line at all.") is None


# Everybody can use it


def test_everything_has_a_name_and_models_are_sound(seat: Driver, qtmodeltester: ModelTester) -> None:
    shown = section(seat)
    assert unnamed(shown) == []
    qtmodeltester.check(shown.table)  # type: ignore[no-untyped-call]
    shown.compare_two()
    seat.settle()
    assert unnamed(seat.dialog()) == []
    qtmodeltester.check(seat.dialog().table)  # type: ignore[no-untyped-call]
    seat.presses("Esc")
    dialog = adding(seat)
    assert unnamed(dialog) == []
    written(dialog, WEEKLY)
    dialog.writing.day.edit.setText("1 Mar 2026")
    tried(seat)
    assert unnamed(dialog) == []
    assert [table.accessibleName() for table in dialog.view.tables] == [
        "Today’s board in numbers: Clock “One-to-one”",
        "Who would stand elsewhere: Clock “One-to-one”",
        "Last year’s measures: Clock “One-to-one”",
    ]
    for table in dialog.view.tables:
        qtmodeltester.check(table.table)  # type: ignore[no-untyped-call]
    status = dialog.view.tables[0].table.index(0, 0)
    assert status.data(Qt.ItemDataRole.AccessibleTextRole) == "Status: Gap"
    dialog.writing.is_written = False


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_window(
    opened: Callable[..., Driver], store: Store, percent: int
) -> None:
    driver = opened(store, percent=percent)
    shown = section(driver)
    assert shown.area.horizontalScrollBar().maximum() == 0
    shown.compare_two()
    driver.settle()
    assert driver.dialog().area.horizontalScrollBar().maximum() == 0
    driver.presses("Esc")
    dialog = adding(driver)
    assert dialog.area.horizontalScrollBar().maximum() == 0
    tried(driver)
    assert dialog.area.horizontalScrollBar().maximum() == 0
    dialog.area.verticalScrollBar().setValue(0)
    driver.presses("PgDown")
    assert (dialog.area.verticalScrollBar().value() > 0) == (
        dialog.area.verticalScrollBar().maximum() > 0
    )
    assert (driver.window.width(), driver.window.height()) == (1090, 610)
