"""Who is left out of a period and why, what lacks evidence, what was entered later, and the rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervise import wording
from supervise.doing.policy_words import describe
from supervise.doing.showing_found import Compliance, LeftOut
from supervise.doing.showing_later import Changed
from supervise.ui.bits import emptied, heading, label, notice
from supervise.ui.desk import Desk
from supervise.ui.pages.compliance_parts import Scrolled, WholeTable
from supervise.ui.tables import Column, Table


class RulesTab(Scrolled):
    """Who is in no measure and why, what lacks evidence, what was entered later, and the rules applied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.left_out_said = label("", wrap=True)
        self.left_out = WholeTable(
            Table(
                (
                    Column("Name", lambda each: each.name, width=30),
                    Column("Why", lambda each: each.why, width=40),
                ),
                lambda each: (each.subject, each.why),
            ),
            "Left out",
        )
        self.left_out.opened.connect(self._opened)
        self.evidence = label("", wrap=True)
        self.changed_said = label("", wrap=True)
        self.changed = WholeTable(
            Table(
                _changed_columns(),
                lambda each: (each.subject, each.before.first_late_day, each.what, each.entered_on),
            ),
            "Gaps changed by later entries",
        )
        self.changed.opened.connect(self._opened)
        self.rules = QVBoxLayout()
        for title, things in (
            ("Left out, and where records begin", (self.left_out_said, self.left_out)),
            ("Held, not evidenced", (self.evidence,)),
            ("Gaps changed by later entries", (self.changed_said, self.changed)),
        ):
            self.body.addWidget(heading(title, 2))
            for thing in things:
                self.body.addWidget(thing)
        self.body.addWidget(heading("Rules applied", 2))
        self.body.addLayout(self.rules)
        self.body.addStretch(1)

    def _opened(self, record: LeftOut | Changed) -> None:
        if record.person is not None:
            self.desk.go("person", record.person)

    def show_found(self, found: Compliance) -> None:
        """Show them; what was entered later comes when it has been looked for."""
        rows = [*found.left_out, *_known_in_part(found)]
        self.left_out_said.setText(_left_out_words(found))
        self.left_out.table.show(rows)
        self.left_out.setVisible(bool(rows))
        self.evidence.setText(evidence_words(found))
        self.changed.hide()
        self.changed_said.setText("Being looked for: everybody’s whole history is read for it.")
        emptied(self.rules)
        for line in _rules_lines(found):
            self.rules.addWidget(line)

    def show_changed(self, changed: Sequence[Changed] | None) -> None:
        """Show the gaps that later entries changed; None if that was stopped."""
        if changed is None:
            self.changed_said.setText("Not looked for: it was stopped. F5 looks again.")
        elif changed:
            n = wording.counted(len(changed), "gap was", "gaps were")
            self.changed_said.setText(f"{n} shortened or removed by what was entered over a week late.")
        else:
            self.changed_said.setText(
                "No gap was shortened or removed by what was entered over a week late."
            )
        self.changed.table.show(changed or ())
        self.changed.setVisible(bool(changed))


def _left_out_words(found: Compliance) -> str:
    """How many are left out of the whole period, and of how many only a part of it is known."""
    out, part = len(found.left_out), len(found.records_begin)
    one, more = ("case was", "cases were") if found.is_case else ("person was", "people were")
    said = (
        f"{wording.counted(out, one, more)} in scope on no day of the period" if out
        else "Nobody was left out of the whole period"
    )  # fmt: skip
    known = (
        f"; of {part:,} the records begin within it" if part else "; nobody’s records begin within it"
    )
    return f"{said}{known}."


def _known_in_part(found: Compliance) -> list[LeftOut]:
    return [
        LeftOut(each.subject, each.person, each.name, f"records begin {wording.day(each.records_from)}")
        for each in found.records_begin
        if each.records_from is not None
    ]


def evidence_words(found: Compliance) -> str:
    """What the held sessions lack, step by step, and how many are kept elsewhere."""
    share = found.whole.evidenced
    kept = (
        f" The records of {found.lacking.elsewhere:,} more are kept elsewhere, and counted apart."
        if found.lacking.elsewhere
        else ""
    )
    if share.n == share.d:
        said = (
            "Every session held and kept here is evidenced."
            if share.d
            else "No session held is kept here."
        )
        return said + kept
    steps = [f"{n:,} not yet {step}" for step, n in found.lacking.steps if n]
    held = wording.counted(share.d, "session")
    return f"{share.d - share.n:,} of {held} held and kept here: {wording.joined(steps)}.{kept}"


def _changed_columns() -> tuple[Column, ...]:
    return (
        Column("Name", lambda each: each.name, width=22),
        Column("Without it", lambda each: each.was, width=46),
        Column("Now", lambda each: each.now, width=10),
        Column("Entered", lambda each: f"{each.what}, {wording.day(each.entered_on)}", width=30),
        Column("By", lambda each: each.by or "not known", width=18),
    )


def _rules_lines(found: Compliance) -> list[QWidget]:
    """Each policy, the days on which it held, its source, and what it says of this clock."""
    lines: list[QWidget] = []
    if not found.rules:
        lines.append(notice("No policy was in force in this period."))
    for rule in found.rules:
        lines.append(heading(rule.policy.title, 3))
        days = f"{wording.day(rule.first)} – {wording.day(rule.last)}"
        source = f" Source: {rule.policy.source.rstrip('.')}." if rule.policy.source else ""
        lines.append(label(f"Applied {days}.{source}", quiet=True, wrap=True))
        said = [sentence for _, sentences in describe(rule.policy)[1:] for sentence in sentences]
        lines.append(label("\n".join(f"• {sentence}" for sentence in said), wrap=True))
    return lines
