"""A made-up later version of the schema, for stores to be brought up to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supervise.store import schema

LATER = tuple(f"m900{n}_later" for n in range(4))
"""Steps that there are in no released version."""

_STEP = """\
CREATE TABLE later_{n} (
    id TEXT PRIMARY KEY, words TEXT
) STRICT;
INSERT INTO later_{n} SELECT session.id || '-' || value, notes FROM session, json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9]');
CREATE INDEX later_{n}_words ON later_{n} (words);
"""


@contextmanager
def later_version(folder: Path) -> Iterator[None]:
    """For the time of the block the program knows those steps too; their files are in that folder."""
    folder.mkdir(exist_ok=True)
    before = schema.FOLDER, schema.STEPS
    for name in schema.STEPS:
        (folder / f"{name}.sql").write_bytes((schema.FOLDER / f"{name}.sql").read_bytes())
    for n, name in enumerate(LATER):
        (folder / f"{name}.sql").write_text(_STEP.format(n=n), "utf-8")
    schema.FOLDER = folder
    schema.STEPS = (*schema.STEPS, *LATER)  # type: ignore[assignment]  # a longer one
    try:
        yield
    finally:
        schema.FOLDER, schema.STEPS = before
