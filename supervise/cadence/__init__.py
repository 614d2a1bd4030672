"""The cadence engine: what is due, what is late, what is a gap, and why.

Pure functions over plain records, to the specification (docs/decisions/0004 says how it is read): `Clockwork`
is one clock wound for one day; `facts` is what it is told of a person or a case.
"""

from supervise.cadence.facts import CaseFacts, Facts, held_and_booked
from supervise.cadence.history import Clockwork, Gap, Interval
from supervise.cadence.spells import Segment, Spell, Stretch
from supervise.cadence.standing import RUNNING, Standing, standing
from supervise.cadence.timeline import Timeline

__all__ = [
    "RUNNING", "CaseFacts", "Clockwork", "Facts", "Gap", "Interval", "Segment", "Spell", "Standing",
    "Stretch", "Timeline", "held_and_booked", "standing",
]  # fmt: skip
