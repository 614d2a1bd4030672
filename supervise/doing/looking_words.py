"""Short words of the pages: how often, since when, which phase, what is missing. Pure; no store here."""

from collections.abc import Sequence
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Spell, Stretch
from supervise.people import Person, Post
from supervise.policies import Frequency, Rule, Since, Unit, read_frequency
from supervise.today import BoardRow, GapNow
from supervise.workdays import FOREVER, Day

_ROLES = {"nqsw": "Newly qualified"}  # below a name there is room for so much
_ONE = {
    Unit.DAY: "daily", Unit.WEEK: "weekly", Unit.MONTH: "monthly", Unit.WORKING_DAY: "every working day",
    Unit.CALENDAR_MONTH: "once a calendar month",
}  # fmt: skip
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def how_often(every: str | Frequency) -> str:
    """A frequency as people say it: "weekly", "every 2 weeks", "once a calendar month"."""
    frequency = read_frequency(every) if isinstance(every, str) else every
    return _ONE[frequency.unit] if frequency.n == 1 else f"every {frequency}"


def how_long(days: int) -> str:
    """A length of time as people say it: "five days", "three weeks", "eight months", "2 years"."""
    if days < 14:
        n, thing = days, "day"
    elif days < 91:
        n, thing = days // 7, "week"
    elif days < 730:
        n, thing = round(days / 30.44), "month"
    else:
        n, thing = days * 100 // 36525, "year"
    number = _NUMBERS[n] if n < len(_NUMBERS) else str(n)
    return f"{number} {thing if n == 1 else thing + 's'}"


def role_of(post: Post) -> str:
    """The role as it stands below a name; that somebody comes from an agency is said with it."""
    role = _ROLES.get(post.role) or wording.words(post.role)
    return f"{role}, agency" if post.basis == "agency" else role


# Phases: what is asked for from when until when


class Phase(NamedTuple):
    """Days of a spell on which the same is asked for. `every` is None where nothing is; `last` is FOREVER
    where no end is known, and `post_ends` says that the post ends with it."""

    title: str | None
    every: Frequency | None
    first: Day
    last: Day
    post_ends: bool


def phases(spell: Spell) -> list[Phase]:
    """The phases of a spell in order. An absence that stops the clock ends none."""
    found: list[Phase] = []
    for stretch in spell.stretches:
        first = stretch.first
        if found and found[-1][:2] == (stretch.title, stretch.every):
            first = found.pop().first
        ends = stretch.last == spell.last < FOREVER
        found.append(Phase(stretch.title, stretch.every, first, stretch.last, ends))
    return found


def then(spell: Spell, day: Day) -> str | None:
    """What comes after the phase of a day: "every 2 weeks from 4 Apr 2017". None if nothing is known to."""
    later = [phase for phase in phases(spell) if phase.last >= day][:2]
    if later[0].post_ends:
        return f"post ends {wording.day(later[0].last)}"
    if len(later) < 2:
        return None
    often = how_often(later[1].every) if later[1].every else "nothing asked"
    return f"{often} from {wording.day(later[1].first)}"


def phase_of(spell: Spell, person: Person | None, day: Day) -> str:
    """What is asked for on a day: "week 9, every 2 weeks", "monthly", "no rule"."""
    stretch = spell.at(day)
    if stretch.every is None:
        return "no rule"
    often = how_often(stretch.every)
    if stretch.variation:
        return f"{often}, as agreed"
    start = _since(spell, stretch, person, day)
    return often if start is None else f"week {(day - start) // 7 + 1}, {often}"


def _since(spell: Spell, stretch: Stretch, person: Person | None, day: Day) -> Day | None:
    """The day from which the weeks of a phase that will end are counted."""
    rule: Rule | None = stretch.rule
    if rule is None or rule.until is None:
        return None
    if rule.since is Since.EMPLOYED_FROM:
        return person.employed_from if person else None
    if rule.since is Since.REGISTERED_ON:
        return person.registered_on if person else None
    if rule.since is Since.SPELL_START:
        return spell.first
    start = spell.first
    for each in spell.stretches[: spell.index(day)]:
        if each.tenure.post.role != stretch.tenure.post.role:
            start = each.last + 1
    return start


# Gaps


def about_gap(gap: GapNow) -> list[str]:
    """What is said beside a name with a gap, part by part: "29 days late", "last held 27 Jan 2017",
    "newly qualified, every 2 weeks", "cancelled once (court)"."""
    row = gap.row
    said = [f"{wording.days(row.days_late)} late"]
    said.append(f"last held {wording.day(row.last_held)}" if row.last_held else "none held yet")
    said.append(row.phase[:1].lower() + row.phase[1:].replace(" · ", ", "))
    for status in ("cancelled", "missed"):
        these = [each for each in gap.not_held if each.status == status]
        if these:
            reasons = list(dict.fromkeys(each.reason for each in these if each.reason))
            why = f" ({'; '.join(reasons)})" if reasons else ""
            said.append(f"{status} {wording.times(len(these))}{why}")
    return [*said, *booked_words(row)]


def booked_words(row: BoardRow) -> list[str]:
    """ "booked 16 Mar 2017 at 10:00", with ", too late" where it is; nothing without a booking."""
    if row.booked_on is None:
        return []
    at = f" at {row.booking.start}" if row.booking and row.booking.start else ""
    late = "" if row.booked_in_time or row.status == "gap" else ", too late"
    return [f"booked {wording.day(row.booked_on)}{at}{late}"]


def left_out_why(person: Person, posts: Sequence[Post], day: Day) -> str:
    """Why somebody is not in post on a day."""
    if person.left_on is not None and person.left_on < day:
        return f"Left {wording.day(person.left_on)}"
    coming = [post.first for post in posts if post.first > day]
    if coming:
        return f"Starts {wording.day(min(coming))}"
    if not posts:
        return "No post entered"
    return f"Not in post since {wording.day(max(post.last for post in posts) + 1)}"
