"""What the columns of a tracker are called, and what each title says that its column holds."""

from __future__ import annotations

import re
from functools import lru_cache

from supervise.exchange.tracker import words

#: What a column may hold, and the titles people give it, as regular expressions over plain letters.
_TITLES = {
    "surname": r"(sur|last|family) ?name",
    "forename": r"(fore|first|given|christian) ?names?|known as",
    "last":
        r"(date (of )?)?(last|latest|most recent|previous)( formal)?( (supervision|sup|supervised|"
        r"session|1 1|1 2 1|121|one to one|held|meeting|1 to 1|on|seen))?( session| date| on| held)*|"
        r"(supervision|sup|supervised|1 1) last( held| on)?|last supervision date",
    "last_group": r"(date of )?last group( supervision| sup)?( date)?",
    "last_case": r"(date of )?last case( supervision| sup| discussion)?( date)?",
    "next":
        r"(date (of )?)?(next|due|following)( (supervision|sup|session|1 1|121|1 2 1|due|planned|booked|"
        r"date|on))*|(supervision )?due( date| by)?",
    "planned": r"(date )?(planned|booked|scheduled|arranged)( for| date| on)?|planned supervision",
    "date":
        r"dates?|when|day|(supervision|session|sup|meeting|1 1|121)s? date|date (of|held|completed|"
        r"on)?( (the )?(supervision|session|sup|meeting|1 1|1 2 1|121|1 to 1|one to one|"
        r"discussion))?( session)?|held on|actual date|date (supervision|session|sup) (held|completed|"
        r"took place|done)|(supervision|session) (completed|held) on|supervised on|date supervised|data|"
        r"dyddiad",
    "left":
        r"left|leaving date|end date|date left|leave date|left on|last day|date of leaving|leaver|"
        r"date leaving|ended",
    "since":
        r"(start|started|commenced|joined|appointed|commencement)( date| on| in post)?|date (started|"
        r"joined|in post|of start|commenced|appointed|of appointment)( team| in post)?|in post (since|"
        r"from)|start date in post|joined team|employed since",
    "name":
        r"names?|(full|staff|colleague|employee|worker|workers|sw|social worker|supervisee|practitioner|"
        r"team member)s?( s)? ?names?( (and )?(role|post|job title|grade))?|"
        r"name of (sw|worker|supervisee|social worker|practitioner|staff|"
        r"employee|staff member|staff supervised)|worker|workers|social worker|social workers|employee|"
        r"staff( member)?|team member|supervisee|practitioner|who|person|colleague|sw|member of staff|"
        r"imie i nazwisko|pracownik|enw|gweithiwr|staff supervised|person supervised|allocated worker|"
        r"attendees?|participants?|allocated (sw|social worker)|nom|trabajador|nume|nome|ainm|nombre|"
        r"name of( the)? supervisee|(who did you|who was) supervised?|person you supervised",
    "role":
        r"job( title| role)?|roles?|post|post title|position|grade|title|designation|stanowisko|swydd|"
        r"role title",
    "basis":
        r"(perm(anent)?|permanent or) (agency|locum|agency staff)|basis|contract( type)?|"
        r"type of contract|employment( type| status| basis)?|agency|perm|status perm agency|"
        r"perm agency locum|agency perm",
    "team": r"team|team name|service|unit|hub|locality|area|service area|zespol|tim",
    "supervisor":
        r"supervisors?|(line |team |supervising |practice |allocated |named )?managers?|(tm|manager|"
        r"supervisor) (initials|name)|practice (lead|supervisor)|supervising (officer|social worker)|"
        r"supervised by|by|by whom|name of supervisor|supervisor name|tm|atm|ptm|supervisor initials|"
        r"with|przelozony|goruchwyliwr|(line )?manager name|manager supervisor|sup|sup by|who by|"
        r"supervision by|(led|facilitated|chaired) by|facilitator",
    "kind":
        r"type|kind|what|(supervision|session|sup) type|type of (supervision|session|sup|contact)|"
        r"category|format|rodzaj|math",
    "hours":
        r"hours|hrs|length hrs|duration hours|how long hrs|time hrs|duration hrs|length hours|"
        r"length in hours",
    "minutes":
        r"length|duration|(length|duration) of (session|supervision|meeting)|how long|minutes|mins|"
        r"(length|duration|time|how long)( in)? (mins?|minutes)|time spent|czas|hyd",
    "signed":
        r"signed( (off|by both|copy|y n|yes no|record|both|and dated))*|record signed|both signed|"
        r"podpisane|llofnodwyd",
    "outcome":
        r"outcome|held|held y n|held yes no|(supervision|session) completed|completed|attended|"
        r"took place|happened|supervision held|did it happen|status",
    "reason":
        r"reasons?( (if )?(not held|cancelled|missed|for cancellation|if not))*|(reason )?if (not|"
        r"not held|cancelled)( held)?( (give )?(why|reason))?|why not|why",
    "notes":
        r"notes?|comments?|discussion|themes?|details|summary|any comments|remarks|uwagi|nodiadau|"
        r"issues|topics",
    "place": r"place|venue|location|where",
    "started_at": r"time|start time|at|time started",
    "fte": r"fte|wte|contracted hours|hours fte|working pattern",
    "staff_no": r"(staff|employee|payroll|emp|personnel) ?(no|number|id|ref)|payroll",
    "email": r"e ?mail( address)?",
    "registration_no":
        r"(swe|social work england|hcpc|registration|reg|sw england)( reg(istration)?)?( no| number| id|"
        r" ref)?",
}  # fmt: skip
_PATTERNS = {meaning: re.compile(pattern) for meaning, pattern in _TITLES.items()}
MEANINGS = (*_TITLES, "ignore")
"""What a correction may say that a column holds."""


@lru_cache(maxsize=20_000)
def title_means(title: str) -> str | None:
    """What a column of that title holds, or None. Later brackets are left out: “How long (mins)”."""
    said = words.plain(title)
    known = next((meaning for meaning, pattern in _PATTERNS.items() if pattern.fullmatch(said)), None)
    if known:
        return known
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", title)
    parts = [
        part for part in re.split(r"[/|\n]", bare) if words.plain(part) and words.plain(part) != said
    ]
    return next((meaning for part in parts if (meaning := title_means(part))), None)


_NUMBERED = re.compile(
    r"(supervision|sup|session|date|1 1|121|meeting|s)( no| number| date)? ?\d{1,2}"
    r"|\d{1,2}(st|nd|rd|th) (supervision|sup|session|1 1|date)"
)
_HELD = re.compile(
    r"held|actual( date)?|done|date( held)?|completed|took place|date completed|actual held"
)


def is_numbered(title: str) -> bool:
    """Whether it counts sessions: “Supervision 3”, “2nd session”."""
    return bool(_NUMBERED.fullmatch(words.plain(title)))


def under_period(title: str) -> tuple[str, str | None]:
    """What a title under a week or month says: (“session”, its kind if it names one), (“minutes”, None), or
    (“other”, None) for what was planned, remarked or signed."""
    if title_means(title) in ("minutes", "hours"):
        return "minutes", None
    if _HELD.fullmatch(words.plain(title)) or is_numbered(title):
        return "session", None
    kind = words.kind_in(title)
    return ("session", kind) if kind else ("other", None)


_SUPERVISEE = re.compile(r".*\b(supervisee|supervised?|supervise)\b.*")
_SUPERVISION = re.compile(r".*\b(supervis\w*|sup|1 1|121|1 2 1|one to one|1 to 1)\b.*")


def is_surer(title: str, other: str) -> bool:
    """Whether of two titles of one meaning it is this that is meant: “Name of supervisee” beside “Name”, or
    “Most recent supervision” beside “Last meeting”."""
    meaning = title_means(title)
    pattern = {"name": _SUPERVISEE, "last": _SUPERVISION}.get(meaning or "")
    said, instead = words.plain(title), words.plain(other)
    return bool(pattern and pattern.fullmatch(said) and not pattern.fullmatch(instead))


_DATES = re.compile(r"(?:dates? (?:of )?(.+)|(.+) dates?)")


def kind_of_dates(title: str) -> str | None:
    """The words for the kind of session, other than a one-to-one, whose dates a title names: “Group date”."""
    match = _DATES.fullmatch(words.plain(title))
    said = (match[1] or match[2]) if match else ""
    return said if said and words.names_kind(said) and words.kind_in(said) != "one_to_one" else None
