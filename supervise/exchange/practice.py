"""The practice service: made-up people, whose dates follow today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from supervise import fields
from supervise.exchange.batch import Batch
from supervise.exchange.plan import Plan, Stored, make_plan
from supervise.exchange.reading import read
from supervise.fields import Holds
from supervise.policy_files import read_policy_file
from supervise.workdays import Day

STORY_DAY = date(2019, 10, 31)
"""The day on which the practice files tell their story (see resources/practice/README.txt)."""


def practice_plan(folder: Path, policy: Path, today: Day) -> Plan:
    """A plan that puts the practice service, and a policy, into an empty store.

    Every date moves by the same number of whole weeks, so that weekdays stay and the story day falls into
    the week that ends today.
    """
    batch = read(folder)
    shift = timedelta(days=(today - STORY_DAY.toordinal()) // 7 * 7)
    _move(batch, shift)
    chosen = read_policy_file(policy)
    batch.policies[chosen.id] = chosen
    batch.notes.clear()
    nothing = Stored(
        rows=lambda kind: (), ids=lambda kind: set(), policies={}, protected=lambda *_: None,
        signed=lambda id: False, former=lambda kind: (),
    )  # fmt: skip
    return make_plan(batch, nothing)


def _move(batch: Batch, shift: timedelta) -> None:
    for kind, row in batch.all_rows():
        for field in fields.BY_NAME[kind].fields:
            value = row.values.get(field.name)
            if field.holds is Holds.DAY and value:
                row.values[field.name] = (date.fromisoformat(value) + shift).isoformat()
