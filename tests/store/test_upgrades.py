"""An older store is brought up to date, or left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervise.places import Places
from supervise.store import backups, keys, opening, schema
from supervise.store.database import with_utilities
from tests.store.telling import PASSPHRASE, opened, with_ada


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later version of the schema, with one more step; the path is that of the step's file."""
    folder = tmp_path / "sql"
    folder.mkdir()
    for name in schema.STEPS:
        (folder / f"{name}.sql").write_text((schema.FOLDER / f"{name}.sql").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(schema, "FOLDER", folder)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "m9000_pronouns"))
    return folder / "m9000_pronouns.sql"


def test_an_older_store_is_backed_up_and_brought_up_to_date(
    places: Places, request: pytest.FixtureRequest
):
    with opened(places) as store:
        with_ada(store)
    step: Path = request.getfixturevalue("next_version")
    step.write_text(
        "CREATE TABLE pronoun (\n    name TEXT\n) STRICT;\nINSERT INTO pronoun VALUES ('she');\n"
    )
    with opened(places) as store:
        assert store.database.execute("SELECT name FROM pronoun").fetchall() == [("she",)]
        assert [row["name"] for row in store.rows("person")] == ["Ada"]
    (path,) = backups.list_backups(places)
    assert "before-upgrade" in path.name
    opened(places).close()
    assert len(backups.list_backups(places)) == 1


def test_a_step_that_fails_leaves_the_store_as_it_was(places: Places, request: pytest.FixtureRequest):
    step: Path = request.getfixturevalue("next_version")
    step.write_text(
        "CREATE TABLE pronoun (name TEXT) STRICT;\nCREATE TABLE person (name TEXT) STRICT;\n"
    )
    with pytest.raises(Exception, match="already exists"):
        opened(places)
    (key,) = keys.unwrap(keys.read(places.slots), PASSPHRASE)
    database = opening.open_with_key(places, key)
    assert not with_utilities(database)["pronoun"].exists() and "m9000_pronouns" not in schema.applied(
        database
    )
    database.close()
