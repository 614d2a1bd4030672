"""Whether words were copied from last time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.likeness import LONG, SAME, SHORT, copied, remark, same_words

LAST = (
    "Sixteen children. Visits in date. Recording two weeks behind after the court bundle; "
    "plan to catch up by the end of the month, with Thursday mornings kept free."
)
VOCABULARY = (
    "plan", "visit", "child", "home", "week", "court", "file", "next", "good", "hard", "long", "call",
)  # fmt: skip
WORDS = st.sampled_from(VOCABULARY)
prose = st.lists(WORDS, min_size=15, max_size=80).map(" ".join)
#: 240 words, no two alike, of which any stretch is long enough to be noticed.
PASSAGE = [f"said{n}" for n in range(240)]


@pytest.mark.parametrize(
    "now",
    [
        LAST,
        LAST.upper(),
        LAST.replace(". ", ".\n\n").replace(";", " –"),
        LAST.replace("Sixteen", "Seventeen"),
        f"{LAST} Again.",
    ],
)
def test_the_same_words_are_noticed_whatever_their_dress(now: str) -> None:
    alike = same_words(now, LAST)
    assert alike is not None and alike >= SAME
    assert remark(now, LAST) == "Same words as last time."


@pytest.mark.parametrize(
    "now",
    [
        "Seventeen children, two in proceedings. Niamh feels stretched since the transfer; agreed to hold.",
        LAST[:70]
        + "None of that is so now: the bundle is in and the diary has room again, by her own account.",
    ],
)
def test_other_words_are_not(now: str) -> None:
    alike = same_words(now, LAST)
    assert alike is not None and alike < SAME
    assert remark(now, LAST) is None


@pytest.mark.parametrize("short", ["", "All well.", "x" * (SHORT - 1), f"   {'x' * 39}   ", "?! " * 40])
def test_what_says_too_little_is_never_called_copied(short: str) -> None:
    assert same_words(short, LAST) is None and same_words(LAST, short) is None
    assert remark(short, short) is None


def test_a_text_many_times_as_long_is_another() -> None:
    assert same_words(LAST, " ".join([LAST] * 9)) == 0


@given(prose, prose)
def test_likeness_goes_both_ways_and_is_a_share(now: str, before: str) -> None:
    alike = same_words(now, before)
    if alike is not None:
        assert alike == same_words(before, now) and (alike == 0 or 0.7 <= alike <= 1)
        assert (alike == 1) == (now.split() == before.split())


@given(prose, st.data())
def test_one_word_in_twenty_may_differ(text: str, data: st.DataObject) -> None:
    words = text.split() * 2
    at = data.draw(st.sets(st.integers(0, len(words) - 1), max_size=len(words) // 20))
    changed = " ".join("other" if n in at else word for n, word in enumerate(words))
    alike = same_words(changed, " ".join(words))
    assert alike is None or alike >= SAME


@given(prose, prose, prose, prose, st.integers(0, 100), st.integers(50, 140))
def test_a_long_passage_is_found_wherever_it_stands(
    a: str, b: str, c: str, d: str, first: int, many: int
) -> None:
    passage = " ".join(PASSAGE[first : first + many])
    found = copied(f"{a} {passage}, {b}", f"{c}. {passage.upper()} {d}")
    assert found is not None and found.length >= LONG
    assert passage in f"{a} {passage}, {b}"[found.start : found.end]


@given(st.integers(0, 200), st.integers(1, 11))
def test_a_short_quotation_is_not(first: int, many: int) -> None:
    now = [f"now{n}" for n in range(100)]
    before = [f"then{n}" for n in range(100)]
    quoted = PASSAGE[first : first + many]
    assert copied(" ".join(now + quoted + now), " ".join(before + quoted + before)) is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_is_read(now: str, before: str) -> None:
    found = copied(now, before)
    assert found is None or 0 <= found.start < found.end <= len(now)
    alike = same_words(now, before)
    assert alike is None or 0 <= alike <= 1


def test_the_longest_of_several_is_given() -> None:
    short, long = " ".join(PASSAGE[:40]), " ".join(PASSAGE[100:200])
    now = f"{short} and then something else {long}"
    found = copied(now, f"{long} {short}")
    assert found is not None and now[found.start : found.end] == long


def test_a_note_of_a_hundred_thousand_characters_is_read() -> None:
    words = [f"word{n % 977}x{n % 7}" for n in range(10_000)]
    now, before = " ".join(words), " ".join([*words[:5_000], "and", *words[5_000:]])
    assert len(now) > 90_000 and (same_words(now, before) or 0) >= 0.999
    found = copied(now, before)
    assert found is not None and found.length > 45_000


def test_what_compares_is_read_only_when_it_is_needed() -> None:
    code = "import sys, supervise.likeness; raise SystemExit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
