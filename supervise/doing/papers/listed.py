"""Every paper there is: what it is asked with, and how it is told. A further paper is a further line of `PAPERS`.

What prints is imported when a paper is told, not when papers are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supervise.doing.papers.paper import About, Paper, Steps, Told

if TYPE_CHECKING:
    from supervise.doing.here import Here


def _record(here: Here, about: About) -> Steps[Told]:
    from supervise.reports.record import name_of, tell_record

    yield from ()
    record = here.record(_there(about.session))
    story = tell_record(record, here.today(), about.parts)
    return Told(name_of(record, about.parts), [story], rows=[("session", about.session)])


def _record_form(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers.people import PeoplePapers
    from supervise.reports.forms import name_of, tell_record_form

    yield from ()
    form = PeoplePapers(here).record_form(about.person, about.team, about.on)
    return Told(name_of(form), [tell_record_form(form)], {"team": form.team}, _whom(about))


def _agreement(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers.people import PeoplePapers
    from supervise.reports.forms import name_of, tell_agreement

    yield from ()
    form = PeoplePapers(here).agreement(about.person, about.review)
    says = {"team": form.team, "policy": form.policy}
    return Told(name_of(form), [tell_agreement(form)], says, _whom(about))


def _worker(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers.people import PeoplePapers
    from supervise.reports.worker import name_of, tell_chronology

    yield from ()
    person, first, last = _there(about.person), _there(about.first), _there(about.last)
    told = PeoplePapers(here).chronology(
        person, first, last, about.as_at, about.clock, kinds=about.kinds
    )
    says = {"team": told.team, "period": (first, last), "as_at": told.as_at, "known_at": here.today()}
    return Told(name_of(told), [tell_chronology(told)], says, _whom(about))


def _handover(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers.people import PeoplePapers
    from supervise.reports.handover import name_of, tell_handover

    yield from ()
    told = PeoplePapers(here).handover(about.team, about.as_at, about.clock, to=about.whom)
    says = {
        "team": told.team, "as_at": told.as_at, "known_at": here.today(), "policy": told.policy,
    }  # fmt: skip
    return Told(name_of(told), [tell_handover(told)], says, [("handover", None)])


def _card(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers.people import PeoplePapers
    from supervise.reports.cadence_card import name_of, tell_card

    yield from ()
    card = PeoplePapers(here).card(about.policy, about.clock)
    return Told(name_of(card), [tell_card(card)], {"policy": card.policy, "source": card.source})


def _team(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers import team

    return (yield from team.tell(here, about))


def _service(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers import service

    return (yield from service.tell(here, about))


def _since(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers import since

    return (yield from since.tell(here, about))


def _pack(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers import pack

    return (yield from pack.tell(here, about))


def _own_data(here: Here, about: About) -> Steps[Told]:
    from supervise.doing.papers import own_data

    return (yield from own_data.tell(here, about))


def _there(value: Any) -> Any:
    """What a paper cannot be told without; whoever asked has been refused by now if it is missing."""
    assert value is not None
    return value


def _whom(about: About) -> list[tuple[str, str | None]]:
    """Whose row is looked at; a form for nobody yet is of nobody."""
    return [("person", about.person)] if about.person else []


_PERIOD = ("first", "last")
_WHEN = ("clock", "as_at")

RECORD = Paper(
    "record",
    "Supervision record",
    "one supervision that was held, with its evidence and lines to sign on",
    ("session",),
    ("parts",),
    _record,
)

PAPERS = (
    RECORD,
    Paper(
        "record-form",
        "Record form",
        "a record to fill in by hand",
        (),
        ("person", "team", "on"),
        _record_form,
    ),
    Paper(
        "agreement",
        "Supervision agreement",
        "to be signed by both",
        (),
        ("person", "review"),
        _agreement,
    ),
    Paper(
        "worker",
        "Worker’s chronology",
        "everything recorded of one person over a period",
        ("person", *_PERIOD),
        ("kinds", *_WHEN),
        _worker,
        has_tables=True,
        per_person=True,
    ),
    Paper(
        "handover",
        "Handover pack",
        "what a manager taking over should know of each person",
        (),
        ("team", "whom", *_WHEN),
        _handover,
        has_tables=True,
        per_person=True,
    ),
    Paper(
        "team",
        "Team compliance",
        "a team over a period: measures, months, every gap with its reasons",
        ("team", *_PERIOD),
        _WHEN,
        _team,
        has_tables=True,
    ),
    Paper(
        "service",
        "Service compliance",
        "everybody over a period, teams side by side",
        _PERIOD,
        _WHEN,
        _service,
        has_tables=True,
    ),
    Paper(
        "since",
        "Since the last visit",
        "a team or everybody before and after a visit: what changed, and under which rules",
        ("first", "on", "last"),
        ("team", *_WHEN),
        _since,
        has_tables=True,
    ),
    Paper(
        "pack",
        "Inspection pack",
        "compliance, gaps with explanations, what is missing, and records drawn at random: 10, or as many as asked",
        _PERIOD,
        ("team", *_WHEN, "sample", "seed"),
        _pack,
        has_tables=True,
    ),
    Paper(
        "own-data",
        "Everything held about one person",
        "for somebody who asks what is held about them: facts, records, changes, who looked",
        ("person",),
        (),
        _own_data,
    ),
    Paper("card", "Cadence card", "one page on what a policy asks for", (), ("policy", "clock"), _card),
)
"""Every paper, in the order in which papers are listed."""

BY_NAME = {paper.name: paper for paper in PAPERS}
