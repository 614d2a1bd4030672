"""Forms to fill in by hand: what is known is printed, what is not has room; and they are read out."""

from __future__ import annotations

import pytest

from supervise.doing.agendas import BUILT_IN
from supervise.doing.papers.people import PeoplePapers
from supervise.doing.templates import Templates
from supervise.errors import BadQuestion
from supervise.reports.forms import (
    AgreementForm,
    AgreementTold,
    Promise,
    RecordForm,
    Topic,
    about,
    tell_agreement,
    tell_record_form,
)
from supervise.workdays import day
from supervise.workspace import Workspace
from tests import making
from tests.making import NASTY, put
from tests.reports.papers import made, read_out, refuse_faults, words_of
from tests.reports.test_worker import LONG, MARKUP

POLICY = """\
policy = { id = "p", title = "Our own policy" }
[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
grace_working_days = 3
min_minutes = 90
[[clock.rule]]
title = "Newly in post"
since = "spell_start"
until = "12 months"
every = "2 weeks"
[[clock.rule]]
title = "Everyone"
every = "1 month"
"""

NASTY_RECORD = RecordForm(
    topics=tuple(Topic(text, text, part) for text in (LONG, MARKUP, *NASTY[:3])
                 for part in ("personal", "case")),
    worker=LONG, role=MARKUP, team=LONG, supervisor=MARKUP, on=day("2019-11-04"),
    actions=(Promise(MARKUP * 80, LONG, None, day("2019-01-01"), None, 4),),
)  # fmt: skip
NASTY_AGREEMENT = AgreementForm(
    worker=LONG, role=MARKUP, team=LONG, supervisor=MARKUP, often="every 2 weeks", by_rule=MARKUP,
    then=LONG, min_minutes=90, grace=3, review_on=day("2020-11-01"), text="\n\n".join(NASTY),
    policy=MARKUP,
)  # fmt: skip


def store_with_ada() -> Workspace:
    """A store with one person, an action of hers that was carried, and an agreement."""
    from supervise.policy_files import read_policy

    here = making.workspace()
    here.add_policies([read_policy(POLICY, "a test")])
    held = [
        {"id": f"s{n}", "person_id": "ada", "kind": "one_to_one", "status": "held", "held_on": on}
        for n, on in enumerate(("2019-09-10", "2019-10-11"))
    ]
    put(here, {
        "person": [{"id": "ada", "name": "Ada Brightwell"}, {"id": "rose", "name": "Rose Okafor"}],
        "post": [{"person_id": "ada", "team": "Assessment A", "role": "nqsw", "supervisor_id": "rose",
                  "from": "2019-01-02"}],
        "session": held,
        "action": [{"id": "a", "session_id": "s0", "person_id": "ada", "text": "Book the course"},
                   {"id": "b", "session_id": "s1", "person_id": "ada", "text": "Book the course",
                    "carried_from": "a", "due_on": "2019-11-01"},
                   {"id": "c", "session_id": "s1", "person_id": "ada", "text": "Done", "done_on": "2019-10-12"}],
        "agreement": [{"person_id": "ada", "signed_on": "2019-01-09", "text": "Always on a Tuesday."}],
    })  # fmt: skip
    return here


def words_of_form(form: RecordForm | AgreementForm) -> str:
    story = tell_record_form(form) if isinstance(form, RecordForm) else tell_agreement(form)
    return " ".join(words_of(made(story)))


# --- The paper


@pytest.mark.parametrize(
    "form",
    [RecordForm(), RecordForm(topics=(Topic("Wellbeing"),), team="A"), NASTY_RECORD, AgreementForm(),
     NASTY_AGREEMENT],
    ids=["empty record", "team's record", "strange record", "empty agreement", "strange agreement"],
)  # fmt: skip
def test_each_form_is_tagged_as_it_should_be(form, tmp_path):
    story = tell_record_form(form) if isinstance(form, RecordForm) else tell_agreement(form)
    said = read_out(story)
    refuse_faults(made(story), said, tmp_path)


def test_room_to_write_is_read_out():
    said = tell_record_form(RecordForm(topics=(Topic("Wellbeing", "How are you?"),))).said()
    assert said[said.index("Wellbeing") :][:3] == [
        "Wellbeing",
        "How are you?",
        "4 empty lines to write on.",
    ]


# --- What a record form says


def test_an_empty_record_has_the_headings_of_the_teams_template():
    with (here := store_with_ada()).store:
        Templates(here.here).save(
            "Ours", "Assessment A", [("How it is", "Really?", "personal"), ("Children", None, "case")]
        )
        ours = PeoplePapers(here.here).record_form(team="Assessment A")
        general = PeoplePapers(here.here).record_form(team="Another")
    assert [each.heading for each in ours.topics] == ["How it is", "Children"]
    assert [each.heading for each in general.topics] == [each.heading for each in BUILT_IN]
    words = words_of_form(ours)
    assert words.index("Personal part How it is Really?") < words.index("Case part")
    assert "Worker Role" in words


def test_a_form_for_somebody_names_them_and_what_is_open():
    with (here := store_with_ada()).store:
        form = PeoplePapers(here.here).record_form("ada", on=day("2019-11-04"))
    words = words_of_form(form)
    for part in ("Supervision of Ada Brightwell", "Monday 4 November 2019", "Supervisor Rose Okafor",
                 "Newly qualified social worker", "due 1 Nov 2019 · not yet done · carried forward once",
                 "Ada Brightwell, worker", "Rose Okafor, supervisor"):  # fmt: skip
        assert part in words
    assert words.count("Book the course") == 1
    assert "Held on" not in words


# --- What an agreement says


def test_an_agreement_says_what_the_policy_asks_and_what_follows():
    with (here := store_with_ada()).store:
        form = PeoplePapers(here.here).agreement("ada", review_on=day("2020-10-30"))
    words = words_of_form(form)
    for part in ("Every 2 weeks (Newly in post)", "Monthly from 3 Jan 2020", "At least 90 minutes",
                 "3 working days after the due day", "Our own policy", "Always on a Tuesday.",
                 "again by Friday 30 October 2020", "Ada Brightwell, worker"):  # fmt: skip
        assert part in words


def test_an_agreement_with_somebody_out_of_post_leaves_room(tmp_path):
    with (here := store_with_ada()).store:
        for person, when in (("ada", day("2018-01-01")), ("rose", None)):
            story = tell_agreement(PeoplePapers(here.here).agreement(person, day=when))
            said = read_out(story)
            refuse_faults(made(story), said, tmp_path)
            assert "How often" in said
            assert "We look at this agreement again by" in said


def test_nobody_has_no_form():
    with (here := store_with_ada()).store:
        for ask in (PeoplePapers(here.here).agreement, PeoplePapers(here.here).record_form):
            with pytest.raises(BadQuestion, match="nobody “x”"):
                ask("x")


def test_an_action_and_an_agreement_are_said_in_a_line():
    assert about(Promise("x")) == "No owner named · no due day · not yet done"
    assert (
        AgreementTold(None, day("2019-01-09"), None, False).said()
        == "Signed 9 Jan 2019; no day of review"
    )
