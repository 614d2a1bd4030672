"""Gathers what the paper "Since the last visit" is told.

The figures of both periods are those of the compliance page, and so of the command line, for the same days.
Under the policy of then and of now the same question is asked of a rulebook that has only that policy. All are
generators that yield (steps done, steps in all).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Clockwork
from supervise.compliance import Measures, Share
from supervise.doing.here import Here
from supervise.doing.looking_cases import case_service
from supervise.doing.papers import team as team_paper
from supervise.doing.papers.paper import STEPS, About, Steps, Told, part_of
from supervise.doing.papers.since_people import Posts, by_person, left_out, records_begin
from supervise.doing.showing import AT_ONCE, Showing
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_later import Changed
from supervise.doing.showing_measures import MEASURES, Sums
from supervise.doing.showing_people import PeriodSeen
from supervise.errors import BadQuestion
from supervise.policies import Policy, Rulebook
from supervise.reports.measured import Measure, Measured, RuleSeen
from supervise.reports.since_told import ChangedSince, GapSince, Side, SinceVisit, Under
from supervise.service import Service
from supervise.store.facts import FactsReader
from supervise.store.held import everyone, sessions_held
from supervise.store.lists import all_cases, ever_in
from supervise.workdays import Day, whole_months


class Visit(NamedTuple):
    """What is asked: the days before the visit `on` from `first`, those since up to `last`; of a team, or of
    everybody; under one clock, as at a day."""

    first: Day
    on: Day
    last: Day
    team: str | None = None
    clock: str | None = None
    as_at: Day | None = None


def tell(here: Here, about: About) -> Steps[Told]:
    """The paper of a team, or of everybody, before and after a visit."""
    from supervise.reports.since import name_of, tell_since

    assert about.first is not None and about.on is not None and about.last is not None, "it needs them"
    asked = Visit(about.first, about.on, about.last, about.team, about.clock, about.as_at)
    found = yield from gather(here, asked)
    says = {
        "team": asked.team, "period": (asked.first, asked.last), "as_at": found.since.end,
        "known_at": here.today(), "policy": ", then ".join(rule.title for rule in found.rules) or None,
    }  # fmt: skip
    return Told(name_of(found), [tell_since(found)], says, [("compliance", None)])


def gather(here: Here, asked: Visit) -> Steps[SinceVisit]:
    """All that is told of two periods. BadQuestion where one of them would be empty or has not begun, where there
    is no such team, clock or policy."""
    _refuse(here, asked)
    first, on, last, team, clock, as_at = asked
    showing = Showing(here)
    steps = showing.steps(first, on - 1, None, team, clock, as_at)
    before = yield from part_of(steps, 0, 250)
    since = yield from part_of(showing.steps(on, last, None, team, clock, as_at), 250, 500)
    changed = yield from part_of(showing.changed_steps(first, on - 1, team, clock, as_at), 500, 650)
    reckoning = Reckoning(here, asked, before, since)
    by_month = yield from part_of(reckoning.months(), 650, 750)
    under = yield from part_of(reckoning.under(), 750, STEPS)
    return _told(here, asked, before, since, changed, tuple(by_month), under)


def _refuse(here: Here, asked: Visit) -> None:
    here.refuse_unknown_team(asked.team)
    if asked.last < asked.first:
        raise BadQuestion("The period ends before it begins.", "Swap the two dates.")
    visit = wording.full_day(asked.on)
    if asked.on <= asked.first:
        raise BadQuestion(
            f"There is no day before the visit of {visit} to compare with.",
            "Choose an earlier first day.",
        )
    if asked.on > asked.last:
        raise BadQuestion(f"The visit of {visit} is after the last day.", "Choose a later last day.")
    today = here.today() if asked.as_at is None else asked.as_at
    if asked.on > today:
        raise BadQuestion(
            f"The visit of {visit} is after {wording.full_day(today)}, so that there is nothing since to compare.",
            "Choose a later as-at day, or wait for the visit.",
        )


class Reckoning:
    """What the compliance page does not show: days covered month by month across the visit, and both periods
    under one policy alone."""

    def __init__(self, here: Here, asked: Visit, before: Compliance, since: Compliance) -> None:
        self.store, self.asked, self.before, self.since = here.store, asked, before, since
        self.clockwork = here.clockwork(asked.clock, asked.as_at)

    def months(self) -> Steps[list[tuple[Day, Share]]]:
        """The days covered in each whole calendar month. Of everybody, every day of a month falls into the months
        of people; of a team, measures know whose day is whose."""
        first, end, team = self.asked.first, self.since.end, self.asked.team
        if team is not None:
            months = list(whole_months(first, end))
            found = (yield from self._measures(self.clockwork, months)) if months else []
            return [(day, each.covered_days) for (day, _), each in zip(months, found, strict=True)]
        seen = PeriodSeen(self.clockwork, first, end, None)
        shares = [Share() for _ in seen.months]
        for done, of, part in self._parts(self.clockwork):
            yield done, of
            for facts in part.subjects("case" if seen.is_case else "person"):
                person = seen.months_of(part, facts)
                for share, cell in zip(shares, person.cells if person else (), strict=False):
                    share.add(cell.in_scope - cell.late, cell.in_scope)
        return [(day, share) for (day, _), share in zip(seen.months, shares, strict=True)]

    def under(self) -> Steps[tuple[Under, ...]]:
        """Both periods under the policy of the day before the visit and under that of the last day known, each alone;
        under neither where one policy was in force on every day."""
        book = self.clockwork.rulebook
        if len({rule.policy.id for rule in (*self.before.rules, *self.since.rules)}) < 2 and (
            book.on(self.asked.first) is not None
        ):
            return ()
        then, now = book.on(self.asked.on - 1), book.on(self.since.end)
        if then is not None and now is not None and then.id == now.id:
            wanted = [("both", then)]
        else:
            wanted = [(when, each) for when, each in (("then", then), ("now", now)) if each is not None]
        found: list[Under] = []
        for at, (when, policy) in enumerate(wanted):
            sides = yield from part_of(
                self._alone(policy), STEPS * at // len(wanted), STEPS * (at + 1) // len(wanted)
            )
            found.append(Under(policy.title, when, sides))
        return tuple(found)

    def _alone(self, policy: Policy) -> Steps[tuple[Side, Side] | None]:
        """Both periods had that policy always been in force; None if it has no such clock."""
        if policy.clock(self.clockwork.clock) is None:
            return None
        alone = Rulebook([replace(policy, effective_from=None)])
        clockwork = Clockwork(alone, self.clockwork.clock, self.clockwork.as_at)
        first, on, last = self.asked[:3]
        before, since = yield from self._measures(clockwork, [(first, on - 1), (on, last)])
        return _side(before), _side(since)

    def _measures(
        self, clockwork: Clockwork, periods: Sequence[tuple[Day, Day]]
    ) -> Steps[list[Measures]]:
        """The measures of several periods."""
        sums = [Sums(clockwork, first, last, self.asked.team) for first, last in periods]
        for done, of, part in self._parts(clockwork):
            for at, each in enumerate(sums):
                yield done * len(sums) + at, of * len(sums)
                each.add(part)
        return [each.whole for each in sums]

    def _parts(self, clockwork: Clockwork) -> Iterator[tuple[int, int, Service]]:
        """Everybody asked about, some at a time, with how many were before them and of how many."""
        database, is_case = self.store.database, self.before.is_case
        if is_case:
            subjects = all_cases(database)
        elif self.asked.team is None:
            subjects = everyone(database)
        else:
            subjects = ever_in(database, self.asked.team)
        for at in range(0, len(subjects), AT_ONCE):
            some = subjects[at : at + AT_ONCE]
            if is_case:
                yield at, len(subjects), case_service(self.store, some, clockwork.as_at)
                continue
            reader = FactsReader(database, clockwork.as_at, people=some)
            part = reader.history(clockwork.rulebook, clockwork.clock)
            part.sessions = sessions_held(database, self.asked.first, self.since.end, some)
            yield at, len(subjects), part


def _side(of: Measures) -> Side:
    return Side({each.name: getattr(of, each.name) for each in MEASURES}, of.gaps, of.longest_gap_days)


# --- from what was found to what the paper is told


def _told(
    here: Here, asked: Visit, before: Compliance, since: Compliance, changed: Sequence[Changed],
    by_month: tuple[tuple[Day, Share], ...], under: tuple[Under, ...],
) -> SinceVisit:  # fmt: skip
    from supervise.gathering import where_from

    posts = Posts(here, asked.team, asked.on, since.end)
    sides = [Measured(**team_paper.measured(each, by_month=())) for each in (before, since)]
    open_then = tuple(_gaps(since, sides[1], asked.on, carried_in=True))
    return SinceVisit(
        team=asked.team, visit=asked.on, before=sides[0], since=sides[1],
        meanings=tuple(_meanings(since)), under=under, rules=_rules(*sides), by_month=by_month,
        open_at_visit=open_then, began_since=tuple(_gaps(since, sides[1], asked.on, carried_in=False)),
        ended_before=before.whole.gaps - len(open_then), people=by_person(before, since),
        evidence=tuple(_evidence(before, since)), there=posts.there(), supervisors=posts.changes(),
        managers=posts.managers(),
        changed=tuple(
            ChangedSince(
                each.name if each.subject == each.person else each.subject, each.before.first_late_day,
                each.before.last_late_day, each.before.days_late, each.days_now, each.what, each.entered_on, each.by,
            )
            for each in sorted(
                changed, key=lambda each: (each.name.casefold(), each.subject, each.before.first_late_day)
            )
        ),
        left_out=left_out(before, since),
        records_begin=records_begin(before, since),
        sources=tuple(where_from(here.store, here.today())),
    )  # fmt: skip


def _meanings(found: Compliance) -> Iterator[Measure]:
    """What each measure counts, in words that fit both periods."""
    of_each = "each case’s" if found.is_case else "each person’s"
    for each in MEASURES:
        counts = each.counts.format(people=found.whom, of_each=of_each, day="the period’s last day")
        yield Measure(each.name, each.title, getattr(found.whole, each.name), counts)


def _gaps(found: Compliance, told: Measured, visit: Day, *, carried_in: bool) -> Iterator[GapSince]:
    """The gaps of a period that began before it, or those that did not, the longest first."""
    for shown, seen in zip(found.gaps, told.gaps, strict=True):
        if shown.carried_in == carried_in:
            gap = shown.gap
            before = gap.interval.spell.in_scope(gap.first_late_day, visit - 1) if carried_in else 0
            yield GapSince(seen, before, gap.days_late - before)


def _rules(before: Measured, since: Measured) -> tuple[RuleSeen, ...]:
    """The policies of both periods; one that was in force across the visit once."""
    rules = list(before.rules)
    for rule in since.rules:
        last = rules[-1] if rules else None
        if last and (last.title, last.says, last.last + 1) == (rule.title, rule.says, rule.first):
            rules[-1] = last._replace(last=rule.last)
        else:
            rules.append(rule)
    return tuple(rules)


def _evidence(before: Compliance, since: Compliance) -> Iterator[tuple[str, int, int]]:
    """What the records of the sessions held lack first, in either period."""
    shares = before.whole.evidenced, since.whole.evidenced
    yield "record kept here", shares[0].d, shares[1].d
    yield "evidenced: recorded, shared and signed by both", shares[0].n, shares[1].n
    for (step, n), (_, n_since) in zip(before.lacking.steps, since.lacking.steps, strict=True):
        yield f"not yet {step}", n, n_since
    yield "record kept elsewhere", before.lacking.elsewhere, since.lacking.elsewhere
