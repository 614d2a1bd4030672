"""Searching, drafts, the access list and settings: what stands beside the facts."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supervise.errors import NotAllowed
from supervise.fields import KINDS
from supervise.store import Store, memory_store
from supervise.store.access import Look
from supervise.store.drafts import Draft
from supervise.store.search import Found
from tests.store.prose import sentinels
from tests.store.telling import ME, Clock, put, remove, session, with_ada


def test_words_are_found_wherever_they_were_written(store: Store):
    words = sentinels(store)
    prose = {(kind.name, field.name) for kind in KINDS for field in kind.fields if field.prose}
    assert words.keys() == prose
    for (kind, _), word in words.items():
        assert [found.kind for found in store.find(word)] == [kind]


def test_search_follows_what_is_written(store: Store):
    with_ada(store)
    put(store, "session", **session(notes="Caseload is high; court on Friday."))
    assert store.find("court caseload") == [Found("session", "s1", "Caseload is high; court on Friday.")]
    assert [found.id for found in store.find("COU")] == ["s1"]
    put(store, "session", id="s1", notes="Quiet", reason="Leave")
    assert store.find("court") == [] and len(store.find("quiet leave")) == 1
    put(store, "session", id="s1", notes=None, reason=None)
    assert store.database.execute("SELECT count(*) FROM search_row").fetchone() == (0,)
    store.undo(ME)
    assert len(store.find("quiet")) == 1
    remove(store, "session", "s1")
    assert store.find("quiet") == []


def test_the_best_match_comes_first_and_accents_do_not_matter(store: Store):
    with_ada(store)
    put(store, "session", **session("s1", notes="café " + "and other things " * 30))
    put(store, "session", **session("s2", notes="Cafe"))
    assert [found.id for found in store.find("café")] == ["s2", "s1"]
    assert [found.id for found in store.find("cafe", limit=1)] == ["s2"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=12))
@example('"')
@example('a" OR "b')
@example("words:x NEAR(a b) - ^c * ( \0")
def test_what_is_typed_is_never_a_query(text):
    with memory_store(Clock("2026-03-31")) as store:
        with_ada(store)
        put(store, "session", **session(notes="Caseload"))
        assert {found.id for found in store.find(text)} <= {"s1"}


def test_drafts_are_overwritten_and_leave_no_trace_in_the_history(store: Store, clock: Clock):
    store.drafts.put("session s1", "We tal")
    clock.set("2026-03-31", "09:31")
    store.drafts.put("session s1", "We talked")
    store.drafts.put("session s2", "Other")
    assert store.drafts.get("session s1") == "We talked" and store.drafts.get("nothing") is None
    at = "2026-03-31T09:31:00+00:00"
    assert store.drafts.list() == [
        Draft(id="session s1", updated_at=at, body="We talked"), Draft(id="session s2", updated_at=at, body="Other"),
    ]  # fmt: skip
    store.drafts.clear("session s1")
    assert [draft.id for draft in store.drafts.list()] == ["session s2"]
    assert store.history() == [] and store.find("other") == [] and store.undo(ME) is None


def test_the_access_list_only_grows(store: Store):
    store.access.note(ME, "viewed", "session", "s1")
    store.access.note(ME, "printed")
    at = "2026-03-31T09:30:00+00:00"
    looks = [
        Look(at=at, by=ME, what="printed"),
        Look(at=at, by=ME, what="viewed", kind="session", id="s1"),
    ]
    assert store.access.list() == looks and store.access.list(limit=1) == looks[:1]
    for sql in (
        "DELETE FROM access",
        "UPDATE access SET what = 'nothing'",
        "REPLACE INTO access SELECT * FROM access",
    ):
        with pytest.raises(NotAllowed, match="never changed"):
            store.database.execute(sql)
    assert store.access.list() == looks and store.history() == []


def test_settings_are_remembered_by_name(store: Store):
    store.settings.put("mapping", "{}")
    store.settings.put("mapping", '{"a": 1}')
    assert store.settings.get("mapping") == '{"a": 1}' and store.settings.get("other") is None
    assert store.settings.names() == ["mapping"]
