"""Searching: people by name, staff number or team, then whatever was written about anybody.

Capitals and accents make no difference: “zajac” finds Zając. Every word typed must be there, or be the
beginning of one that is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from supervise import wording
from supervise.doing.here import Here
from supervise.store import Row
from supervise.store.search import Somebody, everybody
from supervise.workdays import Day, day, iso

MOST = 50
"""As many places as are shown before somebody asks for more."""

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans("łŁøØđĐħĦŧŦı", "llooddhhtti")


class Hit(NamedTuple):
    """Something found. `page` and `subject` say what to open, `person` and `name` whom it is about (None
    and empty for nobody), `where` what it is ("Person", "Action", "Workload"), `on` its day; `marks` are
    the places in `text`, as (first, after last), where the words stand."""

    kind: str
    id: str
    page: str
    subject: str
    person: str | None
    name: str
    where: str
    on: Day | None
    text: str
    marks: tuple[tuple[int, int], ...]


class Findings(NamedTuple):
    """The people and places found, best first; `more` says that there are others which were not asked for."""

    people: tuple[Hit, ...]
    places: tuple[Hit, ...]
    more: bool


def plain(text: str) -> str:
    """Small letters without accents."""
    bare = unicodedata.normalize("NFKD", text).translate(_PLAIN).casefold()
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def words_of(typed: str) -> list[str]:
    """The words that are looked for, in plain letters."""
    return _WORD.findall(plain(typed))


def marks(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Where one of these words, or one that begins with it, stands in a text."""
    found = (word.span() for word in _WORD.finditer(text))
    return tuple((a, b) for a, b in found if plain(text[a:b]).startswith(tuple(words)))


def find(here: Here, typed: str, most: int = MOST) -> Findings:
    """Whatever has all these words, up to `most` people and `most` places."""
    words = words_of(typed)
    if not words:
        return Findings((), (), False)
    people = list(_people(here, words))
    written = here.store.find(typed, most + 1)
    places = _Places(here, words).of([(each.kind, each.id, each.snippet) for each in written[:most]])
    more = len(people) > most or len(written) > most
    return Findings(tuple(people[:most]), tuple(places), more)


def _people(here: Here, words: list[str]) -> Iterator[Hit]:
    """The people found: those whose name has every word first."""
    today = here.today()
    found = []
    for each in everybody(here.store.database, iso(today)):
        name = words_of(each.name)
        beside = [*words_of(f"{each.staff_no or ''} {each.team or ''}"), plain(each.staff_no or "")]
        if all(any(has.startswith(word) for has in (*name, *beside)) for word in words):
            by_name = all(any(has.startswith(word) for has in name) for word in words)
            found.append((not by_name, _about(each, words)))
    yield from (hit for _, hit in sorted(found, key=lambda each: each[0]))


def _about(each: Somebody, words: list[str]) -> Hit:
    """What is said of somebody found: "Social worker · Assessment Team A · staff number 1042"."""
    said = [wording.words(each.role)] if each.role else ["no post yet"]
    said += [each.team] if each.team else []
    said += [f"staff number {each.staff_no}"] if each.staff_no else []
    said += [f"until {wording.day(day(each.ended))}"] if each.ended else []
    text = unicodedata.normalize("NFC", " · ".join(said))
    return Hit(
        "person",
        each.id,
        "person",
        each.id,
        each.id,
        each.name,
        "Person",
        None,
        text,
        marks(text, words),
    )


class _Places:
    """Rows in which words were found, told as a person reads them."""

    def __init__(self, here: Here, words: list[str]) -> None:
        self._store, self._words = here.store, words

    def of(self, found: list[tuple[str, str, str]]) -> Iterator[Hit]:
        """Those rows (kind, id and the words around), in the same order."""
        rows = {
            kind: self._store.rows_by_id(kind, [id for of, id, _ in found if of == kind])
            for kind in {kind for kind, _, _ in found}
        }
        owners = {
            row["session_id"] for some in rows.values() for row in some.values() if row.get("session_id")
        }
        self._sessions = self._store.rows_by_id("session", owners) | rows.get("session", {})
        every = [row for some in (*rows.values(), self._sessions) for row in some.values()]
        ids = {row["person_id"] for row in every if row.get("person_id")}
        self._people = self._store.rows_by_id("person", ids)
        return (self._hit(kind, rows[kind][id], text) for kind, id, text in found if id in rows[kind])

    def _hit(self, kind: str, row: Row, snippet: str) -> Hit:
        session = row if kind == "session" else self._sessions.get(row.get("session_id") or "")
        person = row.get("person_id") or (session["person_id"] if session else None)
        known = self._people.get(person or "")
        page, subject = ("session", session["id"]) if session else ("person", person)
        if subject is None:
            page, subject = "settings", "templates"
        when = (session["held_on"] or session["planned_on"]) if session else _day_of(row)
        text = " ".join(unicodedata.normalize("NFC", snippet).split())
        where = _WHERE[kind](row) if kind in _WHERE else wording.words(kind)
        return Hit(
            kind, row["id"], page, subject, person, known["name"] if known else "", where,
            day(when) if when else None, text, marks(text, self._words),
        )  # fmt: skip


def _day_of(row: Row) -> str | None:
    return row.get("from") or row.get("signed_on")


def _of_session(row: Row) -> str:
    return "Supervision" if row["status"] in ("planned", "held") else wording.words(row["status"])


_WHERE: dict[str, Callable[[Row], str]] = {
    "session": _of_session,
    "session_section": lambda row: str(row["heading"]),
    "late_entry": lambda row: "Late entry",
    "statement": lambda row: "Statement",
    "action": lambda row: "Action, done" if row["done_on"] else "Action",
    "explanation": lambda row: "Reason for a gap",
    "variation": lambda row: "Agreed frequency",
    "agreement": lambda row: "Agreement",
    "case_discussion": lambda row: f"Case {row['case_ref']}",
    "template": lambda row: f"Template, {row['heading']}",
}
