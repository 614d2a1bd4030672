"""Making and opening a store, and the sentence for everything that can be in the way."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from supervise.errors import (
    DiskFull,
    FileTrouble,
    NoStore,
    NotAllowed,
    StoreInUse,
    StoreIsDamaged,
    StoreIsNewer,
    StoreReadOnly,
    WrongPassphrase,
)
from supervise.places import Places
from supervise.store import backups, create_store, keys, memory_store, opening, schema
from supervise.store.database import connect, scalar
from supervise.store.files import files_told_plainly, write_safely
from tests.store.killing import child
from tests.store.telling import ME, PASSPHRASE, Clock, opened, put, with_ada


def files(places: Places) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in places.store.parent.iterdir() if path.is_file()}


def create(places: Places, passphrase: str = PASSPHRASE) -> str:
    store, recovery_key = create_store(
        places, passphrase, now=Clock("2026-03-31"), user=ME, program="the window"
    )
    store.close()
    return recovery_key


@pytest.fixture
def ordinary_user(places: Places, tmp_path: Path) -> Iterator[None]:
    """Whoever runs the tests, permissions count: the superuser steps down for the time of the test."""
    opened(places).close()  # whatever is imported late has been imported now
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    if superuser:
        for path in (tmp_path, *tmp_path.rglob("*")):
            os.chown(path, 65534, 65534)
        for folder in tmp_path.parents:
            if folder.name.startswith(("pytest-", "popen-")):  # where tests keep their files
                folder.chmod(0o711)
        os.seteuid(65534)
    yield
    if superuser:
        os.seteuid(0)


def test_both_secrets_open_it(places: Places, recovery_key: str):
    with opened(places) as store:
        with_ada(store)
    for secret in (PASSPHRASE, recovery_key, recovery_key.lower().replace("-", " ")):
        with opened(places, secret) as store:
            assert [row["name"] for row in store.rows("person")] == ["Ada"]
    for wrong in ("", "Correct horse battery staple", recovery_key[:-1]):
        with pytest.raises(WrongPassphrase, match="neither") as caught:
            opened(places, wrong)
        assert "recovery key from the recovery sheet" in caught.value.remedy


def test_there_is_no_store_yet(tmp_path: Path):
    with pytest.raises(NoStore, match="There is no store at"):
        opened(Places(tmp_path / "a.store"))
    with pytest.raises(NoStore):
        opened(Places(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_making_one_never_overwrites_one(places: Places):
    before = files(places)
    with pytest.raises(NotAllowed, match="already a store"):
        create(places)
    with pytest.raises(NotAllowed, match="needs a passphrase"):
        create(Places(places.store.with_name("b.store")), "")
    assert files(places) == before


def test_a_making_that_was_interrupted_can_be_repeated(tmp_path: Path):
    """Killed between slots and store: slots for a store that never was, and a store without its name."""
    places = Places(tmp_path / "a.store")
    create(places)
    orphaned = places.slots.read_bytes()
    places.store.rename(tmp_path / "a.store.making")
    create(places)
    opened(places).close()
    aside = [path for path in tmp_path.iterdir() if "aside" in path.name]
    assert [path.read_bytes() for path in aside] == [orphaned]
    assert not (tmp_path / "a.store.making").exists()


def test_a_store_leaves_nothing_but_itself_and_its_slots_when_closed(places: Places):
    with opened(places) as store:
        with_ada(store)
        assert json.loads(places.in_use.read_text())["user"] == ME
    assert files(places).keys() == {"a.store", "a.store.keys"}


def test_closing_twice_does_not_close_what_somebody_else_has_opened(places: Places):
    first = opened(places)
    first.close()
    with opened(places):
        first.close()
        assert places.in_use.exists()


def test_a_second_opener_is_told_who_has_it(places: Places, recovery_key: str):
    with child("hold", places, PASSPHRASE) as holder:
        assert holder.hears() == "open"
        with pytest.raises(StoreInUse) as caught:
            opened(places, recovery_key)
        for word in (ME, "the window", "2026-03-31 09:30", str(holder.process.pid)):
            assert word in caught.value.sentence
        with pytest.raises(StoreInUse):
            opened(places, "even with a wrong passphrase")
        with pytest.raises(StoreInUse):
            backups.restore(places, places.store, PASSPHRASE, Clock("2026-03-31")())
        holder.close()
    opened(places).close()


def test_a_second_opener_in_the_same_process_is_told_too(places: Places):
    with opened(places) as store:
        with pytest.raises(StoreInUse, match=ME):
            opened(places)
        with_ada(store)
        places.in_use.write_text("nonsense")
        with pytest.raises(StoreInUse, match="open in another program"):
            opened(places)
        with child("hold", places, PASSPHRASE) as other:
            assert other.hears() == ""  # refused: the lock was not lost by any of this
            assert other.process.wait() != 0
    opened(places).close()


def test_a_newer_store_is_left_as_it_is(places: Places):
    with opened(places) as store:
        sql = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('supervise', 'm9999_x', '')"
        store.database.execute(sql)
    before = files(places)
    with pytest.raises(StoreIsNewer, match="m9999_x") as caught:
        opened(places)
    assert "Install the newer version" in caught.value.remedy
    assert files(places) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"SQLite format 3\0" + bytes(4080), os.urandom(4096), os.urandom(100_000)],
    ids=["empty", "a byte", "a plain header", "a page of noise", "noise"],
)
def test_a_damaged_store_is_told(places: Places, content: bytes):
    places.store.write_bytes(content)
    with pytest.raises(StoreIsDamaged) as caught:
        opened(places)
    assert "supervise restore" in caught.value.remedy
    assert places.store.read_bytes() == content and not places.in_use.exists()


def test_a_plain_database_is_never_opened_as_a_store(places: Places):
    places.store.unlink()
    plain = connect(places.store, None)
    schema.migrate(plain)
    plain.close()
    with closing(sqlite3.connect(places.store)) as unlocked:
        assert unlocked.execute("SELECT count(*) FROM person").fetchone() == (0,)
    with pytest.raises(StoreIsDamaged):
        opened(places)


def test_an_encrypted_file_that_is_no_store_is_not_made_into_one(places: Places):
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    places.store.unlink()
    other = connect(places.store, key)
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreIsDamaged, match="nothing in it"):
        opened(places)


def test_who_comes_between_looking_and_locking_is_told_too(places: Places):
    with opened(places) as store, pytest.raises(StoreInUse, match=ME):
        opening.open_with_key(places, store.key)


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [
        (errno.ENOSPC, DiskFull, "no room left"),
        (errno.EACCES, StoreReadOnly, "cannot be written to"),
        (errno.EIO, FileTrouble, "a.store.keys could not be read or written"),
    ],
)
def test_trouble_with_files_is_told_plainly(number: int, kind: type[Exception], told: str):
    with pytest.raises(kind, match=told), files_told_plainly():
        raise OSError(number, "what the system says", "/somewhere/a.store.keys")


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "something").touch()
    with pytest.raises(OSError, match="taken"):
        write_safely(taken, b"new")
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.999])
def test_a_store_cut_short_is_told(places: Places, keep: float):
    content = places.store.read_bytes()
    places.store.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(StoreIsDamaged):
        opened(places)


def test_the_slots_of_another_store_do_not_open_this_one(places: Places, tmp_path: Path):
    other = Places(tmp_path / "b.store")
    create(other)
    places.slots.write_bytes(other.slots.read_bytes())
    with pytest.raises(StoreIsDamaged, match="does not open with its key"):
        opened(places)


def test_after_an_abrupt_end_the_whole_file_is_looked_at(places: Places):
    with opened(places) as store, store.change("Many", by=ME) as change:
        change.put_all("person", ({"id": f"p{n}", "name": "Ada " * 100} for n in range(500)))
    content = bytearray(places.store.read_bytes())
    content[len(content) // 2] ^= 1
    places.store.write_bytes(content)
    opened(places).close()  # a page that nobody reads is authenticated when somebody does
    places.in_use.write_text("{}")
    with pytest.raises(StoreIsDamaged, match="read back as written"):
        opened(places)


@pytest.mark.usefixtures("ordinary_user")
def test_a_store_or_folder_that_cannot_be_written_to_is_told(places: Places):
    places.store.chmod(0o400)
    with pytest.raises(StoreReadOnly, match="cannot be written to") as caught:
        opened(places)
    assert "permission" in caught.value.remedy and not places.in_use.exists()
    places.store.chmod(0o600)
    places.store.parent.chmod(0o500)
    try:
        with pytest.raises(StoreReadOnly):
            opened(places)
        with pytest.raises(StoreReadOnly):
            create(Places(places.store.with_name("b.store")))
    finally:
        places.store.parent.chmod(0o700)
    opened(places).close()


def test_a_statement_that_may_not_write_is_told(places: Places):
    with opened(places) as store:
        store.database.execute("PRAGMA query_only = on")
        with pytest.raises(StoreReadOnly):
            with_ada(store)


def test_a_store_in_memory_has_no_files(store):
    put(store, "person", name="Ada")
    assert not store.is_on_disk
    with pytest.raises(ValueError, match="no files"):
        store.backup("by-hand")


def test_a_store_keeps_no_more_of_its_file_in_memory_than_it_is_told_to() -> None:
    with memory_store(Clock("2026-03-06")) as store:
        store.keep_at_most(16)
        assert scalar(store.database, "PRAGMA cache_size") == -16 * 1024
