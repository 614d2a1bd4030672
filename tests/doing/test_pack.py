"""The inspection pack: the same sample from the same store, its figures, whatever is missing, and each record whole."""

from __future__ import annotations

import gc
import re
import shutil
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from supervise.answers import Said
from supervise.doing.papers import pack as packs
from supervise.doing.papers.listed import BY_NAME
from supervise.doing.papers.paper import About, Told
from supervise.doing.showing import finished
from supervise.errors import BadQuestion
from supervise.places import Places
from supervise.policy_files import read_policy, read_policy_file
from supervise.reports.content_code import content_code
from supervise.reports.pack_told import Pack
from supervise.sessions import missing_evidence
from supervise.store import create_store, open_store
from supervise.workdays import day, iso
from supervise.workspace import Workspace
from tests.doing.test_showing import CASES
from tests.making import ME, MONTHLY, NASTY, PASSPHRASE, now, put, workspace
from tests.reports.papers import refuse_faults, words_of

KEPT = Path(__file__).parents[1] / "kept"
FIRST, LAST = day("2018-10-15"), day("2019-10-31")
AT = datetime(2019, 11, 4, 9, 12)
PACK = BY_NAME["pack"]
ALL = About(first=FIRST, last=LAST)
CADS = ALL._replace(team="CADS")
TEAMS = (None, "Assessment 1", "CADS", "FAST North", "Leaving Care")


def service() -> Workspace:
    """The sample service."""
    made = workspace()
    made.add_policies([read_policy_file(KEPT / "policies" / "standards-2020-with-defaults.toml")])
    made.carry_out(made.plan_import(KEPT / "service"))
    return made


@pytest.fixture(scope="module")
def here() -> Iterator[Workspace]:
    """The sample service, never altered by a test."""
    made = service()
    with made.store:
        yield made


def gathered(here: Workspace, about: About = ALL) -> Pack:
    """What a pack is told."""
    return finished(packs._gather(here.here, about, here.store.head()))


def told(here: Workspace, about: About = ALL) -> Told:
    return finished(packs.tell(here.here, about))


def printed(here: Workspace, about: About = ALL) -> bytes:
    out = BytesIO()
    list(here.press.make(PACK, about, out, at=AT))
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    return " ".join(words_of(pdf))


# --- the sample


@pytest.mark.parametrize("team", TEAMS)
def test_what_is_drawn_from_is_what_the_engine_counts(here: Workspace, team: str | None) -> None:
    pack = gathered(here, ALL._replace(team=team))
    clockwork = here.clockwork()
    service, found = here.measures(clockwork, FIRST, LAST, None if team is None else "team")
    groups = Said(clockwork, service, None).measures(found, FIRST, LAST)["groups"]
    (asked,) = [each for each in groups if each["group"] == team]
    elsewhere = [each for each in pack.missing.held if each.kept]
    lacking = [each for each in pack.missing.held if each.missing]
    done, of = asked["evidenced"]
    assert pack.sample.of - len(elsewhere) == of
    assert len(lacking) == of - done
    assert len(pack.gaps) == asked["gaps"]


def test_the_same_seed_draws_the_same_of_the_same_store_and_says_it(
    here: Workspace,
) -> None:
    first, again = gathered(here), gathered(here)
    assert first == again
    assert first.sample.seed == int(here.store.head()[:8], 16)
    assert first.sample.figures == here.store.head()[:8]
    assert len(first.sample.drawn) == packs.SAMPLE
    assert f"Seed {first.sample.seed}, taken from the history code" in text_of(printed(here, CADS))


def test_another_store_with_the_same_facts_draws_the_same_by_the_same_seed(here: Workspace) -> None:
    other, about = service(), ALL._replace(seed=42, sample=30)
    assert gathered(other, about).sample == gathered(here, about).sample
    assert gathered(here, about).sample != gathered(here, about._replace(seed=43)).sample


def test_a_copy_of_a_store_draws_the_same_without_being_told_a_seed(tmp_path: Path) -> None:
    places, copy = Places(tmp_path / "a.store"), Places(tmp_path / "copy.store")
    store, _ = create_store(places, PASSPHRASE, now=now, user=ME, program="x")
    with store:
        drawn = gathered(small(workspace(store)), SMALL).sample
    shutil.copy(places.store, copy.store)
    shutil.copy(places.slots, copy.slots)
    with open_store(copy, PASSPHRASE, now=now, user=ME, program="x") as same:
        assert gathered(workspace(same), SMALL).sample == drawn


@given(st.integers(0, 300), st.integers(0, 300), st.integers())
def test_numbers_are_drawn_as_the_cover_says(of: int, sample: int, seed: int) -> None:
    drawn = packs.draw(of, sample, seed)
    n = min(sample, of)
    assert drawn == sorted(Random(seed).sample(range(1, of + 1), n))
    assert len(set(drawn)) == n


def test_the_sample_can_be_drawn_again_from_the_paper_alone(here: Workspace) -> None:
    about = CADS._replace(sample=5)
    whole = text_of(printed(here, about))
    found = re.search(r"random\.Random\((\d+)\) ?\.sample\(range\(1, ?(\d+)\), ?(\d+)\)", whole)
    assert found is not None
    seed, end, n = map(int, found.groups())
    numbers = sorted(Random(seed).sample(range(1, end), n))
    assert numbers == [each.number for each in gathered(here, about).sample.drawn]


def test_each_number_is_that_of_the_session_in_the_order_that_is_told(here: Workspace) -> None:
    whole = gathered(here, ALL._replace(sample=10_000)).sample
    rows = here.store.rows_by_id("session", [each.session for each in whole.drawn])
    keys = [
        (rows[each.session]["held_on"], rows[each.session]["person_id"], each.session)
        for each in whole.drawn
    ]
    assert keys == sorted(keys)
    assert [each.number for each in whole.drawn] == list(range(1, whole.of + 1))
    some = gathered(here, ALL._replace(sample=7)).sample
    assert all(whole.drawn[each.number - 1] == each for each in some.drawn)


# --- a small service, with everything that may be missing

SMALL = About(first=day("2019-01-01"), last=day("2019-09-30"))
_SESSION = {"person_id": "W1", "supervisor_id": "M1", "kind": "one_to_one", "status": "held"}
_SIGNED = {
    "shared_on": "2019-05-01",
    "worker_signed_on": "2019-05-01",
    "supervisor_signed_on": "2019-05-01",
}


def small(made: Workspace, typed: str = "We spoke of the court report.") -> Workspace:
    """Ada has five sessions, Ben has none, Cara is away; everybody in East under Sam but Dan, in West."""
    made.add_policies([read_policy(MONTHLY, "p")])
    post = {"team": "East", "role": "social_worker", "from": "2019-01-01", "supervisor_id": "M1"}
    put(made, {
        "person": [
            {"id": "W1", "name": "Ada Nwosu"}, {"id": "W2", "name": "Ben Hall"}, {"id": "W3", "name": "Cara Lund"},
            {"id": "W4", "name": "Dan Ross"}, {"id": "M1", "name": "Sam Okafor"},
        ],
        "post": [
            {**post, "person_id": "W1"}, {**post, "person_id": "W2"}, {**post, "person_id": "W3"},
            {**post, "person_id": "W4", "team": "West"},
        ],
        "absence": [{"person_id": "W3", "kind": "sickness", "from": "2019-01-01"}],
        "explanation": [{
            "person_id": "W2", "clock": "one_to_one", "from": "2019-02-01", "to": "2019-03-01",
            "reason": "off with stress", "text": "Cover was asked for.", "by": "P. Hughes",
        }],
        "session_section": [
            {"session_id": "S1", "position": 1, "part": "personal", "heading": "Wellbeing", "text": typed},
            {"session_id": "S2", "position": 1, "part": "personal", "heading": "Wellbeing", "text": " \u00a0"},
        ],
        "session": [
            {**_SESSION, **_SIGNED, "id": "S1", "held_on": "2019-01-20"},
            {**_SESSION, "id": "S2", "held_on": "2019-02-18", "shared_on": "2019-02-19"},
            {**_SESSION, "id": "S3", "held_on": "2019-03-18", "record_kept": "case system"},
            {**_SESSION, **_SIGNED, "id": "S4", "held_on": "2019-04-18"},
            {**_SESSION, "id": "S5", "held_on": "2019-05-18", "notes": "Brief.", **_SIGNED,
             "worker_signed_on": None},
            {**_SESSION, "id": "S6", "held_on": "2019-05-20", "kind": "group"},
            {**_SESSION, "id": "S7", "held_on": None, "status": "planned", "planned_on": "2019-06-18"},
            {**_SESSION, **_SIGNED, "id": "S8", "held_on": "2019-01-25", "person_id": "W4", "notes": "West."},
            {**_SESSION, "id": "S9", "held_on": "2018-12-01"},
        ],
    })  # fmt: skip
    return made


def test_whatever_is_missing_is_listed() -> None:
    pack = gathered(small(workspace()), SMALL._replace(team="East"))
    assert [
        (iso(each.held_on), each.has_words, each.missing, each.kept) for each in pack.missing.held
    ] == [
        ("2019-02-18", False, ("signed by the worker", "signed by the supervisor"), None),
        ("2019-03-18", False, (), "case system"),
        ("2019-04-18", False, (), None),
        ("2019-05-18", True, ("signed by the worker",), None),
    ]  # fmt: skip
    assert [(each.name, iso(each.on)) for each in pack.missing.passed] == [("Ada Nwosu", "2019-06-18")]
    assert [(each.name, each.in_scope, each.stopped) for each in pack.missing.unseen] == [
        ("Ben Hall", 273, ()), ("Cara Lund", 0, (("clock stopped", 273),)),
    ]  # fmt: skip
    assert (pack.sample.of, pack.sample.others) == (5, (("of the kind “Group”", 1),))


def test_a_pack_of_everybody_has_the_other_team_and_says_what_lies_outside_of_posts() -> None:
    made = small(workspace())
    put(made, {"session": [{**_SESSION, "id": "S10", "held_on": "2019-05-21", "person_id": "M1"}]})
    pack = gathered(made, SMALL)
    assert (pack.sample.of, dict(pack.sample.others)) == (
        6, {"of the kind “Group”": 1, "on days outside of a post": 1},
    )  # fmt: skip
    assert {each.team for each in pack.sample.drawn} == {"East", "West"}


def test_a_gap_says_who_gave_which_reason_when_and_not_why_somebody_was_away() -> None:
    made = small(workspace())
    gap = next(each for each in gathered(made, SMALL).gaps if each.name == "Ben Hall")
    assert [(each.kind, each.reason, each.by) for each in gap.reasons] == [
        ("explained", "off with stress", "P. Hughes")
    ]
    entered = gap.reasons[0].entered
    assert entered is not None
    assert (entered.by, iso(entered.on)) == (ME, "2019-10-31")
    assert gap.sentences[0].startswith("In post from 1 January")
    whole = text_of(printed(made, SMALL._replace(sample=0)))
    assert (
        "Cover was asked for. Explained for 1 Feb 2019 – 1 Mar 2019, given by P. Hughes, entered by"
        in whole
    )
    assert not [word for word in ("stress", "sick") if word in whole.casefold()]


@pytest.mark.parametrize("typed", ["\n\n".join(NASTY[:10]), "\n\n".join(NASTY[10:]), "Word. " * 3000])
def test_every_record_of_the_sample_is_in_the_pack_word_for_word(typed: str, tmp_path: Path) -> None:
    made = small(workspace(), typed)
    pdf = printed(made, SMALL)
    alone, whole = BytesIO(), text_of(pdf)
    for each in gathered(made, SMALL).sample.drawn:
        record = made.here.record(each.session)
        assert each.code == content_code(record)
        assert f"Content code {each.code} Part 5 of the pack: record" in whole
    list(made.press.make(BY_NAME["record"], About(session="S1"), alone, at=AT))
    body = _between(text_of(alone.getvalue()), "Supervision of Ada Nwosu", "Evidence")
    if len(typed) < 1000:  # a longer one goes over pages, with head and foot between
        assert body in whole
    assert whole.count("Word.") == typed.count("Word.")
    refuse_faults(pdf, None, tmp_path)


def _between(text: str, first: str, last: str) -> str:
    return first + text.partition(first)[2].partition(last)[0]


# --- how many


def test_no_record_is_drawn_where_none_is_asked_for() -> None:
    made = small(workspace())
    pack = gathered(made, SMALL._replace(sample=0))
    assert (pack.sample.drawn, pack.sample.of) == ((), 6)
    whole = text_of(printed(made, SMALL._replace(sample=0)))
    assert "None, as was asked." in whole
    assert "Part 5 of the pack" not in whole


def test_all_are_taken_where_more_are_asked_for_and_that_is_said() -> None:
    made = small(workspace())
    whole = text_of(printed(made, SMALL._replace(sample=50)))
    assert "All 6 of them: 50 were asked for." in whole
    assert "Part 5 of the pack: record 6 of 6" in whole


def test_a_sample_of_fewer_than_none_is_refused() -> None:
    with pytest.raises(BadQuestion, match="fewer than no records"):
        told(small(workspace()), SMALL._replace(sample=-1))


@pytest.mark.parametrize("team", [None, "East"])
def test_a_pack_of_nobody_says_so(team: str | None, tmp_path: Path) -> None:
    made = workspace()
    made.add_policies([read_policy(MONTHLY, "p")])
    if team:
        put(made, {
            "person": [{"id": "W1", "name": "Ada"}],
            "post": [{"person_id": "W1", "team": "East", "role": "x", "from": "2015-01-01", "to": "2015-02-01"}],
        })  # fmt: skip
    pdf = printed(made, SMALL._replace(team=team))
    whole = text_of(pdf)
    for said in (
        "None: there are none.",
        "No record was drawn.",
        "No gap has a late day in the period.",
    ):
        assert said in whole
    refuse_faults(pdf, None, tmp_path)


def test_a_clock_that_runs_per_case_draws_each_session_once(tmp_path: Path) -> None:
    made = workspace()
    made.add_policies([read_policy(CASES, "p")])
    put(made, {
        "person": [{"id": "W1", "name": "Ada"}],
        "post": [{"person_id": "W1", "team": "East", "role": "x", "from": "2019-01-01"}],
        "case_allocation": [
            {"person_id": "W1", "case_ref": each, "from": "2019-01-01"} for each in ("C1", "C2", "C3")
        ],
        "case_discussion": [{"session_id": "S1", "case_ref": each} for each in ("C1", "C2")],
        "session": [{**_SESSION, "id": "S1", "held_on": "2019-01-20", "supervisor_id": None}],
    })  # fmt: skip
    about = SMALL._replace(clock="case_oversight")
    pack = gathered(made, about)
    assert [each.session for each in pack.sample.drawn] == ["S1"]
    assert [each.name for each in pack.missing.unseen] == ["C3"]
    refuse_faults(printed(made, about), None, tmp_path)


# --- property: nothing that is missing is hidden

_STEP = st.sampled_from([None, "2019-06-01", "2019-12-01"])
_HELD = st.fixed_dictionaries({
    "person_id": st.sampled_from(["W1", "W2", "W3"]),
    "held_on": st.sampled_from(["2018-12-31", "2019-01-01", "2019-04-30", "2019-05-01", "2019-09-30", "2019-10-01"]),
    "kind": st.sampled_from(["one_to_one", "one_to_one", "group"]),
    "shared_on": _STEP, "worker_signed_on": _STEP, "supervisor_signed_on": _STEP,
    "record_kept": st.sampled_from([None, None, "case system"]), "notes": st.sampled_from([None, " ", "Words."]),
})  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(_HELD, max_size=8))
def test_every_session_that_lacks_something_is_listed_and_no_other(rows: list[dict[str, Any]]) -> None:
    made = workspace()
    made.add_policies([read_policy(MONTHLY, "p")])
    post = {"role": "social_worker", "from": "2019-01-01"}
    sessions = [{**row, "id": f"S{at}", "status": "held"} for at, row in enumerate(rows)]
    with made.store:
        put(made, {
            "person": [{"id": f"W{n}", "name": f"Worker {n}"} for n in (1, 2, 3)],
            "post": [
                {**post, "person_id": "W1", "team": "East"}, {**post, "person_id": "W2", "team": "West"},
                {**post, "person_id": "W3", "team": "East", "to": "2019-04-30"},
                {**post, "person_id": "W3", "team": "West", "from": "2019-05-01"},
            ],
            "session": sessions,
        })  # fmt: skip
        pack = gathered(made, SMALL._replace(team="East", sample=100))
        counted = {row["id"]: row for row in sessions if _counts_in_east(row)}
        held = {id: made.store.record(id).session for id in counted}
    assert {each.session for each in pack.sample.drawn} == counted.keys()
    end = day("2019-09-30")
    wanted = [
        (f"Worker {row['person_id'][1]}", row["held_on"], bool((row["notes"] or "").strip()),
         () if row["record_kept"] else missing_evidence(held[id], end), row["record_kept"])
        for id, row in counted.items()
    ]  # fmt: skip
    wanted = [each for each in wanted if not each[2] or each[3] or each[4]]
    listed = [
        (each.name, iso(each.held_on), each.has_words, each.missing, each.kept)
        for each in pack.missing.held
    ]
    assert sorted(listed, key=repr) == sorted(wanted, key=repr)
    seen = {row["person_id"] for row in counted.values()}
    assert {each.name for each in pack.missing.unseen} == {
        f"Worker {id[1]}" for id in {"W1", "W3"} - seen
    }


def _counts_in_east(row: dict[str, Any]) -> bool:
    """Whether a session counts for East from January to September 2019."""
    if row["kind"] != "one_to_one" or not "2019-01-01" <= row["held_on"] <= "2019-09-30":
        return False
    worker: str = row["person_id"]
    return worker == "W1" or (worker == "W3" and str(row["held_on"]) <= "2019-04-30")


# --- the access log, workbooks, and what goes wrong


def test_each_record_that_is_printed_is_noted(tmp_path: Path) -> None:
    made = small(workspace())
    drawn = gathered(made, SMALL).sample.drawn
    list(made.press.save(PACK, SMALL, tmp_path / "x.pdf", at=AT))
    noted = [(each.what, each.kind, each.id) for each in reversed(made.store.access.list())]
    assert noted == [
        ("printed", "pack", None),
        *(("printed", "session", each.session) for each in drawn),
    ]


def test_a_workbook_has_the_tables_and_no_record(tmp_path: Path) -> None:
    made = small(workspace())
    list(made.press.save(PACK, SMALL, tmp_path / "x.xlsx", at=AT))
    assert [(each.what, each.kind) for each in made.store.access.list()] == [("printed", "pack")]
    book = load_workbook(tmp_path / "x.xlsx")
    values = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert not [value for value in values if "court report" in str(value) or "stress" in str(value)]
    drawn = list(book["The records that were drawn"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in drawn] == [
        datetime.fromordinal(each.held_on) for each in gathered(made, SMALL).sample.drawn
    ]
    assert "Held, not evidenced" in book.sheetnames


def test_a_pack_that_is_stopped_leaves_no_file_and_no_note(tmp_path: Path) -> None:
    made = small(workspace())
    count = sum(1 for _ in made.press.save(PACK, SMALL, tmp_path / "x.pdf", at=AT))
    noted = len(made.store.access.list())
    (tmp_path / "x.pdf").unlink()
    for stop in range(1, count - 1, max(1, count // 12)):
        steps = made.press.save(PACK, SMALL, tmp_path / "x.pdf", at=AT)
        for _ in range(stop):
            next(steps)
        steps.close()
    assert list(tmp_path.iterdir()) == []
    assert len(made.store.access.list()) == noted


def test_an_entry_made_meanwhile_stops_the_pack(tmp_path: Path) -> None:
    made = small(workspace())
    steps = made.press.save(PACK, SMALL, tmp_path / "x.pdf", at=AT)
    while next(steps)[0] < 620:
        pass
    put(made, {"person": [{"id": "W9", "name": "New"}]})
    with pytest.raises(BadQuestion, match="Something was entered while the pack was being made"):
        list(steps)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("about", "what"),
    [
        (SMALL._replace(team="North"), "There is no team “North” here."),
        (SMALL._replace(first=SMALL.last, last=SMALL.first), "The period ends before it begins."),
        (SMALL._replace(first=day("2031-01-01"), last=day("2031-02-01")), "begins after the as-at day"),
    ],
)
def test_a_question_without_an_answer_is_refused(about: About, what: str, tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match=what):
        list(small(workspace()).press.save(PACK, about, tmp_path / "x.pdf", at=AT))
    assert list(tmp_path.iterdir()) == []


def test_four_times_the_records_take_no_more_memory(here: Workspace) -> None:
    def peak(sample: int) -> int:
        out = BytesIO()
        steps = here.press.make(PACK, CADS._replace(sample=sample), out, at=AT)
        while next(steps)[0] < 700:  # the compliance paper, which is the same for both, is behind
            pass
        gc.collect()
        tracemalloc.start()
        try:
            for _ in steps:
                pass
            return tracemalloc.get_traced_memory()[1] - len(out.getvalue())
        finally:
            tracemalloc.stop()

    peak(1)  # what is imported and remembered once
    assert peak(40) < 1.3 * peak(10)
