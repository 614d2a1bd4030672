"""How consistent teams are: which differ by more than chance explains, from the clear months of each.

A funnel plot (Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine
24, 2005, 1185-1202) has a point for each team: its share of clear months by its person-months, the share of
all as a line, and limits about that line which close in as months grow. It ranks nobody.

Plain limits take each month as a new throw of a coin. One worker's months are alike, so that they say less:

* How alike is the intraclass correlation ρ of runs (somebody's months in one team), from the analysis of
  variance within teams: with K runs of m months in G teams and M months in all, each with its share of clear
  ones, B = Σ m (share - the team's share)² / (K - G) between runs, W = Σ m share (1 - share) / (M - K) inside
  them, m₀ = (M - Σ m² / the team's months) / (K - G) and ρ = (B - W) / (B + (m₀ - 1) W), never below 0 (Donner
  and Klar, "Methods for comparing event rates in intervention studies when the unit of allocation is a
  cluster", American Journal of Epidemiology 140, 1994, 279-289). Differences between teams, which are what is
  looked for, do not enter it and so cannot hide themselves.
* The design effect is D = 1 + (m̄ - 1) ρ, never below 1, where m̄ = Σ m² / Σ m is the length of the run that a
  month lies in on average: runs of unequal length weigh as they should (the same; Kish, "Survey Sampling", 1965).
* n person-months count as n / D that are independent. The limits are the normal ones on the scale of Anscombe's
  arc sine ("The transformation of Poisson, binomial and negative-binomial data", Biometrika 35, 1948, 246-254):
  asin √((x + 3/8) / (n + 3/4)) has the variance 1 / (4n + 2) nearly whatever the share. They stay between 0
  and 1 and lean as a binomial does; by chance they leave about 5 in 100 outside, and fewer where teams are small
  or nearly every month is clear. Straight normal limits leave 1 and call too many small teams low where most
  months are clear; the arc sine without the 3/8 calls too many high.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, fsum, pi, sin, sqrt
from typing import Literal, NamedTuple

from supervise.compliance import Share

Place = Literal["few", "inside", "above", "far above", "below", "far below"]
"""Where a point lies: between the inner limits, beyond the inner or beyond the outer ones."""

INNER, OUTER = 1.959964, 3.090232
"""Standard deviations that 95 % and 99.8 % of chance lie within: `NormalDist().inv_cdf` of 0.975 and 0.999."""

FEWEST = 3
"""Of fewer people nothing is said: their months tell of them and not of a team."""

FEW_RUNS = 30
"""How alike the months of fewer runs are is told, and said to be rough."""


class Run(NamedTuple):
    """Somebody's months, or a case's, in one group: `clear` ones of all `months` that count there."""

    group: str
    subject: str
    clear: int
    months: int


class Limits(NamedTuple):
    """The shares between which chance alone leaves a group."""

    low: float
    high: float


class Point(NamedTuple):
    """A group: its clear months of its person-months, of how many people they are, and where it lies."""

    group: str
    share: Share
    people: int
    place: Place

    @property
    def part(self) -> float:
        """Its share, from 0 to 1."""
        return self.share.n / self.share.d


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike one worker's months are: `rho` from 0 (not at all) to 1 (wholly), and the months of the run
    that a month lies in on average.

    Both are rounded as they are printed, so that a reader's sum is ours. Where nothing tells how alike they
    are, `rho` is 1 and not `is_known`: no one should be singled out for want of knowing.
    """

    rho: float
    months: float
    is_known: bool = True

    @property
    def widening(self) -> float:
        """The design effect: by how much more the shares of groups vary than if no months were alike."""
        return 1 + (self.months - 1) * self.rho


@dataclass(frozen=True, slots=True)
class Consistency:
    """The groups that have person-months, in order of name, beside all of them together.

    `people` counts everybody once, `runs` once for each group they have months in.
    """

    points: tuple[Point, ...]
    whole: Share
    people: int
    runs: int
    likeness: Likeness

    @property
    def is_compared(self) -> bool:
        """Whether there is anything to tell apart: two groups, and months both clear and not."""
        return len(self.points) > 1 and 0 < self.whole.n < self.whole.d

    def limits(self, months: float, within: float = INNER) -> Limits:
        """Where chance alone leaves a group of so many person-months, more than 0; `within` is `INNER` or
        `OUTER`. Where every month is clear, or none, there is no chance: both limits are that share."""
        return limits(self.whole, months / self.likeness.widening, within)

    def outside(self) -> tuple[Point, ...]:
        """The points beyond the inner limits."""
        return tuple(each for each in self.points if each.place not in ("few", "inside"))


def consistency(runs: Iterable[Run]) -> Consistency:
    """What the runs of everybody come to. Runs of no months are passed over; two of one subject in one group
    are one."""
    groups: dict[str, dict[str, Share]] = defaultdict(lambda: defaultdict(Share))
    for run in runs:
        if run.months:
            groups[run.group][run.subject].add(run.clear, run.months)
    whole, likeness = Share(), alike([list(each.values()) for each in groups.values()])
    for each in groups.values():
        whole.add(*_sum(each.values()))
    points = tuple(
        _point(name, groups[name], whole, likeness)
        for name in sorted(groups, key=lambda name: (name.casefold(), name))
    )
    people = {subject for each in groups.values() for subject in each}
    return Consistency(points, whole, len(people), sum(map(len, groups.values())), likeness)


def alike(groups: Iterable[Sequence[Share]]) -> Likeness:
    """How alike the months of one run are, from the runs of each group."""
    known = [runs for runs in groups if runs]
    sizes = [run.d for runs in known for run in runs]
    if not sizes:
        return Likeness(0.0, 1.0)
    months, n = sum(sizes), len(sizes)
    mean = round(sum(size * size for size in sizes) / months, 1)
    if n == months:
        return Likeness(0.0, mean)
    if n == len(known):  # with one run in each group, runs and groups cannot be told apart
        return Likeness(1.0, mean, is_known=False)
    between = fsum(_spread(runs) for runs in known) / (n - len(known))
    inside = fsum(run.n * (run.d - run.n) / run.d for runs in known for run in runs) / (months - n)
    usual = months - fsum(sum(run.d**2 for run in runs) / _sum(runs)[1] for runs in known)
    total = between + (usual / (n - len(known)) - 1) * inside
    if total <= 0:  # inside every group all months are clear, or none
        return Likeness(1.0, mean, is_known=False)
    return Likeness(round(min(max((between - inside) / total, 0.0), 1.0), 3), mean)


def _spread(runs: Sequence[Share]) -> float:
    """How far the shares of runs lie from the share of their group, squared, by their months."""
    n, d = _sum(runs)
    return fsum(run.d * (run.n / run.d - n / d) ** 2 for run in runs)


def _sum(shares: Iterable[Share]) -> tuple[int, int]:
    pairs = [(each.n, each.d) for each in shares]
    return sum(n for n, _ in pairs), sum(d for _, d in pairs)


def limits(whole: Share, months: float, within: float) -> Limits:
    """The limits of so many independent months about a share."""
    part = whole.n / whole.d
    if part in (0, 1):
        return Limits(part, part)
    middle = asin(sqrt((months * part + 3 / 8) / (months + 3 / 4)))
    room = within / sqrt(4 * months + 2)

    def back(angle: float) -> float:
        angle = min(max(angle, 0.0), pi / 2)
        return min(max(((months + 3 / 4) * sin(angle) ** 2 - 3 / 8) / months, 0.0), 1.0)

    return Limits(back(middle - room), back(middle + room))


def _point(name: str, runs: Mapping[str, Share], whole: Share, likeness: Likeness) -> Point:
    share = Share(*_sum(runs.values()))
    months = share.d / likeness.widening
    inner, outer = limits(whole, months, INNER), limits(whole, months, OUTER)
    return Point(name, share, len(runs), _place(share.n / share.d, len(runs), inner, outer))


def _place(part: float, people: int, inner: Limits, outer: Limits) -> Place:
    """Too few are those of whom it could not be otherwise: whatever their share, it would be inside."""
    if people < FEWEST or inner == (0, 1):
        return "few"
    if part < inner.low:
        return "far below" if part < outer.low else "below"
    if part > inner.high:
        return "far above" if part > outer.high else "above"
    return "inside"


# --- in words

PLACES: dict[Place, str] = {
    "few": "Too few to say",
    "inside": "Inside",
    "above": "Above the 95 % line",
    "far above": "Above the 99.8 % line",
    "below": "Below the 95 % line",
    "far below": "Below the 99.8 % line",
}
"""Where a point lies, as it is said."""


def too_few(of: str = "people") -> str:
    """When nothing is said of a group; `of` is "people" or "cases"."""
    return (
        f"Too few to say: fewer than {FEWEST} {of}, whose months tell of them and not of a team; or so few months"
        " that a team would be inside the 95 % lines whatever its share."
    )


def how_widened(found: Consistency, one: str = "worker") -> tuple[str, ...]:
    """How the limits came to be as wide as they are, with the sums. `one` is whose months are alike:
    "worker" or "case"."""
    it = found.likeness
    first = (
        f"One {one}’s months are often alike, so that twelve months of one {one} say less than one month of each of"
        f" twelve {one}s. The lines are set wider by as much as the months here are alike."
    )
    if not it.is_known:
        how = (
            f"How alike they are cannot be told from these months. One {one}’s months are taken as wholly alike"
            " (1), which sets the lines as wide as they can be."
        )
    else:
        how = (
            f"How alike they are is told by the months themselves, inside each team, so that differences between"
            f" teams do not widen the lines: {it.rho:.3f}, where 0 is not at all and 1 is wholly (the intraclass"
            f" correlation; {found.runs:,} runs of one {one}’s months in one team)."
            + (" Told by so few, it is rough." if found.runs < FEW_RUNS else "")
        )
    sums = (
        f"A month stands in a run of {it.months:.1f} months on average. So shares vary 1 + ({it.months:.1f} − 1)"
        f" × {it.rho:.3f} = {it.widening:.2f} times as much (variance), and the lines lie about"
        f" {sqrt(it.widening):.1f} times as far apart, as if no months were alike."
    )
    return first, how, sums


SAYS = (
    "Inside the lines a team differs from the others by no more than chance can explain. By chance alone no more"
    " than about 1 team in 20 lies outside the 95 % lines, and 1 in 500 outside the 99.8 % lines, even if all are"
    " supervised alike.",
    "A point outside is a reason to look at that team: at its gaps, their reasons and whose supervision they"
    " fell to.",
)
"""What the plot says."""

DOES_NOT_SAY = (
    "It is no verdict and no ranking. Of two teams inside the lines neither is better; a small team lies further"
    " from the middle by chance than a large one.",
    "The middle is what is usual here, not what is right. If all teams leave gaps, all lie inside.",
    "A month with one late day counts as much as a month of late days: the gaps behind a point may be short.",
    "Teams differ in their rules and their people. Whoever is due every week can be late more often in a month"
    " than whoever is due every six weeks, so that a team of newly qualified workers may lie low for that"
    " alone.",
    "Workers of one manager are alike as well. The lines are not widened for that: it is what they are to show.",
)
"""What it does not say."""
