"""The compliance page as tables of plain cells: what is exported and copied is what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supervise import wording
from supervise.compliance import Measures, Share
from supervise.doing.policy_words import describe
from supervise.doing.showing_found import Compliance
from supervise.doing.showing_later import Changed
from supervise.doing.showing_measures import BY, MEASURES, SUPERVISED
from supervise.exchange.tables_out import Cell, OutTable
from supervise.wording import OnDay
from supervise.workdays import Day, day

NOT_ENCRYPTED = "This file is not encrypted. It names people: keep it where such records are kept."
MEASURED, MONTHS, GAPS, LEFT_OUT = "Measures", "Month by month", "Gaps", "Left out"


def percent(share: Share) -> str:
    """ "73 %", or "none due": never 100 % of nothing."""
    return share.words().rpartition("(")[2].rstrip(")")


def fraction(share: Share) -> str:
    """ "71 of 97"; empty with nothing to divide by."""
    return f"{share.n:,} of {share.d:,}" if share.d else ""


def month_name(first: Day) -> str:
    """ "Oct 2018"."""
    return wording.day(first).split(" ", 1)[1]


def tables(found: Compliance, changed: Sequence[Changed]) -> Iterator[OutTable]:
    """Everything that the page shows, a table for each part, each made when it is asked for."""
    yield measures_table(found)
    yield months_table(found)
    yield gaps_table(found)
    yield left_out_table(found)
    if found.by:
        yield groups_table(found)
    yield supervised_table(found)
    yield changed_table(found, changed)
    yield rules_table(found)


def about_table(found: Compliance, by: str, on: Day, sources: Sequence[str] = ()) -> OutTable:
    """What the tables are of, and how they are to be handled."""
    rows: list[list[Cell]] = [
        ["Compliance", "Everyone" if found.team is None else found.team],
        ["Clock", wording.words(found.clock)],
        ["From", OnDay(found.first)],
        ["To", OnDay(found.last)],
        ["As at", OnDay(found.as_at)],
        ["Exported on", OnDay(on)],
        ["Exported by", by],
    ]
    rows += [["Where from", sentence] for sentence in sources]
    rows.append(["Handling", NOT_ENCRYPTED])
    return OutTable("About", ("What", "Which"), rows)


def measures_table(found: Compliance) -> OutTable:
    """The measures of the whole."""
    rows: list[list[Cell]] = []
    for measured in MEASURES:
        share: Share = getattr(found.whole, measured.name)
        rows.append([measured.title, share.n, share.d, percent(share), found.counts(measured.name)])
    whole = found.whole
    rows.append(["Gaps", whole.gaps, None, "", "Gaps with a late day in the period."])
    rows.append(
        [
            "Carried in",
            whole.gaps_carried_in,
            None,
            "",
            "Those that began before it, which on time cannot see.",
        ]
    )
    rows.append(
        ["Longest gap, days", whole.longest_gap_days, None, "", "All its late days, whenever they were."]
    )
    rows += [[f"Gaps, {name}", n, None, "", "Gaps of that length."] for name, n in found.bands]
    return OutTable(MEASURED, ("Measure", "Count", "Of", "Share", "What it counts"), rows)


def groups_table(found: Compliance) -> OutTable:
    """The measures group by group."""
    titles = [BY[found.by or ""]]
    for measured in MEASURES:
        titles += [measured.title, f"{measured.title}, of", f"{measured.title}, share"]
    titles += ["Gaps", "Carried in", "Longest gap, days", "Left out"]
    rows: list[list[Cell]] = [[group.title, *_cells(group.measures)] for group in found.groups]
    return OutTable("Groups", titles, rows)


def _cells(of: Measures) -> Iterator[Cell]:
    for measured in MEASURES:
        share: Share = getattr(of, measured.name)
        yield from (share.n, share.d, percent(share))
    yield from (of.gaps, of.gaps_carried_in, of.longest_gap_days, len(of.excluded))


def supervised_table(found: Compliance) -> OutTable:
    """Who was supervised in each month: a description."""
    rows: list[list[Cell]] = [
        [month_name(day(f"{month}-01")), share.n, share.d, percent(share), found.said(SUPERVISED)]
        for month, share in found.whole.supervised_in_month.items()
    ]
    return OutTable("Supervised in the month", ("Month", "Count", "Of", "Share", "What it counts"), rows)


def months_table(found: Compliance) -> OutTable:
    """A row for each person, a column for each whole calendar month."""
    titles = ["Case", "With"] if found.is_case else ["Person", "Team and role"]
    rows: list[list[Cell]] = [
        [each.name, each.about, *(cell.shown for cell in each.cells)] for each in found.people
    ]
    return OutTable(MONTHS, [*titles, *(month_name(first) for first in found.months)], rows)


def gaps_table(found: Compliance) -> OutTable:
    """Every gap, the longest first."""
    titles = [
        "Person", "Team", "Supervisor", "Last held", "Due", "Late from", "Late to", "Days late",
        "Days away", "Ended", "Length", "Carried in", "Late days under", "Reason",
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for each in found.gaps:
        gap, last = each.gap, each.gap.last_held
        rows.append([
            each.name, gap.tenure.post.team, each.supervisor, OnDay(last) if last else "never", OnDay(gap.due),
            OnDay(gap.first_late_day), OnDay(gap.last_late_day), gap.days_late, gap.days_away, each.ended,
            each.band, "yes" if each.carried_in else "no", each.under, each.reason,
        ])  # fmt: skip
    if found.is_case:
        titles = ["Case", *titles]
        rows = [[each.of_case, *row] for each, row in zip(found.gaps, rows, strict=True)]
    return OutTable(GAPS, titles, rows)


def left_out_table(found: Compliance) -> OutTable:
    """Who is in no measure, or only from some day on, and why."""
    rows: list[list[Cell]] = [[each.name, each.why] for each in found.left_out]
    rows += [
        [each.name, f"records begin {wording.day(each.records_from)}"]
        for each in found.records_begin
        if each.records_from is not None
    ]
    return OutTable(LEFT_OUT, ("Case" if found.is_case else "Person", "Why"), rows)


def changed_table(found: Compliance, changed: Sequence[Changed]) -> OutTable:
    """The gaps that later entries changed: before, after, what, when and by whom."""
    rows: list[list[Cell]] = [
        [
            each.name, OnDay(each.before.first_late_day), OnDay(each.before.last_late_day),
            each.before.days_late, each.days_now, each.what, OnDay(each.entered_on), each.by or "not known",
        ]
        for each in changed
    ]  # fmt: skip
    titles = ["Person", "Late from", "Late to", "Days before", "Days now", "Entered", "On", "By"]
    if found.is_case:
        titles = ["Case", *titles]
        rows = [[each.subject, *row] for each, row in zip(changed, rows, strict=True)]
    return OutTable("Changed later", titles, rows)


def rules_table(found: Compliance) -> OutTable:
    """The policies applied, in words."""
    rows: list[list[Cell]] = []
    for rule in found.rules:
        for heading, sentences in describe(rule.policy):
            rows += [
                [rule.policy.title, OnDay(rule.first), OnDay(rule.last), heading, sentence]
                for sentence in sentences
            ]
    return OutTable("Rules", ("Policy", "Applied from", "Applied to", "About", "What it says"), rows)


def as_text(table: OutTable) -> str:
    """A table as text that a spreadsheet takes; never something that it would reckon with."""
    lines = [
        [str(title) for title in table.titles],
        *([_plain(cell) for cell in row] for row in table.rows),
    ]
    return "\n".join("\t".join(line) for line in lines)


def _plain(cell: Cell) -> str:
    if isinstance(cell, OnDay):
        return wording.day(cell.day)
    words = " ".join(str("" if cell is None else cell).split())
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
