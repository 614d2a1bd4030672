"""Which headings a record begins with.

A template that is called after a role or a kind of session ("Newly qualified", "Group") is for that role or
kind; every other is for all. A team's own go before the general ones, and of each the one that is called
after the role or kind before the others. Where several are left, the first by name is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from supervise.doing.sheet import Heading
from supervise.fields import KNOWN_ROLES, SESSION_KINDS
from supervise.store import Row, Store
from supervise.wording import words
from supervise.workdays import Day, iso

#: Where a service has made no template: what the guidance and audit tools of councils ask for in common.
BUILT_IN = (
    Heading(heading="Wellbeing", prompt="How are you, at work and around it? What would help?"),
    Heading(heading="Workload", prompt="How does the caseload feel? What has to give?"),
    Heading(
        heading="Case discussions",
        part="case",
        prompt="By case reference: what has changed, what worries us, what is decided and why?",
    ),
    Heading(heading="Reflection", prompt="One piece of work in depth: what did you notice, and feel?"),
    Heading(heading="Practice", prompt="What has gone well? Where would you like to be firmer?"),
    Heading(heading="Learning", prompt="What have you learned? What comes next, and when?"),
    Heading(
        heading="Leave, health and safety", prompt="Leave and time owed, lone working, registration."
    ),
    Heading(heading="Team matters", prompt="What does the team, or the service, need to hear?"),
    Heading(heading="Seen differently", prompt="Is there anything we do not agree on?"),
)


def post_on(store: Store, person: str, on: Day) -> Row | None:
    """The row of the post that covers a day; of two, the one that began later. None outside every post."""
    when = iso(on)
    covering = [
        row
        for row in store.rows("post", person_id=person)
        if row["from"] <= when and (row["to"] is None or row["to"] >= when)
    ]
    return max(covering, key=lambda row: row["from"], default=None)


def agenda_for(store: Store, person: str, on: Day, kind: str) -> list[Heading]:
    """The headings for a session of that kind with a person on a day."""
    post = post_on(store, person, on) or {}
    return agenda(list(store.rows("template")), post.get("team"), post.get("role"), kind)


def agenda(templates: Sequence[Row], team: str | None, role: str | None, kind: str) -> list[Heading]:
    """The headings for a session of that kind with somebody in that team and role.

    `templates` are the store's rows of templates. An ad-hoc conversation has none: it is a note.
    """
    if kind == "ad_hoc":
        return []
    chosen = _chosen(templates, team, role, kind)
    rows = sorted((row for row in templates if _key(row) == chosen), key=lambda row: row["position"])
    found = [
        Heading(heading=row["heading"], part=row["part"] or "personal", prompt=row["prompt"])
        for row in rows
    ]
    return found or list(BUILT_IN)


def _key(row: Row) -> tuple[str | None, str]:
    return row["team"], row["template"]


def _chosen(
    templates: Sequence[Row], team: str | None, role: str | None, kind: str
) -> tuple[str | None, str] | None:
    fitting = [
        (row["team"] is None, _meant_for(row["template"]) is None, row["template"], row["team"])
        for row in templates
        if row["team"] in (None, team) and _meant_for(row["template"]) in (None, role, kind)
    ]
    if not fitting:
        return None
    *_, name, of = min(fitting, key=lambda each: each[:3])
    return of, name


def _meant_for(template: str) -> str | None:
    """The role or kind that a template is called after: "Group", "Group supervision", "Newly qualified"."""
    name = f"{template.casefold().strip()} "
    for word in (*KNOWN_ROLES, *SESSION_KINDS):
        said = f"{words(word).casefold()} "
        if name.startswith(said) or (" " in name.strip() and said.startswith(name)):
            return word
    return None
