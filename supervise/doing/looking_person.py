"""One person's whole story: where they stand and why, every gap with its reasons, every session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from supervise import wording
from supervise.cadence import Clockwork, Facts, Gap, Standing
from supervise.cadence.spells import suspensions
from supervise.doing.looking_board import Seen
from supervise.doing.looking_cases import CaseLine, cases_of, last_day
from supervise.doing.looking_gaps import Reason, explanations_of, late_under, not_held_in, reasons_of
from supervise.doing.looking_today import Waiting
from supervise.doing.looking_words import how_often
from supervise.explain import Explainer
from supervise.people import Person, Post
from supervise.service import Row, post_of, session_of
from supervise.sessions import Session, missing_evidence
from supervise.store import Store
from supervise.store.lists import ActionThere
from supervise.strips import Strip, strip
from supervise.today import BoardRow, LateUnder, NotHeld
from supervise.workdays import FOREVER, Day, add_months, day, iso

AHEAD = 28
"""How many days a strip of the year goes on after the day itself, for what is due or booked."""


class GapStory(NamedTuple):
    """A gap, told: `sentences` say why it came to be and how it ended, `reasons` what was entered."""

    gap: Gap
    sentences: tuple[str, ...]
    reasons: tuple[Reason, ...]
    not_held: tuple[NotHeld, ...]
    late_under: tuple[LateUnder, ...]


class SessionLine(NamedTuple):
    """A session as it stood on the day. `evidence` says what there is of a held one's record ("" of any
    other) and `missing` the steps it lacks; `counts` whether it counts for the clock, `doubt` what to
    look at: held while the clock was stopped, or outside every post."""

    session: Session
    supervisor: str | None
    counts: bool
    evidence: str
    missing: tuple[str, ...]
    doubt: str | None


class PostLine(NamedTuple):
    """A post, with the id of its row."""

    id: str
    post: Post
    supervisor: str | None
    fte: float | None
    days: str | None


class AbsenceLine(NamedTuple):
    """Time away, with its kind, which is for this page only; `stops` says that the clock is stopped by it
    as things stand."""

    id: str
    kind: str
    first: Day
    last: Day
    stops: bool


class VariationLine(NamedTuple):
    """An agreed frequency: `often` is how it is said."""

    id: str
    clock: str
    often: str
    first: Day
    last: Day
    reason: str | None
    approved_by: str | None


class AgreementLine(NamedTuple):
    """A supervision agreement; `is_past` where the day of its review has gone and none was signed since."""

    id: str
    supervisor: str | None
    signed_on: Day
    review_on: Day | None
    text: str | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class PersonStory:
    """Everything the page of a person shows, as at a day; what is newest comes first.

    `row` is None for somebody not in post, `details` the whole row of people, `why` the reasoning behind
    the standing, `strip` the year to the day and a little of what is ahead.
    """

    day: Day
    clock: str
    person: Person
    details: Row
    row: BoardRow | None
    standing: Standing
    why: tuple[str, ...]
    strip: Strip
    gaps: tuple[GapStory, ...]
    sessions: tuple[SessionLine, ...]
    open_actions: tuple[ActionThere, ...]
    done_actions: tuple[ActionThere, ...]
    posts: tuple[PostLine, ...]
    absences: tuple[AbsenceLine, ...]
    variations: tuple[VariationLine, ...]
    agreements: tuple[AgreementLine, ...]
    cases: tuple[CaseLine, ...]


def year_to(when: Day) -> tuple[Day, Day]:
    """The days of the 12-month strip that ends a little after a day."""
    return add_months(when, -12) + 1, min(when + AHEAD, FOREVER)


def as_it_stood(session: Session, when: Day) -> Session | None:
    """A session as at a day: one held later was planned for its day, or was not there; what was shared or
    signed later was not yet. None if it was not there."""
    if session.held_on is not None and session.held_on > when:
        if session.planned_on is None:
            return None
        return Session(
            id=session.id, person=session.person, kind=session.kind, status="planned",
            supervisor=session.supervisor, planned_on=session.planned_on,
            planned_start=session.planned_start, place=session.place,
        )  # fmt: skip
    return session._replace(
        shared_on=_by(session.shared_on, when),
        worker_signed_on=_by(session.worker_signed_on, when),
        supervisor_signed_on=_by(session.supervisor_signed_on, when),
    )


def _by(on: Day | None, when: Day) -> Day | None:
    return on if on is not None and on <= when else None


def story(store: Store, seen: Seen, person: str) -> PersonStory:
    """The story of somebody whose whole history, of every kind of session, has been read into `seen`."""
    clockwork, when = seen.clockwork, seen.day
    facts = seen.service.facts[person]
    stands = seen.everyone[0]
    told = [as_it_stood(session_of(row), when) for row in store.rows("session", person_id=person)]
    sessions = [session for session in told if session is not None]
    waiting = Waiting(store, when, clockwork.rulebook, [person])
    waiting.learn(session.supervisor for session in sessions)
    gaps = clockwork.gaps(facts)
    first, last = year_to(when)
    explainer = Explainer(clockwork, seen.service)
    rows = seen.rows(waiting.lists.booked(seen.booked))
    return PersonStory(
        when,
        clockwork.clock,
        facts.person,
        store.rows_by_id("person", [person])[person],
        rows[0] if rows else None,
        stands,
        tuple(explainer.standing(stands, facts)),
        strip(clockwork, facts, first, last, gaps=gaps, stands=stands),
        tuple(_gaps(store, seen, explainer, gaps, sessions)),
        tuple(_session_lines(clockwork, facts, sessions, waiting.names)),
        tuple(waiting.lists.open_actions()),
        tuple(reversed(waiting.lists.done_actions())),
        tuple(_posts(store, person, seen)),
        tuple(_absences(store, facts, clockwork)),
        tuple(_variations(store, person)),
        tuple(_agreements(store, person, when)),
        tuple(cases_of(store, person, clockwork.rulebook, when)),
    )


def _gaps(
    store: Store, seen: Seen, explainer: Explainer, gaps: Iterable[Gap], sessions: Iterable[Session]
) -> Iterable[GapStory]:
    clock, rulebook = seen.clockwork.clock, seen.clockwork.rulebook
    rows: list[Row] = []
    sessions = list(sessions)
    for gap in sorted(gaps, key=lambda gap: -gap.first_late_day):
        rows = rows or list(store.rows("explanation", person_id=gap.subject))
        explained = explanations_of(rows, clock, gap.first_late_day, gap.last_late_day)
        not_held = not_held_in(gap.interval, sessions, rulebook, clock)
        yield GapStory(
            gap,
            tuple(explainer.gap(gap)),
            reasons_of(explained, not_held),
            not_held,
            late_under(gap.interval.spell, gap.first_late_day, gap.last_late_day, seen.service.names),
        )


def _session_lines(
    clockwork: Clockwork, facts: Facts, sessions: Iterable[Session], names: dict[str, str]
) -> Iterable[SessionLine]:
    spells = clockwork.timeline(facts).spells()
    for session in sorted(sessions, key=lambda each: (_when(each), each.id), reverse=True):
        supervisor = names.get(session.supervisor or "")
        held = session.held_on if session.status == "held" else None
        if held is None:
            yield SessionLine(session, supervisor, False, "", (), None)
            continue
        clock = clockwork.rulebook.clock_on(clockwork.clock, held)
        counts = clock is not None and session.kind in clock.counts
        spell = next((each for each in spells if each.first <= held <= each.last), None)
        doubt = None
        if counts and spell is None:
            doubt = "held outside every post, so that it counts for nothing"
        elif counts and spell is not None and spell.at(held).stopped:
            doubt = "held while the clock was stopped"
        missing = () if session.record_kept else missing_evidence(session, clockwork.as_at)
        said = wording.evidence_said(
            missing, facts.person.name, supervisor, elsewhere=session.record_kept
        )
        yield SessionLine(session, supervisor, counts and spell is not None, said, missing, doubt)


def _when(session: Session) -> Day:
    return session.held_on or session.planned_on or session.recorded_on or 0


def _posts(store: Store, person: str, seen: Seen) -> Iterable[PostLine]:
    for row in sorted(_rows(store, "post", person), key=lambda row: str(row["from"]), reverse=True):
        post = post_of(row)
        supervisor = seen.service.name(post.supervisor) or post.supervisor
        yield PostLine(row["id"], post, supervisor, row["fte"], row["days"])


def _absences(store: Store, facts: Facts, clockwork: Clockwork) -> Iterable[AbsenceLine]:
    stops = suspensions(facts.absences, clockwork.rulebook, clockwork.as_at)
    rows = _rows(store, "absence", facts.person.id)
    for row in sorted(rows, key=lambda row: str(row["from"]), reverse=True):
        first, last = day(row["from"]), last_day(row)
        policy = clockwork.rulebook.first_on_or_before(first)
        suspends = policy is not None and row["kind"] in policy.suspends
        inside = any(start <= first and last <= end for start, end in stops)
        yield AbsenceLine(row["id"], wording.words(row["kind"]), first, last, suspends and inside)


def _variations(store: Store, person: str) -> Iterable[VariationLine]:
    rows = _rows(store, "variation", person)
    for row in sorted(rows, key=lambda row: str(row["from"]), reverse=True):
        yield VariationLine(
            row["id"], row["clock"], how_often(row["every"]), day(row["from"]), last_day(row),
            row["reason"], row["approved_by"],
        )  # fmt: skip


def _agreements(store: Store, person: str, when: Day) -> Iterable[AgreementLine]:
    signed = [row for row in _rows(store, "agreement", person) if row["signed_on"] <= iso(when)]
    signed.sort(key=lambda row: (str(row["signed_on"]), str(row["id"])), reverse=True)
    names = store.rows_by_id("person", {row["supervisor_id"] for row in signed if row["supervisor_id"]})
    for at, row in enumerate(signed):
        review = day(row["review_on"]) if row["review_on"] else None
        supervisor = names.get(row["supervisor_id"])
        yield AgreementLine(
            row["id"], supervisor["name"] if supervisor else None, day(row["signed_on"]), review,
            row["text"], at == 0 and review is not None and review < when,
        )  # fmt: skip


def _rows(store: Store, kind: str, person: str) -> list[Row]:
    return list(store.rows(kind, person_id=person))
