"""What taking a pasted caseload would do, in words and rows."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from supervise import wording
from supervise.exchange.allocations import CaseloadPlan, Row
from supervise.ui.bits import notice
from supervise.ui.desk import Desk
from supervise.ui.tables import Column
from supervise.workdays import day

_FEW = 8
"""So many lines that are not taken stand on the page; more are scrolled through."""

Line = tuple[str, Row]
"""What is done with a row of case_allocation ("begins", "ends", "stays"), and the row."""


def in_numbers(plan: CaseloadPlan) -> str:
    """ "12 cases begin, 3 end, 40 stay as they are"."""
    if plan.does_nothing:
        return "Nothing would change: everything is here already as the list says"
    begin = wording.counted(len(plan.add), "case begins", "cases begin")
    return f"{begin}, {len(plan.end):,} end, {len(plan.keep):,} stay as they are"


def problems(plan: CaseloadPlan) -> QWidget:
    """The lines that are not taken, and why; many of them to be scrolled through."""
    said = f"{wording.counted(len(plan.problems), 'line is', 'lines are')} not taken:"
    words = "\n".join((said, *(f"• {each}" for each in plan.problems)))
    if len(plan.problems) <= _FEW:
        return notice(words)
    made = QPlainTextEdit(words)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName("Lines that are not taken")
    made.setFixedHeight(made.fontMetrics().lineSpacing() * _FEW)
    return made


def lines(plan: CaseloadPlan) -> list[Line]:
    """What is done with each row, those that change first."""
    return [
        *(("begins", each) for each in plan.add),
        *(("ends", each) for each in plan.end),
        *(("stays", each) for each in plan.keep),
    ]


def key(line: Line) -> tuple[str, str, str]:
    """What tells two lines apart: what would be done, whose case it is, and which."""
    return line[0], str(line[1]["person_id"]), str(line[1]["case_ref"])


def columns(desk: Desk) -> tuple[Column, ...]:
    """What would be done with each case, in columns of words."""
    names = {each["id"]: each["name"] for each in desk.workspace.store.rows("person")}

    def does(line: Line) -> str:
        what, found = line
        if what == "begins":
            return f"{'changes' if found.get('id') else 'begins'} {wording.day(day(found['from']))}"
        if what == "ends":
            return f"ends {wording.day(day(found['to']))}"
        return f"stays, since {wording.day(day(found['from']))}"

    return (
        Column("Case", lambda each: each[1]["case_ref"], bold=True, width=22),
        Column("Plan", lambda each: wording.words(each[1].get("plan") or "none"), width=24),
        Column("Worker", lambda each: names.get(each[1]["person_id"], ""), width=28),
        Column("What", does, width=24),
    )
