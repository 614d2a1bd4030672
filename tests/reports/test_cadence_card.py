"""The cadence card: one page for every policy, and an example that the engine reckoned."""

from __future__ import annotations

import pytest

from supervise.cadence import Clockwork, Facts, standing
from supervise.doing.papers.people import PeoplePapers
from supervise.doing.policy_words import describe
from supervise.errors import BadQuestion
from supervise.people import Person, Post
from supervise.places import resource
from supervise.policies import Policy, Rulebook
from supervise.policy_files import read_policy, read_policy_file
from supervise.reports.cadence_card import CadenceCard, example_of, tell_card
from supervise.wording import STATUS, long_day
from supervise.workdays import FOREVER, day
from tests import making
from tests.making import MONTHLY, NASTY
from tests.reports.papers import made, read_out, refuse_faults, words_of
from tests.reports.test_worker import LONG, MARKUP

PRESETS = sorted(resource("policies").glob("*.toml"))
WHEN = making.TODAY.toordinal()


def cards(policy: Policy) -> list[CadenceCard]:
    """A card for each clock of a policy."""
    here = making.workspace()
    with here.store:
        here.add_policies([policy])
        papers = PeoplePapers(here.here)
        return [papers.card(policy.id, clock.name) for clock in policy.clocks]


@pytest.mark.parametrize("file", PRESETS, ids=[file.stem for file in PRESETS])
def test_every_preset_has_a_card_of_one_page_with_all_that_it_asks(file, tmp_path):
    policy = read_policy_file(file)
    for card in cards(policy):
        story = tell_card(card)
        said, pdf = read_out(story), made(story)
        refuse_faults(pdf, said, tmp_path)
        (page,) = words_of(pdf)
        for role, asked in card.asked:
            assert f"{role} {asked[:1].upper()}{asked[1:]}" in page
            assert f"{role}: {asked}." in [each for _, told in describe(policy) for each in told]
        for status in ("on_track", "due_soon", "overdue", "gap", "absent"):
            assert STATUS[status].word in page
        assert (f"{card.grace} working day" in page) == bool(card.grace)


def test_the_example_is_what_the_engine_reckons():
    policy = read_policy_file(resource("policies", "standards-2020-with-defaults.toml"))
    for when in range(WHEN, WHEN + 40):
        example = example_of(policy, policy.clocks[0], when)
        assert example is not None
        facts = Facts(
            Person("x", "x", example.held - 900, example.held - 900),
            [Post(example.held - 900, FOREVER, "", "social_worker", "permanent")],
            held={"one_to_one": [example.held]},
        )
        assert example.late_by is not None
        on_time, late = (
            standing(Clockwork(Rulebook([policy]), "one_to_one", example.late_by + n), facts)
            for n in (0, 1)
        )
        assert late.status == "gap" != on_time.status
        assert on_time.due == late.due == example.due


def test_the_example_is_printed_with_its_days():
    policy = read_policy_file(resource("policies", "standards-2020-with-defaults.toml"))
    example = example_of(policy, policy.clocks[0], WHEN)
    assert example is not None and example.late_by is not None
    (page,) = words_of(made(tell_card(cards(policy)[0])))
    for when in (example.held, example.due, example.late_by):
        assert long_day(when) in page


def test_strange_words_and_long_names_are_printed_whole(tmp_path):
    card = CadenceCard(
        policy=LONG, source=MARKUP, clock=MARKUP, per="case", in_force="always", counts=LONG,
        asked=tuple((text, text * 3) for text in (*NASTY, LONG)), grace=0, soon_days=0,
        stops=((LONG, MARKUP),), more=((MARKUP, LONG),),
    )  # fmt: skip
    story = tell_card(card)
    said, pdf = read_out(story), made(story)
    refuse_faults(pdf, said, tmp_path)
    assert LONG in "".join(words_of(pdf)).replace(" ", "")


def test_without_a_policy_there_is_no_card_and_the_sentence_says_so():
    here = making.workspace()
    with here.store:
        with pytest.raises(BadQuestion, match="no policy in force"):
            PeoplePapers(here.here).card()
        here.add_policies([read_policy(MONTHLY, "a test")])
        with pytest.raises(BadQuestion, match="no policy “other” here"):
            PeoplePapers(here.here).card("other")
        with pytest.raises(BadQuestion, match="no such clock"):
            PeoplePapers(here.here).card(clock="no such clock")
        assert PeoplePapers(here.here).card(day=day("2017-01-02")).policy == "Monthly"
