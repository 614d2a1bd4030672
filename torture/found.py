"""What came of trying to destroy something: counted, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from time import perf_counter

Say = Callable[[str], None]


class Came(Enum):
    """What came of one attempt."""

    HARMLESS = "harmless"
    """Everything is there and says what it said."""
    DETECTED = "detected"
    """It was told in a sentence, and nothing was lost."""
    LOST = "lost"
    """Something is gone or says something else, or the program ended with a traceback."""


@dataclass(slots=True)
class Tally:
    """How often one thing was tried, and what came of it."""

    detected: int = 0
    harmless: int = 0
    lost: int = 0

    @property
    def tried(self) -> int:
        """How often, in all."""
        return self.detected + self.harmless + self.lost


@dataclass(slots=True)
class Found:
    """What one part of the torture found: tallies by what was tried; in a sentence each, what was `wrong`; what
    was `not_tried` here and why; and `remarks` on how it went."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    not_tried: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    began: float = field(default_factory=perf_counter)

    @property
    def tried(self) -> int:
        """How often anything was tried."""
        return sum(tally.tried for tally in self.tallies.values())

    @property
    def detected(self) -> int:
        """How often it was told in a sentence."""
        return sum(tally.detected for tally in self.tallies.values())

    @property
    def harmless(self) -> int:
        """How often nothing came of it."""
        return sum(tally.harmless for tally in self.tallies.values())

    @property
    def lost(self) -> int:
        """How often something was lost."""
        return sum(tally.lost for tally in self.tallies.values())

    def note(self, what: str, came: Came, times: int = 1) -> None:
        """Count what came of trying that."""
        tally = self.tallies.setdefault(what, Tally())
        setattr(tally, came.value, getattr(tally, came.value) + times)

    def judge(self, what: str, wrong: Iterable[str], otherwise: Came = Came.HARMLESS) -> None:
        """Count an attempt as lost, with the sentences that say why, if there are any."""
        told = [f"{what}: {each}" for each in wrong]
        self.wrong += told
        self.note(what, Came.LOST if told else otherwise)

    def ended(self) -> Found:
        """The same with the seconds that it took."""
        self.seconds = perf_counter() - self.began
        return self
