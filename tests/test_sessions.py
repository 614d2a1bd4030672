"""What shows that a session was held, and when it was recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.sessions import Session, missing_evidence
from supervise.workdays import Day

HELD: Day = 736_400
STEPS = ("recorded", "shared with the worker", "signed by the worker", "signed by the supervisor")


def session(**more: object) -> Session:
    values: dict[str, object] = {
        "id": "s",
        "person": "p",
        "kind": "one_to_one",
        "status": "held",
        "held_on": HELD,
    }
    return Session(**{**values, **more})  # type: ignore[arg-type]


def signed(**more: object) -> Session:
    return session(shared_on=HELD + 1, worker_signed_on=HELD + 2, supervisor_signed_on=HELD + 3, **more)


def test_a_held_session_was_recorded_when_it_says_or_else_when_it_was_held() -> None:
    assert session(recorded_on=HELD + 9).was_recorded_on == HELD + 9
    assert session().was_recorded_on == HELD


@pytest.mark.parametrize("status", ["planned", "cancelled", "missed"])
def test_any_other_session_that_does_not_say_was_always_known(status: str) -> None:
    assert session(status=status, held_on=None, planned_on=HELD).was_recorded_on is None
    assert session(status=status, held_on=None, recorded_on=HELD).was_recorded_on == HELD


def test_recorded_shared_and_signed_by_both_is_evidenced() -> None:
    assert missing_evidence(signed(), HELD + 3) == ()
    assert missing_evidence(signed(recorded_on=HELD + 3), HELD + 3) == ()


def test_each_missing_step_is_named_in_order() -> None:
    assert missing_evidence(session(), HELD + 90) == STEPS[1:]
    assert missing_evidence(session(recorded_on=HELD + 91), HELD + 90) == STEPS
    assert missing_evidence(session(shared_on=HELD, supervisor_signed_on=HELD), HELD) == (STEPS[2],)


def test_a_step_taken_later_was_missing_until_then() -> None:
    assert missing_evidence(signed(), HELD + 2) == (STEPS[3],)
    assert missing_evidence(signed(), HELD + 1) == STEPS[2:]
    assert missing_evidence(signed(), HELD) == STEPS[1:]


steps = st.none() | st.integers(HELD - 30, HELD + 60)


@given(steps, steps, steps, steps, st.integers(HELD, HELD + 90))
def test_evidence_once_there_stays(
    recorded: Day | None, shared: Day | None, worker: Day | None, supervisor: Day | None, by: Day
) -> None:
    made = session(
        recorded_on=recorded, shared_on=shared, worker_signed_on=worker, supervisor_signed_on=supervisor
    )
    missing = missing_evidence(made, by)
    assert set(missing_evidence(made, by + 1)) <= set(missing)
    days = (made.was_recorded_on, shared, worker, supervisor)
    assert (missing == ()) == all(day is not None and day <= by for day in days)
