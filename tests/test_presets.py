"""Each preset says what its source says, spelled out here from the sources, and nothing more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from supervise.fields import KNOWN_ROLES
from supervise.places import resource
from supervise.policies import Clock, Policy, Rule
from supervise.policy_files import read_policy

OURS = "standards-2020-with-defaults"
FILES = sorted(resource("policies").glob("*.toml"))
NAMES = [file.stem for file in FILES]
SOCIAL_WORKERS = ("social_worker", "senior_social_worker", "advanced_practitioner")
MANAGERS = ("team_manager", "service_manager")

Said = tuple[frozenset[str], str | None, str | None, str]
"""What one rule says: roles, the date it counts from, until when, how often."""


def says(roles: tuple[str, ...], every: str, until: str | None = None, since: str | None = None) -> Said:
    return frozenset(roles), since, until, every


def ladder(since: str) -> list[Said]:
    """Weekly to six weeks, fortnightly to six months, monthly after."""
    return [
        says(("nqsw",), "1 week", "6 weeks", since),
        says(("nqsw",), "2 weeks", "6 months", since),
        says(("nqsw",), "1 month"),
    ]


STATED: dict[str, list[Said]] = {
    "lga-2020": [*ladder("employed_from"), says(SOCIAL_WORKERS, "1 month")],
    "asye-child-and-family": ladder("employed_from"),
    "suffolk-nqsw": ladder("registered_on"),
    "hampshire-asye": ladder("employed_from"),
    "west-berkshire-agreement": [
        says(("nqsw",), "1 week", "2 months", "employed_from"),
        says(("nqsw",), "2 weeks", "8 months", "employed_from"),
        says(("student",), "1 week"),
        says(("nqsw", *SOCIAL_WORKERS, *MANAGERS), "1 calendar month"),
    ],
    "nottinghamshire-2013": [says(("nqsw",), "2 weeks"), says(SOCIAL_WORKERS, "4 weeks")],
    "oxfordshire-summary": [says(SOCIAL_WORKERS, "1 month")],
    "standards-frameworki-la": [says(SOCIAL_WORKERS, "4 weeks"), says(MANAGERS, "4 weeks")],
    "knowsley-2018": [says(SOCIAL_WORKERS, "1 month")],
    "walsall": [says((*SOCIAL_WORKERS, "family_support_worker", "personal_adviser"), "1 month")],
    "gloucestershire-2023": [says(SOCIAL_WORKERS, "1 month")],
    "camden-family-early-help": [says((), "1 month")],
    "bournemouth-2018": [says((), "1 month")],
    "recruitment-page-council": [says((*SOCIAL_WORKERS, "team_manager"), "1 month")],
    OURS: [
        says(("nqsw",), "1 week", "6 weeks", "employed_from"),
        says(("nqsw",), "2 weeks", "6 months", "employed_from"),
        says(
            ("nqsw", "social_worker", "senior_social_worker", "family_support_worker",
             "personal_adviser"),
            "1 month",
        ),
    ],
}  # fmt: skip

MINUTES = {"lga-2020": 90, OURS: 90, "oxfordshire-summary": 90, "standards-frameworki-la": 60}


def preset(name: str) -> Policy:
    file = resource("policies", f"{name}.toml")
    return read_policy(file.read_text("utf-8"), file.name)


def text_of(name: str) -> str:
    return resource("policies", f"{name}.toml").read_text("utf-8")


def only_clock(name: str) -> Clock:
    (clock,) = preset(name).clocks
    return clock


def said(rule: Rule) -> Said:
    since = rule.since.value if rule.since else None
    return rule.roles, since, str(rule.until) if rule.until else None, str(rule.every)


def test_there_is_a_preset_for_every_source_spelled_out_here_and_no_other() -> None:
    assert sorted(STATED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_is_named_after_its_file_and_names_its_source(name: str) -> None:
    policy = preset(name)
    assert policy.id == name
    assert policy.source
    assert policy.effective_from is None


@pytest.mark.parametrize("name", NAMES)
def test_its_frequencies_are_those_of_its_source(name: str) -> None:
    assert [said(rule) for rule in only_clock(name).rules] == STATED[name]


@pytest.mark.parametrize("name", NAMES)
def test_its_length_is_that_of_its_source_or_none(name: str) -> None:
    assert only_clock(name).min_minutes == MINUTES.get(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name != OURS])
def test_nothing_is_added_that_its_source_does_not_state(name: str) -> None:
    policy = preset(name)
    assert not policy.suspends
    assert policy.return_within_working_days is None
    assert policy.new_supervisor_within_working_days is None
    assert only_clock(name).grace_working_days == 0
    assert "soon_days" not in text_of(name)
    assert not any(rule.first_within or rule.after or rule.bases for rule in only_clock(name).rules)


@pytest.mark.parametrize("name", NAMES)
def test_its_roles_are_known_words(name: str) -> None:
    used = {role for rule in only_clock(name).rules for role in rule.roles}
    assert used <= set(KNOWN_ROLES)


@pytest.mark.parametrize("name", NAMES)
def test_it_tells_what_it_cannot_express(name: str) -> None:
    assert "# Cannot be expressed here: " in text_of(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "bournemouth-2018"])
def test_only_a_one_to_one_counts_as_one(name: str) -> None:
    clock = only_clock(name)
    assert (clock.name, clock.per, set(clock.counts)) == ("one_to_one", "person", {"one_to_one"})


def test_bournemouth_runs_a_clock_for_each_case() -> None:
    clock = only_clock("bournemouth-2018")
    assert (clock.name, clock.per, set(clock.counts)) == ("case", "case", {"case", "one_to_one"})


def test_the_defaults_are_the_ones_the_specification_was_worked_out_with() -> None:
    policy = preset(OURS)
    clock = only_clock(OURS)
    assert dict(policy.suspends) == {"sickness": 28, "maternity": 0, "secondment": 28}
    assert policy.return_within_working_days == 5
    assert policy.new_supervisor_within_working_days == 10
    assert (clock.grace_working_days, clock.soon_days) == (3, 7)
    assert [str(rule.first_within) for rule in clock.rules] == ["None", "None", "2 weeks"]


def test_the_defaults_are_named_as_ours() -> None:
    assert preset(OURS).source is not None
    assert "our defaults" in str(preset(OURS).source)
    own = ("suspends", "return_within", "new_supervisor_within", "grace", "soon", "first_within")
    lines = [line for line in text_of(OURS).splitlines() if line.startswith(own)]
    assert len(lines) == len(own)
    assert all("# ours" in line for line in lines)


def test_the_lga_preset_and_ours_share_the_steps_for_newly_qualified_workers() -> None:
    lga, ours = (tomllib.loads(text_of(name)) for name in ("lga-2020", OURS))
    assert lga["clock"][0]["rule"][:2] == ours["clock"][0]["rule"][:2]


def test_the_manual_page_lists_every_preset_once() -> None:
    page = (Path(__file__).parents[1] / "docs" / "presets.md").read_text("utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(listed) == NAMES
