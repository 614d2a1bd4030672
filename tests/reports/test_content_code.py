"""The content code: the same for the same words, another for any other, and still good after signing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.records import Action, Discussion, LateEntry, Section, Statement
from supervise.reports.content_code import added_since, content_code
from supervise.sessions import Entered
from supervise.workdays import day
from tests.reports.papers import ADA, HELD, words

FULL = replace(
    ADA,
    sections=(Section(position=1, part="personal", heading="Health", text="Better."),),
    actions=(Action(id="a", text="Ring the school.", owner="Ada", due_on=day("2017-03-31")),),
    discussions=(
        Discussion(case_ref="C-77", analysis="Calmer.", decision="Keep on.", rationale="School."),
    ),
    late_entries=(
        LateEntry(entered_on=day("2017-03-05"), text="The car was in for repair.", by="R. Okafor"),
    ),
    statements=(Statement(text="I was there at two.", by="Ada", on=day("2017-03-06")),),
)


def test_it_is_twenty_figures_in_groups_and_kept_as_it_is():
    assert re.fullmatch(r"[0-9a-f]{4}( [0-9a-f]{4}){4}", content_code(FULL))
    assert (
        content_code(ADA) == "a8ed 9333 b4c4 ce60 6299"
    )  # changing this makes every paper printed so far unverifiable


@pytest.mark.parametrize(
    "changed",
    [
        replace(FULL, worker="Ada Brightwel"),
        replace(FULL, supervisor=None),
        replace(FULL, team="Assessment B"),
        replace(FULL, role="social_worker"),
        *(
            replace(FULL, session=HELD._replace(**change))
            for change in (
                {"notes": "We ended early."}, {"held_on": HELD.held_on + 1}, {"minutes": 76}, {"place": None},
                {"interrupted": False}, {"kind": "group"}, {"status": "planned"}, {"started_at": "10:06"},
                {"reason": "Court."}, {"cancelled_by": "worker"}, {"record_kept": "tracker.xlsx"},
                {"planned_on": None}, {"planned_start": None},
            )
        ),
        replace(FULL, sections=()),
        replace(FULL, sections=(FULL.sections[0]._replace(text="Worse."),)),
        replace(FULL, sections=(FULL.sections[0]._replace(part="case"),)),
        replace(FULL, actions=(FULL.actions[0]._replace(text="Ring the schools."),)),
        replace(FULL, actions=(FULL.actions[0]._replace(due_on=None),)),
        replace(FULL, discussions=(FULL.discussions[0]._replace(rationale=None),)),
        replace(FULL, late_entries=(FULL.late_entries[0]._replace(by=None),)),
        replace(FULL, statements=()),
    ],
)  # fmt: skip
def test_other_words_have_another_code(changed):
    assert content_code(changed) != content_code(FULL)


@pytest.mark.parametrize(
    "later",
    [
        replace(FULL, session=HELD._replace(id="other", person="x", supervisor="y")),
        replace(
            FULL,
            session=HELD._replace(
                shared_on=None, worker_signed_on=day("2018-01-01"), signed_how="email"
            ),
        ),
        replace(
            FULL, session=HELD._replace(supervisor_signed_on=day("2017-04-01"), worker_view="agrees")
        ),
        replace(FULL, actions=(FULL.actions[0]._replace(id="b", done_on=day("2017-04-01"), carried=2),)),
        replace(FULL, discussions=(FULL.discussions[0]._replace(recorded_on_file=day("2017-04-01")),)),
        replace(
            FULL, worker_signature_entered=Entered(by="R. Okafor", on=day("2017-04-01")), min_minutes=90
        ),
    ],
)
def test_what_is_meant_to_happen_after_printing_leaves_it_as_it_is(later):
    assert content_code(later) == content_code(FULL)


@given(st.permutations(range(4)))
def test_the_order_in_which_things_come_out_of_the_store_makes_no_difference(order):
    actions = [Action(id=str(n), text=f"Action {n}") for n in range(4)]
    mixed = replace(FULL, actions=[actions[n] for n in order])
    assert content_code(mixed) == content_code(replace(FULL, actions=actions))


def test_how_letters_and_lines_are_stored_makes_no_difference():
    one = replace(FULL, session=HELD._replace(notes="Zoé\r\nnext\n"))
    other = replace(FULL, session=HELD._replace(notes="Zoe\u0301\nnext"))
    assert content_code(one) == content_code(other)


def test_a_paper_printed_before_late_entries_is_known_again_and_they_are_counted():
    code = content_code(replace(FULL, statements=(), late_entries=()))
    assert added_since(FULL, code) == 2
    assert added_since(FULL, content_code(replace(FULL, statements=()))) == 1
    assert added_since(FULL, content_code(FULL).upper().replace(" ", "")) == 0
    changed = replace(FULL, session=HELD._replace(notes="Other words."))
    assert added_since(changed, code) is None


def test_it_stands_at_the_foot_of_the_record_and_of_its_parts(tmp_path):
    for parts, more in (
        ("both", ""),
        ("personal", " (of the whole record)"),
        ("case", " (of the whole record)"),
    ):
        assert f"Content code {content_code(FULL)}{more}" in words(FULL, tmp_path, parts=parts)
