"""Words in a supervision record that may name a child or family: a warning, never a bar.

A record of supervision belongs to the worker; what is decided about a child belongs on the child's file, and
is found there by the case reference. So that no second, unofficial record of children grows on laptops, the
writer is asked about NHS numbers, dates of birth and what looks like the name of a child or family. Ordinary
prose must pass in silence: a warning that is wrong every day is no longer read. Names of staff, months,
places and the profession's own terms are nobody's secret.

A text is read once from left to right, with a bounded look around each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

NHS_NUMBER, DATE_OF_BIRTH, NAME = "nhs_number", "date_of_birth", "name"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RELATIONS = _set(
    """mum mums mam mom mummy mother mothers dad dads daddy father fathers parent parents nan nana nanny gran granny
    grandma grandad granddad grandfather grandmother grandparents aunt auntie aunty uncle brother brothers sister
    sisters sibling siblings stepdad stepfather stepmum stepmother son sons daughter daughters baby infant toddler
    unborn child children boy boys girl girls twin twins triplets cousin niece nephew miss mr mrs ms mx"""
)
_BELONGINGS = _RELATIONS | _set(
    "family foster carer carers placement school nursery case file chronology birthday"
)
_FAMILY = _RELATIONS | _set("kids family families household case")
_CALLED = _set("of to called named")
_IN = _set("in near around at outside")
_PARTICLES = _set("de van der den von bin bint al el la le du da dos ap ferch")
_STREETS = _set(
    "road street lane avenue close drive way crescent court gardens terrace place grove hill park"
)
#: Words that a sentence may begin with or a name never has: function words, the calendar, where people are from.
_ORDINARY = _set(
    """a about above afghan african after again against albanian all also although always am an and another any anyone
    apr april arabic are as asian at aug august autumn away back bangladeshi be because been before being below
    bengali best better between black both britain british but by cafcass camhs can caribbean catholic chinese
    christian christmas clear could dec december dfe did diwali do does doing done due during each early easter eid
    either else england english enough eritrean european even ever every everyone everything feb february few first
    five for four fri friday from full further ghanaian given good great gypsy had half happy has have having he her
    here him hindu his how however i if in indian instead into iranian iraqi ireland irish is it its jan january
    jewish jul july jun june just kurdish last late later less let like lithuanian little london long look low many
    mar march may me mid mon monday more most much muslim must my nearly need neither never new next nice nigerian no
    nobody none nor not nothing nov november now oct october of off ofsted often on once one only open or other others
    our out over own pakistani part perhaps please plus polish portuguese quite ramadan rather right roma romanian
    same sat saturday scotland scottish second see sep sept september seven several she short should sikh since six so
    somali some somebody someone something soon spring still strong such sudanese summer sun sunday syrian ten than
    thank thanks that the their them then there these they third this those three through thu thur thurs thursday thus
    to today together tomorrow too traveller tue tues tuesday turkish twelve twice two uk ukrainian under unless until
    up upon us usually very via vietnamese wales was we wed wednesday well welsh went were what when where whether
    which while white who whole whose why will winter with within without would yes yesterday yet you your"""
)
#: The profession's own terms, its organisations and papers, and what buildings and towns are called.
_THINGS = _set(
    """academy access achieving act action adolescent adoption adult adults advanced advice advocacy advocate agency
    agreement allegation analysis anti apprentice approved area assessed assessment assistant attachment attendance
    audit authority award bank barnardos board book bowlby capacity care carers caseload cases central centre
    childcare childline children's chronology church city civic clinic college committee community conference consent
    consultant contact contextual core council counselling county crime criminal crown day deputy designated
    development direct director disabilities disability district diversity domestic duty east eastern ecomap education
    educational educator emergency employment event evidence exploitation fair familiar family family's final focus
    forum foster fostering foundation framework funding genogram genograms greater group guardian handbook head health
    healthy hearing help high home homes hospital house houses housing hub improvement incredible independent
    induction information institute integrated intensive international interview interviewing judge justice kinship
    knowledge laming law leader leadership learning leaving legal library life line list local lone looked magistrates
    management manager managers mapping marac meeting mental mentor mentoring midlands missing model munro national
    neglect norfolk north northern nurse nursery nursing office officer order outline outreach paediatric panel
    parental parenting partner partnership pathway pathways people performance person personal placement plan planning
    police policy practice practitioner pre-birth prevent primary principal probation proceedings process programme
    progress project protected protection protocol psychologist psychology public pupil quality record recording
    records referral reflective register registration regulation report research residential return review risk role
    room royal safe safeguarding safer safety saint scheme school schools secondary section senior serious service
    services session sexual shared signs social solicitor south southern special specialist staff standard standards
    star statement statutory step story strategic strategy strength strengths structured student sub summary
    supervising supervision supervisor support sure system systemic systems teacher teachers team teams therapeutic
    therapist therapy thinking three time tool town trafficking training transfer transition trauma tribunal triple
    trust union unison unit university violence virtual visit voice vulnerable ward washing weekly west western women
    word work worker workers working workshop year yorkshire young youth"""
)


class Suspect(NamedTuple):
    """Part of a text, from one character to another, that may say who a child is; its words and kind, and
    a sentence for the writer."""

    start: int
    end: int
    words: str
    kind: str
    sentence: str


class _Word(NamedTuple):
    """One word. `low` is without capitals and without an s that says `whose`; `named` says that it is
    written as a name is, a capital with small letters after it; `opens` that it begins a sentence or line;
    `follows` that only a space is between it and the word before."""

    start: int
    end: int
    low: str
    named: bool
    whose: bool
    opens: bool
    follows: bool


_ADVICE = {
    NHS_NUMBER: "This looks like an NHS number (“{}”). Use the case number: the rest belongs on the child’s file.",
    DATE_OF_BIRTH: "This looks like a date of birth (“{}”). It belongs on the child’s file; an age may do here.",
    NAME: "This may name a child or family (“{}”). Use the case number: the discussion belongs on the child’s file.",
}
_NUMBER = re.compile(r"(?<![\w/-])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![\w/-])")
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_YEAR = "(?:[0-9]{4}|’?'?[0-9]{2})"
_DATE = (
    rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})"
    r"(?![0-9])"
)
_BORN = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|born)"
_BIRTHS = re.compile(
    rf"\b{_BORN}[ \t:,(=–-]{{0,3}}(?:(?:is|was|on|of|the)[ \t]{{1,2}}){{0,3}}{_DATE}"
    rf"|(?<![\w/]){_DATE}[ \t]{{0,2}}[(]?{_BORN}",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_OPENING = re.compile(r"(?:[.!?:;•*\n\r\u2028\u2029–—-])[\s\"“‘'(\[]*$")
_LONGEST_NAME = 4


def suspects(
    text: str, staff_names: Iterable[str] = (), case_refs: Iterable[str] = (), known: Iterable[str] = ()
) -> list[Suspect]:
    """What in a text may say who a child is, in order and without overlaps.

    `staff_names` are the people of the service, `case_refs` its case references, `known` any other names
    that may be written (teams, headings): none of these is suspect.
    """
    spared = frozenset(
        word.casefold() for name in (*staff_names, *known) for word in _WORDS.findall(name)
    )
    references = frozenset(case_refs)
    found = [*_numbers(text, references), *_births(text), *_Names(text, spared)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Suspect] = []
    for each in found:
        if each.words not in references and (not kept or each.start >= kept[-1].end):
            kept.append(each)
    return kept


def _suspect(text: str, start: int, end: int, kind: str) -> Suspect:
    words = " ".join(text[start:end].split())
    return Suspect(start, end, words, kind, _ADVICE[kind].format(words))


def _numbers(text: str, references: frozenset[str]) -> Iterator[Suspect]:
    """Ten figures whose last one is the check digit of the nine before (modulus 11), as 3-3-4 or at once."""
    for found in _NUMBER.finditer(text):
        figures = f"{found[1]}{found[3]}{found[4]}"
        total = sum(
            int(figure) * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)
        )
        is_valid = (11 - total % 11) % 11 == int(figures[9]) and len(set(figures)) > 1
        if is_valid and figures not in references:
            yield _suspect(text, *found.span(), NHS_NUMBER)


def _births(text: str) -> Iterator[Suspect]:
    """A day beside a word of birth."""
    for found in _BIRTHS.finditer(text):
        yield _suspect(text, *found.span(), DATE_OF_BIRTH)


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for found in _WORDS.finditer(text):
        start, word = found.start(), found.group()
        before = text[max(end, start - 6) : start]
        whose = word[-2:] in ("’s", "'s")
        word = word[:-2] if whose else word
        named = len(word) > 1 and word[0].isupper() and not word[1:].isupper()
        opens = end == 0 or _OPENING.search(before) is not None
        follows = before in (" ", "  ", "\t", "\N{NO-BREAK SPACE}")
        end = found.end()
        yield _Word(start, end, word.casefold(), named, whose, opens, follows)


class _Names:
    """The words of one text, and which of them make a name. Each rule is asked at a word, looks at a few
    words after it and answers with the first and last word of a name, or None."""

    def __init__(self, text: str, spared: frozenset[str]) -> None:
        self._text, self._words = text, list(_words(text))
        self._spared = spared | _ORDINARY | _THINGS | _STREETS | _RELATIONS
        self._known = spared
        self._rules = (self._relation, self._group, self._belonging, self._by_itself)

    def __iter__(self) -> Iterator[Suspect]:
        at = 0
        while at < len(self._words):
            spans = (rule(self._words[at], at) for rule in self._rules)
            if span := next(filter(None, spans), None):
                first, at = span
                yield _suspect(self._text, self._words[first].start, self._words[at].end, NAME)
            at += 1

    def _after(self, at: int) -> _Word:
        """The word after that one, if only a space is between them; otherwise one that is nothing."""
        if at + 1 < len(self._words) and self._words[at + 1].follows:
            return self._words[at + 1]
        return _NOTHING

    def _is_name(self, word: _Word) -> bool:
        """Whether a word may be part of the name of somebody who is not known here."""
        return word.named and self._spared.isdisjoint(word.low.split("-"))

    def _end_of_name(self, at: int) -> int:
        end = at
        while end - at < _LONGEST_NAME and self._is_name(self._after(end)):
            end += 1
        return end

    def _relation(self, word: _Word, at: int) -> tuple[int, int] | None:
        """ "mum of Tyler", "his brother Tyler", "a girl called Mia", "Baby Jones"."""
        if word.low not in _RELATIONS or word.whose:
            return None
        last = at + 2 if self._after(at).low in _CALLED else at + 1
        if not self._is_name(self._after(last - 1)):
            return None
        title = self._after(last)  # of something longer, as in “children Hillside Centre”
        return None if title.named and title.low in _THINGS else (at, self._end_of_name(last))

    def _belonging(self, word: _Word, at: int) -> tuple[int, int] | None:
        """ "Tyler’s mum", "Mia’s foster carer"."""
        after = self._after(at)
        owns = word.whose and after.low in _BELONGINGS and not after.named
        return (at, at + 1) if owns and self._is_name(word) else None

    def _group(self, word: _Word, at: int) -> tuple[int, int] | None:
        """ "the Smith children", "Beech Road sibling group". Any word has a capital where a sentence
        begins: there only a street says that it is a name."""
        if not word.named or word.low in self._known or word.low in _ORDINARY:
            return None
        in_street = self._after(at).named and self._after(at).low in _STREETS
        if not in_street and (word.opens or not self._is_name(word)):
            return None
        last = self._end_of_name(at + in_street)
        group = self._after(last)
        if self._words[last].whose or group.named or group.whose or group.low not in _FAMILY:
            return None
        return at, last + (2 if self._after(last + 1).low in ("group", "groups") else 1)

    def _by_itself(self, word: _Word, at: int) -> tuple[int, int] | None:
        """A first name and a surname: a run of words with capitals, none of which has another use. After
        “in” or “near” they are a place."""
        before = self._words[at - 1] if at and word.follows else _NOTHING
        if not word.named or (before.named and not before.whose):
            return None  # within a run that was looked at from its beginning
        first = last = at
        while self._after(last).named or self._after(last).low in _PARTICLES:
            last += 1
            if last - at > _LONGEST_NAME:
                return None
        while first < last and self._words[first].low in _ORDINARY:
            first += 1
        while last > first and (not self._words[last].named or self._words[last].low in _ORDINARY):
            last -= 1
        run = self._words[first : last + 1]
        is_place = self._words[first].follows and self._words[first - 1].low in _IN
        is_verb = run[0].opens and run[0].low.endswith(("ed", "ing", "ly"))
        if is_place or is_verb or sum(each.named for each in run) < 2:
            return None
        is_name = all(self._is_name(each) or each.low in _PARTICLES for each in run)
        return (first, last) if is_name else None


_NOTHING = _Word(0, 0, "", False, False, False, False)
