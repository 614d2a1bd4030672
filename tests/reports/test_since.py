"""The paper "Since the last visit": what changed in words, under which rules, and why somebody was away of nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.compliance import BANDS, Share
from supervise.reports.measured import Measure, Measured, ReasonSeen, RuleSeen
from supervise.reports.since import change_of, name_of, tell_since
from supervise.reports.since_told import (
    COUNTED,
    ChangedSince,
    GapSince,
    Late,
    ManagerPost,
    PersonSince,
    Side,
    SinceVisit,
    SupervisorChange,
    There,
    Under,
)
from supervise.workdays import add_months, day
from tests.making import NASTY
from tests.reports.papers import made, read_out, refuse_faults, words_of
from tests.reports.test_team import GAP, LONG

FIRST, VISIT, LAST = day("2016-10-01"), day("2017-01-16"), day("2017-03-31")
RULES = (
    RuleSeen("Old", FIRST, day("2016-12-31"), (("Clock “One-to-one”", ("Everyone: every 1 month.",)),)),
    RuleSeen("New", day("2017-01-01"), LAST, (("Clock “One-to-one”", ("Everyone: every 2 months.",)),)),
)
TITLES = (
    ("covered_days", "Days covered"), ("clear_months", "Clear months"), ("in_policy", "In policy"),
    ("on_time", "On time"),
)  # fmt: skip


def period(first: int, last: int, *shares: tuple[int, int], gaps: int) -> Measured:
    return Measured(
        first=first, last=last, end=last, as_at=LAST, clock="one_to_one", whom="people", by_month=(), supervised="",
        measures=tuple(
            Measure(name, title, Share(*share), "It counts.")
            for (name, title), share in zip(TITLES, shares, strict=True)
        ),
        gaps=(GAP,) * gaps, bands=tuple(zip(BANDS, (0, 0, gaps, 0), strict=True)), gaps_carried_in=gaps - 1,
        longest_gap_days=45 * gaps, rules=(),
    )  # fmt: skip


def side(*shares: tuple[int, int], gaps: int = 1) -> Side:
    return Side({name: Share(*share) for (name, _), share in zip(TITLES, shares, strict=True)}, gaps, 45)


BEFORE = period(FIRST, VISIT - 1, (1700, 2000), (20, 30), (9, 10), (91, 104), gaps=2)
SINCE = period(VISIT, LAST, (1820, 2000), (19, 30), (0, 0), (104, 104), gaps=1)
PAPER = SinceVisit(
    team="Assessment A", visit=VISIT, before=BEFORE, since=SINCE, meanings=SINCE.measures,
    under=(
        Under(
            "Old", "then",
            (side((1700, 2000), (20, 30), (9, 10), (1, 2)), side((1400, 2000), (15, 30), (0, 0), (1, 2))),
        ),
        Under("New", "now", None),
    ),
    rules=RULES, by_month=tuple((add_months(FIRST, at), Share(at + 80, 90)) for at in range(6)),
    open_at_visit=(GapSince(GAP._replace(first_late=day("2017-01-10")), 6, 39),),
    began_since=(GapSince(GAP._replace(name="Ben", last_held=None, reasons=(), ended="held 1 Mar 2017"), 0, 45),),
    ended_before=1,
    people=(
        PersonSince("Ada Brightwell", Late(2, 31, "none"), Late(1, 1, "none")),
        PersonSince("Ben", Late(0, 0, "clock stopped by an absence"), Late(1, 45, "none")),
    ),
    evidence=(("record kept here", 12, 10), ("not yet recorded", 1, 0)),
    there=There(3, 4, 2, 1),
    supervisors=(SupervisorChange(day("2017-02-01"), "Ada Brightwell", "J. Bell", None),),
    managers=(ManagerPost(day("2017-01-31"), "J. Bell", "Team manager, Assessment A", began=False),),
    changed=(
        ChangedSince("Ada Brightwell", day("2016-11-04"), day("2016-11-20"), 17, 0, "session", VISIT, "R. Okafor"),
        ChangedSince("Ben", day("2016-12-04"), day("2016-12-20"), 17, 3, "absence", VISIT - 1, None),
    ),
    left_out=(("Dilys Parry", "clock stopped by an absence", COUNTED),),
    records_begin=(("Ben", day("2016-12-01")),),
)  # fmt: skip
NONE = Share()
NOBODY = replace(
    PAPER, before=period(FIRST, VISIT - 1, *[(0, 0)] * 4, gaps=1), since=period(VISIT, LAST, *[(0, 0)] * 4, gaps=1),
    under=(), rules=(), by_month=tuple((first, NONE) for first, _ in PAPER.by_month), open_at_visit=(), began_since=(),
    ended_before=0, people=(), there=There(0, 0, 0, 0), supervisors=(), managers=(), changed=(), left_out=(),
    records_begin=(),
)  # fmt: skip
EVERYBODY = replace(PAPER, team=None, since=replace(SINCE, last=LAST + 30))
ONE_DAY = replace(PAPER, visit=LAST, by_month=())


def said(paper: SinceVisit) -> str:
    return " ".join(words_of(made(tell_since(paper), name_of(paper))))


# --- what it says


def test_every_part_is_there_with_its_figures() -> None:
    whole = said(PAPER)
    for part in (
        "Assessment A: since the visit of 16 January 2017",
        "3 people in post before the visit, 4 on the last day · One-to-one · Old, then New",
        "Before the visit 1 October 2016 – 15 January 2017, 107 days",
        "Since the visit 16 January 2017 – 31 March 2017, 75 days", "is 32 days shorter than the first.",
        "Days covered, before 85 % 1,700 of 2,000", "Days covered, since 91 % 1,820 of 2,000", "Up 6 points",
        "Days covered 1,700 of 2,000 (85 %) 1,820 of 2,000 (91 %) Up 6 points",
        "Clear months 20 of 30 (67 %) 19 of 30 (63 %) Down 3 points",
        "In policy 9 of 10 (90 %) none due Nothing to compare",
        "On time 91 of 104 (88 %) 104 of 104 (100 %) Not compared",
        "All gaps 2 1", "Began before the period 1 0", "Late days of the longest 90 45", "Over 28 days 2 1",
        "Policy of then: Old", "Days covered 1,700 of 2,000 (85 %) 1,400 of 2,000 (70 %) Down 15 points",
        "1 gap before, the longest of 45 late days; 1 gap since, the longest of 45 late days.",
        "Policy of now: New It has no clock “One-to-one”: nothing was asked for.",
        "Oct 2016 80 90 89 % Before the visit", "Jan 2017 83 90 92 % The visit’s month",
        "Mar 2017 85 90 94 % Since the visit", "the month of the visit too.",
        "1 gap had late days before the visit and on its day or since. As known on 31 March 2017, 1 is still open.",
        "1 gap with a late day in the first period was over before the visit.", "6 39 3 ■ still open",
        "1 gap began on the day of the visit or since; none is still open.", "Ben none 15 Feb 2017",
        "0 people had a gap only before the visit, 1 only since, 1 in both periods.",
        "Ada Brightwell 2 gaps, 31 late days 1 gap, 1 late day", "Ben Clock stopped by an absence 1 gap, 45 late days",
        "Record kept here 12 10", "3 people were in post on 15 Jan 2017 and 4 on 31 Mar 2017. Joined since: 2.",
        "1 Feb 2017 Ada Brightwell J. Bell Nobody named", "J. Bell Team manager, Assessment A Ended 31 Jan 2017",
        "2 gaps with a late day before the visit would be longer, or there, without",
        "1 of these entries was made on the day of the visit or since.", "17 days 0 Session 16 Jan 2017 R. Okafor Yes",
        "17 days 3 Absence 15 Jan 2017 Not known No", "Dilys Parry Clock stopped by an absence Counted",
        "Ben 1 Dec 2016", "Applied 1 Oct 2016 – 31 Dec 2016", "That the season is the same.",
        "That the visit is the reason.",
        "Open at the visit A gap with a late day before the visit, and one on its day or after.",
    ):  # fmt: skip
        assert part in whole, part


def test_of_everybody_the_left_out_are_counted_and_each_gap_has_its_team() -> None:
    whole = said(replace(EVERYBODY, open_at_visit=(GapSince(GAP._replace(team="East"), 6, 39),)))
    assert "Everybody: since the visit of 16 January 2017" in whole
    assert "Clock stopped by an absence 1 0" in whole
    assert "Dilys Parry" not in whole
    assert "East 30 days under J. Bell, 15 days under nobody named" in whole
    assert "Counted 0 1" not in whole


def test_periods_of_one_length_say_so_and_the_month_of_the_visit_is_shown_to_be_outside() -> None:
    alike = replace(PAPER, since=replace(SINCE, last=VISIT + 106, end=VISIT + 106))
    assert "Both periods are of the same length." in said(alike)
    assert "the visit is in none of them." in said(replace(PAPER, visit=LAST + 40))
    assert "no whole calendar month" in said(ONE_DAY)


def test_a_period_that_is_not_over_says_up_to_when_it_is_known() -> None:
    assert "Nothing after 31 March 2017 is known yet" in said(EVERYBODY)


def test_nobody_has_a_paper_without_a_hundred_per_cent() -> None:
    whole = said(NOBODY)
    for part in (
        "No policy was in force in either period.", "No gap was open at the visit.", "No gap began since the visit.",
        "Nobody had a gap in either period.", "Nobody’s supervisor changed", "No entry made more than a week late",
        "Nobody is left out", "Days covered none due none due Nothing to compare",
    ):  # fmt: skip
        assert part in whole, part
    assert "100 %" not in whole


# --- changes in words


@pytest.mark.parametrize(
    ("before", "since", "words"),
    [
        ((1, 2), (3, 4), "up 25 points"), ((3, 4), (1, 2), "down 25 points"), ((50, 100), (51, 100), "up 1 point"),
        ((500, 1000), (509, 1000), "up less than 1 point"), ((2, 3), (4, 6), "no change"),
        ((0, 0), (1, 2), "nothing to compare"), ((1, 2), (0, 0), "nothing to compare"),
        ((0, 3), (3, 3), "up 100 points"),
        ((1000, 2000), (1029, 2000), "up 1 point"), ((100, 200), (103, 200), "up 2 points"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_points(before: tuple[int, int], since: tuple[int, int], words: str) -> None:
    assert change_of(Share(*before), Share(*since)) == words


SHARES = st.integers(1, 400).flatmap(lambda d: st.builds(Share, st.integers(0, d), st.just(d)))


@given(SHARES, SHARES)
def test_the_other_way_round_a_change_is_the_other_way(before: Share, since: Share) -> None:
    there, back = change_of(before, since), change_of(since, before)
    turned = {"up": "down", "down": "up", "no": "no"}
    way, _, rest = there.partition(" ")
    assert back == f"{turned[way]} {rest}"
    assert (way == "up") == (since.n * before.d > before.n * since.d)


def test_on_time_is_no_headline_and_has_no_change_and_no_chart() -> None:
    heard = tell_since(PAPER).said()
    at = [at for at, each in enumerate(heard) if each == "On time"]
    assert at[0] > heard.index("Measures before and since")
    *in_tables, defined = at
    assert [heard[each + 3] for each in in_tables] == ["Not compared"] * 2
    assert defined > heard.index("What the figures mean")
    (chart,) = [each for each in heard if "month by month:" in each]
    assert "On time" not in chart
    assert chart.endswith("A broken line marks the visit, 16 Jan 2017.")


def test_people_stand_in_the_order_in_which_they_are_told_and_gaps_are_told_by_word() -> None:
    heard = tell_since(PAPER).said()
    at = heard.index("Person by person")
    assert heard.index("Ada Brightwell", at) < heard.index("Ben", at)
    assert "Still open" in heard


# --- why somebody was away


@pytest.mark.parametrize("typed", ["Off sick", "maternity leave from May", "stress at work", "fit note"])
def test_words_about_health_are_not_on_it(typed: str) -> None:
    reasons = (ReasonSeen("", typed), ReasonSeen("missed 3 Feb 2017", typed))
    gap = GapSince(GAP._replace(reasons=reasons), 6, 39)
    whole = said(replace(PAPER, open_at_visit=(gap,), began_since=(gap,)))
    assert typed.casefold() not in whole.casefold()
    assert whole.count("• Away") == 2


# --- as a paper


@pytest.mark.parametrize(
    "paper", [PAPER, NOBODY, EVERYBODY, ONE_DAY], ids=["usual", "nobody", "everybody", "one day"]
)
def test_it_is_tagged_and_says_all_in_order(paper: SinceVisit, tmp_path: Path) -> None:
    name = name_of(paper)
    refuse_faults(made(tell_since(paper), name), read_out(tell_since(paper), name=name), tmp_path)


@pytest.mark.parametrize("text", [LONG, "Team <b>&amp;</b>", *NASTY])
def test_whatever_somebody_typed_is_printed(text: str, tmp_path: Path) -> None:
    gap = GapSince(GAP._replace(name=text, reasons=(ReasonSeen("", text),)), 1, 2)
    paper = replace(
        PAPER, team=text, open_at_visit=(gap,), began_since=(gap,),
        people=(PersonSince(text, Late(1, 1, "none"), Late(0, 0, "none")),),
        supervisors=(SupervisorChange(VISIT, text, text, None),),
        managers=(ManagerPost(VISIT, text, f"Team manager, {text}", began=True),),
        left_out=((text, "no rule", COUNTED),), records_begin=((text, FIRST),),
    )  # fmt: skip
    refuse_faults(made(tell_since(paper)), read_out(tell_since(paper)), tmp_path)


def test_the_same_figures_make_the_same_bytes() -> None:
    assert made(tell_since(PAPER)) == made(tell_since(PAPER))
    assert made(tell_since(PAPER)) != made(tell_since(NOBODY))
