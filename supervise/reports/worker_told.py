"""What a worker's chronology is told: plain records, gathered by whoever has the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from supervise.people import Post, Variation
from supervise.reports.forms import AgreementTold, Promise
from supervise.reports.handover_told import GapTold
from supervise.reports.measured import discreet
from supervise.sessions import Session
from supervise.strips import Strip
from supervise.wording import words
from supervise.workdays import Day


class SessionTold(NamedTuple):
    """A session as it stood: `counts` whether it counts for the clock; of a held one `evidence` says what
    there is of its record ("" otherwise) and `missing` the steps it lacks; `doubt` is what to look at."""

    session: Session
    supervisor: str | None
    counts: bool
    evidence: str = ""
    missing: tuple[str, ...] = ()
    doubt: str | None = None


class AwayTold(NamedTuple):
    """Time away; `stops` says that the clock is stopped by it, `kind` in words what it was, None where the
    paper does not say."""

    first: Day
    last: Day
    stops: bool
    kind: str | None = None


class PostTold(NamedTuple):
    """A post, and what its supervisor is called."""

    post: Post
    supervisor: str | None

    def named(self) -> dict[str, str]:
        """What is told of it, by name."""
        told = {"Supervisor": self.supervisor or "none named", "Team": self.post.team}
        return told | {"Role": words(self.post.role), "Basis": words(self.post.basis or "not recorded")}


class Asked(NamedTuple):
    """Days on which the policy asked for the same: `every` is how often, `rule` why (both "" where `stopped`
    says why nothing was asked)."""

    first: Day
    last: Day
    every: str
    rule: str
    policy: str
    stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """What there is to tell of somebody from `first` to `last`, as at a day. The lists are of the period,
    in any order; `before` are actions agreed earlier that were not done when it began. It is `discreet` for other
    eyes than the worker's."""

    name: str
    clock: str
    first: Day
    last: Day
    as_at: Day
    strip: Strip
    asked: tuple[Asked, ...] = ()
    sessions: tuple[SessionTold, ...] = ()
    gaps: tuple[GapTold, ...] = ()
    away: tuple[AwayTold, ...] = ()
    posts: tuple[PostTold, ...] = ()
    variations: tuple[Variation, ...] = ()
    agreements: tuple[AgreementTold, ...] = ()
    actions: tuple[Promise, ...] = ()
    before: tuple[Promise, ...] = ()
    team: str | None = None
    discreet: bool = False

    def for_other_eyes(self) -> Chronology:
        """The same without why somebody was away: no kinds of time away, and no words of health or family leave in
        what was typed as a reason. Actions stay as they were agreed."""
        return replace(
            self,
            discreet=True,
            away=tuple(each._replace(kind=None) for each in self.away),
            gaps=tuple(each.discreet() for each in self.gaps),
            sessions=tuple(each._replace(session=_discreet(each.session)) for each in self.sessions),
            variations=tuple(
                each._replace(reason=each.reason and discreet(each.reason)) for each in self.variations
            ),
        )


def _discreet(session: Session) -> Session:
    return session._replace(reason=session.reason and discreet(session.reason))
