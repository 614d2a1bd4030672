"""Gathers what a team's paper is told.

Every figure is that of the compliance page, and so of the command line: measures and gaps come from `Showing`.
What only paper has (each session that lacks something, each that was not held, the measures month by month) is
read here, some people at a time. All are generators that yield (steps done, steps in all).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from supervise import wording
from supervise.cadence.spells import NO_RULE
from supervise.compliance import Share
from supervise.doing.here import Here
from supervise.doing.looking_gaps import Reason
from supervise.doing.papers.paper import STEPS, About, Steps, Told, part_of
from supervise.doing.papers.team_detail import TeamInDetail
from supervise.doing.policy_words import describe
from supervise.doing.showing import Showing
from supervise.doing.showing_found import Compliance, RuleApplied
from supervise.doing.showing_later import Changed
from supervise.doing.showing_measures import MEASURES, SUPERVISED, Sums
from supervise.doing.showing_people import ELSEWHERE, LATE, GapShown, MonthCell
from supervise.reports import measured as told
from supervise.reports.measured import Measured, TeamPeriod
from supervise.strips import NOT_IN_POST, SUSPENDED, UNKNOWN
from supervise.workdays import Day

_MARKS = {SUSPENDED: "⏸", UNKNOWN: "○", NO_RULE: "○", NOT_IN_POST: "·", ELSEWHERE: "–"}
_TIME_AWAY = "Time away"
_STOPS = (
    "Some absences stop the clock, as the policy says. Their kinds are left to the policy itself: this paper is"
    " about several people."
)


def tell(here: Here, about: About) -> Steps[Told]:
    """The paper of a team over a period."""
    from supervise.reports.team import name_of, tell_team

    assert about.team is not None and about.first is not None and about.last is not None, "it needs them"
    found = yield from gather(here, about.team, about.first, about.last, about.clock, about.as_at)
    return Told(
        name_of(found), [tell_team(found)], says(here, found, about.team), [("compliance", None)]
    )


def gather(
    here: Here, team: str, first: Day, last: Day, clock: str | None = None, as_at: Day | None = None
) -> Steps[TeamPeriod]:
    """All that is told of a team from `first` to `last`, known by `as_at` (today, if none is given).

    BadQuestion where there is no such team, clock or policy, where the period ends before it begins, or
    where it has not begun.
    """
    here.refuse_unknown_team(team)
    showing = Showing(here)
    found = yield from part_of(showing.steps(first, last, None, team, clock, as_at), 0, 400)
    changed = yield from part_of(showing.changed_steps(first, last, team, clock, as_at), 400, 600)
    detail = TeamInDetail(here, here.clockwork(clock, as_at), found, team)
    yield from part_of(detail.steps(), 600, STEPS)
    return _told(here, found, changed, detail, team)


def says(here: Here, found: Measured, team: str | None) -> dict[str, Any]:
    """What a compliance paper says of itself besides what every paper says."""
    return {
        "team": team, "period": (found.first, found.last), "as_at": found.end, "known_at": here.today(),
        "policy": ", then ".join(rule.title for rule in found.rules) or None,
    }  # fmt: skip


# --- from what the page shows to what the paper is told


def _told(
    here: Here, found: Compliance, changed: Sequence[Changed], detail: TeamInDetail, team: str
) -> TeamPeriod:
    from supervise.gathering import where_from

    return TeamPeriod(
        **measured(found, by_month=tuple(_month(first, sums) for first, sums in detail.by_month)),
        team=team, people_in_team=detail.people, supervisors=detail.supervisors(), months=found.months,
        people=tuple(
            told.PersonSeen(each.name, each.about, tuple(map(_cell, each.cells))) for each in found.people
        ),
        sessions=tuple(detail.sessions), not_held=tuple(detail.not_held), changed=tuple(map(_changed, changed)),
        left_out=tuple((each.name, each.why) for each in found.left_out),
        records_begin=tuple(
            (each.name, each.records_from) for each in found.records_begin if each.records_from is not None
        ),
        sources=tuple(where_from(here.store, here.today())),
    )  # fmt: skip


def measured(found: Compliance, *, by_month: tuple[told.MonthMeasured, ...]) -> dict[str, Any]:
    """The fields that every compliance paper has (`reports.measured.Measured`)."""
    return {
        "first": found.first, "last": found.last, "end": found.end, "as_at": found.as_at, "clock": found.clock,
        "whom": found.whom, "by_month": by_month, "supervised": found.said(SUPERVISED), "bands": found.bands,
        "measures": tuple(
            told.Measure(each.name, each.title, getattr(found.whole, each.name), found.counts(each.name))
            for each in MEASURES
        ),
        "gaps": tuple(map(_gap, found.gaps)), "gaps_carried_in": found.whole.gaps_carried_in,
        "longest_gap_days": found.whole.longest_gap_days,
        "rules": tuple(_rule(each, found.clock) for each in found.rules), "removed": found.removed,
    }  # fmt: skip


def _month(first: Day, sums: Sums) -> told.MonthMeasured:
    whole = sums.whole
    (supervised,) = whole.supervised_in_month.values() or (Share(),)
    return told.MonthMeasured(first, whole.covered_days, whole.clear_months, supervised)


def _cell(cell: MonthCell) -> told.MonthSeen:
    mark = "" if cell.kind == LATE else _MARKS.get(cell.kind, "")
    return told.MonthSeen(cell.held, cell.late if cell.kind == LATE else 0, mark, cell.words)


def _gap(each: GapShown) -> told.GapSeen:
    gap = each.gap
    return told.GapSeen(
        each.of_case or each.name, gap.last_held, gap.due, gap.first_late_day, gap.last_late_day, gap.days_late,
        gap.days_away, each.ended, each.late_under, tuple(map(_reason, each.reasons)), each.carried_in,
        gap.tenure.post.team,
    )  # fmt: skip


def _reason(each: Reason) -> told.ReasonSeen:
    of = "" if each.kind == "explained" else f"{each.kind} {wording.day(each.first)}"
    return told.ReasonSeen(of, each.reason)


def _changed(each: Changed) -> told.ChangedGap:
    name = each.name if each.subject == each.person else each.subject
    return told.ChangedGap(name, each.was, each.now, each.what, each.entered_on, each.by)


def _rule(each: RuleApplied, clock: str) -> told.RuleSeen:
    """A policy as far as it is about this clock, without the kinds of absence."""
    ours = f"Clock “{wording.words(clock)}”"
    says = tuple(
        (heading, (_STOPS,) if heading == _TIME_AWAY else tuple(sentences))
        for heading, sentences in describe(each.policy)
        if heading == ours or not heading.startswith("Clock “")
    )
    return told.RuleSeen(each.policy.title, each.first, each.last, says)
