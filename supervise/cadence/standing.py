"""Where somebody stands on a day (cadence, section 5)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from supervise.cadence.away import is_away
from supervise.cadence.facts import LONGEST_PAUSE, CaseFacts, Facts, Tenure
from supervise.cadence.history import Clockwork, Interval, last_held
from supervise.cadence.spells import Spell
from supervise.policies import Clock
from supervise.workdays import Day

NOT_IN_POST = "not_in_post"
RUNNING = ("on_track", "due_soon", "overdue", "gap")
"""The statuses of somebody in scope, whose clock runs."""


class Standing(NamedTuple):
    """A person's or a case's standing on the as-at day.

    `tenure` is the post of that day (None: not in post), `rule` the title of what holds on it. Only the
    statuses in `RUNNING` carry `due` and `late_by`. `booked_on` is the earliest booking of a kind that
    counts, and `booked_in_time` whether it is by late-by (None without a booking).
    """

    subject: str
    status: str
    tenure: Tenure | None
    last_held: Day | None
    due: Day | None
    late_by: Day | None
    rule: str | None
    away: bool
    booked_on: Day | None
    booked_in_time: bool | None


def standing(clockwork: Clockwork, facts: Facts | CaseFacts) -> Standing:
    """Where a person or a case stands on the clockwork's as-at day.

    Of the sessions held only the last that counts on or before the day, of each spell, makes a
    difference: the rest need not be in `facts`.
    """
    days = clockwork.counting_days(facts.held)
    found = _seen_in_this_post(clockwork, facts, days) if isinstance(facts, Facts) and days else None
    return found or reckoned(clockwork, facts, days)


def _seen_in_this_post(clockwork: Clockwork, facts: Facts, days: Sequence[Day]) -> Standing | None:
    """The standing of somebody last seen in the post they hold, when nothing can have changed between
    that day and the one after which it is late: a look into a table. That is most people on most days;
    for all others None, and the whole spell is reckoned."""
    anchor, day, person = days[-1], clockwork.as_at, facts.person
    holding = [post for post in facts.posts if post.first <= anchor and post.last >= day]
    if facts.variations or not holding or anchor < (person.records_from or anchor):
        return None
    post = max(reversed(holding), key=lambda post: post.first)  # of two alike the later row
    leaving = post.last if person.left_on is None else min(post.last, person.left_on)
    tenure = Tenure(post.first, leaving, post, person.id, None, person.records_from)
    plain = clockwork.plainly(tenure, anchor)
    if plain is None:
        return None
    rule, clock, due_day, latest = plain
    until = max(latest, day)
    changes = any(
        other is not post and other.last >= anchor and post.first <= other.first <= until
        for other in facts.posts
    ) or any(absence.last >= anchor and absence.first <= until for absence in facts.absences)
    if changes or until > leaving:
        return None
    booked = _booked(clockwork, facts)
    return Standing(
        person.id, _status(due_day, latest, day, clock), tenure, anchor, due_day, latest, rule.title,
        any(absence.first <= day <= absence.last for absence in facts.absences),
        booked, None if booked is None else booked <= latest,
    )  # fmt: skip


def reckoned(clockwork: Clockwork, facts: Facts | CaseFacts, days: Sequence[Day]) -> Standing:
    """The same for anybody, by way of the spell that holds the day. `days`: all counting days."""
    day = clockwork.as_at
    subject = facts.case_ref if isinstance(facts, CaseFacts) else facts.person.id
    spell = clockwork.timeline(facts).spell_at(day) if _may_be_in_post(facts, day) else None
    booked = _booked(clockwork, facts)
    if spell is None:
        in_time = None if booked is None else True
        return Standing(
            subject, NOT_IN_POST, None, None, None, None, None,
            not isinstance(facts, CaseFacts) and any(a.first <= day <= a.last for a in facts.absences),
            booked, in_time,
        )  # fmt: skip
    stretch = spell.at(day)
    interval = None if stretch.stopped else interval_at(clockwork, spell, days, day)
    due_day = interval.due.day if interval and interval.due else None
    latest = interval.late_by if interval else None
    return Standing(
        subject,
        stretch.stopped or _status(due_day, latest, day, stretch.clock),
        stretch.tenure,
        last_held(spell, days, day),
        due_day,
        latest,
        stretch.title,
        is_away(facts, stretch.tenure, day),
        booked,
        None if booked is None else latest is None or booked <= latest,
    )


def _may_be_in_post(facts: Facts | CaseFacts, day: Day) -> bool:
    """A quick first look: False where no post is near the day."""
    if isinstance(facts, CaseFacts):
        return True
    return any(post.first <= day <= post.last + LONGEST_PAUSE for post in facts.posts)


def interval_at(clockwork: Clockwork, spell: Spell, days: Sequence[Day], when: Day) -> Interval | None:
    """The interval that holds a day, as if nothing was held after it; None before records begin."""
    segment = spell.segment_at(when)
    if segment is None:
        return None
    held = days[bisect_left(days, segment.first) : bisect_right(days, when)]
    anchor = held[-1] if held else segment.first
    return clockwork.interval(spell, segment, anchor, None, is_first=not held)


def _status(due_day: Day | None, latest: Day | None, day: Day, clock: Clock | None) -> str:
    if due_day is None:
        return "on_track"
    if latest is not None and day > latest:
        return "gap"
    if day > due_day:
        return "overdue"
    return "due_soon" if clock and due_day - day <= clock.soon_days else "on_track"


def _booked(clockwork: Clockwork, facts: Facts | CaseFacts) -> Day | None:
    if not facts.booked:
        return None
    clock = clockwork.rulebook.clock_on(clockwork.clock, clockwork.as_at)
    kinds = clock.counts if clock else ()
    return min((facts.booked[kind] for kind in kinds if kind in facts.booked), default=None)
