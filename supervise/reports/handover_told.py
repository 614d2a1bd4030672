"""What a handover is told: plain records, gathered by whoever has the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from supervise.reports.forms import AgreementTold, Promise
from supervise.reports.measured import discreet
from supervise.today import BoardRow, Booking, LateUnder, Unevidenced
from supervise.workdays import Day


class Why(NamedTuple):
    """A reason of a gap: `kind` is explained, cancelled or missed; an explanation may say more (`text`) and
    who gave it."""

    kind: str
    reason: str
    text: str | None
    by: str | None
    first: Day
    last: Day

    def discreet(self) -> Why:
        """The same without words about health or family leave."""
        return self._replace(reason=discreet(self.reason), text=self.text and discreet(self.text))


class GapTold(NamedTuple):
    """A gap from its first to its last late day: `ended` is session, absent, left, stopped or open;
    `sentences` say why it came to be, `under` whose supervision its late days fell to."""

    first: Day
    last: Day
    days_late: int
    days_away: int
    ended: str
    sentences: tuple[str, ...]
    reasons: tuple[Why, ...]
    under: tuple[LateUnder, ...]

    def discreet(self) -> GapTold:
        """The same without words about health or family leave in its reasons."""
        return self._replace(reasons=tuple(each.discreet() for each in self.reasons))


class LastHeld(NamedTuple):
    """The last session that was held, of any kind: `evidence` says what there is of its record."""

    on: Day
    kind: str
    supervisor: str | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One person: `why` is the reasoning behind their standing, `then` what follows the present rule, `ahead`
    the days of the coming weeks on which something else falls (a rule that changes, a post that ends)."""

    row: BoardRow
    why: tuple[str, ...]
    then: str | None = None
    last: LastHeld | None = None
    actions: tuple[Promise, ...] = ()
    agreement: AgreementTold | None = None
    gaps: tuple[GapTold, ...] = ()
    ahead: tuple[tuple[Day, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A team (None: everybody) as at a day: gaps are those with a late day since `gaps_from`, and `until` is
    the last day of what falls due. `manager` supervises most of them now, `to` is who takes over."""

    team: str | None
    clock: str
    as_at: Day
    until: Day
    gaps_from: Day
    people: tuple[Handed, ...] = ()
    bookings: tuple[Booking, ...] = ()
    unevidenced: tuple[Unevidenced, ...] = ()
    manager: str | None = None
    to: str | None = None
    policy: str | None = None
