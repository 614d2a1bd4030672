"""Verifying a paper: does a record here say what the paper says, by the content code at its foot?

The code is of the words, whole: a paper of one part of a record carries that of the whole record. See
`reports.content_code`.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supervise.doing.here import Here
from supervise.doing.papers.paper import Steps
from supervise.errors import BadQuestion
from supervise.records import LateEntry, Record, Statement
from supervise.reports.content_code import LENGTH, added_since, additions
from supervise.store.records import session_ids, written_records
from supervise.wording import counted, day, joined
from supervise.workdays import Day

AT_ONCE = 50
"""As many records as are read and tried in one step."""

NO_RECORD = (
    "No record here says what this paper says: it may have been corrected since, or the paper is of"
    " another store."
)
OTHER_WORDS = (
    "This record does not say what the paper says: it may have been corrected since, or the paper is of another"
    " record."
)

_WHERE = "It stands at the foot of the paper, in five groups of four such as 3f2a 9b01 77c4 d0e8 12ab."
_MOST_NAMED = 5  # characters that are no figures, as many as a sentence names


class Verified(NamedTuple):
    """What was found of a paper: the session whose record says the same (None if there is none), whose it is and
    of which day, and in a few words each what was added to it since the paper was printed. `asked` is the session
    that was asked about, if only one was."""

    session: str | None = None
    worker: str = ""
    on: Day | None = None
    later: tuple[str, ...] = ()
    asked: str | None = None

    @property
    def is_found(self) -> bool:
        """Whether a record says, or said before something was added, what the paper says."""
        return self.session is not None

    def sentence(self) -> str:
        """The answer in one sentence."""
        if not self.is_found:
            return NO_RECORD if self.asked is None else OTHER_WORDS
        whose = f"{self.worker}, {day(self.on)}" if self.on is not None else self.worker
        if not self.later:
            return f"This paper says what the record says now ({whose})."
        were = "was" if len(self.later) == 1 else "were"
        entries = counted(len(self.later), "later entry", "later entries")
        return (
            f"This paper says what the record ({whose}) said before {entries} {were} added:"
            f" {joined(self.later)}."
        )


def read_code(typed: str) -> str:
    """The figures of a content code, as it is typed or pasted: spaces and capitals make no difference.
    BadQuestion for what is not one."""
    code = "".join(typed.split()).casefold()
    if not code:
        raise BadQuestion("There is no code yet.", _WHERE)
    if strange := [each for each in dict.fromkeys(code) if each not in string.hexdigits]:
        named = joined([f"“{each}”" for each in strange[:_MOST_NAMED]])
        are = "is" if len(strange) == 1 else "are"
        raise BadQuestion(
            f"That is not a content code: it has the figures 0 to 9 and the letters a to f, and {named} {are} none"
            " of them.",
            _WHERE,
        )
    if len(code) != LENGTH:
        raise BadQuestion(
            f"That is not a content code: it has {LENGTH} figures and letters, and these are {len(code):,}.",
            _WHERE,
        )
    return code


def verifying(here: Here, typed: str, session: str | None = None) -> Steps[Verified]:
    """Look for the record that says what a paper with that code says: among all there are, those held last first,
    or only that of one session. That somebody looked is noted in the access log.

    BadQuestion for what is no code, and where there is no such session.
    """
    code = read_code(typed)
    if session is not None:
        yield 0, 1
        found = _of((here.store.record(session),), code)
    else:
        found = yield from _among_all(here, code)
    here.store.access.note(here.me, "verified", "session", found.session or session)
    return found._replace(asked=session)


def _among_all(here: Here, code: str) -> Steps[Verified]:
    database = here.store.database
    ids = session_ids(database)
    for at in range(0, len(ids), AT_ONCE):
        yield at, len(ids)
        found = _of(written_records(database, ids[at : at + AT_ONCE]), code)
        if found.is_found:
            return found
    return Verified()


def _of(records: Sequence[Record], code: str) -> Verified:
    """The first of some records that says what the paper says."""
    for record in records:
        if (added := added_since(record, code)) is not None:
            session = record.session
            on = session.held_on or session.planned_on
            return Verified(session.id, record.worker, on, tuple(_later(record, added)))
    return Verified()


def _later(record: Record, added: int) -> Iterator[str]:
    there = additions(record)
    for one in there[len(there) - added :]:
        yield _addition(one)


def _addition(one: LateEntry | Statement) -> str:
    """ "a late entry of 3 May 2017 by R. Okafor"."""
    what, on = ("late entry", one.entered_on) if isinstance(one, LateEntry) else ("statement", one.on)
    of = f" of {day(on)}" if on is not None else ""
    return f"a {what}{of}" + (f" by {one.by}" if one.by else "")
