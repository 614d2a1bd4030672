"""A team's paper: what it says and of what, that it is tagged, and that it says of nobody why they were away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from supervise.compliance import BANDS, Share
from supervise.reports.measured import (
    AWAY,
    ChangedGap,
    GapSeen,
    Measure,
    MonthMeasured,
    MonthSeen,
    NotHeld,
    PersonSeen,
    ReasonSeen,
    RuleSeen,
    SessionSeen,
    TeamPeriod,
    discreet,
)
from supervise.reports.team import HEADLINES, name_of, tell_team
from supervise.today import LateUnder
from supervise.workdays import add_months, day
from tests.making import NASTY
from tests.reports.papers import made, read_out, refuse_faults, words_of

FIRST, LAST = day("2016-04-01"), day("2017-03-31")
MONTHS = tuple(add_months(FIRST, at) for at in range(12))
HELD, LATE = MonthSeen(1, 0, "", "1 session held"), MonthSeen(0, 5, "", "5 late days, 0 sessions held")
STOPPED = MonthSeen(0, 0, "⏸", "clock stopped")
NOT_HERE = MonthSeen(0, 0, "·", "not in post")
GAP = GapSeen(
    "Ada Brightwell", day("2017-01-27"), day("2017-02-10"), day("2017-02-15"), day("2017-03-31"), 45, 3,
    "■ still open", (LateUnder("p1", "J. Bell", 30), LateUnder(None, None, 15)),
    (ReasonSeen("", "No supervisor in post"), ReasonSeen("cancelled 3 Feb 2017", "court")), False,
)  # fmt: skip
SESSION = SessionSeen("Ada Brightwell", day("2016-05-12"), "J. Bell", (), 95, 90, False)
PERIOD = TeamPeriod(
    team="Assessment A", first=FIRST, last=LAST, end=LAST, as_at=LAST, clock="one_to_one", whom="people",
    people_in_team=3, supervisors=("J. Bell (to 17 Feb 2017)", "R. Okafor (from 13 Mar 2017)"),
    measures=(
        Measure("covered_days", "Days covered", Share(2804, 2967), "Days that were not late."),
        Measure("clear_months", "Clear months", Share(71, 97), "Months without a late day."),
        Measure("in_policy", "In policy", Share(0, 0), "Not in a gap on 31 Mar 2017."),
        Measure("on_time", "On time", Share(91, 104), "Read it only beside the others."),
    ),
    by_month=tuple(
        MonthMeasured(first, Share(at + 70, 90), Share(2, 3), Share(1, 3)) for at, first in enumerate(MONTHS)
    ),
    supervised="Of the people with at least 15 days in scope.",
    months=MONTHS,
    people=(
        PersonSeen("Ada Brightwell", "Social worker", (HELD,) * 10 + (LATE,) * 2),
        PersonSeen("Ben <b>&amp;", "Social worker", (STOPPED,) * 12),
        PersonSeen("Cara Gone", "Social worker", (NOT_HERE,) * 12),
    ),
    gaps=(
        GAP,
        GAP._replace(
            name="Ben", last_held=None, under=(LateUnder(None, None, 45),), reasons=(), ended="held 1 Mar 2017",
            carried_in=True,
        ),
    ),
    bands=tuple(zip(BANDS, (0, 0, 1, 1), strict=True)), gaps_carried_in=1, longest_gap_days=45,
    sessions=(
        SESSION,
        SESSION._replace(missing=("signed by the worker",), minutes=45, interrupted=True),
        SESSION._replace(minutes=None, kept_elsewhere=True),
    ),
    not_held=(
        NotHeld("cancelled", "supervisor", "Court"), NotHeld("cancelled", "supervisor", "court "),
        NotHeld("missed", None, None),
    ),
    changed=(
        ChangedGap(
            "Ada Brightwell", "4 Mar 2017 – 20 Mar 2017, 17 days", "no gap", "session", LAST, "R. Okafor"
        ),
    ),
    left_out=(("Dilys Parry", "clock stopped by an absence"),),
    records_begin=(("Ada Brightwell", day("2016-06-01")),),
    rules=(RuleSeen("Standards", FIRST, LAST, (("Clock “One-to-one”", ("Everyone: every 1 month.",)),)),),
)  # fmt: skip

LONG = ("Bronwen " * 25).strip()
NOBODY = replace(
    PERIOD, people_in_team=0, supervisors=(), people=(), gaps=(), sessions=(), not_held=(), changed=(), left_out=(),
    records_begin=(), rules=(), measures=tuple(each._replace(share=Share()) for each in PERIOD.measures),
    by_month=tuple(MonthMeasured(first, Share(), Share(), Share()) for first in MONTHS),
    bands=tuple((name, 0) for name in BANDS), gaps_carried_in=0, longest_gap_days=0,
)  # fmt: skip
NO_MONTH = replace(PERIOD, last=FIRST + 9, end=FIRST + 9, months=(), by_month=(), people=())
UNUSUAL = [
    replace(PERIOD, team=text, gaps=(GAP._replace(name=text, reasons=(ReasonSeen("", text),)),))
    for text in (LONG, "Team <b>&amp;</b>", *NASTY)
]
LONG_REASON = replace(
    PERIOD, gaps=(GAP._replace(reasons=(ReasonSeen("", "She was in court. " * 700),)),)
)


def said(period: TeamPeriod) -> str:
    return " ".join(words_of(made(tell_team(period), name_of(period))))


# --- what it says


def test_every_part_is_there_with_its_figures() -> None:
    whole = said(PERIOD)
    for part in (
        "Assessment A: supervision 1 April 2016 – 31 March 2017 ·",
        "3 people in the team · supervised by J. Bell (to 17 Feb 2017), R. Okafor (from 13 Mar 2017)",
        "95 % 2,804 of 2,967", "Days covered 2,804 2,967 95 %", "Clear months 71 97 73 %", "On time 91 104 88 %",
        "In policy 0 0 none due", "Apr 2016 70 90 78 % 2 3 1 3", "2 gaps, of which 1 began before the period.",
        "The longest has 45 late days.", "27 Jan 2017 10 Feb 2017 15 Feb 2017", "– 31 Mar 2017 45 3 ■ still open",
        "30 days under J. Bell, 15 days under nobody named", "• No supervisor in post",
        "• Cancelled 3 Feb 2017: court",
        "Under nobody named No reason recorded Began before the period", "Held 1 Mar 2017",
        "1 of 2 sessions held whose record is kept here lacks a step by 31 March 2017.",
        "Of 1 more the record is kept elsewhere.", "Signed by the worker", "Cancelled The supervisor Court 2",
        "Missed Not recorded None recorded 1",
        "Of 3 sessions held, 1 was shorter than the policy asks for and 1 interrupted. Of 1 the length is not",
        "J. Bell 45 90 Interrupted", "4 Mar 2017 – 20 Mar 2017 17 days no gap Session 31 Mar 2017 R. Okafor",
        "Dilys Parry Clock stopped by an absence", "Ada Brightwell Records begin 1 Jun 2016",
        "Applied 1 Apr 2016 – 31 Mar 2017", "Everyone: every 1 month.",
        "Days away Those of a gap’s late days on which the worker was away",
    ):  # fmt: skip
        assert part in whole


def test_the_grid_shows_a_gap_by_shape_and_word_and_leaves_out_who_was_not_there() -> None:
    whole = said(PERIOD)
    assert "Ada Brightwell 1 1 1 1 1 1 1 1 1 1 ■ 0 ■ 0 10" in whole
    assert "Ben <b>&amp; " + "❚❚ " * 12 + "0" in whole
    assert "Cara Gone" not in whole
    heard = tell_team(PERIOD).said()
    assert heard.count("5 late days, 0 sessions held") == 2
    assert heard.count("clock stopped") == 12


def test_on_time_is_no_headline_and_has_no_chart() -> None:
    heard = tell_team(PERIOD).said()
    assert "on_time" not in HEADLINES
    assert heard.index("On time") > heard.index(
        "What it counts"
    )  # in the table, below the large figures
    charts = [one for one in heard if "month by month:" in one or "by length:" in one]
    assert len(charts) == 2
    assert not any("On time" in one for one in charts)


def test_a_long_period_has_a_grid_for_each_year() -> None:
    months = tuple(add_months(FIRST, at) for at in range(30))
    people = (
        PersonSeen("Ada Brightwell", "", (HELD,) * 30),
        PersonSeen("Ben", "", (NOT_HERE,) * 24 + (HELD,) * 6),
    )
    whole = said(replace(PERIOD, months=months, people=people))
    for part in ("Apr 2016 – Mar 2017", "Apr 2017 – Mar 2018", "Apr 2018 – Sep 2018"):
        assert part in whole
    assert "Ben 1 1 1 1 1 1 0" in whole
    assert "Ben · ·" not in whole


def test_a_period_that_is_not_over_says_up_to_when_it_is_known() -> None:
    assert "Nothing after 31 December 2016 is known yet" in said(replace(PERIOD, end=day("2016-12-31")))


def test_a_team_of_nobody_says_so_and_has_no_hundred_per_cent() -> None:
    whole = said(NOBODY)
    for part in (
        "0 people in the team · no supervisor named", "Days covered 0 0 none due", "Nobody was in the team",
        "No gap has a late day in the period.", "Nobody is left out", "No policy was in force",
    ):  # fmt: skip
        assert part in whole
    assert "100 %" not in whole


# --- why somebody was away


@pytest.mark.parametrize(
    "typed",
    ["Off sick", "SICKNESS", "worker ill", "maternity leave from May", "paternity", "stress at work", "Pregnancy",
     "long covid-19", "fit note until June", "hospitalised"],
)  # fmt: skip
def test_words_about_health_are_not_on_a_paper_about_several_people(typed: str) -> None:
    period = replace(
        PERIOD,
        gaps=(GAP._replace(reasons=(ReasonSeen("", typed), ReasonSeen("missed 3 Feb 2017", typed))),),
        not_held=(NotHeld("missed", "worker", typed), NotHeld("missed", "worker", "Away")),
    )
    whole = said(period)
    assert typed.casefold() not in whole.casefold()
    assert "• Away • Missed 3 Feb 2017: away" in whole
    assert "Missed The worker Away 2" in whole


@pytest.mark.parametrize(
    "typed",
    ["court", "Still in a strategy meeting", "child’s medical", "Mental Health Act assessment", "skills day",
     "hospital visit to a child", "Phil Willis rang"],
)  # fmt: skip
def test_other_reasons_stand_as_they_were_typed(typed: str) -> None:
    assert discreet(typed) == typed != AWAY


# --- as a paper


@pytest.mark.parametrize(
    "period", [PERIOD, NOBODY, NO_MONTH, LONG_REASON], ids=["usual", "nobody", "days", "long"]
)
def test_it_is_tagged_and_says_all_in_order(period: TeamPeriod, tmp_path: Path) -> None:
    name = name_of(period)
    refuse_faults(made(tell_team(period), name), read_out(tell_team(period), name=name), tmp_path)


@pytest.mark.parametrize("period", UNUSUAL, ids=range(len(UNUSUAL)))
def test_whatever_somebody_typed_is_printed(period: TeamPeriod, tmp_path: Path) -> None:
    refuse_faults(made(tell_team(period)), read_out(tell_team(period)), tmp_path)


def test_a_reason_of_pages_is_whole() -> None:
    assert said(LONG_REASON).count("court.") == 700


def test_the_same_figures_make_the_same_bytes() -> None:
    assert made(tell_team(PERIOD)) == made(tell_team(PERIOD))
    assert made(tell_team(PERIOD)) != made(tell_team(NOBODY))
