"""Agenda templates: kept, changed and taken away as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.doing import agendas
from supervise.doing.here import Here
from supervise.doing.sheet import Heading
from supervise.doing.templates import BUILT_IN, Template, Templates
from supervise.errors import BadQuestion, NotAllowed
from supervise.store import memory_store
from tests.making import ME, TODAY, now

AGENDA = [
    ("Last time", "What was agreed?", "personal"),
    ("Cases", None, "case"),
    ("Learning", "What next?", "personal"),
]


def templates() -> Templates:
    return Templates(Here(memory_store(now), TODAY.toordinal, ME))


def ids(of: Templates) -> dict[str, str]:
    return {row["heading"]: row["id"] for row in of.store.rows("template")}


def headings(of: Templates, name: str = "Monthly", team: str | None = None) -> list[str]:
    found = of.named(name, team)
    return [each.heading for each in found.headings] if found else []


def labels(of: Templates) -> list[str]:
    return [line.label for line in of.store.history()]


def test_a_template_is_kept_as_it_was_written() -> None:
    kept = templates()
    kept.save(" Monthly ", "Duty", [(" Last  time ", " What was agreed? ", "personal"), *AGENDA[1:]])
    expected = tuple(Heading(heading=h, prompt=p, part=part) for h, p, part in AGENDA)
    assert kept.all() == [Template("Monthly", "Duty", expected)]
    assert labels(kept) == ["Record the template “Monthly” of Duty"]


def test_templates_are_listed_by_name_and_every_teams_first() -> None:
    kept = templates()
    for name, team in (("weekly", None), ("Monthly", "Duty"), ("Monthly", None)):
        kept.save(name, team, AGENDA)
    assert [(each.name, each.team) for each in kept.all()] == [
        ("Monthly", None), ("Monthly", "Duty"), ("weekly", None),
    ]  # fmt: skip


def test_a_change_keeps_the_rows_that_stay_and_one_undo_takes_it_back() -> None:
    kept = templates()
    kept.save("Monthly", None, AGENDA)
    before = ids(kept)
    kept.save("Monthly", None, [AGENDA[2], ("Cases", None, "case"), ("Wellbeing", None, "personal")])
    assert headings(kept) == ["Learning", "Cases", "Wellbeing"]
    after = ids(kept)
    assert {after[name] for name in ("Learning", "Cases")} == {
        before[name] for name in ("Learning", "Cases")
    }
    assert labels(kept)[0] == "Change the template “Monthly”"
    kept.store.undo(ME)
    assert headings(kept) == ["Last time", "Cases", "Learning"]
    assert ids(kept) == before


def test_a_heading_that_is_renamed_in_its_place_keeps_its_row() -> None:
    kept = templates()
    kept.save("Monthly", None, AGENDA)
    kept.save("Monthly", None, [("Since last time", None, "personal"), *AGENDA[1:]])
    assert ids(kept)["Since last time"] in {
        step.after["id"]
        for step in kept.store.changes_of("template", ids(kept)["Since last time"])
        if step.after
    }
    assert len(kept.store.changes_of("template", ids(kept)["Since last time"])) == 2


def test_saving_the_same_again_leaves_no_line() -> None:
    kept = templates()
    kept.save("Monthly", None, AGENDA)
    found = kept.named("Monthly")
    assert found is not None
    assert kept.save(found.name, found.team, found.headings).number is None


def test_one_teams_template_is_apart_from_another_of_the_same_name() -> None:
    kept = templates()
    kept.save("Monthly", None, AGENDA)
    kept.save("Monthly", "Duty", AGENDA[:1])
    kept.remove("Monthly")
    assert headings(kept, team="Duty") == ["Last time"]
    assert kept.named("Monthly") is None
    assert labels(kept)[0] == "Remove the template “Monthly”"
    with pytest.raises(BadQuestion, match="no template “Monthly” any more"):
        kept.remove("Monthly")


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        (" ", AGENDA, "has no name"),
        ("Monthly", [], "has no headings"),
        ("Monthly", [*AGENDA, (" ", "What?", "personal")], "Heading 4 is empty"),
        ("Monthly", [*AGENDA, ("last  TIME", None, "case")], "“last TIME” is there twice"),
        ("Monthly", [("Cases", None, "children")], "of no known part"),
    ],
)
def test_what_could_not_be_used_is_refused_in_words(
    name: str, wrong: list[tuple[str, str | None, str]], says: str
) -> None:
    kept = templates()
    with pytest.raises(NotAllowed, match=says):
        kept.save(name, None, wrong)
    assert kept.all() == []


def test_the_built_in_one_is_the_agenda_without_any_and_can_be_kept() -> None:
    kept = templates()
    kept.save(BUILT_IN.name, BUILT_IN.team, BUILT_IN.headings)
    assert kept.all() == [BUILT_IN]
    assert agendas.agenda([], None, None, "one_to_one") == list(BUILT_IN.headings)
    rows = list(kept.store.rows("template"))
    assert agendas.agenda(rows, None, None, "one_to_one") == list(BUILT_IN.headings)


AGENDAS = st.lists(
    st.tuples(
        st.sampled_from("abcdefg"),
        st.sampled_from([None, "Why?"]),
        st.sampled_from(["personal", "case"]),
    ),
    min_size=1,
    unique_by=lambda each: each[0],
)


@settings(max_examples=25, deadline=None)
@given(first=AGENDAS, second=AGENDAS)
def test_whatever_it_was_before_a_template_is_what_was_saved_last(
    first: list[tuple[str, str | None, str]], second: list[tuple[str, str | None, str]]
) -> None:
    kept = templates()
    kept.save("Monthly", None, first)
    before = ids(kept)
    kept.save("Monthly", None, second)
    found = kept.named("Monthly")
    assert found is not None
    assert [(each.heading, each.prompt, each.part) for each in found.headings] == second
    after = ids(kept)
    assert all(after[heading] == before[heading] for heading in before.keys() & after.keys())
