"""Asks the engine about a world of the tests (see `worlds`), and answers as the interchange does."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervise import fields
from supervise.answers import Said, gaps, standings
from supervise.cadence import Clockwork
from supervise.compliance import measures
from supervise.exchange.cells import value_of
from supervise.policies import Rulebook
from supervise.policy_files import read_policy
from supervise.service import Service, gather
from tests.worlds import policy_toml

World = dict[str, Any]


def rows_of(world: World) -> dict[str, list[dict[str, Any]]]:
    """The rows of a world, as the files' own reader types them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in fields.KINDS:
        known = {field.name: field for field in kind.fields}
        rows = []
        for cells in world.get(kind.sheet, []):
            row = {name: value_of(known[name], cell) for name, cell in cells.items() if name in known}
            if kind.id_column:
                row["id"] = cells[kind.id_column]
            rows.append(row)
        found[kind.name] = rows
    return found


def rulebook_of(world: World) -> Rulebook:
    """The policies of a world, through the real reader."""
    return Rulebook(read_policy(policy_toml(policy), "policy.toml") for policy in world["policies"])


class Asked:
    """One question to the engine: as at a day, as known at another."""

    def __init__(self, world: World, as_at: date, clock: str, known_at: date | None = None) -> None:
        self.as_at, self.known_at = as_at.toordinal(), known_at.toordinal() if known_at else None
        self.rulebook = rulebook_of(world)
        self.clockwork = Clockwork(self.rulebook, clock, self.as_at)
        self.service: Service = gather(rows_of(world), self.as_at, self.known_at)
        self.said = Said(self.clockwork, self.service, self.known_at)

    def status(self) -> dict[str, Any]:
        return self.said.status(standings(self.clockwork, self.service))

    def gaps(self, first: date | None = None, last: date | None = None) -> dict[str, Any]:
        days = (first and first.toordinal(), last and last.toordinal())
        return self.said.gaps(gaps(self.clockwork, self.service, None, *days))

    def measures(self, first: date, last: date, by: str | None = None) -> dict[str, Any]:
        days = (first.toordinal(), last.toordinal())
        return self.said.measures(measures(self.clockwork, self.service, *days, by), *days)
