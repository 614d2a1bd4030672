"""What a cell may hold: reading what was written gives the value again, whatever the kind of field."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from supervise.exchange.cells import escaped, text_of, unescaped, value_of
from supervise.fields import Field, Holds

LAWFUL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
VALUES = {
    Holds.TEXT: LAWFUL.map(str.strip),
    Holds.DAY: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    Holds.TIME: st.times().map(lambda at: at.strftime("%H:%M")),
    Holds.COUNT: st.integers(0, 999_999),
    Holds.NUMBER: st.floats(0, allow_infinity=False, allow_nan=False).filter(lambda n: str(n)[0] != "-"),
    Holds.YES_NO: st.booleans(),
}


@pytest.mark.parametrize("holds", Holds)
@given(data=st.data())
def test_what_is_written_is_read_again(holds: Holds, data: st.DataObject) -> None:
    value = data.draw(st.none() | VALUES[holds])
    read = value_of(Field("x", holds), text_of(value))
    assert (read, type(read)) == ((None, type(None)) if value == "" else (value, type(value)))


@given(LAWFUL.filter(str.strip))
def test_prose_is_read_as_it_stands(text: str) -> None:
    assert value_of(Field("notes", prose=True), text_of(text)) == text


@given(LAWFUL | st.from_regex(r"(_x[0-9A-Fa-f]{4}_|_|x005F){1,6}", fullmatch=True))
def test_what_a_workbook_cannot_hold_is_escaped_and_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not set(escaped(text)) & {"\r", "\x00", "\x0b", "\x1f", "\ufffe", "\uffff"}


def test_a_text_without_control_characters_is_not_altered_for_a_workbook() -> None:
    assert escaped("tŷ\n\t_x00_ 😀") == "tŷ\n\t_x00_ 😀"


@given(st.sampled_from(list(Holds)), st.text(max_size=12))
def test_anything_is_read_or_refused_in_words(holds: Holds, text: str) -> None:
    field = Field("x", holds)
    try:
        value = value_of(field, text)
    except ValueError:
        event("refused")
    else:
        assert value is None or value_of(field, text_of(value)) == value


@pytest.mark.parametrize(
    ("holds", "cell", "value"),
    [
        (Holds.DAY, datetime(2017, 3, 14), "2017-03-14"),
        (Holds.DAY, date(2017, 3, 14), "2017-03-14"),
        (Holds.DAY, " 2017-03-14 ", "2017-03-14"),
        (Holds.TIME, time(9, 5), "09:05"),
        (Holds.TIME, "9:05", "09:05"),
        (Holds.COUNT, 90.0, 90),
        (Holds.COUNT, "007", 7),
        (Holds.NUMBER, 1, 1.0),
        (Holds.NUMBER, ".6".zfill(3), 0.6),
        (Holds.YES_NO, True, True),
        (Holds.YES_NO, "No", False),
        (Holds.TEXT, 12, "12"),
        (Holds.TEXT, 12.5, "12.5"),
        (Holds.TEXT, "  North  East\n", "North  East"),
        (Holds.TEXT, None, None),
        (Holds.TEXT, " \t", None),
    ],
)
def test_a_cell_of_a_workbook_or_a_stray_space_is_understood(
    holds: Holds, cell: object, value: object
) -> None:
    assert value_of(Field("x", holds), cell) == value


@pytest.mark.parametrize(
    ("holds", "cell"),
    [
        (Holds.DAY, datetime(2017, 3, 14, 9, 30)),
        (Holds.DAY, 42808),
        (Holds.DAY, "2017-3-14"),
        (Holds.TIME, "25:00"),
        (Holds.TIME, "9.30"),
        (Holds.COUNT, 90.5),
        (Holds.COUNT, True),
        (Holds.COUNT, "1_000"),
        (Holds.COUNT, "٣"),
        (Holds.NUMBER, "1_0.5"),
        (Holds.NUMBER, "nan"),
        (Holds.NUMBER, "1e999"),
        (Holds.NUMBER, "0,6"),
        (Holds.YES_NO, 1),
        (Holds.TEXT, "half \ud83d of one"),
        (Holds.TEXT, "N\0L"),
    ],
)
def test_a_cell_that_could_mean_something_else_is_refused(holds: Holds, cell: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        value_of(Field("x", holds), cell)
