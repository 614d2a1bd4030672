"""Retention and a person's own data from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supervise.places import Places
from supervise.store import Store, create_store, keys, open_store, purge
from tests.making import ME, PASSPHRASE, now
from tests.store.telling import QUICK
from tests.test_command_line import done, run


@pytest.fixture
def made(tmp_path: Path) -> tuple[Places, str]:
    """A closed store with Ada, who left long ago, and Bo, who did not; and its recovery key."""
    places = Places(tmp_path / "a.store")
    store, recovery = create_store(places, PASSPHRASE, now=now, user=ME, program="the test")
    with store, store.change("People", by=ME) as change:
        change.put("person", {"id": "ada", "name": "Ada Marsh", "left_on": "1994-01-31"})
        change.put("person", {"id": "bo", "name": "Bo Berg", "left_on": "2019-01-31"})
        held = {"kind": "one_to_one", "status": "held", "held_on": "1993-03-01", "notes": "Zqwords"}
        change.put("session", {"id": "s1", "person_id": "ada", **held})
    slots = keys.wrap(store.key, PASSPHRASE, recovery, keys.read(places.slots).store_id, QUICK)
    keys.write(places.slots, keys.SlotsFile(keys.read(places.slots).store_id, (slots,)))
    return places, recovery


def opened(places: Places) -> Store:
    return open_store(places, PASSPHRASE, now=now, user=ME, program="the test")


def test_the_period_is_told_set_and_taken_back(made: tuple[Places, str]):
    store = ("--store", made[0].store)
    assert "not decided how long" in done(*store, "retention").out
    said = done(*store, "retention", "--years", 25).out
    assert "kept for 25 years" in said and "the records of 1 person" in said
    assert "not decided" in done(*store, "retention", "--undecided").out
    assert run(*store, "retention", "--years", 0).status == 1
    assert run(*store, "retention", "--years", 3, "--undecided").status == 2


def test_everybody_who_has_left_is_listed(made: tuple[Places, str]):
    store = ("--store", made[0].store)
    done(*store, "retention", "--years", 25)
    done(*store, "hold", "bo", "--reason", "An inquiry asked")
    said = done(*store, "retention", "list").out
    for words in ("Ada Marsh", "31 Jan 2019", "1 supervision", "hold since"):
        assert words in said
    assert "Take the hold off" in done(*store, "hold", "bo", "--off").out
    assert run(*store, "hold", "bo").status == 2
    assert "no hold" in run(*store, "hold", "bo", "--off").err


def test_records_are_deleted_for_good_and_the_store_gets_a_new_key(
    made: tuple[Places, str], tmp_path: Path
):
    places, recovery = made
    store, sheet = ("--store", places.store), tmp_path / "sheet.txt"
    sheet.write_text(recovery)
    done(*store, "retention", "--years", 25)
    done(*store, "backup")
    with opened(places) as before:
        former = before.key
    assert "not their name" in run(*store, "retention", "delete", "ada", "--name", "Ada").err
    said = done(
        *store, "retention", "delete", "ada", "--name", "Ada Marsh", "--recovery-key-file", sheet
    ).out
    assert "This takes 1 supervision" in said and "Deleted for good." in said and "has a new key" in said
    with opened(places) as after:
        assert after.row("person", "ada") is None and after.key != former
        assert purge.left_to_do(after) == (False, False)
    assert "2 rows of 1 person on 31 Oct 2019" in done(*store, "check").out
    assert "stays until" in done(*store, "retention", "copies").out
    said = done(*store, "retention", "copies", "--delete", "--yes").out
    assert "Deleted 1 copy." in said and "Backed up" in said
    assert "No copy holds" in done(*store, "retention", "copies").out


def test_the_new_key_can_come_later(made: tuple[Places, str], tmp_path: Path):
    places, recovery = made
    store, sheet = ("--store", places.store), tmp_path / "sheet.txt"
    done(*store, "retention", "--years", 25)
    assert "One step is left" in done(*store, "retention", "delete", "ada", "--name", "Ada Marsh").out
    sheet.write_text("not the key")
    refused = run(*store, "retention", "new-key", "--recovery-key-file", sheet)
    assert refused.status == 1 and "cannot be a recovery key" in refused.out
    sheet.write_text(recovery)
    given = run(*store, "retention", "new-key", "--recovery-key-file", sheet)
    assert given.status == 0 and "has a new key" in given.out and "One step is left" in given.err
    assert "Nothing is waiting" in done(*store, "retention", "new-key").out


def test_nobody_deletes_without_the_passphrase(made: tuple[Places, str]):
    store = ("--store", made[0].store)
    done(*store, "retention", "--years", 25)
    assert run(*store, "retention", "delete", "ada", "--name", "Ada Marsh", secret=None).status == 1
    assert run(*store, "retention", "delete", "ada").status == 1  # no name, and nobody to ask
    with opened(made[0]) as store_:
        assert store_.row("person", "ada") is not None


def test_own_data_is_written_as_data_and_as_paper(made: tuple[Places, str], tmp_path: Path):
    store = ("--store", made[0].store)
    done(*store, "own-data", "ada", "-o", tmp_path / "ada.json")
    told = json.loads((tmp_path / "ada.json").read_text("utf-8"))
    assert told["rows"]["session"][0]["notes"] == "Zqwords"
    done(*store, "print", "own-data", "ada", "-o", tmp_path / "ada.pdf")
    assert (tmp_path / "ada.pdf").read_bytes().startswith(b"%PDF")
    assert run(*store, "own-data", "nobody", "-o", tmp_path / "x.json").status == 1
