"""Answers as a person reads them in a terminal. Imported when there is something to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from supervise import wording
from supervise.cadence import Clockwork, Gap, Standing
from supervise.cli.tables import say, table
from supervise.compliance import BANDS, Measures, band
from supervise.service import Service
from supervise.store.search import Found
from supervise.wording import counted, joined


def show_board(clockwork: Clockwork, service: Service, found: list[Standing]) -> None:
    """The board, team by team, the worst first."""
    click.echo(f"As at {wording.long_day(clockwork.as_at)}: {_one_sentence(found)}\n")
    teams: dict[str, list[Standing]] = {}
    for each in found:
        teams.setdefault(each.tenure.post.team if each.tenure else "Not in post", []).append(each)
    for team in sorted(teams, key=lambda team: (team == "Not in post", team)):
        rows = [
            (
                wording.STATUS[each.status], _called(service, each.subject, each.tenure),
                _day(each.last_held), _day(each.due), _day(each.late_by), _booked(each),
            )
            for each in sorted(teams[team], key=_worst_first)
        ]  # fmt: skip
        click.echo(f"{team}\n")
        heads = ("Status", "Person", "Last held", "Due", "Late after", "Booked")
        click.echo(table(heads, rows, widths=(14, 16, 11, 11, 11, 12)) + "\n")
    away = [
        service.name(each.subject) or each.subject
        for each in found
        if each.away and each.status != "absent"
    ]
    if away:
        say(f"Away now: {', '.join(away)}.")


def _one_sentence(found: list[Standing]) -> str:
    def having(status: str) -> int:
        return sum(each.status == status for each in found)

    parts = [
        counted(having("gap"), "gap"),
        f"{having('overdue')} overdue",
        f"{having('due_soon')} due soon",
    ]
    return f"{joined(parts)}."


def _worst_first(each: Standing) -> tuple[int, str]:
    order = (
        "gap",
        "overdue",
        "due_soon",
        "on_track",
        "absent",
        "not_recorded",
        "no_rule",
        "not_in_post",
    )
    return order.index(each.status), each.subject


_MADE = 36  # the length of a UUID


def _called(service: Service, subject: str, tenure: Any) -> str:
    name = service.name(subject)
    if name:
        # Ids that the program made say nothing to anybody: a name that is nobody else's stands alone.
        alone = len(subject) == _MADE and list(service.names.values()).count(name) == 1
        return name if alone else f"{name} ({subject})"
    return f"{subject} ({service.name(tenure.person)})" if tenure else subject


def _day(when: int | None) -> str:
    return "–" if when is None else wording.day(when)


def _booked(each: Standing) -> str:
    if each.booked_on is None:
        return "–"
    return _day(each.booked_on) + ("" if each.booked_in_time else ", late")


def show_gaps(clockwork: Clockwork, service: Service, found: list[Gap]) -> None:
    """The gaps, longest first, and how many there are of each length."""
    click.echo(f"As at {wording.long_day(clockwork.as_at)}: {wording.counted(len(found), 'gap')}.\n")
    rows = [
        (
            _called(service, gap.subject, gap.tenure), _day(gap.last_held) if gap.last_held else "never",
            _day(gap.due), _day(gap.first_late_day), _until(gap), gap.days_late,
        )
        for gap in sorted(found, key=lambda gap: (-gap.days_late, gap.subject, gap.first_late_day))
    ]  # fmt: skip
    if rows:
        heads = ("Person", "Last held", "Due", "Late from", "Until", "Days")
        click.echo(table(heads, rows, widths=(20, 11, 11, 11, 11, 5)) + "\n")
        click.echo(_bands(found))


def _until(gap: Gap) -> str:
    if gap.ended in ("open", "stopped"):
        return "■ open" if gap.ended == "open" else "⏸ clock stopped"
    how = {"session": "held", "absent": "away", "left": "left"}[gap.ended]
    return f"{wording.day(gap.last_late_day)} {how}"


def _bands(found: list[Gap]) -> str:
    bands = [band(gap) for gap in found]
    return "; ".join(f"{name}: {bands.count(name)}" for name in BANDS if name in bands) + "."


def where_from(here: Any) -> list[str]:
    """Where the answers of a service store come from, and how old that is; nothing for any other store.
    `here` is the workspace."""
    from supervise.gathering import where_from

    return where_from(here.store, here.today())


def show_lines(lines: Sequence[str]) -> None:
    """Sentences, each on lines of its own."""
    for line in lines:
        say(line)


def show_entered_later(here: Any, clockwork: Clockwork) -> None:
    """The gaps that later entries changed: before, after, by whom, when. `here` is the workspace."""
    changed = here.changed_gaps(clockwork)
    click.echo(f"{wording.counted(len(changed), 'gap')} changed by later entries.\n")
    rows = [
        (
            each.subject, f"{_day(each.before.first_late_day)} – {_day(each.before.last_late_day)}",
            each.before.days_late, sum(gap.days_late for gap in each.after), each.what,
            f"{_day(each.entered_on)}, {each.by or 'not known'}",
        )
        for each in changed
    ]  # fmt: skip
    if rows:
        heads = ("Person", "Gap as it was", "Days", "Now", "Entered", "On, by")
        click.echo(table(heads, rows, widths=(12, 14, 5, 5, 12, 18)))


def flat(group: dict[str, Any]) -> dict[str, Any]:
    """A group of measures on one line: each share as two columns."""
    flat: dict[str, Any] = {}
    for name, value in group.items():
        if isinstance(value, list) and name != "excluded":
            flat[f"{name}_n"], flat[f"{name}_of"] = value
        elif name == "excluded":
            flat[name] = len(value)
        elif name != "supervised_in_month":
            flat[name] = value
    return flat


#: Headlines first. What each counts is said beside it, on_time last and never alone.
_MEASURES = (
    ("covered_days", "Days covered", "days in scope that were not late"),
    ("clear_months", "Clear months", "months of a person without a late day"),
    ("in_policy", "In policy", "people not in a gap at the end"),
    ("evidenced", "Evidenced", "held, recorded, shared, signed"),
    ("long_enough", "Long enough", "as long as the policy asks"),
    ("on_time", "On time", "due; a gap of a year counts once"),
)


def show_measures(group: Measures, service: Service) -> None:
    """The measures of a group, each with what it counts."""
    if group.group is not None:
        click.echo(f"{service.name(group.group) or group.group}\n")
    rows = [(name, getattr(group, field).words(), what) for field, name, what in _MEASURES]
    rows += [
        (f"Supervised in {month}", share.words(), "" if at else "people with a session in the month")
        for at, (month, share) in enumerate(group.supervised_in_month.items())
    ]
    rows.append(("Gaps", str(group.gaps), f"{group.gaps_carried_in} of them carried in"))
    rows.append(("Longest gap", wording.days(group.longest_gap_days), "all its late days"))
    click.echo(table(("Measure", "Share", "What it counts"), rows, widths=(22, 21, 33)))
    if group.excluded:
        why = {
            "not_in_post": "not in post",
            "not_recorded": "no records",
            "absent": "away",
            "no_rule": "no rule",
        }
        names = [
            f"{service.name(each.person) or each.subject} ({why[each.reason]})"
            for each in group.excluded
        ]
        click.echo("")
        say(f"Left out: {', '.join(names)}.")
    click.echo("")


def show_found(found: Sequence[Found]) -> None:
    """Where words were found: the kind of fact, its id, and the words around."""
    rows = [(wording.words(each.kind).capitalize(), each.id, each.snippet) for each in found]
    if rows:
        click.echo(table(("In", "Id", "Words"), rows, widths=(16, 16, 44)))
    else:
        say("Nothing was found. Try fewer words, or the beginning of one.")
