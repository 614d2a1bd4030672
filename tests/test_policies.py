"""Policy files: what they say, what they may not say, and which policy is in force on a day."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.errors import BadPolicy, BadQuestion, FileTrouble
from supervise.policies import (
    Clock,
    Frequency,
    Policy,
    Rule,
    Rulebook,
    Since,
    Unit,
    read_frequency,
    warnings_about,
)
from supervise.policy_files import line_of, read_policy, read_policy_file
from supervise.workdays import FIRST_DAY, FOREVER, Day, day
from tests import worlds

KEPT = Path(__file__).parent / "kept" / "policies"

WHOLE = """\
[policy]
id = "ours-2018"
title = "Our policy"
source = "A page of the handbook"
effective_from = 2018-04-01

[absence]
suspends = { sickness = 28, maternity = 0 }
return_within_working_days = 5

[supervisor]
new_supervisor_within_working_days = 10

[[clock]]
name = "one_to_one"
counts = ["one_to_one", "group"]
grace_working_days = 3
soon_days = 5
min_minutes = 90

[[clock.rule]]
title = "Newly qualified"
roles = ["nqsw"]
bases = ["permanent"]
since = "employed_from"
after = "6 weeks"
until = "6 months"
every = "2 weeks"

[[clock.rule]]
every = "1 month"
first_within = "10 working days"

[[clock]]
name = "oversight"
counts = ["case"]
per = "case"

[[clock.rule]]
plans = ["cp"]
since = "spell_start"
every = "1 calendar month"
"""


def changed(old: str, new: str) -> str:
    """The whole policy with one line of it written otherwise."""
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)


def without(*lines: int) -> str:
    """The whole policy without those lines."""
    kept = [line for at, line in enumerate(WHOLE.splitlines(), 1) if at not in lines]
    return "\n".join(kept) + "\n"


def refusal(text: str) -> str:
    with pytest.raises(BadPolicy) as caught:
        read_policy(text, "ours.toml")
    assert caught.value.remedy == "Correct that line and try again."
    return caught.value.sentence


# --- What a policy says


def test_everything_a_policy_may_say_is_read() -> None:
    policy = read_policy(WHOLE, "ours.toml")
    assert policy == Policy(
        id="ours-2018",
        title="Our policy",
        source="A page of the handbook",
        effective_from=day("2018-04-01"),
        suspends={"sickness": 28, "maternity": 0},
        return_within_working_days=5,
        new_supervisor_within_working_days=10,
        clocks=(
            Clock(
                name="one_to_one",
                counts=frozenset({"one_to_one", "group"}),
                grace_working_days=3,
                soon_days=5,
                min_minutes=90,
                rules=(
                    Rule(
                        title="Newly qualified",
                        roles=frozenset({"nqsw"}),
                        bases=frozenset({"permanent"}),
                        since=Since.EMPLOYED_FROM,
                        after=Frequency(6, Unit.WEEK),
                        until=Frequency(6, Unit.MONTH),
                        every=Frequency(2, Unit.WEEK),
                    ),
                    Rule(
                        title="Every 1 month",
                        every=Frequency(1, Unit.MONTH),
                        first_within=Frequency(10, Unit.WORKING_DAY),
                    ),
                ),
            ),
            Clock(
                name="oversight",
                counts=frozenset({"case"}),
                per="case",
                rules=(
                    Rule(
                        title="Every 1 calendar month",
                        plans=frozenset({"cp"}),
                        since=Since.SPELL_START,
                        every=Frequency(1, Unit.CALENDAR_MONTH),
                    ),
                ),
            ),
        ),
    )
    assert policy.text == WHOLE


def test_what_is_left_out_is_as_the_specification_says() -> None:
    least = """
        policy = { id = "least", title = "The least" }
        [[clock]]
        name = "one_to_one"
        counts = ["one_to_one"]
        [[clock.rule]]
        every = "1 day"
    """
    policy = read_policy(least, "least.toml")
    (clock,) = policy.clocks
    assert (policy.source, policy.effective_from, policy.suspends) == (None, None, {})
    assert policy.return_within_working_days is policy.new_supervisor_within_working_days is None
    assert (clock.grace_working_days, clock.soon_days, clock.min_minutes, clock.per) == (
        0,
        7,
        None,
        "person",
    )


def test_no_days_ahead_is_not_the_same_as_none_stated() -> None:
    (clock, _) = read_policy(changed("soon_days = 5", "soon_days = 0"), "ours.toml").clocks
    assert clock.soon_days == 0


def test_the_first_policy_kept_for_the_tests_reads_right() -> None:
    policy = read_policy_file(KEPT / "standards-2020-with-defaults.toml")
    (clock,) = policy.clocks
    assert (policy.id, policy.effective_from) == ("standards-2020-with-defaults", None)
    assert policy.suspends == {"sickness": 28, "maternity": 0, "secondment": 28}
    assert (policy.return_within_working_days, policy.new_supervisor_within_working_days) == (5, 10)
    assert (clock.grace_working_days, clock.soon_days, clock.min_minutes) == (3, 7, 90)
    assert [(rule.title, str(rule.every), str(rule.until)) for rule in clock.rules] == [
        ("Newly qualified: first six weeks", "1 week", "6 weeks"),
        ("Newly qualified: to six months", "2 weeks", "6 months"),
        ("Everyone else", "1 month", "None"),
    ]
    assert [str(rule.first_within) for rule in clock.rules] == ["None", "None", "2 weeks"]
    assert clock.rules[2].roles == {
        "nqsw", "social_worker", "senior_social_worker", "family_support_worker", "personal_adviser",
    }  # fmt: skip


def test_the_second_policy_kept_for_the_tests_reads_right() -> None:
    policy = read_policy_file(KEPT / "county-2018.toml")
    (clock,) = policy.clocks
    assert (policy.id, policy.effective_from) == ("county-2018", day("2018-04-01"))
    assert policy.source is None
    assert policy.suspends == {"sickness": 14, "maternity": 0, "secondment": 14, "study": 30}
    assert policy.return_within_working_days is policy.new_supervisor_within_working_days is None
    assert clock.counts == {"one_to_one", "group"}
    assert (clock.grace_working_days, clock.soon_days, clock.min_minutes) == (0, 5, None)
    assert [(str(rule.every), rule.since, str(rule.until)) for rule in clock.rules] == [
        ("10 working days", Since.SPELL_START, "3 months"),
        ("2 weeks", Since.REGISTERED_ON, "12 months"),
        ("1 calendar month", None, "None"),
    ]
    assert clock.rules[0].bases == {"agency"}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_lawful_policy_is_read_and_nothing_of_it_is_lost(number: int) -> None:
    for written in worlds.Maker(number).policies():
        policy = read_policy(worlds.policy_toml(written), "made.toml")
        assert policy.suspends == written.get("absence", {}).get("suspends", {})
        assert [clock.name for clock in policy.clocks] == [clock["name"] for clock in written["clock"]]
        for clock, told in zip(policy.clocks, written["clock"], strict=True):
            assert clock.counts == set(told["counts"])
            assert [str(rule.every) for rule in clock.rules] == [rule["every"] for rule in told["rule"]]


# --- What it may not say: (what is written, the line that is named, why)


REFUSALS: list[tuple[str, int, str]] = [
    # a word that does not stand there
    (WHOLE + "\n[holidays]\nmonday = 1\n", 44, "“holidays” is not a word that can stand here"),
    (changed('id = "ours-2018"', 'id = "ours-2018"\nidd = 3'), 3, "“idd” is not a word that can stand here"),
    (changed("return_within_working_days", "return_within"), 9, "“return_within” is not a word that"),
    (changed("new_supervisor_within_working_days", "new"), 12, "“new” is not a word that can stand here"),
    (changed("min_minutes = 90", "minutes = 90"), 19, "“minutes” is not a word that can stand here"),
    (changed('bases = ["perm', 'basis = ["perm'), 24, "“basis” is not a word that can stand here"),
    # something that must be there
    ("", 1, "there is no [policy] part"),
    ("# nothing but a remark\n", 1, "there is no [policy] part"),
    (without(1, 2, 3, 4, 5), 37, "there is no [policy] part"),
    (without(2), 1, "“id” is missing here"),
    (without(3), 1, "“title” is missing here"),
    (without(15), 14, "“name” is missing here"),
    (without(16), 14, "“counts” is missing here"),
    (without(28), 21, "“every” is missing here"),
    (WHOLE[: WHOLE.index("[[clock]]")], 13, "at least one [[clock]] is needed here"),
    (WHOLE[: WHOLE.index("[[clock.rule]]\nplans")], 34, "at least one [[clock.rule]] is needed here"),
    # the wrong sort of thing
    (changed('title = "Our policy"', "title = 3"), 3, "“title” must be text in quotation marks"),
    (changed('title = "Our policy"', 'title = "  "'), 3, "“title” must be text in quotation marks"),
    (changed('source = "A page of the handbook"', "source = true"), 4, "“source” must be text in"),
    (changed("= 2018-04-01", '= "2018-04-01"'), 5, "“effective_from” must be a date written like 2018-04-01"),
    (changed("= 2018-04-01", "= 2018-04-01T09:00:00"), 5, "“effective_from” must be a date written like"),
    (changed("= 2018-04-01", "= 0018-04-01"), 5, "the year 18 cannot be right"),
    (changed("= 2018-04-01", "= 2218-04-01"), 5, "the year 2218 cannot be right"),
    (changed('id = "ours-2018"', 'id = "Ours 2018"'), 2, "an id is made of a to z, 0 to 9 and hyphens"),
    (changed("suspends = { sickness = 28, maternity = 0 }", 'suspends = ["sickness"]'), 8,
     "“suspends” is written as { sickness = 28 }"),
    (changed('counts = ["case"]', 'counts = "case"'), 36, "“counts” is a list such as [\"nqsw\"] with at"),
    (changed('counts = ["case"]', "counts = []"), 36, "“counts” is a list such as [\"nqsw\"] with at least"),
    (changed('counts = ["case"]', "counts = [1]"), 36, "“counts” must be text in quotation marks"),
    (changed('roles = ["nqsw"]', "roles = []"), 23, "“roles” is a list such as"),
    (changed('every = "1 month"', "every = 1"), 31, "“every” must be text in quotation marks"),
    ("policy = 3\n" + without(1, 2, 3, 4, 5), 1, "“policy” must be a part of its own, [policy]"),
    ("absence = 3\n" + without(7, 8, 9), 1, "“absence” must be a part of its own, [absence]"),
    ("supervisor = 3\n" + without(11, 12), 1, "“supervisor” must be a part of its own, [supervisor]"),
    ('clock = "x"\n' + WHOLE[: WHOLE.index("[[clock]]")], 1, "at least one [[clock]] is needed here"),
    (WHOLE[: WHOLE.index("[[clock]]")] + '[clock]\nname = "x"\n', 14, "at least one [[clock]] is needed here"),
    # words that are not known
    (changed("sickness = 28", "illness = 28"), 8, "“illness” is not a known kind of absence; known are annual"),
    (changed('counts = ["case"]', 'counts = ["chat"]'), 36, "“chat” is not a known kind of session; known are"),
    (changed('bases = ["permanent"]', 'bases = ["perm"]'), 24, "“perm” is not a known basis; known are perm"),
    (changed('since = "employed_from"', 'since = "birth"'), 25, "“birth” is not a known starting date; known"),
    (changed('per = "case"', 'per = "team"'), 37, "a clock runs per “person” or per “case”"),
    # numbers out of range
    (changed("sickness = 28", "sickness = -1"), 8, "“sickness” must be a whole number of 0 or more"),
    (changed("sickness = 28", "sickness = true"), 8, "“sickness” must be a whole number of 0 or more"),
    (changed("sickness = 28", "sickness = 2.5"), 8, "“sickness” must be a whole number of 0 or more"),
    (changed("within_working_days = 5", "within_working_days = 0"), 9, "must be a whole number of 1 or more"),
    (changed("within_working_days = 10", "within_working_days = 0"), 12, "must be a whole number of 1 or more"),
    (changed("grace_working_days = 3", "grace_working_days = -3"), 17, "must be a whole number of 0 or more"),
    (changed("grace_working_days = 3", "grace_working_days = 1000000"), 17, "must be a whole number of 0 or"),
    (changed("soon_days = 5", 'soon_days = "5"'), 18, "“soon_days” must be a whole number of 0 or more"),
    (changed("soon_days = 5", "soon_days = -5"), 18, "“soon_days” must be a whole number of 0 or more"),
    (changed("min_minutes = 90", "min_minutes = -90"), 19, "“min_minutes” must be a whole number of 0 or"),
    # frequencies
    (changed('every = "1 month"', 'every = "0 months"'), 31, "“every”: “0 months” does not begin with a whole"),
    (changed('every = "1 month"', 'every = "monthly"'), 31, "“every”: “monthly” does not begin with a whole"),
    (changed('every = "1 month"', 'every = "1.5 months"'), 31, "“every”: “1.5 months” does not begin with"),
    (changed('every = "1 month"', 'every = "-1 month"'), 31, "“every”: “-1 month” does not begin with"),
    (changed('every = "1 month"', f'every = "{"9" * 5000} days"'), 31, "does not begin with a whole number"),
    (changed('every = "1 month"', 'every = "1 year"'), 31,
     "“every”: “1 year” is not in days, weeks, months, calendar months or working days"),
    (changed('"10 working days"', '"10 week days"'), 32, "“first_within”: “10 week days” is not in days, weeks"),
    (changed('after = "6 weeks"', 'after = "6 working days"'), 26, "“after” takes days, weeks or months"),
    (changed('until = "6 months"', 'until = "6 calendar months"'), 27, "“until” takes days, weeks or months"),
    # rules that do not go together
    (without(25), 21, "“after” and “until” need a “since” to be counted from"),
    (without(25, 26), 21, "“after” and “until” need a “since” to be counted from"),
    (without(25, 27), 21, "“after” and “until” need a “since” to be counted from"),
    (changed('roles = ["nqsw"]', 'plans = ["cp"]'), 23, "“plans” belong to clocks that run per “case”"),
    (changed('since = "spell_start"', 'since = "role_start"'), 41, "a case clock counts since “spell_start” only"),
    (changed('since = "spell_start"', 'since = "employed_from"'), 41, "a case clock counts since “spell_start”"),
    (changed('name = "oversight"', 'name = "one_to_one"'), 35, "there is a clock “one_to_one” already"),
    (changed('plans = ["cp"]\n', "") + '[[clock.rule]]\nevery = "1 week"\n', 42,
     "the rule before, “Every 1 calendar month”, matches everything, so that this one is never reached"),
    (changed('[[clock]]\nname = "oversight"', '[[clock.rule]]\nroles = ["nqsw"]\nevery = "1 week"\n\n[[clock]]\n'
             'name = "oversight"'), 34, "the rule before, “Every 1 month”, matches everything, so that this one"),
    # what is no TOML
    ("[policy\n", 1, "this is not written as TOML"),
    ('[policy]\nid = "a"\nid = "b"\n', 3, "this is not written as TOML"),
    ("[policy]\nid = ours\n", 2, "this is not written as TOML"),
    ('[policy]\nid = "a"\n[policy]\n', 3, "this is not written as TOML"),
    ('[policy]\nid = "a', 2, "this is not written as TOML"),
    ('[policy]\nsource = """a\nb\n', 4, "this is not written as TOML"),
    ("[policy]\neffective_from = 2018-02-30\n", 2, "this is not written as TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "reason"), REFUSALS)
def test_what_a_policy_may_not_say_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    told = refusal(text)
    assert told.startswith(f"ours.toml, line {line}: "), told
    assert reason in told
    assert told.endswith(".")
    assert "None" not in told and "<" not in told, "a sentence for people"
    assert len(told) < 6000


def test_a_rule_that_counts_from_a_day_everybody_has_matches_everything() -> None:
    for since in ("spell_start", "role_start"):
        text = changed('every = "1 month"', f'since = "{since}"\nevery = "1 month"')
        text = text.replace(
            '[[clock]]\nname = "ov', '[[clock.rule]]\nevery = "1 week"\n\n[[clock]]\nname = "ov'
        )
        assert "matches everything" in refusal(text)


@pytest.mark.parametrize("since", ["employed_from", "registered_on"])
def test_a_rule_that_counts_from_a_day_that_may_not_be_known_leaves_room_for_others(since: str) -> None:
    text = changed('every = "1 month"', f'since = "{since}"\nevery = "1 month"')
    text = text.replace(
        '[[clock]]\nname = "ov', '[[clock.rule]]\nevery = "1 week"\n\n[[clock]]\nname = "ov'
    )
    assert len(read_policy(text, "ours.toml").clocks[0].rules) == 3


# --- Lines


def test_the_line_is_that_on_which_a_value_begins() -> None:
    text = changed(
        'counts = ["one_to_one", "group"]', 'counts = [\n  "one_to_one",\n  # and\n  "chat",\n]'
    )
    assert refusal(text).startswith("ours.toml, line 16: “chat” is not a known kind of session")


def test_remarks_and_values_of_several_lines_above_do_not_mislead() -> None:
    text = changed(
        'source = "A page of the handbook"', '# one\n# two\nsource = """\nA page\n\nof it\n"""'
    )
    text = text.replace('every = "1 month"', '# “every” is below\n\nevery = "1 year" # here')
    assert refusal(text).startswith("ours.toml, line 39: “every”: “1 year”")


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    separators = "a\u2028b\u2029c\x85d"
    text = changed("A page of the handbook", separators).replace('every = "1 month"', 'every = "1 year"')
    assert refusal(text).startswith("ours.toml, line 31: ")
    assert refusal(text.replace("\n", "\r\n")).startswith("ours.toml, line 31: ")


def test_a_value_can_be_found_in_every_way_of_writing_it() -> None:
    text = 'policy.id = "a"\npolicy = 1\n'
    assert line_of('policy.id = "a"\npolicy.title = "b"\n', ("policy", "title")) == 2
    assert line_of('policy = { id = "a", title = "b" }', ("policy", "title")) == 1
    assert (
        line_of("[[clock]]\n\n[[clock]]\n[[clock.rule]]\n[[clock.rule]]\n", ("clock", 1, "rule", 1)) == 5
    )
    assert line_of(text, ("policy",)) == 1
    assert line_of("a = 1\nb = 2\n", ("c",)) == 2
    assert line_of("", ("c",)) == 1


VALUES = st.sampled_from([
    "{key} = 1", '{key} = "x"', "{key} = [\n  1,\n  # more\n  2,\n]", '{key} = """\n\n{key} = 3\n"""',
    "{key} = '''x\n'''", "{key} = {{ z = 1 }}", "{key}.z.y = 2018-04-01",
])  # fmt: skip
TABLES = st.sampled_from(["[{key}]\n\nz = 1", "[[{key}]]\nz = [\n]\n[[{key}]]", "[{key}.z]"])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(VALUES, max_size=20),
    st.lists(TABLES, max_size=10),
    st.sampled_from(["", "# k1 = 1\n", "\n\n"]),
)
def test_every_value_is_found_on_its_own_line(
    values: list[str], tables: list[str], between: str
) -> None:
    text, begins = "", {}
    for number, piece in enumerate([*values, *tables]):
        text += between
        begins[f"k{number}"] = text.count("\n") + 1
        text += piece.format(key=f"k{number}") + "\n"
    assert tomllib.loads(text).keys() == begins.keys()
    for key, line in begins.items():
        assert line_of(text, (key,)) == line


def test_a_large_file_is_refused_about_as_quickly_as_it_is_read() -> None:
    rules = "".join(f'[[clock.rule]]\nroles = ["role{n}"]\nevery = "1 week"\n' for n in range(1500))
    text = WHOLE[: WHOLE.index("[[clock.rule]]")] + rules + '[[clock.rule]]\nevery = "1 year"\n'
    assert refusal(text).startswith("ours.toml, line 4522: ")


# --- Files


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(WHOLE, "utf-8-sig")
    assert read_policy_file(path) == read_policy(WHOLE, "ours.toml")


def test_a_file_with_the_line_ends_of_windows_is_the_same_policy(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(WHOLE.replace("\n", "\r\n").encode())
    assert read_policy_file(path) == read_policy(WHOLE, "ours.toml")


def test_a_file_that_is_no_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(WHOLE.replace("A page", "A page – the first").encode("cp1252"))
    with pytest.raises(BadPolicy, match=r"^ours\.toml, line 4: this is not UTF-8 text\. "):
        read_policy_file(path)


def test_a_file_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(
        BadPolicy, match=r"^ours\.toml is far too large for a policy file\. Choose another"
    ):
        read_policy_file(path)


@pytest.mark.parametrize("name", ["missing.toml", "folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileTrouble, match=rf"The policy file {name} cannot be read \(.+\)\. Check that"):
        read_policy_file(tmp_path / name)


# --- Frequencies


@given(st.integers(1, 10_000), st.sampled_from(Unit))
def test_a_frequency_is_read_as_it_is_written(n: int, unit: Unit) -> None:
    frequency = Frequency(n, unit)
    assert read_frequency(str(frequency)) == frequency
    assert read_frequency(f"  {n}   {unit.value.upper()}s ") == frequency


@pytest.mark.parametrize(
    "text", ["", "1", "week", "1 s", "1 fortnight", "one week", "1.0 weeks", "١ week"]
)
def test_what_is_no_frequency_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^“{text}” "):
        read_frequency(text)


def test_only_days_weeks_and_months_are_sums() -> None:
    start = day("2017-01-31")
    assert read_frequency("3 days").added_to(start) == day("2017-02-03")
    assert read_frequency("2 weeks").added_to(start) == day("2017-02-14")
    assert read_frequency("1 month").added_to(start) == day("2017-02-28")
    for text in ("1 calendar month", "10 working days"):
        with pytest.raises(ValueError, match="cannot be added to a date"):
            read_frequency(text).added_to(start)


# --- Which policy, which rules


def made(id: str, begins: Day | None = None, **more: object) -> Policy:
    """The whole policy above under another id, from another day."""
    return replace(read_policy(WHOLE, "ours.toml"), id=id, effective_from=begins, **more)


def test_no_two_policies_begin_on_one_day() -> None:
    with pytest.raises(BadQuestion, match="The policies “a” and “b” begin on the same day"):
        Rulebook([made("a", day("2018-04-01")), made("c"), made("b", day("2018-04-01"))])
    with pytest.raises(BadQuestion, match="The policies “a” and “b” begin on the same day"):
        Rulebook([made("a"), made("b")])


def test_a_clock_runs_per_person_or_per_case_and_not_both() -> None:
    other = read_policy(
        changed('per = "case"', 'per = "person"').replace('plans = ["cp"]\n', ""), "b.toml"
    )
    with pytest.raises(
        BadQuestion, match="“oversight” runs per person in one policy and per case in another"
    ):
        Rulebook([made("a"), other])


def test_each_policy_is_in_force_until_the_next_begins() -> None:
    late, early = made("late", day("2019-01-01")), made("early", day("2018-01-01"))
    book = Rulebook([late, early])
    assert book.on(day("2017-12-31")) is None
    assert book.on(day("2018-01-01")) == early
    assert book.on(day("2018-12-31")) == early
    assert book.on(day("2019-01-01")) == late
    assert book.on(FOREVER) == late
    assert book.first_on_or_before(day("2017-12-31")) == early
    assert book.first_on_or_before(day("2019-06-01")) == late


def test_a_policy_without_a_day_has_always_been() -> None:
    always, later = made("always"), made("later", day("2019-01-01"))
    book = Rulebook([later, always])
    assert book.on(FIRST_DAY) == always
    assert book.clock_on("oversight", FIRST_DAY) == always.clocks[1]
    assert book.clock_on("nothing", FIRST_DAY) is None


def test_an_empty_rulebook_has_nothing_to_say() -> None:
    book = Rulebook([])
    assert book.on(FOREVER) is book.first_on_or_before(FOREVER) is book.clock_on("a", FOREVER) is None
    assert book.clock_names() == ()
    assert book.per("one_to_one") == "person"


def test_clocks_are_named_once_those_of_the_latest_policy_first() -> None:
    one, two = made("a").clocks
    book = Rulebook([made("a", clocks=(one, one._replace(name="old"))), made("b", 9, clocks=(two, one))])
    assert book.clock_names() == ("oversight", "one_to_one", "old")
    assert (book.per("oversight"), book.per("one_to_one"), book.per("unheard_of")) == (
        "case",
        "person",
        "person",
    )


@given(st.lists(st.integers(1, 400), unique=True, max_size=6), st.booleans(), st.integers(1, 401))
def test_the_policy_in_force_is_the_latest_that_has_begun(
    starts: list[int], always: bool, when: int
) -> None:
    begins: list[int | None] = [*starts, *([None] if always else [])]
    policies = [made(f"p{n}", start) for n, start in enumerate(begins)]
    begun = [policy for policy in policies if (policy.effective_from or 0) <= when]
    expected = max(begun, key=lambda policy: policy.effective_from or 0, default=None)
    assert Rulebook(policies).on(when) == expected


def test_rules_are_for_a_post_by_role_basis_and_plan() -> None:
    rules = tuple(
        Rule(title=title, every=Frequency(1, Unit.WEEK), **{field: frozenset({word})})
        for title, field, word in (
            ("A", "roles", "nqsw"),
            ("B", "bases", "agency"),
            ("C", "plans", "cp"),
        )
    )
    clock = Clock(name="c", counts=frozenset({"case"}), rules=rules, per="case")

    def titles(*post: str | None) -> str:
        return "".join(rule.title for rule in clock.rules_for(*post))

    assert titles("nqsw", "agency", "cp") == "ABC"
    assert titles("nqsw", None) == "A"
    assert titles("social_worker", "agency", "cin") == "B"
    assert titles("social_worker", None, "cp") == "C"
    assert titles("social_worker", "permanent", None) == ""


# --- What to look at when a policy is loaded


def test_roles_in_use_without_a_rule_are_told() -> None:
    rules = WHOLE.replace(
        '[[clock.rule]]\nevery = "1 month"', '[[clock.rule]]\nroles = ["student"]\nevery = "1 month"'
    )
    rules = rules.replace('plans = ["cp"]', 'roles = ["nqsw"]')
    told = warnings_about(
        read_policy(rules, "ours.toml"), None, ["nqsw", "student", "personal_adviser", "nqsw"]
    )
    assert told == (
        "No rule of the clock “one_to_one” is for the role “personal_adviser”, which is in use: "
        "its people will read “no rule”.",
        "No rule of the clock “oversight” is for the role “personal_adviser”, which is in use: "
        "its cases will read “no rule”.",
        "No rule of the clock “oversight” is for the role “student”, which is in use: "
        "its cases will read “no rule”.",
    )


def test_nothing_is_told_of_a_policy_that_covers_what_the_one_before_covered() -> None:
    assert warnings_about(made("b"), made("a"), ["nqsw", "anything"]) == ()
    assert warnings_about(made("b"), None, []) == ()


LOST = [
    ("suspends = { sickness = 28, maternity = 0 }", "suspends = { sickness = 28 }",
     "absences of the kind “maternity” no longer stop the clock"),
    ("return_within_working_days = 5\n", "", "nothing is asked for any more after a return from absence"),
    ("new_supervisor_within_working_days = 10\n", "", "nothing is asked for any more from a new supervisor"),
    ('name = "oversight"', 'name = "cases"', "the clock “oversight” is gone"),
    ('counts = ["one_to_one", "group"]', 'counts = ["one_to_one"]',
     "sessions of the kind “group” no longer count for the clock “one_to_one”"),
    ('roles = ["nqsw"]\n', "", "no rule of the clock “one_to_one” names the role “nqsw” any more"),
    ('every = "1 month"', 'roles = ["nqsw"]\nevery = "1 month"',
     "the clock “one_to_one” no longer has a rule for every role"),
    ("min_minutes = 90\n", "", "the clock “one_to_one” no longer sets a length"),
    ('first_within = "10 working days"\n', "", "the clock “one_to_one” no longer asks for a first session sooner"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "told"), LOST)
def test_what_the_policy_before_had_and_this_one_lacks_is_told(was: str, now: str, told: str) -> None:
    policy = read_policy(changed(was, now), "ours.toml")
    assert warnings_about(policy, made("old"), []) == (f"Compared with “old”: {told}.",)


def test_what_a_policy_adds_is_no_warning() -> None:
    for was, now, _ in LOST:
        if 'name = "' not in was:
            assert warnings_about(made("new"), read_policy(changed(was, now), "ours.toml"), []) == ()
