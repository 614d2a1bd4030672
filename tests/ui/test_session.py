"""Writing up a supervision, from the first key to the signed and locked record. Everybody is made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supervise.doing.evidence import Evidence
from supervise.doing.sheet import Sheet, read_sheet
from supervise.doing.writing import Writing
from supervise.store import GATHER, Store, memory_store
from supervise.ui.pages.session_actions import ActionsPart
from supervise.ui.pages.session_parts import AGREED, EARLIER
from supervise.ui.pages.session_reading import ReadingView
from supervise.ui.pages.session_writing import WritingView
from supervise.workdays import iso
from tests.making import ME
from tests.ui.driving import Driver, Hands, practice_store, unnamed

YUSUF, MARCUS, TOMASZ, HARPREET = "W15", "W19", "W02", "W05"
Opens = Callable[..., Driver]


def within(driver: Driver, milliseconds: int, holds: Callable[[], bool]) -> None:
    """It has to hold by then."""
    assert driver.qtbot is not None
    driver.qtbot.waitUntil(holds, timeout=milliseconds)


def drafts(driver: Driver) -> list[Any]:
    """The sheets that are kept as drafts."""
    return [read_sheet(each.body) for each in driver.workspace.store.drafts.list()]


def view(driver: Driver) -> WritingView:
    """What is being written."""
    found = driver.window.page("session")._view  # type: ignore[attr-defined]
    assert isinstance(found, WritingView)
    return found


def heading(driver: Driver) -> str:
    """The heading one is at."""
    return view(driver).headings.currentItem().text()


def goes_to(driver: Driver, title: str) -> None:
    """Go to a heading with the keyboard."""
    driver.presses("Ctrl+Up", 20)
    titles = [view(driver).headings.item(n).text() for n in range(view(driver).headings.count())]
    driver.presses("Ctrl+Down", titles.index(title))
    assert heading(driver) == title


def sections(driver: Driver, session: str) -> dict[str, str | None]:
    """What a record says under each heading."""
    return {each.heading: each.text for each in driver.workspace.record(session).sections}


def held_today(driver: Driver, person: str) -> str:
    """The id of what was recorded of somebody today."""
    today = iso(driver.hands.today())
    (row,) = driver.workspace.store.rows("session", person_id=person, status="held", held_on=today)
    return str(row["id"])


def earlier_record(driver: Driver, person: str, **texts: str) -> str:
    """A record held a week ago with those words; gives its session."""
    writing = Writing(driver.workspace.here)
    sheet = writing.begin(person, driver.hands.today() - 7)
    for section in sheet.sections:
        section.text = texts.get(section.heading, "")
    sheet.minutes = 95
    writing.finish(sheet)
    return sheet.session


# --- The five keystrokes


def stands_on_marcus(driver: Driver, page: str) -> None:
    """Marcus Bello is the one chosen, on that page."""
    driver.looks_at("Leaving Care")
    shown = driver.opens(page, MARCUS if page == "person" else None)
    if page == "today":
        next(each for each in shown.cards.rows if each.card.person == MARCUS).setFocus()
    for _ in range(6):
        if shown.chosen_person() != MARCUS:
            driver.presses("Down")
    assert shown.chosen_person() == MARCUS


@pytest.mark.parametrize("page", ["today", "team", "person"])
def test_a_held_supervision_is_recorded_with_five_keystrokes_and_the_writing(
    practice: Driver, page: str
) -> None:
    stands_on_marcus(practice, page)
    practice.presses("Ctrl+R")
    practice.presses("9")
    practice.presses("0")
    practice.presses("Tab")
    practice.types("All three actions done.")
    practice.presses("Ctrl+Return")
    record = practice.workspace.record(held_today(practice, MARCUS))
    assert (record.session.minutes, record.session.held_on) == (90, practice.hands.today())
    assert record.sections[0].text == "All three actions done."
    assert practice.hears() == "Record supervision with Marcus Bello, 18 Mar 2026."
    practice.sees("Finished.", "Shared with Marcus Bello today", "Share later")
    assert drafts(practice) == []


def test_the_length_stands_against_the_policys_minimum_in_words(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.sees("Supervision with Marcus Bello", "18 Mar 2026", "of 90")
    practice.types("89")
    practice.sees("short of 90")
    practice.presses("Backspace", 2)
    practice.types("95")
    practice.sees("✓ 90")


def test_shift_tab_goes_from_the_length_to_the_other_fields(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    page = view(practice)
    names: list[str] = []
    while names[-1:] != ["Supervised by"]:
        practice.presses("Shift+Tab")
        names.append(practice.where().accessibleName())
    named = [name for name in names if not name.startswith("Pick a day from a calendar")]
    assert named == ["Interrupted", "Place", "Start", "Held on", "Supervised by"]
    practice.presses("Alt+M")
    assert practice.where() is page.head.minutes


def test_what_is_booked_for_today_is_what_is_recorded(practice: Driver) -> None:
    today = iso(practice.hands.today())
    row = {"id": "b1", "person_id": MARCUS, "kind": "one_to_one", "status": "planned",
           "planned_on": today, "planned_start": "10:00", "place": "Quiet room"}  # fmt: skip
    with practice.workspace.store.change("Book", by=ME) as change:
        change.put("session", row)
    practice.opens("session", ("new", MARCUS))
    practice.sees("10:00", "Quiet room")
    practice.types("90")
    practice.presses("Tab")
    practice.types("Held.")
    practice.presses("Ctrl+Return")
    assert practice.workspace.store.row("session", "b1")["status"] == "held"  # type: ignore[index]


# --- Drafts


def test_opening_a_record_keeps_nothing_until_something_is_written(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.opens("today")
    assert drafts(practice) == []


def test_what_is_written_is_kept_within_a_second_of_the_last_key(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Tired, and glad of the new rota.")
    assert drafts(practice) == []
    within(practice, 1_000, lambda: bool(drafts(practice)))
    assert drafts(practice)[0].sections[0].text == "Tired, and glad of the new rota."
    practice.sees(f"Draft saved {practice.hands().astimezone():%H:%M:%S}")


def test_while_somebody_goes_on_typing_it_is_kept_every_second(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    typed = 0

    def kept_while_typing() -> bool:
        nonlocal typed
        QTest.keyClick(practice.where(), Qt.Key.Key_X)
        typed += 1
        return bool(drafts(practice))

    within(practice, 1_000, kept_while_typing)
    assert 0 < len(drafts(practice)[0].sections[0].text) <= typed


def test_a_killed_window_shows_every_word_again(opened: Opens, hands: Hands) -> None:
    store = practice_store(hands)
    killed = opened(store)
    killed.opens("session", ("new", YUSUF))
    killed.types("95")
    killed.presses("Tab")
    killed.types("First words.")
    killed.presses("Ctrl+Down")
    killed.types("Second words.")
    goes_to(killed, AGREED)
    killed.types("Ring housing")
    within(killed, 1_000, lambda: bool(drafts(killed)) and not view(killed).keeper.is_dirty)
    killed.window.hide()
    again = opened(store)
    again.opens("session", ("draft", drafts(killed)[0].session))
    again.sees("Supervision with Yusuf Iqbal", "95", "First words.")
    assert again.where().accessibleName() == "Since last time"
    again.presses("Ctrl+Down")
    again.sees("Second words.")
    goes_to(again, AGREED)
    again.sees("Ring housing")


def test_closing_the_window_in_the_middle_keeps_every_word(opened: Opens, hands: Hands) -> None:
    store = practice_store(hands)
    first = opened(store)
    first.opens("session", ("new", MARCUS))
    first.presses("Tab")
    first.types("In the middle of a sen")
    first.window.close()
    assert drafts(first)[0].sections[0].text == "In the middle of a sen"


def test_leaving_for_another_page_keeps_the_draft_and_tells_today(practice: Driver) -> None:
    practice.opens("today")
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Half a thought")
    practice.opens("today")
    practice.sees("Unfinished writing", "Go on writing")
    practice.clicks("Go on writing Marcus Bello")
    practice.sees("Half a thought")


def test_the_lock_hides_the_words_and_keeps_them_first(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Confidential")
    where = practice.where()
    practice.window.lock()
    practice.settle()
    practice.sees_not("Confidential")
    assert drafts(practice)[0].sections[0].text == "Confidential"
    practice.window.unlock()
    practice.settle()
    practice.sees("Confidential")
    assert practice.where() is where


def test_a_draft_can_be_thrown_away_when_that_is_meant(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Wrong person")
    practice.presses("Ctrl+S")
    practice.clicks("Throw it away…")
    assert practice.where().text().replace("&", "") == "Cancel"  # type: ignore[attr-defined]
    practice.clicks("Throw it away")
    practice.sees("The draft was thrown away.")
    assert drafts(practice) == []


def test_a_draft_that_cannot_be_read_is_told_of_and_stays(practice: Driver) -> None:
    store = practice.workspace.store
    store.drafts.put("session:PS0292", "half a dra")
    practice.opens("session", ("draft", "PS0292"))
    practice.sees("A draft that cannot be read here", "stays as it is")
    assert store.drafts.get("session:PS0292") == "half a dra"
    practice.opens("session", "PS0292")
    practice.sees("A draft that cannot be read here")


# --- Headings, last time and actions


def test_the_headings_are_gone_through_by_keys_and_show_where_something_is_written(
    practice: Driver,
) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Done.")
    practice.presses("Ctrl+Down")
    assert heading(practice) == "How you are"
    assert practice.where().accessibleName() == "How you are"
    practice.sees("How are you, in work and around it?")
    practice.presses("Ctrl+S")
    first = view(practice).headings.item(view(practice).parts.first())
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Since last time, written"
    practice.presses("Ctrl+Up")
    assert heading(practice) == "Since last time"


def test_last_times_words_stand_beside_the_heading_one_is_at(practice: Driver) -> None:
    earlier_record(practice, MARCUS, **{"How you are": "Slept badly.", "Workload": "Fifteen children."})
    practice.opens("session", ("new", MARCUS))
    practice.sees("Last time", "11 Mar 2026", "Nothing was written under this heading.")
    goes_to(practice, "Workload")
    practice.sees("Fifteen children.")
    practice.sees_not("Slept badly.")
    practice.clicks("All of it")
    practice.sees("Slept badly.", "Fifteen children.")


def test_the_same_words_as_last_time_are_marked(practice: Driver) -> None:
    same = "Fifteen children in eight families; the Tuesday court bundle takes most of each week."
    earlier_record(practice, MARCUS, Workload=same)
    practice.opens("session", ("new", MARCUS))
    goes_to(practice, "Workload")
    practice.types(same)
    practice.waits_until(lambda: "Same words as last time." in practice.reads())
    practice.presses("Ctrl+Return")
    practice.presses("Ctrl+Return")
    practice.waits_until(lambda: "The same words as on 11 Mar 2026" in practice.reads())


def test_an_action_carried_often_is_wondered_about_and_can_be_done(practice: Driver) -> None:
    practice.opens("session", ("new", YUSUF))
    practice.sees("×5", "has been carried 5 times: what would make the difference?")
    practice.clicks(f"Done: {_promised(practice)}")
    practice.sees("✓ 18 Mar 2026", "Not done")
    practice.sees_not("what would make the difference?")
    practice.types("95")
    practice.presses("Ctrl+S")
    practice.presses("Ctrl+Return", 2)
    assert _promised(practice) is None


def _promised(driver: Driver) -> str | None:
    found = Writing(driver.workspace.here).open_actions(YUSUF)
    return found[0].text if found else None


def test_what_is_not_done_is_carried_with_another_day_or_left_off(practice: Driver) -> None:
    writing = Writing(practice.workspace.here)
    practice.opens("session", ("new", YUSUF))
    goes_to(practice, EARLIER)
    part = view(practice).parts.all[0]
    assert isinstance(part, ActionsPart)
    row = part.rows[0]
    row.due.edit.setFocus()
    row.due.edit.selectAll()
    practice.types("next Fri")
    practice.presses("Tab")
    practice.sees("27 Mar 2026")
    practice.presses("Ctrl+S")
    assert drafts(practice)[0].actions[0].due_on == practice.hands.today() + 9
    practice.clicks(f"Leave off “{row.action.text}”")
    practice.presses("Ctrl+S")
    assert drafts(practice)[0].left_open and not any(each.text for each in drafts(practice)[0].actions)
    assert len(writing.open_actions(YUSUF)) == 1


def test_new_actions_are_written_line_by_line_with_owner_and_day(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.types("90")
    practice.presses("Tab")
    practice.types("Fine.")
    goes_to(practice, AGREED)
    practice.types("Book the course")
    practice.presses("Tab")
    practice.types("Marcus Bello")
    practice.presses("Tab")
    practice.types("2 Apr")
    practice.presses("Shift+Tab", 2)
    practice.presses("Return")
    practice.types("Ask about desks")
    practice.presses("Ctrl+Return")
    record = practice.workspace.record(held_today(practice, MARCUS))
    agreed = {each.text: (each.owner, each.due_on) for each in record.actions}
    assert agreed["Book the course"] == ("Marcus Bello", practice.hands.today() + 15)
    assert agreed["Ask about desks"] == (None, None)


def test_a_case_is_discussed_by_its_reference(practice: Driver) -> None:
    practice.opens("session", ("new", TOMASZ))
    goes_to(practice, "Children and families")
    practice.sees("belongs on the child’s own file")
    practice.clicks("Add a case")
    practice.types("CS-10427")
    practice.presses("Tab")
    practice.types("today")
    practice.presses("Ctrl+S")
    (case,) = drafts(practice)[0].discussions
    assert (case.case_ref, case.recorded_on_file) == ("CS-10427", practice.hands.today())
    assert "What is decided" not in practice.buttons()
    practice.clicks("Remove this case")
    practice.presses("Ctrl+S")
    assert drafts(practice)[0].discussions == []


def test_texts_about_a_case_are_asked_for_only_where_the_service_says_why(practice: Driver) -> None:
    practice.opens("session", ("new", TOMASZ))
    goes_to(practice, "Children and families")
    practice.clicks("Add a case")
    practice.sees_not("What we think")
    practice.workspace.store.settings.put("case_text", "our case system cannot hold it yet")
    practice.opens("session", ("new", TOMASZ))
    goes_to(practice, "Children and families")
    practice.sees("our case system cannot hold it yet")
    practice.clicks("Add a case")
    practice.sees("What we think", "What is decided")
    practice.types("CS-10427")
    practice.presses("Tab", 2)
    assert practice.where().accessibleName() == "Remove this case"
    practice.presses("Tab")
    assert practice.where().accessibleName() == "What we think"
    practice.types("Safe enough.")
    practice.presses("Ctrl+S")
    assert drafts(practice)[-1].discussions[0].analysis == "Safe enough."


def test_a_quick_note_comes_up_under_a_heading_of_its_own(practice: Driver) -> None:
    Writing(practice.workspace.here).quick_note(MARCUS, "Leave over Easter", "Wants a week.")
    practice.opens("session", ("new", MARCUS))
    practice.sees("18 Mar 2026: Leave over Easter")
    practice.presses("Tab")
    assert practice.where().accessibleName() == "Since we last met"


# --- Names of children


def test_what_may_name_a_child_is_told_and_a_case_number_put_in_its_place(practice: Driver) -> None:
    practice.opens("session", ("new", TOMASZ))
    practice.presses("Tab")
    practice.where().insertPlainText("😀 We spoke about the mum of Tyler Grant")  # type: ignore[attr-defined]
    practice.types(" again.")
    practice.waits_until(lambda: "This may name a child or family" in practice.reads())
    practice.clicks("Use a case number…")
    practice.sees("“mum of Tyler Grant”", "belongs on the child’s own file")
    number = practice.dialog().form.inputs["ref"]
    assert {number.itemText(n) for n in range(number.count())} == {"CS-10427", "CS-10981"}
    practice.types("CS-10981")
    practice.presses("Return")
    practice.sees("😀 We spoke about the case CS-10981 again.")
    practice.waits_until(lambda: "This may name" not in practice.reads())


def test_what_the_writer_leaves_is_not_asked_about_again(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("The Beech Road sibling group moved.")
    practice.waits_until(lambda: "This may name a child or family" in practice.reads())
    practice.clicks("Leave it")
    practice.sees_not("This may name")
    practice.types(" And so on.")
    within(practice, 3_000, lambda: "so on." in _seen(practice))
    practice.sees_not("This may name")


def _seen(driver: Driver) -> str:
    part = view(driver).parts.all[view(driver).parts.first()]
    return part.watch._seen.text  # type: ignore[union-attr]


def test_the_names_of_colleagues_pass(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Spoke with Harpreet Kaur Gill.")
    practice.waits_until(lambda: "Gill" in _seen(practice))
    practice.sees_not("This may name")


# --- Finishing


def test_what_forbids_finishing_goes_to_the_field(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.types("90")
    practice.presses("Alt+L")
    practice.where().selectAll()  # type: ignore[attr-defined]
    practice.types("tomorrow")
    practice.presses("Tab")
    practice.presses("Ctrl+Return", 2)
    practice.sees("19 Mar 2026 is still to come")
    assert practice.where().accessibleName() == "Held on"
    assert not list(practice.workspace.store.rows("session", person_id=MARCUS, held_on="2026-03-19"))


def test_what_is_worth_a_look_is_said_once_and_a_second_time_finishes(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.types("40")
    practice.presses("Tab")
    practice.types("Cut short by a call from court.")
    practice.presses("Ctrl+Return")
    practice.sees("40 minutes; the policy asks for 90 minutes.", "finish once more")
    practice.presses("Ctrl+Return")
    assert practice.workspace.record(held_today(practice, MARCUS)).session.minutes == 40


def test_nothing_written_is_worth_a_look_too(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.types("90")
    practice.presses("Ctrl+Return")
    practice.sees("Nothing is written under any heading yet.")


def test_undoing_the_finish_brings_the_words_back_and_redo_the_record(practice: Driver) -> None:
    session = _finished(practice)
    practice.window.foot.undo.click()
    practice.settle()
    assert practice.workspace.store.row("session", session) is None
    practice.sees("Words to keep.", "Finish")
    assert [each.session for each in drafts(practice)] == [session]
    practice.does("redo")
    practice.sees("Evidence", "Words to keep.")
    assert practice.workspace.store.row("session", session) is not None and drafts(practice) == []


def test_a_record_that_is_undone_and_written_on_is_finished_again(practice: Driver) -> None:
    session = _finished(practice)
    practice.does("undo")
    assert practice.where().accessibleName() == "Since last time"
    practice.presses("Ctrl+End")
    practice.types(" And more.")
    practice.presses("Ctrl+Return")
    assert "Words to keep. And more." in sections(practice, session).values()


def _finished(driver: Driver, person: str = MARCUS) -> str:
    """A record finished by keys; gives its session."""
    driver.opens("session", ("new", person))
    driver.types("95")
    driver.presses("Tab")
    driver.types("Words to keep.")
    driver.presses("Ctrl+Return")
    return held_today(driver, person)


# --- What comes after


def test_from_finished_to_shared_signed_locked_and_a_late_entry(practice: Driver) -> None:
    session = _finished(practice)
    assert practice.where().text() == "Shared with Marcus Bello today"  # type: ignore[attr-defined]
    practice.presses("Space")
    practice.sees("✓ Shared with Marcus Bello: 18 Mar 2026", "still to be signed by the worker")
    practice.clicks("Record signatures…")
    practice.dialog().form.set_value("how", "on_screen")
    practice.clicks("Note who signed")
    practice.sees("Evidenced: recorded, shared and signed by both. It is locked.", "on screen")
    assert "Change…" not in practice.buttons()
    practice.clicks("Add a late entry…")
    practice.types("The visit was on the Tuesday.")
    practice.presses("Ctrl+Return")
    practice.sees("Late entry · 18 Mar 2026", "The visit was on the Tuesday.")
    assert practice.workspace.record(session).late_entries[0].by == "Nerys Bowen"


def test_sharing_can_wait(practice: Driver) -> None:
    session = _finished(practice)
    practice.clicks("Share later")
    practice.sees_not("Shared with Marcus Bello today")
    practice.sees("○ Shared with Marcus Bello: not yet", "Share…")
    assert practice.workspace.record(session).session.shared_on is None


def test_a_finished_record_is_changed_until_both_have_signed(practice: Driver) -> None:
    session = _finished(practice)
    Evidence(practice.workspace.here).share(session, practice.hands.today())
    practice.opens("session", session)
    practice.clicks("Change…")
    practice.sees("95", "Words to keep.")
    practice.presses("Tab")
    part = view(practice).parts.all[view(practice).parts.first()]
    part.start_here().setFocus()
    practice.presses("Ctrl+End")
    practice.types(" Corrected.")
    practice.presses("Ctrl+Return")
    practice.sees("Altered, it has to be shared and signed again.")
    practice.presses("Ctrl+Return")
    assert "Words to keep. Corrected." in sections(practice, session).values()
    assert practice.workspace.record(session).session.shared_on is None


def test_unfinished_writing_to_a_record_is_told_where_it_is_read(practice: Driver) -> None:
    session = _finished(practice)
    practice.clicks("Change…")
    practice.presses("Backspace")
    practice.presses("Ctrl+S")
    practice.opens("session", session)
    practice.sees("There is unfinished writing to this record.")
    practice.clicks("Throw it away…")
    practice.clicks("Throw it away")
    practice.sees_not("unfinished writing")
    assert drafts(practice) == []


def test_a_signed_record_is_read_with_its_statement_and_its_viewing_is_noted(practice: Driver) -> None:
    practice.opens("session", "PS0030")
    page = practice.window.front
    assert isinstance(page._view, ReadingView) and page._view.is_locked  # type: ignore[union-attr]
    practice.sees(
        "Wednesday 17 December 2025", "15:00 – 16:30", "90 minutes ✓ 90", "Statement", "who disagrees"
    )
    assert page.session_id == "PS0030"  # type: ignore[union-attr]
    (look,) = practice.workspace.store.access.list()
    assert (look.what, look.id) == ("viewed", "PS0030")
    practice.desk.changed.emit(frozenset({"session"}))
    assert len(practice.workspace.store.access.list()) == 1


def test_what_was_called_off_says_so_and_can_have_been_held_after_all(practice: Driver) -> None:
    practice.opens("session", "PS0291")
    practice.sees("Cancelled. It was planned for", "Manager asked to a panel at short notice")
    practice.clicks("It was held: write it up…")
    practice.sees("Finish")


def test_a_copied_record_is_seen(practice: Driver) -> None:
    rows = practice.workspace.store.rows("session", person_id=MARCUS, status="held")
    last = max(rows, key=lambda row: row["held_on"])
    practice.opens("session", last["id"])
    practice.waits_until(lambda: "The same words as on" in practice.reads())


def test_a_template_that_is_changed_leaves_records_and_drafts_alone(practice: Driver) -> None:
    session = _finished(practice)
    practice.opens("session", ("new", YUSUF))
    practice.presses("Tab")
    practice.types("Begun under the old agenda.")
    practice.presses("Ctrl+S")
    (draft,) = drafts(practice)
    with practice.workspace.store.change("Alter the agenda", by=ME) as change:
        for row in practice.workspace.store.rows("template"):
            change.put("template", {"id": row["id"], "heading": f"New {row['position']}"})
    practice.opens("session", session)
    practice.sees("Since last time")
    practice.opens("session", ("draft", draft.session))
    practice.sees("Since last time", "Begun under the old agenda.")
    practice.opens("session", ("new", HARPREET))
    practice.sees("New 1")


def test_what_cannot_be_opened_is_said_where_it_would_stand(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.workspace.store.drafts.put(
        "session:PS0030", Sheet(session="PS0030", person=TOMASZ).to_json()
    )
    practice.opens("session", ("draft", "PS0030"))
    practice.sees("This record is signed and locked.")
    practice.sees_not("Supervision with Marcus Bello")
    practice.opens("session", "nowhere")
    practice.sees("That supervision is not here any more.")


def test_another_day_is_only_looked_at_and_the_words_wait(practice: Driver) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Before the look back. ")
    practice.looks_at(day=practice.hands.today() - 30)
    practice.types("Zebras")
    practice.presses("Ctrl+Return")
    assert "another day" in practice.hears()
    practice.sees("Before the look back. ")
    practice.sees_not("Zebras")
    practice.looks_at(day=None)
    view(practice).parts.start_of(view(practice).parts.first()).setFocus()
    practice.types("After it.")
    practice.sees("Before the look back. After it.")


def test_a_planned_session_on_another_day_and_a_record_are_read(practice: Driver) -> None:
    practice.looks_at(day=practice.hands.today() - 30)
    practice.opens("session", "PS0292")
    practice.sees("Planned. It was planned for", "You are looking at another day")
    practice.opens("session", "PS0030")
    assert not practice.button("Add a late entry…").isEnabled()


def test_midnight_in_the_middle_of_writing_takes_nothing_away(practice: Driver, hands: Hands) -> None:
    practice.opens("session", ("new", MARCUS))
    practice.presses("Tab")
    practice.types("Late in the evening")
    hands.move(hours=20)
    practice.desk.view.changed.emit()
    practice.types(", after midnight.")
    practice.sees("Late in the evening, after midnight.", "18 Mar 2026")


def test_nothing_is_opened_when_nothing_is_chosen(practice: Driver) -> None:
    practice.opens("session")
    practice.sees("Choose a person, then record a supervision (Ctrl+R).")
    practice.does("print_record")
    assert "not finished yet" in practice.hears()


@pytest.mark.parametrize("subject", [("new", YUSUF), "PS0030", "PS0291"])
def test_everything_that_can_have_the_keyboard_has_a_name(practice: Driver, subject: object) -> None:
    page = practice.opens("session", subject)
    assert unnamed(page) == []
    if isinstance(page._view, WritingView):
        for at in range(page._view.headings.count()):
            page._view.headings.setCurrentRow(at)
            practice.settle()
            assert unnamed(page) == []
        goes_to(practice, "Children and families")
        practice.clicks("Add a case")
        assert unnamed(page) == []


def test_the_store_of_a_service_is_only_read(opened: Opens, hands: Hands) -> None:
    store: Store = memory_store(hands, service=True)
    row = {
        "id": "s1",
        "person_id": "p1",
        "kind": "one_to_one",
        "status": "planned",
        "planned_on": "2026-03-18",
    }
    with store.change("Gather", by=ME, kind=GATHER) as change:
        change.put("person", {"id": "p1", "name": "Ada Quill"})
        change.put("session", row)
    driver = opened(store)
    driver.opens("session", "s1")
    driver.sees("This is a service store")
    driver.opens("session", ("new", "p1"))
    driver.sees("This is a service store")
