"""What a policy says, in plain words: to read one, and to lay two side by side.

Both come from one list of points, so that whatever can be read of a policy is also compared. Rules are told
by the role they are for, in the order in which they are tried, because that is what a person asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from supervise.fields import ABSENCE_KINDS, KNOWN_ROLES
from supervise.policies import Clock, Policy, Rule, Since
from supervise.wording import day as said_day
from supervise.wording import days, joined, minutes, words, working_days

NOTHING = "nothing"
"""What stands on the side of a policy that says nothing of it."""


class Difference(NamedTuple):
    """One thing that two policies say differently, with the words of each."""

    what: str
    in_a: str
    in_b: str


class _Point(NamedTuple):
    """One thing said, under a heading; `of` is the clock, if it is one's, and `role` the role."""

    heading: str
    what: str
    said: str
    of: str | None = None
    role: str | None = None


_ABOUT, _AWAY, _CHANGES = "About this policy", "Time away", "Returns and new supervisors"
_ANY_ROLE = "Any other role"
_SINCE = {
    Since.EMPLOYED_FROM: "the first day with the council",
    Since.REGISTERED_ON: "registration",
    Since.SPELL_START: "the first day in post",
    Since.ROLE_START: "the first day in the role",
}


def describe(policy: Policy) -> list[tuple[str, list[str]]]:
    """A policy to be read: headings, with sentences under each."""
    found: dict[str, list[str]] = {}
    for point in _points(policy, _roles(policy)):
        found.setdefault(point.heading, []).append(f"{point.what}: {point.said}.")
    return list(found.items())


def compare(a: Policy, b: Policy) -> list[Difference]:
    """Everything that two policies say differently, in the order in which they are read."""
    roles = _roles(a) | _roles(b)
    in_a, in_b = ({_key(point): point for point in _points(policy, roles)} for policy in (a, b))
    found = []
    for key, point in {**in_a, **in_b}.items():
        clock = point.of
        if clock is not None and not (a.clock(clock) and b.clock(clock)):
            continue
        said = [points[key].said if key in points else NOTHING for points in (in_a, in_b)]
        if said[0] != said[1]:
            alone = point.heading in (_ABOUT, _CHANGES)
            what = point.what if alone else f"{point.heading}: {point.what}"
            found.append(Difference(what, *said))
    return found + _clocks_of_one(a, b)


def _clocks_of_one(a: Policy, b: Policy) -> list[Difference]:
    """The clocks that only one of two policies has, each as a whole."""
    found = []
    for one, other in ((a, b), (b, a)):
        for clock in one.clocks:
            if other.clock(clock.name) is None:
                points = list(_of_clock(clock, sorted(_roles(one), key=_role_order)))
                whole = "; ".join(f"{point.what}: {point.said}" for point in points)
                said = (whole, NOTHING) if one is a else (NOTHING, whole)
                found.append(Difference(points[0].heading, *said))
    return found


def _key(point: _Point) -> tuple[str | None, str, str | None]:
    return point.of, point.what, point.role


def _roles(policy: Policy) -> set[str]:
    return {role for clock in policy.clocks for rule in clock.rules for role in rule.roles}


def _points(policy: Policy, roles: Collection[str]) -> Iterator[_Point]:
    """Everything that a policy says, one thing after the other; `roles` are those told by themselves."""
    begins = policy.effective_from
    yield _Point(_ABOUT, "Title", policy.title)
    yield _Point(_ABOUT, "Short name", policy.id)
    yield _Point(_ABOUT, "Source", policy.source or "none given")
    yield _Point(_ABOUT, "In force", "always" if begins is None else f"from {said_day(begins)}")
    for clock in policy.clocks:
        yield from _of_clock(clock, sorted(roles, key=_role_order))
    for kind in ABSENCE_KINDS:
        yield _Point(_AWAY, words(kind), _stops(policy.suspends.get(kind)))
    yield _Point(_CHANGES, "After a return", _within(policy.return_within_working_days, "the return"))
    new = policy.new_supervisor_within_working_days
    yield _Point(_CHANGES, "With a new supervisor", _within(new, "the first day with them"))


def _role_order(role: str) -> tuple[int, str]:
    known = KNOWN_ROLES.index(role) if role in KNOWN_ROLES else len(KNOWN_ROLES)
    return known, role


def _stops(longer_than: int | None) -> str:
    if longer_than is None:
        return "does not stop the clock"
    return (
        f"stops the clock if longer than {days(longer_than)}"
        if longer_than
        else "stops the clock, however short"
    )


def _within(n: int | None, counted: str) -> str:
    return f"a session within {working_days(n)}, {counted} counted" if n else "nothing more is asked"


def _of_clock(clock: Clock, roles: Iterable[str]) -> Iterator[_Point]:
    heading = f"Clock “{words(clock.name)}”"
    grace, length = clock.grace_working_days, clock.min_minutes
    unreached = _never_reached(clock)
    said: list[tuple[str, str, str | None]] = [
        ("Runs for", "each person" if clock.per == "person" else "each case", None),
        ("Sessions that count", joined([words(kind) for kind in sorted(clock.counts)]), None),
        *((words(role), _asked(clock, role), role) for role in roles),
        (_ANY_ROLE, _asked(clock, None), None),
        ("Grace after the due day", working_days(grace) if grace else "none", None),
        ("Due soon", f"{days(clock.soon_days)} before the due day", None),
        ("Length", "no minimum" if length is None else f"at least {minutes(length)}", None),
        ("Rules are called", joined([f"“{rule.title}”" for rule in clock.rules]), None),
        *((("Never reached", "; ".join(map(_whole, unreached)), None),) if unreached else ()),
    ]
    for what, words_of_it, role in said:
        yield _Point(heading, what, words_of_it, clock.name, role)


def _asked(clock: Clock, role: str | None) -> str:
    """What is asked of a role (None: of any that no rule names), rule after rule."""
    found = [_rule(rule) for rule in _reached(clock, role)]
    return "; otherwise ".join(found) if found else "no rule"


def _reached(clock: Clock, role: str | None) -> list[Rule]:
    """The rules that can hold for a role, up to the first that always does."""
    found = []
    for rule in clock.rules:
        if not rule.roles or role in rule.roles:
            found.append(rule)
            if _always_holds(rule):
                break
    return found


def _always_holds(rule: Rule) -> bool:
    """Whether nothing of its role can go past it."""
    from_the_start = rule.since in (None, Since.SPELL_START, Since.ROLE_START)
    return from_the_start and not (rule.bases or rule.plans or rule.after or rule.until)


def _never_reached(clock: Clock) -> list[Rule]:
    """The rules of which every role is asked something else by an earlier one."""
    roles = sorted({role for rule in clock.rules for role in rule.roles})
    reached = {id(rule) for role in (None, *roles) for rule in _reached(clock, role)}
    return [rule for rule in clock.rules if id(rule) not in reached]


def _rule(rule: Rule) -> str:
    """A rule without its roles: “every 1 week up to 6 weeks after registration, the first within 5 days”."""
    first = f", the first within {rule.first_within}" if rule.first_within else ""
    conditions = [f"basis {_either(rule.bases)}"] if rule.bases else []
    conditions += [f"plan {_either(rule.plans)}"] if rule.plans else []
    only = f" (only {', '.join(conditions)})" if conditions else ""
    return f"every {rule.every}{_when(rule)}{first}{only}"


def _either(some: Iterable[str]) -> str:
    """Words of which one must fit, with their code where it is another: “Looked after (lac)”."""
    said = [
        words(one) if words(one).casefold() == one else f"{words(one)} ({one})" for one in sorted(some)
    ]
    return " or ".join(said)


def _when(rule: Rule) -> str:
    if rule.since is None:
        return ""
    since = _SINCE[rule.since]
    if rule.after and rule.until:
        return f" later than {rule.after} and up to {rule.until} after {since}"
    if rule.after or rule.until:
        how = f"later than {rule.after}" if rule.after else f"up to {rule.until}"
        return f" {how} after {since}"
    return f" from {since} on"


def _whole(rule: Rule) -> str:
    who = joined([words(role) for role in sorted(rule.roles, key=_role_order)])
    return f"{who or 'everybody'} {_rule(rule)}"
