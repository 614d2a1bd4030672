"""Stores of every schema that was ever released: each opens, is brought up to date, and says what it said."""

from __future__ import annotations

from pathlib import Path

from supervise.errors import StoreIsNewer
from supervise.store import schema
from torture.found import Came, Found, Say
from torture.stage import faults, set_stage, state, told
from torture.upgrading import LATER, later_version


def run(folder: Path, count: int, seed: int, say: Say) -> Found:
    """Open the store of each schema `count` times; what there is none of yet is told."""
    found = Found()
    say(f"Opening stores of {len(schema.STEPS)} schemas …")
    for at in range(count):
        stage = set_stage(folder / f"made{at}")
        with stage.opened() as store:
            before, had = state(store), schema.applied(store.database)
        with stage.opened() as store:
            wrong = faults(store) + ([] if state(store) == before else ["it says something else"])
            wrong += [] if had == schema.STEPS else [f"it has had {had}"]
        found.judge(f"the schema of this version ({schema.STEPS[-1]})", wrong)
        with later_version(folder / f"sql{at}"), stage.opened() as store:
            wrong = faults(store) + ([] if state(store) == before else ["it says something else"])
            wrong += (
                []
                if schema.applied(store.database)[-1] == LATER[-1]
                else ["it was not brought up to date"]
            )
        found.judge("brought up to a later schema, made up for this", wrong)
        with told() as heard:
            stage.opened().close()
        newer = bool(heard) and isinstance(heard[0], StoreIsNewer)
        wrong = [] if newer else ["a store of a later version was opened"]
        found.judge("a later store, left as it is by this version", wrong, Came.DETECTED)
    if len(schema.STEPS) == 1:
        found.not_tried.append("stores of earlier schemas: there has been one schema only")
    return found.ended()
