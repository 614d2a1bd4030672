"""The words beside a day: whether they leave it plain, or say that it is the day of something else."""

from __future__ import annotations

import re

from supervise.exchange.tracker.words import all_of

#: Words at the beginning of a remark that leave no question whether supervision was held.
_CALLED_OFF = re.compile(
    r"^\W*(canc\w*|cx|dna|fta|did not|didn'?t|not (held|done|completed|taken)|no (show|supervision)|"
    r"postponed|called off|missed|apologies|never happened|nh\b)\W*"
    r"($|[-–:,(;]|\b(by|due|because|as|for|since|worker|tm|sick|court|leave|short|late|on the day|last minute|no)\b)",
    re.I,
)
_NO_SESSION = re.compile(r"\b(not|no|never|nh|incomplete|apolog\w*|absent|didn'?t)\b", re.I)
_LEFT_ALONE = re.compile(
    r"^\W*(left|leaver|leaving|resigned|last day|moved on|transferred( out)?|retire[sd]?|contract end\w*|finish\w*)"
    r"( the)?( team| council| us| post| role| service| agency| employment)?\W*$",
    re.I,
)
_DONE_LATER = re.compile(
    r"\b(sign\w*|typed|written( up)?|recorded|shared|sent|uploaded|agreed|copy\w*|filed|emailed)\W*$",
    re.I,
)
_AHEAD = re.compile(r"\b(next|due|planned|booked|review|scheduled)\b[\s\w]*\W*$", re.I)
_MOVED = re.compile(
    r"(->|=>|→|\bto|\b(changed|moved|rearranged|re-?booked|re-?scheduled)\b.*)\W*$", re.I
)
_PUT_OFF = re.compile(
    r"\b(postponed|moved|re-?arranged|re-?scheduled|re-?booked|changed|put back|deferred)( to| for| until)\W*$",
    re.I,
)
_HARMLESS = all_of(
    "held|sup|supervision|1:1|121|1-2-1|session|done|on|group|case|adhoc|ad|hoc|personal|reflective|signed|off|"
    "copy|y|yes|at|in|office|teams|phone|online|virtual|f2f|late|extra|with|tm|atm|outstanding|typed|recorded|"
    "formal|informal|joint|both|and|full|short|long|also"
)


def calls_off(text: str) -> bool:
    """Whether a remark begins with words that leave no question: it was not held."""
    return bool(_CALLED_OFF.search(text))


def says_no_session(text: str) -> bool:
    """Whether a status says that there was none."""
    return bool(_NO_SESSION.search(text)) or calls_off(text)


def only_says_left(text: str) -> bool:
    """Whether it says that somebody left, and no more."""
    return bool(_LEFT_ALONE.search(text))


def comes_after(text: str) -> bool:
    """Whether a date after these words is that of a signature or the like, of the session before it."""
    return bool(_DONE_LATER.search(text))


def looks_ahead(text: str) -> bool:
    """Whether a date after these words is that of another session, still to come."""
    return bool(_AHEAD.search(text))


def says_moved(text: str) -> bool:
    """Whether a date after these words takes the place of the one before."""
    return bool(_MOVED.search(text))


def puts_off(text: str) -> bool:
    """Whether a date after these words is the one that a session was moved to."""
    return bool(_PUT_OFF.search(text))


def is_harmless(text: str) -> bool:
    """Whether the words beside a day leave it plain: a signature, a kind, a place, initials."""
    some = re.split(r"[\s,;()&+–-]+", text)
    return all(
        not word or word.casefold() in _HARMLESS or re.fullmatch("[A-Z]{2,3}", word) for word in some
    )
