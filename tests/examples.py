"""The worked examples of the specification (cadence, section 8), as facts for the engine."""

from __future__ import annotations

from datetime import date

from supervise.cadence import Clockwork, Facts, Standing, standing
from supervise.explain import Explainer
from supervise.people import Absence, Person, Post, Variation
from supervise.policies import Rulebook
from supervise.policy_files import read_policy
from supervise.service import Service
from supervise.workdays import FOREVER, Day

FIRST_POLICY = """\
[policy]
id = "first"
title = "The policy of the examples"
source = "The specification, section 8"

[absence]
suspends = { sickness = 28 }
return_within_working_days = 5

[supervisor]
new_supervisor_within_working_days = 10

[[clock]]
name = "one_to_one"
counts = ["one_to_one"]
grace_working_days = 3

[[clock.rule]]
title = "Newly qualified: first six weeks"
roles = ["nqsw"]
since = "employed_from"
until = "6 weeks"
every = "1 week"

[[clock.rule]]
title = "Newly qualified: to six months"
roles = ["nqsw"]
since = "employed_from"
until = "6 months"
every = "2 weeks"

[[clock.rule]]
title = "Everyone"
every = "1 month"
first_within = "2 weeks"
"""

SECOND_POLICY = """\
[policy]
id = "second"
title = "Policy of 2018"
source = "A page of the council's handbook."

[absence]
suspends = { sickness = 14 }

[[clock]]
name = "one_to_one"
counts = ["one_to_one"]

[[clock.rule]]
title = "Agency staff"
bases = ["agency"]
since = "spell_start"
until = "3 months"
every = "10 working days"

[[clock.rule]]
title = "Calendar month"
every = "1 calendar month"
"""

NAMES = {"P1": "Ada Person", "S1": "Sam Supervisor", "S2": "Tess Supervisor"}


def on(text: str, year: int = 2017) -> Day:
    """A day written "12 Jan", of 2017 unless another year is named."""
    word, month = text.split()
    return date(
        year,
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].index(month)
        + 1,
        int(word),
    ).toordinal()


def post(first: Day, last: Day = FOREVER, *, role: str = "social_worker", basis: str = "permanent",
         supervisor: str | None = "S1") -> Post:  # fmt: skip
    return Post(first, last, "North", role, basis, supervisor)


class Example:
    """One person's facts under one policy, asked about as at one day."""

    def __init__(
        self, held: str, as_at: str | Day, *, policy: str = FIRST_POLICY, year: int = 2017,
        posts: list[Post] | None = None, absences: list[Absence] | None = None,
        variations: list[Variation] | None = None, employed_from: Day | None = None,
    ) -> None:  # fmt: skip
        days = [on(day.strip(), year) for day in held.split(",") if day]
        start = on("2 Jan") if year == 2017 else on("1 Jun", year)
        self.facts = Facts(
            Person("P1", "Ada Person", employed_from),
            posts or [post(start)], absences or [], variations or [], {"one_to_one": days},
        )  # fmt: skip
        day = on(as_at, year) if isinstance(as_at, str) else as_at
        self.clockwork = Clockwork(Rulebook([read_policy(policy, "p.toml")]), "one_to_one", day)
        self.explainer = Explainer(self.clockwork, Service({"P1": self.facts}, names=NAMES))

    def standing(self) -> Standing:
        return standing(self.clockwork, self.facts)

    def why(self) -> str:
        """Why they stand where they do."""
        return " ".join(self.explainer.standing(self.standing(), self.facts))

    def gaps(self) -> list[str]:
        """Why there were gaps, in order, without the policy."""
        told = [self.explainer.gap(gap) for gap in self.clockwork.gaps(self.facts)]
        return [" ".join(sentences[:-1]) for sentences in told]


def sick(first: Day, last: Day = FOREVER) -> Absence:
    return Absence("sickness", first, last)


def variation(every: str, first: Day) -> Variation:
    return Variation(clock="one_to_one", every=every, first=first)


def example(number: int) -> Example:
    """The example of that number."""
    jan, feb = on("2 Jan"), on("6 Feb")
    agency = [
        post(jan, on("24 Feb"), basis="agency"),
        post(on("27 Feb"), on("28 Apr"), supervisor="S2"),
        post(on("5 Jun"), supervisor="S2"),
    ]
    first_june = on("1 Jun", 2018)
    return {
        1: lambda: Example("12 Jan,31 Jan,20 Mar", "26 Apr"),
        2: lambda: Example("9 Jan,16 Jan,23 Jan,30 Jan,6 Feb,10 Feb,24 Feb,10 Mar", "28 Mar",
                           posts=[post(jan, role="nqsw")], employed_from=jan),
        3: lambda: Example("10 Jan,6 Mar", "7 Mar", absences=[sick(on("20 Jan"), on("16 Feb"))]),
        4: lambda: Example("10 Jan,6 Mar", "7 Mar", absences=[sick(on("20 Jan"), on("17 Feb"))]),
        5: lambda: Example("10 Jan", "3 May", absences=[sick(on("20 Feb"), on("14 Apr"))]),
        6: lambda: Example("10 Jan", "10 Mar", absences=[sick(on("20 Jan"))]),
        7: lambda: Example("10 Jan,20 Feb", "26 Jun", posts=agency),
        8: lambda: Example("10 Jan", "20 Feb", variations=[variation("2 weeks", feb)]),
        9: lambda: Example("10 Jan,10 Feb,13 Mar", "19 Apr"),
        10: lambda: Example("29 Jun,3 Jul,31 Aug", "3 Dec", policy=SECOND_POLICY, year=2018,
                            absences=[sick(on("3 Sep", 2018), on("19 Oct", 2018))]),
        11: lambda: Example("4 Jun", "12 Jun", policy=SECOND_POLICY, year=2018,
                            variations=[variation("6 days", first_june)]),
        12: lambda: Example("4 Jun", "19 Jun", policy=SECOND_POLICY, year=2018,
                            posts=[post(first_june, basis="agency")]),
    }[number]()  # fmt: skip
