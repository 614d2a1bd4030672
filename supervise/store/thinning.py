"""Which backups are kept: what a backup's name says of it, and the rule by which those that were made without
being asked for thin themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

MOMENT = "%Y-%m-%dT%H-%M-%SZ"
"""How the name of a backup begins: its moment, in UTC."""

_NAMED = re.compile(r"(?P<moment>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ) (?P<label>[\w-]+)(?: \d+)?\.zip")

ON_CLOSING, DAILY = "on-closing", "daily"
"""The labels of backups that nobody asked for: made because the store was closed, or because another day began
while it was open. These thin themselves; any other stays."""

_WHY = {
    ON_CLOSING: "on closing",
    DAILY: "daily",
    "by-hand": "asked for",
    "before-import": "before bringing something in",
    "before-upgrade": "before a newer version",
    "after-new-keys": "after new keys",
    "after-removal": "after deleting for good",
}

_NEWEST = 10
_KEPT = ((14, "%Y-%m-%d"), (8, "%G-%V"), (24, "%Y-%m"))
"""How many, and of which period: days, weeks (ISO) and months."""


def moment_of(backup: Path) -> datetime | None:
    """When a backup was made, by its name; None if the name is not one of ours."""
    named = _NAMED.fullmatch(backup.name)
    return _moment(named["moment"]) if named else None


def why_made(backup: Path) -> str:
    """Why a backup was made, in words, by its name: "on closing", "daily"; "" if the name is not one of ours."""
    named = _NAMED.fullmatch(backup.name)
    return _WHY.get(named["label"], named["label"].replace("-", " ")) if named else ""


def thinned_moment(backup: Path) -> datetime | None:
    """When a backup was made, if it was on closing or daily, so that it is thinned; None for any other."""
    named = _NAMED.fullmatch(backup.name)
    return _moment(named["moment"]) if named and named["label"] in (ON_CLOSING, DAILY) else None


def thin(folder: Path) -> list[Path]:
    """Deletes those backups in the folder that were made on closing or daily and that `to_discard` names, and
    gives them. A backup made by hand, or before an import or an upgrade, always stays."""
    found: dict[Path, datetime] = {}
    for path in folder.glob("*.zip"):
        if moment := thinned_moment(path):
            found[path] = moment
    discarded = to_discard(found.values())
    gone = [path for path, moment in found.items() if moment in discarded]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def to_discard(taken: Iterable[datetime]) -> set[datetime]:
    """Which of backups taken at these moments are no longer needed: all but the newest ten, the last of each
    of the newest 14 days, 8 weeks and 24 months that have any. It goes by the backups alone, so that a clock
    that was once wrong costs none of the others."""
    moments = sorted(set(taken), reverse=True)
    kept = set(moments[:_NEWEST])
    for most, period in _KEPT:
        last_of: dict[str, datetime] = {}
        for moment in moments:
            last_of.setdefault(moment.strftime(period), moment)
        kept.update(list(last_of.values())[:most])
    return set(moments) - kept


def _moment(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, MOMENT).replace(tzinfo=UTC)
    except ValueError:  # such as a 31st of February
        return None
