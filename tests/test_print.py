"""Papers from the command line and from a store: each number is the one that the same question gives as JSON."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from supervise.answers import Said
from supervise.cli import World, main
from supervise.compliance import Share
from supervise.doing.papers import paper
from supervise.doing.papers import team as team_papers
from supervise.doing.papers.listed import BY_NAME, PAPERS
from supervise.doing.papers.service import ServicePaper
from supervise.doing.policy_words import describe
from supervise.doing.showing import finished
from supervise.errors import BadQuestion
from supervise.exchange.sources import About
from supervise.policy_files import read_policy, read_policy_file
from supervise.reports.charts import percent
from supervise.reports.measured import ServicePeriod, TeamPeriod
from supervise.reports.service import tell_service
from supervise.reports.team import name_of, tell_team
from supervise.store import memory_store
from supervise.wording import day as said_day
from supervise.workdays import day, iso, whole_months
from supervise.workspace import Workspace
from tests.making import ME, MONTHLY, NASTY, now, put, workspace
from tests.reports.papers import made, read_out, refuse_faults, words_of

KEPT = Path(__file__).parent / "kept"
POLICIES = {
    "standards": ("standards-2020-with-defaults",),
    "standards+county": ("standards-2020-with-defaults", "county-2018"),
}
FIRST, LAST = day("2018-10-15"), day("2019-10-31")
AT = datetime(2019, 11, 4, 9, 12)
TEAMS = (
    "Assessment 1",
    "Assessment 2",
    "CADS",
    "FAST North",
    "FAST South",
    "Family Intervention",
    "Leaving Care",
)


@pytest.fixture(scope="module", params=POLICIES)
def here(request: pytest.FixtureRequest) -> Workspace:
    """The sample service under one set of policies: never altered by a test."""
    found = workspace()
    found.add_policies(
        [read_policy_file(KEPT / "policies" / f"{each}.toml") for each in POLICIES[request.param]]
    )
    found.carry_out(found.plan_import(KEPT / "service"))
    return found


def gathered(here: Workspace, team: str, first: int = FIRST, last: int = LAST, **how: Any) -> TeamPeriod:
    return finished(team_papers.gather(here.here, team, first, last, **how))


def of_team(here: Workspace, team: str, first: int, last: int) -> dict[str, Any]:
    """What `supervise measures --by team --format json` says of a team."""
    clockwork = here.clockwork()
    service, found = here.measures(clockwork, first, last, "team")
    groups = Said(clockwork, service, None).measures(found, first, last)["groups"]
    told: list[dict[str, Any]] = json.loads(
        json.dumps([each for each in groups if each["group"] == team])
    )
    return told[0]


def pair(share: Share) -> list[int]:
    return [share.n, share.d]


# --- the same numbers as JSON


@pytest.mark.parametrize("team", TEAMS)
def test_every_figure_is_that_of_the_same_question_as_json(here: Workspace, team: str) -> None:
    asked, paper = of_team(here, team, FIRST, LAST), gathered(here, team)
    assert {each.name: pair(each.share) for each in paper.measures} == {
        each.name: asked[each.name] for each in paper.measures
    }
    assert (len(paper.gaps), paper.gaps_carried_in, paper.longest_gap_days, len(paper.left_out)) == (
        asked["gaps"], asked["gaps_carried_in"], asked["longest_gap_days"], len(asked["excluded"]),
    )  # fmt: skip
    assert sum(n for _, n in paper.bands) == asked["gaps"]
    for month, (first, last) in zip(paper.by_month, whole_months(FIRST, LAST), strict=True):
        of_month = of_team(here, team, first, last)
        assert pair(month.covered) == of_month["covered_days"]
        assert pair(month.clear) == of_month["clear_months"]
        assert [pair(month.supervised)] == (list(of_month["supervised_in_month"].values()) or [[0, 0]])


@pytest.mark.parametrize("team", TEAMS)
def test_each_gap_is_that_of_the_list_as_json(here: Workspace, team: str) -> None:
    clockwork = here.clockwork()
    service, found = here.gaps(clockwork, None, team, FIRST, LAST)
    asked = Said(clockwork, service, None).gaps(found)["gaps"]
    listed = [
        (each.name, each.days_late, each.days_away, each.due, each.first_late, each.last_late)
        for each in gathered(here, team).gaps
    ]
    assert sorted(listed) == sorted(
        (each["name"], each["days_late"], each["days_away"], day(each["due"]), day(each["first_late_day"]),
         day(each["last_late_day"]))
        for each in asked
    )  # fmt: skip


@pytest.mark.parametrize("team", TEAMS)
def test_the_sessions_listed_are_those_counted(here: Workspace, team: str) -> None:
    asked, paper = of_team(here, team, FIRST, LAST), gathered(here, team)
    done, of = asked["evidenced"]
    assert sum(not each.kept_elsewhere for each in paper.sessions) == of
    assert sum(bool(each.missing) for each in paper.sessions) == of - done
    long, with_length = asked["long_enough"]
    assert sum(each.is_short for each in paper.sessions) == with_length - long


def test_each_number_is_found_in_the_text_of_the_paper(here: Workspace) -> None:
    team = "CADS"
    paper, asked = gathered(here, team), of_team(here, team, FIRST, LAST)
    whole = " ".join(words_of(made(tell_team(paper))))
    for each in paper.measures:
        n, d = asked[each.name]
        assert f"{each.title} {n:,} {d:,} {percent(Share(n, d))} {each.counts}" in whole
    for gap in paper.gaps:
        assert f"{said_day(gap.last_late)} {gap.days_late:,} {gap.days_away:,}" in whole
    for month in paper.by_month:
        assert f"{month.covered.n:,} {month.covered.d:,} {percent(month.covered)}" in whole
    for name, n in paper.bands:
        assert f"{name[:1].upper()}{name[1:]} {n:,}" in whole


@pytest.mark.parametrize("team", TEAMS)
def test_a_paper_of_the_sample_is_tagged(here: Workspace, team: str, tmp_path: Path) -> None:
    paper = gathered(here, team)
    name = name_of(paper)
    refuse_faults(made(tell_team(paper), name), read_out(tell_team(paper), name=name), tmp_path)


def test_no_paper_of_the_sample_says_why_somebody_was_away(here: Workspace) -> None:
    assert any("sickness" in " ".join(told).casefold() for each in here.policies() for _, told in
               [(heading, [heading, *says]) for heading, says in describe(each)])  # fmt: skip
    for team in TEAMS:
        whole = " ".join(tell_team(gathered(here, team)).said()).casefold()
        assert not [word for word in ("sick", "maternity", "paternity", "pregnan") if word in whole]


# --- a team of one, built by hand


def one_person(reason: str = "court", team: str = "East", name: str = "Ada Nwosu") -> Workspace:
    """Ada was seen in January and, after a cancelled one, in April 2019; she is in the team until June."""
    made_up = workspace()
    made_up.add_policies([read_policy(MONTHLY, "p")])
    session = {"person_id": "W1", "supervisor_id": "M1", "kind": "one_to_one"}
    put(made_up, {
        "person": [{"id": "W1", "name": name}, {"id": "M1", "name": "Sam Okafor"}],
        "post": [{"person_id": "W1", "team": team, "role": "social_worker", "from": "2019-01-01", "to": "2019-06-30",
                  "supervisor_id": "M1"}],
        "session": [
            {**session, "id": "S1", "status": "held", "held_on": "2019-01-10", "minutes": 50, "interrupted": True},
            {**session, "id": "S2", "status": "cancelled", "planned_on": "2019-02-08", "reason": reason,
             "cancelled_by": "supervisor"},
            {**session, "id": "S3", "status": "held", "held_on": "2019-04-09", "record_kept": "Mosaic"},
            {**session, "id": "S4", "status": "missed", "planned_on": "2019-08-09", "reason": "not hers any more"},
            {**session, "id": "S5", "status": "cancelled", "planned_on": "2019-03-01", "kind": "group", "reason": "x"},
        ],
    })  # fmt: skip
    return made_up


def test_sessions_not_held_are_those_of_the_team_that_would_have_counted() -> None:
    paper = gathered(one_person(), "East", day("2019-01-01"), day("2019-09-30"))
    assert [(each.status, each.by, each.reason) for each in paper.not_held] == [
        ("cancelled", "supervisor", "court")
    ]
    assert [(each.held_on, each.interrupted, each.kept_elsewhere) for each in paper.sessions] == [
        (day("2019-01-10"), True, False), (day("2019-04-09"), False, True),
    ]  # fmt: skip
    assert paper.supervisors == ("Sam Okafor (to 30 Jun 2019)",)
    assert [(each.reasons[0].of, each.reasons[0].words) for each in paper.gaps[:1]] == [
        ("cancelled 8 Feb 2019", "court")
    ]


def test_a_team_with_nobody_in_the_period_has_a_paper_that_says_so(tmp_path: Path) -> None:
    paper = gathered(one_person(), "East", day("2019-07-01"), day("2019-09-30"))
    assert (paper.people_in_team, paper.people, paper.gaps) == (0, (), ())
    refuse_faults(made(tell_team(paper)), read_out(tell_team(paper)), tmp_path)


@pytest.mark.parametrize("typed", ["<b>&amp;</b>", "Bronwen " * 25, NASTY[9], NASTY[12], NASTY[13]])
def test_names_as_they_were_typed_are_on_the_paper(typed: str, tmp_path: Path) -> None:
    typed = typed.strip()
    paper = gathered(one_person(typed, typed, typed), typed, day("2019-01-01"), day("2019-06-30"))
    assert paper.people[0].name == typed
    refuse_faults(made(tell_team(paper)), read_out(tell_team(paper)), tmp_path)


@pytest.mark.parametrize(
    ("team", "first", "last", "what"),
    [
        ("East", "2019-06-30", "2019-01-01", "The period ends before it begins."),
        ("East", "2031-01-01", "2031-06-30", "begins after the as-at day"),
        ("West", "2019-01-01", "2019-06-30", "There is no team “West” here."),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_and_leaves_no_file(
    team: str, first: str, last: str, what: str, tmp_path: Path
) -> None:
    about = paper.About(team=team, first=day(first), last=day(last))
    with pytest.raises(BadQuestion, match=what):
        list(one_person().press.save(BY_NAME["team"], about, tmp_path / "x.pdf", at=AT))
    assert list(tmp_path.iterdir()) == []


# --- from the terminal


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("practice") / "a.store"
    assert run("--store", store, "practice")[0] == 0
    return store


def run(*words: object) -> tuple[int, str, str]:
    """A command's exit status, and what it printed."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(World(now=now, me=ME, take_passphrase=lambda: None), [str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SUPERVISE_STORE", "SUPERVISE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.chdir(tmp_path)


def test_a_team_is_printed_with_the_numbers_of_the_same_question(practice: Path, tmp_path: Path) -> None:
    days = ("--from", "2019-01-01", "--to", "2019-09-30")
    to = tmp_path / "team.pdf"
    status, out, err = run("--store", practice, "print", "team", "Assessment West", *days, "-o", to)
    assert (status, err) == (0, "")
    assert "not encrypted" in out
    whole = " ".join(words_of(to.read_bytes()))
    assert "Assessment West: supervision 1 January 2019 – 30 September 2019 ·" in whole
    assert "PRACTICE: made-up people" in whole
    said = json.loads(run("--store", practice, "measures", *days, "--by", "team", "--format", "json")[1])
    (group,) = [each for each in said["groups"] if each["group"] == "Assessment West"]
    for title, name in (
        ("Days covered", "covered_days"),
        ("Clear months", "clear_months"),
        ("On time", "on_time"),
    ):
        n, d = group[name]
        assert f"{title} {n:,} {d:,} {percent(Share(n, d))}" in whole


@pytest.mark.parametrize(
    "asked",
    [("Nowhere", "2019-01-01", "2019-09-30"), ("Leaving Care", "2019-09-30", "2019-01-01"),
     ("Leaving Care", "2031-01-01", "2031-02-01")],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_in_a_sentence(
    practice: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    team, first, last = asked
    to = tmp_path / "x.pdf"
    status, out, err = run(
        "--store", practice, "print", "team", team, "--from", first, "--to", last, "-o", to
    )
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "Traceback" not in err
    assert not to.exists()


def test_every_paper_has_its_command_and_says_what_it_is() -> None:
    told = run("print", "--help")[1]
    for each in PAPERS:
        assert f"  {each.name} " in told
        status, out, _ = run("print", each.name, "--help")
        assert status == 0
        assert "-o, --output FILE.pdf" in out


# --- the service


def of_service(here: Workspace, first: int = FIRST, last: int = LAST) -> ServicePeriod:
    return finished(ServicePaper(here.here).gather(first, last))


def as_json(here: Workspace, first: int, last: int, by: str | None) -> list[dict[str, Any]]:
    clockwork = here.clockwork()
    service, found = here.measures(clockwork, first, last, by)
    told: list[dict[str, Any]] = Said(clockwork, service, None).measures(found, first, last)["groups"]
    return told


def test_the_figures_of_a_service_are_those_of_the_same_question_as_json(here: Workspace) -> None:
    paper = of_service(here)
    (whole,) = as_json(here, FIRST, LAST, None)
    assert {each.name: pair(each.share) for each in paper.measures} == {
        each.name: whole[each.name] for each in paper.measures
    }
    assert (len(paper.gaps), sum(n for _, n in paper.left_out)) == (
        whole["gaps"],
        len(whole["excluded"]),
    )
    for month, (first, last) in zip(paper.by_month, whole_months(FIRST, LAST), strict=True):
        (asked,) = as_json(here, first, last, None)
        assert (pair(month.covered), pair(month.clear)) == (asked["covered_days"], asked["clear_months"])
        assert pair(month.supervised) == asked["supervised_in_month"][iso(first)[:7]]
    for groups, by in ((paper.teams, "team"), (paper.bases, "basis")):
        asked_groups = as_json(here, FIRST, LAST, by)
        assert sorted(
            (pair(each.shares["covered_days"]), each.gaps, each.longest_gap_days, each.left_out) for each in groups
        ) == sorted(
            (each["covered_days"], each["gaps"], each["longest_gap_days"], len(each["excluded"]))
            for each in asked_groups
        )  # fmt: skip


def test_who_has_no_supervisor_and_which_phase_the_newly_qualified_are_in_is_that_of_the_board(
    here: Workspace,
) -> None:
    clockwork = here.clockwork(None, LAST)
    service, board = here.board(clockwork)
    rows = Said(clockwork, service, None).status(board)["people"]
    paper = of_service(here)
    alone = [
        (each["name"], each["team"]) for each in rows if each["team"] and each["supervisor_id"] is None
    ]
    assert sorted(paper.unnamed) == sorted(alone)
    new = [each for each in rows if each["role"] == "nqsw"]
    assert sum(each.people for each in paper.phases) == len(new)
    assert sum(each.in_a_gap for each in paper.phases) == sum(each["status"] == "gap" for each in new)


def test_a_service_paper_is_tagged_and_names_every_team_in_order_of_name(
    here: Workspace, tmp_path: Path
) -> None:
    told = tell_service(of_service(here))
    heard = told.said()
    at = heard.index("Team by team")
    assert [each for each in heard[at:] if each in TEAMS][: len(TEAMS)] == sorted(
        TEAMS, key=str.casefold
    )
    assert heard.count("On time") == 2  # as one of the measures, and where they are defined
    said = read_out(tell_service(of_service(here)), name="Service compliance")
    refuse_faults(made(told, "Service compliance"), said, tmp_path)


def test_a_manager_is_new_for_six_weeks_and_a_change_of_supervisor_is_no_new_post() -> None:
    made_up = one_person()
    put(made_up, {"post": [
        {"person_id": "M1", "team": "East", "role": "team_manager", "from": "2019-01-01", "to": "2019-02-28"},
        {"person_id": "M1", "team": "East", "role": "team_manager", "from": "2019-03-01", "supervisor_id": "W1"},
    ]})  # fmt: skip
    new = (("Sam Okafor", day("2019-01-01")),)
    for last, expected in (("2019-02-11", new), ("2019-02-12", ()), ("2019-03-05", ())):
        assert of_service(made_up, day("2019-01-01"), day(last)).new_managers == expected


def test_a_service_is_printed_and_one_of_the_future_refused(practice: Path, tmp_path: Path) -> None:
    to, days = tmp_path / "service.pdf", ("--from", "2019-01-01", "--to", "2019-09-30")
    assert run("--store", practice, "print", "service", *days, "-o", to)[0] == 0
    whole = " ".join(words_of(to.read_bytes()))
    (group,) = json.loads(run("--store", practice, "measures", *days, "--format", "json")[1])["groups"]
    n, d = group["covered_days"]
    assert f"Days covered {n:,} {d:,} {percent(Share(n, d))}" in whole
    to.unlink()
    status, _, err = run(
        "--store", practice, "print", "service", "--from", "2031-01-01", "--to", "2031-02-01", "-o", to
    )
    assert (status, err.count("\n"), to.exists()) == (1, 1, False)


def test_the_age_of_each_export_is_on_the_paper_of_a_service_store(
    here: Workspace, tmp_path: Path
) -> None:
    here.export(tmp_path / "north")
    gathering = workspace(memory_store(now, service=True))
    gathering.add_policies(here.policies())
    gathering.carry_out(gathering.plan_import(tmp_path / "north", About(as_at=day("2019-10-14"))))
    paper = of_service(gathering)
    assert [(each.as_at, each.age, each.is_stale) for each in paper.sources] == [
        (day("2019-10-14"), 17, False)
    ]
    assert set(paper.sources[0].teams) >= {"CADS", "Leaving Care"}
    said = tell_service(paper).said()
    assert "17 days" in said
    assert "14\u00a0Oct\u00a02019" in said
