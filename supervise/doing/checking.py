"""What is wrong with a record before it is finished, or worth a look: sentences, field by field.

Nothing that may be true is forbidden: an early date, a long session or an unknown case is only told of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from supervise.doing.entering import Problem
from supervise.doing.sheet import Sheet
from supervise.people import Allocation, Person, Post
from supervise.sessions import Session
from supervise.wording import day as said_day
from supervise.wording import joined, minutes, words
from supervise.workdays import FIRST_DAY, FOREVER, Day

LONGEST = 600
"""Minutes beyond which a length is worth a look."""
_A_DAY = 24 * 60
_CENTURY = 36_525
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)

LOCKED = "This record is signed and locked."
LATE_ENTRY = "Add a late entry instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store knows around a sheet: the person (None if there is nobody of that id) with posts and
    cases, whether the supervisor is somebody here, the session as it stands (None if there is none
    yet), whether its words are about to be altered, how many other such sessions were held on the day, the
    policy's shortest length, which of its actions a later record has carried on, what is written of cases
    already, and whether texts about cases are kept here."""

    today: Day
    person: Person | None
    has_supervisor: bool = False
    posts: Sequence[Post] = ()
    cases: Sequence[Allocation] = ()
    stored: Session | None = None
    is_altered: bool = False
    others_that_day: int = 0
    min_minutes: int | None = None
    carried_on: Collection[str] = ()
    case_texts: frozenset[tuple[str, tuple[str | None, ...]]] = frozenset()
    keeps_case_texts: bool = False


def problems(sheet: Sheet, known: Known) -> list[Problem]:
    """Everything there is to say before it is finished; what forbids it comes first."""
    found = [
        *_standing(sheet, known),
        *_day(sheet, known),
        *_length(sheet, known),
        *_people(sheet, known),
        *_writing(sheet),
        *_actions(sheet, known),
        *_cases(sheet, known),
    ]
    return sorted(found, key=lambda problem: not problem.forbids)


def remedy(problem: Problem) -> str:
    """What to do about a problem that forbids finishing."""
    return LATE_ENTRY if problem.sentence == LOCKED else "Put that right, then finish it."


def is_signed(session: Session) -> bool:
    """Whether both have signed, which locks the record."""
    return session.worker_signed_on is not None and session.supervisor_signed_on is not None


def _forbids(name: str, sentence: str) -> Problem:
    return Problem(name, sentence, True)


def _look(name: str, sentence: str) -> Problem:
    return Problem(name, sentence, False)


def _standing(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Whether the session may be written up at all, and what that undoes."""
    stored = known.stored
    if stored is None:
        return
    if is_signed(stored):
        yield _forbids("session", LOCKED)
    elif stored.status in ("cancelled", "missed"):
        yield _look("session", f"This session was noted as {stored.status}; finishing says it was held.")
    elif known.is_altered and (steps := withdrawn(stored, known.person)):
        yield _look(
            "session", f"This record {joined(steps)}. Altered, it has to be shared and signed again."
        )


def withdrawn(stored: Session, person: Person | None) -> list[str]:
    """The steps that no longer hold once the words of a record are altered, as ends of a sentence."""
    name = person.name if person else "the worker"
    steps = (
        (stored.shared_on, "has been shared"),
        (stored.worker_signed_on, f"has been signed by {name}"),
        (stored.supervisor_signed_on, "has been signed by the supervisor"),
    )
    return [said for on, said in steps if on is not None]


def _day(sheet: Sheet, known: Known) -> Iterator[Problem]:
    on, person = sheet.held_on, known.person
    if on is None:
        yield _forbids("held_on", "Say on which day it was held.")
        return
    if not max(FIRST_DAY, known.today - _CENTURY) <= on <= min(FOREVER, known.today + _CENTURY):
        yield _forbids("held_on", "That day is more than a hundred years away. Please check the year.")
        return
    if on > known.today:
        yield _forbids(
            "held_on", f"{said_day(on)} is still to come. Book it, and write it up when it was held."
        )
    if person and person.employed_from and on < person.employed_from:
        began = said_day(person.employed_from)
        yield _look("held_on", f"{person.name} began with the council on {began}, after that day.")
    elif person and not any(post.first <= on <= post.last for post in known.posts):
        yield _look("held_on", f"{person.name} had no post on {said_day(on)}, so it counts for nothing.")
    if known.others_that_day:
        kind = words(sheet.kind).lower()
        yield _look("held_on", f"Another session on {said_day(on)} is recorded already ({kind}).")


def _length(sheet: Sheet, known: Known) -> Iterator[Problem]:
    if sheet.started_at is not None and not _TIME.fullmatch(sheet.started_at):
        yield _forbids("started_at", "Write the time like 09:30.")
    n = sheet.minutes
    if n is None:
        return
    if not 0 <= n <= _A_DAY:
        yield _forbids("minutes", "The length has to be between nothing and a whole day, in minutes.")
    elif n == 0:
        yield _look("minutes", "The length is 0 minutes. Leave it empty if it is not known.")
    elif n > LONGEST:
        yield _look("minutes", f"{minutes(n)} is more than ten hours.")
    elif known.min_minutes is not None and n < known.min_minutes:
        yield _look("minutes", f"{minutes(n)}; the policy asks for {minutes(known.min_minutes)}.")


def _people(sheet: Sheet, known: Known) -> Iterator[Problem]:
    if known.person is None:
        yield _forbids("person", "The person whose supervision this is, is not here any more.")
    if sheet.supervisor is None:
        yield _look("supervisor", "No supervisor is named.")
    elif not known.has_supervisor:
        yield _forbids("supervisor", "The supervisor named is not here any more. Choose another.")
    elif sheet.supervisor == sheet.person:
        yield _forbids("supervisor", "Nobody can be their own supervisor.")


def _writing(sheet: Sheet) -> Iterator[Problem]:
    if any(not section.heading.strip() for section in sheet.sections):
        yield _forbids("sections", "A heading has no words. Name it, or take it away.")
    texts = [sheet.notes, *(section.text for section in sheet.sections)]
    if not any(text.strip() for text in texts):
        yield _look("sections", "Nothing is written under any heading yet.")


def _actions(sheet: Sheet, known: Known) -> Iterator[Problem]:
    kept = {action.id for action in sheet.actions if not action.is_blank}
    if set(known.carried_on) - kept:
        yield _forbids("actions", "An action that a later record has carried on cannot be taken away.")
    for action in sheet.actions:
        if action.is_blank:
            continue
        said = f"“{_shortened(action.text)}”"
        if not action.text.strip():
            yield _forbids("actions", "An action has no words. Say what was agreed.")
        if any(
            on is not None and not FIRST_DAY <= on <= FOREVER for on in (action.due_on, action.done_on)
        ):
            yield _forbids("actions", f"{said} has a day outside the years 1900 to 2199.")
            continue
        if action.done_on is not None and action.done_on > known.today:
            yield _forbids("actions", f"{said} is marked as done on a day still to come.")
        if _is_new_and_due_before(action.carried_from, action.due_on, sheet.held_on):
            yield _look("actions", f"{said} is due before the day on which it was agreed.")


def _is_new_and_due_before(carried_from: str | None, due_on: Day | None, held_on: Day | None) -> bool:
    return carried_from is None and None not in (due_on, held_on) and (due_on or 0) < (held_on or 0)


def _cases(sheet: Sheet, known: Known) -> Iterator[Problem]:
    met: set[str] = set()
    for case in sheet.discussions:
        if case.is_blank:
            continue
        ref = case.case_ref.strip()
        if not ref:
            yield _forbids("discussions", "A case has no reference. Give its number.")
            continue
        if ref in met:
            yield _look("discussions", f"Case {ref} is there twice.")
        met.add(ref)
        on = case.recorded_on_file
        if on is not None and not FIRST_DAY <= on <= known.today:
            yield _forbids(
                "discussions", f"Case {ref} is marked as recorded on the file on a day still to come."
            )
        elif on is not None and sheet.held_on is not None and on < sheet.held_on:
            yield _look(
                "discussions", f"Case {ref} was recorded on the file before the day it was discussed."
            )
        if (
            any(case.texts)
            and not known.keeps_case_texts
            and (case.id, case.texts) not in known.case_texts
        ):
            yield _forbids(
                "discussions", f"What is decided in case {ref} belongs on the child’s own file."
            )
        if known.cases and not any(
            each.case_ref == ref and each.first <= (sheet.held_on or 0) <= each.last
            for each in known.cases
        ):
            yield _look("discussions", f"Case {ref} is not one of this person’s cases on that day.")


def _shortened(text: str, most: int = 40) -> str:
    said = " ".join(text.split())
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
