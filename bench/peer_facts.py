"""What the pandas peer reads: frames with the interchange columns, made into arrays and stretches.

A *stretch* is a run of days in post on which nothing changes: neither rule nor supervisor, nor whether
the clock is stopped. Days are int64 numbers since 1 January 1970; a person and a day together make one
number (`key`), so that whole tables of them can be sorted and searched at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
from numpy.typing import NDArray

Rows = list[dict[str, Any]]
Days = NDArray[np.int64]
Flags = NDArray[np.bool_]

SUSPENDS = {"sickness": 28, "maternity": 0, "secondment": 28}
RETURN_WITHIN, NEW_SUPERVISOR_WITHIN, GRACE = 5, 10, 3
MONTHLY_ROLES = (
    "nqsw", "social_worker", "senior_social_worker", "family_support_worker", "personal_adviser",
)  # fmt: skip
STOPPED, WEEKLY, FORTNIGHTLY, MONTHLY = range(4)

LONG_AGO = -100_000
FOREVER = 100_000
"""Before and after every day that is entered."""

_BITS = 20
_MIDDLE = 1 << (_BITS - 1)

DATES = {
    "people": ["employed_from", "left_on", "records_from"],
    "posts": ["from", "to"],
    "absences": ["from", "to"],
    "sessions": ["held_on"],
}
COLUMNS = {
    "people": ["person_id", *DATES["people"]],
    "posts": ["person_id", "role", "supervisor_id", *DATES["posts"]],
    "absences": ["person_id", "kind", *DATES["absences"]],
    "sessions": ["person_id", "kind", "status", *DATES["sessions"]],
}
KINDS = {"people": "person", "posts": "post", "absences": "absence", "sessions": "session"}


def _working_days() -> tuple[Days, Days]:
    """(how many working days there are up to each day since LONG_AGO, those working days)."""
    listed = Path(__file__).parents[1] / "resources" / "bank-holidays.txt"
    lines = listed.read_text("utf-8").splitlines()
    holidays = [line.split(" ", 1)[0] for line in lines if line and not line.startswith("#")]
    every = np.arange(LONG_AGO, FOREVER + 1000)
    works = np.is_busday(every.view("datetime64[D]"), holidays=holidays)
    return np.cumsum(works), every[works]


# Looked up rather than asked of np.busday_offset and np.busday_count: several times faster here.
WORKED_UPTO, WORKING_DAYS = _working_days()


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """The frames that the peer takes, by file name, from an interchange folder."""
    return {
        name: typed(pd.read_csv(folder / f"{name}.csv", usecols=columns, dtype="str"), name)
        for name, columns in COLUMNS.items()
    }


def frames(rows: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """The same frames from rows by kind, as `bench.service.make` gives them."""
    made = {}
    for name, columns in COLUMNS.items():
        keys = ["id" if (name, key) == ("people", "person_id") else key for key in columns]
        table = {
            column: [row[key] for row in rows[KINDS[name]]]
            for column, key in zip(columns, keys, strict=True)
        }
        made[name] = typed(pd.DataFrame(table), name)
    return made


def typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Dates as dates and repeated text as categories, as one keeps a large table."""
    for column in frame.columns:
        if column in DATES[name]:
            frame[column] = pd.to_datetime(frame[column], format="%Y-%m-%d")
        else:
            frame[column] = frame[column].astype("category")
    return frame


# --- Days ---------------------------------------------------------------------------------


def key(person: Any, day: Any) -> Days:
    """A person's number and a day as one number, in order of person and day."""
    return (np.asarray(person, np.int64) << _BITS) + np.asarray(day, np.int64) + _MIDDLE


def unkey(keys: Days) -> tuple[Days, Days]:
    """The persons' numbers and the days of keys."""
    return keys >> _BITS, (keys & ((1 << _BITS) - 1)) - _MIDDLE


def days(column: pd.Series, missing: int) -> Days:
    """Dates as days since 1970, `missing` where there is none."""
    whole = column.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(whole), np.int64(missing), whole.view(np.int64))


def add_months(day: Days, months: int) -> Days:
    """The same day number that many months later, clipped to the month's end."""
    dates = day.view("datetime64[D]")
    month = dates.astype("datetime64[M]")
    first = (month + np.timedelta64(months, "M")).astype("datetime64[D]").view(np.int64)
    after = (month + np.timedelta64(months + 1, "M")).astype("datetime64[D]").view(np.int64)
    into = day - month.astype("datetime64[D]").view(np.int64)
    clipped: Days = np.minimum(first + into, after - 1)
    return clipped


def nth_working_day(day: Days, n: int) -> Days:
    """The n-th working day on or after each day."""
    found: Days = WORKING_DAYS[WORKED_UPTO[day - 1 - LONG_AGO] + n - 1]
    return found


def working_days_between(earlier: Days, later: Days) -> Days:
    """How many working days lie strictly between two days."""
    between: Days = WORKED_UPTO[later - 1 - LONG_AGO] - WORKED_UPTO[earlier - LONG_AGO]
    return np.clip(between, 0, None)


def starts_of(group: Days) -> Flags:
    """Whether each row is the first of its group, rows of a group standing together."""
    first = np.ones(len(group), np.bool_)
    first[1:] = group[1:] != group[:-1]
    return first


def distinct(keys: Days) -> Days:
    """The keys in order, each once. (np.unique hashes first, and takes ten times as long here.)"""
    keys = np.sort(keys)
    once: Days = keys[starts_of(keys)]
    return once


# --- Facts --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """People by their number in order of id, with their posts and the days their clock stands still."""

    ids: pd.Index
    employed_from: Days
    to_six_weeks: Days
    to_six_months: Days
    records_from: Days
    posts: pd.DataFrame  # by person and first; with last, monthly, nqsw, supervisor, spell
    suspended: pd.DataFrame  # person, first, last


def facts_of(people: pd.DataFrame, posts: pd.DataFrame, absences: pd.DataFrame, today: int) -> Facts:
    """The facts as arrays. Absences begin to matter up to `today`, as the specification has it."""
    people = people.assign(person_id=people["person_id"].astype(str)).sort_values("person_id")
    ids = pd.Index(people["person_id"])
    employed = days(people["employed_from"], FOREVER)
    return Facts(
        ids=ids,
        employed_from=employed,
        to_six_weeks=employed + 42,
        to_six_months=add_months(employed, 6),
        records_from=days(people["records_from"], LONG_AGO),
        posts=_posts(posts, numbers(posts["person_id"], ids), days(people["left_on"], FOREVER)),
        suspended=_suspended(absences, numbers(absences["person_id"], ids), today),
    )


def numbers(column: pd.Series, ids: pd.Index) -> Days:
    """Each person's number in order of id, -1 for someone unknown."""
    found = np.append(ids.get_indexer(column.cat.categories.astype(str)), -1)
    number: Days = found[column.cat.codes].astype(np.int64)
    return number


def _posts(posts: pd.DataFrame, person: Days, left_on: Days) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "person": person,
            "first": days(posts["from"], LONG_AGO),
            "last": np.minimum(days(posts["to"], FOREVER), left_on[person]),
            "monthly": posts["role"].isin(MONTHLY_ROLES),
            "nqsw": posts["role"] == "nqsw",
            "supervisor": posts["supervisor_id"].cat.codes,
        }
    )
    table = table[(table["person"] >= 0) & (table["first"] <= table["last"])]
    table = table.sort_values(["person", "first"], kind="stable", ignore_index=True)
    return _in_spells(table)


def _in_spells(posts: pd.DataFrame) -> pd.DataFrame:
    """Weekends between posts given to the earlier one, and the spells numbered."""
    person, first = posts["person"].to_numpy(), posts["first"].to_numpy()
    new_person = starts_of(person)
    reached = posts.groupby("person")["last"].cummax().shift(fill_value=LONG_AGO).to_numpy()
    apart = new_person | (working_days_between(reached, first) > 0)
    bridged = ~apart & (first > reached + 1)
    upto = dict(zip(key(person[bridged], reached[bridged]), first[bridged] - 1, strict=True))
    ends = pd.Series(key(person, posts["last"])).map(upto)
    return posts.assign(last=ends.fillna(posts["last"]).astype(np.int64), spell=apart.cumsum())


def _suspended(absences: pd.DataFrame, person: Days, today: int) -> pd.DataFrame:
    """Absences that stop the clock, joined where no working day lies between."""
    table = pd.DataFrame(
        {
            "person": person,
            "threshold": absences["kind"].astype("str").map(SUSPENDS),
            "first": days(absences["from"], LONG_AGO),
            "last": days(absences["to"], FOREVER),
        }
    )
    table["open"] = table["last"] == FOREVER
    stops = table["threshold"].notna() & (table["person"] >= 0)
    table = table[stops & ~(table["open"] & (table["first"] > today))]
    table["last"] = table["last"].mask(table["open"], today)
    table = table.sort_values(["person", "first"], kind="stable", ignore_index=True)
    reached = table.groupby("person")["last"].cummax().shift(fill_value=LONG_AGO).to_numpy()
    apart = working_days_between(reached, table["first"].to_numpy()) > 0
    run = (starts_of(table["person"].to_numpy()) | apart).cumsum()
    joined = table.groupby(run).agg(
        person=("person", "first"), first=("first", "min"), last=("last", "max"),
        open=("open", "any"), threshold=("threshold", "min"),
    )  # fmt: skip
    joined = joined[joined["last"] - joined["first"] + 1 > joined["threshold"]]
    return joined.assign(last=joined["last"].mask(joined["open"], FOREVER))
