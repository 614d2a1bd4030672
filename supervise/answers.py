"""Answers as plain data, as other programs read them (interchange, section 3).

Dates are ISO text or None. For a case clock each row begins with `case_ref`, and `person_id` is the holder
of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supervise.cadence import Clockwork, Gap, Standing, standing
from supervise.cadence.facts import Tenure
from supervise.service import Service
from supervise.workdays import Day, iso, iso_or_none

if TYPE_CHECKING:
    from supervise.compliance import LeftOut, Measures, Share

Answer = dict[str, Any]


def standings(clockwork: Clockwork, service: Service, team: str | None = None) -> list[Standing]:
    """Where everyone (or every case) stands, in order of id; only of a team, if one is named."""
    per = clockwork.rulebook.per(clockwork.clock)
    found = (standing(clockwork, facts) for facts in service.subjects(per))
    return [each for each in found if team is None or _team(each.tenure) == team]


def gaps(
    clockwork: Clockwork,
    service: Service,
    team: str | None = None,
    first: Day | None = None,
    last: Day | None = None,
) -> list[Gap]:
    """Every gap, by id and then by first late day; only those with a late day from `first` to `last`, and
    of a team, where these are given."""
    found = []
    for facts in service.subjects(clockwork.rulebook.per(clockwork.clock)):
        for gap in clockwork.gaps(facts):
            if (team is None or gap.tenure.post.team == team) and _late_within(gap, first, last):
                found.append(gap)
    return found


def _late_within(gap: Gap, first: Day | None, last: Day | None) -> bool:
    if first is None and last is None:
        return True
    start = gap.first_late_day if first is None else max(gap.first_late_day, first)
    end = gap.last_late_day if last is None else min(gap.last_late_day, last)
    return gap.interval.spell.in_scope(start, end) > 0


def _team(tenure: Tenure | None) -> str | None:
    return tenure.post.team if tenure else None


class Said:
    """Turns findings of one clock into plain data."""

    def __init__(self, clockwork: Clockwork, service: Service, known_at: Day | None) -> None:
        self.clockwork, self.service, self.known_at = clockwork, service, known_at
        self.is_case = clockwork.rulebook.per(clockwork.clock) == "case"

    def _head(self) -> Answer:
        return {
            "as_at": iso(self.clockwork.as_at),
            "known_at": iso_or_none(self.known_at),
            "clock": self.clockwork.clock,
        }

    def _who(self, subject: str, person: str | None) -> Answer:
        case = {"case_ref": subject} if self.is_case else {}
        person = person if self.is_case else subject
        return {**case, "person_id": person, "name": self.service.name(person)}

    def status(self, standings: Iterable[Standing]) -> Answer:
        """The board."""
        return {**self._head(), "people": [self._standing(each) for each in standings]}

    def _standing(self, found: Standing) -> Answer:
        post = found.tenure.post if found.tenure else None
        return {
            **self._who(found.subject, found.tenure.person if found.tenure else None),
            "team": post.team if post else None,
            "role": post.role if post else None,
            "basis": post.basis if post else None,
            "supervisor_id": post.supervisor if post else None,
            "status": found.status,
            "last_held": iso_or_none(found.last_held),
            "due": iso_or_none(found.due),
            "late_by": iso_or_none(found.late_by),
            "rule": found.rule,
            "away": found.away,
            "booked_on": iso_or_none(found.booked_on),
            "booked_in_time": found.booked_in_time,
        }

    def gaps(self, gaps: Iterable[Gap]) -> Answer:
        """The list of gaps."""
        return {**self._head(), "gaps": [self._gap(gap) for gap in gaps]}

    def _gap(self, gap: Gap) -> Answer:
        return {
            **self._who(gap.subject, gap.tenure.person),
            "team": gap.tenure.post.team,
            "supervisor_id": gap.tenure.post.supervisor,
            "last_held": iso_or_none(gap.last_held),
            "due": iso(gap.due),
            "late_by": iso(gap.late_by),
            "first_late_day": iso(gap.first_late_day),
            "last_late_day": iso(gap.last_late_day),
            "days_late": gap.days_late,
            "days_away": gap.days_away,
            "ended": gap.ended,
            "closed_by": iso_or_none(gap.closed_by),
            "interval_days": gap.interval_days,
            "interval_days_in_scope": gap.interval_days_in_scope,
        }

    def measures(self, groups: Iterable[Measures], first: Day, last: Day) -> Answer:
        """The measures of each group."""
        return {
            "from": iso(first),
            "to": iso(last),
            "as_at": iso(self.clockwork.as_at),
            "clock": self.clockwork.clock,
            "groups": [self._group(group) for group in groups],
        }

    def _group(self, found: Measures) -> Answer:
        return {
            "group": found.group,
            "on_time": _pair(found.on_time),
            "covered_days": _pair(found.covered_days),
            "in_policy": _pair(found.in_policy),
            "clear_months": _pair(found.clear_months),
            "evidenced": _pair(found.evidenced),
            "long_enough": _pair(found.long_enough),
            "supervised_in_month": {
                month: _pair(share) for month, share in found.supervised_in_month.items()
            },
            "gaps": found.gaps,
            "gaps_carried_in": found.gaps_carried_in,
            "longest_gap_days": found.longest_gap_days,
            "excluded": [self._left_out(each) for each in found.excluded],
        }

    def _left_out(self, left_out: LeftOut) -> Answer:
        who = self._who(left_out.subject, left_out.person)
        del who["name"]
        return {**who, "reason": left_out.reason}


def _pair(share: Share) -> list[int]:
    return [share.n, share.d]
