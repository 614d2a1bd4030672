"""A person with a word of their own in every field, and others beside them, for tests of deletion. All made up."""

from __future__ import annotations

import json
from typing import Any

from supervise.fields import KINDS, PERSON, Field, Holds, Kind
from supervise.store import Store
from tests.store.telling import ME, put, session

NAME = "Zqada Zqlovelace"
ADA, BO, LEE = "p-zqada", "p-bo", "p-lee"
"""Ids as a file may have them: that of the person who leaves says who it is."""

_OF_SESSIONS = [kind for kind in KINDS if any(field.refers == "session" for field in kind.fields)]


def sentinel(kind: Kind, field: str) -> str:
    """The word typed into a field."""
    return f"zq{kind.name}{field}qz".replace("_", "")


def words() -> list[str]:
    """Every word that is to be found nowhere afterwards."""
    typed = [
        sentinel(kind, field.name)
        for kind in KINDS
        for field in kind.fields
        if _takes_words(kind, field)
    ]
    return [
        *typed,
        "zqada",
        "zqlovelace",
        "zqformer",
        "zqlabelqz",
        "zqdraftqz",
        "zqreasonqz",
        "zqcaseqz",
    ]


def everybody(store: Store) -> None:
    """Ada with everything there is, signed, altered, moved and removed; Bo and Lee beside her. Ada left on
    30 June 2018; Bo has left as well."""
    put(store, "person", id=BO, name="Bo Berg", left_on="2018-07-31")
    put(store, "person", id=LEE, name="Lee Lang")
    _ada(store)
    _others(store)
    _beside(store)


def _takes_words(kind: Kind, field: Field) -> bool:
    if field.holds is not Holds.TEXT or field.refers or field.words or kind.name == "template":
        return False
    return (kind.name, field.name) not in {("person", "name"), ("post", "team")}


def _row(kind: Kind, id: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": id}
    for field in kind.fields:
        if field.refers == "person":
            row[field.name] = ADA if field.name == "person_id" else BO
        elif field.refers == "session":
            row[field.name] = "s-zqada-1"
        elif _takes_words(kind, field):
            row[field.name] = f"So {sentinel(kind, field.name)} was said"
        elif field.required:
            plain = {Holds.DAY: "2017-03-02", Holds.COUNT: 1}.get(field.holds, "North")
            row[field.name] = field.words[0] if field.words else plain
    return row


def _ada(store: Store) -> None:
    person = {**_row(PERSON, ADA), "name": "Zqada Zqformer"}
    with store.change("Add Zqada Zqformer", by=ME) as change:
        change.put("person", person, recorded=True)
    put(store, "person", id=ADA, name=NAME, left_on="2018-06-30")
    own = [
        kind
        for kind in KINDS
        if kind.name not in ("person", "session", "template") and kind not in _OF_SESSIONS
    ]
    with store.change(f"Record everything of {NAME} and zqlabelqz", by=ME) as change:
        for kind in own:
            change.put(kind.name, _row(kind, f"{kind.name}-zqada"))
        change.put(
            "session", {**_row(_kind("session"), "s-zqada-1"), "status": "held", "held_on": "2017-03-02"}
        )
        for kind in _OF_SESSIONS:
            change.put(kind.name, _row(kind, f"{kind.name}-zqada"))
    put(
        store,
        "session",
        id="s-zqada-1",
        worker_signed_on="2017-03-06",
        supervisor_signed_on="2017-03-07",
    )
    put(store, "session", **session("s-zqada-2", ADA, notes="So zqreasonqz was said"))
    with store.change(f"Remove supervision of {NAME}", by=ME) as change:
        change.remove("session", "s-zqada-2")
    store.drafts.put(
        "session:s-zqada-1", json.dumps({"version": 1, "sheet": {"person": ADA, "notes": "zqdraftqz"}})
    )
    store.drafts.put(
        "session:loose", json.dumps({"version": 1, "sheet": {"person": ADA, "notes": "zqdraftqz"}})
    )
    store.drafts.put(
        "session:s-bo", json.dumps({"version": 1, "sheet": {"person": BO, "notes": "of Bo"}})
    )


def _others(store: Store) -> None:
    """Bo's records: one signed, one that was entered as Ada's by mistake, an action carried from hers."""
    put(store, "post", id="post-bo", person_id=BO, team="North", role="social_worker", supervisor_id=LEE,
        **{"from": "2016-01-04"})  # fmt: skip
    put(
        store,
        "session",
        **session("s-bo", BO, supervisor_id=LEE, held_on="2017-04-03", notes="We talked."),
    )
    put(store, "session", **session("s-moved", ADA, supervisor_id=LEE, held_on="2017-05-03"))
    put(store, "session", id="s-moved", person_id=BO)
    carried = "action-zqada"
    put(store, "action", id="a-bo", session_id="s-bo", person_id=BO, text="Go on", carried_from=carried)
    put(store, "session", id="s-bo", worker_signed_on="2017-04-06", supervisor_signed_on="2017-04-07")


def _beside(store: Store) -> None:
    for id in ("s-zqada-1", ADA, "s-bo"):
        store.access.note(ME, "viewed", "person" if id == ADA else "session", id)
    store.access.note(ME, "exported", "team")
    store.settings.put(
        "tracker-answers",
        json.dumps({
            "sheets": {"Zqada Zqlovelace 2017": "log", "2017": "log"}, "columns": {"Seen": "date"},
            "names": {"Z. Zqada": ADA, "B. Berg": "Bo Berg"}, "cells": {"Z. Zqada | Apr-16 | zqcaseqz": "skip"},
        }),
    )  # fmt: skip


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)
