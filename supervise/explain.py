"""The whole reasoning behind a standing or a gap, as short sentences (floor 1).

The same words serve window, paper and terminal: "Last held 31 January. Everyone, every 1 month: due
28 February. 3 working days’ grace: not late until after Friday 3 March. Held 20 March, 17 days late."
Dates in the year of the as-at day are said without it. The kind of an absence is never said.
"""

from __future__ import annotations

from datetime import date

from supervise import sums, wording
from supervise.cadence import RUNNING, CaseFacts, Clockwork, Facts, Gap, Interval, Spell, Standing
from supervise.cadence.due import Due
from supervise.cadence.spells import ABSENT, suspensions
from supervise.cadence.standing import interval_at
from supervise.policies import Policy
from supervise.service import Service
from supervise.workdays import FOREVER, Day, beyond_the_list

_LONGEST_LOOK_AHEAD = 366


class Explainer:
    """Says why, for one clock as at one day. `service` gives people their names."""

    def __init__(self, clockwork: Clockwork, service: Service) -> None:
        self.clockwork, self.service = clockwork, service
        self.is_case = clockwork.rulebook.per(clockwork.clock) == "case"

    def standing(self, standing: Standing, facts: Facts | CaseFacts) -> list[str]:
        """Where somebody (or a case) stands and why, in the order in which it is reckoned."""
        said = [self._headline(standing), *self._in_post(standing)]
        spell = self.clockwork.timeline(facts).spell_at(self.clockwork.as_at)
        interval = self._interval_at(spell, facts) if standing.status in RUNNING else None
        if interval is not None:
            said += self.interval(interval, standing.last_held)
            said += self._today(standing, interval)
        else:
            said += self._stopped(standing, facts)
        said += self.away(standing, facts)
        said += self._booking(standing)
        if interval is not None and interval.due is not None:
            return said + self._policies(interval)
        policy = spell.at(self.clockwork.as_at).policy if spell else None
        return said + (_policy(policy) if policy else [])

    def gap(self, gap: Gap) -> list[str]:
        """Why there is a gap, and how it ended."""
        said = self.interval(gap.interval, gap.last_held)
        return [*said, self._how_it_ended(gap), *self._policies(gap.interval)]

    def interval(self, interval: Interval, last_held: Day | None = None) -> list[str]:
        """From the anchor to late-by: what was due when, with the sum. `last_held` is the last session of
        the spell, which may lie before the anchor."""
        said = self._anchor(interval, last_held)
        if interval.due is None:
            return [*said, self._never_due(interval)]
        said += self._due(interval, interval.due)
        said.append(sums.grace(interval, self.day))
        if beyond_the_list(interval.due.day):
            said.append("Bank holidays are not listed so far ahead, so that this day may move.")
        return said

    def day(self, when: Day) -> str:
        """A day in words, without the year where it is that of the as-at day."""
        same_year = date.fromordinal(when).year == date.fromordinal(self.clockwork.as_at).year
        return wording.day_month(when) if same_year else wording.full_day(when)

    def _interval_at(self, spell: Spell | None, facts: Facts | CaseFacts) -> Interval | None:
        """The interval that holds the as-at day."""
        days = self.clockwork.counting_days(facts.held)
        return interval_at(self.clockwork, spell, days, self.clockwork.as_at) if spell else None

    # Who, and where they stand

    def _name(self, person: str | None) -> str:
        return self.service.name(person) or person or "nobody"

    def _headline(self, standing: Standing) -> str:
        word = wording.STATUS[standing.status].word
        return f"{word} as at {wording.long_day(self.clockwork.as_at)}."

    def _in_post(self, standing: Standing) -> list[str]:
        if standing.tenure is None:
            return []
        post, plan = standing.tenure.post, standing.tenure.plan
        who = ("Held by " if self.is_case else "") + self._name(standing.tenure.person)
        parts = [_in_a_sentence(post.role), f"team {post.team}"]
        parts += [_in_a_sentence(word) for word in (post.basis,) if word]
        parts.append(
            f"supervisor {self._name(post.supervisor)}" if post.supervisor else "no supervisor named"
        )
        parts += [f"plan {_in_a_sentence(plan)}"] if plan else []
        return [f"{who}: {', '.join(parts)}."]

    def _today(self, standing: Standing, interval: Interval) -> list[str]:
        if standing.due is None:
            return []
        if standing.status == "gap" and interval.late_by is not None:
            first = interval.spell.first_in_scope(interval.late_by + 1) or self.clockwork.as_at
            late = wording.days(interval.days_late)
            return [f"None held since: a gap since {self.day(first)}, {late} late so far."]
        if standing.status == "overdue":
            return ["Past due, but not late yet." if interval.late_by else "Past due, but not late."]
        ahead = standing.due - self.clockwork.as_at
        return [f"Due in {wording.days(ahead)}." if ahead else "Due today."]

    def away(self, standing: Standing, facts: Facts | CaseFacts) -> list[str]:
        """What being away does to the clock, for somebody away whom it does not stop; else nothing."""
        if not standing.away or standing.tenure is None or standing.status == ABSENT:
            return []
        if isinstance(facts, CaseFacts):
            return [f"{self._name(standing.tenure.person)} is away now, which does not stop this clock."]
        if standing.status not in RUNNING:
            return ["Away now."]
        stops = self._will_stop(facts)
        if stops is None:
            return ["Away now, which does not stop the clock."]
        return [
            f"Away now: if that is not over before {self.day(stops[0])}, it stops the clock from "
            f"{self.day(stops[1])} on."
        ]

    def _will_stop(self, facts: Facts) -> tuple[Day, Day] | None:
        """The day on which an absence without an end will have lasted long enough to stop the clock, and
        the day from which it then does; None if it never does, or not within a year."""
        today, rulebook = self.clockwork.as_at, self.clockwork.rulebook
        if not any(absence.last == FOREVER and absence.first <= today for absence in facts.absences):
            return None
        for later in range(today + 1, today + _LONGEST_LOOK_AHEAD):
            for first, last in suspensions(facts.absences, rulebook, later):
                if first <= today <= last:
                    return later, first
        return None

    def _booking(self, standing: Standing) -> list[str]:
        if standing.booked_on is None:
            return []
        booked = f"Booked for {self.day(standing.booked_on)}"
        if standing.late_by is None:
            return [f"{booked}."]
        return [f"{booked}, in time." if standing.booked_in_time else f"{booked}, which is too late."]

    # From the anchor to the due day

    def _anchor(self, interval: Interval, last_held: Day | None) -> list[str]:
        when = self.day(interval.anchor)
        if not interval.is_first:
            return [f"Last held {when}."]
        if interval.segment.return_within:
            begins = f"Back on {when}, after an absence that stopped the clock"
        elif not interval.segment.begins_spell:
            begins = f"Records begin {when}"
        else:
            begins = f"{'Allocated' if self.is_case else 'In post'} from {when}"
        if last_held is not None and last_held < interval.anchor:
            return [f"Last held {self.day(last_held)}.", f"{begins}."]
        return [f"{begins}; none held yet." if interval.held is None else f"{begins}."]

    def _due(self, interval: Interval, due: Due) -> list[str]:
        if due.since is None:
            return [sums.by_rule(interval, self.day)]
        if due.cause == "return":
            n = interval.segment.return_within or 0
            return [
                f"After a return a session is asked for {sums.within(interval, due.since, n, self.day)}."
            ]
        stretch = interval.spell.at(due.since)
        n = stretch.policy.new_supervisor_within_working_days or 0 if stretch.policy else 0
        became = (
            f"{self._name(stretch.tenure.post.supervisor)} became supervisor on {self.day(due.since)}."
        )
        said = f"With a new supervisor a session is asked for {sums.within(interval, due.since, n, self.day)}"
        without = f" (without that, {self.day(due.by_rule)})" if due.by_rule is not None else ""
        return [became, f"{said}{without}."]

    def _never_due(self, interval: Interval) -> str:
        last, ended = interval.segment.last, interval.segment.ended
        if last == FOREVER:
            return "Nothing falls due as things stand."
        end = {ABSENT: "the next return", "left": "the end of this post"}.get(ended, "records stop")
        if self.is_case and ended == "left":
            end = "the end of this allocation"
        return f"Nothing falls due before {end}, {self.day(last + 1 if ended == ABSENT else last)}."

    # How it ended, or why nothing is due

    def _how_it_ended(self, gap: Gap) -> str:
        late, last = f"{wording.days(gap.days_late)} late", self.day(gap.last_late_day)
        away = f", {gap.days_away} of them away" if gap.days_away else ""
        left = "the case was with nobody in post" if self.is_case else "the post ended"
        endings = {
            "session": f"Held {self.day(gap.interval.end)}, {late}",
            "absent": f"Then the clock was stopped by an absence: {late} by {last}",
            "left": f"Then {left}: {late} by {last}",
            "stopped": f"Then the clock was stopped: {late} by {last}",
            "open": f"None held since: a gap since {self.day(gap.first_late_day)}, {late} so far",
        }
        return f"{endings[gap.ended]}{away}."

    def _stopped(self, standing: Standing, facts: Facts | CaseFacts) -> list[str]:
        said = [f"Last held {self.day(standing.last_held)}."] if standing.last_held else []
        if standing.tenure is None:
            who = "With nobody in post" if self.is_case else "Not in post"
            return [*said, f"{who} on that day, so that nothing is due."]
        if standing.status == "not_recorded" and standing.tenure.known_from is not None:
            begin = self.day(standing.tenure.known_from)
            return [*said, f"Records begin {begin}; what happened before that is not known here."]
        if standing.status == ABSENT and isinstance(facts, Facts):
            return [*said, *self._suspended(facts)]
        policy = self.clockwork.rulebook.on(self.clockwork.as_at)
        if policy is None:
            return [*said, "No policy is in force on that day, so that nothing is due."]
        lacks = (
            "no rule for this post on that day"
            if policy.clock(self.clockwork.clock)
            else "no such clock"
        )
        return [*said, f"The policy has {lacks}, so that nothing is due."]

    def _suspended(self, facts: Facts) -> list[str]:
        day = self.clockwork.as_at
        for first, last in suspensions(facts.absences, self.clockwork.rulebook, day):
            if first <= day <= last:
                until = ", with no end yet" if last == FOREVER else f" to {self.day(last)}"
                return [f"An absence stops the clock from {self.day(first)}{until}."]
        return []

    # Under which policy

    def _policies(self, interval: Interval) -> list[str]:
        """The policy that made something due, and that of the due day, whose grace it is."""
        assert interval.due is not None, "only what is due has a policy"
        days = (interval.due.since or interval.due.day, interval.due.day)
        found = {policy.id: policy for day in days if (policy := interval.spell.at(day).policy)}
        return [sentence for policy in found.values() for sentence in _policy(policy)]


def _policy(policy: Policy) -> list[str]:
    source = f" Source: {policy.source.rstrip('.')}." if policy.source else ""
    return [f"Policy: {policy.title.rstrip('.')}.{source}"]


def _in_a_sentence(word: str) -> str:
    """A word of the files in small letters; one that somebody typed as they typed it."""
    said = wording.words(word)
    return said if said == word else said[:1].lower() + said[1:]
