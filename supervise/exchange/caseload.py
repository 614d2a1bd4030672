"""A caseload as pasted from a case system or a spreadsheet: whose each case is, since when, under which plan.

Only the case number, the plan, the worker and the day are taken. Whatever else stands there, children's names
above all, is left out and named by its column only, never repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from supervise.errors import BadFile
from supervise.exchange.batch import Place, Problem
from supervise.exchange.texts import lines_of_text
from supervise.exchange.tracker import words
from supervise.exchange.tracker.days import dates_in
from supervise.exchange.tracker.names import key_of, named
from supervise.wording import counted, joined
from supervise.workdays import Day

PASTED = "What was pasted"
"""What the places of problems call the text."""


class CaseLine(NamedTuple):
    """One case of one worker; what the list does not say is None. `line` is counted from 1."""

    case_ref: str
    plan: str | None
    worker: str | None
    from_day: Day | None
    line: int


@dataclass(slots=True)
class Caseload:
    """What was read. `problems` are lines that could not be taken; `refused` the case numbers on them,
    and `unread` how many have none; `notes` say what was left out, and what was read otherwise than it stands there."""

    rows: list[CaseLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    unread: int = 0

    @property
    def names_workers(self) -> bool:
        """Whether it says whose the cases are."""
        return any(row.worker for row in self.rows)


Line = tuple[int, list[str]]

_TITLES = {
    "case_ref": "case ref|case reference|case number|case no|case id|case|ref|reference|id|number|client id|"
    "person id|child id|mosaic id|mosaic number|lcs id|lcs number|liquidlogic id|system id|record id|"
    "service user id|file number",
    "plan": "plan|plan type|type of plan|case plan|case status|status|legal status|category|case type|type",
    "worker": "worker|allocated worker|social worker|allocated social worker|allocated to|key worker|keyworker|"
    "lead worker|lead practitioner|case holder|caseholder|case worker|caseworker|practitioner|worker name|"
    "sw|responsible worker|held by|allocated practitioner",
    "from_day": "from|since|start|start date|allocated|allocated on|allocated from|allocation date|opened|"
    "date allocated|allocation start|allocation start date|date of allocation|open since",
    "to_day": "to|end|end date|ended|closed|closed on|date closed|closure date|allocation end date",
}  # fmt: skip
_MEANS = {title: meaning for meaning, titles in _TITLES.items() for title in titles.split("|")}
_OF_CHILDREN = re.compile(
    r"\b(name|names|child|childs|children|young person|yp|client|service user|surname|forename|initials|dob|"
    r"birth|born|age|gender|sex|nhs|upn|address|postcode|school|ethnicity|family|siblings?)\b"
)
_PLANS = {
    "cp": "cp|cpp|child protection|child protection plan|cp plan|subject to cp",
    "cin": "cin|child in need|child in need plan|cin plan|s17|section 17",
    "lac": "lac|cla|cic|looked after|looked after child|child looked after|child in care|in care",
    "care_leaver": "care leaver|cl|leaving care|former relevant|care leavers",
    "early_help": "eh|early help|early help plan|ehp|taf",
    "assessment": "assessment|c f assessment|child and family assessment|single assessment|c and f",
}  # fmt: skip
_SAME = tuple((plan, frozenset(said.split("|"))) for plan, said in _PLANS.items())
_NONE = frozenset(("", "-", "–", "—", "n/a", "none", "nil", "tbc"))
_CASE = re.compile(r"(?=.*\d)(?!.*[A-Za-z]{7})[A-Za-z0-9][A-Za-z0-9/._ -]*", re.ASCII)
_LONGEST_REF, _LONGEST_PLAN = 30, 30
_NHS = re.compile(r"(\d{3})[- ]?(\d{3})[- ]?(\d{4})", re.ASCII)


def read_caseload(text: str, people: Collection[str] = (), plans: Collection[str] = ()) -> Caseload:
    """The cases in a pasted text: separated by tabs, commas, or several spaces, with a line of titles or
    without, the columns in any order.

    `people` are the names of those here, by which a column without a title is known to be the workers';
    `plans` the words for plans that policies here use, so that “CLA” becomes the one they mean. BadFile if
    nothing was pasted, or no column holds case numbers.
    """
    if not text.strip():
        raise BadFile("There is nothing in what was pasted.", "Copy the list again and paste it here.")
    lines, is_spaced = _lines(text)
    width = max(len(cells) for _, cells in lines) if is_spaced else 0
    found = Caseload()
    titles = _titles(lines[0][1])
    if titles:
        _tell_left_out(found, lines[0][1], titles)
    columns = titles or _columns_by_content([cells for _, cells in lines], people, found)
    if "case_ref" not in columns:
        raise BadFile(
            "No column here is plainly the one of the case numbers.",
            "Copy the list together with its titles, one of them “Case number”.",
        )
    refs = [cells[columns["case_ref"]] for _, cells in lines if columns["case_ref"] < len(cells)]
    if (ten := [ref for ref in refs if _NHS.fullmatch(ref)]) and sum(map(_is_nhs, ten)) * 2 > len(ten):
        raise BadFile(
            "The case numbers look like NHS numbers, which do not belong here.",
            "Copy the list with the case system’s own numbers.",
        )
    reader = _Reader(found, columns, _known_plans(plans), width)
    for number, cells in lines[1 if titles else 0 :]:
        reader.take(number, cells)
    reader.tell()
    return found


def _lines(text: str) -> tuple[list[Line], bool]:
    """The lines with something in them, as (number, cells), and whether it was spaces that parted them."""
    text = text.replace("\u00a0", " ")
    plain = [line for line in text.splitlines() if line.strip()]
    spaced = [line for line in plain if re.search(r"\S {2,}\S", line)]
    is_spaced = len(spaced) * 2 > len(plain) and not any("\t" in line for line in plain)
    if is_spaced:
        text = re.sub(r"(?<=\S) {2,}(?=\S)", "\t", text)
    lines, _ = lines_of_text(PASTED, text.encode("utf-8", "replace"))
    trimmed = [(number, [words.one_line(cell) for cell in cells]) for number, cells in lines]
    return [(number, cells) for number, cells in trimmed if any(cells)], is_spaced


def _titles(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by a line of titles; nothing if it is none."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if meaning := _MEANS.get(words.plain(cell)):
            found.setdefault(meaning, at)
    return found if not any(_is_case(cell) for cell in cells) else {}


def _tell_left_out(found: Caseload, cells: Sequence[str], columns: Mapping[str, int]) -> None:
    """Says which columns are left out, by their titles."""
    left = [(at, cell) for at, cell in enumerate(cells) if cell and at not in columns.values()]
    of_children = [cell for _, cell in left if _OF_CHILDREN.search(words.plain(cell))]
    others = [cell for _, cell in left if cell not in of_children]
    if of_children:
        found.notes.append(f"{_quoted(of_children)}: left out, the case number is enough.")
    if others:
        found.notes.append(f"{_quoted(others)}: left out, not needed here.")


def _quoted(titles: Iterable[str]) -> str:
    return joined([f"“{title}”" for title in titles])


def _columns_by_content(
    lines: Sequence[Sequence[str]], people: Collection[str], found: Caseload
) -> dict[str, int]:
    """Which column holds what, without titles: by what most of its cells look like, where only one does."""
    known = {key_of(name) for name in people}
    looks: dict[str, Callable[[str], bool]] = {
        "case_ref": _is_case,
        "from_day": lambda cell: dates_in(cell).is_plain,
        "plan": lambda cell: _plan_of(cell, {}) is not None,
        "worker": lambda cell: (name := named(cell)) is not None and key_of(name.name) in known,
    }
    width = max(map(len, lines))
    columns: dict[str, int] = {}
    for meaning, fits in looks.items():
        free = [at for at in range(width) if at not in columns.values()]
        like = [at for at in free if _mostly(fits, [row[at] for row in lines if at < len(row)])]
        if len(like) == 1:
            columns[meaning] = like[0]
    left = [str(at + 1) for at in range(width) if at not in columns.values()]
    if left and "case_ref" in columns:
        one = "Column" if len(left) == 1 else "Columns"
        found.notes.append(f"{one} {joined(left)}: left out, the case number is enough.")
    return columns


def _mostly(fits: Callable[[str], bool], cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if words.plain(cell) not in _NONE]
    return bool(filled) and sum(map(fits, filled)) * 2 > len(filled)


def _is_case(cell: str) -> bool:
    """Whether it looks like a case number: short, with figures, and no words, date or plan."""
    fits = len(cell) <= _LONGEST_REF and _CASE.fullmatch(cell) is not None
    no_words = " " not in cell or cell == cell.upper()
    return fits and no_words and not dates_in(cell).is_plain and _plan_of(cell, {}) is None


def _is_nhs(ref: str) -> bool:
    """Whether the last figure of ten is the one that an NHS number has by the others."""
    found = _NHS.fullmatch(ref)
    digits = "".join(found.groups()) if found else ""
    weighed = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:-1]))
    return bool(digits) and (11 - weighed % 11) % 11 == int(digits[-1])


def _known_plans(plans: Iterable[str]) -> dict[str, str]:
    """The words used here by themselves in plain letters, and by the plan they stand for."""
    used = {words.plain(plan): plan for plan in plans}
    for plan, same in _SAME:
        used |= {plan: next((used[word] for word in used if word in same), plan)}
    return used


def _plan_of(cell: str, used: Mapping[str, str]) -> str | None:
    """The plan that a cell names, in the word used here, or None if it is no known plan."""
    said = words.plain(cell)
    if said in used:
        return used[said]
    return next((used.get(plan, plan) for plan, same in _SAME if said in same), None)


class _Reader:
    """Takes line after line, and tells at the end what was read in some way of its own."""

    def __init__(
        self, found: Caseload, columns: Mapping[str, int], plans: Mapping[str, str], width: int
    ) -> None:
        """`width` is how many cells a line must have, so that none has slipped; 0 for any."""
        self.found, self.columns, self.plans, self.width = found, columns, plans, width
        self.odd_plans: Counter[str] = Counter()
        self.no_plan: list[int] = []
        self.closed = 0

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Takes a line, or notes why not."""
        if len(cells) < self.width:
            self._refuse(number, "", "it has fewer columns than others; copy the list with tabs between")
            return
        ref = self._cell("case_ref", cells)
        if not _is_case(ref):
            reason = "what stands for the case number does not look like one"
            self._refuse(number, "", reason if ref else "no case number")
            return
        if self._cell("to_day", cells).casefold() not in _NONE:
            self.closed += 1
            return
        said = self._cell("worker", cells)
        name = named(said)
        if said and name is None:
            self._refuse(number, ref, "no worker is named")
            return
        begins = self._day(number, cells)
        plan = self._plan(number, cells)
        self.found.rows.append(CaseLine(ref, plan, name and name.name, begins, number))

    def tell(self) -> None:
        """Adds the notes about plans and closed cases."""
        if self.closed:
            closed = counted(self.closed, "closed case is", "closed cases are")
            self.found.notes.append(f"{closed} left out.")
        if self.odd_plans:
            self.found.notes.append(f"Plans kept as they are written: {joined(sorted(self.odd_plans))}.")
        if self.no_plan:
            lines = joined([str(number) for number in self.no_plan])
            self.found.notes.append(f"Line {lines}: what stands for the plan is too long, and left out.")

    def _refuse(self, number: int, ref: str, reason: str) -> None:
        """Notes why a line is not taken; `ref` is its case number, if that could be read."""
        self.found.problems.append(Problem(Place(PASTED, number), reason))
        self.found.refused |= {ref} - {""}
        self.found.unread += not ref

    def _cell(self, meaning: str, cells: Sequence[str]) -> str:
        at = self.columns.get(meaning)
        return cells[at] if at is not None and at < len(cells) else ""

    def _plan(self, number: int, cells: Sequence[str]) -> str | None:
        said = self._cell("plan", cells)
        if said.casefold() in _NONE:
            return None
        if plan := _plan_of(said, self.plans):
            return plan
        if len(said) > _LONGEST_PLAN:
            self.no_plan.append(number)
            return None
        self.odd_plans[said] += 1
        return said

    def _day(self, number: int, cells: Sequence[str]) -> Day | None:
        """The day from which, if it is one; a date that is none is told, and nobody's guess."""
        said = self._cell("from_day", cells)
        dates = dates_in(said)
        if said.casefold() in _NONE:
            return None
        if len(dates.days) == 1 and not (dates.rest or dates.unreadable or dates.american):
            return dates.days[0]
        self.found.notes.append(f"Line {number}: its date is not plainly one, and left out.")
        return None
