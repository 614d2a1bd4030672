"""The whole reasoning behind a standing or a gap, as short sentences (floor 1).

The same words serve window, paper and terminal: "Last held 31 January. Everyone, every 1 month: due
28 February. 3 working days' grace: not late until after Friday 3 March. Held 20 March, 17 days late."
Dates in the year of the as-at day are said without it.
"""

from __future__ import annotations

from datetime import date

from supervise import wording
from supervise.cadence import RUNNING, CaseFacts, Clockwork, Facts, Gap, Interval, Standing, Stretch
from supervise.cadence.due import Due
from supervise.cadence.spells import suspensions
from supervise.cadence.standing import interval_at
from supervise.policies import Frequency, Policy, Unit
from supervise.service import Service
from supervise.workdays import FOREVER, Day, beyond_the_list


class Explainer:
    """Says why, for one clock as at one day. `service` gives people their names."""

    def __init__(self, clockwork: Clockwork, service: Service) -> None:
        self.clockwork, self.service = clockwork, service

    def standing(self, standing: Standing, facts: Facts | CaseFacts) -> list[str]:
        """Where somebody stands and why, in the order in which it is reckoned."""
        said = [self._headline(standing), *self._in_post(standing)]
        interval = self._interval_of(standing, facts)
        if interval is not None:
            said += self.interval(interval)
            said += self._today(standing, interval)
        else:
            said += self._stopped(standing, facts)
        if standing.away and standing.status != "absent":
            said.append("Away now; this absence does not stop the clock, or not yet.")
        said += self._booking(standing)
        stretch = self._stretch(standing, facts, interval)
        said += self._policy(stretch.policy if stretch else None)
        return said

    def gap(self, gap: Gap) -> list[str]:
        """Why there is a gap, and how it ended."""
        stretch = gap.interval.spell.at(gap.due)
        return [*self.interval(gap.interval), self._how_it_ended(gap), *self._policy(stretch.policy)]

    def interval(self, interval: Interval) -> list[str]:
        """From the anchor to late-by: what was due when, with the sum."""
        said = [self._anchor(interval)]
        if interval.due is None:
            return [*said, "Nothing falls due in this time."]
        said.append(self._due(interval, interval.due))
        said.append(self._late_by(interval, interval.due.day))
        if beyond_the_list(interval.due.day):
            said.append("Bank holidays are not listed so far ahead, so that this day may move.")
        return said

    # One sentence each

    def day(self, when: Day) -> str:
        """A day in words, without the year where it is that of the as-at day."""
        same_year = _year(when) == _year(self.clockwork.as_at)
        return wording.day_month(when) if same_year else wording.full_day(when)

    def _name(self, person: str | None) -> str:
        return self.service.name(person) or person or "nobody"

    def _headline(self, standing: Standing) -> str:
        word = wording.STATUS[standing.status].word
        return f"{word} as at {wording.long_day(self.clockwork.as_at)}."

    def _in_post(self, standing: Standing) -> list[str]:
        if standing.tenure is None:
            return []
        post = standing.tenure.post
        who = self._name(standing.tenure.person)
        parts = [wording.words(post.role).lower(), f"team {post.team}"]
        parts += [wording.words(post.basis).lower()] if post.basis else []
        parts.append(
            f"supervisor {self._name(post.supervisor)}" if post.supervisor else "no supervisor named"
        )
        return [f"{who}: {', '.join(parts)}."]

    def _anchor(self, interval: Interval) -> str:
        when = self.day(interval.anchor)
        if not interval.is_first:
            return f"Last held {when}."
        if interval.segment.return_within:
            return f"Returned {when}; the time before that is over."
        if interval.segment.begins_spell:
            return f"In post from {when}; none held since then."
        return f"Records begin {when}; none held since then."

    def _due(self, interval: Interval, due: Due) -> str:
        day = self.day(due.day)
        if due.cause == "return":
            n = interval.segment.return_within or 0
            return f"After a return, within {wording.working_days(n)}, that day counted: due {day}."
        if due.cause == "new_supervisor" and due.since is not None:
            stretch = interval.spell.at(due.since)
            n = stretch.policy.new_supervisor_within_working_days or 0 if stretch.policy else 0
            who = self._name(stretch.tenure.post.supervisor)
            return (
                f"{who} became supervisor on {self.day(due.since)}; the first session with a new "
                f"supervisor is asked for within {wording.working_days(n)}: due {day}."
            )
        stretch = interval.spell.at(due.day)
        every, first = self._every(interval, stretch)
        how = f"first session within {every}" if first else f"every {every}"
        return f"{stretch.title}, {how}: {self._sum(interval, every, due.day)}due {day}."

    def _every(self, interval: Interval, stretch: Stretch) -> tuple[Frequency, bool]:
        begins = interval.is_first and interval.segment.begins_spell
        if begins and stretch.rule and stretch.rule.first_within:
            return stretch.rule.first_within, True
        assert stretch.every is not None, "a due day has a frequency"
        return stretch.every, False

    def _sum(self, interval: Interval, every: Frequency, due: Day) -> str:
        """The arithmetic, where it is more than one step."""
        anchor, spell = interval.anchor, interval.spell
        stopped = due - anchor - spell.in_scope(anchor + 1, due)
        still = f" ({wording.days(stopped)} with the clock stopped)" if stopped else ""
        if every.unit is Unit.CALENDAR_MONTH:
            return f"by the last day of the month that counts{still}, "
        if every.unit is Unit.WORKING_DAY:
            return f"counted from {self.day(anchor)}{still}, "
        plain = every.added_to(anchor)
        if due == plain:
            return ""
        if due < plain + stopped or not stopped:
            return f"used up by {self.day(plain)}, and asked for from {self.day(due)}, "
        begins = interval.is_first and interval.segment.begins_spell and spell.at(anchor).stopped
        if due > plain + stopped + bool(begins):
            return f"used up before it was asked for from {self.day(due)}, "
        return f"{self.day(plain)}, and {wording.days(due - plain)} with the clock stopped, "

    def _late_by(self, interval: Interval, due: Day) -> str:
        if interval.late_by is None:
            return "No day after that counts, so that it cannot be late."
        clock = interval.spell.at(due).clock
        grace = clock.grace_working_days if clock else 0
        until = f"not late until after {self._weekday(interval.late_by)}"
        if grace:
            return f"{wording.working_days(grace)}’ grace: {until}."
        return f"No grace: {until}."

    def _weekday(self, when: Day) -> str:
        return f"{wording.long_day(when).split()[0]} {self.day(when)}"

    def _interval_of(self, standing: Standing, facts: Facts | CaseFacts) -> Interval | None:
        """The interval that holds the as-at day, of somebody whose clock runs."""
        if standing.status not in RUNNING:
            return None
        spell = self.clockwork.timeline(facts).spell_at(self.clockwork.as_at)
        days = self.clockwork.counting_days(facts.held)
        return interval_at(self.clockwork, spell, days, self.clockwork.as_at) if spell else None

    def _today(self, standing: Standing, interval: Interval) -> list[str]:
        day = self.clockwork.as_at
        if standing.due is None:
            return []
        if standing.status == "gap" and interval.days_late:
            first = interval.spell.first_in_scope((interval.late_by or 0) + 1) or day
            return [
                f"None held since: a gap since {self.day(first)}, {wording.days(interval.days_late)} late so far."
            ]
        if standing.status == "overdue":
            return ["Past due, and within the grace."]
        ahead = standing.due - day
        return ["Due today." if ahead == 0 else f"That is in {wording.days(ahead)}."]

    def _how_it_ended(self, gap: Gap) -> str:
        late, last = f"{wording.days(gap.days_late)} late", self.day(gap.last_late_day)
        away = f", {gap.days_away} of them away" if gap.days_away else ""
        endings = {
            "session": f"Held {self.day(gap.interval.end)}, {late}",
            "absent": f"Then the clock was stopped by an absence: {late} by {last}",
            "left": f"Then the post ended: {late} by {last}",
            "stopped": f"The clock is stopped now: {late} by {last}",
            "open": f"None held since: a gap since {self.day(gap.first_late_day)}, {late} so far",
        }
        return f"{endings[gap.ended]}{away}."

    def _stopped(self, standing: Standing, facts: Facts | CaseFacts) -> list[str]:
        said = [f"Last held {self.day(standing.last_held)}."] if standing.last_held else []
        if standing.status == "not_in_post":
            return [*said, "In no post on that day, so that nothing is due."]
        if standing.status == "not_recorded" and standing.tenure and standing.tenure.known_from:
            begin = self.day(standing.tenure.known_from)
            return [*said, f"Records begin {begin}; what happened before that is not known here."]
        if standing.status == "absent" and isinstance(facts, Facts):
            return [*said, *self._suspended(facts)]
        return [*said, "The policy has no rule for this post, so that nothing is due."]

    def _suspended(self, facts: Facts) -> list[str]:
        day = self.clockwork.as_at
        for first, last in suspensions(facts.absences, self.clockwork.rulebook, day):
            if first <= day <= last:
                until = "without an end yet" if last == FOREVER else f"to {self.day(last)}"
                return [f"The clock is stopped: away from {self.day(first)}, {until}."]
        return []

    def _booking(self, standing: Standing) -> list[str]:
        if standing.booked_on is None:
            return []
        in_time = "in time" if standing.booked_in_time else "which is too late"
        return [f"Booked for {self.day(standing.booked_on)}, {in_time}."]

    def _stretch(
        self, standing: Standing, facts: Facts | CaseFacts, interval: Interval | None
    ) -> Stretch | None:
        if interval is not None and standing.due is not None:
            return interval.spell.at(standing.due)
        spell = self.clockwork.timeline(facts).spell_at(self.clockwork.as_at)
        return spell.at(self.clockwork.as_at) if spell else None

    def _policy(self, policy: Policy | None) -> list[str]:
        if policy is None:
            return (
                ["No policy is in force on that day."]
                if not self.clockwork.rulebook.on(self.clockwork.as_at)
                else []
            )
        source = f" Source: {policy.source.rstrip('.')}." if policy.source else ""
        return [f"Policy: {policy.title}.{source}"]


def _year(when: Day) -> int:
    return date.fromordinal(when).year
