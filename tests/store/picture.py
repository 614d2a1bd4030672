"""Writes the committed picture of the schema: python -m tests.store.picture.

It is refused if something older copies rely on would be gone.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from supervise.store import memory_store
from supervise.store.picture import Picture, removed_or_changed, schema_picture

KEPT = Path(__file__).parent.parent / "kept" / "schema.json"


def kept() -> Picture:
    """The picture that was committed."""
    picture: Picture = json.loads(KEPT.read_text("utf-8"))
    return picture


def write() -> None:
    """Writes the picture of the present schema."""
    with memory_store(datetime.now) as store:
        picture = schema_picture(store.database)
    if KEPT.exists() and (lost := removed_or_changed(kept(), picture)):
        sys.exit(f"Older copies of the program rely on these: {', '.join(lost)}")
    KEPT.write_text(json.dumps(picture, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    write()
