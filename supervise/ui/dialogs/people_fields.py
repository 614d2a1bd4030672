"""What is asked about somebody, kind by kind: labels, hints, and choices in words. Said once, here.

What a field may hold stands in `supervise.fields`; a row of the store is made of a form's values by `as_row`,
and the other way round by `as_values`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from supervise import fields as facts
from supervise.doing.listing import Listed
from supervise.doing.staff import Staff
from supervise.ui.desk import Desk
from supervise.ui.forms import Field
from supervise.wording import words
from supervise.workdays import day, iso

Row = dict[str, Any]
Choices = list[tuple[Any, str]]

WEEK_HINT = "Such as “Mon, Tue, Wed” or “Monday to Thursday”. Dates are proposed on these days only."
SUPERVISOR_HINT = "Who supervises them. Type a few letters, or leave it empty if nobody is named yet."
_SHARE_HINT = "1 is full time, 0.6 is three days of five."
_FREQUENCY_HINT = "Such as “6 weeks”, “1 month” or “20 working days”."

#: The fields of each kind in the order in which they are asked for. Choices are filled in by `fields_for`.
ASKED: dict[str, tuple[Field, ...]] = {
    "person": (
        Field(name="name", label="&Name", required=True),
        Field(name="employed_from", label="First day with the &council", kind="day",
              hint="The steps of a newly qualified worker are counted from it."),
        Field(name="registered_on", label="R&egistered on", kind="day"),
        Field(name="records_from", label="Records complete &from", kind="day",
              hint="Days before it are shown as “no records” and are never late."),
        Field(name="left_on", label="&Last day with the council", kind="day",
              hint="No post runs beyond it."),
        Field(name="staff_no", label="St&aff number"),
        Field(name="email", label="E-&mail address"),
        Field(name="registration_no", label="Re&gistration number"),
    ),
    "post": (
        Field(name="team", label="&Team", kind="choice", typed=True, required=True),
        Field(name="role", label="R&ole", kind="choice", typed=True, required=True,
              hint="Choose one, or type another."),
        Field(name="basis", label="&Basis", kind="choice"),
        Field(name="supervisor_id", label="&Supervisor", kind="choice", typed=True, hint=SUPERVISOR_HINT),
        Field(name="fte", label="Full-time s&hare", hint=_SHARE_HINT),
        Field(name="days", label="&Working days", hint=WEEK_HINT),
        Field(name="from", label="&First day", kind="day", required=True),
        Field(name="to", label="&Last day", kind="day", hint="Leave it empty while it goes on."),
    ),
    "absence": (
        Field(name="kind", label="&Kind", kind="choice", required=True,
              hint="Shown on their own page only. Elsewhere they are “away”."),
        Field(name="from", label="&First day", kind="day", required=True),
        Field(name="to", label="&Last day", kind="day", hint="Leave it empty while the end is not known."),
    ),
    "variation": (
        Field(name="clock", label="&What for", kind="choice", required=True),
        Field(name="every", label="&Every", required=True, hint=_FREQUENCY_HINT),
        Field(name="from", label="&First day", kind="day", required=True),
        Field(name="to", label="&Last day", kind="day", hint="Leave it empty while it goes on."),
        Field(name="reason", label="&Reason", kind="long"),
        Field(name="approved_by", label="&Agreed by"),
    ),
    "agreement": (
        Field(name="signed_on", label="&Signed on", kind="day", required=True),
        Field(name="review_on", label="&Review on", kind="day"),
        Field(name="supervisor_id", label="S&upervisor", kind="choice", typed=True),
        Field(name="text", label="&What was agreed", kind="long"),
    ),
    "case_allocation": (
        Field(name="case_ref", label="Case &number", required=True,
              hint="The number only, never a child’s name."),
        Field(name="plan", label="&Plan", kind="choice", typed=True, hint="Choose one, or type another."),
        Field(name="from", label="&First day", kind="day", required=True),
        Field(name="to", label="&Last day", kind="day", hint="Leave it empty while it is theirs."),
    ),
    "explanation": (
        Field(name="reason", label="&Reason", required=True, hint="One line is enough."),
        Field(name="text", label="&More about it", kind="long"),
    ),
}  # fmt: skip

_PLANS = ("cp", "cin", "lac", "care_leaver", "early_help", "assessment")
"""The plans that a pasted caseload is read into (`exchange.caseload`)."""


def fields_for(
    desk: Desk, kind: str, row: Mapping[str, Any], people: Sequence[Listed] | None = None
) -> list[Field]:
    """The fields of a kind with their choices, holding what the row holds."""
    values = as_values(kind, row)
    return [
        replace(
            field, choices=_choices(desk, kind, field.name, row, people), value=values.get(field.name)
        )
        for field in ASKED[kind]
    ]


def as_values(kind: str, row: Mapping[str, Any]) -> Row:
    """What a form shows of a row: days as numbers, and numbers as people write them."""
    of = facts.BY_NAME[kind]
    found = {
        name: row[name] for name in (field.name for field in of.fields) if row.get(name) is not None
    }
    for name, value in found.items():
        if of.field(name).holds is facts.Holds.DAY:
            found[name] = day(value)
        elif of.field(name).holds is facts.Holds.NUMBER:
            found[name] = f"{value:g}"
    return found


def as_row(kind: str, values: Mapping[str, Any]) -> Row:
    """A row of the store of what stands in a form. What a field cannot hold stays as it was typed, so that
    `entering.problems` can say what is wrong with it."""
    of = facts.BY_NAME[kind]
    known = {field.name: field for field in of.fields}
    return {name: _stored(known[name], value) for name, value in values.items() if name in known}


def _stored(field: facts.Field, value: Any) -> Any:
    from supervise.exchange.cells import text_of, value_of

    if value is None:
        return None
    if field.holds is facts.Holds.DAY:
        return iso(value)
    try:
        return value_of(field, text_of(value))
    except ValueError:
        return value


def teams(desk: Desk) -> Choices:
    """Every team that anyone is or was in."""
    return [(team, team) for team in desk.workspace.teams()]


def roles() -> Choices:
    """The known roles, in words."""
    return _in_words(facts.KNOWN_ROLES)


def bases() -> Choices:
    """On what basis somebody is in a post, in words."""
    return _in_words(facts.BASES)


def supervisors(
    desk: Desk,
    besides: str | None = None,
    *,
    also: str | None = None,
    people: Sequence[Listed] | None = None,
) -> Choices:
    """Everybody who may be chosen as a supervisor: who supervises now first, then the others who are here.
    `besides` is left out, for nobody supervises themselves; `also` is in it even if they have left. `people`
    are those listed today, if they have been read already."""
    listed, today = Staff(desk.workspace.here).people() if people is None else people, desk.today
    named = {each.supervisor_id for each in listed}
    here = [
        each
        for each in listed
        if each.id != besides and (each.left_on is None or each.left_on >= today or each.id == also)
    ]
    often = Counter(each.name for each in here)
    here.sort(key=lambda each: each.id not in named)  # within each, they stay in order of name
    return [(each.id, _told_apart(each) if often[each.name] > 1 else each.name) for each in here]


def _told_apart(each: Listed) -> str:
    """Two of one name are told apart by their team."""
    return f"{each.name} ({each.team or 'in no post'})"


def _in_words(known: tuple[str, ...]) -> Choices:
    return [(word, words(word)) for word in known]


def _clocks(desk: Desk) -> Choices:
    return _in_words(desk.workspace.rulebook().clock_names())


def _plans(desk: Desk) -> Choices:
    named = {
        plan for policy in desk.workspace.policies() for clock in policy.clocks
        for rule in clock.rules for plan in rule.plans
    }  # fmt: skip
    return _in_words((*_PLANS, *sorted(named - set(_PLANS))))


_OFFERED: dict[tuple[str, str], Callable[[Desk], Choices]] = {
    ("post", "team"): teams,
    ("post", "role"): lambda _: roles(),
    ("post", "basis"): lambda _: bases(),
    ("absence", "kind"): lambda _: _in_words(facts.ABSENCE_KINDS),
    ("variation", "clock"): _clocks,
    ("case_allocation", "plan"): _plans,
}


def _choices(
    desk: Desk, kind: str, name: str, row: Mapping[str, Any], people: Sequence[Listed] | None
) -> Choices:
    if name == "supervisor_id":
        return supervisors(desk, row.get("person_id"), also=row.get("supervisor_id"), people=people)
    offered = _OFFERED.get((kind, name))
    found = offered(desk) if offered else []
    held = row.get(name)
    if offered and held is not None and held not in [value for value, _ in found]:
        found.append((held, words(str(held))))  # such as a clock that no policy has any more
    return found
