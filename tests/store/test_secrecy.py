"""Nothing that anybody types stands in the clear in anything that is written to disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from supervise.places import Places
from supervise.store import Store, create_store, new_recovery_key
from tests.store.prose import sentinels
from tests.store.telling import Clock, session

PASSPHRASE = "zqpassphraseqz and more"
NAMES = (
    "zqworkernameqz",
    "zqmanagerqz",
    "zqlabelqz",
    "zqdraftqz",
    "zqpolicyqz",
    "zqsettingqz",
    "zqlookqz",
)


def type_everywhere(store: Store) -> list[str]:
    """Types a word of its own wherever words go, and gives those words."""
    words = list(sentinels(store).values())
    with store.change("About zqlabelqz", by="zqmanagerqz") as change:
        change.put("person", {"name": "zqworkernameqz"})
        change.put("policy", {"title": "zqpolicyqz", "toml": "zqpolicyqz"})
    store.drafts.put("session s1", "zqdraftqz")
    store.settings.put("mapping", "zqsettingqz")
    store.access.note("zqmanagerqz", "zqlookqz")
    return [*words, *NAMES, PASSPHRASE]


def in_the_clear(words: list[str], content: bytes) -> list[str]:
    """The words that stand in these bytes in any usual encoding."""
    content = content.lower()
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [
        word for word in words if any(word.lower().encode(encoding) in content for encoding in encodings)
    ]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for whatever anybody puts into temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_words_would_be_found_in_a_plain_store(store: Store, tmp_path: Path):
    """What the other tests rest on: without encryption every word stands in the file."""
    words = type_everywhere(store)
    store.database.execute("VACUUM INTO ?", [str(tmp_path / "plain")])
    found = in_the_clear(words, (tmp_path / "plain").read_bytes())
    assert found == [word for word in words if word != PASSPHRASE]


def test_nothing_typed_is_in_any_file(tmp_path: Path, temporary: Path):
    folder = tmp_path / "here"
    places = Places(folder / "a.store")
    clock = Clock("2026-03-31")
    store, recovery_key = create_store(
        places, PASSPHRASE, now=clock, user="R. Okafor", program="the window"
    )
    words = [*type_everywhere(store), recovery_key, recovery_key.replace("-", ""), store.key.hex()]
    store.database.execute("PRAGMA cache_size = 10")
    with store.change("zqlabelqz", by="zqmanagerqz") as change:
        change.put_all("session", (session(f"t{n}", notes="zqnotesqz " * 200) for n in range(200)))
        hot = written(folder)
    assert len(hot["a.store-journal"]) > 100_000, (
        "the transaction was not being written: the test is none"
    )
    store.backup("before-import")
    old_key, new_recovery = store.key, new_recovery_key()
    store.rekey(PASSPHRASE, new_recovery)
    store.undo("zqmanagerqz")
    store.backup("by-hand")
    while_open = written(folder)
    store.close()
    closed = written(folder)
    words += ["zqnotesqz", new_recovery, old_key.hex()]
    for state in (hot, while_open, closed, written(temporary)):
        assert {
            name: found for name, content in state.items() if (found := in_the_clear(words, content))
        } == {}
        assert not [name for name in state if in_the_clear(words, name.encode())]
    assert sum(name.endswith(".zip") for name in closed) == 2


def test_a_backup_is_not_compressed_so_that_the_search_above_sees_into_it(tmp_path: Path):
    places = Places(tmp_path / "a.store")
    store, _ = create_store(
        places, PASSPHRASE, now=Clock("2026-03-31"), user="R. Okafor", program="the window"
    )
    with store, zipfile.ZipFile(store.backup("by-hand")) as archive:
        assert {info.filename: info.compress_type for info in archive.infolist()} == {
            "store": 0,
            "keys": 0,
        }


def test_what_is_deleted_leaves_no_word_in_the_pages(store: Store, tmp_path: Path):
    """Undone, and its entries deleted: pages, index and free pages hold nothing of it (secure_delete)."""
    words = list(sentinels(store).values())
    with store.change("Remove", by="R. Okafor") as change:
        for kind in ("late_entry", "statement", "session_section", "action", "case_discussion"):
            change.remove_all(kind, [row["id"] for row in store.rows(kind)])
        for kind in ("session", "explanation", "variation", "agreement", "template"):
            change.remove_all(kind, [row["id"] for row in store.rows(kind)])
    store.database.execute("DELETE FROM payload")
    assert in_the_clear(words, copy(store, tmp_path)) == []


def copy(store: Store, tmp_path: Path) -> bytes:
    """The pages as they are, free ones included: a backup copies page by page."""
    other = dbapi2.connect(str(tmp_path / "copy"))
    store.database.backup(other)
    other.close()
    return (tmp_path / "copy").read_bytes()
