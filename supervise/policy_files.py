"""Reading a policy file: strict, with the line and the reason of whatever it may not say.

The format is TOML with the keys of the specification (cadence, section 2) and no others.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

from supervise.errors import BadPolicy, FileTrouble
from supervise.fields import ABSENCE_KINDS, BASES, SESSION_KINDS
from supervise.policies import Clock, Frequency, Policy, Rule, Since, Unit, read_frequency

_LARGEST_FILE = 1_000_000
_SUMS = (Unit.DAY, Unit.WEEK, Unit.MONTH)
_POLICY_KEYS = ("id", "title", "source", "effective_from")
_CLOCK_KEYS = ("name", "counts", "grace_working_days", "soon_days", "min_minutes", "per", "rule")
_RULE_KEYS = (
    "title", "roles", "bases", "plans", "since", "after", "until", "every", "first_within",
)  # fmt: skip

T = TypeVar("T")

Where = tuple[str | int, ...]
"""The way to a value: keys, and positions in arrays of tables."""


def read_policy_file(path: Path) -> Policy:
    """The policy in that file. BadPolicy if it says something it may not; FileTrouble if unreadable."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST_FILE else None
    except OSError as error:
        raise FileTrouble(f"The policy file {path.name} cannot be read ({error.strerror}).") from error
    if raw is None:
        raise BadPolicy(f"{path.name} is far too large for a policy file.", "Choose another file.")
    try:
        return read_policy(raw.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadPolicy(f"{path.name}, line {line}: this is not UTF-8 text.") from error


def read_policy(text: str, file: str) -> Policy:
    """The policy that a file's text holds; `file` is the name to use in a refusal.

    Raises BadPolicy, with line and reason, on anything the specification does not name.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy(f"{file}{_where_in(str(error), text)}") from error
    return _Reader(text, file).policy(tables)


def _where_in(message: str, text: str) -> str:
    """TOML's own complaint, as ", line 3: …"."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message, re.DOTALL)
    line = int(found[2]) if found else text.count("\n") + 1
    reason = found[1] if found else message.replace(" (at end of document)", ", and the file ends there")
    return f", line {line}: this is not written as TOML ({reason})."


def line_of(text: str, where: Where) -> int:
    """The line on which a value begins; of one that is not there at all, the last line of the file.

    The TOML reader itself is asked about beginnings of the file, so that no second reader is needed. What
    is there stays there, so that halving finds it; a beginning that ends inside a value of several lines
    cannot be read, and its neighbours are asked instead.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    without, having = 0, len(lines)
    while having - without > 1:
        middle = (without + having) // 2
        for count in (*range(middle, without, -1), *range(middle + 1, having)):
            found = _has("\n".join(lines[:count]), where)
            if found is not None:
                without, having = (without, count) if found else (count, having)
                break
        else:
            break
    return without + 1


def _has(text: str, where: Where) -> bool | None:
    """Whether a value is in a TOML text; None where the text breaks off inside one."""
    try:
        found: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    for step in where:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


class _Reader(NamedTuple):
    text: str
    file: str

    def refuse(self, where: Where, reason: str) -> NoReturn:
        raise BadPolicy(f"{self.file}, line {line_of(self.text, where)}: {reason}.")

    def policy(self, tables: dict[str, Any]) -> Policy:
        self.only(tables, (), ("policy", "absence", "supervisor", "clock"))
        head = self.table(tables, ("policy",), required=True)
        self.only(head, ("policy",), _POLICY_KEYS)
        absence = self.table(tables, ("absence",))
        self.only(absence, ("absence",), ("suspends", "return_within_working_days"))
        supervisor = self.table(tables, ("supervisor",))
        self.only(supervisor, ("supervisor",), ("new_supervisor_within_working_days",))
        return Policy(
            id=self.policy_id(head),
            title=self.need(head, ("policy", "title"), self.words),
            source=self.take(head, ("policy", "source"), self.words),
            effective_from=self.take(head, ("policy", "effective_from"), self.day),
            suspends=self.suspends(absence),
            return_within_working_days=self.take(
                absence, ("absence", "return_within_working_days"), self.at_least(1)
            ),
            new_supervisor_within_working_days=self.take(
                supervisor, ("supervisor", "new_supervisor_within_working_days"), self.at_least(1)
            ),
            clocks=self.clocks(tables),
            text=self.text,
        )

    def policy_id(self, head: Mapping[str, Any]) -> str:
        text: str = self.need(head, ("policy", "id"), self.words)
        if not re.fullmatch(r"[a-z0-9-]+", text):
            self.refuse(("policy", "id"), "an id is made of a to z, 0 to 9 and hyphens")
        return text

    def suspends(self, absence: Mapping[str, Any]) -> dict[str, int]:
        kinds = absence.get("suspends", {})
        where: Where = ("absence", "suspends")
        if not isinstance(kinds, dict):
            self.refuse(where, "“suspends” is written as { sickness = 28 }")
        for kind in kinds:
            self.known(kind, where, ABSENCE_KINDS, "kind of absence")
        return {kind: self.at_least(0)(days, (*where, kind)) for kind, days in kinds.items()}

    def clocks(self, tables: Mapping[str, Any]) -> tuple[Clock, ...]:
        clocks = tuple(self.clock(t, where) for t, where in self.tables(tables, ("clock",)))
        for at, clock in enumerate(clocks):
            if any(clock.name == other.name for other in clocks[:at]):
                self.refuse(("clock", at, "name"), f"there is a clock “{clock.name}” already")
        return clocks

    def clock(self, table: Mapping[str, Any], where: Where) -> Clock:
        self.only(table, where, _CLOCK_KEYS)
        per = self.take(table, (*where, "per"), self.words) or "person"
        if per not in ("person", "case"):
            self.refuse((*where, "per"), "a clock runs per “person” or per “case”")
        return Clock(
            name=self.need(table, (*where, "name"), self.words),
            counts=self.need(table, (*where, "counts"), self.texts(SESSION_KINDS, "kind of session")),
            grace_working_days=self.take(table, (*where, "grace_working_days"), self.at_least(0)) or 0,
            soon_days=7 if "soon_days" not in table
            else self.at_least(0)(table["soon_days"], (*where, "soon_days")),
            min_minutes=self.take(table, (*where, "min_minutes"), self.at_least(0)),
            per=per,
            rules=self.rules(table, where, per),
        )  # fmt: skip

    def rules(self, clock: Mapping[str, Any], where: Where, per: str) -> tuple[Rule, ...]:
        rules: list[Rule] = []
        for table, at in self.tables(clock, (*where, "rule")):
            if rules and rules[-1].matches_everything:
                self.refuse(at, f"the rule before, “{rules[-1].title}”, matches everything, "
                                "so that this one is never reached")  # fmt: skip
            rules.append(self.rule(table, at, per))
        return tuple(rules)

    def rule(self, table: Mapping[str, Any], where: Where, per: str) -> Rule:
        self.only(table, where, _RULE_KEYS)
        every: Frequency = self.need(table, (*where, "every"), self.frequency)
        rule = Rule(
            title=self.take(table, (*where, "title"), self.words) or f"Every {every}",
            every=every,
            first_within=self.take(table, (*where, "first_within"), self.frequency),
            roles=self.take(table, (*where, "roles"), self.texts()) or frozenset(),
            bases=self.take(table, (*where, "bases"), self.texts(BASES, "basis")) or frozenset(),
            plans=self.take(table, (*where, "plans"), self.texts()) or frozenset(),
            since=self.take(table, (*where, "since"), self.since),
            after=self.take(table, (*where, "after"), self.span),
            until=self.take(table, (*where, "until"), self.span),
        )
        if (rule.after or rule.until) and not rule.since:
            self.refuse(where, "“after” and “until” need a “since” to be counted from")
        if rule.plans and per == "person":
            self.refuse((*where, "plans"), "“plans” belong to clocks that run per “case”")
        if per == "case" and rule.since not in (None, Since.SPELL_START):
            self.refuse((*where, "since"), "a case clock counts since “spell_start” only")
        return rule

    # What a value may be

    def words(self, value: Any, where: Where) -> str:
        if not isinstance(value, str) or not value.strip():
            self.refuse(where, f"“{where[-1]}” must be text in quotation marks")
        return value

    def day(self, value: Any, where: Where) -> int:
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(where, f"“{where[-1]}” must be a date written like 2018-04-01")
        if not 1900 <= value.year < 2200:
            self.refuse(where, f"the year {value.year} cannot be right")
        return value.toordinal()

    def at_least(self, least: int) -> Callable[[Any, Where], int]:
        def number(value: Any, where: Where) -> int:
            if type(value) is not int or not least <= value <= 100_000:
                self.refuse(where, f"“{where[-1]}” must be a whole number of {least} or more")
            return value

        return number

    def frequency(self, value: Any, where: Where) -> Frequency:
        try:
            return read_frequency(self.words(value, where))
        except ValueError as error:
            self.refuse(where, f"“{where[-1]}”: {error}")

    def span(self, value: Any, where: Where) -> Frequency:
        frequency = self.frequency(value, where)
        if frequency.unit not in _SUMS:
            self.refuse(where, f"“{where[-1]}” takes days, weeks or months")
        return frequency

    def since(self, value: Any, where: Where) -> Since:
        known = [since.value for since in Since]
        self.known(self.words(value, where), where, known, "starting date")
        return Since(value)

    def texts(self, known: Iterable[str] = (), what: str = "") -> Callable[[Any, Where], frozenset[str]]:
        def several(value: Any, where: Where) -> frozenset[str]:
            if not isinstance(value, list) or not value:
                self.refuse(where, f'“{where[-1]}” is a list such as ["nqsw"] with at least one entry')
            for text in value:
                self.words(text, where)
                if known:
                    self.known(text, where, known, what)
            return frozenset(value)

        return several

    # Getting at values

    def only(self, table: Mapping[str, Any], where: Where, known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                self.refuse((*where, key), f"“{key}” is not a word that can stand here")

    def known(self, word: str, where: Where, known: Iterable[str], what: str) -> None:
        if word not in known:
            self.refuse(where, f"“{word}” is not a known {what}; known are {', '.join(known)}")

    def table(self, tables: Mapping[str, Any], where: Where, required: bool = False) -> dict[str, Any]:
        if required and where[-1] not in tables:
            self.refuse(where, f"there is no [{where[-1]}] part")
        table = tables.get(str(where[-1]), {})
        if not isinstance(table, dict):
            self.refuse(where, f"“{where[-1]}” must be a part of its own, [{where[-1]}]")
        return table

    def tables(self, table: Mapping[str, Any], where: Where) -> list[tuple[dict[str, Any], Where]]:
        name = ".".join(step for step in where if isinstance(step, str))
        found = table.get(str(where[-1]))
        if not isinstance(found, list) or not found or not all(isinstance(t, dict) for t in found):
            self.refuse(
                where if found is not None else where[:-1] or where,
                f"at least one [[{name}]] is needed here",
            )
        return [(each, (*where, at)) for at, each in enumerate(found)]

    def need(self, table: Mapping[str, Any], where: Where, check: Callable[[Any, Where], T]) -> T:
        if where[-1] not in table:
            self.refuse(where[:-1], f"“{where[-1]}” is missing here")
        return check(table[str(where[-1])], where)

    def take(self, table: Mapping[str, Any], where: Where, check: Callable[[Any, Where], T]) -> T | None:
        return check(table[str(where[-1])], where) if where[-1] in table else None
