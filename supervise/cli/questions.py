"""Commands that ask: status, gaps, measures, explain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from supervise.cli import Asked
from supervise.cli.opening import workspace

if TYPE_CHECKING:
    from supervise.cadence import Clockwork, Gap, Standing
    from supervise.compliance import Measures
    from supervise.service import Service

Command = Callable[..., Any]


class DayParam(click.ParamType[int]):
    """A day written yyyy-mm-dd."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            found = datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"“{value}” is not a date written like 2017-03-14.", param, context)
        if not date(1900, 1, 1) <= found < date(2199, 1, 1):
            self.fail(f"The year of “{value}” cannot be right.", param, context)
        return found.toordinal()


DAY = DayParam()


def asking(command: Command) -> Command:
    """The options that every question has."""
    for option in (
        click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table"),
        click.option("--clock", metavar="NAME", help="The clock to go by, such as one_to_one."),
        click.option("--as-at", type=DAY, metavar="DAY", help="The day to tell it for; today if not given."),
    ):
        command = option(command)
    return command


def knowing(command: Command) -> Command:
    """The options of questions about people."""
    for option in (
        click.option("--team", metavar="TEAM", help="Only this team."),
        click.option("--known-at", type=DAY, metavar="DAY", help="Only what had been recorded by then."),
    ):
        command = option(command)
    return command


@click.command()
@asking
@knowing
@click.pass_obj
def status(
    asked: Asked, form: str, clock: str | None, as_at: int | None, team: str | None, known_at: int | None
) -> None:
    """Where everyone stands: what is due, what is late, who has a gap."""
    from supervise.answers import Said
    from supervise.cli.tables import as_csv, as_json

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        service, found = here.board(clockwork, known_at, team)
    answer = Said(clockwork, service, known_at).status(found)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv(answer["people"]))
    else:
        _show_board(clockwork, service, found)


def _show_board(clockwork: Clockwork, service: Service, found: list[Standing]) -> None:
    from supervise import wording
    from supervise.cli.tables import say, table

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
    away = [service.name(each.subject) or each.subject for each in found if each.away and each.status != "absent"]
    if away:
        say(f"Away now: {', '.join(away)}.")


def _one_sentence(found: list[Standing]) -> str:
    from supervise.wording import counted, joined

    def having(status: str) -> int:
        return sum(each.status == status for each in found)

    parts = [counted(having("gap"), "gap"), f"{having('overdue')} overdue", f"{having('due_soon')} due soon"]
    return f"{joined(parts)}."


def _worst_first(each: Standing) -> tuple[int, str]:
    order = ("gap", "overdue", "due_soon", "on_track", "absent", "not_recorded", "no_rule", "not_in_post")
    return order.index(each.status), each.subject


def _called(service: Service, subject: str, tenure: Any) -> str:
    name = service.name(subject)
    if name:
        return f"{name} ({subject})"
    return f"{subject} ({service.name(tenure.person)})" if tenure else subject


def _day(when: int | None) -> str:
    from supervise import wording

    return "–" if when is None else wording.day(when)


def _booked(each: Standing) -> str:
    if each.booked_on is None:
        return "–"
    return _day(each.booked_on) + ("" if each.booked_in_time else ", late")


@click.command()
@click.option("--from", "first", type=DAY, metavar="DAY", help="Only gaps with a late day from this day on.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Only gaps with a late day up to this day.")
@click.option("--entered-later", is_flag=True,
              help="Instead, the gaps that entries made over a week late have shortened or removed.")  # fmt: skip
@asking
@knowing
@click.pass_obj
def gaps(
    asked: Asked, first: int | None, last: int | None, entered_later: bool, form: str,
    clock: str | None, as_at: int | None, team: str | None, known_at: int | None,
) -> None:  # fmt: skip
    """Every gap: from when, until when, and how it ended."""
    from supervise.answers import Said
    from supervise.cli.tables import as_csv, as_json

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        if entered_later:
            _show_entered_later(here, clockwork)
            return
        service, found = here.gaps(clockwork, known_at, team, first, last)
    answer = Said(clockwork, service, known_at).gaps(found)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv(answer["gaps"]))
    else:
        _show_gaps(clockwork, service, found)


def _show_gaps(clockwork: Clockwork, service: Service, found: list[Gap]) -> None:
    from supervise import wording
    from supervise.cli.tables import table

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
    from supervise import wording

    if gap.ended in ("open", "stopped"):
        return "■ open" if gap.ended == "open" else "⏸ clock stopped"
    how = {"session": "held", "absent": "away", "left": "left"}[gap.ended]
    return f"{wording.day(gap.last_late_day)} {how}"


def _bands(found: list[Gap]) -> str:
    from supervise.compliance import BANDS, band

    bands = [band(gap) for gap in found]
    return "; ".join(f"{name}: {bands.count(name)}" for name in BANDS if name in bands) + "."


def _show_entered_later(here: Any, clockwork: Clockwork) -> None:
    from supervise import wording
    from supervise.cli.tables import table

    changed = here.changed_gaps(clockwork)
    click.echo(f"{wording.counted(len(changed), 'gap')} changed by later entries.\n")
    rows = [
        (
            each.person, f"{_day(each.before.first_late_day)} – {_day(each.before.last_late_day)}",
            each.before.days_late, sum(gap.days_late for gap in each.after), each.what,
            f"{_day(each.entered_on)}, {each.by or 'not known'}",
        )
        for each in changed
    ]  # fmt: skip
    if rows:
        heads = ("Person", "Gap as it was", "Days", "Now", "Entered", "On, by")
        click.echo(table(heads, rows, widths=(12, 14, 5, 5, 12, 18)))


@click.command()
@click.option("--from", "first", type=DAY, metavar="DAY", required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, metavar="DAY", required=True, help="Last day of the period.")
@click.option("--by", type=click.Choice(["team", "role", "basis", "supervisor"]), help="Group by group.")
@asking
@click.pass_obj
def measures(
    asked: Asked, first: int, last: int, by: str | None, form: str, clock: str | None, as_at: int | None
) -> None:
    """Days covered, clear months and more, over a period.

    Each share is given with what it is a share of.
    """
    from supervise.answers import Said
    from supervise.cli.tables import as_csv, as_json

    with workspace(asked) as here:
        clockwork = here.clockwork(clock, as_at)
        service, found = here.measures(clockwork, first, last, by)
    answer = Said(clockwork, service, None).measures(found, first, last)
    if form == "json":
        click.echo(as_json(answer))
    elif form == "csv":
        click.echo(as_csv([_flat(group) for group in answer["groups"]]))
    else:
        for group in found:
            _show_measures(group, service)


def _flat(group: dict[str, Any]) -> dict[str, Any]:
    """A group on one line: each share as two columns."""
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


def _show_measures(group: Measures, service: Service) -> None:
    from supervise import wording
    from supervise.cli.tables import say, table

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
        why = {"not_in_post": "not in post", "not_recorded": "no records", "absent": "away", "no_rule": "no rule"}
        names = [f"{service.name(each.person) or each.subject} ({why[each.reason]})" for each in group.excluded]
        click.echo("")
        say(f"Left out: {', '.join(names)}.")
    click.echo("")


@click.command()
@click.argument("subject", metavar="PERSON_ID")
@click.option("--clock", metavar="NAME", help="The clock to go by, such as one_to_one.")
@click.option("--as-at", type=DAY, metavar="DAY", help="The day to tell it for; today if not given.")
@click.pass_obj
def explain(asked: Asked, subject: str, clock: str | None, as_at: int | None) -> None:
    """Why somebody stands where they do: dates, sums and source."""
    from supervise.cli.tables import say

    with workspace(asked) as here:
        told = here.explain(subject, here.clockwork(clock, as_at))
    for at, sentences in enumerate(told):
        if at == 1:
            click.echo("Gaps, the newest first:\n")
        if at and sentences[-1] == told[0][-1]:
            sentences = sentences[:-1]  # the same policy again
        say(" ".join(sentences))
        click.echo("")


COMMANDS = (status, gaps, measures, explain)
