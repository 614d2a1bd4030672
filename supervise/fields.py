"""Everything a person can enter, said once: kinds of fact, their fields, and what each field may hold.

The interchange files (names of files and columns), the store's tables and the checks on what comes in
all read this one table (specification: interchange, section 1). A *row* is a plain dictionary from field
name to value: text, days as ISO text (yyyy-mm-dd), times as hh:mm, whole numbers as int, numbers as
float, yes/no as bool, and None for nothing. Each row has an `id`; where the files give one (people,
sessions, actions) it is that text, otherwise the store makes it.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Holds(Enum):
    """What a field may hold, as the files write it."""

    TEXT = "text"
    DAY = "a date"
    TIME = "a time"
    COUNT = "a whole number"
    NUMBER = "a number"
    YES_NO = "yes or no"


class Field(NamedTuple):
    """One column: `name` as in the files; `refers` names the kind whose id it must be; `words` are the
    only texts allowed, if any; `prose` marks what people write in sentences (and may search for)."""

    name: str
    holds: Holds = Holds.TEXT
    required: bool = False
    refers: str | None = None
    words: tuple[str, ...] = ()
    prose: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, looked up by itself for every row
class Kind:
    """A kind of fact: `name` is its table, `sheet` its file or worksheet, `id_column` the column that
    gives its id (None: the store makes one), and `key` the fields by which a later copy of the same file
    recognises a row that has no id of its own."""

    name: str
    sheet: str
    id_column: str | None
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its file, in the order of the specification."""
        own = (self.id_column,) if self.id_column else ()
        return own + tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name. KeyError if it has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


ABSENCE_KINDS = (
    "annual_leave", "sickness", "maternity", "secondment", "suspension", "study", "other",
)  # fmt: skip
BASES = ("permanent", "agency", "fixed_term", "student")
SESSION_KINDS = ("one_to_one", "group", "ad_hoc", "case")
STATUSES = ("planned", "held", "cancelled", "missed")
KNOWN_ROLES = (
    "social_worker", "nqsw", "senior_social_worker", "advanced_practitioner", "team_manager",
    "service_manager", "family_support_worker", "personal_adviser", "student",
)  # fmt: skip


def _text(name: str, *words: str, required: bool = False, prose: bool = False) -> Field:
    return Field(name, required=required, words=words, prose=prose)


def _day(name: str, *, required: bool = False) -> Field:
    return Field(name, Holds.DAY, required=required)


def _to(name: str, kind: str, *, required: bool = False) -> Field:
    return Field(name, required=required, refers=kind)


_RECORDED = _day("recorded_on")
_PERSON = _to("person_id", "person", required=True)
_SESSION = _to("session_id", "session", required=True)

PERSON = Kind(
    "person", "people", "person_id",
    (_text("name", required=True), _text("staff_no"), _text("email"), _text("registration_no"),
     _day("employed_from"), _day("registered_on"), _day("left_on"), _day("records_from"), _RECORDED),
)  # fmt: skip
POST = Kind(
    "post", "posts", None,
    (_PERSON, _text("team", required=True), _text("role", required=True), _text("basis", *BASES),
     _to("supervisor_id", "person"), Field("fte", Holds.NUMBER), _text("days"),
     _day("from", required=True), _day("to"), _RECORDED),
    key=("person_id", "team", "role", "from"),
)  # fmt: skip
ABSENCE = Kind(
    "absence", "absences", None,
    (_PERSON, _text("kind", *ABSENCE_KINDS, required=True), _day("from", required=True), _day("to"),
     _RECORDED),
    key=("person_id", "kind", "from"),
)  # fmt: skip
SESSION = Kind(
    "session", "sessions", "session_id",
    (_PERSON, _to("supervisor_id", "person"), _text("kind", *SESSION_KINDS, required=True),
     _text("status", *STATUSES, required=True), _day("planned_on"), Field("planned_start", Holds.TIME),
     _day("held_on"), Field("started_at", Holds.TIME), Field("minutes", Holds.COUNT),
     Field("interrupted", Holds.YES_NO), _text("place"), _RECORDED, _day("shared_on"),
     _day("worker_signed_on"), _day("supervisor_signed_on"),
     _text("signed_how", "paper", "on_screen", "email"), _text("worker_view", "agrees", "disagrees"),
     _text("record_kept"), _text("reason", prose=True),
     _text("cancelled_by", "worker", "supervisor", "other"), _text("notes", prose=True)),
)  # fmt: skip
SECTION = Kind(
    "session_section", "session_sections", None,
    (_SESSION, Field("position", Holds.COUNT, required=True),
     _text("part", "personal", "case", required=True), _text("heading", required=True),
     _text("text", prose=True), _RECORDED),
    key=("session_id", "position"),
)  # fmt: skip
LATE_ENTRY = Kind(
    "late_entry", "late_entries", None,
    (_SESSION, _day("entered_on", required=True), _text("by"),
     _text("text", required=True, prose=True), _RECORDED),
    key=("session_id", "entered_on", "by", "text"),
)  # fmt: skip
STATEMENT = Kind(
    "statement", "statements", None,
    (_SESSION, _text("by"), _day("on"), _text("text", required=True, prose=True), _RECORDED),
    key=("session_id", "by", "on", "text"),
)  # fmt: skip
ACTION = Kind(
    "action", "actions", "action_id",
    (_SESSION, _PERSON, _text("text", required=True, prose=True), _text("owner"), _day("due_on"),
     _day("done_on"), _to("carried_from", "action"), _RECORDED),
)  # fmt: skip
EXPLANATION = Kind(
    "explanation", "explanations", None,
    (_PERSON, _text("clock", required=True), _day("from", required=True), _day("to", required=True),
     _text("reason", required=True, prose=True), _text("text", prose=True), _text("by"), _RECORDED),
    key=("person_id", "clock", "from", "to"),
)  # fmt: skip
VARIATION = Kind(
    "variation", "variations", None,
    (_PERSON, _text("clock", required=True), _text("every", required=True),
     _day("from", required=True), _day("to"), _text("reason", prose=True), _text("approved_by"),
     _RECORDED),
    key=("person_id", "clock", "from"),
)  # fmt: skip
AGREEMENT = Kind(
    "agreement", "agreements", None,
    (_PERSON, _to("supervisor_id", "person"), _day("signed_on", required=True), _day("review_on"),
     _text("text", prose=True), _RECORDED),
    key=("person_id", "signed_on"),
)  # fmt: skip
CASE = Kind(
    "case_allocation", "cases", None,
    (_PERSON, _text("case_ref", required=True), _text("plan"), _day("from", required=True),
     _day("to"), _RECORDED),
    key=("person_id", "case_ref", "from"),
)  # fmt: skip
DISCUSSION = Kind(
    "case_discussion", "case_discussions", None,
    (_SESSION, _text("case_ref", required=True), _day("recorded_on_file"),
     _text("analysis", prose=True), _text("decision", prose=True), _text("rationale", prose=True),
     _RECORDED),
    key=("session_id", "case_ref"),
)  # fmt: skip
TEMPLATE = Kind(
    "template", "templates", None,
    (_text("template", required=True), _text("team"), Field("position", Holds.COUNT, required=True),
     _text("heading", required=True), _text("prompt", prose=True), _text("part", "personal", "case"),
     _RECORDED),
    key=("template", "team", "position"),
)  # fmt: skip

#: In the order of the specification, which is also an order in which references point backwards,
#: apart from `supervisor_id` (to people) and `carried_from` (to actions) of the same file.
KINDS = (
    PERSON, POST, ABSENCE, SESSION, SECTION, LATE_ENTRY, STATEMENT, ACTION, EXPLANATION, VARIATION,
    AGREEMENT, CASE, DISCUSSION, TEMPLATE,
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}

#: The kinds that belong to one session's record and are locked with it once both have signed.
RECORD_PARTS = (SECTION, ACTION, DISCUSSION)

#: A pair of fields of which the second may not come before the first.
IN_ORDER = (("from", "to"), ("employed_from", "left_on"), ("signed_on", "review_on"))
