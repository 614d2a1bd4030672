"""The words that people use in trackers, and what they stand for.

Everything is compared in plain letters: small, without accents, and without punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from supervise.fields import KNOWN_ROLES


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text in plain letters and digits, words apart by single spaces: “Snr. SW ” is “snr sw”."""
    bare = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).casefold()
    kept = "".join(
        " " if not letter.isalnum() else letter for letter in bare if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def one_line(text: str) -> str:
    """A text with single spaces, on one line."""
    return " ".join(text.split())


#: Months in the languages met in English and Welsh councils' sheets. Beginnings of three letters will do
#: where they fit one month only.
_MONTHS = """
january february march april may june july august september october november december
ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
januar februar marz april mai juni juli august september oktober november dezember
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
"""
_SHORT = 3
_NO_MONTHS = frozenset(("out", "set", "sec", "mag"))  # English words that begin a month elsewhere


@cache
def _month_beginnings() -> dict[str, int]:
    fits: dict[str, set[int]] = {}
    for line in _MONTHS.split("\n"):
        for number, name in enumerate(line.split(), 1):
            for end in range(_SHORT, len(name) + 1):
                fits.setdefault(name[:end], set()).add(number)
    fits["sept"] = {9}
    return {name: min(of) for name, of in fits.items() if len(of) == 1 and name not in _NO_MONTHS}


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month in any of those languages, or its beginning; otherwise None."""
    return _month_beginnings().get(plain(word))


@cache
def month_words() -> str:
    """Those names and beginnings, in plain letters, as an alternative of a regular expression."""
    return "|".join(sorted(_month_beginnings(), key=len, reverse=True))


def without_accents(text: str) -> str:
    """The same text, letter by letter, without accents: places in it stay the same."""
    return "".join(_bare_letter(letter) for letter in text) if not text.isascii() else text


@cache
def _bare_letter(letter: str) -> str:
    bare = {"ł": "l", "Ł": "L", "\u00a0": " ", "’": "'"}.get(letter)
    return bare or (unicodedata.normalize("NFKD", letter)[0] if letter.isalpha() else letter)


WEEKDAYS = re.compile(
    r"\b(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(day|nesday|rsday|sday|urday)?\b[.,]?", re.I
)


def all_of(words: str) -> frozenset[str]:
    """The words between bars."""
    return frozenset(words.split("|"))


#: Marks for “done” and for “not done”. A lone cross may be either: see `cells`.
_TICKS = all_of(
    "✓|✔|✔️|☑|√|✅|y|yes|yep|done|held|completed|complete|ok|true|tak|ie|do|ydy|da|oui|si|ja|sim|ta|"
    "1:1|1-2-1|sup|supervision|had|took place|attended|ü|þ|tick"
)
_NO = all_of("n|no|not held|nie|na|nac oes|naddo|nu|non|nein|nao|false|✗|✘|☒|❌")
_NOTHING = all_of("-|–|—|.|n/a|nil|none|0|not in post|not started|not yet in post|//|/|--|---")
CROSSES = frozenset(("x", "X", "×"))
UNCLEAR = re.compile(
    r"^[?\s]+$|\btb[ca]\b|\bto be (confirmed|arranged|rearranged)\b|^n ?/ ?k$|^see\b|^pending$|^not (known|sure)$|"
    r"^i'?w gadarnhau$",
    re.I,
)
_ABOUT = re.compile(r"\b(approx\w*|about|circa|around|ca?\.|roughly)(?!\w)|~|\?", re.I)
_STARTS = re.compile(r"\b(starts?|started|starting|joined|joins|new starter( from)?|commenced)\b", re.I)
MOVED_FROM = re.compile(
    r"\(?\b(re-?arranged|moved|re-?scheduled|postponed|changed|brought forward|put back|delayed) from\b[^)]*\)?",
    re.I,
)


def is_tick(text: str) -> bool:
    """Whether it says that supervision was held, and no more."""
    return _among(text, _TICKS)


def is_no(text: str) -> bool:
    """Whether it says that it was not held, and no more."""
    return _among(text, _NO)


def is_nothing(text: str) -> bool:
    """Whether it stands for an empty cell."""
    return _among(text, _NOTHING)


def _among(text: str, words: frozenset[str]) -> bool:
    said = " ".join(text.casefold().split())
    return said in words or said.rstrip("!.") in words or plain(text) in words


_LEFT = re.compile(
    r"\b(left|leaver|leaving|leaves|resigned|last day|moved on|transferred out|odesz\w+|odszed\w+|gadael|"
    r"gadawodd)\b",
    re.I,
)
_CANCELLED = re.compile(
    r"\b(canc\w*|postpone\w*|re-?arrang\w*|re-?sched\w*|moved to|re-?book\w*|called off|strike|court|"
    r"training|tm (off|away|sick)|manager (off|away|sick|unavailable)|no supervisor|unable|not held)\b",
    re.I,
)
_MISSED = re.compile(r"\b(dna|did not attend|didn'?t attend|missed|no show|forgot\w*|fta)\b", re.I)
_BOOKED = re.compile(r"\b(booked|planned|due|scheduled|diarised|arranged)\b", re.I)
_MANAGER_AWAY = re.compile(
    r"\b(tm|atm|manager|supervisor)('s)?( is| was|:)? ?(off|away|sick\w*|ill|on leave|a/l|on a/l)\b",
    re.I,
)
#: Kinds of absence by the words for them (fields: ABSENCE_KINDS).
_ABSENT = (
    ("annual_leave", re.compile(r"\b(a ?/ ?l|al|annual leave|on leave|holiday\w*|hols|leave|a\.l\.?|urlaub|"
                                r"gwyliau|urlop|vacances|vacaciones|concediu|ferias|conge)(?!\w)", re.I)),
    ("maternity", re.compile(r"\b(mat|maternity|m ?/ ?l|paternity|adoption|parental|pat|mamolaeth|macierzy\w+)(?!\w)"
                             r"( ?leave)?", re.I)),
    ("sickness", re.compile(r"\b(sick\w*|ill|illness|s ?/ ?l|off sick|lts|long term sick\w*|chory|chora|"
                            r"salwch|sal|maladie|malade|baja|krank|bolnav\w*)(?!\w)", re.I)),
    ("secondment", re.compile(r"\b(sec'?d|second(ed|ment))\b", re.I)),
    ("suspension", re.compile(r"\b(suspend(ed)?|suspension)\b", re.I)),
    ("study", re.compile(r"\b(study|university|uni days?|placement|exam)\b", re.I)),
    ("other", re.compile(r"\b(jury( service)?|compassionate|bereave\w*|career break|sabbatical|unpaid|"
                         r"special leave|off work|absent|away|toil|isolating|covid\w*)\b", re.I)),
)  # fmt: skip


def says_left(text: str) -> bool:
    """Whether it says that somebody left."""
    return bool(_LEFT.search(text))


def says_missed(text: str) -> bool:
    """Whether it says that the worker did not come."""
    return bool(_MISSED.search(text))


def says_cancelled(text: str) -> bool:
    """Whether it says that a session was called off or moved, or what came between."""
    return bool(_CANCELLED.search(text))


def says_started(text: str) -> bool:
    """Whether it says that somebody started."""
    return bool(_STARTS.search(text))


def says_about(text: str) -> bool:
    """Whether it says that a day is not quite certain."""
    return bool(_ABOUT.search(text))


def says_booked(text: str) -> bool:
    """Whether it says that a session was only arranged."""
    return bool(_BOOKED.search(text))


def absence_in(text: str) -> str | None:
    """The worker's kind of absence that a text speaks of, or None. “Sick leave” is sickness and “mat leave”
    maternity, whatever else “leave” may be."""
    text = _MANAGER_AWAY.sub(" ", without_accents(text))
    found = [kind for kind, words in _ABSENT if words.search(text)]
    return next((kind for kind in found if kind != "annual_leave"), found[0] if found else None)


_ROLES = {
    "social_worker": "sw|social worker|qualified social worker|qsw|s w|level 2 social worker|"
    "experienced social worker|childrens social worker",
    "nqsw": "nqsw|asye|newly qualified social worker|newly qualified|nq social worker|asye social worker|"
    "nqsw asye|asye nqsw|level 1 social worker|sw asye|sw nqsw",
    "senior_social_worker": "ssw|snr sw|senior sw|senior social worker|snr social worker|sen sw",
    "advanced_practitioner": "ap|advanced practitioner|adv prac|adv practitioner|advanced prac|"
    "advanced social work practitioner|advanced social worker",
    "team_manager": "tm|team manager|manager|t manager",
    "service_manager": "sm|service manager|head of service",
    "family_support_worker": "fsw|family support worker|family support|fam support worker|"
    "family support practitioner",
    "personal_adviser": "pa|personal adviser|personal advisor|leaving care pa|lcpa|leaving care adviser",
    "student": "student|student social worker|student sw|sw student",
}  # fmt: skip
_BASES = {
    "permanent": "perm|permanent|p|established|council|employed|staff",
    "agency": "agency|locum|temp|a|agency worker|agy|contractor|temporary agency|interim",
    "fixed_term": "ft|fixed term|ftc|fixed term contract|temporary|secondment|fixed",
    "student": "student|placement",
}
_KINDS = {
    "one_to_one": "supervision|sup|1 1|1 2 1|121|1 to 1|one to one|121 supervision|1 1 supervision|"
    "individual|individual supervision|formal|formal supervision|personal supervision|personal|"
    "reflective supervision|reflective|monthly supervision|supervision 1 1|1to1|one 2 one|face to face|"
    "management supervision|line management|monthly|s",
    "group": "group|group supervision|grp|g|team supervision|peer group|group reflective",
    "case": "case supervision|case|case discussion|case reflection|casework|c|case file supervision",
    "ad_hoc": "ad hoc|adhoc|informal|informal supervision|a h|ad hoc supervision|unplanned|catch up",
}


@cache
def _turned(kind: str) -> dict[str, str]:
    tables = {"role": _ROLES, "basis": _BASES, "kind": _KINDS}
    found = {word: known for known, words in tables[kind].items() for word in words.split("|")}
    if kind == "role":
        found |= {known.replace("_", " "): known for known in KNOWN_ROLES}
    return found


def role_in(text: str) -> str | None:
    """The known role that a job title stands for, or None."""
    said = plain(text)
    table = _turned("role")
    bare = plain(re.sub(r"\(.*?\)", " ", text))
    if said in table or bare in table:
        return table.get(said) or table[bare]
    # “Social Worker (ASYE)”, “SW - L3”, “ASYE Social Worker Y1”: known words among others
    words = set(said.split())
    if words & {"asye", "nqsw"}:
        return "nqsw"
    for title in sorted(table, key=len, reverse=True):
        if " " in title and re.search(rf"\b{title}\b", said):
            return table[title]
    return None


def basis_in(text: str) -> str | None:
    """The known basis of employment that a text stands for, or None."""
    said, table = plain(text), _turned("basis")
    return table.get(said) or next((table[word] for word in said.split() if word in _SURE_BASES), None)


_SURE_BASES = frozenset(("perm", "permanent", "agency", "locum", "fixed", "ftc", "student"))


@lru_cache(maxsize=20_000)
def kind_in(text: str) -> str | None:
    """The kind of session that a text stands for, or None."""
    said = plain(text)
    table = _turned("kind")
    if said in table:
        return table[said]
    for kind, words in (("group", ("group",)), ("case", ("case",)), ("ad_hoc", ("ad hoc", "informal")),
                        ("one_to_one", ("1 1", "1 2 1", "121", "one to one", "supervision"))):  # fmt: skip
        if any(re.search(rf"\b{word}\b", said) for word in words):
            return kind
    return None


def names_kind(text: str) -> bool:
    """Whether a text names a kind of session and no more than that."""
    return plain(text) in _turned("kind")


def has_word(text: str, words: Iterable[str]) -> bool:
    """Whether one of these plain words is in the text, as a word of its own."""
    said = f" {plain(text)} "
    return any(f" {word} " in said for word in words)
