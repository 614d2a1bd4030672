"""A period person by person (or case by case): its months, its gaps, and what lacks evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import CaseFacts, Clockwork, Facts, Gap, Timeline
from supervise.cadence.due import FULL_MONTH
from supervise.cadence.facts import Tenure
from supervise.cadence.spells import NO_RULE
from supervise.compliance import band
from supervise.doing.counting import counting, sessions_of
from supervise.doing.looking_gaps import (
    Reason,
    explanations_of,
    late_under,
    not_held_in,
    reasons_of,
    said,
)
from supervise.service import Row, Service
from supervise.sessions import Session, missing_evidence
from supervise.strips import GAP, NOT_IN_POST, SUSPENDED, UNKNOWN, Span, Strip, strip
from supervise.today import LateUnder
from supervise.workdays import Day, whole_months

LATE, CLEAR, ELSEWHERE = "late", "clear", "elsewhere"
STOPPED = {
    SUSPENDED: ("⏸", "stopped"),
    UNKNOWN: ("○", "no records"),
    NO_RULE: ("○", "no rule"),
    NOT_IN_POST: ("○", "not in post"),
    ELSEWHERE: ("○", "other team"),
}
"""The mark and the word of a month that is not looked at, by its kind; the kind of an absence is not said."""


class MonthCell(NamedTuple):
    """One month of one person. `kind` is "late" (a month with `late` late days), "clear", or a key of
    `STOPPED` where most of it is out of scope and nobody was late; `held` counts the days on which a
    session that counts was held, `in_scope` the days in scope."""

    kind: str
    late: int
    held: int
    in_scope: int

    @property
    def first_line(self) -> str:
        """A mark with a number or a word: "■ 5 late", "⏸ stopped"; empty for a month like any other."""
        if self.kind == LATE:
            return f"■ {self.late} late"
        return " ".join(STOPPED[self.kind]) if self.kind in STOPPED else f"{self.held} held"

    @property
    def second_line(self) -> str:
        """The sessions, where the first line says something else."""
        return f"{self.held} held" if self.kind == LATE or (self.kind in STOPPED and self.held) else ""

    @property
    def shown(self) -> str:
        """Both lines as one: "■ 5 late · 1 held"."""
        return " · ".join(filter(None, (self.first_line, self.second_line)))

    @property
    def words(self) -> str:
        """The whole of it: "5 late days, 1 session held"."""
        parts = [wording.counted(self.late, "late day")] if self.late else []
        if self.kind in STOPPED:
            word = STOPPED[self.kind][1]
            parts.append("clock stopped" if self.kind == SUSPENDED else word)
        if self.held or self.kind not in STOPPED:
            parts.append(f"{wording.counted(self.held, 'session')} held")
        return ", ".join(parts)


class PersonMonths(NamedTuple):
    """Somebody's months, or a case's: `person` is whom a case was with last, `about` their team and role
    then. `unknown` says that part of the period lies before `records_from`."""

    subject: str
    person: str
    name: str
    about: str
    cells: tuple[MonthCell, ...]
    records_from: Day | None
    unknown: bool


class GapShown(NamedTuple):
    """A gap with all that is told of it. `of_case` is the reference of a case, `person` its holder on the
    late-by day; `band` one of `compliance.BANDS`; `carried_in` that it began before the period."""

    gap: Gap
    person: str
    name: str
    of_case: str | None
    supervisor: str | None
    reasons: tuple[Reason, ...]
    late_under: tuple[LateUnder, ...]
    band: str
    carried_in: bool

    @property
    def reason(self) -> str:
        """The reasons in one line, or "none recorded"."""
        return said(self.reasons)

    @property
    def ended(self) -> str:
        """How it ended, or that it goes on."""
        if self.gap.closed_by is not None:
            return f"held {wording.day(self.gap.closed_by)}"
        left = "with nobody in post" if self.of_case else "post ended"
        words = {"absent": "clock stopped by an absence", "left": left, "stopped": "clock stopped"}
        return words.get(self.gap.ended, "■ still open")

    @property
    def under(self) -> str:
        """Whose supervision the late days fell to: "30 days under J. Bell, 15 days without a named
        supervisor"."""
        if len(self.late_under) == 1:
            return self.late_under[0].name or "nobody named"
        return ", ".join(
            f"{wording.days(each.days)} under {each.name or 'nobody named'}" for each in self.late_under
        )


class Lacking(NamedTuple):
    """Sessions that count and were held in the period: how many of those kept here lack which step first,
    and how many are kept elsewhere."""

    steps: tuple[tuple[str, int], ...]
    elsewhere: int


class Rows(NamedTuple):
    """What is read beside the engine's facts, by person: sessions that were cancelled or missed, and the
    rows of explanations."""

    not_held: Mapping[str, Sequence[Session]]
    explained: Mapping[str, Sequence[Row]]


class PeriodSeen:
    """A clock's period as it is looked at: of everybody, or of a team, up to `end`."""

    def __init__(self, clockwork: Clockwork, first: Day, end: Day, team: str | None) -> None:
        self.clockwork, self.first, self.end, self.team = clockwork, first, end, team
        self.is_case = clockwork.rulebook.per(clockwork.clock) == "case"
        self.months = tuple(whole_months(first, end))
        self.lacking: Counter[str] = Counter()
        self.elsewhere = 0

    def months_of(self, service: Service, facts: Facts | CaseFacts) -> PersonMonths | None:
        """Somebody's months; None for who was in post (in the team) on no day of the period. What their
        sessions lack is counted on the way."""
        timeline = self.clockwork.timeline(facts)
        last = self._last_tenure(timeline)
        if last is None:
            return None
        drawn = strip(self.clockwork, facts, self.first, self.end)
        self._count_evidence(service, facts, timeline, drawn)
        post, name = last.post, service.name(last.person) or last.person
        about = f"{post.team} · {wording.words(post.role)}"
        is_case = isinstance(facts, CaseFacts)
        return PersonMonths(
            facts.case_ref if isinstance(facts, CaseFacts) else facts.person.id,
            last.person,
            facts.case_ref if isinstance(facts, CaseFacts) else name,
            f"{name} · {post.team}" if is_case else about,
            tuple(self._cells(timeline, drawn)),
            last.known_from,
            bool(drawn.of(UNKNOWN)),
        )

    def _last_tenure(self, timeline: Timeline) -> Tenure | None:
        """The last one in the period that is of the team."""
        found = [
            stretch.tenure
            for spell in timeline.spells()
            for stretch in spell.stretches
            if stretch.first <= self.end and stretch.last >= self.first
            and self.team in (None, stretch.tenure.post.team)
        ]  # fmt: skip
        return found[-1] if found else None

    def _cells(self, timeline: Timeline, drawn: Strip) -> Iterator[MonthCell]:
        for first, last in self.months:
            if self.team is None or self._team_of_month(timeline, first, last) == self.team:
                yield _cell(drawn, first, last)
            else:
                yield MonthCell(ELSEWHERE, 0, 0, 0)

    def _team_of_month(self, timeline: Timeline, first: Day, last: Day) -> str | None:
        """A month falls to the team of its last in-scope day, else to that of the post held last."""
        for spell in reversed(timeline.spells()):
            found = spell.last_in_scope(first, last) if spell.first <= last else None
            if found is not None:
                return spell.at(found).tenure.post.team
        tenure = timeline.last_tenure_upto(last)
        return tenure.post.team if tenure else None

    def _count_evidence(
        self, service: Service, facts: Facts | CaseFacts, timeline: Timeline, drawn: Strip
    ) -> None:
        sessions, held = sessions_of(service, facts), set(drawn.held)
        for session, *_ in counting(self.clockwork, timeline, sessions, held, self.team):
            if session.record_kept:
                self.elsewhere += 1
            elif missing := missing_evidence(session, self.end):
                self.lacking[missing[0]] += 1

    def counted(self) -> Lacking:
        """What lacks which step, in the order in which the steps are taken."""
        steps = (
            "recorded",
            "shared with the worker",
            "signed by the worker",
            "signed by the supervisor",
        )
        return Lacking(tuple((step, self.lacking[step]) for step in steps), self.elsewhere)

    def shown(self, gap: Gap, service: Service, rows: Rows) -> GapShown:
        """A gap with its reasons, and whose supervision its late days fell to."""
        person, post = gap.tenure.person, gap.tenure.post
        clock, book = self.clockwork.clock, self.clockwork.rulebook
        explained = explanations_of(
            rows.explained.get(person, ()), clock, gap.first_late_day, gap.last_late_day
        )
        lost = not_held_in(gap.interval, rows.not_held.get(person, ()), book, clock)
        return GapShown(
            gap,
            person,
            service.name(person) or person,
            gap.subject if self.is_case else None,
            service.name(post.supervisor) or post.supervisor,
            reasons_of(explained, lost),
            late_under(gap.interval.spell, gap.first_late_day, gap.last_late_day, service.names),
            band(gap),
            gap.first_late_day < self.first,
        )


def _cell(drawn: Strip, first: Day, last: Day) -> MonthCell:
    """One month of a strip: its late days, sessions and, where most of it is out of scope, why."""
    late = sum(_days(span, first, last) for span in drawn.of(GAP))
    held = sum(1 for day in drawn.held if first <= day <= last)
    stopped = {kind: sum(_days(span, first, last) for span in drawn.of(kind)) for kind in STOPPED}
    in_scope = last - first + 1 - sum(stopped.values())
    if late:
        return MonthCell(LATE, late, held, in_scope)
    if in_scope >= FULL_MONTH or (in_scope and held):
        return MonthCell(CLEAR, 0, held, in_scope)
    return MonthCell(max(stopped, key=lambda kind: stopped[kind]), 0, held, in_scope)


def _days(span: Span, first: Day, last: Day) -> int:
    return max(0, min(span.last, last) - max(span.first, first) + 1)
